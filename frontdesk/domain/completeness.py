"""What a row of the site's data lacks that the rules ask for; the program works without it, and says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frontdesk.domain.sitebook import Cell, SheetKey

Values = Mapping[str, Cell]


def lacking(key: SheetKey, values: Values) -> tuple[str, ...]:
    """The columns, by key, that are empty and that something asks for."""
    wanted = _WANTED[key](values) if key in _WANTED else ()
    return tuple(column for column in wanted if values.get(column) in (None, "", ()))


def _always(*columns: str) -> Callable[[Values], tuple[str, ...]]:
    return lambda _values: columns


def _component(values: Values) -> tuple[str, ...]:
    """Whoever would repair it: where nobody is named, a person must say so for each matter."""
    duty = values.get("duty")
    if duty in ("external", "maker"):
        return ("external_unit",)
    if duty == "built":
        return ("warranty_months",) if values.get("warranty_class") in (None, "none") else ()
    return ("department",) if duty == "property" else ()


_WANTED: dict[SheetKey, Callable[[Values], tuple[str, ...]]] = {
    SheetKey.BUILDINGS: _always("delivered_on", "accepted_on"),
    SheetKey.UNITS: _always("delivered_on"),
    SheetKey.RESIDENTS: _always("phones"),
    SheetKey.STAFF: _always("department"),
    SheetKey.EXTERNAL_UNITS: _always("phone", "promised_hours"),
    SheetKey.COMPONENTS: _component,
    SheetKey.EQUIPMENT: _always("installed_on", "warranty_months"),
}
