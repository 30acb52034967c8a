"""The settings page: one column of groups, only those that the person may see."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Permission
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import column, frame, label, row, scroll
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as PageFrame
from frontdesk.ui.settings.accounts import Accounts
from frontdesk.ui.settings.kiosks import Kiosks
from frontdesk.ui.settings.look import Look
from frontdesk.ui.settings.site import SiteSettings

Part = Look | SiteSettings | Accounts | Kiosks

_WIDTH = 880


class Page(PageFrame):
    """Every group keeps its own state; the page asks them all to show it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._title = label("", "title")
        self._parts: list[Part] = [Look(context), SiteSettings(context)]
        if context.may(Permission.MANAGE_KIOSKS):
            self._parts.append(Kiosks(context))
        if context.may(Permission.MANAGE_ACCOUNTS):
            self._parts.append(Accounts(context))
        body = frame(column(*self._parts, ...), margins=(24, 8, 24, 16))
        body.setMaximumWidth(_WIDTH)
        content = QWidget()
        content.setLayout(row((body, 100), ...))
        head = frame(row(self._title, ...), margins=(24, 0, 24, 0), height=64)
        self.setLayout(column(head, (scroll(content), 1)))
        self.retranslate()

    def title(self) -> str:
        return tr("Settings")

    def retranslate(self) -> None:
        self._title.setText(tr("Settings"))
        for part in self._parts:
            part.retranslate()

    def activated(self, **args: object) -> None:
        for part in self._parts:
            part.load()

    def changed(self, changes: Changes) -> None:
        topics = {topic for topic, _ in changes}
        for part in self._parts:
            if topics & {*part.topics, "*"}:
                part.load()
