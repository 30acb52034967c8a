"""How long the console takes to a window that can be used, beside an empty window, in turn and in the same run.

start_time.py [ROUNDS]         ROUNDS of each, 9 by default; the last line is the ratio of the medians
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from frontdesk.domain.access import Role
from frontdesk.services import site_setup
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import NewAccount

READY = "ready"

# What any program with a window has to pay: the interpreter, Qt, one widget on the screen.
EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.end)

    def end(self):
        print("ready", flush=True)
        QApplication.quit()

app = QApplication(sys.argv)
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""


def main(rounds: int = 9) -> int:
    """Makes a practice site and starts both in turn; prints medians and, last, their ratio."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-start-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        prepare(folder)
        console = [sys.executable, "-m", "frontdesk", "--smoke", "--site", "practice"]
        empty = [sys.executable, "-c", EMPTY]
        seconds = {"console": list[float](), "empty": list[float]()}
        for round_number in range(rounds + 1):
            for program, command in (("empty", empty), ("console", console)):
                took = until_ready(command)
                if round_number:  # the first one fills the system's caches
                    seconds[program].append(took)
    middle = {program: statistics.median(all_of_it) for program, all_of_it in seconds.items()}
    for program, all_of_it in seconds.items():
        spread = f"{min(all_of_it) * 1000:.0f} - {max(all_of_it) * 1000:.0f}"
        print(f"{program}: {middle[program] * 1000:.0f} ms to a painted window (median of {rounds}, {spread})")
    print(f"{middle['console'] / middle['empty']:.2f} times an empty window")
    return 0


def prepare(folder: Path) -> None:
    """A practice site for this run alone, and no display of anybody's where none is asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["FRONTDESK_DATA"] = str(folder / "machine")
    os.environ["FRONTDESK_KEYS"] = str(folder / "keys")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    admin = NewAccount("anna", "安然", "a practice password", Role.ADMINISTRATOR)
    site, _code = site_setup.create_site(folder / "machine", SiteKind.PRACTICE, "云杉苑", admin)
    site.close()


def until_ready(command: list[str]) -> float:
    """Seconds from starting a program to its word that the window has been painted."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - began
        process.stdout.read()
    if line.strip() != READY or process.returncode:
        raise SystemExit(f"{command[:4]} said {line!r} and ended with {process.returncode}")
    return took


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
