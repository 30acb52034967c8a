"""Working time: nights, lunch and days off do not count; promises end within working time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.deadlines import ClockState, Urgency, clock_state, due_at
from frontdesk.domain.routing import Route
from frontdesk.domain.worktime import Span, WorkCalendar, default_week

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE, default_week())
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
    ],
)
def test_time_is_counted_at_work(start: datetime, hours: int, end: datetime) -> None:
    assert CALENDAR.add(start, timedelta(hours=hours)) == end


def test_a_day_off_is_left_out_and_a_make_up_day_counts() -> None:
    sunday = (Span(time(9), time(12)),)
    week = {weekday: default_week()[weekday] for weekday in range(5)}
    calendar = WorkCalendar(ZONE, week, {date(2026, 11, 23): (), date(2026, 11, 22): sunday})
    assert calendar.add(local(2026, 11, 20, 17, 0), timedelta(hours=2)) == local(2026, 11, 22, 10, 0)
    assert calendar.add(local(2026, 11, 22, 11, 0), timedelta(hours=2)) == local(2026, 11, 24, 9, 30)


def test_a_calendar_without_work_says_so() -> None:
    with pytest.raises(ValueError, match="no working time"):
        WorkCalendar(ZONE, {}).add(local(2026, 1, 1), timedelta(minutes=1))


@given(INSTANTS, WORK)
def test_between_undoes_add(start: datetime, work: timedelta) -> None:
    end = CALENDAR.add(start, work)
    assert CALENDAR.between(start, end) == work
    spans = CALENDAR.spans(end.astimezone(ZONE).date())
    assert any(span.start < end.astimezone(ZONE).time() <= span.end for span in spans)


@given(INSTANTS, WORK, WORK)
def test_more_work_never_ends_earlier(start: datetime, one: timedelta, other: timedelta) -> None:
    assert CALENDAR.add(start, one + other) == CALENDAR.add(CALENDAR.add(start, one), other)


def test_an_emergency_runs_around_the_clock() -> None:
    night = local(2026, 11, 23, 23, 0)
    assert due_at(night, Route.WORK_ORDER, Urgency.URGENT, CALENDAR) == night + timedelta(minutes=30)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_an_incident_has_its_own_quarter_of_an_hour_however_urgent(urgency: Urgency) -> None:
    night = local(2026, 11, 23, 23, 0)
    assert due_at(night, Route.INCIDENT, urgency, CALENDAR) == night + timedelta(minutes=15)


def test_what_was_agreed_with_the_customer_wins() -> None:
    agreed = local(2026, 11, 25, 15, 0)
    assert due_at(local(2026, 11, 23, 9, 0), Route.WORK_ORDER, Urgency.NORMAL, CALENDAR, agreed=agreed) == agreed


@pytest.mark.parametrize("route", [Route.ANSWERED, Route.TO_ESTABLISH])
def test_nothing_is_promised_where_nothing_is_to_be_done(route: Route) -> None:
    assert due_at(local(2026, 11, 23, 9, 0), route, Urgency.NORMAL, CALENDAR) is None


@pytest.mark.parametrize(
    ("minutes", "done", "state"),
    [
        (-1, False, ClockState.OVERDUE),
        (30, False, ClockState.SOON),
        (61, False, ClockState.RUNNING),
        (-1, True, ClockState.STOPPED),
    ],
)
def test_the_clock_says_where_it_stands(minutes: int, done: bool, state: ClockState) -> None:
    now = local(2026, 11, 23, 9, 0)
    assert clock_state(now + timedelta(minutes=minutes), now, done=done) is state
