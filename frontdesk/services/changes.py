"""What changed, in this process or another, so that screens refresh from it."""

from __future__ import annotations

from frontdesk.services.site import Site

EVERYTHING = "*"


def followed_from(site: Site) -> int:
    """Where a screen that has just read everything starts to follow."""
    return site.store.last_change()


def changed_topics(site: Site, last: int) -> tuple[int, tuple[tuple[str, int], ...]]:
    """What changed after `last` as (topic, id), and the place to go on from. Costs next to nothing while nothing does.

    The topic `*` says that too much has changed to be told: read everything again.
    """
    newest, found = site.store.changes_since(last)
    return newest, tuple((change.topic, change.id) for change in found)
