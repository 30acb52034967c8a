"""Taking a workbook in: all mistakes at once, all rows or none, and the same workbook twice changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.premises import UnitName
from frontdesk.domain.sitebook import SHEETS, Column, ColumnKind, SheetKey, in_order_of_links
from frontdesk.services import site_years
from frontdesk.services.errors import ServiceError
from frontdesk.services.site import Site
from frontdesk.services.sitebook import aftermath, checking, reading, words
from frontdesk.services.sitebook.book import TABLES, by_identity, identity
from frontdesk.services.sitebook.cells import WrongCell
from frontdesk.services.sitebook.checking import Finding, ReadRow, ReadSheet
from frontdesk.services.sitebook.names import Directory
from frontdesk.services.sitebook.reading import File, Formula, Grid, NotRead
from frontdesk.services.sitebook.tables import LINKED, Book, Stored, Values
from frontdesk.services.views.sitebook import ImportPlan, Mistake, MistakeKind, SheetCount
from frontdesk.storage.unit import Unit


class WorkbookRefused(ServiceError):
    """The workbook has mistakes and was not taken in; the plan names them all."""

    code = "workbook_refused"

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__(f"{len(plan.mistakes)} mistakes")
        self.plan = plan


class _OnlyLooked(Exception):
    """Ends a transaction that was to change nothing."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__()
        self.plan = plan


def check_workbook(site: Site, actor: Actor, name: str, data: bytes) -> ImportPlan:
    """What importing a workbook would do, or all that is wrong with it. It is tried out and taken back.

    Raises:
        Forbidden: the actor may not manage the site.
    """
    file = _read_file(actor, name, data)
    if isinstance(file, ImportPlan):
        return file
    try:
        with site.store.write() as unit:
            raise _OnlyLooked(_take_in(site, unit, name, file))
    except _OnlyLooked as looked:
        return looked.plan


def import_workbook(site: Site, actor: Actor, name: str, data: bytes) -> ImportPlan:
    """Takes a workbook in, all of it or nothing; rows that it does not name stay as they are.

    Raises:
        Forbidden: the actor may not manage the site.
        WorkbookRefused: it has mistakes.
    """
    file = _read_file(actor, name, data)
    if isinstance(file, ImportPlan):
        raise WorkbookRefused(file)
    with site.store.write() as unit:
        plan = _take_in(site, unit, name, file)
        if plan.mistakes:
            raise WorkbookRefused(plan)
        changed = {count.sheet for count in plan.counts if count.new or count.changed}
        detail = {count.sheet.value: [count.new, count.changed, count.same] for count in plan.counts}
        unit.audit(
            actor, "sitebook.imported", "site:1", {"sha256": hashlib.sha256(data).hexdigest(), "rows": detail}, name
        )
        aftermath.follow(unit, site, actor, changed)
        return plan


def _read_file(actor: Actor, name: str, data: bytes) -> File | ImportPlan:
    """The file, read before the database is held by anybody; or a plan that says why it cannot be read."""
    access.require(actor, Permission.MANAGE_SITE)
    try:
        return reading.read_file(data)
    except NotRead as bad:
        return ImportPlan(name, (Mistake(bad.kind, bad.sheet or name),), ())


def _take_in(site: Site, unit: Unit, name: str, file: File) -> ImportPlan:
    book = Book(unit, site.today(), site_years.WORKBOOK)
    sheets, mistakes = _sheets(file)
    notes: list[Mistake] = []
    stored = {key: TABLES[key].stored(book) for key in SHEETS}
    mistakes += _check(sheets, stored)
    if mistakes:
        return ImportPlan(name, _in_order(mistakes, file), ())
    for sheet in sheets:
        notes += [sheet.mistake(row, found) for row in sheet.rows for found in checking.remarks(sheet.key, row.values)]
    counts = tuple(_apply(book, key, sheets) for key in in_order_of_links() if any(one.key is key for one in sheets))
    return ImportPlan(name, (), tuple(sorted(counts, key=lambda one: list(SHEETS).index(one.sheet))), tuple(notes))


