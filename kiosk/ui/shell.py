"""The frame around every page: who and when on top, the steps, help and accessibility below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.i18n import mark, tr
from frontdesk.qtkit import i18n as languages
from frontdesk.scanning.codes import Sighting
from kiosk.events import Action
from kiosk.state import State
from kiosk.ui.look import Look
from kiosk.ui.parts import Items, Tap, Words, action, column, hairline, holder, row, tool
from kiosk.ui.pictures import Crest, Picture
from kiosk.ui.words import Site, date_of, time_of

Touched = Callable[[Action, str], None]

ENTER_STEPS = (mark("Show code"), mark("Confirm"), mark("Pass"))
LEAVE_STEPS = (mark("Show badge"), mark("Goodbye"))
_SHORT = {"zh_CN": "简体", "zh_TW": "繁體", "en": "English"}


@dataclass(frozen=True)
class Context:
    """What a page is made of, and whom it tells of touches."""

    look: Look
    state: State
    site: Site
    touched: Touched

    def tap(self, target: Tap, action_: Action, value: str = "") -> Tap:
        """Has a target tell of its touches."""
        target.clicked.connect(lambda _checked=False: self.touched(action_, value))
        return target


class StepBar(Picture):
    """Steps as bars with words; the current one is numbered and bold."""

    def __init__(self, look: Look, now: int, names: Sequence[str]) -> None:
        words = [tr(name) for name in names]
        super().__init__(look, tr("Step {now} of {all}: {name}", now=now, all=len(words), name=words[now - 1]))
        self._now, self._names = now, words
        self.setFixedHeight(look.type("caption") + 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def draw(self, p: QPainter, area: QRectF) -> None:
        look, gap = self.look, 16
        w = (area.width() - gap * (len(self._names) - 1)) / len(self._names)
        for number, name in enumerate(self._names, 1):
            x, reached, now = (number - 1) * (w + gap), number <= self._now, number == self._now
            p.setPen(Qt.PenStyle.NoPen if reached else QPen(look.color("edge"), 2))
            p.setBrush(look.color("primary" if reached else "bg"))
            p.drawRoundedRect(QRectF(x + 1, 1, w - 2, 14), 7, 7)
            font = look.font(look.type("caption"), bold=now)
            p.setFont(font)
            p.setPen(look.color("ink" if now else "muted"))
            text = f"{number} {name}" if number >= self._now else f"✓ {name}"
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(w))
            p.drawText(QRectF(x, 20, w, area.height() - 20), Qt.AlignmentFlag.AlignLeft, shown)


class Page(QWidget):
    """One page, built for one look, language and panel; it is thrown away when it is left.

    What may change while it is shown – countdowns, frames, notes – is changed in `refresh` and `show_frame`.
    """

    step = 0  # of `steps`; 0: no steps are shown
    steps: Sequence[str] = ENTER_STEPS
    back: str | None = mark("Back")
    has_call = True

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.look = context, context.look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._clock: Words
        self._date: Words
        self._frame(self.body())
        self.refresh(context.state, context.site)

    # -- what pages say ------------------------------------------------------------------------------------------------

    def body(self) -> QWidget:
        """The page's own part."""
        raise NotImplementedError

    def refresh(self, state: State, site: Site) -> None:
        """Takes over what has changed while the page stays."""
        self.context = replace(self.context, state=state, site=site)
        self._clock.setText(time_of(site.now, site))
        self._date.setText(date_of(site.now, site))

    def show_frame(self, image: QImage, sightings: list[Sighting]) -> None:
        """A frame of the camera; most pages have no use for it."""

    def first_focus(self) -> QWidget:
        """Where keys go when the page comes up; the page itself shows no ring."""
        return self

    def bind(self, target: Tap, action_: Action, value: str = "") -> Tap:
        """Has a target tell of its touches."""
        return self.context.tap(target, action_, value)

    # -- the frame -----------------------------------------------------------------------------------------------------

    def _frame(self, body: QWidget) -> None:
        look = self.look
        bar = StepBar(look, self.step, self.steps) if self.step else None
        back = self._back(self.back) if self.back else None
        call = self._call() if self.has_call else None
        edge, gap = look.size("edge"), look.size("gap")
        if look.wide:
            feet = [each for each in (back, (self._access(), 1), call) if each]
            self.setLayout(
                column(
                    self._header(bar),
                    (body, 1),
                    row(*feet, gap=24),
                    gap=gap,
                    margins=(edge, edge // 2 + 4, edge, edge // 2 + 8),
                )
            )
            return
        parts: list[Items] = [self._header(None)]
        if bar:
            parts.append(bar)
        parts.append((body, 1))
        nav: list[Items] = [(each, stretch) for each, stretch in ((back, 1), (call, 2)) if each]
        if nav:
            parts.append(row(*nav, gap=24))
        parts.append(self._access())
        self.setLayout(column(*parts, gap=24, margins=(edge, 36, edge, 40)))

    def _header(self, middle: QWidget | None) -> QWidget:
        """Community and clock."""
        look, site = self.look, self.context.site
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        name = column(
            Words(look, site.name, "lead", bold=True),
            Words(look, tr("Visitor sign-in"), "caption", "muted"),
            gap=0,
        )
        self._clock = Words(look, "00:00", "lead", bold=True, align=right)
        self._date = Words(look, date_of(site.now, site), "caption", "muted", align=right)
        clock = column(self._clock, self._date, gap=0)
        parts: list[Items] = [Crest(look, int(look.type("title") * 1.45)), name]
        parts += [(middle, 1)] if middle else [1]
        head = holder(row(*parts, clock, gap=40 if middle else 20))
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return head

    def _back(self, words: str) -> Tap:
        target = self.bind(action(self.look, "arrow-left-bold", tr(words)), Action.BACK)
        return target.at_least(180 if self.look.tablet else 250) if self.look.wide else target

    def _call(self) -> Tap:
        target = self.bind(action(self.look, "bell-ringing-bold", tr("Call the desk"), "call"), Action.DESK)
        return target.at_least(230 if self.look.tablet else 320) if self.look.wide else target

    def _access(self) -> QWidget:
        """Language, large text, contrast: the same place on every page."""
        look, state = self.look, self.context.state
        parts: list[Items] = []
        offered = {code for code, _ in languages.offered()}
        for code in (code for code in _SHORT if code in offered):
            target = self.bind(tool(look, "", _SHORT[code], state.language == code), Action.LANGUAGE, code)
            parts.append((target.at_least(84), 3 if code == "en" else 2))
        large = self.bind(tool(look, "text-aa-bold", tr("Large text"), state.large), Action.LARGE)
        contrast = self.bind(tool(look, "circle-half-bold", tr("High contrast"), state.contrast), Action.CONTRAST)
        out = holder(row(*parts, hairline(look, vertical=True), (large, 3), (contrast, 3), gap=16))
        out.setFixedHeight(look.size("bar"))
        out.setAccessibleName(tr("Language and accessibility"))
        return out
