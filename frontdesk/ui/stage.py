"""The ground behind sign-in, lock and first run: a quiet row of houses, and a card in front of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from frontdesk.qtkit.parts import column, frame, row, scroll
from frontdesk.qtkit.parts.layout import Items
from frontdesk.qtkit.theme import Theme

_HOUSES = (  # x, width, height in px of a window 1440 px wide
    (0, 96, 120),
    (104, 72, 168),
    (184, 120, 96),
    (312, 64, 208),
    (384, 104, 144),
    (496, 88, 184),
    (592, 136, 112),
    (736, 72, 224),
    (816, 112, 152),
    (936, 80, 192),
    (1024, 128, 104),
    (1160, 72, 176),
    (1240, 104, 136),
    (1352, 88, 200),
)
_DRAWN_WIDTH, _DRAWN_HEIGHT = 1440, 900


class Stage(QFrame):
    """A card in the middle of the window, with room for a line above and below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ground = QPixmap()
        self._drawn_for: tuple[object, ...] = ()
        self.setObjectName("window")

    def show_body(self, body: QWidget) -> None:
        """What stands in front of the houses."""
        self.setLayout(column(body))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The houses are drawn once for each size and scheme: a caret that blinks over them costs nothing."""
        key = (self.size(), self._theme.scheme, self.devicePixelRatioF())
        if key != self._drawn_for:
            self._drawn_for, self._ground = key, self._draw()
        QPainter(self).drawPixmap(0, 0, self._ground)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.color("window"))
        if self._theme.scheme != "contrast":
            painter = QPainter(picture)
            for number, house in enumerate(_HOUSES):
                self._draw_house(painter, number, *house)
            painter.end()
        return picture

    def _draw_house(self, painter: QPainter, number: int, x: int, width: int, height: int) -> None:
        theme, scale = self._theme, self.width() / _DRAWN_WIDTH
        height = round(height * min(1.0, self.height() / _DRAWN_HEIGHT))
        top = self.height() - height
        painter.fillRect(
            QRectF(x * scale, top, width * scale, height), theme.color("line", 0.55 if number % 2 else 0.85)
        )
        for at in range(16, width - 16, 20):
            for down in range(20, height - 16, 24):
                lit = (at * 3 + down * 7 + number) % 11 == 0
                window = QRectF((x + at) * scale, top + down, 8, 10)
                painter.fillRect(window, theme.color("warn_soft" if lit else "window", 0.9))


def card(layout: QLayout, width: int = 400) -> QFrame:
    """The white card, `width` px."""
    return frame(layout, margins=(32, 32, 32, 24), width=width, name="sheet")


def centred(shown: QWidget, above: QWidget | None = None, below: QWidget | None = None) -> QWidget:
    """A card in the middle, slightly high as a page is read, with a line above and below; scrolls when it must."""
    items: list[Items] = [...]
    if above is not None:
        items += [row(..., above, ...), 24]
    items += [row(..., shown, ...)]
    if below is not None:
        items += [20, row(..., below, ...)]
    body = frame(column(*items, ..., ...), margins=(16, 16, 16, 16))
    area = scroll(body)
    area.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
    return area
