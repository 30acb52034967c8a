"""The passing of time on the screen: a tick a second, a tick a minute, and how long nobody has touched anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

Now = Callable[[], datetime]

_SECOND_MS = 1000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Ticker(QObject):
    """Tells screens that time has passed; they ask `now()` and paint again."""

    second = Signal()
    minute = Signal()

    def __init__(self, now: Now, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._minute = now().replace(second=0, microsecond=0)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def now(self) -> datetime:
        """The instant, aware, as the clock that was handed in tells it."""
        return self._now()

    @Slot()
    def _on_tick(self) -> None:
        self.second.emit()
        minute = self._now().replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self.minute.emit()


class Idle(QObject):
    """Counts the time since anybody used keyboard, mouse or finger, by monotonic clock.

    `follow` has it watch whatever window has the focus: input reaches windows first, and of all that happens within
    them it need not hear. `passed` comes once when the limit is reached, and again only
    after somebody has come back, or where `ask_again` was called.
    """

    passed = Signal()

    def __init__(self, limit_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_ms = self._due_ms = limit_ms
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(min(limit_ms, _SECOND_MS))
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self._told = False

    def follow(self, app: QGuiApplication) -> None:
        """Watches the windows of an application, each from when it first has the focus."""
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    @Slot(object)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a window that is watched already is not watched twice
            self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._since.restart()
        self._due_ms, self._told = self._limit_ms, False

    def ask_again(self) -> None:
        """Nobody is there, but something goes on: `passed` comes once more after another such time."""
        self._due_ms, self._told = self._since.elapsed() + self._limit_ms, False

    def untouched_ms(self) -> int:
        """How long nobody has been there, in milliseconds."""
        return self._since.elapsed()

    def set_limit(self, limit_ms: int) -> None:
        """Another limit, from now on."""
        self._limit_ms = limit_ms
        self._timer.setInterval(min(limit_ms, _SECOND_MS))
        self.touch()

    @Slot()
    def _on_tick(self) -> None:
        if not self._told and self._since.elapsed() >= self._due_ms:
            self._told = True
            self.passed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False
