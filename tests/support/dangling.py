"""Finds what a test left running: threads that hold up the end of the program, Qt threads, timers that nobody owns."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import Any, ClassVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer

GRACE_S = 2.0  # for a thread that is on its way out


class Watch:
    """Remembers what is started from its beginning on."""

    _started: ClassVar[weakref.WeakSet[QObject]] = weakref.WeakSet()

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        Watch._started.clear()

    @classmethod
    def install(cls) -> None:
        """Has every start of a Qt timer or thread noticed; Qt itself keeps no list of them."""
        for kind, name in ((QTimer, "start"), (QThread, "start")):
            setattr(kind, name, _noticed(getattr(kind, name), cls._started))

    def left_over(self) -> list[str]:
        """What still runs now and was not running at the beginning; objects on their way out are let go first."""
        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = [f"thread {thread.name}" for thread in self._lasting_threads()]
        for item in list(Watch._started):
            if not shiboken6.isValid(item):
                continue
            if isinstance(item, QThread) and item.isRunning():
                found.append(f"Qt thread {item.objectName() or type(item).__name__}")
            elif isinstance(item, QTimer) and item.isActive() and item.parent() is None:
                found.append(f"timer without owner, every {item.interval()} ms")
        return found

    def _lasting_threads(self) -> list[threading.Thread]:
        fresh = [thread for thread in threading.enumerate() if thread not in self._threads and not thread.daemon]
        for thread in fresh:
            thread.join(GRACE_S)
        return [thread for thread in fresh if thread.is_alive()]


def _noticed(method: Callable[..., Any], started: weakref.WeakSet[QObject]) -> Callable[..., Any]:
    def start(self: QObject, *args: Any) -> Any:
        started.add(self)
        return method(self, *args)

    return start
