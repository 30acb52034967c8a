"""Keeps a call's draft with every pause in typing, so that nothing typed is lost to a crash or to another call."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel

from frontdesk.i18n import mark, tr
from frontdesk.services import drafts
from frontdesk.services.views import CallDraft
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.reception import draft as plain

KEEP_AFTER_MS = 500


class Keeper(QObject):
    """Tells `due` when the draft should be kept, and says on `shown` when it was."""

    due = Signal()

    def __init__(self, context: Context, shown: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._shown = context, shown
        self._said: tuple[str, datetime] | None = None  # words about the draft, and the time in them
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.due)

    def retranslate(self) -> None:
        """Says it again in the current language."""
        words, at = self._said or ("", self._context.now())
        self._shown.setText(tr(words, time=time_words.clock(self._context.local(at))) if words else "")

    def typed(self) -> None:
        """Something was typed; somebody who never pauses is not to lose a whole sentence."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self, call: CallDraft, place: str) -> None:
        """Keeps the draft; a newer one makes this superfluous."""
        self._timer.stop()
        kept = plain.to_plain(call, place)
        run = self._context.work.run
        run(drafts.keep_draft, plain.KIND, call.token, kept, then=self._on_kept, key="keep draft")

    def set_aside(self, call: CallDraft, place: str) -> None:
        """Keeps the draft whatever the next one does: under no key, so that no newer one makes it superfluous."""
        self._timer.stop()
        self._context.work.run(drafts.keep_draft, plain.KIND, call.token, plain.to_plain(call, place))

    def drop(self, call: CallDraft) -> None:
        """The call was discarded."""
        self._timer.stop()
        self._context.work.run(drafts.drop_draft, plain.KIND, call.token)

    def stop(self) -> None:
        """Nothing is typed any more."""
        self._timer.stop()

    def begin(self) -> None:
        """Another call: nothing of it is kept yet."""
        self._said = None
        self.retranslate()

    def say_restored(self, at: datetime) -> None:
        """The draft in view was kept at an instant before."""
        self._tell(mark("Draft of {time} restored"), at)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        self._tell(mark("Draft kept {time}"), self._context.now())

    def _tell(self, words: str, at: datetime) -> None:
        self._said = words, at
        self.retranslate()
