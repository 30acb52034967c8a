"""The years of the site's calendar: which have been published, and the days that a library knows of them.

In mainland China each year's holidays and make-up working days are published in the autumn before. Until then the days
that the law names are taken (source `statutory`), and the year counts as unpublished.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from frontdesk.services import reference
from frontdesk.services.views.sitebook import DayView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

PUBLISHED = "calendar.published"
LIBRARY, STATUTORY, PERSON, WORKBOOK = "library", "statutory", "person", "workbook"
MAKE_UP_NAME = "调休上班"
_NEXT_YEAR_FROM_MONTH = 12  # from then on promised times run into the next year


def known(year: int) -> tuple[bool, tuple[DayView, ...]]:
    """Whether the library has the year's published arrangement, and the days it knows."""
    from holidays.countries.china import China  # here, because it is slow to load and rarely needed

    holidays = China(years=year, language="zh_CN")  # type: ignore[no-untyped-call]
    worked = sorted(day for day in holidays.weekend_workdays if day.year == year)
    source = LIBRARY if worked else STATUTORY
    days = [DayView(day, False, name, source) for day, name in holidays.items() if day.year == year]
    days += [DayView(day, True, MAKE_UP_NAME, source) for day in worked]
    return bool(worked), tuple(sorted(days, key=lambda one: one.day))


def days(unit: Unit, year: int) -> tuple[DayView, ...]:
    """The days of a year that differ from their weekday."""
    rows = unit.all(m.CalendarDay.select().where(_within(year)).order_by(m.CalendarDay.day))
    return tuple(DayView(row.day, row.working, row.name, row.source) for row in rows)


def published(unit: Unit) -> frozenset[int]:
    """The years whose arrangement has been entered, by the library or by a person."""
    return frozenset(reference.setting(unit, PUBLISHED, []))


def mark_published(unit: Unit, years: Iterable[int]) -> None:
    """Says that the arrangement of these years has been entered."""
    before = published(unit)
    if after := frozenset(years) - before:
        reference.keep_setting(unit, PUBLISHED, sorted(before | after))


def seed(unit: Unit, year: int) -> bool:
    """Puts what the library knows of a year in the place of what is there; says whether it is published."""
    whole, found = known(year)
    enter(unit, year, found)
    if whole:
        mark_published(unit, [year])
    return whole


def enter(unit: Unit, year: int, found: Iterable[DayView]) -> None:
    """Puts these days in the place of all of the year's."""
    unit.run(m.CalendarDay.delete().where(_within(year)))
    for one in found:
        unit.put(m.CalendarDay, {"day": one.day}, working=one.working, name=one.name, source=one.source)


def unpublished_years(unit: Unit, today: date) -> tuple[int, ...]:
    """The years that promised times run into now and whose holidays are not entered yet, for a notice on Today."""
    near = [today.year, today.year + 1] if today.month >= _NEXT_YEAR_FROM_MONTH else [today.year]
    return tuple(sorted(set(near) - published(unit)))


def unseeded(unit: Unit, today: date) -> tuple[int, ...]:
    """Of this year and the next, those of which the calendar holds nothing at all."""
    done = published(unit)
    return tuple(
        year
        for year in (today.year, today.year + 1)
        if year not in done and not unit.count(m.CalendarDay.select().where(_within(year)))
    )


def _within(year: int) -> object:
    return m.CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
