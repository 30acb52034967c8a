"""The site's own keys for the lobby: one signs, one opens envelopes, one for each month seals document parts.

They are made when they are first needed and kept in the encrypted database, so that any console of the site has them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from frontdesk.lobby import contract
from frontdesk.lobby.sealing import ConsoleKeys, MonthKey
from frontdesk.services import reference
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

_MADE_AT = "lobby.keys_made_at"


class KeyKind(StrEnum):
    """What a key of the site is for."""

    SIGNING = "signing"
    ENVELOPE = "envelope"
    MONTH = "month"


def console_keys(site: Site) -> ConsoleKeys:
    """The keys that sign and open; made if the site has none yet. Opens a transaction of its own."""
    with site.store.read() as unit:
        found = _console_keys(unit)
    if found is not None:
        return found
    with site.store.write() as unit:
        _take_turns(site, unit)
        return _console_keys(unit) or _make_console_keys(site, unit)


def month_keys(site: Site) -> dict[str, bytes]:
    """The public keys of this month and the next by the site's calendar; made if need be, in a transaction."""
    months = this_and_next(site.local(site.now()))
    with site.store.read() as unit:
        found = _month_keys(unit, months)
    if len(found) == len(months):
        return found
    with site.store.write() as unit:
        _take_turns(site, unit)
        found = _month_keys(unit, months)
        for month in months:
            if month not in found:
                found[month] = _make_month_key(site, unit, month)
        return found


def this_and_next(local: datetime) -> tuple[str, str]:
    """The month of a local instant and the one after it, as in `2026-11`."""
    following = local.replace(day=1) + timedelta(days=31)
    return contract.month_of(local), contract.month_of(following)


def _take_turns(site: Site, unit: Unit) -> None:
    """Lets one console at a time make keys: the others wait for this row, and then find them made."""
    reference.keep_setting(unit, _MADE_AT, contract.instant(site.now()))


def _console_keys(unit: Unit) -> ConsoleKeys | None:
    """The newest pair of each kind; older envelope keys still open what is on its way."""
    kinds = [KeyKind.SIGNING, KeyKind.ENVELOPE]
    rows = unit.all(m.SiteKey.select().where(m.SiteKey.kind.in_(kinds)).order_by(m.SiteKey.id))
    signing = [row.private for row in rows if row.kind == KeyKind.SIGNING and row.private]
    envelope = [row.private for row in rows if row.kind == KeyKind.ENVELOPE and row.private]
    if not signing or not envelope:
        return None
    return ConsoleKeys.from_private(signing[-1], envelope[-1], envelope[:-1])


def _make_console_keys(site: Site, unit: Unit) -> ConsoleKeys:
    keys = ConsoleKeys.generate()
    _keep(site, unit, KeyKind.SIGNING, "", keys.verify_public, keys.signing)
    _keep(site, unit, KeyKind.ENVELOPE, "", keys.envelope_public, keys.envelope)
    return keys


def _month_keys(unit: Unit, months: tuple[str, ...]) -> dict[str, bytes]:
    wanted = (m.SiteKey.kind == KeyKind.MONTH) & m.SiteKey.month.in_(months) & m.SiteKey.destroyed_at.is_null()
    return {row.month: row.public for row in unit.all(m.SiteKey.select().where(wanted).order_by(m.SiteKey.id))}


def _make_month_key(site: Site, unit: Unit, month: str) -> bytes:
    key = MonthKey.generate(month)
    _keep(site, unit, KeyKind.MONTH, month, key.public, key.private)
    return key.public


def _keep(site: Site, unit: Unit, kind: KeyKind, month: str, public: bytes, private: bytes) -> None:
    unit.add(m.SiteKey, kind=kind, month=month, public=public, private=private, created_at=site.now())
