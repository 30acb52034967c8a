"""The key bar at the foot: what the keys do here, and how the desk stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from frontdesk.qtkit.parts import Icon, frame, keycap, label, row
from frontdesk.qtkit.theme import Theme

Hint = tuple[str, str]  # the key and its words


class KeyBar(QFrame):
    """Keys at the left, state at the right. It explains; it is not needed to do anything."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("keys")
        self.setFixedHeight(theme.px("size_keys"))
        self._hints = row()
        self._icon, self._state = Icon(theme, "ph.check-circle", "ok", 14), label("", "caption")
        box = row(self._hints, ..., self._icon, 6, self._state)
        box.setContentsMargins(4, 0, 24, 0)
        self.setLayout(box)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Shows these keys."""
        while (item := self._hints.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for key, words in hints:
            self._hints.addWidget(frame(row(keycap(key), 6, label(words, "caption"), 20)))

    def show_state(self, text: str, *, good: bool = True) -> None:
        """Says how the desk stands: connected, kiosks there, last backup."""
        self._icon.show_glyph("ph.check-circle" if good else "ph.warning-circle", "ok" if good else "warn")
        self._icon.setVisible(bool(text))
        self._state.setText(text)
