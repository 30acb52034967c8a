"""Are you still there? A veil that hides what lies under it, a countdown, and one obvious way to stay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from kiosk.events import Action
from kiosk.state import State
from kiosk.ui.parts import CENTRE, Words, action, card, choice, column, row
from kiosk.ui.pictures import Ring
from kiosk.ui.shell import Context
from kiosk.ui.words import seconds_left


class IdleVeil(QWidget):
    """Covers the window, nearly opaque: a passer-by cannot read what lies under it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, look = context.look, context.look
        self._ring = Ring(look, 200 if look.tablet else 300, tr("sec."))
        title = Words(look, tr("Are you still there?"), "display", bold=True, lines=2, align=CENTRE)
        said = Words(
            look,
            tr("Otherwise the first page comes back, and what you entered is cleared."),
            "lead",
            lines=3,
            align=CENTRE,
        )
        stay = context.tap(
            choice(look, "hand-waving-bold", tr("I am here, go on"), role="primary", caret=False), Action.MORE_TIME
        )
        end = context.tap(action(look, "house-bold", tr("Finish and clear"), height=look.size("nav")), Action.FINISH)
        call = context.tap(action(look, "bell-ringing-bold", tr("Call the desk"), "call"), Action.DESK)
        if look.wide:
            words = column(1, title, row(1, self._ring, 1), 1, gap=20)
            deeds = column(1, said, stay, end, call, 1, gap=20)
            inner = row((words, 1), (deeds, 1), gap=40, margins=(40, 40, 40, 40))
            side = 48 if look.tablet else 140
            self.setLayout(column(1, (card(inner), 6), 1, margins=(side, 24, side, 24)))
        else:
            ends = row((end, 1), (call, 1), gap=24)
            inner = column(title, row(1, self._ring, 1), said, stay, ends, gap=36, margins=(56, 56, 56, 56))
            self.setLayout(column(2, card(inner), 1, margins=(60, 48, 60, 48)))
        self.setGeometry(parent.rect())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def refresh(self, state: State) -> None:
        """Counts on."""
        self._ring.show_left(seconds_left(state.left_s or 0.0), state.share_left)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), self._look.color("bg" if self._look.high_contrast else "roof", 0.985))
        p.end()
