"""The workbook to fill in: a sheet for each kind of data, headings in the reader's language, drop-downs, notes."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.marking import mark
from frontdesk.domain.sitebook import SHEETS, Cell, Column, ColumnKind, Sheet, SheetKey
from frontdesk.services import site_years
from frontdesk.services.site import Site
from frontdesk.services.sitebook import words
from frontdesk.services.sitebook.book import TABLES
from frontdesk.services.sitebook.reading import LISTS
from frontdesk.services.sitebook.tables import Book, Values

# What a site has no start for: these sheets are empty in a workbook to fill in.
BLANK_AT_FIRST = frozenset(
    {*(SheetKey.BUILDINGS, SheetKey.UNITS, SheetKey.RESIDENTS, SheetKey.STAFF), SheetKey.EQUIPMENT, SheetKey.PRICES}
)
# Rows of these are called by their names where one reads Chinese; a building is called by its number.
_NAMED = (SheetKey.DEPARTMENTS, SheetKey.EXTERNAL_UNITS, SheetKey.COMPONENTS)
_INTRODUCTION = (
    mark("Fill in the sheets that you need and leave the others as they are. Nothing has to be complete."),
    mark("Columns with * are needed. The order of the columns does not matter; the headings must stay."),
    mark("Days are written as 2024-03-05. Homes may be written as 3-2-1201 or with words."),
    mark("Then import the file. All mistakes are named at once, and nothing is taken in while there are any."),
    mark("The same file may be imported again: rows are found by their first columns, and none is removed."),
)
_EXAMPLES: dict[SheetKey, tuple[str, ...]] = {
    SheetKey.BUILDINGS: ("3", "3栋", "Building 3", "2024-03-05", "2023-12-20", "2", "18", "4", "", "1-2", ""),
    SheetKey.RESIDENTS: ("3-2-1201", "沈知夏", "业主", "138 0000 2210", "简体中文", "2024-04-01", ""),
    SheetKey.STAFF: ("01", "程一鸣", "设备管理部", "水电工", "139 0000 0001"),
}
_WIDTHS = {ColumnKind.WORDS: 30, ColumnKind.TEXT: 22, ColumnKind.DAY: 14, ColumnKind.LINK: 18, ColumnKind.PHONE: 20}
_WIDTH = 14
_HEAD_FILL, _HEAD_INK = "FF1F5F6B", "FFFFFFFF"
_ROWS_TO_FILL = 5_000  # as far down drop-downs reach
_AS_TEXT = frozenset({ColumnKind.CODE, ColumnKind.PHONE, ColumnKind.UNIT, ColumnKind.LINK, ColumnKind.TEXT})


def workbook(site: Site, actor: Actor, language: str, *, filled: bool) -> bytes:
    """The xlsx file to fill in; `filled`: with all that is entered now, residents' numbers in full, on record.

    Raises:
        Forbidden: the actor may not manage the site, or, for a filled one, not see people and their numbers.
    """
    access.require(actor, Permission.MANAGE_SITE)
    if not filled:
        with site.store.read() as unit:
            return _made(language, _rows(Book(unit, site.today(), site_years.PERSON), filled=False))
    access.require(actor, Permission.SEE_PEOPLE)
    access.require(actor, Permission.REVEAL_PHONES)
    with site.store.write() as unit:
        rows = _rows(Book(unit, site.today(), site_years.PERSON), filled=True)
        unit.audit(actor, "sitebook.exported", "site:1", {key.value: len(found) for key, found in rows.items()})
    return _made(language, rows)


def _rows(book: Book, *, filled: bool) -> dict[SheetKey, list[Values]]:
    return {
        key: [row.values for row in table.stored(book) if row.active] if filled or key not in BLANK_AT_FIRST else []
        for key, table in TABLES.items()
    }


def _made(language: str, rows: Mapping[SheetKey, Sequence[Values]]) -> bytes:
    from openpyxl import Workbook  # here, because it is slow to load and rarely needed

    book = Workbook()
    _read_me(book.active, language)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    named = {key: _names(found) for key, found in rows.items()} if _by_name(language) else {}
    for key, sheet in SHEETS.items():
        page = book.create_sheet(words.said(language, sheet.title))
        _head(page, sheet, language)
        for number, values in enumerate(rows[key], 2):
            for place, column in enumerate(sheet.columns, 1):
                _write(page.cell(number, place), _text(language, column, values.get(column.key), named))
    for key, sheet in SHEETS.items():
        _offer(book[words.said(language, SHEETS[key].title)], lists, sheet, language)
    book.move_sheet(lists, len(SHEETS))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _by_name(language: str) -> bool:
    """Whether rows are named by their names in Chinese, which all of them have; else by their codes."""
    return language.startswith("zh")


def _names(rows: Sequence[Values]) -> dict[str, str]:
    """Codes with the names by which they are found again, where that is certain."""
    count = Counter(words.fold(str(values.get("name_zh") or "")) for values in rows)
    codes = {words.fold(str(values.get("code") or "")) for values in rows}
    return {
        str(values["code"]): name
        for values in rows
        if (name := str(values.get("name_zh") or "")) and count[words.fold(name)] == 1 and words.fold(name) not in codes
    }


def _text(language: str, column: Column, value: Cell, named: Mapping[SheetKey, Mapping[str, str]]) -> Any:
    """A value as it is written into a cell: what a person would type."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return words.yes_or_no(language, value)
    if column.kind is ColumnKind.CHOICE:
        return words.choice(language, column, str(value))
    if column.link in _NAMED and isinstance(value, str):
        return named.get(column.link, {}).get(value, value)
    if column.kind is ColumnKind.MONEY and isinstance(value, int):
        return value / 100
    return value


