"""Packs both programs into one folder that needs no Python, starts each of them once, and tells the size."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from frontdesk import paths, prepare
from frontdesk.i18n import tr

BUNDLE = "Frontdesk"
PROGRAMS = ("frontdesk", "frontdesk-kiosk")
START_LIMIT_S = 60.0
READY = "ready"  # what a program prints under `--smoke`, once its first window has been painted
CONSOLE_ONLY = ("frontdesk.ui", "frontdesk.services", "frontdesk.storage", "peewee", "sqlcipher3")


class BuildError(Exception):
    """The bundle is not what it has to be; the text says in what."""


def run(say: Callable[[str], None]) -> None:
    """Builds into `dist`, and proves the result.

    Raises:
        BuildError: PyInstaller failed, a program does not start, or the kiosk holds console code.
        PrepareError: a translation contradicts itself.
    """
    prepare.prepare_translations()
    prepare.prepare_fonts()
    began = time.monotonic()
    _pack()
    say(tr("packed in {seconds} s", seconds=round(time.monotonic() - began)))
    _check_kiosk()
    bundle = paths.root() / "dist" / BUNDLE
    for program in PROGRAMS:
        say(tr("{program} opened its first window after {seconds} s", program=program, seconds=_start(bundle, program)))
    say(tr("{folder}: {megabytes} MB", folder=bundle, megabytes=round(size_bytes(bundle) / 1e6)))


def _pack() -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    if subprocess.run(command, cwd=paths.root(), check=False).returncode:
        raise BuildError("PyInstaller")


def _check_kiosk() -> None:
    """Reads what PyInstaller put into the kiosk's archive."""
    contents = (paths.root() / "build" / "build" / "PYZ-01.toc").read_text(encoding="utf-8")
    found = [name for name in CONSOLE_ONLY if f"('{name}" in contents]
    if found or "('kiosk.desk'" not in contents:
        raise BuildError(tr("the kiosk's program holds the wrong modules: {names}", names=", ".join(found)))


def _start(bundle: Path, program: str) -> float:
    """Starts a frozen program with data of its own until its first window stands; gives the seconds that took."""
    suffix = ".exe" if sys.platform == "win32" else ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        began = time.monotonic()
        try:
            done = subprocess.run(
                [bundle / f"{program}{suffix}", "--smoke", "--data", data],
                env={**_environment(data), "QT_QPA_PLATFORM": "offscreen"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=START_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BuildError(f"{program}: {error}") from error
    if done.returncode or READY not in done.stdout.split():
        raise BuildError(f"{program}: {done.returncode} {done.stdout} {done.stderr}")
    return round(time.monotonic() - began, 1)


def _environment(data: str) -> Mapping[str, str]:
    """An environment in which nothing of this checkout or this account can help the program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**kept, "FRONTDESK_KEYS": str(Path(data) / "keys"), "XDG_CONFIG_HOME": str(Path(data) / "config")}


def size_bytes(folder: Path) -> int:
    """What the files of a folder take, links counted once."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
