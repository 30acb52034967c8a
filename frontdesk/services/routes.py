"""From a matter to its route: facts gathered from what was typed and what the site knows, judged by the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frontdesk.domain import components, deadlines, routing, warranty
from frontdesk.domain.deadlines import Clock, Promise, Urgency
from frontdesk.domain.paper import COPIES, PaperKind
from frontdesk.domain.routing import (
    WHOM_TO_ASK,
    Ask,
    Decision,
    Duty,
    Fact,
    Facts,
    MatterKind,
    Place,
    Remark,
    Route,
)
from frontdesk.domain.warranty import Dates, Seasons, Term, Terms, Warranty, WarrantyState
from frontdesk.services import reference
from frontdesk.services.site import Site
from frontdesk.services.views import Overrule, RouteView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a matter decides its route; `facts` are those that a person has typed, None where nobody knows."""

    facts: Facts
    component_id: int | None = None
    unit_id: int | None = None
    urgency: Urgency = Urgency.NORMAL
    agreed_at: datetime | None = None
    department_id: int | None = None
    overrule: Overrule | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The way a matter goes, what the rule alone would have said, and who sees to it by when.

    `warranty` is the one that the reason speaks of; `beside` a second way that the matter goes at once.
    """

    decision: Decision
    rule: Decision
    facts: Facts
    component: Any
    department: Any
    external: Any
    warranty: Warranty
    clock: Clock
    due_at: datetime | None
    overruled_reason: str = ""
    beside: Decision | None = None

    @property
    def chargeable(self) -> bool | None:
        """有偿 / 无偿: what was agreed, else what follows from the way; None where that is settled on the spot."""
        if self.facts.chargeable is not None:
            return self.facts.chargeable
        if self.decision.route is Route.SPECIAL_SERVICE:
            return True
        if self.decision.route in (Route.LIAISON, Route.INCIDENT) or self.facts.place is Place.COMMON:
            return False
        past = self.decision.reason in ("past_warranty", "past_makers_term")
        return True if past and self.facts.place is Place.HOME else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the site knows of the thing and the place that a matter is about."""

    component: Any
    equipment: Any
    home: Warranty
    common: Warranty
    maker: Warranty
    place: Place | None


def judge(unit: Unit, site: Site, matter: Matter, start: datetime) -> Judgement:
    """Judges a matter whose promise runs from `start`.

    Raises:
        NotFound: a component, unit or department that it names does not exist.
    """
    known = _known(unit, matter, site.day(start))
    facts = _completed(matter.facts, known)
    rule = routing.joined() if matter.joined else routing.decide(facts)
    decision = routing.overruled(matter.overrule.route) if matter.overrule else rule
    external = _external(unit, decision.route, known)
    department = _department(unit, matter, decision, known.component)
    clock = _clock(unit, matter, decision.route, (department, external), start)
    return Judgement(
        decision=decision,
        rule=rule,
        facts=facts,
        component=known.component,
        department=department,
        external=external,
        warranty=_warranty_shown(facts, known),
        clock=clock,
        due_at=clock.due_at(reference.calendar(unit, site.zone)),
        overruled_reason=matter.overrule.reason if matter.overrule else "",
        beside=None if matter.overrule or matter.joined else routing.beside(facts),
    )


def beside(unit: Unit, site: Site, matter: Matter, judgement: Judgement) -> Judgement | None:
    """The second way of a matter as a judgement of its own, None where it goes only one."""
    if judgement.beside is None:
        return None
    repair = replace(matter, facts=replace(matter.facts, kind=MatterKind.REPAIR), agreed_at=None)
    return judge(unit, site, repair, judgement.clock.since)


def _known(unit: Unit, matter: Matter, today: date) -> _Known:
    component = None if matter.component_id is None else unit.get(m.Component, matter.component_id)
    place = None if matter.unit_id is None else unit.get(m.Unit, matter.unit_id)
    equipment = _equipment(unit, component, place)
    home, common = _of_building(unit, component, place, today)
    return _Known(
        component=component,
        equipment=equipment,
        home=home,
        common=common,
        maker=_makers(equipment, today),
        place=Place.COMMON if place is not None and not place.room else None,
    )


