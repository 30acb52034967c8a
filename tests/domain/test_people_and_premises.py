"""Numbers, names and units as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.access import ROLE_PERMISSIONS, Actor, Forbidden, Permission, Role, require
from frontdesk.domain.people import fold_name, mask_phone, normalise_phone
from frontdesk.domain.premises import UnitName, parse_unit


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138 0000 2210", "13800002210"),
        ("+86 138-0000-2210", "13800002210"),
        ("008613800002210", "13800002210"),
        ("１３８００００２２１０", "13800002210"),
        ("0571-8888 1234", "057188881234"),
        ("8888 1234", "88881234"),
        ("86001234", "86001234"),
        ("110", ""),
        ("没有", ""),
        ("1" * 40, ""),
    ],
)
def test_a_number_is_compared_by_its_digits(text: str, digits: str) -> None:
    assert normalise_phone(text) == digits


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_however_a_mobile_is_written_it_is_the_same(number: str) -> None:
    spaced = f"+86 {number[:3]} {number[3:7]}-{number[7:]}"
    assert normalise_phone(spaced) == normalise_phone(number) == number


@given(st.from_regex(r"[0-9]{5,15}", fullmatch=True))
def test_a_masked_number_does_not_give_the_number_away(number: str) -> None:
    masked = mask_phone(number)
    assert number not in masked
    assert "*" in masked
    assert sum(sign.isdigit() for sign in masked) <= 7


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3-2-1201", UnitName("3", "2", "1201")),
        ("3栋2单元1201", UnitName("3", "2", "1201")),
        ("3栋 2单元 1201室", UnitName("3", "2", "1201")),
        ("3#1201", UnitName("3", "", "1201")),
        ("３－２－１２０１", UnitName("3", "2", "1201")),
        ("a座1203", UnitName("A", "", "1203")),
    ],
)
def test_a_unit_is_read_as_people_write_it(text: str, unit: UnitName) -> None:
    assert parse_unit(text) == unit


@pytest.mark.parametrize("text", ["", "王先生", "3", "三栋", "3-2-1201-9", "x" * 500])
def test_what_is_no_unit_is_not_guessed(text: str) -> None:
    assert parse_unit(text) is None


@given(st.integers(1, 99), st.integers(1, 9), st.integers(101, 3999))
def test_a_units_label_reads_as_the_unit(building: int, stair: int, room: int) -> None:
    unit = UnitName(str(building), str(stair), str(room))
    assert parse_unit(unit.label) == unit


def test_names_are_compared_without_spaces_and_case() -> None:
    assert fold_name(" Ａnna 李 ") == fold_name("anna李")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_only_who_may_passes(role: Role, permission: Permission) -> None:
    actor = Actor(1, "somebody", role)
    if permission in ROLE_PERMISSIONS[role]:
        require(actor, permission)
        assert actor.may(permission)
    else:
        with pytest.raises(Forbidden):
            require(actor, permission)
