"""What a new site starts with: departments, areas, external units, components with their legal minimum warranty terms.

Terms: Regulation on the Quality Management of Construction Projects, article 40. All of it is data that the site edits.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.domain.choices import WarrantyClass
from frontdesk.domain.routing import Duty, Route
from frontdesk.domain.warranty import Term

DESIGN_LIFE = Term()
WATERPROOFING = Term(months=60)
HEATING_AND_COOLING = Term(seasons=2)
TWO_YEARS_PARTS = Term(months=24)  # lines, equipment, decoration

# The legal minimum of each class (article 40); a shorter term of the site's own does not count.
LEGAL_MINIMUM: dict[WarrantyClass, Term] = {
    WarrantyClass.STRUCTURE: DESIGN_LIFE,
    WarrantyClass.WATERPROOFING: WATERPROOFING,
    WarrantyClass.SEASONAL: HEATING_AND_COOLING,
    WarrantyClass.TWO_YEARS: TWO_YEARS_PARTS,
}


def legal_minimum(code: str, chosen: str = "") -> Term | None:
    """The term that a component has at least: by the class that the site chose, else by what it starts with."""
    if chosen:
        return LEGAL_MINIMUM.get(WarrantyClass(chosen))
    return next((row.term for row in COMPONENTS if row.code == code and row.duty is Duty.BUILT), None)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department that matters go to."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area that visitors are sent to; the way there is drawn later."""

    code: str
    name: str
    name_en: str
    name_tw: str


