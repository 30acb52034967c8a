"""Which way a matter goes: a table of rules with reasons (procedure 4.1 - 4.4), decided by facts.

Every fact may be unknown. A rule that an unknown fact could still make true stops the search: the route is then
"to be established", and the facts to ask for are named; there is no silent default.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """Who put the thing in and answers for it.

    `BUILT` came with the building, so its warranty decides; `MAKER` carries its maker's own term; `OWNER` the owner
    put in; `EXTERNAL` is an external unit's for good (telephone, broadband, gas …); `PROPERTY` is our own service.
    """

    BUILT = "built"
    PROPERTY = "property"
    EXTERNAL = "external"
    MAKER = "maker"
    OWNER = "owner"


class Place(StrEnum):
    """户内 / 公共部位: inside the home, or a common part; their warranties run from different deliveries."""

    HOME = "home"
    COMMON = "common"


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
    JOINED = "joined"
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
    PLACE = "place"
    WARRANTY = "warranty"
    MAKER_WARRANTY = "maker_warranty"
    CHARGEABLE = "chargeable"
    NEEDS_OTHERS = "needs_others"
    OVER_TWO_DAYS = "over_two_days"


class Ask(StrEnum):
    """Whom to ask for a fact that is not known."""

    CUSTOMER = "customer"
    EQUIPMENT = "equipment"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a matter; None is unknown.

    `home_warranty` and `common_warranty` are the building's warranty by the home's and by the common part's dates,
    `maker_warranty` the equipment's own; `chargeable` says that the customer agrees to pay.
    """

    kind: MatterKind
    duty: Duty | None = None
    place: Place | None = None
    home_warranty: WarrantyState = WarrantyState.UNKNOWN
    common_warranty: WarrantyState = WarrantyState.UNKNOWN
    maker_warranty: WarrantyState = WarrantyState.UNKNOWN
    chargeable: bool | None = None
    needs_others: bool | None = None
    over_two_days: bool | None = None

    @property
    def warranty(self) -> WarrantyState:
        """The building's warranty where the fault is; where that is not known, only what holds in both places."""
        if self.place is not None:
            return self.home_warranty if self.place is Place.HOME else self.common_warranty
        return self.home_warranty if self.home_warranty is self.common_warranty else WarrantyState.UNKNOWN

    def value(self, fact: Fact) -> object:
        """The value of one fact, None where it is unknown."""
        found: object = getattr(self, fact.value)
        return None if found is WarrantyState.UNKNOWN else found

    def asked_for(self, fact: Fact) -> Fact:
        """What to ask when a fact is unknown: which place it is, where each place alone has an answer."""
        one_place = self.home_warranty if self.home_warranty is not WarrantyState.UNKNOWN else self.common_warranty
        by_place = fact is Fact.WARRANTY and self.place is None and one_place is not WarrantyState.UNKNOWN
        return Fact.PLACE if by_place else fact


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when every named fact has one of the values, the matter goes this way, because of `reason`."""

    reason: str
    clause: str
    when: tuple[tuple[Fact, object], ...]
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


def _when(**facts: object) -> tuple[tuple[Fact, object], ...]:
    return tuple((Fact(name), value) for name, value in facts.items())


def _order(reason: str, **facts: object) -> Rule:
    """A repair that is the property company's: procedure 4.1.1."""
    when = _when(kind=MatterKind.REPAIR, **facts)
    return Rule(reason, "4.1.1", when, Route.WORK_ORDER, paper=PaperKind.WORK_ORDER)


def _external(reason: str, **facts: object) -> Rule:
    """A repair that an external unit answers for: procedure 4.1.4."""
    return Rule(reason, "4.1.4", _when(kind=MatterKind.REPAIR, **facts), Route.EXTERNAL, Remark.OTHER)


_OPINION = MatterKind.OPINION

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
    _external("external_unit", duty=Duty.EXTERNAL),
    _external("within_makers_term", duty=Duty.MAKER, maker_warranty=WarrantyState.WITHIN),
    _order("past_makers_term", duty=Duty.MAKER, maker_warranty=WarrantyState.PAST),
    _order("normal_service", duty=Duty.PROPERTY),
    _order("owners_thing_paid", duty=Duty.OWNER, chargeable=True),
    Rule(
        "owners_thing_unpaid",
        "4.5.3",
        _when(kind=MatterKind.REPAIR, duty=Duty.OWNER, chargeable=False),
        Route.ANSWERED,
    ),
    Rule(
        "within_warranty",
        "4.1.3",
        _when(kind=MatterKind.REPAIR, duty=Duty.BUILT, warranty=WarrantyState.WITHIN),
        Route.LIAISON,
        Remark.RECTIFICATION,
        PaperKind.LIAISON_FORM,
    ),
    _order("past_warranty", duty=Duty.BUILT, warranty=WarrantyState.PAST),
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
    Fact.PLACE: Ask.CUSTOMER,
    Fact.WARRANTY: Ask.OFFICE,
    Fact.MAKER_WARRANTY: Ask.EQUIPMENT,
    Fact.CHARGEABLE: Ask.CUSTOMER,
    Fact.NEEDS_OTHERS: Ask.CUSTOMER,
    Fact.OVER_TWO_DAYS: Ask.OFFICE,
}


def _unknown_facts(rule: Rule, facts: Facts) -> tuple[Fact, ...] | None:
    """The unknown facts that still keep a rule open; None when a known fact rules it out."""
    unknown = []
    for fact, wanted in rule.when:
        value = facts.value(fact)
        if value is None:
            unknown.append(facts.asked_for(fact))
        elif value != wanted:
            return None
    return tuple(unknown)


def decide(facts: Facts) -> Decision:
    """The way a matter goes by the first rule that its facts fulfil.

    Rules exclude one another, so a rule that holds is the answer even where others are still open. Where the duty is
    not known it alone is asked for: what else matters depends on it.
    """
    asked: list[Fact] = []
    for rule in RULES:
        unknown = _unknown_facts(rule, facts)
        if unknown == ():
            return Decision(rule.route, rule.remark, rule.paper, rule.reason, rule.clause)
        asked += [fact for fact in unknown or () if fact not in asked]
    if Fact.DUTY in asked:
        asked = [Fact.DUTY]
    return Decision(Route.TO_ESTABLISH, Remark.NONE, None, "to_establish", "4.5.3", tuple(asked))


def beside(facts: Facts) -> Decision | None:
    """A second way that the same matter goes at once: what broke in an emergency and is ours to repair (chapter 3).

    External units are called by the emergency's own plan, so only our own work order is added.
    """
    if facts.kind is not MatterKind.EMERGENCY or facts.duty is None:
        return None
    repair = decide(replace(facts, kind=MatterKind.REPAIR))
    return repair if repair.route is Route.WORK_ORDER else None


def overruled(route: Route) -> Decision:
    """The decision a person puts in the rule's place; its remark and paper are those of the route (procedure 4.5.3)."""
    # A repair that is answered carries no paper either, so that the first rule of a route is as good as any.
    rule = next((rule for rule in RULES if rule.route is route), None)
    if rule is None:
        return Decision(route, Remark.NONE, None, "overruled", "4.5.3")
    return Decision(route, rule.remark, rule.paper, "overruled", rule.clause)


def joined() -> Decision:
    """The way of a matter that is already being seen to as another case: its caller is told when that is over."""
    return Decision(Route.JOINED, Remark.NONE, None, "joined", "4.5.1")
