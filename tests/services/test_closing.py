"""Taking back, voiding, following up, charging: what happens around the end of a case (procedure 4.3 - 4.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from frontdesk.domain.cases import Action, CaseState, NotAllowed, Step
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import Mark, PaperState
from frontdesk.domain.routing import MatterKind, Route
from frontdesk.services import case_course, case_routes, cases, clockwork, follow_ups, special_services
from frontdesk.services.errors import BadInput, NotFound
from frontdesk.services.views import CaseView, FollowUpDone, MarkDone, MatterDraft, Overrule, QuoteLine, SheetDone
from frontdesk.storage import models as m
from tests.services.house_kit import House

DAY = timedelta(days=1)
CLEANING = QuoteLine("清洗空调", "台", 9900, 250, code="ac")


def do(house: House, what: Callable[..., CaseView], case: CaseView, *values: Any) -> CaseView:
    return what(house.site, house.desk, case.id, case.version, *values)


def external(house: House) -> CaseView:
    return house.log(MatterDraft(content="上不了网", component_id=house.components["broadband"]))


def complaint(house: House) -> CaseView:
    """A complaint that is resolved, and whose customer was told."""
    return house.told(house.result(house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度不好"))))


def missing(case: CaseView) -> list[Step]:
    return [step for step, done in case.demands if not done]


# --- taking a closing back -------------------------------------------------------------------------------------------


def test_a_completion_by_mistake_is_taken_back_as_if_it_had_not_been(house: House) -> None:
    case = house.log()
    house.clock.go_on(5 * DAY)
    clockwork.tick(house.site)
    case = house.told(house.result(house.printed(cases.case(house.site, house.desk, case.id))))
    done = house.completed(case)
    assert done.entries[0].struck_at is not None
    house.clock.go_on(timedelta(minutes=9))
    back = do(house, cases.undo, done)
    assert (back.state, back.reopened, back.closed_at) == (CaseState.OPEN, 0, None)
    assert back.entries[0].struck_at is None and back.follow_up is None
    assert [event.kind for event in back.events[-2:]] == ["completed", "undone"]
    again = house.completed(back)
    house.clock.go_on(timedelta(minutes=11))
    assert Action.UNDO not in cases.case(house.site, house.desk, case.id).actions
    with pytest.raises(NotAllowed):
        do(house, cases.undo, again)


def test_a_line_that_should_not_be_there_is_voided_with_a_reason_and_its_number_stays(house: House) -> None:
    case = house.printed(house.log())
    with pytest.raises(BadInput):
        do(house, cases.void, case, " ")
    gone = do(house, cases.void, case, "登错了户号")
    assert (gone.state, [paper.state for paper in gone.papers]) == (CaseState.VOID, [PaperState.VOID])
    assert gone.actions == {Action.UNDO}
    assert house.log().record_no == "CV-202611-0002"
    back = do(house, cases.undo, gone)
    assert (back.state, [paper.state for paper in back.papers]) == (CaseState.OPEN, [PaperState.PRINTED])


def test_an_undone_voiding_brings_register_lines_and_promises_back(house: House) -> None:
    case = external(house)
    company = case.route.external
    gone = do(house, cases.void, case, "登错了")
    assert gone.entries[0].struck_at is not None and company is not None
    assert case_course.promise_record(house.site, house.desk, company.id).open == 0
    back = do(house, cases.undo, gone)
    assert back.entries[0].struck_at is None
    house.clock.go_on(2 * DAY)
    assert clockwork.tick(house.site) == 1
    assert case_course.promise_record(house.site, house.desk, company.id).missed == 1


def test_a_case_that_others_were_joined_to_is_not_voided(house: House) -> None:
    main = house.log()
    house.log(house.leak(joins_id=main.id))
    with pytest.raises(NotAllowed):
        do(house, cases.void, cases.case(house.site, house.desk, main.id), "登错了")


def test_opened_again_the_remark_is_that_of_the_way_in_force(house: House) -> None:
    case = do(house, case_routes.add_route, external(house), Overrule(Route.DEPARTMENT, "前台也要答复"))
    assert case.remark == "other"
    done = house.completed(house.told(house.result(case)))
    again = do(house, cases.reopen, done, "又断了")
    assert ([way.view.route for way in again.routes], again.remark) == ([Route.DEPARTMENT], "")


# --- another way, and another result ---------------------------------------------------------------------------------


def test_another_way_owes_a_result_of_its_own_and_its_clock_runs(house: House) -> None:
    case = house.told(house.result(external(house)))
    moved = do(house, case_routes.reroute, case, Overrule(Route.WORK_ORDER, "是我们的线"))
    assert Step.RESULT_WRITTEN in missing(moved)
    house.clock.go_on(5 * DAY)
    assert clockwork.tick(house.site) == 1
    done = house.result(house.printed(cases.case(house.site, house.desk, case.id)))
    assert (missing(done), done.result) == ([Step.CUSTOMER_TOLD], "更换接头\n更换接头")


def test_two_ways_close_when_both_papers_have_come_to_their_end(house: House) -> None:
    case = house.printed(house.log())
    both = do(house, case_routes.add_route, case, Overrule(Route.LIAISON, "楼板渗水是保修"))
    assert ([way.view.route for way in both.routes], both.remark) == (
        [Route.LIAISON, Route.WORK_ORDER],
        "rectification",
    )
    with pytest.raises(BadInput) as refused:
        house.result(both)
    assert refused.value.field == "paper"
    for wrong in (Route.LIAISON, Route.ANSWERED, Route.TO_ESTABLISH, Route.JOINED):
        with pytest.raises(BadInput):
            do(house, case_routes.add_route, both, Overrule(wrong, "再来"))
    order, form = both.papers
    one = do(house, cases.record_result, both, SheetDone("换了接头", house.clock(), paper_id=order.id))
    assert Step.RESULT_WRITTEN in missing(one)
    signed = tuple(
        MarkDone(mark, house.clock(), "周工") for mark in (Mark.VERIFIED, Mark.RECEIVED, Mark.PROJECT_SIGNED)
    )
    sheet = SheetDone("补了防水", house.clock(), paper_id=form.id, marks=signed)
    two = do(house, cases.record_result, one, sheet)
    assert (two.result, missing(two)) == ("换了接头\n补了防水", [Step.CUSTOMER_TOLD])
    assert house.completed(house.told(two)).state is CaseState.COMPLETED


def test_nobody_is_sent_to_another_case_by_overruling(house: House) -> None:
    with pytest.raises(BadInput):
        do(house, case_routes.reroute, house.log(), Overrule(Route.JOINED, "同一件事"))
    with pytest.raises(BadInput):
        house.log(house.leak(overrule=Overrule(Route.JOINED, "同一件事")))


# --- joining ---------------------------------------------------------------------------------------------------------


def test_4_5_1_the_same_fault_is_joined_and_taken_out_again(house: House) -> None:
    main, case = house.log(), house.printed(house.log())
    joined = do(house, case_routes.join, case, main.id)
    assert (joined.route.route, joined.papers[0].state, joined.due_at) == (Route.JOINED, PaperState.TRANSFERRED, None)
    assert joined.joined_to is not None and joined.joined_to.case_id == main.id
    assert cases.case(house.site, house.desk, main.id).events[-1].kind == "joined"
    out = do(house, case_routes.separate, joined, "是另一处")
    assert (out.route.route, out.joined_to, len(out.papers)) == (Route.WORK_ORDER, None, 2)
    with pytest.raises(NotAllowed):
        do(house, case_routes.separate, out, "再来")


def test_4_5_1_a_case_is_joined_only_to_an_open_one_that_goes_its_own_way(house: House) -> None:
    main, other, third = house.log(), house.log(), house.log()
    closed = house.completed(house.told(house.result(external(house))))
    joined = do(house, case_routes.join, other, main.id)
    for wrong in (third.id, joined.id, closed.id):
        with pytest.raises(BadInput):
            do(house, case_routes.join, third, wrong)
    with pytest.raises(NotFound):
        do(house, case_routes.join, third, 404)
    with pytest.raises(NotAllowed):  # others were joined to it
        do(house, case_routes.join, cases.case(house.site, house.desk, main.id), third.id)


# --- follow-ups ------------------------------------------------------------------------------------------------------


def test_4_3_a_complaint_closes_only_after_its_follow_up(house: House) -> None:
    case = complaint(house)
    assert missing(case) == [Step.FOLLOWED_UP]
    assert follow_ups.due_follow_ups(house.site, house.desk) == ()
    house.clock.go_on(3 * DAY)
    ((line, asked),) = follow_ups.due_follow_ups(house.site, house.desk)
    assert (line.id, asked.demanded) == (case.id, True)
    tried = do(house, follow_ups.record, case, FollowUpDone(reached=False))
    assert (missing(tried), tried.follow_up and tried.follow_up.tries) == ([Step.FOLLOWED_UP], 1)
    held = do(house, follow_ups.record, tried, FollowUpDone(True, 5, True))
    assert held.follow_up is not None and (held.follow_up.state, held.follow_up.rating) == (FollowUpState.DONE, 5)
    assert house.completed(held).state is CaseState.COMPLETED


def test_a_follow_up_tried_before_the_reply_is_the_one_that_is_demanded(house: House) -> None:
    case = house.result(house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度不好")))
    tried = do(house, follow_ups.record, case, FollowUpDone(reached=False))
    told = house.told(tried)
    held = do(house, follow_ups.record, told, FollowUpDone(True, 4, True))
    assert missing(held) == []


def test_what_does_not_hold_opens_the_case_again_with_its_history(house: House) -> None:
    case = complaint(house)
    again = do(house, follow_ups.record, case, FollowUpDone(True, 1, False, "还是老样子"))
    assert (again.state, again.reopened, again.events[: len(case.events)]) == (CaseState.OPEN, 1, case.events)
    assert {Step.RESULT_WRITTEN, Step.CUSTOMER_TOLD, Step.FOLLOWED_UP} <= set(missing(again))


@pytest.mark.parametrize(
    ("done", "field"),
    [
        (FollowUpDone(True, 5, None), "fixed"),
        (FollowUpDone(True, 6, True), "rating"),
        (FollowUpDone(True, 2, False, " "), "said"),
        (FollowUpDone(False, give_up=True), "said"),
    ],
)
def test_a_follow_up_says_what_came_of_it(house: House, done: FollowUpDone, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        do(house, follow_ups.record, complaint(house), done)
    assert refused.value.field == field


def test_nobody_is_asked_about_a_void_case(house: House) -> None:
    case = complaint(house)
    house.clock.go_on(3 * DAY)
    do(house, cases.void, case, "登错了")
    assert follow_ups.due_follow_ups(house.site, house.desk) == ()


# --- special services ------------------------------------------------------------------------------------------------


def test_4_4_a_special_service_goes_from_the_price_list_to_the_charge(house: House) -> None:
    with house.site.store.write() as unit:
        unit.run(m.PriceItem.delete())
        named = {"name_zh": "清洗空调", "name_en": "Air conditioner cleaned", "per": "台"}
        unit.add(m.PriceItem, code="ac", price_fen=9900, position=1, **named)
    (price,) = special_services.prices(house.site, house.desk, "空调")
    assert (price.code, price.price_fen) == ("ac", 9900)
    assert special_services.prices(house.site, house.desk, "没有") == ()
    case = house.log(MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"))
    paper = case.papers[0].id
    quoted = do(house, special_services.quote, case, paper, (CLEANING,))
    assert quoted.papers[0].details["total_fen"] == 24750
    with pytest.raises(BadInput):  # it stays as it was offered
        do(house, special_services.quote, quoted, paper, (CLEANING,))
    for mark in (Mark.CONFIRMED, Mark.DONE, Mark.CUSTOMER_SIGNED):
        done = MarkDone(mark, house.clock(), "住户")
        quoted = do(house, case_course.mark, quoted, paper, done)
    paid = do(house, special_services.charge, quoted, paper, 24750, "微信")
    assert (paid.papers[0].details["charged_fen"], paid.papers[0].details["how"]) == (24750, "微信")
    told = house.told(house.result(paid))
    assert missing(told) == [Step.FOLLOWED_UP]


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (QuoteLine(" ", "台", 100, 100),),
        (QuoteLine("清洗", "台", -1, 100),),
        (QuoteLine("清洗", "台", 100, 0),),
        (QuoteLine("清洗", "台", 10**12, 100),),
        (CLEANING,) * 41,
    ],
)
def test_a_quote_has_lines_that_can_be(house: House, lines: tuple[QuoteLine, ...]) -> None:
    case = house.log(MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"))
    with pytest.raises(BadInput):
        do(house, special_services.quote, case, case.papers[0].id, lines)


@pytest.mark.parametrize(
    ("fen", "how", "note", "field"), [(-1, "微信", "", "amount"), (100, "", "", "how"), (0, "", "", "note")]
)
def test_a_charge_says_how_and_nothing_charged_says_why(
    house: House, fen: int, how: str, note: str, field: str
) -> None:
    case = house.log(MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"))
    with pytest.raises(BadInput) as refused:
        do(house, special_services.charge, case, case.papers[0].id, fen, how, note)
    assert refused.value.field == field


def test_only_a_special_service_order_is_quoted(house: House) -> None:
    case = house.log()
    with pytest.raises(NotFound):
        do(house, special_services.quote, case, case.papers[0].id, (CLEANING,))
