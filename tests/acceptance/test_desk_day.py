"""A day's matters at a desk, row by row, through the screens: route, remark, papers, registers, told, and closing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.domain.cases import CaseState
from frontdesk.domain.routing import Remark
from frontdesk.services.views import CaseView
from tests.acceptance.desk import Receptionist
from tests.acceptance.homes import Row, rows
from tests.acceptance.intake import ROWS, Taken, take_in

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

REMARKS = {"": Remark.NONE, "整改类": Remark.RECTIFICATION, "其他类": Remark.OTHER, "沟通类": Remark.COMMUNICATION}
REGISTERS = {
    "handling_record_engineering": "engineering",
    "handling_record_other": "other",
    "handling_record_communication": "communication",
}
MATTERS = [row.id for row in rows() if row.nature]


def papers_of(case: CaseView) -> list[str]:
    """The kinds of a case's papers, in the order of their names."""
    return sorted(paper.kind.value for paper in case.papers)


def told(case: CaseView) -> set[str]:
    """Whom the screen names as those who see to it."""
    return {
        each.name for route in case.routes for each in (route.view.department, route.view.external) if each is not None
    }


def whom(row: Row) -> set[str]:
    """Whom a row wants told, in the names of the site."""
    if "开发企业项目部" in row.expect_told:
        return {"开发企业项目部"}
    named = {"管理处 (delivery file)": "管理处", "责任部门": "环境部"}
    known = {"设备管理部", "客服部", "工程部", *named}
    parts = [part.strip() for part in row.expect_told.split(";")]
    return {named.get(part, part) for part in parts if part in known}


def prepare(desk: Receptionist, row_id: str) -> None:
    """Takes in what a row refers to."""
    if row_id == "D30":
        take_in(desk, "D29")
    if row_id == "D23":
        close_repair(desk, take_in(desk, "D01"))


@pytest.mark.parametrize("row_id", MATTERS)
def test_a_matter_goes_its_way_and_is_struck_off(desk: Receptionist, row_id: str) -> None:
    prepare(desk, row_id)
    taken = take_in(desk, row_id)
    row, case = taken.row, taken.case
    assert case.remark is REMARKS[row.expect_remark]
    assert papers_of(case) == sorted(filter(None, row.expect_papers.split("+")))
    assert case.record_no.startswith("CV-202611-")
    wanted = [REGISTERS[each] for each in row.expect_registers.split("+") if each in REGISTERS]
    assert desk.handling_records(case) == [(register, False) for register in wanted]
    assert whom(row) <= told(case)
    if row.expect_remark:
        desk.see({"整改类": "Rectification", "其他类": "Other", "沟通类": "Communication"}[row.expect_remark])
    CLOSING[row.expect_route.split(" ")[0]](desk, taken)
    if not row.expect_route.startswith(("to_be", "joined")):
        closed = desk.case(position(desk, case))
        assert closed.state is CaseState.COMPLETED
        assert desk.handling_records(case) == [(register, True) for register in wanted]


def position(desk: Receptionist, case: CaseView) -> int:
    """A case's place among all."""
    return [each.id for each in desk.cases()].index(case.id)


# --- how each is closed ----------------------------------------------------------------------------------------------


def close_repair(desk: Receptionist, taken: Taken) -> None:
    """4.1.1: result written back, customer told, line marked 已完成; not before."""
    desk.refused_to_complete("Result written back", "Customer told")
    desk.print_paper()
    desk.hand_on("设备管理部 周启明")
    desk.result("已修好")
    desk.refused_to_complete("Customer told")
    desk.reply()
    desk.complete()
    desk.see("Marked completed")


def close_rectification(desk: Receptionist, taken: Taken) -> None:
    """4.1.3: verified, signed for, back with the project department's signature, customer told."""
    desk.refused_to_complete("Project department's signature on the returned form")
    desk.step("Verified and signed by the office director", "管理处 主任")
    desk.step("Signed for by the project department")
    desk.result("项目部已处理", shows=("Confirmed by the project department's signature",))
    desk.reply()
    desk.complete()
    desk.see("Marked completed")


