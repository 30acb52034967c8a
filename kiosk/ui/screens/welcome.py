"""Welcome: a greeting and three ways on. English stands beside Chinese, for the language is not chosen yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk import i18n
from frontdesk.i18n import mark, ntr, tr
from kiosk.events import Action
from kiosk.state import State
from kiosk.ui.moongate import MoonGate
from kiosk.ui.parts import Icon, Items, Words, choice, column, holder, row
from kiosk.ui.shell import Page
from kiosk.ui.words import Site, greeting

CHOICES = (
    (Action.INVITATION, "qr-code-bold", mark("I have an invitation"), "primary"),
    (Action.NO_INVITATION, "user-plus-bold", mark("Register a visit"), "choice"),
    (Action.LEAVE, "sign-out-bold", mark("I am leaving"), "choice"),
)
_CHOOSE = "Welcome, please choose"  # to those who cannot read the line above it


class WelcomePage(Page):
    """Where everybody begins."""

    back = None

    def body(self) -> QWidget:
        look = self.look
        gap = 16 if look.tablet else 24
        picks = [self._pick(*row_) for row_ in CHOICES]
        if not look.wide:
            return holder(column((self._wall(), 1), *picks, self._privacy(), gap=gap))
        right: list[Items] = [(pick, 1) for pick in picks]
        return holder(row((self._wall(), 5), (holder(column(*right, self._privacy(), gap=gap)), 6), gap=32))

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        self._hello.setText(greeting(site.now.astimezone(site.zone).hour))
        self._shortcut.setVisible(state.camera_up)

    def _wall(self) -> QWidget:
        """The wall with the round gate; the words stand on its plain part."""
        look, site = self.look, self.context.site
        self._hello = Words(look, greeting(site.now.astimezone(site.zone).hour), "display", bold=True)
        welcome = Words(look, tr("Welcome to {site}", site=site.name), "title", bold=True, lines=2)
        words = [self._hello, welcome]
        if i18n.language() != i18n.SOURCE:
            words.append(Words(look, _CHOOSE, "body", "muted"))
        wall = MoonGate(look, below=look.wide)
        if look.wide:
            for word in words:
                word.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            inset = 44 if look.tablet else 76
            wall.setLayout(column(*words, 1, gap=2 if look.tablet else 8, margins=(24, inset, 24, 0)))
        else:
            wall.setLayout(row((column(1, *words, 1, gap=14), 5), 5, margins=(52, 40, 0, 0)))
        return wall

    def _pick(self, action: Action, icon: str, title: str, role: str) -> QWidget:
        """One of the three ways; the commonest is filled and a little larger."""
        tall = self.look.size("choice")
        height = int(tall * 1.2) if role == "primary" and not self.look.wide else tall
        english = title if i18n.language() != i18n.SOURCE else ""
        return self.bind(choice(self.look, icon, tr(title), english, role, height), action)

    def _privacy(self) -> QWidget:
        """What is kept, and the shortcut for those who have a code in their hand."""
        look, bulletin = self.look, self.context.site.bulletin
        days = bulletin.policy.retention_days if bulletin else 0
        kept = ntr(
            "Only what the visit needs is recorded, and deleted after {n} day",
            "Only what the visit needs is recorded, and deleted after {n} days",
            days,
        )
        shortcut = Words(
            look, tr("Your code works right here, too: hold it up to the camera"), "caption", "muted", lines=2
        )
        shield = Words(look, kept, "caption", "muted", lines=2)
        px = look.type("lead")
        self._shortcut = holder(row(Icon(look, "camera", px, "muted"), (shortcut, 1), gap=12))
        lines: list[Items] = [self._shortcut]
        if days:
            lines.append(row(Icon(look, "shield-check", px, "muted"), (shield, 1), gap=12))
        return holder(column(*lines, gap=6))
