"""The audit chain: each line sealed together with the one before it, so that whatever is altered shows.

A line's personal text stands beside the chain, which holds only a salted commitment to it: the text can be purged and
the chain still verifies. A cut tail shows only against a head kept elsewhere, as in a backup's manifest.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import peewee

from frontdesk.storage import models as m
from frontdesk.storage.changes import is_server
from frontdesk.storage.fields import to_json, to_microseconds

if TYPE_CHECKING:
    from frontdesk.storage.database import Store

START = "0" * 64
_LOCK = 0x46440002  # PostgreSQL's advisory lock: one link of the chain after the other
_PAGE = 5_000
_MOST_PROBLEMS = 100
_SALT_BYTES = 16
_SEALED = (
    m.Audit.at, m.Audit.actor, m.Audit.actor_name, m.Audit.role, m.Audit.desk,
    m.Audit.action, m.Audit.subject, m.Audit.detail, m.Audit.commitment,
)  # fmt: skip


class By(Protocol):
    """Who did it; `domain.access.Actor` is one."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def desk(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be written."""

    actor: By
    action: str
    subject: str
    detail: Mapping[str, Any]
    personal: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain went: the number of its last line, and that line's seal."""

    rows: int
    seal: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Line `row` does not fit: `altered`, `missing`, `text_altered`, `text_stray`, or `cut` against a known head."""

    row: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many lines were read, where the chain ends, and what does not fit."""

    rows: int
    head: Head
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


class Auditor:
    """Writes and checks the chain with a key of its own."""

    def __init__(self, key: bytes, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._clock = clock

    def append(self, database: peewee.Database, entries: Sequence[Entry]) -> None:
        """Adds lines at the chain's end, within the transaction that is open."""
        if is_server(database):
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        head = read_head(database)
        at = self._clock()
        for entry in entries:
            head = self._append_one(database, head, at, entry)

    def _append_one(self, database: peewee.Database, head: Head, at: datetime, entry: Entry) -> Head:
        salt = os.urandom(_SALT_BYTES) if entry.personal else b""
        line: dict[str, Any] = {
            "at": at,
            "actor": entry.actor.id,
            "actor_name": entry.actor.name,
            "role": str(entry.actor.role),
            "desk": entry.actor.desk,
            "action": entry.action,
            "subject": entry.subject,
            "detail": to_json(dict(entry.detail)),
            "commitment": self.commitment(salt, entry.personal) if entry.personal else "",
        }
        row = head.rows + 1
        sealed = (to_microseconds(at), *list(line.values())[1:])
        seal = self.seal(row, head.seal, sealed)
        m.Audit.insert(id=row, seal=seal, **line).execute(database)
        if entry.personal:
            m.AuditText.insert(audit=row, salt=salt, text=entry.personal).execute(database)
        return Head(row, seal)

    def seal(self, row: int, previous: str, values: Sequence[Any]) -> str:
        """The keyed hash of a line and the seal before it, in hex."""
        message = to_json([row, previous, *values]).encode("utf-8")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()

    def commitment(self, salt: bytes, text: str) -> str:
        """What the chain holds of a personal text."""
        return hmac.new(self._key, salt + text.encode("utf-8"), hashlib.sha256).hexdigest()


def read_head(database: peewee.Database) -> Head:
    """Where the chain ends now."""
    query = m.Audit.select(m.Audit.id, m.Audit.seal).order_by(m.Audit.id.desc()).limit(1)
    for row, seal in query.tuples().execute(database):
        return Head(row, seal)
    return Head(0, START)


def verify(store: Store, known: Head | None = None) -> Verdict:
    """Reads the whole chain, and every personal text that is still there, and says what does not fit.

    Args:
        known: a head kept elsewhere; without one a cut tail cannot be seen.
    """
    problems: list[Problem] = []
    with store.read() as unit:
        head = _verify_chain(unit, store.auditor, problems, known)
        _verify_texts(unit, store.auditor, problems)
    if known is not None and known.rows > head.rows:
        problems.append(Problem(head.rows + 1, "cut"))
    return Verdict(head.rows, head, tuple(problems[:_MOST_PROBLEMS]))


def _verify_chain(unit: Any, auditor: Auditor, problems: list[Problem], known: Head | None) -> Head:
    expected, previous = 1, START
    for row, seal, *values in _pages(unit, m.Audit, (m.Audit.id, m.Audit.seal, *_SEALED)):
        if row != expected:
            problems.append(Problem(expected, "missing"))
        elif auditor.seal(row, previous, (to_microseconds(values[0]), *values[1:])) != seal:
            problems.append(Problem(row, "altered"))
        if known is not None and row == known.rows and seal != known.seal:
            problems.append(Problem(row, "altered"))
        expected, previous = row + 1, seal
    return Head(expected - 1, previous)


def _verify_texts(unit: Any, auditor: Auditor, problems: list[Problem]) -> None:
    """A text must be the one that was sealed. One that is gone has been purged."""
    columns = (m.AuditText.id, m.AuditText.audit, m.AuditText.salt, m.AuditText.text, m.Audit.commitment)
    joined = m.AuditText.select(*columns).join(m.Audit, peewee.JOIN.LEFT_OUTER)
    for _, row, salt, text, commitment in _pages(unit, m.AuditText, columns, joined):
        if not commitment:
            problems.append(Problem(row, "text_stray"))
        elif not hmac.compare_digest(auditor.commitment(bytes(salt), text), commitment):
            problems.append(Problem(row, "text_altered"))


def _pages(unit: Any, model: Any, columns: Sequence[Any], query: Any = None) -> Iterator[Any]:
    """All rows as tuples by rising id, the first column, read in bounded steps."""
    base = model.select(*columns) if query is None else query
    last = 0
    while rows := unit.all(base.where(model.id > last).order_by(model.id).limit(_PAGE).tuples()):
        yield from rows
        last = rows[-1][0]
