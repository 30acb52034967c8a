"""The places of the rail, in their order: a new page is a new row."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from importlib import import_module

from frontdesk.domain.access import Actor, Permission
from frontdesk.i18n import mark
from frontdesk.ui.context import Context
from frontdesk.ui.page import Page


@dataclass(frozen=True)
class Place:
    """A page that can be gone to.

    `module` holds a class `Page`; it is imported on the first visit, so that the first window waits for none of them.
    `keys` are its shortcuts from anywhere, each with the arguments that `activated` gets and words for the key bar.
    """

    key: str
    word: str
    icon: str
    module: str
    needs: Permission | None
    keys: tuple[tuple[str, str, dict[str, object]], ...] = ()
    at_foot: bool = False

    def make(self, context: Context) -> Generator[None, None, Page]:
        """Makes the page itself, piece by piece; what it returns in the end is the page."""
        made: Page = import_module(self.module).Page(context)
        for _piece in made.fill():
            yield
        return made

    def open_to(self, actor: Actor) -> bool:
        """Whether the rail shows it to this person."""
        return self.needs is None or actor.may(self.needs)


PLACES: tuple[Place, ...] = (
    Place("today", mark("Today"), "ph.squares-four", "frontdesk.ui.today.page", Permission.SEE_CASES),
    Place(
        "reception",
        mark("Reception"),
        "ph.headset",
        "frontdesk.ui.reception.page",
        Permission.TAKE_CALLS,
        (("F2", mark("Call"), {"channel": "call"}), ("F3", mark("Walk-in"), {"channel": "walk_in"})),
    ),
    Place("cases", mark("Cases"), "ph.list-bullets", "frontdesk.ui.cases.page", Permission.SEE_CASES),
    Place(
        "visitors",
        mark("Visitors"),
        "ph.identification-badge",
        "frontdesk.ui.visitors.page",
        Permission.SEE_VISITS,
        (("F4", mark("Invite"), {"invite": True}), ("F6", mark("Scan"), {"scan": True})),
    ),
    Place("registers", mark("Registers"), "ph.notebook", "frontdesk.ui.registers.page", Permission.SEE_CASES),
    Place("reports", mark("Reports"), "ph.chart-bar", "frontdesk.ui.reports.page", Permission.SEE_CASES),
    Place("settings", mark("Settings"), "ph.gear", "frontdesk.ui.settings.page", None, at_foot=True),
)


def places_for(actor: Actor) -> list[Place]:
    """What the rail shows to this person."""
    return [place for place in PLACES if place.open_to(actor)]
