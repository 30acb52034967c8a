"""Registers that leave the screen: a workbook, and the form; neither touches the database."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from frontdesk.domain.registers import REGISTERS, CellKind, RegisterColumn, RegisterKind
from frontdesk.services.registers import words
from frontdesk.services.views.registers import Cell, Heading, RegisterRow

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_HEAD_ROWS = 3
_WIDTH_OF_MM = 0.62  # characters of a workbook's column for a mm of paper: 17.5 mm hold a date
_NARROWEST, _WIDEST = 9.0, 60.0
_INSTANT, _MONEY = "yyyy-mm-dd hh:mm", "#,##0.00"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Workbook:
    """An .xlsx file being written: head lines frozen, widths set, instants as dates, nothing that runs as a formula.

    Lines are written out as they come, so that a long register takes no more memory than a short one.
    """

    def __init__(self, kind: RegisterKind, heading: Heading) -> None:
        from openpyxl import Workbook as Book  # a third of a second, and most days nobody exports

        self._columns, self._heading, self._count = REGISTERS[kind], heading, 0
        self._book = Book(write_only=True)
        self._sheet = self._book.create_sheet(_sheet_name(heading.title))
        self._pen = _Pen(self._sheet, heading.language, ZoneInfo(heading.zone))
        self._sums = Sums(self._columns)
        _lay_out(self._sheet, self._columns)
        self._pen.head(heading, self._columns)

    def add(self, rows: Iterable[RegisterRow]) -> None:
        """Writes lines below those before."""
        for row in rows:
            self._pen.line(self._columns, row)
            self._sums.add(row)
            self._count += 1

    def finish(self) -> bytes:
        """The totals below, and the file whole; nothing can be added to it afterwards."""
        last = _HEAD_ROWS + self._count
        self._sheet.auto_filter.ref = f"A{_HEAD_ROWS}:{_letter(len(self._columns))}{last}"
        language = self._heading.language
        self._pen.note(words.BETWEEN.join([self._heading.totals, *self._sums.written(language)]))
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()


def _sheet_name(title: str) -> str:
    """A title as the name of a sheet: at most 31 characters, without those that are not allowed there."""
    return "".join(one for one in title if one not in r"[]:*?/\\")[:31]


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _lay_out(sheet: WriteOnlyWorksheet, columns: Sequence[RegisterColumn]) -> None:
    sheet.freeze_panes = f"B{_HEAD_ROWS + 1}"
    for place, column in enumerate(columns, 1):
        wide = max(_NARROWEST, min(_WIDEST, column.weight * _WIDTH_OF_MM + 6))
        sheet.column_dimensions[_letter(place)].width = wide
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROWS}:{_HEAD_ROWS}"


class _Pen:
    """Writes lines into a sheet. A cell is made once for each place and look, and filled again for every line: it is
    written out at once, and making one with its look takes ten times as long as writing it."""

    def __init__(self, sheet: Any, language: str, zone: ZoneInfo) -> None:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self._sheet, self._language, self._zone = sheet, language, zone
        self._illegal = ILLEGAL_CHARACTERS_RE
        self._cells: dict[tuple[int, _Dress], Any] = {}

    def head(self, heading: Heading, columns: Sequence[RegisterColumn]) -> None:
        """What it is and of which lines, then the columns' titles."""
        self._sheet.append([self._text(0, f"{heading.site_name}  {heading.title}", _Dress.TITLE)])
        about = words.BETWEEN.join((heading.period, heading.scope, heading.made))
        self._sheet.append([self._text(0, about, _Dress.NOTE)])
        titles = [column.zh if words.is_chinese(self._language) else column.title for column in columns]
        self._sheet.append([self._text(place, title, _Dress.HEAD) for place, title in enumerate(titles)])

    def line(self, columns: Sequence[RegisterColumn], row: RegisterRow) -> None:
        """One line of the register."""
        cells = zip(columns, row.cells, strict=True)
        self._sheet.append([self._cell(place, column, cell) for place, (column, cell) in enumerate(cells)])

    def note(self, text: str) -> None:
        """A line of text below."""
        self._sheet.append([self._text(0, text, _Dress.SUM)])

    def _cell(self, place: int, column: RegisterColumn, cell: Cell) -> Any:
        if cell is None or cell == "":
            return None
        if isinstance(cell, datetime):
            at = cell.astimezone(self._zone).replace(tzinfo=None, second=0, microsecond=0)
            return self._filled(place, at, _Dress.INSTANT)
        if isinstance(cell, Decimal):
            return self._filled(place, cell, _Dress.MONEY)
        if column.kind is CellKind.NUMBER and isinstance(cell, int):
            return self._filled(place, cell, _Dress.NUMBER)
        return self._text(place, words.written(cell, self._language, self._zone))

    def _text(self, place: int, text: str, dress: _Dress | None = None) -> Any:
        """Text that stays text: what begins like a formula must not become one, here or when it is edited."""
        usual = _Dress.QUOTED if text.startswith(_FORMULA) else _Dress.TEXT
        made = self._filled(place, self._illegal.sub("", text), dress or usual)
        made.data_type = "s"
        return made

    def _filled(self, place: int, value: object, dress: _Dress) -> Any:
        key = (place, dress)
        if key not in self._cells:
            self._cells[key] = _dressed(self._sheet, dress)
        made = self._cells[key]
        made.value = value
        return made


