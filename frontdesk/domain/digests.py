"""客户意见汇总: what customers keep raising, in stages, by topic, building and trend (procedure 4.2, second half).

A period that still runs is compared with the same stretch of the earlier ones: Tuesday's two days with two days.
Several callers of one fault are one matter; both are counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from frontdesk.domain.routing import MatterKind


class PeriodKind(StrEnum):
    """The stages in which a digest is made."""

    WEEK = "week"
    MONTH = "month"


# How many periods before make the mean that a period is measured by.
COMPARED: dict[PeriodKind, int] = {PeriodKind.WEEK: 4, PeriodKind.MONTH: 3}


@dataclass(frozen=True, slots=True)
class Period:
    """A week as ISO 8601 counts them, or a month; `number` is the week's or the month's in its year."""

    kind: PeriodKind
    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        if self.kind is PeriodKind.WEEK:
            return date.fromisocalendar(self.year, self.number, 1)
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.moved(1).first

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    @property
    def key(self) -> str:
        """Its name in the records: `2026-W48`, `2026-11`."""
        return (
            f"{self.year:04}-W{self.number:02}" if self.kind is PeriodKind.WEEK else f"{self.year:04}-{self.number:02}"
        )

    def moved(self, steps: int) -> Period:
        """The period so many steps later; earlier where negative."""
        if self.kind is PeriodKind.WEEK:
            return period_of(self.kind, self.first + timedelta(weeks=steps))
        months = self.year * 12 + self.number - 1 + steps
        return Period(self.kind, months // 12, months % 12 + 1)


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period that a day belongs to."""
    if kind is PeriodKind.MONTH:
        return Period(kind, day.year, day.month)
    year, week, _ = day.isocalendar()
    return Period(kind, year, week)


def read_period(key: str) -> Period:
    """The period of a key.

    Raises:
        ValueError: it is none.
    """
    year, dash, number = key.partition("-")
    kind = PeriodKind.WEEK if number.startswith("W") else PeriodKind.MONTH
    made = Period(kind, int(year), int(number.removeprefix("W")))
    if not dash or made.key != key or period_of(kind, made.first) != made:
        raise ValueError(key)
    return made


def compared(period: Period, since: date | None) -> tuple[Period, ...]:
    """The periods before that this one is measured by, oldest first: those that lie whole within the records.

    `since` is the first day on record; None where there is none.
    """
    before = [period.moved(-step) for step in range(COMPARED[period.kind], 0, -1)]
    return tuple(each for each in before if since is not None and each.first >= since)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From an instant up to another, which no longer belongs to it; aware, UTC."""

    start: datetime
    end: datetime


def stretch_of(period: Period, zone: ZoneInfo) -> Stretch:
    """The whole of a period at the site."""
    return Stretch(_midnight(period.first, zone), _midnight(period.end, zone))


def stretches(period: Period, earlier: Sequence[Period], zone: ZoneInfo, now: datetime) -> tuple[Stretch, ...]:
    """What is counted of the earlier periods and, last, of the period itself: as much of each as of it has passed."""
    whole = stretch_of(period, zone)
    if now >= whole.end:
        return (*(stretch_of(each, zone) for each in earlier), whole)
    passed = max(now - whole.start + timedelta.resolution, timedelta())  # what is raised this very moment belongs to it
    parts = [stretch_of(each, zone) for each in earlier]
    return (
        *(Stretch(part.start, min(part.end, part.start + passed)) for part in parts),
        Stretch(whole.start, whole.start + passed),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


# --- topics ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Topic:
    """What a matter is about: its component where one is known, else its category, else its kind alone."""

    kind: MatterKind | None = None
    category: str = ""
    component: int | None = None

    @property
    def key(self) -> str:
        """Its name in the records: `component:12`, `complaint:噪声`, `complaint`."""
        if self.component is not None:
            return f"component:{self.component}"
        return ":".join(part for part in (str(self.kind), self.category) if part)


def topic_of(kind: MatterKind, category: str, component: int | None) -> Topic:
    """The topic of a matter; whoever complains of the lift and whoever wants it repaired raise the same one."""
    return Topic(component=component) if component is not None else Topic(kind, category)


def read_topic(key: str) -> Topic:
    """The topic of a key.

    Raises:
        ValueError: it is none.
    """
    head, _, rest = key.partition(":")
    return Topic(component=int(rest)) if head == "component" else Topic(MatterKind(head), rest)


# --- how often -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raised:
    """A caller's report. `matter_id` is the case that it was joined to, or its own.

    `unit` and `building` are where the fault is, `raiser` is the home of whoever reported it.
    """

    case_id: int
    matter_id: int
    topic: Topic
    at: datetime
    building: int | None = None
    unit: int | None = None
    raiser: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matters, how many callers, and which cases these are."""

    matters: int = 0
    callers: int = 0
    case_ids: tuple[int, ...] = ()


