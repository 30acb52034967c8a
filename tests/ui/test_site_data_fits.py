"""Every sheet of the site's data in every language: nothing cut off on a small window, no two languages mixed."""

from __future__ import annotations

import pytest

from frontdesk.domain.sitebook import SHEETS
from frontdesk.ui.settings.sides import SITE_DATA
from tests.ui import test_pages_fit as fit

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

LANGUAGES = ("en", "zh_CN", "zh_TW")


@pytest.fixture(params=LANGUAGES)
def panes(hand, request, tmp_path):
    """The page in one language, and a way to show each of its panes in turn."""
    hand.stand.console.use_language(request.param)
    hand.stand.console.session.desk.navigate("settings", side=SITE_DATA)
    hand.rest()
    page = hand.stand.console.session.desk.page("settings")

    def all_of_them():
        yield "checklist", page
        for key in SHEETS:
            page._data.open_sheet(key)
            hand.rest()
            page.grab()
            yield key, page
        spoilt = tmp_path / "spoilt.xlsx"
        spoilt.write_bytes(b"no workbook")
        page._data._read_workbook(spoilt)
        hand.rest()
        page.grab()
        yield "mistakes", page

    return request.param, all_of_them


def test_nothing_is_cut_off(panes):
    found = {}
    for key, page in panes[1]():
        if wrong := fit.settled(lambda page=page: fit.clipped(page) + fit.sideways(page)):
            found[key] = wrong
    assert found == {}


def test_no_english_on_chinese_pages_and_a_name_for_everything(panes):
    language, all_of_them = panes
    mixed, nameless = {}, {}
    for key, page in all_of_them():
        if language != "en" and (wrong := [text for text in fit.shown(page) if is_english(text)]):
            mixed[key] = wrong
        parts = [part for part in page.findChildren(fit.QWidget) if part.isVisible() and fit.lacks_name(part)]
        if parts:
            nameless[key] = [type(part).__name__ for part in parts]
    assert (mixed, nameless) == ({}, {})


def is_english(text):
    """Whether words of the program are English; the site's own English names and the patterns may stand there."""
    words = text.replace("Delete", "").replace("Space", "")
    return fit.is_english(words) and not any(sign in text for sign in ("{floor}", "Building", ".xlsx"))
