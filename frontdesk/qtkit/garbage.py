"""Python's collector of garbage, on the UI thread alone and in small pieces.

Left to itself it runs on whatever thread happens to make the next object. There it takes apart the Python halves of
windows, which only the UI thread may touch and which can end the program; and it goes through everything there is in
the middle of signing in or of making a page (measured: 15 to 40 ms, in which the window stands still).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_EVERY_MS = 1_000
_MOST_YOUNG = 700  # new objects, as Python's own threshold
_MOST_ROUNDS = 10  # of one generation until the next older one has its turn


class Collector(QObject):
    """Takes the collector's work over for as long as it lives; make it on the UI thread, before the first window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def settle(self) -> None:
        """The first screen stands: what is there by now lives as long as the program, and is not looked at again."""
        gc.freeze()

    def stop(self) -> None:
        """Leaves the collector to itself again."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _look(self) -> None:
        """Collects where enough has come together: the youngest often, everything seldom."""
        young, rounds, old_rounds = gc.get_count()
        if old_rounds > _MOST_ROUNDS:
            gc.collect(2)
        elif rounds > _MOST_ROUNDS:
            gc.collect(1)
        elif young > _MOST_YOUNG:
            gc.collect(0)
