"""When a case is to be followed up (回访): demanded by one of its ways, or drawn in the sample (procedure 4.3, 4.4)."""

from __future__ import annotations

from datetime import timedelta

from frontdesk.domain import follow_ups
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.routing import Route
from frontdesk.services import case_views, reference
from frontdesk.services.case_acts import Act
from frontdesk.storage import models as m


def demanding(act: Act) -> Route | None:
    """The way in force that demands a follow-up, be it the newest or not."""
    in_force = case_views.decisions_in_force(act.unit, [act.case_id])[act.case_id]
    return next((Route(each.route) for each in in_force if each.route in follow_ups.DEMANDED), None)


def demand(act: Act) -> None:
    """Makes the follow-up due that one of the case's ways demands, once it has its result and its customer was told."""
    row = act.unit.get(m.Case, act.case_id)
    route = demanding(act)
    if route is not None and row.result_at is not None and row.told_at is not None:
        ask_later(act, route, demanded=True)


def ask_later(act: Act, route: Route, *, demanded: bool) -> None:
    """Makes a follow-up due; one that is due already is demanded from now on, if this one is."""
    due = (m.FollowUp.case == act.case_id) & (m.FollowUp.state == FollowUpState.DUE)
    there = act.unit.one(m.FollowUp.select().where(due))
    if there is not None:
        act.unit.change(m.FollowUp, there.id, demanded=there.demanded or demanded)
        return
    rule = reference.follow_up_rules(act.unit).get(route, follow_ups.FALLBACK)
    due_at = act.at + timedelta(hours=rule.after_hours)
    act.unit.add(m.FollowUp, case=act.case_id, state=FollowUpState.DUE, due_at=due_at, demanded=demanded)
