"""How long the UI thread is held at a stretch, and by what: a heartbeat, and a watcher that looks when it stops.

What counts is the program's own doing. Where the system tells how long the thread was ready to run but had no
processor, because other programs had it, that time is left out. That a machine is slow as such is not told apart here:
whoever sets the limit looks after it.
"""

from __future__ import annotations

import faulthandler
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

BEAT_MS = 10
_LINES = 4  # of what the thread was doing, the innermost
_WAITED_NS = Path("/proc/thread-self/schedstat")  # Linux: time run, time ready but not run (ns), turns


@dataclass(frozen=True, slots=True)
class Hold:
    """The UI thread did not come round for `held_ms`; `where` is what it was doing when that was noticed."""

    held_ms: float
    where: str


class UiProbe(QObject):
    """Beats on the UI thread; a watcher thread notes every gap that is longer than the limit."""

    def __init__(self, limit_ms: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.limit_ms = limit_ms
        self._limit_s = limit_ms / 1000
        self._thread_id = threading.get_ident()
        self._last_beat = time.perf_counter()
        self._last_waited_s = 0.0
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
        self._last_beat, self._last_waited_s = time.perf_counter(), _waited_s()
        self._timer.start()
        self._watcher.start()

    def stop(self) -> None:
        """Ends both; what was noted stays."""
        self._stop.set()
        self._timer.stop()
        self._watcher.join()

    def leave_out(self) -> None:
        """What has held the thread since the last beat was the watcher's own doing: it does not count."""
        self._last_beat, self._last_waited_s = time.perf_counter(), _waited_s()
        self._where = ""

    def _beat(self) -> None:
        now, waited_s = time.perf_counter(), _waited_s()
        held_s = now - self._last_beat - (waited_s - self._last_waited_s)
        self._last_beat, self._last_waited_s = now, waited_s
        self.longest_ms = max(self.longest_ms, held_s * 1000)
        if held_s > self._limit_s:
            self.holds.append(Hold(held_s * 1000, self._where))
        self._where = ""

    def _watch(self) -> None:
        while not self._stop.wait(self._limit_s / 4):
            if time.perf_counter() - self._last_beat > self._limit_s * 0.75 and not self._where:
                self._where = _doing(self._thread_id)


def _doing(thread_id: int) -> str:
    """Where a thread is, the innermost call last.

    Written by the fault handler, which touches no Python object: to ask for the frames of a thread that is in the
    middle of Qt ended the program now and then (PySide 6.11 on Python 3.11; a fraction of a second of it is enough).
    """
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        told = file.read().decode("ascii", errors="replace")
    name = f"{thread_id:016x}"
    of_thread = next((part for part in told.split("\n\n") if name in part.partition("\n")[0]), "")
    return "\n".join(reversed(of_thread.splitlines()[1 : _LINES + 1]))


def _waited_s() -> float:
    """How long this thread has waited for a processor in all; 0 where the system does not tell."""
    try:
        return int(_WAITED_NS.read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
