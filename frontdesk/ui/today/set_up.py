"""One line on Today while the site lacks what a call cannot be routed without; it leads to where that is entered."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from frontdesk.domain.access import Permission
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Notice, column
from frontdesk.services import sitebook
from frontdesk.ui.context import Context
from frontdesk.ui.settings.sides import SITE_DATA

_MARGIN = 24


class SetUpLine(QFrame):
    """Hidden as soon as the site has homes, and from those who may not enter them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._settled = not context.may(Permission.MANAGE_SITE)
        self._go = Button(context.theme)
        self._notice = Notice(context.theme, "info", "", self._go)
        inner = column(self._notice, 12)
        inner.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self.setLayout(inner)
        self._go.clicked.connect(self._on_go)
        self.hide()

    def retranslate(self) -> None:
        """Says every word again."""
        told = tr("Your site has no homes yet: a call can be put on record, but its warranty cannot be told.")
        self._notice.setText(told)
        self._go.setText(tr("Enter site data"))

    def load(self) -> None:
        """Looks whether there are homes now; once there are, nothing more is asked."""
        if not self._settled:
            self._context.work.run(sitebook.has_homes, then=self._on_known, key="set-up line")

    @Slot(object)
    def _on_known(self, has_homes: bool) -> None:
        self._settled = has_homes
        self.setVisible(not has_homes)

    @Slot()
    def _on_go(self) -> None:
        self._context.navigate("settings", side=SITE_DATA)
