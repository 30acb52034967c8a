"""Looking people and units up: by number, by name, by the unit in any writing. Numbers leave here masked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import peewee

from frontdesk.domain import people, premises
from frontdesk.domain.cases import CaseState
from frontdesk.domain.people import Relation
from frontdesk.services import reference
from frontdesk.services.views import CallerView, PastLine, UnitView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

MOST = 20
PAST_LINES = 5
SHORTEST_DIGITS = 3


def unit_view(row: Any, building: Any) -> UnitView:
    """A unit as it is shown; a common part was delivered with its building."""
    delivered = row.delivered_on or (None if row.room else building.delivered_on)
    return UnitView(row.id, row.label, delivered, row.accepted_on or building.accepted_on)


def unit_views(unit: Unit, rows: Iterable[Any]) -> tuple[UnitView, ...]:
    """Units as they are shown, in the order given."""
    found = list(rows)
    buildings = reference.rows_by_id(unit, m.Building, [row.building for row in found])
    return tuple(unit_view(row, buildings[row.building]) for row in found)


def units_named(unit: Unit, typed: str) -> list[Any]:
    """Units by their name in any writing, else by the beginning of their label or room."""
    folded = "".join(unicodedata.normalize("NFKC", typed).split())
    if not folded:
        return []
    query = m.Unit.select(m.Unit).join(m.Building, on=(m.Unit.building == m.Building.id))
    name = premises.parse_unit(typed)
    if name is not None:
        exact = (m.Building.code == name.building) & (m.Unit.room == name.room)
        query = query.where(exact & (m.Unit.stair == name.stair) if name.stair else exact)
    else:
        query = query.where(m.Unit.label.startswith(folded) | m.Unit.room.startswith(folded))
    order = (m.Building.position, m.Unit.stair, peewee.fn.LENGTH(m.Unit.room), m.Unit.room)  # 301 before 1201
    return unit.all(query.order_by(*order).limit(MOST))


def with_number(unit: Unit, number: str) -> list[int]:
    """The people who may be reached under a whole number."""
    normal = people.normalise_phone(number)
    if not normal:
        return []
    now_theirs = (m.Phone.normal == normal) & m.Phone.ended_on.is_null()
    return [row.person for row in unit.all(m.Phone.select().where(now_theirs).limit(MOST))]


def matching(unit: Unit, typed: str) -> list[int]:
    """People by name, unit, or a part of their number (its beginning, or its last four digits)."""
    found = [row.person for row in _residencies(unit, m.Residency.unit, [u.id for u in _units_meant(unit, typed)])]
    digits = "".join(typed.split())
    if digits.isdecimal() and len(digits) >= SHORTEST_DIGITS:
        part = m.Phone.normal.startswith(digits) | (m.Phone.last_four == digits)
        found += [row.person for row in unit.all(m.Phone.select().where(part & m.Phone.ended_on.is_null()).limit(MOST))]
    folded = people.fold_name(typed)
    if folded and not folded.isdecimal():
        query = m.Person.select().where(m.Person.folded.contains(folded)).order_by(m.Person.folded).limit(MOST)
        found += [row.id for row in unit.all(query)]
    return list(dict.fromkeys(found))


def _units_meant(unit: Unit, typed: str) -> list[Any]:
    """Units that the text can only mean as a unit: a bare name of a person finds none."""
    if not any(character.isdigit() for character in typed):
        return []
    return units_named(unit, typed)


def _residencies(unit: Unit, column: Any, keys: list[int]) -> list[Any]:
    if not keys:
        return []
    living_here = column.in_(keys) & m.Residency.moved_out.is_null()
    return unit.all(m.Residency.select().where(living_here).order_by(m.Residency.id).limit(4 * MOST))


def caller_views(unit: Unit, person_ids: list[int]) -> tuple[CallerView, ...]:
    """Everybody with each of their units, in the order given; somebody without a unit is left out."""
    persons = reference.rows_by_id(unit, m.Person, person_ids)
    residencies = _residencies(unit, m.Residency.person, person_ids)
    unit_rows = list(reference.rows_by_id(unit, m.Unit, [row.unit for row in residencies]).values())
    places = {view.id: view for view in unit_views(unit, unit_rows)}
    phones = main_numbers(unit, person_ids)
    order = {person_id: place for place, person_id in enumerate(person_ids)}
    views = []
    for row in sorted(residencies, key=lambda row: order[row.person])[:MOST]:
        past, count = _past(unit, row.person)
        views.append(
            CallerView(
                person_id=row.person,
                name=persons[row.person].name,
                relation=Relation(row.relation),
                unit=places[row.unit],
                phone=people.mask_phone(phones.get(row.person, "")),
                past=past,
                past_count=count,
            )
        )
    return tuple(views)


def main_number(unit: Unit, person_id: int | None) -> str:
    """The registered number of somebody, whole; empty where there is none."""
    return "" if person_id is None else main_numbers(unit, [person_id]).get(person_id, "")


def main_numbers(unit: Unit, person_ids: list[int]) -> dict[int, str]:
    """The registered number of each of these people, whole; who has none is left out."""
    if not person_ids:
        return {}
    current = m.Phone.person.in_(person_ids) & m.Phone.ended_on.is_null()
    rows = unit.all(m.Phone.select().where(current).order_by(m.Phone.main, m.Phone.id.desc()))
    return {row.person: row.normal for row in rows}  # the last one stays: the main number, else the oldest


def _past(unit: Unit, person_id: int) -> tuple[tuple[PastLine, ...], int]:
    """The newest matters of somebody, and how many there are."""
    query = m.Case.select().where(m.Case.person == person_id)
    rows = unit.all(query.order_by(m.Case.opened_at.desc(), m.Case.id.desc()).limit(PAST_LINES))
    past = tuple(
        PastLine(row.id, row.opened_at, row.content, row.record_no, row.state == CaseState.OPEN) for row in rows
    )
    return past, len(rows) if len(rows) < PAST_LINES else unit.count(query)
