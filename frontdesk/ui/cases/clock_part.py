"""The promised time of a case: how much is left, whose word it is, why it stands still, how the warranty runs."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from frontdesk.domain.deadlines import ClockState
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Paragraph, column, head, label
from frontdesk.services.views import CaseView
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

_ROLES = {ClockState.OVERDUE: "danger", ClockState.SOON: "warn", ClockState.RUNNING: "info"}
_STILL = (ClockState.PAUSED, ClockState.DEFERRED)


class Clock(QWidget):
    """The promised time as a line: what has gone by, and its end."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: CaseView | None = None
        self.setFixedHeight(48)
        context.ticker.minute.connect(self.update)

    def show_case(self, case: CaseView) -> None:
        """Another case."""
        self._case = case
        self.setAccessibleName(f"{self._start(case)} – {self._end(case)}")
        self.update()

    def _local(self, at: datetime) -> str:
        return time_words.moment(self._context.local(at), self._context.now().date())

    def _start(self, case: CaseView) -> str:
        return tr("from {moment}", moment=self._local(case.opened_at))

    def _end(self, case: CaseView) -> str:
        return tr("by {moment}", moment=self._local(case.due_at)) if case.due_at else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        case = self._case
        if case is None or case.due_at is None:
            return
        painter, theme, width = QPainter(self), self._context.theme, self.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line")))
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(QRectF(0.5, 10, width - 1, 8), 4, 4)
        role = "idle" if case.clock in _STILL else _ROLES.get(case.clock, "ok")
        whole = (case.due_at - case.opened_at).total_seconds()
        until = case.closed_at or self._context.now()
        gone = 1.0 if whole <= 0 else min(1.0, max(0.0, (until - case.opened_at).total_seconds() / whole))
        painter.setPen(QPen(theme.color(role)))
        painter.setBrush(theme.color(role))
        painter.drawRoundedRect(QRectF(0.5, 10, max(8.0, (width - 1) * gone), 8), 4, 4)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text_3"))
        start, end, face = self._start(case), self._end(case), painter.fontMetrics()
        if face.horizontalAdvance(start) + face.horizontalAdvance(end) + 12 <= width:  # the end matters more
            painter.drawText(QRectF(0, 26, width, 20), start)
        painter.drawText(QRectF(width - face.horizontalAdvance(end), 26, width, 20), end)


class ClockPart(QWidget):
    """Head, line and words of the clock; not there where nothing is promised."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: CaseView | None = None
        self._record = ""
        self._title, self._left = label("", "strong"), label("", "strong")
        self._clock, self._notes = Clock(context), Paragraph("", "caption")
        self.setLayout(column(head(self._title, self._left), 4, self._clock, self._notes, 14))
        context.ticker.minute.connect(self._show_left)

    def show_case(self, case: CaseView) -> None:
        """Another case, or another state of its clock."""
        self._case, self._record = case, ""
        self._title.setText(tr("Promised time"))
        self._clock.setVisible(case.due_at is not None)
        self._clock.show_case(case)
        self._show_left()
        self._show_notes()

    def show_record(self, record: str) -> None:
        """How the external unit keeps its promises."""
        self._record = record
        self._show_notes()

    def _show_notes(self) -> None:
        if self._case is not None:
            notes = [*self._words(self._case), *([self._record] if self._record else [])]
            self._notes.setText("\n".join(notes))
            self._notes.setVisible(bool(notes))
            self.setVisible(self._case.due_at is not None or bool(notes))

    @Slot()
    def _show_left(self) -> None:
        case = self._case
        if case is None:
            return
        if case.clock in _STILL:
            self._left.setText(word(case.clock))
        else:
            self._left.setText(case_words.countdown(case.clock, case.due_at, self._context.now()))
        role = {ClockState.OVERDUE: "danger", ClockState.SOON: "warn"}.get(case.clock, "muted")
        if self._left.property("role") != role:
            self._left.setProperty("role", role)
            self._left.style().unpolish(self._left)
            self._left.style().polish(self._left)

    def _words(self, case: CaseView) -> list[str]:
        """Whose word the time is, why it stands still and with what left, and when the warranty ends."""
        timing, today = case.timing, self._context.now().date()
        out = []
        if timing.agreed and case.due_at is not None:
            out.append(tr("agreed with the customer"))
        if timing.deferred_until is not None and case.clock is ClockState.DEFERRED:
            out.append(
                tr("until {moment}", moment=time_words.moment(self._context.local(timing.deferred_until), today))
            )
        if case.clock in _STILL and timing.reason:
            out.append(timing.reason)
        if case.clock in _STILL and timing.left is not None:
            out.append(tr("{span} of the promise are left", span=time_words.span(timing.left)))
        ends, days = case.route.warranty_ends_on, case.route.days_left
        if ends is not None:
            left = tr("{n} days left", n=days) if days is not None and ends >= today else tr("ended")
            out.append(tr("Warranty until {day}: {left}", day=f"{ends:%Y-%m-%d}", left=left))
        return out
