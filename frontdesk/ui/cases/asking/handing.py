"""Handing a matter on, and chasing it (procedure 4.5.1, 4.5.2)."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.paper import Mark, PaperKind
from frontdesk.domain.routing import Route
from frontdesk.i18n import mark, tr
from frontdesk.qtkit.parts import Choice, Field, Paragraph, Pick, edit, notes
from frontdesk.services import case_course
from frontdesk.services.views import CaseView, ChaseDone, PromiseRecord, Telling, ToldHow
from frontdesk.ui.cases.asking.base import DeedDialog, Doer, about
from frontdesk.ui.cases.asking.fields import ComingField, MomentField, WhomField, beside
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named, word

_PHRASES = (
    mark("Asked how far it is."),
    mark("Asked to come at the time promised."),
    mark("Asked when somebody will come."),
    mark("Asked for the form to be signed for and sent back."),
    mark("Nobody answered; will try again."),
)


def whom(case: CaseView) -> list[str]:
    """Whom a case is handed on to or chased at, the likeliest first."""
    found = [named(case.level_whom)] if case.level_whom is not None else []
    for route in case.routes:
        if route.view.route is Route.LIAISON:
            developer = tr("Developer's project department")
            found += [developer, tr("Office director")] if _verified(case) else [tr("Office director"), developer]
        found += [each for each in (named(route.view.external), named(route.view.department)) if each]
    if case.level or any(route.view.route is Route.INCIDENT for route in case.routes):
        found.append(tr("Office director"))
    return list(dict.fromkeys(found))[:3]


def _verified(case: CaseView) -> bool:
    forms = [paper for paper in case.papers if paper.kind is PaperKind.LIAISON_FORM]
    return bool(forms) and any(done.mark is Mark.VERIFIED for done in forms[-1].marks)


class TellDialog(DeedDialog):
    """Records that a matter was handed on: to whom, how, when."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Hand the matter on"))
        self._whom = WhomField(tr("To whom"), whom(case))
        self._how = Choice("chip", tr("How"))
        self._how.show_choices(choices(ToldHow))
        self._route = Pick(context.theme)
        untold = [(None, tr("All that nobody has been told of"))]
        self._route.offer([*untold, *((each.decision_id, word(each.view.route)) for each in case.routes)])
        routes = Field(self._route, tr("Which way"))
        routes.setVisible(len(case.routes) > 1)
        self._at = MomentField(context, tr("When"))
        self._note = Field(edit(limit=200), tr("Remark"))
        self.stack(tr("Hand on"), about(case), self._whom, self._how, routes, beside(self._at, self._note))
        self._whom.focus()

    @Slot()
    def accept(self) -> None:
        """Sends who was told."""
        at, decision = self._at.moment(), self._route.value()
        who = self._whom.text()
        if who and at is not None:
            told = Telling(
                who,
                ToldHow(str(self._how.value())),
                at,
                decision if isinstance(decision, int) else None,
                self._note.body.text().strip(),
            )
            self.send(case_course.tell, told)


class ChaseDialog(DeedDialog):
    """Records a chase: whom, what was said, when to ask again, a time that they promised anew."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Chase"), 640)
        self._whom = WhomField(tr("Who was chased"), whom(case))
        self._phrase = Pick(context.theme)
        self._phrase.offer([(None, tr("Choose a phrase")), *((text, tr(text)) for text in _PHRASES)])
        self._phrase.chosen.connect(self._on_phrase)
        self._said = Field(notes(64), tr("What they were told"))
        self._next = ComingField(context, tr("Ask again"), needed=False)
        self._promised = MomentField(context, tr("Newly promised time"), empty=True)
        self._at = MomentField(context, tr("When"))
        self._record = Paragraph("", "small")
        self._record.hide()
        phrase = Field(self._phrase, tr("Phrase"))
        fields = (self._record, self._whom, phrase, self._said, self._next, beside(self._promised, self._at))
        self.stack(tr("Record"), *fields)
        self._said.body.setFocus()
        if case.route.external is not None:
            context.work.run(case_course.promise_record, case.route.external.id, then=self._on_record)

    @Slot(object)
    def _on_record(self, record: PromiseRecord) -> None:
        self._record.setText(promises(self.case, record))
        self._record.show()

    @Slot()
    def _on_phrase(self) -> None:
        text = self._phrase.value()
        if isinstance(text, str):
            before = self._said.body.toPlainText().strip()
            self._said.body.setPlainText(f"{before} {tr(text)}".strip())

    @Slot()
    def accept(self) -> None:
        """Sends the chase; without a word on what was said it stays."""
        said, at = self._said.body.toPlainText().strip(), self._at.moment()
        if not said:
            self._said.show_error(tr("A few words are needed."))
            return
        promised = None if self._promised.empty else self._promised.moment()
        who = self._whom.text()
        if who and at is not None and self._next.fits() and (self._promised.empty or promised is not None):
            self.send(case_course.chase, ChaseDone(who, said, at, self._next.moment(), promised))


def promises(case: CaseView, record: PromiseRecord) -> str:
    """How the external unit keeps its promises, in a line."""
    values = {"who": named(case.route.external), "kept": record.kept, "missed": record.missed, "open": record.open}
    return tr("{who}: {kept} promises kept, {missed} missed, {open} open", **values)
