"""Writing back what a returned sheet tells, all of it at once (procedure 4.1.1, 4.1.3)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.cases import Step
from frontdesk.domain.paper import ENDED, GO_OUT, Mark
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Choice, Field, Pick, column, edit, label, notes, row
from frontdesk.services import case_course, cases
from frontdesk.services.views import CaseView, MarkDone, PaperView, SheetDone
from frontdesk.ui.cases.asking.base import DeedDialog, Doer, about, scrolled
from frontdesk.ui.cases.asking.fields import MomentField, beside
from frontdesk.ui.cases.asking.marks import MarkLine, lines_for
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

_MARKS_PX = 180
# Said by "is the work finished?", so that no line of its own is needed.
_UNFINISHED = (Mark.NEEDS_MATERIAL, Mark.SECOND_VISIT)


class ResultDialog(DeedDialog):
    """The work, who did it, whether the sheet is back, and the steps that it shows, each with its own date."""

    def __init__(
        self, context: Context, parent: QWidget, case: CaseView, doer: Doer, paper_id: int | None = None
    ) -> None:
        super().__init__(context, parent, case, doer, tr("Write the result back"), 640)
        self._papers = [each for each in case.papers if each.state not in ENDED and each.kind in GO_OUT]
        self._known = bool(case.result) and dict(case.demands).get(Step.RESULT_WRITTEN, False)
        self._marks: list[MarkLine] = []
        self._work = Field(notes(60), tr("What was done"), tr("is on record already") if self._known else "")
        self._who = Field(edit(limit=40), tr("Technician"))
        self._at = MomentField(context, tr("Done at, by the paper"))
        self._back = Choice("seg", tr("Is the sheet back?"))
        self._back.show_choices([(True, tr("The sheet is back")), (False, tr("The sheet is still out"))], True)
        self._back.setVisible(bool(self._papers))
        self._done = Choice("seg", tr("Is the work finished?"))
        unfinished = [(each, word(each)) for each in _UNFINISHED]
        self._done.show_choices([(True, tr("Finished")), *unfinished], True)
        self.stack(
            tr("Write back"),
            about(case),
            self._pick(paper_id),
            self._work,
            beside(self._who, self._at),
            self._back,
            self._done,
            self._shows(),
        )
        self._on_paper()
        self._work.body.setFocus()

    def _pick(self, paper_id: int | None) -> QWidget:
        self._paper = Pick(self.context.theme)
        self._paper.offer([(each.id, f"{each.number} · {word(each.kind)}") for each in self._papers])
        self._paper.choose(paper_id)
        self._paper.chosen.connect(self._on_paper)
        field = Field(self._paper, tr("Paper"))
        field.setVisible(len(self._papers) > 1)
        return field

    def _shows(self) -> QWidget:
        """The steps that the sheet shows; they scroll, because some ways are long."""
        self._lines = column()
        inside = QWidget()
        inside.setLayout(self._lines)
        self._area = scrolled(inside, _MARKS_PX)
        self._area.setFixedHeight(_MARKS_PX)
        self._title = label(tr("What the sheet shows, each with its date"), "strong")
        box = QWidget()
        box.setLayout(column(row(self._title, ...), 4, self._area))
        box.setVisible(bool(self._papers))
        return box

    def _current(self) -> PaperView | None:
        return next((each for each in self._papers if each.id == self._paper.value()), None)

    @Slot()
    def _on_paper(self) -> None:
        paper = self._current()
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._marks = [] if paper is None else lines_for(self.context, paper, frozenset(_UNFINISHED))
        for mark_line in self._marks:
            self._lines.addWidget(mark_line)
        self._lines.addStretch(1)
        self._area.setFixedHeight(min(_MARKS_PX, 40 * len(self._marks) + 90))
        way = paper is not None and Mark.NEEDS_MATERIAL in [*paper.open_marks, *(each.mark for each in paper.marks)]
        self._done.setVisible(way and not self._known)

    def _shown(self, paper: PaperView | None, at: datetime) -> tuple[MarkDone, ...] | None:
        """The steps that are ticked; None where a date cannot be read."""
        found = [each.done(self.case.caller) for each in self._marks if each.on]
        why = self._done.value()
        if isinstance(why, Mark) and paper is not None and why in paper.open_marks and not self._done.isHidden():
            found.append(MarkDone(why, at))
        marks = [each for each in found if each is not None]
        return tuple(marks) if len(marks) == len(found) else None

    @Slot()
    def accept(self) -> None:
        """Sends what was entered; without a word on the work it stays, unless the sheet tells nothing new of it."""
        work, at, paper = self._work.body.toPlainText().strip(), self._at.moment(), self._current()
        back = bool(self._back.value()) and paper is not None
        marks = None if at is None else self._shown(paper, at)
        if at is None or marks is None:
            return
        unfinished = isinstance(self._done.value(), Mark) and not self._done.isHidden()
        if not work and self._known and back and paper is not None:
            self.send(case_course.take_back, paper.id, marks, at)
        elif not work:
            self._work.show_error(tr("Say what was done."))
        else:
            who, which = self._who.body.text().strip(), None if paper is None else paper.id
            self.send(cases.record_result, SheetDone(work, at, who, back and not unfinished, which, marks, unfinished))
