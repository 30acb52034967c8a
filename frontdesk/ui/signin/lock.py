"""The lock: who comes back, what is kept, what cannot wait; nobody's data."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from frontdesk.domain.access import Actor
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Avatar, Button, Elided, Field, Notice, Secret, announce, column, frame, label, row
from frontdesk.ui import error_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.stage import Stage, card, centred


class Lock(Stage):
    """The locked screen. The clock on it is the site's."""

    submitted = Signal(str)
    another_wanted = Signal()

    def __init__(self, context: Context) -> None:
        theme, actor = context.theme, context.actor
        super().__init__(theme)
        self._context, self._since = context, context.ticker.now()
        self._until: datetime | None = None
        self._clock, self._day = label("", "display"), label("", "muted")
        self._who, self._state = Elided(actor.name, "title"), label("", "small")
        self._password = Field(Secret())
        self._trouble = Notice(theme, "danger")
        self._go = Button(theme, "", "primary", "Enter", bind=False).widen()
        self._kept = Notice(theme, "idle")
        self._alert = Notice(theme, "danger")
        self._other = Button(theme, "", "quiet")
        self._foot = label("", "caption")
        above = frame(column(row(..., self._clock, ...), 4, row(..., self._day, ...)))
        self.show_body(centred(card(self._layout(actor)), above=above, below=self._foot))
        for part in (self._trouble, self._kept, self._alert):
            part.hide()
        self._password.body.returnPressed.connect(self._submit)
        self._go.clicked.connect(self._submit)
        self._other.clicked.connect(self.another_wanted)
        context.ticker.second.connect(self._on_second)
        self.retranslate()

    def _layout(self, actor: Actor) -> QVBoxLayout:
        who = row(Avatar(self._context.theme, actor.name, 48), 16, (column(self._who, 2, self._state), 1))
        return column(
            who,
            12,
            self._trouble,
            12,
            self._password,
            12,
            self._go,
            16,
            self._kept,
            8,
            self._alert,
            12,
            row(..., self._other, ...),
        )

    def retranslate(self) -> None:
        """Says every word again."""
        self._password.setText(tr("Password"))
        self._go.setText(tr("Unlock"))
        self._other.setText(tr("Sign in as somebody else"))
        self._kept.setText(tr("What you typed is kept. Go on with it after unlocking."))
        self._trouble.hide()
        self._foot.setText(tr("While locked, no resident's data is shown."))
        self._on_second()

    def show_kept(self, kept: bool) -> None:
        """Whether something typed waits behind the lock."""
        self._kept.setVisible(kept)

    def show_alert(self, text: str) -> None:
        """What cannot wait, also for a locked desk; it names nobody."""
        self._alert.setText(text)
        self._alert.setVisible(bool(text))

    def wait(self, waiting: bool) -> None:
        """The answer is on its way."""
        self._password.body.setEnabled(not waiting)
        self._go.setEnabled(not waiting)

    def refuse(self, error: Exception) -> None:
        """The password was not right."""
        self.wait(False)
        self._until = getattr(error, "until", None)
        self._password.body.clear()
        text = error_words.of_own_password(error)
        self._trouble.setText(text)
        self._trouble.show()
        announce(self, text, urgent=True)
        self._on_second()
        if self._until is None:
            self._password.body.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _submit(self) -> None:
        password = self._password.body.text()
        if not password:
            self._password.show_error(tr("Please type your password."))
        elif self._until is None:
            self._trouble.hide()
            self.wait(True)
            self.submitted.emit(password)

    @Slot()
    def _on_second(self) -> None:
        now = self._context.now()
        self._clock.setText(time_words.clock(now))
        self._day.setText(time_words.long_day(now.date()))
        minutes = int((now - self._since).total_seconds()) // 60
        locked = ntr("locked for {n} minute", "locked for {n} minutes", minutes) if minutes else tr("just locked")
        self._state.setText(locked)
        if self._until is not None:
            self._count_down(time_words.seconds_left(self._until, now))

    def _count_down(self, seconds: int) -> None:
        self._go.setEnabled(seconds == 0)
        if seconds:
            wait = ntr("Try again in {n} second.", "Try again in {n} seconds.", seconds)
            self._trouble.setText(error_words.joined(tr("Too many wrong passwords."), wait))
            return
        self._until = None
        self._trouble.hide()
        self._password.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._password.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
