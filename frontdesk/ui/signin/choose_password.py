"""Signing in with a password that somebody else has set: first one of one's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from frontdesk.domain import passwords
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Elided, Field, Notice, Paragraph, Secret, announce, bind_keys, column, row
from frontdesk.qtkit.theme import Theme
from frontdesk.services.errors import WeakPassword
from frontdesk.ui import error_words, words
from frontdesk.ui.stage import Stage, card, centred


class ChoosePassword(Stage):
    """Asks twice for the new password; whoever made it changes it, and refuses or goes on."""

    submitted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, person: str) -> None:
        super().__init__(theme)
        self._person = person
        self._title, self._why = Elided("", "title"), Paragraph("", "muted")
        self._trouble = Notice(theme, "danger")
        self._new, self._again = Field[QLineEdit](Secret()), Field[QLineEdit](Secret())
        self._back = Button(theme, "", "quiet", "Esc", bind=False)
        self._go = Button(theme, "", "primary", "Enter", bind=False)
        self._trouble.hide()
        buttons = row(self._back, ..., self._go)
        body = column(self._title, 8, self._why, 8, self._trouble, 12, self._new, 16, self._again, 24, buttons)
        self.show_body(centred(card(body)))
        self._new.body.returnPressed.connect(self._on_enter)
        self._again.body.returnPressed.connect(self._on_enter)
        self._go.clicked.connect(self._submit)
        self._back.clicked.connect(self.left)
        bind_keys(self, "Esc").activated.connect(self._back.click)
        self.retranslate()

    def retranslate(self) -> None:
        """Says every word again."""
        self._title.setText(tr("Choose a password of your own"))
        self._why.setText(
            tr("{name}, the administrator has set your password. Nobody but you should know it.", name=self._person)
        )
        self._new.setText(tr("New password"), tr("at least 8 characters"))
        self._again.setText(tr("New password again"))
        self._back.setText(tr("Back"))
        self._go.setText(tr("Change"))
        self._trouble.hide()

    def refuse(self, error: Exception) -> None:
        """It was not taken; both are typed again."""
        self._wait(False)
        self._new.body.clear()
        self._again.body.clear()
        if isinstance(error, WeakPassword):
            self._new.show_error(words.weakness(error.weakness))
            return
        self._trouble.setText(error_words.text(error))
        self._trouble.show()
        announce(self, error_words.text(error), urgent=True)

    def _wait(self, waiting: bool) -> None:
        for part in (self._new.body, self._again.body, self._go, self._back):
            part.setEnabled(not waiting)

    @Slot()
    def _on_enter(self) -> None:
        if self._new.body.text() and not self._again.body.text():
            self._again.body.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._submit()

    @Slot()
    def _submit(self) -> None:
        new = self._new.body.text()
        weak = passwords.weakness(new, self._person)
        if weak is not None:
            self._new.show_error(words.weakness(weak))
        elif new != self._again.body.text():
            self._again.show_error(tr("The two passwords differ."))
        else:
            self._trouble.hide()
            self._wait(True)
            self.submitted.emit(new)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._new.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
