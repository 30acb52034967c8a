"""The encrypted SQLite database: one connection, its pragmas in the order that matters."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from frontdesk.storage.errors import SqliteTooOld

# SQLite before this one can corrupt a WAL database that several connections write and checkpoint.
OLDEST_SQLITE = (3, 51, 3)
_STEP_S = (0.0005, 0.003)


def require_sqlite(found: tuple[int, ...] = sqlcipher.sqlite_version_info) -> None:
    """Refuses a library that could damage the data.

    Raises:
        SqliteTooOld: it is older than 3.51.3.
    """
    if found < OLDEST_SQLITE:
        raise SqliteTooOld(found=".".join(map(str, found)), needed=".".join(map(str, OLDEST_SQLITE)))


class Patience:
    """How a connection waits for others: in short, uneven steps, up to a limit.

    SQLite's own waiting grows to steps of 100 ms. Beside a program that writes without a pause it hardly ever meets
    one of the short gaps, and gives up.
    """

    def __init__(self, wait_ms: int) -> None:
        self.wait_ms = wait_ms
        self._until = 0.0

    def __call__(self, tries: int) -> bool:
        """Called by SQLite while somebody else holds what it needs; False gives up."""
        now = time.monotonic()
        if tries == 0:
            self._until = now + self.wait_ms / 1000
        if now >= self._until:
            return False
        time.sleep(random.uniform(*_STEP_S))  # noqa: S311 - nothing secret about it
        return True


class EncryptedSqlite(SqlCipherDatabase):
    """A peewee database with a raw 256-bit key, which spares each connection the 120 ms of a passphrase.

    The connection is not bound to a thread: the store lets only one at a time use it, and makes no thread of its own.
    """

    def __init__(self, path: Path, key: bytes, wait_ms: int) -> None:
        self._key = key
        self._patience = Patience(wait_ms)
        super().__init__(str(path), autoconnect=False, thread_safe=False, returning_clause=True)

    def _connect(self) -> Any:
        connection = sqlcipher.connect(self.database, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr by itself
            connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            connection.set_busy_handler(self._patience)
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode = wal")
            for pragma in ("synchronous = full", "foreign_keys = 1", "secure_delete = on", "recursive_triggers = 1"):
                connection.execute(f"PRAGMA {pragma}")
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def patient(self, wait_ms: int) -> Iterator[None]:
        """Waits longer for others than usual."""
        before, self._patience.wait_ms = self._patience.wait_ms, wait_ms
        try:
            yield
        finally:
            self._patience.wait_ms = before

    def rollback(self) -> None:
        """Takes the transaction back; after a full disk SQLite has done so itself, and asking again would fail."""
        if self.connection().in_transaction:
            super().rollback()

    def another(self) -> EncryptedSqlite:
        """A second connection to the same file, not yet open."""
        return EncryptedSqlite(Path(self.database), self._key, self._patience.wait_ms)

    def copy_into(self, target: Path) -> None:
        """Writes a compact, consistent copy under the same key; other connections go on meanwhile."""
        self.execute_sql("VACUUM INTO ?", (str(target),))
