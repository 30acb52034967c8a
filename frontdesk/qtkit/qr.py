"""QR codes on the screen: black on white in every scheme, with their quiet zone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

Modules = tuple[tuple[bool, ...], ...]

_QUIET_MODULES = 4


def modules(text: str) -> Modules:
    """The dark and light modules of a text's code, level M, row by row, without the quiet zone."""
    import qrcode  # noqa: PLC0415 - takes a tenth of a second, and few screens show a code

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in line) for line in code.get_matrix())


def paint(painter: QPainter, box: QRectF, code: Modules) -> None:
    """Paints a code with its quiet zone into a square."""
    painter.fillRect(box, Qt.GlobalColor.white)
    step = box.width() / (len(code) + 2 * _QUIET_MODULES)
    for y, line in enumerate(code):
        for x, dark in enumerate(line):
            if dark:
                left, top = box.left() + (x + _QUIET_MODULES) * step, box.top() + (y + _QUIET_MODULES) * step
                # Half a pixel over, so that no light seam is left between modules.
                painter.fillRect(QRectF(left, top, step + 0.5, step + 0.5), Qt.GlobalColor.black)


def image(text: str, px: int) -> QImage:
    """A code as a picture of px × px, to be saved or sent."""
    out = QImage(px, px, QImage.Format.Format_Grayscale8)
    painter = QPainter(out)
    paint(painter, QRectF(out.rect()), modules(text))
    painter.end()
    return out


class QrCode(QWidget):
    """A code to be scanned off the screen; `name` says what it is to those who do not see it."""

    def __init__(self, text: str, px: int, name: str) -> None:
        super().__init__()
        self._modules = modules(text)
        self.setFixedSize(px, px)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, QRectF(self.rect()), self._modules)
