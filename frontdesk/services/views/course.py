"""Views of a case's course: its clock, marks on its papers, chases, pictures, register entries, follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import Mark


@dataclass(frozen=True, slots=True)
class ClockView:
    """The promised time. `agreed`: with the customer; `left` is what remains while it stands still."""

    state: ClockState = ClockState.STOPPED
    due_at: datetime | None = None
    agreed: bool = False
    paused_at: datetime | None = None
    reason: str = ""
    deferred_until: datetime | None = None
    left: timedelta | None = None


NO_CLOCK = ClockView()


@dataclass(frozen=True, slots=True)
class MarkView:
    """A step that a paper has gone: `happened_at` as the paper says, `at` when it was entered."""

    id: int
    mark: Mark
    happened_at: datetime
    at: datetime
    who: str
    note: str
    by: str


class ToldHow(StrEnum):
    """How a matter was handed on."""

    HANDED_OVER = "handed_over"
    PHONED = "phoned"
    PUT_THROUGH = "put_through"


@dataclass(frozen=True, slots=True)
class Telling:
    """Handing a matter on: to whom, how, when; `decision_id` names the route where several are in force."""

    whom: str
    how: ToldHow
    happened_at: datetime | None = None
    decision_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChaseDone:
    """督促: who was reminded, what was said, when to ask again; `promised_at` is a new time that they promised."""

    whom: str
    said: str
    happened_at: datetime | None = None
    next_at: datetime | None = None
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChaseView:
    """A chase on record."""

    happened_at: datetime
    whom: str
    said: str
    next_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """How an external unit keeps its promises: kept, missed, and those still open."""

    kept: int
    missed: int
    open: int


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of a case; its bytes are asked for when they are shown. Sizes in pixels."""

    id: int
    caption: str
    width: int
    height: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of a categorised handling record that the case has entered."""

    register: Register
    serial: str
    entered_at: datetime
    reason: ConsequenceKind | None
    struck_at: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """回访 of a case: due, or what came of it; a rating is 1 (bad) to 5 (good)."""

    id: int
    state: FollowUpState
    due_at: datetime
    demanded: bool
    tries: int
    done_at: datetime | None
    rating: int | None
    fixed: bool | None
    said: str


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    """The answer: `fixed` False reopens the case; `reached` False is a try that met nobody."""

    reached: bool = True
    rating: int | None = None
    fixed: bool | None = None
    said: str = ""
    happened_at: datetime | None = None
    give_up: bool = False


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A line of a special service's price: money in fen; `quantity` in hundredths of the item's unit."""

    name: str
    per: str
    price_fen: int
    quantity: int
    code: str = ""

    @property
    def amount_fen(self) -> int:
        """Price times quantity, rounded half up."""
        return (self.price_fen * self.quantity + 50) // 100


@dataclass(frozen=True, slots=True)
class PriceView:
    """An item of the price list."""

    id: int
    code: str
    zh: str
    en: str
    per: str
    price_fen: int
