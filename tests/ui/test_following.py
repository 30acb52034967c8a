"""What others do shows here, within a second: another program on the database, a kiosk's folder that goes and comes."""

import os

import pytest

from frontdesk.domain.access import Actor, Role
from frontdesk.services import settings
from frontdesk.services.site import open_site
from frontdesk.services.site_setup import SiteKind, lobby_folder, site_folder

AT_ONCE_MS = 1000


@pytest.fixture
def other_program(live):
    """The same site, opened once more as another program does."""
    site = open_site(site_folder(live, SiteKind.LIVE))
    yield site
    site.close()


def test_another_programs_change_is_seen_within_a_second(desk, other_program, qtbot):
    frame = desk.console.session.desk
    settings.rename_site(other_program, Actor(1, "x", Role.ADMINISTRATOR), "Renamed elsewhere")
    qtbot.waitUntil(lambda: frame.rail._name.text() == "Renamed elsewhere", timeout=AT_ONCE_MS)
    assert frame.context.site.name == "Renamed elsewhere"


def test_the_bulletin_is_published_when_the_console_opens(stand, live):
    folder = lobby_folder(live, SiteKind.LIVE)
    stand.wait(lambda: (folder / "bulletin.json").exists())
    assert (folder / "bulletin.json").stat().st_size > 0


def test_a_lobby_folder_that_cannot_be_used_is_told_and_forgotten(desk, live):
    frame, folder = desk.console.session.desk, lobby_folder(live, SiteKind.LIVE)
    desk.wait(lambda: (folder / "bulletin.json").exists())
    folder.rename(folder.with_name("away"))
    desk.wait(lambda: "lobby folder" in frame.key_bar._state.text())
    folder.with_name("away").rename(folder)
    desk.wait(lambda: "lobby folder" not in frame.key_bar._state.text())
    assert desk.console.session.actor.name


def test_trouble_with_the_database_is_told_in_the_key_bar(desk):
    session = desk.console.session
    error = type("Locked", (Exception,), {"code": "database_locked"})()
    session.show_trouble(error)
    assert "holding the database" in session.desk.key_bar._state.text()
    session.show_trouble(None)
    assert session.desk.key_bar._state.text() == "Ready"


def test_files_that_nothing_refers_to_are_swept_at_first_and_every_day(desk, other_program):
    path = other_program.blobs.path(other_program.blobs.put(b"stray", "text/plain"))
    os.utime(path, (0, 0))
    following = desk.console._following
    following._daily.timeout.emit()
    desk.wait(lambda: not path.exists())
    assert following._daily.isActive()


def test_files_that_nothing_refers_to_are_swept_when_the_site_opens(other_program, open_console, live):
    path = other_program.blobs.path(other_program.blobs.put(b"stray", "text/plain"))
    os.utime(path, (0, 0))
    open_console(live).wait(lambda: not path.exists())
    assert path.parent.is_dir()
