"""The real window on real files: a visitor's way in and out by touch, and what the console finds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.domain import codes
from frontdesk.domain.kiosks import KioskHealth, health
from frontdesk.lobby import sealing
from frontdesk.lobby.contract import CallDesk, CheckIn, CheckOut, Heartbeat
from kiosk import events
from kiosk.desk import Desk
from kiosk.state import Screen
from kiosk.ui.parts import Words
from kiosk.ui.shell import Page
from tests.kiosk import scene
from tests.kiosk.scene import Kiosk, Lobby

Open = Callable[..., Kiosk]


def shown(kiosk: Kiosk) -> str:
    """All words on the page, in one text."""
    return "\n".join(words.text() for words in kiosk.window.findChildren(Words) if words.isVisible())


def target(kiosk: Kiosk, name: str) -> QPushButton:
    """The touch target of this name."""
    found = [each for each in kiosk.window.findChildren(QPushButton) if each.accessibleName() == name]
    assert found, f"no target {name!r} on {kiosk.state.face}: {shown(kiosk)}"
    return found[-1]


def touch(kiosk: Kiosk, name: str) -> None:
    QTest.mouseClick(target(kiosk, name), Qt.MouseButton.LeftButton)


def at(qtbot: QtBot, kiosk: Kiosk, face: Screen) -> None:
    """Waits for a page."""
    qtbot.waitUntil(lambda: kiosk.state.face is face, timeout=10_000)


@pytest.fixture
def kiosk(qtbot: QtBot, open_kiosk: Open) -> Kiosk:
    """At the welcome page, with the camera on."""
    kiosk = open_kiosk()
    at(qtbot, kiosk, Screen.WELCOME)
    kiosk.conductor.hear(events.Camera(True))
    return kiosk


def bodies(lobby: Lobby, kind: type) -> list[object]:
    return [message.body for message in lobby.messages() if isinstance(message.body, kind)]


def test_in_with_two_touches_and_out_with_one(qtbot: QtBot, kiosk: Kiosk, lobby: tuple[Lobby, Desk]) -> None:
    touch(kiosk, "I have an invitation")
    kiosk.conductor.hear(events.Scanned(scene.GOOD))
    at(qtbot, kiosk, Screen.CONFIRM)
    assert "Building 3, stair 2" in shown(kiosk)
    assert "about 6 minutes on foot" in shown(kiosk)
    touch(kiosk, "Yes, let me in")
    at(qtbot, kiosk, Screen.PASS)
    text = shown(kiosk)
    assert "A-001" in text
    assert "Turn right at the crossing" in text
    assert "Please leave by today 21:30" in text
    qtbot.waitUntil(lambda: len(bodies(lobby[0], CheckIn)) == 1, timeout=10_000)
    visit = kiosk.state.visit
    touch(kiosk, "Done")
    at(qtbot, kiosk, Screen.WELCOME)
    touch(kiosk, "I am leaving")
    kiosk.conductor.hear(events.Scanned(visit.badge_code))
    at(qtbot, kiosk, Screen.GOODBYE)
    assert "Badge A-001 is signed out" in shown(kiosk)
    qtbot.waitUntil(lambda: len(bodies(lobby[0], CheckOut)) == 1, timeout=10_000)
    [came], [left] = bodies(lobby[0], CheckIn), bodies(lobby[0], CheckOut)
    assert (came.code, came.badge_no, came.language) == (codes.digest(scene.GOOD), "A-001", "en")
    assert left.visit == came.visit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (scene.EARLY, "It is good from tomorrow 12:30"),
        (scene.EXPIRED, "It was good until today 14:30"),
        (scene.USED, "This invitation has been used"),
        (scene.UNKNOWN, "We do not find this code"),
        (scene.ELSEWHERE, "This code is for another community"),
        (scene.WORK_ORDER, "This code is for the staff"),
    ],
)
def test_every_code_that_cannot_be_used_gets_its_words(qtbot: QtBot, kiosk: Kiosk, text: str, said: str) -> None:
    kiosk.conductor.hear(events.Scanned(text))
    at(qtbot, kiosk, Screen.REFUSED)
    assert said in shown(kiosk)
    touch(kiosk, "Call the desk")
    assert kiosk.state.face is Screen.DESK_CALLED


def test_an_invitation_opens_once(qtbot: QtBot, kiosk: Kiosk) -> None:
    for page in (Screen.CONFIRM, Screen.REFUSED):
        kiosk.conductor.hear(events.Scanned(scene.GOOD))
        at(qtbot, kiosk, page)
        if page is Screen.CONFIRM:
            touch(kiosk, "Yes, let me in")
            at(qtbot, kiosk, Screen.PASS)
            touch(kiosk, "Done")
    assert "This invitation has been used" in shown(kiosk)


@pytest.mark.parametrize("text", ["https://example.com", "\x1b[2J\x07", "1'; DROP TABLE visit;--", "码" * 3000])
def test_strangers_codes_get_a_word_where_a_code_was_asked_for(kiosk: Kiosk, text: str) -> None:
    touch(kiosk, "I have an invitation")
    kiosk.conductor.hear(events.Scanned(text))
    assert "This is not our code, or not all of it" in shown(kiosk)
    assert text not in shown(kiosk)


def test_the_code_may_be_typed_on_the_screen_or_on_a_keyboard(qtbot: QtBot, kiosk: Kiosk) -> None:
    touch(kiosk, "I have an invitation")
    touch(kiosk, "Type the code instead")
    for letter in scene.GOOD[:4]:
        touch(kiosk, letter)
    touch(kiosk, "X")
    touch(kiosk, "Erase")
    [field] = kiosk.window.findChildren(QLineEdit)
    assert kiosk.state.typed == scene.GOOD[:4]
    QTest.keyClicks(field, scene.GOOD[4:].lower())
    assert field.text().replace(" ", "") == scene.GOOD
    QTest.keyClick(field, Qt.Key.Key_Return)
    at(qtbot, kiosk, Screen.CONFIRM)


def test_a_wrong_code_stays_to_be_mended(kiosk: Kiosk) -> None:
    touch(kiosk, "I have an invitation")
    touch(kiosk, "Type the code instead")
    for letter in "FD1I":
        touch(kiosk, letter)
    touch(kiosk, "Check the code")
    assert "This is not our code, or not all of it" in shown(kiosk)
    touch(kiosk, "Erase")
    assert kiosk.state.typed == "FD1"


def test_calling_the_desk_raises_the_alert(qtbot: QtBot, kiosk: Kiosk, lobby: tuple[Lobby, Desk]) -> None:
    touch(kiosk, "Register a visit")
    assert "The desk will register you" in shown(kiosk)
    touch(kiosk, "Back to the first page")
    touch(kiosk, "Call the desk")
    qtbot.waitUntil(lambda: len(bodies(lobby[0], CallDesk)) >= 1, timeout=10_000)
    assert [(call.reason, call.screen) for call in bodies(lobby[0], CallDesk)] == [("no_invitation", "welcome")]


def test_with_the_line_down_the_page_points_to_the_desk(qtbot: QtBot, kiosk: Kiosk, lobby: tuple[Lobby, Desk]) -> None:
    folder: Path = lobby[0].folder.path
    folder.rename(folder.with_name("away"))
    touch(kiosk, "Call the desk")
    qtbot.waitUntil(lambda: "Please go to the desk" in shown(kiosk), timeout=10_000)
    folder.with_name("away").rename(folder)
    qtbot.waitUntil(lambda: len(bodies(lobby[0], CallDesk)) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: "The desk is being called" in shown(kiosk), timeout=10_000)


def test_an_unpaired_kiosk_shows_its_code(qtbot: QtBot, qapp: object, tmp_path: Path) -> None:
    fresh = Lobby(tmp_path)
    desk = fresh.desk()
    kiosk = scene.opened(qapp, fresh, desk, (1080, 1920))
    assert "Waiting for the console" in shown(kiosk)
    fresh.prepare()
    qtbot.waitUntil(lambda: bool(kiosk.state.pairing_code), timeout=10_000)
    assert kiosk.state.pairing_code in shown(kiosk)
    kiosk.window.close()
    kiosk.window.deleteLater()


def test_without_a_bulletin_the_page_is_friendly(qtbot: QtBot, kiosk: Kiosk) -> None:
    kiosk.conductor.hear(events.Health(None, bulletin=False, desk_reached=True))
    assert kiosk.state.face is Screen.OUT_OF_ORDER
    assert "Please register at the desk" in shown(kiosk)


def test_language_size_and_contrast_change_at_once_and_go_with_the_visitor(qtbot: QtBot, kiosk: Kiosk) -> None:
    touch(kiosk, "简体")
    assert "我有邀请码" in shown(kiosk)
    before = {words.text(): words.font().pixelSize() for words in kiosk.window.findChildren(Words)}
    touch(kiosk, "大字")
    after = {words.text(): words.font().pixelSize() for words in kiosk.window.findChildren(Words) if words.isVisible()}
    assert after["呼叫前台"] > before["呼叫前台"]
    touch(kiosk, "高对比度")
    assert kiosk.theme.scheme == "contrast"
    touch(kiosk, "我有邀请码")
    assert "请把二维码对准镜头" in shown(kiosk)
    kiosk.conductor.hear(events.Tick(kiosk.state.now_s + 1000))
    assert (kiosk.state.language, kiosk.theme.scheme, kiosk.theme.large) == ("en", "light", False)
    assert "I have an invitation" in shown(kiosk)


def test_who_stands_still_is_asked_and_may_stay(kiosk: Kiosk) -> None:
    touch(kiosk, "I have an invitation")
    kiosk.conductor.hear(events.Tick(kiosk.state.now_s + 61))
    assert "Are you still there?" in shown(kiosk)
    touch(kiosk, "I am here, go on")
    assert "Are you still there?" not in shown(kiosk)
    assert kiosk.state.screen is Screen.SCAN


def test_nothing_of_the_visitor_is_left_on_the_screen_or_in_it(qtbot: QtBot, kiosk: Kiosk) -> None:
    kiosk.conductor.hear(events.Scanned(scene.GOOD))
    at(qtbot, kiosk, Screen.CONFIRM)
    touch(kiosk, "Yes, let me in")
    at(qtbot, kiosk, Screen.PASS)
    kiosk.conductor.hear(events.Tick(kiosk.state.now_s + 1000))
    assert kiosk.state.personal == ()
    qtbot.waitUntil(lambda: len(kiosk.window.findChildren(Page)) == 1, timeout=5_000)
    left = "".join(words.text() for words in kiosk.window.findChildren(Words))
    assert "A-001" not in left
    assert "Building 3" not in left


def test_the_heartbeat_tells_of_camera_and_page(qtbot: QtBot, kiosk: Kiosk, lobby: tuple[Lobby, Desk]) -> None:
    site = lobby[0]

    def beats() -> list[Heartbeat]:
        opened = [sealing.open_message(sent.data, site.kiosk_public, site.console) for sent in site.folder.beats()]
        return [message.body for message in opened if isinstance(message.body, Heartbeat)]

    def told() -> list[KioskHealth]:
        return [health(asdict(beat), site.now, site.now) for beat in beats()]

    kiosk.conductor.hear(events.Camera(up=True))
    qtbot.waitUntil(lambda: told() == [KioskHealth.WORKING], timeout=10_000)
    kiosk.conductor.hear(events.Camera(up=False))
    qtbot.waitUntil(lambda: told() == [KioskHealth.CAMERA], timeout=10_000)
    assert [beat.screen for beat in beats()] == ["welcome"]
