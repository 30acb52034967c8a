"""Ticks, and nobody there."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from frontdesk.qtkit.clock import Idle, Ticker


def test_a_minute_is_told_when_the_clock_says_so(qtbot):
    now = [datetime(2026, 11, 23, 8, 0, 59, tzinfo=UTC)]
    ticker = Ticker(lambda: now[0])
    now[0] += timedelta(seconds=1)
    with qtbot.waitSignals([ticker.second, ticker.minute], timeout=3000):
        pass
    assert ticker.now() == now[0]


def test_idle_is_told_once_until_somebody_comes_back(qtbot, qapp):
    idle, heard = Idle(30), []
    idle.passed.connect(lambda: heard.append(1))
    idle.follow(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWindow() is not None)
    with qtbot.waitSignal(idle.passed):
        pass
    with qtbot.assertNotEmitted(idle.passed, wait=100):
        pass
    with qtbot.waitSignal(idle.passed):
        QTest.mouseMove(window.windowHandle(), QPoint(5, 5))
    assert len(heard) == 2


def test_idle_is_asked_again_without_forgetting_how_long_it_lasts(qtbot):
    idle = Idle(30)
    with qtbot.waitSignal(idle.passed):
        pass
    idle.ask_again()
    with qtbot.waitSignal(idle.passed):
        pass
    assert idle.untouched_ms() >= 60
    idle.touch()
    assert idle.untouched_ms() < 30
