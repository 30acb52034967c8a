"""What the program tidies by itself: files that nothing in the database refers to."""

from __future__ import annotations

from datetime import timedelta

from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.errors import FolderNotWritable
from frontdesk.storage.unit import Unit

STRAY_AFTER = timedelta(days=1)  # far longer than a rendering takes from its file to its row


def sweep(site: Site) -> int:
    """Deletes stored files that no row lists and that were last put a day ago; returns how many.

    They are renderings that nobody printed, and files whose transaction never came to its end. One that cannot be
    deleted now, because a scanner holds it, stays for the next time.

    Raises:
        DatabaseLocked, ServerAway: nothing was deleted.
    """
    before = site.now() - STRAY_AFTER
    with site.store.read() as unit:
        found = site.blobs.strays(_listed(unit), before)
    if not found:
        return 0
    # Asked once more where nobody else can list one of them until it is gone: then their unit fails, and says so.
    with site.store.write() as unit:
        return sum(_dropped(site, name) for name in site.blobs.strays(_listed(unit), before))


def _listed(unit: Unit) -> list[str]:
    return [name for (name,) in unit.all(m.Blob.select(m.Blob.name).tuples())]


def _dropped(site: Site, name: str) -> bool:
    try:
        site.blobs.drop([name])
    except FolderNotWritable:
        return False
    return True
