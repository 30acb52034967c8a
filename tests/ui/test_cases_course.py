"""A case from hand to hand: handed on, chased, its steps entered with the dates on the paper, its clock, its price."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frontdesk.domain.routing import MatterKind
from frontdesk.services import cases, reception
from frontdesk.services.views import CallDraft, Channel, MatterDraft, ReplyDone
from frontdesk.storage import models as m
from tests.ui.test_cases import others_result, printed

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def case_now(hand):
    """The newest case as the services tell it."""
    return cases.case(hand.other, hand.colleague(), hand.cases()[-1].id)


def opened(hand, *matters):
    """A call that a colleague has taken, its first case open here."""
    draft = CallDraft(f"course-{len(hand.cases())}", Channel.CALL, datetime.now(UTC), "13800002210", matters=matters)
    logged = reception.log_call(hand.other, hand.colleague(), draft)
    page = hand.page("cases")
    page.activated(case_id=logged.cases[0].id)
    hand.until(lambda: page._case is not None and page._case.id == logged.cases[0].id)
    hand.rest()
    return logged.cases[0]


def test_4_5_1_a_matter_is_handed_on_and_it_says_whom_and_how(hand):
    hand.record()
    hand.see("Nobody told yet")
    hand.key("H")
    hand.see("Hand the matter on")
    hand.click("Phoned")
    hand.key("Ctrl+Return")
    hand.gone("Hand the matter on")
    hand.see("Told: Equipment department · Phoned")
    line = case_now(hand).routes[0]
    assert (line.told_whom, line.told_how) == ("Equipment department", "phoned")


def test_a_chase_is_a_line_with_whom_what_and_the_next_time(hand):
    hand.record()
    hand.key("C")
    hand.see("Who was chased")
    hand.key("Ctrl+Return")
    hand.see("A few words are needed.")
    hand.type("周启明说配件在路上")
    hand.click("2 hours")
    hand.key("Ctrl+Return")
    hand.gone("Who was chased")
    hand.see("Chases", "周启明说配件在路上")
    chase = case_now(hand).chases[0]
    assert chase.whom == "Equipment department"
    assert chase.next_at is not None


def test_4_1_3_a_liaison_form_goes_its_way_by_the_obvious_action_each_time(hand):
    hand.record()
    hand.click("Decide otherwise")
    hand.fill("Route", "Liaison form")
    hand.key("Return")
    hand.fill("Reason", "质保期内")
    hand.key("Return")
    hand.see("Rectification")
    for button in ("Director has signed", "Signed for"):
        hand.click(button)
        hand.see("Enter a step")
        hand.type("王主任")
        hand.key("Ctrl+Return")
        hand.gone("Who signed or did it")
    hand.key("N")
    hand.see("What the sheet shows, each with its date")
    hand.type("窗框重新打胶")
    hand.click("Confirmed by the project department's signature")
    hand.key("Ctrl+Return")
    hand.gone("Write the result back")
    case = case_now(hand)
    assert [each.mark.value for each in case.papers[-1].marks] == ["verified", "received", "project_signed"]
    assert [step.value for step, done in case.demands if not done] == ["customer_told"]


def test_a_step_entered_by_mistake_is_taken_back(hand):
    hand.record()
    hand.click("Accepted: enter")
    hand.see("Who signed or did it")
    hand.key("Ctrl+Return")
    hand.see("Take back: Accepted")
    hand.rest()
    hand.click("Take back: Accepted")
    hand.see("Step taken back")
    assert case_now(hand).papers[0].marks == ()


def test_from_one_sheet_several_steps_with_their_dates_and_an_absent_customer(hand, tmp_path):
    printed(hand, tmp_path)
    hand.key("W")
    hand.see("What the sheet shows, each with its date")
    hand.type("更换下水接头")
    hand.click("On the spot")
    hand.click("Signed by the customer")
    hand.click("Customer absent")
    hand.key("Ctrl+Return")
    hand.gone("Write the result back")
    marks = {each.mark.value: each for each in case_now(hand).papers[0].marks}
    assert set(marks) == {"on_site", "customer_signed"}
    assert (marks["customer_signed"].who, marks["customer_signed"].note) == ("", "Customer absent")


def test_a_second_visit_leaves_the_work_open(hand, tmp_path):
    printed(hand, tmp_path)
    hand.key("W")
    hand.see("Is the work finished?")
    hand.type("缺三通接头")
    hand.click("Needs material")
    hand.key("Ctrl+Return")
    hand.gone("Write the result back")
    case = case_now(hand)
    assert [each.mark.value for each in case.papers[0].marks] == ["needs_material"]
    assert case.papers[0].state == "printed"


def test_a_time_that_cannot_be_read_is_asked_for_again(hand):
    hand.record()
    hand.key("R")
    hand.see("Reply to the customer")
    hand.type("稍后上门")
    hand.fill("When", "bald")
    hand.key("Return")
    hand.see("Write the day and time, as 2026-11-23 14:30, or 14:30 for today.")
    assert not any(event.kind == "reply" for event in case_now(hand).events)


def test_the_clock_is_agreed_stopped_and_goes_on(hand):
    hand.record()
    hand.key("T")
    hand.see("Agree a time with the customer")
    hand.click("Tomorrow 9:00")
    hand.key("Ctrl+Return")
    hand.gone("Agree a time with the customer")
    hand.see("agreed with the customer")
    hand.key("P")
    hand.see("What is waited for")
    hand.type("等客户出差回来")
    hand.key("Ctrl+Return")
    hand.see("Waiting for the customer", "等客户出差回来")
    hand.key("G")
    hand.see("Goes on")
    hand.key("Z")
    hand.see("Deferred until")
    hand.type("下周再来")
    hand.key("Ctrl+Return")
    hand.gone("Defer the matter")
    hand.see("下周再来")
    assert case_now(hand).clock == "deferred"


def test_a_case_is_kept_off_ones_own_board(hand):
    hand.record()
    hand.key("S")
    hand.see("Keep off my board")
    hand.key("Ctrl+Return")
    hand.see("It is kept off your board.")
    with hand.other.store.read() as unit:
        assert unit.count(m.Snooze.select()) == 1


def test_voiding_is_taken_back_from_the_toast(hand):
    hand.record()
    hand.key("Shift+V")
    hand.see("Void the case")
    hand.type("重复登记")
    hand.key("Ctrl+Return")
    hand.see("Voided")
    assert hand.cases()[-1].state == "void"
    hand.click("Undo")
    hand.see("Closing taken back")
    assert hand.cases()[-1].state == "open"


def test_several_tries_that_reached_nobody_are_the_reason(hand, tmp_path):
    printed(hand, tmp_path)
    others_result(hand)
    hand.see("同事已修好")
    hand.key("R")
    hand.click("No reply possible")
    hand.fill("Phrase", "three tries")
    hand.key("Return")
    hand.key("Ctrl+Return")
    hand.gone("Reply to the customer")
    hand.see("No reply possible")
    assert case_now(hand).no_reply_reason == "Not reached in three tries at different times."


def test_4_4_a_paid_service_is_priced_agreed_and_charged(hand):
    opened(hand, MatterDraft(MatterKind.SPECIAL_SERVICE, "请帮忙清洗空调"))
    hand.click("Offer a price")
    hand.see("Item of the price list")
    hand.fill("Something that is not in the list", "空调清洗")
    hand.click("Add a line")
    hand.fill("空调清洗: price in yuan", "88.50")
    hand.fill("空调清洗: quantity", "2")
    hand.see("¥177.00")
    hand.key("Ctrl+Return")
    hand.see("offered ¥177.00")
    hand.click("Customer agrees")
    hand.see("Who signed or did it")
    hand.key("Ctrl+Return")
    hand.gone("Who signed or did it")
    hand.rest()
    hand.key("Y")
    hand.see("Amount in yuan")
    hand.key("Ctrl+Return")
    hand.see("paid ¥177.00")
    assert case_now(hand).papers[0].details["charged_fen"] == 177_00


def test_a_follow_up_that_does_not_hold_opens_the_case_again(hand, tmp_path):
    printed(hand, tmp_path)
    others_result(hand)
    hand.see("同事已修好")
    hand.key("F")
    hand.see("Follow up with the customer")
    hand.click("Not fixed: open again")
    hand.key("Alt+2")
    hand.key("Ctrl+Return")
    hand.see("A few words are needed.")
    hand.type("又漏了")
    hand.key("Ctrl+Return")
    hand.gone("Follow up with the customer")
    hand.see("reopened once", "It does not hold · rating 2 of 5")
    assert case_now(hand).follow_up.rating == 2


def test_one_fault_many_callers_are_told_at_once(hand):
    main = opened(hand, MatterDraft(MatterKind.COMPLAINT, "电梯停了"))
    other = opened(hand, MatterDraft(MatterKind.COMPLAINT, "电梯又坏了"))
    hand.key("J")
    hand.see("Which case")
    hand.rest()
    hand.fill("Which case", main.record_no)
    hand.key("Return")
    hand.key("Ctrl+Return")
    hand.see("The case it was joined to is over")
    assert hand.cases()[-1].joined_to == main.id
    hand.page("cases").activated(case_id=main.id)
    hand.see("Tell all at once", "to be told")
    hand.click("Tell all at once")
    hand.see("And 1 joined caller")
    hand.type("电梯已恢复")
    hand.key("Ctrl+Return")
    hand.gone("Reply to the customer")
    told = cases.case(hand.other, hand.colleague(), other.id)
    assert told.events[-1].text == "电梯已恢复"


def test_a_joined_case_is_separated_with_a_reason(hand):
    main = opened(hand, MatterDraft(MatterKind.COMPLAINT, "电梯停了"))
    opened(hand, MatterDraft(MatterKind.COMPLAINT, "电梯响"))
    hand.key("J")
    hand.see("Which case")
    hand.rest()
    hand.fill("Which case", main.record_no)
    hand.key("Return")
    hand.key("Ctrl+Return")
    hand.see("it was joined to")
    hand.rest()
    hand.key("Shift+J")
    hand.see("Separate from the other case")
    hand.type("另一部电梯")
    hand.key("Ctrl+Return")
    hand.see("Separated")
    assert hand.cases()[-1].joined_to is None


def test_what_is_not_obvious_is_in_the_menu_with_its_key(hand):
    hand.record()
    hand.click("More")
    hand.see("Agree a time", "Add a second way", "Void")
    hand.click("Add a second way")
    hand.see("The case is closed when the papers of both ways have come to their end.")
    hand.fill("Route", "Liaison form")
    hand.key("Return")
    hand.fill("Reason", "墙体渗水")
    hand.key("Return")
    hand.see("Decided by a person: 墙体渗水")
    assert {line.view.route.value for line in case_now(hand).routes} == {"work_order", "liaison"}


def is_open(page, case):
    return page._case is not None and page._case.id == case.id


def test_a_figure_elsewhere_leads_to_its_cases_alone(hand):
    first = opened(hand, MatterDraft(MatterKind.COMPLAINT, "装修噪声"))
    opened(hand, MatterDraft(MatterKind.COMPLAINT, "停车占位"))
    page = hand.page("cases")
    page.activated(case_ids=(first.id,), because="Complaints · week 47")
    hand.see("Complaints · week 47")
    hand.until(lambda: page._list._model.rowCount() == 1 and is_open(page, first))
    hand.click("Show all cases again")
    hand.gone("Complaints · week 47")
    hand.until(lambda: page._list._model.rowCount() > 1 and is_open(page, first))
    assert page._case.content == "装修噪声"


def test_a_long_story_is_shown_piece_by_piece(hand):
    hand.record()
    case = case_now(hand)
    for at in range(12):
        reply = ReplyDone(f"第{at}次回复")
        case = cases.record_reply(hand.other, hand.colleague(), case.id, case.version, reply)
    hand.see("第11次回复")
    timeline = hand.page("cases")._detail._timeline
    hand.until(lambda: timeline._box.count() == 13)
    timeline._box.itemAt(12).widget().click()  # it lies below what can be seen
    assert timeline._box.count() == len(case_now(hand).events)
