"""A case's course from hand to hand: telling, marks, chasing, the agreed time, standing still (procedure 4.1 - 4.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action, CaseState, missing_steps
from frontdesk.domain.consequences import ConsequenceKind
from frontdesk.domain.deadlines import Clock
from frontdesk.domain.paper import ENDED, GO_OUT, MARK_DETAILS, Mark, PaperKind
from frontdesk.services import case_acts, case_course_views, case_marks, case_views, cases, clocks, inputs, reference
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, NotFound, Problem
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, ChaseDone, EventKind, MarkDone, PromiseRecord, ReplyDone, Telling
from frontdesk.storage import models as m


def _do(
    site: Site, actor: Actor, case_id: int, version: int, action: Action, what: Callable[[Act, Any], None]
) -> CaseView:
    """One act on a case in one transaction; raises Forbidden, NotFound, EditConflict, NotAllowed and what it raises."""
    access.require(actor, Permission.WORK_CASES)
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, action)
        what(act, row)
        return case_acts.end(act)


# --- telling and chasing ---------------------------------------------------------------------------------------------


def tell(site: Site, actor: Actor, case_id: int, version: int, telling: Telling) -> CaseView:
    """Records that a matter was handed on: paper handed over, phoned, put through (procedure 3.3, 4.5.1).

    Without a decision it holds for all that nobody has been told of, and for a complaint's new level.

    Raises:
        Forbidden, NotAllowed, EditConflict
        NotFound: the case is gone, or the decision is not in force.
        BadInput: it is not said whom, or it lies in the future.
    """
    whom, note = inputs.line("whom", telling.whom, needed=True), inputs.text("note", telling.note)
    happened_at = inputs.happened("happened_at", telling.happened_at or site.now(), site.now())

    def what(act: Act, _row: Any) -> None:
        mine = (m.RouteDecision.case == act.case_id) & m.RouteDecision.replaced_at.is_null()
        if telling.decision_id is not None:
            mine &= m.RouteDecision.id == telling.decision_id
        else:
            case_acts.settle_consequences(act, m.Consequence.kind == ConsequenceKind.ESCALATED)
            mine &= m.RouteDecision.told_at.is_null()
        told = {"told_at": happened_at, "told_whom": whom, "told_how": telling.how}
        if act.unit.run(m.RouteDecision.update(**told).where(mine)) == 0 and telling.decision_id is not None:
            raise NotFound(table="route_decision", key=telling.decision_id)
        act.note(EventKind.TOLD, note, happened_at=happened_at, data={"whom": whom, "how": telling.how})
        act.audit("case.told", {"how": telling.how}, whom)

    return _do(site, actor, case_id, version, Action.TELL, what)


def chase(site: Site, actor: Actor, case_id: int, version: int, done: ChaseDone) -> CaseView:
    """Records a chase (督促): whom, what was said, when to ask again, and a new time that they promised.

    Where the work is done and only its paper is waited for, a promised time is when to ask again.

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: whom or what is not said, it lies in the future, or a time to come lies in the past.
    """
    whom, said = inputs.line("whom", done.whom, needed=True), inputs.text("said", done.said, needed=True)
    happened_at = inputs.happened("happened_at", done.happened_at or site.now(), site.now())
    _to_come(site, "next_at", done.next_at)
    _to_come(site, "promised_at", done.promised_at)

    def what(act: Act, row: Any) -> None:
        over = row.result_at is not None
        next_at = done.next_at or (done.promised_at if over else None)
        act.unit.add(
            m.Chase,
            case=act.case_id,
            at=act.at,
            happened_at=happened_at,
            by=act.actor.id,
            whom=whom,
            external_unit=row.external_unit,
            said=said,
            next_at=next_at,
        )
        act.unit.change(m.Case, act.case_id, next_chase_at=next_at)
        data = {"whom": whom, "next_at": next_at.isoformat() if next_at else ""}
        act.note(EventKind.CHASED, said, happened_at=happened_at, data=data)
        act.audit("case.chased", {}, whom)
        case_acts.settle_consequences(act, m.Consequence.kind != ConsequenceKind.ESCALATED)
        if done.promised_at is not None and not over:
            _agree(act, row, done.promised_at)

    return _do(site, actor, case_id, version, Action.CHASE, what)


def promise_record(site: Site, actor: Actor, external_id: int) -> PromiseRecord:
    """How an external unit has kept its promises so far (procedure 4.5.2).

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        return case_course_views.promise_record(unit, external_id)


