"""What a person enters about a case: the result from the returned sheet, the reply, a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDateTime, Slot
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from frontdesk.domain.routing import Duty, MatterKind
from frontdesk.i18n import mark, tr
from frontdesk.qtkit.parts import Button, Choice, Dialog, Field, Notice, Paragraph, Pick, edit, notes
from frontdesk.services.views import CaseView, Established, ReplyDone, SheetDone
from frontdesk.ui import case_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named

Send = Callable[[object], None]
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


class DeedDialog(Dialog):
    """Takes what a person enters for one deed, and stays until the deed is done: nothing typed is lost to a refusal.

    `send` gets the value; then `finish` or `refuse` is called.
    """

    def __init__(self, context: Context, parent: QWidget, title: str, send: Send, width: int = 520) -> None:
        super().__init__(context.theme, parent, title, width)
        self._send = send
        self._go: Button | None = None
        self._refused = Notice(context.theme, "warn")
        self._refused.hide()

    def stack(self, act: str, *items: QWidget) -> None:
        """The fields one below the other, what was refused, and the button."""
        for item in items:
            self.body.addWidget(item)
            self.body.addSpacing(12)
        self.body.addWidget(self._refused)
        self._go = self.add_buttons(act)

    def send(self, value: object) -> None:
        """Hands over what was entered, once."""
        if self._go is not None and self._go.isEnabled():
            self._go.setEnabled(False)
            self._refused.hide()
            self._send(value)

    def finish(self) -> None:
        """It is done."""
        super().accept()

    def refuse(self, text: str) -> None:
        """Says why it is not done; it may be tried again."""
        if self._go is not None:
            self._go.setEnabled(True)
        self._refused.show()
        self._refused.setText(text)


class ResultDialog(DeedDialog):
    """Writes the result back from the returned sheet (procedure 4.1.1); sends a SheetDone."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, send: Send) -> None:
        super().__init__(context, parent, tr("Write the result back"), send)
        self._work = Field(notes(96), tr("What was done"))
        self._who = Field(edit(limit=40), tr("Technician"))
        self._at = MomentField(context, tr("Done at, by the paper"))
        self._back = Choice("seg", tr("Is the sheet back?"))
        self._back.show_choices([(True, tr("The sheet is back")), (False, tr("The sheet is still out"))], True)
        self._back.setVisible(bool(case.papers))
        self.stack(tr("Write back"), Paragraph(case.content, "small"), self._work, self._who, self._at, self._back)
        self._work.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Sends what was entered; without a word on the work it stays."""
        work = self._work.body.toPlainText().strip()
        if work:
            self.send(SheetDone(work, self._at.moment(), self._who.body.text().strip(), bool(self._back.value())))
        else:
            self._work.show_error(tr("Say what was done."))


class EstablishDialog(DeedDialog):
    """Takes what has been found out about a matter whose way was open; sends an Established."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, send: Send) -> None:
        super().__init__(context, parent, tr("Establish who answers for it"), send)
        unknown = (None, tr("not known"))
        self._component, self._duty = Pick(context.theme), Pick(context.theme)
        self._others, self._long = Pick(context.theme), Pick(context.theme)
        self._component.offer([unknown, *((each.id, named(each)) for each in context.site.components)])
        self._component.choose(case.route.component.id if case.route.component else None)
        self._duty.offer([(None, tr("as the component says")), *choices(Duty)])
        for pick in (self._others, self._long):
            pick.offer([unknown, (True, tr("Yes")), (False, tr("No"))])
        fields = [Paragraph(case.content, "small"), Paragraph(case_words.asks(case.route), "small")]
        if case.kind is MatterKind.OPINION:
            fields += [Field(self._others, tr("Must others agree?")), Field(self._long, tr("More than two days?"))]
        else:
            fields += [Field(self._component, tr("Component")), Field(self._duty, tr("Who answers for it"))]
        self.stack(tr("Decide by rule"), *fields)

    @Slot()
    def accept(self) -> None:
        """Sends what is known now; the rules decide again."""
        component, duty = self._component.value(), self._duty.value()
        others, long = self._others.value(), self._long.value()
        found = Established(
            component_id=component if isinstance(component, int) else None,
            duty=duty if isinstance(duty, Duty) else None,
            needs_others=others if isinstance(others, bool) else None,
            over_two_days=long if isinstance(long, bool) else None,
        )
        self.send(found)


class ReplyDialog(DeedDialog):
    """Records that the customer was told, or why that is not possible; sends a ReplyDone."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, send: Send) -> None:
        super().__init__(context, parent, tr("Reply to the customer"), send)
        self._kind = Choice("seg", tr("Was the customer told?"))
        self._kind.show_choices([(True, tr("Customer told")), (False, tr("No reply possible"))], True)
        self._how = Choice("chip", tr("How"))
        self._how.show_choices([(code, tr(text)) for code, text in _HOW])
        self._text = Field(notes(96), tr("What was said"))
        self._at = MomentField(context, tr("When"))
        told = " · ".join(part for part in (case.caller, case.phone, case.where) if part)
        self.stack(tr("Record"), Paragraph(told, "small"), self._kind, self._how, self._text, self._at)
        self._kind.picked.connect(self._on_kind)
        self._text.body.setFocus()

    @Slot(object)
    def _on_kind(self, told: object) -> None:
        self._how.setVisible(bool(told))
        self._text.setText(tr("What was said") if told else tr("Why no reply is possible"))

    @Slot()
    def accept(self) -> None:
        """Sends what was entered; without words it stays."""
        text, at = self._text.body.toPlainText().strip(), self._at.moment()
        if not text:
            self._text.show_error(tr("A few words are needed."))
        elif self._kind.value():
            self.send(ReplyDone(text, str(self._how.value()), at))
        else:
            self.send(ReplyDone("", "", at, reason_none=text))


class ReopenDialog(DeedDialog):
    """Asks why a case is opened again; sends the reason."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, send: Send) -> None:
        super().__init__(context, parent, tr("Reopen the case"), send, 440)
        self._reason = Field(edit(limit=200), tr("Reason"))
        self.stack(tr("Reopen"), Paragraph(case.content, "small"), self._reason)
        self._reason.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Sends the reason; without one it stays."""
        reason = self._reason.body.text().strip()
        if reason:
            self.send(reason)
        else:
            self._reason.show_error(tr("A few words are needed."))
