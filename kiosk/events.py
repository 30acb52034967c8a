"""What the lobby screen's flow takes in (events) and gives out (effects): plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kiosk.found import Found, Left, PassView


class CallReason(Enum):
    """Why the desk is called; the value goes into the message."""

    HELP = "help"
    NO_INVITATION = "no_invitation"
    REFUSED = "refused"
    OUT_OF_ORDER = "out_of_order"


class Sound(Enum):
    """What is heard."""

    FOUND = auto()
    REFUSED = auto()
    DONE = auto()


class Action(Enum):
    """What a touch asks for; LANGUAGE and EDIT carry a value."""

    BACK = auto()
    FINISH = auto()
    DESK = auto()
    INVITATION = auto()
    NO_INVITATION = auto()
    LEAVE = auto()
    TYPE = auto()
    SCAN = auto()
    EDIT = auto()
    ENTER = auto()
    CONFIRM = auto()
    MORE_TIME = auto()
    LANGUAGE = auto()
    LARGE = auto()
    CONTRAST = auto()


# -- events ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody touched a target, or pressed its key."""

    action: Action
    value: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code was held before the camera, or came from a scanner."""

    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer to `LookUp`."""

    ticket: int
    found: Found


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The answer to `CheckIn`."""

    ticket: int
    visit: PassView


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """The answer to `CheckOut`."""

    ticket: int
    left: Left


@dataclass(frozen=True, slots=True)
class Declined:
    """The desk's rules said no to `CheckIn` or `CheckOut`, in the meantime."""

    ticket: int
    found: Found


@dataclass(frozen=True, slots=True)
class Failed:
    """The kiosk itself could not do it: disk full, rights taken away."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Time goes by; seconds of a clock that never jumps."""

    now_s: float


@dataclass(frozen=True, slots=True)
class Camera:
    """The camera came, or went."""

    up: bool


@dataclass(frozen=True, slots=True)
class Health:
    """What the second's round found: paired or not, the bulletin there or not, the desk within reach or not."""

    pairing_code: str | None
    bulletin: bool
    desk_reached: bool


Event = Touch | Scanned | Looked | CheckedIn | CheckedOut | Declined | Failed | Tick | Camera | Health


# -- effects ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask the desk's files what the code is."""

    ticket: int
    text: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Use the invitation."""

    ticket: int
    text: str


@dataclass(frozen=True, slots=True)
class CheckOut:
    """Hand in the badge."""

    ticket: int
    text: str


@dataclass(frozen=True, slots=True)
class CallDesk:
    """Raise the alert at the desk."""

    reason: CallReason


@dataclass(frozen=True, slots=True)
class StartCamera:
    """Take codes in; `fresh`: also one that has been in sight all the time, since the visitor asked for it."""

    fresh: bool


@dataclass(frozen=True, slots=True)
class StopCamera:
    """Take no codes in."""


@dataclass(frozen=True, slots=True)
class Wipe:
    """Forget whatever widgets, clipboard and caches hold of the visitor."""


@dataclass(frozen=True, slots=True)
class Say:
    """Let it be heard."""

    sound: Sound


Effect = LookUp | CheckIn | CheckOut | CallDesk | StartCamera | StopCamera | Wipe | Say
