"""Words and small signs: labels, running text, chips, icons, names with their values."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts.layout import Item, column, frame, row
from frontdesk.qtkit.theme import Theme

_LINE_HEIGHTS = {"body": 22, "small": 20, "muted": 22, "caption": 18, "strong": 22}


def label(text: str = "", role: str = "body", width: int = 0, *, right: bool = False) -> QLabel:
    """One line of text, never read as markup.

    Args:
        role: display, title, lead, strong, body, muted, small, caption, danger, warn, error, ok, accent, key, code.
        width: fixed where given, px.
    """
    out = QLabel(text)
    out.setTextFormat(Qt.TextFormat.PlainText)
    out.setProperty("role", role)
    if width:
        out.setFixedWidth(width)
    if right:
        out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return out


def keycap(keys: str) -> QLabel:
    """A key as it stands on the keyboard: `F2`, `Ctrl+Enter`."""
    return label(keys.replace("+", " "), "key")


class Paragraph(QLabel):
    """Running text: wraps, with the line height of the scale, which a style sheet cannot set."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self._line = _LINE_HEIGHTS[role]
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Plain text; a newline begins a line."""
        body = escape(text).replace("\n", "<br/>")
        style = f"line-height:{self._line}px; -qt-line-height-type:fixed; margin:0"
        super().setText(f'<p style="{style}">{body}</p>' if text else "")
        self.setAccessibleName(text)


class Elided(QLabel):
    """One line that gives way to its neighbours and ends in an ellipsis; the whole is in its tooltip."""

    def __init__(self, text: str = "", role: str = "body", *, right: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), text)


class Icon(QWidget):
    """An icon by itself; it decorates, so it has no name unless one is given."""

    def __init__(self, theme: Theme, glyph: str, role: str = "text_2", px: int = 18, *, name: str = "") -> None:
        super().__init__()
        self._theme, self._glyph, self._role, self._px = theme, glyph, role, px
        self.setFixedSize(px, px)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)

    def show_glyph(self, glyph: str, role: str) -> None:
        """Another icon, in the colour of a role."""
        self._glyph, self._role = glyph, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._theme.pixmap(self._glyph, self._role, self._px, self.devicePixelRatioF()))


class Chip(QWidget):
    """A status: colour, icon and word together."""

    def __init__(self, theme: Theme, status: str, word: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(status, word)

    def show_status(self, status: str, word: str = "") -> None:
        """Another status; its usual word, in the language of the moment, unless one is given."""
        self._key, self._status = status, self._theme.status(status)
        self._word = word or tr(self._status.word)
        self.setAccessibleName(self._word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font("caption")).horizontalAdvance(self._word)
        return QSize(width + 33, self._theme.px("size_chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._theme, self.rect(), self._key, self._word, self.devicePixelRatioF())


def paint_chip(painter: QPainter, theme: Theme, box: QRect, status: str, word: str, ratio: float) -> None:
    """Paints a status chip; delegates use it where a widget for each row would be too many."""
    shown, radius = theme.status(status), theme.px("size_chip") / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color(shown.role) if theme.scheme == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"{shown.role}_soft"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.drawPixmap(
        box.left() + 8, box.top() + (box.height() - 14) // 2, theme.pixmap(shown.icon, shown.role, 14, ratio)
    )
    painter.setPen(theme.color(shown.role))
    painter.setFont(theme.font("caption"))
    painter.drawText(box.adjusted(25, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)


class Avatar(QWidget):
    """The surname in a disc."""

    def __init__(self, theme: Theme, name: str = "", px: int = 32) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self.setFixedSize(px, px)

    def show_name(self, name: str) -> None:
        """Another person."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("text") if self._theme.scheme == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line" if self._theme.scheme != "contrast" else "surface"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font("lead" if self.width() > 36 else "small"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name[:1].upper())


class Facts(QFrame):
    """Names and values, line by line, values on one edge. A value is text or a widget of its own."""

    def __init__(self, name_width: int = 72, row_height: int = 28) -> None:
        super().__init__()
        self._name_width, self._row_height = name_width, row_height
        self._box = column()
        self.setLayout(self._box)

    def show_facts(self, *facts: tuple[str, str | QWidget]) -> None:
        """Shows these facts in place of those before."""
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
                old.hide()
        for name, value in facts:
            shown = Elided(value) if isinstance(value, str) else value
            if isinstance(value, str):
                shown.setAccessibleName(f"{name}: {value}")
            name_label = label(name, "small", self._name_width)
            self._box.addWidget(frame(row(name_label, (shown, 1)), height=self._row_height))


def head(text: QLabel, *right: Item) -> QHBoxLayout:
    """The heading of a part of a page, with what belongs at its right end."""
    return row(text, ..., *right)


def two(first: QWidget, second: QWidget) -> QVBoxLayout:
    """A main line and a quiet one under it, held together in the middle of the height."""
    return column(..., first, 2, second, ...)
