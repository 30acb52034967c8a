"""The first window waits for nothing that it does not show."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = (
    "cv2",
    "holidays",
    "keyring",
    "numpy",
    "openpyxl",
    "qrcode",
    "qtawesome",
    "reportlab",
    "zxingcpp",
    "PySide6.QtMultimedia",
)
SCRIPT = """
import json, sys
from frontdesk import cli
code = cli.main(["--smoke", "--site", "practice"])
print(json.dumps([code, sorted(sys.modules)]))
"""


def test_nothing_heavy_is_loaded_before_the_first_window(practice):
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, encoding="utf-8", check=True)
    ready, answer = done.stdout.splitlines()
    code, loaded = json.loads(answer)
    assert (ready, code) == ("ready", 0)
    pages = [name for name in loaded if name.startswith("frontdesk.ui.") and name.endswith(".page")]
    assert [name for name in HEAVY if name in loaded] + pages == []
