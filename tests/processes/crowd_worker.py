"""One of the processes of a crowd: a console, or a writer without a pause. Says what it did as one line of JSON.

`console SITE ACCOUNT STOP TOKENS…` logs a call for each token and takes in what the kiosks write, until STOP is there;
`writer SITE STOP` counts up in the database as fast as it can, until STOP is there.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from frontdesk.domain.access import SYSTEM, Actor, Role
from frontdesk.services import reception
from frontdesk.services.bulletin import publish_bulletin
from frontdesk.services.lobby_intake import take_in
from frontdesk.services.reference import keep_setting, setting
from frontdesk.services.site import open_site
from frontdesk.services.views import CallDraft, Channel, MatterDraft
from frontdesk.storage.database import utc_now

COUNTER = "crowd.count"
ROUND_S = 0.02
PUBLISH_ROUNDS = 25


def console(folder: str, account: str, stop: str, *tokens: str) -> dict[str, object]:
    """A desk with its calls, and everything else that an open console does by itself."""
    site = open_site(Path(folder))
    actor = Actor(int(account), "desk", Role.RECEPTIONIST)
    todo, stopping, pause = list(tokens), Path(stop), threading.Event()
    taken, rounds, waits = 0, 0, []
    while todo or not stopping.exists():
        if todo:
            began = time.perf_counter()
            reception.log_call(site, actor, _call(todo.pop()))
            waits.append(time.perf_counter() - began)
        taken += take_in(site)
        if rounds % PUBLISH_ROUNDS == 0:
            publish_bulletin(site)
        rounds += 1
        pause.wait(ROUND_S)
    site.close()
    return {"taken": taken, "rounds": rounds, "waits": waits}


def _call(token: str) -> CallDraft:
    matter = MatterDraft(content="洗菜盆下水接头滴水", place="厨房")
    return CallDraft(token, Channel.CALL, utc_now(), number="13800002210", matters=(matter,))


def writer(folder: str, stop: str) -> dict[str, object]:
    """Reads a number and writes the next one, with its line in the audit trail, again and again."""
    site, stopping = open_site(Path(folder)), Path(stop)
    written, began, longest = 0, time.perf_counter(), 0.0
    while not stopping.exists():
        before = time.perf_counter()
        with site.store.write() as unit:
            reached = int(setting(unit, COUNTER, 0)) + 1
            keep_setting(unit, COUNTER, reached)
            unit.audit(SYSTEM, "crowd.wrote", "crowd:1", {"reached": reached})
            unit.announce("crowd", reached)
        written += 1
        longest = max(longest, time.perf_counter() - before)
    seconds = time.perf_counter() - began
    site.close()
    return {"written": written, "seconds": seconds, "longest": longest}


ROLES: dict[str, Callable[..., dict[str, object]]] = {"console": console, "writer": writer}

if __name__ == "__main__":
    print(json.dumps(ROLES[sys.argv[1]](*sys.argv[2:])), flush=True)