def close_in_register(desk: Receptionist, taken: Taken) -> None:
    """4.1.4, 4.2: told, handled, customer told."""
    desk.refused_to_complete("Customer told")
    desk.hand_on("王师傅")
    desk.result("已处理")
    desk.reply()
    desk.complete()
    desk.see("Marked completed")


def close_complaint(desk: Receptionist, taken: Taken) -> None:
    """4.3: resolved, replied, followed up; an earlier case was opened again, once."""
    if taken.row.id == "D23":
        earlier = desk.case(0)
        assert (earlier.state, earlier.reopened) == (CaseState.OPEN, 1)
    desk.hand_on("环境部 负责人")
    desk.result("已约谈当事人并道歉")
    desk.reply()
    desk.refused_to_complete("Followed up")
    desk.follow_up()
    desk.complete()
    desk.see("Marked completed")


def close_special_service(desk: Receptionist, taken: Taken) -> None:
    """4.4: offered, agreed, done, signed, charged, followed up."""
    desk.deed("Q", "Offer a price")
    desk.fill("Something that is not in the list", "空调清洗")
    desk.click("Add a line")
    desk.fill("空调清洗: price in yuan", "120")
    desk.send("Offer")
    desk.step("Customer agreed to the price", "客户")
    desk.hand_on("设备管理部")
    desk.result("已清洗两台", shows=("Work done", "Signed by the customer"))
    desk.refused_to_complete("Charge recorded", "Customer told")
    desk.deed("Y", "Record the charge")
    desk.send("Record")
    desk.reply()
    desk.follow_up()
    desk.complete()
    desk.see("Marked completed")


def was_answered(desk: Receptionist, taken: Taken) -> None:
    """A register line with the answer used; a refusal is audited."""
    desk.see("Completed")
    assert desk.audited("information.refused") == (1 if taken.row.id == "D26" else 0)


def close_emergency(desk: Receptionist, taken: Taken) -> None:
    """Chapter 3: superior told at once, stood down, reviewed; a work order beside it comes back like any other."""
    desk.refused_to_complete("Superior told", "Stood down", "Reviewed")
    desk.step("Superior told", "管理处主任")
    if "work_order" in papers_of(taken.case):
        desk.print_paper()
    desk.result("险情已排除")
    desk.step("Stood down", "值班员")
    desk.step("Reviewed", "管理处主任")
    desk.reply()
    desk.complete()
    desk.see("Marked completed")


def establish(desk: Receptionist, taken: Taken) -> None:
    """4.5.3: what is found out decides, by rule; then it goes as that route."""
    desk.deed("E", "Establish who answers for it")
    if taken.row.id == "D17":
        desk.fill("Delivered on", "2024-03-01")
    else:
        desk.pick("Who answers for it", "Property company")
    desk.send("Decide by rule")
    if taken.row.id == "D17":
        desk.see("Liaison form")
        close_rectification(desk, taken)
    else:
        desk.see("Service work order")
        close_repair(desk, taken)


def tell_with_the_other(desk: Receptionist, taken: Taken) -> None:
    """4.5.1: one fault, many callers; each is told when it is over."""
    desk.refused_to_complete("The case it was joined to is over")
    main = desk.open(desk.case(0))
    desk.step("Superior told", "管理处主任")
    desk.print_paper()
    desk.result("水管已抢修")
    desk.deed("R", "And 1 joined caller")
    desk.fill("What was said", "已恢复供水")
    desk.send("Record")
    assert main.joined[0].case_id == taken.case.id
    assert desk.case(1).state is CaseState.COMPLETED


CLOSING: dict[str, Callable[[Receptionist, Taken], None]] = {
    "property_repair": close_repair,
    "rectification": close_rectification,
    "external_unit": close_in_register,
    "communication": close_in_register,
    "direct": close_in_register,
    "complaint": close_complaint,
    "special_service": close_special_service,
    "answered": was_answered,
    "emergency": close_emergency,
    "emergency+property_repair": close_emergency,
    "to_be_established": establish,
    "joined": tell_with_the_other,
}


# --- what happens later ----------------------------------------------------------------------------------------------


