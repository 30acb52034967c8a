"""The `frontdesk` command line: which commands there are, what they take, and who carries them out."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from frontdesk import command, paths
from frontdesk.i18n import mark, tr

Handler = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Command:
    """A row of the table of commands."""

    name: str
    summary: str  # marked for translation
    declare: Callable[[argparse.ArgumentParser], None]
    handle: Handler
    in_bundle: bool = True  # whether the frozen program has it; the makers' commands need the checkout


def main(arguments: Sequence[str]) -> int:
    """Runs one command, or the console where none is named; returns the exit code, 2 for what cannot be understood."""
    language = command.speak(arguments)
    options = make_parser().parse_args(arguments)
    options.lang_asked = options.lang  # None where nobody asked: then the console goes by what it remembers
    options.lang = options.lang or language
    if options.data:
        os.environ["FRONTDESK_DATA"] = str(options.data.absolute())  # for this program and those that it starts
    handle: Handler = options.handle
    return handle(options)


def make_parser() -> argparse.ArgumentParser:
    """The whole command line, in the current language."""
    parser = command.Parser(prog="frontdesk", description=tr("The reception of a residential community."))
    command.add_version(parser)
    add_places(parser, None)
    command.add_language(parser)
    parser.add_argument("--smoke", action="store_true", help=tr("show the first window, print “ready”, and end"))
    parser.set_defaults(handle=open_console)
    commands = parser.add_subparsers(metavar=tr("COMMAND"), title=tr("commands"))
    frozen = hasattr(sys, "_MEIPASS")
    for row in COMMANDS:
        if row.in_bundle or not frozen:
            row.declare(commands.add_parser(row.name, help=tr(row.summary), description=tr(row.summary)))
            commands.choices[row.name].set_defaults(handle=row.handle)
    return parser


def add_places(parser: argparse.ArgumentParser, default: object) -> None:
    """The options that say which data is meant; commands take them before and after their name."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=default, help=tr("the data folder, if not this machine's")
    )
    parser.add_argument(
        "--site", choices=("live", "practice"), default=default, help=tr("open the live site or the practice site")
    )


def site_folder(options: argparse.Namespace) -> Path:
    """The folder of the site that is meant; the live one where none is named."""
    return paths.machine_data() / "sites" / (options.site or "live")


def open_console(options: argparse.Namespace) -> int:
    """The staff console itself."""
    if command.lacks_display():
        return command.USAGE
    from frontdesk import bootstrap

    return bootstrap.main(options)


def no_options(parser: argparse.ArgumentParser) -> None:
    """For commands that take nothing."""


# -- keeping a site ---------------------------------------------------------------------------------------------------


def declare_audit(parser: argparse.ArgumentParser) -> None:
    """`audit verify`."""
    add_places(parser, argparse.SUPPRESS)
    parser.add_argument("what", choices=("verify",), help=tr("read the whole audit trail and check it"))
    parser.add_argument("--against", type=Path, metavar="FILE", help=tr("the backup to compare its end with"))


def handle_audit(options: argparse.Namespace) -> int:
    """Verifies the audit trail."""
    from frontdesk import maintenance

    return maintenance.audit_verify(site_folder(options), options.against)


def declare_backup(parser: argparse.ArgumentParser) -> None:
    """`backup`."""
    add_places(parser, argparse.SUPPRESS)
    parser.add_argument("--to", type=Path, metavar="FILE", help=tr("where to write it, if not into the site's folder"))


def handle_backup(options: argparse.Namespace) -> int:
    """Writes a backup and reads it back."""
    from frontdesk import maintenance

    return maintenance.back_up(site_folder(options), options.to)


def declare_restore(parser: argparse.ArgumentParser) -> None:
    """`restore FILE [--recovery-code CODE]`."""
    add_places(parser, argparse.SUPPRESS)
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("the backup"))
    parser.add_argument("--recovery-code", metavar="CODE", help=tr("the code of the printed sheet, if not to be asked"))
    parser.add_argument("--dsn", default="", help=tr("the PostgreSQL database to restore into"))


def handle_restore(options: argparse.Namespace) -> int:
    """Brings a site back from a backup, under whatever account this is."""
    from frontdesk import maintenance

    code = options.recovery_code or _asked_code()
    return maintenance.restore(site_folder(options), options.file, code, options.dsn)


