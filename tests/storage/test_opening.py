"""Opening the encrypted file: what is refused, how it is told, and that nothing is lost by it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from frontdesk.storage import models as m
from frontdesk.storage import sites
from frontdesk.storage.database import Store
from frontdesk.storage.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseNewer,
    DiskFull,
    FolderNotWritable,
    SiteExists,
    SiteMissing,
    SqliteTooOld,
    StorageError,
    WrongKey,
    from_sqlite,
)
from frontdesk.storage.files import is_held
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sites import NewSite, OpenSite
from frontdesk.storage.sqlite import require_sqlite

CANARY = "王小明-13800002210"


@contextmanager
def raw(path: Path, key: bytes) -> Iterator[sqlcipher.Connection]:
    """The file as another program that has the key would open it."""
    connection = sqlcipher.connect(str(path), isolation_level=None, timeout=0)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    yield connection
    connection.close()


def test_the_connection_is_set_up_as_measured(site: OpenSite) -> None:
    database = site.store._database
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    assert [database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == ["wal", 2, 1, 1]


def test_nothing_readable_is_on_the_disk(site: OpenSite) -> None:
    with site.store.write() as unit:
        unit.add(m.Person, name=CANARY, folded=CANARY)
    files = [path for path in site.folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"frontdesk.db", "frontdesk.db-wal"}
    for path in files:
        content = path.read_bytes()
        assert CANARY.encode() not in content, path
        assert not content.startswith(b"SQLite format"), path


def test_a_wrong_key_is_told_from_damage(site: OpenSite, new_site: NewSite) -> None:
    site.close()
    with pytest.raises(WrongKey):
        Store.open(site.folder, bytes(32))
    path = site.folder / "frontdesk.db"
    whole = path.read_bytes()
    path.write_bytes(bytes(100) + whole[100:])
    with pytest.raises(DatabaseDamaged):
        Store.open(site.folder, new_site.key)
    path.write_bytes(whole)
    Store.open(site.folder, new_site.key).close()


def is_found(folder: Path, key: bytes) -> bool:
    try:
        store = Store.open(folder, key)
    except DatabaseDamaged:
        return True
    try:
        return bool(store.damage())
    finally:
        store.close()


def test_a_flipped_bit_anywhere_is_found_and_nothing_made_worse(site: OpenSite, new_site: NewSite) -> None:
    site.close()
    path = site.folder / "frontdesk.db"
    whole = path.read_bytes()
    for part in range(100):
        place = len(whole) * part // 100
        flipped = whole[:place] + bytes([whole[place] ^ 1 << part % 8]) + whole[place + 1 :]
        path.write_bytes(flipped)
        assert is_found(site.folder, new_site.key), place
        assert path.read_bytes() == flipped
    path.write_bytes(whole)
    assert not is_found(site.folder, new_site.key)


def test_a_full_disk_is_told_and_the_store_goes_on(site: OpenSite) -> None:
    """SQLite's own limit stands for the disk's: it fails in the same place with the same error."""
    database = site.store._database
    database.execute_sql(f"PRAGMA max_page_count = {database.execute_sql('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(DiskFull), site.store.write() as unit:
        unit.add(m.Person, name="x" * 100_000, folded="x")
    database.execute_sql("PRAGMA max_page_count = 1000000")
    with site.store.write() as unit:
        unit.add(m.Person, name="y", folded="y")
        assert unit.count(m.Person.select()) == 1


def test_an_empty_or_missing_file_never_becomes_a_new_database(site: OpenSite, new_site: NewSite) -> None:
    site.close()
    path = site.folder / "frontdesk.db"
    path.write_bytes(b"")
    with pytest.raises(DatabaseDamaged):
        Store.open(site.folder, new_site.key)
    assert path.stat().st_size == 0
    path.unlink()
    with pytest.raises(DatabaseMissing):
        Store.open(site.folder, new_site.key)
    assert not path.exists()


def test_a_newer_database_is_left_alone(site: OpenSite, new_site: NewSite) -> None:
    site.close()
    path = site.folder / "frontdesk.db"
    with raw(path, new_site.key) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99, 'later', 0)")
    with pytest.raises(DatabaseNewer) as caught:
        Store.open(site.folder, new_site.key)
    assert caught.value.details["found"] == 99
    with raw(path, new_site.key) as connection:
        assert connection.execute("SELECT MAX(version) FROM schema_version").fetchone() == (99,)


def test_another_program_holding_the_database_is_told(site: OpenSite, new_site: NewSite) -> None:
    """A backup tool that takes the whole file for itself, for longer than we wait."""
    site.close()
    with raw(site.folder / "frontdesk.db", new_site.key) as connection:
        connection.execute("PRAGMA locking_mode = exclusive")
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLocked):
            Store.open(site.folder, new_site.key, wait_ms=100)


def test_a_write_that_cannot_begin_is_told_and_the_store_goes_on(site: OpenSite, new_site: NewSite) -> None:
    store = Store.open(site.folder, new_site.key, wait_ms=100)
    with raw(site.folder / "frontdesk.db", new_site.key) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked), store.write() as unit:
            unit.add(m.Person, name="x", folded="x")
        connection.execute("ROLLBACK")
    with store.write() as unit:
        unit.add(m.Person, name="y", folded="y")
    with store.read() as unit:
        assert [row.name for row in unit.all(m.Person.select())] == ["y"]
    store.close()


def test_an_old_sqlite_is_refused() -> None:
    require_sqlite((3, 51, 3))
    with pytest.raises(SqliteTooOld) as caught:
        require_sqlite((3, 51, 2))
    assert caught.value.details == {"found": "3.51.2", "needed": "3.51.3"}


def test_a_site_is_made_where_nothing_is(tmp_path: Path, keystore: KeyStore, new_site: NewSite) -> None:
    folder = tmp_path / "data" / "live"
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(SiteExists):
        sites.create_site(folder, keystore)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert [path.name for path in folder.parent.iterdir()] == ["live"]


def test_a_folder_without_a_site_is_told(tmp_path: Path, keystore: KeyStore) -> None:
    with pytest.raises(SiteMissing):
        sites.open_site(tmp_path, keystore)
    (tmp_path / "site.toml").write_text("backend = [", encoding="utf-8")
    with pytest.raises(SiteMissing):
        sites.open_site(tmp_path, keystore)


def test_a_place_that_cannot_hold_a_site_stays_as_it_is(tmp_path: Path, keystore: KeyStore) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"something")
    with pytest.raises(FolderNotWritable):
        sites.create_site(blocked / "live", keystore)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


AS_NOBODY = """
import os, sys
from pathlib import Path
import argon2.low_level
from frontdesk.storage import sites
from frontdesk.storage.errors import StorageError
from frontdesk.storage.keystore import KeyStore
os.setgroups([]); os.setgid(65534); os.setuid(65534)
live, keystore = Path(sys.argv[1]) / "live", KeyStore(Path(sys.argv[2]), keyring=False)
for act in (sites.create_site, lambda *_: sites.is_site(live), sites.open_site):
    try:
        act(live, keystore)
    except StorageError as error:
        print(error.code)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_of_another_account_is_told(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir(mode=0o700)
    command = [sys.executable, "-c", AS_NOBODY, str(ours), str(tmp_path / "keys")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "HOME": "/"})
    assert (done.stdout.split(), list(ours.iterdir())) == (["folder_not_writable"] * 3, []), done.stderr


