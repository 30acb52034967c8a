"""Buildings with the plan by which their homes are made, and the homes themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from frontdesk.domain import homes
from frontdesk.domain.homes import DEFAULT_PATTERN, UnitPlan
from frontdesk.domain.premises import UnitName
from frontdesk.domain.sitebook import Cell, SheetKey
from frontdesk.services import reference
from frontdesk.services.errors import RowInUse
from frontdesk.services.sitebook.tables import Book, Stored, Table, Values
from frontdesk.storage import models as m

PLANS = "site.home_plans"  # how the homes of each building are made, by the building's code
_PLANNED = ("stairs", "homes", "pattern", "no_floors", "no_homes")
_AT_ONCE = 500  # rows of one statement


def plan_of(values: Values) -> UnitPlan | None:
    """The plan that a building's row names; None where it names none.

    Raises:
        BadRange: what is left out is no range of numbers.
    """
    floors, on_floor = values.get("floors"), values.get("homes")
    if not isinstance(floors, int) or not isinstance(on_floor, int):
        return None
    stairs, pattern = values.get("stairs"), values.get("pattern")
    no_floors, no_homes = (homes.numbers(_texts(values.get(key))) for key in ("no_floors", "no_homes"))
    return UnitPlan(
        stairs if isinstance(stairs, int) else 0, floors, on_floor, str(pattern or DEFAULT_PATTERN), no_floors, no_homes
    )


def plan_values(plan: UnitPlan) -> dict[str, Cell]:
    """A plan as the cells of its building's row."""
    left_out = {
        key: tuple(str(number) for number in sorted(numbers))
        for key, numbers in (("no_floors", plan.no_floors), ("no_homes", plan.no_homes))
    }
    pattern = None if plan.pattern == DEFAULT_PATTERN else plan.pattern
    return {"stairs": plan.stairs, "floors": plan.floors, "homes": plan.homes, "pattern": pattern, **left_out}


