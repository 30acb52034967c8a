"""The two lanes: order, threads, errors, closing."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread

from frontdesk.qtkit.jobs import Lanes


@pytest.fixture
def lanes(qtbot):
    out = Lanes()
    yield out
    out.close()


def test_answers_come_on_the_ui_thread_in_order(qtbot, lanes):
    seen, ui = [], QThread.currentThread()
    for i in range(20):
        lanes.db(
            lambda i=i: (i, threading.current_thread().name), then=lambda a: seen.append((a, QThread.currentThread()))
        )
    qtbot.waitUntil(lambda: lanes.idle)
    assert [a[0] for a, _ in seen] == list(range(20))
    assert len({a[1] for a, _ in seen}) == 1
    assert all(thread is ui for _, thread in seen)


def test_an_error_goes_to_whoever_asked(qtbot, lanes):
    seen = []
    lanes.rest(int, "x", then=seen.append, failed=seen.append)
    qtbot.waitUntil(lambda: lanes.idle)
    assert [type(e) for e in seen] == [ValueError]


def test_an_error_that_nobody_asked_for_is_reported(qtbot, lanes):
    with qtbot.captureExceptions() as caught:
        lanes.db(int, "x")
        qtbot.waitUntil(lambda: lanes.idle)
    assert [kind for kind, _, _ in caught] == [ValueError]


def test_only_the_newest_of_a_key_is_answered(qtbot, lanes):
    gate, ran, seen = threading.Event(), [], []
    lanes.db(gate.wait, 5)
    for i in range(5):
        lanes.db(lambda i=i: ran.append(i) or i, then=seen.append, key="search")
    gate.set()
    qtbot.waitUntil(lambda: lanes.idle)
    assert seen == [4]
    assert ran == [4]


def test_an_answer_to_an_object_that_is_gone_is_dropped(qtbot, lanes):
    class Page(QObject):
        heard = 0

        def hear(self, _answer):
            Page.heard += 1

    page, gate = Page(), threading.Event()
    lanes.db(gate.wait, 5, then=page.hear)
    import shiboken6

    shiboken6.delete(page)
    gate.set()
    qtbot.waitUntil(lambda: lanes.idle)
    assert Page.heard == 0


def test_nothing_is_delivered_after_close_and_close_waits(qtbot):
    lanes, done, seen = Lanes(), [], []
    gate = threading.Event()
    lanes.db(lambda: (gate.wait(5), done.append(1)), then=seen.append)
    threading.Timer(0.05, gate.set).start()
    lanes.close()
    assert done == [1]
    lanes.db(done.append, 2)
    qtbot.waitUntil(lambda: not seen)
    assert done == [1]


def test_the_last_act_runs_on_the_database_thread(qtbot, lanes):
    names = []
    lanes.db(lambda: names.append(threading.current_thread().name))
    assert lanes.finish(lambda: threading.current_thread().name) == names[0]
