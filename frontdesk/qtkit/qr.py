"""QR codes on the screen: black on white in every scheme, in whole pixels, since cameras read edges."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

QUIET = 4  # modules of white around a code, as the standard asks
_LEAST_WHOLE_PX = 2  # smaller modules are for the eye alone and may be of unequal size


@lru_cache(maxsize=2)
def modules(text: str) -> QImage:
    """A text's code, level M, one pixel a module, without its quiet zone."""
    import qrcode  # loaded with the first code: few screens show one

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    lines = code.get_matrix()
    out = QImage(len(lines), len(lines), QImage.Format.Format_Grayscale8)
    out.fill(Qt.GlobalColor.white)
    for y, line in enumerate(lines):
        for x, dark in enumerate(line):
            if dark:
                out.setPixel(x, y, 0)
    return out


def forget() -> None:
    """Drops the codes that were shown."""
    modules.cache_clear()


def paint(painter: QPainter, box: QRectF, text: str, quiet: int = QUIET) -> None:
    """Paints a code on white into the middle of a square; every module is as many whole pixels of the device."""
    code = modules(text)
    step = box.width() / (code.width() + 2 * quiet)
    pixels = painter.deviceTransform().m11()  # of the device, for one of the painter's units
    if step * pixels >= _LEAST_WHOLE_PX:
        step = int(step * pixels) / pixels
    side = step * code.width()
    left, top = int(box.center().x() - side / 2), int(box.center().y() - side / 2)
    painter.fillRect(box, Qt.GlobalColor.white)
    painter.drawImage(QRectF(left, top, side, side), code)


def image(text: str, px: int) -> QImage:
    """A code with its quiet zone as a picture of px × px, to be saved or sent."""
    out = QImage(px, px, QImage.Format.Format_Grayscale8)
    painter = QPainter(out)
    paint(painter, QRectF(out.rect()), text)
    painter.end()
    return out


class QrCode(QWidget):
    """A code to be scanned off the screen; `name` says what it is to those who do not see it."""

    def __init__(self, text: str, px: int, name: str) -> None:
        super().__init__()
        self._text = text
        self.setFixedSize(px, px)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, QRectF(self.rect()), self._text)
