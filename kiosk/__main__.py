"""`frontdesk-kiosk`: the lobby program. Imports nothing heavy before it knows what is wanted."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from frontdesk import command
from frontdesk.i18n import tr


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the kiosk; returns the exit code, 2 for arguments that cannot be understood."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language = command.speak(arguments)
    options = make_parser().parse_args(arguments)
    options.lang = options.lang or language
    if options.data:
        os.environ["FRONTDESK_KIOSK_DATA"] = str(options.data.absolute())  # for this program and those that it starts
    if command.lacks_display():
        return command.USAGE
    from kiosk import bootstrap

    return bootstrap.main(options)


def make_parser() -> argparse.ArgumentParser:
    """The command line, in the current language."""
    parser = command.Parser(prog="frontdesk-kiosk", description=tr("The lobby kiosk of Frontdesk."))
    command.add_version(parser)
    parser.add_argument("--lobby", type=Path, metavar="DIR", help=tr("the lobby folder, where the console is met"))
    parser.add_argument("--data", type=Path, metavar="DIR", help=tr("the kiosk's own folder: its key, its outbox"))
    parser.add_argument("--feed", type=Path, metavar="VIDEO", help=tr("a recording in place of the camera"))
    command.add_language(parser)
    parser.add_argument("--windowed", action="store_true", help=tr("in a window, not over the whole screen"))
    parser.add_argument(
        "--size", type=_size, metavar="WxH", help=tr("the window's size in px, with --windowed: 1080x1920")
    )
    parser.add_argument("--smoke", action="store_true", help=tr("show the first window, print “ready”, and end"))
    return parser


def _size(text: str) -> tuple[int, int]:
    """A width and a height; raises argparse's own error."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(tr("a size is written like 1080x1920"))
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main())
