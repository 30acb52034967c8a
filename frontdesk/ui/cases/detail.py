"""One case: what it is, what can be done with it now, what was said, and what has happened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.cases import Action, CaseState, Step
from frontdesk.domain.deadlines import ClockState
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Chip, Elided, Notice, Paragraph, column, label, line, row
from frontdesk.services.views import Board, CaseView
from frontdesk.ui import case_words
from frontdesk.ui.cases.timeline import Timeline
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

# The step that is missing next, and the deed that does it.
_NEXT = {
    Step.ROUTE_DECIDED: Action.ESTABLISH,
    Step.PAPER_PRINTED: Action.PRINT,
    Step.RESULT_WRITTEN: Action.RECORD_RESULT,
    Step.PAPERS_ENDED: Action.RECORD_RESULT,
    Step.CUSTOMER_TOLD: Action.RECORD_REPLY,
}
# What an open case waits for, as on the board: by the step that is missing first.
_WAITS = {
    Step.ROUTE_DECIDED: ("establish", Board.TO_ESTABLISH),
    Step.PAPER_PRINTED: ("paper", Board.TO_PRINT),
    Step.CUSTOMER_TOLD: ("reply", Board.TO_REPLY),
    None: ("done", Board.TO_COMPLETE),
}
_KEYS = {
    Action.ESTABLISH: "E",
    Action.PRINT: "Ctrl+P",
    Action.RECORD_RESULT: "W",
    Action.RECORD_REPLY: "R",
    Action.COMPLETE: "D",
    Action.REOPEN: "",
}


class Detail(QWidget):
    """Shows a `CaseView` and tells `act` with what a person wants to do with it."""

    act = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: CaseView | None = None
        self._title, self._chip, self._sub = (
            Paragraph("", "strong"),
            Chip(context.theme, "running"),
            Elided("", "small"),
        )
        self._title.setProperty("role", "lead")
        self._buttons = {action: Button(context.theme, "", "plain", key) for action, key in _KEYS.items()}
        self._other_way = Button(context.theme, "", "link")
        self._other_way.clicked.connect(lambda: self.act.emit(Action.REROUTE))
        self._refused = Notice(context.theme, "warn")
        self._refused.hide()
        self._way_title, self._way = label("", "strong"), Paragraph("")
        self._why = Paragraph("", "small")
        self._said_title, self._said = label("", "strong"), Paragraph("")
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._past_title, self._count = label("", "strong"), label("", "caption")
        self._timeline = Timeline(context)
        self._lay_out()
        for action, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, action=action: self.act.emit(action))
        self.retranslate()

    def _lay_out(self) -> None:
        acts = row()
        acts.setSpacing(8)  # between those that can be seen
        for button in self._buttons.values():
            acts.addWidget(button)
        acts.addStretch(1)
        body = column(
            self._title,
            8,
            row(self._chip, 10, (self._sub, 1)),
            16,
            acts,
            12,
            self._refused,
            12,
            line(),
            16,
            row(self._said_title, ...),
            6,
            self._said,
            20,
            row(self._way_title, ..., self._other_way),
            6,
            self._way,
            2,
            self._why,
            20,
            row(self._past_title, ..., self._count),
            12,
            self._timeline,
            ...,
        )
        body.setContentsMargins(20, 24, 20, 16)
        self.setLayout(body)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        texts = {
            Action.ESTABLISH: tr("Establish"),
            Action.PRINT: tr("Print"),
            Action.RECORD_RESULT: tr("Result"),
            Action.RECORD_REPLY: tr("Reply"),
            Action.COMPLETE: tr("Complete"),
            Action.REOPEN: tr("Reopen"),
        }
        for action, text in texts.items():
            self._buttons[action].setText(text)
        self._said_title.setText(tr("What was reported"))
        self._other_way.setText(tr("Decide otherwise"))
        self._way_title.setText(tr("The way it goes"))
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
        self._show_chip(case)
        number = case.papers[-1].number if case.papers else case.record_no
        facts = (number, case.where, word(case.channel), word(case.urgency))
        reopened = ntr("reopened once", "reopened {n} times", case.reopened) if case.reopened else ""
        self._sub.setText(" · ".join(part for part in (*facts, reopened) if part))
        self._show_acts(case)
        self._said.setText(case.content)
        self._way.setText(f"{word(case.route.route)} · {case_words.clause(case.route)}")
        unknown = case_words.asks(case.route)
        self._why.setText("\n".join(part for part in (case_words.reason(case.route), unknown) if part))
        self._count.setText(ntr("{n} line", "{n} lines", len(case.events)))
        self._timeline.show_events(case.events)

    def refuse(self, text: str) -> None:
        """Says why something cannot be done, until the case changes."""
        self._refused.setText(text)
        self._refused.show()

    def _show_chip(self, case: CaseView) -> None:
        if case.state is not CaseState.OPEN:
            self._chip.show_status("done" if case.state is CaseState.COMPLETED else "closed", word(case.state))
        elif case.clock is ClockState.OVERDUE:
            self._chip.show_status("overdue")
        else:
            missing = next((step for step, done in case.demands if not done), None)
            status, board = _WAITS.get(missing, ("running", Board.RUNNING))
            soon = case.clock is ClockState.SOON
            self._chip.show_status("soon" if soon else status, word(Board.SOON if soon else board))

    def _show_acts(self, case: CaseView) -> None:
        """Shows what can be done; completing can always be tried while open, and says what is missing."""
        missing = [step for step, done in case.demands if not done]
        following = _NEXT[missing[0]] if missing else Action.COMPLETE
        self._other_way.setVisible(Action.REROUTE in case.actions and self._context.may(Permission.OVERRULE_ROUTE))
        for action, button in self._buttons.items():
            shown = action in case.actions or (action is Action.COMPLETE and case.state is CaseState.OPEN)
            button.setVisible(shown)
            button.set_kind("primary" if action is following and case.state is CaseState.OPEN else "plain")
