"""The sheets on the screen: rows to look through, to save one by one, to take out of use and back."""

from __future__ import annotations

from collections.abc import Mapping

import peewee

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.homes import BadPattern, UnitPlan
from frontdesk.domain.homes import homes as planned_homes
from frontdesk.domain.people import mask_phone, normalise_phone
from frontdesk.domain.premises import UnitName, parse_unit
from frontdesk.domain.sitebook import SHEETS, Cell, SheetKey
from frontdesk.services import inputs, reception, site_years
from frontdesk.services.errors import BadInput, NotFound, RowInUse
from frontdesk.services.site import Site
from frontdesk.services.sitebook import aftermath, checking, houses, words
from frontdesk.services.sitebook.book import TABLES, identity
from frontdesk.services.sitebook.cells import EPOCH, WrongCell
from frontdesk.services.sitebook.checking import ReadRow
from frontdesk.services.sitebook.names import Directory
from frontdesk.services.sitebook.tables import LINKED, Book, Stored, Table, Values
from frontdesk.services.views.sitebook import MistakeKind, RowView, SheetView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


def require(actor: Actor, key: SheetKey) -> None:
    """Lets pass only who may see and change a sheet; raises Forbidden."""
    access.require(actor, Permission.MANAGE_SITE)
    if key is SheetKey.RESIDENTS:
        access.require(actor, Permission.SEE_PEOPLE)


def sheet(
    site: Site, actor: Actor, key: SheetKey, text: str = "", *, offset: int = 0, limit: int = 200, retired: bool = False
) -> SheetView:
    """A sheet's rows that hold the text; residents' numbers are masked. `retired`: those that are out of use.

    Raises:
        Forbidden: the actor may not manage the site, or not see people.
    """
    require(actor, key)
    home = parse_unit(text)
    sought = {words.fold(text), words.fold(home.label) if home else words.fold(text)}
    with site.store.read() as unit:
        rows = [row for row in TABLES[key].stored(_book(unit, site)) if row.active is not retired]
        found = [row for row in rows if any(one in _searched(key, row.values) for one in sought)] if text else rows
        return SheetView(key, tuple(_view(key, row) for row in found[offset : offset + limit]), len(found))


def choices(site: Site, actor: Actor, key: SheetKey) -> tuple[tuple[str, str], ...]:
    """The rows of a sheet that others may name: code and name in the language of the moment.

    Raises:
        Forbidden: the actor may not manage the site.
    """
    require(actor, key)
    name = "name_en" if words.spoken() == "en" else "name_zh"
    with site.store.read() as unit:
        rows = [row.values for row in TABLES[key].stored(_book(unit, site)) if row.active]
    if key is SheetKey.UNITS:
        return tuple((_label(values), _label(values)) for values in rows)
    return tuple((str(values["code"]), str(values.get(name) or values.get("name_zh") or "")) for values in rows)


def save_row(site: Site, actor: Actor, key: SheetKey, values: Mapping[str, Cell], row_id: int | None = None) -> RowView:
    """Adds a row, or gives one other values; columns that are not named stay. A building with a plan gets its homes.

    A masked number of a resident stands for the number behind it.

    Raises:
        Forbidden: the actor may not manage the site.
        BadInput: a value cannot be taken; `field` is the column, the problem a MistakeKind.
        NotFound: the row is gone.
    """
    require(actor, key)
    table = TABLES[key]
    with site.store.write() as unit:
        book = _book(unit, site)
        rows = table.stored(book)
        before = _find(rows, row_id, key)
        row = _checked(book, key, values, before)
        found = identity(table, row.values)
        same = [one for one in rows if one.active and one.id != row_id and identity(table, one.values) == found]
        if same and key is not SheetKey.RULES:
            raise BadInput(table.sheet.identity[-1], MistakeKind.TWICE)
        settled = table.settled(row.values)
        if before is None:
            row_id = table.add(book, settled)
        else:
            table.change(book, before.id, settled)
        changed = sorted(name for name in settled if before is None or settled[name] != before.values.get(name))
        _on_record(unit, site, actor, "sitebook.saved", key, row_id or 0, {"columns": changed})
        return _view(key, _find(table.stored(book), row_id, key) or before)


def retire_row(site: Site, actor: Actor, key: SheetKey, row_id: int) -> RowView | None:
    """Takes a row out of use: a resident moves out today, what has no such state is removed (the answer is None).

    Raises:
        Forbidden: the actor may not manage the site.
        RowInUse: others refer to the row, or it must always be there.
        NotFound: the row is gone.
    """
    return _set_active(site, actor, key, row_id, False)


def revive_row(site: Site, actor: Actor, key: SheetKey, row_id: int) -> RowView | None:
    """Takes a row back into use; raises as `retire_row`."""
    return _set_active(site, actor, key, row_id, True)


def reveal_phone(site: Site, actor: Actor, row_id: int, reason: str) -> str:
    """The numbers of a resident's row in full; who asked and why stands in the audit trail.

    Raises:
        Forbidden, BadInput, NotFound: as `reception.reveal_phone`.
    """
    access.require(actor, Permission.REVEAL_PHONES)
    with site.store.read() as unit:
        person = int(unit.get(m.Residency, row_id).person)
    return reception.reveal_phone(site, actor, person, reason)