# --- marks and returned paper ----------------------------------------------------------------------------------------


def mark(site: Site, actor: Actor, case_id: int, version: int, paper_id: int, done: MarkDone) -> CaseView:
    """Sets a step on a paper's way, with the date on the paper: 核实签字, 签收, 项目部签字 … (procedure 4.1.3).

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: the step cannot be set now, lies in the future, or replaces a signature without a reason.
    """
    return _do(
        site,
        actor,
        case_id,
        version,
        Action.MARK,
        lambda act, _row: case_marks.set_one(act, case_acts.paper_of(case_acts.papers(act), paper_id), done),
    )


def undo_mark(site: Site, actor: Actor, case_id: int, version: int, mark_id: int) -> CaseView:
    """Takes back a mark that was set by mistake, with the price or charge that came with it; the timeline keeps both.

    Raises:
        Forbidden, NotAllowed, EditConflict
        NotFound: the case has no such mark.
    """

    def what(act: Act, _row: Any) -> None:
        papers = {paper.id: paper for paper in case_acts.papers(act)}
        row = act.unit.get(m.PaperMark, mark_id)
        if row.paper not in papers or row.undone_at is not None:
            raise NotFound(table="paper_mark", key=mark_id)
        paper = papers[row.paper]
        act.unit.change(m.PaperMark, mark_id, undone_at=act.at)
        gone = MARK_DETAILS.get(Mark(row.mark), ())
        act.unit.change(m.Paper, paper.id, details={k: v for k, v in paper.details.items() if k not in gone})
        data = {"mark": row.mark, "number": paper.number}
        act.note(EventKind.MARK_UNDONE, paper_id=row.paper, data=data)
        act.audit("paper.mark_undone", {"paper": row.paper, "mark": row.mark})

    return _do(site, actor, case_id, version, Action.RECORD_REPLY, what)


def take_back(
    site: Site,
    actor: Actor,
    case_id: int,
    version: int,
    paper_id: int,
    marks: tuple[MarkDone, ...],
    happened_at: datetime,
) -> CaseView:
    """Takes a sheet back that tells nothing new of the work, with the steps it shows.

    Without the signatures that it needs it ends all the same; the case cannot be struck off then (procedure 4.1.3).

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: a step cannot be set, it lies in the future, or the paper is not out.
        StepsMissing: the sheet is said to be back although it was never printed.
    """
    when = inputs.happened("happened_at", happened_at, site.now())

    def what(act: Act, _row: Any) -> None:
        paper = case_acts.paper_of(case_acts.papers(act), paper_id)
        if paper.state in ENDED or PaperKind(paper.kind) not in GO_OUT:
            raise BadInput("paper", Problem.UNKNOWN)
        case_marks.set_all(act, paper, marks)
        case_acts.take_in(act, paper, when)
        act.note(EventKind.RETURNED, paper.number, happened_at=when, paper_id=paper_id)

    return _do(site, actor, case_id, version, Action.RECORD_RESULT, what)


# --- the agreed time, and standing still -----------------------------------------------------------------------------


def _to_come(site: Site, field: str, at: datetime | None) -> None:
    if at is not None and at <= site.now():
        raise BadInput(field, Problem.IN_PAST)


def agree(site: Site, actor: Actor, case_id: int, version: int, agreed_at: datetime) -> CaseView:
    """Agrees a time with the customer in the rule's place; what a passed time has caused stays (domain section 3).

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: the time has passed.
    """
    _to_come(site, "agreed_at", agreed_at)
    return _do(site, actor, case_id, version, Action.AGREE_TIME, lambda act, row: _agree(act, row, agreed_at))


