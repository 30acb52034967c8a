"""What every test has: no screen, no real keyring, data folders of its own, English, and nothing left running."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Set here and not in a configuration file, because wine hands no QT_* on; before Qt or keyring are loaded.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from frontdesk import display, i18n, prepare
from tests.support import postgres
from tests.support.dangling import Watch

# The same examples in every run, and no stop-watch: the machine is shared, and a red run has to mean something.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None)
hypothesis.settings.load_profile("house")

_homes = tempfile.TemporaryDirectory(prefix="frontdesk-tests-", ignore_cleanup_errors=True)


def pytest_configure() -> None:
    """Points every per-account place into a temporary folder, and starts to notice timers and threads."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        place = Path(_homes.name, name.lower())
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(place)
    Watch.install()


def pytest_unconfigure() -> None:
    """Removes the temporary folder."""
    _homes.cleanup()


def pytest_sessionstart() -> None:
    """Compiles the translations where they are older than their sources."""
    if importlib.util.find_spec("babel"):  # a machine that only runs the tests brings them compiled
        prepare.prepare_translations()


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves threads or ownerless timers behind; set up first, so that it looks last."""
    watch = Watch()
    yield
    left = watch.left_over()
    if left:
        pytest.fail(f"left running by {request.node.name}: {', '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def own_places(nothing_left_running: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data folders of this test alone, and the source language to begin with."""
    monkeypatch.setenv("FRONTDESK_DATA", str(tmp_path / "machine"))
    monkeypatch.setenv("FRONTDESK_KIOSK_DATA", str(tmp_path / "kiosk"))
    i18n.use(i18n.SOURCE)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One PostgreSQL server for all tests; where it cannot run, they are skipped and say why."""
    try:
        with postgres.running() as server:
            yield server
    except postgres.Unavailable as reason:
        pytest.skip(f"no PostgreSQL: {reason}")


@pytest.fixture
def postgres_dsn(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test alone."""
    with postgres_server.database() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """The name of a virtual display with a window manager, for programs that tests start."""
    try:
        with display.virtual() as name:
            yield name
    except display.NoVirtualDisplay as missing:
        pytest.skip(f"no virtual display: {missing}")
