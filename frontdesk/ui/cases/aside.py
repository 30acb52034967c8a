"""The right side of a case: its clock, what is missing before it may be struck off, its papers, the customer."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.cases import CaseState
from frontdesk.domain.deadlines import ClockState
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Elided, Icon, IconButton, column, frame, head, label, row
from frontdesk.services.views import CaseView
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

_CLOCK_ROLES = {ClockState.OVERDUE: "danger", ClockState.SOON: "warn", ClockState.RUNNING: "info"}


class Clock(QWidget):
    """The promised time as a line: what has gone by, and its end."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: CaseView | None = None
        self.setFixedHeight(52)
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
        role = _CLOCK_ROLES.get(case.clock, "ok")
        whole = (case.due_at - case.opened_at).total_seconds()
        until = case.closed_at or self._context.now()
        gone = 1.0 if whole <= 0 else min(1.0, max(0.0, (until - case.opened_at).total_seconds() / whole))
        painter.setPen(QPen(theme.color(role)))
        painter.setBrush(theme.color(role))
        painter.drawRoundedRect(QRectF(0.5, 10, max(8.0, (width - 1) * gone), 8), 4, 4)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text_3"))
        painter.drawText(QRectF(0, 26, width, 20), self._start(case))
        end = self._end(case)
        painter.drawText(QRectF(width - painter.fontMetrics().horizontalAdvance(end), 26, width, 20), end)


class Aside(QWidget):
    """Shows a `CaseView`; tells `reveal` when somebody wants the customer's number."""

    reveal = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: CaseView | None = None
        self._clock_title, self._left, self._clock = label("", "strong"), label("", "muted"), Clock(context)
        self._close_title, self._missing, self._steps = label("", "strong"), label("", "caption"), QVBoxLayout()
        self._papers_title, self._papers = label("", "strong"), QVBoxLayout()
        self._who_title, self._who = label("", "strong"), QVBoxLayout()
        for box in (self._steps, self._papers, self._who):
            box.setSpacing(0)
        self._clock_part = frame(column(head(self._clock_title, self._left), 4, self._clock, 12))
        self._papers_part = frame(column(16, row(self._papers_title, ...), 4, self._papers))
        body = column(
            self._clock_part,
            row(column(self._close_title, 2, self._missing), ...),
            4,
            self._steps,
            self._papers_part,
            16,
            row(self._who_title, ...),
            4,
            self._who,
            ...,
        )
        body.setContentsMargins(24, 24, 24, 16)
        self.setLayout(body)
        context.ticker.minute.connect(self._show_left)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._clock_title.setText(tr("Promised time"))
        self._papers_title.setText(tr("Papers"))
        self._who_title.setText(tr("Customer"))
        if self._case is not None:
            self.show_case(self._case)

    def show_case(self, case: CaseView) -> None:
        """Another case, or the same after something was done with it."""
        self._case = case
        self._clock_part.setVisible(case.due_at is not None)
        self._clock.show_case(case)
        self._show_left()
        self._show_steps(case)
        self._papers_part.setVisible(bool(case.papers))
        lines = [("ph.file-text", paper.number, word(paper.state)) for paper in case.papers]
        self._fill(self._papers, [self._line(*each) for each in lines])
        self._show_customer(case)

    @Slot()
    def _show_left(self) -> None:
        if self._case is not None:
            self._left.setText(case_words.countdown(self._case.clock, self._case.due_at, self._context.now()))

    def _show_steps(self, case: CaseView) -> None:
        missing = sum(not done for _step, done in case.demands)
        done = case.state is CaseState.COMPLETED
        self._close_title.setText(
            tr("Completed") if done else tr("Cannot be completed yet") if missing else tr("Can be completed")
        )
        self._missing.setVisible(missing > 0)
        self._missing.setText(ntr("{n} step missing", "{n} steps missing", missing) if missing else "")
        lines = []
        for step, is_done in case.demands:
            glyph, role = ("ph.check-circle-fill", "ok") if is_done else ("ph.circle", "text_3")
            lines.append(self._line(glyph, word(step), tr("done") if is_done else tr("missing"), role))
        self._fill(self._steps, lines)

    def _show_customer(self, case: CaseView) -> None:
        eye = IconButton(self._context.theme, "ph.eye", tr("Show the number, with a reason"), px=24)
        eye.clicked.connect(self.reveal)
        eye.setVisible(self._context.may(Permission.REVEAL_PHONES))
        name = self._line("ph.user", case.caller or tr("Name not given"), word(case.verification))
        phone = frame(row(Icon(self._context.theme, "ph.phone"), 10, (Elided(case.phone or "–"), 1), eye), height=32)
        self._fill(self._who, [name, phone] if case.phone else [name])

    def _line(self, glyph: str, text: str, note: str, role: str = "text_2") -> QWidget:
        line = row(Icon(self._context.theme, glyph, role), 10, (Elided(text), 1), 8, label(note, "caption", right=True))
        out = frame(line, height=32)
        out.setAccessibleName(f"{text}: {note}")
        return out

    @staticmethod
    def _fill(box: QVBoxLayout, lines: list[QWidget]) -> None:
        while (item := box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            box.addWidget(line)
