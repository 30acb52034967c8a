"""The agreed time, and standing still: agreeing, waiting for the customer, deferring, keeping off the board."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Field, Paragraph, edit
from frontdesk.services import case_course, snoozes
from frontdesk.services.views import CaseView
from frontdesk.ui.cases.asking.base import DeedDialog, Doer, about
from frontdesk.ui.cases.asking.fields import ComingField
from frontdesk.ui.context import Context


class AgreeDialog(DeedDialog):
    """Agrees a time with the customer in the rule's place."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Agree a time with the customer"), 640)
        self._when = ComingField(context, tr("Agreed time"), needed=True, first="typed")
        hint = tr("What a passed time has caused stays on record.")
        self.stack(tr("Agree"), about(case, hint), self._when)
        self._when.focus()

    @Slot()
    def accept(self) -> None:
        """Sends the time."""
        if self._when.fits():
            self.send(case_course.agree, self._when.moment())


class DeferDialog(DeedDialog):
    """Lets the clock sleep until a day, with the reason."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Defer the matter"), 640)
        self._reason = Field(edit(limit=200), tr("Reason"))
        self._when = ComingField(context, tr("Deferred until"), needed=True, first="tomorrow")
        hint = tr("The promised time stands still until then, and runs on with what was left.")
        self.stack(tr("Defer"), about(case, hint), self._reason, self._when)
        self._reason.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Sends the time and the reason."""
        reason = self._reason.body.text().strip()
        if not reason:
            self._reason.show_error(tr("A few words are needed."))
        elif self._when.fits():
            self.send(case_course.defer, self._when.moment(), reason)


class SnoozeDialog(DeedDialog):
    """Keeps the case off one's own board for a while; the clock runs on."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Keep off my board"), 640)
        self._when = ComingField(context, tr("Until"), needed=False, first="hour")
        hint = tr("Only your board: the clock runs on, and an overdue matter is shown all the same.")
        self.stack(tr("Keep off"), Paragraph(hint, "small"), self._when)
        self._when.focus()

    @Slot()
    def accept(self) -> None:
        """Sends the time; none brings the case back."""
        if self._when.fits():
            self.send_plain(snoozes.snooze, self._when.moment())
