"""What the command line says and returns when it verifies, backs up and restores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk import maintenance
from frontdesk.domain.access import SYSTEM
from frontdesk.services import backups
from frontdesk.services.site import open_site
from frontdesk.storage import errors, sites
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sites import NewSite


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Becomes another account, with keys of its own."""

    def become(name: str) -> None:
        monkeypatch.setenv("FRONTDESK_KEYS", str(tmp_path / name))

    become("first")
    return become


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, NewSite]:
    folder = tmp_path / "live"
    new = sites.create_site(folder, KeyStore.of_account())
    site = sites.open_site(folder, KeyStore.of_account())
    for turn in range(3):
        with site.store.write() as unit:
            unit.audit(SYSTEM, "test", f"turn:{turn}", {})
    site.close()
    return folder, new


def test_a_sound_trail(made: tuple[Path, NewSite], capsys: pytest.CaptureFixture[str]) -> None:
    assert maintenance.audit_verify(made[0]) == 0
    said = capsys.readouterr().out
    assert "3 lines" in said
    assert "sound" in said
    assert "no backup" in said


def test_a_trail_that_was_tampered_with(made: tuple[Path, NewSite], capsys: pytest.CaptureFixture[str]) -> None:
    folder = made[0]
    assert maintenance.back_up(folder) == 0
    site = sites.open_site(folder, KeyStore.of_account())
    for statement in (
        "DROP TRIGGER audit_no_update",
        "DROP TRIGGER audit_no_delete",
        "UPDATE audit SET subject = 'x' WHERE id = 1",
        "DELETE FROM audit WHERE id >= 3",
    ):
        site.store._database.execute_sql(statement)
    site.close()
    assert maintenance.audit_verify(folder) == 1
    said = capsys.readouterr().out
    assert "Line 1: altered" in said
    assert "From line 3 on: cut off" in said


def test_a_backup_comes_back_for_another_account(
    made: tuple[Path, NewSite], account: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, new = made
    target = tmp_path / "drive" / "a.fdbackup"
    assert maintenance.back_up(folder, target) == 0
    assert str(target) in capsys.readouterr().out
    account("second")
    assert maintenance.audit_verify(folder) == 1
    assert "recovery code" in capsys.readouterr().err
    assert maintenance.restore(tmp_path / "new", target, new.recovery_code) == 0
    assert str(tmp_path / "new") in capsys.readouterr().out
    assert maintenance.audit_verify(tmp_path / "new", target) == 0
    assert "compared with the backup a.fdbackup" in capsys.readouterr().out


def test_a_backup_lies_with_the_site_unless_told_otherwise(made: tuple[Path, NewSite]) -> None:
    assert maintenance.back_up(made[0]) == 0
    (kept,) = (made[0] / "backups").iterdir()
    assert kept.name.startswith(made[1].site.tag)
    site = open_site(made[0])
    last = backups.last_backup(site, SYSTEM)
    site.close()
    assert last is not None and last.path == str(kept)


@pytest.mark.parametrize(("code", "said"), [("ABCD", "mistyped"), (None, "not empty")])
def test_a_refused_restore_says_why(
    made: tuple[Path, NewSite], code: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, new = made
    maintenance.back_up(folder, tmp_path / "a.fdbackup")
    into = folder if code is None else tmp_path / "new"
    assert maintenance.restore(into, tmp_path / "a.fdbackup", code or new.recovery_code) == 1
    assert said in capsys.readouterr().err


def test_what_a_backup_lacks_is_said_where_troubles_are(
    made: tuple[Path, NewSite], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, new = made
    site = sites.open_site(folder, KeyStore.of_account())
    blob = site.blobs.put(b"a paper", "application/pdf")
    with site.store.write() as unit:
        site.blobs.keep(unit, blob)
    site.close()
    site.blobs.drop([blob])
    assert maintenance.back_up(folder, tmp_path / "a.fdbackup") == 0
    said = capsys.readouterr()
    assert "read back" in said.out
    assert "lacks 1 stored file," in said.err
    assert maintenance.restore(tmp_path / "new", tmp_path / "a.fdbackup", new.recovery_code) == 0
    assert "lacks 1 stored file," in capsys.readouterr().err


def test_a_file_that_is_no_backup_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"no backup of ours")
    assert maintenance.restore(tmp_path / "new", tmp_path / "holiday.jpg", "ABCD") == 1
    assert "holiday.jpg" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_no_site_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert maintenance.audit_verify(tmp_path) == 1
    assert "no site" in capsys.readouterr().err


def test_every_trouble_has_words() -> None:
    elsewhere = {"not_found", "edit_conflict"}  # of single rows: no command here asks for one
    codes = {kind.code for kind in errors.StorageError.__subclasses__()} - elsewhere
    assert codes | {"recovery_mistyped", "blob_missing"} == set(maintenance._TROUBLES)
