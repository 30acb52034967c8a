"""The procedure for calls and visits, paragraph by paragraph, as a receptionist follows it at the console.

Chapter 1 and paragraphs 3.1 - 4.4 stand here, 4.5 and what comes after it in `test_procedure_notes.py`. The matters are
those of the desk's day; the clock on the wall goes on only where a test says so.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from frontdesk.domain.cases import CaseState
from frontdesk.domain.paper import Mark
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Remark
from frontdesk.services.views import Board, CaseView
from frontdesk.storage import models as m
from tests.acceptance.desk import Receptionist
from tests.acceptance.homes import OWNER, OWNER_NUMBER, SERVICE, SERVICE_PRICE_FEN
from tests.acceptance.intake import take_in

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

# Rows of the desk's day.
TAP, NEW_JOINT, SEEPAGE, LAMP = "D01", "D02", "D03", "D09"
WATER_HEATER, NOISE, LOCKERS, UMBRELLAS = "D07", "D19", "D20", "D21"
RUDENESS, AIR_CONDITIONER, FEES = "D22", "D24", "D25"

DIRECTOR, PROJECT, EQUIPMENT = "管理处 主任", "开发企业项目部 周工", "设备管理部 周启明"
SIGNED_BACK = "Confirmed by the project department's signature"


# --- 1 来电接待流程 -------------------------------------------------------------------------------------------------


def test_1_a_call_is_answered_with_one_key_and_the_cursor_stands_where_it_begins(desk: Receptionist) -> None:
    desk.key("F2")
    desk.see("Caller", "Telephone number", "Unverified")
    desk.type(OWNER_NUMBER)
    assert desk.field("Telephone number").text() == OWNER_NUMBER


def test_1_who_is_calling_is_confirmed_and_decides_what_may_be_told(desk: Receptionist) -> None:
    desk.key("F2")
    desk.see("Unverified", "Take the matter down. Give out nothing about any home, person or earlier matter.")
    desk.type(OWNER_NUMBER)
    desk.see(OWNER, "Number matches", "The progress and times of this caller's own matters.")
    desk.fill("What is reported", "厨房水龙头一直滴水")
    desk.key("Ctrl+S")
    desk.see("Taken down")
    assert desk.contacts()[0].verification == Verification.NUMBER_MATCHES
    assert desk.case().verification is Verification.NUMBER_MATCHES


def test_1_what_is_said_is_on_record_although_the_call_is_not_over(desk: Receptionist) -> None:
    desk.key("F2")
    desk.see("What is reported")
    desk.fill("What is reported", "电梯里灯不亮")
    desk.see("kept as you type")
    desk.see("Draft kept")
    with desk.other.store.read() as unit:
        assert unit.count(m.Draft.select()) == 1
    assert desk.cases() == []


def test_1_a_question_is_answered_on_the_spot_and_the_answer_is_on_record(desk: Receptionist) -> None:
    case = take_in(desk, FEES).case
    desk.see("Answered on the spot", "Completed", "每季度首月十五日前")
    assert (case.state, case.papers) == (CaseState.COMPLETED, ())
    line = desk.read_register("Calls and visits")[0]
    assert (line["By"], line["State"], line["What was reported"]) == ("Call", "Completed", case.content)


def test_1_the_details_of_the_call_have_its_beginning_and_its_end(desk: Receptionist) -> None:
    desk.key("F2")
    desk.see("What is reported")
    desk.clock.go_on(minutes=4)
    desk.fill("What is reported", "单元门口有垃圾")
    desk.key("Ctrl+S")
    desk.see("Taken down")
    contact = desk.contacts()[0]
    assert contact.ended_at - contact.started_at == timedelta(minutes=4)
    assert desk.case().opened_at == contact.ended_at


# --- 3 职责 ---------------------------------------------------------------------------------------------------------


def test_3_1_a_call_is_taken_and_recorded(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    desk.see("Call", case.content, "Taken down")
    line = desk.read_register("Calls and visits")[0]
    assert (line["Record No."], line["By"]) == (case.record_no, "Call")


def test_3_2_a_visitor_to_the_desk_is_received_and_recorded(desk: Receptionist) -> None:
    case = take_in(desk, UMBRELLAS).case
    desk.see("Walk-in", case.content)
    line = desk.read_register("Calls and visits")[0]
    assert (line["Record No."], line["By"]) == (case.record_no, "Walk-in")


def test_3_3_the_department_is_told_with_one_key_as_soon_as_it_is_on_record(desk: Receptionist) -> None:
    take_in(desk, TAP)
    desk.see("Nobody told yet")
    desk.clock.go_on(minutes=2)
    desk.key("Alt+2")
    desk.see("handed on", "Told: ", "Phoned")
    told = desk.case().routes[0]
    assert (told.told_how, told.told_at) == ("phoned", desk.clock.now())


def test_3_3_what_nobody_was_told_of_for_20_minutes_is_on_the_board(desk: Receptionist) -> None:
    case = take_in(desk, WATER_HEATER).case
    desk.clock.go_on(minutes=20)
    assert not desk.on_board(Board.TO_TELL, case)
    desk.clock.go_on(minutes=1)
    desk.tick()
    assert desk.on_board(Board.TO_TELL, case)
    desk.open(case)
    desk.see("Nobody told yet: late")
    desk.hand_on("热水器厂家 售后", "Phoned")
    desk.see("Told: 热水器厂家 售后")
    assert not desk.on_board(Board.TO_TELL, case)


def test_3_4_the_customer_is_told_of_the_course_and_of_the_result(desk: Receptionist) -> None:
    take_in(desk, TAP)
    desk.reply("师傅下午三点到")
    desk.see("师傅下午三点到")
    desk.print_paper()
    desk.result("已更换龙头阀芯")
    desk.reply("阀芯已换，不再滴水")
    desk.see("阀芯已换，不再滴水")
    desk.complete()
    desk.see("Marked completed")
    told = [event.text for event in desk.case().events if event.kind == "reply"]
    assert told == ["师傅下午三点到", "阀芯已换，不再滴水"]


def test_3_4_nothing_is_closed_without_a_reply_or_the_reason_why_there_is_none(desk: Receptionist) -> None:
    take_in(desk, TAP)
    desk.print_paper()
    desk.result("已更换龙头阀芯")
    desk.refused_to_complete("Customer told")
    assert desk.case().state is CaseState.OPEN
    desk.no_reply("三次致电均无人接听")
    desk.complete()
    desk.see("Marked completed", "三次致电均无人接听")
    assert desk.case().no_reply_reason == "三次致电均无人接听"


# --- 4.1 维修事项 ---------------------------------------------------------------------------------------------------


def test_4_1_1_repair_past_warranty_goes_on_a_work_order_and_its_line_is_marked_completed(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    desk.see("Service work order", "Procedure 4.1.1", "the warranty ended on 2021-06-30")
    assert case.remark is Remark.NONE
    desk.print_paper()
    desk.hand_on(EQUIPMENT, "Paper handed over")
    desk.refused_to_complete("Result written back")
    desk.result("已更换龙头阀芯")
    desk.reply()
    desk.complete()
    desk.see("Marked completed")
    line = desk.read_register("Calls and visits")[0]
    assert (line["Way"], line["Handling"], line["State"]) == ("Service work order", "已更换龙头阀芯", "Completed")


def test_4_1_2_overdue_work_order_enters_engineering_record(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    desk.agree("2026-11-23 18:00")
    desk.print_paper()
    desk.hand_on(EQUIPMENT)
    desk.clock.set("2026-11-23T18:01")
    desk.tick()
    desk.see("Overdue", "Handling record: engineering", "Not finished by the agreed time")
    desk.chase(EQUIPMENT, "催问进度，明早处理")
    line = desk.read_register("Engineering record")[0]
    assert line["Entered because"] == "Not finished by the agreed time · 11-23 18:00"
    assert "催问进度，明早处理" in line["Chases"]
    desk.open(case)
    desk.agree("2026-11-24 12:00")
    assert desk.handling_records(case) == [("engineering", False)]
    desk.result("已更换龙头阀芯")
    desk.reply()
    desk.complete()
    desk.see("Marked completed", "struck off")
    assert desk.handling_records(case) == [("engineering", True)]


def test_4_1_3_defect_within_warranty_is_verified_signed_for_and_struck_off_by_signature(desk: Receptionist) -> None:
    case = take_in(desk, NEW_JOINT).case
    desk.see("Rectification", "Liaison form", "Procedure 4.1.3")
    assert case.remark is Remark.RECTIFICATION
    desk.gone("Signed for by the project department: enter")  # nobody signs for what the director has not verified
    desk.step("Verified and signed by the office director", DIRECTOR)
    desk.see(DIRECTOR)
    desk.step("Signed for by the project department", PROJECT)
    desk.result("已重做接头", shows=(SIGNED_BACK,))
    desk.reply()
    desk.complete()
    desk.see("Marked completed", "Returned")
    marks = [(done.mark, done.who) for done in desk.case().papers[0].marks][:2]
    assert marks == [(Mark.VERIFIED, DIRECTOR), (Mark.RECEIVED, PROJECT)]
    assert desk.read_register("Calls and visits")[0]["Remark"] == "Rectification"


def test_4_1_3_form_not_signed_for_in_time_is_chased(desk: Receptionist) -> None:
    case = take_in(desk, NEW_JOINT).case
    desk.step("Verified and signed by the office director", DIRECTOR)
    desk.hand_on(PROJECT, "Paper handed over")
    desk.clock.set("2026-11-24T09:07")  # a working day later
    desk.tick()
    desk.see("The project department has not signed for the form")
    assert desk.on_board(Board.TO_CHASE, case)
    desk.open(case)
    desk.chase(PROJECT, "请今日签收")
    desk.see("请今日签收")
    assert not desk.on_board(Board.TO_CHASE, case)
    assert desk.caused(case) == ["not_received"]


def test_4_1_3_form_not_returned_in_time_is_chased(desk: Receptionist) -> None:
    case = take_in(desk, NEW_JOINT).case
    desk.step("Verified and signed by the office director", DIRECTOR)
    desk.step("Signed for by the project department", PROJECT)
    desk.clock.set("2026-11-26T09:07")  # three working days later
    desk.tick()
    desk.see("Overdue", "The form has not come back in time")
    assert desk.on_board(Board.OVERDUE, case)
    desk.open(case)
    desk.chase(PROJECT, "催回联系单")
    desk.see("催回联系单")
    assert desk.caused(case) == ["not_returned"]


def test_4_1_3_form_back_without_the_signature_cannot_be_struck_off(desk: Receptionist) -> None:
    take_in(desk, SEEPAGE)
    desk.step("Verified and signed by the office director", DIRECTOR)
    desk.step("Signed for by the project department", PROJECT)
    desk.result("项目部已处理")
    desk.reply()
    desk.refused_to_complete("Project department's signature on the returned form")
    assert desk.case().state is CaseState.OPEN
    desk.step(SIGNED_BACK, PROJECT)
    desk.complete()
    desk.see("Marked completed")
    assert desk.case().state is CaseState.COMPLETED


def test_4_1_4_external_units_own_promise_is_the_clock_and_it_is_chased_until_handled(desk: Receptionist) -> None:
    case = take_in(desk, WATER_HEATER).case
    desk.see("Other", "External unit's repair", "Procedure 4.1.4")
    promised = desk.clock.now().astimezone(desk.other.zone).replace(day=25, hour=15, minute=0)
    assert (case.remark, case.due_at) == (Remark.OTHER, promised)
    desk.hand_on("热水器厂家 售后")
    desk.clock.set("2026-11-25T15:01")
    desk.tick()
    desk.see("The external unit missed the time it promised", "0 promises kept, 1 missed")
    desk.chase("热水器厂家 售后", "未按约上门", promised="2026-11-26 10:00")
    desk.see("未按约上门")
    desk.clock.set("2026-11-26T09:40")
    desk.result("厂家已更换点火器")
    desk.reply("厂家已修好，请试用")
    desk.complete()
    desk.see("Marked completed", "1 promises kept, 1 missed")
    line = desk.read_register("Other record")[0]
    assert "未按约上门" in line["Chases"]
    assert "厂家已更换点火器" in line["Outcome"]
    assert desk.handling_records(case) == [("other", True)]


# --- 4.2 意见、建议 -------------------------------------------------------------------------------------------------


def test_4_2_opinion_that_others_must_agree_to_enters_communication_record(desk: Receptionist) -> None:
    case = take_in(desk, NOISE).case
    desk.see("Communication", "Coordination", "Others must agree and it takes more than two days.")
    assert case.remark is Remark.COMMUNICATION
    desk.chase("楼上业主", "周末面谈，愿意加脚垫")
    desk.result("已铺地垫，双方同意")
    desk.refused_to_complete("Customer told")
    desk.reply("楼上已加地垫")
    desk.complete()
    desk.see("Marked completed")
    line = desk.read_register("Communication record")[0]
    assert "周末面谈，愿意加脚垫" in line["Chases"]
    assert desk.handling_records(case) == [("communication", True)]


def test_4_2_short_suggestion_stays_on_the_register_line(desk: Receptionist) -> None:
    case = take_in(desk, UMBRELLAS).case
    desk.see("Department's own matter", "A single department can answer.")
    assert (case.remark, case.papers, desk.handling_records(case)) == (Remark.NONE, (), [])
    assert desk.read_register("Communication record") == []


def test_4_2_what_customers_keep_raising_is_told_to_the_office_with_prevention_and_response(desk: Receptionist) -> None:
    for matter in (NOISE, LOCKERS, UMBRELLAS):
        take_in(desk, matter)
    desk.page("reports")
    desk.see("Week 48, 2026", "Opinion or suggestion · 3 raised")
    desk.fill("Prevention", "晚十点后巡楼提醒")
    desk.fill("Response", "先电话沟通，再上门协调")
    desk.click("Note it")
    desk.see("Noted for the digest.", "noted")
    with desk.other.store.read() as unit:
        note = unit.one(m.DigestNote.select())
    assert (note.period, note.prevention) == ("2026-W48", "晚十点后巡楼提醒")
    assert note.response == "先电话沟通，再上门协调"


# --- 4.3 投诉 -------------------------------------------------------------------------------------------------------


def test_4_3_complaint_goes_up_by_the_clock_and_each_level_has_somebody_to_tell(desk: Receptionist) -> None:
    case = take_in(desk, RUDENESS).case
    desk.see("Complaint record")
    steps = (
        ("2026-11-23T10:47", 1, "Head of the responsible department"),
        ("2026-11-25T10:47", 2, "Office director"),
        ("2026-12-02T10:47", 3, "Company management"),
    )
    for at, level, whom in steps:
        desk.clock.set(at)
        desk.tick()
        assert desk.again(case).level == level
        assert level == 3 or desk.on_board(Board.TO_TELL, case)
        desk.open(case)
        desk.see(f"The complaint goes up a level: level {level}")
        tell_offered(desk, whom)
        desk.see(f"{whom}: level {level}")
        told = [event.data["whom"] for event in desk.again(case).events if event.kind == "told"]
        assert told[-1] == whom
    assert desk.caused(case) == ["escalated"] * 3


def tell_offered(desk: Receptionist, whom: str) -> None:
    """Hands on to whom the screen itself names."""
    desk.deed("H", "Hand the matter on")
    desk.until(lambda: desk.field("To whom").text() == whom)
    desk.send("Hand on")


def test_4_3_complaint_is_resolved_replied_and_followed_up(desk: Receptionist) -> None:
    take_in(desk, RUDENESS)
    desk.hand_on("环境部 负责人")
    desk.refused_to_complete("Resolved", "Customer told", "Followed up")
    desk.result("已约谈当事人并道歉")
    desk.reply()
    desk.refused_to_complete("Followed up")
    desk.clock.go_on(days=2, minutes=1)
    assert desk.on_board(Board.TO_FOLLOW_UP, desk.case())
    desk.open(desk.case())
    desk.follow_up("态度好多了", rating="4 of 5")
    desk.complete()
    desk.see("Marked completed", "It holds", "4 of 5")
    line = desk.read_register("Complaints")[0]
    assert (line["No."], line["Measures, result"]) == ("CR-202611-0001", "已约谈当事人并道歉")


# --- 4.4 特约服务 ---------------------------------------------------------------------------------------------------


def quoted_and_agreed(desk: Receptionist) -> CaseView:
    """A special service whose price of the list was offered and agreed to."""
    take_in(desk, AIR_CONDITIONER)
    desk.deed("Q", "Offer a price")
    desk.pick("Item of the price list", SERVICE)
    desk.fill(f"{SERVICE}: quantity", "2")
    desk.see("¥240.00")
    desk.send("Offer")
    desk.see("offered ¥240.00")
    desk.step("Customer agreed to the price", "客户")
    return desk.case()


def charge_and_close(desk: Receptionist) -> None:
    """Records what was paid, asks whether it holds, and strikes the line off."""
    desk.refused_to_complete("Charge recorded", "Customer told")
    desk.deed("Y", "Record the charge")
    desk.choose("How it was paid", "Mobile payment")
    desk.send("Record")
    assert desk.case().papers[0].details["charged_fen"] == 2 * SERVICE_PRICE_FEN
    desk.reply()
    desk.refused_to_complete("Followed up")
    desk.follow_up("洗得干净")
    desk.complete()
    desk.see("Marked completed")


def test_4_4_special_service_is_quoted_agreed_done_signed_charged_and_followed_up(desk: Receptionist) -> None:
    quoted_and_agreed(desk)
    desk.hand_on(EQUIPMENT)
    desk.result("已清洗两台", shows=("Work done", "Signed by the customer"))
    charge_and_close(desk)
    line = desk.read_register("Special services")[0]
    assert (line["Quoted (CNY)"], line["Charged (CNY)"]) == ("240.00", "240.00")


def test_4_4_absent_customer_is_a_recorded_reason_in_place_of_the_signature(desk: Receptionist) -> None:
    quoted_and_agreed(desk)
    desk.result("已清洗两台", shows=("Work done",))
    desk.refused_to_complete("Signed by the customer")
    desk.deed("M", "Enter a step")
    desk.pick("Step", "Signed by the customer")
    desk.choose("Did the customer sign?", "Customer absent")
    desk.fill("Why it is not signed", "家中无人，已拍照")
    desk.send("Enter")
    desk.see("家中无人，已拍照")
    charge_and_close(desk)
    signed = next(done for done in desk.case().papers[0].marks if done.mark is Mark.CUSTOMER_SIGNED)
    assert (signed.who, signed.note) == ("", "Customer absent: 家中无人，已拍照")
