"""How the rows of the sheets are kept: the plain ones, whose columns are those of one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdesk.domain.sitebook import SHEETS, Cell, Column, ColumnKind, Sheet, SheetKey
from frontdesk.services.errors import RowInUse
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

Values = Mapping[str, Cell]

LINKED: dict[SheetKey, Any] = {
    SheetKey.BUILDINGS: m.Building,
    SheetKey.DEPARTMENTS: m.Department,
    SheetKey.EXTERNAL_UNITS: m.ExternalUnit,
    SheetKey.COMPONENTS: m.Component,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it is kept."""

    id: int
    values: Values
    active: bool = True


@dataclass(slots=True)
class Book:
    """The site's data within one transaction; `source` says who enters it (`site_years`)."""

    unit: Unit
    today: date
    source: str
    _ids: dict[SheetKey, dict[str, int]] = field(default_factory=dict)
    _units: dict[str, int] = field(default_factory=dict)

    def ids(self, key: SheetKey) -> dict[str, int]:
        """The rows of a sheet that others link to, by code."""
        if key not in self._ids:
            model = LINKED[key]
            self._ids[key] = dict(self.unit.all(model.select(model.code, model.id).tuples()))
        return self._ids[key]

    def unit_ids(self) -> dict[str, int]:
        """The homes and common parts, by label."""
        if not self._units:
            self._units.update(self.unit.all(m.Unit.select(m.Unit.label, m.Unit.id).tuples()))
        return self._units

    def forget(self, key: SheetKey) -> None:
        """Rows of a sheet were added, so that what was read of them no longer holds."""
        self._ids.pop(key, None)
        if key in (SheetKey.UNITS, SheetKey.BUILDINGS):
            self._units.clear()


class Table:
    """A sheet whose columns are those of one model; others differ in parts."""

    def __init__(self, key: SheetKey, model: Any) -> None:
        self.sheet: Sheet = SHEETS[key]
        self.model = model
        self.kept = frozenset(model._meta.fields)

    def stored(self, book: Book) -> list[Stored]:
        """All rows, in the order in which they are shown."""
        order = [getattr(self.model, name) for name in ("position", "day", "level", "id") if name in self.kept]
        rows = book.unit.all(self.model.select().order_by(*order))
        names = {column.link: _turned(book.ids(column.link)) for column in self.sheet.columns if column.link}
        if any(column.kind is ColumnKind.UNIT for column in self.sheet.columns):
            names[SheetKey.UNITS] = _turned(book.unit_ids())
        return [Stored(row.id, self._values(row, names), getattr(row, "active", True)) for row in rows]

    def add(self, book: Book, values: Values) -> int:
        """Adds a row; its id."""
        fields = self.fields(book, values)
        if "position" in self.kept:
            fields["position"] = book.unit.count(self.model.select())
        added = book.unit.add(self.model, **fields)
        book.forget(self.sheet.key)
        return added

    def add_many(self, book: Book, rows: Sequence[Values]) -> None:
        """Adds rows of a workbook."""
        for values in rows:
            self.add(book, values)

    def change(self, book: Book, row_id: int, values: Values) -> None:
        """Gives a row other values, and takes it back into use."""
        fields = self.fields(book, values)
        if "active" in self.kept:
            fields["active"] = True
        book.unit.change(self.model, row_id, **fields)
        book.forget(self.sheet.key)

    def change_many(self, book: Book, rows: Iterable[tuple[Stored, Values]]) -> None:
        """Gives rows the values of a workbook."""
        for before, values in rows:
            self.change(book, before.id, values)

    def set_active(self, book: Book, row_id: int, active: bool) -> None:
        """Takes a row out of use or back into it; a row of a table without that is removed.

        Raises:
            RowInUse: it cannot be removed, or not be brought back.
            peewee.IntegrityError: other rows refer to it.
        """
        if "active" in self.kept:
            book.unit.change(self.model, row_id, active=active)
        elif not active:
            book.unit.run(self.model.delete().where(self.model.id == row_id))
        else:
            raise RowInUse(self.sheet.key)

    def settled(self, values: Values) -> Values:
        """The values as they are kept, with what follows from them."""
        return values

    def same(self, one: Values, other: Values) -> bool:
        """Whether two rows say the same."""
        return dict(one) == dict(other)

    def fields(self, book: Book, values: Values) -> dict[str, Any]:
        """The model's fields for a row's values."""
        return {
            column.key: self._kept(book, column, values[column.key])
            for column in self.sheet.columns
            if column.key in self.kept and column.key in values
        }

    def _kept(self, book: Book, column: Column, value: Cell) -> Any:
        if column.link is not None:
            return None if value is None else book.ids(column.link)[str(value)]
        if column.kind is ColumnKind.UNIT:
            return None if value is None else book.unit_ids()[str(value)]
        if isinstance(value, tuple):
            return list(value)
        return "" if value is None and not self.model._meta.fields[column.key].null else value

    def _values(self, row: Any, names: Mapping[SheetKey, Mapping[int, str]]) -> Values:
        out: dict[str, Cell] = {}
        for column in self.sheet.columns:
            value = getattr(row, column.key, None)
            linked = SheetKey.UNITS if column.kind is ColumnKind.UNIT else column.link
            if linked is not None:
                value = None if value is None else names[linked][value]
            elif column.kind is ColumnKind.WORDS:
                value = tuple(value or ())
            out[column.key] = None if value == "" else value
        return out


def _turned(ids: Mapping[str, int]) -> dict[int, str]:
    return {row_id: code for code, row_id in ids.items()}
