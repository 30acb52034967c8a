"""Two consoles, two kiosks and a writer without a pause, as processes on one site; and what must be true afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frontdesk.domain.access import Role
from frontdesk.domain.visits import VisitState
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.services import kiosks, reference, site_start
from frontdesk.services.bulletin import publish_bulletin
from frontdesk.services.site import Site, open_site
from frontdesk.storage import audit, sites
from frontdesk.storage import models as m
from frontdesk.storage.database import utc_now
from frontdesk.storage.keystore import KeyStore
from kiosk.desk import Desk
from tests.processes.crowd_worker import COUNTER
from tests.services import lobby_kit as kit

ROOT = Path(__file__).parent.parent.parent
LONGEST_S = 300.0
LOOK_EVERY_S = 0.05


@dataclass
class Outcome:
    """What the processes said they did, what is wrong with what they left, and how fast it went."""

    problems: list[str] = field(default_factory=list)
    calls: int = 0
    visits: int = 0
    left: int = 0
    flagged: int = 0
    messages: int = 0
    written: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def writes_per_second(self) -> float:
        """Transactions of the writer alone, while the others worked."""
        return self.written / self.seconds if self.seconds else 0.0

    def expect(self, what: str, found: object, wanted: object) -> None:
        """Notes a problem where the two differ."""
        if found != wanted:
            self.problems.append(f"{what}: found {found}, wanted {wanted}")


class Crowd:
    """A site with two paired kiosks, and the processes that meet on it."""

    def __init__(self, folder: Path, *, dsn: str = "") -> None:
        self.folder = folder / "machine" / "sites" / "live"
        self.keys = folder / "keys"
        self.homes = (folder / "kiosks" / "north", folder / "kiosks" / "south")
        self.stop = folder / "stop"
        keystore = KeyStore(self.keys, keyring=False)
        sites.create_site(self.folder, keystore, dsn=dsn)
        self.site = open_site(self.folder, keystore)
        with self.site.store.write() as unit:
            site_start.start(unit, "云杉苑", "云杉物业", practice=False, today=self.site.today())
        self.admin = kit.add_account(self.site, Role.ADMINISTRATOR)
        self.desks = [kit.add_account(self.site, Role.RECEPTIONIST) for _ in range(2)]
        self.area = kit.add_area(self.site)
        for home in self.homes:
            kit.pair_desk(self.site, self.admin, home, home.name).close()

    def close(self) -> None:
        """Ends this process's own connection."""
        self.site.close()

    def run(self, calls: int, visits: int) -> Outcome:
        """Lets each console log so many calls, each kiosk see so many visitors; one of either kind at both."""
        codes = [kit.invite(self.site, self.admin, self.area).code for _ in range(2 * visits - 1)]
        publish_bulletin(self.site)
        tokens = [f"call-{number}" for number in range(2 * calls - 1)]
        shared_codes, shared_tokens = codes[-1], tokens[-1]
        consoles = [
            self._start("crowd_worker", "console", self.folder, desk.id, self.stop, shared_tokens, *tokens[place:-1:2])
            for place, desk in enumerate(self.desks)
        ]
        lobby = self.site.lobby
        seen_by = [
            self._start("kiosk_worker", lobby, home, *codes[place:-1:2], shared_codes)
            for place, home in enumerate(self.homes)
        ]
        writer = self._start("crowd_worker", "writer", self.folder, self.stop)
        with _reaped([*consoles, *seen_by, writer]):
            said = [_said(kiosk) for kiosk in seen_by]
            _until(lambda: not any(LobbyFolder(lobby).take()))
            self.stop.touch()
            said += [_said(process) for process in (*consoles, writer)]
        return self._judged(said[:2], said[2:4], said[4], len(tokens))

    @property
    def environment(self) -> dict[str, str]:
        """What a process of the crowd finds in its environment."""
        return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "FRONTDESK_KEYS": str(self.keys)}

    def _start(self, worker: str, *values: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", f"tests.processes.{worker}", *map(str, values)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def _judged(self, seen: Sequence[Any], desks: Sequence[Any], writer: Any, calls: int) -> Outcome:
        """Compares what the processes said with what stands in the database."""
        outcome = Outcome()
        for said in (*seen, *desks, writer):
            if "error" in said:
                outcome.problems.append(said["error"])
        if outcome.problems:
            return outcome
        outcome.written, outcome.seconds = writer["written"], writer["seconds"]
        outcome.waits = sorted(wait for desk in desks for wait in desk["waits"])
        self._judge_lobby(outcome, seen, desks)
        self._judge_calls(outcome, calls)
        with self.site.store.read() as unit:
            outcome.expect("the writer's counter", reference.setting(unit, COUNTER), outcome.written)
        verdict = audit.verify(self.site.store)
        outcome.expect("problems in the audit chain", verdict.problems, ())
        return outcome

    def _judge_lobby(self, outcome: Outcome, seen: Sequence[Any], desks: Sequence[Any]) -> None:
        came = Counter(visit for kiosk in seen for visit in kiosk["came"])
        left = {visit for kiosk in seen for visit in kiosk["left"]}
        with self.site.store.read() as unit:
            rows = unit.all(m.Visit.select())
            outcome.messages = unit.count(m.LobbyTaken.select())
            over = sum(max(0, row.uses - 1) for row in unit.all(m.Invitation.select()))
        outcome.visits, outcome.left = len(rows), len(left)
        outcome.flagged = sum(row.flagged for row in rows)
        outcome.expect("visits", Counter(row.uuid for row in rows), came)
        outcome.expect("visitors who left", {row.uuid for row in rows if row.state == VisitState.LEFT}, left)
        outcome.expect("badge numbers given twice", len(rows) - len({row.badge_no for row in rows}), 0)
        outcome.expect("flagged visits", outcome.flagged, over)
        outcome.expect("messages taken", outcome.messages, len(rows) + len(left))
        outcome.expect("messages that the consoles took", sum(desk["taken"] for desk in desks), outcome.messages)
        outcome.expect("messages set aside", kiosks.lobby(self.site, self.admin).dead, ())
        answers = [answer.message for home in self.homes for answer in _answers(self.site, home)]
        outcome.expect("answers", len(answers), outcome.messages)
        outcome.expect("answers to one message", len(set(answers)), outcome.messages)

    def _judge_calls(self, outcome: Outcome, calls: int) -> None:
        with self.site.store.read() as unit:
            contacts = [row.record_no for row in unit.all(m.Contact.select())]
            papers = [row.number for row in unit.all(m.Paper.select())]
            cases = unit.count(m.Case.select())
        outcome.calls = len(contacts)
        outcome.expect("calls", len(contacts), calls)
        outcome.expect("cases", cases, calls)
        for series, numbers in _by_series([*contacts, *papers]).items():
            outcome.expect(f"numbers of {series}", sorted(numbers), list(range(1, len(numbers) + 1)))


def _by_series(numbers: list[str]) -> dict[str, list[int]]:
    """The running numbers of each series and month."""
    found: dict[str, list[int]] = {}
    for number in numbers:
        series, _, running = number.rpartition("-")
        found.setdefault(series, []).append(int(running))
    return found


def _answers(site: Site, home: Path) -> list[Any]:
    """What the consoles answered to a kiosk."""
    desk = Desk(LobbyFolder(site.lobby), home, utc_now)
    try:
        return desk.answers()
    finally:
        desk.close()


def _said(process: subprocess.Popen[str]) -> Any:
    """What a process said at its end; where it failed, the end of its error."""
    out, err = process.communicate(timeout=LONGEST_S)
    if process.returncode or err:
        return {"error": f"{process.args[2]}: {err.strip()[-2000:] or process.returncode}"}  # type: ignore[index]
    return json.loads(out)


def _until(true: Any) -> None:
    """Waits for a condition, not for ever."""
    pause, until = threading.Event(), time.monotonic() + LONGEST_S
    while not true() and time.monotonic() < until:
        pause.wait(LOOK_EVERY_S)


@contextmanager
def _reaped(processes: Sequence[subprocess.Popen[str]]) -> Iterator[None]:
    """Leaves no process behind, whatever happens."""
    try:
        yield
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
