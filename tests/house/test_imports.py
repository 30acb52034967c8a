"""Who may import whom: the contracts of pyproject.toml hold, and each of them bites."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk import paths

ROOT = paths.root()

# contract, and what breaks it: modules, each with the line that is added to it
VIOLATIONS = [
    ("floors", {"frontdesk/domain/planted.py": "import frontdesk.storage"}),
    ("floors", {"frontdesk/services/planted.py": "import frontdesk.ui"}),
    ("floors", {"frontdesk/qtkit/planted.py": "import frontdesk.services; import frontdesk.ui"}),
    ("floors", {"frontdesk/forms/planted.py": "import frontdesk.storage"}),
    ("floors", {"frontdesk/ui/planted.py": "import frontdesk.cli"}),
    ("floors", {"frontdesk/planted.py": "# a room without a floor"}),
    ("kiosk-floors", {"kiosk/flow.py": "import kiosk.ui"}),
    ("kiosk-floors", {"kiosk/planted.py": "# a room without a floor"}),
    ("no-qt", {"frontdesk/services/planted.py": "from PySide6.QtCore import QObject"}),
    ("no-qt", {"frontdesk/domain/planted.py": "from PySide6 import QtCore"}),
    ("no-qt", {"kiosk/desk.py": "import frontdesk.qtkit.jobs"}),
    ("screens", {"frontdesk/ui/planted.py": "import peewee"}),
    ("screens", {"frontdesk/ui/planted.py": "from frontdesk.storage import models"}),
    ("screens", {"frontdesk/qtkit/planted.py": "import cv2"}),
    ("screens", {"kiosk/ui/planted.py": "from reportlab.pdfgen import canvas"}),
    ("kiosk-door", {"kiosk/ui/planted.py": "import frontdesk.ui"}),
    ("kiosk-door", {"kiosk/planted.py": "import frontdesk.services"}),
    ("kiosk-door", {"kiosk/desk.py": "from frontdesk.storage import database"}),
    ("kiosk-door", {"frontdesk/lobby/planted.py": "import peewee", "kiosk/desk.py": "import frontdesk.lobby.planted"}),
    ("console-door", {"frontdesk/ui/planted.py": "import kiosk.flow"}),
    ("tour", {"frontdesk/tour/planted.py": "import frontdesk.services.reception"}),
    ("tour", {"frontdesk/tour/planted.py": "from frontdesk.storage import database"}),
    ("rules", {"frontdesk/domain/planted.py": "import platformdirs"}),
]


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """import-linter on a tree, in a process of its own, because it imports what it looks at."""
    program = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *options],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sources, to break."""
    for package in ("frontdesk", "kiosk"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "lines"), VIOLATIONS)
def test_a_contract_bites(tree: Path, contract: str, lines: dict[str, str]) -> None:
    for module, line in lines.items():
        with (tree / module).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    done = lint(tree, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 broken" in done.stdout
    assert all(module.removesuffix(".py").rpartition("/")[2] in done.stdout for module in lines)


@pytest.mark.parametrize("module", sorted((ROOT / "frontdesk" / "domain").glob("*.py")), ids=lambda path: path.stem)
def test_rules_use_the_standard_library_alone(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    used = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    used |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    foreign = {name for name in used if name.partition(".")[0] not in sys.stdlib_module_names}
    assert {name for name in foreign if not name.startswith("frontdesk.domain")} == set()
