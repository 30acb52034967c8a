"""Promised times: what was agreed with the customer, else what the site's rule computes (约定时间); and their clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """A row of the site's table: a promise for a route, an urgency, a department (its id); None stands for any."""

    promise: Promise
    route: Route | None = None
    urgency: Urgency | None = None
    department: int | None = None


class ClockState(StrEnum):
    """Where a promised time stands now."""

    RUNNING = "running"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    DEFERRED = "deferred"
    STOPPED = "stopped"


SOON_WITHIN = timedelta(hours=1)

# Nothing is promised for these: they are over when they are logged, or wait for a fact or for another case.
WITHOUT_PROMISE = frozenset({Route.ANSWERED, Route.TO_ESTABLISH, Route.JOINED})

# Company practice, not law, so a site edits it. An urgent matter is due sooner than its route says, but an emergency
# is never slower for being called urgent.
DEFAULT_PROMISES: tuple[PromiseRule, ...] = (
    PromiseRule(Promise(15, around_the_clock=True), Route.INCIDENT, Urgency.URGENT),
    PromiseRule(Promise(15, around_the_clock=True), Route.INCIDENT),
    PromiseRule(Promise(3 * 8 * 60), Route.LIAISON),
    PromiseRule(Promise(5 * 8 * 60), Route.COMMUNICATION),
    PromiseRule(Promise(10 * 24 * 60, around_the_clock=True), Route.COMPLAINT),
    PromiseRule(Promise(30, around_the_clock=True), urgency=Urgency.URGENT),
    PromiseRule(Promise(3 * 60), urgency=Urgency.SOON),
    PromiseRule(Promise(8 * 60)),
)


def promise(rules: Iterable[PromiseRule], route: Route, urgency: Urgency, department: int | None) -> Promise:
    """The promise of the closest row: a department counts most, then an urgency that presses, then the route.

    Rows that fit equally well go by their order; where no row fits, the last default does.
    """

    def closeness(rule: PromiseRule) -> tuple[bool, bool, bool, bool]:
        presses = rule.urgency is Urgency.URGENT
        return rule.department is not None, presses, rule.route is not None, rule.urgency is not None

    fitting = [
        rule
        for rule in rules
        if rule.route in (None, route) and rule.urgency in (None, urgency) and rule.department in (None, department)
    ]
    return max(fitting, key=closeness).promise if fitting else DEFAULT_PROMISES[-1].promise


@dataclass(frozen=True, slots=True)
class Clock:
    """A promised time: an agreed instant, or what is left of a promise since `since`; neither means none is promised.

    `paused_at`: it stands since then, waiting for the customer. `deferred_until`: it sleeps until then, and `since`
    is that instant. `left` is then, and always, what remains from `since` on.
    """

    since: datetime
    left: timedelta | None = None
    around_the_clock: bool = False
    agreed_at: datetime | None = None
    paused_at: datetime | None = None
    deferred_until: datetime | None = None

    def due_at(self, calendar: WorkCalendar) -> datetime | None:
        """The instant by which the matter is to be done; None where nothing is promised, or while it stands still."""
        if self.paused_at is not None:
            return None
        if self.agreed_at is not None:
            return self.agreed_at
        if self.left is None:
            return None
        return self.since + self.left if self.around_the_clock else calendar.add(self.since, self.left)

    def remaining(self, at: datetime, calendar: WorkCalendar) -> timedelta | None:
        """What is left at an instant, zero when it is over: wall-clock time of an agreed one, else as promised."""
        if self.paused_at is not None:
            return self.left
        if self.agreed_at is not None:
            return max(self.agreed_at - max(at, self.since), timedelta())
        if self.left is None:
            return None
        used = max(at - self.since, timedelta()) if self.around_the_clock else calendar.between(self.since, at)
        return max(self.left - used, timedelta())

    def pause(self, at: datetime, calendar: WorkCalendar) -> Clock:
        """Stands still from now on; what has been used stays used."""
        return replace(self, since=at, left=self.remaining(at, calendar), paused_at=at, deferred_until=None)

    def resume(self, at: datetime) -> Clock:
        """Runs on with what was left. An agreed time moves by as long as it stood still."""
        agreed_at = None if self.agreed_at is None or self.left is None else at + self.left
        return replace(self, since=at, agreed_at=agreed_at, paused_at=None, deferred_until=None)

    def defer(self, at: datetime, until: datetime, calendar: WorkCalendar) -> Clock:
        """Sleeps until an instant and then runs on by itself with what was left."""
        return replace(self.pause(at, calendar).resume(until), deferred_until=until)

    def agree(self, agreed_at: datetime) -> Clock:
        """A new time is agreed with the customer; a clock that stood still runs again."""
        return replace(self, left=None, agreed_at=agreed_at, paused_at=None, deferred_until=None)

    def state(self, now: datetime, due_at: datetime | None, *, soon: timedelta = SOON_WITHIN) -> ClockState:
        """Where it stands, given the due time that was computed."""
        if self.paused_at is not None:
            return ClockState.PAUSED
        if due_at is None:
            return ClockState.STOPPED
        if self.deferred_until is not None and now < self.deferred_until:
            return ClockState.DEFERRED
        if now > due_at:
            return ClockState.OVERDUE
        return ClockState.SOON if due_at - now <= soon else ClockState.RUNNING


def start(at: datetime, route: Route, given: Promise, agreed_at: datetime | None = None) -> Clock:
    """The clock of a matter whose promise begins now; an agreed time wins over the rule's."""
    if route in WITHOUT_PROMISE:
        return Clock(at)
    if agreed_at is not None:
        return Clock(at, agreed_at=agreed_at)
    return Clock(at, timedelta(minutes=given.minutes), given.around_the_clock)
