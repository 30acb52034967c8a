"""Words in the reader's language: gettext catalogues, English in the source.

Not Qt's translator, because the command line, errors before the first window, and paper need words too.
"""

from __future__ import annotations

import gettext

from frontdesk import paths

SOURCE = "en"
DOMAIN = "frontdesk"
LANGUAGES = ("zh_CN", "en", "zh_TW")  # Chinese first, English second, Traditional Chinese third

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = SOURCE


def known_languages() -> tuple[str, ...]:
    """Codes of the languages the program speaks, in the order in which they are offered."""
    return LANGUAGES


def use(language: str) -> None:
    """Speak this language from now on.

    Raises:
        ValueError: the program does not know the language.
        FileNotFoundError: its catalogue has not been prepared.
    """
    global _current, _language
    if language not in LANGUAGES:
        raise ValueError(f"unknown language: {language}")
    if language == SOURCE:
        _current = gettext.NullTranslations()
    else:
        _current = gettext.translation(DOMAIN, paths.built() / "translations", [language])
    _language = language


def language() -> str:
    """The language spoken now."""
    return _language


def tr(msgid: str, /, **values: object) -> str:
    """The text in the current language, `{name}` placeholders filled after translation."""
    text = _current.gettext(msgid) if msgid else ""
    return text.format(**values) if values else text


def tr_in(language: str, msgid: str, /) -> str:
    """The text in a language other than the current one: a workbook is understood whoever wrote it."""
    if language == SOURCE or not msgid:
        return msgid
    return gettext.translation(DOMAIN, paths.built() / "translations", [language], fallback=True).gettext(msgid)


def ntr(one: str, many: str, n: int, /, **values: object) -> str:
    """The text that fits the number `n`, which fills `{n}`."""
    return _current.ngettext(one, many, n).format(n=n, **values)


def mark(msgid: str, /) -> str:
    """Marks a text for translation that is looked up later, through `tr(variable)`."""
    return msgid
