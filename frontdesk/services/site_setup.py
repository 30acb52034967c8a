"""First start: which sites there are, making one whole or not at all, and bringing a lost key back."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.domain import access
from frontdesk.domain.access import SYSTEM, Actor, Permission, Role
from frontdesk.services import accounts, inputs, site_start
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.site import DEFAULT_ZONE, Clock, Site, from_open, open_site
from frontdesk.services.views import NewAccount
from frontdesk.storage import recovery
from frontdesk.storage import sites as stored
from frontdesk.storage.database import utc_now
from frontdesk.storage.keystore import KeyStore


class SiteKind(StrEnum):
    """The two sites of a machine; the value is the folder's name. Practice data never lies in the live site."""

    LIVE = "live"
    PRACTICE = "practice"


def site_folder(machine_data: Path, kind: SiteKind) -> Path:
    """Where a site of this kind lies in the machine's data."""
    return machine_data / "sites" / kind


def lobby_folder(machine_data: Path, kind: SiteKind) -> Path:
    """Where the kiosks of a site of this kind are met, unless its site file names another folder."""
    return machine_data / "lobby" / kind


def sites(machine_data: Path) -> tuple[SiteKind, ...]:
    """Which sites have been set up on this machine.

    Raises:
        FolderNotWritable: this account may not look into the data folder.
    """
    return tuple(kind for kind in SiteKind if stored.is_site(site_folder(machine_data, kind)))


def create_site(
    machine_data: Path,
    kind: SiteKind,
    name: str,
    admin: NewAccount,
    *,
    company: str = "",
    dsn: str = "",
    lobby: str = "",
    keystore: KeyStore | None = None,
    clock: Clock = utc_now,
) -> tuple[Site, str]:
    """Makes a site with its administrator, the practice site also with a sample community; gives it open, and its
    recovery code, which is kept nowhere and must be printed now.

    It is built in a folder beside its place and renamed into it at the end, so that a failure leaves nothing behind.

    Raises:
        BadInput: a name is empty or too long, or the first account is no administrator.
        WeakPassword: the administrator's password is not good enough.
        SiteExists: there is one already.
        FolderNotWritable, DiskFull, ServerAway, WrongKey (the server's database is another site's)
    """
    site_name = inputs.line("name", name, needed=True)
    site_company = inputs.line("company", company)
    if admin.role is not Role.ADMINISTRATOR:
        raise BadInput("role", Problem.UNKNOWN)
    ready = accounts.prepared(admin)
    keys = keystore or KeyStore.of_account()
    folder = site_folder(machine_data, kind)
    with stored.new_folder(folder) as building:
        made = stored.create_site(building, keys, dsn=dsn, lobby=lobby, clock=clock)
        try:
            _furnish(building, keys, clock, kind, (site_name, site_company), ready)
        except BaseException:
            keys.forget(made.site.id)
            raise
    return open_site(folder, keys, clock=clock), made.recovery_code


def _furnish(
    folder: Path, keys: KeyStore, clock: Clock, kind: SiteKind, names: tuple[str, str], admin: accounts.ReadyAccount
) -> None:
    """Fills a new site, and closes it again."""
    opened = stored.open_site(folder, keys, clock=clock)
    try:
        practice = kind is SiteKind.PRACTICE
        today = clock().astimezone(ZoneInfo(DEFAULT_ZONE)).date()
        with opened.store.write() as unit:
            site_start.start(unit, *names, practice=practice, today=today)
            if not practice:
                site_start.areas(unit)
            account_id = accounts.insert(unit, admin, clock())
            unit.audit(SYSTEM, "site.created", "site:1", {"practice": practice, "administrator": account_id})
        if practice:
            from frontdesk.services import sample  # here, because every start of the console loads this module

            sample.fill(from_open(opened, clock))
    finally:
        opened.close()


def unlock_with_recovery(folder: Path, code: str, keystore: KeyStore | None = None, *, clock: Clock = utc_now) -> Site:
    """Opens a site whose key this account lacks, by the printed recovery code; the key is kept for the next time.

    Raises:
        RecoveryRefused: the code was mistyped (`recovery_mistyped`) or is another site's (`recovery_wrong`).
        SiteMissing: the folder holds no site.
        FolderNotWritable, and what opening raises.
    """
    keys = keystore or KeyStore.of_account()
    recovery.recover(folder, code, keys)
    site = open_site(folder, keys, clock=clock)
    with site.store.write() as unit:
        unit.audit(SYSTEM, "site.recovered", "site:1", {})
    return site


def new_recovery_code(site: Site, actor: Actor, password: str, keystore: KeyStore | None = None) -> str:
    """Makes a recovery code in the place of a lost one, which from then on opens this site no more.

    The password is the actor's own, asked again: a desk that somebody left open must not give the site away.

    Raises:
        Forbidden: the actor may not manage the site.
        WrongPassword, LockedOut: as for signing in.
        KeyMissing, FolderNotWritable, DiskFull
    """
    access.require(actor, Permission.MANAGE_SITE)
    accounts.unlock(site, actor, password)
    keys = keystore or KeyStore.of_account()
    key = keys.load(site.id).key
    with site.store.write() as unit:
        unit.audit(actor, "site.recovery_code_renewed", "site:1", {})
        return recovery.renew(site.folder, key)  # last: a database that refuses must leave the old sheet good
