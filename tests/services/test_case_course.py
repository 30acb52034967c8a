"""A case's course from hand to hand: telling, chasing, marks, the agreed time, standing still, one fault for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdesk.domain.access import Forbidden, Role
from frontdesk.domain.cases import Action, CaseState, NotAllowed, Step, StepsMissing
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.paper import Mark, PaperState
from frontdesk.domain.routing import MatterKind, Route
from frontdesk.services import (
    case_course,
    case_routes,
    cases,
    clockwork,
    follow_ups,
    snoozes,
    special_services,
    today,
)
from frontdesk.services.errors import BadInput, EditConflict, NotFound, Problem
from frontdesk.services.views import (
    Board,
    CaseView,
    ChaseDone,
    Established,
    FollowUpDone,
    MarkDone,
    MatterDraft,
    Overrule,
    QuoteLine,
    ReplyDone,
    SheetDone,
    Telling,
    ToldHow,
)
from tests.services import house_kit as kit
from tests.services.house_kit import House
from tests.services.lobby_kit import add_account

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def do(house: House, what: Callable[..., CaseView], case: CaseView, *values: Any) -> CaseView:
    """One act of the desk on a case as it saw it."""
    return what(house.site, house.desk, case.id, case.version, *values)


def liaison(house: House) -> CaseView:
    """A defect within warranty."""
    return house.log(unit_id=house.homes[kit.NEW_HOME])


def external(house: House) -> CaseView:
    """An external unit's repair; its promise is a day."""
    return house.log(MatterDraft(content="上不了网", component_id=house.components["broadband"]))


def mark(house: House, case: CaseView, which: Mark, **more: Any) -> CaseView:
    """A step of the case's newest paper, now."""
    done = MarkDone(which, house.clock(), **{"who": "项目部 周工", **more})
    return do(house, case_course.mark, case, case.papers[-1].id, done)


def last(case: CaseView) -> tuple[str, str]:
    """The newest line of the timeline."""
    return case.events[-1].kind, case.events[-1].text


# --- telling ---------------------------------------------------------------------------------------------------------


def test_4_5_1_handing_a_matter_on_is_on_record_with_whom_how_and_when(house: House) -> None:
    case = house.log()
    started = house.clock()
    house.clock.go_on(HOUR)
    assert cases.case(house.site, house.desk, case.id).routes[0].late
    told = do(house, case_course.tell, case, Telling("周启明", ToldHow.PHONED, started + HOUR / 2, note="下午来"))
    (way,) = told.routes
    assert (way.told_whom, way.told_how, way.told_at, way.late) == ("周启明", "phoned", started + HOUR / 2, False)
    assert last(told) == ("told", "下午来")


def test_telling_holds_for_the_way_that_is_named_or_for_all_that_nobody_was_told_of(house: House) -> None:
    case = do(house, case_routes.add_route, house.log(), Overrule(Route.EXTERNAL, "两家一起"))
    newest, oldest = case.routes
    one = do(house, case_course.tell, case, Telling("宽带", ToldHow.PHONED, decision_id=newest.decision_id))
    assert [way.told_whom for way in one.routes] == ["宽带", ""]
    both = do(house, case_course.tell, one, Telling("周启明", ToldHow.HANDED_OVER))
    assert [way.told_whom for way in both.routes] == ["宽带", "周启明"]
    for wrong in (house.log().routes[0].decision_id, 404):
        with pytest.raises(NotFound):
            do(house, case_course.tell, both, Telling("周启明", ToldHow.PHONED, decision_id=wrong))
    assert cases.case(house.site, house.desk, case.id) == both and oldest.told_at is None


@pytest.mark.parametrize(
    ("telling", "field", "problem"),
    [
        (Telling(" ", ToldHow.PHONED), "whom", Problem.EMPTY),
        (Telling("周", ToldHow.PHONED, datetime(2027, 1, 1, tzinfo=UTC)), "happened_at", Problem.IN_FUTURE),
    ],
)
def test_telling_says_whom_and_not_in_the_future(house: House, telling: Telling, field: str, problem: Problem) -> None:
    with pytest.raises(BadInput) as refused:
        do(house, case_course.tell, house.log(), telling)
    assert (refused.value.field, refused.value.problem) == (field, problem)


# --- chasing ---------------------------------------------------------------------------------------------------------


def test_4_5_2_a_chase_is_a_line_with_whom_what_and_when_again(house: House) -> None:
    case = do(house, case_course.tell, external(house), Telling("宽带", ToldHow.PHONED))
    again = house.clock() + 2 * HOUR
    chased = do(house, case_course.chase, case, ChaseDone("宽带 王工", "今天来不了", next_at=again))
    (line,) = chased.chases
    assert (line.whom, line.said, line.next_at) == ("宽带 王工", "今天来不了", again)
    house.clock.now = again + timedelta(minutes=1)
    assert [line.id for line in dict(today.today(house.site, house.desk).groups)[Board.TO_CHASE]] == [case.id]


