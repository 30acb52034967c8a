"""The way a case goes after it was logged: established, changed, doubled, joined (procedure 4.1.3, 4.5.1, 4.5.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action, CaseState
from frontdesk.domain.paper import ENDED
from frontdesk.domain.routing import Facts, MatterKind, Place, Remark, Route
from frontdesk.services import case_acts, case_views, cases, inputs, routes
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.routes import Judgement
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, Established, EventKind, Overrule
from frontdesk.storage import models as m


def establish(site: Site, actor: Actor, case_id: int, version: int, found: Established) -> CaseView:
    """Writes down what has been found out, and has the rules decide again (procedure 4.5.3).

    What was known before stays known. A delivery date that was found is kept with the unit, so that nobody has to ask
    again.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: the delivery lies in the future.
        NotAllowed: the case is closed.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: the case or component does not exist.
    """
    access.require(actor, Permission.WORK_CASES)
    if found.delivered_on is not None and found.delivered_on > site.today():
        raise BadInput("delivered_on", Problem.IN_FUTURE)
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.REROUTE)
        _keep_facts(act, row, _known_now(row, found))
        if found.delivered_on is not None and row.unit is not None:
            unit.change(m.Unit, row.unit, delivered_on=found.delivered_on)
            act.audit("unit.delivered", {"unit": row.unit, "on": found.delivered_on.isoformat()})
        _judge_again(act, component_id=found.component_id)
        return case_acts.end(act)


def _known_now(row: Any, found: Established) -> Facts:
    """The facts as they were typed, with what has been found out since."""
    before = routes.facts_of(row.facts, MatterKind(row.kind))
    place = Place(row.place_kind) if row.place_kind else None
    return replace(
        before,
        duty=found.duty or before.duty,
        place=found.place_kind or before.place or place,
        chargeable=row.chargeable if found.chargeable is None else found.chargeable,
        needs_others=before.needs_others if found.needs_others is None else found.needs_others,
        over_two_days=before.over_two_days if found.over_two_days is None else found.over_two_days,
    )


def reroute(
    site: Site,
    actor: Actor,
    case_id: int,
    version: int,
    change: Overrule | Facts,
    *,
    component_id: int | None = None,
    department_id: int | None = None,
) -> CaseView:
    """Sends a case another way: because a person says so, or because facts have become known.

    The old paper ends as 转出 and keeps its number; the same way again keeps its paper (domain section 3).

    Raises:
        Forbidden: the actor may not work on cases, or not overrule a route.
        BadInput: an overruling without a reason.
        NotAllowed: the case is closed.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: the case, component or department does not exist.
    """
    access.require(actor, Permission.WORK_CASES)
    overrule = _cleaned(actor, change) if isinstance(change, Overrule) else None
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.REROUTE)
        if isinstance(change, Facts):
            _keep_facts(act, row, change)
        _judge_again(act, component_id=component_id, department_id=department_id, overrule=overrule)
        return case_acts.end(act)


def _judge_again(
    act: Act,
    *,
    component_id: int | None = None,
    department_id: int | None = None,
    overrule: Overrule | None = None,
) -> None:
    """Has the rules decide by what is known now, or a person in their place, and sends the case that way."""
    if component_id is not None:
        act.unit.change(m.Case, act.case_id, component=component_id)
    row = act.unit.get(m.Case, act.case_id)
    matter = cases.to_judge(row, row.agreed_at, department_id, overrule)
    judgement = routes.judge(act.unit, act.site, matter, act.at)
    passed = row.agreed_at is not None and row.agreed_at <= act.at
    if passed and judgement.decision.route != row.route:
        # Whoever gets the matter now did not agree to a time that was over before.
        judgement = routes.judge(act.unit, act.site, replace(matter, agreed_at=None), act.at)
    _go(act, judgement)


def _cleaned(actor: Actor, overrule: Overrule) -> Overrule:
    access.require(actor, Permission.OVERRULE_ROUTE)
    if overrule.route is Route.JOINED:  # only to another case, by joining it
        raise BadInput("route", Problem.UNKNOWN)
    return Overrule(overrule.route, inputs.line("overrule", overrule.reason, needed=True))


def _keep_facts(act: Act, row: Any, facts: Facts) -> None:
    """What is known of the matter now."""
    refused = {"refused": True} if row.facts.get("refused") else {}  # stays on record, whatever else becomes known
    kept = {**routes.facts_kept(facts), **refused}
    columns: dict[str, Any] = {"kind": facts.kind, "facts": kept, "chargeable": facts.chargeable}
    act.unit.change(m.Case, act.case_id, place_kind=facts.place or "", **columns)


def _go(act: Act, judgement: Judgement) -> None:
    """Puts a new decision in force in the place of the others, with the paper it asks for; its own kind goes on.

    Another way owes a result of its own.
    """
    in_force = case_views.decisions_in_force(act.unit, [act.case_id])[act.case_id]
    if [row.route for row in in_force] != [judgement.decision.route]:
        act.unit.change(m.Case, act.case_id, result_at=None)
    wanted = judgement.decision.paper
    out = [paper for paper in case_acts.papers(act) if paper.state not in ENDED]
    same = next((paper for paper in out if paper.kind == wanted), None) if wanted is not None else None
    case_acts.replace_routes(act, judgement.decision.reason, keep=None if same is None else wanted)
    act.unit.change(m.Case, act.case_id, **case_acts.route_columns(judgement))
    if same is None:
        case_acts.put_in_force(act, judgement)
    else:
        decision_id = case_acts.decide(act, judgement)
        act.unit.change(m.Paper, same.id, decision=decision_id, due_at=judgement.due_at)


def add_route(site: Site, actor: Actor, case_id: int, version: int, way: Overrule) -> CaseView:
    """Sends a case a second way beside the first: a leak that needs two parties (domain section 3).

    The register's remark is that of the newest way that has one.

    Raises:
        Forbidden: the actor may not work on cases, or not overrule a route.
        BadInput: no reason is given, or the case goes that way already.
        NotAllowed: the case is closed, or where it goes has not been established.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    overrule = _cleaned(actor, way)
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.ADD_ROUTE)
        in_force = case_views.decisions_in_force(unit, [case_id])[case_id]
        if overrule.route in (Route.JOINED, Route.TO_ESTABLISH, Route.ANSWERED, *(each.route for each in in_force)):
            raise BadInput("route", Problem.UNKNOWN)
        judgement = routes.judge(unit, site, cases.to_judge(row, None, None, overrule), act.at)
        remark = judgement.decision.remark or Remark(row.remark)
        unit.change(m.Case, case_id, result_at=None, **case_acts.route_columns(judgement, remark))
        case_acts.put_in_force(act, judgement)
        return case_acts.end(act)


