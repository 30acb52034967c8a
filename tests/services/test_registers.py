"""登记簿: which lines a register has, what they say to whom, the figures that lead to them, paper and workbook."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import Mark, PaperKind, PaperState
from frontdesk.domain.registers import REGISTERS, Lasting, LineState, Only, RegisterKind
from frontdesk.domain.routing import MatterKind, Remark, Route
from frontdesk.forms.fontbuild import build_fonts
from frontdesk.services import case_course, case_routes, cases, clockwork, registers, special_services
from frontdesk.services.registers import HandedOver, TooManyLines
from frontdesk.services.views import Channel, MatterDraft, Overrule
from frontdesk.services.views.course import ChaseDone, QuoteLine
from frontdesk.services.views.registers import RegisterFilter, RegisterOrder, RegisterRow
from frontdesk.storage import models as m
from tests.services import lobby_kit
from tests.services.house_kit import NEW_HOME, NUMBER, OLD_HOME, OWNER, House, question

EVERYTHING = RegisterFilter()


@pytest.fixture(scope="session", autouse=True)
def _faces() -> None:
    build_fonts(paths.built() / "fonts")


@dataclass
class Desk:
    """A house, and what stands in its registers."""

    house: House

    def page(self, kind: RegisterKind, chosen: RegisterFilter = EVERYTHING, actor: Actor | None = None, **more):
        return registers.page(self.house.site, actor or self.house.desk, kind, chosen, **more)

    def column(self, kind: RegisterKind, key: str, chosen: RegisterFilter = EVERYTHING, **more) -> list[object]:
        return [cell(kind, row, key) for row in self.page(kind, chosen, **more).rows]

    def enter(self, register: Register, case_id: int, serial: int, **fields: object) -> int:
        with self.house.site.store.write() as unit:
            values = {"year": 2026, "entered_at": self.house.clock(), **fields}
            return unit.add(m.RegisterEntry, register=register, serial=serial, case=case_id, **values)

    def change(self, case_id: int, **fields: object) -> None:
        with self.house.site.store.write() as unit:
            unit.change(m.Case, case_id, **fields)

    def paper(self, case_id: int, kind: PaperKind, number: str, **fields: object) -> int:
        with self.house.site.store.write() as unit:
            values = {"state": PaperState.ISSUED, "issued_at": self.house.clock(), **fields}
            return unit.add(
                m.Paper, case=case_id, kind=kind, number=number, code=number, code_digest=number,
                issued_by=self.house.desk.id, **values,
            )  # fmt: skip


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def cell(kind: RegisterKind, row: RegisterRow, key: str) -> object:
    """What stands in a column of a line."""
    return row.cells[[column.key for column in REGISTERS[kind]].index(key)]


def figures(page) -> dict[object, int]:
    return {figure.code: figure.count for figure in page.figures}


# --- lines ------------------------------------------------------------------------------------------------------------


def test_each_matter_is_a_line_of_the_call_record_with_what_the_desk_took_down(desk):
    case = desk.house.log(desk.house.leak(wanted="今天 14:00 以后"))
    desk.house.clock.go_on(timedelta(hours=1))
    desk.house.told(desk.house.result(desk.house.printed(case)))
    (row,) = desk.page(RegisterKind.CALL_VISIT).rows
    said = {column.key: cell(RegisterKind.CALL_VISIT, row, column.key) for column in REGISTERS[RegisterKind.CALL_VISIT]}
    assert row.case_id == case.id
    assert said["record_no"] == case.record_no
    assert said["received_at"] == case.opened_at
    assert (said["channel"], said["route"]) == (Channel.CALL, Route.WORK_ORDER)
    assert said["name"] == OWNER
    assert said["unit"] == f"{OLD_HOME} · 厨房"
    assert said["phone"] == "138****2210"
    assert said["category"][0] is MatterKind.REPAIR
    assert said["content"] == "洗菜盆下水接头滴水"
    assert said["wanted_at"] == "今天 14:00 以后"
    assert said["linked_no"] == case.papers[0].number
    assert said["result"] == "更换接头"
    assert said["replied"] == (desk.house.desk.name, desk.house.clock())
    assert (said["completed"], said["remark"]) == (None, None)


def test_a_handling_record_says_why_it_was_entered_who_was_chased_and_when_it_was_struck(desk):
    house = desk.house
    case = house.log()
    passed = house.clock() + timedelta(days=1)
    entry = desk.enter(Register.ENGINEERING, case.id, 7, reason=ConsequenceKind.WORK_ORDER_OVERDUE)
    with house.site.store.write() as unit:
        times = {"passed_at": passed, "at": house.clock()}
        unit.add(m.Consequence, case=case.id, kind=ConsequenceKind.WORK_ORDER_OVERDUE, key="1", **times)
        when = {"at": house.clock(), "happened_at": house.clock(), "by": house.desk.id}
        unit.add(m.Chase, case=case.id, whom="陈工", said="明早到", **when)
    (row,) = desk.page(RegisterKind.ENGINEERING).rows
    assert cell(RegisterKind.ENGINEERING, row, "serial") == "工程-2026-0007"
    assert cell(RegisterKind.ENGINEERING, row, "customer") == (f"{OLD_HOME} · 厨房", OWNER)
    assert cell(RegisterKind.ENGINEERING, row, "reason") == (ConsequenceKind.WORK_ORDER_OVERDUE, passed)
    assert cell(RegisterKind.ENGINEERING, row, "chases") == "11-23 10:00 陈工：明早到"
    assert cell(RegisterKind.ENGINEERING, row, "struck") is None
    assert desk.column(RegisterKind.CALL_VISIT, "linked_no") == [f"{case.papers[0].number}\n工程-2026-0007"]
    with house.site.store.write() as unit:
        unit.change(m.RegisterEntry, entry, struck_at=house.clock(), struck_reason="completed")
    assert desk.column(RegisterKind.ENGINEERING, "struck") == [(house.clock(), CaseState.COMPLETED)]
    assert desk.page(RegisterKind.OTHER).rows == ()


def test_an_entry_that_a_remark_made_says_the_way_that_the_matter_went(desk):
    case = desk.house.log()
    desk.change(case.id, route=Route.EXTERNAL, remark=Remark.OTHER)
    desk.enter(Register.OTHER, case.id, 1)
    assert desk.column(RegisterKind.OTHER, "reason") == [(Route.EXTERNAL,)]


def test_special_services_show_price_appointment_and_charge(desk):
    case = desk.house.log()
    kept = {"total_fen": 13600, "charged_fen": 12050, "how": "微信"}
    paper = desk.paper(case.id, PaperKind.SPECIAL_SERVICE_ORDER, "SS-202611-0001", details=kept)
    at = desk.house.clock() + timedelta(days=1)
    with desk.house.site.store.write() as unit:
        for mark, undone in ((Mark.APPOINTED, None), (Mark.DONE, at)):
            times = {"at": at, "happened_at": at, "by": desk.house.desk.id, "undone_at": undone}
            unit.add(m.PaperMark, paper=paper, mark=mark, **times)
    (row,) = desk.page(RegisterKind.SPECIAL_SERVICES).rows
    said = {key: cell(RegisterKind.SPECIAL_SERVICES, row, key) for key in ("quoted", "charged", "paid_how")}
    assert {key: str(value) for key, value in said.items()} == {
        "quoted": "136.00",
        "charged": "120.50",
        "paid_how": "微信",
    }
    assert cell(RegisterKind.SPECIAL_SERVICES, row, "appointed_at") == at
    assert cell(RegisterKind.SPECIAL_SERVICES, row, "done_at") is None  # the mark was taken back


def test_follow_ups_and_complaints_say_what_the_customer_answered(desk):
    case = desk.house.log()
    desk.paper(case.id, PaperKind.COMPLAINT_RECORD, "CR-202611-0001")
    with desk.house.site.store.write() as unit:
        unit.add(
            m.FollowUp, case=case.id, state=FollowUpState.DONE, due_at=desk.house.clock(), done_at=desk.house.clock(),
            by=desk.house.desk.id, rating=2, fixed=False, said="还在滴",
        )  # fmt: skip
    assert desk.column(RegisterKind.COMPLAINTS, "follow_up") == [(FollowUpState.DONE, 2, Lasting.NOT_FIXED)]
    assert desk.column(RegisterKind.FOLLOW_UPS, "lasting") == [Lasting.NOT_FIXED]
    assert desk.column(RegisterKind.FOLLOW_UPS, "asker") == [desk.house.desk.name]
    assert figures(desk.page(RegisterKind.FOLLOW_UPS))[Only.NOT_FIXED] == 1


def test_a_department_sees_lines_without_names_and_cannot_find_out_by_searching(desk):
    desk.house.log()
    other = lobby_kit.add_account(desk.house.site, Role.DEPARTMENT)
    assert desk.column(RegisterKind.CALL_VISIT, "name", actor=other) == ["沈**"]
    assert desk.column(RegisterKind.CALL_VISIT, "phone", actor=other) == ["138****2210"]
    assert desk.page(RegisterKind.CALL_VISIT, RegisterFilter(text="沈知"), actor=other).total == 0
    assert desk.page(RegisterKind.CALL_VISIT, RegisterFilter(text="沈知")).total == 1


def test_whoever_may_not_see_cases_sees_no_register_and_a_department_takes_none_out(desk):
    guard = lobby_kit.add_account(desk.house.site, Role.GUARD)
    other = lobby_kit.add_account(desk.house.site, Role.DEPARTMENT)
    with pytest.raises(Forbidden):
        desk.page(RegisterKind.CALL_VISIT, actor=guard)
    for take in (registers.print_register, registers.export_xlsx):
        with pytest.raises(Forbidden):
            take(desk.house.site, other, RegisterKind.CALL_VISIT, EVERYTHING, "zh_CN")


# --- from the procedure's own services --------------------------------------------------------------------------------


def test_4_1_2_an_overdue_work_order_stands_in_the_engineering_record_until_it_is_completed(desk):
    house = desk.house
    case = house.printed(house.log())
    assert desk.page(RegisterKind.ENGINEERING).total == 0
    house.clock.now = case.due_at + timedelta(minutes=1)
    clockwork.tick(house.site)
    clockwork.tick(house.site)
    assert desk.column(RegisterKind.ENGINEERING, "serial") == ["工程-2026-0001"]
    assert desk.column(RegisterKind.ENGINEERING, "reason") == [(ConsequenceKind.WORK_ORDER_OVERDUE, case.due_at)]
    assert figures(desk.page(RegisterKind.ENGINEERING))[Only.OVERDUE] == 1
    case = cases.case(house.site, house.desk, case.id)
    said = ChaseDone("周启明", "缺接头，下午到", house.clock())
    case = case_course.chase(house.site, house.desk, case.id, case.version, said)
    assert "周启明：缺接头，下午到" in str(desk.column(RegisterKind.ENGINEERING, "chases")[0])
    house.completed(house.told(house.result(case)))
    found = desk.page(RegisterKind.ENGINEERING)
    assert (found.rows[0].state, figures(found)[LineState.STRUCK]) == (LineState.STRUCK, 1)
    assert cell(RegisterKind.ENGINEERING, found.rows[0], "struck") == (house.clock(), CaseState.COMPLETED)


def test_4_1_4_an_external_units_repair_stands_in_the_other_record_at_once_and_turns_out_of_it(desk):
    house = desk.house
    case = house.log(house.leak(overrule=Overrule(Route.EXTERNAL, "业主自装软管")))
    assert desk.column(RegisterKind.OTHER, "reason") == [(Route.EXTERNAL,)]
    assert desk.column(RegisterKind.CALL_VISIT, "remark") == [Remark.OTHER]
    case_routes.reroute(house.site, house.desk, case.id, case.version, Overrule(Route.WORK_ORDER, "是自来水管"))
    (row,) = desk.page(RegisterKind.OTHER).rows
    assert row.state is LineState.STRUCK
    assert cell(RegisterKind.OTHER, row, "struck") == (house.clock(), PaperState.TRANSFERRED)


def test_4_4_a_special_service_shows_what_was_quoted_and_charged(desk):
    house = desk.house
    case = house.log(MatterDraft(MatterKind.SPECIAL_SERVICE, "空调清洗两台", unit_id=house.homes[OLD_HOME]))
    paper = case.papers[-1].id
    line = QuoteLine("空调清洗", "台", 8000, 200)
    case = special_services.quote(house.site, house.desk, case.id, case.version, paper, (line,))
    special_services.charge(house.site, house.desk, case.id, case.version, paper, 15000, "微信")
    (row,) = desk.page(RegisterKind.SPECIAL_SERVICES).rows
    assert str(cell(RegisterKind.SPECIAL_SERVICES, row, "quoted")) == "160.00"
    assert str(cell(RegisterKind.SPECIAL_SERVICES, row, "charged")) == "150.00"
    assert cell(RegisterKind.SPECIAL_SERVICES, row, "paid_how") == "微信"


# --- filters and figures ----------------------------------------------------------------------------------------------


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Six matters over two days: overdue, answered, to reply, struck off, with remarks, in two buildings."""
    house = desk.house
    late, told, done = (house.log() for _ in range(3))
    house.log(question())
    house.completed(house.told(house.result(house.printed(done))))
    house.result(house.printed(told))
    house.clock.go_on(timedelta(days=1))
    new = house.log(house.leak(content="玄关墙面开裂"), unit_id=house.homes[NEW_HOME])
    house.log(house.leak(content="100%的水_都漏了"))
    desk.change(late.id, due_at=house.clock() - timedelta(hours=1))
    desk.change(new.id, remark=Remark.RECTIFICATION, route=Route.LIAISON)
    return desk


