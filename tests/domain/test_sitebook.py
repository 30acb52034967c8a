"""The table of sheets is whole; homes are made as a building's plan says; rules are read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontdesk.domain import components, homes, house_rules
from frontdesk.domain.choices import CLASS_WORDS, DUTIES, RELATION_WORDS, ROUTE_WORDS, URGENCY_WORDS, WarrantyClass
from frontdesk.domain.deadlines import WITHOUT_PROMISE, Urgency
from frontdesk.domain.homes import BadPattern, BadRange, UnitPlan
from frontdesk.domain.house_rules import RULES, HouseRules, WrongValue, from_texts, normalise, to_texts
from frontdesk.domain.people import Relation
from frontdesk.domain.premises import parse_unit
from frontdesk.domain.routing import Duty, Route
from frontdesk.domain.sitebook import SHEETS, ColumnKind, SheetKey, in_order_of_links

PLANS = st.builds(
    UnitPlan,
    stairs=st.integers(0, 4),
    floors=st.integers(1, 40),
    homes=st.integers(1, 30),
    pattern=st.sampled_from(
        ["{floor}{home:02}", "{floor:02}{home:02}", "{floor}{letter}", "{stair}{floor:02}{home:02}"]
    ),
    no_floors=st.frozensets(st.integers(1, 40), max_size=6),
    no_homes=st.frozensets(st.integers(1, 30), max_size=4),
)


def test_every_sheet_is_whole() -> None:
    assert list(SHEETS) == list(SheetKey)
    for sheet in SHEETS.values():
        keys = [column.key for column in sheet.columns]
        assert len(set(keys)) == len(keys), sheet.key
        assert set(sheet.identity) <= set(keys), sheet.key
        titles = [column.title for column in sheet.columns]
        assert len(set(titles)) == len(titles), sheet.key
        for column in sheet.columns:
            assert (column.kind is ColumnKind.LINK) == (column.link is not None), column
            assert (column.kind is ColumnKind.CHOICE) == bool(column.choices), column
            assert not column.several or column.kind is ColumnKind.PHONE, column


def test_sheets_come_after_those_that_they_name() -> None:
    order = in_order_of_links()
    assert sorted(order) == sorted(SHEETS)
    for key in order:
        assert all(order.index(link) < order.index(key) for link in SHEETS[key].links), key


def test_what_may_be_chosen_is_worded() -> None:
    assert set(ROUTE_WORDS) == set(Route) - WITHOUT_PROMISE
    assert set(URGENCY_WORDS) == set(Urgency)
    assert set(RELATION_WORDS) == set(Relation)
    assert set(CLASS_WORDS) == set(WarrantyClass)
    assert [choice.code for choice in DUTIES] == list(Duty)


def test_each_class_has_its_legal_minimum() -> None:
    assert set(components.LEGAL_MINIMUM) == set(WarrantyClass) - {WarrantyClass.NONE}
    assert all(components.class_of(term) is kind for kind, term in components.LEGAL_MINIMUM.items())
    assert components.class_of(None) is WarrantyClass.NONE


# --- homes -----------------------------------------------------------------------------------------------------------


def test_homes_of_a_house() -> None:
    plan = UnitPlan(2, 6, 2, no_floors=homes.numbers(["1", "4"]), no_homes=homes.numbers(["1"]))
    labels = [home.name.label for home in homes.homes("3", plan)]
    assert labels[:4] == ["3栋1单元202", "3栋1单元203", "3栋1单元302", "3栋1单元303"]
    assert labels[-1] == "3栋2单元603"
    assert len(labels) == homes.count(plan) == 16


def test_a_house_with_one_stair_names_none() -> None:
    assert [home.name.label for home in homes.homes("A", UnitPlan(0, 1, 2, "{floor:02}{letter}"))] == [
        "A栋01A",
        "A栋01B",
    ]
    assert [name.label for name in homes.common_parts("3", 2)] == ["3栋", "3栋1单元", "3栋2单元"]


@given(PLANS)
def test_a_plan_makes_what_it_counts_and_no_number_twice(plan: UnitPlan) -> None:
    assume(homes.count(plan) <= 2_000)
    made = homes.homes("3", plan)
    assert len(made) == homes.count(plan)
    assert len({home.name.label for home in made}) == len(made)
    assert not {home.floor for home in made} & plan.no_floors
    assert {home.name.stair for home in made} <= {"", *(str(stair) for stair in range(1, plan.stairs + 1))}


@given(PLANS)
def test_a_home_is_found_by_its_written_number(plan: UnitPlan) -> None:
    assume(0 < homes.count(plan) <= 500 and plan.pattern == "{floor}{home:02}")
    for home in homes.homes("3", plan):
        name = home.name
        assert parse_unit(name.label) == name
        assert parse_unit("-".join(part for part in ("3", name.stair, name.room) if part)) == name


@pytest.mark.parametrize(
    "pattern", ["", "{home:02}", "{floor}", "{floor}{house}", "{floor}{home", "{floor} {home}", "{floor.real}{home}"]
)
def test_a_pattern_that_numbers_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        homes.homes("3", UnitPlan(1, 3, 2, pattern))


def test_two_homes_with_one_number_are_refused() -> None:
    with pytest.raises(BadPattern):
        homes.homes("3", UnitPlan(1, 12, 12, "{floor}{home}"))  # 1 and 12, 11 and 2


def test_numbers_and_ranges() -> None:
    assert homes.numbers(["4", "１３", "1-2", "20～22"]) == {1, 2, 4, 13, 20, 21, 22}
    for wrong in ("top", "3-1", "1-"):
        with pytest.raises(BadRange):
            homes.numbers([wrong])


# --- rules -----------------------------------------------------------------------------------------------------------


def test_rules_as_texts_and_back() -> None:
    texts = to_texts(HouseRules())
    assert list(texts) == list(RULES)
    assert from_texts(texts) == from_texts({}) == HouseRules()
    assert all(normalise(key, text) == text for key, text in texts.items())
    assert (texts["week_5"], texts["week_6"]) == ("08:30-12:00 13:30-18:00", house_rules.DAY_OFF)


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("untold_minutes", "２５", "25"),
        ("untold_minutes", "25.0", "25"),
        ("heating_first", "11月15日", "11-15"),
        ("heating_first", "2026-11-15", "11-15"),
        ("heating_last", "2/29", "02-29"),
        ("week_1", "8：30 – 12：00，13：30～18：00", "08:30-12:00 13:30-18:00"),
        ("week_7", "休", "-"),
    ],
)
def test_rules_as_people_write_them(key: str, typed: str, kept: str) -> None:
    assert normalise(key, typed) == kept


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("untold_minutes", "soon"),
        ("untold_minutes", "0"),
        ("long_days", "61"),
        ("heating_first", "31-31"),
        ("week_1", "8:30"),
        ("week_1", "12:00-8:30"),
        ("week_1", "8:30-12:00 11:00-18:00"),
        ("week_1", "8:30-25:00"),
        ("week_1", "8:30-12:00 lunch"),
    ],
)
def test_what_is_no_value_is_refused(key: str, typed: str) -> None:
    with pytest.raises(WrongValue):
        normalise(key, typed)
