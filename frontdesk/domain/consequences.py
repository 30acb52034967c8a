"""What the passing of a time causes, by itself and once (procedure 4.1.2 - 4.1.4, 4.3; domain section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdesk.domain.cases import CaseState
from frontdesk.domain.paper import Mark, PaperKind, PaperState
from frontdesk.domain.routing import Remark, Route


class ConsequenceKind(StrEnum):
    """Overdue work order → engineering record; missed visit, form not signed for, form not back → chase; level up."""

    WORK_ORDER_OVERDUE = "work_order_overdue"
    VISIT_MISSED = "visit_missed"
    NOT_RECEIVED = "not_received"
    NOT_RETURNED = "not_returned"
    ESCALATED = "escalated"
    OVERDUE = "overdue"


class Register(StrEnum):
    """分类处理记录: the three categorised handling records."""

    ENGINEERING = "engineering"
    OTHER = "other"
    COMMUNICATION = "communication"


# The register that a route enters as soon as it is taken; engineering is entered by being overdue (procedure 4.1.2).
REGISTER_OF_REMARK: dict[Remark, Register] = {
    Remark.OTHER: Register.OTHER,
    Remark.COMMUNICATION: Register.COMMUNICATION,
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of complaints: the instant at which an unresolved one goes up to it."""

    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperOut:
    """A paper that has not come to its end: `receipt_due` is when the project department should have signed for it."""

    id: int
    kind: PaperKind
    state: PaperState
    marks: frozenset[Mark] = frozenset()
    receipt_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a case its clock's consequences depend on; `due_at` is None while the clock stands still."""

    state: CaseState
    routes: tuple[Route, ...]
    due_at: datetime | None
    result_written: bool
    reopened: int = 0
    papers: tuple[PaperOut, ...] = ()
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """Something that a passed time causes. `key` names the time, so that the same one never causes it twice."""

    kind: ConsequenceKind
    key: str
    passed_at: datetime
    paper: int | None = None
    level: int = 0


def caused(standing: Standing, now: datetime) -> tuple[Consequence, ...]:
    """Everything that the times passed until now have caused, in the order in which they passed."""
    if standing.state is not CaseState.OPEN or standing.result_written:
        return ()
    found = [*_overdue(standing), *_not_received(standing), *_levels(standing)]
    return tuple(sorted((each for each in found if each.passed_at < now), key=lambda each: each.passed_at))


def _overdue(standing: Standing) -> list[Consequence]:
    """A case past its time: the paper that is out says what follows, else the route."""
    due = standing.due_at
    if due is None:
        return []
    out = {paper.kind: paper for paper in standing.papers}
    found = []
    order, form = out.get(PaperKind.WORK_ORDER), out.get(PaperKind.LIAISON_FORM)
    if order is not None:  # once for each paper: a time agreed anew afterwards leaves the entry as it is
        key = f"{order.id}.{standing.reopened}"
        found.append(Consequence(ConsequenceKind.WORK_ORDER_OVERDUE, key, due, order.id))
    if form is not None:
        found.append(Consequence(ConsequenceKind.NOT_RETURNED, f"{form.id}.{_text(due)}", due, form.id))
    if Route.EXTERNAL in standing.routes:  # each promise may be broken anew
        found.append(Consequence(ConsequenceKind.VISIT_MISSED, _text(due), due))
    if not found and Route.COMPLAINT not in standing.routes:
        found.append(Consequence(ConsequenceKind.OVERDUE, _text(due), due))
    return found


def _not_received(standing: Standing) -> list[Consequence]:
    """Liaison forms that the project department has not signed for in time (procedure 4.1.3)."""
    return [
        Consequence(ConsequenceKind.NOT_RECEIVED, str(paper.id), paper.receipt_due, paper.id)
        for paper in standing.papers
        if paper.receipt_due is not None and Mark.RECEIVED not in paper.marks
    ]


def _levels(standing: Standing) -> list[Consequence]:
    if Route.COMPLAINT not in standing.routes:
        return []
    return [
        Consequence(ConsequenceKind.ESCALATED, f"{level.level}.{standing.reopened}", level.at, level=level.level)
        for level in standing.levels
    ]


def _text(at: datetime) -> str:
    """An instant as part of a key."""
    return at.strftime("%Y%m%dT%H%M%S%f")
