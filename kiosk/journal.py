"""What this kiosk did with which code, so that it knows a used invitation also without the console.

An append-only file of lines, each with its checksum, flushed to the disk one by one. It holds digests and badge
numbers, never a code and nothing personal. A line that is not whole never happened.
"""

from __future__ import annotations

import errno
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count
from pathlib import Path

from frontdesk.lobby import coding
from frontdesk.lobby.contract import BadgeNo, Digest, Instant, MessageId, VisitId
from frontdesk.lobby.files import write_whole
from kiosk.home import on_disk

SERIES = 999  # badge numbers start over after this one


class Act(StrEnum):
    """What happened."""

    CAME = "came"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the kiosk did, and the message that says so."""

    act: Act
    at: Instant
    message: MessageId
    visit: VisitId | None
    code: Digest | None
    badge: Digest
    badge_no: BadgeNo
    until: Instant


class Journal:
    """The kiosk's memory; every public method leaves file and memory in step."""

    def __init__(self, path: Path) -> None:
        """Reads the journal, and mends it where a crash cut its last line or the disk spoilt one.

        Raises:
            DeskError: the file cannot be read or mended.
        """
        self._path = path
        self._empty()
        with on_disk():
            raw = path.read_bytes() if path.exists() else b""
            lines = [_read_line(line) for line in raw.splitlines(keepends=True)]
            self._remember(entry for entry in lines if entry is not None)
            self._size = len(raw)
            if not path.exists() or None in lines:
                self._rewrite(self._entries)

    def add(self, entry: Entry) -> None:
        """Writes an entry down for good before it returns.

        Raises:
            DeskError: nothing was written down.
        """
        line = _line(entry)
        with on_disk(), self._path.open("r+b", buffering=0) as file:
            try:
                file.truncate(self._size)  # what an earlier failure left behind
                file.seek(self._size)
                if file.write(line) != len(line):
                    raise OSError(errno.ENOSPC, "short write")
                os.fsync(file.fileno())
            except OSError:
                file.truncate(self._size)
                raise
        self._size += len(line)
        self._remember([entry])

    def has(self, message: str) -> bool:
        """Whether the message's entry is written down."""
        return message in self._messages

    def last_message(self) -> str:
        """The newest message id written down; empty at the beginning."""
        return max(self._messages, default="")

    def claims(self, code: str) -> int:
        """How often the invitation with this digest was used here."""
        return self._claims[code]

    def came(self, badge: str) -> Entry | None:
        """The entry of the visitor who was given this badge here."""
        return self._came.get(badge)

    def has_left(self, badge: str) -> bool:
        """Whether this badge was shown here for leaving."""
        return badge in self._left

    def next_number(self, letter: str, taken: Iterable[str]) -> str:
        """The next badge number of the series that nobody on site wears, such as "A-027"."""
        worn = {entry.badge_no for entry in self._came.values() if entry.badge not in self._left}.union(taken)
        last = self._numbers.get(letter, 0)
        order = chain(range(last + 1, SERIES + 1), range(1, min(last, SERIES) + 1), count(SERIES + 1))
        return next(badge for badge in (f"{letter}-{number:03d}" for number in order) if badge not in worn)

    def prune(self, before: int) -> None:
        """Forgets what ended before this instant, except the last badge number.

        Raises:
            DeskError: the shorter journal could not be written; the longer one stays.
        """
        last = next((entry for entry in reversed(self._entries) if entry.act is Act.CAME), None)
        keep = [entry for entry in self._entries if max(entry.at, entry.until) >= before or entry is last]
        if len(keep) < len(self._entries):
            with on_disk():
                self._rewrite(keep)
            self._empty()
            self._remember(keep)

    def _rewrite(self, entries: Iterable[Entry]) -> None:
        data = b"".join(_line(entry) for entry in entries)
        write_whole(self._path, data)
        self._size = len(data)

    def _remember(self, entries: Iterable[Entry]) -> None:
        """Adds to what is in memory."""
        for entry in entries:
            self._entries.append(entry)
            self._messages.add(entry.message)
            if entry.act is Act.LEFT:
                self._left.add(entry.badge)
                continue
            self._came[entry.badge] = entry
            if entry.code:
                self._claims[entry.code] += 1
            letter, _, number = entry.badge_no.rpartition("-")
            self._numbers[letter] = int(number)

    def _empty(self) -> None:
        """Memory of nothing."""
        self._entries: list[Entry] = []
        self._messages: set[str] = set()
        self._claims: Counter[str] = Counter()
        self._came: dict[str, Entry] = {}
        self._left: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last one given, by letter


def _line(entry: Entry) -> bytes:
    data = coding.dumps(entry)
    return b"%08x " % zlib.crc32(data) + data + b"\n"


def _read_line(line: bytes) -> Entry | None:
    """The entry in a line; None if it is not whole."""
    checksum, _, data = line[:-1].partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(data):
        return None
    try:
        known = json.loads(data)
        return Entry(**{**known, "act": Act(known["act"])})  # the checksum stands for the rest: we wrote it ourselves
    except (ValueError, TypeError, KeyError):
        return None
