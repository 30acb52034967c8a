"""The tour's hand and eye on a program that runs in a process of its own: click, type, read, expect, picture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType


class NotSeen(AssertionError):
    """What the tour looks for is not on the screen; the message lists what is."""


class Screen:
    """One program, seen from outside. Every method raises NotSeen where the screen does not bear it out."""

    def __init__(self, program: str, arguments: Sequence[str], pictures: Path, pause_s: float = 0.0) -> None:
        self.program = program
        self._pictures = pictures
        self._pause_s = pause_s
        self._shots: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "frontdesk.tour.stage", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    def _ask(self, **order: object) -> dict[str, object]:
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        if pipe_in is None or pipe_out is None:
            raise NotSeen(f"{self.program} has no pipes")
        pipe_in.write(json.dumps(order) + "\n")
        pipe_in.flush()
        line = pipe_out.readline()
        if not line:
            raise NotSeen(f"{self.program} ended with {self._process.wait()} at {order}")
        answer: dict[str, object] = json.loads(line)
        if not answer.get("ok"):
            raise NotSeen(f"{self.program}: {answer.get('why')}; on the screen: {answer.get('seen')}")
        return answer

    def _act(self, **order: object) -> None:
        self._ask(**order)
        if self._pause_s:
            time.sleep(self._pause_s)

    def click(self, name: str) -> None:
        """Clicks on what is called so."""
        self._act(do="click", name=name)

    def key(self, combination: str) -> None:
        """Presses a key or combination, such as `F2` or `Ctrl+Return`."""
        self._act(do="key", key=combination)

    def type(self, text: str) -> None:
        """Types into whatever has the focus."""
        self._act(do="type", text=text)

    def fill(self, name: str, text: str) -> None:
        """Clicks into the field of that name and types over what it holds."""
        self._act(do="fill", name=name, text=text)

    def expect(self, text: str, timeout_s: float = 15.0) -> float:
        """Waits until the text can be read; returns the milliseconds that took."""
        return float(str(self._ask(do="expect", text=text, timeout_s=timeout_s)["ms"]))

    def find(self, pattern: re.Pattern[str], timeout_s: float = 15.0) -> str:
        """Waits until something of that shape can be read, and reads it."""
        self._ask(do="expect", pattern=pattern.pattern, timeout_s=timeout_s)
        return next(found.group(0) for text in self.read() if (found := pattern.search(text)))

    def expect_gone(self, text: str, timeout_s: float = 15.0) -> None:
        """Waits until the text can no longer be read."""
        self._ask(do="expect", text=text, timeout_s=timeout_s, gone=True)

    def read(self) -> list[str]:
        """Everything that can be read now."""
        seen = self._ask(do="read")["seen"]
        return [str(text) for text in seen] if isinstance(seen, list) else []

    def shot(self, name: str) -> str:
        """Takes a picture of the front window; returns its file name."""
        file = f"{name}.png"
        self._ask(do="shot", path=str(self._pictures / file))
        self._shots.append(file)
        return file

    def photograph(self, name: str, path: Path) -> None:
        """Takes a picture of the one thing of that name, as a visitor's phone would."""
        self._ask(do="shot", name=name, path=str(path))

    def taken(self) -> list[str]:
        """The pictures since the last call."""
        shots, self._shots = self._shots, []
        return shots

    def resize(self, width: int, height: int) -> None:
        """Makes the front window that large, in px."""
        self._ask(do="size", width=width, height=height)

    def probe(self) -> dict[str, object]:
        """How long the UI thread was held: `longest_ms`, and `holds` beyond the limit."""
        return self._ask(do="probe")

    def kill(self) -> None:
        """Ends the program as a power cut would."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Closes the program as a person would; kills it when it does not go."""
        if self._process.poll() is None:
            try:
                self._ask(do="quit")
                self._process.wait(timeout=20)
            except (NotSeen, OSError, subprocess.TimeoutExpired):
                self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
