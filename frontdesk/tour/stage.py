"""One program on the stage: it runs as always, and a thread on its standard input says what mouse and keys do.

A line is one JSON object, `{"do": …}`; each is answered by one line. Nothing here reaches into the program: it points
at things by the names that can be read on the screen, and presses keys.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk import command
from frontdesk.qtkit.probe import UiProbe
from frontdesk.tour import eyes, yardstick

HELD_LIMIT_MS = 100  # on the reference machine
_LOOK_EVERY_MS = 15
_SETTLE_MS = 350
_PATIENCE_S = 15.0
_LOOK_AGAIN_MS = 60

Answer = dict[str, object]


class Stage(QObject):
    """Carries out what the lines say, on the UI thread, one after the other."""

    _said = Signal(str)

    def __init__(self, app: QApplication, lines: TextIO, answers: TextIO, work_ms: float) -> None:
        """`work_ms` is what the yardstick's piece of work takes on this machine."""
        super().__init__()
        self._app = app
        self._lines = lines
        self._answers = answers
        self._work_ms = work_ms
        self.probe = UiProbe(HELD_LIMIT_MS * yardstick.stretch(work_ms), self)
        self._said.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        self._acts: dict[str, Callable[[Answer], Answer | None]] = {
            "click": self._click,
            "type": self._type,
            "fill": self._fill,
            "key": self._key,
            "read": self._read,
            "expect": self._expect,
            "shot": self._shot,
            "probe": self._probe,
            "size": self._size,
            "quit": self._quit,
        }
        threading.Thread(target=self._listen, name="stage", daemon=True).start()

    def begin(self) -> None:
        """Starts the probe; the program's first window is up."""
        self.probe.start()

    def _listen(self) -> None:
        for line in self._lines:
            self._said.emit(line)

    def _obey(self, line: str) -> None:
        self._try(json.loads(line), time.perf_counter() + _PATIENCE_S)

    def _try(self, order: Answer, until: float) -> None:
        """Does it; what is not on the screen yet is waited for, as a person does."""
        try:
            answer = self._acts[str(order["do"])](order)
        except LookupError as error:
            if time.perf_counter() < until:
                QTimer.singleShot(_LOOK_AGAIN_MS, self, lambda: self._try(order, until))
                return
            answer = {"ok": False, "why": f"{error}", "seen": eyes.texts(self._app)}
        if answer is not None:
            self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        self._answers.write(json.dumps(answer, ensure_ascii=True) + "\n")
        self._answers.flush()

    def _spot(self, order: Answer) -> eyes.Spot:
        name = str(order["name"])
        spot = eyes.find(self._app, name)
        while spot is None and eyes.scroll_down(self._app):
            spot = eyes.find(self._app, name)
        if spot is None:
            raise LookupError(f"nothing on the screen is called {order['name']!r}")
        return spot

    def _click(self, order: Answer) -> Answer:
        spot = self._spot(order)
        # Queued, because the click may open a dialog that runs an event loop of its own.
        left, at = Qt.MouseButton.LeftButton, QPoint(spot.at)
        QTimer.singleShot(0, self, lambda: QTest.mouseClick(spot.widget, left, pos=at))
        return {"ok": True, "name": spot.name}

    def _fill(self, order: Answer) -> Answer:
        found = eyes.field(self._app, str(order["name"]))
        if found is None:
            raise LookupError(f"no field on the screen is called {order['name']!r}")
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        QTest.keyClick(found, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._keys_into(found, str(order["text"]))
        return {"ok": True}

    def _target(self) -> QWidget:
        """What keys go to: the focus of the front window, also before the window manager has activated it."""
        front = eyes.windows(self._app)
        if not front:
            raise LookupError("no window is open")
        return front[0].focusWidget() or front[0]

    def _type(self, order: Answer) -> Answer:
        self._keys_into(self._target(), str(order["text"]))
        return {"ok": True}

    def _keys_into(self, widget: QWidget, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClick(widget, letter)
            else:  # no key has this letter: it comes as from an input method
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(widget, event)

    def _key(self, order: Answer) -> Answer:
        combination = QKeySequence(str(order["key"]))[0]
        target = self._target()
        QTimer.singleShot(0, self, lambda: QTest.keyClick(target, combination.key(), combination.keyboardModifiers()))
        return {"ok": True}

    def _read(self, _order: Answer) -> Answer:
        return {"ok": True, "seen": eyes.texts(self._app)}

    def _expect(self, order: Answer) -> None:
        """Answers as soon as the text can be read, or with what can be read when the time is over."""
        gone = bool(order.get("gone"))
        wanted = re.compile(str(order["pattern"]) if "pattern" in order else re.escape(str(order["text"])))
        began = time.perf_counter()
        until = began + float(str(order["timeout_s"]))

        def look() -> None:
            seen = eyes.texts(self._app)
            now = time.perf_counter()
            if any(wanted.search(text) for text in seen) is not gone:
                self._answer({"ok": True, "ms": (now - began) * 1000})
            elif now > until:
                self._answer(
                    {"ok": False, "why": f"{'still seen' if gone else 'not seen'}: {wanted.pattern!r}", "seen": seen}
                )
            else:
                QTimer.singleShot(_LOOK_EVERY_MS, self, look)

        look()

    def _shot(self, order: Answer) -> None:
        """Takes the picture once what is painted in the background (paper, maps) has had time to appear."""

        def take() -> None:
            front = eyes.windows(self._app)
            spot = eyes.find(self._app, str(order["name"])) if order.get("name") else None
            seen = spot.widget if spot else front[0] if front else None
            path = Path(str(order["path"]))
            if seen is None:
                self._answer({"ok": False, "why": f"nothing to take a picture of for {path.name}"})
            else:  # packed away from the UI thread: the tour must not be what holds it
                picture = seen.grab().toImage()
                self.probe.leave_out()
                threading.Thread(target=self._keep, args=(picture, path), name="picture").start()

        QTimer.singleShot(_SETTLE_MS, self, take)

    def _keep(self, picture: QImage, path: Path) -> None:
        self._answer({"ok": picture.save(str(path)), "path": path.name})

    def _size(self, order: Answer) -> Answer:
        front = eyes.windows(self._app)[0]
        front.resize(int(str(order["width"])), int(str(order["height"])))
        return {"ok": True, "size": [front.width(), front.height()]}

    def _probe(self, _order: Answer) -> Answer:
        holds = [{"held_ms": round(hold.held_ms, 1), "where": hold.where} for hold in self.probe.holds]
        return {
            "ok": True,
            "longest_ms": round(self.probe.longest_ms, 1),
            "limit_ms": round(self.probe.limit_ms, 1),
            "work_ms": round(self._work_ms, 2),
            "reference_work_ms": yardstick.REFERENCE_MS,
            "holds": holds,
        }

    def _quit(self, _order: Answer) -> Answer:
        self.probe.stop()
        QTimer.singleShot(0, self._app, self._app.closeAllWindows)
        QTimer.singleShot(0, self._app, self._app.quit)
        return {"ok": True}


def main() -> int:
    """`python -m frontdesk.tour.stage console|kiosk [the program's options]`: runs one program on the stage."""
    program, arguments = sys.argv[1], sys.argv[2:]
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    # What the program itself prints must not mix with the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    # The system's own file dialogs cannot be driven from within; Qt's can, and ask the same.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    work_ms = yardstick.work_ms()  # before anything else runs in this process
    stages = []  # kept for as long as the program runs
    language = command.speak(arguments)

    def on_ready(app: QApplication) -> None:
        stages.append(Stage(app, sys.stdin, answers, work_ms))
        stages[-1].begin()

    if program == "console":
        from frontdesk import bootstrap, cli

        options = cli.make_parser().parse_args(arguments)
        options.lang_asked = options.lang
        return bootstrap.main(options, on_ready)
    import kiosk.__main__
    import kiosk.bootstrap

    options = kiosk.__main__.make_parser().parse_args(arguments)
    options.lang = options.lang or language
    return kiosk.bootstrap.main(options, on_ready)


if __name__ == "__main__":
    sys.exit(main())
