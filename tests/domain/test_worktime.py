"""Working time: nights, lunch and days off do not count; promises end within working time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.worktime import Span, WorkCalendar, default_week

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE, default_week())
MAKE_UP = (Span(time(9), time(12)),)
HOLIDAYS = WorkCalendar(
    ZONE,
    default_week(),
    {date(2026, 10, day): () for day in range(1, 9)} | {date(2026, 9, 27): MAKE_UP, date(2026, 10, 10): MAKE_UP},
)
NIGHTS = WorkCalendar(ZoneInfo("Europe/Berlin"), dict.fromkeys(range(7), (Span(time(0), time(6)),)))
CALENDARS = st.sampled_from([CALENDAR, HOLIDAYS, NIGHTS])
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
WORK = st.timedeltas(timedelta(minutes=1), timedelta(days=20))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (local(2026, 11, 23, 10, 0), 1, local(2026, 11, 23, 11, 0)),
        (local(2026, 11, 23, 11, 0), 2, local(2026, 11, 23, 14, 30)),  # lunch does not count
        (local(2026, 11, 23, 17, 0), 3, local(2026, 11, 24, 10, 30)),  # nor does the night
        (local(2026, 11, 23, 3, 0), 1, local(2026, 11, 23, 9, 30)),
        (local(2026, 11, 20, 17, 30), 1, local(2026, 11, 23, 9, 0)),  # nor the weekend
        (local(2026, 11, 23, 9, 0), 9, local(2026, 11, 24, 10, 0)),
    ],
)
def test_time_is_counted_at_work(start: datetime, hours: int, end: datetime) -> None:
    assert CALENDAR.add(start, timedelta(hours=hours)) == end


def test_a_day_off_is_left_out_and_a_make_up_day_counts() -> None:
    assert HOLIDAYS.add(local(2026, 9, 30, 17, 0), timedelta(hours=2)) == local(2026, 10, 9, 9, 30)
    assert HOLIDAYS.add(local(2026, 9, 25, 17, 0), timedelta(hours=2)) == local(2026, 9, 27, 10, 0)
    assert HOLIDAYS.add(local(2026, 10, 10, 11, 0), timedelta(hours=2)) == local(2026, 10, 12, 9, 30)


def test_a_calendar_without_work_says_so() -> None:
    with pytest.raises(ValueError, match="no working time"):
        WorkCalendar(ZONE, {}).add(local(2026, 1, 1), timedelta(minutes=1))


@pytest.mark.parametrize(
    ("night", "hours"),
    [(date(2026, 3, 28), 6), (date(2026, 3, 29), 5), (date(2026, 10, 25), 7)],
)
def test_a_night_is_as_long_as_it_really_was(night: date, hours: int) -> None:
    zone = NIGHTS.zone
    begin = datetime.combine(night, time(0), zone).astimezone(UTC)
    end = datetime.combine(night, time(6), zone).astimezone(UTC)
    assert NIGHTS.between(begin, end) == timedelta(hours=hours) == end - begin
    assert NIGHTS.add(begin, timedelta(hours=hours)) == end


@given(CALENDARS, INSTANTS, WORK)
def test_between_undoes_add(calendar: WorkCalendar, start: datetime, work: timedelta) -> None:
    end = calendar.add(start, work)
    assert calendar.between(start, end) == work
    at = end.astimezone(calendar.zone)
    assert any(span.start < at.time() <= span.end for span in calendar.spans(at.date()))


@given(CALENDARS, INSTANTS, WORK, WORK)
def test_more_work_never_ends_earlier(calendar: WorkCalendar, start: datetime, one: timedelta, more: timedelta) -> None:
    assert calendar.add(start, one + more) == calendar.add(calendar.add(start, one), more)


@given(CALENDARS, st.tuples(INSTANTS, WORK, WORK))
def test_working_time_adds_up(calendar: WorkCalendar, times: tuple[datetime, timedelta, timedelta]) -> None:
    start, one, more = times
    between, end = start + one, start + one + more
    assert calendar.between(start, between) + calendar.between(between, end) == calendar.between(start, end)
    assert timedelta() <= calendar.between(start, end) <= end - start
    assert calendar.between(end, start) == timedelta()
