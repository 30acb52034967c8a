"""The languages at the foot of a card, one touch each: whoever cannot read the screen finds their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from frontdesk.i18n import language, tr
from frontdesk.qtkit import i18n
from frontdesk.qtkit.parts import Button, row
from frontdesk.qtkit.theme import Theme


class LanguageLine(QFrame):
    """简体中文 · 繁體中文 · English."""

    picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._buttons: dict[str, Button] = {}
        box = row()
        for code, name in i18n.offered():
            button = Button(theme, name)
            button.clicked.connect(lambda _checked=False, code=code: self.picked.emit(code))
            self._buttons[code] = button
            box.addWidget(button)
        self.setLayout(box)
        self.retranslate()

    def retranslate(self) -> None:
        """Marks the language of the moment."""
        self.setAccessibleName(tr("Language"))
        for code, button in self._buttons.items():
            button.set_kind("link" if code == language() else "quiet")
