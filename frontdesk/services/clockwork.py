"""What passed times cause, carried out: once, by whichever console is awake, also after the PC slept (procedure 4.1.2).

Every case is a transaction of its own under its row's lock, and every consequence a row with a unique key: two
consoles, a crash in between or a clock that jumps make nothing happen twice.
"""

from __future__ import annotations

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
from frontdesk.domain.paper import ENDED, Mark, PaperKind
from frontdesk.domain.routing import Route
from frontdesk.domain.worktime import WorkCalendar
from frontdesk.services import case_acts, case_course_views, case_views, reference
from frontdesk.services.case_acts import Act
from frontdesk.services.site import Site
from frontdesk.services.views import EventKind
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


def tick(site: Site) -> int:
    """Carries out everything that times passed until now have caused; how much that was. Safe to call at any time."""
    return sum(_settle(site, case_id) for case_id in _candidates(site))


def _candidates(site: Site) -> list[int]:
    """Cases of which some time may have passed without its consequence."""
    now = site.now()
    with site.store.read() as unit:
        still_open = (m.Case.state == CaseState.OPEN) & m.Case.result_at.is_null()
        late_paper = m.Paper.select(m.Paper.case).where(m.Paper.ended_at.is_null() & (m.Paper.due_at < now))
        watched = m.Case.id.in_(_complaints()) | m.Case.id.in_(_forms_out())
        late = (m.Case.due_at < now) | m.Case.id.in_(late_paper)
        rows = unit.all(m.Case.select().where(still_open & (late | watched)))
        return [row.id for row in rows if _new(unit, site, row, now)]


def _complaints() -> Any:
    """Complaints, whose levels have times of their own."""
    holds = m.RouteDecision.replaced_at.is_null() & (m.RouteDecision.route == Route.COMPLAINT)
    return m.RouteDecision.select(m.RouteDecision.case).where(holds)


def _forms_out() -> Any:
    return m.Paper.select(m.Paper.case).where(m.Paper.ended_at.is_null() & (m.Paper.kind == PaperKind.LIAISON_FORM))


def _new(unit: Unit, site: Site, row: Any, now: datetime) -> list[Consequence]:
    """What has been caused and has not happened yet."""
    found = caused(_standing(unit, site, row), now)
    if not found:
        return []
    there = unit.all(m.Consequence.select().where(m.Consequence.case == row.id))
    known = {(each.kind, each.key) for each in there}
    return [each for each in found if (each.kind.value, each.key) not in known]


def _standing(unit: Unit, site: Site, row: Any) -> Standing:
    in_force = case_views.decisions_in_force(unit, [row.id])[row.id]
    papers = [paper for paper in case_views.papers_of(unit, [row.id])[row.id] if paper.state not in ENDED]
    marks = case_course_views.marks_of(unit, [paper.id for paper in papers])
    calendar = reference.calendar(unit, site.zone)
    receipt = timedelta(minutes=reference.rules(unit).receipt_minutes)
    routes = tuple(Route(each.route) for each in in_force)
    return Standing(
        state=CaseState(row.state),
        routes=routes,
        due_at=row.due_at,
        result_written=row.result_at is not None,
        reopened=row.reopened,
        papers=tuple(
            PaperOut(
                id=paper.id,
                kind=PaperKind(paper.kind),
                marks=frozenset(Mark(each.mark) for each in marks[paper.id]),
                due_at=paper.due_at,
                receipt_due=_receipt_due(paper, calendar, receipt),
            )
            for paper in papers
        ),
        levels=_levels(unit, in_force, calendar) if Route.COMPLAINT in routes else (),
    )


def _receipt_due(paper: Any, calendar: WorkCalendar, receipt: timedelta) -> datetime | None:
    """When the project department should have signed for a liaison form (procedure 4.1.3)."""
    return calendar.add(paper.issued_at, receipt) if paper.kind == PaperKind.LIAISON_FORM else None


def _levels(unit: Unit, in_force: list[Any], calendar: WorkCalendar) -> tuple[Level, ...]:
    """When an unresolved complaint goes up to each level, each counted from the one before (procedure 4.3)."""
    at = min(row.at for row in in_force if row.route == Route.COMPLAINT)
    found = []
    for row in reference.levels(unit):
        span = timedelta(minutes=row.minutes)
        at = at + span if row.around_the_clock else calendar.add(at, span)
        found.append(Level(row.level, at))
    return tuple(found)


def _settle(site: Site, case_id: int) -> int:
    """Carries out what a case's passed times have caused, under its lock."""
    with site.store.write() as unit:
        row = unit.get(m.Case, case_id)
        act = Act(unit, site, SYSTEM, case_id, site.now())
        new = _new(unit, site, row, act.at)  # another console may have come first
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
