"""The site's calendar, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import inputs, site_years
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.site import Site
from frontdesk.services.sitebook import aftermath
from frontdesk.services.views.sitebook import DayView, MistakeKind, YearView
from frontdesk.storage.unit import Unit

_FIRST, _LAST = 2000, 2100


def year(site: Site, actor: Actor, year: int) -> YearView:
    """A year's days that differ from their weekday.

    Raises:
        Forbidden: the actor may not manage the site.
    """
    access.require(actor, Permission.MANAGE_SITE)
    with site.store.read() as unit:
        return _view(unit, year)


def seed_year(site: Site, actor: Actor, year: int) -> YearView:
    """Puts what the library knows of a year in the place of what is there; open promised times are computed anew.

    Raises:
        Forbidden: the actor may not manage the site.
        BadInput: it is no year of this century.
    """
    access.require(actor, Permission.MANAGE_SITE)
    _check_year(year)
    with site.store.write() as unit:
        published = site_years.seed(unit, year)
        return _settled(unit, site, actor, year, {"library": True, "published": published})


def save_days(site: Site, actor: Actor, year: int, days: Sequence[DayView]) -> YearView:
    """Puts these days in the place of the year's, which then counts as published.

    Raises:
        Forbidden: the actor may not manage the site.
        BadInput: a day lies in another year, or is there twice.
    """
    access.require(actor, Permission.MANAGE_SITE)
    _check_year(year)
    if any(one.day.year != year for one in days):
        raise BadInput("day", MistakeKind.OUT_OF_RANGE)
    if len({one.day for one in days}) < len(days):
        raise BadInput("day", MistakeKind.TWICE)
    with site.store.write() as unit:
        before = {one.day: one for one in site_years.days(unit, year)}
        site_years.enter(unit, year, [_entered(one, before.get(one.day)) for one in days])
        site_years.mark_published(unit, [year])
        return _settled(unit, site, actor, year, {"library": False, "days": len(days)})


def unpublished_years(unit: Unit, today: date) -> tuple[int, ...]:
    """The years that promised times run into now and whose holidays are not entered yet, for a notice on Today."""
    return site_years.unpublished_years(unit, today)


def _entered(one: DayView, before: DayView | None) -> DayView:
    """A day as it is kept; a published one that nobody touched keeps its source."""
    name = inputs.line("name", one.name)
    same = before is not None and (before.working, before.name) == (one.working, name)
    kept = before.source if before is not None and same else site_years.STATUTORY
    return DayView(one.day, one.working, name, site_years.PERSON if kept == site_years.STATUTORY else kept)


def _check_year(year: int) -> None:
    if not _FIRST <= year < _LAST:
        raise BadInput("year", Problem.UNKNOWN)


def _settled(unit: Unit, site: Site, actor: Actor, year: int, detail: dict[str, object]) -> YearView:
    unit.audit(actor, "calendar.year", f"year:{year}", detail)
    aftermath.follow(unit, site, actor, {SheetKey.CALENDAR})
    return _view(unit, year)


def _view(unit: Unit, year: int) -> YearView:
    return YearView(year, year in site_years.published(unit), site_years.days(unit, year))