def _write(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins like a formula
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = "0.00"


def _head(page: Any, sheet: Sheet, language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, place, words.title(language, column))
        cell.font = Font(bold=True, color=_HEAD_INK)
        cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if column.note:
            cell.comment = Comment(words.said(language, column.note), "Frontdesk", height=80, width=260)
        whole = page.column_dimensions[get_column_letter(place)]
        whole.width = _WIDTHS.get(column.kind, _WIDTH)
        if column.kind in _AS_TEXT:  # so that a spreadsheet keeps leading noughts, and makes no day of 3-2
            whole.number_format = "@"
    page.row_dimensions[1].height = 34
    page.freeze_panes = "A2"


def _offer(page: Any, lists: Any, sheet: Sheet, language: str) -> None:
    """Drop-downs for what is chosen or named; other writings that are understood may be typed all the same."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(sheet.columns, 1):
        source = _source(lists, column, language)
        if source:
            offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(place)
            offer.add(f"{letter}2:{letter}{_ROWS_TO_FILL}")
            page.add_data_validation(offer)


def _source(lists: Any, column: Column, language: str) -> str:
    from openpyxl.utils import get_column_letter

    if column.link is not None:
        title = words.said(language, SHEETS[column.link].title)
        names = "B" if column.link in _NAMED and _by_name(language) else "A"
        return f"='{title}'!${names}$2:${names}${_ROWS_TO_FILL}"
    offered = [words.choice(language, column, choice.code) for choice in column.choices]
    if column.kind is ColumnKind.BOOL:
        offered = [words.yes_or_no(language, value) for value in (True, False)]
    if not offered:
        return ""
    place = 1 if lists["A1"].value is None else lists.max_column + 1
    for number, text in enumerate(offered, 1):
        lists.cell(number, place, text)
    letter = get_column_letter(place)
    return f"='{LISTS}'!${letter}$1:${letter}${len(offered)}"


def _read_me(page: Any, language: str) -> None:
    """The first sheet: how to fill in, what every sheet is for, examples."""
    from openpyxl.styles import Alignment, Font

    page.title = words.said(language, words.READ_ME)
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 100
    for line in _INTRODUCTION:
        page.append([None, words.said(language, line)])
    page.append([])
    for key, sheet in SHEETS.items():
        page.append([words.said(language, sheet.title), words.said(language, sheet.note)])
        page.cell(page.max_row, 1).font = Font(bold=True)
        example = _EXAMPLES.get(key)
        if example:
            shown = [
                f"{words.said(language, column.title)}: {text}"
                for column, text in zip(sheet.columns, example, strict=True)
                if text
            ]
            page.append([None, " · ".join(shown)])
        for column in sheet.columns:
            if column.note:
                page.append([None, f"{words.said(language, column.title)}: {words.said(language, column.note)}"])
    for row in page.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
