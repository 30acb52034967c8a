"""Pairing: the code that staff read out to the desk, before the kiosk may do anything."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from kiosk.state import State
from kiosk.ui.parts import CENTRE, Words, card, column, holder
from kiosk.ui.shell import Page
from kiosk.ui.words import Site


class PairingPage(Page):
    """For staff: an unpaired kiosk has nobody to call."""

    back = None
    has_call = False

    def body(self) -> QWidget:
        look = self.look
        self._title = Words(look, "", "display", bold=True, lines=2, align=CENTRE)
        self._said = Words(look, "", "lead", lines=4, align=CENTRE)
        self._code = Words(look, "", "hero", "primary", bold=True, align=CENTRE)
        self._box = card(column(self._code, margins=(24, 24, 24, 24)))
        foot = Words(
            look,
            tr("This page goes away by itself once the two know each other."),
            "body",
            "muted",
            lines=2,
            align=CENTRE,
        )
        inner = column(2, self._title, self._said, 1, self._box, 1, foot, 2, gap=28)
        side = 0 if not look.wide else 160
        return holder(column((holder(inner), 1), margins=(side, 0, side, 0)))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        code = state.pairing_code or ""
        if code:
            self._title.setText(tr("Read this code out to the desk"))
            self._said.setText(tr("At the console: Settings, Kiosks, “Pair a kiosk”. The code is typed in there."))
        else:
            self._title.setText(tr("Waiting for the console"))
            self._said.setText(tr("The lobby folder cannot be reached, or no console has been set up in it yet."))
        self._code.setText(code)
        self._box.setVisible(bool(code))
