"""Which way a matter goes: a table of rules with reasons (procedure 4.1 - 4.4), decided by facts.

Every fact may be unknown. A rule that an unknown fact could still make true stops the search: the route is then
"to be established", and the facts to ask for are named; there is no silent default.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.domain.paper import PaperKind
from frontdesk.domain.warranty import WarrantyState


class MatterKind(StrEnum):
    """What the customer wants of us."""

    REPAIR = "repair"
    OPINION = "opinion"
    COMPLAINT = "complaint"
    SPECIAL_SERVICE = "special_service"
    QUESTION = "question"
    EMERGENCY = "emergency"


class Duty(StrEnum):
    """Who is known to answer for the thing; `BUILT` came with the building, so its warranty decides."""

    BUILT = "built"
    PROPERTY = "property"
    EXTERNAL = "external"


class Route(StrEnum):
    """Where a matter goes; the paper or register of domain.md section 3."""

    WORK_ORDER = "work_order"
    LIAISON = "liaison"
    EXTERNAL = "external"
    COMMUNICATION = "communication"
    DEPARTMENT = "department"
    COMPLAINT = "complaint"
    SPECIAL_SERVICE = "special_service"
    ANSWERED = "answered"
    INCIDENT = "incident"
    TO_ESTABLISH = "to_establish"


class Remark(StrEnum):
    """备注: the only three remarks of the register, or none."""

    NONE = ""
    RECTIFICATION = "rectification"
    OTHER = "other"
    COMMUNICATION = "communication"


class Fact(StrEnum):
    """The facts that rules ask for."""

    KIND = "kind"
    DUTY = "duty"
    WARRANTY = "warranty"
    NEEDS_OTHERS = "needs_others"
    OVER_TWO_DAYS = "over_two_days"


class Ask(StrEnum):
    """Whom to ask for a fact that is not known."""

    CUSTOMER = "customer"
    EQUIPMENT = "equipment"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a matter; None is unknown."""

    kind: MatterKind
    duty: Duty | None = None
    warranty: WarrantyState = WarrantyState.UNKNOWN
    needs_others: bool | None = None
    over_two_days: bool | None = None

    def value(self, fact: Fact) -> object:
        """The value of one fact, None where it is unknown."""
        found: object = getattr(self, fact.value)
        return None if found is WarrantyState.UNKNOWN else found


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when every named fact has one of the values, the matter goes this way, because of `reason`."""

    reason: str
    clause: str
    when: tuple[tuple[Fact, frozenset[object]], ...]
    route: Route
    remark: Remark = Remark.NONE
    paper: PaperKind | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The way a matter goes, why, and by which clause; `unknown` names the facts that still decide."""

    route: Route
    remark: Remark
    paper: PaperKind | None
    reason: str
    clause: str
    unknown: tuple[Fact, ...] = ()


def _when(**facts: object) -> tuple[tuple[Fact, frozenset[object]], ...]:
    return tuple((Fact(name), frozenset({value})) for name, value in facts.items())


_REPAIR, _OPINION = MatterKind.REPAIR, MatterKind.OPINION

RULES: tuple[Rule, ...] = (
    Rule("emergency", "3", _when(kind=MatterKind.EMERGENCY), Route.INCIDENT, paper=PaperKind.INCIDENT_REPORT),
    Rule("complaint", "4.3", _when(kind=MatterKind.COMPLAINT), Route.COMPLAINT, paper=PaperKind.COMPLAINT_RECORD),
    Rule(
        "special_service",
        "4.4",
        _when(kind=MatterKind.SPECIAL_SERVICE),
        Route.SPECIAL_SERVICE,
        paper=PaperKind.SPECIAL_SERVICE_ORDER,
    ),
    Rule("answered", "1", _when(kind=MatterKind.QUESTION), Route.ANSWERED),
    Rule("external_unit", "4.1.4", _when(kind=_REPAIR, duty=Duty.EXTERNAL), Route.EXTERNAL, Remark.OTHER),
    Rule(
        "normal_service",
        "4.1.1",
        _when(kind=_REPAIR, duty=Duty.PROPERTY),
        Route.WORK_ORDER,
        paper=PaperKind.WORK_ORDER,
    ),
    Rule(
        "within_warranty",
        "4.1.3",
        _when(kind=_REPAIR, duty=Duty.BUILT, warranty=WarrantyState.WITHIN),
        Route.LIAISON,
        Remark.RECTIFICATION,
        PaperKind.LIAISON_FORM,
    ),
    Rule(
        "past_warranty",
        "4.1.1",
        _when(kind=_REPAIR, duty=Duty.BUILT, warranty=WarrantyState.PAST),
        Route.WORK_ORDER,
        paper=PaperKind.WORK_ORDER,
    ),
    Rule(
        "needs_coordination",
        "4.2",
        _when(kind=_OPINION, needs_others=True, over_two_days=True),
        Route.COMMUNICATION,
        Remark.COMMUNICATION,
    ),
    Rule("one_department", "4.5.1", _when(kind=_OPINION, needs_others=False), Route.DEPARTMENT),
    Rule("short_matter", "4.5.1", _when(kind=_OPINION, over_two_days=False), Route.DEPARTMENT),
)

WHOM_TO_ASK: dict[Fact, Ask] = {
    Fact.DUTY: Ask.EQUIPMENT,
    Fact.WARRANTY: Ask.OFFICE,
    Fact.NEEDS_OTHERS: Ask.CUSTOMER,
    Fact.OVER_TWO_DAYS: Ask.OFFICE,
}


def _unknown_facts(rule: Rule, facts: Facts) -> tuple[Fact, ...] | None:
    """The unknown facts that still keep a rule open; None when a known fact rules it out."""
    unknown = []
    for fact, allowed in rule.when:
        value = facts.value(fact)
        if value is None:
            unknown.append(fact)
        elif value not in allowed:
            return None
    return tuple(unknown)


def decide(facts: Facts) -> Decision:
    """The way a matter goes by the first rule that its facts fulfil.

    Rules exclude one another, so a rule that holds is the answer even where others are still open.
    """
    asked: list[Fact] = []
    for rule in RULES:
        unknown = _unknown_facts(rule, facts)
        if unknown == ():
            return Decision(rule.route, rule.remark, rule.paper, rule.reason, rule.clause)
        asked += [fact for fact in unknown or () if fact not in asked]
    return Decision(Route.TO_ESTABLISH, Remark.NONE, None, "to_establish", "4.5.3", tuple(asked))


def overruled(route: Route) -> Decision:
    """The decision a person puts in the rule's place; its remark and paper are those of the route (procedure 4.5.3)."""
    rule = next((rule for rule in RULES if rule.route is route), None)
    if rule is None:
        return Decision(route, Remark.NONE, None, "overruled", "4.5.3")
    return Decision(route, rule.remark, rule.paper, "overruled", rule.clause)
