"""Twelve small months: which days are worked, told by sign and word as well as by colour."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.theme import Theme
from frontdesk.services.views.sitebook import DayView
from frontdesk.ui import time_words

_MONTHS_A_ROW = 4
_WEEKS = 6
_HEAD_PX, _WEEK_PX, _GAP_PX, _ROW_GAP_PX = 20, 16, 10, 8
_LEAST_CELL = QSize(26, 17)
_MOST_CELL = QSize(34, 30)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_WEEKEND = 5


class YearGrid(QWidget):
    """A year to walk through by arrow keys; Space or a click on a day asks for its opposite."""

    moved = Signal(object)  # the day that is current now
    toggled = Signal(object)  # the day whose opposite is wanted

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: Mapping[date, DayView] = {}
        self._off = frozenset({_WEEKEND, _WEEKEND + 1})
        self.current = self._today = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_days(self, current: date, today: date, days: Mapping[date, DayView]) -> None:
        """The days that differ, in the year of the current one."""
        self.current, self._today, self._days = current, today, days
        self._tell()
        self.update()

    def told(self, day: date) -> str:
        """A day in words: date, and what it is."""
        return f"{time_words.long_day(day)} · {self.kind(day)}"

    def kind(self, day: date) -> str:
        """What a day is: worked or not, and why."""
        view = self._days.get(day)
        if view is None:
            return tr("weekend") if day.weekday() in self._off else tr("weekday")
        word = tr("weekend that is worked") if view.working else tr("holiday")
        return f"{word} · {view.name}" if view.name else word

    def minimumSizeHint(self) -> QSize:
        return self._size(_LEAST_CELL)

    def sizeHint(self) -> QSize:
        return self._size(_LEAST_CELL)

    @staticmethod
    def _size(cell: QSize) -> QSize:
        month = QSize(7 * cell.width(), _HEAD_PX + _WEEK_PX + _WEEKS * cell.height())
        rows = 12 // _MONTHS_A_ROW
        across = _MONTHS_A_ROW * month.width() + (_MONTHS_A_ROW - 1) * _GAP_PX
        return QSize(across, rows * month.height() + (rows - 1) * _ROW_GAP_PX)

    # -- where things are --------------------------------------------------------------------------------------------

    def _cell(self) -> QSize:
        width = (self.width() - (_MONTHS_A_ROW - 1) * _GAP_PX) // _MONTHS_A_ROW // 7
        rows = 12 // _MONTHS_A_ROW
        height = ((self.height() - (rows - 1) * _ROW_GAP_PX) // rows - _HEAD_PX - _WEEK_PX) // _WEEKS
        return QSize(width, height).expandedTo(_LEAST_CELL).boundedTo(_MOST_CELL)

    def _corner(self, month: int) -> QPoint:
        cell = self._cell()
        across, down = (month - 1) % _MONTHS_A_ROW, (month - 1) // _MONTHS_A_ROW
        width, height = 7 * cell.width() + _GAP_PX, _HEAD_PX + _WEEK_PX + _WEEKS * cell.height() + _ROW_GAP_PX
        return QPoint(across * width, down * height)

    def box(self, day: date) -> QRect:
        """Where a day stands."""
        cell, corner = self._cell(), self._corner(day.month)
        place = date(day.year, day.month, 1).weekday() + day.day - 1
        x, y = corner.x() + place % 7 * cell.width(), corner.y() + _HEAD_PX + _WEEK_PX + place // 7 * cell.height()
        return QRect(QPoint(x, y), cell)

    def _day_at(self, point: QPoint) -> date | None:
        for month in range(1, 13):
            for number in range(1, calendar.monthrange(self.current.year, month)[1] + 1):
                day = date(self.current.year, month, number)
                if self.box(day).contains(point):
                    return day
        return None

    # -- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.current == date.min:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_head(painter, month)
            for number in range(1, calendar.monthrange(self.current.year, month)[1] + 1):
                self._paint_day(painter, date(self.current.year, month, number))

    def _paint_head(self, painter: QPainter, month: int) -> None:
        theme, corner, cell = self._theme, self._corner(month), self._cell()
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("small", strong=True))
        middle = Qt.AlignmentFlag.AlignVCenter
        box = QRect(corner.x() + 4, corner.y(), 7 * cell.width(), _HEAD_PX)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, time_words.month(month))
        painter.setPen(theme.color("text_3"))
        painter.setFont(theme.font("caption"))
        for at, letter in enumerate(time_words.weekday_letters()):
            spot = QRect(corner.x() + at * cell.width(), corner.y() + _HEAD_PX, cell.width(), _WEEK_PX)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, view, box = self._theme, self._days.get(day), self.box(day)
        ground = box.adjusted(1, 1, -1, -1)
        if view is not None:
            painter.setPen(theme.color("warn" if view.working else "ok"))
            painter.setBrush(theme.color("warn_soft" if view.working else "ok_soft"))
            painter.drawRoundedRect(QRectF(ground).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        rest = day.weekday() in self._off
        role = ("warn" if view.working else "ok") if view else "text_3" if rest else "text"
        painter.setPen(theme.color(role))
        painter.setFont(theme.font("small", strong=day == self._today))
        shown = ground if view is None else ground.adjusted(0, 0, -10, 0)  # beside its sign
        painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if view is not None:
            self._paint_sign(painter, ground, tr("W") if view.working else tr("H"))
        if day == self._today:
            painter.fillRect(QRect(ground.left() + 5, ground.bottom() - 1, ground.width() - 10, 2), theme.color("text"))
        if day == self.current and self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(ground), 4, 4)

    def _paint_sign(self, painter: QPainter, ground: QRect, sign: str) -> None:
        font = self._theme.font("caption")
        font.setPixelSize(10)
        painter.setFont(font)
        spot = QRect(ground.right() - 10, ground.top(), 11, ground.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, sign)

    # -- hands -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go(self.current + timedelta(days=_STEPS[key]))
        elif key == Qt.Key.Key_Space:
            self.toggled.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            again = day == self.current
            self._go(day)
            if again:
                self.toggled.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        self.setToolTip(self.told(day) if day else "")

    def _go(self, day: date) -> None:
        if day.year == self.current.year:
            self.current = day
            self._tell()
            self.update()
            self.moved.emit(day)

    def _tell(self) -> None:
        """What a screen reader says of the day that is current."""
        self.setAccessibleName(self.told(self.current))
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self.told(self.current)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.update()
