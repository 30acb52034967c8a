"""How long the UI thread is held at a stretch, and by what: a heartbeat, and a watcher that looks when it stops."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

BEAT_MS = 10


@dataclass(frozen=True, slots=True)
class Hold:
    """The UI thread did not come round for `held_ms`; `where` is what it was doing when that was noticed."""

    held_ms: float
    where: str


class UiProbe(QObject):
    """Beats on the UI thread; a watcher thread notes every gap that is longer than the limit."""

    def __init__(self, limit_ms: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_s = limit_ms / 1000
        self._thread_id = threading.get_ident()
        self._last_beat = time.perf_counter()
        self._where = ""
        self._stop = threading.Event()
        self.holds: list[Hold] = []
        self.longest_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._watcher = threading.Thread(target=self._watch, name="ui-probe", daemon=True)

    def start(self) -> None:
        """Begins to beat and to watch; call it on the UI thread."""
        self._last_beat = time.perf_counter()
        self._timer.start()
        self._watcher.start()

    def stop(self) -> None:
        """Ends both; what was noted stays."""
        self._stop.set()
        self._timer.stop()
        self._watcher.join()

    def _beat(self) -> None:
        now = time.perf_counter()
        held_s = now - self._last_beat
        self._last_beat = now
        self.longest_ms = max(self.longest_ms, held_s * 1000)
        if held_s > self._limit_s:
            self.holds.append(Hold(held_s * 1000, self._where))
        self._where = ""

    def _watch(self) -> None:
        while not self._stop.wait(self._limit_s / 4):
            if time.perf_counter() - self._last_beat > self._limit_s * 0.75 and not self._where:
                frame = sys._current_frames().get(self._thread_id)
                self._where = "".join(traceback.format_stack(frame)[-4:]) if frame else ""