@dataclass(frozen=True, slots=True)
class ExternalRow:
    """An external unit, with the hours in which it promises to come."""

    code: str
    kind: str
    name: str
    name_en: str
    promised_hours: int


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component: who answers for it unless somebody knows better, its term, and the words people use for it."""

    code: str
    name: str
    name_en: str
    duty: Duty | None
    term: Term | None = None
    department: str = "equipment"
    external: str = ""
    words: tuple[str, ...] = ()


def class_of(term: Term | None) -> WarrantyClass:
    """The class whose legal minimum a default term is."""
    return next((kind for kind, least in LEGAL_MINIMUM.items() if least == term), WarrantyClass.NONE)


DEPARTMENTS: tuple[DepartmentRow, ...] = (
    DepartmentRow("office", "管理处", "Management office"),
    DepartmentRow("service", "客服部", "Customer service"),
    DepartmentRow("equipment", "设备管理部", "Equipment department"),
    DepartmentRow("engineering", "工程部", "Engineering department"),
    DepartmentRow("order", "秩序维护部", "Security department"),
    DepartmentRow("environment", "环境部", "Cleaning and greening"),
    DepartmentRow("developer", "开发企业项目部", "Developer's project department"),
)

# One is enough to invite somebody on the first day.
AREAS: tuple[AreaRow, ...] = (AreaRow("service", "物业服务中心", "Management office", "物業服務中心"),)

EXTERNAL_UNITS: tuple[ExternalRow, ...] = (
    ExternalRow("telephone", "telephone", "电话运营商", "Telephone company", 24),
    ExternalRow("broadband", "broadband", "宽带运营商", "Broadband company", 24),
    ExternalRow("water_heater", "water_heater", "热水器厂家", "Water heater maker", 48),
    ExternalRow("intercom", "intercom", "可视对讲厂家", "Video intercom maker", 24),
    ExternalRow("security_door", "security_door", "防盗门厂家", "Security door maker", 48),
    ExternalRow("lift", "lift", "电梯维保单位", "Lift maintenance company", 4),
    ExternalRow("gas", "gas", "燃气公司", "Gas company", 4),
)

# The department that a route goes to where neither the component nor a person names one.
ROUTE_DEPARTMENTS: dict[Route, str] = {
    Route.WORK_ORDER: "equipment",
    Route.LIAISON: "developer",
    Route.EXTERNAL: "service",
    Route.COMMUNICATION: "service",
    Route.DEPARTMENT: "service",
    Route.COMPLAINT: "office",
    Route.SPECIAL_SERVICE: "equipment",
    Route.ANSWERED: "service",
    Route.INCIDENT: "order",
}


def _built(code: str, name: str, name_en: str, term: Term, *words: str, department: str = "equipment") -> ComponentRow:
    return ComponentRow(code, name, name_en, Duty.BUILT, term, department, words=words)


def _external(code: str, name: str, name_en: str, unit: str, *words: str) -> ComponentRow:
    return ComponentRow(code, name, name_en, Duty.EXTERNAL, None, "service", unit, words)


COMPONENTS: tuple[ComponentRow, ...] = (
    _built("structure", "主体结构", "Main structure", DESIGN_LIFE, "裂缝", "开裂", department="engineering"),
    _built("foundation", "地基基础", "Foundation", DESIGN_LIFE, "下沉", "沉降", department="engineering"),
    _built("roof", "屋面防水", "Roof waterproofing", WATERPROOFING, "屋顶漏", "屋面", "天面"),
    _built("facade", "外墙防渗", "Façade waterproofing", WATERPROOFING, "外墙", "渗水", "窗边"),
    _built("wet_room", "卫生间防水", "Bathroom waterproofing", WATERPROOFING, "卫生间", "渗漏", "漏水到楼下"),
    _built("heating", "供热系统", "Heating", HEATING_AND_COOLING, "暖气", "地暖", "不热"),
    _built("cooling", "供冷系统", "Cooling", HEATING_AND_COOLING, "中央空调", "不制冷"),
    _built("water_supply", "给水管道", "Water supply pipes", TWO_YEARS_PARTS, "水管", "龙头", "无水", "水压"),
    _built("drain", "下水管道", "Drains", TWO_YEARS_PARTS, "下水", "堵", "返味", "地漏", "接头"),
    _built("wiring", "电气线路", "Electrical wiring", TWO_YEARS_PARTS, "跳闸", "没电", "插座", "开关", "停电"),
    _built("windows", "门窗", "Doors and windows", TWO_YEARS_PARTS, "窗", "门锁", "合页", "玻璃"),
    _built("plaster", "墙面与地面", "Walls and floors", TWO_YEARS_PARTS, "墙皮", "空鼓", "地砖", "脱落"),
    _built("ceiling", "天棚", "Ceilings", TWO_YEARS_PARTS, "天花", "吊顶", "顶板"),
    ComponentRow(
        "common_light", "公共照明", "Common lights", Duty.PROPERTY, words=("楼道灯", "路灯", "车库灯", "声控灯")
    ),
    # Who put the gates in differs from site to site, so that it is asked for until the site has said it.
    ComponentRow("gate", "门禁与道闸", "Access gates", None, words=("门禁", "道闸", "刷卡", "单元门")),
    ComponentRow("pump", "供水泵房", "Water pumps", Duty.PROPERTY, words=("水泵", "二次供水")),
    ComponentRow(
        "cleaning", "环境卫生", "Cleaning", Duty.PROPERTY, department="environment", words=("垃圾", "保洁", "异味")
    ),
    ComponentRow(
        "greening", "绿化", "Greening", Duty.PROPERTY, department="environment", words=("树枝", "草坪", "绿化")
    ),
    _external("broadband", "宽带", "Broadband", "broadband", "宽带", "上网", "光猫", "网络"),
    _external("telephone", "固定电话", "Telephone line", "telephone", "座机", "电话线"),
    _external("intercom", "可视对讲", "Video intercom", "intercom", "对讲", "可视"),
    _external("security_door", "防盗门", "Security door", "security_door", "防盗门", "入户门", "锁芯"),
    _external("water_heater", "热水器", "Water heater", "water_heater", "热水器", "热水"),
    _external("lift", "电梯", "Lift", "lift", "电梯", "轿厢"),
    _external("gas", "燃气", "Gas", "gas", "燃气", "煤气", "天然气"),
    ComponentRow("appliance", "业主自装设备", "Owner's own equipment", None, words=("自装", "家电")),
)
