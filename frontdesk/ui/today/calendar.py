"""One line on Today while promised times reach into a year whose holidays nobody has entered."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from frontdesk.domain.access import Permission
from frontdesk.domain.sitebook import SheetKey
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Notice, column
from frontdesk.ui.context import Context
from frontdesk.ui.settings.sides import SITE_DATA

_MARGIN = 24


class CalendarLine(QFrame):
    """Hidden while every year that matters is published; leads to the calendar whoever may edit it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._years: tuple[int, ...] = ()
        self._go = Button(context.theme)
        self._go.setVisible(context.may(Permission.MANAGE_SITE))
        self._notice = Notice(context.theme, "warn", "", self._go)
        inner = column(self._notice, 12)
        inner.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self.setLayout(inner)
        self._go.clicked.connect(self._on_go)
        self.hide()

    def show_years(self, years: tuple[int, ...]) -> None:
        """These are not published."""
        if years != self._years:
            self._years = years
            self.retranslate()
        self.setVisible(bool(years))

    def retranslate(self) -> None:
        """Says every word again."""
        years = ", ".join(str(year) for year in self._years)
        told = tr(
            "The holidays of {years} are not entered yet: "
            "promised times count weekdays and the days that the law names.",
            years=years,
        )
        self._notice.setText(told if years else "")
        self._go.setText(tr("Enter the calendar"))

    @Slot()
    def _on_go(self) -> None:
        self._context.navigate("settings", side=SITE_DATA, sheet=SheetKey.CALENDAR)
