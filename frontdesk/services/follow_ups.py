"""回访: asking whether it holds, with a rating; what does not hold opens the case again (procedure, note 9)."""

from __future__ import annotations

from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action, CaseState
from frontdesk.domain.follow_ups import RATINGS, FollowUpState
from frontdesk.services import case_acts, case_course_views, case_views, cases, inputs
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.site import Site
from frontdesk.services.views import CaseLine, CaseView, EventKind, FollowUpDone, FollowUpView
from frontdesk.storage import models as m

MOST = 200


def due_follow_ups(site: Site, actor: Actor) -> tuple[tuple[CaseLine, FollowUpView], ...]:
    """The follow-ups whose time has come, oldest first.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        void = m.Case.select(m.Case.id).where(m.Case.state == CaseState.VOID)
        due = (m.FollowUp.state == FollowUpState.DUE) & (m.FollowUp.due_at <= site.now()) & m.FollowUp.case.not_in(void)
        asked = unit.all(m.FollowUp.select().where(due).order_by(m.FollowUp.due_at, m.FollowUp.id).limit(MOST))
        rows = {row.id: row for row in unit.all(m.Case.select().where(m.Case.id.in_([each.case for each in asked])))}
        lines = case_views.lines(unit, site, actor, [rows[each.case] for each in asked])
        return tuple(zip(lines, (case_course_views.follow_up_view(each) for each in asked), strict=True))


def record(site: Site, actor: Actor, case_id: int, version: int, done: FollowUpDone) -> CaseView:
    """Records a follow-up, or a try that met nobody; "not fixed" opens the case again with its history.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: reached, but neither rating nor whether it holds; given up or not fixed without a word.
        NotAllowed: the case has no result yet, or is void.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    said = inputs.text("said", done.said, needed=done.give_up or done.fixed is False)
    if done.reached and done.fixed is None:
        raise BadInput("fixed", Problem.EMPTY)
    if done.rating is not None and done.rating not in RATINGS:
        raise BadInput("rating", Problem.UNKNOWN)
    happened_at = inputs.happened("happened_at", done.happened_at or site.now(), site.now())
    with site.store.write() as unit:
        act, row = case_acts.begin(unit, site, actor, case_id, version, Action.FOLLOW_UP)
        asked = _asked(act)
        state = FollowUpState.DONE if done.reached else FollowUpState.DUE
        if not done.reached and done.give_up:
            state = FollowUpState.GIVEN_UP
        ended = {} if state is FollowUpState.DUE else {"done_at": happened_at, "by": actor.id}
        answer = {"rating": done.rating, "fixed": done.fixed} if done.reached else {}
        unit.change(m.FollowUp, asked.id, state=state, tries=asked.tries + 1, said=said, **ended, **answer)
        data = {"reached": done.reached, "rating": done.rating, "fixed": done.fixed}
        act.note(EventKind.FOLLOWED_UP, said, happened_at=happened_at, data=data)
        act.audit("case.followed_up", data)
        if done.reached and done.fixed is False:
            cases.open_again(act, row, said)
        return case_acts.end(act)


def _asked(act: Act) -> Any:
    """The follow-up that is due, or a new one that nobody had asked for."""
    due = (m.FollowUp.case == act.case_id) & (m.FollowUp.state == FollowUpState.DUE)
    row = act.unit.one(m.FollowUp.select().where(due))
    if row is None:
        fields = {"state": FollowUpState.DUE, "due_at": act.at, "demanded": False}
        row = act.unit.get(m.FollowUp, act.unit.add(m.FollowUp, case=act.case_id, **fields))
    return row
