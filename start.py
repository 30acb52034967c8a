"""Sets Frontdesk up on this machine, then starts it. Standard library only; safe to run again at any time.

    python start.py [OPTIONS]        the staff console
    python start.py kiosk [OPTIONS]  the lobby kiosk
    python start.py tour --out DIR   a guided tour with pictures, papers and a report; needs no display
    python start.py test [PYTEST]    all tests
    python start.py bench NAME       one measurement; its last line is the figure
    python start.py build            the frozen programs, in dist
    python start.py wine             the tests on the Windows Python, under wine
    python start.py COMMAND …        everything else goes to the `frontdesk` command

What it needs it puts into `.venv` beside this file: the locked set of packages, checked by their hashes, from
whatever registry pip is configured for. Once that is done, it looks at a stamp and starts without network.
"""

from __future__ import annotations

import configparser
import contextlib
import hashlib
import importlib.util
import json
import locale
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

OLDEST_PYTHON = (3, 11)
FORMAT = 1  # of the stamp and of what this file sets up; count up to make every machine set up again

WINDOWS = sys.platform == "win32"
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
EXE = ".exe" if WINDOWS else ""
PYTHON = BIN / f"python{EXE}"
CACHE = ROOT / ".cache"
STAMP = VENV / "frontdesk-set-up.json"
LOCKS = ROOT / "requirements"

DEVELOPERS = frozenset({"test", "bench", "build", "wine"})  # commands that need more than the programs themselves

LIBRARIES = (
    *("libgl1", "libegl1", "libfontconfig1", "libxkbcommon0", "libdbus-1-3", "libglib2.0-0"),  # Qt at all
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"),  # Qt on X11
    *("libpulse0", "libxrandr2"),  # camera and sound
    *("libcups2", "fonts-wqy-microhei"),  # printing, Chinese on the screen
)
TOOLS = {
    **dict.fromkeys(("tour", "bench"), ("xvfb", "openbox", "xdotool")),  # a display of their own
    "test": ("xvfb", "openbox", "xdotool", "strace"),  # and to watch which files the kiosk opens
}


Command = list[str | Path]


class SetUpFailed(Exception):
    """The set-up cannot go on; the text says why and what helps."""


def say(chinese: str, english: str) -> None:
    """Prints one sentence in the language of this machine; Chinese unless the machine says English."""
    print(english if speaks_english() else chinese, file=sys.stderr, flush=True)


def speaks_english() -> bool:
    """Whether the machine's language is English."""
    if WINDOWS:
        import ctypes

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")  # type: ignore[attr-defined]
    else:
        name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return name.lower().startswith("en")


# -- the machine ------------------------------------------------------------------------------------------------------


