"""What can go wrong with storage that a person can do something about; the screens word it by `code`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import peewee
import psycopg
from sqlcipher3 import dbapi2 as sqlcipher


class StorageError(Exception):
    """A trouble with a remedy. `code` names it, `details` fills its wording; neither holds personal data."""

    code = "storage"

    def __init__(self, code: str = "", **details: object) -> None:
        self.code = code or type(self).code
        self.details = details
        super().__init__(", ".join([self.code, *(f"{name}={value}" for name, value in details.items())]))


class DatabaseLocked(StorageError):
    """Another program (a backup tool, an editor) held the database longer than we wait."""

    code = "database_locked"


class DatabaseDamaged(StorageError):
    """The key is right and the file cannot be read: it is damaged, or no database of ours."""

    code = "database_damaged"


class DatabaseMissing(StorageError):
    """The site folder has no database."""

    code = "database_missing"


class DatabaseNewer(StorageError):
    """A newer version of the program has written this database; `found` and `known` are schema versions."""

    code = "database_newer"


class SqliteTooOld(StorageError):
    """SQLite before 3.51.3 can corrupt a database in WAL mode that several connections write."""

    code = "sqlite_too_old"


class FolderNotWritable(StorageError):
    """The folder cannot be written: rights, or a read-only disk; `path` says which."""

    code = "folder_not_writable"


class SiteExists(StorageError):
    """The folder already holds something, so that nothing new is put there."""

    code = "site_exists"


class SiteMissing(StorageError):
    """The folder holds no site, or its site file cannot be read."""

    code = "site_missing"


class ServerAway(StorageError):
    """The database server does not answer, or the connection to it broke."""

    code = "server_away"


class WrongKey(StorageError):
    """The key is not this site's."""

    code = "wrong_key"


class KeyMissing(StorageError):
    """This account has no key for the site: the recovery code brings it back."""

    code = "key_missing"


class RecoveryRefused(StorageError):
    """The recovery code was mistyped (`recovery_mistyped`) or is another site's (`recovery_wrong`)."""

    code = "recovery_wrong"


class NotFound(StorageError):
    """There is no such row; somebody may have removed it meanwhile."""

    code = "not_found"


class EditConflict(StorageError):
    """Somebody else changed the row since it was read; nothing was written."""

    code = "edit_conflict"


class DiskFull(StorageError):
    """The disk has no room left; nothing was written."""

    code = "disk_full"


class DiskFailed(StorageError):
    """The disk, or the way to it, did not read or write; what lies there may well be whole."""

    code = "disk_failed"


class BlobDamaged(StorageError):
    """A stored file is not what was put there, or is gone (`blob_missing`)."""

    code = "blob_damaged"


class BackupDamaged(StorageError):
    """The backup is cut off, altered, or no backup of ours; nothing was replaced."""

    code = "backup_damaged"


# SQLite's primary result codes, which its driver gives with every error.
_SQLITE_ERRORS: dict[int, type[StorageError]] = {
    5: DatabaseLocked,  # BUSY
    6: DatabaseLocked,  # LOCKED
    8: FolderNotWritable,  # READONLY
    10: DiskFailed,  # IOERR
    11: DatabaseDamaged,  # CORRUPT
    13: DiskFull,  # FULL
    14: FolderNotWritable,  # CANTOPEN
    26: DatabaseDamaged,  # NOTADB
}
# Some of its extended codes mean something else than their primary code says.
_SQLITE_EXTENDED: dict[int, type[StorageError]] = {
    10 | 2 << 8: DatabaseDamaged,  # IOERR_SHORT_READ: the file is cut off
    10 | 3 << 8: DiskFull,  # IOERR_WRITE: how a full disk shows where the file cannot be extended
    10 | 32 << 8: DatabaseDamaged,  # IOERR_DATA: a page does not fit its checksum
    10 | 33 << 8: DatabaseDamaged,  # IOERR_CORRUPTFS: the file system is damaged
}


def from_sqlite(code: int, message: str) -> StorageError | None:
    """What an error code of SQLite (extended or not) means for a person; None where it is a bug of ours."""
    kind = _SQLITE_EXTENDED.get(code) or _SQLITE_ERRORS.get(code & 0xFF)
    return kind(reason=message) if kind else None


def _from_postgres(error: BaseException) -> StorageError | None:
    """What an SQLSTATE means for a person; a lost connection has none."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        return ServerAway(reason=str(error)) if type(error).__name__ == "OperationalError" else None
    if state.startswith(("08", "57P")):
        return ServerAway(reason=str(error))
    if state in ("55P03", "40P01", "40001"):
        return DatabaseLocked(reason=str(error))
    return DiskFull(reason=str(error)) if state == "53100" else None


@contextmanager
def translated() -> Iterator[None]:
    """Raises the errors of peewee and its drivers as ours where a person can act on them; bugs pass as they are."""
    try:
        yield
    except (peewee.PeeweeException, sqlcipher.Error, psycopg.Error) as error:  # rows are fetched from the bare driver
        wrapped = isinstance(error, peewee.PeeweeException)
        cause = (error.__cause__ or error.__context__ or error) if wrapped else error
        code = getattr(cause, "sqlite_errorcode", None)
        ours = _from_postgres(cause) if code is None else from_sqlite(code, str(cause))
        if ours is None:
            raise
        raise ours from error
