"""The site's own data as one book of sheets.

This table is all there is to know of the sheets: the workbook to fill in, its check and import, and the screens on
which the same data is edited follow from it. Titles and notes are texts to be translated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from frontdesk.domain import choices
from frontdesk.domain.choices import Choice, WarrantyClass
from frontdesk.domain.homes import UnitPlan
from frontdesk.domain.marking import mark

__all__ = [
    "SHEETS",
    "Cell",
    "Choice",
    "Column",
    "ColumnKind",
    "Sheet",
    "SheetKey",
    "UnitPlan",
    "WarrantyClass",
    "in_order_of_links",
    "next_column",
]

Cell = str | int | bool | date | time | tuple[str, ...] | None


class SheetKey(StrEnum):
    """The sheets, in the order of the workbook."""

    BUILDINGS = "buildings"
    UNITS = "units"
    RESIDENTS = "residents"
    STAFF = "staff"
    DEPARTMENTS = "departments"
    EXTERNAL_UNITS = "external_units"
    COMPONENTS = "components"
    EQUIPMENT = "equipment"
    PROMISES = "promises"
    RULES = "rules"
    COMPLAINT_LEVELS = "complaint_levels"
    FOLLOW_UPS = "follow_ups"
    PRICES = "prices"
    CALENDAR = "calendar"
    AREAS = "areas"


class ColumnKind(StrEnum):
    """What a cell holds, and so what its value is: text and codes `str`, NUMBER and PERCENT `int`, MONEY `int` in fen,
    DAY `date`, TIME `time`, BOOL `bool`, CHOICE and LINK the code, UNIT the unit's label, WORDS and a column of
    several `tuple[str, ...]`; an empty cell is None, of several `()`."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DAY = "day"
    BOOL = "bool"
    CHOICE = "choice"
    LINK = "link"
    PHONE = "phone"
    MONEY = "money"
    UNIT = "unit"
    WORDS = "words"
    PERCENT = "percent"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `link` is the sheet whose rows it names by code; `least` and `most` bound a number (MONEY in fen) or
    the length of a text; `several`: the cell holds any number of values; `empty` stands for an empty BOOL."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    needed: bool = False
    choices: tuple[Choice, ...] = ()
    link: SheetKey | None = None
    least: int | None = None
    most: int | None = None
    note: str = ""
    several: bool = False
    empty: bool | None = None


