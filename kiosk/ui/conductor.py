"""Between flow, desk, camera and window: events in, effects out, a round every second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QImage

from frontdesk.domain.kiosks import CameraState
from frontdesk.lobby.bulletin import Bulletin
from frontdesk.qtkit.camera import Camera
from frontdesk.qtkit.i18n import Languages
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.theme import Theme
from frontdesk.scanning.codes import Sighting
from kiosk import events
from kiosk.desk import Desk, DeskError, Pairing, PairingState, Refused, Trouble
from kiosk.events import Action, CallReason, Effect, Event, Sound
from kiosk.flow import begin, step
from kiosk.reader import Reader
from kiosk.state import Screen, State
from kiosk.ui.window import KioskWindow
from kiosk.ui.words import OLD_AFTER, Site

TICK_MS = 200
CHECKING_TICK_MS = 50
ROUND_MS = 1000
PAPER = "none"  # the kiosk has no printer yet

Clock = Callable[[], datetime]


class Voice(Protocol):
    """Lets sounds be heard."""

    def play(self, sound: Sound) -> None:
        """Plays it, if there is anything to play it on."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round at the desk's files brought."""

    pairing: Pairing
    bulletin: Bulletin | None
    old: bool
    reached: bool


def go_round(desk: Desk, camera: str, screen: str) -> Round:
    """On the desk's lane: pairing, news, heartbeat, and whatever waits for the console.

    Raises:
        DeskError: the kiosk's own disk refuses.
    """
    pairing = desk.pairing()
    bulletin = desk.bulletin() if pairing.state is PairingState.PAIRED else None
    desk.carry()
    desk.beat(camera, PAPER, screen)
    desk.answers()  # none is waited for yet; taking them keeps the folder from filling up
    age = desk.bulletin_age()
    reached = desk.waiting() == 0 and Trouble.LOBBY_AWAY not in desk.troubles()
    return Round(pairing, bulletin, age is not None and age > OLD_AFTER, reached)


def call_now(desk: Desk, reason: CallReason, screen: str, language: str) -> None:
    """On the desk's lane: the alert goes out without waiting for the next round; raises DeskError."""
    desk.call_desk(reason.value, screen=screen, language=language)
    desk.carry()