def join(site: Site, actor: Actor, case_id: int, version: int, main_id: int) -> CaseView:
    """Joins a case to another that is the same fault: one case with several people to reply to (procedure 4.5.1).

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: the other one is closed, itself joined, or the case itself.
        NotAllowed: the case is closed, joined already, or others were joined to it.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: one of them does not exist.
    """
    access.require(actor, Permission.WORK_CASES)
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.JOIN)
        require_joinable(act, main_id)
        judgement = routes.judge(unit, site, replace(cases.to_judge(row, None, None, None), joined=True), act.at)
        case_acts.replace_routes(act, "joined")
        unit.change(m.Case, case_id, joined_to=main_id, **case_acts.route_columns(judgement))
        case_acts.put_in_force(act, judgement)
        note_joined(act, main_id)
        return case_acts.end(act)


def require_joinable(act: Act, main_id: int) -> None:
    """Lets pass only an open case that goes its own way; raises BadInput and NotFound."""
    main = act.unit.get(m.Case, main_id)
    if main.state != CaseState.OPEN or main.joined_to is not None or main_id == act.case_id:
        raise BadInput("main", Problem.UNKNOWN)


def note_joined(act: Act, main_id: int) -> None:
    """Says in both timelines that one was joined to the other."""
    main, mine = act.unit.get(m.Case, main_id), act.unit.get(m.Case, act.case_id)
    act.note(EventKind.JOINED, main.record_no, data={"main": main_id})
    other = Act(act.unit, act.site, act.actor, main_id, act.at)
    other.note(EventKind.JOINED, mine.record_no, data={"joined": act.case_id})
    act.audit("case.joined", {"main": main_id})
    other.announce()


def separate(site: Site, actor: Actor, case_id: int, version: int, reason: str) -> CaseView:
    """Takes a case out again that turned out to be another fault; the rules decide its own way.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: no reason is given.
        NotAllowed: the case was not joined, or is closed.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    why = inputs.text("reason", reason, needed=True)
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.SEPARATE)
        unit.change(m.Case, case_id, joined_to=None)
        act.note(EventKind.SEPARATED, why)
        act.audit("case.separated", {"main": row.joined_to}, why)
        _go(act, routes.judge(unit, site, cases.to_judge(row, None, None, None), act.at))
        return case_acts.end(act)
