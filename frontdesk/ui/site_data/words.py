"""What the sheets, their cells and the mistakes of a workbook are called."""

from __future__ import annotations

from collections.abc import Mapping

from frontdesk.domain import completeness
from frontdesk.domain.premises import UnitName
from frontdesk.domain.sitebook import SHEETS, Cell, Column, ColumnKind, Sheet, SheetKey
from frontdesk.i18n import language, mark, tr
from frontdesk.services.errors import Problem
from frontdesk.services.views.sitebook import Mistake, MistakeKind, RowView
from frontdesk.ui import error_words, time_words

Names = Mapping[SheetKey, Mapping[str, str]]  # what the rows of linked sheets are called, by code

# What each sheet is good for, as the checklist and the empty lists say it.
PURPOSES: dict[SheetKey, str] = {
    SheetKey.BUILDINGS: mark("With the days of delivery and acceptance; they decide about the warranty."),
    SheetKey.UNITS: mark("Without homes a call can be put on record, but its warranty cannot be told."),
    SheetKey.RESIDENTS: mark("So that a caller is known by the number, and the home is found by the name."),
    SheetKey.STAFF: mark("Who is told of a matter, and who goes there."),
    SheetKey.DEPARTMENTS: mark("Who takes a matter over, with the number to call."),
    SheetKey.EXTERNAL_UNITS: mark("Makers and operators who repair what is theirs, and what they have promised."),
    SheetKey.COMPONENTS: mark("What can break, how long it is under warranty, and who answers for it."),
    SheetKey.EQUIPMENT: mark("Things with a warranty of their own, and where they stand."),
    SheetKey.PROMISES: mark("How long a matter may take, by the way it is handled."),
    SheetKey.RULES: mark("Working hours, seasons, and when somebody is reminded."),
    SheetKey.COMPLAINT_LEVELS: mark("Whom a complaint goes up to when it is not settled in time."),
    SheetKey.FOLLOW_UPS: mark("How many are called again after their matter has ended."),
    SheetKey.PRICES: mark("What special services cost."),
    SheetKey.CALENDAR: mark("Public holidays, and weekends that are worked."),
    SheetKey.AREAS: mark("Where visitors may go."),
}

_MISTAKES: dict[MistakeKind, str] = {
    MistakeKind.SHEET_MISSING: mark("This sheet is missing."),
    MistakeKind.SHEET_UNKNOWN: mark("There is no sheet called {value}."),
    MistakeKind.COLUMN_MISSING: mark("This column is missing, but it is needed."),
    MistakeKind.COLUMN_UNKNOWN: mark("There is no column called {value}."),
    MistakeKind.EMPTY: mark("It is empty, but it is needed."),
    MistakeKind.NOT_A_NUMBER: mark("{value} is not a number that can be taken."),
    MistakeKind.NOT_A_DAY: mark("{value} is not a day."),
    MistakeKind.NOT_A_TIME: mark("{value} is not a time."),
    MistakeKind.NOT_A_PHONE: mark("{value} is not a phone number."),
    MistakeKind.NOT_A_UNIT: mark("{value} is not a home of this site."),
    MistakeKind.NOT_ONE_OF: mark("{value} is not one of the choices."),
    MistakeKind.OUT_OF_RANGE: mark("{value} is too small or too large."),
    MistakeKind.TOO_LONG: mark("{value} is too long."),
    MistakeKind.TWICE: mark("{value} is there twice."),
    MistakeKind.LINK_MISSING: mark("{value} is on no other sheet, and not on the site either."),
    MistakeKind.ORDER: mark("{value} comes before what it must come after."),
    MistakeKind.TERM_TOO_SHORT: mark("{value} is shorter than the legal minimum."),
    MistakeKind.FORMULA: mark("There is a formula; only values can be taken."),
    MistakeKind.UNREADABLE: mark("It cannot be read."),
    MistakeKind.PROTECTED: mark("The workbook is protected by a password."),
    MistakeKind.TOO_LARGE: mark("The workbook is too large."),
    MistakeKind.FIXED: mark("{value} stays as it is; begin a new entry for another one."),
}

# The same under the field itself, where everybody sees which and what.
_AT_FIELD: dict[object, str] = {
    Problem.EMPTY: mark("Please fill this in."),
    Problem.TOO_LONG: mark("This is too long."),
    Problem.IN_FUTURE: mark("This lies in the future."),
    Problem.IN_PAST: mark("This lies in the past."),
    Problem.UNKNOWN: mark("This is not known here."),
    MistakeKind.NOT_A_NUMBER: mark("This is not a number that can be taken."),
    MistakeKind.NOT_A_DAY: mark("This is not a day."),
    MistakeKind.NOT_A_TIME: mark("This is not a time."),
    MistakeKind.NOT_A_PHONE: mark("This is not a phone number."),
    MistakeKind.NOT_A_UNIT: mark("This is not a home of this site."),
    MistakeKind.NOT_ONE_OF: mark("This is not one of the choices."),
    MistakeKind.OUT_OF_RANGE: mark("This is too small or too large."),
    MistakeKind.TWICE: mark("This is there already."),
    MistakeKind.FIXED: mark("This stays as it is; begin a new entry for another one."),
    MistakeKind.LINK_MISSING: mark("This is not known here."),
    MistakeKind.ORDER: mark("This comes before what it must come after."),
    MistakeKind.TERM_TOO_SHORT: mark("This is shorter than the legal minimum."),
}

