"""Signing in and out, the lock, the wait after wrong passwords."""

import threading
from contextlib import closing

import pytest
import shiboken6
from PySide6.QtCore import Qt

from frontdesk.domain.access import Role
from frontdesk.domain.passwords import FREE_FAILURES
from frontdesk.qtkit.jobs import REST_THREADS
from frontdesk.qtkit.parts import Dialog
from frontdesk.services import accounts, site_setup
from frontdesk.services.site import open_site
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import NewAccount
from frontdesk.storage import models as m
from frontdesk.ui import console
from frontdesk.ui.first_run.wizard import Wizard
from frontdesk.ui.signin.choose_password import ChoosePassword
from frontdesk.ui.signin.lock import Lock
from frontdesk.ui.signin.recover import Recover
from frontdesk.ui.signin.sign_in import SignIn
from tests.ui.shell_kit import LOGIN, NAME, PASSWORD, SITE_NAME

HELD_AT_MOST_S = 60.0
SET_PASSWORD = "battery staple"


def test_the_site_is_named_before_anybody_signs_in(stand):
    assert stand.screen._site_name.text() == SITE_NAME
    assert not stand.screen._practice.isVisible()
    assert stand.screen._key_note.isVisible()


def test_signing_in_with_the_full_name(stand):
    stand.type(NAME)
    stand.enter()
    stand.type(PASSWORD)
    stand.enter()
    stand.wait(lambda: stand.console.session is not None)
    assert stand.console.session.actor.name == NAME


def test_a_wrong_password_is_told_and_the_name_stays(stand):
    stand.type(LOGIN)
    stand.enter()
    stand.type("wrong")
    stand.enter()
    stand.wait(lambda: stand.screen.trouble() != "")
    assert "wrong" in stand.screen.trouble()
    assert stand.screen._login.body.text() == LOGIN
    assert stand.screen._password.body.text() == ""
    stand.type(PASSWORD)
    stand.enter()
    stand.wait(lambda: stand.console.session is not None)
    assert stand.console.session is not None


def test_after_many_wrong_passwords_the_screen_counts_down(stand):
    stand.type(LOGIN)
    stand.enter()
    for _ in range(FREE_FAILURES + 1):
        stand.type("wrong")
        stand.enter()
        stand.wait(lambda: stand.screen._login.body.isEnabled())
    stand.wait(lambda: "second" in stand.screen.trouble())
    assert not stand.screen._go.isEnabled()


def test_nothing_typed_is_no_try(stand):
    stand.screen._go.click()
    assert stand.screen._login.error() != ""


@pytest.fixture
def told(open_console, live):
    """A console at whose sign-in screen somebody has typed the password that the administrator set for them."""
    with closing(open_site(site_setup.site_folder(live, SiteKind.LIVE))) as site:
        admin = accounts.sign_in(site, LOGIN, PASSWORD)
        gao = accounts.add_account(site, admin, NewAccount("gao", "高一鸣", PASSWORD, Role.RECEPTIONIST))
        accounts.set_password(site, admin, gao.id, SET_PASSWORD)
    stand = open_console(live)
    stand.wait_for(SignIn)
    for text in ("gao", SET_PASSWORD):
        stand.type(text)
        stand.enter()
    stand.wait_for(ChoosePassword)
    return stand


def choose(stand, password):
    """Types a new password twice."""
    for _ in range(2):
        stand.type(password)
        stand.enter()


def test_a_password_that_was_set_by_another_is_changed_before_the_desk_opens(told):
    screen = told.screen
    choose(told, SET_PASSWORD)
    told.wait(lambda: screen._new.error() != "")
    assert "that you have now" in screen._new.error()
    assert told.console.session is None
    choose(told, "five calm crows")
    told.wait(lambda: told.console.session is not None)
    assert told.console.session.actor.name == "高一鸣"
    told.console.session.leave()
    told.wait_for(SignIn)
    for text in ("gao", "five calm crows"):
        told.type(text)
        told.enter()
    told.wait(lambda: told.console.session is not None)
    assert told.screen is told.console.session.desk


def test_whoever_does_not_choose_is_back_at_signing_in(told):
    told.press(Qt.Key.Key_Escape)
    assert isinstance(told.wait_for(SignIn), SignIn)
    assert told.console.session is None


def test_nobody_else_chooses_the_password_of_somebody_who_went_away(told):
    told.idle.passed.emit()
    assert isinstance(told.wait_for(SignIn), SignIn)


def test_the_lock_shows_nobodys_data_and_lets_the_same_person_back(desk):
    session = desk.console.session
    session.desk.notify("沈知夏 138****2210")
    desk.press(Qt.Key.Key_F9)
    lock = desk.wait_for(Lock)
    assert session.desk.messages() == []
    assert desk.window.windowTitle().startswith("Locked")
    desk.type("wrong")
    desk.enter()
    desk.wait(lambda: not lock._trouble.isHidden())
    desk.type(PASSWORD)
    desk.enter()
    desk.wait(lambda: not session.locked)
    assert desk.screen is session.desk


