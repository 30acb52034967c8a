"""What a form may show: every field with its labels, a sample value, and how it is written.

The registry is what templates are checked against and what documents them; a field that is not here cannot be printed.
Values are the site's own: instants already on the site's clock, numbers masked as far as the asker may see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from frontdesk.forms.digest_fields import DIGEST
from frontdesk.forms.field import Field, FieldType, Words
from frontdesk.forms.picture_fields import PICTURE_SHEET
from frontdesk.forms.register_fields import REGISTER_FIELDS

__all__ = ["REGISTRY", "Field", "FieldType", "Words", "samples"]


def _text(name: str, zh: str, en: str, sample: str) -> Field:
    return Field(name, Words(zh, en), sample)


def _instant(name: str, zh: str, en: str, sample: datetime) -> Field:
    return Field(name, Words(zh, en), sample, FieldType.INSTANT)


def _money(name: str, zh: str, en: str, sample: str) -> Field:
    return Field(name, Words(zh, en), Decimal(sample), FieldType.MONEY)


def _choice(name: str, zh: str, en: str, sample: str, **choices: tuple[str, str]) -> Field:
    pairs = tuple((code, Words(*words)) for code, words in choices.items())
    return Field(name, Words(zh, en), sample, FieldType.CHOICE, choices=pairs)


def _code(sample: str) -> Field:
    return Field("code", Words("二维码", "QR code"), sample, FieldType.CODE)


_DAY = date(2026, 11, 23)


def _at(hour: int, minute: int) -> datetime:
    """An instant of the sample day, on the site's clock."""
    return datetime.combine(_DAY, datetime.min.time()).replace(hour=hour, minute=minute)


_SITE = _text("site_name", "小区", "Community", "云杉苑小区")
_COMPANY = _text("company", "物业公司", "Property company", "云杉物业服务有限公司")

_MATERIALS = Field(
    "materials",
    Words("材料", "Materials"),
    (
        {"name": "角阀", "spec": "DN15 铜", "price": "28.00", "quantity": "2", "amount": "56.00"},
        {"name": "不锈钢编织软管", "spec": "500 mm", "price": "18.50", "quantity": "2", "amount": "37.00"},
        {"name": "生料带", "spec": "20 m", "price": "3.00", "quantity": "1", "amount": "3.00"},
    ),
    FieldType.LINES,
    columns=(
        _text("name", "材料名称", "Material", "角阀"),
        _text("spec", "规格", "Specification", "DN15 铜"),
        _money("price", "单价(元)", "Price (CNY)", "28.00"),
        Field("quantity", Words("数量", "Quantity"), Decimal(2), FieldType.NUMBER),
        _money("amount", "金额(元)", "Amount (CNY)", "56.00"),
    ),
)