@pytest.mark.parametrize("kind", RegisterKind)
def test_every_figure_leads_to_exactly_its_lines(busy, kind):
    for case in range(1, 5):
        busy.enter(Register.ENGINEERING, case, case, struck_at=busy.house.clock() if case == 2 else None)
        busy.paper(case, PaperKind.COMPLAINT_RECORD, f"CR-{case}")
    for start in (EVERYTHING, RegisterFilter(remark=Remark.RECTIFICATION), RegisterFilter(state=LineState.OPEN)):
        page = busy.page(kind, start)
        assert page.total == len(page.rows)
        assert page.figures[0].code is LineState.ALL
        for figure in page.figures:
            found = busy.page(kind, figure.filter)
            assert (found.total, len(found.rows)) == (figure.count, figure.count), figure


def test_the_figures_tell_what_is_overdue_to_reply_and_struck_off(busy):
    found = figures(busy.page(RegisterKind.CALL_VISIT))
    assert (found[LineState.ALL], found[LineState.OPEN], found[LineState.STRUCK]) == (6, 4, 2)
    assert (found[Only.OVERDUE], found[Only.TO_REPLY], found[Remark.RECTIFICATION]) == (1, 1, 1)
    assert found[Route.WORK_ORDER] == 4
    overdue = busy.page(RegisterKind.CALL_VISIT, RegisterFilter(only=Only.OVERDUE))
    assert [(row.case_id, row.overdue) for row in overdue.rows] == [(1, True)]


