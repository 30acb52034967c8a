"""Working on cases: looking at them, results and replies, striking off, reopening (procedure 4.1 - 4.5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import peewee

from frontdesk.domain import access, cases
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action, CaseState, Step, StepsMissing
from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.paper import PRINTED_FORMS, PaperKind, PaperState
from frontdesk.domain.routing import Facts, MatterKind, Route
from frontdesk.services import case_acts, case_views, inputs, routes
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import EditConflict
from frontdesk.services.routes import Judgement, Matter
from frontdesk.services.site import Site
from frontdesk.services.views import (
    CaseFilter,
    CasePage,
    CaseView,
    Established,
    EventKind,
    Overrule,
    ReplyDone,
    SheetDone,
)
from frontdesk.storage import models as m
from frontdesk.storage.fields import to_microseconds
from frontdesk.storage.unit import Unit

LARGEST_PAGE = 500


# --- looking ---------------------------------------------------------------------------------------------------------


def case(site: Site, actor: Actor, case_id: int) -> CaseView:
    """A case whole.

    Raises:
        Forbidden: the actor may not see cases.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        return case_views.whole(unit, site, actor, case_id)


def case_page(
    site: Site,
    actor: Actor,
    chosen: CaseFilter,
    text: str = "",
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> CasePage:
    """One page of the list, newest first; `after` is what the page before gave, `total` counts all pages.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    size = min(limit, LARGEST_PAGE)
    with site.store.read() as unit:
        knows_people = actor.may(Permission.SEE_PEOPLE)
        query = _found(m.Case.select().where(_chosen(chosen, site.now())), text.strip(), by_caller=knows_people)
        page = query
        if after is not None:
            place = peewee.Tuple(m.Case.opened_at, m.Case.id)
            page = query.where(place < peewee.Tuple(to_microseconds(after[0]), after[1]))
        rows = unit.all(page.order_by(m.Case.opened_at.desc(), m.Case.id.desc()).limit(size + 1))
        shown = rows[:size]
        more = (shown[-1].opened_at, shown[-1].id) if len(rows) > size else None
        return CasePage(case_views.lines(unit, site, actor, shown), unit.count(query), more)


def _chosen(chosen: CaseFilter, now: datetime) -> Any:
    is_open = m.Case.state == CaseState.OPEN
    conditions = {
        CaseFilter.OPEN: is_open,
        CaseFilter.OVERDUE: is_open & m.Case.result_at.is_null() & (m.Case.due_at < now),
        CaseFilter.TO_REPLY: is_open & m.Case.result_at.is_null(False) & m.Case.told_at.is_null(),
        CaseFilter.COMPLETED: m.Case.state == CaseState.COMPLETED,
        CaseFilter.ALL: m.Case.state != CaseState.VOID,
    }
    return conditions[chosen]


def _found(query: Any, text: str, *, by_caller: bool) -> Any:
    """Narrows a query of cases to those in whose content, numbers or unit the text stands, or in the caller's name.

    Args:
        by_caller: whoever sees names masked must not find out by searching either.
    """
    if not text:
        return query
    numbered = m.Paper.select(m.Paper.case).where(m.Paper.number.contains(text))
    called = m.Contact.select(m.Contact.id).where(m.Contact.caller_name.contains(text))
    placed = m.Unit.select(m.Unit.id).where(m.Unit.label.contains(text))
    found = (
        m.Case.content.contains(text)
        | m.Case.record_no.contains(text)
        | m.Case.id.in_(numbered)
        | m.Case.unit.in_(placed)
    )
    return query.where(found | m.Case.contact.in_(called) if by_caller else found)


def reveal_case_phone(site: Site, actor: Actor, case_id: int, reason: str) -> str:
    """The number under which a case's customer is to be told, in full; audited with the reason.

    Raises:
        Forbidden: the actor may not reveal numbers.
        BadInput: no reason is given.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.REVEAL_PHONES)
    why = inputs.line("reason", reason, needed=True)
    with site.store.write() as unit:
        row = unit.get(m.Case, case_id)
        contact = unit.get(m.Contact, row.contact)
        unit.audit(actor, "phone.revealed", case_acts.subject(case_id), {}, why)
        return case_views.phone_to_call(unit, row, contact)


