"""What a person enters about a case: the result from the returned sheet, the reply, a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDateTime, Slot
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from frontdesk.i18n import mark, tr
from frontdesk.qtkit.parts import Choice, Dialog, Field, Paragraph, edit, notes
from frontdesk.services.views import CaseView, ReplyDone, SheetDone
from frontdesk.ui.context import Context

Done = Callable[[object], None]
_HOW = (("phone", mark("By phone")), ("in_person", mark("In person")), ("message", mark("By message")))


class MomentField(Field):
    """A day and time on the site's clock; never in the future."""

    def __init__(self, context: Context, name: str) -> None:
        self._context = context
        self._edit = QDateTimeEdit()
        super().__init__(self._edit, name)
        now = context.now()
        self._edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._edit.setCalendarPopup(True)
        shown = QDateTime.fromString(f"{now:%Y-%m-%d %H:%M}", "yyyy-MM-dd HH:mm")
        self._edit.setDateTime(shown)
        self._edit.setMaximumDateTime(shown)
        self._before = self._edit.dateTime()

    def moment(self) -> datetime:
        """The instant; the very moment of opening where nothing was changed, so that seconds are right."""
        if self._edit.dateTime() == self._before:
            return self._context.now()
        parsed = datetime.strptime(self._edit.dateTime().toString("yyyy-MM-dd HH:mm"), "%Y-%m-%d %H:%M")  # noqa: DTZ007
        return parsed.replace(tzinfo=self._context.zone)


class ResultDialog(Dialog):
    """Writes the result back from the returned sheet (procedure 4.1.1); calls `done` with a SheetDone."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, done: Done) -> None:
        super().__init__(context.theme, parent, tr("Write the result back"), 520)
        self._done = done
        self._work = Field(notes(96), tr("What was done"))
        self._who = Field(edit(limit=40), tr("Technician"))
        self._at = MomentField(context, tr("Done at, by the paper"))
        self._back = Choice("seg", tr("Is the sheet back?"))
        self._back.show_choices([(True, tr("The sheet is back")), (False, tr("The sheet is still out"))], True)
        self._back.setVisible(bool(case.papers))
        for item in (Paragraph(case.content, "small"), self._work, self._who, self._at, self._back):
            self.body.addWidget(item)
            self.body.addSpacing(12)
        self.add_buttons(tr("Write back"))
        self._work.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Hands over what was entered; without a word on the work it stays."""
        work = self._work.body.toPlainText().strip()
        if not work:
            self._work.show_error(tr("Say what was done."))
            return
        self._done(SheetDone(work, self._at.moment(), self._who.body.text().strip(), bool(self._back.value())))
        super().accept()


class ReplyDialog(Dialog):
    """Records that the customer was told, or why that is not possible; calls `done` with a ReplyDone."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, done: Done) -> None:
        super().__init__(context.theme, parent, tr("Reply to the customer"), 520)
        self._done = done
        self._kind = Choice("seg", tr("Was the customer told?"))
        self._kind.show_choices([(True, tr("Customer told")), (False, tr("No reply possible"))], True)
        self._how = Choice("chip", tr("How"))
        self._how.show_choices([(code, tr(text)) for code, text in _HOW])
        self._text = Field(notes(96), tr("What was said"))
        self._at = MomentField(context, tr("When"))
        told = " · ".join(part for part in (case.caller, case.phone, case.where) if part)
        for item in (Paragraph(told, "small"), self._kind, self._how, self._text, self._at):
            self.body.addWidget(item)
            self.body.addSpacing(12)
        self.add_buttons(tr("Record"))
        self._kind.picked.connect(self._on_kind)
        self._text.body.setFocus()

    @Slot(object)
    def _on_kind(self, told: object) -> None:
        self._how.setVisible(bool(told))
        self._text.setText(tr("What was said") if told else tr("Why no reply is possible"))

    @Slot()
    def accept(self) -> None:
        """Hands over what was entered; without words it stays."""
        text = self._text.body.toPlainText().strip()
        if not text:
            self._text.show_error(tr("A few words are needed."))
            return
        at = self._at.moment()
        if self._kind.value():
            self._done(ReplyDone(text, str(self._how.value()), at))
        else:
            self._done(ReplyDone("", "", at, reason_none=text))
        super().accept()


class ReasonDialog(Dialog):
    """Asks for a reason and calls `done` with it."""

    def __init__(self, context: Context, parent: QWidget, title: str, act: str, done: Done) -> None:
        super().__init__(context.theme, parent, title)
        self._done = done
        self._reason = Field(edit(limit=200), tr("Reason"))
        self.body.addWidget(self._reason)
        self.add_buttons(act)
        self._reason.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Hands the reason over; without one it stays."""
        reason = self._reason.body.text().strip()
        if not reason:
            self._reason.show_error(tr("A few words are needed."))
            return
        self._done(reason)
        super().accept()
