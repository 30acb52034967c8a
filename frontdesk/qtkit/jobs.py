"""Work away from the UI thread: one lane for the database, one for the rest.

A job takes plain values and returns plain values. Its answer comes back on the UI thread, by a queued signal. After
`close()` nothing is delivered any more, and an answer to a widget that is gone is dropped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

REST_THREADS = 3

Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


@dataclass(eq=False)
class Job:
    """One piece of work, and who waits for it."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    then: Then | None
    failed: Failed | None
    key: Hashable | None
    result: Any = None
    error: Exception | None = None


class Lanes(QObject):
    """The two lanes. The database lane is one thread, so that a connection never changes hands."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = ThreadPoolExecutor(1, thread_name_prefix="db")
        self._rest = ThreadPoolExecutor(REST_THREADS, thread_name_prefix="rest")
        self._newest: dict[Hashable, Job] = {}
        self._open = True
        self._waiting = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def db(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        key: Hashable = None,
    ) -> None:
        """Runs `fn(*args)` on the database lane.

        Args:
            then: gets the result, on the UI thread.
            failed: gets the exception, on the UI thread; without it, and for bugs, the error goes to `sys.excepthook`.
            key: a newer job of the same key makes this one superfluous: it is skipped, or its answer dropped.
        """
        self._start(self._db, Job(fn, args, then, failed, key))

    def rest(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        key: Hashable = None,
    ) -> None:
        """The same on the lane for everything but the database: paper, pictures, network."""
        self._start(self._rest, Job(fn, args, then, failed, key))

    @property
    def idle(self) -> bool:
        """Every answer has been delivered."""
        return self._waiting == 0

    def close(self) -> None:
        """Waits for what runs, forgets what waits, delivers nothing more."""
        self._open = False
        for lane in (self._db, self._rest):
            lane.shutdown(wait=True, cancel_futures=True)

    def finish(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Runs a last `fn(*args)` on the database lane after all that waits there, and waits for it: for closing time.

        Raises whatever `fn` raises.
        """
        future: Future[Any] = self._db.submit(fn, *args)
        return future.result()

    def _start(self, lane: ThreadPoolExecutor, job: Job) -> None:
        if not self._open:
            return
        if job.key is not None:
            self._newest[job.key] = job
        self._waiting += 1
        lane.submit(self._run, job)

    def _stale(self, job: Job) -> bool:
        return job.key is not None and self._newest.get(job.key) is not job

    def _run(self, job: Job) -> None:
        """On the lane's thread."""
        if not self._stale(job):
            try:
                job.result = job.fn(*job.args)
            except Exception as error:  # handed over to the UI thread, where it is shown or reported
                job.error = error
        if self._open:
            self._done.emit(job)

    @Slot(object)
    def _deliver(self, job: Job) -> None:
        """On the UI thread."""
        self._waiting -= 1
        stale = self._stale(job)
        if job.key is not None and not stale:
            del self._newest[job.key]
        if stale or not self._open:
            return
        if job.error is not None:
            if job.failed is not None and _alive(job.failed):
                job.failed(job.error)
            else:
                sys.excepthook(type(job.error), job.error, job.error.__traceback__)
        elif job.then is not None and _alive(job.then):
            job.then(job.result)


def _alive(slot: Callable[..., None]) -> bool:
    """Whether the object that a bound method belongs to still exists on Qt's side."""
    owner = getattr(slot, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
