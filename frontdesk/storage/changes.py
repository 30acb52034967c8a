"""What changed: a small table that the screens of every process read to refresh themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import peewee

from frontdesk.storage import models as m

EVERYTHING = "*"  # the topic of a reader who has been away too long: read all anew
CHANNEL = "frontdesk_change"  # PostgreSQL tells those who listen here that something was committed
_PAGE = 500
_KEPT = 10_000
_PRUNE_EVERY = 1_000
_LOCK = 0x46440001  # PostgreSQL's advisory lock: ids become visible in their own order


@dataclass(frozen=True, slots=True)
class Change:
    """Row `id` of the topic changed."""

    topic: str
    id: int


def is_server(database: peewee.Database) -> bool:
    """Whether the database is a server that many write at once, not a file with one writer."""
    return isinstance(database, peewee.PostgresqlDatabase)


def record(database: peewee.Database, entries: list[Change]) -> None:
    """Writes what a unit announced, each thing once, and now and then drops what nobody asks for any more."""
    if is_server(database):
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        database.execute_sql(f"NOTIFY {CHANNEL}")
    fresh = [(entry.topic, entry.id) for entry in dict.fromkeys(entries)]
    for page in peewee.chunked(fresh, _PAGE):
        m.Change.insert_many(page, fields=[m.Change.topic, m.Change.subject]).execute(database)
    newest = last(database)
    if newest % _PRUNE_EVERY < len(fresh):
        m.Change.delete().where(m.Change.id < newest - _KEPT).execute(database)


def last(database: peewee.Database) -> int:
    """The id of the newest change, 0 before the first."""
    return _scalar(database, m.Change.select(peewee.fn.MAX(m.Change.id)))


def since(database: peewee.Database, last_id: int) -> tuple[int, list[Change]]:
    """What changed after `last_id`, oldest first, each thing once, and the id to ask with next time."""
    query = m.Change.select(m.Change.id, m.Change.topic, m.Change.subject).where(m.Change.id > last_id)
    rows = list(query.order_by(m.Change.id).tuples().execute(database))
    if not rows:
        return last_id, []
    oldest = _scalar(database, m.Change.select(peewee.fn.MIN(m.Change.id)))
    if 0 < last_id < oldest - 1:
        return rows[-1][0], [Change(EVERYTHING, 0)]
    return rows[-1][0], list(dict.fromkeys(Change(topic, subject) for _, topic, subject in rows))


def _scalar(database: peewee.Database, query: Any) -> int:
    return int(query.scalar(database) or 0)