# --- acting ----------------------------------------------------------------------------------------------------------


def _begin(unit: Unit, site: Site, actor: Actor, case_id: int, version: int, action: Action) -> tuple[Act, Any]:
    """The case as the actor saw it, allowed to be acted on; its version is moved on.

    Raises:
        NotFound, EditConflict, NotAllowed, StepsMissing
    """
    row = unit.get(m.Case, case_id)
    if row.version != version:
        raise EditConflict(key=case_id, found=row.version, expected=version)
    cases.require(case_views.progress(row, _papers(unit, case_id)), action)
    unit.revise(m.Case, case_id, version)
    return Act(unit, site, actor, case_id, site.now()), row


def _papers(unit: Unit, case_id: int) -> list[Any]:
    return case_views.papers_of(unit, [case_id])[case_id]


def _end(act: Act) -> CaseView:
    act.announce()
    return case_views.whole(act.unit, act.site, act.actor, act.case_id)


def record_result(site: Site, actor: Actor, case_id: int, version: int, done: SheetDone) -> CaseView:
    """Writes the result back to the register line; a returned sheet ends its paper (procedure 4.1.1, 4.1.3).

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: nothing is said of the work, or it lies in the future.
        StepsMissing: the sheet is said to be back although it was never printed.
        NotAllowed: the case is closed, or where it goes has not been established.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    work = inputs.text("work_done", done.work_done, needed=True)
    technician = inputs.line("technician", done.technician)
    happened_at = inputs.happened("happened_at", done.happened_at, site.now())
    with site.store.write() as unit:
        act, _ = _begin(unit, site, actor, case_id, version, Action.RECORD_RESULT)
        papers = _papers(unit, case_id)
        if done.sheet_returned:
            _require_printed(papers)
            case_acts.end_papers(act, papers, PaperState.RETURNED)
        unit.change(m.Case, case_id, result=work, result_at=act.at)
        data = {"technician": technician, "sheet_returned": done.sheet_returned}
        act.note(EventKind.RESULT, work, happened_at=happened_at, data=data)
        act.audit("case.result", {"sheet_returned": done.sheet_returned})
        return _end(act)


def _require_printed(papers: list[Any]) -> None:
    """A form that was never printed cannot have come back; raises StepsMissing."""
    if any(paper.state == PaperState.ISSUED and PaperKind(paper.kind) in PRINTED_FORMS for paper in papers):
        raise StepsMissing((Step.PAPER_PRINTED,))


def record_reply(site: Site, actor: Actor, case_id: int, version: int, reply: ReplyDone) -> CaseView:
    """Records that the customer was told, or why that is not possible (procedure 3.4, 4.5.1).

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: neither a reply nor a reason for none, or it lies in the future.
        NotAllowed: the case is closed.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    reason = inputs.text("reason_none", reply.reason_none)
    text = inputs.text("text", reply.text, needed=not reason)
    how = inputs.line("how", reply.how)
    happened_at = inputs.happened("happened_at", reply.happened_at or site.now(), site.now())
    with site.store.write() as unit:
        act, _ = _begin(unit, site, actor, case_id, version, Action.RECORD_REPLY)
        unit.change(m.Case, case_id, told_at=act.at, no_reply_reason=reason)
        kind = EventKind.NO_REPLY if reason else EventKind.REPLY
        act.note(kind, reason or text, happened_at=happened_at, data={"how": how})
        act.audit("case.reply", {"possible": not reason})
        return _end(act)