class RowEnd(StrEnum):
    """What becomes of a row that is not wanted any more: it is kept out of use, removed, or stays in any case."""

    RETIRED = "retired"
    REMOVED = "removed"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `identity` are the columns by which a row is found again when a workbook is imported."""

    key: SheetKey
    title: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    note: str = ""
    end: RowEnd = RowEnd.RETIRED

    def column(self, key: str) -> Column:
        """The column with this key; KeyError where there is none."""
        return next_column(self.columns, key)

    @property
    def links(self) -> frozenset[SheetKey]:
        """The other sheets that its rows name."""
        linked = {column.link for column in self.columns if column.link}
        units = {SheetKey.UNITS} if any(column.kind is ColumnKind.UNIT for column in self.columns) else set()
        return frozenset((linked | units) - {self.key})


def next_column(columns: Iterable[Column], key: str) -> Column:
    """The column with this key; KeyError where there is none."""
    for column in columns:
        if column.key == key:
            return column
    raise KeyError(key)


_K = ColumnKind
_LONGEST_MONTHS = 1200
_LONGEST_MINUTES = 525_600


def _code(note: str = "") -> Column:
    return Column("code", mark("Number or code"), _K.CODE, needed=True, most=40, note=note)


def _names() -> tuple[Column, Column]:
    return (
        Column("name_zh", mark("Name in Chinese"), needed=True, most=60),
        Column("name_en", mark("Name in English"), most=60),
    )


def _department(note: str = "") -> Column:
    return Column("department", mark("Department"), _K.LINK, link=SheetKey.DEPARTMENTS, note=note)


def _external() -> Column:
    return Column("external_unit", mark("External unit"), _K.LINK, link=SheetKey.EXTERNAL_UNITS)


def _building(*, needed: bool = False) -> Column:
    return Column("building", mark("Building"), _K.LINK, needed=needed, link=SheetKey.BUILDINGS)


def _minutes(note: str = "") -> Column:
    return Column("minutes", mark("Minutes allowed"), _K.NUMBER, needed=True, least=1, most=_LONGEST_MINUTES, note=note)


def _months() -> Column:
    note = mark("0 months and no seasons: the design life. Left empty: the legal minimum.")
    return Column("warranty_months", mark("Warranty in months"), _K.NUMBER, least=0, most=_LONGEST_MONTHS, note=note)


_DELIVERED = Column("delivered_on", mark("Delivered on"), _K.DAY)
_ACCEPTED = Column("accepted_on", mark("Builder's work accepted on"), _K.DAY)
_ANY = mark("Left empty: any.")
_CLOCK = Column("around_the_clock", mark("Around the clock"), _K.BOOL, empty=False)
_NOTE = Column("note", mark("Remarks"), most=200)

_BUILDINGS = Sheet(
    SheetKey.BUILDINGS,
    mark("Buildings"),
    (
        _code(mark("As in the number of a home: 3 in 3-2-1201.")),
        *_names(),
        _DELIVERED,
        _ACCEPTED,
        Column("stairs", mark("Stairs"), _K.NUMBER, least=0, most=20, note=mark("0: no stair in the homes' numbers.")),
        Column("floors", mark("Highest floor number"), _K.NUMBER, least=1, most=200),
        Column("homes", mark("Homes on a floor"), _K.NUMBER, least=1, most=60),
        Column(
            "pattern",
            mark("How homes are numbered"),
            most=40,
            note=mark("Left empty: floor and two figures, as in 1201. Others: {floor:02}{home:02}, {floor}{letter}"),
        ),
        Column("no_floors", mark("Floors without homes"), _K.WORDS, note=mark("As in: 1-2, 4, 13")),
        Column("no_homes", mark("Home numbers left out"), _K.WORDS, note=mark("As in: 4, 13")),
    ),
    ("code",),
    mark("With stairs, floors and homes on a floor, the homes are made by themselves."),
    end=RowEnd.REMOVED,
)
_UNITS = Sheet(
    SheetKey.UNITS,
    mark("Homes"),
    (
        _building(needed=True),
        Column("stair", mark("Stair"), _K.CODE, most=10),
        Column("room", mark("Room"), _K.CODE, needed=True, most=20),
        Column("floor", mark("Floor"), _K.NUMBER, least=-10, most=200),
        _DELIVERED,
        _ACCEPTED,
        _NOTE,
    ),
    ("building", "stair", "room"),
    mark("Only homes whose dates differ from their building's, or whose building is numbered without a pattern."),
    end=RowEnd.REMOVED,
)
_RESIDENTS = Sheet(
    SheetKey.RESIDENTS,
    mark("Residents"),
    (
        Column("unit", mark("Home"), _K.UNIT, needed=True, note=mark("As in: 3-2-1201")),
        Column("name", mark("Name"), needed=True, most=60),
        Column("relation", mark("Relation to the home"), _K.CHOICE, needed=True, choices=choices.RELATIONS),
        Column("phones", mark("Phone numbers"), _K.PHONE, several=True, note=mark("Several are set apart by commas.")),
        Column("language", mark("Language"), _K.CHOICE, choices=choices.LANGUAGES),
        Column("moved_in", mark("Moved in on"), _K.DAY),
        Column("moved_out", mark("Moved out on"), _K.DAY),
    ),
    ("unit", "name"),
)
_STAFF = Sheet(
    SheetKey.STAFF,
    mark("Staff"),
    (
        _code(mark("Your own number for them, such as 01.")),
        Column("name", mark("Name"), needed=True, most=60),
        _department(),
        Column("job", mark("Job"), most=60),
        Column("phone", mark("Phone"), _K.PHONE),
    ),
    ("code",),
    mark("Those who are told, chased and named on paper. Who signs in to the program is set up under accounts."),
)
_DEPARTMENTS = Sheet(
    SheetKey.DEPARTMENTS,
    mark("Departments"),
    (_code(), *_names(), Column("phone", mark("Phone"), _K.PHONE)),
    ("code",),
)
_EXTERNAL_UNITS = Sheet(
    SheetKey.EXTERNAL_UNITS,
    mark("External units"),
    (
        _code(),
        *_names(),
        Column("kind", mark("What they do"), most=60),
        Column("contact_name", mark("Contact"), most=60),
        Column("phone", mark("Phone"), _K.PHONE),
        Column("promised_hours", mark("Hours in which they promise to come"), _K.NUMBER, least=1, most=8760),
    ),
    ("code",),
)
_COMPONENTS = Sheet(
    SheetKey.COMPONENTS,
    mark("Components and warranty"),
    (
        _code(),
        *_names(),
        Column("warranty_class", mark("Legal minimum of warranty"), _K.CHOICE, choices=choices.CLASSES),
        Column("duty", mark("Who answers for it"), _K.CHOICE, choices=choices.DUTIES),
        _months(),
        Column("warranty_seasons", mark("Warranty in seasons"), _K.NUMBER, least=0, most=20),
        Column("season", mark("Season"), _K.CHOICE, choices=choices.SEASONS),
        _department(),
        _external(),
        Column("words", mark("Words that people use"), _K.WORDS),
    ),
    ("code",),
    mark("A term of your own that is shorter than the legal minimum is kept, but the legal minimum counts."),
)
_EQUIPMENT = Sheet(
    SheetKey.EQUIPMENT,
    mark("Equipment"),
    (
        _code(),
        Column("name", mark("Equipment name"), needed=True, most=60),
        Column("component", mark("Component"), _K.LINK, needed=True, link=SheetKey.COMPONENTS),
        _building(),
        Column("unit", mark("Home"), _K.UNIT),
        Column("installed_on", mark("Put in on"), _K.DAY),
        Column("warranty_months", mark("Maker's warranty in months"), _K.NUMBER, least=0, most=_LONGEST_MONTHS),
        _external(),
        _NOTE,
    ),
    ("code",),
)
_PROMISES = Sheet(
    SheetKey.PROMISES,
    mark("Promised times"),
    (
        Column("route", mark("Way of handling"), _K.CHOICE, choices=choices.ROUTES, note=_ANY),
        Column("urgency", mark("Urgency"), _K.CHOICE, choices=choices.URGENCIES, note=_ANY),
        _department(_ANY),
        _minutes(),
        _CLOCK,
    ),
    ("route", "urgency", "department"),
    mark("The closest row counts. Without around the clock, only working time counts."),
    end=RowEnd.REMOVED,
)
_RULES_SHEET = Sheet(
    SheetKey.RULES,
    mark("Rules"),
    (
        Column("key", mark("Rule"), _K.CHOICE, needed=True, choices=choices.RULE_KEYS),
        Column(
            "value",
            mark("Value"),
            needed=True,
            most=200,
            note=mark("A number, a day such as 11-15, or hours such as 8:30-12:00 13:30-18:00; a day off is -"),
        ),
    ),
    ("key",),
    end=RowEnd.STAYS,
)
_LEVELS = Sheet(
    SheetKey.COMPLAINT_LEVELS,
    mark("Levels of complaints"),
    (
        Column("level", mark("Level"), _K.NUMBER, needed=True, least=1, most=9),
        _minutes(mark("Since the level before.")),
        _CLOCK,
        Column("whom_zh", mark("Who is told, in Chinese"), needed=True, most=60),
        Column("whom_en", mark("Who is told, in English"), most=60),
    ),
    ("level",),
    end=RowEnd.REMOVED,
)
_FOLLOW_UPS = Sheet(
    SheetKey.FOLLOW_UPS,
    mark("Follow-up calls"),
    (
        Column("route", mark("Way of handling"), _K.CHOICE, needed=True, choices=choices.ROUTES),
        Column("percent", mark("Share called, in per cent"), _K.PERCENT, needed=True, least=0, most=100),
        Column("after_hours", mark("Hours after the end"), _K.NUMBER, needed=True, least=1, most=8760),
    ),
    ("route",),
    end=RowEnd.REMOVED,
)
_PRICES = Sheet(
    SheetKey.PRICES,
    mark("Price list"),
    (
        _code(),
        *_names(),
        Column("per", mark("Charged per"), most=20),
        Column("price_fen", mark("Price in yuan"), _K.MONEY, needed=True, least=0, most=100_000_000),
        _NOTE,
    ),
    ("code",),
)
_CALENDAR = Sheet(
    SheetKey.CALENDAR,
    mark("Calendar"),
    (
        Column("day", mark("Day"), _K.DAY, needed=True),
        Column("working", mark("Working day"), _K.BOOL, needed=True),
        Column("name", mark("Name of the day"), most=60),
    ),
    ("day",),
    mark("Only days that differ from their weekday: public holidays, and weekends that are worked."),
    end=RowEnd.REMOVED,
)
_AREAS = Sheet(
    SheetKey.AREAS,
    mark("Areas"),
    (
        _code(),
        *_names(),
        Column("name_tw", mark("Name in Traditional Chinese"), most=60),
        _building(),
        Column("minutes", mark("Minutes on foot from the lobby"), _K.NUMBER, least=0, most=240),
        Column("public", mark("Shown to every visitor"), _K.BOOL, empty=True),
    ),
    ("code",),
)

SHEETS: dict[SheetKey, Sheet] = {
    sheet.key: sheet
    for sheet in (
        *(_BUILDINGS, _UNITS, _RESIDENTS, _STAFF, _DEPARTMENTS, _EXTERNAL_UNITS, _COMPONENTS, _EQUIPMENT),
        *(_PROMISES, _RULES_SHEET, _LEVELS, _FOLLOW_UPS, _PRICES, _CALENDAR, _AREAS),
    )
}


def in_order_of_links() -> tuple[SheetKey, ...]:
    """The sheets, each after those that its rows name."""
    done: list[SheetKey] = []
    while len(done) < len(SHEETS):
        done += [key for key, sheet in SHEETS.items() if key not in done and sheet.links <= set(done)]
    return tuple(done)
