"""Working on cases: looking at them, results and replies, striking off, reopening (procedure 4.1 - 4.5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import peewee

from frontdesk.domain import access, follow_ups
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action, CaseState
from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import ENDED, GO_OUT, PaperKind, PaperState
from frontdesk.domain.routing import MatterKind, Route
from frontdesk.services import case_acts, case_follow_ups, case_marks, case_views, inputs, reference, routes
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.routes import Matter
from frontdesk.services.site import Site
from frontdesk.services.views import (
    CaseFilter,
    CaseOrder,
    CasePage,
    CaseView,
    EventKind,
    Overrule,
    ReplyDone,
    SheetDone,
)
from frontdesk.storage import models as m
from frontdesk.storage.fields import to_microseconds

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
    *,
    order: CaseOrder = CaseOrder.NEWEST,
    case_ids: tuple[int, ...] = (),
) -> CasePage:
    """One page of the list; `after` is what the page before gave, `total` counts all pages.

    Only the newest-first list is paged; the others give the first `LARGEST_PAGE`. `case_ids` narrows it to these,
    which is how a figure elsewhere leads to its cases.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    size = min(limit, LARGEST_PAGE) if order is CaseOrder.NEWEST else LARGEST_PAGE
    with site.store.read() as unit:
        knows_people = actor.may(Permission.SEE_PEOPLE)
        query = _found(m.Case.select().where(_chosen(chosen, site.now())), text.strip(), by_caller=knows_people)
        if case_ids:
            query = query.where(m.Case.id.in_(case_ids))
        page = query
        if after is not None:
            place = peewee.Tuple(m.Case.opened_at, m.Case.id)
            page = query.where(place < peewee.Tuple(to_microseconds(after[0]), after[1]))
        rows = unit.all(_sorted(page, order).limit(size + 1))
        shown = rows[:size]
        more = (shown[-1].opened_at, shown[-1].id) if len(rows) > size and order is CaseOrder.NEWEST else None
        return CasePage(case_views.lines(unit, site, actor, shown), unit.count(query), more)


def _sorted(query: Any, order: CaseOrder) -> Any:
    newest = (m.Case.opened_at.desc(), m.Case.id.desc())
    if order is CaseOrder.DUE:
        return query.order_by(m.Case.due_at.is_null(), m.Case.due_at, *newest)
    if order is CaseOrder.UNIT:
        placed = query.join(m.Unit, peewee.JOIN.LEFT_OUTER, on=(m.Case.unit == m.Unit.id))
        return placed.order_by(m.Unit.label.is_null(), m.Unit.label, *newest)
    return query.order_by(*newest)


