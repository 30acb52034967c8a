"""Garbage is collected on the UI thread alone, and still collected."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from frontdesk.qtkit.garbage import Collector


class _Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    owner = QObject()
    made = Collector(owner)
    yield made
    made.stop()
    gc.unfreeze()
    owner.deleteLater()


def test_python_leaves_it_to_us_and_takes_it_back(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_what_only_holds_itself_goes_within_a_few_looks(collector: Collector, qtbot: QtBot) -> None:
    collector.settle()
    gone = weakref.ref(_Ring())
    kept = [[number] for number in range(2_000)]  # enough that the collector finds it worth its while
    qtbot.waitUntil(lambda: gone() is None)
    assert len(kept) == 2_000
