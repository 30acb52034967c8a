"""What several acts on cases share: the timeline, a route put in force, its paper issued or ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.domain import codes
from frontdesk.domain.access import Actor
from frontdesk.domain.cases import CaseState
from frontdesk.domain.paper import CODES, ENDED, SERIES, PaperKind, PaperState, number
from frontdesk.services import routes
from frontdesk.services.routes import Judgement
from frontdesk.services.site import Site
from frontdesk.services.views import EventKind
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


def decide(act: Act, judgement: Judgement) -> int:
    """Puts a judgement on record as the case's route; returns the decision's id."""
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
    )
    # Decisions stand beside the timeline with all they rest on; the line itself carries codes for the screens to word.
    data = {"route": decision.route, "reason": decision.reason, "clause": decision.clause}
    act.note(EventKind.ROUTED, judgement.overruled_reason, data=data)
    act.audit("case.routed", {**data, "overruled": overruled}, judgement.overruled_reason)
    return decision_id


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


def end_papers(act: Act, papers: list[Any], state: PaperState, reason: str = "") -> None:
    """Brings every paper that is still out to its end; numbers stay."""
    for paper in papers:
        if paper.state in ENDED:
            continue
        returned_at = act.at if state is PaperState.RETURNED else None
        act.unit.change(m.Paper, paper.id, state=state, ended_at=act.at, returned_at=returned_at, end_reason=reason)
        act.audit("paper.ended", {"paper": paper.id, "number": paper.number, "state": state})
        if state is PaperState.TRANSFERRED:
            act.note(EventKind.TRANSFERRED, paper.number, paper_id=paper.id)


def route_columns(judgement: Judgement) -> dict[str, Any]:
    """What a case's own row repeats of the decision that holds, for lists."""
    decision = judgement.decision
    return {
        "route": decision.route,
        "remark": decision.remark,
        "department": judgement.department.id if judgement.department else None,
        "external_unit": judgement.external.id if judgement.external else None,
        "due_at": judgement.due_at,
    }


def strike_off(act: Act) -> None:
    """Marks the register line 已完成 (procedure 4.1.1); whether that is allowed has been asked before."""
    act.unit.change(m.Case, act.case_id, state=CaseState.COMPLETED, completed_at=act.at, closed_at=act.at)
    act.note(EventKind.COMPLETED)
    act.audit("case.completed")
