"""The kiosk is a guest: on the very PC of the console, it never opens the main database, nor anything beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from frontdesk.services.bulletin import publish_bulletin
from tests.processes.crowd import ROOT, Crowd
from tests.services import lobby_kit as kit

Watch = Callable[[Crowd, Path, list[str]], str]

DATABASE = "frontdesk.db"
CONSOLE_ROOMS = ("sqlcipher3", "peewee", "psycopg", "frontdesk.services", "frontdesk.storage", "frontdesk.ui")


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Crowd]:
    """A site and its kiosks, all on one PC."""
    made = Crowd(tmp_path)
    yield made
    made.close()


def by_audit_hook(crowd: Crowd, log: Path, command: list[str]) -> str:
    """What Python tells that a module touched, on any system, and where it tells, what the process holds at its end.

    A database library opens its file behind Python's back, but cannot be loaded unseen.
    """
    run(crowd, [sys.executable, "-m", "tests.processes.watched", str(log), *command])
    return log.read_text(encoding="utf-8")


def by_strace(crowd: Crowd, log: Path, command: list[str]) -> str:
    """Every system call with a path, of all threads and children."""
    strace = shutil.which("strace")
    if strace is None or sys.platform != "linux":
        pytest.skip("no strace here: system calls cannot be watched")
    run(crowd, [strace, "-f", "-qq", "-s", "4096", "-e", "trace=%file", "-o", str(log), sys.executable, "-m", *command])
    return log.read_text(encoding="utf-8", errors="replace")


def run(crowd: Crowd, command: list[str]) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env=crowd.environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def kiosk_commands(crowd: Crowd) -> list[list[str]]:
    """A kiosk at its work, and the whole program with its window."""
    codes = [kit.invite(crowd.site, crowd.admin, crowd.area).code for _ in range(3)]
    publish_bulletin(crowd.site)
    lobby, home = str(crowd.site.lobby), str(crowd.homes[0])
    program = ["kiosk", "--lobby", lobby, "--data", home, "--smoke"]
    return [["tests.processes.kiosk_worker", lobby, home, *codes], program]


@pytest.mark.parametrize("watch", [by_audit_hook, by_strace])
def test_the_kiosk_never_opens_the_database(watch: Watch, crowd: Crowd, tmp_path: Path) -> None:
    sites = crowd.folder.parent
    for place, command in enumerate(kiosk_commands(crowd)):
        log = watch(crowd, tmp_path / f"kiosk{place}.log", command)
        assert str(crowd.site.lobby) in log  # it did look into the lobby folder
        touched = [line for line in log.splitlines() if str(sites) in line or DATABASE in line]
        assert touched == []
    assert [path.name for path in sites.rglob(DATABASE)] == [DATABASE]  # it was there to be opened


@pytest.mark.parametrize("watch", [by_audit_hook, by_strace])
def test_the_watch_sees_a_database_that_is_opened(watch: Watch, crowd: Crowd, tmp_path: Path) -> None:
    (tmp_path / "stop").touch()
    command = ["tests.processes.crowd_worker", "console", str(crowd.folder), "1", str(tmp_path / "stop")]
    log = watch(crowd, tmp_path / "console.log", command)
    assert str(crowd.folder) in log
    assert (DATABASE if watch is by_strace else "import sqlcipher3") in log


def test_the_kiosk_loads_no_code_of_the_console(crowd: Crowd, tmp_path: Path) -> None:
    for place, command in enumerate(kiosk_commands(crowd)):
        log = by_audit_hook(crowd, tmp_path / f"kiosk{place}.log", command)
        imported = {line.split(" ")[1] for line in log.splitlines() if line.startswith("import ")}
        assert "kiosk.desk" in imported
        assert [name for name in sorted(imported) if name.startswith(CONSOLE_ROOMS)] == []
