"""Not now: a case that somebody does not want on the board until a time; an overdue one is shown all the same."""

from __future__ import annotations

from datetime import datetime

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.services import case_acts
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


def snooze(site: Site, actor: Actor, case_id: int, until: datetime | None) -> None:
    """Keeps a case off the actor's own board until then; None brings it back.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: the time has passed.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    if until is not None and until <= site.now():
        raise BadInput("until", Problem.IN_PAST)
    with site.store.write() as unit:
        unit.get(m.Case, case_id)
        if until is None:
            mine = (m.Snooze.account == actor.id) & (m.Snooze.case == case_id)
            unit.run(m.Snooze.delete().where(mine))
        else:
            unit.put(m.Snooze, {"account": actor.id, "case": case_id}, until_at=until)
        unit.announce(case_acts.TOPIC, case_id)


def snoozed(unit: Unit, actor: Actor, now: datetime) -> frozenset[int]:
    """The cases that the actor does not want to see now."""
    return frozenset(until(unit, actor, now))


def until(unit: Unit, actor: Actor, now: datetime) -> dict[int, datetime]:
    """Those cases with the instant at which they come back."""
    asleep = (m.Snooze.account == actor.id) & (m.Snooze.until_at > now)
    return {row.case: row.until_at for row in unit.all(m.Snooze.select().where(asleep))}
