"""The tables of all sheets, those that differ a little among them, and what follows when some of them change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frontdesk.domain import components, house_rules
from frontdesk.domain.choices import WarrantyClass
from frontdesk.domain.house_rules import RULES
from frontdesk.domain.people import fold_name
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import reference, site_years
from frontdesk.services.errors import RowInUse
from frontdesk.services.sitebook.houses import BuildingTable, UnitTable
from frontdesk.services.sitebook.people import ResidentTable
from frontdesk.services.sitebook.tables import Book, Stored, Table, Values
from frontdesk.storage import models as m


class ComponentTable(Table):
    """Components; an empty term is the legal minimum of the class."""

    def __init__(self) -> None:
        super().__init__(SheetKey.COMPONENTS, m.Component)

    def settled(self, values: Values) -> Values:
        """The row with the legal minimum where no term is given, and with the season of a term in seasons."""
        settled = dict(values)
        chosen = settled.get("warranty_class")
        least = components.LEGAL_MINIMUM.get(WarrantyClass(str(chosen))) if chosen else None
        months, seasons = settled.get("warranty_months"), settled.get("warranty_seasons")
        if months is None and seasons is None:
            if least is None:
                return settled
            months, seasons = least.months, least.seasons
        settled |= {"warranty_months": months or 0, "warranty_seasons": seasons or 0}
        if seasons and not settled.get("season"):
            settled["season"] = "cooling" if settled.get("code") == "cooling" else "heating"
        return settled


class AreaTable(Table):
    """Areas; the way to them is drawn elsewhere."""

    def __init__(self) -> None:
        super().__init__(SheetKey.AREAS, m.Area)

    def settled(self, values: Values) -> Values:
        """A walk that nobody measured is 0 minutes."""
        return {**values, "minutes": values.get("minutes") or 0}

    def add(self, book: Book, values: Values) -> int:
        """Adds an area of the kind that visitors are sent to."""
        added = super().add(book, values)
        book.unit.change(m.Area, added, kind="service")
        return added


class CalendarTable(Table):
    """Days that differ; a year with a make-up day counts as published."""

    def __init__(self) -> None:
        super().__init__(SheetKey.CALENDAR, m.CalendarDay)

    def fields(self, book: Book, values: Values) -> dict[str, Any]:
        """The day's fields with who entered it."""
        day: Any = values["day"]
        if values.get("working"):
            site_years.mark_published(book.unit, [day.year])
        return super().fields(book, values) | {"source": book.source}


class RuleTable(Table):
    """The rules of one value each, kept as one setting; all of them are always there."""

    def __init__(self) -> None:
        super().__init__(SheetKey.RULES, m.Setting)

    def stored(self, book: Book) -> list[Stored]:
        """All rules in their order; an id is a rule's place, from 1."""
        texts = house_rules.to_texts(reference.rules(book.unit))
        return [Stored(place, {"key": key, "value": texts[key]}) for place, key in enumerate(RULES, 1)]

    def add(self, book: Book, values: Values) -> int:
        """Sets a rule."""
        texts = house_rules.to_texts(reference.rules(book.unit)) | {str(values["key"]): str(values["value"])}
        reference.keep_rules(book.unit, house_rules.from_texts(texts))
        return list(RULES).index(str(values["key"])) + 1

    def change(self, book: Book, row_id: int, values: Values) -> None:
        """Sets a rule."""
        self.add(book, values)

    def set_active(self, book: Book, row_id: int, active: bool) -> None:
        """A rule is always there: raises RowInUse."""
        raise RowInUse(self.sheet.key)

    def settled(self, values: Values) -> Values:
        """The value as the program writes it."""
        return {**values, "value": house_rules.normalise(str(values["key"]), str(values["value"]))}


TABLES: dict[SheetKey, Table] = {
    table.sheet.key: table
    for table in (
        BuildingTable(),
        UnitTable(),
        ResidentTable(),
        Table(SheetKey.STAFF, m.Staff),
        Table(SheetKey.DEPARTMENTS, m.Department),
        Table(SheetKey.EXTERNAL_UNITS, m.ExternalUnit),
        ComponentTable(),
        Table(SheetKey.EQUIPMENT, m.Equipment),
        Table(SheetKey.PROMISES, m.PromiseRule),
        RuleTable(),
        Table(SheetKey.COMPLAINT_LEVELS, m.EscalationLevel),
        Table(SheetKey.FOLLOW_UPS, m.FollowUpRule),
        Table(SheetKey.PRICES, m.PriceItem),
        CalendarTable(),
        AreaTable(),
    )
}


def identity(table: Table, values: Values) -> tuple[str, ...]:
    """By what a row is found again."""
    return tuple(fold_name(str(values.get(key) or "")) for key in table.sheet.identity)


def by_identity(table: Table, rows: Sequence[Stored]) -> dict[tuple[str, ...], Stored]:
    """The rows by what they are found by; of several, one in use comes first."""
    ordered = sorted(rows, key=lambda row: row.active)
    return {identity(table, row.values): row for row in ordered}
