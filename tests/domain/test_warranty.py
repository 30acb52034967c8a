"""Warranty: component terms over dates (Regulation on the Quality Management of Construction Projects, art. 40)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.warranty import (
    UNKNOWN,
    Dates,
    Season,
    SeasonKind,
    Seasons,
    Term,
    Terms,
    Warranty,
    WarrantyState,
    add_months,
    ends_on,
    judge,
)

TWO_YEARS = Term(months=24)
TWO_WINTERS, TWO_SUMMERS = Term(seasons=2), Term(seasons=2, season=SeasonKind.COOLING)
DESIGN_LIFE = Term()
SEASONS = Seasons()

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
TERM = st.one_of(
    st.builds(Term, months=st.integers(1, 120)),
    st.builds(Term, seasons=st.integers(1, 5), season=st.sampled_from(SeasonKind)),
    st.just(DESIGN_LIFE),
)
TERMS = st.builds(Terms, st.none() | TERM, st.none() | TERM)
DATES = st.builds(Dates, st.none() | DAYS, st.none() | DAYS)
# Days of any month that every year has; a season may run over New Year.
MONTH_AND_DAY = st.tuples(st.integers(1, 12), st.integers(1, 28))
SEASON = st.builds(Season, MONTH_AND_DAY, MONTH_AND_DAY)


def delivered(on: date | None, term: Term | None = TWO_YEARS, *, today: date = date(2026, 11, 23)) -> Warranty:
    """The verdict by one term from the delivery alone."""
    return judge(Terms(own=term), Dates(on), today)


# --- months ----------------------------------------------------------------------------------------------------------


def test_two_years_from_delivery_end_on_the_same_day_two_years_on() -> None:
    found = delivered(date(2025, 3, 15))
    assert found.state is WarrantyState.WITHIN
    assert found.ends_on == date(2027, 3, 15)


@pytest.mark.parametrize(
    ("today", "state", "days_left"),
    [
        (date(2027, 3, 13), WarrantyState.WITHIN, 2),
        (date(2027, 3, 15), WarrantyState.WITHIN, 0),
        (date(2027, 3, 16), WarrantyState.PAST, 0),
    ],
)
def test_the_last_day_still_counts(today: date, state: WarrantyState, days_left: int) -> None:
    found = delivered(date(2025, 3, 15), today=today)
    assert (found.state, found.days_left) == (state, days_left)


@pytest.mark.parametrize(
    ("start", "months", "ends"),
    [
        (date(2024, 2, 29), 24, date(2026, 2, 28)),  # no such day in 2026: the month's last
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
    ],
)
def test_a_term_that_ends_on_a_day_which_its_month_lacks_ends_on_the_months_last(
    start: date, months: int, ends: date
) -> None:
    assert delivered(start, Term(months=months)).ends_on == ends


@given(start=DAYS, months=st.integers(1, 600))
def test_months_are_added_to_the_calendar(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


# --- seasons ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "ends"),
    [
        (date(2024, 10, 1), date(2026, 3, 15)),  # seasons 2024/25 and 2025/26
        (date(2024, 11, 14), date(2026, 3, 15)),
        (date(2024, 11, 15), date(2026, 3, 15)),  # on its first day the whole season is still to come
        (date(2024, 11, 16), date(2027, 3, 15)),  # a season already begun is not a whole one
        (date(2025, 1, 1), date(2027, 3, 15)),
        (date(2025, 3, 15), date(2027, 3, 15)),  # its last day
        (date(2025, 3, 16), date(2027, 3, 15)),
    ],
)
def test_heating_counts_whole_seasons_over_new_year(on: date, ends: date) -> None:
    assert delivered(on, TWO_WINTERS).ends_on == ends


@pytest.mark.parametrize(
    ("on", "ends"),
    [
        (date(2024, 4, 1), date(2025, 9, 30)),
        (date(2024, 6, 1), date(2025, 9, 30)),
        (date(2024, 6, 2), date(2026, 9, 30)),
        (date(2024, 9, 30), date(2026, 9, 30)),
    ],
)
def test_cooling_counts_whole_seasons_within_a_year(on: date, ends: date) -> None:
    assert delivered(on, TWO_SUMMERS).ends_on == ends


def test_a_season_that_ends_in_february_ends_on_its_last_day_of_any_year() -> None:
    seasons = Seasons(heating=Season((11, 15), (2, 29)))
    assert ends_on(Term(seasons=1), date(2026, 11, 1), seasons) == date(2027, 2, 28)
    assert ends_on(Term(seasons=2), date(2026, 11, 1), seasons) == date(2028, 2, 29)


@given(start=DAYS, count=st.integers(1, 5), season=SEASON)
def test_so_many_whole_seasons_and_no_more(start: date, count: int, season: Season) -> None:
    end = ends_on(Term(seasons=count), start, Seasons(heating=season))
    assert end is not None and (end.month, end.day) == season.last
    wraps = season.last < season.first
    begun = [
        date(year, *season.first)
        for year in range(start.year, end.year + 1)
        if date(year, *season.first) >= start and date(year + wraps, *season.last) <= end
    ]
    assert len(begun) == count


# --- what nobody knows, and what never ends --------------------------------------------------------------------------


def test_nothing_is_assumed_without_a_date_or_a_term() -> None:
    assert delivered(None) == UNKNOWN
    assert delivered(date(2025, 1, 1), None) == UNKNOWN


def test_the_design_life_does_not_end_here() -> None:
    found = delivered(date(1995, 1, 1), DESIGN_LIFE)
    assert (found.state, found.ends_on, found.days_left) == (WarrantyState.WITHIN, None, None)


def test_the_builders_term_alone_says_within_but_never_past() -> None:
    accepted = Dates(accepted_on=date(2025, 3, 15))
    assert judge(Terms(TWO_YEARS), accepted, date(2027, 3, 15)).state is WarrantyState.WITHIN
    assert judge(Terms(TWO_YEARS), accepted, date(2027, 3, 16)) == UNKNOWN


@given(terms=TERMS, accepted=st.none() | DAYS, today=DAYS)
def test_an_unknown_delivery_is_never_past(terms: Terms, accepted: date | None, today: date) -> None:
    assert judge(terms, Dates(None, accepted), today).state is not WarrantyState.PAST


# --- the longest wins ------------------------------------------------------------------------------------------------


def test_the_longer_of_delivery_and_acceptance_wins() -> None:
    for dates in (Dates(date(2024, 6, 1), date(2023, 1, 1)), Dates(date(2023, 1, 1), date(2024, 6, 1))):
        assert judge(Terms(TWO_YEARS), dates, date(2026, 1, 1)).ends_on == date(2026, 6, 1)


def test_the_legal_minimum_wins_over_a_shorter_term_of_the_sites_own() -> None:
    shorter, longer = Term(months=12), Term(months=60)
    start = Dates(date(2025, 3, 15))
    assert judge(Terms(shorter, TWO_YEARS), start, date(2026, 11, 23)).ends_on == date(2027, 3, 15)
    assert judge(Terms(longer, TWO_YEARS), start, date(2026, 11, 23)).ends_on == date(2030, 3, 15)


@given(terms=TERMS, dates=DATES, today=DAYS, seasons=st.builds(Seasons, SEASON, SEASON))
def test_it_ends_with_the_longest_of_all_terms_from_all_dates(
    terms: Terms, dates: Dates, today: date, seasons: Seasons
) -> None:
    found = judge(terms, dates, today, seasons)
    ends = [ends_on(term, start, seasons) for term in terms.known() for start in dates.known()]
    if found.state is WarrantyState.UNKNOWN:
        assert not ends or dates.delivered_on is None
    elif None in ends:
        assert found == Warranty(WarrantyState.WITHIN)
    else:
        end = max(day for day in ends if day is not None)
        assert (found.ends_on, found.days_left) == (end, max((end - today).days, 0))
        assert (found.state is WarrantyState.WITHIN) == (today <= end)


# --- monotone --------------------------------------------------------------------------------------------------------

LATER = st.integers(0, 2000).map(lambda days: timedelta(days=days))


@given(terms=TERMS, dates=DATES, today=DAYS, later=LATER)
def test_what_is_past_stays_past(terms: Terms, dates: Dates, today: date, later: timedelta) -> None:
    one, other = judge(terms, dates, today), judge(terms, dates, today + later)
    if one.state is WarrantyState.PAST:
        assert other.state is WarrantyState.PAST
    if other.state is WarrantyState.WITHIN:
        assert one.state is WarrantyState.WITHIN
    if one.days_left is not None and other.days_left is not None:
        assert other.days_left == max(one.days_left - later.days, 0)


def _end(found: Warranty) -> date:
    return found.ends_on or date.max


@given(terms=TERMS, day=DAYS, accepted=st.none() | DAYS, today=DAYS, later=LATER)
def test_a_later_date_never_ends_earlier(
    terms: Terms, day: date, accepted: date | None, today: date, later: timedelta
) -> None:
    one = judge(terms, Dates(day, accepted), today)
    other = judge(terms, Dates(day + later, accepted), today)
    assert _end(one) <= _end(other)


@given(dates=DATES, today=DAYS, shorter=st.integers(1, 60), more=st.integers(0, 60), least=st.none() | TERM)
def test_a_longer_term_never_ends_earlier(
    dates: Dates, today: date, shorter: int, more: int, least: Term | None
) -> None:
    one = judge(Terms(Term(months=shorter), least), dates, today)
    other = judge(Terms(Term(months=shorter + more), least), dates, today)
    if WarrantyState.UNKNOWN not in (one.state, other.state):
        assert _end(one) <= _end(other)
    assert not (one.state is WarrantyState.WITHIN and other.state is not WarrantyState.WITHIN)


@given(terms=TERMS, dates=DATES, today=DAYS, least=TERM)
def test_a_legal_minimum_takes_nothing_away(terms: Terms, dates: Dates, today: date, least: Term) -> None:
    without = judge(Terms(terms.own), dates, today)
    if without.state is WarrantyState.WITHIN:
        assert judge(Terms(terms.own, least), dates, today).state is WarrantyState.WITHIN
