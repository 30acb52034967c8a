"""Several kiosks and consoles on one lobby folder, as processes, and what a killed writer leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from frontdesk.lobby import sealing
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.lobby.sealing import ConsoleKeys, KioskKeys
from tests.lobby.samples import prepare

ROOT = Path(__file__).parent.parent.parent
EACH = 500
CONSOLE = ConsoleKeys.generate()
KIOSKS = (KioskKeys.generate(), KioskKeys.generate())


@pytest.fixture
def folder(tmp_path: Path) -> LobbyFolder:
    lobby = LobbyFolder(tmp_path / "lobby")
    prepare(lobby, CONSOLE)
    return lobby


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Programs that must not outlive the test."""
    programs: list[subprocess.Popen[str]] = []
    yield programs
    for program in programs:
        program.kill()
        program.communicate(timeout=30)


def _start(started: list[subprocess.Popen[str]], out: Path | None, command: Sequence[str]) -> subprocess.Popen[str]:
    """Starts a worker; its words go to `out`, or to a pipe."""
    words = out.open("w", encoding="utf-8") if out else subprocess.PIPE
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.lobby.workers", *command],
        cwd=ROOT,
        stdout=words,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if out:
        words.close()  # type: ignore[union-attr]
    started.append(program)
    return program


def _put(folder: LobbyFolder, keys: KioskKeys, count: int, size: int) -> list[str]:
    return ["put", str(folder.path), keys.signing.hex(), CONSOLE.envelope_public.hex(), str(count), str(size)]


def _ids(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()


def test_two_kiosks_and_two_consoles_lose_nothing(
    folder: LobbyFolder, tmp_path: Path, started: list[subprocess.Popen[str]]
) -> None:
    done = [tmp_path / f"done{number}" for number in range(2)]
    publics = ",".join(keys.public.hex() for keys in KIOSKS)
    take = ["take", str(folder.path), CONSOLE.signing.hex(), CONSOLE.envelope.hex(), publics, *map(str, done)]
    put = [tmp_path / f"put{number}" for number in range(2)]
    taken = [tmp_path / f"taken{number}" for number in range(2)]
    takers = [_start(started, out, take) for out in taken]
    putters = [_start(started, out, _put(folder, keys, EACH, 0)) for out, keys in zip(put, KIOSKS, strict=True)]
    for putter, marker in zip(putters, done, strict=True):
        assert putter.wait(timeout=120) == 0
        marker.touch()
    assert [taker.wait(timeout=120) for taker in takers] == [0, 0]

    sent = [identifier for out in put for identifier in _ids(out)]
    assert len(set(sent)) == len(sent) == 2 * EACH
    assert set(_ids(taken[0])) | set(_ids(taken[1])) == set(sent)
    assert list(folder.take()) == []
    assert folder.dead_letters() == []


def test_a_killed_writer_leaves_no_half_message(folder: LobbyFolder, started: list[subprocess.Popen[str]]) -> None:
    keys = KIOSKS[0]
    said: set[str] = set()
    for acknowledged in (1, 2, 3, 5, 8):
        program = _start(started, None, _put(folder, keys, 100_000, 200_000))
        assert program.stdout is not None
        said.update(program.stdout.readline().strip() for _ in range(acknowledged))
        program.kill()
        rest, _ = program.communicate(timeout=30)
        said.update(line for line in rest.splitlines(keepends=False) if len(line) == 36)
    whole = {sealing.open_message(taken.data, keys.public, CONSOLE).id for taken in folder.take()}
    assert said <= whole
    assert folder.dead_letters() == []
    folder.sweep(keys.kiosk)
    assert list((folder.path / "inbox" / keys.kiosk / "tmp").iterdir()) == []