def _chosen(chosen: CaseFilter, now: datetime) -> Any:
    is_open = m.Case.state == CaseState.OPEN
    conditions = {
        CaseFilter.OPEN: is_open,
        CaseFilter.OVERDUE: is_open & m.Case.result_at.is_null() & (m.Case.due_at < now),
        CaseFilter.TO_REPLY: is_open & m.Case.result_at.is_null(False) & m.Case.told_at.is_null(),
        CaseFilter.COMPLETED: m.Case.state == CaseState.COMPLETED,
        CaseFilter.ALL: m.Case.id.is_null(False),
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


def record_result(site: Site, actor: Actor, case_id: int, version: int, done: SheetDone) -> CaseView:
    """Writes the result back to the register line, with all that the returned sheet tells (procedure 4.1.1, 4.1.3).

    The result is whole when no other paper is still out; until then it is kept, and the clock runs on.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: nothing is said of the work, it lies in the future, or it is not said which paper came back.
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
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.RECORD_RESULT)
        paper = _sheet(case_acts.papers(act), done)
        if paper is not None:
            case_marks.set_all(act, paper, done.marks)
        returned = done.sheet_returned and paper is not None and PaperKind(paper.kind) in GO_OUT
        if returned:
            case_acts.take_in(act, paper, happened_at)
        data = {"technician": technician, "sheet_returned": returned}
        paper_id = None if paper is None else paper.id
        act.note(EventKind.RESULT, work, happened_at=happened_at, paper_id=paper_id, data=data)
        act.audit("case.result", {"sheet_returned": returned})
        others = [p for p in case_acts.papers(act) if p.id != paper_id and _out(p)]
        if done.unfinished:
            _write_visit(act, row, work)
        else:
            _write_result(act, row, work, happened_at, whole=not others)
        return case_acts.end(act)


def _sheet(papers: list[Any], done: SheetDone) -> Any:
    """The paper that the result is about: the one named, or the only one that is out; None where there is none."""
    if done.paper_id is not None:
        return case_acts.paper_of(papers, done.paper_id)
    out = [paper for paper in papers if _out(paper)]
    if len(out) > 1:
        raise BadInput("paper", Problem.EMPTY)
    return out[0] if out else None


def _out(paper: Any) -> bool:
    """It goes out of the house and has not come to its end."""
    return paper.state not in ENDED and PaperKind(paper.kind) in GO_OUT


def _write_visit(act: Act, row: Any, work: str) -> None:
    """What was done on a visit that did not finish the work: a result that was thought whole is none after all."""
    text = f"{row.result}\n{work}" if row.result else work
    act.unit.change(m.Case, act.case_id, result=text, result_at=None)


def _write_result(act: Act, row: Any, work: str, happened_at: datetime, *, whole: bool) -> None:
    text = f"{row.result}\n{work}" if row.result and row.result_at is None else work
    act.unit.change(m.Case, act.case_id, result=text)
    if not whole:
        return
    # A sheet that only follows does not move the time of the result, nor what has been replied to it.
    written = row.result_at or act.at
    act.unit.change(m.Case, act.case_id, result_at=written, paused_at=None, deferred_until=None, next_chase_at=None)
    if row.result_at is None:
        case_acts.owe_reply(act)
        case_follow_ups.demand(act)  # where a reason why nobody can be told stands already
    case_acts.settle_promises(act, kept=True, happened_at=happened_at)
    case_acts.settle_consequences(act)
    case_marks.resolve_desk_papers(act, happened_at)


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
    said = cleaned_reply(site, reply)
    with site.store.write() as unit:
        act, _ = case_acts.begin(unit, site, actor, case_id, version, Action.RECORD_REPLY)
        reply_to(act, said)
        return case_acts.end(act)


def cleaned_reply(site: Site, reply: ReplyDone) -> ReplyDone:
    """A reply with its texts ready to store; raises BadInput."""
    reason = inputs.text("reason_none", reply.reason_none)
    return ReplyDone(
        text=inputs.text("text", reply.text, needed=not reason),
        how=inputs.line("how", reply.how),
        happened_at=inputs.happened("happened_at", reply.happened_at or site.now(), site.now()),
        reason_none=reason,
    )


def reply_to(act: Act, said: ReplyDone) -> None:
    """Puts a reply on record; a complaint or paid service is then to be followed up (procedure 4.3, 4.4)."""
    act.unit.change(m.Case, act.case_id, told_at=act.at, no_reply_reason=said.reason_none)
    kind = EventKind.NO_REPLY if said.reason_none else EventKind.REPLY
    act.note(kind, said.reason_none or said.text, happened_at=said.happened_at, data={"how": said.how})
    act.audit("case.reply", {"possible": not said.reason_none})
    case_follow_ups.demand(act)


# --- closing and opening again ---------------------------------------------------------------------------------------


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
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.COMPLETE)
        case_acts.strike_off(act)
        route = Route(row.route)
        rule = reference.follow_up_rules(unit).get(route)
        asked = case_follow_ups.demanding(act) is not None or row.no_reply_reason
        if rule is not None and not asked and follow_ups.sampled(rule, row.record_no):
            case_follow_ups.ask_later(act, route, demanded=False)
        return case_acts.end(act)


def undo(site: Site, actor: Actor, case_id: int, version: int) -> CaseView:
    """Takes a completion or a voiding back that was just made by mistake; it leaves a line, but counts as no reopening.

    Raises:
        Forbidden: the actor may not work on cases.
        NotAllowed: the case is open, or was closed too long ago: it may be reopened.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.UNDO)
        unit.change(m.Case, case_id, state=CaseState.OPEN, completed_at=None, closed_at=None)
        with_it = (m.RegisterEntry.struck_at == row.closed_at) & (m.RegisterEntry.struck_reason == row.state)
        struck_now = (m.RegisterEntry.case == case_id) & with_it
        unit.run(m.RegisterEntry.update(struck_at=None, struck_reason="").where(struck_now))
        if row.state == CaseState.VOID:
            case_acts.promise_again(act, row.closed_at)
        ended_now = (m.Paper.case == case_id) & (m.Paper.state == PaperState.VOID) & (m.Paper.ended_at == row.closed_at)
        for paper in unit.all(m.Paper.select().where(ended_now)):
            before = PaperState.PRINTED if case_views.printings_of(unit, [paper.id])[paper.id] else PaperState.ISSUED
            unit.change(m.Paper, paper.id, state=before, ended_at=None, end_reason="")
        asked = (m.FollowUp.case == case_id) & (m.FollowUp.state == FollowUpState.DUE) & ~m.FollowUp.demanded
        unit.run(m.FollowUp.delete().where(asked))
        act.note(EventKind.UNDONE, data={"state": row.state})
        act.audit("case.undone", {"state": row.state})
        return case_acts.end(act)


