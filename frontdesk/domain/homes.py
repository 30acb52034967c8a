"""The homes of a building, made from how many stairs and floors it has and how its homes are numbered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from frontdesk.domain.premises import UnitName

DEFAULT_PATTERN = "{floor}{home:02}"
MOST_HOMES = 5_000
_FIELD = re.compile(r"\{(floor|home|letter|stair)(?::0?([1-4]))?\}")
_RANGE = re.compile(r"^(-?\d{1,3})(?:\s*[-~–至到]\s*(-?\d{1,3}))?$")


class BadPattern(ValueError):
    """A pattern does not say how homes are numbered, or gives two homes one number."""


class BadRange(ValueError):
    """A text is neither a number nor a range such as 1-3; it is the error's argument."""


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """How a building is divided. `stairs` 0: its homes' numbers name no stair. Floors run from 1 to `floors` without
    `no_floors`; `homes` are counted on each floor, numbered from 1, without the numbers in `no_homes`.

    The pattern may hold `{floor}`, `{home}`, `{letter}` (A for the first home) and `{stair}`; `{home:02}` has two
    figures.
    """

    stairs: int
    floors: int
    homes: int
    pattern: str = DEFAULT_PATTERN
    no_floors: frozenset[int] = frozenset()
    no_homes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Home:
    """A home to be: its name, and the floor it is on."""

    name: UnitName
    floor: int


def numbers(texts: Iterable[str]) -> frozenset[int]:
    """The numbers that texts such as `4` and `1-3` name.

    Raises:
        BadRange: a text is neither.
    """
    found: set[int] = set()
    for text in texts:
        match = _RANGE.match(unicodedata.normalize("NFKC", text).strip())
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            raise BadRange(text)
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)


def check_pattern(pattern: str) -> None:
    """Lets pass only a pattern that tells homes on a floor, and floors, apart.

    Raises:
        BadPattern
    """
    fields = {match[1] for match in _FIELD.finditer(pattern)}
    rest = _FIELD.sub("", pattern)
    if "floor" not in fields or not fields & {"home", "letter"} or re.search(r"[{}\s]", rest):
        raise BadPattern(pattern)


def homes(building: str, plan: UnitPlan) -> tuple[Home, ...]:
    """The homes of a building, stair by stair from the lowest floor up.

    Raises:
        BadPattern: the pattern is none, or two homes would have one number.
    """
    check_pattern(plan.pattern)
    made = tuple(_homes(building, plan))
    if len({home.name for home in made}) < len(made):
        raise BadPattern(plan.pattern)
    return made


def count(plan: UnitPlan) -> int:
    """How many homes a plan makes."""
    floors = sum(floor not in plan.no_floors for floor in range(1, plan.floors + 1))
    return max(plan.stairs, 1) * floors * plan.homes


def common_parts(building: str, stairs: int) -> tuple[UnitName, ...]:
    """The common parts of a building: its own, and those of each stair."""
    return (UnitName(building, "", ""), *(UnitName(building, str(stair), "") for stair in range(1, stairs + 1)))


def _homes(building: str, plan: UnitPlan) -> Iterator[Home]:
    places = _home_numbers(plan)
    for stair in [str(stair) for stair in range(1, plan.stairs + 1)] or [""]:
        for floor in range(1, plan.floors + 1):
            if floor in plan.no_floors:
                continue
            for number in places:
                yield Home(UnitName(building, stair, _room(plan.pattern, stair, floor, number)), floor)


def _home_numbers(plan: UnitPlan) -> tuple[int, ...]:
    used = [number for number in range(1, plan.homes + len(plan.no_homes) + 1) if number not in plan.no_homes]
    return tuple(used[: plan.homes])


def _room(pattern: str, stair: str, floor: int, number: int) -> str:
    def filled(match: re.Match[str]) -> str:
        if match[1] == "letter":
            turn, letter = divmod(number - 1, len(ascii_uppercase))
            return ascii_uppercase[letter] + (str(turn) if turn else "")
        value = {"floor": str(floor), "home": str(number), "stair": stair}[match[1]]
        return value.rjust(int(match[2] or 0), "0")

    return _FIELD.sub(filled, pattern)
