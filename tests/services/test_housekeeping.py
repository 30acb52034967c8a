"""The program deletes only files that nothing refers to, and not before a day has passed."""

from __future__ import annotations

import os
from datetime import timedelta

from frontdesk.services import housekeeping
from frontdesk.services.site import Site


def put(site: Site, data: bytes, age: timedelta) -> str:
    name = site.blobs.put(data, "text/plain")
    then = (site.now() - age).timestamp()
    os.utime(site.blobs.path(name), (then, then))
    return name


def test_only_old_files_that_nothing_lists_are_swept(site: Site) -> None:
    two_days, hours = timedelta(days=2), timedelta(hours=23)
    listed, stray, young = put(site, b"listed", two_days), put(site, b"stray", two_days), put(site, b"young", hours)
    with site.store.write() as unit:
        site.blobs.keep(unit, listed)
    assert housekeeping.sweep(site) == 1
    assert [site.blobs.path(name).exists() for name in (listed, stray, young)] == [True, False, True]
    assert housekeeping.sweep(site) == 0


def test_what_was_put_again_stays(site: Site) -> None:
    name = put(site, b"again", timedelta(days=2))
    site.blobs.put(b"again", "text/plain")
    assert housekeeping.sweep(site) == 0
    assert site.blobs.get(name) == b"again"


def test_a_file_that_cannot_be_deleted_does_not_keep_the_others(site: Site) -> None:
    held, stray = sorted(put(site, data, timedelta(days=2)) for data in (b"one", b"two"))
    path = site.blobs.path(held)
    path.unlink()
    path.mkdir()  # no account can unlink a folder
    os.utime(path, (0, 0))
    assert housekeeping.sweep(site) == 1
    assert not site.blobs.path(stray).exists()
