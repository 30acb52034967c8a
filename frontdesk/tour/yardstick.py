"""How fast this computer is: the same small piece of work, held against the time it takes on a reference machine.

A limit in milliseconds means something only on one machine. What takes 60 ms at a desk may take 120 ms on a shared
test machine with half the speed, and nothing would be wrong with the program. So a limit is stretched by the ratio of
the two, never shrunk, and never by more than `MOST`: a program that is really slow must not hide behind it.
"""

from __future__ import annotations

import time

REFERENCE_MS = 0.9
MOST = 3.0
_TIMES = 9


def work_ms() -> float:
    """How long the work takes here, in ms: the best of several, since every disturbance only makes it longer."""
    best = float("inf")
    for _ in range(_TIMES):
        began = time.perf_counter()
        _work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def stretch(measured_ms: float) -> float:
    """By how much a limit is stretched on a machine that needs so long: 1 to `MOST`."""
    return min(max(measured_ms / REFERENCE_MS, 1.0), MOST)


def _work() -> int:
    """What screens do most: small objects, names looked up, texts put together and taken apart."""
    lines: dict[str, tuple[int, str]] = {}
    for number in range(4_000):
        name = f"line {number % 500}"
        lines[name] = number, name.upper()
    return sum(len(text.split()) + number for number, text in lines.values())
