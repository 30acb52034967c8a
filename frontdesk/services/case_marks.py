"""Marks on papers: setting them in an order that can be true, and ending papers that are kept at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from frontdesk.domain.cases import PaperProgress, open_marks
from frontdesk.domain.paper import (
    DEMANDED_MARKS,
    ENDED,
    EXCUSABLE,
    GO_OUT,
    MARK_DETAILS,
    WAYS,
    Mark,
    PaperKind,
    PaperState,
)
from frontdesk.services import case_acts, case_course_views, inputs
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.views import EventKind, MarkDone, ToldHow
from frontdesk.storage import models as m

# Marks that mean that those who see to the matter know of it.
_MEANS_TOLD = frozenset({Mark.ACCEPTED, Mark.ON_SITE, Mark.RECEIVED, Mark.ASSIGNED, Mark.SUPERIOR_TOLD})


def set_all(act: Act, paper: Any, done: Iterable[MarkDone]) -> None:
    """Sets several marks on a paper in the order of its way; raises BadInput for one that cannot be true."""
    way = WAYS[PaperKind(paper.kind)]
    for each in sorted(done, key=lambda one: way.index(one.mark) if one.mark in way else len(way)):
        set_one(act, paper, each)


def set_one(act: Act, paper: Any, done: MarkDone, *, priced: bool = False) -> None:
    """Sets a mark, with the date on the paper. `priced`: the money that belongs to it is being recorded with it.

    Raises:
        BadInput: it cannot be set on this paper now, lies in the future, replaces a signature without a reason, or
            stands for money that is not recorded.
    """
    if done.mark not in open_marks(_progress(act, paper)) or (done.mark in MARK_DETAILS and not priced):
        raise BadInput("mark", Problem.UNKNOWN)
    happened_at = inputs.happened("happened_at", done.happened_at, act.site.now())
    who, note = inputs.line("who", done.who), inputs.text("note", done.note)
    if done.mark in EXCUSABLE and not who and not note:
        raise BadInput("note", Problem.EMPTY)
    act.unit.add(
        m.PaperMark,
        paper=paper.id,
        mark=done.mark,
        at=act.at,
        happened_at=happened_at,
        by=act.actor.id,
        who=who,
        note=note,
    )
    data = {"mark": done.mark, "who": who, "number": paper.number}
    act.note(EventKind.MARKED, note, happened_at=happened_at, paper_id=paper.id, data=data)
    act.audit("paper.marked", {"paper": paper.id, "mark": done.mark})
    if done.mark in _MEANS_TOLD:
        _told(act, paper, who, happened_at)
    if done.mark is Mark.RECEIVED:
        case_acts.settle_consequences(act, m.Consequence.kind == "not_received")
    end_desk_paper(act, paper, happened_at)


def _progress(act: Act, paper: Any) -> PaperProgress:
    marks = case_course_views.marks_of(act.unit, [paper.id])[paper.id]
    return PaperProgress(PaperKind(paper.kind), PaperState(paper.state), frozenset(Mark(row.mark) for row in marks))


def _told(act: Act, paper: Any, who: str, happened_at: datetime) -> None:
    """Who has signed for a paper has been told of it."""
    if paper.decision is None:
        return
    untold = (m.RouteDecision.id == paper.decision) & m.RouteDecision.told_at.is_null()
    told = {"told_at": happened_at, "told_whom": who, "told_how": ToldHow.HANDED_OVER}
    act.unit.run(m.RouteDecision.update(**told).where(untold))


def end_desk_paper(act: Act, paper: Any, happened_at: datetime) -> None:
    """A paper that never leaves the desk has come to its end with the last mark that it demands."""
    kind = PaperKind(paper.kind)
    if kind in GO_OUT or paper.state in ENDED:
        return
    if all(mark in _progress(act, paper).marks for mark in DEMANDED_MARKS[kind]):
        case_acts.end_papers(act, [paper], PaperState.RETURNED, happened_at=happened_at)


def resolve_desk_papers(act: Act, happened_at: datetime) -> None:
    """The result of a complaint is its resolution (procedure 4.3)."""
    for paper in case_acts.papers(act):
        if paper.state not in ENDED and Mark.RESOLVED in open_marks(_progress(act, paper)):
            set_one(act, paper, MarkDone(Mark.RESOLVED, happened_at))
