"""What a digest counts, read from the cases: a handful of queries over ranges of time, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from peewee import JOIN, fn

from frontdesk.domain.cases import CaseState
from frontdesk.domain.digests import Raised, Stretch, Topic, topic_of
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.responses import Course, Rating
from frontdesk.domain.routing import MatterKind
from frontdesk.services.views import EventKind
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

_Main = m.Case.alias()  # the case that another was joined to, or the case itself
_MAIN_ID = fn.COALESCE(m.Case.joined_to, m.Case.id)


@cache
def _topic(kind: str, category: str, component: int | None) -> Topic:
    return topic_of(MatterKind(kind), category, component)


def first_opened(unit: Unit) -> datetime | None:
    """When the first case was opened; None where there is none."""
    row = unit.one(m.Case.select(m.Case.opened_at).order_by(m.Case.opened_at, m.Case.id))
    return None if row is None else row.opened_at


def _counted(start: datetime, end: datetime) -> Any:
    """Void cases were mistakes of ours, nothing that anybody raised."""
    return (m.Case.opened_at >= start) & (m.Case.opened_at < end) & (m.Case.state != CaseState.VOID)


def raised(unit: Unit, start: datetime, end: datetime) -> list[Raised]:
    """Every report from `start` up to `end`, oldest first; a joined one is about what its main case is about.

    The fault's place is the case's unit, else the home of whoever called; who raised it, the other way round.
    """
    place = fn.COALESCE(m.Case.unit, m.Contact.unit)
    query = (
        m.Case.select(
            m.Case.id, _MAIN_ID, _Main.kind, _Main.category, _Main.component, m.Case.opened_at,
            m.Unit.building, m.Unit.id, fn.COALESCE(m.Contact.unit, m.Case.unit),
        )
        .join(_Main, on=(_Main.id == _MAIN_ID))
        .join(m.Contact, on=(m.Contact.id == m.Case.contact))
        .join(m.Unit, JOIN.LEFT_OUTER, on=(m.Unit.id == place))
        .where(_counted(start, end))
        .order_by(m.Case.opened_at, m.Case.id)
    )  # fmt: skip
    return [
        Raised(case_id, main_id, _topic(kind, category, component), at, building, place_id, raiser)
        for case_id, main_id, kind, category, component, at, building, place_id, raiser in unit.all(query.tuples())
    ]


def courses(unit: Unit, part: Stretch, now: datetime) -> list[Course]:
    """How far the answer to every report of a stretch has come; a result is dated as its paper says."""
    query = (
        m.Case.select(
            m.Case.id, m.Case.joined_to, _Main.kind, _Main.category, _Main.component, m.Case.opened_at,
            m.Case.due_at, m.Case.result_at, _Main.result_at, m.Case.paused_at, m.Case.deferred_until,
            m.Case.told_at, m.Case.state, m.Case.reopened, m.Case.level,
        )
        .join(_Main, on=(_Main.id == _MAIN_ID))
        .where(_counted(part.start, part.end))
        .order_by(m.Case.opened_at, m.Case.id)
    )  # fmt: skip
    dated = _results(unit, part)
    return [_course(*row, dated=dated, now=now) for row in unit.all(query.tuples())]


def _results(unit: Unit, part: Stretch) -> dict[int, datetime]:
    """When the work of a stretch's cases was really done: sheets come back a day later. The last result counts."""
    query = (
        m.CaseEvent.select(m.CaseEvent.case, m.CaseEvent.happened_at)
        .join(m.Case, on=(m.Case.id == m.CaseEvent.case))
        .where((m.CaseEvent.kind == EventKind.RESULT) & _counted(part.start, part.end))
        .order_by(m.CaseEvent.id)
    )
    return dict(unit.all(query.tuples()))


def _course(
    case_id: int, joined_to: int | None, kind: str, category: str, component: int | None, opened_at: datetime,
    due_at: datetime | None, own_result: datetime | None, result_at: datetime | None, paused_at: datetime | None,
    deferred_until: datetime | None, told_at: datetime | None, state: str, reopened: int, level: int,
    *, dated: Mapping[int, datetime], now: datetime,
) -> Course:  # fmt: skip
    return Course(
        case_id=case_id,
        topic=_topic(kind, category, component),
        main=joined_to is None,
        opened_at=opened_at,
        due_at=due_at,
        result_at=dated.get(case_id, own_result) if own_result is not None else None,
        still=paused_at is not None or (deferred_until is not None and deferred_until > now),
        owed=state == CaseState.OPEN and told_at is None and (own_result or result_at) is not None,
        reopened=reopened,
        level=level if kind == MatterKind.COMPLAINT else None,
    )


def ratings(unit: Unit, part: Stretch) -> list[Rating]:
    """What customers said at follow-up calls within a stretch, whenever their matter was raised."""
    said = (m.FollowUp.state == FollowUpState.DONE) & m.FollowUp.rating.is_null(False)
    within = (m.FollowUp.done_at >= part.start) & (m.FollowUp.done_at < part.end)
    query = (
        m.FollowUp.select(m.Case.id, m.Case.kind, m.Case.category, m.Case.component, m.FollowUp.rating)
        .join(m.Case, on=(m.Case.id == m.FollowUp.case))
        .where(said & within)
        .order_by(m.FollowUp.done_at, m.FollowUp.id)
    )
    return [
        Rating(case_id, _topic(kind, category, component), rating)
        for case_id, kind, category, component, rating in unit.all(query.tuples())
    ]
