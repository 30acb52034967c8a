"""The table of the registers: every column once, widths that fit the paper, periods by the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.people import Relation, Verification
from frontdesk.domain.registers import (
    FORMS,
    REGISTERS,
    TIME_COLUMN,
    Lasting,
    LineState,
    Only,
    Period,
    RegisterKind,
    column,
    days_of,
    serial_text,
)
from frontdesk.domain.routing import MatterKind, Remark, Route
from frontdesk.services.registers import words
from frontdesk.services.registers.rows import CELLS
from frontdesk.services.views import Channel

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize("kind", RegisterKind)
def test_a_register_has_each_column_once_and_they_fit_the_paper(kind):
    columns = REGISTERS[kind]
    keys = [each.key for each in columns]
    assert len(set(keys)) == len(keys)
    assert 260 <= sum(each.weight for each in columns) <= 273
    assert all(each.title and each.zh for each in columns)
    assert set(keys) <= set(CELLS)
    assert column(kind, TIME_COLUMN[kind]).sortable
    assert any(each.shown for each in columns)
    assert FORMS[kind]


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        column(RegisterKind.ENGINEERING, "rating")


def test_the_call_record_has_the_columns_of_the_design():
    titles = [each.zh for each in REGISTERS[RegisterKind.CALL_VISIT]]
    assert titles == [
        *("编号", "时间", "方式", "接听(接待)人", "姓名", "居民类别", "楼幢/房号", "电话", "核验", "类型", "反映内容"),
        *("需要时间", "处理方法", "关联单号", "时限", "处理情况", "完成情况", "回复人/时间", "备注"),
    ]


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        (Period.TODAY, TODAY, TODAY),
        (Period.THIS_WEEK, date(2026, 11, 23), date(2026, 11, 29)),
        (Period.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Period.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (Period.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (Period.EVER, None, None),
        (Period.DATES, None, None),
    ],
)
def test_a_period_is_whole_days_by_the_calendar(period, since, until):
    assert days_of(period, TODAY) == (since, until)


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2027, 2, 28)])
def test_periods_end_where_months_and_years_do(today):
    first, last = days_of(Period.THIS_MONTH, today)
    assert first <= today <= last
    assert (last.toordinal() + 1 - first.toordinal()) in (28, 29, 30, 31)
    before, end = days_of(Period.LAST_MONTH, today)
    assert end.toordinal() + 1 == first.toordinal()
    assert before.day == 1


def test_a_serial_number_names_register_year_and_place():
    assert serial_text(Register.ENGINEERING, 2026, 7) == "工程-2026-0007"
    assert serial_text(Register.COMMUNICATION, 2027, 12345) == "沟通-2027-12345"
    with pytest.raises(ValueError, match="starts at 1"):
        serial_text(Register.OTHER, 2026, 0)


@pytest.mark.parametrize(
    "kind",
    [RegisterKind, LineState, Only, Lasting, Channel, Relation, Verification, MatterKind, Route, CaseState,
     ConsequenceKind, FollowUpState],
)  # fmt: skip
def test_every_code_has_its_word_on_paper(kind):
    assert words.worded(kind) == {each.value for each in kind}


def test_every_remark_but_none_has_its_word_on_paper():
    assert words.worded(Remark) == {each.value for each in Remark if each is not Remark.NONE}
