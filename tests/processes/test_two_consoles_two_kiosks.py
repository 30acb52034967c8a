"""Two consoles and two kiosks on one site while a fifth process writes as fast as it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.processes.crowd import Crowd

CALLS = 15  # at each console
VISITS = 15  # at each kiosk


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_lost_and_nothing_double(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    dsn = str(request.getfixturevalue("postgres_dsn")) if kind == "postgresql" else ""
    crowd = Crowd(tmp_path, dsn=dsn)
    try:
        outcome = crowd.run(CALLS, VISITS)
    finally:
        crowd.close()
    assert outcome.problems == []
    assert outcome.calls == 2 * CALLS - 1
    assert outcome.visits >= 2 * VISITS - 1
    assert outcome.left > 0
    assert outcome.written > 0
