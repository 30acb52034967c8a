"""When the start fails: a clear screen in the user's language, another try, nothing lost."""

from contextlib import closing

import pytest

from frontdesk import bootstrap
from frontdesk.bootstrap import FontsMissing
from frontdesk.services import site_setup
from frontdesk.services.errors import StorageError
from frontdesk.services.site_setup import SiteKind
from frontdesk.storage import models as m
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sqlite import EncryptedSqlite
from frontdesk.ui import error_words
from frontdesk.ui.preferences import Preferences
from frontdesk.ui.signin.sign_in import SignIn
from frontdesk.ui.trouble import Trouble


@pytest.fixture
def database(live):
    return live / "sites" / "live" / "frontdesk.db"


def test_a_damaged_database_is_told_and_tried_again(open_console, live, database):
    whole = database.read_bytes()
    database.write_bytes(b"\x00" * len(whole))
    stand = open_console(live)
    screen = stand.wait_for(Trouble)
    assert screen._what.accessibleName() == "The database file is damaged."
    database.write_bytes(whole)
    screen._retry.click()
    assert isinstance(stand.wait_for(SignIn), SignIn)


def test_a_missing_database_is_told(open_console, live, database):
    database.unlink()
    stand = open_console(live, SiteKind.LIVE)
    screen = stand.wait_for(Trouble)
    assert "no database" in screen._what.accessibleName()
    assert not database.exists()


def test_a_newer_database_is_told_and_left_alone(open_console, live, database):
    with closing(site_setup.open_site(database.parent)) as site, site.store.write() as unit:
        unit.add(m.SchemaVersion, version=999, name="of the future", at=site.now())
    before = database.read_bytes()
    screen = open_console(live).wait_for(Trouble)
    assert "newer version" in screen._what.accessibleName()
    assert screen._kept.accessibleName() == "Your data is untouched."
    assert database.read_bytes() == before


def test_a_database_that_somebody_holds_is_told_and_tried_again(open_console, live, database):
    with closing(site_setup.open_site(database.parent)) as site:
        key = KeyStore.of_account().load(site.id).key
    holder = EncryptedSqlite(database, key, 0)
    holder.connect()
    holder.execute_sql("PRAGMA locking_mode = exclusive")
    holder.execute_sql("BEGIN EXCLUSIVE")
    stand = open_console(live)
    screen = stand.wait_for(Trouble)
    assert screen._what.accessibleName() == error_words.tell("database_locked").what
    assert screen._kept.accessibleName() == "Your data is untouched."
    holder.close()
    screen._retry.click()
    assert isinstance(stand.wait_for(SignIn), SignIn)


def test_without_a_chinese_font_the_start_says_so_in_words_that_can_be_read(open_console, live):
    stand = open_console(live, start_error=FontsMissing())
    screen = stand.wait_for(Trouble)
    assert screen._what.accessibleName() == "No Chinese font was found."
    chosen = Preferences(language="zh_CN")
    assert bootstrap._language("zh_TW", chosen, FontsMissing()) == "en"
    assert bootstrap._language("zh_TW", chosen, None) == "zh_TW"
    screen._retry.click()
    assert isinstance(stand.wait_for(SignIn), SignIn)


def test_the_words_follow_the_language(open_console, live, database):
    database.unlink()
    stand = open_console(live)
    screen = stand.wait_for(Trouble)
    stand.console.use_language("zh_CN")
    assert screen._what.accessibleName() == "站点文件夹中没有数据库。"


def known_codes(kind):
    return {kind.code, *(code for sub in kind.__subclasses__() for code in known_codes(sub))}


def test_every_trouble_with_storage_has_words():
    assert known_codes(StorageError) <= error_words.codes()


def test_an_error_is_told_in_three_parts():
    told = error_words.tell("database_locked")
    assert told.what.endswith(".")
    assert told.kept == "Your data is untouched."
    assert told.text() == f"{told.what} {told.kept} {told.next}"


def test_details_hold_code_and_path_only():
    error = StorageError("disk_full", path="/srv/data", reason="somebody's words")
    assert error_words.detail(error) == "disk_full · /srv/data"
