"""Backups: whole, unreadable for others, checked before anything is replaced, and back under another account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from frontdesk.domain.access import SYSTEM
from frontdesk.storage import audit, backup, recovery, sites
from frontdesk.storage import models as m
from frontdesk.storage.backup import Made
from frontdesk.storage.database import Store
from frontdesk.storage.errors import (
    BackupDamaged,
    BlobDamaged,
    FolderNotWritable,
    RecoveryRefused,
    SiteExists,
)
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sites import NewSite, OpenSite

NAME = "王小明"
PDF = b"%PDF-1.7 " * 1000


def fill(site: OpenSite) -> str:
    """A person, a stored file, an audit line with personal text; returns the file's name."""
    blob = site.blobs.put(PDF, "application/pdf")
    with site.store.write() as unit:
        unit.add(m.Person, name=NAME, folded=NAME)
        building = unit.add(m.Building, code="3", name_zh="3栋")
        unit.add(m.Unit, building=building, room="1201", label="3栋1201")
        site.blobs.keep(unit, blob)
        unit.number("WO", "202611")
        unit.audit(SYSTEM, "printed", "paper:1", {"copies": 2}, NAME)
        unit.audit(SYSTEM, "printed", "paper:2", {})
    return blob


def check(site: OpenSite, blob: str) -> None:
    """What `fill` put there is there, the chain goes on, and so do the numbers and ids."""
    assert audit.verify(site.store).sound
    with site.store.write() as unit:
        assert [row.name for row in unit.all(m.Person.select())] == [NAME]
        assert unit.number("WO", "202611") == 2
        assert unit.add(m.Person, name="新", folded="新") == 2
        unit.audit(SYSTEM, "restored", "site", {})
    assert site.blobs.get(blob) == PDF
    assert (audit.verify(site.store).rows, audit.verify(site.store).sound) == (3, True)


@pytest.fixture
def other_account(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "other" / "keys", keyring=False)


@pytest.fixture
def made(site: OpenSite, tmp_path: Path) -> Made:
    fill(site)
    return backup.make(site, tmp_path / "drive" / "a.fdbackup")


def test_it_comes_back_under_another_account(
    site: OpenSite, new_site: NewSite, tmp_path: Path, other_account: KeyStore
) -> None:
    blob = fill(site)
    (site.folder / "forms").mkdir()
    (site.folder / "forms" / "work_order.toml").write_text("kind = 1", encoding="utf-8")
    made = backup.make(site, tmp_path / "drive" / "a.fdbackup")
    assert [path.name for path in made.path.parent.iterdir()] == ["a.fdbackup"]
    folder = tmp_path / "new pc" / "live"
    restored = backup.restore(made.path, folder, new_site.recovery_code, other_account)
    assert (restored.folder, restored.manifest) == (folder, made.manifest)
    assert (folder / "forms" / "work_order.toml").read_text(encoding="utf-8") == "kind = 1"
    opened = sites.open_site(folder, other_account)
    assert opened.site == site.site
    check(opened, blob)
    opened.close()
    assert recovery.recover(folder, new_site.recovery_code, other_account)[0] == new_site.key
    assert {path.name for path in folder.parent.iterdir()} == {"live"}


def test_the_manifest_holds_the_audit_head(made: Made, site: OpenSite) -> None:
    assert made.manifest.head == audit.verify(site.store).head
    assert backup.manifest_of(made.path, site.key) == made.manifest
    assert backup.inspect(made.path, site.key) == made.manifest
    assert set(made.manifest.files) > {"site.toml", "recovery.json", "frontdesk.db"}


def test_nothing_readable_is_in_it(made: Made, site: OpenSite) -> None:
    content = made.path.read_bytes()
    for secret in (NAME.encode(), PDF[:40], site.key, site.key.hex().encode()):
        assert secret not in content


def test_another_program_goes_on_writing_meanwhile(site: OpenSite, new_site: NewSite, tmp_path: Path) -> None:
    writer = Store.open(site.folder, new_site.key)
    with writer.write() as unit:
        unit.add(m.Person, name="halfway", folded="halfway")
        made = backup.make(site, tmp_path / "a.fdbackup")
    with writer.read() as unit:
        assert unit.count(m.Person.select()) == 1
    writer.close()
    assert backup.inspect(made.path, new_site.key) == made.manifest


def test_a_wrong_code_makes_nothing(made: Made, tmp_path: Path, other_account: KeyStore) -> None:
    for code in (recovery.new_code(), "ABCD"):
        with pytest.raises(RecoveryRefused):
            backup.restore(made.path, tmp_path / "new" / "live", code, other_account)
    assert list((tmp_path / "new").iterdir()) == []
    assert not (tmp_path / "other").exists()


def test_what_is_there_is_never_replaced(
    made: Made, site: OpenSite, new_site: NewSite, other_account: KeyStore
) -> None:
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    with pytest.raises(SiteExists):
        backup.restore(made.path, site.folder, new_site.recovery_code, other_account)
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == before


def test_an_empty_folder_is_filled(made: Made, new_site: NewSite, tmp_path: Path, other_account: KeyStore) -> None:
    folder = tmp_path / "prepared"
    folder.mkdir()
    backup.restore(made.path, folder, new_site.recovery_code, other_account)
    assert sites.is_site(folder)


