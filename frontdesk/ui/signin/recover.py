"""A computer or account without the site's key: the recovery code brings it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Field, Icon, Paragraph, column, edit, label, row
from frontdesk.qtkit.theme import Theme
from frontdesk.ui import error_words
from frontdesk.ui.signin.language_line import LanguageLine
from frontdesk.ui.stage import Stage, card, centred

_WIDTH = 560
_CODE_LIMIT = 60  # with blanks and hyphens to spare


class Recover(Stage):
    """Asks for the code; checks nothing itself."""

    submitted = Signal(str)
    leave_wanted = Signal()
    language_picked = Signal(str)

    def __init__(self, theme: Theme, error: Exception) -> None:
        super().__init__(theme)
        self._error = error
        self._title, self._what, self._how = label("", "title"), Paragraph(), Paragraph("", "muted")
        self._code = Field(edit(limit=_CODE_LIMIT))
        self._leave = Button(theme, "", "quiet")
        self._go = Button(theme, "", "primary", "Enter", bind=False)
        self._languages = LanguageLine(theme)
        body = column(
            row(Icon(theme, "ph.key", "text", 28), 14, self._title, ...),
            16,
            self._what,
            8,
            self._how,
            20,
            self._code,
            20,
            row(self._languages, ..., self._leave, 8, self._go),
        )
        self.show_body(centred(card(body, _WIDTH)))
        self._code.body.returnPressed.connect(self._submit)
        self._go.clicked.connect(self._submit)
        self._leave.clicked.connect(self.leave_wanted)
        self._languages.picked.connect(self.language_picked)
        self.retranslate()

    def retranslate(self) -> None:
        """Says every word again."""
        told = error_words.told(self._error)
        self._title.setText(tr("The site's data is locked on this computer"))
        self._what.setText(error_words.joined(told.what, told.kept))
        self._how.setText(tr("It has seven groups of letters and figures. Small letters and blanks do not matter."))
        self._code.setText(tr("Recovery code"), tr("from the sheet of the first start"))
        self._leave.setText(tr("Quit"))
        self._go.setText(tr("Open the data"))
        self._languages.retranslate()

    def refuse(self, error: Exception) -> None:
        """The code was not right; what was typed stays, to be compared."""
        self.wait(False)
        self._code.show_error(error_words.text(error))

    def wait(self, waiting: bool) -> None:
        """The code is being tried."""
        self._code.body.setEnabled(not waiting)
        self._go.setEnabled(not waiting)

    @Slot()
    def _submit(self) -> None:
        code = self._code.body.text().strip()
        if code:
            self.wait(True)
            self.submitted.emit(code)
        else:
            self._code.show_error(tr("Please type the recovery code."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._code.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