def missing_libraries(wanted: tuple[str, ...]) -> list[str]:
    """Those of Debian's packages that are not installed; a name may carry the suffix of the 64-bit time change."""
    names = [name + suffix for name in wanted for suffix in ("", "t64")]
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *names]
    shown = subprocess.run(query, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    installed = {line.split()[0] for line in shown.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in installed and name + "t64" not in installed]


def install_libraries(wanted: tuple[str, ...]) -> bool:
    """Sees to the shared libraries on Debian; says whether all of them are there now."""
    if WINDOWS or not shutil.which("dpkg-query"):
        return True
    missing = missing_libraries(wanted)
    if not missing:
        return True
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        command = "sudo " + " ".join(install)
        say(f"缺少系统库，请运行：\n  {command}", f"Shared libraries are missing. Please run:\n  {command}")
        return False
    say("正在安装系统库……", "Installing shared libraries …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], install):
        done = subprocess.run(
            [*step, "-qq", "-o", "DPkg::Lock::Timeout=300"],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode:
        say(f"安装失败，请运行：\n  {' '.join(install)}", f"That failed. Please run:\n  {' '.join(install)}")
    return done.returncode == 0


# -- the packages -----------------------------------------------------------------------------------------------------


def pip_settings() -> dict[str, str]:
    """What pip is configured with on this machine: option name → value; the environment wins over the files."""
    home = Path.home()
    files = [Path("/etc/pip.conf"), home / ".pip/pip.conf", home / ".config/pip/pip.conf"]
    for variable, name in (
        ("ProgramData", "pip/pip.ini"),
        ("APPDATA", "pip/pip.ini"),
        ("XDG_CONFIG_HOME", "pip/pip.conf"),
    ):
        if os.environ.get(variable):
            files.append(Path(os.environ[variable]) / name)
    if os.environ.get("PIP_CONFIG_FILE"):
        files.append(Path(os.environ["PIP_CONFIG_FILE"]))
    parser = configparser.RawConfigParser()
    with contextlib.suppress(configparser.Error, UnicodeDecodeError):  # pip will say what is wrong with its file
        parser.read(files, encoding="utf-8")
    settings: dict[str, str] = {}
    for section in ("global", "install"):
        if parser.has_section(section):
            settings.update(parser.items(section))
    settings.update({k[4:].lower().replace("_", "-"): v for k, v in os.environ.items() if k.startswith("PIP_")})
    return settings


def uv_environment() -> dict[str, str]:
    """The environment for uv, which does not look at pip's settings of its own accord."""
    settings, translated = pip_settings(), {}
    for variable, option in (
        ("UV_DEFAULT_INDEX", "index-url"),
        ("UV_INDEX", "extra-index-url"),
        ("SSL_CERT_FILE", "cert"),
        ("UV_HTTP_TIMEOUT", "default-timeout"),
    ):
        if settings.get(option):
            translated[variable] = " ".join(settings[option].split())
    if "UV_INDEX" in translated:
        # pip takes the best version that any index has; the hashes make sure that it is the locked one.
        translated["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    fixed = {"UV_COMPILE_BYTECODE": "1", "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    return {**translated, **os.environ, **fixed}


def succeeds(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> bool:
    """Runs a step of the set-up; what it has to say goes to the terminal."""
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def environment_fits(stamp: Mapping[str, object]) -> bool:
    """Whether `.venv` is of this Python and still stands where it was made."""
    try:
        settings = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    version = "{}.{}.".format(*sys.version_info[:2])
    return f"= {version}" in settings and stamp.get("root", str(ROOT)) == str(ROOT) and PYTHON.exists()


def make_environment(uv: str | None) -> None:
    """Makes an empty `.venv`; one that does not fit is replaced."""
    python = getattr(sys, "_base_executable", sys.executable)  # not that of the environment about to be replaced
    if uv:
        made = succeeds([uv, "venv", "--quiet", "--clear", "--no-project", "--python", python, VENV], uv_environment())
    else:
        if not importlib.util.find_spec("ensurepip") and not install_libraries(("python3-venv",)):
            raise SetUpFailed("python3-venv")
        made = succeeds([python, "-m", "venv", "--clear", VENV])
    if not made:
        raise SetUpFailed(str(VENV))


def find_uv() -> str | None:
    """An uv that works and is at hand, on the machine or from an earlier set-up."""
    for candidate in (shutil.which("uv"), str(CACHE / "tools" / "bin" / f"uv{EXE}")):
        if candidate and Path(candidate).exists():
            with contextlib.suppress(OSError):
                if subprocess.run([candidate, "--version"], capture_output=True, check=False).returncode == 0:
                    return candidate
    return None


def fetch_uv() -> str | None:
    """Gets the pinned uv through the environment's pip, beside the environment and not into it."""
    pip: Command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    succeeds([*pip, "--target", CACHE / "tools", "--upgrade", "--require-hashes", "-r", LOCKS / "tools.lock"])
    return find_uv()


def install_packages(lock: Path, stamp: Mapping[str, object]) -> None:
    """Brings `.venv` to exactly the locked set, by uv, or by pip where uv cannot be had."""
    uv = find_uv()
    if not environment_fits(stamp):
        make_environment(uv)
    STAMP.unlink(missing_ok=True)
    uv = uv or fetch_uv()
    wheel = own_wheel()
    if uv:
        sync: Command = [uv, "pip", "sync", "--quiet", "--require-hashes", lock]
        own: Command = [uv, "pip", "install", "--quiet", "--no-deps", "--no-index", "--reinstall", wheel]
        if succeeds(sync, uv_environment()) and succeeds(own, uv_environment()):
            return
        say("uv 未能完成安装，改用 pip。", "uv could not finish; trying pip.")
    pip: Command = [PYTHON, "-m", "pip"]
    if not succeeds([PYTHON, "-c", "import pip"]) and not succeeds([PYTHON, "-m", "ensurepip", "--upgrade"]):
        make_environment(None)
    pip += ["install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    if not (
        succeeds([*pip, "--require-hashes", "-r", lock]) and succeeds([*pip, "--no-index", "--force-reinstall", wheel])
    ):
        raise SetUpFailed(lock.name)


def own_wheel() -> Path:
    """Packs a wheel that makes this checkout importable and brings its commands, without any build tool.

    The path inside is relative: a `.pth` file is read in the machine's own encoding, which may lack the characters
    of the folder's name.
    """
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    site_packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    scripts = "".join(f"{command} = {target}\n" for command, target in project["scripts"].items())
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.pth": Path(os.path.relpath(ROOT, site_packages)).as_posix() + "\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: start.py\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{scripts}",
    }
    files[f"{info}/RECORD"] = "".join(f"{member},,\n" for member in (*files, f"{info}/RECORD"))
    wheel = CACHE / f"{name}-{version}-py3-none-any.whl"
    CACHE.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        for member, text in files.items():
            archive.writestr(member, text)
    return wheel


# -- the stamp --------------------------------------------------------------------------------------------------------


def wanted_state(command: str, stamp: Mapping[str, object]) -> dict[str, object]:
    """What the stamp has to say for this command; an environment with the developers' packages keeps them."""
    group = "dev" if command in DEVELOPERS or stamp.get("set") == "dev" else "run"
    lock = (LOCKS / f"{group}.lock").read_bytes()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.scripts]")[2].partition("[")[0]
    return {
        "format": FORMAT,
        "root": str(ROOT),
        "python": sys.version,
        "set": group,
        "packages": hashlib.sha256(lock + project.encode()).hexdigest(),
    }


def read_stamp() -> dict[str, object]:
    """What the last complete set-up left behind; empty where there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}


def write_stamp(stamp: Mapping[str, object]) -> None:
    """Replaces the stamp as a whole."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Holds off a second set-up of this checkout until the first is through."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "set-up.lock").open("a+b") as held:
        if WINDOWS:
            import msvcrt

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def set_up(command: str) -> None:
    """Makes sure that everything the command needs is there; returns at once where it is."""
    libraries = LIBRARIES + TOOLS.get(command, ())
    stamp = read_stamp()
    known = stamp.get("libraries")
    if stamp | wanted_state(command, stamp) == stamp and isinstance(known, list) and set(libraries) <= set(known):
        return
    with alone():
        stamp = read_stamp()
        wanted = wanted_state(command, stamp)
        complete = install_libraries(libraries)
        if stamp | wanted != stamp:
            say("正在安装所需组件（只需一次）……", "Setting up, once …")
            install_packages(LOCKS / f"{wanted['set']}.lock", stamp)
        write_stamp({**wanted, "libraries": libraries if complete else []})


def prepared_state() -> str:
    """By this it is known whether translations and fonts, their sources or what was made of them, have changed."""
    files = [*ROOT.glob("resources/translations/**/*.po"), *ROOT.glob("frontdesk/forms/font*.py")]
    files += [*ROOT.glob("frontdesk/prepare.py"), *ROOT.glob("requirements/run.lock")]
    files += [*ROOT.glob(".built/fonts/*"), *ROOT.glob(".built/translations/**/*.mo")]
    seen = sorted(f"{file.relative_to(ROOT)} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def prepare() -> None:
    """Has the sources of translations and fonts turned into what the programs load, where something changed."""
    mark = ROOT / ".built" / "prepared"
    if mark.exists() and mark.read_text(encoding="utf-8") == prepared_state():
        return
    if not succeeds([PYTHON, "-m", "frontdesk", "prepare"]):
        raise SetUpFailed("frontdesk prepare")
    mark.write_text(prepared_state(), encoding="utf-8")


# -- the way over -----------------------------------------------------------------------------------------------------


def handed_over(arguments: list[str]) -> list[str | Path]:
    """The command that does what was asked for."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "kiosk":
        return [BIN / f"frontdesk-kiosk{EXE}", *rest]
    if command == "test":
        return [PYTHON, "-m", "pytest", *rest]
    if command == "wine":
        return [PYTHON, ROOT / "tests" / "wine" / "run.py", *rest]
    return [BIN / f"frontdesk{EXE}", *arguments]


def run(command: list[str | Path]) -> int:
    """Hands over for good; on Windows, where that would detach from the terminal, waits for the end."""
    if not WINDOWS:
        os.execv(command[0], [str(part) for part in command])  # noqa: S606
    child = subprocess.Popen(command)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the terminal sends it to both; the child decides
            return child.wait()


def main(arguments: list[str]) -> int:
    """Sets up, then starts what was asked for; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if sys.version_info < OLDEST_PYTHON:
        say("需要 Python 3.11 或更新的版本。", "Python 3.11 or newer is needed.")
        return 1
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    command = arguments[0] if arguments else ""
    try:
        set_up(command)
        prepare()
    except SetUpFailed as failure:
        say(
            f"安装未完成：{failure}。请检查网络后再试。",
            f"The set-up did not finish: {failure}. Check the network, then try again.",
        )
        return 1
    if command == "test":
        os.chdir(ROOT)
    return run(handed_over(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