def generate_units(
    site: Site, actor: Actor, building_code: str, plan: UnitPlan, *, dry_run: bool = False
) -> tuple[str, ...]:
    """Makes the homes of a building by a plan, those that are not there yet; all labels of the plan on a dry run.

    Raises:
        Forbidden: the actor may not manage the site.
        BadInput: the homes cannot be numbered like this, or are too many.
        NotFound: there is no such building.
    """
    require(actor, SheetKey.UNITS)
    values: dict[str, Cell] = {"code": inputs.line("code", building_code, needed=True), **houses.plan_values(plan)}
    for found in checking.together(SheetKey.BUILDINGS, values):
        raise BadInput(found.column, found.kind)
    if dry_run:
        return tuple(home.name.label for home in planned_homes(building_code, plan))
    with site.store.write() as unit:
        book, table = _book(unit, site), TABLES[SheetKey.BUILDINGS]
        before = next((row for row in table.stored(book) if row.values["code"] == building_code), None)
        if before is None:
            raise NotFound(table="building", key=building_code)
        there = set(book.unit_ids())
        table.change(book, before.id, table.settled({**before.values, **values}))
        try:
            houses.make_homes(book, building_code, plan)
        except BadPattern as bad:
            raise BadInput("pattern", MistakeKind.NOT_ONE_OF) from bad
        made = tuple(home.name.label for home in planned_homes(building_code, plan) if home.name.label not in there)
        _on_record(unit, site, actor, "sitebook.homes_made", SheetKey.UNITS, before.id, {"homes": len(made)})
        return made


# --- what these have in common ---------------------------------------------------------------------------------------


def _book(unit: Unit, site: Site) -> Book:
    return Book(unit, site.today(), site_years.PERSON)


def _find(rows: list[Stored], row_id: int | None, key: SheetKey) -> Stored | None:
    if row_id is None:
        return None
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        raise NotFound(table=key.value, key=row_id)
    return found


def _view(key: SheetKey, row: Stored | None) -> RowView:
    if row is None:
        raise NotFound(table=key.value, key=None)
    phones = row.values.get("phones")
    if key is not SheetKey.RESIDENTS or not isinstance(phones, tuple):
        return RowView(row.id, row.values, row.active)
    masked = tuple(mask_phone(normalise_phone(number)) for number in phones)
    return RowView(row.id, {**row.values, "phones": masked}, row.active)


def _searched(key: SheetKey, values: Values) -> str:
    """What a row is found by: all that stands in it, and a home's whole name."""
    texts = [_label(values)] if key is SheetKey.UNITS else []
    for value in values.values():
        texts += value if isinstance(value, tuple) else [str(value)] if value is not None else []
    return "\n".join(words.fold(text) for text in texts)


def _label(values: Values) -> str:
    return UnitName(str(values["building"]), str(values.get("stair") or ""), str(values["room"])).label


def _checked(book: Book, key: SheetKey, values: Mapping[str, Cell], before: Stored | None) -> ReadRow:
    """The whole row, read and resolved; raises BadInput at the first thing that is wrong."""
    table = TABLES[key]
    kept = dict(before.values) if before else {}
    given = dict(values)
    if key is SheetKey.RESIDENTS and "phones" in given:
        given["phones"] = _unmasked(given["phones"], kept.get("phones"))
    row = ReadRow(key, 0, {**kept, **given})
    checking.read_row(row, table.sheet.columns, EPOCH)
    directory = _directory(book, table)
    for column in checking.named_columns(table.sheet):
        try:
            row.values[column.key] = directory.resolved(column, row.values.get(column.key))
        except WrongCell as wrong:
            raise BadInput(column.key, wrong.kind) from wrong
    fixed = before is not None and "code" in kept and row.values.get("code") != kept["code"]
    if fixed:
        raise BadInput("code", MistakeKind.FIXED)
    for found in row.wrong or checking.together(key, row.values):
        raise BadInput(found.column, found.kind)
    return row


def _unmasked(typed: Cell, kept: Cell) -> Cell:
    known = kept if isinstance(kept, tuple) else ()
    masks = {mask_phone(normalise_phone(number)): number for number in known}
    numbers = typed if isinstance(typed, tuple) else tuple(str(typed or "").replace("，", ",").split(","))
    return tuple(masks.get(number.strip(), number) for number in numbers)


def _directory(book: Book, table: Table) -> Directory:
    directory = Directory()
    needed = table.sheet.links | {SheetKey.BUILDINGS}
    for key in needed & set(LINKED):
        directory.add_rows(key, [row.values for row in TABLES[key].stored(book)])
    if SheetKey.UNITS in table.sheet.links:
        homes = [row.values for row in TABLES[SheetKey.UNITS].stored(book)]
        directory.add_homes(
            UnitName(str(one["building"]), str(one.get("stair") or ""), str(one["room"])) for one in homes
        )
    return directory


def _set_active(site: Site, actor: Actor, key: SheetKey, row_id: int, active: bool) -> RowView | None:
    require(actor, key)
    table = TABLES[key]
    try:
        with site.store.write() as unit:
            book = _book(unit, site)
            _find(table.stored(book), row_id, key)
            table.set_active(book, row_id, active)
            action = "sitebook.revived" if active else "sitebook.retired"
            _on_record(unit, site, actor, action, key, row_id, {})
            left = next((row for row in table.stored(book) if row.id == row_id), None)
            return None if left is None else _view(key, left)
    except peewee.IntegrityError as referred:
        raise RowInUse(key) from referred


def _on_record(
    unit: Unit, site: Site, actor: Actor, action: str, key: SheetKey, row_id: int, detail: Mapping[str, object]
) -> None:
    unit.audit(actor, action, f"{SHEETS[key].key}:{row_id}", detail)
    aftermath.follow(unit, site, actor, {key})
