"""From a matter to its route: facts gathered from what was typed and what the site knows, judged by the rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frontdesk.domain import components, deadlines, routing, warranty
from frontdesk.domain.deadlines import Promise, Urgency
from frontdesk.domain.paper import COPIES, PaperKind
from frontdesk.domain.routing import WHOM_TO_ASK, Decision, Duty, Fact, Facts, MatterKind, Remark, Route
from frontdesk.domain.warranty import Warranty, WarrantyState
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """The way a matter goes, what the rule alone would have said, and who sees to it by when."""

    decision: Decision
    rule: Decision
    facts: Facts
    component: Any
    department: Any
    external: Any
    warranty: Warranty
    due_at: datetime | None
    overruled_reason: str = ""


def judge(unit: Unit, site: Site, matter: Matter, start: datetime) -> Judgement:
    """Judges a matter whose promise runs from `start`.

    Raises:
        NotFound: a component, unit or department that it names does not exist.
    """
    component = None if matter.component_id is None else unit.get(m.Component, matter.component_id)
    verdict = _warranty(unit, component, matter.unit_id, site.day(start))
    facts = _completed(matter.facts, component, verdict)
    rule = routing.decide(facts)
    decision = routing.overruled(matter.overrule.route) if matter.overrule else rule
    external = _external(unit, decision.route, component)
    return Judgement(
        decision=decision,
        rule=rule,
        facts=facts,
        component=component,
        department=_department(unit, matter, decision.route, component),
        external=external,
        warranty=verdict,
        due_at=_due(unit, site, matter, decision.route, external, start),
        overruled_reason=matter.overrule.reason if matter.overrule else "",
    )


def _warranty(unit: Unit, component: Any, unit_id: int | None, today: date) -> Warranty:
    """Whether the component is under warranty in this unit; a unit without dates has its building's."""
    if component is None or unit_id is None:
        return Warranty(WarrantyState.UNKNOWN)
    place = unit.get(m.Unit, unit_id)
    building = unit.get(m.Building, place.building)
    delivered = place.delivered_on or (None if place.room else building.delivered_on)
    accepted = place.accepted_on or building.accepted_on
    return warranty.judge(reference.component_term(component), delivered, accepted, today)


def _completed(typed: Facts, component: Any, verdict: Warranty) -> Facts:
    """The typed facts, the gaps filled with what the site knows; what nobody knows stays unknown."""
    known_duty = Duty(component.duty) if component is not None and component.duty else None
    return replace(
        typed,
        duty=typed.duty or known_duty,
        warranty=verdict.state if typed.warranty is WarrantyState.UNKNOWN else typed.warranty,
    )


def _department(unit: Unit, matter: Matter, route: Route, component: Any) -> Any:
    """Who sees to it: whom a person named, else the component's department for our own repairs, else the route's."""
    if matter.department_id is not None:
        return unit.get(m.Department, matter.department_id)
    if route in (Route.WORK_ORDER, Route.DEPARTMENT) and component is not None and component.department:
        return unit.get(m.Department, component.department)
    code = components.ROUTE_DEPARTMENTS.get(route)
    return unit.one(m.Department.select().where(m.Department.code == code)) if code else None


def _external(unit: Unit, route: Route, component: Any) -> Any:
    if route is not Route.EXTERNAL or component is None or component.external_unit is None:
        return None
    return unit.get(m.ExternalUnit, component.external_unit)


def _due(unit: Unit, site: Site, matter: Matter, route: Route, external: Any, start: datetime) -> datetime | None:
    """The agreed time, else the external unit's own promise (procedure 4.1.4), else what the site's rules say."""
    promises = reference.promises(unit)
    if external is not None and external.promised_hours:
        promises[Route.EXTERNAL] = Promise(external.promised_hours * 60, around_the_clock=True)
    calendar = reference.calendar(unit, site.zone)
    return deadlines.due_at(start, route, matter.urgency, calendar, promises, matter.agreed_at)


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
        "facts": facts_kept(judgement.facts),
    }


def facts_kept(facts: Facts) -> dict[str, Any]:
    """Facts as JSON."""
    return {
        "kind": facts.kind,
        "duty": facts.duty,
        "warranty": facts.warranty,
        "needs_others": facts.needs_others,
        "over_two_days": facts.over_two_days,
    }


def facts_of(data: dict[str, Any], kind: MatterKind) -> Facts:
    """Facts from JSON; what it does not hold is unknown."""
    return Facts(
        kind=kind,
        duty=Duty(data["duty"]) if data.get("duty") else None,
        warranty=WarrantyState(data.get("warranty") or WarrantyState.UNKNOWN),
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
    )
