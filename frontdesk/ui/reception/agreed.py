"""The time that was agreed, typed as people say it; what names no time is kept as the customer's wish."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from frontdesk.domain.moments import moment_of
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Field, edit
from frontdesk.ui import time_words
from frontdesk.ui.context import Context


class AgreedField(Field[QLineEdit]):
    """A time with the customer, or the one that an external unit has promised. Beside its name stands what is meant."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        self._context = context
        self._at: datetime | None = None
        self._promised = False
        super().__init__(edit(limit=80))
        self.body.textChanged.connect(self._on_typed)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self.setText(tr("Time promised") if self._promised else tr("Agreed time"), self._meant())
        self.body.setPlaceholderText(tr("18:00, tomorrow 9:30, 11-25 15:00"))

    def show_promised(self, promised: bool) -> None:
        """Whether it is an external unit's promise that is written down here."""
        if promised is not self._promised:
            self._promised = promised
            self.retranslate()

    def show_time(self, at: datetime | None, wanted: str) -> None:
        """Shows a draft's time without telling."""
        self.body.blockSignals(True)
        local = self._context.local(at) if at else None
        self.body.setText(self._written(local) if local else wanted)
        self.body.blockSignals(False)
        self._at = local
        self.retranslate()

    def moment(self) -> datetime | None:
        """The instant; None where none is named."""
        return self._at

    def wanted(self) -> str:
        """What stands on the paper: the instant in figures, else the words as they were typed."""
        return self._written(self._at) if self._at else self.body.text().strip()

    @Slot()
    def _on_typed(self) -> None:
        # Judged as it is typed: after midnight "tomorrow" must not become another day.
        self._at = moment_of(self.body.text(), self._context.now())
        self.retranslate()
        self.edited.emit()

    def _meant(self) -> str:
        if self._at is not None:
            now = self._context.now()
            meant = time_words.moment(self._at, now.date())
            return meant if self._at > now else tr("{moment} has passed", moment=meant)
        return tr("kept as a wish") if self.body.text().strip() else ""

    def _written(self, at: datetime) -> str:
        return f"{at:%m-%d %H:%M}" if at.year == self._context.now().year else f"{at:%Y-%m-%d %H:%M}"
