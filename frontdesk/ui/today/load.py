"""Today's contacts by the hour, as bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.ui.context import Context

_FIRST, _LAST = 8, 18


class Load(QWidget):
    """One bar an hour of the working day, more where calls came earlier or later."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._hours: dict[int, int] = {}
        self.setFixedHeight(92)

    def show_hours(self, hours: tuple[tuple[int, int], ...]) -> None:
        """The number of contacts of each hour, on the site's clock."""
        self._hours = dict(hours)
        said = ", ".join(tr("{hour} h: {n}", hour=hour, n=n) for hour, n in hours if n)
        self.setAccessibleName(said or tr("No contacts yet today"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._context.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        came = [hour for hour, n in self._hours.items() if n]
        first, last = min([_FIRST, *came]), max([_LAST, *came])
        step, base = self.width() / (last - first + 1), self.height() - 22
        every = 1 if last - first < 12 else 3
        most, now = max([4, *self._hours.values()]), self._context.now().hour
        for at, hour in enumerate(range(first, last + 1)):
            n, x = self._hours.get(hour, 0), at * step
            tall = (base - 20) * n / most if n else 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("line_strong", 0.6) if n else theme.color("line"))
            painter.drawRoundedRect(QRectF(x + 3, base - tall, step - 6, tall), 2, 2)
            if n:
                painter.setPen(theme.color("text_2"))
                painter.drawText(QRectF(x - 4, base - tall - 18, step + 8, 16), Qt.AlignmentFlag.AlignCenter, str(n))
            painter.setPen(theme.color("text" if hour == now else "text_3"))
            if hour % every == 0:
                painter.drawText(QRectF(x - 3, base + 4, step + 6, 18), Qt.AlignmentFlag.AlignCenter, str(hour))