class Trend(StrEnum):
    """A count against the mean of the periods before; `NEW` was never raised in them, `UNKNOWN` has none."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    NEW = "new"
    UNKNOWN = "unknown"


class Kept(StrEnum):
    """Why a topic counts as one that customers keep raising."""

    OFTEN = "often"
    RISING = "rising"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When something counts as kept being raised; a site may set others.

    At least so many matters from at least so many homes; or so many percent more than the mean of the periods before
    and more than in the last one, once it has been raised `rising_least` times (from one to two is no trend).
    """

    least_matters: int = 3
    least_homes: int = 2
    rising_percent: int = 50
    rising_least: int = 2


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """A topic in a period. `history` are the matters of the periods compared, oldest first.

    `homes` is how many homes raised it; `repeat_units` are places where it was raised again, in this period or since
    one of those compared, with all those cases.
    """

    topic: Topic
    tally: Tally
    buildings: tuple[tuple[int | None, Tally], ...]
    homes: int
    repeat_units: tuple[tuple[int, Tally], ...]
    history: tuple[int, ...]
    trend: Trend
    kept: tuple[Kept, ...]


def mean(history: Sequence[int]) -> float | None:
    """The mean of the periods compared; None where there are none."""
    return sum(history) / len(history) if history else None


def trend(now: int, history: Sequence[int], percent: int) -> Trend:
    """Where a count is going: `percent` above the mean and above the last one, or as far below both."""
    if not history:
        return Trend.UNKNOWN
    total = sum(history)
    if not total:
        return Trend.NEW if now else Trend.STEADY
    if now * 100 * len(history) >= total * (100 + percent) and now > history[-1]:
        return Trend.RISING
    if now * (100 + percent) * len(history) <= total * 100 and now < history[-1]:
        return Trend.FALLING
    return Trend.STEADY


def kept_raised(matters: int, homes: int, going: Trend, limits: Thresholds) -> tuple[Kept, ...]:
    """Why a topic counts as kept being raised; empty where it does not."""
    often = matters >= limits.least_matters and homes >= limits.least_homes
    rising = going is Trend.RISING and matters >= limits.rising_least
    return tuple(why for why, holds in ((Kept.OFTEN, often), (Kept.RISING, rising)) if holds)


def tally(rows: Iterable[Raised]) -> Tally:
    """Matters and callers of some reports, with their cases in the order given."""
    given = list(rows)
    return Tally(len({row.matter_id for row in given}), len(given), tuple(row.case_id for row in given))


def by_building(rows: Iterable[Raised]) -> tuple[tuple[int | None, Tally], ...]:
    """Reports by building, most matters first; None is no building."""
    found: dict[int | None, list[Raised]] = defaultdict(list)
    for row in rows:
        found[row.building].append(row)
    counted = [(building, tally(group)) for building, group in found.items()]
    return tuple(sorted(counted, key=lambda each: (-each[1].matters, each[0] is None, each[0] or 0)))


def split(rows: Iterable[Raised], parts: Sequence[Stretch]) -> list[list[Raised]]:
    """The reports of each stretch; what lies in none is left out."""
    found: list[list[Raised]] = [[] for _ in parts]
    for row in rows:
        for at, part in enumerate(parts):
            if part.start <= row.at < part.end:
                found[at].append(row)
                break
    return found


def figures(parts: Sequence[Sequence[Raised]], limits: Thresholds) -> tuple[TopicFigures, ...]:
    """Every topic of the last part, most matters first, against the parts before (oldest first)."""
    *before, now = parts
    raised: dict[Topic, list[Raised]] = defaultdict(list)
    for row in now:
        raised[row.topic].append(row)
    past = [_by_topic(part, raised) for part in before]
    made = [_figures(topic, rows, [part.get(topic, []) for part in past], limits) for topic, rows in raised.items()]
    return tuple(sorted(made, key=lambda each: (-each.tally.matters, -each.tally.callers, each.topic.key)))


def _by_topic(rows: Iterable[Raised], wanted: Iterable[Topic]) -> dict[Topic, list[Raised]]:
    found: dict[Topic, list[Raised]] = {topic: [] for topic in wanted}
    for row in rows:
        if row.topic in found:
            found[row.topic].append(row)
    return found


def _figures(topic: Topic, rows: list[Raised], past: list[list[Raised]], limits: Thresholds) -> TopicFigures:
    counted = tally(rows)
    history = tuple(tally(part).matters for part in past)
    going = trend(counted.matters, history, limits.rising_percent)
    homes = len({row.raiser for row in rows if row.raiser is not None})
    return TopicFigures(
        topic=topic,
        tally=counted,
        buildings=by_building(rows),
        homes=homes,
        repeat_units=_repeat_units(rows, [row for part in past for row in part]),
        history=history,
        trend=going,
        kept=kept_raised(counted.matters, homes, going, limits),
    )


def _repeat_units(rows: Sequence[Raised], past: Sequence[Raised]) -> tuple[tuple[int, Tally], ...]:
    here = {row.unit for row in rows if row.unit is not None}
    found: dict[int, list[Raised]] = defaultdict(list)
    for row in (*past, *rows):
        if row.unit is not None and row.unit in here:
            found[row.unit].append(row)
    counted = [(unit, tally(group)) for unit, group in found.items()]
    return tuple(
        sorted((each for each in counted if each[1].matters > 1), key=lambda each: (-each[1].matters, each[0]))
    )
