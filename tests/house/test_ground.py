"""The ground the tests stand on: what the shared fixtures promise, and what the platform has to bear."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import keyring
import keyring.errors
import psycopg
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from frontdesk import i18n, paths
from tests.support.dangling import Watch

VOID_CALLS = 50_000


def test_a_void_call_costs_no_reference() -> None:
    """PySide6 6.12 on Python 3.11 loses one of None at every void call, until the process aborts."""
    script = "from PySide6.QtCore import QTimer\nt = QTimer()\n"
    script += f"for n in range({VOID_CALLS}): t.setInterval(n)\nprint('alive')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout.strip() == "alive", done.stderr


def test_places_are_this_tests_own(tmp_path: Path) -> None:
    assert paths.machine_data().is_relative_to(tmp_path)
    assert paths.kiosk_data().is_relative_to(tmp_path)
    assert i18n.language() == "en"


def test_the_real_keyring_is_out_of_reach() -> None:
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("frontdesk", "live")


def test_each_test_has_a_database_of_its_own(postgres_dsn: str) -> None:
    with psycopg.connect(postgres_dsn) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_a_forgotten_timer_is_seen(qapp: QCoreApplication) -> None:
    watch = Watch()
    timer, owned = QTimer(), QTimer(qapp)
    timer.start(1000)
    owned.start(1000)
    assert watch.left_over() == ["timer without owner, every 1000 ms"]
    timer.stop()
    owned.stop()
    assert watch.left_over() == []


def test_a_timer_that_goes_with_its_owner_is_no_matter(qapp: QCoreApplication) -> None:
    watch = Watch()
    owner = QObject()
    QTimer(owner).start(1000)
    owner.deleteLater()
    assert watch.left_over() == []


def test_a_forgotten_thread_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.dangling.GRACE_S", 0.01)
    watch, end = Watch(), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert watch.left_over() == ["thread forgotten"]
    end.set()
    thread.join()
    assert watch.left_over() == []
