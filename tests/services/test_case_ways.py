"""Cases on several ways, and what came before a way was taken: nobody is stuck, nothing is counted twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from frontdesk.domain.access import Role
from frontdesk.domain.cases import Action, Step
from frontdesk.domain.paper import Mark, PaperState
from frontdesk.domain.routing import Duty, Fact, Facts, MatterKind, Route
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import case_course, case_routes, cases, clockwork, follow_ups, sitebook, special_services
from frontdesk.services.errors import BadInput, NotAllowed, Problem
from frontdesk.services.views import (
    CaseFilter,
    CaseView,
    Established,
    EventKind,
    FollowUpDone,
    MarkDone,
    MatterDraft,
    Overrule,
    QuoteLine,
    ReplyDone,
    SheetDone,
)
from frontdesk.storage import models as m
from tests.services import house_kit as kit
from tests.services.house_kit import House
from tests.services.lobby_kit import add_account

AFTERNOON = timedelta(hours=5)


def open_steps(case: CaseView) -> list[Step]:
    return [step for step, done in case.demands if not done]


def again(house: House, case: CaseView) -> CaseView:
    """The case as it stands now."""
    return cases.case(house.site, house.desk, case.id)


def rerouted(house: House, case: CaseView, change: Overrule | Facts) -> CaseView:
    return case_routes.reroute(house.site, house.desk, case.id, case.version, change)


def missed(house: House, case: CaseView) -> int:
    """How many promises the external unit of a case has missed so far."""
    with house.site.store.read() as unit:
        external = unit.get(m.Case, case.id).external_unit
    return case_course.promise_record(house.site, house.desk, external).missed


# --- follow-ups that are demanded ------------------------------------------------------------------------------------


def test_4_3_complaint_with_an_order_beside_it_is_followed_up_and_closes(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.COMPLAINT, "修了两次还漏", component_id=house.components["drain"]))
    way = Overrule(Route.WORK_ORDER, "下水要重修")
    case = case_routes.add_route(house.site, house.desk, case.id, case.version, way)
    case = house.told(house.result(house.printed(case)))
    assert open_steps(case) == [Step.FOLLOWED_UP]
    assert case.follow_up is not None and case.follow_up.demanded
    done = FollowUpDone(rating=5, fixed=True)
    case = house.completed(follow_ups.record(house.site, house.desk, case.id, case.version, done))
    assert not open_steps(case)


def test_4_3_complaint_whose_caller_cannot_be_told_before_its_result_is_still_followed_up(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度恶劣"))
    nobody = ReplyDone("", reason_none="匿名来电")
    case = cases.record_reply(house.site, house.desk, case.id, case.version, nobody)
    assert case.follow_up is None
    done = SheetDone("已批评教育", house.clock(), sheet_returned=False)
    case = cases.record_result(house.site, house.desk, case.id, case.version, done)
    assert open_steps(case) == [Step.FOLLOWED_UP]
    assert case.follow_up is not None and case.follow_up.demanded
    gave_up = FollowUpDone(reached=False, give_up=True, said="匿名，无法回访")
    case = follow_ups.record(house.site, house.desk, case.id, case.version, gave_up)
    assert Action.COMPLETE in case.actions


# --- agreed times, and another way -----------------------------------------------------------------------------------


@pytest.mark.parametrize("route", [Route.LIAISON, Route.EXTERNAL])
def test_4_1_3_a_time_that_had_passed_is_not_held_against_whoever_gets_the_matter_then(
    house: House, route: Route
) -> None:
    thing = house.components["broadband"]
    order = Overrule(Route.WORK_ORDER, "先派工看")
    agreed_at = house.clock() + timedelta(hours=2)
    case = house.log(house.leak(component_id=thing, agreed_at=agreed_at, overrule=order))
    house.clock.go_on(AFTERNOON)
    assert clockwork.tick(house.site) == 1
    case = rerouted(house, again(house, case), Overrule(route, "不归我们修"))
    assert case.due_at is not None and case.due_at > house.clock()
    assert clockwork.tick(house.site) == 0
    if route is Route.EXTERNAL:
        assert missed(house, case) == 0


def test_4_1_3_an_agreed_time_to_come_holds_on_another_way_too(house: House) -> None:
    agreed_at = house.clock() + timedelta(hours=6)
    case = house.log(house.leak(agreed_at=agreed_at))
    assert rerouted(house, case, Overrule(Route.LIAISON, "质保期内")).due_at == agreed_at


def test_a_time_that_has_passed_is_not_hidden_by_standing_still(house: House) -> None:
    agreed_at = house.clock() + timedelta(hours=2)
    case = house.log(house.leak(component_id=house.components["broadband"], agreed_at=agreed_at))
    house.clock.go_on(AFTERNOON)
    clockwork.tick(house.site)
    case = again(house, case)
    assert missed(house, case) == 1
    with pytest.raises(NotAllowed):
        case_course.pause(house.site, house.desk, case.id, case.version, "客户出差")
    with pytest.raises(NotAllowed):
        until = house.clock() + timedelta(days=1)
        case_course.defer(house.site, house.desk, case.id, case.version, until, "客户出差")


def test_4_1_4_what_the_sites_own_rule_says_is_no_promise_of_an_external_unit(house: House) -> None:
    with house.site.store.write() as unit:
        unit.run(m.ExternalUnit.update(promised_hours=None))
    case = house.log(house.leak(component_id=house.components["broadband"]))
    assert case.due_at is not None
    house.clock.go_on(timedelta(days=9))
    clockwork.tick(house.site)
    with house.site.store.read() as unit:
        assert unit.count(m.ExternalPromise.select()) == 0


# --- what is known, and what is not finished -------------------------------------------------------------------------


def test_4_5_3_what_was_known_stays_known_when_the_rest_is_found_out(house: House) -> None:
    case = house.log(house.leak(duty=Duty.OWNER, unit_id=house.homes[kit.NEW_HOME]))
    assert [fact for fact, _ in case.route.unknown] == [Fact.CHARGEABLE]
    found = Established(chargeable=True)
    case = case_routes.establish(house.site, house.desk, case.id, case.version, found)
    assert (case.route.route, case.route.reason) == (Route.WORK_ORDER, "owners_thing_paid")


def test_4_5_3_a_delivery_that_lies_in_the_future_is_refused(house: House) -> None:
    case = house.log(house.leak(unit_id=house.homes[kit.UNKNOWN_HOME]))
    found = Established(delivered_on=date(2026, 11, 24))
    with pytest.raises(BadInput) as refused:
        case_routes.establish(house.site, house.desk, case.id, case.version, found)
    assert (refused.value.field, refused.value.problem) == ("delivered_on", Problem.IN_FUTURE)


def test_4_1_1_a_result_after_which_the_work_turns_out_unfinished_is_owed_again(house: House) -> None:
    case = house.told(house.result(house.printed(house.log())))
    visit = SheetDone("还在渗，要二次上门", house.clock(), sheet_returned=False, unfinished=True)
    case = cases.record_result(house.site, house.desk, case.id, case.version, visit)
    assert open_steps(case) == [Step.RESULT_WRITTEN]
    assert case.result == "更换接头\n还在渗，要二次上门"
    assert open_steps(house.result(case)) == [Step.CUSTOMER_TOLD]


def test_4_3_a_complaints_record_ends_with_its_resolution_not_by_coming_back(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度恶劣"))
    done = SheetDone("已批评教育", house.clock(), paper_id=case.papers[0].id)
    case = cases.record_result(house.site, house.desk, case.id, case.version, done)
    assert Step.RESOLVED not in open_steps(case)
    assert case.papers[0].state is PaperState.RETURNED


@pytest.mark.parametrize("mark", [Mark.QUOTED, Mark.CHARGED])
def test_4_4_a_step_that_stands_for_money_is_not_set_without_it(house: House, mark: Mark) -> None:
    case = house.log(MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"))
    done = MarkDone(mark, house.clock())
    with pytest.raises(BadInput, match="mark"):
        case_course.mark(house.site, house.desk, case.id, case.version, case.papers[0].id, done)


def test_calls_are_logged_also_where_somebody_made_every_day_a_day_off(house: House) -> None:
    admin = add_account(house.site, Role.ADMINISTRATOR)
    for row in sitebook.sheet(house.site, admin, SheetKey.RULES).rows:
        if str(row.values["key"]).startswith("week_"):
            sitebook.save_row(house.site, admin, SheetKey.RULES, {"value": "-"}, row.id)
    assert house.log().due_at is not None


# --- joined, refused, taken back -------------------------------------------------------------------------------------


def test_a_joined_line_that_was_voided_keeps_the_main_case_from_nothing(house: House) -> None:
    main = house.log()
    other = house.log(house.leak(joins_id=main.id))
    assert Action.VOID not in again(house, main).actions
    cases.void(house.site, house.desk, other.id, other.version, "同一个电话记了两次")
    assert {Action.VOID, Action.JOIN} <= again(house, main).actions
    (line,) = cases.case_page(house.site, house.desk, CaseFilter.OPEN).lines
    assert line.joined == 0


def test_a_refusal_stays_on_record_when_more_becomes_known(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.QUESTION, "楼上业主的电话是多少", refused=True))
    assert rerouted(house, case, Facts(MatterKind.OPINION, needs_others=False)).refused


def test_4_4_a_price_and_a_charge_go_with_the_marks_that_are_taken_back(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"))
    site, desk, order = house.site, house.desk, case.papers[0].id
    lines = (QuoteLine("清洗空调", "台", 12_000, 100),)
    case = special_services.quote(site, desk, case.id, case.version, order, lines)
    case = special_services.charge(site, desk, case.id, case.version, order, 12_000, "微信")
    quoted, charged = case.papers[0].marks
    case = case_course.undo_mark(site, desk, case.id, case.version, charged.id)
    assert case.papers[0].details["total_fen"] == 12_000
    assert "charged_fen" not in case.papers[0].details
    case = case_course.undo_mark(site, desk, case.id, case.version, quoted.id)
    assert case.papers[0].details == {}


def test_the_name_under_a_customers_signature_is_masked_for_whoever_sees_no_names(house: House) -> None:
    case = house.log()
    signed = MarkDone(Mark.CUSTOMER_SIGNED, house.clock(), who=kit.OWNER)
    case = case_course.mark(house.site, house.desk, case.id, case.version, case.papers[0].id, signed)
    accepted = MarkDone(Mark.ACCEPTED, house.clock(), who="周启明")
    case = case_course.mark(house.site, house.desk, case.id, case.version, case.papers[0].id, accepted)
    assert [mark.who for mark in case.papers[0].marks] == [kit.OWNER, "周启明"]
    seen = cases.case(house.site, add_account(house.site, Role.DEPARTMENT), case.id)
    assert [mark.who for mark in seen.papers[0].marks] == ["沈**", "周启明"]
    assert [event.data["who"] for event in seen.events if event.kind == EventKind.MARKED] == ["沈**", "周启明"]
