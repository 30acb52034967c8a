"""The real console on a real site, without the event loop of the program."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk import paths
from frontdesk.domain.access import Role
from frontdesk.qtkit.clock import Idle, Ticker
from frontdesk.qtkit.garbage import Collector
from frontdesk.qtkit.i18n import Languages
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.theme import Theme, load_faces
from frontdesk.services import site_setup
from frontdesk.services.site import Clock, utc_now
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import NewAccount
from frontdesk.ui.console import Console, Equipment
from frontdesk.ui.main_window import MainWindow

LOGIN, NAME, PASSWORD = "lin", "林若溪", "four quiet geese"
SITE_NAME = "青梧雅苑"

WaitUntil = Callable[[Callable[[], bool]], None]


@dataclass(frozen=True)
class Mould:
    """A machine's data with one live site, made once and copied for each test."""

    machine: Path
    keys: Path
    code: str

    def cast(self, machine: Path, keys: Path) -> None:
        """A copy of data and keys."""
        shutil.copytree(self.machine, machine, dirs_exist_ok=True)
        shutil.copytree(self.keys, keys, dirs_exist_ok=True)


def make_mould(folder: Path, kind: SiteKind = SiteKind.LIVE) -> Mould:
    """Makes the site to copy; the key store is the one that the environment names."""
    admin = NewAccount(LOGIN, NAME, PASSWORD, Role.ADMINISTRATOR)
    site, code = site_setup.create_site(folder / "machine", kind, SITE_NAME, admin)
    site.close()
    return Mould(folder / "machine", folder / "keys", code)


@dataclass(frozen=True)
class Stand:
    """A console under test, and the hands on it."""

    console: Console
    window: MainWindow
    theme: Theme
    lanes: Lanes
    idle: Idle
    wait: WaitUntil

    @property
    def screen(self) -> QWidget:
        """What the window shows."""
        return self.window.screen_shown()

    def wait_for(self, kind: type[QWidget]) -> QWidget:
        """Waits until the window shows a screen of this kind."""
        self.wait(lambda: isinstance(self.screen, kind))
        return self.screen

    def type(self, text: str) -> None:
        """Types into whatever has the focus; Chinese comes from an input method, as it does in life."""
        target = self._focused()
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the focus is."""
        QTest.keyClick(self._focused(), key, modifier)

    def enter(self) -> None:
        """Presses Enter."""
        self.press(Qt.Key.Key_Return)

    def _focused(self) -> QWidget:
        def is_active() -> bool:
            self.window.activateWindow()  # again each time: the window of the test before may go only now
            return self.window.isActiveWindow()

        self.wait(is_active)
        return QApplication.focusWidget() or self.window

    def sign_in(self) -> None:
        """Signs in by keys alone, from the sign-in screen."""
        self.type(LOGIN)
        self.enter()
        self.type(PASSWORD)
        self.enter()
        self.wait(lambda: self.console.session is not None and self.lanes.idle)


@contextmanager
def console_on(
    machine: Path,
    app: QApplication,
    wait: WaitUntil,
    kind: SiteKind | None = None,
    start_error: Exception | None = None,
    clock: Clock = utc_now,
) -> Iterator[Stand]:
    """A console with its window shown, on a machine's data; closed at the end."""
    load_faces(paths.built() / "fonts")  # as the program does: other faces are of other widths
    theme = Theme.load(paths.resources() / "tokens.toml", paths.resources() / "style.qss", "light", language="en")
    theme.apply(app)
    languages = Languages(app, theme)
    window = MainWindow(theme, QSettings(str(machine / "window.ini"), QSettings.Format.IniFormat))
    lanes, ticker, idle = Lanes(), Ticker(clock), Idle(10 * 60 * 1000)
    owner = QWidget()
    collector = Collector(owner)  # as the program does: no other thread may take windows apart
    for part in (lanes, ticker, idle):
        part.setParent(owner)
    console = Console(Equipment(window, theme, languages, lanes, ticker, idle, machine), kind, start_error)
    window.show()
    console.start()
    try:
        yield Stand(console, window, theme, lanes, idle, wait)
    finally:
        collector.stop()
        window.close()
        console.close()
        console.deleteLater()
        window.deleteLater()
        owner.deleteLater()
        languages.switch("en")
        app.setStyleSheet("")
