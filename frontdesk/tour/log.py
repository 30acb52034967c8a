"""What the tour did and saw: `tour.json`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Step:
    """One step: what was done, what was seen, how long it took, which files it left."""

    name: str
    done: str
    seen: list[str] = field(default_factory=list)
    ms: float = 0.0
    files: list[str] = field(default_factory=list)


class Log:
    """The steps in their order; written anew after each, so that a broken tour shows how far it came."""

    def __init__(self, folder: Path, language: str) -> None:
        self._path, self._language = folder / "tour.json", language
        self.steps: list[Step] = []
        self.holds: dict[str, object] = {}

    @contextmanager
    def step(self, name: str, done: str) -> Iterator[Step]:
        """Runs one step and writes it down."""
        step = Step(name, done)
        began = time.perf_counter()
        self.steps.append(step)
        print(f"{len(self.steps):3} {done}", flush=True)
        try:
            yield step
        finally:
            step.ms = round((time.perf_counter() - began) * 1000, 1)
            self.write()

    def write(self) -> None:
        """Writes everything so far."""
        told = {
            "language": self._language,
            "steps": [asdict(step) for step in self.steps],
            "ui_held": self.holds,
        }
        self._path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
