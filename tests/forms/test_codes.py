"""What a camera reads off the printed page: the QR code and the corner marks."""

from __future__ import annotations

import os

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from frontdesk.forms.fields import samples
from frontdesk.forms.render import render

DPI = 150
MM = DPI / 25.4


def pages(pdf: bytes) -> list[NDArray[np.uint8]]:
    """Every page in grey, at 150 dpi, as Qt draws it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    drawn = []
    for page in range(document.pageCount()):
        size = document.pagePointSize(page) * (DPI / 72)
        picture = document.render(page, QSize(round(size.width()), round(size.height())))
        white = QImage(picture.size(), QImage.Format.Format_RGB32)
        white.fill(0xFFFFFFFF)
        grey = _flattened(white, picture)
        drawn.append(grey)
    document.close()
    return drawn


def _flattened(white: QImage, picture: QImage) -> NDArray[np.uint8]:
    painter = QPainter(white)
    painter.drawImage(0, 0, picture)
    painter.end()
    grey = white.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return flat[:, : grey.width()].copy()


@pytest.mark.parametrize("kind", ["work_order", "visitor_badge", "directions_slip", "invitation"])
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_the_code_reads_and_is_large_enough(qapp: object, kind: str, paper: str) -> None:
    values = samples(kind)
    form = render(kind, values, copies=[], paper=paper)
    for page in pages(form.pdf):
        (found,) = zxingcpp.read_barcodes(page)
        assert found.text == values["code"]
        assert found.ec_level == "M"
        box = found.position
        assert box.top_right.x - box.top_left.x >= 20 * MM * 0.98


def test_the_marks_are_found_in_their_corners(qapp: object) -> None:
    import cv2

    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):  # set by that import, and wrong for our Qt
        os.environ.pop(name, None)
    (page,) = pages(render("work_order", samples("work_order"), copies=[]).pdf)
    finder = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    corners, ids, _ = finder.detectMarkers(page)
    assert ids is not None
    places = {int(number): quad[0] for number, quad in zip(ids.ravel(), corners, strict=True)}
    height, width = page.shape
    middles = {number: quad.mean(axis=0) for number, quad in places.items()}
    halves = {number: (x > width / 2, y > height / 2) for number, (x, y) in middles.items()}
    assert halves == {0: (False, False), 1: (True, False), 2: (True, True), 3: (False, True)}
    assert all(np.ptp(quad[:, 0]) >= 18 * MM * 0.98 for quad in places.values())


def test_margins_are_left_white(qapp: object) -> None:
    margin = int(11.5 * MM)
    for page in pages(render("work_order", samples("work_order"), copies=["office"], bilingual=True).pdf):
        assert page[:margin].min() == 255
        assert page[-margin:].min() == 255
        assert page[:, :margin].min() == 255
        assert page[:, -margin:].min() == 255


def test_a_sheet_without_a_code_yet_has_none(qapp: object) -> None:
    (page,) = pages(render("work_order", {**samples("work_order"), "code": ""}, copies=[]).pdf)
    assert zxingcpp.read_barcodes(page) == []