def test_days_are_the_sites_own(busy):
    day = date(2026, 11, 23)
    assert busy.page(RegisterKind.CALL_VISIT, RegisterFilter(since=day, until=day)).total == 4
    assert busy.page(RegisterKind.CALL_VISIT, RegisterFilter(since=day + timedelta(days=1))).total == 2
    late = datetime(2026, 11, 23, 23, 30, tzinfo=busy.house.site.zone)
    busy.change(1, opened_at=late)
    assert busy.page(RegisterKind.CALL_VISIT, RegisterFilter(since=day, until=day)).total == 4


def test_lines_are_found_by_building_department_and_words(busy):
    house = busy.house
    with house.site.store.read() as unit:
        building = unit.get(m.Unit, house.homes[NEW_HOME]).building
        case = unit.get(m.Case, 1)
    assert busy.column(RegisterKind.CALL_VISIT, "content", RegisterFilter(building_id=building)) == ["玄关墙面开裂"]
    found = busy.page(RegisterKind.CALL_VISIT, RegisterFilter(department_id=case.department))
    assert {row.case_id for row in found.rows} >= {1, 2, 3}
    assert busy.page(RegisterKind.CALL_VISIT, RegisterFilter(external_id=9999)).total == 0
    for text, count in (("墙面", 1), ("0%的水_", 1), ("_", 1), (OLD_HOME, 5), (case.record_no, 1), ("不存在", 0)):
        assert busy.page(RegisterKind.CALL_VISIT, RegisterFilter(text=text)).total == count, text


