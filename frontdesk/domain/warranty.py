"""Warranty: component term from the unit's delivery, never shorter than what is left of the builder's.

Source: Regulation on the Quality Management of Construction Projects, article 40, as data with a term for each
component; domain.md "Warranty". A term ends on the day of the month on which it began (Civil Code, articles 201, 202).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WarrantyState(StrEnum):
    """Whether the term still runs; `UNKNOWN` where a date it needs is not recorded."""

    WITHIN = "within"
    PAST = "past"
    UNKNOWN = "unknown"


class SeasonKind(StrEnum):
    """Which season of the year a term is counted in."""

    HEATING = "heating"
    COOLING = "cooling"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a component is under warranty: months, or whole seasons; neither means the design life."""

    months: int = 0
    seasons: int = 0
    season: SeasonKind = SeasonKind.HEATING

    @property
    def endless(self) -> bool:
        """The design life: it does not end here."""
        return not self.months and not self.seasons


@dataclass(frozen=True, slots=True)
class Season:
    """A season of the year by (month, day), both days included; it may run over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seasons:
    """The site's heating and cooling seasons."""

    heating: Season = Season((11, 15), (3, 15))
    cooling: Season = Season((6, 1), (9, 30))

    def of(self, kind: SeasonKind) -> Season:
        """The season of this kind."""
        return self.heating if kind is SeasonKind.HEATING else self.cooling


@dataclass(frozen=True, slots=True)
class Warranty:
    """The verdict: the last day covered (None: unknown, or the design life) and how many days are left until it."""

    state: WarrantyState
    ends_on: date | None = None
    days_left: int | None = None


UNKNOWN = Warranty(WarrantyState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Dates:
    """From when terms run: the delivery to the owner, and the builder's completion acceptance; None is not known."""

    delivered_on: date | None = None
    accepted_on: date | None = None

    def known(self) -> tuple[date, ...]:
        """Those that are known."""
        return tuple(day for day in (self.delivered_on, self.accepted_on) if day is not None)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that a component has: the site's own, and the legal minimum, which wins where it is longer."""

    own: Term | None = None
    least: Term | None = None

    def known(self) -> tuple[Term, ...]:
        """Those that are known."""
        return tuple(term for term in (self.own, self.least) if term is not None)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day where there is no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def _day(year: int, month_and_day: tuple[int, int]) -> date:
    """That day of the year; 29 February is the 28th in other years."""
    month, day = month_and_day
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _season_end(start: date, season: Season, count: int) -> date:
    """The last day of the `count`-th whole season that begins on or after `start`."""
    year = start.year if _day(start.year, season.first) >= start else start.year + 1
    wraps = season.last < season.first
    return _day(year + count - 1 + (1 if wraps else 0), season.last)


def ends_on(term: Term, start: date, seasons: Seasons) -> date | None:
    """The last day that a term covers which begins on a day; None for the design life."""
    if term.endless:
        return None
    if term.seasons:
        return _season_end(start, seasons.of(term.season), term.seasons)
    return add_months(start, term.months)


def judge(terms: Terms, dates: Dates, today: date, seasons: Seasons | None = None) -> Warranty:
    """Whether a component is within its warranty on a day; the longest of all terms from all dates wins.

    A term of the design life never ends here. Without a term or a date the answer is unknown, and so it is where the
    builder's term is over but nobody knows when the unit was delivered: its own may still run (procedure 4.5.3).
    """
    known, starts = terms.known(), dates.known()
    if not known or not starts:
        return UNKNOWN
    ends = [ends_on(term, start, seasons or Seasons()) for term in known for start in starts]
    if None in ends:
        return Warranty(WarrantyState.WITHIN)
    end = max(day for day in ends if day is not None)
    if today > end and dates.delivered_on is None:
        return UNKNOWN
    state = WarrantyState.WITHIN if today <= end else WarrantyState.PAST
    return Warranty(state, end, max((end - today).days, 0))