@contextmanager
def held(path: Path, share: int) -> Iterator[None]:
    """A file as another program of Windows has it open, who lets others do nothing (0) or read (1)."""
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    kernel.CreateFileW.restype = wintypes.HANDLE
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    handle = kernel.CreateFileW(str(path), wintypes.DWORD(0x80000000), share, None, 3, 0, None)
    assert handle != wintypes.HANDLE(-1).value
    try:
        yield
    finally:
        kernel.CloseHandle(handle)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows lets a program keep others from a file")
@pytest.mark.parametrize("share", [0, 1])
def test_a_database_that_another_program_holds_is_told(site: OpenSite, new_site: NewSite, share: int) -> None:
    site.close()
    with held(site.folder / "frontdesk.db", share), pytest.raises(DatabaseLocked):
        Store.open(site.folder, new_site.key)
    Store.open(site.folder, new_site.key).close()


def test_a_file_that_nobody_holds_is_not_held(site: OpenSite) -> None:
    assert not is_held(site.folder / "frontdesk.db")
    assert not is_held(site.folder / "nowhere.db")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists, set by icacls")
def test_only_the_owner_can_open_the_folder(site: OpenSite) -> None:
    private = [site.folder, site.folder / "blobs", site.folder / "backups"]
    assert [path.stat().st_mode & 0o777 for path in private] == [0o700] * 3
    assert (site.folder / "site.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (11, "database_damaged"),  # CORRUPT
        (26, "database_damaged"),  # NOTADB
        (522, "database_damaged"),  # IOERR_SHORT_READ
        (8202, "database_damaged"),  # IOERR_DATA
        (8458, "database_damaged"),  # IOERR_CORRUPTFS
        (10, "disk_failed"),  # IOERR
        (266, "disk_failed"),  # IOERR_READ
        (1034, "disk_failed"),  # IOERR_FSYNC
        (778, "disk_full"),  # IOERR_WRITE
    ],
)
def test_a_disk_that_fails_is_told_from_a_damaged_file(code: int, kind: str) -> None:
    told = from_sqlite(code, "disk I/O error")
    assert told is not None and told.code == kind


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in StorageError.__subclasses__()]
    assert len(set(codes)) == len(codes)
