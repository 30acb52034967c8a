"""回访: asking the customer whether it holds, with a rating (procedure, note 9)."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.follow_ups import RATINGS
from frontdesk.i18n import mark, tr
from frontdesk.qtkit.parts import Choice, Field, Paragraph, bind_keys, notes
from frontdesk.services import follow_ups
from frontdesk.services.views import CaseView, FollowUpDone
from frontdesk.ui.cases.asking.base import DeedDialog, Doer
from frontdesk.ui.cases.asking.fields import MomentField
from frontdesk.ui.context import Context

_REACHED = (("reached", mark("Reached")), ("missed", mark("Not reached")), ("given_up", mark("Give up asking")))


class FollowUpDialog(DeedDialog):
    """Reached or not, fixed or not, a rating by Alt+1 to Alt+5, what was said; "not fixed" opens the case again."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Follow up with the customer"))
        self._reached = Choice("seg", tr("Was the customer reached?"))
        self._reached.show_choices([(key, tr(text)) for key, text in _REACHED])
        self._fixed = Choice("seg", tr("Does it hold?"))
        self._fixed.show_choices([(True, tr("It is fixed")), (False, tr("Not fixed: open again"))])
        self._rating = Choice("chip", tr("Rating, 1 bad to 5 good"))
        ratings = [(n, tr("{n} of 5", n=n)) for n in RATINGS]
        self._rating.show_choices([(0, tr("No rating")), *ratings])
        self._said = Field(notes(80), tr("What the customer said"))
        self._at = MomentField(context, tr("When"))
        told = Paragraph(" · ".join(part for part in (case.caller, case.phone, case.where) if part), "small")
        self.stack(tr("Record"), told, self._reached, self._fixed, self._rating, self._said, self._at)
        self._reached.picked.connect(self._on_reached)
        for rating in RATINGS:
            bind_keys(self, f"Alt+{rating}").activated.connect(lambda rating=rating: self._rating.set_value(rating))
        self._said.body.setFocus()

    @Slot(object)
    def _on_reached(self, how: object) -> None:
        self._fixed.setVisible(how == "reached")
        self._rating.setVisible(how == "reached")

    @Slot()
    def accept(self) -> None:
        """Sends the answer."""
        how, said, at = self._reached.value(), self._said.body.toPlainText().strip(), self._at.moment()
        fixed = bool(self._fixed.value()) if how == "reached" else None
        if not said and (how == "given_up" or fixed is False):
            self._said.show_error(tr("A few words are needed."))
        elif at is not None:
            rating = self._rating.value() if how == "reached" else None
            answer = rating if isinstance(rating, int) and rating else None
            done = FollowUpDone(how == "reached", answer, fixed, said, at, how == "given_up")
            self.send(follow_ups.record, done)
