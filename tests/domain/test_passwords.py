"""Passwords and waiting times, and the tables that a new site starts from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frontdesk.domain import components
from frontdesk.domain.access import Actor, Forbidden, Permission, Role, require_any
from frontdesk.domain.paper import CODES, SERIES, PaperKind
from frontdesk.domain.passwords import Weakness, wait_after, weakness
from frontdesk.domain.people import mask_name
from frontdesk.domain.routing import Duty, Route


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("1234567", Weakness.TOO_SHORT),
        ("        ", Weakness.ONE_CHARACTER),
        ("12345678", Weakness.A_RUN),
        ("hgfedcba", Weakness.A_RUN),
        ("qwertyuiop", Weakness.A_RUN),
        ("abcabcabc", Weakness.A_RUN),
        ("Passw0rd", Weakness.A_RUN),
        ("Lin.Ruoxi", Weakness.SAME_AS_NAME),
        ("lin . ruoxi", Weakness.SAME_AS_NAME),
        ("不高兴就不说话了", None),
        ("correct horse", None),
    ],
)
def test_what_is_wrong_with_a_password(password: str, found: Weakness | None) -> None:
    assert weakness(password, "lin.ruoxi", "林若溪") is found


def test_the_first_failures_are_free_and_the_wait_grows_to_an_end() -> None:
    seconds = [wait_after(failures) // timedelta(seconds=1) for failures in range(10)]
    assert seconds == [0, 0, 0, 5, 15, 30, 60, 300, 300, 300]


@pytest.mark.parametrize(("name", "masked"), [("沈知夏", "沈**"), ("Anna", "A**"), ("  ", ""), ("𠮷野", "𠮷**")])
def test_a_name_is_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_one_of_several_permissions_lets_pass() -> None:
    guard = Actor(1, "", Role.GUARD)
    require_any(guard, Permission.TAKE_CALLS, Permission.SEE_VISITS)
    with pytest.raises(Forbidden) as refused:
        require_any(guard, Permission.TAKE_CALLS, Permission.PRINT)
    assert refused.value.permission is Permission.TAKE_CALLS


def test_every_component_leads_to_somebody_who_is_there() -> None:
    departments = {row.code for row in components.DEPARTMENTS}
    externals = {row.code for row in components.EXTERNAL_UNITS}
    assert len({row.code for row in components.COMPONENTS}) == len(components.COMPONENTS)
    for row in components.COMPONENTS:
        assert row.department in departments, row.code
        assert (row.external in externals) == (row.duty is Duty.EXTERNAL), row.code
        assert (row.term is not None) == (row.duty is Duty.BUILT), row.code


def test_every_route_but_the_unknown_and_the_joined_has_a_department() -> None:
    codes = {row.code for row in components.DEPARTMENTS}
    without = {route for route in Route if components.ROUTE_DEPARTMENTS.get(route) not in codes}
    assert without == {Route.TO_ESTABLISH, Route.JOINED}


def test_no_built_components_term_is_shorter_than_the_law() -> None:
    """Regulation on the Quality Management of Construction Projects, article 40."""
    terms = {row.code: row.term for row in components.COMPONENTS if row.duty is Duty.BUILT}
    for code, term in terms.items():
        assert term is not None
        years = {"roof": 60, "facade": 60, "wet_room": 60}.get(code, 24)
        assert term.seasons >= 2 or term.months >= years or term == components.DESIGN_LIFE, code


def test_every_paper_has_a_series_and_a_code_of_its_own() -> None:
    assert set(SERIES) == set(CODES) == set(PaperKind)
    assert len(set(SERIES.values())) == len(set(CODES.values())) == len(PaperKind)
