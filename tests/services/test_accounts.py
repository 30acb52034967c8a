"""Signing in: who gets in, who is kept waiting, and that nobody learns which names exist."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters

from frontdesk.domain.access import Actor, Forbidden, Permission, Role
from frontdesk.domain.passwords import Weakness
from frontdesk.services import accounts
from frontdesk.services.errors import BadInput, LastAdministrator, LockedOut, LoginTaken, WeakPassword, WrongPassword
from frontdesk.services.site import Site
from frontdesk.services.views import NewAccount
from frontdesk.storage import models as m
from tests.services.lobby_kit import Clock, add_account, audited, with_clock

PASSWORD = "correct horse"


@pytest.fixture
def desk(site: Site, clock: Clock) -> Site:
    """The site on a clock that the test moves."""
    return with_clock(site, clock)


@pytest.fixture
def admin(desk: Site) -> Actor:
    return add_account(desk, Role.ADMINISTRATOR)


@pytest.fixture
def lin(desk: Site, admin: Actor) -> int:
    """林若溪 signs in as `lin.ruoxi`."""
    new = NewAccount("Lin.Ruoxi", "林若溪", PASSWORD, Role.RECEPTIONIST)
    return accounts.add_account(desk, admin, new).id


@pytest.mark.parametrize("name", ["lin.ruoxi", "LIN.RUOXI ", "林若溪", "林 若溪"])
def test_a_login_or_a_full_name_signs_in(desk: Site, lin: int, name: str) -> None:
    actor = accounts.sign_in(desk, name, PASSWORD, "前台 2")
    assert actor == Actor(lin, "林若溪", Role.RECEPTIONIST, "前台 2")
    assert actor.may(Permission.TAKE_CALLS)
    assert audited(desk, "sign_in") == 1


@pytest.mark.parametrize(
    ("name", "password"), [("lin.ruoxi", "wrong horse"), ("nobody", PASSWORD), ("", ""), ("\ud800", "\udfff\x00")]
)
def test_wrong_name_and_wrong_password_get_the_same_words(desk: Site, lin: int, name: str, password: str) -> None:
    with pytest.raises(WrongPassword) as refused:
        accounts.sign_in(desk, name, password)
    assert (refused.value.args, refused.value.code) == ((), "wrong_password")
    assert audited(desk, "sign_in.failed") == 1


def test_nobody_is_checked_against_as_costly_a_hash_as_everybody(desk: Site, lin: int) -> None:
    with desk.store.read() as unit:
        real = unit.get(m.Account, lin).password_hash
    assert extract_parameters(accounts.NO_PASSWORD) == extract_parameters(real)
    assert not PasswordHasher(parallelism=1).check_needs_rehash(accounts.NO_PASSWORD)


def test_wrong_name_and_wrong_password_take_the_same_time(desk: Site, lin: int) -> None:
    def seconds(name: str) -> float:
        taken = []
        for _ in range(2):
            start = time.perf_counter()
            with pytest.raises(WrongPassword):
                accounts.sign_in(desk, name, "wrong horse")
            taken.append(time.perf_counter() - start)
        return median(taken)

    known, unknown = seconds("lin.ruoxi"), seconds("nobody")
    assert 0.4 < known / unknown < 2.5


@pytest.mark.parametrize("name", ["lin.ruoxi", "nobody"])
def test_wrong_passwords_in_a_row_make_everybody_wait_longer_and_longer(
    desk: Site, lin: int, clock: Clock, name: str
) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            accounts.sign_in(desk, name, "wrong horse")
    with pytest.raises(LockedOut) as refused:
        accounts.sign_in(desk, name, PASSWORD)
    assert refused.value.until == clock() + timedelta(seconds=5)
    clock.go_on(timedelta(seconds=5))
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, name, "wrong horse")
    with pytest.raises(LockedOut) as refused:
        accounts.sign_in(desk, name, PASSWORD)
    assert refused.value.until == clock() + timedelta(seconds=15)


def test_getting_in_forgets_the_failures(desk: Site, lin: int) -> None:
    for _ in range(2):
        for _ in range(2):
            with pytest.raises(WrongPassword):
                accounts.sign_in(desk, "lin.ruoxi", "wrong horse")
        assert accounts.sign_in(desk, "lin.ruoxi", PASSWORD).id == lin


def test_what_strangers_typed_is_kept_short_and_unreadable(desk: Site) -> None:
    for place in range(53):
        with desk.store.write() as unit:
            accounts._keep_tries(unit, None, f"stranger {place}", accounts._Tries(1, None))
    with desk.store.read() as unit:
        kept = unit.one(m.Setting.select().where(m.Setting.key == "sign_in.strangers")).value
    assert len(kept) == 50
    assert not any("stranger" in name for name in kept)


def test_a_password_typed_in_place_of_the_name_is_kept_nowhere(desk: Site, lin: int) -> None:
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, PASSWORD, "")
    with desk.store.read() as unit:
        lines = [row.detail for row in unit.all(m.Audit.select())]
        texts = [row.text for row in unit.all(m.AuditText.select())]
    assert PASSWORD not in f"{lines} {texts}"


def test_a_full_name_that_two_people_have_signs_nobody_in(desk: Site, admin: Actor, lin: int) -> None:
    accounts.add_account(desk, admin, NewAccount("lin2", "林若溪", PASSWORD, Role.GUARD))
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, "林若溪", PASSWORD)
    assert accounts.sign_in(desk, "lin2", PASSWORD).role is Role.GUARD


def test_who_is_no_longer_active_cannot_sign_in(desk: Site, admin: Actor, lin: int) -> None:
    accounts.set_active(desk, admin, lin, False)
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, "lin.ruoxi", PASSWORD)
    accounts.set_active(desk, admin, lin, True)
    assert accounts.sign_in(desk, "lin.ruoxi", PASSWORD).id == lin


def test_the_last_administrator_stays(desk: Site, admin: Actor) -> None:
    with pytest.raises(LastAdministrator):
        accounts.set_active(desk, admin, admin.id, False)
    assert accounts.my_account(desk, admin).active


def test_a_locked_screen_opens_with_the_own_password_only(desk: Site, lin: int) -> None:
    actor = accounts.sign_in(desk, "lin.ruoxi", PASSWORD)
    with pytest.raises(WrongPassword):
        accounts.unlock(desk, actor, "wrong horse")
    accounts.unlock(desk, actor, PASSWORD)
    assert audited(desk, "sign_in") == 2


def test_another_password_takes_the_old_ones_place(desk: Site, lin: int) -> None:
    actor = accounts.sign_in(desk, "lin.ruoxi", PASSWORD)
    with pytest.raises(WrongPassword):
        accounts.change_password(desk, actor, "wrong horse", "battery staple")
    with pytest.raises(WeakPassword):
        accounts.change_password(desk, actor, PASSWORD, "short")
    accounts.change_password(desk, actor, PASSWORD, "battery staple")
    assert accounts.sign_in(desk, "lin.ruoxi", "battery staple").id == lin


def test_a_forgotten_password_is_set_anew_and_the_waiting_ends(desk: Site, admin: Actor, lin: int) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            accounts.sign_in(desk, "lin.ruoxi", "wrong horse")
    with pytest.raises(LockedOut):
        accounts.sign_in(desk, "lin.ruoxi", PASSWORD)
    with pytest.raises(WeakPassword):
        accounts.set_password(desk, admin, lin, "Lin.Ruoxi")
    assert accounts.set_password(desk, admin, lin, "battery staple").name == "林若溪"
    assert audited(desk, "account.password_set") == 1
    assert accounts.sign_in(desk, "lin.ruoxi", "battery staple").id == lin
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, "lin.ruoxi", PASSWORD)


def test_a_password_set_by_somebody_else_is_to_be_changed(desk: Site, admin: Actor, lin: int) -> None:
    accounts.set_password(desk, admin, lin, "battery staple")
    actor = accounts.sign_in(desk, "lin.ruoxi", "battery staple")
    assert accounts.must_change_password(desk, actor)
    with pytest.raises(WeakPassword) as caught:
        accounts.change_password(desk, actor, "battery staple", "battery staple")
    assert caught.value.weakness is Weakness.SAME_AS_BEFORE
    assert accounts.must_change_password(desk, actor)
    accounts.change_password(desk, actor, "battery staple", PASSWORD)
    assert not accounts.must_change_password(desk, actor)
    accounts.set_password(desk, admin, admin.id, "battery staple")
    assert not accounts.must_change_password(desk, admin)


@pytest.mark.parametrize(
    ("password", "weakness"),
    [("1234567", Weakness.TOO_SHORT), ("aaaaaaaa", Weakness.ONE_CHARACTER), ("Zhou.Qiming", Weakness.SAME_AS_NAME)],
)
def test_a_weak_password_is_refused_and_said_why(desk: Site, admin: Actor, password: str, weakness: Weakness) -> None:
    with pytest.raises(WeakPassword) as refused:
        accounts.add_account(desk, admin, NewAccount("zhou.qiming", "周启明", password, Role.DEPARTMENT))
    assert refused.value.weakness is weakness
    assert len(accounts.accounts(desk, admin)) == 1


def test_a_login_belongs_to_one(desk: Site, admin: Actor, lin: int) -> None:
    with pytest.raises(LoginTaken):
        accounts.add_account(desk, admin, NewAccount("LIN.ruoxi", "另一位", PASSWORD, Role.GUARD))
    with pytest.raises(BadInput):
        accounts.add_account(desk, admin, NewAccount("  ", "无名", PASSWORD, Role.GUARD))
    assert [view.login for view in accounts.accounts(desk, admin)] == [f"{admin.role}0", "lin.ruoxi"]


def test_no_password_is_ever_stored(desk: Site, lin: int) -> None:
    with desk.store.read() as unit:
        row = unit.get(m.Account, lin)
    assert row.password_hash.startswith("$argon2id$") and PASSWORD not in row.password_hash


def test_only_who_manages_accounts_sees_and_adds_them(desk: Site, lin: int) -> None:
    actor = accounts.sign_in(desk, "lin.ruoxi", PASSWORD)
    acts: list[Callable[[], object]] = [
        lambda: accounts.accounts(desk, actor),
        lambda: accounts.add_account(desk, actor, NewAccount("x", "y", PASSWORD, Role.ADMINISTRATOR)),
        lambda: accounts.set_active(desk, actor, lin, True),
        lambda: accounts.set_password(desk, actor, lin, "battery staple"),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert accounts.my_account(desk, actor).permissions == accounts.ROLE_PERMISSIONS[Role.RECEPTIONIST]
