"""Titles and choices of the sheets in every language that the program speaks, as they are written and understood."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache

from frontdesk import i18n
from frontdesk.domain.choices import YES_NO
from frontdesk.domain.marking import mark
from frontdesk.domain.sitebook import SHEETS, Column, SheetKey

NEEDED_SIGN = "*"
READ_ME = mark("Read me")
_SIGNS = str.maketrans("", "", "*:;_()[]“”\"' ")
_MOST_HINTS = 3
_TRUE = frozenset({"true", "1", "y", "√", "✓", "v", "对", "有", "上班"})
_FALSE = frozenset({"false", "0", "n", "×", "x", "✗", "否", "无", "無", "休", "放假"})


def fold(text: str) -> str:
    """A text as it is compared: width, case, blanks and signs do not count."""
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold().translate(_SIGNS)


@cache
def said(language: str, msgid: str) -> str:
    """A text in a language."""
    return i18n.tr_in(language, msgid)


@cache
def meanings(msgid: str) -> frozenset[str]:
    """A text as it may be written, folded, in any language."""
    return frozenset(fold(said(language, msgid)) for language in i18n.known_languages())


@cache
def sheets() -> dict[str, SheetKey]:
    """What sheets are called, folded; their keys too."""
    names = {fold(key): key for key in SHEETS}
    return names | {name: key for key, sheet in SHEETS.items() for name in meanings(sheet.title)}


@cache
def columns(key: SheetKey) -> dict[str, str]:
    """What the columns of a sheet are called, folded, with their keys."""
    known = SHEETS[key].columns
    names = {fold(column.key): column.key for column in known}
    return names | {name: column.key for column in known for name in meanings(column.title)}


def language_of(title: str, msgid: str) -> str:
    """The language in which a title is written; where it is none, the one of the moment."""
    folded = fold(title)
    fitting = [language for language in i18n.known_languages() if fold(said(language, msgid)) == folded]
    return spoken() if not fitting or spoken() in fitting else fitting[0]


@cache
def choice_codes(column: Column) -> dict[str, str]:
    """What may stand in a column to choose in, folded, with the codes meant."""
    codes = {fold(choice.code): str(choice.code) for choice in column.choices}
    return codes | {name: str(choice.code) for choice in column.choices for name in meanings(choice.title)}


def title(language: str, column: Column) -> str:
    """A column's heading; one that is needed carries a sign."""
    return said(language, column.title) + (NEEDED_SIGN if column.needed else "")


def choice(language: str, column: Column, code: str) -> str:
    """A chosen code as it is written; a code that nobody worded stays as it is."""
    return next((said(language, one.title) for one in column.choices if one.code == code), code)


def yes_or_no(language: str, value: bool) -> str:
    """A truth as it is written."""
    return said(language, YES_NO[0 if value else 1].title)


@cache
def truths() -> dict[str, bool]:
    """What may stand in a column of truths, folded."""
    words = dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False)
    for value, one in zip((True, False), YES_NO, strict=True):
        words |= dict.fromkeys(meanings(one.title), value)
    return words


def near(typed: str, known: list[str]) -> tuple[str, ...]:
    """Those of the known that somebody may have meant, the nearest first."""
    return tuple(get_close_matches(typed.strip(), known, _MOST_HINTS, 0.5))


def languages() -> tuple[str, ...]:
    """The languages in which a workbook is understood."""
    return i18n.known_languages()


def spoken() -> str:
    """The language of the moment."""
    return i18n.language()
