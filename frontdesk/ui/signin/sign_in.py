"""Signing in: one quiet column."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.clock import Ticker
from frontdesk.qtkit.parts import (
    Button,
    Choice,
    Elided,
    Field,
    Icon,
    Notice,
    Paragraph,
    Secret,
    announce,
    column,
    edit,
    frame,
    label,
    row,
)
from frontdesk.qtkit.theme import Theme
from frontdesk.services.site_setup import SiteKind
from frontdesk.ui import error_words, time_words
from frontdesk.ui.signin.language_line import LanguageLine
from frontdesk.ui.stage import Stage, card, centred

_LOGIN_LIMIT = 80


class SignIn(Stage):
    """Who are you? It checks nothing: it asks, and shows what came of it."""

    submitted = Signal(str, str)  # login or name, password
    site_picked = Signal(object)
    other_wanted = Signal()  # the site that is not there yet: practice, or the live one
    language_picked = Signal(str)

    def __init__(self, theme: Theme, ticker: Ticker) -> None:
        super().__init__(theme)
        self._ticker = ticker
        self._until: datetime | None = None
        self._kinds: tuple[SiteKind, ...] = ()
        self._kind = SiteKind.LIVE
        self._site_name = Elided("", "lead")
        self._product = label("", "small")
        self._practice = label("", "practice")
        self._sites = Choice("seg")
        self._title = label("", "title")
        self._login, self._password = Field(edit(limit=_LOGIN_LIMIT)), Field(Secret())
        self._trouble = Notice(theme, "danger")
        self._key_note, self._key_mark = label("", "caption"), Icon(theme, "ph.warning-circle", "warn", 14)
        self._go = Button(theme, "", "primary", "Enter", bind=False).widen()
        self._forgotten = Paragraph("", "caption")
        self._other = Button(theme, "", "quiet")
        self._languages = LanguageLine(theme)
        self._foot = label("", "caption")
        foot = frame(column(row(..., self._foot, ...), 6, row(..., self._key_mark, 6, self._key_note, ...)))
        self.show_body(centred(card(self._layout(theme)), below=foot))
        self._connect()
        self.show_site("", practice=False, key_in_file=False)
        self.retranslate()

    def _layout(self, theme: Theme) -> QVBoxLayout:
        sign = row(
            Icon(theme, "ph.buildings-fill", "text", 32),
            12,
            (column(self._site_name, 2, self._product), 1),
            self._practice,
        )
        return column(
            sign,
            24,
            self._sites,
            4,
            row(self._title, ...),
            8,
            self._trouble,
            12,
            self._login,
            16,
            self._password,
            24,
            self._go,
            16,
            self._forgotten,
            12,
            row(..., self._languages, ...),
            4,
            row(..., self._other, ...),
        )

    def _connect(self) -> None:
        self._login.body.returnPressed.connect(self._on_enter)
        self._password.body.returnPressed.connect(self._on_enter)
        self._go.clicked.connect(self._submit)
        self._sites.picked.connect(self.site_picked)
        self._languages.picked.connect(self.language_picked)
        self._other.clicked.connect(self.other_wanted)
        self._ticker.second.connect(self._count_down)

    def retranslate(self) -> None:
        """Says every word again."""
        self._product.setText(tr("Property reception"))
        self._practice.setText(tr("Practice"))
        self._title.setText(tr("Sign in"))
        self._login.setText(tr("Login or name"))
        self._password.setText(tr("Password"))
        self._go.setText(tr("Sign in"))
        self._forgotten.setText(tr("Forgot your password? The administrator can set a new one."))
        self._foot.setText(tr("All data stays in the community."))
        self._key_note.setText(
            tr("This computer has no keyring: the key lies in a file that only this account can read.")
        )
        self._sites.setAccessibleName(tr("Site"))
        self._languages.retranslate()
        self._trouble.hide()
        self._show_sites()

    # -- what it is told ---------------------------------------------------------------------------------------------

    def show_site(self, name: str, *, practice: bool, key_in_file: bool) -> None:
        """Which site this is."""
        self._site_name.setText(name)
        self._practice.setVisible(practice)
        self._key_note.setVisible(key_in_file)
        self._key_mark.setVisible(key_in_file)
        self.clear()

    def show_sites(self, kinds: tuple[SiteKind, ...], now: SiteKind) -> None:
        """Offers the sites that there are; one alone is no question."""
        self._kinds, self._kind = kinds, now
        self._show_sites()

    def _show_sites(self) -> None:
        words = {SiteKind.LIVE: tr("Our site"), SiteKind.PRACTICE: tr("Practice")}
        self._sites.setVisible(len(self._kinds) > 1)
        self._other.setVisible(len(self._kinds) == 1)
        live_only = self._kinds == (SiteKind.LIVE,)
        self._other.setText(tr("Practise on a sample community") if live_only else tr("Set up our site"))
        self._sites.show_choices([(kind, words[kind]) for kind in self._kinds], self._kind)

    def wait(self, waiting: bool) -> None:
        """The answer is on its way."""
        for part in (self._login.body, self._password.body, self._go, self._sites):
            part.setEnabled(not waiting)

    def refuse(self, error: Exception) -> None:
        """It was not right; the password is typed again, the name stays."""
        self.wait(False)
        self._until = getattr(error, "until", None)
        self._password.body.clear()
        self._tell(error_words.text(error))
        self._count_down()
        if self._until is None:
            self._password.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """As for the first time: nothing typed, nothing said."""
        self._until = None
        self._trouble.hide()
        self._login.body.clear()
        self._password.body.clear()
        self.wait(False)

    def trouble(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return "" if self._trouble.isHidden() else self._trouble.accessibleName()

    # -- inside ------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_enter(self) -> None:
        if not self._login.body.text().strip():
            self._login.body.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._password.body.text():
            self._password.body.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._submit()

    @Slot()
    def _submit(self) -> None:
        login, password = self._login.body.text().strip(), self._password.body.text()
        if not login:
            self._login.show_error(tr("Please type your login or name."))
        elif not password:
            self._password.show_error(tr("Please type your password."))
        elif self._until is None:
            self._trouble.hide()
            self.wait(True)
            self.submitted.emit(login, password)

    @Slot()
    def _count_down(self) -> None:
        """The wait after too many wrong passwords, second by second."""
        if self._until is None:
            return
        seconds = time_words.seconds_left(self._until, self._ticker.now())
        self._go.setEnabled(seconds == 0)
        if seconds:
            self._tell(
                tr("Too many wrong passwords.")
                + " "
                + ntr("Try again in {n} second.", "Try again in {n} seconds.", seconds),
                quiet=True,
            )
            return
        self._until = None
        self._trouble.hide()
        self._password.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, text: str, *, quiet: bool = False) -> None:
        self._trouble.setText(text)
        self._trouble.show()
        if not quiet:
            announce(self, text, urgent=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        target = self._password if self._login.body.text() else self._login
        target.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
