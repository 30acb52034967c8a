"""Keeps the clocks of cases going: what passed times cause happens on every console that runs, signed in or not."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from frontdesk.qtkit.jobs import Lanes
from frontdesk.services.site import Site
from frontdesk.ui.error_words import is_known

EVERY_MS = 30_000
JUMP = timedelta(seconds=5)  # of the wall clock against the monotonic one: the PC slept, or its clock was set
_SECOND_MS = 1000


def tick(site: Site) -> int:
    """Carries out what passed times have caused; for the database lane."""
    from frontdesk.services import clockwork  # loaded on this lane: the first window does not wait for it

    return clockwork.tick(site)


class Clockwork(QObject):
    """Ticks at once, every half minute, and right after the PC woke up; never twice at the same time.

    Screens hear of what a tick has done as of any other change. Trouble that lasts is told once.
    """

    ticked = Signal(int)  # how much was carried out
    trouble = Signal(object)  # a known error; None when it is over

    def __init__(self, lanes: Lanes, site: Site, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes, self._site = lanes, site
        self._running = self._again = False
        self._told = ""  # the trouble that was told and is not over
        self._wall, self._since = site.now(), QElapsedTimer()
        self._since.start()
        self._regular = QTimer(self)
        self._regular.setInterval(EVERY_MS)
        self._regular.timeout.connect(self.tick)
        self._regular.start()
        self._watch = QTimer(self)
        self._watch.setInterval(_SECOND_MS)
        self._watch.timeout.connect(self._look_for_a_jump)
        self._watch.start()
        QTimer.singleShot(0, self, self.tick)

    def stop(self) -> None:
        """No more ticks; one that runs comes to its end."""
        self._regular.stop()
        self._watch.stop()
        self._again = False

    @Slot()
    def tick(self) -> None:
        """Carries out what is due now; while it runs already, once more after it."""
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._lanes.db(tick, self._site, then=self._on_ticked, failed=self._on_failed)

    @Slot()
    def _look_for_a_jump(self) -> None:
        """The monotonic clock stands still while the PC sleeps, or the timers do; the wall clock never does."""
        wall, passed = self._site.now(), timedelta(milliseconds=self._since.restart())
        before, self._wall = self._wall, wall
        if self._is_jump(wall - before, passed):
            self.tick()

    @staticmethod
    def _is_jump(by_wall: timedelta, by_monotonic: timedelta) -> bool:
        slept = by_monotonic > JUMP  # where the monotonic clock goes on, it was this timer that slept
        return slept or abs(by_wall - by_monotonic) > JUMP

    @Slot(object)
    def _on_ticked(self, done: int) -> None:
        if self._told:
            self._told = ""
            self.trouble.emit(None)
        self.ticked.emit(done)
        self._rest()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        name, known = type(error).__name__, is_known(error)
        is_new, self._told = name != self._told, name
        self._rest(after_trouble=True)
        if not is_new:
            return
        if not known:
            raise error
        self.trouble.emit(error)

    def _rest(self, *, after_trouble: bool = False) -> None:
        self._running = False
        if self._again and not after_trouble:
            self.tick()
