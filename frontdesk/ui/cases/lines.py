"""Lines of the case's columns: an icon, words, a note at the right; some lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.qtkit.parts import Elided, Icon, Paragraph, column, frame, label, row
from frontdesk.qtkit.theme import Theme

LINE_PX = 30


class LineButton(QAbstractButton):
    """A line that leads somewhere: to a dialog, to another case. It has a name, but no text that could be cut off."""

    def __init__(
        self, theme: Theme, glyph: str, words: str, note: str = "", role: str = "text_2", *, hint: str = ""
    ) -> None:
        super().__init__()
        self._theme, self._glyph, self._words, self._note, self._role = theme, glyph, words, note, role
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(LINE_PX)
        self.setAccessibleName(f"{words}: {note}" if note else words)
        self.setToolTip(hint or words)

    def sizeHint(self) -> QSize:
        return QSize(80, LINE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        ratio, top = self.devicePixelRatioF(), (self.height() - 18) // 2
        painter.drawPixmap(0, top, theme.pixmap(self._glyph, self._role, 18, ratio))
        painter.setFont(theme.font("caption"))
        taken = painter.fontMetrics().horizontalAdvance(self._note) if self._note else 0
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(self._words)
        taken = taken if wide + taken + 38 <= self.width() else 0  # the words matter more than the note
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("text_3"))
        if taken:
            painter.drawText(self.rect().adjusted(0, 0, -2, 0), middle | Qt.AlignmentFlag.AlignRight, self._note)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        room = QRect(28, 0, self.width() - 28 - taken - (10 if taken else 2), self.height())
        words = QFontMetrics(theme.font("body")).elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, words)


def fact(theme: Theme, glyph: str, words: str, note: str = "", role: str = "text_2") -> QWidget:
    """A line that tells something and leads nowhere."""
    shown = row(Icon(theme, glyph, role), 10, (Elided(words), 1))
    if note:
        shown.addSpacing(8)
        shown.addWidget(label(note, "caption", right=True))
    out = frame(shown, height=LINE_PX)
    out.setAccessibleName(f"{words}: {note}" if note else words)
    return out


def small(text: str, role: str = "caption") -> QWidget:
    """A few quiet words under a line, in line with its words."""
    body = Paragraph(text, role)
    body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return frame(row(28, (body, 1)))


def fill(box: QLayout, widgets: Iterable[QWidget]) -> None:
    """Puts these into a box in place of what was there."""
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        box.addWidget(widget)


class Part(QWidget):
    """A part of a column: its head, a note at the right, its lines; it is not there while it has none."""

    def __init__(self, above: int = 16) -> None:
        super().__init__()
        self._title, self._note = label("", "strong"), label("", "caption")
        self._box = QVBoxLayout()
        self._box.setSpacing(0)
        self.setLayout(column(above, row(self._title, ..., self._note), 4, self._box))
        self.hide()

    def show_lines(self, title: str, note: str, lines: list[QWidget]) -> None:
        """Shows these lines in place of those before."""
        self._title.setText(title)
        self._note.setText(note)
        fill(self._box, lines)
        self.setVisible(bool(lines))
