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
TOOLS = "uv==0.13.9\n"


def export(name: str, groups: list[str]) -> None:
    """Writes one lock, for every platform and Python that the project names."""
    command = ["uv", "export", "--quiet", "--locked", "--no-emit-project", "--no-header", "--no-annotate", *groups]
    text = subprocess.run(command, cwd=HERE.parent, check=True, capture_output=True, text=True).stdout
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


def pin_tools() -> None:
    """Writes the lock of the installer itself."""
    command = [
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "-",
    ]
    text = subprocess.run(command, input=TOOLS, check=True, capture_output=True, text=True).stdout
    (HERE / "tools.lock").write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Resolves, then writes the three locks."""
    subprocess.run(["uv", "lock", "--quiet", *arguments], cwd=HERE.parent, check=True)
    for name, groups in LOCKS.items():
        export(name, groups)
    pin_tools()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