def test_pages_follow_one_another_in_every_order(busy):
    for kind in (RegisterKind.CALL_VISIT, RegisterKind.FOLLOW_UPS, RegisterKind.COMPLAINTS, RegisterKind.ENGINEERING):
        for column in REGISTERS[kind]:
            if column.sortable:
                assert busy.page(kind, order=RegisterOrder(column.key, descending=True)).total >= 0
    for key, descending in (("received_at", True), ("received_at", False), ("unit", False), ("due_at", True)):
        order = RegisterOrder(key, descending=descending)
        whole = [row.id for row in busy.page(RegisterKind.CALL_VISIT, order=order).rows]
        parts = [
            row.id
            for offset in range(0, 6, 2)
            for row in registers.lines(
                busy.house.site, busy.house.desk, RegisterKind.CALL_VISIT, EVERYTHING, order, offset, 2
            ).rows
        ]
        assert parts == whole
    assert busy.column(RegisterKind.CALL_VISIT, "unit", order=RegisterOrder("unit", descending=False))[0].startswith(
        "1栋"
    )


def test_a_page_takes_a_handful_of_queries_however_many_lines_it_has(busy, monkeypatch):
    asked: list[object] = []
    from frontdesk.storage.unit import Unit

    run = Unit._execute
    monkeypatch.setattr(Unit, "_execute", lambda unit, query: (asked.append(query), run(unit, query))[1])
    counts = []
    for limit in (1, 6):
        asked.clear()
        busy.page(RegisterKind.CALL_VISIT, limit=limit)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1  # the first line may have nothing that another has
    assert counts[1] <= 16


