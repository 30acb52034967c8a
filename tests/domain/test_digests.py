"""What customers keep raising: periods, counts that add up, trends, and how the answers are measured."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain import digests, responses
from frontdesk.domain.digests import Kept, PeriodKind, Raised, Stretch, Thresholds, Topic, Trend
from frontdesk.domain.responses import Course, Rating
from frontdesk.domain.routing import MatterKind

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
KINDS = st.sampled_from(PeriodKind)
START = datetime(2026, 11, 15, 16, 0, tzinfo=UTC)  # Monday, midnight at the site
DRAIN, LIFT = Topic(component=1), Topic(component=2)


# --- periods ---------------------------------------------------------------------------------------------------------


@given(KINDS, DAYS)
def test_every_day_lies_in_its_period_and_in_no_neighbour(kind: PeriodKind, day: date) -> None:
    period = digests.period_of(kind, day)
    assert period.first <= day <= period.last
    assert period.moved(1).first == period.end > day
    assert period.moved(-1).end == period.first


@given(KINDS, DAYS, st.integers(-200, 200))
def test_moving_there_and_back_is_standing_still(kind: PeriodKind, day: date, steps: int) -> None:
    period = digests.period_of(kind, day)
    assert period.moved(steps).moved(-steps) == period
    assert digests.read_period(period.key) == period


def test_keys_are_as_people_write_them() -> None:
    assert digests.period_of(PeriodKind.WEEK, date(2027, 1, 3)).key == "2026-W53"
    assert digests.period_of(PeriodKind.WEEK, date(2026, 11, 23)).key == "2026-W48"
    assert digests.period_of(PeriodKind.MONTH, date(2026, 2, 28)).key == "2026-02"


@pytest.mark.parametrize(
    "key", ["", "2026", "2026-13", "2026-00", "2026-W54", "2026-W0", "2026-2", "W-2026", "2026W48"]
)
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        digests.read_period(key)


def test_only_periods_whole_within_the_records_are_compared() -> None:
    week = digests.period_of(PeriodKind.WEEK, date(2026, 11, 23))
    assert digests.compared(week, None) == ()
    assert [each.key for each in digests.compared(week, date(2026, 11, 4))] == ["2026-W46", "2026-W47"]
    assert len(digests.compared(week, date(2026, 1, 1))) == 4
    month = digests.period_of(PeriodKind.MONTH, date(2026, 2, 1))
    assert [each.key for each in digests.compared(month, date(2025, 1, 1))] == ["2025-11", "2025-12", "2026-01"]


@given(KINDS, DAYS, st.integers(-10_000_000, 10_000_000))
def test_a_running_period_is_compared_with_as_much_of_the_others(kind: PeriodKind, day: date, seconds: int) -> None:
    period = digests.period_of(kind, day)
    earlier = [period.moved(-2), period.moved(-1)]
    now = digests.stretch_of(period, ZONE).start + timedelta(seconds=seconds)
    *before, this = digests.stretches(period, earlier, ZONE, now)
    assert this.start <= this.end <= digests.stretch_of(period, ZONE).end
    for part, whole in zip(before, earlier, strict=True):
        assert part.end <= digests.stretch_of(whole, ZONE).end
        if this.end < digests.stretch_of(period, ZONE).end:
            assert part.end - part.start <= this.end - this.start
        else:
            assert part == digests.stretch_of(whole, ZONE)


# --- topics ----------------------------------------------------------------------------------------------------------


@given(st.sampled_from(MatterKind), st.sampled_from(["", "噪声", "a:b"]), st.none() | st.integers(1, 9))
def test_a_topic_is_read_back_from_its_key(kind: MatterKind, category: str, component: int | None) -> None:
    topic = digests.topic_of(kind, category, component)
    assert digests.read_topic(topic.key) == topic


def test_a_complaint_and_a_repair_of_one_thing_are_one_topic() -> None:
    one = digests.topic_of(MatterKind.COMPLAINT, "", 7)
    assert one == digests.topic_of(MatterKind.REPAIR, "", 7)
    assert digests.topic_of(MatterKind.COMPLAINT, "", None) != digests.topic_of(MatterKind.OPINION, "", None)


# --- counts ----------------------------------------------------------------------------------------------------------

REPORTS = st.lists(
    st.builds(
        lambda case, joined, topic, hours, place: Raised(
            case, joined or case, topic, START + timedelta(hours=hours), place and place % 3, place, place
        ),
        case=st.integers(10, 10_000),
        joined=st.none() | st.integers(1, 5),
        topic=st.sampled_from([DRAIN, LIFT, Topic(MatterKind.COMPLAINT)]),
        hours=st.integers(-200, 200),
        place=st.none() | st.integers(1, 6),
    ),
    max_size=40,
    unique_by=lambda row: row.case_id,
)
PARTS = (
    Stretch(START - timedelta(days=7), START),
    Stretch(START, START + timedelta(days=7)),
)


@given(REPORTS)
def test_every_report_of_the_period_is_counted_once(rows: list[Raised]) -> None:
    parts = digests.split(rows, PARTS)
    made = digests.figures(parts, Thresholds())
    counted = sorted(case for each in made for case in each.tally.case_ids)
    assert counted == sorted(row.case_id for row in rows if PARTS[-1].start <= row.at < PARTS[-1].end)
    assert len(set(counted)) == len(counted)
    for each in made:
        assert 1 <= each.tally.matters <= each.tally.callers == len(each.tally.case_ids)
        inside = [case for _, tally in each.buildings for case in tally.case_ids]
        assert sorted(inside) == sorted(each.tally.case_ids)
        assert all(tally.matters > 1 for _, tally in each.repeat_units)


@given(REPORTS)
def test_the_order_of_the_reports_changes_nothing(rows: list[Raised]) -> None:
    def seen(given: list[Raised]) -> list[tuple[object, ...]]:
        made = digests.figures(digests.split(given, PARTS), Thresholds())
        return [(each.topic, each.tally.matters, each.history, each.trend, each.kept) for each in made]

    assert seen(rows) == seen(rows[::-1])


def test_forty_callers_of_one_burst_pipe_are_one_matter() -> None:
    rows = [Raised(case, 1, DRAIN, START, 3, case, case) for case in range(1, 41)]
    (figure,) = digests.figures([rows], Thresholds())
    assert (figure.tally.matters, figure.tally.callers, figure.homes) == (1, 40, 40)
    assert figure.kept == ()


def test_a_place_where_it_comes_back_is_named() -> None:
    before = [Raised(1, 1, DRAIN, START, 3, 12, 12)]
    now = [Raised(2, 2, DRAIN, START, 3, 12, 12), Raised(3, 3, DRAIN, START, 3, 13, 13)]
    (figure,) = digests.figures([before, now], Thresholds())
    assert [(unit, tally.case_ids) for unit, tally in figure.repeat_units] == [(12, (1, 2))]


# --- trend and rule --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "history", "expected"),
    [
        (5, (), Trend.UNKNOWN),
        (2, (0, 0), Trend.NEW),
        (0, (0, 0), Trend.STEADY),
        (3, (2, 2, 2, 2), Trend.RISING),
        (2, (2, 2, 2, 2), Trend.STEADY),
        (4, (1, 1, 1, 5), Trend.STEADY),  # far above the mean, yet fewer than last time
        (2, (3, 3, 3, 3), Trend.FALLING),
        (0, (1, 0), Trend.STEADY),
        (0, (0, 1), Trend.FALLING),
    ],
)
def test_trends(now: int, history: tuple[int, ...], expected: Trend) -> None:
    assert digests.trend(now, history, 50) is expected


@given(st.integers(0, 50), st.lists(st.integers(0, 50), max_size=4), st.integers(1, 200))
def test_more_never_looks_like_less(now: int, history: list[int], percent: int) -> None:
    order = [Trend.FALLING, Trend.STEADY, Trend.RISING, Trend.NEW]
    one, more = (digests.trend(count, history, percent) for count in (now, now + 1))
    if Trend.UNKNOWN not in (one, more):
        assert order.index(more) >= order.index(one)


def test_when_something_counts_as_kept_being_raised() -> None:
    limits = Thresholds()
    assert digests.kept_raised(3, 2, Trend.STEADY, limits) == (Kept.OFTEN,)
    assert digests.kept_raised(3, 1, Trend.STEADY, limits) == ()
    assert digests.kept_raised(2, 2, Trend.STEADY, limits) == ()
    assert digests.kept_raised(2, 1, Trend.RISING, limits) == (Kept.RISING,)
    assert digests.kept_raised(1, 1, Trend.RISING, limits) == ()
    assert digests.kept_raised(5, 4, Trend.RISING, limits) == (Kept.OFTEN, Kept.RISING)
    assert digests.kept_raised(3, 2, Trend.STEADY, Thresholds(least_matters=4)) == ()


# --- the answers -----------------------------------------------------------------------------------------------------

NOW = START + timedelta(days=5)


def course(case_id: int, **changes: object) -> Course:
    return Course(case_id, DRAIN, True, START, **changes)  # type: ignore[arg-type]


def test_promised_times_kept_missed_and_not_decided() -> None:
    due = START + timedelta(hours=4)
    found = responses.response(
        [
            course(1, due_at=due, result_at=due),
            course(2, due_at=due, result_at=due + timedelta(seconds=1)),
            course(3, due_at=due),
            course(4, due_at=due, still=True),
            course(5, due_at=NOW + timedelta(hours=1)),
            course(6, result_at=due),
        ],
        [],
        NOW,
    )
    assert (found.kept, found.missed, found.kept_percent) == ((1,), (2, 3), 33)
    assert (found.answered, found.median) == ((1, 2, 6), timedelta(hours=4))


def test_nothing_decided_is_no_share() -> None:
    found = responses.response([course(1)], [], NOW)
    assert (found.kept_percent, found.median, found.rating) == (None, None, None)


def test_replies_are_owed_to_every_caller_and_results_belong_to_the_matter() -> None:
    joined = Course(2, DRAIN, False, START, result_at=START, owed=True)
    found = responses.response([course(1, owed=True, reopened=1), joined], [], NOW)
    assert (found.owed, found.answered, found.reopened) == ((1, 2), (), (1,))


def test_complaints_by_level_and_what_was_said() -> None:
    found = responses.response(
        [course(1, level=0), course(2, level=2), course(3, level=0), course(4)],
        [Rating(1, DRAIN, 5), Rating(9, DRAIN, 2)],
        NOW,
    )
    assert found.levels == ((0, (1, 3)), (2, (2,)))
    assert (found.rating, found.rated) == (3.5, (1, 9))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_the_median_has_as_many_below_as_above(hours: list[int]) -> None:
    found = responses.response(
        [course(at, result_at=START + timedelta(hours=each)) for at, each in enumerate(hours)], [], NOW
    ).median
    assert found is not None
    spans = [timedelta(hours=each) for each in hours]
    assert sum(each < found for each in spans) <= len(spans) / 2 >= sum(each > found for each in spans)


def test_each_topic_by_itself() -> None:
    lift = Course(2, LIFT, True, START, result_at=START + timedelta(hours=2))
    found = responses.response_by_topic([course(1), lift], [Rating(3, DRAIN, 4)], NOW)
    assert found[DRAIN].rating == 4
    assert found[LIFT].median == timedelta(hours=2)
    assert found[DRAIN].answered == ()
