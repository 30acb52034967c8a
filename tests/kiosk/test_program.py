"""The program as it is started: options, the first window, and reasons why there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from frontdesk.qtkit.camera import DeviceCamera
from frontdesk.scanning.codes import Sighting
from tests.kiosk import scene

ROOT = Path(__file__).parent.parent.parent


def kiosk(*arguments: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs the program to its end."""
    line: Sequence[str] = [sys.executable, "-m", "kiosk", *map(str, arguments), "--data", str(home), "--lang", "en"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        line, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_the_first_window_comes_up_without_a_lobby_a_camera_or_a_screen(tmp_path: Path) -> None:
    done = kiosk("--lobby", tmp_path / "none", "--smoke", home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (0, "ready\n")


def test_a_second_kiosk_on_the_same_folder_says_so(tmp_path: Path) -> None:
    _lobby, desk = scene.paired_lobby(tmp_path)
    done = kiosk("--lobby", tmp_path / "lobby", "--smoke", home=tmp_path / "home")
    desk.close()
    assert done.returncode == 1
    assert "running already" in done.stderr
    assert str(tmp_path / "home") in done.stderr


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = kiosk("--smoke", home=tmp_path / "file" / "home")
    assert done.returncode == 1
    assert "The kiosk's own folder cannot be used" in done.stderr


@pytest.mark.parametrize("wrong", ["big", "10x", "x10", "-1x5"])
def test_a_size_that_is_none_is_a_mistake(tmp_path: Path, wrong: str) -> None:
    done = kiosk(f"--size={wrong}", "--smoke", home=tmp_path / "home")
    assert done.returncode == 2
    assert "1080x1920" in done.stderr


@pytest.mark.qt_log_ignore("Couldn't", "RHI backend")
def test_frames_of_a_device_are_shown_and_read(qtbot: QtBot) -> None:
    from PySide6.QtMultimedia import QVideoFrame

    picture = scene.qr_picture(scene.GOOD)
    height, width = picture.shape[:2]
    image = QImage(picture.data, width, height, width * 3, QImage.Format.Format_BGR888).convertToFormat(
        QImage.Format.Format_RGB32
    )
    camera = DeviceCamera()
    seen: list[tuple[QSize, list[Sighting]]] = []
    camera.shown.connect(lambda shown, sightings: seen.append((shown.size(), sightings)))
    camera.listen()
    assert not camera.is_up
    camera.sink.setVideoFrame(QVideoFrame(image))
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    camera.close()
    size, [sighting] = seen[0]
    assert (size, sighting.text) == (QSize(640, 480), scene.GOOD)
