"""The procedure after 4.4: what holds for every matter (4.5), the register (5.0), emergencies and confidentiality.

Paragraph by paragraph like `test_procedure.py`, which has chapter 1 and 3.1 - 4.4; the last test is a PC that slept.
"""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from frontdesk.domain.cases import CaseState
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.routing import Route
from frontdesk.services.views import Board
from frontdesk.storage import models as m
from tests.acceptance.desk import Receptionist
from tests.acceptance.homes import OWNER_NUMBER
from tests.acceptance.intake import Taken, take_in

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

# Rows of the desk's day.
TAP, NEW_JOINT, LAMP, WATER_HEATER, BALCONY, GATE = "D01", "D02", "D09", "D07", "D17", "D18"
UMBRELLAS, RUDENESS, CLASSMATE, GAS, LIFT = "D21", "D22", "D26", "D27", "D28"
BURST_PIPE, NO_WATER = "D29", "D30"

EQUIPMENT, MAKER, DIRECTOR = "设备管理部 周启明", "热水器厂家 售后", "管理处 主任"


def finish(desk: Receptionist, result: str = "已修好") -> None:
    """Prints, writes back, tells the customer, strikes off."""
    desk.print_paper()
    desk.result(result)
    desk.reply()
    desk.complete()
    desk.see("Marked completed")


# --- 4.5.1 ----------------------------------------------------------------------------------------------------------


