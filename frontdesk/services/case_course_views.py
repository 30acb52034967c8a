"""What has happened on a case's way, as it is shown: marks, chases, pictures, register lines, who was told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import peewee

from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.house_rules import HouseRules
from frontdesk.domain.paper import Mark
from frontdesk.domain.routing import Route
from frontdesk.services import reference
from frontdesk.services.site import Site
from frontdesk.services.views import (
    ChaseView,
    EntryView,
    FollowUpView,
    MarkView,
    PictureView,
    PromiseRecord,
    RouteLine,
    RouteView,
)
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

# Nobody has to be told of what is over at once, or is told by another case.
NOBODY_TO_TELL = frozenset({Route.ANSWERED, Route.JOINED})


def marks_of(unit: Unit, paper_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The marks of each paper that have not been taken back, in the order in which they were set."""
    found: dict[int, list[Any]] = defaultdict(list)
    if paper_ids:
        holds = m.PaperMark.paper.in_(paper_ids) & m.PaperMark.undone_at.is_null()
        for row in unit.all(m.PaperMark.select().where(holds).order_by(m.PaperMark.id)):
            found[row.paper].append(row)
    return found


def mark_view(row: Any, who: str, by: str) -> MarkView:
    """A mark as it is shown: `who` signed it as far as the actor may know, `by` whom it was entered."""
    return MarkView(row.id, Mark(row.mark), row.happened_at, row.at, who, row.note, by)


def followed_up(unit: Unit, case_ids: Sequence[int]) -> frozenset[int]:
    """The cases of which a demanded follow-up has come to its end."""
    if not case_ids:
        return frozenset()
    over = m.FollowUp.demanded & (m.FollowUp.state != FollowUpState.DUE) & m.FollowUp.case.in_(case_ids)
    return frozenset(row.case for row in unit.all(m.FollowUp.select().where(over)))


def joined_counts(unit: Unit, case_ids: Sequence[int]) -> Counter[int]:
    """How many other cases were joined to each; one that was voided is nobody to reply to."""
    if not case_ids:
        return Counter()
    theirs = m.Case.joined_to.in_(case_ids) & (m.Case.state != CaseState.VOID)
    query = m.Case.select(m.Case.joined_to, peewee.fn.COUNT(m.Case.id)).where(theirs)
    return Counter(dict(unit.all(query.group_by(m.Case.joined_to).tuples())))


def route_line(site: Site, row: Any, view: RouteView, rules: HouseRules, state: CaseState) -> RouteLine:
    """A route in force; it is late when nobody has been told for longer than the site allows."""
    allowed = timedelta(minutes=rules.untold_minutes)
    waits = state is CaseState.OPEN and row.told_at is None and Route(row.route) not in NOBODY_TO_TELL
    return RouteLine(
        decision_id=row.id,
        view=view,
        decided_at=row.at,
        told_at=row.told_at,
        told_whom=row.told_whom,
        told_how=row.told_how,
        late=waits and site.now() - row.at > allowed,
    )


def _names(unit: Unit, ids: Iterable[int | None]) -> dict[int, str]:
    return {key: row.name for key, row in reference.rows_by_id(unit, m.Account, ids).items()}


def chases(unit: Unit, case_id: int) -> tuple[ChaseView, ...]:
    """The chases of a case, newest first."""
    rows = unit.all(
        m.Chase.select().where(m.Chase.case == case_id).order_by(m.Chase.happened_at.desc(), m.Chase.id.desc())
    )
    names = _names(unit, [row.by for row in rows])
    return tuple(ChaseView(row.happened_at, row.whom, row.said, row.next_at, names.get(row.by, "")) for row in rows)


def pictures(unit: Unit, case_id: int) -> tuple[PictureView, ...]:
    """The pictures of a case, in the order in which they came."""
    there = (m.Picture.case == case_id) & m.Picture.removed_at.is_null()
    rows = unit.all(m.Picture.select().where(there).order_by(m.Picture.id))
    names = _names(unit, [row.by for row in rows])
    return tuple(PictureView(row.id, row.caption, row.width, row.height, row.at, names.get(row.by, "")) for row in rows)


def entries(unit: Unit, case_id: int) -> tuple[EntryView, ...]:
    """The lines of the categorised records that a case has entered, in order."""
    rows = unit.all(m.RegisterEntry.select().where(m.RegisterEntry.case == case_id).order_by(m.RegisterEntry.id))
    return tuple(
        EntryView(
            register=Register(row.register),
            serial=f"{row.year}-{row.serial:04d}",
            entered_at=row.entered_at,
            reason=ConsequenceKind(row.reason) if row.reason else None,
            struck_at=row.struck_at,
        )
        for row in rows
    )


def follow_up(unit: Unit, case_id: int) -> FollowUpView | None:
    """The newest follow-up of a case."""
    row = unit.one(m.FollowUp.select().where(m.FollowUp.case == case_id).order_by(m.FollowUp.id.desc()))
    return None if row is None else follow_up_view(row)


def follow_up_view(row: Any) -> FollowUpView:
    """A follow-up as it is shown."""
    return FollowUpView(
        id=row.id,
        state=FollowUpState(row.state),
        due_at=row.due_at,
        demanded=row.demanded,
        tries=row.tries,
        done_at=row.done_at,
        rating=row.rating,
        fixed=row.fixed,
        said=row.said,
    )


def promise_record(unit: Unit, external_id: int) -> PromiseRecord:
    """How an external unit has kept its promises so far (procedure 4.5.2)."""
    theirs = m.ExternalPromise.select().where(m.ExternalPromise.external_unit == external_id)
    return PromiseRecord(
        kept=unit.count(theirs.where(m.ExternalPromise.kept)),
        missed=unit.count(theirs.where(~m.ExternalPromise.kept)),
        open=unit.count(theirs.where(m.ExternalPromise.settled_at.is_null())),
    )
