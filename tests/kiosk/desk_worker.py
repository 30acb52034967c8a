"""A kiosk as a process of its own, which is killed at a chosen step.

`desk_worker.py FOLDER HOME TEXT STEP` checks in with TEXT and says the badge's code; it dies at the STEP-th touch of a
file in its home.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from frontdesk.lobby.folder import LobbyFolder
from kiosk.desk import Desk
from tests.lobby.samples import NOW

TOUCHES = frozenset({"open", "os.rename", "os.remove", "os.truncate", "os.mkdir", "os.chmod"})


def _die_at(step: int, home: str) -> None:
    """Has the process killed, by the system, just before its `step`-th touch of a file in its home."""
    left = step

    def touched(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event in TOUCHES and (home in str(args[0]) or isinstance(args[0], int)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    sys.addaudithook(touched)


def main(folder: str, home: str, text: str, step: str) -> None:
    """Checks in, unless it dies first."""

    def clock() -> datetime:
        return NOW

    desk = Desk(LobbyFolder(Path(folder)), Path(home), clock)
    desk.bulletin()
    _die_at(int(step), home)
    print(desk.check_in(text).badge_code, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
