"""The last good bulletin, and when a newer one may take its place."""

from __future__ import annotations

from pathlib import Path

from frontdesk.lobby import sealing
from frontdesk.lobby.bulletin import BULLETIN_LIMIT, Bulletin
from frontdesk.lobby.coding import ContractError
from frontdesk.lobby.files import read_whole, write_whole
from frontdesk.lobby.folder import LobbyFolder
from kiosk.found import Trouble
from kiosk.home import DeskError, on_disk


class Noticeboard:
    """Keeps a bulletin in memory and on the kiosk's own disk; issue numbers only rise."""

    def __init__(self, cache: Path, verify: bytes | None) -> None:
        """Reads the bulletin kept on disk, if it is of the console with this key.

        Raises:
            DeskError: the kiosk's own folder cannot be read.
        """
        self._cache = cache
        self._stamp: tuple[int, int, int] | None = None
        self.troubles: set[Trouble] = set()
        self.bulletin = self._kept(verify) if verify else None

    def look(self, folder: LobbyFolder, verify: bytes) -> bool:
        """Takes a newer bulletin from the lobby folder; whether there was one.

        A damaged, older or foreign one is refused, and the last good one stays.

        Raises:
            LobbyAway: the folder cannot be used just now.
        """
        stamp = folder.bulletin_stamp()
        if stamp is None or stamp == self._stamp:
            return False
        raw = folder.read_bulletin() or b""
        self._stamp = stamp
        read = _opened(raw, verify)
        known = self.bulletin.issue if self.bulletin else -1
        if read is None or read.issue < known:
            self.troubles.add(Trouble.BULLETIN_REFUSED)
            return False
        self.troubles.discard(Trouble.BULLETIN_REFUSED)
        if read.issue == known:
            return False
        self.bulletin = read
        self._keep(raw)
        return True

    def forget(self) -> None:
        """Takes the bulletin down.

        Raises:
            DeskError: the kiosk's own disk refuses.
        """
        self.bulletin = None
        self._stamp = None
        with on_disk():
            self._cache.unlink(missing_ok=True)

    def _keep(self, raw: bytes) -> None:
        try:
            with on_disk():
                write_whole(self._cache, raw)
            self.troubles.discard(Trouble.DISK)
        except DeskError:
            self.troubles.add(Trouble.DISK)  # a full disk must not keep the news from visitors

    def _kept(self, verify: bytes) -> Bulletin | None:
        with on_disk():
            return _opened(read_whole(self._cache, BULLETIN_LIMIT), verify) if self._cache.exists() else None


def _opened(raw: bytes, verify: bytes) -> Bulletin | None:
    """The bulletin in these bytes; None if it is not a sound one of our console."""
    try:
        return sealing.open_bulletin(raw, verify)
    except ContractError:
        return None
