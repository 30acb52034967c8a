"""Files of the site - archived PDFs, photos, scans - encrypted, and named by a keyed hash of what they hold.

The name tells nothing to who has not the key, equal contents are kept once, and what was altered shows on reading.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import nacl.exceptions
import nacl.secret

from frontdesk.storage import models as m
from frontdesk.storage.database import utc_now
from frontdesk.storage.errors import BlobDamaged, FolderNotWritable
from frontdesk.storage.files import make_folder_inside, write_whole, writing_to
from frontdesk.storage.keys import derive
from frontdesk.storage.unit import Unit

SUFFIX = ".blob"
_NAME = re.compile(r"[0-9a-f]{64}")
_MEDIA_END = b"\0"


class Blobs:
    """The blobs of a site folder."""

    def __init__(self, folder: Path, key: bytes, clock: Callable[[], datetime] = utc_now) -> None:
        self.folder = folder
        self._box = nacl.secret.SecretBox(derive(key, "blob contents"))
        self._name_key = derive(key, "blob names")
        self._clock = clock

    def put(self, data: bytes, media: str) -> str:
        """Stores data of a media type (`application/pdf`) and returns its name; the same data is stored once.

        The file is on the disk when this returns. `keep` lists it in the database within the unit that refers to it;
        a file that no unit lists is swept away a day after it was last put.

        Raises:
            FolderNotWritable, DiskFull: nothing was written.
        """
        name = self._name(data, media)
        path = self.path(name)
        if not (self._made_young(path) and self._is_sound(name)):
            for folder in (self.folder, path.parent):
                make_folder_inside(folder)
            write_whole(path, self._box.encrypt(media.encode("ascii") + _MEDIA_END + data))
        return name

    def get(self, name: str) -> bytes:
        """The data that was put there.

        Raises:
            BlobDamaged: it is not what was put there; `blob_missing`: it is gone.
            FolderNotWritable: this account may not read it.
        """
        return self._read(name)[1]

    def media(self, name: str) -> str:
        """The media type; raises as `get` does."""
        return self._read(name)[0]

    def keep(self, unit: Unit, name: str) -> int:
        """Lists a stored blob in the database, so that backup and purge reach it; returns its row's id."""
        row = unit.one(m.Blob.select().where(m.Blob.name == name))
        if row is not None:
            return int(row.id)
        media, data = self._read(name)
        return unit.add(m.Blob, name=name, media=media, size=len(data), created_at=self._clock())

    def drop(self, names: Iterable[str]) -> None:
        """Deletes files: for a purge, after the unit that took their rows away, and for a sweep.

        Raises:
            FolderNotWritable: one cannot be deleted; those before it are gone.
        """
        for name in names:
            with writing_to(self.path(name)):
                self.path(name).unlink(missing_ok=True)

    def strays(self, listed: Iterable[str], before: datetime) -> list[str]:
        """Names of files older than `before` that are not listed: their unit never came to its end."""
        known = set(listed)
        unlisted = (path for path in sorted(self.folder.glob(f"*/*{SUFFIX}")) if path.stem not in known)
        return [path.stem for path in unlisted if self._is_ours(path) and _is_older(path, before)]

    def path(self, name: str) -> Path:
        """Where a blob of this name lies.

        Raises:
            BlobDamaged: it is no name of a blob.
        """
        if not _NAME.fullmatch(name):
            raise BlobDamaged(name=name)
        return self.folder / name[:2] / f"{name}{SUFFIX}"

    def _name(self, data: bytes, media: str) -> str:
        keyed = hashlib.blake2b(media.encode("ascii") + _MEDIA_END, key=self._name_key, digest_size=32)
        keyed.update(data)
        return keyed.hexdigest()

    def _is_ours(self, path: Path) -> bool:
        """Whether a file lies where we put one of this name; others may have left copies in the folder."""
        return bool(_NAME.fullmatch(path.stem)) and path == self.path(path.stem)

    def _made_young(self, path: Path) -> bool:
        """Whether the file is there; it then counts as new, so that no sweep takes it before a unit lists it."""
        with writing_to(path):
            try:
                os.utime(path)
            except (FileNotFoundError, NotADirectoryError):
                return False
        return True

    def _is_sound(self, name: str) -> bool:
        """Whether the file is there and whole; putting the same data again mends one that is not."""
        try:
            self._read(name)
        except BlobDamaged:
            return False
        return True

    def _read(self, name: str) -> tuple[str, bytes]:
        path = self.path(name)
        try:
            sealed = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise BlobDamaged("blob_missing", name=name) from error
        except PermissionError as error:
            raise FolderNotWritable(path=str(path)) from error
        try:
            media, _, data = self._box.decrypt(sealed).partition(_MEDIA_END)
        except (nacl.exceptions.CryptoError, ValueError) as error:
            raise BlobDamaged(name=name) from error
        if not hmac.compare_digest(self._name(data, media.decode("ascii")), name):
            raise BlobDamaged(name=name)
        return media.decode("ascii"), data


def _is_older(path: Path, before: datetime) -> bool:
    """Whether a file was last put before an instant; one that another program sweeps meanwhile is not."""
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False