def _agree(act: Act, row: Any, agreed_at: datetime) -> None:
    case_acts.move_clock(act, row, clocks.of(row).agree(agreed_at))
    act.unit.change(m.Case, act.case_id, pause_reason="")
    act.note(EventKind.AGREED, data={"at": agreed_at.isoformat()})
    act.audit("case.agreed", {"at": agreed_at.isoformat()})


def pause(site: Site, actor: Actor, case_id: int, version: int, reason: str) -> CaseView:
    """Stops the clock while the customer is waited for; the time already used stays used.

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: no reason is given.
    """
    why = inputs.line("reason", reason, needed=True)

    def what(act: Act, row: Any) -> None:
        case_acts.move_clock(act, row, _clock(act, row, lambda clock, calendar: clock.pause(act.at, calendar)))
        act.unit.change(m.Case, act.case_id, pause_reason=why)
        act.note(EventKind.PAUSED, why)
        act.audit("case.paused", {}, why)

    return _do(site, actor, case_id, version, Action.PAUSE, what)


def _clock(act: Act, row: Any, change: Callable[[Clock, Any], Clock]) -> Clock:
    return change(clocks.of(row), reference.calendar(act.unit, act.site.zone))


def resume(site: Site, actor: Actor, case_id: int, version: int) -> CaseView:
    """Lets the clock run on with what was left.

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
    """

    def what(act: Act, row: Any) -> None:
        # A deferred clock has its rest counted from the day it was deferred to.
        still = clocks.of(row)
        case_acts.move_clock(act, row, still.resume(act.at))
        act.unit.change(m.Case, act.case_id, pause_reason="")
        act.note(EventKind.RESUMED)
        act.audit("case.resumed")

    return _do(site, actor, case_id, version, Action.RESUME, what)


def defer(site: Site, actor: Actor, case_id: int, version: int, until: datetime, reason: str) -> CaseView:
    """Lets the clock sleep until an instant; then it runs on by itself with what was left.

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: no reason is given, or the instant has passed.
    """
    why = inputs.line("reason", reason, needed=True)
    _to_come(site, "until", until)

    def what(act: Act, row: Any) -> None:
        case_acts.move_clock(act, row, _clock(act, row, lambda clock, cal: clock.defer(act.at, until, cal)))
        act.unit.change(m.Case, act.case_id, pause_reason=why)
        act.note(EventKind.DEFERRED, why, data={"until": until.isoformat()})
        act.audit("case.deferred", {"until": until.isoformat()}, why)

    return _do(site, actor, case_id, version, Action.DEFER, what)


# --- one fault, many callers -----------------------------------------------------------------------------------------


def tell_all(site: Site, actor: Actor, case_id: int, version: int, reply: ReplyDone) -> CaseView:
    """Tells the customer and everybody whose case was joined, and strikes off those that nothing else keeps open.

    Raises:
        Forbidden, NotAllowed, EditConflict, NotFound
        BadInput: neither a reply nor a reason for none, or it lies in the future.
    """
    said = cases.cleaned_reply(site, reply)

    def what(act: Act, _row: Any) -> None:
        cases.reply_to(act, said)
        waiting = (m.Case.joined_to == act.case_id) & (m.Case.state == CaseState.OPEN) & m.Case.told_at.is_null()
        for other in act.unit.all(m.Case.select().where(waiting).order_by(m.Case.id)):
            theirs = Act(act.unit, act.site, act.actor, other.id, act.at)
            act.unit.revise(m.Case, other.id, other.version)
            cases.reply_to(theirs, said)
            if not missing_steps(case_views.progress_of(act.unit, act.site, act.unit.get(m.Case, other.id))):
                case_acts.strike_off(theirs)
            theirs.announce()

    return _do(site, actor, case_id, version, Action.RECORD_REPLY, what)
