"""The frame around the pages."""

import threading
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from frontdesk.domain.access import Actor, Role
from frontdesk.i18n import language
from frontdesk.services.site import open_site
from frontdesk.ui import pages
from frontdesk.ui.first_run.wizard import Wizard
from frontdesk.ui.settings.accounts import AccountDialog
from tests.ui.shell_kit import SITE_NAME

HELD_AT_MOST_S = 60.0
SIZES = [(1280, 720), (1440, 900)]


def test_pages_are_made_in_quiet_moments_or_when_somebody_goes_there(desk, qtbot):
    frame = desk.console.session.desk
    assert frame.page(frame.here).isVisible()
    qtbot.waitUntil(lambda: all(frame.page(place.key) for place in pages.PLACES))
    frame.navigate("settings")
    assert frame.page("settings").isVisible()
    assert desk.window.windowTitle().startswith("Settings")


def test_control_and_a_figure_go_to_a_place_and_escape_goes_back(desk):
    frame = desk.console.session.desk
    first = frame.here
    desk.press(Qt.Key(Qt.Key.Key_0 + len(pages.PLACES)), Qt.KeyboardModifier.ControlModifier)
    assert frame.here == "settings"
    desk.press(Qt.Key.Key_Escape)
    assert frame.here == first


def test_the_rail_shows_what_the_role_may_see():
    guard = [place.key for place in pages.places_for(Actor(1, "x", Role.GUARD))]
    assert "visitors" in guard
    assert "reception" not in guard
    assert [place.key for place in pages.places_for(Actor(1, "x", Role.ADMINISTRATOR))] == [p.key for p in pages.PLACES]


def test_a_page_without_access_is_not_gone_to(desk):
    frame = desk.console.session.desk
    frame.navigate("no such page")
    assert frame.here != "no such page"
    assert frame.messages() == ["You have no access to this page."]


def test_changes_wait_for_a_page_that_is_out_of_sight(desk, monkeypatch):
    frame = desk.console.session.desk
    frame.navigate("settings")
    heard = []
    monkeypatch.setattr(frame.page("settings"), "changed", heard.append)
    frame.back()
    frame.changed({("kiosk", 1)})
    assert heard == []
    frame.navigate("settings")
    assert heard == [frozenset({("kiosk", 1)})]


def test_a_kiosks_call_is_shown_until_it_is_answered(desk):
    top = desk.console.session.desk.top
    answered = []
    top.alert_answered.connect(answered.append)
    top.show_alert(7, "Lobby calls the desk")
    assert top._alert.isVisible()
    desk.press(Qt.Key.Key_F7)
    assert answered == [7]
    top.show_alert(0, "")
    assert not top._alert.isVisible()


def test_language_and_look_change_at_once_and_are_remembered(desk, open_console, live):
    console = desk.console
    console.session.desk.navigate("settings")
    console.use_language("zh_CN")
    console.use_scheme("dark")
    assert desk.window.windowTitle() == "设置 – 物业前台"
    assert console.session.desk.rail._stops[0].text() == "今日"
    desk.wait(lambda: desk.lanes.idle)
    desk.window.close()
    assert language() == "zh_CN"
    again = open_console(live)
    again.wait(lambda: again.console._preferences.language == "zh_CN")
    assert again.console._preferences.scheme == "dark"


@pytest.mark.parametrize("code", ["en", "zh_CN", "zh_TW"])
@pytest.mark.parametrize("size", SIZES)
def test_the_frame_fits_its_window(desk, code, size):
    desk.console.use_language(code)
    desk.window.resize(*size)
    desk.console.session.desk.navigate("settings")
    desk.wait(lambda: desk.lanes.idle)
    assert (desk.window.width(), desk.window.height()) == size
    hint = desk.screen.minimumSizeHint()
    assert (hint.width(), hint.height()) <= SIZES[0]


def test_every_part_that_takes_the_focus_has_a_name(desk):
    desk.console.session.desk.navigate("settings")
    desk.wait(lambda: desk.lanes.idle)
    nameless = [
        part
        for part in desk.screen.findChildren(QWidget)
        if isinstance(part, QAbstractButton | QLineEdit | QPlainTextEdit)
        and part.isVisible()
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()))
    ]
    assert nameless == []


def test_the_site_is_renamed_for_all(desk):
    frame = desk.console.session.desk
    frame.navigate("settings")
    desk.wait(lambda: desk.lanes.idle)
    assert frame.rail._name.text() == SITE_NAME
    part = frame.page("settings")._parts[1]
    part._edit.setFocus()
    part._edit.selectAll()
    desk.type("Spruce Court")
    desk.enter()
    desk.wait(lambda: frame.rail._name.text() == "Spruce Court")
    assert frame.context.site.name == "Spruce Court"


def test_an_account_is_added_and_its_access_stopped_and_given_back(desk):
    frame = desk.console.session.desk
    frame.navigate("settings")
    part = next(p for p in frame.page("settings")._parts if "account" in p.topics)
    part._add.click()
    dialog = desk.window.findChild(AccountDialog)
    dialog._name.setText("高一鸣")
    dialog._login.setText("gao")
    dialog._password.setText("long enough words")
    dialog._go.click()
    desk.wait(lambda: len(part._people) == 2)
    part._switch(part._people[1])
    desk.wait(lambda: not part._people[1].active)
    part._switch(part._people[1])
    desk.wait(lambda: part._people[1].active)
    assert part._people[1].name == "高一鸣"


def test_a_backup_is_made_and_told(desk):
    frame = desk.console.session.desk
    frame.navigate("settings")
    part = frame.page("settings")._parts[1]
    part._back_up.click()
    desk.wait(lambda: part._last is not None)
    assert any("Backed up" in text for text in frame.messages())


def test_a_backup_keeps_nobody_from_saving(desk):
    """The lane of the database is held, and the backup is made all the same: it goes its own way."""
    frame = desk.console.session.desk
    frame.navigate("settings")
    desk.wait(lambda: desk.lanes.idle)
    part = frame.page("settings")._parts[1]
    held = threading.Event()
    desk.lanes.db(held.wait, HELD_AT_MOST_S)
    part._back_up.click()
    try:
        desk.wait(lambda: part._last is not None)
        assert not desk.lanes.idle
    finally:
        held.set()
    assert any("Backed up" in text for text in frame.messages())


def test_what_a_backup_lacks_is_told_and_stays_on_the_page(desk):
    site = desk.console._opened.site
    blob = site.blobs.put(b"a paper", "application/pdf")
    with closing(open_site(site.folder)) as other, other.store.write() as unit:
        other.blobs.keep(unit, blob)
    site.blobs.drop([blob])
    frame = desk.console.session.desk
    frame.navigate("settings")
    part = frame.page("settings")._parts[1]
    assert part._backup_note.isHidden()
    part._back_up.click()
    desk.wait(lambda: part._last is not None)
    assert any("lacks 1 stored file," in text for text in frame.messages())
    assert not part._backup_note.isHidden()
    assert "lacks 1 stored file," in part._backup_note.accessibleName()


def test_closing_the_window_closes_the_site(desk):
    site = desk.console._opened.site
    desk.window.close()
    assert not desk.lanes._open
    assert site.store.folder.exists()


def test_the_wizard_is_not_shown_where_there_is_a_site(stand):
    assert not isinstance(stand.screen, Wizard)
