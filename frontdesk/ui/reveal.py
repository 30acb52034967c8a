"""Showing a telephone number in full: for a reason, for a minute, on record (domain section 7)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Dialog, Field, Paragraph, announce, edit, label
from frontdesk.ui import error_words
from frontdesk.ui.context import Context

SHOWN_MS = 60_000


class RevealDialog(Dialog):
    """Asks for the reason, then shows what `service` answers for the subject; closes by itself after a minute."""

    def __init__(self, context: Context, parent: QWidget, service: Callable[..., str], subject_id: int) -> None:
        super().__init__(context.theme, parent, tr("Show the number"))
        self._context, self._service, self._subject_id = context, service, subject_id
        self._reason = Field(edit(limit=120), tr("Reason"))
        self._number = label("", "display")
        self._number.setWordWrap(True)  # somebody may have several
        self._number.hide()
        self.body.addWidget(Paragraph(tr("Who looked, when and why stands in the audit trail."), "small"))
        self.body.addSpacing(12)
        self.body.addWidget(self._reason)
        self.body.addWidget(self._number)
        self._show = self.add_buttons(tr("Show"), reject=tr("Close"))
        self._reason.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Shows the number in place of closing."""
        if not self._show.isEnabled():
            return
        reason = self._reason.body.text().strip()
        if not reason:
            self._reason.show_error(tr("Say why you need the number."))
            return
        self._show.setEnabled(False)
        work = self._context.work
        work.run(self._service, self._subject_id, reason, then=self._on_number, failed=self._on_refused)

    @Slot(object)
    def _on_number(self, number: str) -> None:
        self._number.setText(number or tr("No number is registered."))
        self._number.show()
        self._reason.hide()
        announce(self, self._number.text())
        closing = QTimer(self)
        closing.setSingleShot(True)
        closing.timeout.connect(self.reject)
        closing.start(SHOWN_MS)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._show.setEnabled(True)
        self._reason.show_error(error_words.text(error))
