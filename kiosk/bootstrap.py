"""Puts the lobby program together: folders, desk, camera, window; hands everything what it needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from frontdesk import paths
from frontdesk.i18n import mark, tr
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.qtkit import i18n as languages
from frontdesk.qtkit.camera import Camera, DeviceCamera, FeedCamera
from frontdesk.qtkit.crash import Reporter
from frontdesk.qtkit.garbage import Collector
from frontdesk.qtkit.i18n import Languages
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.theme import Theme, load_faces
from kiosk.desk import Desk, DeskError, DeskFault
from kiosk.ui.conductor import Conductor, Voice
from kiosk.ui.window import KioskWindow

FAILED = 1
WINDOWED = QSize(1280, 800)

Ready = Callable[[QApplication], None]

_FAULTS = {
    DeskFault.IN_USE: mark("This kiosk is running already, or another program uses its folder:\n{folder}"),
    DeskFault.HOME_DENIED: mark("The kiosk may not write into its own folder:\n{folder}"),
    DeskFault.DISK_FULL: mark("The disk with the kiosk's own folder is full:\n{folder}"),
    DeskFault.HOME_FAILED: mark("The kiosk's own folder cannot be used:\n{folder}"),
}


def main(options: argparse.Namespace, on_ready: Ready | None = None) -> int:
    """Runs the kiosk until its window is closed; returns the exit code.

    Args:
        options: `lobby`, `data`, `feed`, `lang`, `windowed`, `smoke`, and perhaps `size` (width, height in px).
        on_ready: is called once, when the first window has been painted.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return FAILED
    app.setApplicationName(paths.KIOSK_APP)
    collector = Collector(app)
    home = options.data or paths.kiosk_data()
    reporter = Reporter(home / "logs")
    reporter.install()
    language = _language(options.lang)
    theme = _theme(language)
    theme.apply(app)
    speaker = Languages(app, theme)
    speaker.switch(language)
    try:
        desk = Desk(LobbyFolder(_lobby(options.lobby)), home, _now)
    except DeskError as error:
        _say_no(error, home, quiet=options.smoke)
        collector.stop()
        reporter.remove()
        return FAILED
    lanes = Lanes(app)
    camera = _camera(options)
    conductor = Conductor(desk, camera, lanes, theme, speaker, _now, language, _voice(options))
    conductor.start()
    first = _FirstPaint(app)
    first.painted.connect(collector.settle)
    first.painted.connect(partial(_painted, conductor.window, app, options.smoke, on_ready))
    app.installEventFilter(first)
    _show(conductor.window, app, options)
    code = app.exec()
    conductor.close()
    collector.stop()
    reporter.remove()
    return code


def _now() -> datetime:
    return datetime.now(UTC)


def _lobby(named: Path | None) -> Path:
    """The lobby folder: the one named, else that of this machine's live site."""
    return named or paths.machine_data() / "lobby" / "live"


def _language(named: str | None) -> str:
    """The language that visitors are greeted in; English where no other has been prepared."""
    offered = [code for code, _ in languages.offered()]
    return named if named in offered else languages.of_system()


def _theme(language: str) -> Theme:
    load_faces(paths.built() / "fonts")
    resources = paths.resources()
    return Theme.load(
        resources / "kiosk_tokens.toml", resources / "kiosk.qss", "light", language=language, panel="portrait"
    )


def _camera(options: argparse.Namespace) -> Camera:
    return FeedCamera(options.feed) if options.feed else DeviceCamera()


def _voice(options: argparse.Namespace) -> Voice | None:
    """No sound where a recording stands in for the lobby."""
    if options.smoke or options.feed:
        return None
    from kiosk.ui.voice import Loudspeaker

    return Loudspeaker(paths.resources() / "sounds")


def _show(window: KioskWindow, app: QApplication, options: argparse.Namespace) -> None:
    """Over the whole screen; in a window, as large as wished or as the screen allows."""
    if not options.windowed:
        window.showFullScreen()
        return
    size = getattr(options, "size", None)
    room = app.primaryScreen().availableGeometry().size()
    window.resize(QSize(*size) if size else WINDOWED.boundedTo(room))
    window.show()


def _say_no(error: DeskError, home: Path, *, quiet: bool) -> None:
    """Why the kiosk cannot start, in words; staff read it, on the terminal or on the screen."""
    words = tr(_FAULTS.get(error.code, _FAULTS[DeskFault.HOME_FAILED]), folder=home)
    if sys.stderr is not None:
        print(words, file=sys.stderr)
    if not quiet:
        QMessageBox.critical(None, tr("Visitor sign-in"), words)


class _FirstPaint(QObject):
    """Tells once when the first window has been painted."""

    painted = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)  # when all of the window has been
        return False


def _painted(window: KioskWindow, app: QApplication, smoke: bool, on_ready: Ready | None) -> None:
    """The first page stands; in a smoke test that is the end."""
    if on_ready is not None:
        on_ready(app)
    if smoke:
        print("ready", flush=True)
        window.close()
        app.quit()
