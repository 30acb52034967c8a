"""Charts painted by hand: bars across and a line through periods; each value stands there as a number too.

Bars and points are gone through by arrow keys and opened by Enter or a click; screen readers get all of it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from frontdesk.domain.digests import Period, Tally
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import announce
from frontdesk.qtkit.theme import Theme
from frontdesk.ui.reports import wording

ROW_PX = 26
_FOOT_PX = 18
_NAME_SHARE = 0.38
_BAR_PX = 12
_PLOT_PX = 30  # above and below the line, and beside it
_NEAR_PX = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or point: its name, its number, all of it in words, and what it stands for."""

    name: str
    tally: Tally
    words: str
    stands_for: object = None


class Chart(QWidget):
    """What bars and lines share: one mark is current, the pointer is over one, a click or Enter opens it."""

    opened = Signal(object)  # Mark

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._current, self._over = 0, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_marks(self, name: str, marks: Sequence[Mark]) -> None:
        """Shows these under the chart's name."""
        self._marks = tuple(marks)
        self._current, self._over = max(0, min(self._current, len(self._marks) - 1)), -1
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(mark.words for mark in self._marks))
        self.update()

    def marks(self) -> tuple[Mark, ...]:
        """What is shown."""
        return self._marks

    def box(self, at: int) -> QRect:
        """Where a mark takes clicks."""
        raise NotImplementedError

    def shown(self) -> int:
        """How many marks have room."""
        return len(self._marks)

    def _at(self, point: QPointF) -> int:
        return next((at for at in range(self.shown()) if self.box(at).contains(point.toPoint())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._current = at
            self.opened.emit(self._marks[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shown = event.key(), self.shown()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(Qt.Key(key))
        if step is not None and shown:
            self._current = max(0, min(self._current + step, shown - 1))
            announce(self, self._marks[self._current].words)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and shown:
            self.opened.emit(self._marks[self._current])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            if at >= 0:
                QToolTip.showText(event.globalPos(), self._marks[at].words, self, self.box(at))
                return True
        return super().event(event)

    def _ring(self, painter: QPainter, box: QRect, at: int) -> None:
        """The ground under the pointer, and the ring around the current mark while keys go here."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if at == self._over:
            painter.setBrush(self.theme.color("hover"))
        if self.hasFocus() and at == self._current:
            painter.setPen(QPen(self.theme.color("accent"), 2))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5)


class Bars(Chart):
    """Bars across: solid for matters, hatched beyond them for further callers, the number at the end."""

    def __init__(self, theme: Theme, rows: int, *, fits: bool = False) -> None:
        """`rows` is how many have room; a chart that `fits` is no taller than what it shows."""
        super().__init__(theme)
        self._rows, self._fits = rows, fits
        self.setFixedHeight(rows * ROW_PX + _FOOT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_marks(self, name: str, marks: Sequence[Mark]) -> None:
        super().show_marks(name, marks)
        if self._fits:
            self.setFixedHeight(self.shown() * ROW_PX + (_FOOT_PX if len(marks) > self.shown() else 0))

    def shown(self) -> int:
        return min(self._rows, len(self._marks))

    def box(self, at: int) -> QRect:
        return QRect(0, at * ROW_PX, self.width(), ROW_PX)

    def sizeHint(self) -> QSize:
        return QSize(200, self._rows * ROW_PX + _FOOT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.theme.font("small"))
        most = max([1, *(mark.tally.callers for mark in self._marks)])
        numbers = max([0, *(painter.fontMetrics().horizontalAdvance(wording.brief(m.tally)) for m in self._marks)])
        for at in range(self.shown()):
            self._paint_bar(painter, at, most, numbers)
        hidden = len(self._marks) - self.shown()
        if hidden > 0:
            painter.setFont(self.theme.font("caption"))
            painter.setPen(self.theme.color("text_3"))
            foot = QRect(6, self.shown() * ROW_PX, self.width() - 12, _FOOT_PX)
            painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, ntr("{n} other", "{n} others", hidden))

    def _paint_bar(self, painter: QPainter, at: int, most: int, numbers: int) -> None:
        theme, mark, box = self.theme, self._marks[at], self.box(at)
        self._ring(painter, box, at)
        name = QRect(box.left() + 6, box.top(), int(box.width() * _NAME_SHARE) - 6, box.height())
        painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(mark.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        left, top = name.right() + 8, box.top() + (box.height() - _BAR_PX) / 2
        room = max(8, box.right() - left - numbers - 14)
        solid, whole = room * mark.tally.matters / most, room * mark.tally.callers / most
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line_strong"))
        painter.drawRoundedRect(QRectF(left, top, solid, _BAR_PX), 2, 2)
        if whole > solid:
            painter.setPen(QPen(theme.color("line_strong"), 1))
            brush = painter.brush()
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
            painter.setBrush(brush)
            painter.drawRect(QRectF(left + solid, top + 0.5, whole - solid, _BAR_PX - 1))
        painter.setPen(theme.color("text"))
        number = QRect(int(left + whole) + 6, box.top(), numbers + 6, box.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, wording.brief(mark.tally))


class TrendLine(Chart):
    """The matters of each period as a line, the last one filled; dashes are the mean of those before it."""

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__(theme)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_history(self, name: str, counted: Sequence[tuple[Period, int]]) -> None:
        """The periods, oldest first, each with its matters."""
        marks = []
        for period, matters in counted:
            words = tr("{period}: {count}", period=wording.named_period(period), count=_matters(matters))
            marks.append(Mark(wording.short(period), Tally(matters, matters), words, period))
        self.show_marks(name, marks)

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())

    def point(self, at: int) -> QPointF:
        """Where a point lies."""
        numbers = [mark.tally.matters for mark in self._marks]
        room = self.width() - 2 * _PLOT_PX
        x = _PLOT_PX + (room * at / (len(numbers) - 1) if len(numbers) > 1 else room / 2)
        return QPointF(x, self._y(numbers[at]))

    def box(self, at: int) -> QRect:
        near = self.point(at).toPoint()
        return QRect(near.x() - _NEAR_PX, 0, 2 * _NEAR_PX, self.height())

    def _y(self, number: float) -> float:
        most = max([1, *(mark.tally.matters for mark in self._marks)])
        base = self.height() - _PLOT_PX
        return base - (base - _PLOT_PX) * number / most

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, QPainter(self)
        if not self._marks:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(len(self._marks)):
            self._ring(painter, self.box(at), at)
        base = self.height() - _PLOT_PX
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        self._paint_mean(painter)
        painter.setPen(QPen(theme.color("line_strong"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.point(at) for at in range(len(self._marks))]))
        for at in range(len(self._marks)):
            self._paint_point(painter, at)

    def _paint_mean(self, painter: QPainter) -> None:
        before = [mark.tally.matters for mark in self._marks[:-1]]
        if before:
            y = self._y(sum(before) / len(before))
            painter.setPen(QPen(self.theme.color("text_3"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    def _paint_point(self, painter: QPainter, at: int) -> None:
        theme, mark, point, is_last = self.theme, self._marks[at], self.point(at), at == len(self._marks) - 1
        painter.setPen(QPen(theme.color("accent" if is_last else "line_strong"), 2))
        painter.setBrush(theme.color("accent" if is_last else "surface"))
        painter.drawEllipse(point, 4, 4)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(theme.font("small", is_last))
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(point.x() - 30, point.y() - 25, 60, 18), middle, str(mark.tally.matters))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text" if is_last else "text_3"))
        painter.drawText(QRectF(point.x() - 30, self.height() - _PLOT_PX + 6, 60, 18), middle, mark.name)


def _matters(count: int) -> str:
    return ntr("{n} raised", "{n} raised", count)
