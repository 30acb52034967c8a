"""Views of the registers: lines as the rules' columns want them, figures that lead to their lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from frontdesk.domain.registers import LineState, Only, RegisterKind
from frontdesk.domain.routing import Remark, Route
from frontdesk.services.views.site import Named

# What stands in a cell: text already masked, an instant (UTC), money, a number, a code for the wording, something with
# a name in both languages, or several of these one after the other. None is empty.
Cell = str | int | datetime | Decimal | StrEnum | Named | tuple["Cell", ...] | None


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which lines of a register; days are the site's own, both ends included. None or empty lets everything through."""

    since: date | None = None
    until: date | None = None
    building_id: int | None = None
    department_id: int | None = None
    external_id: int | None = None
    state: LineState = LineState.ALL
    route: Route | None = None
    remark: Remark | None = None
    only: Only | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RegisterOrder:
    """By which column; the time column's newest first where nobody asks otherwise (`key` empty)."""

    key: str = ""
    descending: bool = True


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line: the case that it leads to, and its cells in the order of the register's columns."""

    id: int
    case_id: int
    cells: tuple[Cell, ...]
    state: LineState
    overdue: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """How many lines are so, and the filter that leads to exactly these."""

    code: LineState | Only | Remark | Route
    count: int
    filter: RegisterFilter


@dataclass(frozen=True, slots=True)
class RegisterSlice:
    """Lines from an offset on, and what was asked for: an answer may come late."""

    kind: RegisterKind
    chosen: RegisterFilter
    order: RegisterOrder
    offset: int
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Lines that were asked for; `total` and the figures are of the whole filter."""

    asked: RegisterSlice
    total: int
    figures: tuple[Figure, ...]

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """The lines themselves."""
        return self.asked.rows


Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines in the order of their time, oldest first; `after` continues them, None at their end."""

    rows: tuple[RegisterRow, ...]
    after: Place | None


@dataclass(frozen=True, slots=True)
class RegisterChoices:
    """What the lines can be narrowed down to."""

    buildings: tuple[Named, ...]
    departments: tuple[Named, ...]
    externals: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands around a register's lines once it leaves the screen, in the language that was asked for."""

    site_name: str
    company: str
    title: str
    period: str
    scope: str
    made: str
    totals: str
    made_at: datetime
    language: str
    zone: str
