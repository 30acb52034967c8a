"""The fields of the digest (客户意见汇总): its figures, its topics and buildings, and what was noted about them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from frontdesk.forms.field import Field, FieldType, Words


def _text(name: str, zh: str, en: str, sample: str) -> Field:
    return Field(name, Words(zh, en), sample)


def _number(name: str, zh: str, en: str, sample: int) -> Field:
    return Field(name, Words(zh, en), sample, FieldType.NUMBER)


# A sign and a word: the paper may come out of a printer that knows black alone.
TRENDS = (
    ("rising", Words("▲ 上升", "▲ rising")),
    ("falling", Words("▼ 下降", "▼ falling")),
    ("steady", Words("● 持平", "● steady")),
    ("new", Words("★ 新出现", "★ new")),
    ("unknown", Words("", "")),
)
_KEPT = (
    ("often", Words("多次", "often")),
    ("rising", Words("增多", "more")),
    ("often_rising", Words("多次且增多", "often, more")),
)

_NAME = _text("name", "事项", "Topic", "下水管道")
_MATTERS, _CALLERS = _number("matters", "件数", "Matters", 7), _number("callers", "反映人次", "Callers", 11)

_TOPIC_SAMPLES = (
    (
        "下水管道",
        7,
        11,
        "3",
        "3.5",
        "rising",
        6,
        "3栋×4、1栋×3",
        "3栋2单元1201×3",
        "86%",
        "5 小时 20 分",
        "often_rising",
    ),
    ("电梯", 4, 4, 4, Decimal("3.8"), "steady", 4, "2栋×4", "", "50%", "1 天 2 小时", "often"),
    ("投诉", 2, 2, 0, Decimal(0), "new", 2, "1栋×1、其他×1", "", "", "", ""),
    ("公共照明", 1, 1, 4, Decimal(3), "falling", 1, "3栋×1", "", "100%", "2 小时", ""),
)
_TOPIC_COLUMNS = (
    _NAME, _MATTERS, _CALLERS,
    _number("before", "上期", "Before", 3),
    Field("mean", Words("前期平均", "Mean"), Decimal("3.5"), FieldType.NUMBER),
    Field("trend", Words("趋势", "Trend"), "rising", FieldType.CHOICE, choices=TRENDS),
    _number("homes", "户数", "Homes", 6),
    _text("places", "楼栋", "Buildings", "3栋×4、1栋×3"),
    _text("repeats", "重复反映", "Raised again", "3栋2单元1201×3"),
    _text("kept", "按时", "In time", "86%"),
    _text("median", "用时中位", "Median time", "5 小时 20 分"),
    Field("flag", Words("持续反映", "Keeps coming"), "often", FieldType.CHOICE, choices=_KEPT),
)  # fmt: skip

_TOPICS = Field(
    "topics",
    Words("按事项", "By topic"),
    tuple(dict(zip([column.name for column in _TOPIC_COLUMNS], values, strict=True)) for values in _TOPIC_SAMPLES),
    FieldType.LINES,
    columns=_TOPIC_COLUMNS,
)
_BUILDINGS = Field(
    "buildings",
    Words("按楼栋", "By building"),
    (
        {"name": "3栋", "matters": 5, "callers": 9, "about": "下水管道×4、公共照明×1"},
        {"name": "2栋", "matters": 4, "callers": 4, "about": "电梯×4"},
        {"name": "1栋", "matters": 4, "callers": 4, "about": "下水管道×3、投诉×1"},
        {"name": "其他", "matters": 1, "callers": 1, "about": "投诉×1"},
    ),
    FieldType.LINES,
    columns=(
        _text("name", "楼栋", "Building", "3栋"),
        _MATTERS,
        _CALLERS,
        _text("about", "主要事项", "Mostly about", "下水管道×4、公共照明×1"),
    ),
)
_HISTORY = Field(
    "history",
    Words("趋势", "Trend"),
    tuple(
        {"name": name, "matters": matters}
        for name, matters in (("第43周", 9), ("第44周", 12), ("第45周", 8), ("第46周", 11), ("第47周", 14))
    ),
    FieldType.LINES,
    columns=(_text("name", "时段", "Period", "第47周"), _MATTERS),
)
_NOTES = Field(
    "notes",
    Words("预防与应对", "Prevention and response"),
    (
        {
            "name": "下水管道",
            "prevention": "入冬前逐栋检查立管接头；3栋2单元立管列入下月疏通计划。",
            "response": "漏水当天上门；备足接头与软管，二次上门不超过一天。",
            "by": "林若溪 11-23",
        },
        {"name": "电梯", "prevention": "", "response": "", "by": ""},
    ),
    FieldType.LINES,
    columns=(
        _NAME,
        _text("prevention", "预防措施", "Prevention", "入冬前逐栋检查立管接头"),
        _text("response", "应对措施", "Response", "漏水当天上门"),
        _text("by", "记录人", "Noted by", "林若溪 11-23"),
    ),
)

DIGEST = (
    _text("site_name", "小区", "Community", "云杉苑小区"),
    _text("company", "物业公司", "Property company", "云杉物业服务有限公司"),
    _text("period", "时段", "Period", "2026年第47周（11月16日 – 11月22日）"),
    _text("compared", "对比时段", "Compared with", "前 4 周"),
    Field("made", Words("汇总时间", "Made"), datetime(2026, 11, 23, 9, 12), FieldType.INSTANT),  # noqa: DTZ001
    _number("matters", "件数", "Matters", 14),
    _number("callers", "反映人次", "Callers", 18),
    _text("trend", "总体趋势", "Trend in all", "▲ 上升（前期平均 10.0）"),
    _text("kept", "按约定时间完成", "Done in the promised time", "78%（7/9）"),
    _text("median", "办结用时中位", "Median time to the result", "6 小时 40 分"),
    _number("owed", "待回复", "Replies owed", 2),
    _number("reopened", "重开", "Reopened", 1),
    _text("rating", "回访平均分（1–5）", "Follow-up rating (1–5)", "4.3（6 次）"),
    _text("complaints", "投诉级别", "Complaints by level", "未升级×1、1 级×1"),
    _TOPICS,
    _BUILDINGS,
    _HISTORY,
    _NOTES,
)
