"""Warranty: component term from the unit's delivery, never shorter than what is left of the builder's.

Source: Regulation on the Quality Management of Construction Projects, article 40, as data with a term for each
component; domain.md "Warranty".
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class WarrantyState(StrEnum):
    """Whether the term still runs; `UNKNOWN` where a date it needs is not recorded."""

    WITHIN = "within"
    PAST = "past"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a component is under warranty: months, or whole seasons; neither means the design life."""

    months: int = 0
    seasons: int = 0


@dataclass(frozen=True, slots=True)
class Season:
    """A season of the year by (month, day), both days included; it may run over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Warranty:
    """The verdict: the last day covered (None: unknown, or the design life) and the days left, today included."""

    state: WarrantyState
    ends_on: date | None = None
    days_left: int | None = None


HEATING = Season((11, 15), (3, 15))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day where there is no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def _season_end(start: date, season: Season, count: int) -> date:
    """The last day of the `count`-th whole season that begins on or after `start`."""
    year = start.year if date(start.year, *season.first) >= start else start.year + 1
    wraps = season.last < season.first
    return date(year + count - 1 + (1 if wraps else 0), *season.last)


def _ends_on(term: Term, start: date, season: Season) -> date:
    if term.seasons:
        return _season_end(start, season, term.seasons)
    return add_months(start, term.months) - timedelta(days=1)


def judge(
    term: Term | None, delivered_on: date | None, accepted_on: date | None, today: date, season: Season = HEATING
) -> Warranty:
    """Whether a component is within its warranty on a day; the longest of the two terms wins.

    `delivered_on` is the unit's delivery to its owner, `accepted_on` the builder's completion acceptance. A term of
    the design life (neither months nor seasons) never ends here. Without a term or a date the answer is unknown.
    """
    starts = [day for day in (delivered_on, accepted_on) if day is not None]
    if term is None or not starts:
        return Warranty(WarrantyState.UNKNOWN)
    if not term.months and not term.seasons:
        return Warranty(WarrantyState.WITHIN)
    end = max(_ends_on(term, start, season) for start in starts)
    state = WarrantyState.WITHIN if today <= end else WarrantyState.PAST
    return Warranty(state, end, (end - today).days + 1 if today <= end else 0)
