"""Out of order: no blame, no code; typing where that helps, and the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from frontdesk import i18n
from frontdesk.i18n import tr
from kiosk.events import Action
from kiosk.state import Fault
from kiosk.ui.parts import CENTRE, Items, Words, action, choice, column, holder, row
from kiosk.ui.pictures import DeskPicture
from kiosk.ui.shell import Context, Page

_ENGLISH = "Please register at the desk"  # to those who cannot read the line above it


class OutOfOrderPage(Page):
    """Still offers a way in."""

    has_call = False  # the large button is the call

    def __init__(self, context: Context) -> None:
        self._no_camera = context.state.fault is Fault.NO_CAMERA
        if not self._no_camera:
            self.back = None
        super().__init__(context)

    def body(self) -> QWidget:
        look = self.look
        words: list[Items] = []
        if self._no_camera:
            words.append(Words(look, tr("The camera is resting"), "display", bold=True, lines=2, align=CENTRE))
            words.append(
                Words(look, tr("Please type your code, or let the desk help you."), "lead", lines=3, align=CENTRE)
            )
        else:
            words.append(Words(look, tr("Please register at the desk"), "display", bold=True, lines=2, align=CENTRE))
            if i18n.language() != i18n.SOURCE:
                words.append(Words(look, _ENGLISH, "lead", "muted", align=CENTRE))
            words.append(Words(look, tr("This machine cannot be used just now."), "title", lines=2, align=CENTRE))
        if look.wide:
            side = holder(column(1, *words, 1, self._buttons(), gap=20))
            return holder(row((DeskPicture(look), 5), (side, 6), gap=40))
        return holder(column(1, *words, (DeskPicture(look), 5), 1, self._buttons(), gap=28))

    def _buttons(self) -> QWidget:
        look = self.look
        if not self._no_camera:
            return self.bind(choice(look, "bell-ringing-bold", tr("Call the desk"), role="primary"), Action.DESK)
        type_ = self.bind(choice(look, "keyboard-bold", tr("Type the code"), role="primary"), Action.TYPE)
        call = self.bind(action(look, "bell-ringing-bold", tr("Call the desk"), "call"), Action.DESK)
        return holder(column(type_, call, gap=look.size("gap")))
