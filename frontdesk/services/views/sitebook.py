"""Views of the site's own data: sheets that a site fills in, by hand or in a workbook, and how far that has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdesk.domain.sitebook import Cell, SheetKey


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a sheet: its values by column key; a link's value is the other row's code. Retired rows stay."""

    id: int
    values: Mapping[str, Cell]
    active: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """The rows of a sheet that were asked for, and how many there are in all."""

    sheet: SheetKey
    rows: tuple[RowView, ...]
    total: int


class MistakeKind(StrEnum):
    """What is wrong with a cell, a row or a sheet of a workbook."""

    SHEET_MISSING = "sheet_missing"
    SHEET_UNKNOWN = "sheet_unknown"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DAY = "not_a_day"
    NOT_A_TIME = "not_a_time"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_UNIT = "not_a_unit"
    NOT_ONE_OF = "not_one_of"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    TWICE = "twice"
    LINK_MISSING = "link_missing"
    ORDER = "order"
    TERM_TOO_SHORT = "term_too_short"
    FORMULA = "formula"
    UNREADABLE = "unreadable"
    PROTECTED = "protected"
    TOO_LARGE = "too_large"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake where it stands: the sheet's name as in the workbook, its row (1 is the head, 0 the sheet itself) and
    the column's heading; `hints` are what would do, or the row or sheet meant."""

    kind: MistakeKind
    sheet: str
    row: int = 0
    column: str = ""
    value: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetCount:
    """What importing a sheet would do, or has done."""

    sheet: SheetKey
    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A workbook as read: with mistakes nothing is imported at all; `notes` are worth knowing and hinder nothing."""

    name: str
    mistakes: tuple[Mistake, ...]
    counts: tuple[SheetCount, ...]
    notes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A line of the set-up checklist: what is there, what is missing, and whether the reception can do without it."""

    sheet: SheetKey
    count: int
    missing: int
    needed: bool

    @property
    def done(self) -> bool:
        """Nothing is missing."""
        return self.count > 0 and self.missing == 0


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a calendar year that differs from its weekday."""

    day: date
    working: bool
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class YearView:
    """A calendar year: whether its holidays have been published and entered, and its days."""

    year: int
    published: bool
    days: tuple[DayView, ...]
