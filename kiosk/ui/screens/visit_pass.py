"""The pass: number, area, until when, the way in picture and words, and the badge's code to photograph."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from frontdesk import i18n
from frontdesk.i18n import tr
from frontdesk.qtkit.qr import QrCode
from kiosk.events import Action
from kiosk.found import PassView
from kiosk.state import State
from kiosk.ui.look import Look, Panel
from kiosk.ui.parts import CENTRE, Icon, Items, Words, card, choice, column, hairline, holder, row
from kiosk.ui.pictures import DeskPicture, Ring
from kiosk.ui.shell import Context, Page
from kiosk.ui.sitemap import SiteMapView
from kiosk.ui.words import Site, minutes_on_foot, seconds_left, until

_STEP_GAP = 8
# How wide and how high the steps may be on each panel, px; the map takes the rest.
_STEPS_ROOM = {Panel.PORTRAIT: (660, 470), Panel.LANDSCAPE: (540, 400), Panel.TABLET: (410, 400)}
_MAP_HEIGHT = {Panel.PORTRAIT: 420, Panel.LANDSCAPE: 320, Panel.TABLET: 320}


def _lines(look: Look, type_: str, text: str, room: int) -> int:
    """How many lines a text takes in the room."""
    return 1 + QFontMetrics(look.font(look.type(type_), bold=True)).horizontalAdvance(text) // room


def _type_that_fits(look: Look, texts: Sequence[str], room: int, tall: int) -> str:
    """The largest size of the scale in which all the lines stand in the room."""
    for type_ in ("lead", "body"):
        spacing = QFontMetrics(look.font(look.type(type_), bold=True)).lineSpacing()
        lines = sum(_lines(look, type_, text, room) for text in texts)
        if lines * spacing + len(texts) * _STEP_GAP <= tall:
            return type_
    return "caption"


class PassPage(Page):
    """Up until the countdown ends or the visitor is done."""

    step = 3
    back = None

    def __init__(self, context: Context) -> None:
        if context.state.visit is None:
            raise ValueError("a pass page needs a pass")
        self._visit: PassView = context.state.visit
        super().__init__(context)

    def body(self) -> QWidget:
        look = self.look
        done = self.bind(
            choice(look, "check-bold", tr("Done"), role="primary", height=look.size("nav") + 12, caret=False),
            Action.FINISH,
        )
        guide = row((self._steps(), 1), self._photo(), gap=20)
        if look.tablet:
            left = holder(column((self._map(), 1), done, gap=16))
            return holder(row((left, 9), (holder(column(self._ticket(), (guide, 1), gap=16)), 11), gap=24))
        if look.wide:
            side = holder(column(self._ticket(), (guide, 1), done, gap=20))
            return holder(row((self._map(), 1), (side, 1), gap=32))
        return holder(column(self._ticket(), (self._map(), 1), guide, done, gap=20))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        self._ring.show_left(seconds_left(state.left_s or 0.0), state.share_left)

    def _ticket(self) -> QWidget:
        """What a guard asks for, in the largest type of the kiosk."""
        look, visit = self.look, self._visit
        number = Words(look, visit.badge_no, "display" if look.wide else "hero", "primary", bold=True)
        left = column(1, Words(look, tr("Pass"), "caption", "muted"), number, 1, gap=0)
        big = "lead" if look.wide else "title"
        area = Words(look, visit.area.name.spoken(i18n.language()), big, bold=True, lines=2)
        leave = Words(look, until(visit.until, self.context.site), "body" if look.wide else "lead", lines=2)
        right = column((area, 3), (leave, 3), gap=4)
        px = 88 if look.tablet else 112
        self._ring = Ring(look, px)
        rest = Words(look, tr("sec. to clear"), "caption", "muted", align=CENTRE)
        countdown = column(1, row(1, self._ring, 1), rest, 1, gap=2)
        gap = 16 if look.tablet else 26
        return card(row(left, hairline(look, True), (right, 1), countdown, gap=gap, margins=(gap, 8, gap - 4, 8)))

    def _map(self) -> QWidget:
        bulletin = self.context.site.bulletin
        if bulletin is None or bulletin.map is None:
            return DeskPicture(self.look)
        view = SiteMapView(self.look, bulletin.map, self._visit.area)
        view.setMinimumHeight(_MAP_HEIGHT[self.look.panel])
        return view

    def _steps(self) -> QWidget:
        """The way in words, numbered as on the map, all in one size."""
        look, way = self.look, self._visit.way
        texts = way.steps(i18n.language())
        far = minutes_on_foot(way.minutes) if way.minutes else ""
        room, tall = _STEPS_ROOM[look.panel]
        type_ = _type_that_fits(look, [*texts, far], room, tall)
        px = int(look.type(type_) * 1.4)
        lines: list[Items] = []
        for number, text in enumerate(texts, 1):
            disc = Words(look, str(number), type_, "bg", bold=True, align=CENTRE)
            disc.setFixedSize(px, px)
            disc.setStyleSheet(f"background: {look.color('ink').name()}; border-radius: {px // 2}px;")
            words = Words(look, text, type_, bold=True, lines=2, expected_px=room)
            lines.append((row(disc, (words, 1), gap=16), _lines(look, type_, text, room)))
        if far:
            words = Words(look, far, type_, lines=2, expected_px=room)
            lines.append((row(Icon(look, "person-simple-walk-bold", px, "primary"), (words, 1), gap=16), 1))
        return holder(column(*lines, gap=_STEP_GAP))

    def _photo(self) -> QWidget:
        """The badge to take along: it is shown again when leaving."""
        look = self.look
        px = 185 if look.tablet else 222
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        words = Words(look, tr("Photograph this, to sign out later"), "caption", "muted", lines=3, align=top)
        words.setFixedWidth(px)
        return holder(column(QrCode(self._visit.badge_code, px, tr("Code of your badge")), (words, 1), gap=6))
