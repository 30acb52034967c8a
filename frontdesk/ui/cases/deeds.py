"""Does what a person wants to do with the open case: dialog, service, and what is said when another desk was faster."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.cases import Action, StepsMissing
from frontdesk.i18n import tr
from frontdesk.services import case_course, case_routes, cases, pictures
from frontdesk.services.errors import EditConflict
from frontdesk.services.views import CaseView
from frontdesk.ui import error_words
from frontdesk.ui.cases import acts, event_words
from frontdesk.ui.cases.acts import Deed, Extra
from frontdesk.ui.cases.asking.base import DeedDialog, Service, TextDialog
from frontdesk.ui.cases.asking.clock import AgreeDialog, DeferDialog, SnoozeDialog
from frontdesk.ui.cases.asking.following import FollowUpDialog
from frontdesk.ui.cases.asking.handing import ChaseDialog, TellDialog
from frontdesk.ui.cases.asking.marks import MarkDialog
from frontdesk.ui.cases.asking.picture import AddPictureDialog
from frontdesk.ui.cases.asking.replying import ReplyDialog
from frontdesk.ui.cases.asking.result import ResultDialog
from frontdesk.ui.cases.asking.service import ChargeDialog, QuoteDialog
from frontdesk.ui.cases.asking.way import EstablishDialog, JoinDialog, WayDialog
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

Ask = Callable[[CaseView, Deed], DeedDialog]


class Deeds(QObject):
    """Begins deeds on a case, never two at once. A dialog's deed is done on the case as the person saw it."""

    done = Signal(object)  # the case afterwards
    stale = Signal()  # the case is not what it was: it has to be looked at again
    refused = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._doing = False
        self._dialog: DeedDialog | None = None
        self._before: CaseView | None = None  # of a deed without a dialog that another desk forestalled
        self._removed = 0  # the picture that was taken away last
        self._asks = self._dialogs()

    def _dialogs(self) -> dict[Action | Extra, Ask]:
        plain: dict[Action | Extra, Callable[..., DeedDialog]] = {
            Action.ESTABLISH: EstablishDialog,
            Action.RECORD_REPLY: ReplyDialog,
            Action.TELL: TellDialog,
            Action.CHASE: ChaseDialog,
            Action.AGREE_TIME: AgreeDialog,
            Action.DEFER: DeferDialog,
            Extra.SNOOZE: SnoozeDialog,
            Action.JOIN: JoinDialog,
            Action.FOLLOW_UP: FollowUpDialog,
            Action.ADD_PICTURE: AddPictureDialog,
            Action.REROUTE: partial(WayDialog, second=False),
            Action.ADD_ROUTE: partial(WayDialog, second=True),
            Action.PAUSE: lambda *whose: TextDialog(*whose, **_pause()),
            Action.SEPARATE: lambda *whose: TextDialog(*whose, **_separate()),
            Action.REOPEN: lambda *whose: TextDialog(*whose, **_reopen()),
            Action.VOID: lambda *whose: TextDialog(*whose, **_void()),
        }
        with_paper: dict[Action | Extra, Ask] = {
            Action.RECORD_RESULT: lambda case, deed: ResultDialog(*self._with(case), deed.paper_id),
            Action.MARK: lambda case, deed: MarkDialog(*self._with(case), deed.paper_id, deed.mark),
            Extra.QUOTE: lambda case, deed: QuoteDialog(*self._with(case), deed.paper_id or 0),
            Extra.CHARGE: lambda case, deed: ChargeDialog(*self._with(case), deed.paper_id or 0),
        }
        return {**{each: self._plain(kind) for each, kind in plain.items()}, **with_paper}

    def _plain(self, kind: Callable[..., DeedDialog]) -> Ask:
        return lambda case, _deed: kind(*self._with(case))

    def _with(self, case: CaseView) -> tuple[Context, QWidget, CaseView, Deeds]:
        return self._context, self._page.window(), case, self

    # --- beginning ---------------------------------------------------------------------------------------------------

    def begin(self, deed: Deed, case: CaseView) -> None:
        """Asks what is needed for a deed, or does it at once where nothing is."""
        if self._doing or self._dialog is not None:
            return
        deed = _completed(deed, case)
        at_once: dict[Action | Extra, tuple[Service, tuple[object, ...]]] = {
            Action.COMPLETE: (cases.complete, ()),
            Action.UNDO: (cases.undo, ()),
            Action.RESUME: (case_course.resume, ()),
            Extra.UNDO_MARK: (case_course.undo_mark, (deed.mark_id,)),
        }
        if deed.action in at_once:
            service, values = at_once[deed.action]
            self._before = case
            self._run(service, case.id, case.version, *values)
        elif deed.action in self._asks:
            self._show(self._asks[deed.action](case, deed))

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None

    def run(self, dialog: DeedDialog, service: Service, *args: object) -> None:
        """A dialog's deed; the dialog is told how it went."""
        self._dialog = dialog
        self._before = None
        self._run(service, *args)

    def _run(self, service: Service, *args: object) -> None:
        if not self._doing:
            self._doing = True
            then = partial(self._on_done, service)
            self._context.work.run(service, *args, then=then, failed=self._on_refused)

    def add_pictures(self, case: CaseView, given: tuple[bytes, ...]) -> None:
        """Pictures that were pasted or dropped."""
        if not self._doing and self._dialog is None:
            self._show(AddPictureDialog(*self._with(case), given))

    def remove_picture(self, case: CaseView, picture_id: int) -> None:
        """Takes a picture away; the toast brings it back."""
        self._removed = picture_id
        self._before = case
        self._run(pictures.remove, case.id, case.version, picture_id)

    def _show(self, dialog: DeedDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    # --- how it went -------------------------------------------------------------------------------------------------

    def _on_done(self, service: Service, case: Any) -> None:
        self._doing = False
        if self._dialog is not None:
            self._dialog.finish()
        if not isinstance(case, CaseView):  # it did not change the case itself
            self._context.notify(tr("It is kept off your board."), "ok")
            return
        self.done.emit(case)
        if service in (cases.complete, cases.void):
            self._offer_undo(case)
        elif service is pictures.remove:
            back = partial(self._run, pictures.restore, case.id, case.version, self._removed)
            self._context.notify(tr("The picture was taken away."), "ok", (tr("Undo"), back))

    def _offer_undo(self, case: CaseView) -> None:
        text = tr("{number}: {state}.", number=case.record_no, state=word(case.state))
        self._context.notify(text, "ok", (tr("Undo"), partial(self._undo, case)))

    def _undo(self, case: CaseView) -> None:
        self._before = None
        self._run(cases.undo, case.id, case.version)

    def _on_refused(self, error: Exception) -> None:
        self._doing = False
        text = error_words.text(error)
        if isinstance(error, StepsMissing):
            text = tr("It cannot be marked completed yet. Missing: {steps}.", steps=", ".join(map(word, error.steps)))
        if self._dialog is not None:
            self._dialog.refuse(text)
        elif isinstance(error, StepsMissing):
            self.refused.emit(text)
        elif not isinstance(error, EditConflict) or self._before is None:
            self._context.notify(text, "warn")
        if isinstance(error, EditConflict):
            self.stale.emit()
        else:
            self._before = None

    def news(self, case: CaseView) -> None:
        """The case was looked at again: whoever is about to change it is told what another desk has done."""
        dialog, before = self._dialog, self._before
        if dialog is not None:
            if dialog.case.id == case.id and dialog.case.version != case.version and not self._doing:
                dialog.meanwhile(case)
        elif before is not None and not self._doing:
            self._before = None
            if before.id == case.id and before.version != case.version:
                changes = event_words.since(self._context, before, case)
                again = tr("Nothing was done. Look at it, and do it again.")
                self.refused.emit("\n".join([tr("Somebody else has changed this meanwhile."), *changes, again]))


def _completed(deed: Deed, case: CaseView) -> Deed:
    """The deed with the paper that it is about, where a key was pressed that names none."""
    wanted = acts.MONEY.get(deed.action)
    if wanted is None or deed.paper_id is not None:
        return deed
    return Deed(deed.action, acts.paper_for(case, wanted))


def _pause() -> dict[str, Any]:
    return {
        "title": tr("Wait for the customer"),
        "act": tr("Stop the clock"),
        "service": case_course.pause,
        "name": tr("What is waited for"),
        "hint": tr("The time already used stays used."),
    }


def _separate() -> dict[str, Any]:
    return {
        "title": tr("Separate from the other case"),
        "act": tr("Separate"),
        "service": case_routes.separate,
        "hint": tr("It goes its own way again, as the rules decide."),
    }


def _reopen() -> dict[str, Any]:
    return {"title": tr("Reopen the case"), "act": tr("Reopen"), "service": cases.reopen}


def _void() -> dict[str, Any]:
    hint = tr("For a line that should not be there. Its numbers stay, and it can be taken back for ten minutes.")
    return {
        "title": tr("Void the case"),
        "act": tr("Void the line"),
        "service": cases.void,
        "hint": hint,
        "kind": "danger",
    }
