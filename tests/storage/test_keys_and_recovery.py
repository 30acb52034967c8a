"""Keys: where an account keeps them, and how the printed code brings them back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.backend
import keyring.errors
import pytest

from frontdesk.storage import keys, recovery, sites
from frontdesk.storage.errors import KeyMissing, RecoveryRefused, SiteMissing, WrongKey
from frontdesk.storage.keystore import SERVICE, KeyPlace, KeyStore
from frontdesk.storage.sites import NewSite

KEY = bytes(range(32))


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring as a desktop session has one."""

    priority = 1  # type: ignore[assignment]
    kept: ClassVar[dict[tuple[str, str], str]] = {}
    locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def session() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    backend.kept.clear()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_without_a_keyring_the_key_is_in_a_file_of_the_owner(tmp_path: Path) -> None:
    account = KeyStore(tmp_path / "keys", keyring=True)  # the tests' environment has no keyring
    assert account.save("site", KEY) is KeyPlace.FILE
    assert account.load("site").key == KEY
    assert account.load("site").place is KeyPlace.FILE
    if sys.platform != "win32":
        assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "keys" / "site.key").stat().st_mode & 0o777 == 0o600


def test_with_a_keyring_nothing_is_on_the_disk(tmp_path: Path, session: MemoryKeyring) -> None:
    account = KeyStore(tmp_path / "keys", keyring=True)
    assert account.save("site", KEY) is KeyPlace.KEYRING
    assert session.kept == {(SERVICE, "site"): KEY.hex()}
    assert account.load("site").place is KeyPlace.KEYRING
    assert not (tmp_path / "keys").exists()
    account.forget("site")
    account.forget("site")
    with pytest.raises(KeyMissing):
        account.load("site")


def test_a_key_moves_from_the_file_into_the_keyring(tmp_path: Path, session: MemoryKeyring) -> None:
    KeyStore(tmp_path, keyring=False).save("site", KEY)
    account = KeyStore(tmp_path, keyring=True)
    assert account.load("site").place is KeyPlace.FILE
    assert account.save("site", KEY) is KeyPlace.KEYRING
    assert list(tmp_path.iterdir()) == []


def test_a_locked_keyring_falls_back_to_the_file(tmp_path: Path, session: MemoryKeyring) -> None:
    session.locked = True
    account = KeyStore(tmp_path, keyring=True)
    assert account.save("site", KEY) is KeyPlace.FILE
    assert account.load("site").key == KEY


@pytest.mark.parametrize("content", ["", "zz", "00ff", "not a key\n"])
def test_a_spoilt_key_file_counts_as_missing(tmp_path: Path, content: str) -> None:
    (tmp_path / "site.key").write_text(content, encoding="ascii")
    with pytest.raises(KeyMissing) as caught:
        KeyStore(tmp_path, keyring=False).load("site")
    assert caught.value.details == {"site": "site", "reason": "unreadable"}


def test_a_named_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session: MemoryKeyring) -> None:
    monkeypatch.setenv("FRONTDESK_KEYS", str(tmp_path))
    assert KeyStore.of_account().save("site", KEY) is KeyPlace.FILE
    assert (tmp_path / "site.key").is_file()
    assert not session.kept


def test_derived_keys_differ_and_do_not_change() -> None:
    assert keys.derive(KEY, "audit") == keys.derive(KEY, "audit")
    assert len({keys.derive(KEY, label) for label in ("audit", "blob names", "check")} | {KEY}) == 4


def test_the_code_brings_the_key_to_another_account(tmp_path: Path, new_site: NewSite) -> None:
    folder = tmp_path / "data" / "live"
    other = KeyStore(tmp_path / "other" / "keys", keyring=False)
    with pytest.raises(KeyMissing):
        sites.open_site(folder, other)
    assert recovery.recover(folder, new_site.recovery_code, other) == (new_site.key, KeyPlace.FILE)
    sites.open_site(folder, other).close()


def test_a_code_has_enough_bits_and_is_easy_to_read() -> None:
    codes = {recovery.new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 7
        assert not set("ILOU") & set(code)
    bits = [character for code in codes for character in code.replace("-", "")[:26]]
    assert len(set(bits)) == 32  # every character in every place: 5 bits each, 130 in all


def test_the_code_is_read_as_people_write_it(new_site: NewSite, tmp_path: Path) -> None:
    sealed = recovery.read(tmp_path / "data" / "live")
    written = new_site.recovery_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.unseal(sealed, f"  {written}\n") == new_site.key


def test_a_slip_of_the_pen_is_told_from_another_sites_code(new_site: NewSite, tmp_path: Path) -> None:
    sealed = recovery.read(tmp_path / "data" / "live")
    code = new_site.recovery_code
    slips = [code[:-1], code + "A", "", "汉字", code[5:] + "-" + code[:4], ("2" if code[0] != "2" else "3") + code[1:]]
    for slip in slips:
        with pytest.raises(RecoveryRefused) as caught:
            recovery.unseal(sealed, slip)
        assert caught.value.code == "recovery_mistyped"
    with pytest.raises(RecoveryRefused) as caught:
        recovery.unseal(sealed, recovery.new_code())
    assert caught.value.code == "recovery_wrong"


def test_a_new_code_puts_the_old_one_out_of_use(new_site: NewSite, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "live"
    code = recovery.renew(folder, new_site.key)
    assert recovery.unseal(recovery.read(folder), code) == new_site.key
    with pytest.raises(RecoveryRefused):
        recovery.unseal(recovery.read(folder), new_site.recovery_code)


def test_a_forged_recovery_file_cannot_eat_the_machine(new_site: NewSite, tmp_path: Path) -> None:
    sealed = recovery.read(tmp_path / "data" / "live")
    for change in ({"memory_kib": 1 << 30}, {"passes": 10_000}, {"lanes": 64}, {"salt": "zz"}):
        forged = {**sealed, "kdf": {**sealed["kdf"], **change}}
        with pytest.raises(SiteMissing) as caught:
            recovery.unseal(forged, new_site.recovery_code)
        assert caught.value.details["reason"] == "recovery_damaged"


def test_the_key_itself_is_nowhere_in_the_site_folder(new_site: NewSite, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "live"
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert new_site.key not in content
        assert new_site.key.hex().encode() not in content
    text = json.dumps(recovery.read(folder))
    assert new_site.recovery_code.replace("-", "") not in text.replace("-", "")


def test_a_key_of_another_site_is_refused_before_anything_opens(new_site: NewSite, tmp_path: Path) -> None:
    keys.require_check(tmp_path / "data" / "live", new_site.key)
    with pytest.raises(WrongKey):
        keys.require_check(tmp_path / "data" / "live", KEY)
