"""A paper, small: enough to recognise that one will print."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from frontdesk.qtkit.theme import Theme


class Sheet(QWidget):
    """The paper that will print, small: enough to recognise it."""

    _SIZE = (72, 98)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(*self._SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        width, height = self._SIZE
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line_strong", 0.5)))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 2, 2)
        strong, faint = theme.color("line_strong", 0.55), theme.color("line_strong", 0.35)
        painter.fillRect(20, 9, 30, 4, strong)
        painter.fillRect(width - 17, 7, 9, 9, strong)
        for y in range(22, height - 32, 8):
            painter.fillRect(8, y, width - 16, 1, faint)
            painter.fillRect(8, y + 3, 16 + (y * 7) % 30, 2, faint)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(strong))
        for at in range(3):
            painter.drawRect(8 + at * 20, height - 22, 16, 12)