def test_an_open_dialog_waits_behind_the_lock(desk):
    session = desk.console.session
    dialog = Dialog(desk.theme, session.desk, "沈知夏 13800002210")
    dialog.open()
    desk.idle.passed.emit()
    desk.wait_for(Lock)
    assert not dialog.isVisible()
    desk.type(PASSWORD)
    desk.enter()
    desk.wait(lambda: not session.locked)
    assert dialog.isVisible()


def test_a_dialog_that_opens_late_waits_behind_the_lock_too(desk):
    session = desk.console.session
    desk.press(Qt.Key.Key_F9)
    desk.wait_for(Lock)
    dialog = Dialog(desk.theme, desk.window, "沈知夏 13800002210")
    dialog.open()
    desk.wait(lambda: not dialog.isVisible())
    desk.type(PASSWORD)
    desk.enter()
    desk.wait(lambda: not session.locked)
    assert dialog.isVisible()


def test_a_dialog_is_gone_once_somebody_else_signs_in(desk):
    dialog = Dialog(desk.theme, desk.window, "沈知夏 13800002210")
    dialog.open()
    desk.idle.passed.emit()
    desk.wait_for(Lock)._other.click()
    desk.wait_for(SignIn)
    desk.wait(lambda: not shiboken6.isValid(dialog))
    assert desk.window.findChildren(Dialog) == []


def test_somebody_else_signs_in_at_a_locked_desk(desk):
    desk.press(Qt.Key.Key_F9)
    desk.wait_for(Lock)._other.click()
    desk.wait_for(SignIn)
    assert desk.console.session is None


def test_idleness_locks_but_not_in_the_middle_of_a_call(desk, monkeypatch):
    session = desk.console.session
    page = session.desk._pages[session.desk.here]
    busy = True
    monkeypatch.setattr(page, "busy", lambda: busy)
    desk.idle.passed.emit()
    assert not session.locked
    busy = False
    desk.idle.passed.emit()
    assert session.locked


def test_a_call_begun_by_mistake_keeps_no_lock_off(hand):
    hand.key("F2")
    hand.see("Telephone number")
    hand.stand.idle.passed.emit()
    hand.stand.wait_for(Lock)
    assert hand.stand.console.session.locked


def test_a_call_that_was_forgotten_is_locked_and_kept(hand, monkeypatch):
    session = hand.stand.console.session
    hand.call()
    hand.stand.idle.passed.emit()
    assert not session.locked
    monkeypatch.setattr(console, "BUSY_AT_MOST_MS", 0)
    hand.stand.idle.passed.emit()
    hand.stand.wait_for(Lock)
    hand.see("kept")
    hand.rest()
    with hand.other.store.read() as unit:
        assert unit.count(m.Draft.select()) == 1


def test_a_computer_without_the_key_asks_for_the_recovery_code(open_console, live, tmp_path, live_mould, monkeypatch):
    monkeypatch.setenv("FRONTDESK_KEYS", str(tmp_path / "other-account"))
    stand = open_console(live)
    screen = stand.wait_for(Recover)
    stand.type("ABCD")
    stand.enter()
    stand.wait(lambda: screen._code.error() != "")
    assert "typing mistake" in screen._code.error()
    screen._code.body.selectAll()
    stand.type(live_mould.code.lower().replace("-", " "))
    stand.enter()
    stand.wait_for(SignIn)
    stand.sign_in()
    assert stand.console.session.actor.name == NAME


def test_practice_can_be_added_beside_the_live_site(stand):
    stand.screen._other.click()
    wizard = stand.wait_for(Wizard)
    assert wizard._kinds == (SiteKind.PRACTICE,)
    stand.press(Qt.Key.Key_Escape)
    assert isinstance(stand.wait_for(SignIn), SignIn)


def test_whoever_is_stopped_is_signed_out(desk, live):
    mine = desk.console.session.actor
    site = open_site(site_setup.site_folder(live, SiteKind.LIVE))
    accounts.add_account(site, mine, NewAccount("zhao", "赵主任", "six slow swans", Role.ADMINISTRATOR))
    accounts.set_active(site, mine, mine.id, False)
    site.close()
    desk.wait_for(SignIn)
    assert desk.console.session is None


def test_signing_out_while_pages_are_still_being_made_ready(stand):
    held = threading.Event()
    for _ in range(REST_THREADS):
        stand.lanes.rest(held.wait, HELD_AT_MOST_S)
    try:
        for text in (LOGIN, PASSWORD):
            stand.type(text)
            stand.enter()
        stand.wait(lambda: stand.console.session is not None)
        desk = stand.console.session.desk
        stand.console.session.leave()
        stand.wait(lambda: not shiboken6.isValid(desk))
    finally:
        held.set()
    stand.wait(lambda: stand.lanes.idle)
    assert isinstance(stand.screen, SignIn)


def test_signing_out_forgets_the_person(desk):
    desk.console.session.leave()
    screen = desk.wait_for(SignIn)
    assert screen._login.body.text() == ""
    assert desk.console.session is None
