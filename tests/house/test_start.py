"""`start.py`: what it reads off the machine, and what it packs; the whole of it is what runs these tests."""

from __future__ import annotations

import configparser
import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.house import sources

INDEX = "https://packages.example/simple"


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module of a checkout of its own, on a machine without settings for pip."""
    spec = importlib.util.spec_from_file_location("start", sources.ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text((sources.ROOT / "pyproject.toml").read_text("utf-8"), encoding="utf-8")
    for name in [name for name in module.os.environ if name.startswith(("PIP_", "UV_", "SSL_"))]:
        monkeypatch.delenv(name)
    return module


def test_it_needs_nothing_but_the_standard_library() -> None:
    script = f"import runpy; runpy.run_path({str(sources.ROOT / 'start.py')!r})"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_uv_is_told_what_pip_is_told(start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pip.conf"
    file.write_text(
        f"[global]\nindex-url = {INDEX}\nextra-index-url =\n    {INDEX}/a\n    {INDEX}/b\n", encoding="utf-8"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_CERT", "own.pem")
    environment = start.uv_environment()
    assert environment["UV_DEFAULT_INDEX"] == INDEX
    assert environment["UV_INDEX"] == f"{INDEX}/a {INDEX}/b"
    assert environment["SSL_CERT_FILE"] == "own.pem"
    assert environment["UV_COMPILE_BYTECODE"] == "1"


def test_the_environment_wins_over_pips_file(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://other.example/simple\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_INDEX_URL", INDEX)
    assert start.uv_environment()["UV_DEFAULT_INDEX"] == INDEX
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example/simple")
    assert start.uv_environment()["UV_DEFAULT_INDEX"] == "https://uv.example/simple"


def test_a_broken_pip_file_stops_nothing(start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pip.conf"
    file.write_text("no section\n", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_INDEX_URL", INDEX)
    assert start.pip_settings()["index-url"] == INDEX


def test_the_checkout_is_packed_as_a_wheel(start: ModuleType) -> None:
    with zipfile.ZipFile(start.own_wheel()) as wheel:
        members = {name.rpartition("/")[2]: wheel.read(name).decode() for name in wheel.namelist()}
    commands = configparser.ConfigParser()
    commands.read_string(members["entry_points.txt"])
    assert dict(commands["console_scripts"]) == {
        "frontdesk": "frontdesk.__main__:main",
        "frontdesk-kiosk": "kiosk.__main__:main",
    }
    assert members["frontdesk.pth"].isascii()
    assert set(members["frontdesk.pth"].strip().split("/")) == {".."}


def test_the_stamp_answers_for_the_locked_set(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    run, dev = start.wanted_state("", {}), start.wanted_state("test", {})
    assert run["set"] == "run"
    assert dev["set"] == "dev"
    assert start.wanted_state("kiosk", dev) == dev  # the larger set serves the programs as well
    monkeypatch.setattr(start, "FORMAT", start.FORMAT + 1)
    assert start.wanted_state("", {}) != run


def test_a_lost_font_is_made_again(start: ModuleType, tmp_path: Path) -> None:
    font = tmp_path / ".built" / "fonts" / "face.ttf"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"face")
    prepared = start.prepared_state()
    assert start.prepared_state() == prepared
    font.unlink()
    assert start.prepared_state() != prepared


@pytest.mark.parametrize(
    ("arguments", "program", "rest"),
    [
        ([], "frontdesk", []),
        (["--site", "live"], "frontdesk", ["--site", "live"]),
        (["kiosk", "--windowed"], "frontdesk-kiosk", ["--windowed"]),
        (["bench", "start_up"], "frontdesk", ["bench", "start_up"]),
        (["audit", "verify"], "frontdesk", ["audit", "verify"]),
        (["test", "-k", "x y"], "python", ["-m", "pytest", "-k", "x y"]),
    ],
)
def test_what_is_asked_for_is_handed_on(start: ModuleType, arguments: list[str], program: str, rest: list[str]) -> None:
    command, *handed = start.handed_over(arguments)
    assert command.stem == program
    assert handed == rest


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="not a Debian")
def test_missing_libraries_are_named(start: ModuleType) -> None:
    assert start.missing_libraries(("dpkg", "no-such-package")) == ["no-such-package"]