def void(site: Site, actor: Actor, case_id: int, version: int, reason: str) -> CaseView:
    """Voids a line that should not be there; its numbers stay, its papers say that they are void.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: no reason is given.
        NotAllowed: the case is closed, or others were joined to it.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    why = inputs.text("reason", reason, needed=True)
    with site.store.write() as unit:
        act, _ = case_acts.begin(unit, site, actor, case_id, version, Action.VOID)
        unit.change(m.Case, case_id, state=CaseState.VOID, closed_at=act.at)
        case_acts.end_papers(act, case_acts.papers(act), PaperState.VOID, "void")
        case_acts.strike_entries(act, "void")
        case_acts.settle_promises(act, kept=None)
        case_acts.settle_consequences(act)
        act.note(EventKind.VOIDED, why)
        act.audit("case.voided", {}, why)
        return case_acts.end(act)


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
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.REOPEN)
        open_again(act, row, why)
        return case_acts.end(act)


def open_again(act: Act, row: Any, why: str) -> None:
    """Owes result, reply and paper anew: the route in force is decided again, with a new paper (domain section 3)."""
    kept = Overrule(Route(row.route), why)
    judgement = routes.judge(act.unit, act.site, to_judge(row, None, row.department, kept), act.at)
    act.unit.change(
        m.Case,
        act.case_id,
        state=CaseState.OPEN,
        result="",
        result_at=None,
        told_at=None,
        no_reply_reason="",
        completed_at=None,
        closed_at=None,
        reopened=row.reopened + 1,
        level=0,
    )
    act.unit.run(m.FollowUp.update(demanded=False).where(m.FollowUp.case == act.case_id))
    act.note(EventKind.REOPENED, why)
    act.audit("case.reopened", {"times": row.reopened + 1}, why)
    case_acts.replace_routes(act, "reopened")
    act.unit.change(m.Case, act.case_id, **case_acts.route_columns(judgement))
    case_acts.put_in_force(act, judgement)


def to_judge(row: Any, agreed_at: datetime | None, department_id: int | None, overrule: Overrule | None) -> Matter:
    """A stored case as a matter to be judged again."""
    return Matter(
        facts=routes.facts_of(row.facts, MatterKind(row.kind)),
        component_id=row.component,
        unit_id=row.unit,
        urgency=Urgency(row.urgency),
        agreed_at=agreed_at,
        department_id=department_id,
        overrule=overrule,
    )