def _asked_code() -> str:
    """The recovery code, typed: on the command line it would stay in the shell's history."""
    print(tr("Recovery code:"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline() if sys.stdin else ""


# -- prepare ----------------------------------------------------------------------------------------------------------


def handle_prepare(options: argparse.Namespace) -> int:
    """Compiles translations and converts fonts."""
    from frontdesk import i18n, prepare

    try:
        prepare.prepare_translations()
    except prepare.PrepareError as error:
        print(error, file=sys.stderr)
        return 1
    i18n.use(options.lang)  # which could not be spoken before, if this was the first time
    print(tr("Translations are ready. The typeface of the paper takes half a minute, once."), flush=True)
    prepare.prepare_fonts()
    print(tr("Everything is prepared."))
    return 0


# -- translations -----------------------------------------------------------------------------------------------------


def declare_translations(parser: argparse.ArgumentParser) -> None:
    """`translations update`."""
    parser.add_argument("what", choices=("update",), help=tr("add new texts to the translation files"))


def handle_translations(_options: argparse.Namespace) -> int:
    """Adds new texts to the files, and tells what is left for a person to do."""
    from frontdesk import translations

    report = translations.update()
    for area, texts in report.added.items():
        print(tr("added to {area}.po: {count}", area=area, count=len(texts)))
    for text in report.untranslated:
        print(tr("untranslated: {text}", text=text))
    for text in report.unused:
        print(tr("no longer used: {text}", text=text))
    return 1 if report.untranslated or report.unused else 0


# -- bench ------------------------------------------------------------------------------------------------------------


def bench_scripts() -> dict[str, Path]:
    """The measurements there are, by name."""
    return {file.stem: file for file in sorted((paths.root() / "tests" / "bench").glob("[!_]*.py"))}


def declare_bench(parser: argparse.ArgumentParser) -> None:
    """`bench NAME`, with what the measurement itself takes."""
    parser.add_argument("name", choices=bench_scripts(), metavar="NAME", help=", ".join(bench_scripts()))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help=tr("what the measurement takes"))


def handle_bench(options: argparse.Namespace) -> int:
    """Runs one measurement in this process; its last line is the figure."""
    from frontdesk import display

    script = str(bench_scripts()[options.name])
    sys.argv = [script, *options.rest]
    try:
        with display.wherever():
            runpy.run_path(script, run_name="__main__")
    except display.NoVirtualDisplay as error:
        return _no_display(error)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


# -- tour -------------------------------------------------------------------------------------------------------------

_SLOW_S = 1.2  # between two acts, for people who look on
_TOUR_SCREEN = (2000, 2000)  # holds the console and an upright kiosk whole


def declare_tour(parser: argparse.ArgumentParser) -> None:
    """`tour --out DIR [--slow]`."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=tr("where pictures and papers go"))
    parser.add_argument("--slow", action="store_true", help=tr("at a pace that people can follow"))


def handle_tour(options: argparse.Namespace) -> int:
    """Drives both programs through a day, on this display or a virtual one."""
    from frontdesk import display
    from frontdesk.tour import script

    out = options.out.absolute()
    if out.exists() and any(out.iterdir()):
        print(tr("The folder is not empty: {path}", path=out), file=sys.stderr)
        return command.USAGE
    try:
        with display.wherever(*_TOUR_SCREEN):
            return script.run(out, options.lang, _SLOW_S if options.slow else 0.0, print)
    except display.NoVirtualDisplay as error:
        return _no_display(error)


def _no_display(error: Exception) -> int:
    print(tr("There is no display here, and none can be made without: {programs}", programs=error), file=sys.stderr)
    return command.USAGE


def handle_build(_options: argparse.Namespace) -> int:
    """Packs both programs and starts them once."""
    from frontdesk import build, prepare

    try:
        build.run(print)
    except (build.BuildError, prepare.PrepareError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


COMMANDS = (
    Command("audit", mark("check that nobody has altered the audit trail"), declare_audit, handle_audit),
    Command("backup", mark("write a backup and read it back"), declare_backup, handle_backup),
    Command("restore", mark("bring a site back from a backup"), declare_restore, handle_restore),
    Command("prepare", mark("make what the programs load: translations, fonts"), no_options, handle_prepare, False),
    Command("translations", mark("keep the translations in step"), declare_translations, handle_translations, False),
    Command("tour", mark("a guided tour of both programs, with pictures"), declare_tour, handle_tour, False),
    Command("bench", mark("measure one thing; the last line is the figure"), declare_bench, handle_bench, False),
    Command("build", mark("pack both programs into dist, and start each once"), no_options, handle_build, False),
)
