"""The settings page: what everybody sets, and the data of the site; only what the person may see."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.domain.access import Permission
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Choice, column, frame, label, row, scroll
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as PageFrame
from frontdesk.ui.settings.accounts import Accounts
from frontdesk.ui.settings.kiosks import Kiosks
from frontdesk.ui.settings.look import Look
from frontdesk.ui.settings.sides import GENERAL, SITE_DATA
from frontdesk.ui.settings.site import SiteSettings
from frontdesk.ui.site_data.view import SiteData

Part = Look | SiteSettings | Accounts | Kiosks

_WIDTH = 880


class Page(PageFrame):
    """Two sides: one column of groups, each with its own state, and the site's data, made when first gone to."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._title, self._side = label("", "title"), Choice("tab")
        self._parts: list[Part] = [Look(context), SiteSettings(context)]
        if context.may(Permission.MANAGE_KIOSKS):
            self._parts.append(Kiosks(context))
        if context.may(Permission.MANAGE_ACCOUNTS):
            self._parts.append(Accounts(context))
        body = frame(column(*self._parts, ...), margins=(24, 8, 24, 16))
        body.setMaximumWidth(_WIDTH)
        content = QWidget()
        content.setLayout(row((body, 100), ...))
        self._data: SiteData | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(content))
        self._side.setVisible(context.may(Permission.MANAGE_SITE))
        head = frame(row(self._title, 32, self._side, ...), margins=(24, 0, 24, 0), height=64)
        self.setLayout(column(head, (self._stack, 1)))
        self._side.picked.connect(self._show_side)
        self.retranslate()

    def title(self) -> str:
        return tr("Settings")

    def retranslate(self) -> None:
        self._title.setText(tr("Settings"))
        self._side.setAccessibleName(tr("Settings"))
        self._side.show_choices([(GENERAL, tr("General")), (SITE_DATA, tr("Site data"))])
        for part in self._parts:
            part.retranslate()
        if self._data is not None:
            self._data.retranslate()

    def activated(self, **args: object) -> None:
        """With `side` that side is shown; `sheet` (a SheetKey) goes on to a sheet, `welcome` greets a new site."""
        if args.get("side") is not None and self.context.may(Permission.MANAGE_SITE):
            self._side.set_value(args["side"])
            self._show_side(args["side"])
        for part in self._parts:
            part.load()
        if self._data is not None and self._data.isVisibleTo(self):
            self._data.activated(args.get("sheet"), welcome=bool(args.get("welcome")))

    def changed(self, changes: Changes) -> None:
        topics = {topic for topic, _ in changes}
        for part in self._parts:
            if topics & {*part.topics, "*"}:
                part.load()
        if self._data is not None:
            self._data.changed(changes)

    def step_back(self) -> bool:
        """Inside the site's data, back to its checklist."""
        return self._data is not None and self._data.isVisibleTo(self) and self._data.step_back()

    def rescue(self) -> bool:
        """A form that is half filled in stays as it is."""
        return self._data is not None and self._data.rescue()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the side in view."""
        return self._data.keys() if self._data is not None and self._data.isVisibleTo(self) else []

    @Slot(object)
    def _show_side(self, side: object) -> None:
        if side == SITE_DATA and self._data is None:
            self._data = SiteData(self.context)
            self._data.moved.connect(self.context.refresh_keys)
            self._data_frame = frame(column((self._data, 1)), margins=(24, 0, 24, 16))
            self._stack.addWidget(self._data_frame)
        self._stack.setCurrentIndex(1 if side == SITE_DATA else 0)
        if side == SITE_DATA and self._data is not None:
            self._data.activated()
        self.context.refresh_keys()