def test_e01_an_overdue_work_order_enters_the_engineering_record_once(desk: Receptionist) -> None:
    row = ROWS["E01"]
    case = take_in(desk, "D01").case
    desk.agree("2026-11-23 18:00")
    desk.print_paper()
    desk.hand_on("设备管理部 周启明")
    desk.clock.set(row.at)
    desk.tick()
    assert desk.handling_records(case) == []
    desk.clock.go_on(minutes=1)
    desk.tick()
    desk.tick()
    assert desk.handling_records(case) == [("engineering", False)]
    desk.see("Handling record: engineering", "Not finished by the agreed time")
    desk.chase("设备管理部 周启明", "催问进度，明早处理")
    desk.result("已修好")
    desk.reply()
    desk.complete()
    desk.see("Marked completed")
    assert desk.handling_records(case) == [("engineering", True)]


def test_e02_a_maker_who_did_not_come_is_chased_and_counted(desk: Receptionist) -> None:
    case = take_in(desk, "D07").case
    desk.hand_on("热水器厂家 售后")
    desk.clock.set(ROWS["E02"].at)
    desk.tick()
    desk.see("The external unit missed the time it promised")
    desk.chase("热水器厂家 售后", "未按约上门，要求明日上午到场")
    after = desk.case()
    assert [chase.said for chase in after.chases] == ["未按约上门，要求明日上午到场"]
    assert desk.handling_records(case) == [("other", False)]
    desk.deed("C", "Who was chased")
    desk.see("0 promises kept, 1 missed")


def test_e03_a_defect_found_on_the_spot_is_sent_another_way(desk: Receptionist) -> None:
    take_in(desk, "D09")
    desk.print_paper()
    desk.clock.set(ROWS["E03"].at)
    desk.deed("O", "Decide otherwise")
    desk.pick("Route", "Liaison form")
    desk.fill("Reason", "现场查明为质保期内施工缺陷")
    desk.send("Decide")
    desk.see("Rectification", "Transferred")
    case = desk.case()
    assert [(paper.kind.value, paper.state.value) for paper in case.papers] == [
        ("work_order", "transferred"),
        ("liaison_form", "issued"),
    ]
    assert case.remark is Remark.RECTIFICATION
    assert case.papers[0].number == "WO-202611-0001"


def test_e04_a_form_back_with_its_signature_is_struck_off(desk: Receptionist) -> None:
    taken = take_in(desk, "D02")
    desk.clock.set(ROWS["E04"].at)
    close_rectification(desk, taken)
    assert desk.case().state is CaseState.COMPLETED


def test_e05_a_form_back_without_its_signature_cannot_be_closed(desk: Receptionist) -> None:
    take_in(desk, "D03")
    desk.step("Verified and signed by the office director", "管理处 主任")
    desk.step("Signed for by the project department")
    desk.clock.set(ROWS["E05"].at)
    desk.result("项目部已处理")
    desk.reply()
    desk.refused_to_complete("Project department's signature on the returned form")
    case = desk.case()
    assert (case.state, case.papers[0].state.value) == (CaseState.OPEN, "returned")


def test_e06_a_customer_who_cannot_be_reached_needs_a_recorded_reason(desk: Receptionist) -> None:
    case = take_in(desk, "D01").case
    desk.agree("2026-11-23 18:00")
    desk.print_paper()
    desk.clock.set("2026-11-23T18:01")
    desk.tick()
    desk.clock.set(ROWS["E06"].at)
    desk.result("已更换龙头阀芯")
    desk.refused_to_complete("Customer told")
    desk.no_reply("11-24、11-25、11-26 三次致电均无人接听")
    desk.complete()
    desk.see("Marked completed")
    assert desk.handling_records(case) == [("engineering", True)]


def test_e07_what_is_blocked_again_is_opened_again_with_its_history(desk: Receptionist) -> None:
    taken = take_in(desk, "D31a")
    close_repair(desk, taken)
    desk.clock.set(ROWS["E07"].at)
    desk.open(taken.case)
    desk.deed("Shift+R", "Reason")
    desk.fill("Reason", "马桶又堵了")
    desk.send("Reopen")
    case = desk.case(0)
    assert (case.state, case.reopened) == (CaseState.OPEN, 1)
    assert [paper.kind.value for paper in case.papers] == ["work_order", "work_order"]
    assert [paper.state.value for paper in case.papers] == ["returned", "issued"]
    close_repair(desk, taken)
