"""What a cell of the site's data may be chosen from: codes with their texts, to be translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.house_rules import RULES
from frontdesk.domain.marking import mark
from frontdesk.domain.people import Relation
from frontdesk.domain.routing import Duty, Route


class WarrantyClass(StrEnum):
    """Which legal minimum term a component has (Regulation on the Quality Management of Construction Projects, 40)."""

    NONE = "none"
    STRUCTURE = "structure"
    WATERPROOFING = "waterproofing"
    SEASONAL = "seasonal"
    TWO_YEARS = "two_years"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, and the text for it."""

    code: str
    title: str


ROUTE_WORDS: dict[Route, str] = {
    Route.WORK_ORDER: mark("Service work order"),
    Route.LIAISON: mark("Liaison form"),
    Route.EXTERNAL: mark("External unit's repair"),
    Route.COMMUNICATION: mark("Coordination"),
    Route.DEPARTMENT: mark("Department's own matter"),
    Route.COMPLAINT: mark("Complaint record"),
    Route.SPECIAL_SERVICE: mark("Special service order"),
    Route.INCIDENT: mark("Incident record"),
}
URGENCY_WORDS: dict[Urgency, str] = {
    Urgency.NORMAL: mark("Normal"),
    Urgency.SOON: mark("Soon"),
    Urgency.URGENT: mark("Urgent"),
}
DUTY_WORDS: dict[str, str] = {
    "built": mark("Came with the building"),
    "property": mark("Property company"),
    "external": mark("External unit"),
    "maker": mark("Its maker"),
    "owner": mark("The owner"),
}
RELATION_WORDS: dict[Relation, str] = {
    Relation.OWNER: mark("Owner"),
    Relation.FAMILY: mark("Family member"),
    Relation.TENANT: mark("Tenant"),
}
CLASS_WORDS: dict[WarrantyClass, str] = {
    WarrantyClass.NONE: mark("No legal minimum"),
    WarrantyClass.STRUCTURE: mark("Foundation and structure: design life"),
    WarrantyClass.WATERPROOFING: mark("Waterproofing: 5 years"),
    WarrantyClass.SEASONAL: mark("Heating and cooling: 2 seasons"),
    WarrantyClass.TWO_YEARS: mark("Lines, equipment, decoration: 2 years"),
}
# Languages are called by their own names, whoever reads.
LANGUAGES = (Choice("zh_CN", "简体中文"), Choice("zh_TW", "繁體中文"), Choice("en", "English"))
YES_NO = (Choice("yes", mark("Yes")), Choice("no", mark("No")))

ROUTES = tuple(Choice(code, title) for code, title in ROUTE_WORDS.items())
URGENCIES = tuple(Choice(code, title) for code, title in URGENCY_WORDS.items())
DUTIES = tuple(Choice(code, DUTY_WORDS[code]) for code in Duty)
RELATIONS = tuple(Choice(code, title) for code, title in RELATION_WORDS.items())
CLASSES = tuple(Choice(code, title) for code, title in CLASS_WORDS.items())
SEASONS = (Choice("heating", mark("Heating season")), Choice("cooling", mark("Cooling season")))
RULE_KEYS = tuple(Choice(item.key, item.title) for item in RULES.values())
