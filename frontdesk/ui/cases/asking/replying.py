"""Telling the customer, or why that is not possible; telling everybody whose case was joined (procedure 3.4, 4.5.1)."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import mark, ntr, tr
from frontdesk.qtkit.parts import Choice, Field, Paragraph, Pick, notes
from frontdesk.services import case_course, cases
from frontdesk.services.views import CaseView, ReplyDone
from frontdesk.ui.cases import event_words
from frontdesk.ui.cases.asking.base import DeedDialog, Doer
from frontdesk.ui.cases.asking.fields import MomentField
from frontdesk.ui.context import Context

_WHY_NONE = (
    mark("Not reached in three tries at different times."),
    mark("No number was given, and nobody was at home."),
    mark("The customer asked not to be called."),
)


class ReplyDialog(DeedDialog):
    """Records the reply, or why none is possible; for a case that others were joined to, to all of them at once."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Reply to the customer"))
        self._kind = Choice("seg", tr("Was the customer told?"))
        self._kind.show_choices([(True, tr("Customer told")), (False, tr("No reply possible"))], True)
        self._how = Choice("chip", tr("How"))
        self._how.show_choices([(code, tr(text)) for code, text in event_words.HOW])
        self._why = Pick(context.theme)
        self._why.offer([(None, tr("Choose a phrase")), *((text, tr(text)) for text in _WHY_NONE)])
        self._why_field = Field(self._why, tr("Phrase"))
        self._why_field.hide()
        self._text = Field(notes(80), tr("What was said"))
        self._at = MomentField(context, tr("When"))
        told = Paragraph(" · ".join(part for part in (case.caller, case.phone, case.where) if part), "small")
        self.stack(tr("Record"), told, self._kind, self._how, self._why_field, self._text, self._to_all(), self._at)
        self._kind.picked.connect(self._on_kind)
        self._why.chosen.connect(self._on_why)
        self._text.body.setFocus()

    def _to_all(self) -> QWidget:
        waiting = sum(not each.told for each in self.case.joined)
        self._all = Choice("seg", tr("Who was told?"))
        everybody = ntr("And {n} joined caller", "And {n} joined callers", waiting)
        self._all.show_choices([(True, everybody), (False, tr("This customer only"))], waiting > 0)
        self._all.setVisible(waiting > 0)
        return self._all

    @Slot(object)
    def _on_kind(self, told: object) -> None:
        self._how.setVisible(bool(told))
        self._why_field.setVisible(not told)
        self._text.setText(tr("What was said") if told else tr("Why no reply is possible"))

    @Slot()
    def _on_why(self) -> None:
        text = self._why.value()
        if isinstance(text, str):
            self._text.body.setPlainText(tr(text))

    @Slot()
    def accept(self) -> None:
        """Sends what was entered; without words it stays."""
        text, at = self._text.body.toPlainText().strip(), self._at.moment()
        if not text:
            self._text.show_error(tr("A few words are needed."))
            return
        if at is None:
            return
        told = bool(self._kind.value())
        reply = ReplyDone(text, str(self._how.value()), at) if told else ReplyDone("", "", at, reason_none=text)
        everybody = self._all.value() is True and not self._all.isHidden()
        self.send(case_course.tell_all if everybody else cases.record_reply, reply)