_WORK_ORDER = (
    _text("number", "编号", "No.", "WO-202611-0042"),
    _code("FD1WA7K20123456789ABCDEFGHJKMNPQR7"),
    _SITE,
    _COMPANY,
    _choice("source", "来源", "Source", "call", call=("来电", "Phone call"), walk_in=("来访", "Walk-in")),
    _text("record_no", "登记编号", "Record No.", "CV-202611-0187"),
    _instant("received_at", "登记时间", "Received", _at(9, 12)),
    _text("requester", "报修人", "Requested by", "王晓梅"),
    _text("phone", "联系电话", "Phone", "138****5678"),
    _text("location", "位置", "Location", "3号楼 2单元 1502室"),
    _text("component", "部位", "Component", "厨房 给水管"),
    _text("appointment", "预约时间", "Appointment", "今天 14:00 以后"),
    _text(
        "fault", "报修内容", "What was reported",
        "厨房水槽下方角阀漏水，已用毛巾临时包住，水仍在滴；请带角阀和软管。",
    ),
    _choice(
        "priority", "紧急程度", "Priority", "soon",
        normal=("一般", "Normal"), soon=("较急", "Soon"), urgent=("紧急", "Urgent"),
    ),
    _choice("paid", "收费", "Charge", "paid", paid=("有偿", "Chargeable"), free=("无偿", "Free of charge")),
    _text("dispatched_by", "派工人", "Dispatched by", "李静"),
    _instant("dispatched_at", "派工时间", "Dispatched at", _at(9, 20)),
    _text("technician", "维修人", "Technician", "赵国强"),
    _instant("due_at", "约定完成", "Agreed by", _at(17, 0)),
    _instant("arrived_at", "到场时间", "Arrived", _at(14, 5)),
    _instant("left_at", "离场时间", "Left", _at(14, 50)),
    _text("hours", "工时", "Hours", "0.75"),
    _text("work_done", "处理结果", "Work done", "更换角阀两只、软管两根，试水三十分钟无渗漏。"),
    _MATERIALS,
    _money("materials_total", "材料费", "Materials", "96.00"),
    _money("labour", "人工费", "Labour", "40.00"),
    _money("total", "合计", "Total", "136.00"),
    _choice(
        "entry_consent", "入户同意", "Consent to enter", "present",
        present=("业主在场", "Resident present"), absent=("同意代为入户", "May enter when away"),
        refused=("不同意", "Refused"),
    ),
    _choice(
        "rating", "满意度", "Rating", "",
        very=("很满意", "Very good"), good=("满意", "Good"), fair=("一般", "Fair"), poor=("不满意", "Poor"),
    ),
    _text("callback", "回访", "Follow-up", ""),
    _instant("returned_at", "回单核销", "Sheet returned", _at(16, 30)),
)  # fmt: skip

_RECOVERY_SHEET = (
    _SITE,
    _COMPANY,
    Field("made_on", Words("日期", "Date"), _DAY, FieldType.DATE),
    _text("account", "管理员账号", "Administrator", "admin"),
    _text("recovery_code", "恢复码", "Recovery code", "7K2M-9QXD-4TFA-B3HN-W8ZP-5RGC-J6VE"),
)

_PASS = (
    _SITE,
    _COMPANY,
    _text("badge_no", "访客证号", "Badge No.", "A-017"),
    _text("visitor", "访客", "Visitor", "陈先生"),
    _text("area", "前往区域", "Area", "3号楼 大堂"),
    _instant("from_at", "到达时间", "From", _at(10, 5)),
    _instant("until_at", "有效至", "Until", _at(18, 0)),
    _text("minutes", "步行(分钟)", "Walk (minutes)", "4"),
    Field(
        "steps",
        Words("路线", "The way"),
        ("出大堂左转，沿主路直行约 80 米", "在喷泉处右转", "3号楼在左手边，从东门进入"),
        FieldType.STEPS,
    ),
    _code("FD1BA7K20123456789ABCDEFGHJKMNPQRS"),
)

_INVITATION = (
    _SITE,
    _COMPANY,
    _text("visitor", "访客", "Visitor", "陈先生"),
    _text("area", "前往区域", "Area", "3号楼 大堂"),
    _instant("from_at", "生效时间", "Valid from", _at(9, 0)),
    _instant("until_at", "失效时间", "Valid until", _at(20, 0)),
    _text("plate", "车牌", "Plate", "沪A·12345"),
    _text("companions", "随行人数", "Companions", "1"),
    _code("FD1IA7K20123456789ABCDEFGHJKMNPQRT"),
)


def _by_name(fields: tuple[Field, ...]) -> Mapping[str, Field]:
    return MappingProxyType({field.name: field for field in fields})


REGISTRY: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {
        "work_order": _by_name(_WORK_ORDER),
        "recovery_sheet": _by_name(_RECOVERY_SHEET),
        "directions_slip": _by_name(_PASS),
        "visitor_badge": _by_name(_PASS),
        "invitation": _by_name(_INVITATION),
        "digest": _by_name(DIGEST),
        "picture_sheet": _by_name(PICTURE_SHEET),
        **{kind: _by_name(fields) for kind, fields in REGISTER_FIELDS.items()},
    }
)


def samples(kind: str) -> dict[str, object]:
    """Sample values for every field of a form: a full picture of it.

    Raises:
        KeyError: no form of this kind.
    """
    return {name: field.sample for name, field in REGISTRY[kind].items()}
