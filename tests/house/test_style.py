"""How the sources are written: style, types, sizes, and what may not stand in a file at all."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import sources

MODULE_LINES = 450
FUNCTION_LINES = 60
BINARY = {".png", ".ico", ".wav", ".jpg", ".pdf", ".avi", ".mp4", ".db", ".ttf", ".otf"}

# Put together here, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        [
            *(
                rf"(?<![\w./]){place}"
                for place in ("/" + "work/", "/" + "root/", "/" + "home/\\w", "C:" + r"\\Users\\\w")
            ),
            *(
                host.replace(".", r"\.")
                for host in ("pypi" + ".org", "python" + "hosted.org", "tuna." + "tsinghua", "mirrors." + "ali")
            ),
        ]
    )
)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """A tool of the environment, over the whole checkout."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_style() -> None:
    done = run("ruff", "check", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout


def test_layout() -> None:
    done = run("ruff", "format", "--check", "--quiet", ".")
    assert done.returncode == 0, run("ruff", "format", "--check", ".").stdout


def test_types() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_are_small() -> None:
    sizes = {
        sources.name(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in sources.tracked()
        if file.suffix == ".py"
    }
    assert {module: size for module, size in sizes.items() if size > MODULE_LINES} == {}


def test_functions_are_small() -> None:
    too_long = {}
    for file in sources.modules(*sources.PACKAGES):
        for node in ast.walk(sources.tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                size = node.end_lineno - node.lineno + 1
                if size > FUNCTION_LINES:
                    too_long[f"{sources.name(file)}:{node.lineno} {node.name}"] = size
    assert too_long == {}


def test_nothing_is_swallowed() -> None:
    swallowed = []
    for file in sources.modules(*sources.PACKAGES):
        for node in ast.walk(sources.tree(file)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            everything = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
            )
            if node.type is None or (everything and all(isinstance(step, ast.Pass) for step in node.body)):
                swallowed.append(f"{sources.name(file)}:{node.lineno}")
    assert swallowed == []


def test_no_machine_and_no_registry_is_named() -> None:
    found = []
    for file in sources.tracked():
        if file.suffix in BINARY:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{sources.name(file)}:{number}: {line.strip()[:120]}")
    assert found == []


@pytest.mark.parametrize("line", ["cd /" + "work/x", "see https://py" + "pi.org/simple", "open('/" + "home/ann/f')"])
def test_what_is_foreign_is_recognised(line: str) -> None:
    assert FOREIGN.search(line)


def test_file_names_suit_every_system() -> None:
    forbidden = set('<>:"\\|?*')
    assert [sources.name(file) for file in sources.tracked() if forbidden & set(sources.name(file))] == []


def test_tests_wait_on_conditions() -> None:
    sleepers = [
        f"{sources.name(file)}:{call.lineno}"
        for file in sources.modules("tests")
        for name, call in sources.calls(file)
        if name in ("qWait", "qSleep") or ast.unparse(call.func) in ("time.sleep", "qtbot.wait")
    ]
    assert sleepers == []


def test_the_locks_are_plain_lists() -> None:
    line = re.compile(r"[a-z0-9][a-z0-9.-]*==[\w.+!]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in sorted(Path(sources.ROOT, "requirements").glob("*.lock")):
        odd = [text for text in lock.read_text(encoding="utf-8").splitlines() if not line.fullmatch(text)]
        assert odd == [], lock.name
