"""Routing: the table of procedure 4.1 - 4.4, unknown facts included; the golden table holds every combination."""

from __future__ import annotations

import pytest

from frontdesk.domain.paper import PaperKind
from frontdesk.domain.routing import (
    RULES,
    WHOM_TO_ASK,
    Duty,
    Fact,
    Facts,
    MatterKind,
    Place,
    Remark,
    Route,
    beside,
    decide,
    joined,
    overruled,
)
from frontdesk.domain.warranty import WarrantyState

REPAIR, OPINION = MatterKind.REPAIR, MatterKind.OPINION
WITHIN, PAST, UNKNOWN = WarrantyState.WITHIN, WarrantyState.PAST, WarrantyState.UNKNOWN


def built(home: WarrantyState, common: WarrantyState = UNKNOWN, place: Place | None = Place.HOME) -> Facts:
    """A repair of what came with the building."""
    return Facts(REPAIR, Duty.BUILT, place, home, common)


def test_4_1_1_past_warranty_goes_to_the_equipment_department_by_work_order() -> None:
    decision = decide(built(PAST))
    assert (decision.route, decision.remark, decision.paper) == (Route.WORK_ORDER, Remark.NONE, PaperKind.WORK_ORDER)
    assert (decision.clause, decision.reason) == ("4.1.1", "past_warranty")


def test_4_1_1_normal_service_does_not_ask_for_the_warranty() -> None:
    decision = decide(Facts(REPAIR, Duty.PROPERTY))
    assert (decision.route, decision.reason) == (Route.WORK_ORDER, "normal_service")


def test_4_1_3_within_warranty_is_rectification_with_a_liaison_form() -> None:
    decision = decide(built(WITHIN))
    assert (decision.route, decision.remark, decision.paper) == (
        Route.LIAISON,
        Remark.RECTIFICATION,
        PaperKind.LIAISON_FORM,
    )


@pytest.mark.parametrize("warranty", list(WarrantyState))
def test_4_1_4_an_external_unit_answers_whatever_the_warranty_says(warranty: WarrantyState) -> None:
    decision = decide(Facts(REPAIR, Duty.EXTERNAL, Place.HOME, warranty))
    assert (decision.route, decision.remark) == (Route.EXTERNAL, Remark.OTHER)


@pytest.mark.parametrize(("term", "route"), [(WITHIN, Route.EXTERNAL), (PAST, Route.WORK_ORDER)])
def test_4_1_4_the_makers_own_term_decides_about_the_makers_thing(term: WarrantyState, route: Route) -> None:
    assert decide(Facts(REPAIR, Duty.MAKER, home_warranty=WITHIN, maker_warranty=term)).route is route


@pytest.mark.parametrize(("pays", "route"), [(True, Route.WORK_ORDER), (False, Route.ANSWERED)])
def test_4_5_3_what_the_owner_put_in_is_repaired_when_paid_for(pays: bool, route: Route) -> None:
    assert decide(Facts(REPAIR, Duty.OWNER, home_warranty=WITHIN, chargeable=pays)).route is route


def test_4_2_long_matters_that_need_others_are_communication() -> None:
    decision = decide(Facts(OPINION, needs_others=True, over_two_days=True))
    assert (decision.route, decision.remark) == (Route.COMMUNICATION, Remark.COMMUNICATION)


@pytest.mark.parametrize(
    ("needs_others", "over_two_days"), [(False, None), (None, False), (False, True), (True, False)]
)
def test_4_2_other_opinions_stay_on_the_register_line(needs_others: bool | None, over_two_days: bool | None) -> None:
    decision = decide(Facts(OPINION, needs_others=needs_others, over_two_days=over_two_days))
    assert (decision.route, decision.remark) == (Route.DEPARTMENT, Remark.NONE)


@pytest.mark.parametrize(
    ("kind", "route"),
    [
        (MatterKind.COMPLAINT, Route.COMPLAINT),
        (MatterKind.SPECIAL_SERVICE, Route.SPECIAL_SERVICE),
        (MatterKind.QUESTION, Route.ANSWERED),
        (MatterKind.EMERGENCY, Route.INCIDENT),
    ],
)
def test_4_3_and_4_4_kinds_with_a_procedure_of_their_own(kind: MatterKind, route: Route) -> None:
    assert decide(Facts(kind)).route is route


def test_an_unknown_duty_is_to_be_established_and_says_whom_to_ask() -> None:
    decision = decide(Facts(REPAIR, None, Place.HOME, WITHIN))
    assert decision.route is Route.TO_ESTABLISH
    assert decision.unknown == (Fact.DUTY,)
    assert all(fact in WHOM_TO_ASK for fact in decision.unknown)


def test_an_unknown_warranty_is_asked_for_only_where_it_decides() -> None:
    assert decide(built(UNKNOWN)).unknown == (Fact.WARRANTY,)
    assert decide(Facts(REPAIR, Duty.EXTERNAL)).unknown == ()


@pytest.mark.parametrize(
    ("home", "common", "route", "asked"),
    [
        (PAST, PAST, Route.WORK_ORDER, ()),
        (WITHIN, WITHIN, Route.LIAISON, ()),
        (WITHIN, PAST, Route.TO_ESTABLISH, (Fact.PLACE,)),
        (UNKNOWN, PAST, Route.TO_ESTABLISH, (Fact.PLACE,)),
        (UNKNOWN, UNKNOWN, Route.TO_ESTABLISH, (Fact.WARRANTY,)),
    ],
)
def test_the_place_is_asked_for_where_it_decides(
    home: WarrantyState, common: WarrantyState, route: Route, asked: tuple[Fact, ...]
) -> None:
    decision = decide(built(home, common, None))
    assert (decision.route, decision.unknown) == (route, asked)


def test_chapter_3_what_broke_in_an_emergency_and_is_ours_is_repaired_at_once() -> None:
    burst = Facts(MatterKind.EMERGENCY, Duty.BUILT, Place.COMMON, common_warranty=PAST)
    second = beside(burst)
    assert second is not None and second.route is Route.WORK_ORDER
    for other in (
        Facts(MatterKind.EMERGENCY),
        Facts(MatterKind.EMERGENCY, Duty.EXTERNAL),
        Facts(MatterKind.EMERGENCY, Duty.BUILT),
        Facts(REPAIR, Duty.PROPERTY),
    ):
        assert beside(other) is None


def test_4_5_1_a_joined_matter_carries_neither_remark_nor_paper() -> None:
    decision = joined()
    assert (decision.route, decision.remark, decision.paper) == (Route.JOINED, Remark.NONE, None)


@pytest.mark.parametrize("route", list(Route))
def test_a_person_may_overrule_with_the_remark_and_paper_of_the_route(route: Route) -> None:
    decision = overruled(route)
    by_rule = {rule.route: (rule.remark, rule.paper) for rule in RULES}
    assert decision.reason == "overruled"
    assert (decision.remark, decision.paper) == by_rule.get(route, (Remark.NONE, None))
