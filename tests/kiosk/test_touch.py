"""Every page in every language, size and panel: targets, gaps, type, nothing cut off, nothing outside."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk import paths
from frontdesk.qtkit.theme import contrast_problems
from kiosk import events
from kiosk.desk import Desk
from kiosk.events import Action, Event, Touch
from kiosk.state import FOUND_S, Screen
from kiosk.ui.parts import Words
from kiosk.ui.shell import StepBar
from tests.kiosk import scene
from tests.kiosk.conftest import LANDSCAPE, PORTRAIT, TABLET
from tests.kiosk.scene import Kiosk, Lobby

Open = Callable[..., Kiosk]
FLOOR = tomllib.loads((paths.resources() / "kiosk_tokens.toml").read_text(encoding="utf-8"))["floor"]


def reachable(window: QWidget, target: QWidget) -> bool:
    """Whether no other widget, such as the veil, lies over the target."""
    top = window.childAt(target.mapTo(window, target.rect().center()))
    return top is target or (top is not None and target.isAncestorOf(top))


def place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def faults(window: QWidget) -> Iterator[str]:
    """What breaks a promise on the page that is shown."""
    kinds = (*window.findChildren(QPushButton), *window.findChildren(QLineEdit))
    targets = [target for target in kinds if target.isVisible() and reachable(window, target)]
    boxes = [(target.accessibleName(), place(window, target)) for target in targets]
    gap = FLOOR["gap"] - 1
    for number, (name, box) in enumerate(boxes):
        if not name:
            yield "a target without a name"
        if min(box.width(), box.height()) < FLOOR["target"]:
            yield f"{name} is {box.width()} × {box.height()}"
        if not window.rect().contains(box):
            yield f"{name} is outside"
        for other, its_box in boxes[number + 1 :]:
            if box.adjusted(-gap, -gap, gap, gap).intersects(its_box):
                yield f"{name} and {other} are too close"
    for words in window.findChildren(Words):
        if words.isVisible() and words.text():
            if words.overflows():
                yield f"cut off: {words.text()}"
            if words.font().pixelSize() < FLOOR["text"]:
                yield f"too small: {words.text()}"
            if not window.rect().contains(place(window, words)):
                yield f"outside: {words.text()}"


class Walk:
    """Through all pages, by events."""

    def __init__(self, qtbot: QtBot, kiosk: Kiosk, look: list[Action]) -> None:
        self._qtbot, self._kiosk, self._look = qtbot, kiosk, look
        self.found: list[str] = []
        self.seen: set[object] = set()

    def hear(self, *events_: Event) -> None:
        for event in events_:
            self._kiosk.conductor.hear(event)

    def look(self, name: str) -> None:
        """Judges the page that is shown."""
        self._qtbot.waitUntil(lambda: self._kiosk.window.page is not None, timeout=5_000)
        for _ in range(3):  # layouts settle by posted events
            QApplication.processEvents()
        state = self._kiosk.state
        self.seen.add("asking" if state.asking else state.face)
        self.found += [f"{name}: {fault}" for fault in faults(self._kiosk.window)]

    def home(self) -> None:
        """Back to the first page, dressed again."""
        self.hear(Touch(Action.FINISH), *(Touch(action) for action in self._look))

    def answered(self, screen: Screen) -> None:
        """Waits for the desk's answer."""
        conductor = self._kiosk.conductor

        def there() -> bool:
            conductor.hear(events.Tick(conductor.state.now_s + FOUND_S))
            return conductor.state.screen is screen

        self._qtbot.waitUntil(there, timeout=10_000)


