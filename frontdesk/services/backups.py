"""Backups of the site, each read back before it counts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from frontdesk.domain.access import Actor, Permission, require
from frontdesk.services import reference
from frontdesk.services.site import Site
from frontdesk.services.views import BackupView
from frontdesk.storage import backup, sitefile
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sites import OpenSite

_LAST = "backups.last"


def back_up(site: Site, actor: Actor, target: Path | None = None, keystore: KeyStore | None = None) -> BackupView:
    """Writes the whole site into one encrypted file and reads it back, while other programs go on working.

    Args:
        target: the file to write; by default one named after site and time, in the site's own folder of backups.
        keystore: where this account keeps the site's key, if not at the usual place.

    Raises:
        Forbidden: the actor may not back up.
        KeyMissing, FolderNotWritable, DiskFull, BackupDamaged: nothing was left behind.
    """
    require(actor, Permission.BACK_UP)
    stored = (keystore or KeyStore.of_account()).load(site.id)
    whole = OpenSite(site.folder, sitefile.read(site.folder), stored.key, stored.place, site.store, site.blobs)
    at = site.now()
    made = backup.make(whole, target or site.folder / sitefile.BACKUPS / backup.name_for(whole, at))
    rows, damaged = made.manifest.head.rows, len(made.manifest.damaged)
    last = {"path": str(made.path), "at": at.isoformat(), "size": made.size, "damaged": damaged}
    with site.store.write() as unit:
        reference.keep_setting(unit, _LAST, last)
        unit.audit(actor, "site.backed_up", "site:1", {"size": made.size, "audit_rows": rows, "damaged": damaged})
        unit.announce("site", 1)
    return BackupView(str(made.path), at, made.size, damaged)


def last_backup(site: Site, actor: Actor) -> BackupView | None:
    """The newest backup that any console made and read back; None before the first.

    Raises:
        Forbidden: the actor may not back up.
    """
    require(actor, Permission.BACK_UP)
    with site.store.read() as unit:
        kept = reference.setting(unit, _LAST)
    if not kept:
        return None
    return BackupView(kept["path"], datetime.fromisoformat(kept["at"]), kept["size"], kept.get("damaged", 0))
