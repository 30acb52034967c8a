"""Which lines a register has, in which order, and how many are so: the same conditions for pages and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import peewee

from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import CaseState
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.registers import HANDLING, PAPERS, TIME_COLUMN, LineState, Only, RegisterKind
from frontdesk.domain.routing import Remark, Route
from frontdesk.services.site import Site
from frontdesk.services.views.registers import Figure, Place, RegisterFilter, RegisterOrder
from frontdesk.storage import models as m
from frontdesk.storage.fields import to_microseconds
from frontdesk.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Source:
    """Where a register's lines come from: their table, their time, what makes them its own, whether they are struck.

    Args:
        orders: the columns that the list can be put in the order of, by key.
    """

    model: Any
    at: Any
    own: Any
    state: Any
    overdue: Any
    orders: Mapping[str, Any]


def source(kind: RegisterKind, now: datetime) -> Source:
    """The table of a register; `now` decides what is overdue."""
    if kind is RegisterKind.CALL_VISIT:
        return _of_cases(now)
    if kind in HANDLING:
        return _of_entries(kind, now)
    if kind in PAPERS:
        return _of_papers(kind, now)
    return _of_follow_ups(now)


def _case_state() -> Any:
    words = [(m.Case.state == CaseState.OPEN, LineState.OPEN), (m.Case.state == CaseState.VOID, LineState.VOID)]
    return peewee.Case(None, words, LineState.STRUCK)


def _late(now: datetime) -> Any:
    """The promised time has passed and nothing is written; while a clock stands still, nothing passes."""
    is_open = (m.Case.state == CaseState.OPEN) & m.Case.result_at.is_null() & m.Case.paused_at.is_null()
    return is_open & m.Case.due_at.is_null(False) & (m.Case.due_at < now)


def _of_cases(now: datetime) -> Source:
    orders = {"received_at": m.Case.opened_at, "record_no": m.Case.record_no, "unit": m.Unit.label}
    return Source(m.Case, m.Case.opened_at, None, _case_state(), _late(now), {**orders, "due_at": m.Case.due_at})


def _of_entries(kind: RegisterKind, now: datetime) -> Source:
    entry = m.RegisterEntry
    state = peewee.Case(None, [(entry.struck_at.is_null(), LineState.OPEN)], LineState.STRUCK)
    orders = {"entered_at": entry.entered_at, "serial": entry.year * 1_000_000 + entry.serial, "due_at": m.Case.due_at}
    return Source(entry, entry.entered_at, entry.register == HANDLING[kind], state, _late(now), orders)


def _of_papers(kind: RegisterKind, now: datetime) -> Source:
    paper = m.Paper
    orders = {"received_at": paper.issued_at, "number": paper.number, "unit": m.Unit.label, "due_at": m.Case.due_at}
    return Source(paper, paper.issued_at, paper.kind == PAPERS[kind], _case_state(), _late(now), orders)


def _of_follow_ups(now: datetime) -> Source:
    asked = m.FollowUp
    is_due = asked.state == FollowUpState.DUE
    state = peewee.Case(None, [(is_due, LineState.OPEN)], LineState.STRUCK)
    orders = {"asked_by": asked.due_at, "record_no": m.Case.record_no, "unit": m.Unit.label}
    return Source(asked, asked.due_at, None, state, is_due & (asked.due_at < now), orders)


# --- which ------------------------------------------------------------------------------------------------------------


def ids(
    unit: Unit, site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter, order: RegisterOrder,
    offset: int, limit: int,
) -> list[int]:  # fmt: skip
    """The keys of one page's lines, in their order."""
    lines = source(kind, site.now())
    key = order.key if order.key in lines.orders else TIME_COLUMN[kind]
    column, own_id = lines.orders[key], lines.model.id
    by = (column.desc(nulls="LAST"), own_id.desc()) if order.descending else (column.asc(nulls="LAST"), own_id.asc())
    if column is lines.at:  # never null: said without it, the index serves
        by = (column.desc(), own_id.desc()) if order.descending else (column.asc(), own_id.asc())
    query = _joined(lines.model.select(own_id), lines, with_unit=column is m.Unit.label)
    query = _narrowed(query, lines, site, actor, chosen).order_by(*by).limit(limit).offset(offset)
    return [int(key) for (key,) in unit.all(query.tuples())]


def ids_after(
    unit: Unit, site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter, after: Place | None, limit: int
) -> tuple[list[int], Place | None]:
    """The keys of the next lines by time, oldest first, and the place to go on from."""
    lines = source(kind, site.now())
    query = _narrowed(_joined(lines.model.select(lines.model.id, lines.at), lines), lines, site, actor, chosen)
    if after is not None:
        place = peewee.Tuple(lines.at, lines.model.id)
        query = query.where(place > peewee.Tuple(to_microseconds(after[0]), after[1]))
    found = unit.all(query.order_by(lines.at, lines.model.id).limit(limit + 1).tuples())
    shown = found[:limit]
    more = (shown[-1][1], int(shown[-1][0])) if len(found) > limit else None
    return [int(key) for key, _at in shown], more


def _joined(query: Any, lines: Source, *, with_unit: bool = False) -> Any:
    if lines.model is not m.Case:
        query = query.join(m.Case, on=(lines.model.case == m.Case.id))
    if with_unit:
        query = query.join_from(m.Case, m.Unit, peewee.JOIN.LEFT_OUTER, on=(m.Case.unit == m.Unit.id))
    return query