# --- leaving the screen -----------------------------------------------------------------------------------------------


def test_the_workbook_has_dates_as_dates_a_frozen_head_and_no_formula(busy):
    house = busy.house
    busy.change(1, content='=HYPERLINK("http://x")', result="+1\n-2")
    data = registers.export_xlsx(house.site, house.desk, RegisterKind.CALL_VISIT, EVERYTHING, "zh_CN")
    sheet = load_workbook(io.BytesIO(data)).active
    head = [cell.value for cell in sheet[3]]
    assert head == [column.zh for column in REGISTERS[RegisterKind.CALL_VISIT]]
    assert sheet["A1"].value == "云杉苑  来电来访记录"
    assert "全部日期" in sheet["A2"].value
    assert sheet.freeze_panes == "B4"
    first = sheet[4]
    assert first[1].value == datetime(2026, 11, 23, 10, 0)
    assert first[1].is_date
    content = first[head.index("反映内容")]
    assert (content.value, content.data_type, content.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert len([row for row in sheet.iter_rows(min_row=4) if row[0].value]) == 6 + 1
    assert sheet.cell(10, 1).value.startswith("共 6 项 · 未完成 4 · 已销项 2")
    assert NUMBER not in str([cell.value for row in sheet.iter_rows() for cell in row])


def test_the_workbook_speaks_english_and_sums_up_money(desk):
    for number in (1, 2):
        case = desk.house.log()
        details = {"charged_fen": 12050}
        desk.paper(case.id, PaperKind.SPECIAL_SERVICE_ORDER, f"SS-202611-{number:04d}", details=details)
    data = registers.export_xlsx(desk.house.site, desk.house.desk, RegisterKind.SPECIAL_SERVICES, EVERYTHING, "en")
    sheet = load_workbook(io.BytesIO(data)).active
    head = [cell.value for cell in sheet[3]]
    assert head[5] == "Service asked for"
    assert float(sheet.cell(4, head.index("Charged (CNY)") + 1).value) == 120.5
    assert sheet.cell(6, 1).value.endswith("Charged (CNY) 241.00")


def test_the_printed_register_holds_all_lines_oldest_first_with_filter_and_totals(busy):
    house = busy.house
    day = date(2026, 11, 23)
    chosen = RegisterFilter(since=day, until=day, text="滴水")
    sheet = registers.print_register(house.site, house.desk, RegisterKind.CALL_VISIT, chosen, "zh_CN")
    text = text_of(sheet.pdf)
    assert "来电来访记录" in text
    assert "2026-11-23" in text
    assert "“滴水”" in text
    assert "共3项·未完成2·已销项1" in text
    numbers = re.findall(r"CV-202611-\d{4}", text)
    assert numbers == sorted(numbers)
    assert len(numbers) == 3
    assert NUMBER not in text


def test_the_english_register_has_chinese_beside_it(busy):
    sheet = registers.print_register(busy.house.site, busy.house.desk, RegisterKind.CALL_VISIT, EVERYTHING, "en")
    text = text_of(sheet.pdf)
    for words in ("CallandVisitRecord", "来电来访记录", "Whatwasreported", "反映内容", "6inall·Open4"):
        assert words in text


def test_what_leaves_the_program_is_on_record_without_what_was_searched_for(busy):
    house = busy.house
    chosen = RegisterFilter(text=OWNER, state=LineState.OPEN)
    registers.export_xlsx(house.site, house.desk, RegisterKind.CALL_VISIT, chosen, "zh_CN")
    with house.site.store.read() as unit:
        (line,) = unit.all(m.Audit.select().where(m.Audit.action == "register.handed_over"))
    assert (line.subject, line.actor) == ("register:call_visit", house.desk.id)
    detail = json.loads(line.detail)
    assert detail["how"] == HandedOver.XLSX
    assert detail["rows"] == 4
    assert detail["filter"]["state"] == "open"
    assert OWNER not in line.detail


def test_too_many_lines_do_not_go_onto_paper(busy, monkeypatch):
    monkeypatch.setattr(registers, "LARGEST_PRINT", 5)
    with pytest.raises(TooManyLines) as refused:
        registers.print_register(busy.house.site, busy.house.desk, RegisterKind.CALL_VISIT, EVERYTHING, "zh_CN")
    assert (refused.value.count, refused.value.most) == (6, 5)


def test_batches_meet_every_line_once(busy):
    site, actor, after, seen = busy.house.site, busy.house.desk, None, []
    while True:
        found = registers.batch(site, actor, RegisterKind.CALL_VISIT, EVERYTHING, after, limit=2)
        seen += [row.id for row in found.rows]
        if found.after is None:
            break
        after = found.after
    assert seen == sorted(seen)
    assert len(seen) == 6


def test_chosen_columns_are_kept_for_each_account_and_register(desk):
    site, actor = desk.house.site, desk.house.desk
    usual = registers.my_columns(site, actor)
    assert usual[RegisterKind.CALL_VISIT][0] == "record_no"
    chosen = registers.keep_my_columns(site, actor, RegisterKind.CALL_VISIT, ["content", "record_no", "nonsense"])
    assert chosen[RegisterKind.CALL_VISIT] == ("record_no", "content")
    assert registers.my_columns(site, actor) == {**usual, RegisterKind.CALL_VISIT: ("record_no", "content")}
    assert registers.keep_my_columns(site, actor, RegisterKind.CALL_VISIT, []) == usual


def text_of(pdf: bytes) -> str:
    """All text without white space."""
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)
