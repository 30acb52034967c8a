"""Who may sign in."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from frontdesk.domain import passwords
from frontdesk.domain.access import Role
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import (
    Avatar,
    Button,
    Choice,
    Dialog,
    Elided,
    Field,
    Secret,
    column,
    edit,
    frame,
    label,
    row,
    two,
)
from frontdesk.services import accounts
from frontdesk.services.views import AccountView, NewAccount
from frontdesk.ui import error_words, words
from frontdesk.ui.context import Context
from frontdesk.ui.settings.passwords import SetPasswordDialog
from frontdesk.ui.settings.section import Section

_LIMIT = 60
_OFFERED = (Role.RECEPTIONIST, Role.DIRECTOR, Role.GUARD, Role.ADMINISTRATOR)


class Accounts(Section):
    """The people, and a way to add one."""

    topics = frozenset({"account"})

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._people: tuple[AccountView, ...] = ()
        self._lines: QVBoxLayout = column()
        self._add = Button(context.theme, "", "plain", glyph="ph.user-plus")
        self.show_body(frame(column(self._lines, 12, row(self._add, ...), ...)))
        self._add.clicked.connect(self._on_add)

    def retranslate(self) -> None:
        """Says every word again."""
        self.setText(tr("People"), tr("Who may sign in, and as what."))
        self._add.setText(tr("Add somebody"))
        self._show()

    def load(self) -> None:
        """Reads the accounts afresh."""
        self._context.work.run(accounts.accounts, then=self._on_people)

    @Slot(object)
    def _on_people(self, people: tuple[AccountView, ...]) -> None:
        self._people = people
        self._show()

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for person in self._people:
            self._lines.addWidget(self._line(person))

    def _line(self, person: AccountView) -> QWidget:
        told = (
            words.word(person.role) if person.active else tr("{role} · may not sign in", role=words.word(person.role))
        )
        switch = Button(self._context.theme, tr("Stop access") if person.active else tr("Allow again"), "quiet")
        switch.setAccessibleDescription(person.name)
        switch.clicked.connect(lambda: self._switch(person))
        anew = Button(self._context.theme, tr("Set a new password"), "quiet")
        anew.setAccessibleDescription(person.name)
        anew.clicked.connect(lambda: SetPasswordDialog(self._context, self.window(), person).open())
        names = two(Elided(person.name), label(f"{person.login} · {told}", "caption"))
        parts = row(Avatar(self._context.theme, person.name, 32), 12, (names, 1), 12, anew, 4, switch)
        for button in (anew, switch):
            button.setVisible(person.id != self._context.actor.id)
        return frame(parts, "row", (8, 0, 4, 0), height=52)

    def _switch(self, person: AccountView) -> None:
        self._context.work.run(accounts.set_active, person.id, not person.active, then=self._switched)

    @Slot(object)
    def _switched(self, person: AccountView) -> None:
        self.load()
        undo = (tr("Undo"), lambda: self._switch(person))
        name = person.name
        told = (
            tr("{name} may sign in again.", name=name)
            if person.active
            else tr("{name} may no longer sign in.", name=name)
        )
        self._context.notify(told, "ok", undo)

    @Slot()
    def _on_add(self) -> None:
        dialog = AccountDialog(self._context, self.window())
        dialog.accepted.connect(self.load)
        dialog.open()


class AccountDialog(Dialog):
    """A new account: login, name, first password, role."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context.theme, parent, tr("Add somebody"), 600)
        self._context = context
        self._login, self._name, self._password = edit(limit=_LIMIT), edit(limit=_LIMIT), Secret()
        self._role = Choice("seg", tr("Role"))
        self._role.show_choices([(role, words.word(role)) for role in _OFFERED], Role.RECEPTIONIST)
        self._name_field = Field(self._name, tr("Name"), tr("as it stands on records"))
        self._login_field = Field(self._login, tr("Login"), tr("short, easy to type"))
        self._password_field = Field[QLineEdit](self._password, tr("First password"), tr("at least 8 characters"))
        role = Field(self._role, tr("Role"))
        self.body.addLayout(column(self._name_field, 16, self._login_field, 16, self._password_field, 16, role))
        self._go = self.add_buttons(tr("Add"))

    def accept(self) -> None:
        """Adds the account, and closes only when that is done."""
        login, name, password = self._login.text().strip(), self._name.text().strip(), self._password.text()
        weak = passwords.weakness(password, login, name)
        if not name:
            self._name_field.show_error(tr("Please type the name."))
        elif not login:
            self._login_field.show_error(tr("Please choose a login."))
        elif weak is not None:
            self._password_field.show_error(words.weakness(weak))
        else:
            self._go.setEnabled(False)
            new = NewAccount(login, name, password, Role(str(self._role.value())))
            self._context.work.run(accounts.add_account, new, then=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, account: AccountView) -> None:
        self._context.notify(tr("{name} may sign in now.", name=account.name), "ok")
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        code = getattr(error, "code", "")
        field = {"login_taken": self._login_field, "weak_password": self._password_field}.get(code, self._name_field)
        field.show_error(error_words.text(error))
