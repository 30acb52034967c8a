"""All that the lobby screen depends on, as one frozen value, with how long each page stays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kiosk.events import CallReason
from kiosk.found import Found, FoundKind, Left, PassView

IDLE_S = 60.0  # without a touch, before the screen asks
ASK_S = 15.0  # how long it asks, before it forgets
LARGE_FACTOR = 3.0  # who reads large text is given three times as long
PASS_S = 90.0  # the pass stays up so long after the last touch
GOODBYE_S = 12.0
NOTE_S = 5.0  # a word about a code that is not ours
FOUND_S = 0.2  # the outline around a found code can be seen at least so long
ANSWER_S = 15.0  # the desk's files answer in milliseconds; after this something is broken
CALL_AGAIN_S = 20.0  # further presses within this time are the same call

TYPED_LIMIT = 60  # a code with its separators is shorter


class Screen(Enum):
    """What is shown."""

    PAIRING = auto()
    OUT_OF_ORDER = auto()
    WELCOME = auto()
    SCAN = auto()
    TYPING = auto()
    CHECKING = auto()
    CONFIRM = auto()
    REFUSED = auto()
    PASS = auto()
    GOODBYE = auto()
    DESK_CALLED = auto()


class Purpose(Enum):
    """What the visitor came to the screen for."""

    ENTER = auto()
    LEAVE = auto()


class Fault(Enum):
    """Why the screen is out of order."""

    NO_CAMERA = auto()
    NO_BULLETIN = auto()


@dataclass(frozen=True, slots=True)
class State:
    """All that the screen depends on. The fields under "the visitor's" are empty after `Wipe`."""

    default_language: str
    language: str
    screen: Screen = Screen.PAIRING
    large: bool = False
    contrast: bool = False
    camera_up: bool = False
    pairing_code: str | None = ""  # to be read out to the desk; "": not made yet, None: paired
    bulletin: bool = False
    desk_reached: bool = True  # what was written for the console has been carried over
    fault: Fault | None = None  # on OUT_OF_ORDER
    now_s: float = 0.0
    touched_s: float = 0.0
    entered_s: float = 0.0  # when the screen came up, or the last touch moved its end away
    asking: bool = False  # "are you still there?" lies over the screen
    calling: bool = False  # "the desk has been called" lies over the screen
    called_s: float | None = None
    noted_s: float = 0.0
    ticket: int = 0  # of the question under way; answers to older ones are dropped
    # the visitor's
    purpose: Purpose = Purpose.ENTER
    call_reason: CallReason | None = None
    typing: bool = False  # the code is being typed rather than shown
    typed: str = ""
    text: str = ""
    found: Found | None = None
    visit: PassView | None = None
    left: Left | None = None
    refusal: Found | None = None  # on REFUSED: what the code is; None there: trouble of our own
    note: FoundKind | None = None  # a word on SCAN or TYPING about a code that could not be used
    committed: bool = False  # a check-in or check-out is under way, and cannot be taken back

    @property
    def face(self) -> Screen:
        """The page to show: the call covers what it was raised from."""
        return Screen.DESK_CALLED if self.calling else self.screen

    @property
    def resting(self) -> bool:
        """Nobody has begun anything."""
        at_rest = self.screen in (Screen.PAIRING, Screen.WELCOME) or self.fault is Fault.NO_BULLETIN
        return at_rest and not self.calling

    @property
    def idle_s(self) -> float:
        """How long this visitor may stand still."""
        return IDLE_S * (LARGE_FACTOR if self.large else 1.0)

    @property
    def span_s(self) -> float | None:
        """How long a page that ends by itself stays; None for the others."""
        if self.screen is Screen.GOODBYE:
            return GOODBYE_S
        return PASS_S * (LARGE_FACTOR if self.large else 1.0) if self.screen is Screen.PASS else None

    @property
    def left_s(self) -> float | None:
        """Seconds until the screen forgets, where it counts down in sight."""
        if self.asking:
            return max(0.0, self.touched_s + self.idle_s + ASK_S - self.now_s)
        return None if self.span_s is None else max(0.0, self.entered_s + self.span_s - self.now_s)

    @property
    def share_left(self) -> float:
        """`left_s` as a share of the whole countdown, 0 to 1."""
        whole = ASK_S if self.asking else self.span_s or 1.0
        return min(1.0, (self.left_s or 0.0) / whole)

    @property
    def can_go_back(self) -> bool:
        """Whether "back" leads anywhere: not from the first page, nor while a check-in is being written."""
        return not self.resting and (self.calling or not self.committed)

    @property
    def personal(self) -> tuple[object, ...]:
        """Whatever is held of the visitor; empty after `Wipe`."""
        held = (self.typed, self.text, self.found, self.visit, self.left, self.refusal, self.note, self.call_reason)
        return tuple(value for value in held if value)
