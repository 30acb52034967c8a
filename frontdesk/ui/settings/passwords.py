"""Changing one's own password, and setting one for somebody who forgot theirs."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain import passwords
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Dialog, Field, Paragraph, Secret
from frontdesk.services import accounts
from frontdesk.services.views import AccountView
from frontdesk.ui import error_words, words
from frontdesk.ui.context import Context


class PasswordDialog(Dialog):
    """The old one, and the new one twice."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context.theme, parent, tr("Change my password"))
        self._context = context
        self._old, self._new, self._again = Secret(), Secret(), Secret()
        self._fields = (
            Field(self._old, tr("Your password now")),
            Field(self._new, tr("New password"), tr("at least 8 characters")),
            Field(self._again, tr("New password again")),
        )
        for at, field in enumerate(self._fields):
            self.body.addSpacing(16 if at else 0)
            self.body.addWidget(field)
        self._go = self.add_buttons(tr("Change"))

    def accept(self) -> None:
        """Changes it, and closes only when that is done."""
        old, new, again = self._old.text(), self._new.text(), self._again.text()
        weak = passwords.weakness(new, self._context.actor.name)
        if not old:
            self._fields[0].show_error(tr("Please type your password."))
        elif weak is not None:
            self._fields[1].show_error(words.weakness(weak))
        elif new != again:
            self._fields[2].show_error(tr("The two passwords differ."))
        else:
            self._go.setEnabled(False)
            self._context.work.run(accounts.change_password, old, new, then=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, _nothing: object) -> None:
        self._context.notify(tr("Your password has been changed."), "ok")
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        field = self._fields[1] if getattr(error, "code", "") == "weak_password" else self._fields[0]
        field.show_error(error_words.of_own_password(error))


class SetPasswordDialog(Dialog):
    """A new password for somebody else, twice; the old one is not known to anybody."""

    def __init__(self, context: Context, parent: QWidget, person: AccountView) -> None:
        super().__init__(context.theme, parent, tr("Set a new password for {name}", name=person.name))
        self._context, self._person = context, person
        self._new, self._again = Secret(), Secret()
        self._fields = (
            Field(self._new, tr("New password"), tr("at least 8 characters")),
            Field(self._again, tr("New password again")),
        )
        told = tr("Tell it to {name} in person. At the next sign-in a new one is asked for.", name=person.name)
        self.body.addWidget(Paragraph(told, "muted"))
        for field in self._fields:
            self.body.addSpacing(16)
            self.body.addWidget(field)
        self._go = self.add_buttons(tr("Set"))
        self._new.setFocus()

    def accept(self) -> None:
        """Sets it, and closes only when that is done."""
        new = self._new.text()
        weak = passwords.weakness(new, self._person.login, self._person.name)
        if not self._go.isEnabled():
            return
        if weak is not None:
            self._fields[0].show_error(words.weakness(weak))
        elif new != self._again.text():
            self._fields[1].show_error(tr("The two passwords differ."))
        else:
            self._go.setEnabled(False)
            args = (self._person.id, new)
            self._context.work.run(accounts.set_password, *args, then=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, person: AccountView) -> None:
        self._context.notify(tr("{name} has a new password.", name=person.name), "ok")
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._fields[0].show_error(error_words.text(error))
