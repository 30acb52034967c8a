"""The lobby's kiosks: which there are, how they are, and taking on a new one by the code on its screen."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.kiosks import KioskHealth
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import (
    Button,
    Dialog,
    Elided,
    Field,
    Icon,
    Notice,
    Paragraph,
    column,
    edit,
    frame,
    label,
    row,
    two,
)
from frontdesk.services import kiosks
from frontdesk.services.views import KioskView, LobbyView
from frontdesk.ui import error_words, time_words, words
from frontdesk.ui.context import Context
from frontdesk.ui.settings.section import Section

_NAME_LIMIT = 60
_CODE_LIMIT = 24
_ICONS = {
    KioskHealth.WORKING: ("ph.check-circle", "ok"),
    KioskHealth.ASKS: ("ph.hand-waving", "info"),
    KioskHealth.UNPAIRED: ("ph.link-break", "idle"),
}
_TROUBLED = ("ph.warning-circle", "warn")


class Kiosks(Section):
    """Those that ask come first."""

    topics = frozenset({"kiosk"})

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: tuple[KioskView, ...] = ()
        self._lobby = LobbyView("", ())
        self._lines: QVBoxLayout = column()
        self._none = Paragraph("", "muted")
        self._away = Notice(context.theme, "warn")
        self._retry = Button(context.theme, "", "plain")
        self._dead = Notice(context.theme, "warn", "", self._retry)
        self.show_body(frame(column(self._away, self._dead, self._none, self._lines, ...)))
        self._retry.clicked.connect(self._on_retry)
        context.ticker.minute.connect(self.load)

    def retranslate(self) -> None:
        """Says every word again."""
        self.setText(tr("Kiosks"), tr("In the lobby. A new one shows a code; type it here."))
        self._none.setText(tr("No kiosk yet. Start one in the lobby; it will appear here and ask to be paired."))
        self._away.setText(error_words.tell("lobby_away").text())
        self._retry.setText(tr("Try again"))
        self._show()

    @Slot()
    def load(self) -> None:
        """Reads kiosks and lobby folder afresh."""
        self._context.work.run(kiosks.kiosks, then=self._on_kiosks, key="settings.kiosks")
        self._context.work.run(kiosks.lobby, then=self._on_lobby, key="settings.lobby")

    @Slot(object)
    def _on_kiosks(self, found: tuple[KioskView, ...]) -> None:
        self._found = found
        self._show()

    @Slot(object)
    def _on_lobby(self, lobby: LobbyView) -> None:
        self._lobby = lobby
        self._show()

    def _show(self) -> None:
        dead = len(self._lobby.dead)
        self._away.setVisible(bool(self._lobby.away))
        self._dead.setVisible(dead > 0)
        self._dead.setText(ntr("{n} message of a kiosk was set aside.", "{n} messages of kiosks were set aside.", dead))
        self._none.setVisible(not self._found)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for kiosk in self._found:
            self._lines.addWidget(self._line(kiosk))

    def _line(self, kiosk: KioskView) -> QWidget:
        health, theme = KioskHealth(kiosk.state), self._context.theme
        name = f"{kiosk.letter} · {kiosk.name}" if kiosk.letter else tr("New kiosk")
        told = words.word(health)
        if kiosk.last_beat is not None and health is not KioskHealth.UNPAIRED:
            told += " · " + time_words.ago(self._context.local(kiosk.last_beat), self._context.now())
        asks = health is KioskHealth.ASKS
        act = Button(theme, tr("Pair") if asks else tr("Unpair"), "primary" if asks else "quiet")
        act.setAccessibleDescription(name)
        act.clicked.connect(lambda: self._pair(kiosk) if asks else self._unpair(kiosk))
        act.setVisible(asks or kiosk.paired)
        icon = Icon(theme, *_ICONS.get(health, _TROUBLED), px=20)
        parts = row(icon, 14, (two(Elided(name), label(told, "caption")), 1), 12, act)
        return frame(parts, "row", (8, 0, 4, 0), height=52)

    def _pair(self, kiosk: KioskView) -> None:
        dialog = PairDialog(self._context, self.window(), kiosk)
        dialog.accepted.connect(self.load)
        dialog.open()

    def _unpair(self, kiosk: KioskView) -> None:
        dialog = Dialog(self._context.theme, self.window(), tr("Unpair this kiosk?"))
        dialog.body.addWidget(Paragraph(tr("It takes in no more visitors until it is paired again with a new code.")))
        dialog.add_buttons(tr("Unpair"), kind="danger")
        dialog.accepted.connect(lambda: self._context.work.run(kiosks.unpair, kiosk.id, then=self._unpaired))
        dialog.open()

    @Slot(object)
    def _unpaired(self, kiosk: KioskView) -> None:
        self._context.notify(tr("{name} is no longer paired.", name=kiosk.name), "ok")
        self.load()

    @Slot()
    def _on_retry(self) -> None:
        self._context.work.run(kiosks.retry_dead_letters, then=self._retried)

    @Slot(object)
    def _retried(self, _count: object) -> None:
        self.load()


class PairDialog(Dialog):
    """The code on the kiosk's screen, and what the kiosk is to be called."""

    def __init__(self, context: Context, parent: QWidget, kiosk: KioskView) -> None:
        super().__init__(context.theme, parent, tr("Pair a kiosk"))
        self._context, self._kiosk = context, kiosk
        self._code, self._name = edit(limit=_CODE_LIMIT), edit(kiosk.name or tr("Lobby"), limit=_NAME_LIMIT)
        self._code_field = Field(self._code, tr("Code on the kiosk's screen"))
        self._name_field = Field(self._name, tr("Name of the kiosk"), tr("where it stands"))
        self.body.addWidget(Paragraph(tr("The code proves that this is the kiosk in front of you."), "muted"))
        for field in (self._code_field, self._name_field):
            self.body.addSpacing(16)
            self.body.addWidget(field)
        self._go = self.add_buttons(tr("Pair"))
        self._code.setFocus()

    def accept(self) -> None:
        """Pairs, and closes only when that is done."""
        code, name = self._code.text().strip(), self._name.text().strip()
        if not code:
            self._code_field.show_error(tr("Please type the code."))
        elif not name:
            self._name_field.show_error(tr("Please say where it stands."))
        else:
            self._go.setEnabled(False)
            args = (self._kiosk.id, code, name)
            self._context.work.run(kiosks.pair, *args, then=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, kiosk: KioskView) -> None:
        self._context.notify(
            tr("{name} is paired. Its badges begin with {letter}.", name=kiosk.name, letter=kiosk.letter), "ok"
        )
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._code_field.show_error(error_words.text(error))
