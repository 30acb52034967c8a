"""The sources, as the tests of the house rules read them."""

from __future__ import annotations

import ast
import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from frontdesk import paths

ROOT = paths.root()
PACKAGES = ("frontdesk", "kiosk")


@functools.cache
def tracked() -> tuple[Path, ...]:
    """All files that are, or would be, in a commit; where there is no git, everything that is not hidden."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        shown = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
        return tuple(file for name in sorted(set(shown.split("\0"))) if name and (file := ROOT / name).is_file())
    files = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(path for path in files if not any(part[0] == "." for part in path.relative_to(ROOT).parts)))


def modules(*folders: str) -> list[Path]:
    """The Python files below the folders."""
    return [
        file for file in tracked() if file.suffix == ".py" and name(file).startswith(tuple(f"{f}/" for f in folders))
    ]


def name(file: Path) -> str:
    """A file as it is called in a message."""
    return file.relative_to(ROOT).as_posix()


@functools.cache
def tree(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=name(file))


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module, with the name that is called, without what it is called on."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
