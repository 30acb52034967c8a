"""The fields of the registers: what stands around their lines, and one column for each of the rules' own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from frontdesk.domain.registers import FORMS, REGISTERS, CellKind, RegisterColumn, RegisterKind
from frontdesk.forms.field import Field, FieldType, Words

_TYPES: Mapping[CellKind, FieldType] = {
    CellKind.TEXT: FieldType.TEXT,
    CellKind.INSTANT: FieldType.INSTANT,
    CellKind.MONEY: FieldType.MONEY,
    CellKind.NUMBER: FieldType.NUMBER,
}
_AT = datetime(2026, 11, 23, 9, 12)  # noqa: DTZ001 - on the site's clock, as all instants on paper
_DUE = datetime(2026, 11, 23, 17, 0)  # noqa: DTZ001

_SAMPLES: Mapping[str, object] = {
    "record_no": "CV-202611-0187",
    "number": "CR-202611-0003",
    "serial": "工程-2026-0007",
    "received_at": _AT,
    "entered_at": _AT,
    "asked_by": _DUE,
    "channel": "来电",
    "received_by": "李静",
    "name": "王晓梅",
    "resident_type": "业主",
    "unit": "3栋2单元1502 · 厨房",
    "customer": "3栋2单元1502 · 王晓梅",
    "phone": "138****5678",
    "verification": "号码相符",
    "category": "报修 · 排水管道",
    "content": "厨房水槽下方角阀漏水，已用毛巾临时包住，水仍在滴；请带角阀和软管。",
    "wanted_at": "今天 14:00 以后",
    "route": "服务工作单",
    "linked_no": "WO-202611-0042\n工程-2026-0007",
    "due_at": _DUE,
    "responsible": "设备管理部",
    "reason": "工单逾期 · 2026-11-23 17:00",
    "chases": "11-23 17:20 赵国强：缺角阀，明早带料上门\n11-24 09:05 赵国强：已到场",
    "result": "更换角阀两只、软管两根，试水三十分钟无渗漏。",
    "told": "2026-11-24 11:00 · 电话",
    "struck": "2026-11-24 11:05",
    "completed": "已完成",
    "replied": "李静 · 2026-11-24 11:00",
    "remark": "整改类",
    "level": 1,
    "delivered_at": _AT,
    "follow_up": "已回访 · 5",
    "quoted": Decimal("136.00"),
    "charged": Decimal("136.00"),
    "appointed_at": _DUE,
    "done_at": _DUE,
    "paid_how": "微信",
    "outcome": "已回访",
    "asked_at": _DUE,
    "asker": "李静",
    "rating": 5,
    "lasting": "已修好",
    "said": "师傅很准时，谢谢。",
}

_AROUND = (
    Field("site_name", Words("小区", "Community"), "云杉苑小区"),
    Field("company", Words("物业公司", "Property company"), "云杉物业服务有限公司"),
    Field("period", Words("期间", "Period"), "2026-11-01 – 2026-11-30"),
    Field("scope", Words("范围", "Scope"), "3栋 · 未完成"),
    Field("made", Words("打印", "Printed"), "李静 2026-11-23 17:30"),
    Field("totals", Words("合计", "Total"), "共 3 项 · 未完成 1 · 已销项 2"),
)


def _column(column: RegisterColumn) -> Field:
    words = Words(column.zh, column.title)
    return Field(column.key, words, _SAMPLES[column.key], _TYPES[column.kind], share=column.weight)


def _fields(columns: tuple[RegisterColumn, ...]) -> tuple[Field, ...]:
    lines = ({column.key: _SAMPLES[column.key] for column in columns},) * 3
    return (
        *_AROUND,
        Field("lines", Words("记录", "Lines"), lines, FieldType.LINES, columns=tuple(map(_column, columns))),
    )


REGISTER_FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {FORMS[kind]: _fields(REGISTERS[kind]) for kind in RegisterKind}
)
