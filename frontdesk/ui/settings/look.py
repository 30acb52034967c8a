"""Language and look of this person, and the name of the desk."""

from __future__ import annotations

from PySide6.QtCore import Slot

from frontdesk.i18n import language, tr
from frontdesk.qtkit import i18n
from frontdesk.qtkit.parts import Button, Choice, Field, column, frame, row
from frontdesk.ui import words
from frontdesk.ui.context import Context
from frontdesk.ui.settings.passwords import PasswordDialog
from frontdesk.ui.settings.section import Section


class Look(Section):
    """What one person chooses for themselves; it goes with them to any computer of the site."""

    topics: frozenset[str] = frozenset()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._languages, self._schemes = Choice("seg"), Choice("seg")
        self._language_field, self._scheme_field = Field(self._languages), Field(self._schemes)
        self._password = Button(context.theme, "", "plain", glyph="ph.key")
        self.show_body(frame(column(self._language_field, 16, self._scheme_field, 20, row(self._password, ...), ...)))
        self._languages.picked.connect(lambda code: context.language_chosen.emit(str(code)))
        self._schemes.picked.connect(lambda scheme: context.scheme_chosen.emit(str(scheme)))
        context.theme.changed.connect(self.load)
        self._password.clicked.connect(self._change_password)

    def retranslate(self) -> None:
        """Says every word again."""
        self.setText(tr("Account and look"), tr("Yours alone; they go with you to any desk."))
        self._language_field.setText(tr("Language"))
        self._scheme_field.setText(tr("Look"))
        self._password.setText(tr("Change my password"))
        self.load()

    @Slot()
    def load(self) -> None:
        """Shows what is chosen now."""
        self._languages.show_choices(list(i18n.offered()), language())
        self._schemes.show_choices(list(words.schemes()), self._context.theme.wish)

    @Slot()
    def _change_password(self) -> None:
        PasswordDialog(self._context, self.window()).open()
