"""Kiosks: their letters, and what their last sign of life tells the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(minutes=1)

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O are read as digits on a badge
_PAPER_TROUBLE = frozenset({"out", "jammed", "failed"})


class KioskState(StrEnum):
    """Whether a kiosk's messages count."""

    PAIRED = "paired"
    UNPAIRED = "unpaired"


class CameraState(StrEnum):
    """How a kiosk's camera is, as its heartbeat says."""

    UP = "up"
    DOWN = "down"


class KioskHealth(StrEnum):
    """How a kiosk is, in the order in which the desk should care."""

    ASKS = "asks"
    SILENT = "silent"
    CAMERA = "camera"
    PAPER = "paper"
    WORKING = "working"
    UNPAIRED = "unpaired"


class LettersUsedUp(Exception):
    """Every letter has been given to a kiosk."""

    code = "letters_used_up"


def letter_of(number: int) -> str:
    """The letter, or pair of letters, that begins the badges of the n-th kiosk of a site, counted from 1.

    Raises:
        LettersUsedUp: there are no more than 600.
    """
    ones = len(_LETTERS)
    if number <= ones:
        return _LETTERS[number - 1]
    first, second = divmod(number - 1 - ones, ones)
    if first >= ones:
        raise LettersUsedUp()
    return _LETTERS[first] + _LETTERS[second]


def health(beat: Mapping[str, object] | None, beat_at: datetime | None, now: datetime) -> KioskHealth:
    """How a paired kiosk is.

    Args:
        beat: its last heartbeat: `camera` is a `CameraState`, `paper` tells of the printer.
        beat_at: when that was, None where it has never been heard of.
    """
    if beat is None or beat_at is None or now - beat_at > SILENT_AFTER:
        return KioskHealth.SILENT
    if beat.get("camera") != CameraState.UP:
        return KioskHealth.CAMERA
    return KioskHealth.PAPER if beat.get("paper") in _PAPER_TROUBLE else KioskHealth.WORKING
