"""Reading paper as a person does: its words, its code, a picture of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

_WIDTH_PX = 1240


def lines(pdf: Path) -> list[str]:
    """The words of the first page, line by line."""
    document = _open(pdf)
    return [line.strip() for line in document.getAllText(0).text().splitlines() if line.strip()]


def code(pdf: Path) -> str:
    """The text of the QR code on the first page, empty where none can be read."""
    from frontdesk.scanning.codes import CodeReader
    from frontdesk.scanning.frames import Feed

    shot = pdf.with_suffix(".page.png")
    _image(pdf).save(str(shot))
    feed = Feed(shot)
    try:
        frame = feed.next()
        seen = CodeReader().read(frame.gray) if frame else []
    finally:
        feed.close()
        shot.unlink()
    return seen[0].text if seen else ""


def picture(pdf: Path, target: Path) -> str:
    """Draws the first page into a PNG file; returns its name."""
    _image(pdf).save(str(target))
    return target.name


def _open(pdf: Path) -> QPdfDocument:
    document = QPdfDocument()
    document.load(str(pdf))
    return document


def _image(pdf: Path) -> QImage:
    document = _open(pdf)
    size = document.pagePointSize(0)
    height = round(_WIDTH_PX * size.height() / size.width())
    page = document.render(0, QSize(_WIDTH_PX, height))
    image = QImage(page.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    from PySide6.QtGui import QPainter

    painter = QPainter(image)
    painter.drawImage(0, 0, page)
    painter.end()
    return image