def _of_building(unit: Unit, component: Any, place: Any, today: date) -> tuple[Warranty, Warranty]:
    """The building's warranty by the home's own dates, and by those of the common parts around it."""
    if component is None or place is None:
        return warranty.UNKNOWN, warranty.UNKNOWN
    building = unit.get(m.Building, place.building)
    terms, seasons = reference.component_terms(component), reference.seasons(unit)
    shared = Dates(building.delivered_on, building.accepted_on)
    if not place.room:  # a common part may have dates of its own
        shared = Dates(place.delivered_on or shared.delivered_on, place.accepted_on or shared.accepted_on)
    own = Dates(place.delivered_on, place.accepted_on or building.accepted_on) if place.room else shared
    return warranty.judge(terms, own, today, seasons), warranty.judge(terms, shared, today, seasons)


def _equipment(unit: Unit, component: Any, place: Any) -> Any:
    """The thing itself, where the site has it on record: the home's own, else the building's."""
    if component is None or place is None:
        return None
    things = m.Equipment.select().where(m.Equipment.active & (m.Equipment.component == component.id))
    own = unit.one(things.where(m.Equipment.unit == place.id))
    shared = (m.Equipment.building == place.building) & m.Equipment.unit.is_null()
    return own or unit.one(things.where(shared))


def _makers(equipment: Any, today: date) -> Warranty:
    if equipment is None or equipment.warranty_months is None:
        return warranty.UNKNOWN
    terms = Terms(own=Term(months=equipment.warranty_months))
    return warranty.judge(terms, Dates(delivered_on=equipment.installed_on), today, Seasons())


def _completed(typed: Facts, known: _Known) -> Facts:
    """The typed facts, the gaps filled with what the site knows; what nobody knows stays unknown."""
    carries_term = known.equipment is not None and known.equipment.warranty_months is not None
    by_component = Duty(known.component.duty) if known.component is not None and known.component.duty else None
    return replace(
        typed,
        duty=typed.duty or (Duty.MAKER if carries_term else by_component),
        place=typed.place or known.place,
        home_warranty=known.home.state,
        common_warranty=known.common.state,
        maker_warranty=known.maker.state,
    )


def _warranty_shown(facts: Facts, known: _Known) -> Warranty:
    """The warranty that decided, or would: the maker's, or the building's where the fault is."""
    if facts.duty is Duty.MAKER:
        return known.maker
    if facts.place is Place.COMMON:
        return known.common
    if facts.place is Place.HOME or facts.warranty is not WarrantyState.UNKNOWN:
        return known.home
    return warranty.UNKNOWN


# What a component's own department sees to: our repairs, and a complaint about one (责任部门).
_BY_COMPONENT = frozenset({Route.WORK_ORDER, Route.DEPARTMENT, Route.COMPLAINT, Route.SPECIAL_SERVICE})
_ASKED_DEPARTMENT = {Ask.OFFICE: "office", Ask.EQUIPMENT: "equipment", Ask.CUSTOMER: "service"}


def _department(unit: Unit, matter: Matter, decision: Decision, component: Any) -> Any:
    """Who sees to it: whom a person named, else the component's department, else the route's.

    What is to be established goes to whoever can say it.
    """
    if matter.department_id is not None:
        return unit.get(m.Department, matter.department_id)
    if decision.route in _BY_COMPONENT and component is not None and component.department:
        return unit.get(m.Department, component.department)
    code = components.ROUTE_DEPARTMENTS.get(decision.route)
    if decision.route is Route.TO_ESTABLISH and decision.unknown:
        code = _ASKED_DEPARTMENT[WHOM_TO_ASK[decision.unknown[0]]]
    return unit.one(m.Department.select().where(m.Department.code == code)) if code else None


def _external(unit: Unit, route: Route, known: _Known) -> Any:
    """The external unit that answers: the thing's own maker, else the component's."""
    if route is not Route.EXTERNAL:
        return None
    for row in (known.equipment, known.component):
        if row is not None and row.external_unit is not None:
            return unit.get(m.ExternalUnit, row.external_unit)
    return None


