"""Codes as they stand on paper and in workbooks, in the two languages of the paper; screens have words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import ConsequenceKind
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import PaperState
from frontdesk.domain.people import Relation, Verification
from frontdesk.domain.registers import Lasting, LineState, Only, RegisterKind
from frontdesk.domain.routing import MatterKind, Remark, Route
from frontdesk.services.views import Channel, Named
from frontdesk.services.views.registers import Cell, Figure

BETWEEN = " · "

# A list of pairs: members of two enums with the same value would be one key of a dictionary.
_WORDS: list[tuple[StrEnum, str, str]] = [
    (RegisterKind.CALL_VISIT, "来电来访记录", "Call and visit record"),
    (RegisterKind.ENGINEERING, "分类处理记录-(工程类)", "Handling record (engineering)"),
    (RegisterKind.OTHER, "分类处理记录-(其他类)", "Handling record (other)"),
    (RegisterKind.COMMUNICATION, "分类处理记录-(沟通类)", "Handling record (communication)"),
    (RegisterKind.COMPLAINTS, "投诉登记表", "Register of complaints"),
    (RegisterKind.SPECIAL_SERVICES, "特约服务登记表", "Register of special services"),
    (RegisterKind.FOLLOW_UPS, "回访记录", "Follow-up record"),
    (LineState.ALL, "共", "All"),
    (LineState.OPEN, "未完成", "Open"),
    (LineState.STRUCK, "已销项", "Struck off"),
    (LineState.VOID, "作废", "Void"),
    (Only.OVERDUE, "逾期", "Overdue"),
    (Only.TO_REPLY, "待回复", "To reply"),
    (Only.NOT_FIXED, "未修好", "Not fixed"),
    (Lasting.FIXED, "已修好", "Fixed"),
    (Lasting.NOT_FIXED, "未修好", "Not fixed"),
    (Channel.CALL, "来电", "Call"),
    (Channel.WALK_IN, "来访", "Walk-in"),
    (Relation.OWNER, "业主", "Owner"),
    (Relation.FAMILY, "家属", "Family member"),
    (Relation.TENANT, "租户", "Tenant"),
    (Verification.UNVERIFIED, "未核验", "Unverified"),
    (Verification.NUMBER_MATCHES, "号码相符", "Number matches"),
    (Verification.VERIFIED, "已核验", "Verified"),
    (MatterKind.REPAIR, "报修", "Repair"),
    (MatterKind.OPINION, "意见建议", "Opinion or suggestion"),
    (MatterKind.COMPLAINT, "投诉", "Complaint"),
    (MatterKind.SPECIAL_SERVICE, "特约服务", "Special service"),
    (MatterKind.QUESTION, "咨询", "Question"),
    (MatterKind.EMERGENCY, "突发事件", "Emergency"),
    (Route.WORK_ORDER, "服务工作单", "Service work order"),
    (Route.LIAISON, "工作联系单", "Liaison form"),
    (Route.EXTERNAL, "外联单位维修", "External unit's repair"),
    (Route.COMMUNICATION, "沟通协调", "Coordination"),
    (Route.DEPARTMENT, "部门答复", "Department's own matter"),
    (Route.COMPLAINT, "投诉处理", "Complaint record"),
    (Route.SPECIAL_SERVICE, "特约服务", "Special service order"),
    (Route.ANSWERED, "当场答复", "Answered on the spot"),
    (Route.INCIDENT, "突发事件", "Incident record"),
    (Route.TO_ESTABLISH, "待确认", "To be established"),
    (Route.JOINED, "并入他单", "With another matter"),
    (Remark.RECTIFICATION, "整改类", "Rectification"),
    (Remark.OTHER, "其他类", "Other"),
    (Remark.COMMUNICATION, "沟通类", "Communication"),
    (CaseState.OPEN, "未完成", "Open"),
    (CaseState.COMPLETED, "已完成", "Completed"),
    (CaseState.VOID, "作废", "Void"),
    (PaperState.TRANSFERRED, "转出", "Transferred"),
    (ConsequenceKind.WORK_ORDER_OVERDUE, "工单逾期", "Work order overdue since"),
    (ConsequenceKind.VISIT_MISSED, "未按时上门", "Visit missed"),
    (ConsequenceKind.NOT_RECEIVED, "联系单未签收", "Form not signed for"),
    (ConsequenceKind.NOT_RETURNED, "联系单未交回", "Form not returned"),
    (ConsequenceKind.ESCALATED, "投诉升级", "Level raised"),
    (ConsequenceKind.OVERDUE, "逾期", "Overdue since"),
    (FollowUpState.DUE, "待回访", "To be asked"),
    (FollowUpState.DONE, "已回访", "Answered"),
    (FollowUpState.GIVEN_UP, "未能联系", "Not reached"),
]
_TABLE: Mapping[tuple[type[StrEnum], str], tuple[str, str]] = {
    (type(code), code.value): (zh, en) for code, zh, en in _WORDS
}


def worded(kind: type[StrEnum]) -> frozenset[str]:
    """The values of an enum that have their word."""
    return frozenset(value for owner, value in _TABLE if owner is kind)


def word(code: StrEnum, language: str) -> str:
    """What a code is called on paper.

    Raises:
        KeyError: nobody has worded it.
    """
    zh, en = _TABLE[type(code), code.value]
    return zh if is_chinese(language) else en


def is_chinese(language: str) -> bool:
    """Whether the paper's first language is Chinese."""
    return language.startswith("zh")


def written(cell: Cell, language: str, zone: ZoneInfo) -> str:
    """A cell as text; instants on the site's clock, to the minute."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return BETWEEN.join(filter(None, (written(part, language, zone) for part in cell)))
    if isinstance(cell, StrEnum):
        return word(cell, language)
    if isinstance(cell, datetime):
        return f"{cell.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    if isinstance(cell, Named):
        return cell.name if is_chinese(language) or not cell.name_en else cell.name_en
    return str(cell)


def period(since: date | None, until: date | None, language: str) -> str:
    """The days of a register: `2026-11-01 - 2026-11-30`, one day, or open at an end."""
    if since is None and until is None:
        return "全部日期" if is_chinese(language) else "All dates"
    if since == until:
        return f"{since}"
    if until is None:
        return f"{since} 起" if is_chinese(language) else f"From {since}"
    if since is None:
        return f"截至 {until}" if is_chinese(language) else f"Until {until}"
    return f"{since} – {until}"


def figure(one: Figure, language: str) -> str:
    """`未完成 3`; the whole as `共 12 项`."""
    if one.code is LineState.ALL:
        return f"共 {one.count} 项" if is_chinese(language) else f"{one.count} in all"
    return f"{word(one.code, language)} {one.count}"
