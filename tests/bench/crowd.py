"""Two consoles, two kiosks and a writer without a pause on one encrypted site: what is lost, double, or locked out.

crowd.py [CALLS] [VISITS]      calls at each console, visitors at each kiosk; 200 of each by default
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.processes.crowd import Crowd, Outcome


def main(calls: int = 200, visits: int = 200) -> int:
    """Runs the crowd once; returns 1 where anything is wrong."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-crowd-", ignore_cleanup_errors=True) as name:
        crowd = Crowd(Path(name))
        began = time.perf_counter()
        try:
            outcome = crowd.run(calls, visits)
        finally:
            crowd.close()
        tell(outcome, time.perf_counter() - began)
    return 1 if outcome.problems else 0


def tell(outcome: Outcome, seconds: float) -> None:
    """Prints what happened; the last line is the figure."""
    for problem in outcome.problems:
        print(f"PROBLEM {problem}")
    print(f"2 consoles logged {outcome.calls} calls, numbers without gaps; 2 kiosks saw {outcome.visits} visitors come")
    print(f"and {outcome.left} leave: {outcome.messages} messages taken in once each; {outcome.flagged} flagged")
    print(f"the fifth process committed {outcome.written} transactions; all of it took {seconds:.1f} s")
    if outcome.waits:
        middle, tail = (outcome.waits[int((len(outcome.waits) - 1) * share)] for share in (0.5, 0.99))
        print(f"one call took {middle * 1000:.0f} ms (median), {tail * 1000:.0f} ms (99 of 100)")
    right = "0 lost, 0 double, 0 locked out" if not outcome.problems else f"{len(outcome.problems)} PROBLEMS"
    print(f"{outcome.writes_per_second:.0f} writes/s beside two consoles and two kiosks; {right}")


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in sys.argv[1:3])))
