"""What passed times cause, carried out: once, by whichever console is awake, also after the PC slept (procedure 4.1.2).

Every case is a transaction of its own under its row's lock, and every consequence a row with a unique key: two
consoles, a crash in between or a clock that jumps make nothing happen twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from frontdesk.domain.access import SYSTEM
from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import (
    Consequence,
    ConsequenceKind,
    Level,
    PaperOut,
    Register,
    Standing,
    caused,
)
from frontdesk.domain.paper import Mark, PaperKind
from frontdesk.domain.routing import Route
from frontdesk.domain.worktime import WorkCalendar
from frontdesk.services import case_acts, case_course_views, reference
from frontdesk.services.case_acts import Act
from frontdesk.services.site import Site
from frontdesk.services.views import EventKind
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class _House:
    """What of the site's own rules times depend on; read once for all cases."""

    calendar: WorkCalendar
    receipt: timedelta
    levels: tuple[Any, ...]


def tick(site: Site) -> int:
    """Carries out everything that times passed until now have caused; how much that was. Safe to call at any time."""
    now = site.now()
    with site.store.read() as unit:
        house = _house(unit, site)
        passed = _new(unit, house, unit.all(_candidates(now)), now)
    return sum(_settle(site, house, case_id) for case_id in passed)


def _house(unit: Unit, site: Site) -> _House:
    receipt = timedelta(minutes=reference.rules(unit).receipt_minutes)
    return _House(reference.calendar(unit, site.zone), receipt, tuple(reference.levels(unit)))


def _candidates(now: datetime) -> Any:
    """Cases of which some time may have passed without its consequence."""
    still_open = (m.Case.state == CaseState.OPEN) & m.Case.result_at.is_null()
    late_paper = m.Paper.select(m.Paper.case).where(m.Paper.ended_at.is_null() & (m.Paper.due_at < now))
    broken = m.ExternalPromise.settled_at.is_null() & (m.ExternalPromise.promised_at < now)
    late_visit = m.ExternalPromise.select(m.ExternalPromise.case).where(broken)
    watched = m.Case.id.in_(_complaints()) | m.Case.id.in_(_forms_out())
    late = (m.Case.due_at < now) | m.Case.id.in_(late_paper) | m.Case.id.in_(late_visit)
    needed = (m.Case.id, m.Case.state, m.Case.route, m.Case.due_at, m.Case.result_at, m.Case.reopened, m.Case.paused_at)
    return m.Case.select(*needed).where(still_open & (late | watched)).order_by(m.Case.id)


def _complaints() -> Any:
    """Complaints, whose levels have times of their own."""
    holds = m.RouteDecision.replaced_at.is_null() & (m.RouteDecision.route == Route.COMPLAINT)
    return m.RouteDecision.select(m.RouteDecision.case).where(holds)


def _forms_out() -> Any:
    return m.Paper.select(m.Paper.case).where(m.Paper.ended_at.is_null() & (m.Paper.kind == PaperKind.LIAISON_FORM))


def _new(unit: Unit, house: _House, rows: Sequence[Any], now: datetime) -> dict[int, list[Consequence]]:
    """What has been caused and has not happened yet, for each case; a handful of queries, however many there are."""
    found = {case_id: caused(standing, now) for case_id, standing in _standings(unit, house, rows).items()}
    passed = [case_id for case_id, each in found.items() if each]
    columns = m.Consequence.select(m.Consequence.case, m.Consequence.kind, m.Consequence.key)
    known = set(unit.all(columns.where(m.Consequence.case.in_(passed)).tuples())) if passed else set()
    new = {
        case_id: [each for each in found[case_id] if (case_id, each.kind.value, each.key) not in known]
        for case_id in passed
    }
    return {case_id: each for case_id, each in new.items() if each}


def _standings(unit: Unit, house: _House, rows: Sequence[Any]) -> dict[int, Standing]:
    ids = [row.id for row in rows]
    in_force, papers = _ways(unit, ids), _papers_out(unit, ids)
    forms = [paper.id for each in papers.values() for paper in each if paper.kind == PaperKind.LIAISON_FORM]
    marks = case_course_views.marks_of(unit, forms)
    visits = _promised_visits(unit, ids)
    return {
        row.id: Standing(
            state=CaseState(row.state),
            routes=tuple(Route(each.route) for each in in_force[row.id]),
            due_at=row.due_at,
            result_written=row.result_at is not None,
            reopened=row.reopened,
            papers=tuple(_paper_out(house, paper, marks[paper.id]) for paper in papers[row.id]),
            levels=_levels(house, in_force[row.id]),
            visit_due=_visit_due(row, in_force[row.id], visits.get(row.id)),
        )
        for row in rows
    }


