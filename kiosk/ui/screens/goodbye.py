"""Goodbye: the badge is signed out; the screen forgets by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from kiosk.events import Action
from kiosk.state import State
from kiosk.ui.moongate import MoonGate
from kiosk.ui.parts import Icon, Words, card, choice, column, holder, row
from kiosk.ui.pictures import Ring
from kiosk.ui.shell import LEAVE_STEPS, Page
from kiosk.ui.words import Site, seconds_left, time_of


class GoodbyePage(Page):
    """The last page of a visit."""

    step = 2
    steps = LEAVE_STEPS
    back = None

    def body(self) -> QWidget:
        look = self.look
        done = self.bind(choice(look, "check-bold", tr("Done"), role="primary", caret=False), Action.FINISH)
        if look.wide:
            side = holder(column(1, self._fact(), 1, done, gap=24))
            return holder(row((self._wall(), 1), (side, 1), gap=32))
        return holder(column((self._wall(), 1), self._fact(), done, gap=24))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        self._ring.show_left(seconds_left(state.left_s or 0.0), state.share_left)

    def _wall(self) -> QWidget:
        look = self.look
        words = [
            Words(look, tr("Goodbye"), "display", bold=True),
            Words(look, tr("Thank you for your visit"), "title", bold=True, lines=2),
        ]
        wall = MoonGate(look, below=look.wide)
        if look.wide:
            for word in words:
                word.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            wall.setLayout(column(*words, 1, gap=8, margins=(24, 44 if look.tablet else 76, 24, 0)))
        else:
            wall.setLayout(row((column(1, *words, 1, gap=14), 5), 5, margins=(52, 40, 0, 0)))
        return wall

    def _fact(self) -> QWidget:
        look, left = self.look, self.context.state.left
        number = left.badge_no if left else ""
        when = time_of(left.at, self.context.site) if left else ""
        self._ring = Ring(look, 88 if look.tablet else 112)
        icon = Icon(look, "check-circle-fill", int(look.type("title") * 1.4), "ok")
        words = column(
            Words(look, tr("Badge {number} is signed out", number=number), "lead", "ok", bold=True, lines=2),
            Words(look, tr("You left at {time}", time=when), "body"),
            gap=4,
        )
        return card(row(icon, (words, 1), self._ring, gap=24, margins=(28, 20, 24, 20)), "ok")
