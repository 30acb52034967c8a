"""What a new site starts with, and what a site that was made before these tables is given when it is opened."""

from __future__ import annotations

from datetime import date
from typing import Any

from frontdesk.domain import complaints, components, deadlines, house_rules
from frontdesk.domain.choices import WarrantyClass
from frontdesk.domain.follow_ups import DEFAULT_FOLLOW_UPS
from frontdesk.services import reference, site_years
from frontdesk.services.site import DEFAULT_ZONE, PRACTICE, ZONE
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

_OLD_PROMISES = "work.promises"
_OLD_CALENDAR = "work.calendar"  # the working week of a site made before there were house rules


def start(unit: Unit, name: str, company: str, *, practice: bool, today: date) -> None:
    """Fills an empty site with its name, departments, external units, components, rules, times and calendar."""
    values = {reference.NAME: name, reference.COMPANY: company, ZONE: DEFAULT_ZONE, PRACTICE: practice}
    for key, value in values.items():
        reference.keep_setting(unit, key, value)
    _components(unit, _departments(unit), _externals(unit))
    _rules(unit)
    for year in (today.year, today.year + 1):
        site_years.seed(unit, year)


def areas(unit: Unit) -> None:
    """Gives a real site its first area, so that somebody can be invited; a sample community brings its own."""
    for place, row in enumerate(components.AREAS):
        names = {"name_zh": row.name, "name_en": row.name_en, "name_tw": row.name_tw}
        unit.add(m.Area, code=row.code, kind="service", position=place, **names)


def incomplete(unit: Unit, today: date) -> bool:
    """Whether a site that has been set up lacks its rules, or the days of this year or the next."""
    if not reference.setting(unit, reference.NAME):
        return False
    return reference.setting(unit, reference.RULES) is None or bool(site_years.unseeded(unit, today))


def complete(unit: Unit, today: date) -> None:
    """Gives a site what it lacks: the rules of one made before there were any, and a new year's known days."""
    _alone(unit)
    if not incomplete(unit, today):
        return  # another desk was faster
    if reference.setting(unit, reference.RULES) is None:
        _classes(unit)
        _rules(unit)
    for year in site_years.unseeded(unit, today):
        site_years.seed(unit, year)


def _alone(unit: Unit) -> None:
    """Waits for another desk that is at the same, where the database lets two write at once."""
    name = unit.one(m.Setting.select().where(m.Setting.key == reference.NAME))
    if name is not None:
        unit.get(m.Setting, name.id)


def _departments(unit: Unit) -> dict[str, int]:
    return {
        row.code: unit.add(m.Department, code=row.code, name_zh=row.name, name_en=row.name_en, position=place)
        for place, row in enumerate(components.DEPARTMENTS)
    }


def _externals(unit: Unit) -> dict[str, int]:
    return {
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


def _components(unit: Unit, departments: dict[str, int], externals: dict[str, int]) -> None:
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
            **_class(component),
        )


def _class(component: components.ComponentRow) -> dict[str, Any]:
    kind = components.class_of(component.term)
    seasonal = kind is WarrantyClass.SEASONAL
    return {"warranty_class": kind, "season": component.code if seasonal else ""}


def _classes(unit: Unit) -> None:
    """Components of a site made before there were classes; its own terms stay."""
    for component in components.COMPONENTS:
        unchosen = (m.Component.code == component.code) & (m.Component.warranty_class == "")
        unit.run(m.Component.update(**_class(component)).where(unchosen))


def _rules(unit: Unit) -> None:
    """The defaults of all that a site decides for itself; where an older site has decided, that stays."""
    texts = house_rules.to_texts(house_rules.HouseRules())
    old: dict[str, Any] = reference.setting(unit, _OLD_CALENDAR, {})
    for weekday, spans in old.get("week", {}).items():
        texts[f"week_{int(weekday) + 1}"] = " ".join("-".join(span) for span in spans) or house_rules.DAY_OFF
    reference.keep_setting(unit, reference.RULES, texts)
    _promises(unit)
    for level in complaints.DEFAULT_LEVELS:
        whom = {"whom_zh": level.whom_zh, "whom_en": level.whom_en}
        clock = {"minutes": level.minutes, "around_the_clock": level.around_the_clock}
        unit.put(m.EscalationLevel, {"level": level.level}, **clock, **whom)
    for route, rule in DEFAULT_FOLLOW_UPS.items():
        unit.put(m.FollowUpRule, {"route": route}, percent=rule.percent, after_hours=rule.after_hours)


def _promises(unit: Unit) -> None:
    """The promised times as rows; an older site's own are taken over."""
    kept: dict[str, Any] = reference.setting(unit, _OLD_PROMISES, {})
    for rule in deadlines.DEFAULT_PROMISES:
        default = (rule.promise.minutes, rule.promise.around_the_clock)
        minutes, around_the_clock = kept.get(rule.route or rule.urgency or "", default)
        where = {"route": rule.route or "", "urgency": rule.urgency or ""}
        unit.add(m.PromiseRule, **where, minutes=minutes, around_the_clock=around_the_clock)
