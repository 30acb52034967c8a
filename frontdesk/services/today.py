"""Today: the board that asks for work, in the order in which it hurts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from frontdesk.domain import access, cases
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import CaseState, Progress
from frontdesk.domain.consequences import ConsequenceKind
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import ENDED, GO_OUT
from frontdesk.domain.routing import Route
from frontdesk.domain.visits import VisitState
from frontdesk.services import case_course_views, case_views, clocks, reference, site_years, snoozes, visits
from frontdesk.services.site import Site
from frontdesk.services.views import Board, CaseLine, Cause, TodayView, VisitsView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

MOST_LINES = 500


def today(site: Site, actor: Actor) -> TodayView:
    """Open cases by what they ask for, today's visits and calls, and what the kiosks ask for.

    Raises:
        Forbidden: the actor sees neither cases nor visits.
    """
    access.require_any(actor, Permission.SEE_CASES, Permission.SEE_VISITS)
    sees_cases, sees_visits = actor.may(Permission.SEE_CASES), actor.may(Permission.SEE_VISITS)
    with site.store.read() as unit:
        groups = _groups(unit, site, actor) if sees_cases else ()
        return TodayView(
            groups=groups,
            open_count=unit.count(_open_cases()) if sees_cases else 0,
            completed_today=_completed_today(unit, site) if sees_cases else 0,
            calls_by_hour=_calls_by_hour(unit, site) if sees_cases else (),
            visits=visits.visits_of_day(site, unit, site.today()) if sees_visits else _no_visits(),
            desk_calls=visits.open_desk_calls(unit) if sees_visits else (),
            unpublished_years=site_years.unpublished_years(unit, site.today()),
            causes=_causes(unit, site, actor, groups),
        )


def _open_cases() -> Any:
    return m.Case.select().where(m.Case.state == CaseState.OPEN)


def _groups(unit: Unit, site: Site, actor: Actor) -> tuple[tuple[Board, tuple[CaseLine, ...]], ...]:
    """Every open case under the most pressing thing it asks for; empty groups are left out."""
    # Without a due time last, on both kinds of database.
    order = (m.Case.due_at.is_null(), m.Case.due_at, m.Case.opened_at, m.Case.id)
    rows = unit.all(_open_cases().order_by(*order).limit(MOST_LINES))
    now = site.now()
    stands = case_views.progresses(unit, site, rows)
    calls = _calling(unit, site, actor, [row.id for row in rows], now)
    soon = timedelta(minutes=reference.rules(unit).soon_minutes)
    boards: dict[Board, list[CaseLine]] = {board: [] for board in Board}
    for row, line in zip(rows, case_views.lines(unit, site, actor, rows), strict=True):
        clock = clocks.state(row, now, soon=soon)
        boards[_board(stands[row.id], clock, calls, row.id)].append(line)
    boards[Board.TO_FOLLOW_UP] += _to_follow_up(unit, site, actor, now)
    return tuple((board, tuple(lines)) for board, lines in boards.items() if lines)


@dataclass(frozen=True, slots=True)
class _Calling:
    """The cases that call for something which their own rows do not tell."""

    to_tell: frozenset[int]
    to_chase: frozenset[int]
    paper_late: frozenset[int]
    snoozed: frozenset[int]


def _calling(unit: Unit, site: Site, actor: Actor, ids: list[int], now: datetime) -> _Calling:
    if not ids:
        return _Calling(*(frozenset[int]() for _ in range(4)))
    open_ones = m.Consequence.case.in_(ids) & m.Consequence.settled_at.is_null()
    escalated = m.Consequence.kind == ConsequenceKind.ESCALATED
    chased_next = m.Case.select().where(m.Case.id.in_(ids) & (m.Case.next_chase_at <= now))
    out = m.Paper.case.in_(ids) & m.Paper.state.not_in(list(ENDED)) & m.Paper.kind.in_(list(GO_OUT))
    return _Calling(
        to_tell=_untold(unit, ids, now) | _cases(unit, m.Consequence.select().where(open_ones & escalated)),
        to_chase=_cases(unit, m.Consequence.select().where(open_ones & ~escalated))
        | frozenset(row.id for row in unit.all(chased_next)),
        paper_late=_cases(unit, m.Paper.select().where(out & (m.Paper.due_at < now))),
        snoozed=snoozes.snoozed(unit, actor, now),
    )


def _cases(unit: Unit, query: Any) -> frozenset[int]:
    return frozenset(row.case for row in unit.all(query))


def _untold(unit: Unit, ids: list[int], now: datetime) -> frozenset[int]:
    """Cases of which somebody should have been told by now (domain section 3, "Told")."""
    allowed = timedelta(minutes=reference.rules(unit).untold_minutes)
    late = m.RouteDecision.told_at.is_null() & (m.RouteDecision.at < now - allowed)
    in_force = m.RouteDecision.case.in_(ids) & m.RouteDecision.replaced_at.is_null()
    theirs = m.RouteDecision.route.not_in([route.value for route in case_course_views.NOBODY_TO_TELL])
    return _cases(unit, m.RouteDecision.select().where(in_force & late & theirs))


def _board(stands: Progress, clock: ClockState, calls: _Calling, case_id: int) -> Board:
    """What an open case asks for first."""
    missing = cases.missing_steps(stands)
    asleep = clock in (ClockState.PAUSED, ClockState.DEFERRED) or case_id in calls.snoozed
    told_of_main = stands.joined and not stands.main_over
    paper_back = stands.result_written and cases.Step.PAPERS_ENDED in missing
    rules = (
        (Board.EMERGENCY, Route.INCIDENT in stands.routes and not stands.result_written),
        (Board.OVERDUE, clock is ClockState.OVERDUE),
        (Board.WAITING, asleep or told_of_main),
        (Board.SOON, clock is ClockState.SOON),
        (Board.TO_PRINT, cases.Step.PAPER_PRINTED in missing),  # printing comes before handing over
        (Board.TO_ESTABLISH, stands.to_establish),
        (Board.TO_TELL, case_id in calls.to_tell and not stands.result_written),
        (Board.TO_CHASE, case_id in calls.to_chase),
        (Board.TO_REPLY, (stands.result_written or stands.joined) and not stands.told),
        (Board.PAPER_OUT, paper_back or (case_id in calls.paper_late and stands.result_written)),
        (Board.TO_COMPLETE, not missing),
        (Board.WAITING, missing == (cases.Step.FOLLOWED_UP,)),
    )
    return next((board for board, holds in rules if holds), Board.RUNNING)


def _to_follow_up(unit: Unit, site: Site, actor: Actor, now: datetime) -> tuple[CaseLine, ...]:
    """Cases of which somebody is to be asked whether it holds, open or closed; their time has come."""
    due = (m.FollowUp.state == FollowUpState.DUE) & (m.FollowUp.due_at <= now)
    asked = unit.all(m.FollowUp.select().where(due).order_by(m.FollowUp.due_at).limit(MOST_LINES))
    theirs = m.Case.id.in_([row.case for row in asked]) & (m.Case.state != CaseState.VOID)
    return case_views.lines(unit, site, actor, unit.all(m.Case.select().where(theirs)))


def _causes(
    unit: Unit, site: Site, actor: Actor, groups: tuple[tuple[Board, tuple[CaseLine, ...]], ...]
) -> dict[int, Cause]:
    """Why the cases on the board call for somebody, where their clock does not say it."""
    ids = [line.id for _board, lines in groups for line in lines]
    if not ids:
        return {}
    found: dict[int, Cause] = {}
    untold = m.RouteDecision.told_at.is_null() & m.RouteDecision.replaced_at.is_null()
    theirs = untold & m.RouteDecision.case.in_(
        [line.id for board, lines in groups if board is Board.TO_TELL for line in lines]
    )
    for row in unit.all(m.RouteDecision.select().where(theirs).order_by(m.RouteDecision.at.desc())):
        found[row.case] = Cause(since=row.at)
    for row in unit.all(m.Case.select().where(m.Case.id.in_(ids) & (m.Case.next_chase_at <= site.now()))):
        found[row.id] = Cause(since=row.next_chase_at)
    due = m.FollowUp.case.in_([line.id for board, lines in groups if board is Board.TO_FOLLOW_UP for line in lines])
    for row in unit.all(m.FollowUp.select().where(due & (m.FollowUp.state == FollowUpState.DUE))):
        found[row.case] = Cause(since=row.due_at)
    open_ones = m.Consequence.case.in_(ids) & m.Consequence.settled_at.is_null()
    for row in unit.all(m.Consequence.select().where(open_ones).order_by(m.Consequence.passed_at)):
        found[row.case] = Cause(ConsequenceKind(row.kind), row.passed_at)
    for case_id, until in snoozes.until(unit, actor, site.now()).items():
        found[case_id] = replace(found.get(case_id, Cause()), until=until)
    return found


def _completed_today(unit: Unit, site: Site) -> int:
    start, end = site.span(site.today())
    return unit.count(m.Case.select().where((m.Case.completed_at >= start) & (m.Case.completed_at < end)))


def _calls_by_hour(unit: Unit, site: Site) -> tuple[tuple[int, int], ...]:
    """How many calls and walk-ins began in each hour of today by the site's clock; hours without any are left out."""
    start, end = site.span(site.today())
    query = m.Contact.select(m.Contact.started_at)
    rows = unit.all(query.where((m.Contact.started_at >= start) & (m.Contact.started_at < end)))
    return tuple(sorted(Counter(site.local(row.started_at).hour for row in rows).items()))


def _no_visits() -> VisitsView:
    return VisitsView((), tuple((state, 0) for state in VisitState))
