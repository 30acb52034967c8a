"""The yardstick by which limits in milliseconds are stretched on slower machines."""

from __future__ import annotations

import pytest

from frontdesk.tour import yardstick


@pytest.mark.parametrize(("slower", "stretched"), [(0.5, 1.0), (1.0, 1.0), (1.7, 1.7), (9.0, yardstick.MOST)])
def test_a_limit_is_stretched_in_proportion_never_shrunk_and_not_without_end(slower: float, stretched: float) -> None:
    assert yardstick.stretch(yardstick.REFERENCE_MS * slower) == pytest.approx(stretched)


def test_the_work_takes_a_moment() -> None:
    assert 0.05 < yardstick.work_ms() < 100