def test_4_5_1_record_is_complete_and_true(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    desk.see(case.content, "1栋1单元101", "Repair", "Call", "Taken down")
    (line,) = desk.read_register("Calls and visits")
    assert line["What was reported"] == "厨房水龙头一直滴水"
    assert (line["Unit"], line["Time"], line["State"]) == ("1栋1单元101", "11-23 09:02", "")


def test_4_5_1_department_is_told_chased_and_followed_to_the_end(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    desk.hand_on(EQUIPMENT, "Paper handed over")
    desk.see(f"Told: {EQUIPMENT}")
    desk.chase(EQUIPMENT, "问进度：缺配件")
    desk.chase(EQUIPMENT, "配件已到，下午去")
    desk.see(f"{EQUIPMENT} · 配件已到，下午去", f"{EQUIPMENT} · 问进度：缺配件")
    finish(desk)
    after = desk.again(case)
    assert (after.state, len(after.chases)) == (CaseState.COMPLETED, 2)


def test_4_5_1_one_fault_with_many_callers_is_one_case_and_all_are_told_at_once(desk: Receptionist) -> None:
    burst = take_in(desk, BURST_PIPE).case
    neighbours = [take_in(desk, NO_WATER).case for _ in range(2)]
    desk.see("Joined to another case")
    desk.refused_to_complete("The case it was joined to is over")
    desk.open(burst)
    desk.step("Superior told", DIRECTOR)
    desk.print_paper()
    desk.result("水管已抢修")
    desk.deed("R", "And 2 joined callers")
    desk.fill("What was said", "已恢复供水")
    desk.send("Record")
    desk.see("已恢复供水")
    for neighbour in neighbours:
        after = desk.again(neighbour)
        assert (after.state, after.papers) == (CaseState.COMPLETED, ())
        assert [event.text for event in after.events if event.kind == "reply"] == ["已恢复供水"]


def test_4_5_1_waiting_for_the_customer_stops_the_clock_and_loses_no_time(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case  # 8 working hours from 9:02
    desk.clock.set("2026-11-23T10:02")
    desk.deed("P", "Stop the clock")
    desk.fill("What is waited for", "客户在外地，周三回来")
    desk.send("Stop the clock")
    desk.see("Waiting for the customer", "客户在外地，周三回来", "7:00 of the promise are left")
    desk.clock.set("2026-11-25T10:00")
    desk.tick()
    assert (desk.again(case).clock, desk.caused(case)) == (ClockState.PAUSED, [])
    desk.key("G")
    desk.see("Goes on")
    due = desk.again(case).due_at
    assert due is not None
    assert f"{due.astimezone(desk.other.zone):%m-%d %H:%M}" == "11-26 09:00"
    desk.clock.set("2026-11-26T09:01")
    desk.tick()
    desk.see("Overdue")
    assert desk.caused(case) == ["work_order_overdue"]


def test_4_5_1_matter_may_be_deferred_until_a_day_and_then_runs_on(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    desk.deed("Z", "Defer the matter")
    desk.fill("Reason", "业主装修结束后再修")
    desk.fill("Deferred until", "2026-12-01 08:30")
    desk.send("Defer")
    desk.see("Deferred", "业主装修结束后再修")
    desk.clock.set("2026-11-30T17:00")
    desk.tick()
    assert desk.on_board(Board.WAITING, case)
    assert desk.caused(case) == []
    desk.clock.set("2026-12-02T08:31")  # the eight hours that were left, and a minute
    desk.tick()
    assert desk.on_board(Board.OVERDUE, case)
    assert desk.caused(case) == ["work_order_overdue"]


def test_4_5_1_keeping_off_the_board_never_hides_what_is_overdue(desk: Receptionist) -> None:
    case = take_in(desk, WATER_HEATER).case
    desk.deed("S", "Keep off my board")
    desk.fill("Until", "2026-11-27 09:00")
    desk.send("Keep off")
    desk.see("It is kept off your board.")
    assert desk.on_board(Board.WAITING, case)
    desk.clock.set("2026-11-25T15:01")
    desk.tick()
    assert desk.on_board(Board.OVERDUE, case)


def test_4_5_1_follow_up_that_finds_it_not_fixed_opens_the_case_again(desk: Receptionist) -> None:
    case = take_in(desk, TAP).case
    finish(desk)
    desk.clock.go_on(days=2)
    desk.follow_up("又开始滴水", rating="2 of 5", holds=False)
    desk.see("Reopened", "reopened once", "又开始滴水")
    after = desk.again(case)
    assert (after.state, after.reopened) == (CaseState.OPEN, 1)
    assert [paper.state.value for paper in after.papers] == ["returned", "issued"]
    finish(desk, "已换整套龙头")
    line = desk.read_register("Follow-ups")[0]
    assert "Not fixed" in line.values()


# --- 4.5.2 ----------------------------------------------------------------------------------------------------------


def test_4_5_2_how_an_external_unit_keeps_its_promises_is_known_when_it_is_called_next(desk: Receptionist) -> None:
    another, first = (take_in(desk, WATER_HEATER).case for _ in range(2))
    desk.see("0 promises kept, 0 missed, 2 open")
    desk.clock.set("2026-11-25T15:01")
    desk.tick()
    desk.open(first)
    desk.chase(MAKER, "未到，约明早", promised="2026-11-26 10:00")
    desk.clock.set("2026-11-26T09:30")
    desk.result("已更换点火器")
    desk.open(another)
    desk.deed("C", "Who was chased")
    desk.see("1 promises kept, 2 missed, 0 open")
    desk.key("Escape")
    assert desk.promises(first) == [False, True]
    assert desk.promises(another) == [False]


# --- 4.5.3 ----------------------------------------------------------------------------------------------------------


def test_4_5_3_whose_duty_is_not_known_is_to_be_established_and_says_whom_to_ask(desk: Receptionist) -> None:
    case = take_in(desk, GATE).case
    desk.see("To be established", "Ask the equipment department who answers for it.")
    assert (case.route.route, case.papers) == (Route.TO_ESTABLISH, ())
    desk.refused_to_complete("Route decided")
    desk.deed("E", "Establish who answers for it")
    desk.pick("Who answers for it", "Property company")
    desk.send("Decide by rule")
    desk.see("Service work order", "Procedure 4.1.1")
    finish(desk)
    assert desk.again(case).state is CaseState.COMPLETED


def test_4_5_3_a_missing_date_is_asked_for_and_never_assumed(desk: Receptionist) -> None:
    case = take_in(desk, BALCONY).case
    desk.see("To be established", "Ask the management office whether the warranty still runs.")
    desk.deed("E", "Establish who answers for it")
    desk.fill("Delivered on", "2024-03-01")
    desk.send("Decide by rule")
    desk.see("Liaison form", "under warranty until 2029-03-01")
    assert desk.again(case).route.route is Route.LIAISON
    assert desk.audited("unit.delivered") == 1


def test_4_5_3_a_person_may_overrule_and_the_rules_own_decision_stays_beside(desk: Receptionist) -> None:
    take_in(desk, LAMP)
    desk.deed("O", "Decide otherwise")
    desk.pick("Route", "Liaison form")
    desk.click("Decide")
    desk.see("Say why; it stays on record.")
    desk.fill("Reason", "现场查明为质保期内施工缺陷")
    desk.send("Decide")
    desk.see("Decided by a person: 现场查明为质保期内施工缺陷", "Rectification", "Transferred")
    with desk.other.store.read() as unit:
        by_rule, by_hand = unit.all(m.RouteDecision.select().order_by(m.RouteDecision.id))
    assert (by_rule.route, by_rule.overruled) == (Route.WORK_ORDER, False)
    assert (by_hand.route, by_hand.rule_route, by_hand.overruled) == (Route.LIAISON, Route.WORK_ORDER, True)
    assert desk.audited("case.routed") == 2


# --- 5.0 相关记录 ---------------------------------------------------------------------------------------------------


def some_lines(desk: Receptionist) -> list[Taken]:
    """Three matters, the first of them seen to."""
    first = take_in(desk, TAP)
    finish(desk, "已更换龙头阀芯")
    return [first, take_in(desk, NEW_JOINT), take_in(desk, UMBRELLAS)]


def test_5_0_register_of_calls_and_visits_shows_the_lines_with_all_that_came_of_them(desk: Receptionist) -> None:
    taken = some_lines(desk)
    lines = desk.read_register("Calls and visits")
    desk.see("All 3", "Open 2", "Struck off 1", "已更换龙头阀芯")
    assert [line["Record No."] for line in lines] == [each.case.record_no for each in reversed(taken)]
    umbrellas, joint, tap = lines
    assert (tap["Way"], tap["Handling"], tap["State"]) == ("Service work order", "已更换龙头阀芯", "Completed")
    assert (joint["Way"], joint["State"], joint["Remark"]) == ("Liaison form", "", "Rectification")
    assert (umbrellas["By"], umbrellas["Way"]) == ("Walk-in", "Department's own matter")
    desk.click("Struck off 1")
    desk.gone("建议大堂放个雨伞架")


def test_5_0_register_is_exported_and_printed_as_its_form(desk: Receptionist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_PLAIN_DIALOGS", "1")
    taken = some_lines(desk)
    desk.read_register("Calls and visits")
    desk.key("Ctrl+E")
    book = desk.save_as("register.xlsx")
    desk.see("The workbook was saved")
    cells = [str(cell.value) for row in load_workbook(book).active.iter_rows() for cell in row]
    desk.key("Ctrl+P")
    desk.see("Save as a PDF file")
    desk.key("Ctrl+S")
    desk.fill("PDF file", str(desk.folder / "register.pdf"))
    desk.key("Return")
    desk.see("The register was saved")
    pages = PdfReader(io.BytesIO((desk.folder / "register.pdf").read_bytes())).pages
    paper = "".join(re.sub(r"\s", "", page.extract_text()) for page in pages)
    assert "来电来访记录" in paper
    for each in taken:
        assert each.case.record_no in cells
        assert each.case.record_no in paper
    assert desk.audited("register.handed_over") == 2


# --- 特殊情况处理 ---------------------------------------------------------------------------------------------------


def test_special_emergency_stands_first_until_superior_is_told_stood_down_and_reviewed(desk: Receptionist) -> None:
    case = take_in(desk, GAS).case
    desk.see("Incident record", "the superior is told at once")
    assert desk.on_board(Board.EMERGENCY, case)
    desk.open(case)
    desk.step("Superior told", "管理处主任")
    desk.result("燃气公司已关阀检修")
    desk.refused_to_complete("Stood down", "Customer told", "Reviewed")
    desk.clock.go_on(minutes=40)
    desk.step("Stood down", "值班员")
    desk.reply("已排除，可以通行")
    desk.refused_to_complete("Reviewed")
    desk.step("Reviewed", "管理处主任")
    desk.complete()
    desk.see("Marked completed")
    marks = [done.mark.value for done in desk.again(case).papers[0].marks]
    assert marks == ["superior_told", "stood_down", "reviewed"]


def test_special_emergency_is_overdue_after_15_minutes_by_night_as_well(desk: Receptionist) -> None:
    desk.clock.set("2026-11-28T02:00")  # a Saturday's night
    case = take_in(desk, LIFT).case
    desk.clock.go_on(minutes=16)
    desk.tick()
    assert desk.on_board(Board.EMERGENCY, case)
    desk.open(case)
    desk.see("Overdue", "The promised time has passed")
    assert desk.caused(case) == ["overdue"]


# --- 信息保密 -------------------------------------------------------------------------------------------------------


def test_confidential_what_is_asked_about_an_owner_is_refused_on_record_and_audited(desk: Receptionist) -> None:
    case = take_in(desk, CLASSMATE).case
    desk.see("Information refused", "I am sorry: residents' information is confidential, and we may not give it out.")
    assert (case.refused, case.state) == (True, CaseState.COMPLETED)
    assert desk.audited("information.refused") == 1


def test_confidential_a_number_is_masked_until_it_is_revealed_with_a_reason(desk: Receptionist) -> None:
    desk.key("F2")
    desk.see("Telephone number")
    desk.type(OWNER_NUMBER)
    desk.see("138****2210")
    desk.click("Show the number, with a reason")
    desk.click("Show")
    desk.see("Say why you need the number.")
    assert desk.audited("phone.revealed") == 0
    desk.fill("Reason", "核对回访号码")
    desk.click("Show")
    desk.see(OWNER_NUMBER)
    assert desk.audited("phone.revealed") == 1


# --- a PC that slept ------------------------------------------------------------------------------------------------


def test_all_that_fell_due_while_the_pc_slept_happens_once_and_by_itself(desk: Receptionist) -> None:
    tap, joint, heater, rude = (take_in(desk, each).case for each in (TAP, NEW_JOINT, WATER_HEATER, RUDENESS))
    wanted = {
        tap.id: ["work_order_overdue"],
        joint.id: ["not_received", "not_returned"],
        heater.id: ["visit_missed"],
        rude.id: ["escalated"] * 3,
    }

    def caused() -> dict[int, list[str]]:
        return {each.id: desk.caused(each) for each in (tap, joint, heater, rude)}

    desk.clock.go_on(days=9, hours=12)  # nobody ticks: the console finds out
    desk.until(lambda: caused() == wanted)
    desk.see("The complaint goes up a level: level 3")
    assert desk.handling_records(tap) == [("engineering", False)]
    assert desk.again(rude).level == 3
    desk.clock.go_on(hours=9)
    desk.tick()
    desk.tick()
    assert caused() == wanted
    assert desk.on_board(Board.OVERDUE, tap)
    desk.see(joint.content, heater.content)
    desk.open(tap)
    desk.see("Handling record: engineering")
    finish(desk)
    assert desk.handling_records(tap) == [("engineering", True)]
