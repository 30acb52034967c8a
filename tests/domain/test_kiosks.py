"""Kiosks' letters, and what a sign of life tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.domain.kiosks import SILENT_AFTER, KioskHealth, LettersUsedUp, health, letter_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_letters_are_told_apart_from_digits_and_never_repeat() -> None:
    letters = [letter_of(number) for number in range(1, 601)]
    assert letters[:9] == ["A", "B", "C", "D", "E", "F", "G", "H", "J"]
    assert letters[23:26] == ["Z", "AA", "AB"]
    assert len(set(letters)) == 600
    assert not set("".join(letters)) & set("IO")
    with pytest.raises(LettersUsedUp):
        letter_of(601)


@pytest.mark.parametrize(
    ("beat", "ago", "told"),
    [
        (None, None, KioskHealth.SILENT),
        ({"camera": "up", "paper": "ok"}, timedelta(), KioskHealth.WORKING),
        ({"camera": "up", "paper": "none"}, SILENT_AFTER, KioskHealth.WORKING),
        ({"camera": "up", "paper": "ok"}, SILENT_AFTER * 1.1, KioskHealth.SILENT),
        ({"camera": "down", "paper": "out"}, timedelta(), KioskHealth.CAMERA),
        ({"camera": "up", "paper": "out"}, timedelta(), KioskHealth.PAPER),
    ],
)
def test_health(beat: dict[str, object] | None, ago: timedelta | None, told: KioskHealth) -> None:
    assert health(beat, None if ago is None else NOW - ago, NOW) is told
