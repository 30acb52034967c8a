"""The same fault? Open cases that a new matter may be the same as, each joined by one key (procedure 4.5.1)."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame

from frontdesk.domain.access import Actor
from frontdesk.domain.routing import MatterKind
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Elided, Icon, column, frame, row, two
from frontdesk.services import duplicates
from frontdesk.services.site import Site
from frontdesk.services.views import MatterDraft, Same
from frontdesk.ui import time_words
from frontdesk.ui.context import Context

_PAUSE_MS = 400
_SHOWN = 2
_NEVER_THE_SAME = (MatterKind.QUESTION, MatterKind.SPECIAL_SERVICE)
Question = tuple[MatterDraft, int | None]


class _Card(QFrame):
    """One open case in two lines, and the button that joins or leaves it."""

    def __init__(self, context: Context, key: str) -> None:
        super().__init__()
        self._what, self._about = Elided("", "strong"), Elided("", "small")
        self.act = Button(context.theme, "", "plain", key)
        inner = row(
            Icon(context.theme, "ph.arrows-in", "info", 18), 10, (two(self._what, self._about), 1), 10, self.act
        )
        self.setLayout(column(frame(inner, "info", (12, 6, 8, 6), height=52), 8))

    def show_words(self, what: str, about: str, act: str) -> None:
        """What it says."""
        self._what.setText(what)
        self._about.setText(about)
        self.act.setText(act)
        self.setAccessibleName(f"{what} · {about}")


class SameFault(QFrame):
    """Looks after each pause in typing and offers; tells `edited` when somebody has joined or left a case."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._question: Question | None = None
        self._found: tuple[Same, ...] = ()
        self._joined: int | None = None
        self._cards = [_Card(context, "Alt+J" if not at else "") for at in range(_SHOWN)]
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._cards[0].act.clicked.connect(self._on_first)
        self._cards[1].act.clicked.connect(self._on_second)
        self.setLayout(column(*self._cards))
        self._show()

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._show()

    def value(self) -> int | None:
        """The case that was joined."""
        return self._joined

    def choose(self, case_id: int | None) -> None:
        """Shows a draft's choice without telling; what was found for another matter is forgotten."""
        self._joined, self._found, self._question = case_id, (), None
        self._show()

    def look(self, matter: MatterDraft, unit_id: int | None) -> None:
        """Looks for open cases of the same fault as soon as nobody types."""
        worth = bool(matter.content.strip()) and matter.kind not in _NEVER_THE_SAME
        alike = MatterDraft(kind=matter.kind, component_id=matter.component_id, unit_id=matter.unit_id)
        asked = (alike, unit_id) if worth else None
        if asked == self._question:
            return
        self._question = asked
        if asked is None:
            self._on_found((None, ()))
        else:
            self._pause.start()

    @Slot()
    def _look(self) -> None:
        question = self._question
        if question is not None:
            run = self._context.work.run
            run(_answer, question, then=self._on_found, key="same")

    @Slot(object)
    def _on_found(self, answer: tuple[Question | None, tuple[Same, ...]]) -> None:
        question, found = answer
        if question == self._question:
            self._found = found
            self._show()

    @Slot()
    def _on_first(self) -> None:
        self._turn(0)

    @Slot()
    def _on_second(self) -> None:
        self._turn(1)

    def _turn(self, at: int) -> None:
        """Joins the case, or leaves the one that was joined."""
        if self._joined is not None:
            self._joined = None
        elif at < len(self._found):
            self._joined = self._found[at].line.id
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        shown = self._found[:_SHOWN]
        if self._joined is not None:
            self._show_joined()
        else:
            for at, card in enumerate(self._cards):
                card.setVisible(at < len(shown))
            for card, same in zip(self._cards, shown, strict=False):
                self._offer(card, same)
        self.setVisible(self._joined is not None or bool(shown))

    def _offer(self, card: _Card, same: Same) -> None:
        line = same.line
        first = line.content.splitlines()[0] if line.content else ""
        ago = time_words.ago(line.opened_at, self._context.ticker.now())
        callers = ntr("{n} caller", "{n} callers", same.callers)
        about = " · ".join(part for part in (line.where, ago, callers, line.record_no) if part)
        card.show_words(tr("Same fault? {what}", what=first), about, tr("Join"))

    def _show_joined(self) -> None:
        chosen = next((same for same in self._found if same.line.id == self._joined), None)
        number = chosen.line.record_no if chosen else ""
        self._cards[0].setVisible(True)
        self._cards[1].setVisible(False)
        told = tr("No paper of its own; this caller is told when that case is over.")
        what = tr("Joined to {number}", number=number) if number else tr("Joined to another case")
        self._cards[0].show_words(what, told, tr("Not the same"))


def _answer(site: Site, actor: Actor, question: Question) -> tuple[Question, tuple[Same, ...]]:
    """The answer with its question, so that a late one is known for what it is; for the database lane."""
    return question, duplicates.similar(site, actor, *question)
