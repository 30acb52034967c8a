"""The probe notices when the window is held, and by what."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from frontdesk.qtkit.probe import UiProbe

LIMIT_MS = 100


def _hold_the_window() -> None:
    until = time.perf_counter() + 0.4
    while time.perf_counter() < until:
        sum(range(1000))


def test_a_hold_is_noted_with_its_place(qtbot: QtBot) -> None:
    probe = UiProbe(LIMIT_MS)
    probe.start()
    try:
        QTimer.singleShot(0, _hold_the_window)
        qtbot.waitUntil(lambda: bool(probe.holds))
    finally:
        probe.stop()
    assert probe.longest_ms > LIMIT_MS
    assert "_hold_the_window" in probe.holds[0].where


def test_what_the_watcher_did_itself_is_left_out(qtbot: QtBot) -> None:
    probe = UiProbe(LIMIT_MS)
    probe.start()
    try:
        _hold_the_window()
        probe.leave_out()
        beats: list[bool] = []
        QTimer.singleShot(3 * LIMIT_MS, lambda: beats.append(True))
        qtbot.waitUntil(lambda: bool(beats))
    finally:
        probe.stop()
    assert [hold for hold in probe.holds if "_hold_the_window" in hold.where] == []
