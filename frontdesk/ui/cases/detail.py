"""One case: what it is, what can be done with it now, the ways it goes, its pictures, and what has happened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.cases import Action, CaseState, Step
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.routing import Remark
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import (
    Button,
    Chip,
    Elided,
    Icon,
    Notice,
    Paragraph,
    bind_keys,
    column,
    frame,
    label,
    line,
    row,
)
from frontdesk.services.views import Board, CaseView, RouteLine, ToldHow
from frontdesk.ui import case_words, time_words
from frontdesk.ui.cases import acts
from frontdesk.ui.cases.acts import Deed
from frontdesk.ui.cases.bar import ActBar
from frontdesk.ui.cases.lines import fill
from frontdesk.ui.cases.pictures import CasePictures, PictureStrip
from frontdesk.ui.cases.timeline import Timeline
from frontdesk.ui.context import Context
from frontdesk.ui.words import named, word

# What an open case waits for, as on the board: by the step that is missing first.
_WAITS = {
    Step.ROUTE_DECIDED: ("establish", Board.TO_ESTABLISH),
    Step.PAPER_PRINTED: ("paper", Board.TO_PRINT),
    Step.CUSTOMER_TOLD: ("reply", Board.TO_REPLY),
    Step.FOLLOWED_UP: ("reply", Board.TO_FOLLOW_UP),
    None: ("done", Board.TO_COMPLETE),
}


class Detail(QWidget):
    """Shows a `CaseView` and tells `act` with a Deed: what a person wants to do with it."""

    act = Signal(object)
    picture_opened = Signal(object)
    pasted = Signal()
    dropped = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: CaseView | None = None
        self._title, self._where, self._sub = Paragraph("", "strong"), Elided("", "small"), Elided("", "small")
        self._title.setProperty("role", "lead")
        self._chip, self._remark = Chip(context.theme, "running"), Chip(context.theme, "paper")
        self._bar = ActBar(context)
        self._bar.act.connect(self.act)
        self._refused = Notice(context.theme, "warn")
        self._refused.hide()
        self._way_title, self._ways = label("", "strong"), QVBoxLayout()
        self._ways.setSpacing(10)
        self._other_way = Button(context.theme, "", "link")
        self._other_way.clicked.connect(lambda: self.act.emit(Deed(Action.REROUTE)))
        self._said_title, self._said = label("", "strong"), Paragraph("")
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pictures = PictureStrip(context)
        self._pictures.opened.connect(self.picture_opened)
        self.setAcceptDrops(True)
        bind_keys(self, "Ctrl+V").activated.connect(self.pasted)
        self._past_title, self._count = label("", "strong"), label("", "caption")
        self._timeline = Timeline(context)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        body = column(
            self._title,
            8,
            row(self._chip, 8, self._remark, 10, (self._where, 1)),
            6,
            self._sub,
            14,
            self._bar,
            12,
            self._refused,
            4,
            line(),
            14,
            row(self._said_title, ...),
            6,
            self._said,
            self._pictures,
            18,
            row(self._way_title, ..., self._other_way),
            6,
            self._ways,
            18,
            row(self._past_title, ..., self._count),
            12,
            self._timeline,
            ...,
        )
        body.setContentsMargins(20, 24, 12, 16)
        self.setLayout(body)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._bar.retranslate()
        self._said_title.setText(tr("What was reported"))
        self._way_title.setText(tr("The way it goes"))
        self._other_way.setText(acts.words(Action.REROUTE))
        self._past_title.setText(tr("What happened"))
        self._refused.hide()
        if self._case is not None:
            self.show_case(self._case)

    def show_case(self, case: CaseView) -> None:
        """Another case, or the same after something was done with it."""
        if self._case is None or (self._case.id, self._case.version) != (case.id, case.version):
            self._refused.hide()
        self._case = case
        self._title.setText(case.content.split("\n", 1)[0][:120])
        self._show_chips(case)
        number = case.papers[-1].number if case.papers else case.record_no
        self._where.setText(" · ".join(part for part in (number, case.where) if part))
        self._sub.setText(" · ".join(part for part in self._facts(case) if part))
        self._bar.show_case(case)
        self._other_way.setVisible(Action.REROUTE in case.actions and self._context.may(Permission.OVERRULE_ROUTE))
        self._said.setText(case.content)
        self._pictures.show_pictures(case.pictures)
        fill(self._ways, [self._way(each, case) for each in case.routes])
        self._count.setText(ntr("{n} line", "{n} lines", len(case.events)))
        self._timeline.show_events(case.events)

    @staticmethod
    def _facts(case: CaseView) -> tuple[str, ...]:
        return (
            case.record_no if case.papers else "",
            case.caller,
            word(case.kind),
            word(case.urgency),
            word(case.channel),
            tr("level {n}", n=case.level) if case.level else "",
            ntr("reopened once", "reopened {n} times", case.reopened) if case.reopened else "",
            tr("information refused") if case.refused else "",
        )

    def refuse(self, text: str) -> None:
        """Says why something cannot be done, until the case changes."""
        self._refused.setText(text)
        self._refused.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if CasePictures.holds_any(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _show_chips(self, case: CaseView) -> None:
        self._remark.setVisible(case.remark is not Remark.NONE)
        if case.remark is not Remark.NONE:
            self._remark.show_status("paper", word(case.remark))
        if case.state is not CaseState.OPEN:
            self._chip.show_status("done" if case.state is CaseState.COMPLETED else "closed", word(case.state))
        elif case.clock is ClockState.OVERDUE:
            self._chip.show_status("overdue")
        elif case.clock in (ClockState.PAUSED, ClockState.DEFERRED):
            self._chip.show_status("waiting", word(case.clock))
        else:
            missing = next((step for step, done in case.demands if not done), None)
            status, board = _WAITS.get(missing, ("running", Board.RUNNING))
            if status == "running" and acts.untold(case):
                status, board = "tell", Board.TO_TELL
            soon = case.clock is ClockState.SOON
            self._chip.show_status("soon" if soon else status, word(Board.SOON if soon else board))

    # --- the ways it goes --------------------------------------------------------------------------------------------

    def _way(self, way: RouteLine, case: CaseView) -> QWidget:
        """A route in force: where it goes and by which paragraph, why, what is to be asked, and who was told."""
        view = way.view
        seen_to = named(view.external) or named(view.department)
        first = " · ".join(part for part in (word(view.route), case_words.clause(view), seen_to) if part)
        why = "\n".join(part for part in (case_words.reason(view), case_words.asks(view)) if part)
        words = column(Paragraph(first), 2, Paragraph(why, "small"))
        waits = case.state is CaseState.OPEN and not dict(case.demands).get(Step.RESULT_WRITTEN, False)
        told = self._told(way) if waits or way.told_at is not None else ""
        if told:
            words.addSpacing(2)
            words.addWidget(label(told, "warn" if way.late else "small"))
        glyph = column(2, Icon(self._context.theme, case_words.ROUTE_GLYPHS[view.route]), ...)
        return frame(row(glyph, 10, (words, 1)))

    def _told(self, way: RouteLine) -> str:
        if way.told_at is None:
            if way.view.route in acts.NOBODY_TO_TELL:
                return ""
            return tr("Nobody told yet: late") if way.late else tr("Nobody told yet")
        at = time_words.moment(self._context.local(way.told_at), self._context.now().date())
        how = word(ToldHow(way.told_how)) if way.told_how else ""
        return tr("Told: {whom}", whom=" · ".join(part for part in (way.told_whom, how, at) if part))
