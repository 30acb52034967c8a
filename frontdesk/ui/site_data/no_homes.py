"""One line where homes are needed while the site has none; it leads to where they are entered."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from frontdesk.domain.access import Permission
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Notice, column, row
from frontdesk.services import sitebook
from frontdesk.ui.context import Context
from frontdesk.ui.settings.sides import SITE_DATA


class NoHomes(QFrame):
    """Hidden as soon as the site has homes; the way there is offered to those who may enter them.

    Args:
        below: room below it, px, gone when it is.
        margin: at both sides, px; without one it stands in a narrow column, its words short and its button below.
    """

    def __init__(self, context: Context, *, below: int = 0, margin: int = 0) -> None:
        super().__init__()
        self._context, self._settled, self._narrow = context, False, not margin
        self._go = Button(context.theme)
        self._go.setVisible(context.may(Permission.MANAGE_SITE))
        self._notice = Notice(context.theme, "info", "", *([] if self._narrow else [self._go]))
        inner = column(self._notice, 8, row(self._go, ...), below) if self._narrow else column(self._notice, below)
        inner.setContentsMargins(margin, 0, margin, 0)
        self.setLayout(inner)
        self._go.clicked.connect(self._on_go)
        self.hide()

    def retranslate(self) -> None:
        """Says every word again."""
        told = tr("Your site has no homes yet: a call can be put on record, but its warranty cannot be told.")
        short = tr("No homes are entered yet; the warranty cannot be told.")
        self._notice.setText(short if self._narrow else told)
        self._go.setText(tr("Enter site data"))

    def load(self) -> None:
        """Looks whether there are homes now; once there are, nothing more is asked."""
        if not self._settled and self._context.may(Permission.SEE_CASES):
            self._context.work.run(sitebook.has_homes, then=self._on_known, key=f"no homes {id(self)}")

    @Slot(object)
    def _on_known(self, has_homes: bool) -> None:
        self._settled = has_homes
        self.setVisible(not has_homes)

    @Slot()
    def _on_go(self) -> None:
        self._context.navigate("settings", side=SITE_DATA)