def complete(site: Site, actor: Actor, case_id: int, version: int) -> CaseView:
    """Marks the register line 已完成 and strikes it off (procedure 4.1.1).

    Raises:
        Forbidden: the actor may not work on cases.
        StepsMissing: something is missing; `steps` names it.
        NotAllowed: the case is closed already.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    with site.store.write() as unit:
        act, _ = _begin(unit, site, actor, case_id, version, Action.COMPLETE)
        case_acts.strike_off(act)
        return _end(act)


def reopen(site: Site, actor: Actor, case_id: int, version: int, reason: str) -> CaseView:
    """Opens a completed case again; its history stays, result and reply are owed anew, the promise runs from now.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: no reason is given.
        NotAllowed: the case is not completed.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    why = inputs.text("reason", reason, needed=True)
    with site.store.write() as unit:
        act, row = _begin(unit, site, actor, case_id, version, Action.REOPEN)
        kept = Overrule(Route(row.route), why)
        judgement = routes.judge(unit, site, _to_judge(row, None, row.department, kept), act.at)
        unit.change(
            m.Case,
            case_id,
            state=CaseState.OPEN,
            result="",
            result_at=None,
            told_at=None,
            no_reply_reason="",
            agreed_at=None,
            completed_at=None,
            closed_at=None,
            reopened=row.reopened + 1,
            due_at=judgement.due_at,
        )
        act.note(EventKind.REOPENED, why)
        act.audit("case.reopened", {"times": row.reopened + 1}, why)
        return _end(act)


def establish(site: Site, actor: Actor, case_id: int, version: int, found: Established) -> CaseView:
    """Writes down what has been found out, and has the rules decide again (procedure 4.5.3).

    Raises:
        Forbidden: the actor may not work on cases.
        NotAllowed: the case is closed.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: the case or component does not exist.
    """
    kind = case(site, actor, case_id).kind
    facts = Facts(kind, found.duty, needs_others=found.needs_others, over_two_days=found.over_two_days)
    return reroute(site, actor, case_id, version, facts, component_id=found.component_id)


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
    overrule = None
    if isinstance(change, Overrule):
        access.require(actor, Permission.OVERRULE_ROUTE)
        overrule = Overrule(change.route, inputs.line("overrule", change.reason, needed=True))
    with site.store.write() as unit:
        act, _ = _begin(unit, site, actor, case_id, version, Action.REROUTE)
        if isinstance(change, Facts):
            unit.change(m.Case, case_id, kind=change.kind, facts=routes.facts_kept(change))
        if component_id is not None:
            unit.change(m.Case, case_id, component=component_id)
        changed = unit.get(m.Case, case_id)
        judgement = routes.judge(unit, site, _to_judge(changed, changed.agreed_at, department_id, overrule), act.at)
        _go(act, judgement)
        return _end(act)


def _to_judge(row: Any, agreed_at: datetime | None, department_id: int | None, overrule: Overrule | None) -> Matter:
    return Matter(
        facts=routes.facts_of(row.facts, MatterKind(row.kind)),
        component_id=row.component,
        unit_id=row.unit,
        urgency=Urgency(row.urgency),
        agreed_at=agreed_at,
        department_id=department_id,
        overrule=overrule,
    )


def _go(act: Act, judgement: Judgement) -> None:
    """Puts a new decision in force, with the paper it asks for."""
    wanted = judgement.decision.paper
    out = [paper for paper in _papers(act.unit, act.case_id) if paper.state in (PaperState.ISSUED, PaperState.PRINTED)]
    decision_id = case_acts.decide(act, judgement)
    act.unit.change(m.Case, act.case_id, **case_acts.route_columns(judgement))
    if wanted is not None and any(paper.kind == wanted for paper in out):
        return
    case_acts.end_papers(act, out, PaperState.TRANSFERRED, judgement.decision.reason)
    if wanted is not None:
        case_acts.issue_paper(act, wanted, decision_id, judgement.due_at)
