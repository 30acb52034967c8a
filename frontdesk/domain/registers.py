"""登记簿: which registers there are and which columns each has; screen, paper and workbook follow this one table.

Columns as the design of the forms has them: 来电来访记录 (procedure 3, 4.1.1), the three 分类处理记录 (4.1.2, 4.1.4,
4.2), complaints (4.3), special services (4.4), follow-ups (domain section 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from frontdesk.domain.consequences import Register
from frontdesk.domain.paper import PaperKind


class RegisterKind(StrEnum):
    """The registers, in the order in which they are offered."""

    CALL_VISIT = "call_visit"
    ENGINEERING = "engineering"
    OTHER = "other"
    COMMUNICATION = "communication"
    COMPLAINTS = "complaints"
    SPECIAL_SERVICES = "special_services"
    FOLLOW_UPS = "follow_ups"


HANDLING: Mapping[RegisterKind, Register] = MappingProxyType(
    {
        RegisterKind.ENGINEERING: Register.ENGINEERING,
        RegisterKind.OTHER: Register.OTHER,
        RegisterKind.COMMUNICATION: Register.COMMUNICATION,
    }
)
PAPERS: Mapping[RegisterKind, PaperKind] = MappingProxyType(
    {
        RegisterKind.COMPLAINTS: PaperKind.COMPLAINT_RECORD,
        RegisterKind.SPECIAL_SERVICES: PaperKind.SPECIAL_SERVICE_ORDER,
    }
)
FORMS: Mapping[RegisterKind, str] = MappingProxyType(
    {
        RegisterKind.CALL_VISIT: "call_visit_record",
        RegisterKind.ENGINEERING: "handling_record_engineering",
        RegisterKind.OTHER: "handling_record_other",
        RegisterKind.COMMUNICATION: "handling_record_communication",
        RegisterKind.COMPLAINTS: "complaint_register",
        RegisterKind.SPECIAL_SERVICES: "special_service_register",
        RegisterKind.FOLLOW_UPS: "followup_record",
    }
)


class LineState(StrEnum):
    """Whether a line stands open, has been struck off, or is void; ALL is every one of them."""

    ALL = "all"
    OPEN = "open"
    STRUCK = "struck"
    VOID = "void"


class Only(StrEnum):
    """Lines that somebody looks for by themselves."""

    OVERDUE = "overdue"
    TO_REPLY = "to_reply"
    NOT_FIXED = "not_fixed"


class Lasting(StrEnum):
    """What a follow-up found: whether it holds."""

    FIXED = "fixed"
    NOT_FIXED = "not_fixed"


class Period(StrEnum):
    """The stretches of days that are asked for most; DATES is given by its two days."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    EVER = "ever"
    DATES = "dates"


def days_of(period: Period, today: date) -> tuple[date | None, date | None]:
    """First and last day of a period that contains or precedes today; None where it has no end. DATES has none."""
    first = today.replace(day=1)
    last_month = first - timedelta(days=1)
    week = today - timedelta(days=today.weekday())
    ends: Mapping[Period, tuple[date | None, date | None]] = {
        Period.TODAY: (today, today),
        Period.THIS_WEEK: (week, week + timedelta(days=6)),
        Period.THIS_MONTH: (first, _end_of_month(first)),
        Period.LAST_MONTH: (last_month.replace(day=1), last_month),
        Period.THIS_YEAR: (today.replace(month=1, day=1), today.replace(month=12, day=31)),
    }
    return ends.get(period, (None, None))


