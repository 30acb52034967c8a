"""A console on a site of its own for every test of the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk import paths
from frontdesk.forms.fontbuild import build_fonts
from frontdesk.services.site import Clock, utc_now
from frontdesk.services.site_setup import SiteKind
from tests.ui import shell_kit
from tests.ui.hand import Hand, open_other
from tests.ui.shell_kit import Mould, Stand

WAIT_MS = 20_000

OpenConsole = Callable[..., Stand]


@pytest.fixture(scope="session")
def live_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """A live site with its administrator, to copy."""
    folder = tmp_path_factory.mktemp("console-mould")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTDESK_KEYS", str(folder / "keys"))
        return shell_kit.make_mould(folder)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's data folder, empty, with a key store of its own."""
    monkeypatch.setenv("FRONTDESK_KEYS", str(tmp_path / "keys"))
    return tmp_path / "machine"


@pytest.fixture
def live(machine: Path, tmp_path: Path, live_mould: Mould) -> Path:
    """The machine's data folder with a live site."""
    live_mould.cast(machine, tmp_path / "keys")
    return machine


@pytest.fixture
def open_console(qtbot: QtBot, qapp: QApplication) -> Iterator[OpenConsole]:
    """Opens the console on a machine's data; all are closed at the end of the test."""
    with ExitStack() as stack:

        def start(
            machine: Path,
            kind: SiteKind | None = None,
            start_error: Exception | None = None,
            clock: Clock = utc_now,
        ) -> Stand:
            def wait(until: Callable[[], bool]) -> None:
                qtbot.waitUntil(until, timeout=WAIT_MS)

            made: AbstractContextManager[Stand] = shell_kit.console_on(machine, qapp, wait, kind, start_error, clock)
            return stack.enter_context(made)

        yield start


@pytest.fixture
def stand(open_console: OpenConsole, live: Path) -> Stand:
    """A console on a live site, at its sign-in screen."""
    from frontdesk.ui.signin.sign_in import SignIn

    made = open_console(live)
    made.wait_for(SignIn)
    return made


@pytest.fixture
def desk(stand: Stand) -> Stand:
    """A console with its administrator signed in."""
    stand.sign_in()
    return stand


@pytest.fixture(scope="session")
def practice_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """A practice site with its community and its administrator, to copy."""
    folder = tmp_path_factory.mktemp("practice-mould")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTDESK_KEYS", str(folder / "keys"))
        return shell_kit.make_mould(folder, SiteKind.PRACTICE)


@pytest.fixture
def practice(machine: Path, tmp_path: Path, practice_mould: Mould) -> Path:
    """The machine's data folder with a practice site."""
    practice_mould.cast(machine, tmp_path / "keys")
    return machine


@pytest.fixture
def hand(open_console: OpenConsole, practice: Path, qapp: QApplication, forms_fonts: None) -> Iterator[Hand]:
    """A person signed in at a desk of the practice site, in English, on a small window."""
    from frontdesk.ui.signin.sign_in import SignIn

    other = open_other(practice)
    stand = open_console(practice, SiteKind.PRACTICE)
    stand.window.resize(1280, 720)
    stand.wait_for(SignIn)
    stand.sign_in()
    yield Hand(stand, qapp, other)
    other.close()


@pytest.fixture
def settler(
    open_console: OpenConsole, live: Path, qapp: QApplication, forms_fonts: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hand]:
    """The administrator of a live site that has nothing yet, in English, on a small window."""
    from frontdesk.ui.signin.sign_in import SignIn

    monkeypatch.setenv("FRONTDESK_PLAIN_DIALOGS", "1")
    other = open_other(live, SiteKind.LIVE)
    stand = open_console(live, SiteKind.LIVE)
    stand.window.resize(1280, 720)
    stand.wait_for(SignIn)
    stand.sign_in()
    yield Hand(stand, qapp, other)
    other.close()


@pytest.fixture(scope="session")
def forms_fonts() -> None:
    """The faces that papers are printed in."""
    build_fonts(paths.built() / "fonts")
