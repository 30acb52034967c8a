"""Which row a cell means: by its code, by its name in any language; a home by its number in any writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from frontdesk.domain.premises import UnitName, parse_unit
from frontdesk.domain.sitebook import Cell, Column, ColumnKind, SheetKey
from frontdesk.services.sitebook import words
from frontdesk.services.sitebook.cells import WrongCell
from frontdesk.services.sitebook.tables import Values
from frontdesk.services.views.sitebook import MistakeKind

_NAMES = ("code", "name_zh", "name_en", "name_tw")


@dataclass(slots=True)
class Directory:
    """The rows that may be named. `broken` are buildings whose own row is wrong, so that their homes are not known."""

    codes: dict[SheetKey, dict[str, str]] = field(default_factory=dict)  # folded → code
    homes: dict[tuple[str, str, str], str] = field(default_factory=dict)  # folded building, stair, room → label
    labels: dict[str, str] = field(default_factory=dict)  # folded → label
    broken: set[str] = field(default_factory=set)
    _rooms: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add_rows(self, key: SheetKey, rows: Iterable[Values]) -> None:
        """Rows with codes; a code wins over a name, and a name that two rows have means neither."""
        known, names = self.codes.setdefault(key, {}), dict[str, set[str]]()
        for values in rows:
            code = str(values.get("code") or "")
            known[words.fold(code)] = code
            for name in _NAMES[1:]:
                if values.get(name):
                    names.setdefault(words.fold(str(values[name])), set()).add(code)
        for name, codes in names.items():
            if len(codes) == 1:
                known.setdefault(name, next(iter(codes)))

    def add_homes(self, names: Iterable[UnitName]) -> None:
        """Homes that are there, or will be."""
        for name in names:
            place = (words.fold(name.building), words.fold(name.stair), words.fold(name.room))
            if place not in self.homes:
                self.homes[place] = name.label
                self.labels[words.fold(name.label)] = name.label
                self._rooms.setdefault((place[0], place[2]), []).append(name.label)

    def resolved(self, column: Column, cell: Cell) -> Cell:
        """The code or label that a cell means; other cells as they are.

        Raises:
            WrongCell: there is no such row.
        """
        if cell is None:
            return None
        if column.kind is ColumnKind.UNIT:
            return self._home(str(cell))
        if column.link is None:
            return cell
        known = self.codes.get(column.link, {})
        code = known.get(words.fold(str(cell)))
        if code is None:
            raise WrongCell(MistakeKind.LINK_MISSING, words.near(str(cell), _unfolded(known)))
        return code

    def _home(self, typed: str) -> str | None:
        label = self.labels.get(words.fold(typed))
        if label is not None:
            return label
        name = self._parsed(typed)
        if name is not None:
            building = words.fold(self.codes.get(SheetKey.BUILDINGS, {}).get(words.fold(name.building), name.building))
            if building in self.broken:
                return None
            rooms = self._rooms.get((building, words.fold(name.room)), [])
            label = self.homes.get((building, words.fold(name.stair), words.fold(name.room)))
            if label is None and not name.stair and len(rooms) == 1:
                (label,) = rooms
        if label is None:
            wanted = name.label if name else typed
            raise WrongCell(MistakeKind.NOT_A_UNIT, words.near(wanted, list(self.labels.values())))
        return label

    def _parsed(self, typed: str) -> UnitName | None:
        """A home's number in its parts, also where it begins with its building's name."""
        parsed = parse_unit(typed)
        folded = words.fold(typed)
        named = sorted(self.codes.get(SheetKey.BUILDINGS, {}).items(), key=lambda pair: -len(pair[0]))
        for name, code in named if parsed is None else ():
            if folded.startswith(name) and (found := parse_unit(f"1-{folded.removeprefix(name).lstrip('-栋幢座/')}")):
                return UnitName(code, found.stair, found.room)
        return parsed


def _unfolded(known: Mapping[str, str]) -> list[str]:
    """Names and codes that may be offered as hints."""
    return sorted({*known, *known.values()})
