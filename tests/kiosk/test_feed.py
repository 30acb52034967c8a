"""A recording through the real camera path: frames, decoding, outline, pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.qtkit.camera import FeedCamera
from kiosk.desk import Desk
from kiosk.state import Fault, Screen
from kiosk.ui.camera_view import CameraView
from tests.kiosk import scene
from tests.kiosk.scene import Kiosk, Lobby

Open = Callable[..., Kiosk]


def touch(kiosk: Kiosk, name: str) -> None:
    [found] = [each for each in kiosk.window.findChildren(QPushButton) if each.accessibleName() == name]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def at(qtbot: QtBot, kiosk: Kiosk, screen: Screen) -> None:
    qtbot.waitUntil(lambda: kiosk.state.screen is screen, timeout=15_000)


def test_a_recording_leads_from_the_welcome_page_to_the_pass(
    qtbot: QtBot, open_kiosk: Open, lobby: tuple[Lobby, Desk], tmp_path: Path
) -> None:
    empty, held = scene.empty_picture(), scene.qr_picture(scene.GOOD)
    film = scene.record(tmp_path / "visitor.avi", [empty] * 10 + [held] * 20)
    kiosk = open_kiosk(camera=FeedCamera(film))
    at(qtbot, kiosk, Screen.CONFIRM)
    touch(kiosk, "Yes, let me in")
    at(qtbot, kiosk, Screen.PASS)
    assert kiosk.state.visit.area.id == scene.GOAL


def test_the_outline_comes_with_the_frame_and_the_page_soon_after(
    qtbot: QtBot, open_kiosk: Open, tmp_path: Path
) -> None:
    film = tmp_path / "film"
    film.mkdir()
    kiosk = open_kiosk(camera=FeedCamera(film))
    at(qtbot, kiosk, Screen.WELCOME)
    touch(kiosk, "I have an invitation")
    assert kiosk.state.fault is Fault.NO_CAMERA
    scene.show(film, scene.empty_picture())
    at(qtbot, kiosk, Screen.SCAN)
    [view] = kiosk.window.findChildren(CameraView)
    began = time.monotonic()
    scene.show(film, scene.qr_picture(scene.GOOD))
    at(qtbot, kiosk, Screen.CHECKING)
    assert view.sightings[0].text == scene.GOOD
    at(qtbot, kiosk, Screen.CONFIRM)
    assert time.monotonic() - began < 5.0  # on a machine that does other things as well


def test_the_badge_on_the_pass_page_photographed_signs_out(qtbot: QtBot, open_kiosk: Open, tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.mkdir()
    scene.show(film, scene.qr_picture(scene.GOOD))
    kiosk = open_kiosk(camera=FeedCamera(film))
    at(qtbot, kiosk, Screen.CONFIRM)
    touch(kiosk, "Yes, let me in")
    at(qtbot, kiosk, Screen.PASS)
    pass_picture = tmp_path / "pass.png"
    kiosk.window.grab().save(str(pass_picture))
    touch(kiosk, "Done")
    at(qtbot, kiosk, Screen.WELCOME)
    scene.show(film, scene.opencv().imread(str(pass_picture)))
    at(qtbot, kiosk, Screen.CONFIRM)
    touch(kiosk, "Yes, sign me out")
    at(qtbot, kiosk, Screen.GOODBYE)
    assert kiosk.state.left.badge_no == "A-001"


def test_a_code_that_stays_in_sight_is_taken_once(qtbot: QtBot, open_kiosk: Open, tmp_path: Path) -> None:
    film = scene.record(tmp_path / "still.avi", [scene.qr_picture(scene.USED)] * 10)
    kiosk = open_kiosk(camera=FeedCamera(film))
    at(qtbot, kiosk, Screen.REFUSED)
    touch(kiosk, "Back")
    seen: list[Screen] = []
    kiosk.conductor._camera.shown.connect(lambda _image, _seen: seen.append(kiosk.state.screen))
    qtbot.waitUntil(lambda: len(seen) > 25, timeout=15_000)
    assert set(seen) == {Screen.WELCOME}


def test_a_recording_that_is_not_there_yet_is_waited_for(qtbot: QtBot, open_kiosk: Open, tmp_path: Path) -> None:
    film = tmp_path / "later.avi"
    kiosk = open_kiosk(camera=FeedCamera(film))
    at(qtbot, kiosk, Screen.WELCOME)
    assert not kiosk.state.camera_up
    scene.record(film, [scene.empty_picture()] * 5)
    qtbot.waitUntil(lambda: kiosk.state.camera_up, timeout=15_000)
