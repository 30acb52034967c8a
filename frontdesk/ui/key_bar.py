"""The key bar at the foot: what the keys do here, and how the desk stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from frontdesk.qtkit.parts import Icon, keycap, label, row
from frontdesk.qtkit.theme import Theme

Hint = tuple[str, str]  # the key and its words


class _Hint(QFrame):
    """One key and what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._key, self._words = keycap(""), label("", "caption")
        self.setLayout(row(self._key, 6, self._words, 20))

    def say(self, key: str, words: str) -> None:
        """Another key, or other words."""
        self._key.setText(key.replace("+", " "))
        self._words.setText(words)


class KeyBar(QFrame):
    """Keys at the left, state at the right. It explains; it is not needed to do anything."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("keys")
        self.setFixedHeight(theme.px("size_keys"))
        self._hints, self._shown = row(), list[_Hint]()
        self._icon, self._state = Icon(theme, "ph.check-circle", "ok", 14), label("", "caption")
        box = row(self._hints, ..., self._icon, 6, self._state)
        box.setContentsMargins(4, 0, 24, 0)
        self.setLayout(box)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Shows these keys; what stands there already only gets new words, because every page says its own."""
        while len(self._shown) < len(hints):
            hint = _Hint()
            self._shown.append(hint)
            self._hints.addWidget(hint)
        for hint, (key, words) in zip(self._shown, hints, strict=False):
            hint.say(key, words)
        for at, hint in enumerate(self._shown):
            hint.setVisible(at < len(hints))

    def show_state(self, text: str, *, good: bool = True) -> None:
        """Says how the desk stands: connected, kiosks there, last backup."""
        self._icon.show_glyph("ph.check-circle" if good else "ph.warning-circle", "ok" if good else "warn")
        self._icon.setVisible(bool(text))
        self._state.setText(text)
