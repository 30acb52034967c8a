"""The store: one connection to the site's database, units of work on it, and what changed in it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import peewee

from frontdesk.storage import audit, changes, keys, migrations, sitefile
from frontdesk.storage import models as m
from frontdesk.storage.changes import Change, is_server
from frontdesk.storage.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseMissing,
    FolderNotWritable,
    WrongKey,
    translated,
)
from frontdesk.storage.files import is_held, make_folder_inside
from frontdesk.storage.postgres import Postgres, is_dsn
from frontdesk.storage.sqlite import EncryptedSqlite, require_sqlite
from frontdesk.storage.unit import Unit

Clock = Callable[[], datetime]

WAIT_MS = 5_000
_KEY_CHECK = "storage.key_check"


def utc_now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


class Store:
    """An open database. One thread at a time may use it: the database lane."""

    def __init__(self, database: peewee.Database, key: bytes, clock: Clock, folder: Path | None) -> None:
        self.folder = folder
        self.clock = clock
        self.auditor = audit.Auditor(keys.derive(key, "audit"), clock)
        self._database = database
        self._alone = threading.Lock()
        self._seen_version: int | None = None
        self._wrote = True
        self._followed_to = -1

    @classmethod
    def open(cls, place: Path | str, key: bytes, *, clock: Clock = utc_now, wait_ms: int = WAIT_MS) -> Store:
        """Opens the database of a site folder, or the one that a PostgreSQL DSN names, and brings its schema up.

        Args:
            wait_ms: how long to wait for others who hold the database, before it counts as locked.

        Raises:
            SiteMissing, DatabaseMissing: there is nothing to open.
            WrongKey: the key is not this site's.
            DatabaseDamaged, DatabaseLocked, DatabaseNewer, SqliteTooOld, ServerAway, FolderNotWritable, DiskFull
        """
        if isinstance(place, str) and is_dsn(place):
            return cls._open_server(place, key, clock, None, wait_ms)
        folder = Path(place)
        site = sitefile.read(folder)
        if site.backend == sitefile.POSTGRESQL:
            keys.require_check(folder, key)
            return cls._open_server(site.dsn, key, clock, folder, wait_ms)
        path = folder / sitefile.DATABASE
        if not path.is_file():
            raise DatabaseMissing(path=str(path))
        keys.require_check(folder, key)
        return cls._open_file(path, key, clock, wait_ms, fresh=False)

    @classmethod
    def create(cls, folder: Path, key: bytes, *, clock: Clock = utc_now) -> Store:
        """Makes the SQLite database of a new site folder; `sites.create_site` makes a whole site.

        Raises:
            FolderNotWritable, DiskFull: it cannot be made there.
        """
        return cls._open_file(folder / sitefile.DATABASE, key, clock, WAIT_MS, fresh=True)

    @classmethod
    def open_copy(cls, path: Path, key: bytes, *, wait_ms: int = WAIT_MS) -> Store:
        """Opens a copy that `copy_database` made, wherever it lies; raises as `open` does."""
        return cls._open_file(path, key, utc_now, wait_ms, fresh=False)

    @classmethod
    def _open_file(cls, path: Path, key: bytes, clock: Clock, wait_ms: int, *, fresh: bool) -> Store:
        require_sqlite()
        if not fresh and path.stat().st_size == 0:
            # An empty file in the place of the data must never look like a new site.
            raise DatabaseDamaged(path=str(path), reason="empty")
        database = EncryptedSqlite(path, key, wait_ms)
        store = cls(database, key, clock, path.parent)
        try:
            store._connect(lambda: store._bring_up_file(fresh))
        except FolderNotWritable as error:
            # SQLite has tried for a second and says the same of a held file as of a missing right.
            if any(is_held(path.with_name(path.name + ending)) for ending in ("", "-wal", "-shm")):
                raise DatabaseLocked(path=str(path)) from error
            raise
        if is_held(path):  # whoever holds it lets others read, and SQLite has made do with that
            store.close()
            raise DatabaseLocked(path=str(path))
        return store

    @classmethod
    def _open_server(cls, dsn: str, key: bytes, clock: Clock, folder: Path | None, wait_ms: int) -> Store:
        store = cls(Postgres(dsn, wait_ms), key, clock, folder)
        store._connect(lambda: store._bring_up_server(key))
        return store

    def _connect(self, bring_up: Callable[[], None]) -> None:
        try:
            with translated():
                self._database.connect()
                bring_up()
        except BaseException:
            self._database.close()
            raise

    def _bring_up_file(self, fresh: bool) -> None:
        if not fresh and migrations.version(self._database) == 0:
            raise DatabaseDamaged(path=self._database.database, reason="empty")
        migrations.bring_up(self._database, self.clock(), self.back_up_before_migrating)

    def _bring_up_server(self, key: bytes) -> None:
        migrations.bring_up(self._database, self.clock())
        expected = keys.check_value(key)
        with self.write() as unit:
            # Whoever opens the new database first leaves the value by which the key is recognised.
            unit.run(m.Setting.insert(key=_KEY_CHECK, value=expected).on_conflict_ignore())
            if unit.scalar(m.Setting.select(m.Setting.value).where(m.Setting.key == _KEY_CHECK)) != expected:
                raise WrongKey()

    def back_up_before_migrating(self, version: int) -> None:
        """A copy under the same key, made by a second connection because this one is in a transaction."""
        backups = Path(self._database.database).parent / sitefile.BACKUPS
        make_folder_inside(backups)
        self.copy_database(backups / f"before-schema-{version}-{self.clock():%Y%m%dT%H%M%SZ}.db")

    # --- units of work -----------------------------------------------------------------------------------------------

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A transaction that writes: all of it, or nothing.

        Raises:
            RuntimeError: a unit is open already; one act of a person is one transaction.
            DatabaseLocked, DiskFull, ServerAway, DatabaseDamaged
        """
        with self._unit(writing=True) as unit:
            yield unit
        unit.finish()

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A consistent snapshot that only reads; raises as `write` does."""
        with self._unit(writing=False) as unit:
            yield unit

    @contextmanager
    def _unit(self, *, writing: bool) -> Iterator[Unit]:
        if not self._alone.acquire(blocking=False):
            raise RuntimeError("a unit is open already, in this thread or another")
        try:
            with translated(), self._transaction(writing):
                unit = Unit(self._database, self.auditor, writing=writing)
                yield unit
                unit.settle()
            self._wrote |= writing
        finally:
            self._alone.release()

    def _transaction(self, writing: bool) -> AbstractContextManager[object]:
        if isinstance(self._database, Postgres):
            self._database.connect_again()
            level = "READ COMMITTED" if writing else "REPEATABLE READ"
        else:
            level = "IMMEDIATE" if writing else "DEFERRED"
        transaction: AbstractContextManager[object] = self._database.atomic(level)
        return transaction

    # --- what changed ------------------------------------------------------------------------------------------------

    def last_change(self) -> int:
        """Where a reader who has just read everything starts to follow."""
        with translated():
            return changes.last(self._database)

    def changes_since(self, last_id: int) -> tuple[int, list[Change]]:
        """What this and other processes changed after `last_id`, and the id to ask with next time.

        Costs a few microseconds while nothing changes. A reader who was away too long is told `*`: everything.
        """
        with translated():
            if not self._may_have_changed(last_id):
                return last_id, []
            newest, found = changes.since(self._database, last_id)
        self._followed_to = newest
        return newest, found

    def _may_have_changed(self, last_id: int) -> bool:
        news = self._wrote or last_id != self._followed_to
        self._wrote = False
        if isinstance(self._database, Postgres):
            self._database.connect_again()
            return self._database.heard() or news
        (version,) = self._database.execute_sql("PRAGMA data_version").fetchone()
        news = news or bool(version != self._seen_version)
        self._seen_version = version
        return news

    # --- the whole database ------------------------------------------------------------------------------------------

    @property
    def on_server(self) -> bool:
        """Whether the data is on PostgreSQL."""
        return is_server(self._database)

    @property
    def schema(self) -> int:
        """The schema's version."""
        return migrations.version(self._database)

    def copy_database(self, target: Path) -> None:
        """Writes a consistent copy of an SQLite database under the same key, while others go on.

        Raises:
            DiskFull, FolderNotWritable: no copy was left behind.
        """
        if not isinstance(self._database, EncryptedSqlite):
            raise TypeError("a server's database is copied row by row")
        second = self._database.another()
        with translated():
            second.connect()
            try:
                second.copy_into(target)
            except BaseException:
                target.unlink(missing_ok=True)
                raise
            finally:
                second.close()

    def damage(self) -> list[str]:
        """What SQLite's own checks find in the file; empty when it is sound. Reads all of it."""
        if self.on_server:
            return []
        with translated():
            for check in ("cipher_integrity_check", "integrity_check(20)"):
                found = [row[0] for row in self._database.execute_sql(f"PRAGMA {check}").fetchall()]
                if found not in ([], ["ok"]):
                    return found
        return []

    def close(self) -> None:
        """Ends the connection; safe to repeat."""
        self._database.close()
