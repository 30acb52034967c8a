"""`site.toml`: what must be known of a site before its database can be opened."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from frontdesk.storage.errors import FolderNotWritable, SiteMissing
from frontdesk.storage.files import write_whole

NAME = "site.toml"
DATABASE = "frontdesk.db"
BLOBS = "blobs"
BACKUPS = "backups"
FORMS = "forms"  # the site's own templates; most sites have none
RECOVERY = "recovery.json"

SQLITE = "sqlite"
POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The site's id, the tag in its codes, where its data is, and where it meets its kiosks.

    `lobby` empty means the machine's own lobby folder; `dsn` is used with the PostgreSQL backend only.
    """

    id: str
    tag: str
    backend: str = SQLITE
    dsn: str = ""
    lobby: str = ""


_HEADER = "# What this site is and where its data lies. Written by the program; the lobby folder may be edited.\n"


def read(folder: Path) -> SiteFile:
    """The site file of a folder.

    Raises:
        SiteMissing: there is none, or it is no site file of ours (`reason` says what is wrong).
        FolderNotWritable: this account may not read it.
    """
    path = folder / NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        site = SiteFile(**{name: str(value) for name, value in values.items()})
    except PermissionError as error:
        raise FolderNotWritable(path=str(folder)) from error
    except (OSError, ValueError, TypeError) as error:
        raise SiteMissing(path=str(path), reason=type(error).__name__) from error
    if site.backend not in (SQLITE, POSTGRESQL):
        raise SiteMissing(path=str(path), reason="backend")
    return site


def write(folder: Path, site: SiteFile) -> None:
    """Writes the site file, readable for its owner only, because a DSN may hold a password."""
    values = {"id": site.id, "tag": site.tag, "backend": site.backend, "dsn": site.dsn, "lobby": site.lobby}
    # A JSON string is a TOML basic string, apart from DEL, which no such value holds.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    write_whole(folder / NAME, (_HEADER + "\n".join(lines) + "\n").encode("utf-8"), private=True)
