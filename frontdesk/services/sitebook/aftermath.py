"""What follows when the site's own data has changed: screens are told, open promised times are computed anew."""

from __future__ import annotations

from collections.abc import Collection

from frontdesk.domain.access import Actor
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import clocks
from frontdesk.services.site import Site
from frontdesk.storage.unit import Unit

TOPIC = "site"
_WORKING_TIME = frozenset({SheetKey.CALENDAR, SheetKey.RULES})


def follow(unit: Unit, site: Site, actor: Actor, changed: Collection[SheetKey]) -> None:
    """Tells the screens of the changed sheets' data, and moves what working time has promised."""
    if _WORKING_TIME.intersection(changed):
        clocks.recompute_open(unit, site, actor)
    if changed:
        unit.announce(TOPIC, 1)
