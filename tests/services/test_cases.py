"""Working on cases: what closes one, what stops that, and what happens when two people act at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.cases import Action, CaseState, NotAllowed, Step, StepsMissing
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.paper import Mark, PaperKind, PaperState
from frontdesk.domain.routing import Duty, Facts, MatterKind, Place, Remark, Route
from frontdesk.services import case_course, case_routes, cases, reception
from frontdesk.services.errors import BadInput, EditConflict, NotFound, Problem
from frontdesk.services.views import (
    CaseFilter,
    CaseView,
    Established,
    MarkDone,
    MatterDraft,
    Overrule,
    ReplyDone,
    SheetDone,
)
from tests.services import house_kit as kit
from tests.services.house_kit import House
from tests.services.lobby_kit import add_account, audited


def open_steps(case: CaseView) -> list[Step]:
    return [step for step, done in case.demands if not done]


# --- what closes a case ----------------------------------------------------------------------------------------------


def test_4_1_1_work_order_closes_only_when_result_is_back_and_customer_told(house: House) -> None:
    case = house.log()
    for act, missing in (
        (house.printed, [Step.PAPER_PRINTED, Step.RESULT_WRITTEN, Step.PAPERS_ENDED, Step.CUSTOMER_TOLD]),
        (house.result, [Step.RESULT_WRITTEN, Step.PAPERS_ENDED, Step.CUSTOMER_TOLD]),
        (house.told, [Step.CUSTOMER_TOLD]),
    ):
        with pytest.raises(StepsMissing) as refused:
            house.completed(case)
        assert list(refused.value.steps) == missing == open_steps(case)
        assert Action.COMPLETE not in case.actions
        case = act(case)
    case = house.completed(case)
    assert (case.state, case.closed_at) == (CaseState.COMPLETED, house.clock())
    assert case.papers[0].state is PaperState.RETURNED


def test_4_1_1_a_refused_closing_changes_nothing(house: House) -> None:
    case = house.log()
    with pytest.raises(StepsMissing):
        house.completed(case)
    assert cases.case(house.site, house.desk, case.id) == case


def test_4_1_1_the_result_without_the_sheet_leaves_the_paper_out(house: House) -> None:
    case = house.result(house.printed(house.log()), sheet_returned=False)
    assert open_steps(case) == [Step.PAPERS_ENDED, Step.CUSTOMER_TOLD]
    assert open_steps(house.result(case)) == [Step.CUSTOMER_TOLD]


def test_a_sheet_that_was_never_printed_cannot_come_back(house: House) -> None:
    case = house.log()
    with pytest.raises(StepsMissing) as refused:
        house.result(case)
    assert refused.value.steps == (Step.PAPER_PRINTED,)
    assert cases.case(house.site, house.desk, case.id) == case


def test_4_1_3_the_liaison_form_ends_when_it_comes_back(house: House) -> None:
    case = house.log(unit_id=house.homes[kit.NEW_HOME])
    assert case.route.remark is Remark.RECTIFICATION
    for mark in (Mark.VERIFIED, Mark.RECEIVED):
        done = MarkDone(mark, house.clock(), who="项目部")
        case = case_course.mark(house.site, house.desk, case.id, case.version, case.papers[0].id, done)
    back = house.told(house.result(case))
    assert [paper.state for paper in back.papers] == [PaperState.RETURNED]
    with pytest.raises(StepsMissing) as refused:
        house.completed(back)
    assert refused.value.steps == (Step.PROJECT_SIGNED,)
    signed = MarkDone(Mark.PROJECT_SIGNED, house.clock(), who="项目部 周工")
    case = case_course.mark(house.site, house.desk, back.id, back.version, back.papers[0].id, signed)
    assert house.completed(case).state is CaseState.COMPLETED


def test_4_1_4_an_external_units_matter_closes_without_paper(house: House) -> None:
    case = house.log(MatterDraft(content="上不了网", component_id=house.components["broadband"]))
    assert case.papers == ()
    assert house.completed(house.told(house.result(case))).state is CaseState.COMPLETED


def test_4_5_1_a_reason_why_nobody_can_be_told_stands_for_the_reply(house: House) -> None:
    case = house.result(house.printed(house.log()))
    no_reply = ReplyDone("", reason_none="号码停机，两次未接通")
    case = cases.record_reply(house.site, house.desk, case.id, case.version, no_reply)
    assert case.events[-1].kind == "no_reply"
    assert house.completed(case).state is CaseState.COMPLETED


def test_a_matter_that_is_to_be_established_cannot_be_closed_or_worked_on(house: House) -> None:
    case = house.log(MatterDraft(content="漏水"))
    with pytest.raises(StepsMissing) as refused:
        house.completed(case)
    assert refused.value.steps == (Step.ROUTE_DECIDED,)
    with pytest.raises(NotAllowed):
        house.result(case)


def test_a_completed_case_takes_no_more_results(house: House) -> None:
    case = house.log(kit.question())
    with pytest.raises(NotAllowed):
        house.result(case)
    with pytest.raises(NotAllowed):
        house.completed(case)


# --- reopening -------------------------------------------------------------------------------------------------------


def test_reopening_keeps_the_history_and_counts(house: House) -> None:
    case = house.completed(house.told(house.result(house.printed(house.log()))))
    house.clock.go_on(timedelta(days=2))
    again = cases.reopen(house.site, house.desk, case.id, case.version, "又漏了")
    assert (again.state, again.reopened, again.closed_at) == (CaseState.OPEN, 1, None)
    assert again.events[: len(case.events)] == case.events
    after = again.events[len(case.events) :]
    assert [event.kind for event in after] == ["reopened", "routed", "paper_issued"]
    assert after[0].text == "又漏了"
    assert open_steps(again) == [
        Step.PAPER_PRINTED,
        Step.RESULT_WRITTEN,
        Step.PAPERS_ENDED,
        Step.CUSTOMER_TOLD,
    ]
    assert again.due_at is not None and again.due_at > house.clock()
    assert again.papers[0].number == case.papers[0].number


def test_reopening_needs_a_reason_and_a_completed_case(house: House) -> None:
    case = house.log(kit.question())
    with pytest.raises(BadInput):
        cases.reopen(house.site, house.desk, case.id, case.version, " ")
    opened = cases.reopen(house.site, house.desk, case.id, case.version, "答错了")
    with pytest.raises(NotAllowed):
        cases.reopen(house.site, house.desk, opened.id, opened.version, "再来")


# --- another way -----------------------------------------------------------------------------------------------------


def test_rerouting_transfers_the_old_paper_and_its_number_stays(house: House) -> None:
    case = house.printed(house.log())
    way = Overrule(Route.LIAISON, "开发商同意保修")
    moved = case_routes.reroute(house.site, house.desk, case.id, case.version, way)
    assert [(paper.number, paper.state) for paper in moved.papers] == [
        ("WO-202611-0001", PaperState.TRANSFERRED),
        ("LF-202611-0001", PaperState.ISSUED),
    ]
    assert (moved.route.remark, moved.route.rule_route) == (Remark.RECTIFICATION, Route.WORK_ORDER)
    assert [event.kind for event in moved.events[-3:]] == ["transferred", "routed", "paper_issued"]


def test_a_fact_that_has_become_known_decides_what_was_to_be_established(house: House) -> None:
    case = house.log(unit_id=house.homes[kit.UNKNOWN_HOME])
    assert case.route.route is Route.TO_ESTABLISH
    known = Established(component_id=house.components["drain"], delivered_on=date(2019, 6, 18))
    decided = case_routes.establish(house.site, house.desk, case.id, case.version, known)
    assert (decided.route.route, decided.papers[0].kind) == (Route.WORK_ORDER, PaperKind.WORK_ORDER)
    assert decided.due_at is not None


def test_the_component_may_become_known_later(house: House) -> None:
    case = house.log(MatterDraft(content="漏水"))
    drain = house.components["drain"]
    facts = Facts(MatterKind.REPAIR, place=Place.HOME)
    decided = case_routes.reroute(house.site, house.desk, case.id, case.version, facts, component_id=drain)
    assert decided.route.reason == "past_warranty"


def test_4_5_3_what_has_been_found_out_is_written_down_and_decides(house: House) -> None:
    case = house.log(MatterDraft(content="漏水"))
    assert Action.ESTABLISH in case.actions
    open_still = case_routes.establish(house.site, house.desk, case.id, case.version, Established())
    assert open_still.route.route is Route.TO_ESTABLISH
    found = Established(component_id=house.components["drain"], duty=Duty.PROPERTY)
    decided = case_routes.establish(house.site, house.desk, case.id, open_still.version, found)
    assert (decided.route.route, decided.route.reason) == (Route.WORK_ORDER, "normal_service")
    assert Action.ESTABLISH not in decided.actions


def test_the_same_way_again_keeps_its_paper(house: House) -> None:
    case = house.log()
    facts = Facts(MatterKind.REPAIR, duty=Duty.PROPERTY)
    again = case_routes.reroute(house.site, house.desk, case.id, case.version, facts)
    assert [paper.number for paper in again.papers] == ["WO-202611-0001"]
    assert (case.route.reason, again.route.reason) == ("past_warranty", "normal_service")


# --- several people --------------------------------------------------------------------------------------------------


def test_somebody_who_saw_an_older_state_is_stopped(house: House) -> None:
    seen = house.printed(house.log())
    house.result(seen)
    with pytest.raises(EditConflict):
        house.told(seen)
    assert cases.case(house.site, house.desk, seen.id).events[-1].kind == "result"


def test_a_case_that_does_not_exist_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        cases.case(house.site, house.desk, 404)


def test_a_department_sees_the_case_but_not_the_person(house: House) -> None:
    case = house.log()
    technician = add_account(house.site, Role.DEPARTMENT)
    seen = cases.case(house.site, technician, case.id)
    assert (seen.caller, seen.phone) == ("沈**", "138****2210")
    with pytest.raises(Forbidden):
        cases.record_reply(house.site, technician, case.id, case.version, ReplyDone("好了"))


@pytest.mark.parametrize("role", [Role.GUARD, Role.AUDITOR, Role.SYSTEM])
def test_who_has_no_business_with_cases_sees_none(house: House, role: Role) -> None:
    with pytest.raises(Forbidden):
        cases.case_page(house.site, Actor(9, "", role), CaseFilter.ALL)


def test_the_number_of_a_case_is_revealed_with_a_reason_only(house: House) -> None:
    case = house.log(house.leak(contact_phone="139 0000 0007"))
    with pytest.raises(BadInput):
        cases.reveal_case_phone(house.site, house.desk, case.id, "")
    assert cases.reveal_case_phone(house.site, house.desk, case.id, "回访") == "13900000007"
    assert audited(house.site, "phone.revealed") == 1


# --- what is typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"work_done": "  "}, "work_done", Problem.EMPTY),
        ({"happened_at": datetime(2026, 11, 23, 3, 0, tzinfo=UTC)}, "happened_at", Problem.IN_FUTURE),
    ],
)
def test_a_result_says_what_was_done_and_not_in_the_future(
    house: House, changes: dict[str, object], field: str, problem: Problem
) -> None:
    case = house.printed(house.log())
    done = replace(SheetDone("修好", house.clock()), **changes)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as refused:
        cases.record_result(house.site, house.desk, case.id, case.version, done)
    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_a_reply_says_something_or_why_not(house: House) -> None:
    case = house.log()
    with pytest.raises(BadInput):
        cases.record_reply(house.site, house.desk, case.id, case.version, ReplyDone(""))


def test_the_timeline_keeps_when_it_was_so_and_when_it_was_entered(house: House) -> None:
    case = house.printed(house.log())
    noon = house.clock()
    house.clock.go_on(timedelta(hours=5))
    done = SheetDone("修好", noon + timedelta(hours=1), "周启明")
    event = cases.record_result(house.site, house.desk, case.id, case.version, done).events[-1]
    assert (event.happened_at, event.at) == (noon + timedelta(hours=1), noon + timedelta(hours=5))
    assert event.data["technician"] == "周启明"


# --- the list --------------------------------------------------------------------------------------------------------


def test_pages_follow_one_another_without_gap_or_repeat(house: House) -> None:
    for minute in range(7):
        house.clock.go_on(timedelta(minutes=minute % 2))  # some at the very same instant
        house.log()
    seen: list[str] = []
    after = None
    while True:
        page = cases.case_page(house.site, house.desk, CaseFilter.ALL, after=after, limit=3)
        seen += [line.record_no for line in page.lines]
        after = page.after
        if after is None:
            break
    assert seen == [f"CV-202611-{running:04d}" for running in range(7, 0, -1)]
    assert page.total == 7


def test_the_chips_over_the_list(house: House) -> None:
    late = house.log()
    told_not = house.result(house.printed(house.log()))
    done = house.log(kit.question())
    house.clock.go_on(timedelta(days=2))
    fresh = house.log()
    expected = {
        CaseFilter.OPEN: [fresh, told_not, late],
        CaseFilter.OVERDUE: [late],
        CaseFilter.TO_REPLY: [told_not],
        CaseFilter.COMPLETED: [done],
        CaseFilter.ALL: [fresh, done, told_not, late],
    }
    for chosen, found in expected.items():
        page = cases.case_page(house.site, house.desk, chosen)
        assert ([line.id for line in page.lines], page.total) == ([case.id for case in found], len(found)), chosen


@pytest.mark.parametrize("text", ["接头", "CV-202611-0001", "WO-202611-0001", "沈知", "1201"])
def test_the_list_is_searched_by_content_number_name_and_unit(house: House, text: str) -> None:
    house.log()
    house.log(kit.question(), person_id=None, unit_id=None, caller_name="过路人", number="")
    page = cases.case_page(house.site, house.desk, CaseFilter.ALL, text)
    assert [line.record_no for line in page.lines] == ["CV-202611-0001"]


def test_who_may_not_see_people_cannot_find_cases_by_a_name(house: House) -> None:
    house.log()
    technician = Actor(9, "", Role.DEPARTMENT)
    assert cases.case_page(house.site, technician, CaseFilter.ALL, "沈知").total == 0
    assert cases.case_page(house.site, technician, CaseFilter.ALL, "接头").total == 1


def test_a_line_says_what_comes_next_and_how_the_clock_stands(house: House) -> None:
    house.log()
    house.clock.go_on(timedelta(hours=7))
    (line,) = cases.case_page(house.site, house.desk, CaseFilter.OPEN).lines
    assert (line.next_step, line.clock, line.number) == (Step.PAPER_PRINTED, ClockState.RUNNING, "WO-202611-0001")
    house.clock.go_on(timedelta(days=1))
    (line,) = cases.case_page(house.site, house.desk, CaseFilter.OPEN).lines
    assert line.clock is ClockState.OVERDUE


def test_every_change_is_told_to_the_screens(house: House) -> None:
    start = house.site.store.last_change()
    call = house.call()
    (case,) = reception.log_call(house.site, house.desk, call).cases
    house.printed(case)
    _, changes = house.site.store.changes_since(start)
    assert {(change.topic, change.id) for change in changes} == {("case", case.id)}
