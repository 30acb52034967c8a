"""Show a code: the camera, its answer in outline and words, how to hold it, and typing instead."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QWidget

from frontdesk.i18n import mark, tr
from frontdesk.scanning.codes import Sighting
from kiosk.events import Action
from kiosk.state import Purpose, Screen, State
from kiosk.ui.camera_view import Aim, CameraView
from kiosk.ui.look import Look
from kiosk.ui.parts import CENTRE, Icon, Items, Words, action, card, column, holder, restyle, row
from kiosk.ui.pictures import Hint
from kiosk.ui.shell import ENTER_STEPS, LEAVE_STEPS, Context, Page
from kiosk.ui.words import Site, note

HINTS = (
    (Hint.DISTANCE, mark("A hand away")),
    (Hint.BRIGHT, mark("Bright screen")),
    (Hint.STEADY, mark("Straight and still")),
)
STILL_LOOKING_S = 12.0  # after this the hints are said in words as well
_SIGNS = {
    Aim.SEARCHING: ("qr-code-bold", "primary", "soft"),
    Aim.FOUND: ("check-circle-fill", "ok", "ok"),
    Aim.FAILED: ("warning-circle-fill", "fail", "fail"),
}


class Banner(QFrame):
    """What the camera says, in words: large, next to its sign."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._icon = Icon(look, "qr-code-bold", int(look.type("title") * 1.4), "primary")
        self._title = Words(look, "", "title", "primary", bold=True, lines=2)
        self._sub = Words(look, "", "body", lines=2)
        words = column((self._title, 3), (self._sub, 2), gap=0)
        self.setLayout(row(self._icon, (words, 1), gap=24, margins=(28, 14, 20, 14)))
        tall = look.type("title") * 1.4 + look.type("body") * (3.2 if look.wide else 1.5) + 34
        self.setFixedHeight(int(tall))
        self._shown: tuple[Aim, str, str] | None = None

    def say(self, aim: Aim, title: str, sub: str) -> None:
        """Another state."""
        if (aim, title, sub) == self._shown:
            return
        self._shown = (aim, title, sub)
        icon, tone, role = _SIGNS[aim]
        self._icon.show_icon(icon, tone)
        self._title.setText(title)
        self._title.set_tone(tone)
        self._sub.setText(sub)
        self.setAccessibleName(f"{title}. {sub}")
        restyle(self, role=role)


class ScanPage(Page):
    """Also shown while a code that was found is being looked up."""

    step = 1

    def __init__(self, context: Context) -> None:
        self.steps = LEAVE_STEPS if context.state.purpose is Purpose.LEAVE else ENTER_STEPS
        super().__init__(context)

    def body(self) -> QWidget:
        look = self.look
        self._camera, self._banner = CameraView(look), Banner(look)
        type_ = self.bind(action(look, "keyboard-bold", tr("Type the code instead")), Action.TYPE)
        if self.context.state.purpose is Purpose.LEAVE:
            without = self.bind(action(look, "identification-badge-bold", tr("I have no badge")), Action.DESK)
        else:
            without = self.bind(action(look, "user-plus-bold", tr("I have no code")), Action.NO_INVITATION)
        if look.wide:
            side = holder(column(self._banner, (self._hints(), 1), type_, without, gap=look.size("gap") - 4 or 16))
            side.layout().setSpacing(16 if look.tablet else 20)
            return holder(row((self._camera, 6), (side, 5), gap=32))
        others = row((type_, 1), (without, 1), gap=24)
        return holder(column(self._banner, (self._camera, 1), self._hints(), others, gap=24))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        if state.screen is Screen.CHECKING:
            self._camera.show_aim(Aim.FOUND)
            self._banner.say(Aim.FOUND, tr("Got it"), tr("One moment, checking the code"))
        elif state.note is not None:
            said = note(state.note)
            self._camera.show_aim(Aim.FAILED)
            self._banner.say(Aim.FAILED, said.title, said.advice)
        else:
            self._camera.show_aim(Aim.SEARCHING)
            self._banner.say(Aim.SEARCHING, *_asked(state))

    def show_frame(self, image: QImage, sightings: list[Sighting]) -> None:
        self._camera.show_frame(image, sightings)

    def _hints(self) -> QWidget:
        look = self.look
        cells: list[Items] = []
        for kind, text in HINTS:
            words = Words(look, tr(text), "body", bold=True, lines=2, align=CENTRE)
            cells.append((column((Hint(look, kind), 1), words, gap=10), 1))
        out = card(row(*cells, gap=12, margins=(12, 16, 12, 12)), "note")
        if not look.wide:
            out.setFixedHeight(look.type("body") * 2 + 190)
        return out


def _asked(state: State) -> tuple[str, str]:
    """What the visitor is asked for, and after a while how it is done."""
    leaving = state.purpose is Purpose.LEAVE
    title = tr("Show the code of your badge") if leaving else tr("Show your code to the camera")
    if state.now_s - state.entered_s > STILL_LOOKING_S:
        return title, tr("Turn the screen up, avoid reflections, hold it a hand away")
    return title, tr("Looking for a code …")
