"""A lobby program without its screens, as a process: `LOBBY HOME CODES…`. Says what it did as one line of JSON.

It lets a visitor in with each code, some of them out again, and carries its messages to the lobby folder. It imports no
more than the lobby program does.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from frontdesk.lobby.folder import LobbyFolder
from kiosk.desk import Desk, Refused

LEAVES_EVERY = 3


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


def main(lobby: str, home: str, *codes: str) -> dict[str, object]:
    """Sees to a visitor for each code."""
    desk = Desk(LobbyFolder(Path(lobby)), Path(home), now)
    came: list[str] = []
    left: list[str] = []
    refused = 0
    for place, code in enumerate(codes):
        try:
            seen = desk.check_in(code)
        except Refused:
            refused += 1
            continue
        came.append(seen.visit_id)
        if place % LEAVES_EVERY == 0:
            desk.check_out(seen.badge_code)
            left.append(seen.visit_id)
        desk.carry()
        desk.beat("up", "ok", "welcome")
    while desk.waiting():
        desk.carry()
    desk.close()
    return {"came": came, "left": left, "refused": refused}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])), flush=True)
