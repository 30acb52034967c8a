"""When the start fails: what happened, what was kept, what to do next, and once more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Icon, Paragraph, announce, column, frame, label, row
from frontdesk.qtkit.theme import Theme
from frontdesk.ui import error_words
from frontdesk.ui.signin.language_line import LanguageLine
from frontdesk.ui.stage import Stage, card, centred

_WIDTH = 560


class Trouble(Stage):
    """A friendly full screen in place of a stack trace."""

    retry_wanted = Signal()
    leave_wanted = Signal()
    language_picked = Signal(str)

    def __init__(self, theme: Theme, error: Exception) -> None:
        super().__init__(theme)
        self._error, self._focused = error, False
        self._title = label("", "title")
        self._what, self._kept, self._next = Paragraph(), Paragraph(), Paragraph()
        self._detail = Paragraph("", "caption")
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._leave = Button(theme, "", "quiet")
        self._retry = Button(theme, "", "primary", "Enter")
        self._languages = LanguageLine(theme)
        self._kept_line = _line(theme, "ph.shield-check", "ok", self._kept)
        self._next_line = _line(theme, "ph.arrow-circle-right", "info", self._next)
        body = column(
            row(Icon(theme, "ph.warning-circle-fill", "warn", 28), 14, self._title, ...),
            16,
            self._what,
            12,
            self._kept_line,
            self._next_line,
            12,
            self._detail,
            20,
            row(self._languages, ..., self._leave, 8, self._retry),
        )
        self.show_body(centred(card(body, _WIDTH)))
        self._retry.clicked.connect(self.retry_wanted)
        self._leave.clicked.connect(self.leave_wanted)
        self._languages.picked.connect(self.language_picked)
        self.retranslate()

    def retranslate(self) -> None:
        """Says every word again."""
        told = error_words.told(self._error)
        self._title.setText(tr("Frontdesk cannot start yet"))
        self._what.setText(told.what)
        self._kept.setText(told.kept)
        self._next.setText(told.next)
        self._kept_line.setVisible(bool(told.kept))
        self._next_line.setVisible(bool(told.next))
        self._detail.setText(error_words.detail(self._error))
        self._retry.setText(tr("Try again"))
        self._leave.setText(tr("Quit"))
        self._languages.retranslate()
        self.setAccessibleName(told.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._retry.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.accessibleName(), urgent=True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _line(theme: Theme, glyph: str, role: str, text: QWidget) -> QWidget:
    return frame(row(column(2, Icon(theme, glyph, role), ...), 12, (text, 1)), margins=(0, 4, 0, 4))
