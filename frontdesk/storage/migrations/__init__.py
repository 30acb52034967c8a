"""Brings a database to the schema of this version: once, whoever else tries at the same moment, and never back.

peewee's own runner is not used: it finds its scripts by a glob over the installation's path, which fails in a frozen
program and under a path with brackets. What a migration does may still use `playhouse.migrate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee

from frontdesk.storage import models as m
from frontdesk.storage.changes import is_server
from frontdesk.storage.errors import DatabaseNewer
from frontdesk.storage.migrations import v0001_house, v0002_procedure

_LOCK = 0x46440003  # PostgreSQL's advisory lock
_WAIT_MS = 120_000  # another process may be migrating a large database


@dataclass(frozen=True, slots=True)
class Migration:
    """A step from the schema `version - 1` to `version`."""

    version: int
    name: str
    up: Callable[[peewee.Database], None]


MIGRATIONS = (Migration(1, "house", v0001_house.up), Migration(2, "procedure", v0002_procedure.up))
LATEST = MIGRATIONS[-1].version


def version(database: peewee.Database) -> int:
    """The schema's version, 0 in an empty database."""
    if not database.table_exists(m.SchemaVersion):
        return 0
    newest = m.SchemaVersion.select(peewee.fn.MAX(m.SchemaVersion.version))
    return int(newest.scalar(database) or 0)


def bring_up(
    database: peewee.Database,
    now: datetime,
    back_up: Callable[[int], None] | None = None,
    steps: tuple[Migration, ...] = MIGRATIONS,
) -> int:
    """Applies the steps that are missing, all or none; returns the version found before.

    Args:
        back_up: called with the old version, under the lock, before an existing schema is touched.

    Raises:
        DatabaseNewer: a newer version of the program has been here; nothing is touched.
    """
    found = _require_known(database, steps)
    if found == steps[-1].version:
        return found
    with _alone(database):
        found = _require_known(database, steps)  # another process may have come first
        missing = [step for step in steps if step.version > found]
        if found and missing and back_up is not None:
            back_up(found)
        for step in missing:
            step.up(database)
            m.SchemaVersion.insert(version=step.version, name=step.name, at=now).execute(database)
    return found


def _require_known(database: peewee.Database, steps: tuple[Migration, ...]) -> int:
    found = version(database)
    known = steps[-1].version
    if found > known:
        raise DatabaseNewer(found=found, known=known)
    return found


@contextmanager
def _alone(database: Any) -> Iterator[None]:
    """A transaction beside which nobody else writes or migrates."""
    if is_server(database):
        with database.atomic():
            database.execute_sql(f"SET LOCAL lock_timeout = {_WAIT_MS}")
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield
        return
    with database.patient(_WAIT_MS), database.atomic("EXCLUSIVE"):
        yield