def _in_order(mistakes: Sequence[Mistake], file: File) -> tuple[Mistake, ...]:
    places = {grid.title: place for place, grid in enumerate(file.grids)}
    return tuple(sorted(mistakes, key=lambda one: (places.get(one.sheet, -1), one.row)))


# --- from a grid to rows ---------------------------------------------------------------------------------------------


def _sheets(file: File) -> tuple[list[ReadSheet], list[Mistake]]:
    """The sheets that are known, read; and what is wrong with their names, headings and cells."""
    sheets: list[ReadSheet] = []
    mistakes: list[Mistake] = []
    titles = [words.said(language, sheet.title) for sheet in SHEETS.values() for language in words.languages()]
    for grid in file.grids:
        key = words.sheets().get(words.fold(grid.title))
        if key is not None and not any(one.key is key for one in sheets):
            sheet, wrong = _sheet(key, grid, file.epoch)
            sheets.append(sheet)
            mistakes += wrong
        elif key is not None:
            mistakes.append(Mistake(MistakeKind.TWICE, grid.title, value=grid.title))
        elif grid.rows:
            hints = words.near(grid.title, titles)
            mistakes.append(Mistake(MistakeKind.SHEET_UNKNOWN, grid.title, value=grid.title, hints=hints))
    if not sheets and not mistakes:
        mistakes.append(Mistake(MistakeKind.SHEET_MISSING, words.said("zh_CN", SHEETS[SheetKey.BUILDINGS].title)))
    return sheets, mistakes


def _sheet(key: SheetKey, grid: Grid, epoch: date) -> tuple[ReadSheet, list[Mistake]]:
    known = words.columns(key)
    head_place = reading.head_row(grid, known)
    if not grid.rows:
        return ReadSheet(key, grid.title, {}, []), []
    head_number, head = grid.rows[head_place]
    mistakes: list[Mistake] = []
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    for place, heading in enumerate(head):
        if heading is None or not str(heading).strip():
            continue
        text = str(heading).strip()
        column = known.get(words.fold(text))
        if column is None or column in places:
            kind = MistakeKind.COLUMN_UNKNOWN if column is None else MistakeKind.TWICE
            hints = () if column else words.near(text, _titles(key))
            mistakes.append(Mistake(kind, grid.title, head_number, text, text, hints))
        else:
            places[column], headings[column] = place, text
    sheet = SHEETS[key]
    missing = [column for column in sheet.columns if column.needed and column.key not in places]
    for lacking in missing:
        title = words.said(words.language_of(grid.title, sheet.title), lacking.title)
        mistakes.append(Mistake(MistakeKind.COLUMN_MISSING, grid.title, head_number, title))
    rows = [
        ReadRow(key, number, {column: values[place] for column, place in places.items()})
        for number, values in grid.rows[head_place + 1 :]
        if any(values[place] is not None and str(values[place]).strip() for place in places.values())
    ]
    columns = tuple(column for column in sheet.columns if column.key in places)
    for row in rows:
        _read(row, columns, epoch)
    return ReadSheet(key, grid.title, headings, [] if missing else rows), mistakes


def _read(row: ReadRow, columns: Sequence[Column], epoch: date) -> None:
    formulas = {key for key, raw in row.raw.items() if isinstance(raw, Formula)}
    row.wrong += [Finding(key, MistakeKind.FORMULA) for key in formulas]
    checking.read_row(row, [column for column in columns if column.key not in formulas], epoch)


def _titles(key: SheetKey) -> list[str]:
    return [words.said(language, column.title) for column in SHEETS[key].columns for language in words.languages()]


# --- rows against each other and the site ----------------------------------------------------------------------------


