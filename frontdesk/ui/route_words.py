"""Sentences about a route: whom it goes to, who pays, until when a warranty runs, how promises are kept."""

from __future__ import annotations

from frontdesk.domain.routing import Route
from frontdesk.i18n import ntr, tr
from frontdesk.services.views import PromiseRecord, RouteView
from frontdesk.ui.words import named

_STILL_RUNS = frozenset({"within_warranty", "within_makers_term"})


def whom(route: RouteView) -> str:
    """Who sees to it; a liaison form goes by the office director first (procedure 4.1.3)."""
    department = named(route.external or route.department)
    if route.route is Route.LIAISON:
        return tr("Office director → {department}", department=department)
    if route.route in (Route.JOINED, Route.ANSWERED):
        return ""
    return department


def told_first(route: RouteView) -> str:
    """Whom the desk itself hands it to."""
    return tr("Office director") if route.route is Route.LIAISON else named(route.external or route.department)


def warranty(route: RouteView) -> str:
    """The day on which the warranty ends or ended, and the days left; empty where none decides."""
    ends = route.warranty_ends_on
    if ends is None:
        return ""
    left, day = route.days_left or 0, f"{ends:%Y-%m-%d}"
    if left or route.reason in _STILL_RUNS:  # no day left is its last day, or long over
        return ntr("until {day} · {n} day left", "until {day} · {n} days left", left, day=day)
    return tr("ended on {day}", day=day)


def payment(route: RouteView) -> str:
    """有偿 / 无偿, or settled on the spot."""
    if route.chargeable is None:
        return tr("settled on the spot")
    return tr("chargeable") if route.chargeable else tr("free of charge")


def promises(record: PromiseRecord) -> str:
    """How an external unit has kept its promises so far (procedure 4.5.2)."""
    if not record.kept + record.missed + record.open:
        return tr("none so far")
    return tr("{kept} kept · {missed} missed", kept=record.kept, missed=record.missed)