def _end_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class CellKind(StrEnum):
    """What stands in a column: text (also codes and names), an instant, money, a number."""

    TEXT = "text"
    INSTANT = "instant"
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column: its title in English (translated on the screen) and in Chinese (on paper).

    Args:
        weight: its width in mm on landscape A4, where 273 are there for all; elsewhere its share.
        shown: it stands on the screen until somebody chooses otherwise.
        sortable: the list can be put in its order.
    """

    key: str
    title: str
    zh: str
    weight: float
    kind: CellKind = CellKind.TEXT
    shown: bool = True
    sortable: bool = False

    @property
    def right(self) -> bool:
        """Whether its values stand at the right edge, as money and numbers do."""
        return self.kind in (CellKind.MONEY, CellKind.NUMBER)


def _at(key: str, title: str, zh: str, *, shown: bool = True, sortable: bool = False) -> RegisterColumn:
    return RegisterColumn(key, title, zh, 17.5, CellKind.INSTANT, shown, sortable)


_RECORD_NO = RegisterColumn("record_no", "Record No.", "编号", 17.5, sortable=True)
_NAME = RegisterColumn("name", "Name", "姓名", 11.5)
_UNIT = RegisterColumn("unit", "Unit", "楼幢/房号", 16.0, sortable=True)
_PHONE = RegisterColumn("phone", "Phone", "电话", 12.5, shown=False)
_CHANNEL = RegisterColumn("channel", "By", "方式", 8.5)
_RESULT = RegisterColumn("result", "Handling", "处理情况", 22.0)
_COMPLETED = RegisterColumn("completed", "State", "完成情况", 10.0)
_FOLLOW_UP = RegisterColumn("follow_up", "Follow-up", "回访", 14.0)
_REPLIED = RegisterColumn("replied", "Replied by, at", "回复人/时间", 17.5, shown=False)

_CALL_VISIT = (
    _RECORD_NO,
    _at("received_at", "Time", "时间", sortable=True),
    _CHANNEL,
    RegisterColumn("received_by", "Taken by", "接听(接待)人", 11.0, shown=False),
    _NAME,
    RegisterColumn("resident_type", "Type", "居民类别", 8.5, shown=False),
    _UNIT,
    _PHONE,
    RegisterColumn("verification", "Check", "核验", 10.0, shown=False),
    RegisterColumn("category", "Kind", "类型", 11.5, shown=False),
    RegisterColumn("content", "What was reported", "反映内容", 28.5),
    RegisterColumn("wanted_at", "For when", "需要时间", 11.5, shown=False),
    RegisterColumn("route", "Way", "处理方法", 11.5),
    RegisterColumn("linked_no", "Linked No.", "关联单号", 18.5, shown=False),
    _at("due_at", "Due", "时限", sortable=True),
    _RESULT,
    _COMPLETED,
    _REPLIED,
    RegisterColumn("remark", "Remark", "备注", 11.5),
)
_HANDLING = (
    RegisterColumn("serial", "Serial No.", "序号", 18.0, sortable=True),
    RegisterColumn("record_no", "From record", "记录编号", 17.5, shown=False),
    _at("entered_at", "Entered", "登记日期", sortable=True),
    RegisterColumn("customer", "Unit, customer", "房号/客户", 20.0),
    RegisterColumn("content", "What was reported", "反映内容", 36.5),
    RegisterColumn("responsible", "Answerable", "责任部门(单位)", 18.0),
    _at("due_at", "Agreed time", "约定时间", sortable=True),
    RegisterColumn("reason", "Entered because", "转入原因", 19.0),
    RegisterColumn("chases", "Chases", "跟踪记录", 46.0),
    RegisterColumn("result", "Outcome", "处理结果", 28.0),
    RegisterColumn("told", "Reply given", "回复客户", 17.5, shown=False),
    RegisterColumn("struck", "Struck", "销项", 17.5),
)
_COMPLAINTS = (
    RegisterColumn("number", "No.", "编号", 17.5, sortable=True),
    _at("received_at", "Time", "时间", sortable=True),
    RegisterColumn("name", "Who", "投诉人", 14.0),
    RegisterColumn("unit", "Address", "地址", 18.0, sortable=True),
    _PHONE,
    _CHANNEL,
    RegisterColumn("content", "What was reported", "反映内容", 44.0),
    RegisterColumn("level", "Level", "级别", 9.0, CellKind.NUMBER),
    RegisterColumn("responsible", "Answerable", "责任部门(单位)", 18.0),
    _at("delivered_at", "Passed on", "送达时间", shown=False),
    _at("due_at", "Due", "时限", sortable=True),
    RegisterColumn("result", "Measures, result", "措施/结果", 36.5),
    _REPLIED,
    _FOLLOW_UP,
    _COMPLETED,
)
_SPECIAL_SERVICES = (
    RegisterColumn("number", "No.", "编号", 17.5, sortable=True),
    _at("received_at", "Time", "时间", sortable=True),
    _NAME,
    _UNIT,
    _PHONE,
    RegisterColumn("content", "Service asked for", "服务内容", 44.0),
    RegisterColumn("quoted", "Quoted (CNY)", "报价(元)", 15.0, CellKind.MONEY),
    _at("appointed_at", "Appointment", "预约时间"),
    RegisterColumn("responsible", "Carried out by", "承接部门", 18.0),
    _at("done_at", "Done at", "完成时间", shown=False),
    RegisterColumn("result", "Outcome", "处理结果", 32.0),
    RegisterColumn("charged", "Charged (CNY)", "实收(元)", 15.0, CellKind.MONEY),
    RegisterColumn("paid_how", "Paid by", "收款方式", 12.0, shown=False),
    _FOLLOW_UP,
    _COMPLETED,
)
_FOLLOW_UPS = (
    _RECORD_NO,
    _at("asked_by", "To be asked by", "回访期限", sortable=True),
    _NAME,
    _UNIT,
    _PHONE,
    RegisterColumn("content", "What was reported", "反映内容", 46.0),
    RegisterColumn("route", "Way", "处理方法", 14.0, shown=False),
    RegisterColumn("result", "Handling", "处理情况", 34.0),
    RegisterColumn("outcome", "Follow-up", "回访", 14.0),
    _at("asked_at", "Asked at", "回访时间"),
    RegisterColumn("asker", "Asked by", "回访人", 13.0, shown=False),
    RegisterColumn("rating", "Score", "评分", 10.5, CellKind.NUMBER),
    RegisterColumn("lasting", "Holds", "是否修好", 11.0),
    RegisterColumn("said", "What the customer said", "客户意见", 34.0),
)

REGISTERS: Mapping[RegisterKind, tuple[RegisterColumn, ...]] = MappingProxyType(
    {
        RegisterKind.CALL_VISIT: _CALL_VISIT,
        RegisterKind.ENGINEERING: _HANDLING,
        RegisterKind.OTHER: _HANDLING,
        RegisterKind.COMMUNICATION: _HANDLING,
        RegisterKind.COMPLAINTS: _COMPLAINTS,
        RegisterKind.SPECIAL_SERVICES: _SPECIAL_SERVICES,
        RegisterKind.FOLLOW_UPS: _FOLLOW_UPS,
    }
)

# By what a register is ordered unless somebody asks otherwise: the time that its lines are of.
TIME_COLUMN: Mapping[RegisterKind, str] = MappingProxyType(
    {kind: next(column.key for column in columns if column.sortable and column.kind is CellKind.INSTANT)
     for kind, columns in REGISTERS.items()}
)  # fmt: skip

# A number is a name, the same in every language.
_SERIAL_WORDS = {Register.ENGINEERING: "工程", Register.OTHER: "其他", Register.COMMUNICATION: "沟通"}


def serial_text(register: Register, year: int, serial: int) -> str:
    """How a line of a handling record is called: `工程-2026-0007`.

    Raises:
        ValueError: the serial number is not positive.
    """
    if serial < 1:
        raise ValueError("a serial number starts at 1")
    return f"{_SERIAL_WORDS[register]}-{year}-{serial:04d}"


def column(kind: RegisterKind, key: str) -> RegisterColumn:
    """A register's column by its key.

    Raises:
        KeyError: the register has none of this key.
    """
    for each in REGISTERS[kind]:
        if each.key == key:
            return each
    raise KeyError(key)
