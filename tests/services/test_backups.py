"""A backup counts when it was read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.domain.access import SYSTEM, Forbidden, Role
from frontdesk.services import backups
from frontdesk.services.site import Site
from frontdesk.storage import backup
from frontdesk.storage.keystore import KeyStore
from tests.services import lobby_kit as kit


def test_back_up(site: Site, keystore: KeyStore, tmp_path: Path) -> None:
    director = kit.add_account(site, Role.DIRECTOR)
    kit.add_area(site)
    assert backups.last_backup(site, director) is None
    made = backups.back_up(site, director, keystore=keystore)
    assert Path(made.path).parent == site.folder / "backups"
    assert made.size == Path(made.path).stat().st_size > 0
    manifest = backup.inspect(Path(made.path), keystore.load(site.id).key)
    assert manifest.site == site.id
    assert backups.last_backup(site, director) == made
    assert kit.audited(site, "site.backed_up") == 1
    elsewhere = backups.back_up(site, SYSTEM, tmp_path / "stick" / "site.fdbackup", keystore)
    assert Path(elsewhere.path) == tmp_path / "stick" / "site.fdbackup"
    assert backups.last_backup(site, SYSTEM) == elsewhere


def test_files_that_a_backup_lacks_are_counted(site: Site, keystore: KeyStore) -> None:
    assert backups.back_up(site, SYSTEM, keystore=keystore).damaged == 0
    blob = site.blobs.put(b"a paper", "application/pdf")
    with site.store.write() as unit:
        site.blobs.keep(unit, blob)
    site.blobs.drop([blob])
    made = backups.back_up(site, SYSTEM, site.folder / "backups" / "second.fdbackup", keystore)
    assert made.damaged == 1
    assert backups.last_backup(site, SYSTEM) == made


def test_not_everybody_backs_up(site: Site, tmp_path: Path) -> None:
    receptionist = kit.add_account(site, Role.RECEPTIONIST)
    with pytest.raises(Forbidden):
        backups.back_up(site, receptionist, tmp_path / "site.fdbackup")
    assert list(tmp_path.glob("*.fdbackup")) == []
