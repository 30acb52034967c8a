"""QR codes on the screen: cameras read them at every size, modules are whole pixels, nothing shown stays behind."""

import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from frontdesk.qtkit import qr

TEXT = "FD1I0E6G" + "0123456789ABCDEFGHJKMNPQRS" + "7"


def grey(picture: QImage) -> np.ndarray:
    flat = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return lines[:, : flat.width()].copy()


def runs(line: np.ndarray) -> set[int]:
    """The lengths of the runs of one shade, without the white at both ends."""
    edges = np.flatnonzero(np.diff(line)) + 1
    return set(np.diff(edges).tolist())


@pytest.mark.parametrize("px", [185, 222, 260, 720])
def test_a_camera_reads_what_is_shown(qapp, px):
    widget = qr.QrCode(TEXT, px, "code")
    for picture in (widget.grab().toImage(), qr.image(TEXT, px)):
        (found,) = zxingcpp.read_barcodes(grey(picture))
        assert (found.text, found.ec_level) == (TEXT, "M")
    widget.deleteLater()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_modules_are_whole_pixels_of_the_device(qapp, scale):
    picture = QImage(int(222 * scale), int(222 * scale), QImage.Format.Format_Grayscale8)
    picture.setDevicePixelRatio(scale)
    painter = QPainter(picture)
    qr.paint(painter, QRectF(0, 0, 222, 222), TEXT)
    painter.end()
    step = int(picture.width() / (qr.modules(TEXT).width() + 2 * qr.QUIET))
    lines = grey(picture)
    found = set().union(*(runs(line) for line in (*lines, *lines.T)))
    assert found
    assert {length % step for length in found} == {0}


def test_nothing_shown_stays_behind(qapp):
    qr.image(TEXT, 185)
    qr.forget()
    assert qr.modules.cache_info().currsize == 0
