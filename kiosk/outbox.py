"""Messages that wait to be carried to the lobby folder: sealed, one file each, on the kiosk's own disk.

A message that belongs to a journal entry is first laid ready, then the entry is written down, then it is released.
Where a crash falls in between, the journal decides: written down means it goes out, otherwise it never was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from frontdesk.lobby.contract import MESSAGE_LIMIT
from frontdesk.lobby.files import move, read_whole, sync_folder, write_new, write_whole
from kiosk.home import on_disk

_SUFFIX = ".msg"


class Outbox:
    """The two folders: `ready` for what is not decided yet, `out` for what goes."""

    def __init__(self, home: Path) -> None:
        """Opens the outbox.

        Raises:
            DeskError: its folders cannot be made.
        """
        self._ready = home / "ready"
        self._out = home / "out"
        with on_disk():
            self._ready.mkdir(exist_ok=True)
            self._out.mkdir(exist_ok=True)
            for draft in self._out.glob("*.tmp"):
                draft.unlink()

    def add(self, message: str, data: bytes) -> None:
        """Takes a message that stands by itself; it lasts when this returns.

        Raises:
            DeskError: nothing was written.
        """
        with on_disk():
            write_whole(self._out / f"{message}{_SUFFIX}", data)

    def lay_ready(self, message: str, data: bytes) -> None:
        """Takes a message whose journal entry is still to be written.

        Raises:
            DeskError: nothing was written.
        """
        path = self._ready / f"{message}{_SUFFIX}"
        with on_disk():
            try:
                write_new(path, data)
                sync_folder(self._ready)
            except OSError:
                path.unlink(missing_ok=True)
                raise

    def withdraw(self, message: str) -> None:
        """Takes back a message that was laid ready."""
        with on_disk():
            (self._ready / f"{message}{_SUFFIX}").unlink(missing_ok=True)

    def settle(self, decided: Callable[[str], bool]) -> None:
        """Releases what was laid ready and is decided, and removes what is not.

        Raises:
            DeskError: the disk refuses; try again later.
        """
        with on_disk():
            for path in sorted(self._ready.iterdir()):
                if path.suffix == _SUFFIX and decided(path.stem):
                    move(path, self._out / path.name)
                else:
                    path.unlink()

    def messages(self) -> Iterator[tuple[str, bytes]]:
        """Ids and bytes of what waits, in the order of their ids."""
        for path in self._waiting():
            with on_disk():
                data = read_whole(path, MESSAGE_LIMIT)
            yield path.stem, data

    def last_message(self) -> str:
        """The newest id that waits; empty if nothing does."""
        return max((path.stem for path in self._waiting()), default="")

    def remove(self, message: str) -> None:
        """Forgets a message that lies in the lobby folder now."""
        with on_disk():
            (self._out / f"{message}{_SUFFIX}").unlink(missing_ok=True)

    def __len__(self) -> int:
        return len(self._waiting())

    def _waiting(self) -> list[Path]:
        with on_disk():
            return sorted(path for path in self._out.iterdir() if path.suffix == _SUFFIX)