def spoilt(content: bytes) -> list[bytes]:
    """The file with a bit flipped at each of 100 places, cut at 20, and with something behind it."""
    flipped = []
    for part in range(100):
        place = len(content) * part // 100
        flipped.append(content[:place] + bytes([content[place] ^ 1 << part % 8]) + content[place + 1 :])
    return [*flipped, *(content[: len(content) * part // 20] for part in range(20)), content + b"\0"]


def test_damage_is_found_before_anything_is_made(
    made: Made, new_site: NewSite, tmp_path: Path, other_account: KeyStore
) -> None:
    folder = tmp_path / "new" / "live"
    bad = tmp_path / "bad.fdbackup"
    for number, content in enumerate(spoilt(made.path.read_bytes())):
        bad.write_bytes(content)
        with pytest.raises(BackupDamaged):
            backup.inspect(bad, new_site.key)
        if number % 10 == 0:  # a restore takes longer, because of the recovery code
            with pytest.raises(BackupDamaged):
                backup.restore(bad, folder, new_site.recovery_code, other_account)
    assert list(folder.parent.iterdir()) == []


def test_a_missing_or_strange_file_is_no_backup(tmp_path: Path, new_site: NewSite, other_account: KeyStore) -> None:
    strange = tmp_path / "strange"
    strange.write_bytes(b"SQLite format 3\0" * 100)
    for path in (tmp_path / "nowhere", strange, tmp_path):
        with pytest.raises(BackupDamaged):
            backup.restore(path, tmp_path / "new", new_site.recovery_code, other_account)


@pytest.mark.parametrize("gone", [False, True])
def test_a_damaged_file_is_told_and_keeps_nothing_else_from_the_backup(
    site: OpenSite, new_site: NewSite, tmp_path: Path, other_account: KeyStore, gone: bool
) -> None:
    bad, good = fill(site), site.blobs.put(b"good", "text/plain")
    with site.store.write() as unit:
        site.blobs.keep(unit, good)
    if gone:
        site.blobs.path(bad).unlink()
    else:
        site.blobs.path(bad).write_bytes(b"damaged")
    made = backup.make(site, tmp_path / "drive" / "a.fdbackup")
    assert made.manifest.damaged == (bad,)
    assert backup.manifest_of(made.path, site.key) == made.manifest
    restored = backup.restore(made.path, tmp_path / "new" / "live", new_site.recovery_code, other_account)
    assert restored.manifest.damaged == (bad,)
    opened = sites.open_site(restored.folder, other_account)
    assert opened.blobs.get(good) == b"good"
    with pytest.raises(BlobDamaged) as caught:
        opened.blobs.get(bad)
    opened.close()
    assert caught.value.code == "blob_missing"


def test_a_target_that_cannot_be_written_is_told(site: OpenSite, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FolderNotWritable):
        backup.make(site, tmp_path / "file" / "a.fdbackup")


@pytest.fixture
def server_site(tmp_path: Path, keystore: KeyStore, postgres_dsn: str) -> Any:
    new = sites.create_site(tmp_path / "data" / "server", keystore, dsn=postgres_dsn)
    opened = sites.open_site(tmp_path / "data" / "server", keystore)
    yield opened, new.recovery_code
    opened.close()


@pytest.mark.postgres
@pytest.mark.parametrize("onto_server", [True, False])
def test_a_servers_site_comes_back_on_either_backend(
    server_site: tuple[OpenSite, str],
    tmp_path: Path,
    other_account: KeyStore,
    onto_server: bool,
    second_dsn: Callable[[], str],
) -> None:
    site, code = server_site
    blob = fill(site)
    made = backup.make(site, tmp_path / "a.fdbackup")
    folder = tmp_path / "new" / "live"
    backup.restore(made.path, folder, code, other_account, dsn=second_dsn() if onto_server else "")
    opened = sites.open_site(folder, other_account)
    assert opened.store.on_server is onto_server
    assert (audit.verify(opened.store).head, opened.store.damage()) == (made.manifest.head, [])
    check(opened, blob)
    opened.close()
    if onto_server:
        with pytest.raises(SiteExists):
            backup.restore(made.path, tmp_path / "again", code, other_account, dsn=opened.site.dsn)


@pytest.fixture
def second_dsn(request: pytest.FixtureRequest) -> Any:
    """Makes another empty database when it is asked for."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(request.getfixturevalue("postgres_server").database())


@pytest.mark.postgres
def test_an_embedded_site_moves_to_a_server(
    site: OpenSite, new_site: NewSite, tmp_path: Path, other_account: KeyStore, postgres_dsn: str
) -> None:
    blob = fill(site)
    made = backup.make(site, tmp_path / "a.fdbackup")
    backup.restore(made.path, tmp_path / "new", new_site.recovery_code, other_account, dsn=postgres_dsn)
    opened = sites.open_site(tmp_path / "new", other_account)
    assert opened.store.on_server
    assert not (tmp_path / "new" / "frontdesk.db").exists()
    check(opened, blob)
    opened.close()