# What the hints of a mistake mean; those of all others are what would do.
_REMEDIES: dict[object, str] = {
    MistakeKind.TWICE: mark("The other one is in row {what}."),
    MistakeKind.TOO_LONG: mark("At most {what} characters."),
    MistakeKind.OUT_OF_RANGE: mark("Within {what}."),
    MistakeKind.ORDER: mark("Not before {what}."),
    MistakeKind.TERM_TOO_SHORT: mark("The legal minimum, {what}, counts."),
}

# The columns that a row goes by in a list; all others stand below in small print.
_HEADS: dict[SheetKey, tuple[str, ...]] = {
    SheetKey.BUILDINGS: ("name",),
    SheetKey.UNITS: ("building", "stair", "room"),
    SheetKey.RESIDENTS: ("name",),
    SheetKey.STAFF: ("name",),
    SheetKey.EQUIPMENT: ("name",),
    SheetKey.PROMISES: ("route",),
    SheetKey.RULES: ("key",),
    SheetKey.COMPLAINT_LEVELS: ("whom",),
    SheetKey.FOLLOW_UPS: ("route",),
    SheetKey.CALENDAR: ("day",),
}
_WOULD_DO = mark("What would do: {what}")
_LANGUAGE_ENDS = ("_zh", "_en", "_tw")
_MOST_SMALL = 4


def title(key: SheetKey) -> str:
    """What a sheet is called."""
    return tr(SHEETS[key].title)


def purpose(key: SheetKey) -> str:
    """What a sheet is good for."""
    return tr(PURPOSES[key])


def problem(code: object, hints: tuple[str, ...] = ()) -> str:
    """What is wrong with a typed value, as it stands under its field; what would do, where it is known."""
    told = tr(_AT_FIELD[code]) if code in _AT_FIELD else tr("This cannot be taken.")
    return error_words.joined(told, _remedy(code, hints))


def wrong(mistake: Mistake) -> str:
    """What is wrong in a workbook."""
    return tr(_MISTAKES[mistake.kind], value=mistake.value)


def remedy(mistake: Mistake) -> str:
    """What would do, empty where nobody can know."""
    return _remedy(mistake.kind, mistake.hints)


def _remedy(kind: object, hints: tuple[str, ...]) -> str:
    text = _REMEDIES.get(kind, _WOULD_DO)
    return tr(text, what=", ".join(hints)) if hints else ""


def place(mistake: Mistake) -> str:
    """Where a mistake stands: sheet, row, column."""
    line = tr("row {n}", n=mistake.row) if mistake.row else ""
    return " · ".join(part for part in (mistake.sheet, line, mistake.column) if part)


def cell(column: Column, value: Cell, names: Names | None = None) -> str:
    """A cell as people read it."""
    if value is None or value == ():
        return ""
    if column.kind is ColumnKind.BOOL:
        return tr("Yes") if value else tr("No")
    if column.kind is ColumnKind.CHOICE:
        return next((tr(choice.title) for choice in column.choices if choice.code == value), str(value))
    if column.kind is ColumnKind.LINK and column.link is not None:
        return (names or {}).get(column.link, {}).get(str(value), str(value))
    return plain(column, value)


def plain(column: Column, value: Cell) -> str:
    """A cell as it is typed."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if column.kind is ColumnKind.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if column.kind is ColumnKind.TIME:
        return f"{value:%H:%M}"
    return str(value)


def heading(sheet: Sheet, row: RowView, names: Names) -> str:
    """What a row goes by."""
    heads = _HEADS.get(sheet.key, ("name",))
    parts = [said for head in heads if (said := _said(sheet, row, head, names))]
    if sheet.key is SheetKey.UNITS:
        return UnitName(*(str(row.values.get(head) or "") for head in heads)).label
    return " · ".join(parts) or tr("Any way of handling")


def small_print(sheet: Sheet, row: RowView, names: Names) -> str:
    """The rest of a row, in short."""
    heads = _HEADS.get(sheet.key, ("name",))
    rest = [column for column in sheet.columns if _stem(column.key) not in heads and column.key not in heads]
    said = [_small(column, row.values.get(column.key), names) for column in rest]
    return " · ".join(list(dict.fromkeys(part for part in said if part))[:_MOST_SMALL])


def lacking(sheet: Sheet, row: RowView) -> str:
    """What a row lacks that the rules ask for, empty where nothing is missing."""
    missing = [tr(sheet.column(key).title) for key in completeness.lacking(sheet.key, row.values)]
    return tr("Not entered yet: {what}", what=", ".join(missing)) if missing else ""


def _small(column: Column, value: Cell, names: Names) -> str:
    if column.kind in (ColumnKind.NUMBER, ColumnKind.PERCENT, ColumnKind.DAY, ColumnKind.MONEY):
        shown = time_words.date_text(value, with_year=True) if hasattr(value, "year") else cell(column, value)
        return f"{tr(column.title)} {shown}" if shown else ""
    if column.kind is ColumnKind.BOOL:
        return tr(column.title) if value else ""
    return cell(column, value, names)


def _said(sheet: Sheet, row: RowView, head: str, names: Names) -> str:
    """A heading column; a name is taken in the language of the moment, and in Chinese where there is no other."""
    ends = {"en": ("_en", "_zh"), "zh_TW": ("_tw", "_zh")}.get(language(), ("_zh",))
    for key in (head, *(head + end for end in ends)):
        column = next((each for each in sheet.columns if each.key == key), None)
        if column is not None and row.values.get(key) not in (None, "", ()):
            return cell(column, row.values.get(key), names)
    return ""


def _stem(key: str) -> str:
    """`name_zh` → `name`."""
    return key[: -len("_zh")] if key.endswith(_LANGUAGE_ENDS) else key
