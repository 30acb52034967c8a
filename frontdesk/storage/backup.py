"""Backups: the whole site in one encrypted file, and back into an empty folder with the recovery code alone.

Inside is a tar of the manifest, the site file, the recovery file, the database, the site's own forms, and every blob
that the database lists. The manifest holds each file's hash, the schema's version, and the head of the audit chain.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from frontdesk.storage import audit, recovery, rowcopy, sitefile
from frontdesk.storage import models as m
from frontdesk.storage.audit import Head
from frontdesk.storage.blobs import SUFFIX, Blobs
from frontdesk.storage.database import Store
from frontdesk.storage.errors import BackupDamaged, BlobDamaged, SiteMissing
from frontdesk.storage.fields import from_microseconds, to_microseconds
from frontdesk.storage.files import flush_folder, make_folder_inside, private_opener, writing_to
from frontdesk.storage.keys import derive
from frontdesk.storage.keystore import KeyPlace, KeyStore
from frontdesk.storage.sealedfile import SealedReader, SealedWriter
from frontdesk.storage.sites import OpenSite, new_folder
from frontdesk.storage.unit import Unit

ENDING = ".fdbackup"
_MANIFEST = "manifest.json"
_PURPOSE = "backup"
_COPY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: whose, of when, up to which audit line, and which files.

    `damaged` names the blobs that the database lists and that were damaged or gone already: they are not in it.
    """

    site: str
    made_at: datetime
    schema: int
    head: Head
    files: dict[str, Entry]
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read back."""

    path: Path
    size: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """A site that was brought back: where, as of when, and where this account now keeps its key."""

    folder: Path
    manifest: Manifest
    place: KeyPlace


def name_for(site: OpenSite, at: datetime) -> str:
    """A file name for a backup made at an instant."""
    return f"{site.site.tag}-{at:%Y%m%dT%H%M%SZ}{ENDING}"


def make(site: OpenSite, target: Path) -> Made:
    """Writes a backup of an open site and reads it back, while other programs go on working.

    A blob that is damaged or gone is left out and named in the manifest: all the rest must not go without a backup.

    Raises:
        FolderNotWritable, DiskFull: nothing was left behind.
        BackupDamaged: what was read back is not what was written; nothing was left behind.
    """
    with writing_to(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, because the system's own folder for such things may be on a smaller disk.
    with _scratch(target.parent) as scratch:
        files, damaged, schema, head = _collect(site, scratch)
        entries = {name: _entry(path) for name, path in files.items()}
        manifest = Manifest(site.site.id, site.store.clock(), schema, head, entries, damaged)
        whole = scratch / target.name
        with writing_to(target.parent):
            _write(whole, site, manifest, files)
            if inspect(whole, site.key) != manifest:
                raise BackupDamaged(reason="altered")
            os.replace(whole, target)
            flush_folder(target.parent)
    return Made(target, target.stat().st_size, manifest)


def inspect(path: Path, key: bytes) -> Manifest:
    """Reads a whole backup and compares every file with the manifest; writes nothing.

    Raises:
        BackupDamaged: it is cut, altered, or no backup of this site.
    """
    with _opened(path) as reader:
        reader.unlock(derive(key, _PURPOSE))
        return _unpack(reader, None)


def manifest_of(path: Path, key: bytes) -> Manifest:
    """The manifest of a backup, for its audit head; does not read the rest.

    Raises:
        BackupDamaged: its beginning is cut, altered, or no backup of this site.
    """
    with _opened(path) as reader:
        reader.unlock(derive(key, _PURPOSE))
        try:
            with tarfile.open(fileobj=reader, mode="r|", bufsize=_COPY) as tar:
                return _first(tar, iter(tar))
        except tarfile.TarError as error:
            raise BackupDamaged(reason="altered") from error


def restore(path: Path, folder: Path, code: str, keystore: KeyStore, *, dsn: str = "") -> Restored:
    """Brings a site back into an empty or missing folder, under any account and on any PC.

    Everything is checked before the folder comes to be: each file, the database, the audit chain up to the head in
    the manifest, and every blob that was whole when the backup was made. With a DSN the rows go into that empty
    PostgreSQL database, wherever they came from; without one they are on the embedded database.

    Raises:
        BackupDamaged, RecoveryRefused, SiteExists, DatabaseNewer, FolderNotWritable, DiskFull
    """
    with new_folder(folder) as building:
        with _opened(path) as reader:
            try:
                key = recovery.unseal(reader.header["recovery"], code)
            except (KeyError, TypeError, SiteMissing) as error:
                raise BackupDamaged(reason="altered") from error
            reader.unlock(derive(key, _PURPOSE))
            manifest = _unpack(reader, building)
        make_folder_inside(building / sitefile.BACKUPS)
        make_folder_inside(building / sitefile.BLOBS)
        _settle(building, key, manifest, dsn)
        place = keystore.save(manifest.site, key)
    return Restored(folder, manifest, place)


# --- making ----------------------------------------------------------------------------------------------------------


def _collect(site: OpenSite, scratch: Path) -> tuple[dict[str, Path], tuple[str, ...], int, Head]:
    """The files of the backup by their names in it, the damaged blobs, the schema, and the audit head by then."""
    files = {name: site.folder / name for name in (sitefile.NAME, sitefile.RECOVERY)}
    files[sitefile.DATABASE] = scratch / sitefile.DATABASE
    own_forms = (path for path in (site.folder / sitefile.FORMS).glob("*") if path.is_file())
    files |= {f"{sitefile.FORMS}/{path.name}": path for path in own_forms}
    with closing(_copy(site, scratch)) as copy, copy.read() as unit:
        names, head, schema = _listed(unit), unit.audit_head(), copy.schema
    whole = {_blob_path(name): site.blobs.path(name) for name in names if _is_whole(site.blobs, name)}
    damaged = tuple(name for name in names if _blob_path(name) not in whole)
    return files | whole, damaged, schema, head


def _is_whole(blobs: Blobs, name: str) -> bool:
    """Whether a blob can be read: a damaged one shows now, not on the day it is needed."""
    try:
        blobs.get(name)
    except BlobDamaged:
        return False
    return True


def _copy(site: OpenSite, scratch: Path) -> Store:
    """The site's rows in an encrypted file under the site's key, also where they are on a server."""
    if not site.store.on_server:
        site.store.copy_database(scratch / sitefile.DATABASE)
        return Store.open_copy(scratch / sitefile.DATABASE, site.key)
    copy = Store.create(scratch, site.key)
    with site.store.read() as unit:
        rowcopy.copy_rows(unit, copy)
    return copy


def _listed(unit: Unit) -> list[str]:
    return [name for (name,) in unit.all(m.Blob.select(m.Blob.name).order_by(m.Blob.id).tuples())]


def _blob_path(name: str) -> str:
    return f"{sitefile.BLOBS}/{name[:2]}/{name}{SUFFIX}"


def _write(path: Path, site: OpenSite, manifest: Manifest, files: dict[str, Path]) -> None:
    header = {"site": site.site.id, "recovery": recovery.read(site.folder)}
    with open(path, "xb") as file:
        writer = SealedWriter(file, derive(site.key, _PURPOSE), header)
        with tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, _MANIFEST, io.BytesIO(_coded(manifest)), len(_coded(manifest)))
            for name, source in files.items():
                with open(source, "rb") as content:
                    _add(tar, name, content, manifest.files[name].size)
        writer.finish()
        file.flush()
        os.fsync(file.fileno())


def _add(tar: tarfile.TarFile, name: str, content: BinaryIO, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size = size
    tar.addfile(member, content)


def _entry(path: Path) -> Entry:
    with open(path, "rb") as file:
        return Entry(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _coded(manifest: Manifest) -> bytes:
    values = asdict(manifest) | {"version": 1, "made_at": to_microseconds(manifest.made_at)}
    return json.dumps(values, sort_keys=True).encode("utf-8")


def _decoded(text: bytes) -> Manifest:
    try:
        values = json.loads(text)
        files = {name: Entry(int(entry["size"]), str(entry["sha256"])) for name, entry in values["files"].items()}
        head = Head(int(values["head"]["rows"]), str(values["head"]["seal"]))
        made_at = from_microseconds(values["made_at"])
        damaged = tuple(map(str, values.get("damaged", ())))  # older backups were never made with damaged ones
        return Manifest(str(values["site"]), made_at, int(values["schema"]), head, files, damaged)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupDamaged(reason="altered") from error


# --- reading ---------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[SealedReader]:
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open(path, "rb"))
        except OSError as error:
            raise BackupDamaged(reason="missing", path=str(path)) from error
        try:
            yield SealedReader(file)
        except BackupDamaged as error:
            error.details.setdefault("path", str(path))  # which file, not only what is wrong with it
            raise


def _unpack(reader: SealedReader, into: Path | None) -> Manifest:
    """Compares every file with the manifest, and writes it below a folder if one is given."""
    try:
        with tarfile.open(fileobj=reader, mode="r|", bufsize=_COPY) as tar:
            members = iter(tar)
            manifest = _first(tar, members)
            found = {member.name: _take(tar, member, manifest, into) for member in members}
    except tarfile.TarError as error:
        raise BackupDamaged(reason="altered") from error
    reader.finish()
    if found != manifest.files:
        raise BackupDamaged(reason="altered")
    return manifest


def _first(tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo]) -> Manifest:
    """The manifest, which is the first file."""
    first = next(members, None)
    content = tar.extractfile(first) if first is not None and first.name == _MANIFEST else None
    if content is None:
        raise BackupDamaged(reason="altered")
    return _decoded(content.read())


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, manifest: Manifest, into: Path | None) -> Entry:
    """Reads one file, which the manifest must name, so that no name can lead out of the folder unseen."""
    content = tar.extractfile(member)
    if content is None or member.name not in manifest.files or ".." in member.name or member.name.startswith("/"):
        raise BackupDamaged(reason="altered")
    digest = hashlib.sha256()
    if into is None:
        _pour(content, digest, None)
    else:
        target = into / member.name
        make_folder_inside(target.parent)
        with writing_to(target), open(target, "xb", opener=private_opener) as file:
            _pour(content, digest, file)
            file.flush()
            os.fsync(file.fileno())
    return Entry(member.size, digest.hexdigest())


def _pour(source: Any, digest: Any, target: BinaryIO | None) -> None:
    while piece := source.read(_COPY):
        digest.update(piece)
        if target is not None:
            target.write(piece)


def _settle(building: Path, key: bytes, manifest: Manifest, dsn: str) -> None:
    """Makes a site of the unpacked files, and checks all of it."""
    blobs = Blobs(building / sitefile.BLOBS, key)
    backend = sitefile.POSTGRESQL if dsn else sitefile.SQLITE
    sitefile.write(building, replace(sitefile.read(building), backend=backend, dsn=dsn))
    with closing(Store.open_copy(building / sitefile.DATABASE, key)) as store:
        _check(store, blobs, manifest)
        if not dsn:
            return
        with closing(Store.open(building, key)) as server, store.read() as unit:
            rowcopy.copy_rows(unit, server)
            _check(server, blobs, manifest)
    (building / sitefile.DATABASE).unlink()


def _check(store: Store, blobs: Blobs, manifest: Manifest) -> None:
    if store.damage() or not audit.verify(store, manifest.head).sound:
        raise BackupDamaged(reason="contents")
    with store.read() as unit:
        names = _listed(unit)
    for name in set(names).difference(manifest.damaged):
        blobs.get(name)


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    scratch = beside / f".backup-{uuid.uuid4().hex[:8]}"
    make_folder_inside(scratch)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
