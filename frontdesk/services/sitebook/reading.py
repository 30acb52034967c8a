"""An xlsx file as plain rows: limited in size, merged cells filled, formulas by the values that were kept with them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from frontdesk.services.sitebook import words
from frontdesk.services.sitebook.cells import EPOCH, Raw
from frontdesk.services.views.sitebook import MistakeKind

MOST_BYTES = 30_000_000
MOST_UNPACKED = 60_000_000
MOST_MERGED = 500_000  # cells: each costs memory, and a whole sheet can be merged in a few bytes
MOST_ROWS, MOST_COLUMNS = 60_000, 100
LISTS = "_lists"  # the workbook's own sheet of what drop-downs offer
_OLE = b"\xd0\xcf\x11\xe0"  # an old Office file, or a new one under a password
_HEAD_WITHIN = 10  # rows; above the head somebody may have put a title
_MERGED = re.compile(rb'mergeCell [^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_MACINTOSH_EPOCH = date(1904, 1, 1)


class NotRead(Exception):
    """The file cannot be read: what kind of mistake that is."""

    def __init__(self, kind: MistakeKind, sheet: str = "") -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.sheet = sheet


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula whose result the file does not hold, or which went wrong."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it is written: its rows by their number, without those that are empty."""

    title: str
    rows: tuple[tuple[int, tuple[Raw, ...]], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A workbook as it is written; `epoch` is day 0 of days that stand there as numbers."""

    grids: tuple[Grid, ...]
    epoch: date


def read_file(data: bytes) -> File:
    """The workbook in a file.

    Raises:
        NotRead: it is no xlsx, is damaged, under a password, or too large.
    """
    _look_at_size(data)
    from openpyxl import load_workbook  # here, because it is slow to load and rarely needed
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-downs and styles that are not kept: nobody needs them here
            book = load_workbook(io.BytesIO(data))
            cached = load_workbook(io.BytesIO(data), data_only=True) if _has_formulas(book) else book
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ) as bad:
        raise NotRead(MistakeKind.UNREADABLE) from bad
    except SyntaxError as bad:  # what the XML parsers raise
        raise NotRead(MistakeKind.UNREADABLE) from bad
    grids = tuple(
        Grid(sheet.title, tuple(_rows(sheet, cached[sheet.title])))
        for sheet in book.worksheets
        if sheet.title != LISTS and words.fold(sheet.title) not in words.meanings(words.READ_ME)
    )
    return File(grids, _MACINTOSH_EPOCH if book.epoch.year == _MACINTOSH_EPOCH.year else EPOCH)


def _look_at_size(data: bytes) -> None:
    """Refuses before anything is unpacked; what a zip file says of its sizes is what is unpacked at most."""
    if len(data) > MOST_BYTES:
        raise NotRead(MistakeKind.TOO_LARGE)
    if data.startswith(_OLE):
        raise NotRead(MistakeKind.PROTECTED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            if any(entry.flag_bits & 1 for entry in packed.infolist()):
                raise NotRead(MistakeKind.PROTECTED)
            too_large = size > MOST_UNPACKED or _merged_cells(packed) > MOST_MERGED
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as bad:
        raise NotRead(MistakeKind.UNREADABLE) from bad
    if too_large:
        raise NotRead(MistakeKind.TOO_LARGE)


def _merged_cells(packed: zipfile.ZipFile) -> int:
    """How many cells the merged areas of all sheets have."""
    pages = [name for name in packed.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    areas = [area.groups() for name in pages for area in _MERGED.finditer(packed.read(name))]
    return sum(
        (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
        for left, top, right, bottom in areas
    )


def _column(letters: bytes) -> int:
    """A column's number by its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _has_formulas(book: Any) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for row in _cells(sheet) for cell in row)


def _cells(sheet: Any) -> Iterator[Any]:
    if sheet.max_row > MOST_ROWS:
        raise NotRead(MistakeKind.TOO_LARGE, sheet.title)
    return iter(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)))


def _rows(sheet: Any, cached: Any) -> Iterator[tuple[int, tuple[Raw, ...]]]:
    merged = _merged(sheet)
    for number, row in enumerate(_cells(sheet), 1):
        values = tuple(_value(merged.get((cell.row, cell.column), cell), cached) for cell in row)
        if any(value is not None and str(value).strip() for value in values):
            yield number, values


def _merged(sheet: Any) -> dict[tuple[int, int], Any]:
    """The cells that merged ones hide, each with the cell that shows for it; as far as a sheet may go."""
    out: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                out[row, column] = first
    return out


def _value(cell: Any, cached: Any) -> Raw:
    value = cell.value
    if cell.data_type == "f":
        text = value if isinstance(value, str) else getattr(value, "text", None) or "="
        kept = cached.cell(cell.row, cell.column)
        if kept.value is None or kept.data_type == "e":
            return Formula(str(text))
        value = kept.value
    elif cell.data_type == "e":
        return Formula(str(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, bool | str | date | datetime) or value is None else str(value)
    percent = "%" in (cell.number_format or "")
    return round(value * 100, 6) if percent else value


def head_row(grid: Grid, known: dict[str, str]) -> int:
    """Which of a sheet's rows is the head, by its place: the one with the most headings that are known."""
    fits = [
        sum(isinstance(value, str) and words.fold(value) in known for value in row)
        for _, row in grid.rows[:_HEAD_WITHIN]
    ]
    return fits.index(max(fits)) if fits else 0
