"""The site's working time: how long a promise really runs, lunch, nights and days off left out (domain section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONGEST_SEARCH_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of working time within one day."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working spans for each weekday (0 is Monday), and single days that differ: a day off has no spans."""

    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The working spans of one day, in order."""
        return self.days.get(day, self.week.get(day.weekday(), ()))

    def _stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working stretches as UTC instants, from `start` on."""
        day = start.astimezone(self.zone).date()
        for offset in range(_LONGEST_SEARCH_DAYS):
            on = day + timedelta(days=offset)
            for span in self.spans(on):
                begin = datetime.combine(on, span.start, self.zone).astimezone(start.tzinfo)
                end = datetime.combine(on, span.end, self.zone).astimezone(start.tzinfo)
                if end > start:
                    yield max(begin, start), end

    def add(self, start: datetime, work: timedelta) -> datetime:
        """The instant at which so much working time has passed since `start` (aware, UTC).

        Raises:
            ValueError: the calendar holds no working time within ten years.
        """
        left = work
        for begin, end in self._stretches(start):
            if end - begin >= left:
                return begin + left
            left -= end - begin
        raise ValueError("the calendar holds no working time")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two instants; zero when the end is not after the start."""
        total = timedelta()
        for begin, stop in self._stretches(start):
            if begin >= end:
                break
            total += min(stop, end) - begin
        return total


def default_week() -> dict[int, tuple[Span, ...]]:
    """What a new site starts with: Monday to Friday 8:30 - 12:00 and 13:30 - 18:00, to be edited by the site."""
    day = (Span(time(8, 30), time(12)), Span(time(13, 30), time(18)))
    return dict.fromkeys(range(5), day)