class _Dress(Enum):
    """The looks of a cell."""

    TITLE = "title"
    NOTE = "note"
    HEAD = "head"
    TEXT = "text"
    QUOTED = "quoted"
    INSTANT = "instant"
    MONEY = "money"
    NUMBER = "number"
    SUM = "sum"


def _dressed(sheet: Any, dress: _Dress) -> Any:
    """A new cell of this look."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    made = WriteOnlyCell(sheet)
    if dress in (_Dress.TITLE, _Dress.HEAD, _Dress.SUM):
        made.font = Font(bold=True, size=14 if dress is _Dress.TITLE else 11)
    if dress is _Dress.HEAD:
        made.fill = PatternFill("solid", fgColor="EDEDED")
    if dress not in (_Dress.TITLE, _Dress.NOTE, _Dress.SUM):
        made.alignment = Alignment(vertical="top", wrap_text=True)
    made.quotePrefix = dress is _Dress.QUOTED
    made.number_format = {_Dress.INSTANT: _INSTANT, _Dress.MONEY: _MONEY}.get(dress, "General")
    return made


class Sums:
    """What the money in each column comes to."""

    def __init__(self, columns: Sequence[RegisterColumn]) -> None:
        self._places = [(place, column) for place, column in enumerate(columns) if column.kind is CellKind.MONEY]
        self._sums = {column.key: Decimal(0) for _place, column in self._places}

    def add(self, row: RegisterRow) -> None:
        """Counts a line in."""
        for place, column in self._places:
            cell = row.cells[place]
            if isinstance(cell, Decimal):
                self._sums[column.key] += cell

    def written(self, language: str) -> list[str]:
        """Each column with its sum: `实收(元) 1,280.00`."""
        zh = words.is_chinese(language)
        return [f"{column.zh if zh else column.title} {self._sums[column.key]:,.2f}" for _place, column in self._places]


def form_values(kind: RegisterKind, heading: Heading, rows: Sequence[RegisterRow]) -> dict[str, object]:
    """The lines as the form's fields."""
    zone = ZoneInfo(heading.zone)
    columns = REGISTERS[kind]
    lines = [
        {column.key: _on_paper(column, cell, heading.language, zone)
         for column, cell in zip(columns, row.cells, strict=True)}
        for row in rows
    ]  # fmt: skip
    sums = Sums(columns)
    for row in rows:
        sums.add(row)
    return {
        "site_name": heading.site_name,
        "company": heading.company,
        "period": heading.period,
        "scope": heading.scope,
        "made": heading.made,
        "totals": words.BETWEEN.join([heading.totals, *sums.written(heading.language)]),
        "lines": lines,
    }


def _on_paper(column: RegisterColumn, cell: Cell, language: str, zone: ZoneInfo) -> object:
    if isinstance(cell, datetime):
        return cell.astimezone(zone)
    if column.right and isinstance(cell, Decimal | int):
        return cell
    return words.written(cell, language, zone)
