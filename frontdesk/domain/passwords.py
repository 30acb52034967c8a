"""Passwords: which are good enough, and how long a desk waits after wrong ones."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from frontdesk.domain.people import fold_name

SHORTEST = 8
FREE_FAILURES = 3
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "password", "passw0rd")
_WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 300))


class Weakness(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too_short"
    SAME_AS_NAME = "same_as_name"
    ONE_CHARACTER = "one_character"
    A_RUN = "a_run"
    SAME_AS_BEFORE = "same_as_before"


def weakness(password: str, *names: str) -> Weakness | None:
    """What is wrong with a new password for somebody with these names; None where it will do.

    Length is what counts; rules about kinds of characters only make people write passwords down.
    """
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(set(password)) == 1:
        return Weakness.ONE_CHARACTER
    if _is_a_run(password):
        return Weakness.A_RUN
    if fold_name(password) in {fold_name(name) for name in names}:
        return Weakness.SAME_AS_NAME
    return None


def wait_after(failures: int) -> timedelta:
    """How long nobody may try again after so many wrong passwords in a row; the first few are free."""
    if failures < FREE_FAILURES:
        return timedelta()
    return _WAITS[min(failures - FREE_FAILURES, len(_WAITS) - 1)]


def _is_a_run(password: str) -> bool:
    """Whether it is one short piece over and over, a stretch of the alphabet or the figures, or of the keyboard."""
    folded = password.casefold()
    repeated = any(folded == (folded[:n] * len(folded))[: len(folded)] for n in (1, 2, 3))
    steps = {ord(second) - ord(first) for first, second in pairwise(folded)}
    in_row = any(folded in row or folded in row[::-1] for row in _ROWS)
    return repeated or steps in ({1}, {-1}) or in_row
