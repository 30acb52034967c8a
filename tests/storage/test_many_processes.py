"""Several processes on one database, some of them killed: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from frontdesk.storage import audit
from frontdesk.storage import models as m
from frontdesk.storage.database import Store

OPEN = """
import sys
from pathlib import Path
from frontdesk.domain.access import SYSTEM
from frontdesk.storage import models as m
from frontdesk.storage.database import Store
place, key = sys.argv[1], bytes(range(32))
store = Store.open(place, key) if "://" in place else Store.open_copy(Path(place), key)
"""

# Says a name only once it is committed.
WRITER = (
    OPEN
    + """
import itertools
for turn in itertools.count():
    name = f"{sys.argv[2]}-{turn}"
    with store.write() as unit:
        person = unit.add(m.Person, name=name, folded=str(unit.number("WO", "202611")))
        unit.audit(SYSTEM, "chaos", f"person:{person}", {"turn": turn}, name)
        unit.announce("person", person)
    print(name, flush=True)
"""
)

# Follows the changes until it is asked how many it heard of, and checks that no count ever falls.
READER = (
    OPEN
    + """
import threading
asked = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), asked.set()), daemon=True).start()
heard, last, most, finishing = set(), 0, 0, False
while True:
    finishing = asked.is_set()
    last, changed = store.changes_since(last)
    heard |= {change.id for change in changed}
    with store.read() as unit:
        count = unit.count(m.Person.select())
    assert count >= most, (count, most)
    most = count
    if finishing:
        break
print(len(heard), flush=True)
store.close()
"""
)

KILLS = 4
LINES_BEFORE_A_KILL = 20


@contextmanager
def running(script: str, *args: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, *args]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    """The next lines of a process, waiting for them."""
    return [process.stdout.readline().strip() for _ in range(count)]


def write_and_kill(place: str) -> list[str]:
    """Two writers at a time, the older one killed again and again; returns every name that was acknowledged."""
    acknowledged: list[str] = []
    with running(WRITER, place, "steady") as steady:
        acknowledged += lines(steady, 1)
        for turn in range(KILLS):
            with running(WRITER, place, f"killed{turn}") as victim:
                acknowledged += lines(victim, LINES_BEFORE_A_KILL)
                victim.kill()
                rest, trouble = victim.communicate()
            acknowledged += rest.split()
            assert trouble == ""
        steady.kill()
        rest, trouble = steady.communicate()
    assert trouble == ""
    return acknowledged + rest.split()


def test_killed_writers_lose_nothing(place: Path | str, connect: Callable[..., Store]) -> None:
    with running(READER, str(place)) as reader:
        acknowledged = write_and_kill(str(place))
        told, trouble = reader.communicate("")
    assert (trouble, reader.returncode) == ("", 0)
    store = connect()
    with store.read() as unit:
        rows = unit.all(m.Person.select(m.Person.name, m.Person.folded).tuples())
    names = [name for name, _ in rows]
    assert len(acknowledged) >= KILLS * LINES_BEFORE_A_KILL
    assert set(acknowledged) <= set(names)
    assert len(set(names)) == len(names)
    assert sorted(int(number) for _, number in rows) == list(range(1, len(rows) + 1))
    assert int(told) == len(rows)
    verdict = audit.verify(store)
    assert (verdict.sound, verdict.rows, store.damage()) == (True, len(rows), [])
