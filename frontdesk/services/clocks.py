"""Clocks of cases as they are kept, and moved when the site's calendar changes (domain section 4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from frontdesk.domain.access import Actor
from frontdesk.domain.cases import CaseState
from frontdesk.domain.deadlines import SOON_WITHIN, Clock, ClockState
from frontdesk.domain.house_rules import HouseRules
from frontdesk.domain.worktime import WorkCalendar
from frontdesk.services import reference
from frontdesk.services.site import Site
from frontdesk.services.views import ClockView, EventKind
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


def of(row: Any) -> Clock:
    """A stored case's clock."""
    return Clock(
        since=row.clock_from or row.opened_at,
        left=None if row.promised_seconds is None else timedelta(seconds=row.promised_seconds),
        around_the_clock=row.around_the_clock,
        agreed_at=row.agreed_at,
        paused_at=row.paused_at,
        deferred_until=row.deferred_until,
    )


def columns(clock: Clock, due_at: datetime | None) -> dict[str, Any]:
    """A clock as a case's row keeps it."""
    return {
        "clock_from": clock.since,
        "promised_seconds": None if clock.left is None else round(clock.left.total_seconds()),
        "around_the_clock": clock.around_the_clock,
        "agreed_at": clock.agreed_at,
        "paused_at": clock.paused_at,
        "deferred_until": clock.deferred_until,
        "due_at": due_at,
    }


def due_at(unit: Unit, site: Site, clock: Clock) -> datetime | None:
    """When a clock runs out by the site's calendar."""
    return clock.due_at(reference.calendar(unit, site.zone))


def view(unit: Unit, site: Site, row: Any, rules: HouseRules) -> ClockView:
    """A case's clock as the screens see it; it stops when the result is written."""
    clock, now = of(row), site.now()
    still = clock.paused_at is not None or (clock.deferred_until is not None and now < clock.deferred_until)
    return ClockView(
        state=state(row, now, soon=timedelta(minutes=rules.soon_minutes)),
        due_at=row.due_at,
        agreed=clock.agreed_at is not None,
        paused_at=clock.paused_at,
        reason=row.pause_reason,
        deferred_until=clock.deferred_until,
        left=clock.remaining(now, reference.calendar(unit, site.zone)) if still else None,
    )


def state(row: Any, now: datetime, *, soon: timedelta = SOON_WITHIN) -> ClockState:
    """Where a case's promised time stands."""
    if row.result_at is not None or row.state != CaseState.OPEN:
        return ClockState.STOPPED
    return of(row).state(now, row.due_at, soon=soon)


def recompute_open(unit: Unit, site: Site, actor: Actor) -> int:
    """Moves every open promised time that the rule computed to where the changed calendar puts it; how many moved.

    Agreed times stay, and so does what passed times have caused already.
    """
    calendar = reference.calendar(unit, site.zone)
    computed = m.Case.promised_seconds.is_null(False) & m.Case.agreed_at.is_null() & ~m.Case.around_the_clock
    still_open = (m.Case.state == CaseState.OPEN) & m.Case.result_at.is_null() & m.Case.paused_at.is_null()
    moved = 0
    for row in unit.all(m.Case.select().where(still_open & computed)):
        moved += _recompute(unit, site, actor, row, calendar)
    return moved


def _recompute(unit: Unit, site: Site, actor: Actor, row: Any, calendar: WorkCalendar) -> bool:
    due = of(row).due_at(calendar)
    if due == row.due_at:
        return False
    current = unit.get(m.Case, row.id)  # held from here on: somebody may have agreed a time since the row was read
    if of(current) != of(row) or current.state != CaseState.OPEN or current.result_at is not None:
        return False
    now = site.now()
    unit.change(m.Case, row.id, due_at=due)
    unit.run(
        m.Paper.update(due_at=due).where(
            (m.Paper.case == row.id) & (m.Paper.due_at == row.due_at) & m.Paper.ended_at.is_null()
        )
    )
    unit.run(
        m.ExternalPromise.update(promised_at=due).where(
            (m.ExternalPromise.case == row.id)
            & (m.ExternalPromise.promised_at == row.due_at)
            & m.ExternalPromise.settled_at.is_null()
        )
    )
    by = {"by": actor.id or None, "by_name": actor.name}
    unit.add(m.CaseEvent, case=row.id, at=now, happened_at=now, kind=EventKind.CLOCK_MOVED, **by)
    unit.announce("case", row.id)
    return True
