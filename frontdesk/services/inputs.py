"""Typed text as it may be stored: trimmed, without control characters, not endless."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from frontdesk.services.errors import BadInput, Problem

LONGEST_LINE = 200
LONGEST_TEXT = 4000
CLOCK_SLACK = timedelta(minutes=5)  # desks' clocks differ by this much without anybody being wrong

_KEPT = frozenset("\n\t")
_BARRED = frozenset({"Cc", "Cs"})  # control characters, which PostgreSQL refuses in part, and halves of characters


def storable(typed: str) -> str:
    """The text trimmed, without what a database refuses."""
    return "".join(one for one in typed if one in _KEPT or unicodedata.category(one) not in _BARRED).strip()


def text(field: str, typed: str, *, longest: int = LONGEST_TEXT, needed: bool = False) -> str:
    """The text to store.

    Raises:
        BadInput: it is empty where it is needed, or too long.
    """
    kept = storable(typed)
    if needed and not kept:
        raise BadInput(field, Problem.EMPTY)
    if len(kept) > longest:
        raise BadInput(field, Problem.TOO_LONG)
    return kept


def line(field: str, typed: str, *, needed: bool = False) -> str:
    """The text to store where one line is asked for; raises BadInput."""
    return text(field, " ".join(typed.split()), longest=LONGEST_LINE, needed=needed)


def happened(field: str, at: datetime, now: datetime) -> datetime:
    """An instant at which something is said to have happened.

    Raises:
        BadInput: it lies in the future.
    """
    if at > now + CLOCK_SLACK:
        raise BadInput(field, Problem.IN_FUTURE)
    return at