class Conductor(QObject):
    """Owns the state. Everything slow happens on the lanes, and comes back as an event."""

    def __init__(
        self,
        desk: Desk,
        camera: Camera | None,
        lanes: Lanes,
        theme: Theme,
        languages: Languages,
        clock: Clock,
        language: str,
        voice: Voice | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._camera, self._lanes = desk, camera, lanes
        self._theme, self._languages, self._clock, self._voice = theme, languages, clock, voice
        self._reader = Reader()
        self._state = begin(language, time.monotonic())
        self._round: Round | None = None
        self._rounding = False
        self._spoken = (language, False, False)
        self._languages.switch(language)
        self.window = KioskWindow(theme, self._state, self._site(), self.touch, self.close)
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._rounds = QTimer(self, interval=ROUND_MS)
        self._rounds.timeout.connect(self._go_round)
        self._effects: dict[type, Callable[..., None]] = {
            events.LookUp: self._look_up,
            events.CheckIn: self._check_in,
            events.CheckOut: self._check_out,
            events.CallDesk: self._call_desk,
            events.StartCamera: lambda effect: self._reader.take(effect.fresh),
            events.StopCamera: lambda _effect: self._reader.stop(),
            events.Wipe: lambda _effect: self.window.forget(),
            events.Say: self._say,
        }

    @property
    def state(self) -> State:
        """The state that is shown."""
        return self._state

    def start(self) -> None:
        """Looks around for the first time, and goes on every second."""
        self.window.show_state(self._state, self._site())
        if self._camera is not None:
            self._camera.shown.connect(self._frame)
            self._camera.up.connect(self._camera_up)
            self._camera.start()
        self._ticks.start()
        self._rounds.start()
        self._go_round()

    def pause(self) -> None:
        """Lets time and the desk's rounds stand still; events are still taken."""
        self._ticks.stop()
        self._rounds.stop()

    def close(self) -> None:
        """Ends camera, lanes and desk, in this order; safe to call twice."""
        self.pause()
        if self._camera is not None:
            self._camera.close()
        self._lanes.close()
        self._desk.close()

    def touch(self, action: Action, value: str = "") -> None:
        """A touch target was touched."""
        self.hear(events.Touch(action, value))

    def hear(self, event: Event) -> None:
        """Takes an event in: the next state is shown, its effects begin."""
        self._state, effects = step(self._state, event)
        self._dress()
        for effect in effects:
            self._do(effect)
        self.window.show_state(self._state, self._site())
        checking = self._state.screen is Screen.CHECKING
        self._ticks.setInterval(CHECKING_TICK_MS if checking else TICK_MS)

    # -- what comes in -----------------------------------------------------------------------------------------------

    @Slot()
    def _tick(self) -> None:
        self.hear(events.Tick(time.monotonic()))

    @Slot(QImage, list)
    def _frame(self, image: QImage, sightings: list[Sighting]) -> None:
        """A frame: shown at once, with what was seen in it; then what is news goes to the flow."""
        self.window.show_frame(image, sightings)
        for text in self._reader.texts([sighting.text for sighting in sightings], time.monotonic()):
            self.hear(events.Scanned(text))

    @Slot(bool)
    def _camera_up(self, up: bool) -> None:
        self.hear(events.Camera(up))

    @Slot()
    def _go_round(self) -> None:
        """One round at a time: on a slow folder they must not pile up."""
        if self._rounding:
            return
        self._rounding = True
        camera = CameraState.UP if self._state.camera_up else CameraState.DOWN
        self._lanes.db(
            go_round,
            self._desk,
            camera.value,
            self._state.face.name.lower(),
            then=self._came_round,
            failed=self._round_failed,
        )

    def _came_round(self, round_: Round) -> None:
        self._rounding = False
        self._round = round_
        paired = round_.pairing.state is PairingState.PAIRED
        code = None if paired else round_.pairing.code or ""
        self.hear(events.Health(code, round_.bulletin is not None, round_.reached))

    def _round_failed(self, error: Exception) -> None:
        """Our own disk refuses: the desk cannot be reached by us, and that is said where it matters."""
        self._rounding = False
        _only_desk_errors(error)
        paired = self._round is not None and self._round.pairing.state is PairingState.PAIRED
        self.hear(events.Health(None if paired else "", self._round is not None and paired, desk_reached=False))

    # -- what goes out -----------------------------------------------------------------------------------------------

    def _do(self, effect: Effect) -> None:
        self._effects[type(effect)](effect)

    def _look_up(self, effect: events.LookUp) -> None:
        ticket = effect.ticket
        self._lanes.db(
            self._desk.look_up,
            effect.text,
            then=lambda found: self.hear(events.Looked(ticket, found)),
            failed=lambda error: self._failed(ticket, error),
        )

    def _check_in(self, effect: events.CheckIn) -> None:
        ticket, language = effect.ticket, self._state.language
        self._lanes.db(
            lambda: self._desk.check_in(effect.text, language=language),
            then=lambda visit: self._carried(events.CheckedIn(ticket, visit)),
            failed=lambda error: self._failed(ticket, error),
        )

    def _check_out(self, effect: events.CheckOut) -> None:
        ticket = effect.ticket
        self._lanes.db(
            self._desk.check_out,
            effect.text,
            then=lambda left: self._carried(events.CheckedOut(ticket, left)),
            failed=lambda error: self._failed(ticket, error),
        )

    def _carried(self, event: Event) -> None:
        """It lasts on our disk, so the visitor sees it now; the console hears of it in the next moment."""
        self.hear(event)
        self._go_round()

    def _failed(self, ticket: int, error: Exception) -> None:
        if isinstance(error, Refused):
            self.hear(events.Declined(ticket, error.found))
            return
        _only_desk_errors(error)
        self.hear(events.Failed(ticket))

    def _call_desk(self, effect: events.CallDesk) -> None:
        screen = self._state.screen.name.lower()
        self._lanes.db(
            call_now,
            self._desk,
            effect.reason,
            screen,
            self._state.language,
            then=self._called,
            failed=self._not_called,
        )

    def _called(self, _nothing: None) -> None:
        self._go_round()

    def _not_called(self, error: Exception) -> None:
        """The alert could not even be written down: the page says to go to the desk."""
        _only_desk_errors(error)
        self.hear(events.Health(self._state.pairing_code, self._state.bulletin, desk_reached=False))

    def _say(self, effect: events.Say) -> None:
        if self._voice is not None:
            self._voice.play(effect.sound)

    # -- the look ----------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        """Language, size and contrast as the state has them."""
        wanted = (self._state.language, self._state.large, self._state.contrast)
        if wanted == self._spoken:
            return
        language, large, contrast = wanted
        scheme = "contrast" if contrast else "light"
        if (large, contrast) != self._spoken[1:]:
            self.window.setProperty("scheme", scheme)
            self._theme.use(scheme=scheme, large=large)
        if language != self._spoken[0]:
            self._languages.switch(language)
        self._spoken = wanted

    def _site(self) -> Site:
        """The site as the pages may know it."""
        bulletin = self._round.bulletin if self._round else None
        return Site(bulletin, _zone(bulletin), self._clock(), bool(self._round and self._round.old))


def _only_desk_errors(error: Exception) -> None:
    """What staff can act on is shown; anything else is a bug, and goes where bugs go."""
    if not isinstance(error, DeskError):
        raise error


def _zone(bulletin: Bulletin | None) -> tzinfo:
    """The site's clock; that of the machine before the first bulletin, or where it does not know the site's."""
    if bulletin is not None:
        try:
            return ZoneInfo(bulletin.zone)
        except ZoneInfoNotFoundError:
            pass
    return datetime.now(UTC).astimezone().tzinfo or UTC
