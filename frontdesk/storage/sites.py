"""Site folders: a new one whole or not at all, an existing one opened with this account's key."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from frontdesk.domain.codes import new_site_tag
from frontdesk.storage import recovery, sitefile
from frontdesk.storage.blobs import Blobs
from frontdesk.storage.database import Clock, Store, utc_now
from frontdesk.storage.errors import SiteExists
from frontdesk.storage.files import flush_folder, make_folder_inside, make_private_folder, writing_to
from frontdesk.storage.keys import new_key
from frontdesk.storage.keystore import KeyPlace, KeyStore
from frontdesk.storage.sitefile import SiteFile


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site that was made: its key, where this account keeps it, and the code to print, which is kept nowhere."""

    site: SiteFile
    key: bytes
    place: KeyPlace
    recovery_code: str


@dataclass(frozen=True, slots=True)
class OpenSite:
    """An open site: its file, database, blobs, and where its key was found. `key` is for what derives from it."""

    folder: Path
    site: SiteFile
    key: bytes
    place: KeyPlace
    store: Store
    blobs: Blobs

    def close(self) -> None:
        """Closes the database."""
        self.store.close()


def is_site(folder: Path) -> bool:
    """Whether the folder holds a site.

    Raises:
        FolderNotWritable: this account may not look into it; then it must not pass for a folder without a site.
    """
    with writing_to(folder):
        return (folder / sitefile.NAME).is_file()


def create_site(folder: Path, keystore: KeyStore, *, dsn: str = "", lobby: str = "", clock: Clock = utc_now) -> NewSite:
    """Makes a site: on the embedded database, or with a DSN on PostgreSQL. Nothing half-made is left behind.

    Raises:
        SiteExists: the folder already holds something.
        FolderNotWritable, DiskFull, ServerAway, WrongKey (the server's database is another site's)
    """
    backend = sitefile.POSTGRESQL if dsn else sitefile.SQLITE
    site = SiteFile(str(uuid.uuid4()), new_site_tag(os.urandom(3)), backend, dsn, lobby)
    key, code = new_key(), recovery.new_code()
    with new_folder(folder) as building:
        sitefile.write(building, site)
        recovery.write(building, recovery.seal(key, site.id, code))
        make_folder_inside(building / sitefile.BLOBS)
        make_folder_inside(building / sitefile.BACKUPS)
        store = Store.open(dsn, key, clock=clock) if dsn else Store.create(building, key, clock=clock)
        store.close()
        place = keystore.save(site.id, key)
    return NewSite(site, key, place, code)


def open_site(folder: Path, keystore: KeyStore, *, clock: Clock = utc_now) -> OpenSite:
    """Opens a site with the key that this account keeps.

    Raises:
        SiteMissing: the folder holds none.
        KeyMissing: this account has no key; `recovery.recover` brings it back.
        and what `Store.open` raises.
    """
    site = sitefile.read(folder)
    stored = keystore.load(site.id)
    store = Store.open(folder, stored.key, clock=clock)
    blobs = Blobs(folder / sitefile.BLOBS, stored.key, clock)
    return OpenSite(folder, site, stored.key, stored.place, store, blobs)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A private folder to build in, beside its final place; it becomes `folder` at the end, or vanishes.

    Raises:
        SiteExists: `folder` already holds something.
        FolderNotWritable, DiskFull
    """
    with writing_to(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SiteExists(path=str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
    building = folder.parent / f".{folder.name}.{uuid.uuid4().hex[:8]}.new"
    make_private_folder(building)
    try:
        yield building
        with writing_to(folder):
            if folder.exists():
                folder.rmdir()
            os.replace(building, folder)
            flush_folder(folder.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)
