"""Words for codes, times in words, what the machine remembers."""

import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest

from frontdesk import i18n, paths
from frontdesk.domain.access import Role
from frontdesk.domain.kiosks import KioskHealth
from frontdesk.domain.passwords import Weakness
from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState
from frontdesk.ui import preferences, time_words, words
from frontdesk.ui.preferences import Preferences

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", [Role, KioskHealth, Weakness, HowLeft, InvitationState, Purpose, VisitState])
def test_every_code_has_its_word(kind):
    assert words.worded(kind)
    assert all(words.word(member) for member in kind)


def test_every_status_of_the_tokens_can_be_translated():
    tokens = tomllib.loads((paths.resources() / "tokens.toml").read_text(encoding="utf-8"))
    assert {status["word"] for status in tokens["status"].values()} == set(words.STATUS_WORDS)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "today 17:24"), ("zh_CN", "今天 17:24"), ("zh_TW", "今天 17:24")],
)
def test_a_moment_of_today(language, told):
    i18n.use(language)
    assert time_words.moment(NOW.replace(hour=17, minute=24), NOW.date()) == told


@pytest.mark.parametrize(("language", "told"), [("en", "Mon 23 Nov"), ("zh_CN", "11月23日 周一")])
def test_a_day_with_its_weekday(language, told):
    i18n.use(language)
    assert time_words.long_day(NOW.date()) == told


def test_another_year_is_named():
    assert time_words.day(date(2025, 3, 2), NOW.date()) == "2 Mar 2025"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "just now"), (59, "just now"), (60, "1 minute ago"), (3 * 3600, "3 hours ago"), (50 * 3600, "2 days ago")],
)
def test_how_long_ago(seconds, told):
    assert time_words.ago(NOW - timedelta(seconds=seconds), NOW) == told


@pytest.mark.parametrize(
    ("later", "seconds"), [(timedelta(seconds=2.2), 3), (timedelta(0), 0), (timedelta(hours=-1), 0)]
)
def test_seconds_left_are_never_too_few(later, seconds):
    assert time_words.seconds_left(NOW + later, NOW) == seconds


def test_preferences_are_kept_whole(tmp_path):
    kept = Preferences("zh_CN", "dark", 'Desk "2"\n')
    assert preferences.write(tmp_path / "new", kept)
    assert preferences.read(tmp_path / "new") == kept


def test_preferences_that_cannot_be_read_are_the_programs_own(tmp_path):
    (tmp_path / preferences.FILE).write_bytes(b"\xff\xfe = [")
    assert preferences.read(tmp_path) == Preferences()
    assert preferences.read(tmp_path / "nowhere") == Preferences()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not preferences.write(tmp_path / "file", Preferences("en"))
