"""The same store on a PostgreSQL server."""

from __future__ import annotations

from typing import Any

from playhouse.postgres_ext import Psycopg3Database

from frontdesk.storage.changes import CHANNEL

_CONNECT_TIMEOUT_S = 10


def is_dsn(place: str) -> bool:
    """Whether the text names a PostgreSQL database rather than a folder."""
    return place.startswith(("postgresql://", "postgres://"))


class Postgres(Psycopg3Database):
    """A peewee database on one connection, used from one thread at a time, made anew when the server comes back."""

    def __init__(self, dsn: str, wait_ms: int) -> None:
        self._new = True
        super().__init__(
            dsn.replace("postgres://", "postgresql://", 1),
            autoconnect=False,
            thread_safe=False,
            connect_timeout=_CONNECT_TIMEOUT_S,
            application_name="frontdesk",
            options=f"-c lock_timeout={wait_ms}",
        )

    def _connect(self) -> Any:
        connection = super()._connect()
        connection.execute(f"LISTEN {CHANNEL}")
        self._new = True
        return connection

    def heard(self) -> bool:
        """Whether somebody announced a change since this was last asked, or the connection is a new one."""
        heard: bool = bool(list(self.connection().notifies(timeout=0))) or self._new
        self._new = False
        return heard

    def connect_again(self) -> None:
        """Replaces a connection that broke.

        Raises:
            peewee.OperationalError: the server still does not answer.
        """
        if not self.is_closed() and self.connection().closed:
            self.close()
        if self.is_closed():
            self.connect()
