"""Follows what others do: other windows and programs on the database, kiosks in the lobby folder."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from frontdesk.qtkit.jobs import Lanes
from frontdesk.services.site import Site
from frontdesk.ui.clockwork import Clockwork
from frontdesk.ui.error_words import is_known

ROUND_MS = 300
PAUSE_MS = 3000  # after trouble
DAY_MS = 24 * 60 * 60 * 1000
PUBLISH_ROUNDS = 200  # a minute: invitations come into the bulletin's sight as time goes by
_LOBBY_TOPICS = frozenset({"visit", "invitation", "kiosk", "site", "*"})

Change = tuple[str, int]


@dataclass(frozen=True)
class Round:
    """What one look has found: how far we have read, what changed, and whether the lobby folder could be used."""

    last: int
    changes: tuple[Change, ...]
    lobby_away: str


def look(site: Site, last: int | None, publish: bool) -> Round:
    """One look at kiosks and database; for the database lane.

    Args:
        last: how far we have read; None to begin from here.
        publish: look after the bulletin, whatever has changed.
    """
    from frontdesk.lobby.folder import LobbyAway  # loaded on this lane: the first window does not wait for it
    from frontdesk.services import changes, lobby_intake
    from frontdesk.services.bulletin import publish_bulletin

    if last is None:
        last = changes.followed_from(site)
        publish = True
    away = ""
    try:
        lobby_intake.take_in(site)
    except LobbyAway as error:
        away = error.why
    last, found = changes.changed_topics(site, last)
    if not away and (publish or any(topic in _LOBBY_TOPICS for topic, _ in found)):
        try:
            publish_bulletin(site)
        except LobbyAway as error:
            away = error.why
    return Round(last, found, away)


def sweep(site: Site) -> int:
    """Deletes files that nothing refers to; for the database lane."""
    from frontdesk.services import housekeeping

    return housekeeping.sweep(site)


class Following(QObject):
    """Looks a few times a second, never twice at once, and tells what it has found; sweeps at first and every day.

    Beside it goes the clockwork, which carries out what passed times cause.
    """

    changed = Signal(object)  # set[Change]
    lobby = Signal(str)  # why the lobby folder cannot be used; empty when it can again
    trouble = Signal(object)  # a known error; None when it is over

    def __init__(self, lanes: Lanes, site: Site, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes, self._site = lanes, site
        self._last: int | None = None
        self._rounds, self._away, self._troubled = 0, "", False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start)
        self._timer.start(0)
        self._daily = QTimer(self)
        self._daily.setInterval(DAY_MS)
        self._daily.timeout.connect(self._sweep)
        self._daily.start()
        self._clock_stands = False
        self.clockwork = Clockwork(lanes, site, self)
        self.clockwork.trouble.connect(self._on_clock_trouble)

    def stop(self) -> None:
        """No more looks."""
        self.clockwork.stop()
        self._daily.stop()
        self._timer.stop()
        self._timer.timeout.disconnect(self._start)

    @Slot()
    def _start(self) -> None:
        self._rounds += 1
        publish = self._rounds % PUBLISH_ROUNDS == 0
        self._lanes.db(look, self._site, self._last, publish, then=self._on_round, failed=self._on_failed)
        if self._rounds == 1:
            self._sweep()

    @Slot()
    def _sweep(self) -> None:
        self._lanes.db(sweep, self._site, failed=self._on_not_swept)

    @Slot(object)
    def _on_not_swept(self, error: Exception) -> None:
        if not is_known(error):  # the rounds meet known trouble too, and tell it
            raise error

    @Slot(object)
    def _on_round(self, found: Round) -> None:
        self._last = found.last
        self._timer.start(ROUND_MS)
        if self._troubled:
            self._troubled = False
            self._say_over()
        if found.lobby_away != self._away:
            self._away = found.lobby_away
            self.lobby.emit(self._away)
        if found.changes:
            self.changed.emit(set(found.changes))

    def _say_over(self) -> None:
        if not self._troubled and not self._clock_stands:
            self.trouble.emit(None)

    @Slot(object)
    def _on_clock_trouble(self, error: Exception | None) -> None:
        self._clock_stands = error is not None
        if error is None:
            self._say_over()
        else:
            self.trouble.emit(error)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._timer.start(PAUSE_MS)
        if not is_known(error):
            raise error
        self._troubled = True
        self.trouble.emit(error)
