"""First start: a site comes into being whole or not at all, and its key can be brought back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from frontdesk.domain.access import Role
from frontdesk.domain.warranty import Term
from frontdesk.services import accounts, reference, sample, settings, site_setup
from frontdesk.services.errors import (
    BadInput,
    KeyMissing,
    RecoveryRefused,
    StorageError,
    WeakPassword,
    WrongPassword,
)
from frontdesk.services.site import Site, open_site
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import MySettings, NewAccount
from frontdesk.storage import models as m
from frontdesk.storage.keystore import KeyStore
from tests.services.lobby_kit import audited

ADMIN = NewAccount("admin", "林主任", "correct horse", Role.ADMINISTRATOR)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@contextmanager
def created(data: Path, keystore: KeyStore, kind: SiteKind = SiteKind.LIVE) -> Iterator[tuple[Site, str]]:
    site, code = site_setup.create_site(data, kind, "云杉苑", ADMIN, company="云杉物业", keystore=keystore)
    yield site, code
    site.close()


def test_a_live_site_starts_with_departments_and_components_and_nobody_in_it(data: Path, keystore: KeyStore) -> None:
    with created(data, keystore) as (site, _):
        actor = accounts.sign_in(site, "admin", ADMIN.password)
        view = settings.site_view(site, actor)
        assert (view.name, view.practice, view.company) == ("云杉苑", False, "云杉物业")
        assert [(area.name, area.name_en) for area in view.areas] == [("物业服务中心", "Management office")]
        assert "设备管理部" in [department.name for department in view.departments]
        with site.store.read() as unit:
            assert unit.count(m.Person.select()) == unit.count(m.Unit.select()) == 0
            terms = {row.code: reference.component_terms(row).own for row in unit.all(m.Component.select())}
    # The legal minimum, article 40.
    assert (terms["roof"], terms["drain"], terms["heating"]) == (Term(60), Term(24), Term(seasons=2))
    assert (terms["structure"], terms["appliance"]) == (Term(), None)


def test_which_sites_there_are(data: Path, keystore: KeyStore) -> None:
    assert site_setup.sites(data) == ()
    with created(data, keystore):
        assert site_setup.sites(data) == (SiteKind.LIVE,)


def test_a_site_is_not_made_over_another(data: Path, keystore: KeyStore) -> None:
    with created(data, keystore) as (site, _), pytest.raises(StorageError) as refused:
        site_setup.create_site(data, SiteKind.LIVE, "别处", ADMIN, keystore=keystore)
    assert refused.value.code == "site_exists"
    with open_site(site.folder, keystore).store.read() as unit:
        assert reference.setting(unit, reference.NAME) == "云杉苑"


@pytest.mark.parametrize(
    ("name", "admin", "error"),
    [
        ("  ", ADMIN, BadInput),
        ("云杉苑", NewAccount("admin", "林主任", "short", Role.ADMINISTRATOR), WeakPassword),
        ("云杉苑", NewAccount("admin", "林主任", "correct horse", Role.GUARD), BadInput),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    data: Path, keystore: KeyStore, name: str, admin: NewAccount, error: type[Exception]
) -> None:
    with pytest.raises(error):
        site_setup.create_site(data, SiteKind.LIVE, name, admin, keystore=keystore)
    assert not data.exists()


def test_a_failure_midway_leaves_no_folder_and_no_key(
    data: Path, keystore: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(site: Site) -> None:
        raise OSError("the power went")

    monkeypatch.setattr(sample, "fill", break_down)
    with pytest.raises(OSError, match="power"):
        site_setup.create_site(data, SiteKind.PRACTICE, "云杉苑", ADMIN, keystore=keystore)
    assert list((data / "sites").iterdir()) == []
    assert list((tmp_path / "keys").iterdir()) == []


def test_another_account_brings_the_key_back_with_the_printed_code(
    data: Path, keystore: KeyStore, tmp_path: Path
) -> None:
    other = KeyStore(tmp_path / "other account", keyring=False)
    with created(data, keystore) as (site, code):
        folder = site.folder
    with pytest.raises(KeyMissing):
        open_site(folder, other)
    with pytest.raises(RecoveryRefused):
        site_setup.unlock_with_recovery(folder, code[:-1] + ("0" if code[-1] != "0" else "1"), other)
    recovered = site_setup.unlock_with_recovery(folder, code.lower().replace("-", " "), other)
    assert audited(recovered, "site.recovered") == 1
    recovered.close()
    again = open_site(folder, other)
    assert again.key_in_file
    again.close()


def test_a_new_recovery_code_takes_the_old_ones_place(data: Path, keystore: KeyStore, tmp_path: Path) -> None:
    other = KeyStore(tmp_path / "other account", keyring=False)
    with created(data, keystore) as (site, old):
        admin = accounts.sign_in(site, "admin", ADMIN.password)
        with pytest.raises(WrongPassword):
            site_setup.new_recovery_code(site, admin, "not mine", keystore)
        new = site_setup.new_recovery_code(site, admin, ADMIN.password, keystore)
        folder = site.folder
    with pytest.raises(RecoveryRefused):
        site_setup.unlock_with_recovery(folder, old, other)
    site_setup.unlock_with_recovery(folder, new, other).close()
    assert new != old


def test_the_lobby_lies_beside_the_sites(data: Path, keystore: KeyStore) -> None:
    with created(data, keystore) as (site, _):
        assert site.lobby == site_setup.lobby_folder(data, SiteKind.LIVE) == data / "lobby" / "live"


def test_names_and_choices_are_kept(data: Path, keystore: KeyStore) -> None:
    with created(data, keystore) as (site, _):
        admin = accounts.sign_in(site, "admin", ADMIN.password)
        assert settings.my_settings(site, admin) == MySettings()
        chosen = MySettings("en", "dark", "high")
        settings.keep_my_settings(site, admin, chosen)
        settings.rename_site(site, admin, " 云 杉 苑 二 期 ", " 云杉物业 ")
        assert settings.site_view(site, admin).company == "云杉物业"
        assert settings.my_settings(site, admin) == chosen
        assert settings.site_name(site) == "云 杉 苑 二 期"
