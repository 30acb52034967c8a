"""What every page is made of: words that fit, icons, rows and columns, cards, touch targets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.look import Look

FLOOR_PX = 24  # no text is smaller
TARGET_PX = 64  # no target is smaller
_LARGE_TYPE_PX = 64  # above this Qt draws type as outlines
_THICKER = 0.019  # of the size, to each side: the weight of a bold face
CENTRE = Qt.AlignmentFlag.AlignCenter

Item = QWidget | QLayout | int
Items = Item | tuple[Item, int]


@cache
def has_bold(family: str) -> bool:
    """Whether the face comes with a bold of its own."""
    return any(QFontDatabase.weight(family, style) >= 600 for style in QFontDatabase.styles(family))


def draw_bold(p: QPainter, box: QRectF, flags: int, text: str) -> None:
    """Draws a text in the painter's font as bold as it is meant to be.

    Where a face has no bold, Qt thickens small type, but not large type, which it draws as outlines.
    """
    p.drawText(box, flags, text)
    px = p.font().pixelSize()
    if px <= _LARGE_TYPE_PX or has_bold(QFontInfo(p.font()).family()):
        return
    step = px * _THICKER
    for dx, dy in ((step, 0.0), (-step, 0.0), (0.0, step / 2), (0.0, -step / 2)):
        p.drawText(box.translated(dx, dy), flags, text)


class Words(QLabel):
    """A text as large as wished, or as large as its room lets it be; never below `FLOOR_PX`.

    Languages differ in length, so a page gives room and the words fit themselves in, over at most `lines` lines.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        type_: str = "body",
        tone: str = "ink",
        *,
        bold: bool = False,
        lines: int = 1,
        align: Qt.AlignmentFlag | None = None,
        expected_px: int = 0,
    ) -> None:
        """`expected_px`: the width that the text will about have, where one line may do although more are allowed."""
        super().__init__()
        self._look, self._bold, self._lines, self._expected_px = look, bold, lines, expected_px
        self._wish_px = look.type(type_)
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(lines > 1)
        if align is not None:
            self.setAlignment(align)
        self.setFont(look.font(self._wish_px, bold))
        self.setText(text)

    def setText(self, text: str) -> None:
        """Another text in the same room."""
        super().setText(text)
        self._fit()

    def set_tone(self, tone: str) -> None:
        """Another colour role."""
        if self.property("tone") != tone:
            restyle(self, tone=tone)
            self._set_px(self.font().pixelSize())  # a new polish takes the size away
            self._fit()

    def sizeHint(self) -> QSize:
        metrics = self._metrics(self._wish_px)
        return QSize(self._width(metrics), metrics.lineSpacing() * self._rows(metrics))

    def minimumSizeHint(self) -> QSize:
        metrics = self._metrics(min(FLOOR_PX, self._wish_px))
        return QSize(self._width(metrics), metrics.lineSpacing() * self._rows(metrics))

    def hasHeightForWidth(self) -> bool:
        return False  # the room decides, not the text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt thickens small type where a face has no bold, but not large type: that is done here."""
        super().paintEvent(event)
        px = self.font().pixelSize()
        if not self._bold or px <= _LARGE_TYPE_PX:
            return
        p = QPainter(self)
        flags = int(self.alignment()) | int(Qt.TextFlag.TextWordWrap if self._lines > 1 else Qt.TextFlag.TextSingleLine)
        p.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        p.setFont(self.font())
        draw_bold(p, QRectF(self.contentsRect()), flags, self.text())
        p.end()

    def overflows(self) -> bool:
        """Whether the text is cut off even at the smallest size."""
        return not self._fits(self.font().pixelSize())

    def _metrics(self, px: int) -> QFontMetrics:
        return QFontMetrics(self._look.font(px, self._bold))

    def _rows(self, metrics: QFontMetrics) -> int:
        """Lines that the text will take, as far as that can be said without a width."""
        if self._expected_px:
            return min(self._lines, 1 + metrics.horizontalAdvance(self.text()) // self._expected_px)
        return self._lines if metrics.horizontalAdvance(self.text()) > metrics.averageCharWidth() * 12 else 1

    def _width(self, metrics: QFontMetrics) -> int:
        whole = metrics.horizontalAdvance(self.text()) + 2
        if self._rows(metrics) == 1:
            return whole
        longest_word = max(
            (metrics.horizontalAdvance(word) for word in self.text().split() if word.isascii()), default=0
        )
        return max(longest_word + 2, int(whole / self._rows(metrics) * 1.2))

    def _fits(self, px: int) -> bool:
        room = self.contentsRect()
        flags = Qt.TextFlag.TextWordWrap if self._lines > 1 else Qt.TextFlag.TextSingleLine
        need = self._metrics(px).boundingRect(QRect(0, 0, room.width(), 10_000), int(flags), self.text())
        return need.width() <= room.width() and need.height() <= room.height() + 2

    def _fit(self) -> None:
        """The largest size that fits; by halving, since sizes are few."""
        if not self.text() or self.width() < 2:
            return
        low, high = min(FLOOR_PX, self._wish_px), self._wish_px
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._fits(middle) else (low, middle - 1)
        if low != self.font().pixelSize():
            self._set_px(low)

    def _set_px(self, px: int) -> None:
        self.setFont(self._look.font(px, self._bold))


class Icon(QLabel):
    """An icon of the one family, in a token colour."""

    def __init__(self, look: Look, name: str, px: int, tone: str = "ink") -> None:
        super().__init__()
        self._look, self._name, self._px, self._tone = look, name, px, tone
        self.setFixedSize(px, px)
        self._paint()

    def show_icon(self, name: str, tone: str) -> None:
        """Another icon in the same place."""
        self._name, self._tone = name, tone
        self._paint()

    def _paint(self) -> None:
        self.setPixmap(self._look.pixmap(self._name, self._px, self._tone, self.devicePixelRatioF()))


def column(*items: Items, gap: int = 16, margins: Sequence[int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout; numbers are stretches, pairs are (item, stretch)."""
    box = QVBoxLayout()
    _fill(box, items, gap, margins)
    return box


def row(*items: Items, gap: int = 16, margins: Sequence[int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout with the same shorthand."""
    box = QHBoxLayout()
    _fill(box, items, gap, margins)
    return box


def _fill(box: QBoxLayout, items: Sequence[Items], gap: int, margins: Sequence[int]) -> None:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for each in items:
        item, stretch = each if isinstance(each, tuple) else (each, 0)
        if isinstance(item, int):
            box.addStretch(item)
        elif isinstance(item, QWidget):
            box.addWidget(item, stretch)
        else:
            box.addLayout(item, stretch)


def holder(layout: QLayout) -> QWidget:
    """A bare widget around a layout."""
    out = QWidget()
    out.setLayout(layout)
    return out


def card(layout: QLayout, role: str = "card") -> QFrame:
    """A framed surface around a layout."""
    out = QFrame()
    out.setProperty("role", role)
    out.setLayout(layout)
    return out


def hairline(look: Look, vertical: bool = False) -> QFrame:
    """A thin line between things that belong together."""
    out = QFrame()
    out.setProperty("role", "rule")
    if vertical:
        out.setFixedWidth(look.stroke)
    else:
        out.setFixedHeight(look.stroke)
    return out


def restyle(widget: QWidget, **properties: str) -> None:
    """Changes style-sheet hooks of a widget that is shown already."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Tap(QPushButton):
    """A touch target made of words and icons. A push button ignores its own layout when sizing, so it is told."""

    def __init__(self, layout: QLayout, role: str, name: str, height: int = TARGET_PX) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setLayout(layout)
        self.setAccessibleName(name)
        self._least = QSize(TARGET_PX, max(TARGET_PX, height))
        self.setMinimumHeight(self._least.height())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint().expandedTo(self._least)

    def minimumSizeHint(self) -> QSize:
        return self.layout().minimumSize().expandedTo(self._least)

    def at_least(self, width: int) -> Tap:
        """Not narrower than this, px; it may have to be wider for its words."""
        self._least.setWidth(width)
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, too: people try it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def tones(role: str) -> tuple[str, str]:
    """Colours of the title and of the second line on a button of this role."""
    if role == "primary":
        return "on_primary", "on_primary_muted"
    return ("primary", "primary") if role == "call" else ("ink", "muted")


def choice(
    look: Look,
    icon: str,
    title: str,
    sub: str = "",
    role: str = "choice",
    height: int | None = None,
    caret: bool = True,
) -> Tap:
    """A big choice: icon, title over a second line, caret."""
    tone, sub_tone = tones(role)
    mark = "on_primary" if role == "primary" else "primary"
    tall = look.size("choice")
    px = int(min(tall * 0.5, look.type("display") * 1.35))
    words: list[Items] = [1, Words(look, title, "title", tone, bold=True, lines=1 if sub else 2)]
    if sub:
        words.append(Words(look, sub, "body", sub_tone))
    parts: list[Items] = [Icon(look, icon, px, mark), (column(*words, 1, gap=2), 1)]
    if caret:
        parts.append(Icon(look, "caret-right-bold", int(px * 0.4), mark))
    side = int(tall * 0.2)
    return Tap(row(*parts, gap=side, margins=(side, 8, side, 8)), role, title, height or tall)


def action(look: Look, icon: str, title: str, role: str = "quiet", height: int | None = None) -> Tap:
    """A one-line button with an icon, centred."""
    tone, _ = tones(role)
    parts: list[Items] = [Icon(look, icon, int(look.type("lead") * 1.25), tone)] if icon else []
    words = Words(look, title, "lead", tone, bold=True, lines=2, align=CENTRE)
    words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return Tap(row(1, *parts, words, 1, gap=16, margins=(16, 6, 16, 6)), role, title, height or look.size("nav"))


def tool(look: Look, icon: str, title: str, on: bool) -> Tap:
    """A target of the bar below: icon over a word, filled when on."""
    tone = "on_primary" if on else "ink"
    parts: list[Items] = [1]
    if icon:
        parts.append(row(1, Icon(look, icon, int(look.size("bar") * 0.32), tone), 1))
    parts.append(Words(look, title, "caption", tone, bold=on or not icon, align=CENTRE))
    out = Tap(column(*parts, 1, gap=2, margins=(6, 4, 6, 4)), "tool", title, look.size("bar"))
    out.setProperty("on", "true" if on else "false")
    out.setCheckable(True)
    out.setChecked(on)
    return out
