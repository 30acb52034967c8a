"""Routing: the table of procedure 4.1 - 4.4, unknown facts included."""

from __future__ import annotations

import itertools

import pytest

from frontdesk.domain.paper import PaperKind
from frontdesk.domain.routing import (
    RULES,
    WHOM_TO_ASK,
    Duty,
    Fact,
    Facts,
    MatterKind,
    Remark,
    Route,
    decide,
    overruled,
)
from frontdesk.domain.warranty import WarrantyState

REPAIR, OPINION = MatterKind.REPAIR, MatterKind.OPINION
EVERY_FACTS = [
    Facts(*values)
    for values in itertools.product(MatterKind, [None, *Duty], WarrantyState, [None, True, False], [None, True, False])
]


def test_4_1_1_past_warranty_goes_to_the_equipment_department_by_work_order() -> None:
    decision = decide(Facts(REPAIR, Duty.BUILT, WarrantyState.PAST))
    assert (decision.route, decision.remark, decision.paper) == (Route.WORK_ORDER, Remark.NONE, PaperKind.WORK_ORDER)
    assert (decision.clause, decision.reason) == ("4.1.1", "past_warranty")


def test_4_1_1_normal_service_does_not_ask_for_the_warranty() -> None:
    decision = decide(Facts(REPAIR, Duty.PROPERTY, WarrantyState.UNKNOWN))
    assert (decision.route, decision.reason) == (Route.WORK_ORDER, "normal_service")


def test_4_1_3_within_warranty_is_rectification_with_a_liaison_form() -> None:
    decision = decide(Facts(REPAIR, Duty.BUILT, WarrantyState.WITHIN))
    assert (decision.route, decision.remark, decision.paper) == (
        Route.LIAISON,
        Remark.RECTIFICATION,
        PaperKind.LIAISON_FORM,
    )


@pytest.mark.parametrize("warranty", list(WarrantyState))
def test_4_1_4_an_external_unit_answers_whatever_the_warranty_says(warranty: WarrantyState) -> None:
    decision = decide(Facts(REPAIR, Duty.EXTERNAL, warranty))
    assert (decision.route, decision.remark) == (Route.EXTERNAL, Remark.OTHER)


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
    decision = decide(Facts(REPAIR, None, WarrantyState.WITHIN))
    assert decision.route is Route.TO_ESTABLISH
    assert decision.unknown == (Fact.DUTY,)
    assert all(fact in WHOM_TO_ASK for fact in decision.unknown)


def test_an_unknown_warranty_is_asked_for_only_where_it_decides() -> None:
    assert decide(Facts(REPAIR, Duty.BUILT)).unknown == (Fact.WARRANTY,)
    assert decide(Facts(REPAIR, Duty.EXTERNAL)).unknown == ()


@pytest.mark.parametrize("facts", EVERY_FACTS)
def test_rules_exclude_one_another_and_none_is_silent(facts: Facts) -> None:
    hits = [rule for rule in RULES if all(facts.value(fact) in allowed for fact, allowed in rule.when)]
    assert len({(rule.route, rule.remark) for rule in hits}) <= 1
    decision = decide(facts)
    assert decision.clause
    assert (decision.route is Route.TO_ESTABLISH) == (not hits)
    assert bool(decision.unknown) == (decision.route is Route.TO_ESTABLISH)


@pytest.mark.parametrize("route", list(Route))
def test_a_person_may_overrule_with_the_remark_and_paper_of_the_route(route: Route) -> None:
    decision = overruled(route)
    by_rule = {rule.route: (rule.remark, rule.paper) for rule in RULES}
    assert decision.reason == "overruled"
    assert (decision.remark, decision.paper) == by_rule.get(route, (Remark.NONE, None))
