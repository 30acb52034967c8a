"""The command lines: what is understood, what is refused, and in whose language."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kiosk.__main__
from frontdesk import __version__, cli, command, i18n, prepare, translations

PROGRAMS = [cli.main, kiosk.__main__.main]

Program = Callable[[list[str]], int]


def exit_code(program: Program, *arguments: str) -> int:
    """How a program ends, whether it returns or leaves."""
    try:
        return program(list(arguments))
    except SystemExit as end:
        assert isinstance(end.code, int)
        return end.code


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a word about its language; what the programs set for their children does not last."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("mistake", ["--bogus", "--lang=xx", "nonsense"])
def test_what_there_is_not_gets_the_usage(program: Program, mistake: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(program, mistake) == command.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("用法：")
    assert mistake.removeprefix("--lang=") in said.err


def test_the_recovery_code_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the command line it would stay in the shell's history."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("ABCD\n"))
    (tmp_path / "a.fdbackup").write_bytes(b"nothing of ours")
    assert exit_code(cli.main, "--data", str(tmp_path / "data"), "restore", str(tmp_path / "a.fdbackup")) == 1
    assert capsys.readouterr().err.startswith("恢复码：")
    assert sys.stdin.read() == ""


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_version(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(program, "--version") == 0
    assert capsys.readouterr().out.endswith(f" {__version__}\n")


def test_the_usage_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(cli.main, "--lang", "zh_TW", "--help") == 0
    traditional = capsys.readouterr().out
    assert exit_code(cli.main, "--lang=en", "--help") == 0
    english = capsys.readouterr().out
    assert "選項" in traditional
    assert "options" in english
    assert all(row.name in traditional and row.name in english for row in cli.COMMANDS)


@pytest.mark.parametrize(
    ("setting", "language"),
    [
        ("", "zh_CN"),
        ("C.UTF-8", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh_TW.UTF-8", "zh_TW"),
        ("zh_HK", "zh_TW"),
        ("en_GB.UTF-8", "en"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows names its language elsewhere")
def test_chinese_unless_the_system_says_otherwise(monkeypatch: pytest.MonkeyPatch, setting: str, language: str) -> None:
    monkeypatch.setenv("LANG", setting)
    assert command.speak([]) == language
    assert i18n.language() == language


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a display")
def test_without_a_display_the_tour_is_named(
    program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert exit_code(program) == command.USAGE
    assert "python start.py tour" in capsys.readouterr().err


def test_a_site_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "空"
    assert exit_code(cli.main, "audit", "verify", "--data", str(folder)) == 1
    assert str(folder / "sites" / "live") in capsys.readouterr().err
    assert exit_code(cli.main, "--data", str(folder), "backup", "--site", "practice") == 1
    assert str(folder / "sites" / "practice") in capsys.readouterr().err


def test_measurements_are_found_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tests" / "bench"
    folder.mkdir(parents=True)
    (folder / "answer.py").write_text("import sys\nprint(sys.argv[1:], 42)\nsys.exit(3)\n", encoding="utf-8")
    monkeypatch.setattr("frontdesk.paths.root", lambda: tmp_path)
    assert exit_code(cli.main, "bench", "answer", "--quick") == 3
    assert capsys.readouterr().out == "['--quick'] 42\n"
    assert exit_code(cli.main, "bench", "question") == command.USAGE
    assert "answer" in capsys.readouterr().err


def test_the_command_line_loads_nothing_heavy() -> None:
    script = (
        "import sys\nfrom frontdesk import __main__\n"
        "try: __main__.main(['--version'])\nexcept SystemExit: pass\n"
        "print(sorted({'PySide6', 'peewee', 'reportlab', 'cv2', 'numpy', 'babel'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


FULL_SCREEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app, window = QApplication([]), QWidget()
watch = QTimer(interval=5)
watch.timeout.connect(lambda: window.size() == window.screen().size() and app.exit(7))
window.showFullScreen()
watch.start()
QTimer.singleShot(20000, app.quit)
sys.exit(app.exec())
"""


@pytest.mark.display
def test_a_virtual_display_has_a_window_manager(x_display: str) -> None:
    assert x_display.startswith(":")
    environment = {**os.environ, "DISPLAY": x_display, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run([sys.executable, "-c", FULL_SCREEN], env=environment, check=False)
    assert done.returncode == 7


def test_new_texts_go_where_they_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = {
        "kiosk/ui/page.py": 'tr("Touch here")\ntr("Close")\n',
        "frontdesk/ui/page.py": 'tr("New call")\ntr("Close")\n',
        "frontdesk/services/rules.py": 'mark("It is due")\nntr("{n} day", "{n} days", n)\n',
    }
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("frontdesk.paths.root", lambda: tmp_path)
    report = translations.update()
    assert report.added == {
        "kiosk": ["Touch here"],
        "common": ["It is due", ("{n} day", "{n} days"), "Close"],
        "console": ["New call"],
    }
    assert len(report.untranslated) == 5
    assert report.unused == []
    assert translations.update().added == {}


def test_contradicting_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.paths.root", lambda: tmp_path)
    folder = tmp_path / "resources" / "translations" / "zh_CN"
    folder.mkdir(parents=True)
    for part, string in (("a", "关"), ("b", "关闭")):
        (folder / f"{part}.po").write_text(f'msgid "Close"\nmsgstr "{string}"\n', encoding="utf-8")
    with pytest.raises(prepare.PrepareError, match="Close"):
        prepare.prepare_translations()
