"""How far the set-up of a site has come: what is there, what is missing, and what the reception cannot do without."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import site_years
from frontdesk.services.site import Site
from frontdesk.services.sitebook.book import TABLES
from frontdesk.services.sitebook.tables import Book, Stored
from frontdesk.services.views.sitebook import CheckItem

# Without these no order finds its way to the right department.
_NEEDED = frozenset(
    {SheetKey.BUILDINGS, SheetKey.UNITS, SheetKey.DEPARTMENTS, SheetKey.COMPONENTS, SheetKey.PROMISES, SheetKey.RULES}
)
_DEVELOPER = "developer"


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
            missing = sum(_LACKING[key](row) for row in rows) if key in _LACKING else 0
            if key is SheetKey.CALENDAR:
                missing = len(site_years.unpublished_years(unit, site.today()))
            items.append(CheckItem(key, len(rows), missing, key in _NEEDED))
        return tuple(items)


def _lacks(*keys: str) -> Callable[[Stored], bool]:
    return lambda row: any(row.values.get(key) in (None, ()) for key in keys)


def _component(row: Stored) -> bool:
    """Whether nobody is named who would repair it: a person must then say so for each matter."""
    duty = row.values.get("duty")
    if duty in ("external", "maker"):
        return row.values.get("external_unit") is None
    if duty == "built":
        return row.values.get("warranty_months") is None and row.values.get("warranty_class") in (None, "none")
    return duty == "property" and row.values.get("department") is None


_LACKING: dict[SheetKey, Callable[[Stored], bool]] = {
    SheetKey.BUILDINGS: _lacks("delivered_on", "accepted_on"),
    SheetKey.UNITS: _lacks("delivered_on"),
    SheetKey.RESIDENTS: _lacks("phones"),
    SheetKey.STAFF: _lacks("department"),
    SheetKey.EXTERNAL_UNITS: _lacks("phone", "promised_hours"),
    SheetKey.COMPONENTS: _component,
    SheetKey.EQUIPMENT: _lacks("installed_on", "warranty_months"),
}
