"""A friendly no: what is so with the code, what can be done, and the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from kiosk.events import Action
from kiosk.found import FoundKind
from kiosk.ui.parts import CENTRE, Words, action, choice, column, holder, row
from kiosk.ui.pictures import DeskPicture
from kiosk.ui.shell import Page
from kiosk.ui.words import refusal


class RefusedPage(Page):
    """No blame, no code; one obvious way on."""

    has_call = False  # the large button is the call

    def body(self) -> QWidget:
        look, state = self.look, self.context.state
        said = refusal(state.refusal, self.context.site)
        title = Words(look, said.title, "display", bold=True, lines=2, align=CENTRE)
        advice = Words(look, said.advice, "lead", lines=4, align=CENTRE)
        buttons = self._buttons()
        if look.wide:
            side = holder(column(1, title, advice, 1, buttons, gap=20))
            return holder(row((DeskPicture(look), 4), (side, 6), gap=40))
        return holder(column(1, title, advice, (DeskPicture(look), 5), 1, buttons, gap=28))

    def _buttons(self) -> QWidget:
        look, refused = self.look, self.context.state.refusal
        again = self.bind(action(look, "arrow-clockwise-bold", tr("Try another code")), Action.SCAN)
        if refused is not None and refused.kind is FoundKind.BADGE_LEFT:
            main = self.bind(choice(look, "check-bold", tr("Done"), role="primary"), Action.FINISH)
            call = self.bind(action(look, "bell-ringing-bold", tr("Call the desk"), "call"), Action.DESK)
            return holder(column(main, call, gap=look.size("gap")))
        main = self.bind(choice(look, "bell-ringing-bold", tr("Call the desk"), role="primary"), Action.DESK)
        return holder(column(main, again, gap=look.size("gap")))
