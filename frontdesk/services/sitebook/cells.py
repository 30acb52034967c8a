"""From what stands in a cell, in any of the ways in which people write it, to its value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from frontdesk import i18n
from frontdesk.domain.people import normalise_phone
from frontdesk.domain.sitebook import Cell, Column, ColumnKind
from frontdesk.services import inputs
from frontdesk.services.sitebook import words
from frontdesk.services.views.sitebook import MistakeKind

Raw = object  # what a workbook or a form holds: text, a number, a day, a truth, several texts, or nothing

EPOCH = date(1899, 12, 30)  # day 0 of a workbook's days as numbers
_SERIALS = (20_000, 80_000)  # 1954 to 2119 as such numbers
_YEARS = (1900, 2200)
_LONGEST_TEXT = 4000
_DAY = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s]+0{1,2}:00(?::00(?:\.0+)?)?)?$"
)
_DIGITS_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_TIME = re.compile(r"^(\d{1,2})[:.](\d{2})(?::00)?$")
_SEVERAL = re.compile(r"[,;、|\n]+")
_SEVERAL_PHONES = re.compile(r"[,;、|/\n]+")
_PHONE = re.compile(r"[\d\s()+.\-–—#]|转|轉|ext", re.IGNORECASE)


class WrongCell(ValueError):
    """A cell's content is no value of its column: what kind of mistake it is, and what would do."""

    def __init__(self, kind: MistakeKind, hints: tuple[str, ...] = ()) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.hints = hints


def text_of(raw: Raw) -> str:
    """A cell as text; a number that is whole is written so."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        raw = raw.date()
    if isinstance(raw, tuple | list):
        return ", ".join(text_of(one) for one in raw)
    return inputs.storable(str(raw))


def read(column: Column, raw: Raw, epoch: date = EPOCH) -> Cell:
    """A cell's value; a link and a unit stay as they are written.

    Raises:
        WrongCell: it is no value of this column, or is missing where it is needed.
    """
    plain = unicodedata.normalize("NFKC", text_of(raw)).strip()
    if not plain:
        if column.needed:
            raise WrongCell(MistakeKind.EMPTY)
        return () if column.several or column.kind is ColumnKind.WORDS else column.empty
    if column.kind is ColumnKind.DAY:
        return _day(raw, plain, epoch)
    return _READERS[column.kind](column, text_of(raw), plain)


def _text(column: Column, text: str, _plain: str) -> Cell:
    if len(text) > (column.most or _LONGEST_TEXT):
        raise WrongCell(MistakeKind.TOO_LONG, (str(column.most),))
    return text


def _code(column: Column, _text_as_typed: str, plain: str) -> Cell:
    return _text(column, "".join(plain.split()), plain)


def _number(column: Column, _text_as_typed: str, plain: str) -> Cell:
    bare = plain.replace(",", "").replace(" ", "").rstrip("%")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise WrongCell(MistakeKind.NOT_A_NUMBER) from None
    if column.kind is ColumnKind.PERCENT and 0 < number < 1 and not plain.endswith("%"):
        number *= 100
    return _within(column, number)


def _money(column: Column, _text_as_typed: str, plain: str) -> Cell:
    try:
        return _within(column, Decimal(plain.replace(",", "").strip("¥￥元 ")) * 100)
    except InvalidOperation:
        raise WrongCell(MistakeKind.NOT_A_NUMBER) from None


def _within(column: Column, number: Decimal) -> int:
    if not number.is_finite() or number != number.to_integral_value():
        raise WrongCell(MistakeKind.NOT_A_NUMBER)
    low = column.least is not None and number < column.least
    if low or (column.most is not None and number > column.most):
        unit = 100 if column.kind is ColumnKind.MONEY else 1
        bounds = ["" if one is None else str(one // unit) for one in (column.least, column.most)]
        raise WrongCell(MistakeKind.OUT_OF_RANGE, (" – ".join(bounds),))
    return int(number)


def _day(raw: Raw, plain: str, epoch: date) -> date:
    found: date | None = None
    if isinstance(raw, datetime):
        found = raw.date()
    elif isinstance(raw, date):
        found = raw
    elif match := _DAY.match(plain) or _DIGITS_DAY.match(plain):
        try:
            found = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            found = None
    elif re.fullmatch(r"\d{5}(\.0)?", plain) and _SERIALS[0] <= float(plain) <= _SERIALS[1]:
        found = epoch + timedelta(days=int(float(plain)))
    if found is None or not _YEARS[0] <= found.year <= _YEARS[1]:
        raise WrongCell(MistakeKind.NOT_A_DAY, ("2024-03-05",))
    return found


def _time(_column: Column, _text_as_typed: str, plain: str) -> Cell:
    match = _TIME.match(plain)
    try:
        return time(int(match[1]), int(match[2])) if match else time.fromisoformat(plain)
    except ValueError:
        raise WrongCell(MistakeKind.NOT_A_TIME, ("8:30",)) from None


def _bool(_column: Column, _text_as_typed: str, plain: str) -> Cell:
    folded = words.fold(plain)
    if folded not in words.truths():
        raise WrongCell(MistakeKind.NOT_ONE_OF, tuple(words.yes_or_no(i18n.language(), one) for one in (True, False)))
    return words.truths()[folded]


def _choice(column: Column, _text_as_typed: str, plain: str) -> Cell:
    codes = words.choice_codes(column)
    if (folded := words.fold(plain)) in codes:
        return codes[folded]
    offered = [words.said(i18n.language(), one.title) for one in column.choices]
    raise WrongCell(MistakeKind.NOT_ONE_OF, words.near(plain, offered) or tuple(offered[:8]))


def _phone(column: Column, _text_as_typed: str, plain: str) -> Cell:
    numbers = [part.strip() for part in _SEVERAL_PHONES.split(plain) if part.strip()] if column.several else [plain]
    if any(_PHONE.sub("", number) or not normalise_phone(number) for number in numbers):
        raise WrongCell(MistakeKind.NOT_A_PHONE)
    return tuple(dict.fromkeys(numbers)) if column.several else plain


def _words(_column: Column, _text_as_typed: str, plain: str) -> Cell:
    return tuple(dict.fromkeys(part.strip() for part in _SEVERAL.split(plain) if part.strip()))


_READERS: dict[ColumnKind, Callable[[Column, str, str], Cell]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.CODE: _code,
    ColumnKind.LINK: _text,
    ColumnKind.UNIT: _text,
    ColumnKind.NUMBER: _number,
    ColumnKind.PERCENT: _number,
    ColumnKind.MONEY: _money,
    ColumnKind.TIME: _time,
    ColumnKind.BOOL: _bool,
    ColumnKind.CHOICE: _choice,
    ColumnKind.PHONE: _phone,
    ColumnKind.WORDS: _words,
}
