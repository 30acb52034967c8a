"""The site's own rules that are single values: how long until somebody looks, the seasons, the working week.

Each has a key, a title and a kind; a site's people see and type them as text (`11-15`, `8:30-12:00 13:30-18:00`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Any

from frontdesk.domain import worktime
from frontdesk.domain.marking import mark
from frontdesk.domain.warranty import Season
from frontdesk.domain.worktime import Span

Week = tuple[tuple[Span, ...], ...]  # Monday first; a day off has no spans
MonthDay = tuple[int, int]


def _default_week() -> Week:
    week = worktime.default_week()
    return tuple(week.get(day, ()) for day in range(7))


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What a site decides with one value each; the defaults are company practice, not law.

    Minutes: `untold_minutes` (nobody was told of a matter), `soon_minutes` (a time is near), `receipt_minutes` (of
    working time, until a liaison form is signed for), `chase_again_minutes` (of working time). `long_days` are
    calendar days (procedure 4.2). `calls_before_unreachable` tries make a recorded reason for no reply.
    """

    untold_minutes: int = 20
    soon_minutes: int = 60
    long_days: int = 2
    receipt_minutes: int = 480
    calls_before_unreachable: int = 3
    chase_again_minutes: int = 240
    heating: Season = field(default=Season((11, 15), (3, 15)))
    cooling: Season = field(default=Season((6, 1), (9, 30)))
    week: Week = field(default_factory=_default_week)


class RuleKind(StrEnum):
    """What kind of value a rule has."""

    NUMBER = "number"
    MONTH_DAY = "month_day"
    SPANS = "spans"


@dataclass(frozen=True, slots=True)
class RuleItem:
    """A rule as it is edited: its title (to be translated), kind, and bounds where it is a number."""

    key: str
    title: str
    kind: RuleKind = RuleKind.NUMBER
    least: int = 1
    most: int = 100_000


_WEEKDAYS = (
    mark("Working hours on Monday"),
    mark("Working hours on Tuesday"),
    mark("Working hours on Wednesday"),
    mark("Working hours on Thursday"),
    mark("Working hours on Friday"),
    mark("Working hours on Saturday"),
    mark("Working hours on Sunday"),
)
_DAY_KEYS = tuple(f"week_{day}" for day in range(1, 8))

RULES: dict[str, RuleItem] = {
    item.key: item
    for item in (
        RuleItem("untold_minutes", mark("Minutes until a matter that nobody was told of is on the board")),
        RuleItem("soon_minutes", mark("Minutes before a promised time at which it is near")),
        RuleItem("long_days", mark("Calendar days after which a matter is a long one"), most=60),
        RuleItem("receipt_minutes", mark("Working minutes until a liaison form must be signed for")),
        RuleItem("calls_before_unreachable", mark("Calls in vain until a customer counts as unreachable"), most=20),
        RuleItem("chase_again_minutes", mark("Working minutes until the next chase")),
        RuleItem("heating_first", mark("First day of the heating season"), RuleKind.MONTH_DAY),
        RuleItem("heating_last", mark("Last day of the heating season"), RuleKind.MONTH_DAY),
        RuleItem("cooling_first", mark("First day of the cooling season"), RuleKind.MONTH_DAY),
        RuleItem("cooling_last", mark("Last day of the cooling season"), RuleKind.MONTH_DAY),
        *(RuleItem(key, title, RuleKind.SPANS) for key, title in zip(_DAY_KEYS, _WEEKDAYS, strict=True)),
    )
}
_NUMBERS = tuple(item.key for item in RULES.values() if item.kind is RuleKind.NUMBER)
_SEASONS = ("heating", "cooling")

# A spreadsheet likes to make a whole day of 11-15.
_MONTH_DAY = re.compile(r"^(?:\d{4}-)?(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$")
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*-\s*(\d{1,2})[:.](\d{2})")
_BETWEEN_SPANS = re.compile(r"[\s,;、]*")
_DASHES = str.maketrans("–—~至到", "-----")
DAY_OFF = "-"
_OFF = frozenset({"-", "休", "off"})