def test_4_1_4_a_new_promise_takes_the_place_of_the_one_before(house: House) -> None:
    case = external(house)
    company = case.route.external
    assert company is not None and case.due_at == house.clock() + DAY
    promised = house.clock() + 2 * DAY
    chased = do(house, case_course.chase, case, ChaseDone("王工", "后天来", promised_at=promised))
    assert (chased.due_at, chased.timing.agreed) == (promised, True)
    house.clock.now = promised + HOUR
    assert clockwork.tick(house.site) == 1
    record = case_course.promise_record(house.site, house.desk, company.id)
    assert (record.kept, record.missed, record.open) == (0, 1, 0)


def test_after_the_result_a_promised_time_is_when_to_ask_again(house: House) -> None:
    case = house.result(external(house))
    company = case.route.external
    at = house.clock() + DAY
    chased = do(house, case_course.chase, case, ChaseDone("王工", "单子明天送来", promised_at=at))
    assert (chased.chases[0].next_at, chased.due_at) == (at, case.due_at)
    assert company is not None
    record = case_course.promise_record(house.site, house.desk, company.id)
    assert (record.kept, record.missed, record.open) == (1, 0, 0)


@pytest.mark.parametrize(
    ("done", "field"),
    [
        (ChaseDone("", "请尽快"), "whom"),
        (ChaseDone("王工", " "), "said"),
        (ChaseDone("王工", "请尽快", next_at=datetime(2026, 1, 1, tzinfo=UTC)), "next_at"),
        (ChaseDone("王工", "请尽快", promised_at=datetime(2026, 1, 1, tzinfo=UTC)), "promised_at"),
    ],
)
def test_a_chase_says_whom_and_what_and_looks_ahead(house: House, done: ChaseDone, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        do(house, case_course.chase, external(house), done)
    assert refused.value.field == field


# --- marks and returned sheets ---------------------------------------------------------------------------------------


def test_4_1_3_marks_are_set_in_an_order_that_can_be_true(house: House) -> None:
    case = liaison(house)
    with pytest.raises(BadInput):
        mark(house, case, Mark.RECEIVED)
    case = mark(house, case, Mark.VERIFIED)
    assert Mark.VERIFIED not in case.papers[0].open_marks and Mark.RECEIVED in case.papers[0].open_marks
    with pytest.raises(BadInput):
        mark(house, case, Mark.VERIFIED)
    with pytest.raises(BadInput):
        mark(house, case, Mark.STOOD_DOWN)
    received = mark(house, case, Mark.RECEIVED)
    assert received.routes[0].told_whom == "项目部 周工"


def test_a_mark_that_was_set_by_mistake_is_taken_back_and_both_lines_stay(house: House) -> None:
    case = mark(house, mark(house, liaison(house), Mark.VERIFIED), Mark.RECEIVED)
    received = case.papers[0].marks[-1]
    back = do(house, case_course.undo_mark, case, received.id)
    assert [each.mark for each in back.papers[0].marks] == [Mark.VERIFIED]
    assert [event.kind for event in back.events[-2:]] == ["marked", "mark_undone"]
    with pytest.raises(NotFound):
        do(house, case_course.undo_mark, back, received.id)
    with pytest.raises(NotFound):
        do(house, case_course.undo_mark, liaison(house), back.papers[0].marks[0].id)


def test_a_signature_that_was_not_to_be_had_needs_a_reason(house: House) -> None:
    case = house.log()
    with pytest.raises(BadInput) as refused:
        mark(house, case, Mark.CUSTOMER_SIGNED, who="")
    assert refused.value.field == "note"
    signed = mark(house, case, Mark.CUSTOMER_SIGNED, who="", note="住户不在家")
    assert signed.papers[0].marks[0].note == "住户不在家"


def test_4_1_3_a_form_that_comes_back_unsigned_ends_and_keeps_the_line_open(house: House) -> None:
    case = mark(house, mark(house, liaison(house), Mark.VERIFIED), Mark.RECEIVED)
    paper = case.papers[0].id
    back = do(house, case_course.take_back, case, paper, (), house.clock())
    assert (back.papers[0].state, last(back)) == (PaperState.RETURNED, ("returned", back.papers[0].number))
    whole = house.told(house.result(back))
    with pytest.raises(StepsMissing) as refused:
        house.completed(whole)
    assert refused.value.steps == (Step.PROJECT_SIGNED,)
    with pytest.raises(BadInput):
        do(house, case_course.take_back, whole, paper, (), house.clock())


def test_a_sheet_that_never_went_out_does_not_come_back(house: House) -> None:
    case = house.log()
    with pytest.raises(StepsMissing):
        do(house, case_course.take_back, case, case.papers[0].id, (), house.clock())
    complaint = house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度不好"))
    with pytest.raises(BadInput):
        do(house, case_course.take_back, complaint, complaint.papers[0].id, (), house.clock())
    with pytest.raises(NotFound):
        do(house, case_course.take_back, complaint, case.papers[0].id, (), house.clock())
    with pytest.raises(NotFound):
        do(house, cases.record_result, complaint, SheetDone("好了", house.clock(), paper_id=case.papers[0].id))


# --- the clock -------------------------------------------------------------------------------------------------------


def test_a_time_agreed_anew_wins_over_the_rules(house: House) -> None:
    case = house.log()
    agreed = house.clock() + 3 * DAY
    moved = do(house, case_course.agree, case, agreed)
    assert (moved.due_at, moved.papers[0].due_at, moved.timing.agreed) == (agreed, agreed, True)
    with pytest.raises(BadInput):
        do(house, case_course.agree, moved, house.clock())
    with pytest.raises(NotAllowed):
        do(house, case_course.agree, house.log(unit_id=house.homes[kit.UNKNOWN_HOME]), agreed)


def test_waiting_for_the_customer_keeps_the_time_already_used(house: House) -> None:
    case = house.log()  # at ten: eight hours of work are over at ten tomorrow
    house.clock.go_on(HOUR)
    paused = do(house, case_course.pause, case, "住户出差")
    assert (paused.clock, paused.due_at, paused.papers[0].due_at) == (ClockState.PAUSED, None, None)
    assert (paused.timing.left, paused.timing.reason) == (7 * HOUR, "住户出差")
    house.clock.go_on(DAY)
    assert clockwork.tick(house.site) == 0
    resumed = do(house, case_course.resume, paused)
    assert case.due_at is not None
    assert resumed.due_at == resumed.papers[0].due_at == case.due_at + DAY
    assert (resumed.clock, resumed.timing.reason) == (ClockState.RUNNING, "")
    with pytest.raises(NotAllowed):
        do(house, case_course.resume, resumed)
    with pytest.raises(BadInput):
        do(house, case_course.pause, resumed, " ")


def test_a_deferred_case_sleeps_and_runs_on_by_itself(house: House) -> None:
    case = house.log()
    until = house.clock() + 2 * DAY
    deferred = do(house, case_course.defer, case, until, "后天才有人")
    assert case.due_at is not None
    assert (deferred.clock, deferred.due_at) == (ClockState.DEFERRED, case.due_at + 2 * DAY)
    assert dict(today.today(house.site, house.desk).groups).keys() == {Board.WAITING}
    house.clock.now = until
    assert cases.case(house.site, house.desk, case.id).clock is ClockState.RUNNING
    for reason, at in (("", until + DAY), ("再等等", until)):
        with pytest.raises(BadInput):
            do(house, case_course.defer, deferred, at, reason)


def test_what_has_its_result_is_waited_for_no_more(house: House) -> None:
    case = house.result(external(house))
    for what, values in ((case_course.pause, ("等",)), (case_course.agree, (house.clock() + DAY,))):
        with pytest.raises(NotAllowed):
            do(house, what, case, *values)


def test_a_snooze_hides_a_case_from_ones_own_board_until_it_is_overdue(house: House) -> None:
    case = external(house)
    snoozes.snooze(house.site, house.desk, case.id, house.clock() + 3 * DAY)
    assert dict(today.today(house.site, house.desk).groups).keys() == {Board.WAITING}
    colleague = add_account(house.site, Role.RECEPTIONIST)
    assert Board.WAITING not in dict(today.today(house.site, colleague).groups)
    house.clock.go_on(2 * DAY)
    assert dict(today.today(house.site, house.desk).groups).keys() == {Board.OVERDUE}
    with pytest.raises(BadInput):
        snoozes.snooze(house.site, house.desk, case.id, house.clock())
    house.clock.go_on(-2 * DAY)
    snoozes.snooze(house.site, house.desk, case.id, None)
    assert Board.WAITING not in dict(today.today(house.site, house.desk).groups)
    with pytest.raises(NotFound):
        snoozes.snooze(house.site, house.desk, 404, house.clock() + DAY)
    with pytest.raises(Forbidden):
        snoozes.snooze(house.site, add_account(house.site, Role.DEPARTMENT), case.id, None)


# --- replies ---------------------------------------------------------------------------------------------------------


def test_3_4_who_was_told_of_the_course_is_told_of_the_result_too(house: House) -> None:
    early = house.result(house.told(external(house)))
    with pytest.raises(StepsMissing) as refused:
        house.completed(early)
    assert refused.value.steps == (Step.CUSTOMER_TOLD,)
    assert house.completed(house.told(early)).state is CaseState.COMPLETED


def test_a_reason_why_nobody_can_be_told_stands_and_so_does_a_reply_when_only_the_sheet_follows(house: House) -> None:
    nobody = do(house, cases.record_reply, external(house), ReplyDone("", reason_none="没有留电话"))
    assert house.completed(house.result(nobody)).state is CaseState.COMPLETED
    sheet_later = house.told(house.result(house.printed(house.log()), sheet_returned=False))
    assert house.completed(house.result(sheet_later)).state is CaseState.COMPLETED


def test_4_5_1_one_fault_many_callers_all_are_told_at_once(house: House) -> None:
    main = house.printed(house.log())
    callers = [house.log(house.leak(joins_id=main.id)) for _ in range(3)]
    main = house.result(cases.case(house.site, house.desk, main.id))
    assert [other.told for other in main.joined] == [False] * 3
    told = do(house, case_course.tell_all, main, ReplyDone("来水了", "电话"))
    assert [(other.told, other.state) for other in told.joined] == [(True, CaseState.COMPLETED)] * 3
    assert last(cases.case(house.site, house.desk, callers[0].id)) == ("completed", "")
    assert house.completed(told).state is CaseState.COMPLETED


def test_joined_callers_told_too_early_are_told_again(house: House) -> None:
    main = external(house)
    caller = house.log(house.leak(joins_id=main.id))
    early = do(house, case_course.tell_all, cases.case(house.site, house.desk, main.id), ReplyDone("在修"))
    assert [(other.told, other.state) for other in early.joined] == [(True, CaseState.OPEN)]
    assert [other.told for other in house.result(early).joined] == [False]
    assert Action.COMPLETE not in cases.case(house.site, house.desk, caller.id).actions


# --- who may, and who was faster -------------------------------------------------------------------------------------

AT = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
ACTS: list[tuple[Callable[..., CaseView], tuple[Any, ...]]] = [
    (case_routes.establish, (Established(),)),
    (case_routes.reroute, (Overrule(Route.LIAISON, "同意"),)),
    (case_routes.add_route, (Overrule(Route.LIAISON, "同意"),)),
    (case_routes.join, (1,)),
    (case_routes.separate, ("不是",)),
    (case_course.tell, (Telling("周", ToldHow.PHONED),)),
    (case_course.chase, (ChaseDone("周", "请"),)),
    (case_course.mark, (1, MarkDone(Mark.DONE, AT))),
    (case_course.undo_mark, (1,)),
    (case_course.take_back, (1, (), datetime(2026, 11, 1, tzinfo=UTC))),
    (case_course.agree, (AT,)),
    (case_course.pause, ("等",)),
    (case_course.resume, ()),
    (case_course.defer, (AT, "等")),
    (case_course.tell_all, (ReplyDone("好了"),)),
    (cases.record_result, (SheetDone("好了", datetime(2026, 11, 1, tzinfo=UTC)),)),
    (cases.record_reply, (ReplyDone("好了"),)),
    (cases.complete, ()),
    (cases.undo, ()),
    (cases.reopen, ("又漏",)),
    (cases.void, ("错了",)),
    (follow_ups.record, (FollowUpDone(fixed=True),)),
    (special_services.quote, (1, (QuoteLine("清洗", "台", 9900, 100),))),
    (special_services.charge, (1, 9900, "微信")),
]


@pytest.mark.parametrize(("what", "values"), ACTS, ids=[what.__name__ for what, _ in ACTS])
def test_an_act_needs_the_right_the_case_and_its_newest_state(
    house: House, what: Callable[..., CaseView], values: tuple[Any, ...]
) -> None:
    case = house.log()
    for role in (Role.DEPARTMENT, Role.GUARD, Role.AUDITOR):
        with pytest.raises(Forbidden):
            what(house.site, add_account(house.site, role), case.id, case.version, *values)
    with pytest.raises(NotFound):
        what(house.site, house.desk, 404, 1, *values)
    newer = do(house, case_course.tell, case, Telling("周启明", ToldHow.PHONED))
    with pytest.raises(EditConflict):
        what(house.site, house.desk, case.id, case.version, *values)
    assert cases.case(house.site, house.desk, case.id) == newer
