"""Today: the board that asks for work, in the order in which it hurts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from frontdesk.domain import access, cases
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import CaseState, Progress
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.routing import Route
from frontdesk.domain.visits import VisitState
from frontdesk.services import case_views, visits
from frontdesk.services.site import Site
from frontdesk.services.views import Board, CaseLine, TodayView, VisitsView
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
        return TodayView(
            groups=_groups(unit, site, actor) if sees_cases else (),
            open_count=unit.count(_open_cases()) if sees_cases else 0,
            completed_today=_completed_today(unit, site) if sees_cases else 0,
            calls_by_hour=_calls_by_hour(unit, site) if sees_cases else (),
            visits=visits.visits_of_day(site, unit, site.today()) if sees_visits else _no_visits(),
            desk_calls=visits.open_desk_calls(unit) if sees_visits else (),
        )


def _open_cases() -> Any:
    return m.Case.select().where(m.Case.state == CaseState.OPEN)


def _groups(unit: Unit, site: Site, actor: Actor) -> tuple[tuple[Board, tuple[CaseLine, ...]], ...]:
    """Every open case under the most pressing thing it asks for; empty groups are left out."""
    # Without a due time last, on both kinds of database.
    order = (m.Case.due_at.is_null(), m.Case.due_at, m.Case.opened_at, m.Case.id)
    rows = unit.all(_open_cases().order_by(*order).limit(MOST_LINES))
    papers = case_views.papers_of(unit, [row.id for row in rows])
    now = site.now()
    boards: dict[Board, list[CaseLine]] = {board: [] for board in Board}
    for row, line in zip(rows, case_views.lines(unit, site, actor, rows), strict=True):
        stands = case_views.progress(row, papers[row.id])
        boards[_board(stands, case_views.clock_state(row, now))].append(line)
    return tuple((board, tuple(lines)) for board, lines in boards.items() if lines)


def _board(stands: Progress, clock: ClockState) -> Board:
    """What an open case asks for first."""
    missing = cases.missing_steps(stands)
    rules = (
        (Board.EMERGENCY, stands.route is Route.INCIDENT and not stands.result_written),
        (Board.OVERDUE, clock is ClockState.OVERDUE),
        (Board.SOON, clock is ClockState.SOON),
        (Board.TO_ESTABLISH, stands.route is Route.TO_ESTABLISH),
        (Board.TO_PRINT, cases.Step.PAPER_PRINTED in missing),
        (Board.TO_REPLY, stands.result_written and not stands.told),
        (Board.TO_COMPLETE, not missing),
    )
    return next((board for board, holds in rules if holds), Board.RUNNING)


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
