"""What several acts on cases share: the timeline, a route put in force, its paper issued or ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.domain import cases, codes
from frontdesk.domain.access import Actor
from frontdesk.domain.cases import Action, CaseState, Step, StepsMissing
from frontdesk.domain.consequences import REGISTER_OF_REMARK, ConsequenceKind, Register
from frontdesk.domain.deadlines import Clock
from frontdesk.domain.paper import CODES, ENDED, PRINTED_FORMS, SERIES, PaperKind, PaperState, number
from frontdesk.domain.routing import Remark, Route
from frontdesk.services import case_views, clocks, routes
from frontdesk.services.errors import EditConflict, NotFound
from frontdesk.services.routes import Judgement
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, EventKind
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

TOPIC = "case"


def subject(case_id: int) -> str:
    """How the audit trail names a case."""
    return f"case:{case_id}"


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something now to which case, within which unit of work."""

    unit: Unit
    site: Site
    actor: Actor
    case_id: int
    at: datetime

    def note(
        self,
        kind: EventKind,
        text: str = "",
        *,
        happened_at: datetime | None = None,
        paper_id: int | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Adds a line to the case's timeline."""
        self.unit.add(
            m.CaseEvent,
            case=self.case_id,
            paper=paper_id,
            at=self.at,
            happened_at=happened_at or self.at,
            kind=kind,
            by=self.actor.id or None,
            by_name=self.actor.name,
            text=text,
            data=data or {},
        )

    def audit(self, action: str, detail: dict[str, Any] | None = None, personal: str = "") -> None:
        """Adds a line to the audit trail."""
        self.unit.audit(self.actor, action, subject(self.case_id), detail or {}, personal)

    def announce(self) -> None:
        """Tells the screens."""
        self.unit.announce(TOPIC, self.case_id)


# --- beginning and ending an act -------------------------------------------------------------------------------------


def begin(unit: Unit, site: Site, actor: Actor, case_id: int, version: int, action: Action) -> tuple[Act, Any]:
    """The case as the actor saw it, allowed to be acted on; its version is moved on.

    Raises:
        NotFound, EditConflict, NotAllowed, StepsMissing
    """
    row = unit.get(m.Case, case_id)
    if row.version != version:
        raise EditConflict(key=case_id, found=row.version, expected=version)
    cases.require(case_views.progress_of(unit, site, row), action)
    unit.revise(m.Case, case_id, version)
    return Act(unit, site, actor, case_id, site.now()), row


def end(act: Act) -> CaseView:
    """Tells the screens, and gives the case as it now stands."""
    act.announce()
    return case_views.whole(act.unit, act.site, act.actor, act.case_id)


def papers(act: Act) -> list[Any]:
    """The case's papers, oldest first."""
    return case_views.papers_of(act.unit, [act.case_id])[act.case_id]


# --- routes and papers -----------------------------------------------------------------------------------------------


def decide(act: Act, judgement: Judgement) -> int:
    """Puts a judgement on record as a route in force, and enters the register that it asks for; returns its id."""
    decision = judgement.decision
    overruled = bool(judgement.overruled_reason)
    decision_id = act.unit.add(
        m.RouteDecision,
        case=act.case_id,
        at=act.at,
        by=act.actor.id if overruled else None,
        route=decision.route,
        remark=decision.remark,
        reason=decision.reason,
        params=routes.params(judgement),
        clause=decision.clause,
        overruled=overruled,
        overruled_reason=judgement.overruled_reason,
        rule_route=judgement.rule.route if overruled else "",
        department=judgement.department.id if judgement.department else None,
        external_unit=judgement.external.id if judgement.external else None,
    )
    # Decisions stand beside the timeline with all they rest on; the line itself carries codes for the screens to word.
    data = {"route": decision.route, "reason": decision.reason, "clause": decision.clause}
    act.note(EventKind.ROUTED, judgement.overruled_reason, data=data)
    act.audit("case.routed", {**data, "overruled": overruled}, judgement.overruled_reason)
    register = REGISTER_OF_REMARK.get(decision.remark)
    if register is not None:
        enter_register(act, register)
    external, theirs = judgement.external, judgement.clock.agreed_at is not None
    if external is not None and judgement.due_at is not None and (theirs or external.promised_hours):
        promise_by_external(act, external.id, judgement.due_at)  # the site's own rule is no promise of theirs
    return decision_id


def put_in_force(act: Act, judgement: Judgement) -> int:
    """A judgement with the paper it asks for; returns the decision's id. The case's own row is for the caller."""
    decision_id = decide(act, judgement)
    if judgement.decision.paper is not None:
        issue_paper(act, judgement.decision.paper, decision_id, judgement.due_at)
    return decision_id


def replace_routes(act: Act, reason: str, keep: PaperKind | None = None) -> None:
    """Ends every route in force: its papers as 转出 but for those of a kind to keep, its register lines struck."""
    in_force = (m.RouteDecision.case == act.case_id) & m.RouteDecision.replaced_at.is_null()
    act.unit.run(m.RouteDecision.update(replaced_at=act.at).where(in_force))
    out = [paper for paper in papers(act) if paper.kind != keep]
    end_papers(act, out, PaperState.TRANSFERRED, reason)
    given = [register.value for register in REGISTER_OF_REMARK.values()]
    strike_entries(act, reason, m.RegisterEntry.register.in_(given))
    settle_promises(act, kept=None)


def issue_paper(act: Act, kind: PaperKind, decision_id: int, due_at: datetime | None) -> str:
    """Issues a numbered paper with a code of its own; returns its number."""
    month = act.site.month()
    paper_number = number(SERIES[kind], month, act.unit.number(SERIES[kind], month))
    code = codes.new(CODES[kind], act.site.tag, act.site.random(codes.RANDOM_BYTES))
    paper_id = act.unit.add(
        m.Paper,
        case=act.case_id,
        decision=decision_id,
        kind=kind,
        number=paper_number,
        state=PaperState.ISSUED,
        due_at=due_at,
        code=code,
        code_digest=codes.digest(code),
        issued_at=act.at,
        issued_by=act.actor.id,
    )
    act.note(EventKind.PAPER_ISSUED, paper_number, paper_id=paper_id)
    act.audit("paper.issued", {"paper": paper_id, "number": paper_number})
    return paper_number


def end_papers(
    act: Act, some: list[Any], state: PaperState, reason: str = "", *, happened_at: datetime | None = None
) -> None:
    """Brings those that are still out to their end; numbers stay. `happened_at` is the date on a returned sheet."""
    for paper in some:
        if paper.state in ENDED:
            continue
        returned_at = (happened_at or act.at) if state is PaperState.RETURNED else None
        act.unit.change(m.Paper, paper.id, state=state, ended_at=act.at, returned_at=returned_at, end_reason=reason)
        act.audit("paper.ended", {"paper": paper.id, "number": paper.number, "state": state})
        if state is PaperState.TRANSFERRED:
            act.note(EventKind.TRANSFERRED, paper.number, paper_id=paper.id)


def paper_of(some: list[Any], paper_id: int) -> Any:
    """One of a case's papers; raises NotFound."""
    found = next((paper for paper in some if paper.id == paper_id), None)
    if found is None:
        raise NotFound(table="paper", key=paper_id)
    return found


def take_in(act: Act, paper: Any, happened_at: datetime) -> None:
    """Takes a sheet back; raises StepsMissing for a form that cannot have come back, because it was never printed."""
    if paper.state == PaperState.ISSUED and PaperKind(paper.kind) in PRINTED_FORMS:
        raise StepsMissing((Step.PAPER_PRINTED,))
    end_papers(act, [paper], PaperState.RETURNED, happened_at=happened_at)


def route_columns(judgement: Judgement, remark: Remark | None = None) -> dict[str, Any]:
    """What a case's own row repeats of the decision that holds, for lists."""
    decision = judgement.decision
    return {
        "route": decision.route,
        "remark": decision.remark if remark is None else remark,
        "department": judgement.department.id if judgement.department else None,
        "external_unit": judgement.external.id if judgement.external else None,
        **clocks.columns(judgement.clock, judgement.due_at),
    }


def move_clock(act: Act, row: Any, clock: Clock) -> datetime | None:
    """Sets the case's clock and the due time of the papers of its route; returns the new due time."""
    due_at = clocks.due_at(act.unit, act.site, clock)
    act.unit.change(m.Case, act.case_id, **clocks.columns(clock, due_at))
    decision = case_views.newest_decision(act.unit, act.case_id)
    same = (m.Paper.case == act.case_id) & (m.Paper.decision == decision.id) & m.Paper.ended_at.is_null()
    act.unit.run(m.Paper.update(due_at=due_at).where(same))
    if Route(row.route) is Route.EXTERNAL and row.external_unit and due_at is not None and due_at != row.due_at:
        settle_promises(act, kept=None)
        promise_by_external(act, row.external_unit, due_at)
    return due_at


# --- registers and promises ------------------------------------------------------------------------------------------


def enter_register(
    act: Act, register: Register, *, paper_id: int | None = None, reason: ConsequenceKind | None = None
) -> None:
    """Adds a numbered line to a categorised handling record, unless the case already has an open one there."""
    there = (m.RegisterEntry.case == act.case_id) & (m.RegisterEntry.register == register)
    if act.unit.one(m.RegisterEntry.select().where(there & m.RegisterEntry.struck_at.is_null())) is not None:
        return
    year = act.site.today().year
    serial = act.unit.number(f"register.{register.value}", str(year))
    act.unit.add(
        m.RegisterEntry,
        register=register,
        year=year,
        serial=serial,
        case=act.case_id,
        paper=paper_id,
        entered_at=act.at,
        reason=reason or "",
    )
    act.note(EventKind.ENTERED, paper_id=paper_id, data={"register": register, "reason": reason or ""})
    act.audit("register.entered", {"register": register, "serial": serial})


def strike_entries(act: Act, reason: str, which: Any = None) -> None:
    """Strikes the case's open lines off the categorised records: all of them, or those of a condition."""
    still_open = (m.RegisterEntry.case == act.case_id) & m.RegisterEntry.struck_at.is_null()
    chosen = still_open if which is None else still_open & which
    act.unit.run(m.RegisterEntry.update(struck_at=act.at, struck_reason=reason).where(chosen))


def promise_by_external(act: Act, external_id: int, promised_at: datetime) -> None:
    """Puts a time on record that an external unit promised; one that has passed was judged before."""
    if promised_at > act.at:
        act.unit.add(m.ExternalPromise, external_unit=external_id, case=act.case_id, promised_at=promised_at)


def settle_promises(act: Act, kept: bool | None, happened_at: datetime | None = None) -> None:
    """Ends the open promises of the case: kept, missed, or (None) overtaken by another; `happened_at` judges itself."""
    still_open = (m.ExternalPromise.case == act.case_id) & m.ExternalPromise.settled_at.is_null()
    for row in act.unit.all(m.ExternalPromise.select().where(still_open)):
        verdict = kept if happened_at is None else happened_at <= row.promised_at
        act.unit.change(m.ExternalPromise, row.id, kept=verdict, settled_at=act.at)


def promise_again(act: Act, settled_at: datetime) -> None:
    """Opens the promises again that were overtaken at an instant, because what overtook them is taken back."""
    overtaken = (m.ExternalPromise.case == act.case_id) & (m.ExternalPromise.settled_at == settled_at)
    act.unit.run(m.ExternalPromise.update(settled_at=None).where(overtaken & m.ExternalPromise.kept.is_null()))


def settle_consequences(act: Act, which: Any = None) -> None:
    """What passed times have caused is seen to: all of it, or that of a condition."""
    still_open = (m.Consequence.case == act.case_id) & m.Consequence.settled_at.is_null()
    chosen = still_open if which is None else still_open & which
    act.unit.run(m.Consequence.update(settled_at=act.at).where(chosen))


def owe_reply(act: Act) -> None:
    """Whoever was told of the course has yet to be told of the result, joined callers too (procedure 3.4).

    A reason why nobody can be told stands.
    """
    mine = (m.Case.id == act.case_id) | ((m.Case.joined_to == act.case_id) & (m.Case.state == CaseState.OPEN))
    act.unit.run(m.Case.update(told_at=None).where(mine & (m.Case.no_reply_reason == "")))


# --- closing ---------------------------------------------------------------------------------------------------------


def strike_off(act: Act) -> None:
    """Marks the register line 已完成, and strikes it off every record (procedure 4.1.1, 4.1.2).

    Whether that is allowed has been asked before.
    """
    act.unit.change(m.Case, act.case_id, state=CaseState.COMPLETED, completed_at=act.at, closed_at=act.at)
    strike_entries(act, "completed")
    settle_consequences(act)
    act.note(EventKind.COMPLETED)
    act.audit("case.completed")