def _ways(unit: Unit, ids: Sequence[int]) -> dict[int, list[Any]]:
    """The routes in force of each case, the newest first, with no more of them than their times ask for."""
    found: dict[int, list[Any]] = defaultdict(list)
    if ids:
        holds = m.RouteDecision.case.in_(ids) & m.RouteDecision.replaced_at.is_null()
        query = m.RouteDecision.select(m.RouteDecision.case, m.RouteDecision.route, m.RouteDecision.at)
        for row in unit.all(query.where(holds).order_by(m.RouteDecision.id.desc())):
            found[row.case].append(row)
    return found


def _papers_out(unit: Unit, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if ids:
        query = m.Paper.select(m.Paper.id, m.Paper.case, m.Paper.kind, m.Paper.due_at, m.Paper.issued_at)
        for row in unit.all(query.where(m.Paper.case.in_(ids) & m.Paper.ended_at.is_null()).order_by(m.Paper.id)):
            found[row.case].append(row)
    return found


def _promised_visits(unit: Unit, ids: Sequence[int]) -> dict[int, datetime]:
    """When external units promised to come, where they have neither come nor missed it yet."""
    if not ids:
        return {}
    still_open = m.ExternalPromise.case.in_(ids) & m.ExternalPromise.settled_at.is_null()
    return {row.case: row.promised_at for row in unit.all(m.ExternalPromise.select().where(still_open))}


def _visit_due(row: Any, in_force: Sequence[Any], promised: datetime | None) -> datetime | None:
    """When an external unit should have come: the case's own time, or what it promised before another way was added."""
    if not any(each.route == Route.EXTERNAL for each in in_force) or row.paused_at is not None:
        return None
    return row.due_at if row.route == Route.EXTERNAL else promised


def _paper_out(house: _House, paper: Any, marks: Sequence[Any]) -> PaperOut:
    kind, set_ = PaperKind(paper.kind), frozenset(Mark(each.mark) for each in marks)
    awaited = kind is PaperKind.LIAISON_FORM and Mark.RECEIVED not in set_
    # The project department should sign for a form soon after it was made (procedure 4.1.3).
    receipt_due = house.calendar.add(paper.issued_at, house.receipt) if awaited else None
    return PaperOut(paper.id, kind, set_, paper.due_at, receipt_due)


def _levels(house: _House, in_force: Sequence[Any]) -> tuple[Level, ...]:
    """When an unresolved complaint goes up to each level, each counted from the one before (procedure 4.3)."""
    since = [row.at for row in in_force if row.route == Route.COMPLAINT]
    if not since:
        return ()
    at, found = min(since), []
    for row in house.levels:
        span = timedelta(minutes=row.minutes)
        at = at + span if row.around_the_clock else house.calendar.add(at, span)
        found.append(Level(row.level, at))
    return tuple(found)


def _settle(site: Site, house: _House, case_id: int) -> int:
    """Carries out what a case's passed times have caused, under its lock."""
    with site.store.write() as unit:
        row = unit.get(m.Case, case_id)
        act = Act(unit, site, SYSTEM, case_id, site.now())
        new = _new(unit, house, [row], act.at).get(case_id, [])  # another console may have come first
        for each in new:
            _carry_out(act, each)
        if new:
            act.announce()
        return len(new)


def _carry_out(act: Act, each: Consequence) -> None:
    act.unit.add(
        m.Consequence,
        case=act.case_id,
        paper=each.paper,
        kind=each.kind,
        key=each.key,
        passed_at=each.passed_at,
        at=act.at,
    )
    data = {"consequence": each.kind, "level": each.level}
    act.note(EventKind.CAUSED, happened_at=each.passed_at, paper_id=each.paper, data=data)
    act.audit(f"case.{each.kind}", {"passed_at": each.passed_at.isoformat(), "level": each.level})
    if each.kind is ConsequenceKind.WORK_ORDER_OVERDUE:
        case_acts.enter_register(act, Register.ENGINEERING, paper_id=each.paper, reason=each.kind)
    elif each.kind is ConsequenceKind.VISIT_MISSED:
        case_acts.settle_promises(act, kept=False)
    elif each.kind is ConsequenceKind.ESCALATED:
        act.unit.change(m.Case, act.case_id, level=each.level)
