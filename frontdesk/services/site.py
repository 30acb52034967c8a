"""The open site: everything a service needs that is not asked of a person."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.domain.access import SYSTEM
from frontdesk.domain.paper import month_of
from frontdesk.storage import models as m
from frontdesk.storage import sites
from frontdesk.storage.blobs import Blobs
from frontdesk.storage.database import Store, utc_now
from frontdesk.storage.keystore import KeyPlace, KeyStore
from frontdesk.storage.unit import Unit

ZONE = "site.zone"
PRACTICE = "site.practice"
DEFAULT_ZONE = "Asia/Shanghai"

Clock = Callable[[], datetime]
Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Site:
    """One open site. `clock` gives aware UTC instants, `random` bytes for codes; `lobby` is where kiosks are met.

    `key_in_file`: this account's key lies in a file, because the system has no keyring; the screens warn of it.
    """

    store: Store
    blobs: Blobs
    clock: Clock
    zone: ZoneInfo
    folder: Path
    lobby: Path
    id: str
    tag: str
    practice: bool
    key_in_file: bool = False
    random: Randomness = secrets.token_bytes

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return self.clock()

    def local(self, at: datetime) -> datetime:
        """The instant on the site's own clock."""
        return at.astimezone(self.zone)

    def day(self, at: datetime) -> date:
        """The calendar day of an instant at the site."""
        return self.local(at).date()

    def today(self) -> date:
        """The calendar day at the site now."""
        return self.day(self.now())

    def month(self) -> str:
        """The month by which numbers run now: `202611`."""
        return month_of(self.today())

    def span(self, day: date) -> tuple[datetime, datetime]:
        """When a day of the site begins, and when the next one does, in UTC."""
        first = datetime.combine(day, time(), self.zone).astimezone(UTC)
        return first, datetime.combine(day + timedelta(days=1), time(), self.zone).astimezone(UTC)

    def close(self) -> None:
        """Ends the connection to the database; safe to repeat."""
        self.store.close()


def open_site(folder: Path, keystore: KeyStore | None = None, *, clock: Clock = utc_now) -> Site:
    """Opens the site in a folder with the key that this account keeps.

    Raises:
        SiteMissing: the folder holds none.
        KeyMissing: this account has no key yet; `site_setup.unlock_with_recovery` brings it back.
        WrongKey, DatabaseDamaged, DatabaseLocked, DatabaseNewer, SqliteTooOld, ServerAway, FolderNotWritable, DiskFull
    """
    opened = sites.open_site(folder, keystore or KeyStore.of_account(), clock=clock)
    try:
        site = from_open(opened, clock)
        _complete(site)
        return site
    except BaseException:
        opened.close()
        raise


def _complete(site: Site) -> None:
    """Gives a site what it came to lack since it was last opened: by a newer program, or a new year."""
    from frontdesk.services import clocks, site_start  # here, because they need what this module defines

    with site.store.read() as unit:
        lacking = site_start.incomplete(unit, site.today())
    if lacking:
        with site.store.write() as unit:
            site_start.complete(unit, site.today())
            clocks.recompute_open(unit, site, SYSTEM)


def from_open(opened: sites.OpenSite, clock: Clock = utc_now) -> Site:
    """A site whose storage is open already."""
    with opened.store.read() as unit:
        zone, practice = _kept(unit, ZONE, DEFAULT_ZONE), _kept(unit, PRACTICE, False)
    folder = opened.folder
    named = opened.site.lobby
    return Site(
        store=opened.store,
        blobs=opened.blobs,
        clock=clock,
        zone=ZoneInfo(str(zone)),
        folder=folder,
        lobby=Path(named) if named else folder.parent.parent / "lobby" / folder.name,
        id=opened.site.id,
        tag=opened.site.tag,
        practice=bool(practice),
        key_in_file=opened.place is KeyPlace.FILE,
    )


def _kept(unit: Unit, key: str, default: object) -> object:
    row = unit.one(m.Setting.select().where(m.Setting.key == key))
    return default if row is None else row.value
