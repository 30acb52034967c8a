"""Confirm: where the visit goes and until when, or which badge is leaving. Nothing personal."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from frontdesk import i18n
from frontdesk.i18n import tr
from kiosk.events import Action
from kiosk.found import FoundKind
from kiosk.state import State
from kiosk.ui.parts import CENTRE, Icon, Items, Words, action, card, choice, column, hairline, holder, row
from kiosk.ui.pictures import DeskPicture
from kiosk.ui.shell import ENTER_STEPS, LEAVE_STEPS, Context, Page
from kiosk.ui.sitemap import SiteMapView
from kiosk.ui.words import Site, minutes_on_foot, moment


class ConfirmPage(Page):
    """One question, one filled answer."""

    step = 2

    def __init__(self, context: Context) -> None:
        self._found = context.state.found
        self._leaving = self._found is not None and self._found.kind is FoundKind.BADGE_OK
        if self._leaving:
            self.step, self.steps = 1, LEAVE_STEPS
        else:
            self.steps = ENTER_STEPS
        super().__init__(context)

    def body(self) -> QWidget:
        look = self.look
        px = int(look.type("lead") * 1.2)
        seen = row(
            Icon(look, "check-circle-fill", px, "ok"),
            (
                Words(
                    look,
                    tr("Your badge has been read") if self._leaving else tr("Your invitation has been read"),
                    "lead",
                    "ok",
                    bold=True,
                ),
                1,
            ),
            gap=12,
        )
        ask = tr("Are you leaving?") if self._leaving else tr("Is this right?")
        title = Words(look, ask, "display", bold=True, lines=1)
        buttons = column(self._yes(), self._others(), gap=look.size("gap"))
        if look.wide:
            side = holder(column(seen, title, 1, self._facts(), 2, buttons, gap=12 if look.tablet else 20))
            return holder(row((self._picture(), 1), (side, 1), gap=32))
        return holder(column(seen, title, (self._picture(), 1), self._facts(), buttons, gap=24))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        self._sure.setEnabled(not state.committed)

    def _yes(self) -> QWidget:
        words = tr("Yes, sign me out") if self._leaving else tr("Yes, let me in")
        tall = None if self.look.wide else 190
        self._sure = self.bind(choice(self.look, "check-bold", words, role="primary", height=tall), Action.CONFIRM)
        return self._sure

    def _others(self) -> QWidget:
        look = self.look
        if self._leaving:
            return self.bind(action(look, "x-bold", tr("No, I am staying")), Action.FINISH)
        again = self.bind(action(look, "arrow-clockwise-bold", tr("Show another code")), Action.SCAN)
        return again

    def _picture(self) -> QWidget:
        """The way on the map; a desk where there is none."""
        site = self.context.site
        area = site.area(self._found.area_id if self._found else None)
        if area is None or site.bulletin is None or site.bulletin.map is None:
            return DeskPicture(self.look)
        return SiteMapView(self.look, site.bulletin.map, area)

    def _facts(self) -> QWidget:
        look = self.look
        lines: list[Items] = []
        for place, (name, value) in enumerate(self._pairs()):
            if place:
                lines.append(hairline(look))
            head = Words(look, name, "body", "muted")
            head.setMinimumWidth(int(look.type("body") * 4.5))
            fact = Words(look, value, "lead", bold=True, lines=2)
            lines.append(row((head, 1), (fact, 3), gap=20))
        if not lines:
            lines.append(Words(look, tr("The desk will help you"), "lead", align=CENTRE))
        side = 20 if look.tablet else 32
        return card(column(*lines, gap=10 if look.tablet else 16, margins=(side, side // 2 + 4, side, side // 2 + 4)))

    def _pairs(self) -> list[tuple[str, str]]:
        """What is confirmed, as name and value."""
        found, site = self._found, self.context.site
        if found is None:
            return []
        if self._leaving:
            return [(tr("Badge"), found.badge_no or "")]
        area = site.area(found.area_id)
        pairs = [(tr("Where to"), area.name.spoken(i18n.language()))] if area else []
        if area and area.way.minutes:
            pairs.append((tr("How far"), minutes_on_foot(area.way.minutes)))
        if found.valid_until:
            pairs.append((tr("Good until"), moment(found.valid_until, site)))
        return pairs