def _narrowed(query: Any, lines: Source, site: Site, actor: Actor, chosen: RegisterFilter) -> Any:
    query = _based(query, lines, site, actor, chosen)
    if chosen.state is not LineState.ALL:
        query = query.where(lines.state == chosen.state)
    if chosen.route is not None:
        query = query.where(m.Case.route == chosen.route)
    if chosen.remark is not None:
        query = query.where(m.Case.remark == chosen.remark)
    if chosen.only is not None:
        flag = _flags(lines).get(chosen.only)
        query = query.where(lines.model.id < 0 if flag is None else flag)  # no line of this register can be so
    return query


def _based(query: Any, lines: Source, site: Site, actor: Actor, chosen: RegisterFilter) -> Any:
    """What all figures have in common: period, place, who answers, words."""
    if lines.own is not None:
        query = query.where(lines.own)
    if chosen.since is not None:
        query = query.where(lines.at >= site.span(chosen.since)[0])
    if chosen.until is not None:
        query = query.where(lines.at < site.span(chosen.until)[1])
    if chosen.building_id is not None:
        there = m.Unit.select(m.Unit.id).where(m.Unit.building == chosen.building_id)
        query = query.where(_in_time_order(m.Case.unit).in_(there))
    for case_column, decided, wanted in (
        (m.Case.department, m.RouteDecision.department, chosen.department_id),
        (m.Case.external_unit, m.RouteDecision.external_unit, chosen.external_id),
    ):
        if wanted is not None:
            in_force = m.RouteDecision.replaced_at.is_null() & (decided == wanted)
            beside = m.RouteDecision.select(m.RouteDecision.case).where(in_force)
            query = query.where((_in_time_order(case_column) == wanted) | m.Case.id.in_(beside))
    text = chosen.text.strip()
    return query.where(_speaks_of(text, by_caller=actor.may(Permission.SEE_PEOPLE))) if text else query


def _in_time_order(column: Any) -> Any:
    """A column whose own index is not to be used: a building's lines are thousands, found fastest by their time."""
    return column + 0


def _speaks_of(text: str, *, by_caller: bool) -> Any:
    """The text stands in content, result, numbers or home, or in the caller's name for those who may see names."""
    numbered = m.Paper.select(m.Paper.case).where(m.Paper.number.contains(text))
    placed = m.Unit.select(m.Unit.id).where(m.Unit.label.contains(text))
    found = (
        m.Case.content.contains(text)
        | m.Case.result.contains(text)
        | m.Case.record_no.contains(text)
        | m.Case.place.contains(text)
        | m.Case.id.in_(numbered)
        | m.Case.unit.in_(placed)
    )
    if not by_caller:
        return found
    return found | m.Case.contact.in_(m.Contact.select(m.Contact.id).where(m.Contact.caller_name.contains(text)))


def _flags(lines: Source) -> Mapping[Only, Any]:
    if lines.model is m.FollowUp:
        return {Only.OVERDUE: lines.overdue, Only.NOT_FIXED: m.FollowUp.fixed == False}  # noqa: E712 - a column
    to_reply = (m.Case.state == CaseState.OPEN) & m.Case.result_at.is_null(False) & m.Case.told_at.is_null()
    return {Only.OVERDUE: lines.overdue, Only.TO_REPLY: to_reply}


# --- how many ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """So many lines of one state, route and remark, with these marks."""

    state: LineState
    route: Route
    remark: Remark
    marks: frozenset[Only]
    count: int


def groups(unit: Unit, site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter) -> list[Group]:
    """All lines of the period, place and words, counted by everything that a figure tells; one query."""
    lines = source(kind, site.now())
    flags = _flags(lines)
    marked = [peewee.Case(None, [(flag, 1)], 0) for flag in flags.values()]
    columns = [lines.state, m.Case.route, m.Case.remark, *marked]
    query = _joined(lines.model.select(*columns, peewee.fn.COUNT(lines.model.id)), lines)
    # By place: the server takes an expression with values in it for another one when it is said again.
    query = _based(query, lines, site, actor, chosen).group_by(*(peewee.SQL(str(n + 1)) for n in range(len(columns))))
    return [
        Group(
            LineState(state), Route(route), Remark(remark),
            frozenset(only for only, mark in zip(flags, rest[:-1], strict=True) if mark), int(rest[-1]),
        )
        for state, route, remark, *rest in unit.all(query.tuples())
    ]  # fmt: skip


def counted(found: Sequence[Group], chosen: RegisterFilter) -> int:
    """How many of the lines a filter lets through."""
    return sum(
        group.count
        for group in found
        if chosen.state in (LineState.ALL, group.state)
        and chosen.route in (None, group.route)
        and chosen.remark in (None, group.remark)
        and (chosen.only is None or chosen.only in group.marks)
    )


def figures(found: Sequence[Group], chosen: RegisterFilter) -> tuple[Figure, ...]:
    """What the lines come to, each figure with the filter that leads to its lines; nothing is counted that is not."""
    asked: list[tuple[Any, RegisterFilter]] = [
        (LineState.ALL, replace(chosen, state=LineState.ALL, only=None, route=None, remark=None)),
        *((state, replace(chosen, state=state, only=None)) for state in LineState if state is not LineState.ALL),
        *((only, replace(chosen, only=only, state=LineState.ALL)) for only in Only),
        *((remark, replace(chosen, remark=remark)) for remark in Remark if remark is not Remark.NONE),
        *((route, replace(chosen, route=route)) for route in Route),
    ]
    made = [Figure(code, counted(found, wanted), wanted) for code, wanted in asked]
    kept = (LineState.ALL, LineState.OPEN, LineState.STRUCK)
    return tuple(figure for figure in made if figure.count or figure.code in kept)
