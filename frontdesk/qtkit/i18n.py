"""The language of a running Qt program: our catalogue, Qt's own words, the fonts' regional forms."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from frontdesk import i18n, paths
from frontdesk.qtkit.theme import Theme

NAMES = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
_QT_WORDS = "qtbase"


class Languages:
    """Switches the language at run time; every window hears of it by `QEvent.LanguageChange`."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        self._app, self._theme = app, theme
        self._qt_words = QTranslator()  # leaves the application when it dies

    def switch(self, language: str) -> None:
        """Speaks this language from now on.

        Raises:
            ValueError: the program does not know the language.
            FileNotFoundError: its catalogue has not been prepared.
        """
        i18n.use(language)
        QLocale.setDefault(QLocale(language))
        self._app.removeTranslator(self._qt_words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != i18n.SOURCE and self._qt_words.load(f"{_QT_WORDS}_{language}", folder):
            self._app.installTranslator(self._qt_words)
        self._theme.use(language=language)
        for window in self._app.topLevelWidgets():
            self._app.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def offered() -> list[tuple[str, str]]:
    """Code and own name of every language whose catalogue is there, English always."""
    return [(code, NAMES[code]) for code in i18n.known_languages() if _prepared(code)]


def of_system() -> str:
    """The language that the system is set to, of those we speak; Chinese where it is another."""
    name = QLocale.system().name()
    wished = (
        name if name in NAMES else "zh_TW" if name in ("zh_HK", "zh_MO") else "en" if name.startswith("en") else "zh_CN"
    )
    return wished if _prepared(wished) else i18n.SOURCE


def _prepared(language: str) -> bool:
    """Whether the catalogue has been compiled; the source language needs none."""
    catalogue = paths.built() / "translations" / language / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    return language == i18n.SOURCE or catalogue.is_file()
