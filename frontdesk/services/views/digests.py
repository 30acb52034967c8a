"""Views of a digest: what customers raised in a period, topic by topic, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from frontdesk.domain.digests import Kept, Period, Tally, Thresholds, Topic, Trend
from frontdesk.domain.responses import Response
from frontdesk.services.views.site import Named


@dataclass(frozen=True, slots=True)
class DigestNoteView:
    """预防、应对: what keeps it from coming back, and what was done now; `at` guards against overwriting."""

    prevention: str
    response: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building's share; None is what belongs to no building."""

    building: Named | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """A home or common part where it was raised again, with all those cases."""

    unit_id: int
    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic of the period. `component` names it where it has one; `last_note` is what was noted the period before.

    `history` are the matters of the periods compared, oldest first; `mean` is theirs.
    """

    topic: Topic
    component: Named | None
    tally: Tally
    homes: int
    buildings: tuple[BuildingLine, ...]
    repeats: tuple[RepeatLine, ...]
    history: tuple[int, ...]
    mean: float | None
    trend: Trend
    kept: tuple[Kept, ...]
    response: Response
    note: DigestNoteView | None
    last_note: DigestNoteView | None

    @property
    def key(self) -> str:
        """The topic's name in the records."""
        return self.topic.key


@dataclass(frozen=True, slots=True)
class DigestView:
    """A period's digest. While it runs, `until` is now, and as much of the earlier periods is compared.

    `compared` are the periods measured by, oldest first, with `history` their matters; none where the records, which
    begin on `since`, do not reach back that far. `following` is None where the next period has not begun.
    """

    period: Period
    until: datetime
    running: bool
    since: date | None
    following: Period | None
    compared: tuple[Period, ...]
    tally: Tally
    history: tuple[int, ...]
    trend: Trend
    topics: tuple[TopicLine, ...]
    buildings: tuple[BuildingLine, ...]
    response: Response
    limits: Thresholds
