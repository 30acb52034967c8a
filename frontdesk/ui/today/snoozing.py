"""Not now: keeps a line off one's own board for a while; what becomes overdue comes back all the same."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import IconButton
from frontdesk.ui import time_words
from frontdesk.ui.context import Context

_MORNING = time(8, 30)


def offers(now: datetime) -> list[tuple[str, datetime]]:
    """For how long a line may be put off, from an instant on the site's clock; words with the instant it ends."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), _MORNING, now.tzinfo)
    monday = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), _MORNING, now.tzinfo)
    return [
        (tr("In one hour"), now + timedelta(hours=1)),
        (tr("Tomorrow morning"), tomorrow),
        (tr("On Monday"), monday),
    ]


class NotNow(IconButton):
    """Opens the list of how long; tells `picked` with the instant."""

    picked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "ph.moon", tr("Not now"), px=28)
        self._context = context
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        now = self._context.now()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, until in offers(now):
            act = menu.addAction(f"{words} · {time_words.moment(until, now.date())}")
            act.triggered.connect(partial(self.picked.emit, until))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])
