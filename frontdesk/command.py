"""What the command lines of both programs share: the language, the usage in it, and the look for a display."""

from __future__ import annotations

import argparse
import contextlib
import locale
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from frontdesk import __version__, display, i18n
from frontdesk.i18n import mark, tr

USAGE = 2  # exit code: asked for something that there is not, or that cannot be here

# argparse's own sentences, so that they stand in the catalogues.
ARGPARSE = (
    mark("usage: "),
    mark("options"),
    mark("positional arguments"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("expected one argument"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
    mark("ignored explicit argument %r"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
)


class Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations and shows the whole usage, in the user's language, with every mistake."""

    def __init__(self, **settings: object) -> None:
        super().__init__(allow_abbrev=False, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        self.print_help(sys.stderr)
        self.exit(USAGE, "\n" + tr("%(prog)s: error: %(message)s\n") % {"prog": self.prog, "message": message})


def speak(arguments: Sequence[str]) -> str:
    """Chooses the language before anything is said: `--lang`, else that of the system; gives its code."""
    language = system_language()
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in i18n.known_languages():
            language = value
    with contextlib.suppress(FileNotFoundError):  # before the first preparation there is only English
        i18n.use(language)
    argparse._ = tr  # type: ignore[attr-defined]  # the one door that argparse has to its sentences
    for stream in (sys.stdout, sys.stderr):
        _never_fail(stream)
    return language


def system_language() -> str:
    """The language of the system's account: English or Traditional Chinese where it says so, else Chinese."""
    name = _system_locale().replace("-", "_").lower()
    if name.startswith("en"):
        return "en"
    return "zh_TW" if name.startswith(("zh_tw", "zh_hk", "zh_mo", "zh_hant")) else "zh_CN"


def _system_locale() -> str:
    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")


def _never_fail(stream: TextIO | None) -> None:
    """Has characters that the terminal's encoding lacks shown as question marks; windowed programs have no stream."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option that both programs have."""
    languages = i18n.known_languages()
    parser.add_argument(
        "--lang", choices=languages, metavar="LANG", help=tr("language: {codes}", codes=", ".join(languages))
    )


def add_version(parser: argparse.ArgumentParser) -> None:
    """`--version`, which argparse would explain in English."""
    version = f"{parser.prog} {__version__}"
    parser.add_argument("--version", action="version", version=version, help=tr("show the version and exit"))


def lacks_display() -> bool:
    """Whether no window can be shown here; says so, and what to do."""
    if not display.is_missing():
        return False
    print(tr("There is no display here. For a tour without one: python start.py tour --out DIR"), file=sys.stderr)
    return True
