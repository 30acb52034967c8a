"""What all dialogs of a case share: they stay until the deed is done, and know when another desk was faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Dialog, Field, Notice, Paragraph, edit, scroll
from frontdesk.services.views import CaseView
from frontdesk.ui.cases import event_words
from frontdesk.ui.context import Context

Service = Callable[..., Any]
_TALLEST_PX = 420  # what is taller scrolls, so that a dialog fits on a small screen


class Doer(Protocol):
    """What does a dialog's deed: it runs the service, then tells the dialog `finish` or `refuse`."""

    def run(self, dialog: DeedDialog, service: Service, *args: object) -> None:
        """Does `service(site, actor, *args)`."""


class DeedDialog(Dialog):
    """Takes what a person enters for one deed on the case as they saw it.

    What another desk changes meanwhile is shown in the dialog; what was typed stays, and is only applied to the new
    state when the person says so.
    """

    def __init__(
        self, context: Context, parent: QWidget, case: CaseView, doer: Doer, title: str, width: int = 520
    ) -> None:
        super().__init__(context.theme, parent, title, width)
        self.context, self.case = context, case
        self._doer = doer
        self._go: Button | None = None
        self._refused, self._news = Notice(context.theme, "warn"), Notice(context.theme, "warn")
        self._refused.hide()
        self._news.hide()
        self._told_version = case.version  # of what the person has been shown

    def stack(self, act: str, *items: QWidget, kind: str = "primary") -> None:
        """The fields one below the other, what was refused, and the button."""
        for item in items:
            self.body.addWidget(item)
            self.body.addSpacing(12)
        self.body.addWidget(self._news)
        self.body.addWidget(self._refused)
        self._act = act
        self._go = self.add_buttons(act, kind=kind)

    def send(self, service: Service, *values: object) -> None:
        """Does a deed on the case as this person knows it, once."""
        self._start(service, self.case.id, self.case.version, *values)

    def send_plain(self, service: Service, *values: object) -> None:
        """Does a deed that does not change the case itself."""
        self._start(service, self.case.id, *values)

    def _start(self, service: Service, *args: object) -> None:
        if self._go is not None and self._go.isEnabled():
            self._go.setEnabled(False)
            self._refused.hide()
            self._doer.run(self, service, *args)

    def meanwhile(self, case: CaseView) -> None:
        """Another desk has changed the case: says what, keeps what was typed, and offers to apply it all the same."""
        changes = event_words.since(self.context, self.case, case)
        told = [tr("Somebody else has changed this meanwhile."), *changes, tr("What you typed is kept.")]
        self.case = case
        self._refused.hide()
        self._news.show()
        self._news.setText("\n".join(told))
        if self._go is not None:
            self._go.setText(tr("Apply to the new state"))
            self._go.setEnabled(True)
        self._grow()

    def finish(self) -> None:
        """It is done."""
        super().accept()

    def refuse(self, text: str) -> None:
        """Says why it is not done; it may be tried again."""
        if self._go is not None:
            self._go.setEnabled(True)
        self._refused.show()
        self._refused.setText(text)
        self._grow()

    def _grow(self) -> None:
        outer = self.layout()
        if outer is not None:
            outer.activate()
            self.resize(self.width(), max(self.height(), outer.totalHeightForWidth(self.width())))


class TextDialog(DeedDialog):
    """Asks for a few words, a reason mostly, and does a deed with them."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        case: CaseView,
        doer: Doer,
        *,
        title: str,
        act: str,
        service: Service,
        name: str = "",
        hint: str = "",
        kind: str = "primary",
    ) -> None:
        super().__init__(context, parent, case, doer, title, 440)
        self._service = service
        self._reason = Field(edit(limit=200), name or tr("Reason"))
        self.stack(act, about(case, hint), self._reason, kind=kind)
        self._reason.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Sends the words; without any it stays."""
        reason = self._reason.body.text().strip()
        if reason:
            self.send(self._service, reason)
        else:
            self._reason.show_error(tr("A few words are needed."))


def about(case: CaseView, hint: str = "") -> Paragraph:
    """What the case is about, cut to two lines or so, and a word of explanation."""
    told = case.content.replace("\n", " ")
    return Paragraph("\n".join(part for part in (told[:90] + ("…" if len(told) > 90 else ""), hint) if part), "small")


def scrolled(content: QWidget, tallest: int = _TALLEST_PX) -> QWidget:
    """Content that scrolls where it would make the dialog taller than a small screen."""
    area = scroll(content)
    area.setFixedHeight(min(tallest, content.sizeHint().height() + 4))
    return area