def walk(steps: Walk, kiosk: Kiosk) -> None:
    """Every page there is, with what makes it longest."""
    steps.hear(events.Camera(True))
    steps.home()
    steps.look("welcome")
    steps.hear(Touch(Action.INVITATION))
    steps.look("scan")
    steps.hear(events.Scanned("https://example.com"))
    steps.look("scan, not ours")
    steps.hear(Touch(Action.TYPE), Touch(Action.EDIT, scene.GOOD))
    steps.look("typing")
    steps.hear(Touch(Action.EDIT, scene.GOOD[:-1]), Touch(Action.ENTER))
    steps.look("typing, wrong")
    steps.home()
    steps.hear(events.Scanned(scene.GOOD))
    steps.look("checking")
    steps.answered(Screen.CONFIRM)
    steps.look("confirm")
    steps.hear(Touch(Action.CONFIRM))
    steps.answered(Screen.PASS)
    steps.look("pass")
    steps.hear(Touch(Action.DESK))
    steps.look("called")
    steps.home()
    steps.hear(Touch(Action.NO_INVITATION))
    steps.look("register")
    steps.hear(events.Health(None, bulletin=True, desk_reached=False))
    steps.look("line down")
    steps.home()
    for text in (scene.EARLY, scene.EXPIRED, scene.USED, scene.UNKNOWN, scene.ELSEWHERE, scene.WORK_ORDER):
        steps.hear(events.Scanned(text))
        steps.answered(Screen.REFUSED)
        steps.look(f"refused {kiosk.state.refusal}")
        steps.home()
    steps.hear(events.Scanned(scene.BADGE))
    steps.answered(Screen.CONFIRM)
    steps.look("leaving")
    steps.hear(events.Tick(kiosk.state.now_s + kiosk.state.idle_s + 1))
    steps.look("asking")
    steps.hear(Touch(Action.CONFIRM))
    steps.answered(Screen.GOODBYE)
    steps.look("goodbye")
    steps.home()
    steps.hear(Touch(Action.LEAVE), events.Camera(False))
    steps.look("no camera")
    steps.home()
    steps.hear(events.Health(None, bulletin=False, desk_reached=False))
    steps.look("no bulletin")
    steps.hear(events.Health("K7Q4M-9X2DE", bulletin=False, desk_reached=False))
    steps.look("pairing")
    steps.hear(events.Health("", bulletin=False, desk_reached=False))
    steps.look("waiting to pair")


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, TABLET], ids=["portrait", "landscape", "tablet"])
@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
@pytest.mark.parametrize("look", ["plain", "large contrast"])
def test_every_page_keeps_its_promises(
    qtbot: QtBot, open_kiosk: Open, lobby: tuple[Lobby, Desk], size: tuple[int, int], language: str, look: str
) -> None:
    kiosk = open_kiosk(size, language=language)
    qtbot.waitUntil(lambda: kiosk.state.screen is Screen.WELCOME, timeout=10_000)
    kiosk.conductor.pause()
    steps = Walk(qtbot, kiosk, [Action.LARGE, Action.CONTRAST] if look == "large contrast" else [])
    walk(steps, kiosk)
    assert steps.found == []
    assert (kiosk.window.width(), kiosk.window.height()) == size
    assert steps.seen == {"asking", *Screen}


def test_colours_keep_apart() -> None:
    tokens = tomllib.loads((paths.resources() / "kiosk_tokens.toml").read_text(encoding="utf-8"))
    assert contrast_problems(tokens) == []


def test_type_and_targets_in_the_tokens_are_large_enough() -> None:
    tokens = tomllib.loads((paths.resources() / "kiosk_tokens.toml").read_text(encoding="utf-8"))
    type_ = [px for panel in tokens["type"].values() for pair in panel.values() for px in pair]
    sizes = [panel[name] for panel in tokens["size"].values() for name in ("bar", "nav", "key", "choice")]
    assert min(type_) >= FLOOR["text"]
    assert min(sizes) >= FLOOR["target"]


def test_the_steps_are_read_out(qtbot: QtBot, open_kiosk: Open) -> None:
    kiosk = open_kiosk()
    qtbot.waitUntil(lambda: kiosk.state.screen is Screen.WELCOME, timeout=10_000)
    kiosk.conductor.hear(events.Camera(True))
    kiosk.conductor.hear(Touch(Action.INVITATION))
    [bar] = kiosk.window.findChildren(StepBar)
    assert bar.accessibleName() == "Step 1 of 3: Show code"
