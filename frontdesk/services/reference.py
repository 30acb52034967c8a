"""The site's own data that other services lean on: names, settings, working time, promised times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.domain import components, deadlines, worktime
from frontdesk.domain.deadlines import Promise, Urgency
from frontdesk.domain.routing import Duty, Route
from frontdesk.domain.warranty import Term
from frontdesk.domain.worktime import Span, WorkCalendar
from frontdesk.services.site import DEFAULT_ZONE, PRACTICE, ZONE, Site
from frontdesk.services.views import ComponentView, Named, SiteView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

NAME = "site.name"
COMPANY = "site.company"
CALENDAR = "work.calendar"
PROMISES = "work.promises"


def setting(unit: Unit, key: str, default: Any = None) -> Any:
    """A setting's value, or the default where the site has none."""
    row = unit.one(m.Setting.select().where(m.Setting.key == key))
    return default if row is None else row.value


def keep_setting(unit: Unit, key: str, value: Any) -> None:
    """Sets a setting, new or not."""
    unit.put(m.Setting, {"key": key}, value=value)


def rows_by_id(unit: Unit, model: Any, keys: Iterable[int | None]) -> dict[int, Any]:
    """The rows with these keys in one query; keys that are None or have no row are left out."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    return {row.id: row for row in unit.all(model.select().where(model.id.in_(wanted)))}


def named(row: Any) -> Named | None:
    """A row with names in both languages, as something to choose from."""
    return None if row is None else Named(row.id, row.name_zh, row.name_en)


def _active(unit: Unit, model: Any) -> list[Any]:
    return unit.all(model.select().where(model.active).order_by(model.position, model.id))


def component_term(row: Any) -> Term | None:
    """A component's warranty term; both parts zero is the design life, both missing is not known."""
    if row.warranty_months is None and row.warranty_seasons is None:
        return None
    return Term(row.warranty_months or 0, row.warranty_seasons or 0)


def _component(row: Any) -> ComponentView:
    duty = Duty(row.duty) if row.duty else None
    return ComponentView(row.id, row.name_zh, row.name_en, duty, row.department, tuple(row.words))


def site_view(unit: Unit, site: Site) -> SiteView:
    """What every screen needs to know of the site."""
    return SiteView(
        id=site.id,
        tag=site.tag,
        name=setting(unit, NAME, ""),
        practice=site.practice,
        key_in_file=site.key_in_file,
        departments=tuple(Named(row.id, row.name_zh, row.name_en) for row in _active(unit, m.Department)),
        components=tuple(_component(row) for row in _active(unit, m.Component)),
        areas=tuple(Named(row.id, row.name_zh, row.name_en) for row in _active(unit, m.Area)),
        zone=site.zone.key,
        company=setting(unit, COMPANY, ""),
    )


# --- time ------------------------------------------------------------------------------------------------------------


def _spans(data: Iterable[Iterable[str]]) -> tuple[Span, ...]:
    return tuple(Span(time.fromisoformat(start), time.fromisoformat(end)) for start, end in data)


def _span_texts(spans: Iterable[Span]) -> list[list[str]]:
    return [[span.start.isoformat("minutes"), span.end.isoformat("minutes")] for span in spans]


def calendar(unit: Unit, zone: ZoneInfo) -> WorkCalendar:
    """The site's working time: weekly spans and single days that differ."""
    data: Mapping[str, Any] | None = setting(unit, CALENDAR)
    if data is None:
        return WorkCalendar(zone, worktime.default_week())
    week = {int(weekday): _spans(spans) for weekday, spans in data["week"].items()}
    days = {date.fromisoformat(day): _spans(spans) for day, spans in data.get("days", {}).items()}
    return WorkCalendar(zone, week, days)


def promises(unit: Unit) -> dict[Route | Urgency, Promise]:
    """The site's promised times for each route and urgency; where it says nothing, the defaults."""
    kept: Mapping[str, Any] = setting(unit, PROMISES, {})
    return {key: Promise(*kept.get(key.value, (rule.minutes, rule.around_the_clock)))
            for key, rule in deadlines.DEFAULT_PROMISES.items()}  # fmt: skip


# --- what a new site starts with -------------------------------------------------------------------------------------


def start_areas(unit: Unit) -> None:
    """Gives a real site its first area, so that somebody can be invited; a sample community brings its own."""
    for place, row in enumerate(components.AREAS):
        names = {"name_zh": row.name, "name_en": row.name_en, "name_tw": row.name_tw}
        unit.add(m.Area, code=row.code, kind="service", position=place, **names)


def start(unit: Unit, name: str, company: str, *, practice: bool) -> None:
    """Fills an empty site with its name, working time, promises, departments, external units and components."""
    week = {str(weekday): _span_texts(spans) for weekday, spans in worktime.default_week().items()}
    rules = {key.value: [rule.minutes, rule.around_the_clock] for key, rule in deadlines.DEFAULT_PROMISES.items()}
    values = {NAME: name, COMPANY: company, ZONE: DEFAULT_ZONE, PRACTICE: practice, PROMISES: rules}
    for key, value in {**values, CALENDAR: {"week": week, "days": {}}}.items():
        keep_setting(unit, key, value)
    departments = {
        row.code: unit.add(m.Department, code=row.code, name_zh=row.name, name_en=row.name_en, position=place)
        for place, row in enumerate(components.DEPARTMENTS)
    }
    externals = {
        row.code: unit.add(
            m.ExternalUnit,
            code=row.code,
            kind=row.kind,
            name_zh=row.name,
            name_en=row.name_en,
            promised_hours=row.promised_hours,
        )
        for row in components.EXTERNAL_UNITS
    }
    for place, component in enumerate(components.COMPONENTS):
        term = component.term
        unit.add(
            m.Component,
            code=component.code,
            name_zh=component.name,
            name_en=component.name_en,
            warranty_months=term.months if term else None,
            warranty_seasons=term.seasons if term else None,
            duty=component.duty,
            department=departments[component.department],
            external_unit=externals.get(component.external),
            words=list(component.words),
            position=place,
        )
