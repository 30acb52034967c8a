"""Second question: what the site is called, and who administers it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from frontdesk.domain import passwords
from frontdesk.domain.access import Role
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Field, Notice, Paragraph, Secret, announce, column, edit, label, row
from frontdesk.qtkit.theme import Theme
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import NewAccount
from frontdesk.ui import error_words, words

_NAME_LIMIT = 60
_STRONG = 12  # characters from which a password is called strong


@dataclass(frozen=True)
class Wanted:
    """What the first run is to make."""

    kind: SiteKind
    name: str
    admin: NewAccount
    company: str = ""


class SiteForm(QWidget):
    """The form; it hands on `Wanted` when it is whole."""

    submitted = Signal(object)
    back_wanted = Signal()

    def __init__(self, theme: Theme, kind: SiteKind) -> None:
        super().__init__()
        self._kind, self._waiting = kind, False
        self._title, self._text = label("", "title"), Paragraph("", "muted")
        self._trouble = Notice(theme, "danger")
        self._name, self._company = Field(edit(limit=_NAME_LIMIT)), Field(edit(limit=_NAME_LIMIT))
        self._login, self._person = Field(edit(limit=_NAME_LIMIT)), Field(edit(limit=_NAME_LIMIT))
        self._password, self._again = Field[QLineEdit](Secret()), Field[QLineEdit](Secret())
        self._strength = label("", "caption")
        self._back = Button(theme, "", "quiet", "Esc", bind=False)
        self._go = Button(theme, "", "primary", "Enter", bind=False)
        self._trouble.hide()
        self.setLayout(
            column(
                row(self._title, ...),
                6,
                self._text,
                8,
                self._trouble,
                12,
                row((self._name, 1), 12, (self._company, 1)),
                16,
                row((self._login, 1), 12, (self._person, 1)),
                16,
                row((self._password, 1), 12, (self._again, 1)),
                6,
                row(self._strength, ...),
                20,
                row(self._back, ..., self._go),
            )
        )
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        for field in self._fields():
            field.body.returnPressed.connect(self._on_enter)
        self._password.body.textChanged.connect(self._show_strength)
        self._go.clicked.connect(self._submit)
        self._back.clicked.connect(self.back_wanted)

    def _fields(self) -> tuple[Field[QLineEdit], ...]:
        return (self._name, self._company, self._login, self._person, self._password, self._again)

    def retranslate(self) -> None:
        """Says every word again."""
        self._trouble.hide()
        live = self._kind is SiteKind.LIVE
        self._title.setText(tr("Set up our site") if live else tr("Practise on a sample community"))
        self._text.setText(
            tr("Both names stand on the papers. The administrator adds everybody else later.")
            if live
            else tr("Three buildings with made-up residents are put in. Choose how you sign in.")
        )
        self._name.setText(tr("Name of the site"))
        self._company.setText(tr("Property company"), tr("optional"))
        self._login.setText(tr("Administrator's login"), tr("short, easy to type"))
        self._person.setText(tr("Administrator's name"))
        self._password.setText(tr("Password"), tr("at least 8 characters"))
        self._again.setText(tr("Password again"))
        self._back.setText(tr("Back"))
        self._go.setText(tr("Setting up …") if self._waiting else tr("Set up"))
        if not live and not self._name.body.text():
            self._name.body.setText(tr("Sample community"))
        self._show_strength()

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self._name.body if self._kind is SiteKind.LIVE else self._login.body

    def wait(self, waiting: bool) -> None:
        """The site is being made."""
        self._waiting = waiting
        for field in self._fields():
            field.body.setEnabled(not waiting)
        self._back.setEnabled(not waiting)
        self._go.setEnabled(not waiting)
        self._go.setText(tr("Setting up …") if waiting else tr("Set up"))
        if waiting:
            self._trouble.hide()
            announce(self, tr("Setting up …"))

    def refuse(self, error: Exception) -> None:
        """It could not be made; everything typed stays."""
        self.wait(False)
        self._trouble.setText(error_words.text(error))
        self._trouble.show()
        announce(self, error_words.text(error), urgent=True)

    @Slot()
    def _on_enter(self) -> None:
        """On to the first empty field that is needed; with none left, done."""
        needed = (field for field in self._fields() if field is not self._company)
        empty = next((field for field in needed if not field.body.text()), None)
        if empty is None:
            self._submit()
        else:
            empty.body.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _show_strength(self) -> None:
        password = self._password.body.text()
        if not password:
            self._strength.setText(tr("A sentence is easier to remember than signs and figures."))
            return
        weak = passwords.weakness(password, self._login.body.text(), self._person.body.text())
        if weak is not None:
            self._strength.setText(words.weakness(weak))
        else:
            self._strength.setText(tr("Strong password") if len(password) >= _STRONG else tr("Good password"))

    @Slot()
    def _submit(self) -> None:
        for field in self._fields():
            field.clear_error()
        name, company, login, person = (field.body.text().strip() for field in self._fields()[:4])
        password, again = self._password.body.text(), self._again.body.text()
        weak = passwords.weakness(password, login, person)
        if not name:
            self._name.show_error(tr("Please give the site a name."))
        elif not login:
            self._login.show_error(tr("Please choose a login."))
        elif not person:
            self._person.show_error(tr("Please type the administrator's name."))
        elif weak is not None:
            self._password.show_error(words.weakness(weak))
        elif password != again:
            self._again.show_error(tr("The two passwords differ."))
        else:
            admin = NewAccount(login, person, password, Role.ADMINISTRATOR)
            self.submitted.emit(Wanted(self._kind, name, admin, company))
