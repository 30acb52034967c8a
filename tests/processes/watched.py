"""Runs a module and writes down what it touched: `LOG MODULE ARGUMENTS…`.

The log has a line for every file that Python opened, listed or renamed and every module that it imported; at the end,
where the system tells, the files that are open and the libraries that are loaded, whoever opened them.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import TextIO

_WATCHED = ("open", "os.", "import", "sqlite3.", "shutil.", "ctypes.dlopen")


def main(log: str, module: str, *arguments: str) -> None:
    """Runs the module as a program of its own."""
    with open(log, "w", encoding="utf-8", errors="backslashreplace") as file:
        _watch(file)
        sys.argv = [module, *arguments]
        try:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        finally:
            file.writelines(f"held {line}\n" for line in _held())


def _watch(file: TextIO) -> None:
    def note(event: str, values: tuple[object, ...]) -> None:
        if event.startswith(_WATCHED) and not file.closed:
            file.write(f"{event} {' '.join(_shown(value) for value in values[:2])}\n")

    sys.addaudithook(note)


def _shown(value: object) -> str:
    return os.fsdecode(value) if isinstance(value, bytes | os.PathLike) else str(value)


def _held() -> list[str]:
    """Files that this process holds open and libraries that it has loaded; nothing where the system does not tell."""
    descriptors, loaded = Path("/proc/self/fd"), Path("/proc/self/maps")
    if not descriptors.is_dir():
        return []
    held = [os.readlink(link) for link in descriptors.iterdir() if link.is_symlink()]
    return held + loaded.read_text(encoding="utf-8", errors="backslashreplace").splitlines()


if __name__ == "__main__":
    main(*sys.argv[1:])