def _check(sheets: Sequence[ReadSheet], stored: dict[SheetKey, list[Stored]]) -> list[Mistake]:
    """What is wrong with rows; links are resolved on the way."""
    mistakes: list[Mistake] = []
    for sheet in sheets:
        for row in sheet.rows:
            if not row.wrong:
                row.wrong += checking.together(row.key, row.values)
    directory = _directory(sheets, stored)
    for sheet in sheets:
        for row in sheet.rows:
            _resolve(row, directory)
    for sheet in sheets:
        _find_twice(sheet)
        mistakes += [sheet.mistake(row, found) for row in sheet.rows for found in row.wrong]
    return mistakes


def _directory(sheets: Sequence[ReadSheet], stored: dict[SheetKey, list[Stored]]) -> Directory:
    """What may be named: what the site has, and what the workbook brings, even where a row of it is wrong."""
    directory = Directory()
    brought = {sheet.key: sheet.rows for sheet in sheets}
    for key in LINKED:
        rows = [row.values for row in stored[key]] + [row.values for row in brought.get(key, [])]
        directory.add_rows(key, [values for values in rows if values.get("code")])
    directory.add_homes(_home(row.values) for row in stored[SheetKey.UNITS])
    for row in brought.get(SheetKey.BUILDINGS, []):
        if row.wrong:
            directory.broken.add(words.fold(str(row.values.get("code") or row.raw.get("code") or "")))
        else:
            directory.add_homes(checking.homes_of(row.values))
    buildings = directory.codes.get(SheetKey.BUILDINGS, {})
    for row in brought.get(SheetKey.UNITS, []):
        if row.values.get("building") and row.values.get("room"):
            code = buildings.get(words.fold(str(row.values["building"])), str(row.values["building"]))
            directory.add_homes([_home({**row.values, "building": code})])
    return directory


def _home(values: Values) -> UnitName:
    return UnitName(str(values["building"]), str(values.get("stair") or ""), str(values["room"]))


def _resolve(row: ReadRow, directory: Directory) -> None:
    for column in checking.named_columns(SHEETS[row.key]):
        if row.values.get(column.key) is None:
            continue
        try:
            row.values[column.key] = directory.resolved(column, row.values[column.key])
        except WrongCell as wrong:
            row.wrong.append(Finding(column.key, wrong.kind, wrong.hints))


def _find_twice(sheet: ReadSheet) -> None:
    """Rows that would be found by the same: the second and later ones are wrong, the first is the hint."""
    table, seen = TABLES[sheet.key], dict[tuple[str, ...], int]()
    needed = [key for key in table.sheet.identity if table.sheet.column(key).needed]
    wrong_keys = {id(row): {found.column for found in row.wrong} for row in sheet.rows}
    for row in sheet.rows:
        if wrong_keys[id(row)] & set(table.sheet.identity) or any(row.values.get(key) is None for key in needed):
            continue
        mine = identity(table, row.values)
        if mine in seen:
            row.wrong.append(Finding(table.sheet.identity[-1], MistakeKind.TWICE, (str(seen[mine]),)))
        seen.setdefault(mine, row.number)


# --- taking in -------------------------------------------------------------------------------------------------------


def _apply(book: Book, key: SheetKey, sheets: Sequence[ReadSheet]) -> SheetCount:
    """Adds what is new and changes what differs, compared with what the sheets before have left."""
    table = TABLES[key]
    known = by_identity(table, table.stored(book))
    new: list[Values] = []
    changed: list[tuple[Stored, Values]] = []
    counts: Counter[str] = Counter()
    blank: Values = {
        column.key: () if column.several or column.kind is ColumnKind.WORDS else column.empty
        for column in table.sheet.columns
    }
    for row in (row for sheet in sheets if sheet.key is key for row in sheet.rows):
        before = known.get(identity(table, row.values))
        values = table.settled({**(before.values if before else blank), **row.values})
        if before is None:
            new.append(values)
        elif table.same(before.values, values) and (before.active or "moved_out" in values):
            counts["same"] += 1
        else:
            changed.append((before, values))
    table.add_many(book, new)
    table.change_many(book, changed)
    return SheetCount(key, len(new), len(changed), counts["same"])
