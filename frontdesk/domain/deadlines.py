"""Promised times: what was agreed with the customer, else what the site's rule computes (约定时间)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from frontdesk.domain.routing import Route
from frontdesk.domain.worktime import WorkCalendar


class Urgency(StrEnum):
    """How soon it hurts (紧急程度)."""

    NORMAL = "normal"
    SOON = "soon"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Promise:
    """How long a matter may take; around the clock, or in working time."""

    minutes: int
    around_the_clock: bool = False


class ClockState(StrEnum):
    """Where a promised time stands now."""

    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"


SOON_WITHIN = timedelta(hours=1)

# Company practice, not law, so a site edits it; the route's own row wins over the urgency's, unless it is urgent.
DEFAULT_PROMISES: dict[Route | Urgency, Promise] = {
    Urgency.NORMAL: Promise(8 * 60),
    Urgency.SOON: Promise(3 * 60),
    Urgency.URGENT: Promise(30, around_the_clock=True),
    Route.LIAISON: Promise(3 * 8 * 60),
    Route.COMMUNICATION: Promise(5 * 8 * 60),
    Route.COMPLAINT: Promise(10 * 24 * 60, around_the_clock=True),
    Route.INCIDENT: Promise(15, around_the_clock=True),
}


def due_at(
    start: datetime,
    route: Route,
    urgency: Urgency,
    calendar: WorkCalendar,
    promises: Mapping[Route | Urgency, Promise] = DEFAULT_PROMISES,
    agreed: datetime | None = None,
) -> datetime | None:
    """The instant by which the matter is to be done; None where nothing is promised (answered, to be established)."""
    if agreed is not None:
        return agreed
    if route in (Route.ANSWERED, Route.TO_ESTABLISH):
        return None
    # An urgent matter is due sooner than its route says, but nothing is slower for being urgent: an incident is not.
    hurried = urgency is Urgency.URGENT and route is not Route.INCIDENT
    promise = promises.get(Urgency.URGENT if hurried else route, promises[urgency])
    span = timedelta(minutes=promise.minutes)
    return start + span if promise.around_the_clock else calendar.add(start, span)


def clock_state(due: datetime | None, now: datetime, *, done: bool) -> ClockState:
    """Where the clock stands; a finished matter's clock has stopped."""
    if done or due is None:
        return ClockState.STOPPED
    if now > due:
        return ClockState.OVERDUE
    return ClockState.SOON if due - now <= SOON_WITHIN else ClockState.RUNNING
