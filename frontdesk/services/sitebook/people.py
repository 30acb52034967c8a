"""Residents: who lives in or owns a home, with their numbers. One person may belong to several homes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from frontdesk.domain.people import fold_name, normalise_phone
from frontdesk.domain.sitebook import Cell, SheetKey
from frontdesk.services.sitebook.tables import Book, Stored, Table, Values
from frontdesk.storage import models as m

_AT_ONCE = 500
Who = tuple[str, frozenset[str]]  # a folded name and numbers: by these two people are taken for one


def _numbers(values: Values) -> tuple[str, ...]:
    phones = values.get("phones")
    return phones if isinstance(phones, tuple) else ()


def _normals(values: Values) -> frozenset[str]:
    return frozenset(normalise_phone(number) for number in _numbers(values))


def _who(values: Values) -> Who:
    return fold_name(str(values["name"])), _normals(values)


class ResidentTable(Table):
    """A row is a person's belonging to a home until they move out."""

    def __init__(self) -> None:
        super().__init__(SheetKey.RESIDENTS, m.Residency)

    def stored(self, book: Book) -> list[Stored]:
        """Everybody, also those who moved out."""
        phones: dict[int, list[str]] = defaultdict(list)
        current = m.Phone.select(m.Phone.person, m.Phone.number).where(m.Phone.ended_on.is_null())
        for person, number in book.unit.all(current.order_by(m.Phone.main.desc(), m.Phone.id).tuples()):
            phones[person].append(number)
        residency, person, unit = m.Residency, m.Person, m.Unit
        columns = (residency.id, unit.label, person.name, residency.relation, person.id, person.language)
        query = (
            residency.select(*columns, residency.moved_in, residency.moved_out)
            .join(person, on=(residency.person == person.id))
            .switch(residency)
            .join(unit, on=(residency.unit == unit.id))
            .order_by(unit.id, residency.id)
        )
        rows = book.unit.all(query.tuples())
        return [
            Stored(
                row_id,
                {
                    "unit": label,
                    "name": name,
                    "relation": relation,
                    "phones": tuple(phones[person_id]),
                    "language": language or None,
                    "moved_in": moved_in,
                    "moved_out": moved_out,
                },
                moved_out is None,
            )
            for row_id, label, name, relation, person_id, language, moved_in, moved_out in rows
        ]

    def add(self, book: Book, values: Values) -> int:
        """Adds somebody to a home; who has the same name and numbers already is the same person."""
        self.add_many(book, [values])
        return int(book.unit.scalar(m.Residency.select(m.Residency.id).order_by(m.Residency.id.desc())))

    def add_many(self, book: Book, rows: Sequence[Values]) -> None:
        """Adds people to their homes, many at once."""
        persons = self._persons(book, rows)
        units = book.unit_ids()
        residencies = [
            {"person": person, "unit": units[str(values["unit"])], **_stay(values)}
            for person, values in zip(persons, rows, strict=True)
        ]
        for first in range(0, len(residencies), _AT_ONCE):
            book.unit.run(m.Residency.insert_many(residencies[first : first + _AT_ONCE]))

    def change(self, book: Book, row_id: int, values: Values) -> None:
        """Changes a belonging, and the person wherever they belong."""
        row = book.unit.get(m.Residency, row_id)
        self._move(book, row_id, values)
        self._change_person(book, row.person, values)

    def change_many(self, book: Book, rows: Iterable[tuple[Stored, Values]]) -> None:
        """Changes belongings by a workbook. Where only some rows of a person have other numbers, those are of somebody
        else from now on: so the same workbook, taken in again, changes nothing."""
        changed = {before.id: values for before, values in rows}
        persons = dict(book.unit.all(m.Residency.select(m.Residency.id, m.Residency.person).tuples()))
        theirs: dict[int, set[int]] = defaultdict(set)
        for row_id, person in persons.items():
            theirs[person].add(row_id)
        for row_id, values in changed.items():
            self._move(book, row_id, values)
            person = persons[row_id]
            news = [changed.get(other) for other in theirs[person]]
            if all(new is not None and self._like(new, values) for new in news):
                self._change_person(book, person, values)
            elif not self._is(book, person, values):
                (other_person,) = self._persons(book, [values])
                book.unit.change(m.Residency, row_id, person=other_person)

    def set_active(self, book: Book, row_id: int, active: bool) -> None:
        """Somebody moves out today, or has not moved out after all."""
        book.unit.change(m.Residency, row_id, moved_out=None if active else book.today)

    def same(self, one: Values, other: Values) -> bool:
        """Whether two rows say the same; a number may be written in several ways."""
        rest = [key for key in one if key != "phones"]
        return self._like(one, other) and all(one[key] == other.get(key) for key in rest)

    def _like(self, one: Values, other: Values) -> bool:
        return _normals(one) == _normals(other) and one.get("language") == other.get("language")

    def _is(self, book: Book, person_id: int, values: Values) -> bool:
        current = (m.Phone.person == person_id) & m.Phone.ended_on.is_null()
        numbers = {row.normal for row in book.unit.all(m.Phone.select().where(current))}
        person = book.unit.get(m.Person, person_id)
        return numbers == _normals(values) and (person.language or None) == values.get("language")

    def _move(self, book: Book, row_id: int, values: Values) -> None:
        book.unit.change(m.Residency, row_id, unit=book.unit_ids()[str(values["unit"])], **_stay(values))

    def _change_person(self, book: Book, person_id: int, values: Values) -> None:
        name = str(values["name"])
        language = values.get("language") or ""
        book.unit.change(m.Person, person_id, name=name, folded=fold_name(name), language=language)
        current = (m.Phone.person == person_id) & m.Phone.ended_on.is_null()
        before = {row.normal: row for row in book.unit.all(m.Phone.select().where(current))}
        for normal, row in before.items():
            if normal not in _normals(values):
                book.unit.change(m.Phone, row.id, ended_on=book.today, main=False)
        for place, number in enumerate(_numbers(values)):
            kept = before.get(normalise_phone(number))
            if kept is not None:
                book.unit.change(m.Phone, kept.id, number=number, main=place == 0)
            else:
                book.unit.add(m.Phone, **_phone(person_id, place, number))

    def _persons(self, book: Book, rows: Sequence[Values]) -> list[int]:
        """A person for each row: those of a name and numbers that are known are taken, others made, many at once."""
        known = self._known(book) if any(_normals(values) for values in rows) else {}
        new: list[Values] = []
        places: dict[Who, int] = {}
        wanted: list[int | Who | None] = []  # an id, a person to be made who is shared, or one who is not
        for values in rows:
            who = _who(values)
            if who[1] and who in known:
                wanted.append(known[who])
            elif who[1] and who in places:
                wanted.append(who)
            else:
                if who[1]:
                    places[who] = len(new)
                new.append(values)
                wanted.append(who if who[1] else None)
        made = self._make(book, new)
        alone = iter(made[place] for place, values in enumerate(new) if not _normals(values))
        return [one if isinstance(one, int) else next(alone) if one is None else made[places[one]] for one in wanted]

    def _known(self, book: Book) -> dict[Who, int]:
        numbers: dict[int, set[str]] = defaultdict(set)
        current = m.Phone.select(m.Phone.person, m.Phone.normal).where(m.Phone.ended_on.is_null())
        for person, normal in book.unit.all(current.tuples()):
            numbers[person].add(normal)
        people = book.unit.all(m.Person.select(m.Person.id, m.Person.folded).order_by(m.Person.id.desc()).tuples())
        return {(folded, frozenset(numbers[person])): person for person, folded in people if numbers[person]}

    def _make(self, book: Book, rows: Sequence[Values]) -> list[int]:
        made: list[int] = []
        for first in range(0, len(rows), _AT_ONCE):
            made += self._make_some(book, rows[first : first + _AT_ONCE])
        phones = [
            _phone(person, place, number)
            for person, values in zip(made, rows, strict=True)
            for place, number in enumerate(_numbers(values))
        ]
        for first in range(0, len(phones), _AT_ONCE):
            book.unit.run(m.Phone.insert_many(phones[first : first + _AT_ONCE]))
        return made

    def _make_some(self, book: Book, rows: Sequence[Values]) -> list[int]:
        fields = [
            {"name": name, "folded": fold_name(name), "language": values.get("language") or ""}
            for values in rows
            for name in [str(values["name"])]
        ]
        added = book.unit.all(m.Person.insert_many(fields).returning(m.Person.id, m.Person.folded))
        if [row.folded for row in added] != [one["folded"] for one in fields]:
            raise RuntimeError("the database gave the new rows back in another order")
        return [row.id for row in added]


def _stay(values: Values) -> dict[str, Cell | date]:
    return {key: values.get(key) for key in ("relation", "moved_in", "moved_out")}


def _phone(person_id: int, place: int, number: str) -> dict[str, Any]:
    normal = normalise_phone(number)
    return {"person": person_id, "number": number, "normal": normal, "last_four": normal[-4:], "main": place == 0}
