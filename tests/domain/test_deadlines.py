"""Promised times and their clock: the closest row of the table, and whatever happens, the time that was promised."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontdesk.domain.deadlines import (
    DEFAULT_PROMISES,
    WITHOUT_PROMISE,
    Clock,
    ClockState,
    Promise,
    PromiseRule,
    Urgency,
    promise,
    start,
)
from frontdesk.domain.routing import Route
from frontdesk.domain.worktime import Span, WorkCalendar, default_week

ZONE = ZoneInfo("Asia/Shanghai")
MAKE_UP = (Span(time(9), time(12)),)
CALENDAR = WorkCalendar(ZONE, default_week(), {date(2026, 11, 24): (), date(2026, 11, 28): MAKE_UP})
NIGHTS = WorkCalendar(ZoneInfo("Europe/Berlin"), dict.fromkeys(range(7), (Span(time(0), time(6)),)))
CALENDARS = st.sampled_from([CALENDAR, NIGHTS])

# Around the days on which Berlin's clocks are changed, and the holiday and make-up day of the other calendar.
INSTANTS = st.datetimes(datetime(2026, 3, 20), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
SPANS = st.timedeltas(timedelta(minutes=1), timedelta(days=4))
LEFT = st.timedeltas(timedelta(minutes=15), timedelta(days=3))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)  # type: ignore[misc]


MORNING = local(2026, 11, 23, 9, 0)


# --- what is promised ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "urgency", "minutes"),
    [
        (Route.INCIDENT, Urgency.NORMAL, 15),
        (Route.INCIDENT, Urgency.URGENT, 15),
        (Route.WORK_ORDER, Urgency.URGENT, 30),
        (Route.LIAISON, Urgency.URGENT, 30),
        (Route.LIAISON, Urgency.SOON, 24 * 60),
        (Route.WORK_ORDER, Urgency.SOON, 180),
        (Route.WORK_ORDER, Urgency.NORMAL, 480),
    ],
)
def test_what_is_promised_where_the_site_says_nothing_else(route: Route, urgency: Urgency, minutes: int) -> None:
    assert promise(DEFAULT_PROMISES, route, urgency, None).minutes == minutes


def test_the_closest_row_wins() -> None:
    """A department counts most, then an urgency that presses, then the route, then any urgency."""
    rows = [
        PromiseRule(Promise(1), Route.WORK_ORDER, Urgency.URGENT, 7),
        PromiseRule(Promise(2), urgency=Urgency.URGENT, department=7),
        PromiseRule(Promise(3), Route.WORK_ORDER, department=7),
        PromiseRule(Promise(4), department=7),
        PromiseRule(Promise(5), Route.WORK_ORDER, Urgency.URGENT),
        PromiseRule(Promise(6), urgency=Urgency.URGENT),
        PromiseRule(Promise(7), Route.WORK_ORDER),
        PromiseRule(Promise(8)),
    ]
    for fewer in range(len(rows)):
        for order in (rows[fewer:], rows[fewer:][::-1]):
            assert promise(order, Route.WORK_ORDER, Urgency.URGENT, 7).minutes == fewer + 1


def test_an_urgency_that_does_not_press_counts_less_than_the_route() -> None:
    rows = [PromiseRule(Promise(1), Route.LIAISON), PromiseRule(Promise(2), urgency=Urgency.SOON)]
    assert promise(rows, Route.LIAISON, Urgency.SOON, None).minutes == 1
    both = PromiseRule(Promise(3), Route.LIAISON, Urgency.SOON)
    assert promise([*rows, both], Route.LIAISON, Urgency.SOON, None).minutes == 3


@pytest.mark.parametrize(("route", "urgency"), list(itertools.product(Route, Urgency)))
def test_rows_of_others_never_count(route: Route, urgency: Urgency) -> None:
    others = [PromiseRule(Promise(1), each) for each in Route if each is not route]
    others += [PromiseRule(Promise(1), urgency=each) for each in Urgency if each is not urgency]
    others += [PromiseRule(Promise(1), department=8)]
    assert promise(others, route, urgency, 7) == DEFAULT_PROMISES[-1].promise


# --- the clock's start -----------------------------------------------------------------------------------------------


def test_an_emergency_runs_around_the_clock() -> None:
    night = local(2026, 11, 23, 23, 0)
    clock = start(night, Route.INCIDENT, Promise(15, around_the_clock=True))
    assert clock.due_at(CALENDAR) == night + timedelta(minutes=15)


def test_what_was_agreed_with_the_customer_wins() -> None:
    agreed = local(2026, 11, 25, 15, 0)
    assert start(MORNING, Route.WORK_ORDER, Promise(60), agreed).due_at(CALENDAR) == agreed


@pytest.mark.parametrize("route", sorted(WITHOUT_PROMISE))
def test_nothing_is_promised_where_nothing_is_to_be_done(route: Route) -> None:
    clock = start(MORNING, route, Promise(60), local(2026, 11, 25, 15, 0))
    assert clock.due_at(CALENDAR) is None
    assert clock.remaining(MORNING, CALENDAR) is None


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(-1, ClockState.OVERDUE), (0, ClockState.SOON), (60, ClockState.SOON), (61, ClockState.RUNNING)],
)
def test_the_clock_says_where_it_stands(minutes: int, state: ClockState) -> None:
    clock = Clock(MORNING, timedelta(hours=8))
    assert clock.state(MORNING, MORNING + timedelta(minutes=minutes)) is state
    assert clock.state(MORNING, None) is ClockState.STOPPED


def test_a_clock_that_stands_still_says_so() -> None:
    paused = Clock(MORNING, timedelta(hours=8)).pause(MORNING, CALENDAR)
    assert paused.state(MORNING, None) is ClockState.PAUSED
    until = MORNING + timedelta(days=4)
    deferred = Clock(MORNING, timedelta(hours=8)).defer(MORNING, until, CALENDAR)
    due = deferred.due_at(CALENDAR)
    assert deferred.state(MORNING, due) is ClockState.DEFERRED
    assert deferred.state(until, due) is ClockState.RUNNING
    assert due is not None and deferred.state(due + timedelta(seconds=1), due) is ClockState.OVERDUE


# --- standing still never loses or gains -----------------------------------------------------------------------------


@given(CALENDARS, st.booleans(), INSTANTS, LEFT, st.lists(st.tuples(SPANS, SPANS), max_size=5))
def test_pauses_never_change_how_long_it_runs(
    calendar: WorkCalendar,
    around: bool,
    begin: datetime,
    promised: timedelta,
    pauses: list[tuple[timedelta, timedelta]],
) -> None:
    """However often it is paused: the working time for which it ran until it is due is what was promised."""
    clock, now, ran = Clock(begin, promised, around), begin, timedelta()

    def passed(since: datetime, until: datetime) -> timedelta:
        return until - since if around else calendar.between(since, until)

    for runs, stands in pauses:
        due = clock.due_at(calendar)
        assert due is not None
        if now + runs >= due:
            break
        ran += passed(now, now + runs)
        clock = clock.pause(now + runs, calendar)
        assert clock.due_at(calendar) is None
        assert clock.remaining(now + runs + stands, calendar) == promised - ran
        now += runs + stands
        clock = clock.resume(now)
        assert clock.remaining(now, calendar) == promised - ran
    due = clock.due_at(calendar)
    assert due is not None and ran + passed(now, due) == promised


@given(CALENDARS, st.booleans(), INSTANTS, LEFT, SPANS, SPANS)
def test_a_deferred_clock_runs_on_by_itself_with_what_was_left(
    calendar: WorkCalendar, around: bool, begin: datetime, promised: timedelta, runs: timedelta, sleeps: timedelta
) -> None:
    clock = Clock(begin, promised, around)
    now, due = begin + runs, clock.due_at(calendar)
    assume(due is not None and now < due)
    left = clock.remaining(now, calendar)
    deferred = clock.defer(now, now + sleeps, calendar)
    by_hand = clock.pause(now, calendar).resume(now + sleeps)
    assert deferred == replace(by_hand, deferred_until=now + sleeps)
    assert deferred.remaining(now + sleeps / 2, calendar) == left == deferred.remaining(now + sleeps, calendar)
    # Woken early it runs from then, and put to sleep again it loses nothing.
    early = deferred.resume(now + sleeps / 2)
    assert early.remaining(now + sleeps / 2, calendar) == left
    assert deferred.pause(now + sleeps / 2, calendar).remaining(now, calendar) == left


@given(CALENDARS, INSTANTS, LEFT, SPANS, SPANS)
def test_an_agreed_time_moves_by_as_long_as_it_stood_still(
    calendar: WorkCalendar, begin: datetime, ahead: timedelta, runs: timedelta, stands: timedelta
) -> None:
    assume(runs < ahead)
    clock = start(begin, Route.WORK_ORDER, Promise(60), begin + ahead)
    resumed = clock.pause(begin + runs, calendar).resume(begin + runs + stands)
    assert resumed.due_at(calendar) == begin + ahead + stands
    again = resumed.pause(begin + runs + stands, calendar).resume(begin + runs + stands * 2)
    assert again.due_at(calendar) == begin + ahead + stands * 2


@given(CALENDARS, INSTANTS, LEFT, SPANS)
def test_a_time_agreed_anew_ends_every_standing_still(
    calendar: WorkCalendar, begin: datetime, promised: timedelta, stands: timedelta
) -> None:
    agreed = begin + stands * 2
    for still in (
        Clock(begin, promised).pause(begin, calendar),
        Clock(begin, promised).defer(begin, begin + stands, calendar),
    ):
        clock = still.agree(agreed)
        assert clock.due_at(calendar) == agreed
        assert clock.state(begin, agreed, soon=timedelta()) is ClockState.RUNNING


@given(CALENDARS, INSTANTS, LEFT, SPANS)
def test_what_is_over_leaves_nothing_and_stays_over(
    calendar: WorkCalendar, begin: datetime, promised: timedelta, late: timedelta
) -> None:
    clock = Clock(begin, promised)
    due = clock.due_at(calendar)
    assert due is not None
    paused = clock.pause(due + late, calendar)
    assert paused.left == timedelta()
    resumed = paused.resume(due + late * 2).due_at(calendar)
    assert resumed is not None and resumed >= due + late * 2
