"""The desk is being called: what happens now, or where to go if the line is down."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from kiosk.events import Action, CallReason
from kiosk.state import Screen, State
from kiosk.ui.parts import CENTRE, Words, choice, column, holder, row
from kiosk.ui.pictures import DeskPicture
from kiosk.ui.shell import Page
from kiosk.ui.words import Site


class CalledPage(Page):
    """Lies over the page that the call was raised from; its large button leads back there."""

    back = None

    def body(self) -> QWidget:
        look = self.look
        self._title = Words(look, "", "display", bold=True, lines=2, align=CENTRE)
        self._said = Words(look, "", "lead", lines=4, align=CENTRE)
        ending = self._ending()
        if look.wide:
            side = holder(column(1, self._title, self._said, 1, ending, gap=20))
            return holder(row((DeskPicture(look), 5), (side, 6), gap=40))
        return holder(column(1, self._title, self._said, (DeskPicture(look), 5), 1, ending, gap=28))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        if not state.desk_reached:
            title, said = (
                tr("Please go to the desk"),
                tr("The line to the desk is down just now. They will gladly help you there."),
            )
        elif state.call_reason is CallReason.NO_INVITATION:
            title, said = (
                tr("The desk will register you"),
                tr("They are being told that you are here. Please have a document with your name ready."),
            )
        else:
            title, said = (
                tr("The desk is being called"),
                tr("Somebody will come to you. If it takes longer than a minute, please go to the desk."),
            )
        self._title.setText(title)
        self._said.setText(said)

    def _ending(self) -> QWidget:
        look, screen = self.look, self.context.state.screen
        if screen is Screen.WELCOME or screen is Screen.OUT_OF_ORDER:
            return self.bind(choice(look, "house-bold", tr("Back to the first page"), role="primary"), Action.FINISH)
        return self.bind(choice(look, "arrow-left-bold", tr("Go on where you were"), role="primary"), Action.BACK)
