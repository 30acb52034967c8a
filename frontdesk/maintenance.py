"""What an administrator does from the command line: verify the audit trail, back up, restore.

Each function prints what happened in the user's language and returns the exit code: 0 well, 1 not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from frontdesk.domain.access import SYSTEM
from frontdesk.i18n import mark, ntr, tr
from frontdesk.services import backups
from frontdesk.services.site import from_open
from frontdesk.storage import audit, backup, sitefile, sites
from frontdesk.storage.audit import Head
from frontdesk.storage.backup import ENDING
from frontdesk.storage.errors import StorageError
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sites import OpenSite

OK, FAILED = 0, 1

_TROUBLES = {
    "backup_damaged": mark("This is not a whole backup of ours: it is cut off, altered, or something else."),
    "blob_damaged": mark("A stored file is damaged."),
    "blob_missing": mark("A stored file is missing."),
    "database_damaged": mark("The database is damaged. Restore the last backup into a new folder."),
    "database_locked": mark("Another program holds the database. Close it and try again."),
    "database_missing": mark("The site's folder has no database. Restore the last backup into a new folder."),
    "database_newer": mark("A newer version of the program has used this database. Install that version."),
    "disk_failed": mark("The disk cannot be read or written. Check the disk and its cable, then try again."),
    "disk_full": mark("The disk is full."),
    "folder_not_writable": mark("The folder cannot be written to."),
    "key_missing": mark("This account has no key for the site. Open the console and enter the recovery code."),
    "recovery_mistyped": mark("The recovery code was mistyped. Compare it with the printed sheet."),
    "recovery_wrong": mark("The recovery code belongs to another site, or to an older sheet."),
    "server_away": mark("The database server does not answer."),
    "site_exists": mark("The site's folder is not empty. Nothing was replaced."),
    "site_missing": mark("There is no site in the folder."),
    "sqlite_too_old": mark("The SQLite library is too old to keep the data safe."),
    "wrong_key": mark("The key does not belong to this site."),
}

_PROBLEMS = {
    "altered": mark("Line {row}: altered"),
    "missing": mark("Line {row}: missing"),
    "cut": mark("From line {row} on: cut off since the last backup"),
    "text_altered": mark("Line {row}: its text was altered"),
    "text_stray": mark("Line {row}: a text that was never sealed"),
}

P = ParamSpec("P")


def _telling(act: Callable[Concatenate[Path, P], int]) -> Callable[Concatenate[Path, P], int]:
    """Prints the troubles that a person can act on, with the place they are about."""

    @wraps(act)
    def told(folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return act(folder, *args, **kwargs)
        except StorageError as error:
            place = error.details.get("path", folder)
            print(tr(_TROUBLES[error.code]), f"({place})", file=sys.stderr)
            return FAILED

    return told


@_telling
def audit_verify(folder: Path, against: Path | None = None) -> int:
    """Reads a site's whole audit trail, and compares its end with a backup: the one named, else the newest."""
    with _open(folder) as site:
        source = against or _newest_backup(folder)
        known = backup.manifest_of(source, site.key).head if source else None
        verdict = audit.verify(site.store, known)
    for problem in verdict.problems:
        print(tr(_PROBLEMS[problem.kind], row=problem.row))
    print(ntr("{n} line in the audit trail.", "{n} lines in the audit trail.", verdict.rows))
    print(_compared(source, known))
    print(tr("The audit trail is sound.") if verdict.sound else tr("The audit trail was tampered with."))
    print(tr("Head: {seal}", seal=verdict.head.seal))
    return OK if verdict.sound else FAILED


@_telling
def back_up(folder: Path, target: Path | None = None) -> int:
    """Writes a backup of a site, by default into the site's own folder for them, reads it back; consoles show it."""
    with _open(folder) as site:
        made = backups.back_up(from_open(site), SYSTEM, target)
    print(tr("Backup written and read back: {path}", path=made.path))
    _warn_of_damaged(made.damaged)
    return OK


@_telling
def restore(folder: Path, source: Path, code: str, dsn: str = "") -> int:
    """Brings a site back from a backup into its folder, which must be empty or missing."""
    restored = backup.restore(source, folder, code, KeyStore.of_account(), dsn=dsn)
    made_at = restored.manifest.made_at.astimezone()
    print(tr("The site is back, as it was at {time}: {path}", time=f"{made_at:%Y-%m-%d %H:%M}", path=folder))
    _warn_of_damaged(len(restored.manifest.damaged))
    return OK


@contextmanager
def _open(folder: Path) -> Iterator[OpenSite]:
    site = sites.open_site(folder, KeyStore.of_account())
    try:
        yield site
    finally:
        site.close()


def _warn_of_damaged(n: int) -> None:
    """Says that a backup is not all of the site; a word of its own to who reads only what went wrong."""
    if n:
        warning = ntr(
            "Warning: the backup lacks {n} stored file, which was damaged or gone. An older backup may have it.",
            "Warning: the backup lacks {n} stored files, which were damaged or gone. An older backup may have them.",
            n,
        )
        print(warning, file=sys.stderr)


def _newest_backup(folder: Path) -> Path | None:
    found = (folder / sitefile.BACKUPS).glob(f"*{ENDING}")
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _compared(source: Path | None, known: Head | None) -> str:
    if source is None or known is None:
        return tr("There is no backup to compare its end with.")
    return tr("Its end was compared with the backup {name}.", name=source.name)
