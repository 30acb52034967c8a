"""How far the set-up of a site has come: what is there, what is missing, and what the reception cannot do without."""

from __future__ import annotations

from frontdesk.domain import access, completeness
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import site_years
from frontdesk.services.site import Site
from frontdesk.services.sitebook.book import TABLES
from frontdesk.services.sitebook.tables import Book
from frontdesk.services.views.sitebook import CheckItem
from frontdesk.storage import models as m

# Without these no order finds its way to the right department.
_NEEDED = frozenset(
    {SheetKey.BUILDINGS, SheetKey.UNITS, SheetKey.DEPARTMENTS, SheetKey.COMPONENTS, SheetKey.PROMISES, SheetKey.RULES}
)


def checklist(site: Site, actor: Actor) -> tuple[CheckItem, ...]:
    """Every sheet with how much is there and how many of its rows lack something that rules ask for.

    Raises:
        Forbidden: the actor may not manage the site.
    """
    access.require(actor, Permission.MANAGE_SITE)
    with site.store.read() as unit:
        book = Book(unit, site.today(), site_years.PERSON)
        items = []
        for key, table in TABLES.items():
            rows = [row for row in table.stored(book) if row.active]
            missing = sum(bool(completeness.lacking(key, row.values)) for row in rows)
            if key is SheetKey.CALENDAR:
                missing = len(site_years.unpublished_years(unit, site.today()))
            items.append(CheckItem(key, len(rows), missing, key in _NEEDED))
        return tuple(items)


def has_homes(site: Site, actor: Actor) -> bool:
    """Whether any home is entered: without one no warranty can be told.

    Raises:
        Forbidden: the actor does not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        return unit.one(m.Unit.select(m.Unit.id).where(m.Unit.room != "").limit(1)) is not None
