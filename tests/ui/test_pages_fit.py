"""Every page in every language: nothing cut off on a small window, and no two languages side by side."""

from __future__ import annotations

import os
import re

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QComboBox, QLabel, QWidget

from frontdesk import paths
from frontdesk.qtkit.parts import Elided
from frontdesk.services import today
from frontdesk.services.views import Board
from frontdesk.ui.pages import PLACES

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

SMALL = QSize(1280, 720)
_WORDS = re.compile(r"[A-Za-z]{3,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What is written in Latin letters in every language.
_LATIN = {"Ctrl", "Enter", "Esc", "Alt", "English", "PDF", "Frontdesk", "PIN", "Shift", "Tab", "Windows"}


def all_shown(hand):
    """Goes to every page in turn, with a case, a visitor and a call open."""
    hand.came_in()
    for place in PLACES:
        page = hand.page(place.key)
        if place.key == "reception":
            hand.call()
            hand.see("Draft kept", "Service work order")
        elif place.key == "cases":  # one with all the deeds that there are at once
            page.activated(case_id=dict(today.today(hand.other, hand.colleague()).groups)[Board.TO_PRINT][0].id)
            hand.see("Ctrl P")
        hand.rest()
        yield place.key, page


def clipped(page):
    """Labels and buttons whose words do not fit, each as a text."""
    found = []
    for part in page.findChildren(QWidget):
        if not part.isVisible() or part.visibleRegion().isEmpty() or isinstance(part, Elided):
            continue
        if isinstance(part, QLabel) and not part.wordWrap() and part.text():
            if part.sizeHint().width() > part.width() + 1 or part.sizeHint().height() > part.height() + 1:
                found.append(f"{part.text()}: {part.sizeHint().toTuple()} in {part.size().toTuple()}")
        elif isinstance(part, QLabel) and part.wordWrap() and part.text():
            if part.heightForWidth(part.width()) > part.height() + 1:
                found.append(f"{part.text()[:40]}: {part.heightForWidth(part.width())} in {part.height()}")
        elif isinstance(part, QAbstractButton) and part.text() and part.sizeHint().width() > part.width() + 1:
            found.append(f"{part.text()}: {part.sizeHint().width()} in {part.width()}")
    return found


def sideways(page):
    """Areas whose content is wider than they are."""
    out = []
    for area in page.findChildren(QAbstractScrollArea):
        content = area.widget() if hasattr(area, "widget") else None
        width, room = content.width() if content else 0, area.viewport().width()
        if area.isVisible() and (area.horizontalScrollBar().maximum() > 0 or width > room):
            out.append(f"{type(content or area).__name__}: {width} in {room}")
    return out


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_nothing_is_cut_off_on_a_small_window(hand, language):
    found = {}
    for key, page in all_shown_in(hand, language):
        if wrong := settled(lambda page=page: clipped(page) + sideways(page)):
            found[key] = wrong
    assert hand.stand.window.size() == SMALL
    assert found == {}


def settled(wrong):
    """What is wrong once the layouts that were asked for have been made; they come in the turns after the words."""
    patience = QDeadlineTimer(3000)
    while (found := wrong()) and not patience.hasExpired():
        QCoreApplication.processEvents()
    return found


def all_shown_in(hand, language):
    """Every page, first filled in English as the hand knows it, then looked at in the language."""
    for key, page in all_shown(hand):
        hand.stand.console.use_language(language)
        hand.rest()
        page.grab()
        yield key, page
        hand.stand.console.use_language("en")
        hand.rest()


def test_english_words_are_gone_from_chinese_pages(hand):
    mixed = {}
    for key, page in all_shown_in(hand, "zh_CN"):
        if wrong := [text for text in shown(page) if is_english(text)]:
            mixed[key] = wrong
    assert mixed == {}


def test_chinese_words_are_gone_from_english_pages(hand):
    ours, mixed = chinese_words(), {}
    for key, page in all_shown_in(hand, "zh_CN"):
        hand.stand.console.use_language("en")
        hand.rest()
        if wrong := shown(page) & ours:
            mixed[key] = wrong
    assert mixed == {}


def is_english(text):
    """Whether there is a word of English in it that is neither a key's name nor somebody's own."""
    own = os.sep in text or any(name in text for name in ("lin", "cheng.yiming"))
    return not own and any(word not in _LATIN for word in _WORDS.findall(text))


def shown(page):
    """The words that stand on a page, and what it says to those who do not see it."""
    out = set()
    for part in page.findChildren(QWidget):
        if part.isVisible():
            own = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
            out |= {re.sub("<[^>]+>", " ", own).strip(), part.accessibleName(), part.toolTip()}
    return out - {""}


def chinese_words():
    """Everything that the program itself says in Chinese."""
    pofile = pytest.importorskip("babel.messages.pofile")
    out = set()
    for part in (paths.resources() / "translations" / "zh_CN").glob("*.po"):
        with part.open("rb") as source:
            out |= {entry.string for entry in pofile.read_po(source) if isinstance(entry.string, str) and entry.id}
    return {text for text in out if _CHINESE.search(text)}


def test_everything_that_takes_the_focus_has_a_name(hand):
    nameless = {}
    for key, page in all_shown(hand):
        found = [type(part).__name__ for part in page.findChildren(QWidget) if part.isVisible() and lacks_name(part)]
        if found:
            nameless[key] = found
    assert nameless == {}


def lacks_name(part):
    """Whether a person who does not see the screen comes upon something without a word."""
    takes_focus = part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isEnabled() and part.focusProxy() is None
    inner = isinstance(part.parentWidget(), QComboBox | QAbstractItemView)  # the outer one has the name
    return takes_focus and not inner and not (part.accessibleName() or (hasattr(part, "text") and part.text()))
