"""Accounts: signing in, unlocking, passwords.

A wrong name takes the same time and gets the same words as a wrong password.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.domain import access, passwords
from frontdesk.domain.access import ROLE_PERMISSIONS, SYSTEM, Actor, Permission, Role
from frontdesk.domain.people import fold_name
from frontdesk.services import inputs, reference
from frontdesk.services.errors import LastAdministrator, LockedOut, LoginTaken, WeakPassword, WrongPassword
from frontdesk.services.site import Site
from frontdesk.services.views import AccountView, NewAccount
from frontdesk.storage import models as m
from frontdesk.storage.fields import from_microseconds, to_microseconds
from frontdesk.storage.unit import Unit

TOPIC = "account"

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# Of a password that nobody knows, with the same parameters: somebody who does not exist is checked against it.
NO_PASSWORD = "$argon2id$v=19$m=65536,t=3,p=1$MRZsPYAsr+1ov+TSpuhFWQ$+K8wxsZD5ZQgAzqTNcmi9z1VZw+vPZ9DHTtIuaZFcPQ"  # noqa: S105
_STRANGERS = "sign_in.strangers"
_MOST_STRANGERS = 50


@dataclass(frozen=True, slots=True)
class _Tries:
    """Wrong passwords in a row for a name, whether or not it exists, and until when nobody may try again."""

    failures: int
    locked_until: datetime | None

    def require_open(self, now: datetime) -> None:
        if self.locked_until is not None and now < self.locked_until:
            raise LockedOut(self.locked_until)

    def failed(self, now: datetime) -> _Tries:
        wait = passwords.wait_after(self.failures + 1)
        return _Tries(self.failures + 1, now + wait if wait else None)


def sign_in(site: Site, login: str, password: str, desk: str = "") -> Actor:
    """Who signs in with a login or full name and a password, at a desk.

    Raises:
        WrongPassword: name or password is wrong, or the account is not active; which, is not told.
        LockedOut: too many wrong passwords in a row; `until` says when to try again.
    """
    with site.store.read() as unit:
        account = _account_named(unit, login)
        _tries(unit, account, login).require_open(site.now())
    right = _matches(account.password_hash if account else NO_PASSWORD, password) and account is not None
    with site.store.write() as unit:
        actor = _settle(unit, site, login, account, right, desk)
    if actor is None:
        raise WrongPassword
    return actor


def unlock(site: Site, actor: Actor, password: str) -> None:
    """Lets the actor go on at a locked screen.

    Raises:
        WrongPassword, LockedOut: as for signing in.
    """
    with site.store.read() as unit:
        login = unit.get(m.Account, actor.id).login
    sign_in(site, login, password, actor.desk)


def accounts(site: Site, actor: Actor) -> tuple[AccountView, ...]:
    """Everybody who may sign in or once could.

    Raises:
        Forbidden: the actor may not manage accounts.
    """
    access.require(actor, Permission.MANAGE_ACCOUNTS)
    with site.store.read() as unit:
        return tuple(_view(row) for row in unit.all(m.Account.select().order_by(m.Account.id)))


def my_account(site: Site, actor: Actor) -> AccountView:
    """The actor's own account.

    Raises:
        NotFound: the actor is the program itself.
    """
    with site.store.read() as unit:
        return _view(unit.get(m.Account, actor.id))


def add_account(site: Site, actor: Actor, new: NewAccount) -> AccountView:
    """Adds somebody who may sign in.

    Raises:
        Forbidden: the actor may not manage accounts.
        BadInput: login or name is empty or too long.
        WeakPassword: the password is not good enough.
        LoginTaken: somebody else has the login.
    """
    access.require(actor, Permission.MANAGE_ACCOUNTS)
    ready = prepared(new)
    with site.store.write() as unit:
        account_id = insert(unit, ready, site.now())
        unit.audit(actor, "account.added", f"account:{account_id}", {"role": ready.role})
        unit.announce(TOPIC, account_id)
        return _view(unit.get(m.Account, account_id))


def set_active(site: Site, actor: Actor, account_id: int, active: bool) -> AccountView:
    """Lets somebody sign in again, or no longer.

    Raises:
        Forbidden: the actor may not manage accounts.
        LastAdministrator: nobody would be left to manage the site.
        NotFound: there is no such account.
    """
    access.require(actor, Permission.MANAGE_ACCOUNTS)
    with site.store.write() as unit:
        unit.change(m.Account, account_id, active=active)
        left = (m.Account.role == Role.ADMINISTRATOR) & m.Account.active
        if unit.count(m.Account.select().where(left)) == 0:
            raise LastAdministrator
        unit.audit(actor, "account.active", f"account:{account_id}", {"active": active})
        unit.announce(TOPIC, account_id)
        return _view(unit.get(m.Account, account_id))


def change_password(site: Site, actor: Actor, old: str, new: str) -> None:
    """Gives the actor's own account another password.

    Raises:
        WrongPassword, LockedOut: the old one is wrong.
        WeakPassword: the new one is not good enough, or no other than the old one.
    """
    unlock(site, actor, old)
    if new == old:
        raise WeakPassword(passwords.Weakness.SAME_AS_BEFORE)
    with site.store.read() as unit:
        account = unit.get(m.Account, actor.id)
    _require_strong(new, account.login, account.name)
    hashed = _hash(new)
    with site.store.write() as unit:
        unit.change(m.Account, actor.id, password_hash=hashed, must_change=False)
        unit.audit(actor, "account.password_changed", f"account:{actor.id}", {})


def must_change_password(site: Site, actor: Actor) -> bool:
    """Whether somebody else has set the actor's password, and the actor none since.

    Raises:
        NotFound: the actor is the program itself.
    """
    with site.store.read() as unit:
        return bool(unit.get(m.Account, actor.id).must_change)


def set_password(site: Site, actor: Actor, account_id: int, new: str) -> AccountView:
    """Gives an account a new password where the old one was forgotten; wrong tries no longer count.

    Two people know it then: whoever signs in with it is asked for one of their own first (`must_change_password`).

    Raises:
        Forbidden: the actor may not manage accounts.
        WeakPassword: the password is not good enough.
        NotFound: there is no such account.
    """
    access.require(actor, Permission.MANAGE_ACCOUNTS)
    with site.store.read() as unit:
        account = unit.get(m.Account, account_id)
    _require_strong(new, account.login, account.name)
    known_to_two = account_id != actor.id
    fresh = {"password_hash": _hash(new), "failures": 0, "locked_until": None, "must_change": known_to_two}
    with site.store.write() as unit:
        unit.change(m.Account, account_id, **fresh)
        unit.audit(actor, "account.password_set", f"account:{account_id}", {})
        unit.announce(TOPIC, account_id)
        return _view(unit.get(m.Account, account_id))


# --- for setting a site up -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadyAccount:
    """A checked new account, its password hashed already, because that takes time and needs no transaction."""

    login: str
    name: str
    role: Role
    password_hash: str


def prepared(new: NewAccount) -> ReadyAccount:
    """A new account, checked and hashed; raises BadInput and WeakPassword."""
    login = inputs.line("login", new.login, needed=True)
    name = inputs.line("name", new.name, needed=True)
    _require_strong(new.password, login, name)
    return ReadyAccount(fold_name(login), name, new.role, _hash(new.password))


def insert(unit: Unit, ready: ReadyAccount, now: datetime) -> int:
    """Adds a ready account within a unit of work; raises LoginTaken."""
    if unit.one(m.Account.select().where(m.Account.login == ready.login)) is not None:
        raise LoginTaken
    return unit.add(
        m.Account,
        login=ready.login,
        name=ready.name,
        role=ready.role,
        password_hash=ready.password_hash,
        created_at=now,
    )


# --- inside ----------------------------------------------------------------------------------------------------------


def _view(row: Any) -> AccountView:
    role = Role(row.role)
    return AccountView(row.id, row.login, row.name, role, row.active, ROLE_PERMISSIONS[role])


def _require_strong(password: str, *names: str) -> None:
    weakness = passwords.weakness(password, *names)
    if weakness is not None:
        raise WeakPassword(weakness)


def _account_named(unit: Unit, login: str) -> Any:
    """The active account with this login, or with this full name if only one has it."""
    folded = fold_name(login)
    rows = unit.all(m.Account.select().where(m.Account.active))
    by_login = [row for row in rows if row.login == folded]
    by_name = [row for row in rows if fold_name(row.name) == folded]
    found = by_login or by_name
    return found[0] if len(found) == 1 else None


def _hash(password: str) -> str:
    return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def _settle(unit: Unit, site: Site, login: str, account: Any, right: bool, desk: str) -> Actor | None:
    """Writes down how signing in went; who signed in, or None. Another desk may have locked the name meanwhile."""
    now = site.now()
    tries = _tries(unit, account, login)
    tries.require_open(now)
    if not right:
        _keep_tries(unit, account, login, tries.failed(now))
        subject = f"account:{account.id}" if account else "account:0"
        nobody = Actor(SYSTEM.id, SYSTEM.name, SYSTEM.role, desk)
        # Not what was typed: people type passwords into the wrong field.
        unit.audit(nobody, "sign_in.failed", subject, {"failures": tries.failures + 1})
        return None
    actor = Actor(account.id, account.name, Role(account.role), desk)
    unit.change(m.Account, account.id, failures=0, locked_until=None, signed_in_at=now)
    unit.audit(actor, "sign_in", f"account:{account.id}", {})
    return actor


def _tries(unit: Unit, account: Any, login: str) -> _Tries:
    if account is not None:
        row = unit.get(m.Account, account.id)
        return _Tries(row.failures, row.locked_until)
    failures, until = reference.setting(unit, _STRANGERS, {}).get(_stranger(login), (0, None))
    return _Tries(failures, None if until is None else from_microseconds(until))


def _keep_tries(unit: Unit, account: Any, login: str, tries: _Tries) -> None:
    if account is not None:
        unit.change(m.Account, account.id, failures=tries.failures, locked_until=tries.locked_until)
        return
    until = tries.locked_until
    kept: dict[str, Any] = reference.setting(unit, _STRANGERS, {})
    kept.pop(_stranger(login), None)
    while len(kept) >= _MOST_STRANGERS:
        del kept[min(kept, key=lambda name: kept[name][0])]
    kept[_stranger(login)] = (tries.failures, None if until is None else to_microseconds(until))
    reference.keep_setting(unit, _STRANGERS, kept)


def _stranger(login: str) -> str:
    """A name that nobody has, as it is remembered: people type passwords into the wrong field."""
    return hashlib.sha256(fold_name(login).encode("utf-8", "surrogatepass")).hexdigest()[:16]