def _clock(unit: Unit, matter: Matter, route: Route, whose: tuple[Any, Any], start: datetime) -> Clock:
    """The agreed time, else the external unit's own promise (procedure 4.1.4), else what the site's rules say."""
    department, external = whose
    if external is not None and external.promised_hours:
        given = Promise(external.promised_hours * 60, around_the_clock=True)
    else:
        rules = reference.promise_rules(unit)
        given = deadlines.promise(rules, route, matter.urgency, department.id if department else None)
    return deadlines.start(start, route, given, matter.agreed_at)


# --- as a view, and as it is kept ------------------------------------------------------------------------------------


def view(judgement: Judgement) -> RouteView:
    """The judgement as the screens see it."""
    decision = judgement.decision
    return RouteView(
        route=decision.route,
        remark=decision.remark,
        paper=decision.paper,
        reason=decision.reason,
        clause=decision.clause,
        department=reference.named(judgement.department),
        component=reference.named(judgement.component),
        warranty_ends_on=judgement.warranty.ends_on,
        days_left=judgement.warranty.days_left,
        unknown=tuple((fact, WHOM_TO_ASK[fact]) for fact in decision.unknown),
        due_at=judgement.due_at,
        copies=COPIES.get(decision.paper, ()) if decision.paper else (),
        overruled_reason=judgement.overruled_reason,
        rule_route=judgement.rule.route if judgement.overruled_reason else None,
        external=reference.named(judgement.external),
        chargeable=judgement.chargeable,
        beside=judgement.beside.route if judgement.beside else None,
    )


def params(judgement: Judgement) -> dict[str, Any]:
    """What the reason's wording needs later, as it is kept with the decision."""
    ends_on = judgement.warranty.ends_on
    return {
        "paper": judgement.decision.paper,
        "component": judgement.component.id if judgement.component else None,
        "department": judgement.department.id if judgement.department else None,
        "external": judgement.external.id if judgement.external else None,
        "ends_on": ends_on.isoformat() if ends_on else None,
        "days_left": judgement.warranty.days_left,
        "unknown": list(judgement.decision.unknown),
        "chargeable": judgement.chargeable,
        "facts": facts_kept(judgement.facts),
    }


def facts_kept(facts: Facts) -> dict[str, Any]:
    """Facts as JSON."""
    return {
        "kind": facts.kind,
        "duty": facts.duty,
        "place": facts.place,
        "home_warranty": facts.home_warranty,
        "common_warranty": facts.common_warranty,
        "maker_warranty": facts.maker_warranty,
        "chargeable": facts.chargeable,
        "needs_others": facts.needs_others,
        "over_two_days": facts.over_two_days,
    }


def facts_of(data: dict[str, Any], kind: MatterKind) -> Facts:
    """The facts that a person typed, from JSON; what it does not hold is unknown, what the site knows is asked anew."""
    return Facts(
        kind=kind,
        duty=Duty(data["duty"]) if data.get("duty") else None,
        place=Place(data["place"]) if data.get("place") else None,
        chargeable=data.get("chargeable"),
        needs_others=data.get("needs_others"),
        over_two_days=data.get("over_two_days"),
    )


def kept_view(unit: Unit, row: Any, due_at: datetime | None) -> RouteView:
    """A kept decision as the screens see it."""
    data = row.params
    paper = PaperKind(data["paper"]) if data.get("paper") else None
    ends_on = date.fromisoformat(data["ends_on"]) if data.get("ends_on") else None
    found = {
        name: reference.named(reference.rows_by_id(unit, model, [data.get(name)]).get(data.get(name) or 0))
        for name, model in (("component", m.Component), ("department", m.Department), ("external", m.ExternalUnit))
    }
    return RouteView(
        route=Route(row.route),
        remark=Remark(row.remark),
        paper=paper,
        reason=row.reason,
        clause=row.clause,
        department=found["department"],
        component=found["component"],
        warranty_ends_on=ends_on,
        days_left=data.get("days_left"),
        unknown=tuple((Fact(fact), WHOM_TO_ASK[Fact(fact)]) for fact in data.get("unknown", ())),
        due_at=due_at,
        copies=COPIES.get(paper, ()) if paper else (),
        overruled_reason=row.overruled_reason,
        rule_route=Route(row.rule_route) if row.rule_route else None,
        external=found["external"],
        chargeable=data.get("chargeable"),
    )
