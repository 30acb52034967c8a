"""Steps on a paper's way: one by itself, or several that a returned sheet shows, each with its own date and name."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.paper import EXCUSABLE, WAYS, Mark
from frontdesk.i18n import mark, tr
from frontdesk.qtkit.parts import Choice, Field, Pick, column, edit, row, toggle
from frontdesk.services import case_course
from frontdesk.services.views import CaseView, MarkDone, PaperView
from frontdesk.ui.cases.asking.base import DeedDialog, Doer, about
from frontdesk.ui.cases.asking.fields import MomentField, beside
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

# Entered in dialogs of their own, because money belongs to them.
OF_MONEY = frozenset({Mark.QUOTED, Mark.CHARGED})
_UNSIGNED = (("signed", mark("Signed")), ("absent", mark("Customer absent")), ("refused", mark("Refused to sign")))


class SignedField(QWidget):
    """客户签字: by whom, or why not; absent and refusing are permitted, recorded reasons (domain section 3)."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = Choice("chip", tr("Did the customer sign?"))
        self._kind.show_choices([(key, tr(text)) for key, text in _UNSIGNED])
        self._reason = Field(edit(limit=200), tr("Why it is not signed"))
        self._reason.hide()
        self.setLayout(column(self._kind, 6, self._reason))
        self._kind.picked.connect(lambda kind: self._reason.setVisible(kind != "signed"))

    @property
    def signed(self) -> bool:
        """The customer has signed."""
        return self._kind.value() == "signed"

    def note(self) -> str:
        """Why it is not signed; empty where it is."""
        if self.signed:
            return ""
        words = tr(dict(_UNSIGNED)[str(self._kind.value())])
        reason = self._reason.body.text().strip()
        return tr("{what}: {why}", what=words, why=reason) if reason else words


class MarkDialog(DeedDialog):
    """Enters one step, with the date on the paper."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        case: CaseView,
        doer: Doer,
        paper_id: int | None = None,
        wanted: Mark | None = None,
    ) -> None:
        super().__init__(context, parent, case, doer, tr("Enter a step"))
        papers = [each for each in case.papers if each.open_marks]
        self._paper, self._mark = Pick(context.theme), Pick(context.theme)
        self._paper.offer([(each.id, f"{each.number} · {word(each.kind)}") for each in papers])
        self._paper.choose(paper_id if paper_id is not None else _paper_with(papers, wanted))
        self._at = MomentField(context, tr("Date on the paper"))
        self._who = Field(edit(limit=120), tr("Who signed or did it"))
        self._note = Field(edit(limit=200), tr("Remark"))
        self._signed = SignedField()
        paper = Field(self._paper, tr("Paper"))
        paper.setVisible(len(papers) > 1)
        step = Field(self._mark, tr("Step"))
        self.stack(tr("Enter"), about(case), paper, step, self._signed, beside(self._at, self._who), self._note)
        self._paper.chosen.connect(self._on_paper)
        self._mark.chosen.connect(self._on_mark)
        self._on_paper()
        self._mark.choose(wanted)
        self._on_mark()
        self._who.body.setFocus()

    def _current(self) -> PaperView | None:
        return next((each for each in self.case.papers if each.id == self._paper.value()), None)

    @Slot()
    def _on_paper(self) -> None:
        paper = self._current()
        marks = [each for each in paper.open_marks if each not in OF_MONEY] if paper is not None else []
        self._mark.offer([(each, word(each)) for each in marks])
        self._on_mark()

    @Slot()
    def _on_mark(self) -> None:
        self._signed.setVisible(self._mark.value() in EXCUSABLE)

    @Slot()
    def accept(self) -> None:
        """Sends the step."""
        paper, chosen, at = self._current(), self._mark.value(), self._at.moment()
        if paper is None or not isinstance(chosen, Mark) or at is None:
            return
        who, note = self._who.body.text().strip(), self._note.body.text().strip()
        if chosen in EXCUSABLE:
            who, note = (who or self.case.caller, note) if self._signed.signed else ("", self._signed.note())
        self.send(case_course.mark, paper.id, MarkDone(chosen, at, who, note))


def _paper_with(papers: list[PaperView], wanted: Mark | None) -> int | None:
    """The paper that waits for a step, the newest first."""
    return next((each.id for each in reversed(papers) if wanted is None or wanted in each.open_marks), None)


class MarkLine(QWidget):
    """One step that a returned sheet may show: a tick, its date, and who."""

    ticked = Signal()

    def __init__(self, context: Context, which: Mark) -> None:
        super().__init__()
        self.mark = which
        name = word(which)
        self._tick = toggle(name)
        self._at = MomentField(context, tr("{step}: date", step=name))
        self._who = Field(edit(limit=120), tr("{step}: who", step=name))
        self._signed = SignedField() if which in EXCUSABLE else None
        self._more = beside(self._at, self._who)
        self._more.hide()
        box: QVBoxLayout = column(row(self._tick, ...), 4)
        if self._signed is not None:
            self._signed.hide()
            box.addWidget(self._signed)
        box.addWidget(self._more)
        self.setLayout(box)
        self._tick.toggled.connect(self._on_tick)

    @Slot(bool)
    def _on_tick(self, on: bool) -> None:
        self._more.setVisible(on)
        if self._signed is not None:
            self._signed.setVisible(on)
        self.ticked.emit()

    @property
    def on(self) -> bool:
        """The sheet shows it."""
        return self._tick.isChecked()

    def done(self, caller: str) -> MarkDone | None:
        """The step as entered; None where its date cannot be read, which the field then says."""
        at: datetime | None = self._at.moment()
        who, note = self._who.body.text().strip(), ""
        if self._signed is not None:
            who, note = (who or caller or tr("Customer"), "") if self._signed.signed else ("", self._signed.note())
        return None if at is None else MarkDone(self.mark, at, who, note)


def lines_for(context: Context, paper: PaperView, without: frozenset[Mark] = frozenset()) -> list[MarkLine]:
    """A line for each step of a paper's way that has not been entered."""
    there = {each.mark for each in paper.marks} | OF_MONEY | without
    return [MarkLine(context, each) for each in WAYS[paper.kind] if each not in there]
