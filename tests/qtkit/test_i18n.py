"""The language at run time: our words, Qt's own words, the faces."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from frontdesk import i18n, paths
from frontdesk.qtkit.i18n import Languages, offered
from frontdesk.qtkit.theme import Theme


class Window(QWidget):
    """Counts how often it was told to say its words again."""

    def __init__(self):
        super().__init__()
        self.told = 0

    def changeEvent(self, event):
        self.told += event.type() == QEvent.Type.LanguageChange


@pytest.fixture
def languages(qapp):
    gc.collect()  # other tests' windows still in cycles hold Qt's words of their languages in the application
    theme = Theme.load(paths.resources() / "tokens.toml", paths.resources() / "style.qss", "light", language="en")
    made = Languages(qapp, theme)
    yield made, theme
    made.switch("en")


@pytest.mark.parametrize(("code", "cancel"), [("en", "Cancel"), ("zh_CN", "取消"), ("zh_TW", "取消")])
def test_windows_hear_of_it_and_qt_speaks_it_too(qtbot, languages, code, cancel):
    made, theme = languages
    window = Window()
    qtbot.addWidget(window)
    made.switch(code)
    assert window.told >= 1
    assert (i18n.language(), theme.language) == (code, code)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel


def test_an_unknown_language_changes_nothing(languages):
    made, _ = languages
    with pytest.raises(ValueError, match="unknown language"):
        made.switch("fr")
    assert i18n.language() == "en"


def test_every_prepared_language_is_offered_by_its_own_name():
    assert dict(offered())["en"] == "English"
