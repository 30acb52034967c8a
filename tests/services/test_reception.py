"""Taking calls: who it may be, where the matter goes, and what is on record afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.cases import CaseState
from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.paper import PaperKind
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Ask, Duty, Fact, MatterKind, Remark, Route
from frontdesk.services import drafts, reception
from frontdesk.services.errors import BadInput, NotFound, Problem
from frontdesk.services.site import Site
from frontdesk.services.views import Logged, MatterDraft, Overrule
from frontdesk.storage import models as m
from tests.services import house_kit as kit
from tests.services.house_kit import House
from tests.services.lobby_kit import audited, with_clock


def rows(site: Site, model: type) -> int:
    with site.store.read() as unit:
        return unit.count(model.select())  # type: ignore[attr-defined]


def at_once(act: Callable[[Site], Any], desks: list[Site]) -> list[Any]:
    """What each desk got when all acted at the same instant, each in a thread of its own."""
    start = threading.Barrier(len(desks))

    def one(site: Site) -> Any:
        start.wait()
        return act(site)

    with ThreadPoolExecutor(len(desks)) as pool:
        return list(pool.map(one, desks))


# --- who it may be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["13800002210", "+86 138 0000 2210", "0086-138-0000-2210", "１３８００００２２１０"])
def test_a_registered_number_in_any_writing_finds_its_owner(house: House, number: str) -> None:
    (caller,) = reception.find_callers(house.site, house.desk, number)
    assert (caller.name, caller.unit.label) == (kit.OWNER, kit.OLD_HOME)
    assert caller.phone == "138****2210"


@pytest.mark.parametrize("number", ["13800002211", "2210", "", "无号码"])
def test_a_number_that_is_not_registered_finds_nobody(house: House, number: str) -> None:
    assert reception.find_callers(house.site, house.desk, number) == ()


@pytest.mark.parametrize("text", ["沈知", "知夏", "沈 知夏", "3-2-1201", "3栋2单元1201", "3#1201", "2210", "1380000"])
def test_people_are_found_by_name_unit_and_number(house: House, text: str) -> None:
    assert [view.name for view in reception.find_people(house.site, house.desk, text)] == [kit.OWNER]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "王", "9-9-999"])
def test_nothing_and_wildcards_find_nobody(house: House, text: str) -> None:
    assert reception.find_people(house.site, house.desk, text) == ()


def test_somebody_who_moved_out_is_not_found_by_number_or_unit(house: House) -> None:
    with house.site.store.write() as unit:
        unit.run(m.Residency.update(moved_out=house.site.today()))
    assert reception.find_callers(house.site, house.desk, kit.NUMBER) == ()
    assert reception.find_people(house.site, house.desk, "3-2-1201") == ()


def test_a_caller_comes_with_what_was_reported_before(house: House) -> None:
    numbers = [house.log().record_no for _ in range(7)]
    (caller,) = reception.find_callers(house.site, house.desk, kit.NUMBER)
    assert caller.past_count == 7
    assert [line.number for line in caller.past] == numbers[:1:-1]


@pytest.mark.parametrize("text", ["1-302", "1栋1单元302", "302", "1#302"])
def test_units_are_found_in_any_writing(house: House, text: str) -> None:
    assert [view.label for view in reception.find_units(house.site, house.desk, text)] == [kit.NEW_HOME]


def test_a_number_in_full_needs_a_reason_and_leaves_a_trace(house: House) -> None:
    with pytest.raises(BadInput):
        reception.reveal_phone(house.site, house.desk, house.owner, "  ")
    assert audited(house.site, "phone.revealed") == 0
    assert reception.reveal_phone(house.site, house.desk, house.owner, "师傅要联系") == "138 0000 2210"
    assert audited(house.site, "phone.revealed") == 1


@pytest.mark.parametrize("role", [Role.GUARD, Role.DEPARTMENT, Role.AUDITOR])
def test_who_has_no_business_with_residents_sees_none(house: House, role: Role) -> None:
    outsider = Actor(99, "somebody", role)
    for look in (reception.find_callers, reception.find_people):
        with pytest.raises(Forbidden):
            look(house.site, outsider, kit.NUMBER)
    with pytest.raises(Forbidden):
        reception.reveal_phone(house.site, outsider, house.owner, "好奇")
    with pytest.raises(Forbidden):
        reception.log_call(house.site, outsider, house.call())


# --- where it goes ---------------------------------------------------------------------------------------------------


def test_4_1_1_past_warranty_makes_a_work_order(house: House) -> None:
    route = reception.preview_route(house.site, house.desk, house.leak(), house.homes[kit.OLD_HOME])
    assert (route.route, route.reason, route.clause) == (Route.WORK_ORDER, "past_warranty", "4.1.1")
    assert route.department is not None and route.department.name == "设备管理部"
    assert str(route.warranty_ends_on) == "2021-06-18"
    assert len(route.copies) == 4


def test_4_1_3_within_warranty_makes_a_liaison_form_with_its_remark(house: House) -> None:
    route = reception.preview_route(house.site, house.desk, house.leak(), house.homes[kit.NEW_HOME])
    assert (route.route, route.remark, route.paper) == (
        Route.LIAISON,
        Remark.RECTIFICATION,
        PaperKind.LIAISON_FORM,
    )
    assert route.department is not None and route.department.name == "开发企业项目部"


def test_4_1_4_an_external_units_repair_names_it_and_its_own_promise(house: House) -> None:
    matter = MatterDraft(content="上不了网", component_id=house.components["broadband"])
    route = reception.preview_route(house.site, house.desk, matter)
    assert (route.route, route.remark) == (Route.EXTERNAL, Remark.OTHER)
    assert route.external is not None and route.external.name == "宽带运营商"
    assert route.due_at == house.clock() + timedelta(hours=24)


def test_4_5_3_an_unknown_delivery_date_stays_unknown_and_says_whom_to_ask(house: House) -> None:
    route = reception.preview_route(house.site, house.desk, house.leak(), house.homes[kit.UNKNOWN_HOME])
    assert (route.route, route.unknown) == (Route.TO_ESTABLISH, ((Fact.WARRANTY, Ask.OFFICE),))
    assert route.due_at is None


def test_a_typed_fact_wins_over_what_the_site_knows(house: House) -> None:
    matter = house.leak(duty=Duty.PROPERTY)
    route = reception.preview_route(house.site, house.desk, matter, house.homes[kit.NEW_HOME])
    assert (route.route, route.reason) == (Route.WORK_ORDER, "normal_service")


def test_a_repair_without_component_is_to_be_established(house: House) -> None:
    route = reception.preview_route(house.site, house.desk, MatterDraft(content="漏水"), house.homes[kit.OLD_HOME])
    assert route.route is Route.TO_ESTABLISH
    assert Fact.DUTY in dict(route.unknown)


def test_the_promise_leaves_lunch_out(house: House) -> None:
    soon = house.leak(urgency=Urgency.SOON)
    route = reception.preview_route(house.site, house.desk, soon, house.homes[kit.OLD_HOME])
    # Three hours from ten, half past twelve to half past one left out.
    assert route.due_at == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def test_an_overruling_keeps_what_the_rule_said(house: House) -> None:
    case = house.log(house.leak(overrule=Overrule(Route.EXTERNAL, "业主自装软管")))
    assert (case.route.route, case.route.rule_route) == (Route.EXTERNAL, Route.WORK_ORDER)
    assert case.route.overruled_reason == "业主自装软管"
    assert case.papers == ()


def test_an_overruling_needs_a_reason_and_the_right_to(house: House) -> None:
    with pytest.raises(BadInput) as refused:
        house.log(house.leak(overrule=Overrule(Route.EXTERNAL, " ")))
    assert (refused.value.field, refused.value.matter) == ("overrule", 0)


# --- on record -------------------------------------------------------------------------------------------------------


def test_a_call_becomes_a_register_line_a_route_and_a_numbered_paper(house: House) -> None:
    logged = reception.log_call(house.site, house.desk, house.call())
    (case,) = logged.cases
    assert logged.contact_no == case.record_no == "CV-202611-0001"
    (paper,) = case.papers
    assert (paper.kind, paper.number, paper.printable) == (PaperKind.WORK_ORDER, "WO-202611-0001", True)
    assert (case.state, case.where) == (CaseState.OPEN, "3栋2单元1201 · 厨房")
    assert (case.caller, case.phone) == (kit.OWNER, "138****2210")
    assert [event.kind for event in case.events] == ["logged", "routed", "paper_issued"]


def test_every_matter_of_a_call_has_a_line_of_its_own(house: House) -> None:
    logged = reception.log_call(house.site, house.desk, house.call(house.leak(), kit.question(), house.leak()))
    assert [case.record_no for case in logged.cases] == ["CV-202611-0001", "CV-202611-0002", "CV-202611-0003"]
    assert [case.route.route for case in logged.cases] == [Route.WORK_ORDER, Route.ANSWERED, Route.WORK_ORDER]


def test_an_answer_on_the_spot_completes_its_line_in_the_same_act(house: House) -> None:
    case = house.log(kit.question())
    assert (case.state, case.papers) == (CaseState.COMPLETED, ())
    assert [event.kind for event in case.events] == ["logged", "routed", "reply", "completed"]
    assert all(done for _, done in case.demands)


def test_a_question_without_an_answer_stays_open(house: House) -> None:
    case = house.log(kit.question(answer=""))
    assert (case.state, case.route.route) == (CaseState.OPEN, Route.ANSWERED)


def test_an_answer_that_is_no_answer_to_a_question_is_not_lost(house: House) -> None:
    case = house.log(house.leak(answer="请先关角阀"))
    assert "请先关角阀" in case.events[0].text


def test_the_matching_number_is_looked_up_and_not_believed(house: House) -> None:
    assert house.log().verification is Verification.NUMBER_MATCHES
    elsewhere = house.log(number="13900001234", verification=Verification.NUMBER_MATCHES)
    assert elsewhere.verification is Verification.UNVERIFIED


def test_finishing_twice_gives_the_same_answer_and_one_line(house: House) -> None:
    call = house.call()
    first = reception.log_call(house.site, house.desk, call)
    again = reception.log_call(house.site, house.desk, replace(call, caller_name="别人"))
    assert again == first
    assert (rows(house.site, m.Contact), rows(house.site, m.Case), rows(house.site, m.Paper)) == (1, 1, 1)


def test_two_desks_at_the_same_instant_make_one_line_for_a_token(house: House, connect: Callable[[], Site]) -> None:
    desks = [house.site, with_clock(connect(), house.clock)]
    call = house.call()
    logged = at_once(lambda site: reception.log_call(site, house.desk, call), desks)
    assert logged[0].contact_no == logged[1].contact_no
    assert rows(house.site, m.Contact) == 1


def test_two_desks_at_once_give_numbers_without_gaps(house: House, connect: Callable[[], Site]) -> None:
    desks = [house.site, with_clock(connect(), house.clock)]
    calls = {id(site): [house.call() for _ in range(8)] for site in desks}

    def take_calls(site: Site) -> list[Logged]:
        return [reception.log_call(site, house.desk, call) for call in calls[id(site)]]

    numbers = [logged.contact_no for each in at_once(take_calls, desks) for logged in each]
    assert sorted(numbers) == [f"CV-202611-{running:04d}" for running in range(1, 17)]


def test_a_call_that_fails_leaves_no_gap(house: House) -> None:
    house.log()
    with pytest.raises(NotFound):
        house.log(house.leak(), house.leak(component_id=999))
    assert house.log().record_no == "CV-202611-0002"


def test_numbers_start_again_with_the_sites_own_month(house: House) -> None:
    house.log()
    house.clock.now = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)  # one in the morning of December at the site
    case = house.log(started_at=house.clock())
    assert (case.record_no, case.papers[0].number) == ("CV-202612-0001", "WO-202612-0001")


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"content": " \n"}, "content", Problem.EMPTY),
        ({"content": "水" * 4001}, "content", Problem.TOO_LONG),
        ({"agreed_at": datetime(2026, 11, 23, 1, 0, tzinfo=UTC)}, "agreed_at", Problem.IN_PAST),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_matter(
    house: House, changes: dict[str, object], field: str, problem: Problem
) -> None:
    with pytest.raises(BadInput) as refused:
        house.log(house.leak(), house.leak(**changes))
    assert (refused.value.field, refused.value.problem, refused.value.matter) == (field, problem, 1)
    assert rows(house.site, m.Contact) == 0


def test_control_characters_and_halves_of_characters_are_not_stored(house: House) -> None:
    case = house.log(house.leak(content="漏\x00水\ud83d，\n请快"))
    assert case.content == "漏水，\n请快"


def test_a_draft_goes_with_the_act_that_makes_it_a_record(house: House) -> None:
    call = house.call()
    drafts.keep_draft(house.site, house.desk, "call", call.token, {"content": "漏水"})
    drafts.keep_draft(house.site, house.desk, "call", "another", {"content": "别的"})
    reception.log_call(house.site, house.desk, call)
    assert [draft.key for draft in drafts.drafts(house.site, house.desk, "call")] == ["another"]


def test_an_opinion_that_takes_others_and_days_goes_to_communication(house: House) -> None:
    opinion = MatterDraft(MatterKind.OPINION, "快递柜移到北门", needs_others=True, over_two_days=True)
    case = house.log(opinion)
    assert (case.route.route, case.route.remark, case.route.clause) == (
        Route.COMMUNICATION,
        Remark.COMMUNICATION,
        "4.2",
    )
