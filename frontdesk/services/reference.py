"""The site's own data that other services lean on: names, settings, working time, promised times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.domain import components, deadlines, house_rules
from frontdesk.domain.deadlines import Promise, PromiseRule, Urgency
from frontdesk.domain.follow_ups import FollowUpRule
from frontdesk.domain.house_rules import HouseRules
from frontdesk.domain.routing import Duty, Route
from frontdesk.domain.warranty import SeasonKind, Seasons, Term, Terms
from frontdesk.domain.worktime import WorkCalendar
from frontdesk.services.site import Site
from frontdesk.services.views import ComponentView, Named, SiteView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

NAME = "site.name"
COMPANY = "site.company"
RULES = "house.rules"


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


def component_terms(row: Any) -> Terms:
    """A component's warranty terms: the site's own (both parts zero is the design life) and the legal minimum."""
    own = None
    if row.warranty_months is not None or row.warranty_seasons is not None:
        season = SeasonKind(row.season) if row.season else SeasonKind.HEATING
        own = Term(row.warranty_months or 0, row.warranty_seasons or 0, season)
    return Terms(own, components.legal_minimum(row.code, row.warranty_class))


def seasons(unit: Unit) -> Seasons:
    """The site's heating and cooling seasons."""
    kept = rules(unit)
    return Seasons(kept.heating, kept.cooling)


def _component(row: Any) -> ComponentView:
    duty = Duty(row.duty) if row.duty else None
    return ComponentView(row.id, row.name_zh, row.name_en, duty, row.department, tuple(row.words), row.code)


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


def rules(unit: Unit) -> HouseRules:
    """The site's rules of one value each; where it says nothing, the defaults."""
    kept: Mapping[str, str] = setting(unit, RULES, {})
    return house_rules.from_texts(kept)


def keep_rules(unit: Unit, kept: HouseRules) -> None:
    """Sets the site's rules."""
    keep_setting(unit, RULES, house_rules.to_texts(kept))


def calendar(unit: Unit, zone: ZoneInfo) -> WorkCalendar:
    """The site's working time: its week, and the days that differ; a make-up day is worked like a Monday.

    Where every day is off, no time could be promised and no call be logged: the usual week holds then.
    """
    kept = rules(unit).week
    week = kept if any(kept) else HouseRules().week
    days = {row.day: week[0] if row.working else () for row in unit.all(m.CalendarDay.select())}
    return WorkCalendar(zone, dict(enumerate(week)), days)


def promise_rules(unit: Unit) -> tuple[PromiseRule, ...]:
    """The site's table of promised times; where it has none at all, the defaults."""
    rows = unit.all(m.PromiseRule.select().order_by(m.PromiseRule.id))
    if not rows:
        return deadlines.DEFAULT_PROMISES
    return tuple(
        PromiseRule(
            Promise(row.minutes, row.around_the_clock),
            Route(row.route) if row.route else None,
            Urgency(row.urgency) if row.urgency else None,
            row.department,
        )
        for row in rows
    )


def follow_up_rules(unit: Unit) -> dict[Route, FollowUpRule]:
    """How many of each route's matters are followed up, and how soon."""
    rows = unit.all(m.FollowUpRule.select())
    return {Route(row.route): FollowUpRule(row.percent, row.after_hours) for row in rows}


def levels(unit: Unit) -> list[Any]:
    """The levels that complaints go up, lowest first."""
    return unit.all(m.EscalationLevel.select().order_by(m.EscalationLevel.level))
