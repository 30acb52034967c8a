"""Buildings, units, and the ways people write a unit's number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_UNIT = re.compile(
    r"^\s*(?P<building>[0-9A-Za-z]+)\s*(?:栋|幢|号楼|座|#|-|/|\s)\s*"
    r"(?:(?P<stair>\d{1,2})\s*(?:单元|-|/|#|\s)\s*)?"
    r"(?P<room>\d{2,4}[A-Za-z]?)\s*(?:室|号|房)?\s*$"
)


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's name in its parts; `stair` (单元) is "" where the building has only one or it was not said."""

    building: str
    stair: str
    room: str

    @property
    def label(self) -> str:
        """The way the site writes it: `3栋2单元1201`."""
        stair = f"{self.stair}单元" if self.stair else ""
        return f"{self.building}栋{stair}{self.room}"


def parse_unit(text: str) -> UnitName | None:
    """Reads `3-2-1201`, `3栋2单元1201`, `3#1201`, `3/1201`; None where it is no unit's name."""
    match = _UNIT.match(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    return UnitName(match["building"].upper(), match["stair"] or "", match["room"].upper())
