"""Reads checked values out of a parsed TOML file and says, for whatever is wrong, in which line it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from frontdesk.forms.fields import Words

_BLOCK = re.compile(r"^\s*\[\[\s*block\s*\]\]")
_ERROR_LINE = re.compile(r"\bline (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a template. `code` is a word that the screens and the command line explain."""

    file: Path
    line: int
    field: str
    code: str

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}: {self.field}: {self.code}"


class Section:
    """One table of the file, its keys taken out one by one; what nobody takes is unknown."""

    def __init__(self, reader: Reader, content: Mapping[str, object], first: int, last: int) -> None:
        self._reader = reader
        self._left = dict(content)
        self._lines = (first, last)

    def wrong(self, field: str, code: str, key: str = "") -> None:
        """Note a problem at the line of this section on which `field` stands, if possible as the value of `key`."""
        self._reader.problems.append(Problem(self._reader.file, self._line_of(field, key), field, code))

    def has(self, key: str) -> bool:
        """Whether the key is there and has not been taken."""
        return key in self._left

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required when there is no default."""
        found = self._take(key, str, default)
        return found if isinstance(found, str) else ""

    def flag(self, key: str) -> bool:
        """Yes or no; no when it is not there."""
        return self._take(key, bool, False) is True

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A number within its limits."""
        found = self._take(key, (int, float), default)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            return default
        if not least <= found <= most:
            self.wrong(key, "out_of_range")
            return default
        return float(found)

    def texts(self, key: str, default: Iterable[str] | None = None) -> list[str]:
        """A list of texts."""
        found = self.items(key, None if default is None else list(default))
        if not all(isinstance(item, str) for item in found):
            self.wrong(key, "wrong_type")
        return [item for item in found if isinstance(item, str)]

    def items(self, key: str, default: list[str] | None = None) -> list[object]:
        """A list of anything; its members are the caller's to check."""
        found = self._take(key, list, default)
        return list(found) if isinstance(found, list) else []

    def words(self, key: str) -> Words:
        """A text in both languages: `{ zh = "...", en = "..." }`."""
        return self.as_words(key, self._take(key, dict, None))

    def as_words(self, key: str, value: object) -> Words:
        """The same of a value that was taken already."""
        if isinstance(value, dict) and set(value) == {"zh", "en"} and all(isinstance(v, str) for v in value.values()):
            return Words(value["zh"], value["en"])
        if value is not None:
            self.wrong(key, "needs_zh_and_en")
        return Words("", "")

    def table(self, key: str) -> Mapping[str, object]:
        """A table inside this one; empty when it is not there."""
        found = self._take(key, dict, {})
        return found if isinstance(found, dict) else {}

    def skip(self, key: str) -> None:
        """Leave a key to somebody else."""
        self._left.pop(key, None)

    def close(self) -> None:
        """Whatever is left is unknown."""
        for key in self._left:
            self.wrong(key, "unknown_key")

    def _take(self, key: str, kind: type | tuple[type, ...], default: object) -> object:
        if key not in self._left:
            if default is None:
                self.wrong(key, "missing")
            return default
        value = self._left.pop(key)
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        self.wrong(key, "wrong_type")
        return default

    def _line_of(self, field: str, key: str) -> int:
        first, last = self._lines
        word = re.escape(field)
        for pattern in (rf'\b{re.escape(key)}\s*=.*"{word}"', rf'\b{word}\s*=|"{word}(?:\*[\d.]+)?"'):
            for line in range(first, last + 1):
                if re.search(pattern, self._reader.lines[line - 1]):
                    return line
        return first


class Reader:
    """One template file: its lines, and the problems found so far."""

    def __init__(self, file: Path, source: str) -> None:
        self.file = file
        self.lines = source.splitlines() or [""]
        self.problems: list[Problem] = []

    def syntax_error(self, error: tomllib.TOMLDecodeError) -> Problem:
        """A file that is not TOML, with the line where the parser gave up."""
        found = _ERROR_LINE.search(str(error))
        return Problem(self.file, int(found.group(1)) if found else len(self.lines), "", "syntax")

    def head(self, content: Mapping[str, object]) -> Section:
        """Everything that does not stand in a block."""
        return Section(self, content, 1, len(self.lines))

    def block(self, content: Mapping[str, object], index: int) -> Section:
        """The block of this index, counted from 0."""
        starts = [number for number, line in enumerate(self.lines, 1) if _BLOCK.match(line)]
        if index >= len(starts):  # written inline: `block = [{ ... }]`
            return self.head(content)
        last = starts[index + 1] - 1 if index + 1 < len(starts) else len(self.lines)
        return Section(self, content, starts[index], last)
