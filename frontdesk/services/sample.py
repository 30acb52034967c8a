"""Fills a practice site with an invented community: houses, people, map, and a few days of work.

The same on every machine (a seeded generator), only its dates move with the day on which it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.people import Relation, fold_name
from frontdesk.domain.premises import UnitName
from frontdesk.domain.warranty import add_months
from frontdesk.services import accounts, reference, sample_days, ways
from frontdesk.services import sample_data as data
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

_ACCEPTANCE = timedelta(days=75)  # the builder's completion acceptance lies this long before the first handing over
_LET_EVERY, _EMPTY_EVERY = 7, 12
_UNKNOWN_EVERY = 9


def fill(site: Site) -> None:
    """Fills an empty practice site."""
    random = Random(data.SEED)  # noqa: S311 - invented people, not secrets
    with site.store.write() as unit:
        buildings = _houses(unit, site.today())
        units = _units(unit, buildings, random)
        _people(unit, units, random)
        _map(unit, buildings)
        _crew(unit)
        _prices(unit)
        _lifts(unit, buildings)
        staff = _staff(unit, site)
    sample_days.play(site, staff)


def _houses(unit: Unit, today: date) -> dict[str, m.Building]:
    found = {}
    for place, house in enumerate(data.HOUSES):
        delivered = add_months(today.replace(day=18), -house.delivered_months_ago)
        row = unit.add(
            m.Building,
            code=house.code,
            name_zh=f"{house.code}栋",
            name_en=house.name_en,
            delivered_on=delivered,
            # Nobody has found the acceptance of one house: dates may be missing, and the rules must cope.
            accepted_on=None if house.code == "2" else delivered - _ACCEPTANCE,
            floors=data.FLOORS.stop - 1,
            position=place,
        )
        found[house.code] = unit.get(m.Building, row)
    return found


def _units(unit: Unit, buildings: dict[str, m.Building], random: Random) -> list[tuple[int, str]]:
    """All homes as (id, label); the common parts of houses and stairs are made beside them."""
    homes: list[tuple[int, str]] = []
    for code, building in buildings.items():
        for name in _common_parts(code):
            unit.add(m.Unit, building=building.id, stair=name.stair, room="", label=name.label)
        for name in _homes(code):
            delivered = building.delivered_on + timedelta(days=random.randrange(60))
            unknown = building.accepted_on is None and len(homes) % _UNKNOWN_EVERY == 0
            home = unit.add(
                m.Unit,
                building=building.id,
                stair=name.stair,
                room=name.room,
                label=name.label,
                floor=int(name.room[:-2]),
                delivered_on=None if unknown else delivered,
            )
            homes.append((home, name.label))
    return homes


def _common_parts(code: str) -> Iterator[UnitName]:
    yield UnitName(code, "", "")
    for stair in data.STAIRS:
        yield UnitName(code, stair, "")


def _homes(code: str) -> Iterator[UnitName]:
    for stair in data.STAIRS:
        for floor in data.FLOORS:
            for room in data.ROOMS:
                yield UnitName(code, stair, f"{floor}{room}")


class _Register:
    """Invented people, each name and number given once."""

    def __init__(self, unit: Unit, random: Random) -> None:
        self._unit = unit
        names = [surname + given for surname in data.SURNAMES for given in data.GIVEN]
        taken = {data.KNOWN_NAME, *(name for name, _, _ in data.STAFF)}
        self._names = iter([name for name in random.sample(names, len(names)) if name not in taken])
        self._tails = iter(tail for tail in random.sample(range(20_000), 2_000) if tail != data.KNOWN_TAIL)

    def add(
        self, home: int, relation: Relation, *, phone: bool = True, name: str = "", tail: int | None = None
    ) -> None:
        """Somebody who lives in a home or owns it."""
        full = name or next(self._names)
        person = self._unit.add(m.Person, name=full, folded=fold_name(full))
        self._unit.add(m.Residency, person=person, unit=home, relation=relation)
        if phone:
            self._phone(person, next(self._tails) if tail is None else tail)

    def _phone(self, person: int, tail: int) -> None:
        block = data.PHONE_BLOCKS[tail // 10_000]
        last_four = f"{tail % 10_000:04d}"
        number = f"{block[:3]} {block[3:]} {last_four}"
        self._unit.add(m.Phone, person=person, number=number, normal=block + last_four, last_four=last_four, main=True)


def _people(unit: Unit, homes: list[tuple[int, str]], random: Random) -> None:
    """Owners with their families, landlords with their tenants, owners of empty homes: about three hundred people."""
    register = _Register(unit, random)
    for place, (home, label) in enumerate(homes):
        if label == data.KNOWN_HOME:
            register.add(home, Relation.OWNER, name=data.KNOWN_NAME, tail=data.KNOWN_TAIL)
        else:
            register.add(home, Relation.OWNER)
        if place % _EMPTY_EVERY == _EMPTY_EVERY - 1 and label != data.KNOWN_HOME:
            continue
        let = place % _LET_EVERY == 3
        for _ in range(random.choice((1, 2, 2, 2))):
            register.add(home, Relation.TENANT if let else Relation.FAMILY, phone=let or random.random() < 0.6)


def _map(unit: Unit, buildings: dict[str, m.Building]) -> None:
    shapes = tuple(ways.Shape(kind, points, label, label_en) for kind, points, label, label_en in data.SHAPES)
    drawn = ways.SiteMap(size=data.SIZE, here=data.HERE, shapes=shapes)
    reference.keep_setting(unit, ways.MAP_SETTING, ways.write_map(drawn))
    for position, place in enumerate(data.PLACES):
        steps = {
            language: tuple(data.STEPS[step][column] for step in place.steps)
            for column, language in enumerate(("zh_CN", "en", "zh_TW"))
        }
        way = ways.Way(place.points[-1], place.points, place.minutes, steps)
        unit.add(
            m.Area,
            code=place.code,
            kind="stair" if place.house else "service",
            name_zh=place.names[0],
            name_en=place.names[1],
            name_tw=place.names[2],
            building=buildings[place.house].id if place.house else None,
            position=position,
            **ways.write_way(way),
        )


def _crew(unit: Unit) -> None:
    departments = {row.code: row.id for row in unit.all(m.Department.select())}
    for code, name, department, job, tail in data.CREW:
        phone = f"{data.PHONE_BLOCKS[1]}{tail:04d}"
        unit.add(m.Staff, code=code, name=name, department=departments[department], job=job, phone=phone)


def _prices(unit: Unit) -> None:
    for place, (code, name, name_en, per, yuan) in enumerate(data.PRICES):
        names = {"name_zh": name, "name_en": name_en}
        unit.add(m.PriceItem, code=code, **names, per=per, price_fen=yuan * 100, position=place)


def _lifts(unit: Unit, buildings: dict[str, m.Building]) -> None:
    """A lift in each stair, put in when the builder's work was done, with its maker's three years."""
    component = unit.one(m.Component.select().where(m.Component.code == "lift"))
    for code, building in buildings.items():
        for stair in data.STAIRS:
            unit.add(
                m.Equipment,
                code=f"L{code}{stair}",
                name=f"{code}栋{stair}单元电梯",
                component=component.id,
                building=building.id,
                unit=None,
                installed_on=building.accepted_on,
                warranty_months=36,
                external_unit=component.external_unit,
            )


def _staff(unit: Unit, site: Site) -> tuple[Actor, ...]:
    """Invented colleagues, so that the days before have names; nobody knows their passwords."""
    actors = []
    for name, login, role in data.STAFF:
        ready = accounts.ReadyAccount(login, name, Role(role), accounts.NO_PASSWORD)
        actors.append(Actor(accounts.insert(unit, ready, site.now()), name, Role(role), "前台"))
    return tuple(actors)