def _texts(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else ()


def make_homes(book: Book, code: str, plan: UnitPlan) -> tuple[str, ...]:
    """Makes the homes and common parts of a building that are not there yet; the new homes' labels.

    They are delivered with their building until somebody enters another day.

    Raises:
        BadPattern: homes cannot be numbered like this.
    """
    building = book.unit.get(m.Building, book.ids(SheetKey.BUILDINGS)[code])
    there = book.unit_ids()
    made = [home for home in homes.homes(code, plan) if home.name.label not in there]
    common_parts(book, building.id, homes.common_parts(code, plan.stairs))
    add_units(
        book,
        [
            {
                **_place(building.id, home.name),
                "floor": home.floor,
                "delivered_on": building.delivered_on,
                "accepted_on": None,
                "note": "",
            }
            for home in made
        ],
    )
    return tuple(home.name.label for home in made)


def common_parts(book: Book, building_id: int, names: Iterable[UnitName]) -> None:
    """Makes the common parts that are not there yet; their dates are their building's."""
    there = book.unit_ids()
    blank = {"floor": None, "delivered_on": None, "accepted_on": None, "note": ""}
    add_units(book, [_place(building_id, name) | blank for name in names if name.label not in there])


def add_units(book: Book, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds homes, all with the same fields, many at once."""
    for first in range(0, len(rows), _AT_ONCE):
        book.unit.run(m.Unit.insert_many(list(rows[first : first + _AT_ONCE])))
    if rows:
        book.forget(SheetKey.UNITS)


def _place(building_id: int, name: UnitName) -> dict[str, Any]:
    return {"building": building_id, "stair": name.stair, "room": name.room, "label": name.label}


class BuildingTable(Table):
    """Buildings; a plan that is new or has changed makes the homes that are not there yet, and removes none."""

    def __init__(self) -> None:
        super().__init__(SheetKey.BUILDINGS, m.Building)

    def stored(self, book: Book) -> list[Stored]:
        """All buildings with their plans."""
        plans = reference.setting(book.unit, PLANS, {})
        return [Stored(row.id, self._with_plan(row.values, plans)) for row in super().stored(book)]

    def add(self, book: Book, values: Values) -> int:
        """Adds a building with its own common part, and its homes."""
        added = super().add(book, values)
        code = str(values["code"])
        common_parts(book, added, [UnitName(code, "", "")])
        self._plan(book, code, values)
        return added

    def change(self, book: Book, row_id: int, values: Values) -> None:
        """Changes a building; homes that were delivered with it still are."""
        before = book.unit.get(m.Building, row_id)
        super().change(book, row_id, values)
        now = values.get("delivered_on")
        if before.delivered_on != now:
            self._deliver(book, row_id, before.delivered_on, now if isinstance(now, date) else None)
        self._plan(book, str(values["code"]), values)

    def set_active(self, book: Book, row_id: int, active: bool) -> None:
        """Removes a building without homes; raises RowInUse, IntegrityError."""
        homes_there = (m.Unit.building == row_id) & (m.Unit.room != "")
        if not active and book.unit.count(m.Unit.select().where(homes_there)):
            raise RowInUse(self.sheet.key)
        if not active:
            book.unit.run(m.Unit.delete().where(m.Unit.building == row_id))
        super().set_active(book, row_id, active)

    def settled(self, values: Values) -> Values:
        """What is left out, each number by itself and in order."""
        ordered = {
            key: tuple(str(number) for number in sorted(homes.numbers(_texts(values.get(key)))))
            for key in ("no_floors", "no_homes")
        }
        pattern = values.get("pattern")
        return {**values, **ordered, "pattern": None if pattern == DEFAULT_PATTERN else pattern}

    def _with_plan(self, values: Values, plans: Mapping[str, Mapping[str, Any]]) -> Values:
        plan = plans.get(str(values["code"]), {})
        kept = {key: plan.get(key) for key in _PLANNED}
        left_out = {key: tuple(plan.get(key, ())) for key in ("no_floors", "no_homes")}
        return {**values, **kept, **left_out}

    def _plan(self, book: Book, code: str, values: Values) -> None:
        """Keeps the plan, and makes the homes where it is new or none are there."""
        plans = dict(reference.setting(book.unit, PLANS, {}))
        wanted: dict[str, Any] = {
            key: list(value) if isinstance(value := values.get(key), tuple) else value for key in _PLANNED
        }
        wanted["floors"] = values.get("floors")
        known = plans.get(code) == wanted
        if not known:
            reference.keep_setting(book.unit, PLANS, plans | {code: wanted})
        plan = plan_of(values)
        if plan is not None and (not known or not self._has_homes(book, code)):
            make_homes(book, code, plan)

    def _has_homes(self, book: Book, code: str) -> bool:
        building = book.ids(SheetKey.BUILDINGS)[code]
        return bool(book.unit.count(m.Unit.select().where((m.Unit.building == building) & (m.Unit.room != ""))))

    def _deliver(self, book: Book, building_id: int, before: date | None, now: date | None) -> None:
        same = m.Unit.delivered_on.is_null() if before is None else m.Unit.delivered_on == before
        theirs = (m.Unit.building == building_id) & (m.Unit.room != "") & same
        book.unit.run(m.Unit.update(delivered_on=now).where(theirs))


class UnitTable(Table):
    """Homes; the common parts are made with them and do not stand in the sheet."""

    def __init__(self) -> None:
        super().__init__(SheetKey.UNITS, m.Unit)

    def stored(self, book: Book) -> list[Stored]:
        """All homes, building by building."""
        keys = [column.key for column in self.sheet.columns]
        codes = {row_id: code for code, row_id in book.ids(SheetKey.BUILDINGS).items()}
        columns = [m.Unit.id, *(getattr(m.Unit, key) for key in keys)]
        rows = book.unit.all(
            m.Unit.select(*columns).where(m.Unit.room != "").order_by(m.Unit.building, m.Unit.id).tuples()
        )
        out = []
        for row_id, building, *rest in rows:
            values = dict(zip(keys, (codes[building], *(None if one == "" else one for one in rest)), strict=True))
            out.append(Stored(row_id, values))
        return out

    def add(self, book: Book, values: Values) -> int:
        """Adds a home, with the common parts it needs."""
        self.add_many(book, [values])
        return book.unit_ids()[self._name(values).label]

    def add_many(self, book: Book, rows: Sequence[Values]) -> None:
        """Adds homes, with the common parts they need."""
        fields = [self.fields(book, values) for values in rows]
        stairs = {
            (one["building"], self._name(values).building, one["stair"])
            for one, values in zip(fields, rows, strict=True)
        }
        for building, code, stair in sorted(stairs):
            common_parts(book, building, dict.fromkeys((UnitName(code, "", ""), UnitName(code, stair, ""))))
        add_units(book, fields)

    def fields(self, book: Book, values: Values) -> dict[str, Any]:
        """The home's fields, its label among them."""
        return super().fields(book, values) | {"label": self._name(values).label}

    def _name(self, values: Values) -> UnitName:
        return UnitName(str(values["building"]), str(values.get("stair") or ""), str(values["room"]))