class WrongValue(ValueError):
    """A text is no value of its rule: `kind` was expected, or, where it is out of them, a number within `bounds`."""

    def __init__(self, kind: RuleKind, bounds: tuple[int, int] | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.bounds = bounds


def normalise(key: str, text: str) -> str:
    """A rule's text as the program writes it: `8:30 – 12:00` becomes `08:30-12:00`, `3月15日` becomes `03-15`.

    Raises:
        KeyError: there is no such rule.
        WrongValue: the text is no value of this rule.
    """
    item = RULES[key]
    return _READERS[item.kind](item, unicodedata.normalize("NFKC", text).translate(_DASHES).strip().lower())


def _number(item: RuleItem, text: str) -> str:
    if not re.fullmatch(r"\d{1,9}(\.0+)?", text):
        raise WrongValue(item.kind)
    number = int(text.partition(".")[0])
    if not item.least <= number <= item.most:
        raise WrongValue(item.kind, (item.least, item.most))
    return str(number)


def _month_day_text(item: RuleItem, text: str) -> str:
    found = _MONTH_DAY.match(text)
    try:
        day = date(2000, int(found[1]), int(found[2])) if found else None  # a leap year: 29 February is a day
    except ValueError:
        day = None
    if day is None:
        raise WrongValue(item.kind)
    return f"{day:%m-%d}"


def _spans_text(item: RuleItem, text: str) -> str:
    if text in _OFF:
        return DAY_OFF
    try:
        spans = [
            Span(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))
            for found in _SPAN.finditer(text)
        ]
    except ValueError:
        raise WrongValue(item.kind) from None
    rest = _BETWEEN_SPANS.sub("", _SPAN.sub("", text))
    inside = all(span.start < span.end for span in spans)
    apart = all(one.end <= other.start for one, other in pairwise(spans))
    if rest or not spans or not inside or not apart:
        raise WrongValue(item.kind)
    return spans_text(tuple(spans))


_READERS: dict[RuleKind, Callable[[RuleItem, str], str]] = {
    RuleKind.NUMBER: _number,
    RuleKind.MONTH_DAY: _month_day_text,
    RuleKind.SPANS: _spans_text,
}


def spans_text(spans: tuple[Span, ...]) -> str:
    """Working hours of a day as text: `08:30-12:00 13:30-18:00`; a day off is `-`."""
    return " ".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans) or DAY_OFF


def read_spans(text: str) -> tuple[Span, ...]:
    """The working hours of a text that `normalise` gave."""
    pairs = [pair.split("-") for pair in text.split()] if text != DAY_OFF else []
    return tuple(Span(time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def _read_month_day(text: str) -> MonthDay:
    month, _, day = text.partition("-")
    return int(month), int(day)


def _month_day(value: MonthDay) -> str:
    return f"{value[0]:02}-{value[1]:02}"


def to_texts(rules: HouseRules) -> dict[str, str]:
    """The rules as texts by key, all of them, in the order of `RULES`."""
    texts = {key: str(getattr(rules, key)) for key in _NUMBERS}
    for name in _SEASONS:
        season: Season = getattr(rules, name)
        texts |= {f"{name}_first": _month_day(season.first), f"{name}_last": _month_day(season.last)}
    return texts | {key: spans_text(spans) for key, spans in zip(_DAY_KEYS, rules.week, strict=True)}


def from_texts(texts: Mapping[str, str]) -> HouseRules:
    """The rules from texts as `normalise` gave them; what is missing is the default."""
    full = to_texts(HouseRules()) | dict(texts)
    numbers: dict[str, Any] = {key: int(full[key]) for key in _NUMBERS}
    return HouseRules(
        heating=Season(_read_month_day(full["heating_first"]), _read_month_day(full["heating_last"])),
        cooling=Season(_read_month_day(full["cooling_first"]), _read_month_day(full["cooling_last"])),
        week=tuple(read_spans(full[key]) for key in _DAY_KEYS),
        **numbers,
    )
