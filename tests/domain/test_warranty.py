"""Warranty: component terms over dates (Regulation on the Quality Management of Construction Projects, art. 40)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.warranty import HEATING, Season, Term, WarrantyState, add_months, judge

TWO_YEARS = Term(months=24)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_two_years_from_delivery_end_on_the_day_before_the_anniversary() -> None:
    found = judge(TWO_YEARS, date(2025, 3, 15), None, date(2026, 11, 23))
    assert found.state is WarrantyState.WITHIN
    assert found.ends_on == date(2027, 3, 14)


@pytest.mark.parametrize(
    ("today", "state", "days_left"),
    [
        (date(2027, 3, 13), WarrantyState.WITHIN, 2),
        (date(2027, 3, 14), WarrantyState.WITHIN, 1),
        (date(2027, 3, 15), WarrantyState.PAST, 0),
    ],
)
def test_the_last_day_still_counts(today: date, state: WarrantyState, days_left: int) -> None:
    found = judge(TWO_YEARS, date(2025, 3, 15), None, today)
    assert (found.state, found.days_left) == (state, days_left)


def test_the_longer_of_delivery_and_acceptance_wins() -> None:
    late_delivery = judge(TWO_YEARS, date(2024, 6, 1), date(2023, 1, 1), date(2026, 1, 1))
    assert late_delivery.ends_on == date(2026, 5, 31)


def test_nothing_is_assumed_without_a_date_or_a_term() -> None:
    assert judge(TWO_YEARS, None, None, date(2026, 1, 1)).state is WarrantyState.UNKNOWN
    assert judge(None, date(2025, 1, 1), None, date(2026, 1, 1)).state is WarrantyState.UNKNOWN


def test_the_design_life_does_not_end_here() -> None:
    found = judge(Term(), date(1995, 1, 1), None, date(2026, 1, 1))
    assert (found.state, found.ends_on) == (WarrantyState.WITHIN, None)


@pytest.mark.parametrize(
    ("delivered", "ends"),
    [
        (date(2024, 10, 1), date(2026, 3, 15)),  # seasons 2024/25 and 2025/26
        (date(2024, 12, 1), date(2027, 3, 15)),  # a season already begun is not a whole one
        (date(2024, 11, 15), date(2026, 3, 15)),
    ],
)
def test_heating_counts_whole_seasons(delivered: date, ends: date) -> None:
    assert judge(Term(seasons=2), delivered, None, date(2025, 1, 1), HEATING).ends_on == ends


def test_a_season_within_one_year() -> None:
    cooling = Season((6, 1), (9, 30))
    assert judge(Term(seasons=2), date(2024, 4, 1), None, date(2024, 5, 1), cooling).ends_on == date(2025, 9, 30)


@given(start=DAYS, months=st.integers(1, 600))
def test_months_are_added_to_the_calendar(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@given(delivered=DAYS, accepted=DAYS, today=DAYS, months=st.integers(1, 120))
def test_within_exactly_until_the_end(delivered: date, accepted: date, today: date, months: int) -> None:
    found = judge(Term(months=months), delivered, accepted, today)
    assert found.ends_on is not None
    assert (found.state is WarrantyState.WITHIN) == (today <= found.ends_on)
    assert found.ends_on >= max(delivered, accepted) + timedelta(days=27)


@given(delivered=DAYS, today=DAYS, shorter=st.integers(1, 60), more=st.integers(0, 60))
def test_a_longer_term_never_ends_earlier(delivered: date, today: date, shorter: int, more: int) -> None:
    one = judge(Term(months=shorter), delivered, None, today)
    other = judge(Term(months=shorter + more), delivered, None, today)
    assert one.ends_on is not None
    assert other.ends_on is not None
    assert one.ends_on <= other.ends_on
