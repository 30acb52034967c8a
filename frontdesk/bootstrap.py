"""Builds the console: makes every part and hands it what it needs. Nothing else knows all of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from frontdesk import i18n, paths
from frontdesk.qtkit.clock import Idle, Ticker
from frontdesk.qtkit.crash import Reporter
from frontdesk.qtkit.garbage import Collector
from frontdesk.qtkit.i18n import Languages
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.theme import SYSTEM, Theme, chinese_family, load_faces
from frontdesk.services.site_setup import SiteKind
from frontdesk.storage.database import utc_now
from frontdesk.ui import preferences
from frontdesk.ui.console import Console, Equipment
from frontdesk.ui.main_window import MainWindow

IDLE_MS = 10 * 60 * 1000
Ready = Callable[[QApplication], None]
READY = "ready"  # what `--smoke` prints once the first screen has been painted
_CHINESE_FACES = ("Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei")


class FontsMissing(Exception):
    """No face on this computer carries Chinese."""

    code = "fonts_missing"


def main(options: argparse.Namespace, on_ready: Ready | None = None) -> int:
    """Runs the console until its window is closed; returns the exit code.

    Options: `data` (folder, or None for the machine's own), `site` (live, practice, or None), `lang_asked` (or None),
    `smoke` (show the first screen, print `ready`, and end). `on_ready` is called when the first screen stands.
    """
    machine: Path = options.data or paths.machine_data()
    app = _application()
    collector = Collector(app)
    reporter = Reporter(machine / "logs", app)
    reporter.install()
    chosen = preferences.read(machine)
    theme, start_error = _theme(app, chosen)
    languages = Languages(app, theme)
    languages.switch(_language(options.lang_asked, chosen, start_error))
    window = MainWindow(theme, QSettings(app.organizationName(), app.applicationName()))
    lanes, ticker, idle = Lanes(app), Ticker(utc_now, app), Idle(IDLE_MS, app)
    idle.follow(app)
    equipment = Equipment(window, theme, languages, lanes, ticker, idle, machine)
    console = Console(equipment, SiteKind(options.site) if options.site else None, start_error)
    reporter.happened.connect(console.show_bug)
    console.ready.connect(collector.settle, Qt.ConnectionType.SingleShotConnection)
    if options.smoke:
        smoke = _Smoke(app, window)
        console.ready.connect(smoke.wait_for_paint)
    if on_ready is not None:
        console.ready.connect(partial(on_ready, app), Qt.ConnectionType.SingleShotConnection)
    window.show()
    console.start()
    try:
        return app.exec()
    finally:
        console.close()
        collector.stop()
        reporter.remove()


def _application() -> QApplication:
    QGuiApplication.setDesktopFileName("frontdesk")
    app = QApplication(sys.argv[:1])
    app.setOrganizationName(paths.APP)
    app.setApplicationName(paths.APP)
    return app


def _theme(app: QApplication, chosen: preferences.Preferences) -> tuple[Theme, Exception | None]:
    """The console's look, and what is wrong with the fonts of this computer, if anything."""
    if sys.platform != "win32":
        load_faces(paths.built() / "fonts")
    error = None if chinese_family(list(_CHINESE_FACES)) else FontsMissing()
    tokens, sheet = paths.resources() / "tokens.toml", paths.resources() / "style.qss"
    theme = Theme.load(tokens, sheet, chosen.scheme or SYSTEM)
    theme.apply(app)
    return theme, error


def _language(asked: str | None, chosen: preferences.Preferences, start_error: Exception | None) -> str:
    """The language that was asked for, else this computer's, else what the command line already speaks.

    Without a Chinese face it is English: Chinese words that say so would be a row of boxes.
    """
    if isinstance(start_error, FontsMissing):
        return i18n.SOURCE
    return asked or chosen.language or i18n.language()


class _Smoke(QObject):
    """Ends the program once the window has been painted: that it starts at all, and how fast, can be measured."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._app, self._window, self._waiting = app, window, False

    @Slot()
    def wait_for_paint(self) -> None:
        """The first screen stands; the next time the event loop is idle it has been painted."""
        if not self._waiting:
            self._waiting = True
            self._window.screen_shown().installEventFilter(self)
            self._window.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._window.screen_shown():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._end)
        return False

    @Slot()
    def _end(self) -> None:
        print(READY, flush=True)
        self._window.close()
        self._app.quit()
