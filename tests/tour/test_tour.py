"""The tour as a test: a day in both programs by mouse and keys, on real windows, nothing held, everything on paper."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk import display

MOST_S = 300
STEPS = (
    "sign-in",
    "call",
    "print",
    "refused",
    "hand-on",
    "result",
    "reply",
    "complete",
    "pair",
    "pass",
    "call-desk",
    "leave",
    "register-calls",
)


@pytest.mark.skipif(
    sys.platform == "linux" and not all(map(shutil.which, display.TOOLS)), reason="needs Xvfb and openbox"
)
def test_a_day_at_the_desk_and_in_the_lobby(tmp_path: Path) -> None:
    out = tmp_path / "tour"
    environment = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk", "--lang", "zh_CN", "tour", "--out", str(out)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=MOST_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    names = [step["name"] for step in told["steps"]]
    assert [name for name in STEPS if name not in names] == []
    assert {program: held["holds"] for program, held in told["ui_held"].items()} == {"console": [], "kiosk": []}
    named = [file for step in told["steps"] for file in step["files"]]
    files = set(named)
    assert len(files) == len(named), "one picture in the place of another"
    assert all((out / file).stat().st_size > 0 for file in files)
    assert {"work-order.pdf", "recovery.pdf"} <= files
