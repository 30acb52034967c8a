"""The kiosk's own folder on its own disk: one program at a time, and errors that staff can act on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from frontdesk.lobby.files import FULL

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class DeskFault(StrEnum):
    """What keeps the kiosk from doing its work, in codes that a screen turns to words."""

    DISK_FULL = "disk_full"
    HOME_DENIED = "home_denied"
    HOME_FAILED = "home_failed"
    IN_USE = "in_use"
    NOT_PAIRED = "not_paired"


class DeskError(Exception):
    """The kiosk cannot do this now; nothing was half done."""

    def __init__(self, code: DeskFault, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".rstrip())
        self.code = code


@contextmanager
def on_disk() -> Iterator[None]:
    """Turns the system's errors about the kiosk's own disk into `DeskError`."""
    try:
        yield
    except PermissionError as error:
        raise DeskError(DeskFault.HOME_DENIED, str(error)) from error
    except OSError as error:
        raise DeskError(DeskFault.DISK_FULL if error.errno in FULL else DeskFault.HOME_FAILED, str(error)) from error


class HomeLock:
    """Held as long as a program uses the folder; the system lets go of it when the program dies."""

    def __init__(self, home: Path) -> None:
        """Takes the folder.

        Raises:
            DeskError: `IN_USE` where another program has it, or the folder cannot be written.
        """
        with on_disk():
            home.mkdir(parents=True, exist_ok=True)
            if sys.platform != "win32":
                home.chmod(0o700)
            handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(handle, "r+b", buffering=0)
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise DeskError(DeskFault.IN_USE, str(home)) from error

    def release(self) -> None:
        """Lets another program take the folder."""
        self._file.close()
