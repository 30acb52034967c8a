"""What the passing of a time causes, by itself and once (procedure 4.1.2 - 4.1.4, 4.3; domain section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdesk.domain.cases import CaseState
from frontdesk.domain.paper import Mark, PaperKind
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
    """A paper that is out: when it is due (None while its clock stands still), and when it should be signed for."""

    id: int
    kind: PaperKind
    marks: frozenset[Mark] = frozenset()
    due_at: datetime | None = None
    receipt_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a case its clock's consequences depend on; `due_at` is None while the clock stands still.

    `routes` are those in force, the newest first, whose time `due_at` is; `visit_due` is when an external unit should
    have come.
    """

    state: CaseState
    routes: tuple[Route, ...]
    due_at: datetime | None
    result_written: bool
    reopened: int = 0
    papers: tuple[PaperOut, ...] = ()
    levels: tuple[Level, ...] = ()
    visit_due: datetime | None = None


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
    """What a passed time causes: each paper that is out says what follows, and so does each way without one."""
    found = [each for paper in standing.papers if (each := _paper_overdue(paper, standing.reopened)) is not None]
    visit, due = standing.visit_due, standing.due_at
    if visit is not None:  # each promise may be broken anew
        found.append(Consequence(ConsequenceKind.VISIT_MISSED, _text(visit), visit))
    has_levels = standing.routes[:1] == (Route.COMPLAINT,)
    if due is not None and not has_levels and all(each.passed_at != due for each in found):
        found.append(Consequence(ConsequenceKind.OVERDUE, _text(due), due))
    return found


def _paper_overdue(paper: PaperOut, reopened: int) -> Consequence | None:
    if paper.due_at is None:
        return None
    if paper.kind is PaperKind.WORK_ORDER:  # once: a time agreed anew afterwards leaves the entry as it is
        key = f"{paper.id}.{reopened}"
        return Consequence(ConsequenceKind.WORK_ORDER_OVERDUE, key, paper.due_at, paper.id)
    if paper.kind is PaperKind.LIAISON_FORM:
        key = f"{paper.id}.{_text(paper.due_at)}"
        return Consequence(ConsequenceKind.NOT_RETURNED, key, paper.due_at, paper.id)
    return None


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
