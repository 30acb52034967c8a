"""登记簿 through the real window: filters, figures that lead to their lines, a line to its case, paper and workbook."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog

from frontdesk.domain.consequences import Register
from frontdesk.domain.registers import Period, RegisterKind
from frontdesk.services import registers
from frontdesk.storage import models as m
from frontdesk.ui.registers.model import PAGE
from frontdesk.ui.registers.table import RegisterTable
from tests.ui.hand import DRIP

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


@pytest.fixture
def page(hand):
    """The page, with the lines of all time."""
    shown = hand.page("registers")
    choose_period(hand, shown, Period.EVER)
    return shown


def choose_period(hand, page, period):
    page._filters._period.choose(period)
    page._filters._period.chosen.emit()
    hand.rest()


def table(page):
    return page.findChild(RegisterTable)


def column(page, title):
    """What stands in a column, from top to bottom."""
    model = table(page).model()
    at = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())].index(title)
    return [model.index(row, at).data() for row in range(model.rowCount())]


def many(hand, count):
    """So many more matters of an earlier day, an hour apart."""
    with hand.other.store.write() as unit:
        contact = unit.all(m.Contact.select().limit(1))[0]
        case = unit.all(m.Case.select().limit(1))[0]
        for n in range(count):
            at = hand.other.now() - timedelta(days=400, hours=n)
            unit.add(
                m.Case, contact=contact.id, record_no=f"CV-OLD-{n:05d}", kind="repair", content=f"旧事 {n}",
                urgency="normal", state="completed", route="work_order", opened_at=at, opened_by=case.opened_by,
                unit=case.unit,
            )  # fmt: skip
        unit.announce("case", case.id)


def test_a_matter_put_on_record_appears_by_itself(hand, page):
    before = len(column(page, "Record No."))
    hand.record()
    hand.page("registers")
    hand.until(lambda: len(column(page, "Record No.")) == before + 1)
    assert column(page, "What was reported")[0] == DRIP


def test_a_figure_leads_to_its_lines_and_a_line_to_its_case(hand, page):
    overdue = next(text for text in hand.texts() if re.fullmatch(r"Overdue \d+", text))
    hand.click(overdue)
    hand.rest()
    assert table(page).model().rowCount() == int(overdue.split()[1])
    wanted = table(page).model().line(0)
    assert wanted.overdue
    table(page).setFocus()
    hand.key("Return")
    hand.until(lambda: hand.here() == "cases")
    hand.rest()
    with hand.other.store.read() as unit:
        case = unit.get(m.Case, wanted.case_id)
    hand.see(case.content)


def test_all_figures_together_say_what_the_list_holds(hand, page):
    for text in [each for each in hand.texts() if re.fullmatch(r"(Open|Struck off|To reply|All) \d+", each)]:
        hand.click(text)
        hand.rest()
        assert table(page).model().rowCount() == int(text.split()[-1]), text


def test_a_double_click_opens_the_case(hand, page):
    spot = table(page).visualRect(table(page).model().index(1, 2)).center()
    wanted = table(page).model().line(1).case_id
    QTest.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    hand.until(lambda: hand.here() == "cases")
    assert hand.stand.console.session.desk.page("cases")._case_id == wanted


def test_words_building_and_way_narrow_the_lines(hand, page):
    hand.key("Ctrl+F")
    hand.type("不存在的话")
    hand.see("No line is so")
    hand.click("Show all of the period")
    hand.rest()
    whole = table(page).model().rowCount()
    way = page._filters._way
    assert any(way.itemText(at).startswith("Service work order ") for at in range(way.count()))
    way.setCurrentIndex(1)
    way.chosen.emit()
    hand.rest()
    assert 0 < table(page).model().rowCount() < whole
    assert way.currentText().endswith(str(table(page).model().rowCount()))
    building = page._filters._building
    building.setCurrentIndex(1)
    building.chosen.emit()
    hand.rest()
    assert all(text.startswith("1") for text in column(page, "Unit"))


def test_days_can_be_chosen_and_an_empty_period_says_what_belongs_there(hand, page):
    choose_period(hand, page, Period.DATES)
    for field in (page._filters._since, page._filters._until):
        assert field.isVisible()
        field.setDate(date(2020, 1, 1))
    hand.rest()
    hand.see("No line in this period")
    assert page._filters.value().since == date(2020, 1, 1)


def test_each_register_is_a_key_away_and_keeps_the_period(hand, page):
    with hand.other.store.write() as unit:
        case = unit.all(m.Case.select().limit(1))[0]
        unit.add(
            m.RegisterEntry, register=Register.OTHER, year=2026, serial=12, case=case.id, entered_at=case.opened_at
        )
        unit.announce("case", case.id)
    for kind in [*list(RegisterKind)[1:], RegisterKind.CALL_VISIT]:
        hand.key("Alt+Right")
        hand.rest()
        assert page._kind is kind
        if kind is RegisterKind.OTHER:
            assert "其他-2026-0012" in column(page, "Serial No.")
    assert page._filters.period() is Period.EVER


def test_a_click_on_the_head_sorts_and_another_turns_the_order(hand, page):
    head = table(page).horizontalHeader()
    keys = [each.key for each in table(page).model().columns]
    at = QPoint(head.sectionViewportPosition(keys.index("unit")) + 20, 10)
    for descending in (False, True):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
        hand.rest()
        assert (page._order.key, page._order.descending) == ("unit", descending)
    homes = [text.split(" · ")[0] for text in column(page, "Unit") if text[:1].isdigit()]
    assert homes == sorted(homes, reverse=True)


def test_keys_sort_too(hand, page):
    table(page).setFocus()
    seen = []
    for _ in range(5):
        hand.key("Alt+S")
        hand.rest()
        seen.append(page._order.key)
    assert seen == ["unit", "due_at", "record_no", "received_at", "unit"]
    hand.key("Alt+O")
    hand.rest()
    assert (page._order.key, page._order.descending) == ("unit", True)


def test_a_long_register_is_fetched_where_it_is_looked_at(hand, page):
    many(hand, 5 * PAGE)
    hand.until(lambda: table(page).model().rowCount() > 5 * PAGE)
    model, total = table(page).model(), table(page).model().rowCount()
    assert model.line(total - 1) is None
    table(page).setFocus()
    hand.key("End")
    hand.until(lambda: model.line(total - 1) is not None)
    assert model.index(total - 1, 5).data() == f"旧事 {5 * PAGE - 1}"
    assert model.line(2 * PAGE + 50) is None  # what nobody looked at was not fetched


def test_the_line_in_hand_stays_while_others_come_in_above_it(hand, page):
    view = table(page)
    view.setCurrentIndex(view.model().index(2, 0))
    chosen = view.model().line(2).id
    with hand.other.store.write() as unit:
        case = unit.get(m.Case, chosen)
        new = {name: getattr(case, name) for name in ("contact", "kind", "urgency", "state", "route", "opened_by")}
        unit.add(m.Case, record_no="CV-NEW", content="新到的事", opened_at=hand.other.now(), **new)
        unit.announce("case", chosen)
    hand.until(lambda: view.model().index(0, 5).data() == "新到的事")
    assert view.model().line(view.currentIndex().row()).id == chosen


def test_columns_are_chosen_and_remembered(hand, page):
    hand.key("Alt+C")
    hand.until(lambda: QApplication.activeModalWidget() is not None)
    ticks = {tick.text(): tick for tick in QApplication.activeModalWidget().findChildren(QCheckBox)}
    assert not ticks["Phone"].isChecked()
    ticks["Phone"].setChecked(True)
    ticks["Remark"].setChecked(False)
    hand.click("Show these")
    hand.until(lambda: "phone" in [each.key for each in table(page).model().columns])
    assert all("****" in text for text in column(page, "Phone") if text)
    kept = registers.my_columns(hand.other, hand.stand.console.session.desk.context.actor)
    assert "phone" in kept[RegisterKind.CALL_VISIT]
    assert "remark" not in kept[RegisterKind.CALL_VISIT]


def test_selected_lines_are_copied_with_their_titles(hand, page):
    view = table(page)
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    hand.key("Shift+Down")
    hand.key("Ctrl+C")
    hand.see("2 lines copied.")
    head, *lines = QGuiApplication.clipboard().text().splitlines()
    assert head.startswith("Record No.\tTime\t")
    assert [line.split("\t")[0] for line in lines] == column(page, "Record No.")[:2]


def test_the_workbook_holds_the_lines_that_are_shown(hand, page, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTDESK_PLAIN_DIALOGS", "1")
    many(hand, 700)  # more than one batch
    hand.until(lambda: table(page).model().rowCount() > 700)
    hand.key("Ctrl+E")
    hand.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    dialog.selectFile(str(tmp_path / "list.xlsx"))
    dialog.accept()
    hand.see("The workbook was saved")
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet["A3"].value == "Record No."
    assert sheet.max_row == 3 + table(page).model().rowCount() + 1
    assert list(tmp_path.glob(".*")) == []
    with hand.other.store.read() as unit:
        assert unit.count(m.Audit.select().where(m.Audit.action == "register.handed_over")) == 1


def test_a_workbook_that_cannot_be_written_is_told(hand, page, tmp_path):
    page._save_to(tmp_path / "gone" / "list.xlsx")
    hand.see("The file cannot be written there.")
    assert not page._taking.busy


def test_a_workbook_can_be_stopped(hand, page, tmp_path):
    page._save_to(tmp_path / "list.xlsx")
    page._stop.click()
    hand.rest()
    assert not page._taking.busy
    assert not (tmp_path / "list.xlsx").exists()


def test_the_register_prints_as_its_form(hand, page, tmp_path):
    hand.key("Ctrl+P")
    hand.see("Save as a PDF file")
    hand.key("Ctrl+S")
    hand.until(lambda: QApplication.activeModalWidget() is not None)
    hand.fill("PDF file", str(tmp_path / "register.pdf"))
    hand.key("Return")
    hand.see("The register was saved")
    pages = PdfReader(io.BytesIO((tmp_path / "register.pdf").read_bytes())).pages
    text = "".join(re.sub(r"\s", "", each.extract_text()) for each in pages)
    assert "CallandVisitRecord" in text
    assert "来电来访记录" in text
    for number in column(page, "Record No."):
        assert number in text


def test_who_works_in_chinese_sees_chinese(hand, page):
    hand.stand.console.use_language("zh_CN")
    hand.rest()
    hand.see("登记簿", "来电来访", "已销项 3", "导出表格")
    assert "反映内容" in [
        page._model.headerData(n, Qt.Orientation.Horizontal) for n in range(page._model.columnCount())
    ]
