"""The right side of a case: clock, what is missing before it may be struck off, papers, chases, people, other cases."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.cases import Action, CaseState
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import Mark, PaperState
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Elided, Icon, IconButton, column, frame, label, row
from frontdesk.services.views import Board, CaseView, JoinedView, MarkView, PaperView, PromiseRecord
from frontdesk.ui import time_words
from frontdesk.ui.cases import acts
from frontdesk.ui.cases.acts import Deed, Extra
from frontdesk.ui.cases.asking.handing import promises
from frontdesk.ui.cases.asking.service import yuan
from frontdesk.ui.cases.clock_part import ClockPart
from frontdesk.ui.cases.lines import LINE_PX, LineButton, Part, fact, fill, small
from frontdesk.ui.context import Context
from frontdesk.ui.words import named, word

_CHASES_SHOWN = 4
_NEXT_SHOWN = 3


class Aside(QWidget):
    """Shows a `CaseView`; tells `reveal`, `act` with a Deed, and `open_case` with the id of another case."""

    reveal = Signal()
    act = Signal(object)
    open_case = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._case: CaseView | None = None
        self._clock = ClockPart(context)
        self._close_title, self._missing, self._steps = label("", "strong"), label("", "caption"), QVBoxLayout()
        self._steps.setSpacing(0)
        self._papers, self._chases, self._entries, self._others, self._asked, self._who = (Part() for _ in range(6))
        body = column(
            self._clock,
            row(column(self._close_title, 2, self._missing), ...),
            4,
            self._steps,
            self._papers,
            self._chases,
            self._entries,
            self._others,
            self._asked,
            self._who,
            ...,
        )
        body.setContentsMargins(24, 24, 24, 16)
        self.setLayout(body)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        if self._case is not None:
            self.show_case(self._case)

    def show_case(self, case: CaseView) -> None:
        """Another case, or the same after something was done with it."""
        self._case = case
        self._clock.show_case(case)
        self._show_steps(case)
        self._papers.show_lines(tr("Papers"), "", [line for paper in case.papers for line in self._paper(paper)])
        self._show_chases(case)
        self._show_entries(case)
        self._show_others(case)
        self._show_follow_up(case)
        self._show_customer(case)

    def _moment(self, at: datetime) -> str:
        return time_words.brief(self._context.local(at), self._context.now().date())

    def _leading(self, line: LineButton, deed: Deed) -> LineButton:
        line.clicked.connect(lambda: self.act.emit(deed))
        return line

    # --- what is missing ---------------------------------------------------------------------------------------------

    def _show_steps(self, case: CaseView) -> None:
        missing = sum(not done for _step, done in case.demands)
        title = tr("Cannot be completed yet") if missing else tr("Can be completed")
        self._close_title.setText(title if case.state is CaseState.OPEN else word(case.state))
        self._missing.setVisible(missing > 0)
        self._missing.setText(ntr("{n} step missing", "{n} steps missing", missing) if missing else "")
        lines: list[QWidget] = []
        for step, done in case.demands:
            deed = None if done or case.state is not CaseState.OPEN else acts.for_step(case, step)
            if done:
                lines.append(fact(self._theme, "ph.check-circle-fill", word(step), tr("done"), "ok"))
            elif deed is None:
                lines.append(fact(self._theme, "ph.circle", word(step), tr("missing"), "text_3"))
            else:
                line = LineButton(self._theme, "ph.circle", word(step), tr("missing"), "text_3", hint=acts.words(deed))
                lines.append(self._leading(line, deed))
        fill(self._steps, lines)

    # --- papers ------------------------------------------------------------------------------------------------------

    def _paper(self, paper: PaperView) -> list[QWidget]:
        """A paper with its state, the steps that it has gone, and those that may come next."""
        lines: list[QWidget] = [fact(self._theme, "ph.file-text", paper.number, _state(paper))]
        total = paper.details.get("total_fen")
        if isinstance(total, int):
            charged = paper.details.get("charged_fen")
            paid = tr("paid {sum}", sum=yuan(charged)) if isinstance(charged, int) else ""
            lines.append(small(" · ".join(part for part in (tr("offered {sum}", sum=yuan(total)), paid) if part)))
        lines += [self._mark(each) for each in paper.marks]
        for each in paper.open_marks[:_NEXT_SHOWN]:
            line = LineButton(self._theme, "ph.circle-dashed", word(each), tr("enter"), "text_3")
            lines.append(self._leading(line, _deed_for(paper, each)))
        return lines

    def _mark(self, done: MarkView) -> QWidget:
        name = word(done.mark)
        said = " · ".join(part for part in (done.who, done.note) if part)
        words = Elided(f"{name} · {said}" if said else name, "small")
        undo = IconButton(self._theme, "ph.arrow-u-up-left", tr("Take back: {step}", step=name), px=24)
        undo.clicked.connect(lambda: self.act.emit(Deed(Extra.UNDO_MARK, mark_id=done.id)))
        undo.setVisible(self._case is not None and self._case.state is CaseState.OPEN)
        when = label(self._moment(done.happened_at), "caption", right=True)
        out = frame(row(Icon(self._theme, "ph.check", "ok"), 10, (words, 1), 6, when, 2, undo), height=LINE_PX)
        out.setAccessibleName(f"{words.text()}: {when.text()}")
        return out

    # --- chases, registers, other cases, follow-up -------------------------------------------------------------------

    def _show_chases(self, case: CaseView) -> None:
        lines: list[QWidget] = []
        for chase in case.chases[:_CHASES_SHOWN]:
            at = self._moment(chase.happened_at)
            lines.append(fact(self._theme, "ph.bell-ringing", f"{chase.whom} · {chase.said}", at))
        next_at = case.chases[0].next_at if case.chases else None
        again = tr("next {moment}", moment=self._moment(next_at)) if next_at is not None else ""
        times = ntr("{n} time", "{n} times", len(case.chases))
        self._chases.show_lines(tr("Chases"), " · ".join(part for part in (times, again) if part), lines)

    def show_promises(self, record: PromiseRecord) -> None:
        """How the external unit keeps its promises, with the clock."""
        if self._case is not None:
            self._clock.show_record(promises(self._case, record))

    def _show_entries(self, case: CaseView) -> None:
        lines: list[QWidget] = []
        for entry in case.entries:
            struck = tr("struck off") if entry.struck_at is not None else tr("open line")
            lines.append(fact(self._theme, "ph.notebook", f"{word(entry.register)} {entry.serial}", struck))
        self._entries.show_lines(tr("Handling records"), "", lines)

    def _show_others(self, case: CaseView) -> None:
        lines: list[QWidget] = []
        if case.joined_to is not None:
            lines.append(self._other(case.joined_to, tr("it was joined to")))
        if case.earlier is not None:
            lines.append(self._other(case.earlier, tr("earlier")))
        for event in case.events:
            later = event.data.get("later")
            if isinstance(later, int):
                lines.append(self._link(later, event.text, tr("later")))
        lines += [self._other(each, tr("told") if each.told else tr("to be told")) for each in case.joined]
        waiting = sum(not each.told for each in case.joined)
        if waiting and Action.RECORD_REPLY in case.actions:
            everybody = Button(self._theme, tr("Tell all at once"), "link")
            everybody.clicked.connect(lambda: self.act.emit(Deed(Action.RECORD_REPLY)))
            lines.append(frame(row(everybody, ...)))
        callers = ntr("{n} joined", "{n} joined", len(case.joined)) if case.joined else ""
        self._others.show_lines(tr("Other cases"), callers, lines)

    def _other(self, other: JoinedView, note: str) -> QWidget:
        words = " · ".join(part for part in (other.record_no, other.who, other.where) if part)
        return self._link(other.case_id, words, note)

    def _link(self, case_id: int, words: str, note: str) -> QWidget:
        line = LineButton(self._theme, "ph.link", words, note)
        line.clicked.connect(lambda: self.open_case.emit(case_id))
        return line

    def _show_follow_up(self, case: CaseView) -> None:
        asked = case.follow_up
        if asked is None:
            self._asked.show_lines("", "", [])
            return
        lines: list[QWidget] = []
        if asked.state is FollowUpState.DUE and Action.FOLLOW_UP in case.actions:
            due = tr("by {moment}", moment=self._moment(asked.due_at))
            line = LineButton(self._theme, "ph.star", tr("Ask whether it holds"), due)
            lines.append(self._leading(line, Deed(Action.FOLLOW_UP)))
        elif asked.rating is not None or asked.fixed is not None:
            held = tr("It holds") if asked.fixed else tr("It does not hold")
            rating = tr("{n} of 5", n=asked.rating) if asked.rating else ""
            lines.append(fact(self._theme, "ph.star", held, rating))
        else:
            lines.append(fact(self._theme, "ph.star", word(asked.state), ""))
        if asked.said:
            lines.append(small(asked.said))
        tries = ntr("{n} try", "{n} tries", asked.tries) if asked.tries else ""
        self._asked.show_lines(tr("Follow-up call"), tries, lines)

    # --- people ------------------------------------------------------------------------------------------------------

    def _show_customer(self, case: CaseView) -> None:
        eye = IconButton(self._theme, "ph.eye", tr("Show the number, with a reason"), px=24)
        eye.clicked.connect(self.reveal)
        eye.setVisible(self._context.may(Permission.REVEAL_PHONES))
        name = fact(self._theme, "ph.user", case.caller or tr("Name not given"), word(case.verification))
        phone = frame(row(Icon(self._theme, "ph.phone"), 10, (Elided(case.phone or "–"), 1), eye), height=LINE_PX)
        lines = [name, phone] if case.phone else [name]
        if case.level_whom is not None:
            level = tr("level {n}", n=case.level)
            lines.append(fact(self._theme, "ph.megaphone-simple", named(case.level_whom), level))
        told = {route.told_whom: route.told_at for route in case.routes if route.told_at is not None}
        for who, at in told.items():
            lines.append(fact(self._theme, "ph.wrench", who, tr("told {moment}", moment=self._moment(at))))
        self._who.show_lines(tr("People"), "", lines)


def _state(paper: PaperView) -> str:
    """Where a paper stands; one that has no form to print here is only not back yet."""
    if paper.state is PaperState.ISSUED:
        return word(Board.TO_PRINT) if paper.printable else ""
    return word(paper.state)


def _deed_for(paper: PaperView, wanted: Mark) -> Deed:
    """The deed that enters a step of a paper; steps about money have their own."""
    extra = next((extra for extra, each in acts.MONEY.items() if each is wanted), None)
    return Deed(Action.MARK, paper.id, wanted) if extra is None else Deed(extra, paper.id)
