"""A new recovery code in the place of a lost one: the password first, then the code, once, to be printed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from frontdesk.domain.access import Actor
from frontdesk.i18n import language, tr
from frontdesk.qtkit.parts import Dialog, Field, Paragraph, Secret
from frontdesk.services import accounts, paperwork, site_setup
from frontdesk.services.site import Site
from frontdesk.services.views import Sheet
from frontdesk.ui import error_words
from frontdesk.ui.context import Context
from frontdesk.ui.first_run.recovery import Recovery
from frontdesk.ui.print_dialog import PrintDialog, PrintJob

_WIDTH = 560


class RenewalDialog(Dialog):
    """Says what becomes of the old sheet, asks for the password, and goes on to the new code."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context.theme, parent, tr("New recovery code"), _WIDTH)
        self._context = context
        told = tr("The sheet that is in the safe now will be void. Only backups made until now still need its code.")
        self._password = Field[QLineEdit](Secret(), tr("Your password now"))
        self.body.addWidget(Paragraph(told))
        self.body.addSpacing(16)
        self.body.addWidget(self._password)
        self._go = self.add_buttons(tr("Make a new code"))
        self._password.body.setFocus()

    def accept(self) -> None:
        """Makes the code, and closes only when that is done."""
        password = self._password.body.text()
        if not self._go.isEnabled():
            return
        if not password:
            self._password.show_error(tr("Please type your password."))
            return
        self._go.setEnabled(False)
        self._context.work.run(site_setup.new_recovery_code, password, then=self._made, failed=self._failed)

    @Slot(object)
    def _made(self, code: str) -> None:
        NewCodeDialog(self._context, self.parentWidget(), code).open()
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._password.show_error(error_words.of_own_password(error))


class NewCodeDialog(Dialog):
    """The new code, until somebody has shown that it is on paper."""

    def __init__(self, context: Context, parent: QWidget, code: str) -> None:
        super().__init__(context.theme, parent, tr("New recovery code"), _WIDTH)
        self._context, self._code = context, code
        self.recovery = Recovery(context.theme, code, practice=context.site.practice, renewed=True)
        self.body.addWidget(self.recovery)
        self.recovery.print_wanted.connect(self._print)
        self.recovery.done.connect(self._done)
        self.recovery.first_focus().setFocus()

    def reject(self) -> None:
        """Esc leads on only where the sheet is there: the code is kept nowhere."""
        self.recovery.submit()

    @Slot()
    def _print(self) -> None:
        args = (self._code, language())
        self._context.work.run(_sheet, *args, then=self._show_sheet, failed=self.recovery.refuse)

    @Slot(object)
    def _show_sheet(self, sheet: Sheet) -> None:
        PrintDialog(self.theme, self, PrintJob(sheet.pdf, tr("Recovery code")), self._context.work.rest).open()

    @Slot()
    def _done(self) -> None:
        self._context.notify(tr("The new recovery code holds. Make a backup, then destroy the old sheet."), "ok")
        self.accept()


def _sheet(site: Site, actor: Actor, code: str, spoken: str) -> Sheet:
    login = accounts.my_account(site, actor).login
    return paperwork.render_recovery_sheet(site, actor, code, login, spoken)
