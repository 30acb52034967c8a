"""Whether the rows of a book may be taken in: every mistake is found at once, so that nobody has to try ten times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from frontdesk.domain import components, homes, house_rules
from frontdesk.domain.choices import WarrantyClass
from frontdesk.domain.homes import BadPattern, BadRange
from frontdesk.domain.house_rules import RULES, RuleKind, WrongValue
from frontdesk.domain.premises import UnitName
from frontdesk.domain.sitebook import Cell, Column, ColumnKind, Sheet, SheetKey
from frontdesk.domain.warranty import Term
from frontdesk.services.sitebook.cells import Raw, WrongCell, read, text_of
from frontdesk.services.sitebook.houses import plan_of
from frontdesk.services.sitebook.tables import Values
from frontdesk.services.views.sitebook import Mistake, MistakeKind

_RULE_MISTAKES = {
    RuleKind.NUMBER: (MistakeKind.NOT_A_NUMBER, "20"),
    RuleKind.MONTH_DAY: (MistakeKind.NOT_A_DAY, "11-15"),
    RuleKind.SPANS: (MistakeKind.NOT_A_TIME, "8:30-12:00 13:30-18:00"),
}
_PATTERNS = ("{floor}{home:02}", "{floor:02}{home:02}", "{floor}{letter}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in a row, at a column."""

    column: str
    kind: MistakeKind
    hints: tuple[str, ...] = ()


@dataclass(slots=True)
class ReadRow:
    """A row that was read: its place, what stands in it, what it means, what is wrong with it."""

    key: SheetKey
    number: int
    raw: Mapping[str, Raw]
    values: dict[str, Cell] = field(default_factory=dict)
    wrong: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class ReadSheet:
    """A sheet that was read: its name and headings as written, and its rows."""

    key: SheetKey
    title: str
    headings: Mapping[str, str]
    rows: list[ReadRow]

    def mistake(self, row: ReadRow, found: Finding) -> Mistake:
        """A finding where it stands."""
        heading = self.headings.get(found.column, found.column)
        return Mistake(found.kind, self.title, row.number, heading, text_of(row.raw.get(found.column)), found.hints)


def read_row(row: ReadRow, columns: Sequence[Column], epoch: date) -> None:
    """Reads every cell of a row; what is no value of its column is found wrong."""
    for column in columns:
        try:
            row.values[column.key] = read(column, row.raw.get(column.key), epoch)
        except WrongCell as wrong:
            row.wrong.append(Finding(column.key, wrong.kind, wrong.hints))


def together(key: SheetKey, values: Values) -> Iterator[Finding]:
    """What is wrong with a row as a whole, all of its cells being right."""
    if key is SheetKey.BUILDINGS:
        yield from _plan(values)
    elif key is SheetKey.RULES:
        yield from _rule(values)
    elif key is SheetKey.RESIDENTS and _before(values, "moved_out", "moved_in"):
        yield Finding("moved_out", MistakeKind.ORDER, (str(values["moved_in"]),))


def remarks(key: SheetKey, values: Values) -> Iterator[Finding]:
    """What is worth knowing of a row, and no mistake."""
    if key in (SheetKey.BUILDINGS, SheetKey.UNITS) and _before(values, "delivered_on", "accepted_on"):
        yield Finding("delivered_on", MistakeKind.ORDER, (str(values["accepted_on"]),))
    if key is SheetKey.COMPONENTS and (short := shorter_than_the_law(values)):
        yield short


def shorter_than_the_law(values: Values) -> Finding | None:
    """A component's own term that is shorter than the legal minimum: it is kept, and the legal minimum counts."""
    chosen, months, seasons = (values.get(key) for key in ("warranty_class", "warranty_months", "warranty_seasons"))
    least = components.LEGAL_MINIMUM.get(WarrantyClass(str(chosen))) if chosen else None
    if least is None or (months is None and seasons is None):
        return None
    own = Term(int(str(months or 0)), int(str(seasons or 0)))
    if own == components.DESIGN_LIFE:
        return None
    if least == components.DESIGN_LIFE:
        return Finding("warranty_months", MistakeKind.TERM_TOO_SHORT, ("0",))
    if least.seasons:
        short = own.seasons < least.seasons
        return Finding("warranty_seasons", MistakeKind.TERM_TOO_SHORT, (str(least.seasons),)) if short else None
    short = not own.seasons and own.months < least.months
    return Finding("warranty_months", MistakeKind.TERM_TOO_SHORT, (str(least.months),)) if short else None


def homes_of(values: Values) -> tuple[UnitName, ...]:
    """The homes that a building's row will make."""
    plan = plan_of(values)
    return () if plan is None else tuple(home.name for home in homes.homes(str(values["code"]), plan))


def named_columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns that name rows of other sheets."""
    return tuple(column for column in sheet.columns if column.link or column.kind is ColumnKind.UNIT)


def _plan(values: Values) -> Iterator[Finding]:
    for key in ("no_floors", "no_homes"):
        left_out = values.get(key)
        try:
            homes.numbers(left_out if isinstance(left_out, tuple) else ())
        except BadRange as bad:
            yield Finding(key, MistakeKind.NOT_A_NUMBER, (str(bad), "1-2, 4, 13"))
            return
    plan = plan_of(values)
    pattern = values.get("pattern")
    try:
        if pattern:
            homes.check_pattern(str(pattern))
        if plan is not None and homes.count(plan) > homes.MOST_HOMES:
            yield Finding("homes", MistakeKind.OUT_OF_RANGE, (str(homes.MOST_HOMES),))
        elif plan is not None:
            homes.homes(str(values["code"]), plan)
    except BadPattern:
        yield Finding("pattern", MistakeKind.NOT_ONE_OF, _PATTERNS)


def _rule(values: Values) -> Iterator[Finding]:
    key = str(values["key"])
    try:
        house_rules.normalise(key, str(values["value"]))
    except WrongValue as wrong:
        if wrong.bounds is not None:
            yield Finding("value", MistakeKind.OUT_OF_RANGE, (f"{RULES[key].least} – {RULES[key].most}",))
        else:
            kind, example = _RULE_MISTAKES[wrong.kind]
            yield Finding("value", kind, (example,))


def _before(values: Values, one: str, other: str) -> bool:
    first, second = values.get(one), values.get(other)
    return isinstance(first, date) and isinstance(second, date) and first < second
