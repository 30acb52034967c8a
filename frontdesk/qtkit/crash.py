"""Bugs are written down and shown, never swallowed; what is written down names no person.

An exception's message may quote what somebody typed, so a report holds the kind of the error and where it happened, and
no message, no values.
"""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from frontdesk import __version__

KEPT = 50  # reports; older ones go


class Reporter(QObject):
    """Catches what nobody caught, on every thread.

    `happened` carries the report's path (empty when it could not be written). It is emitted on the thread that failed:
    connect a bound method of an object of the UI thread, and Qt queues it.
    """

    happened = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder

    def install(self) -> None:
        """From now on uncaught errors of this process come here."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Gives the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if sys.stderr is not None:  # there is none under pythonw
            sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            path = write_report(self._folder, error)
            self.happened.emit(str(path) if path else "")


def describe(error: BaseException) -> str:
    """The report's text: versions, the thread, the kinds of error, and the places in the code."""
    lines = [
        f"frontdesk {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"thread {threading.current_thread().name}",
    ]
    chain: BaseException | None = error
    while chain is not None:
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}{_number(chain)}")
        for place in traceback.extract_tb(chain.__traceback__):
            lines.append(f"  {Path(place.filename).name}:{place.lineno} {place.name}: {place.line}")
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    return "\n".join(lines) + "\n"


def _number(error: BaseException) -> str:
    """What of an error's content is safe to keep: our own code, the system's number."""
    code = getattr(error, "code", None) or getattr(error, "errno", None)
    return f" [{code}]" if isinstance(code, str | int) else ""


def write_report(folder: Path, error: BaseException) -> Path | None:
    """Writes a report into the folder and drops the oldest; None where the folder cannot be written."""
    now = datetime.now(UTC)
    path = folder / f"bug-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{now.isoformat(timespec='seconds')}\n{describe(error)}", encoding="utf-8")
        for old in sorted(folder.glob("bug-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path
