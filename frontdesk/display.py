"""Displays: whether this session has one, and a virtual one for what has to run without."""

from __future__ import annotations

import contextlib
import os
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOOLS = ("Xvfb", "openbox")
START_S = 20.0  # how long the window manager may take to start


class NoVirtualDisplay(Exception):
    """There is no virtual display to be had; the text names the missing programs."""


def is_missing() -> bool:
    """Whether windows cannot be shown here: no X server, no Wayland, and no other platform of Qt asked for."""
    if sys.platform in ("win32", "darwin"):
        return False
    return not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


@contextlib.contextmanager
def virtual(width_px: int = 1920, height_px: int = 1200) -> Iterator[str]:
    """Runs an X server with a window manager, which full-screen windows need; gives the display's name.

    Raises:
        NoVirtualDisplay: one of the two programs is not installed, or does not start.
    """
    missing = [name for name in TOOLS if not shutil.which(name)]
    if missing:
        raise NoVirtualDisplay(", ".join(missing))
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(_x_server(width_px, height_px))
        stack.enter_context(_window_manager({**os.environ, "DISPLAY": name}))
        yield name


@contextlib.contextmanager
def wherever(width_px: int = 1920, height_px: int = 1200) -> Iterator[None]:
    """Goes on with the display that is there, or with a virtual one in this process's environment.

    Raises:
        NoVirtualDisplay: there is neither.
    """
    if not is_missing():
        yield
        return
    with virtual(width_px, height_px) as name:
        os.environ["DISPLAY"] = name
        try:
            yield
        finally:
            del os.environ["DISPLAY"]


@contextlib.contextmanager
def _x_server(width_px: int, height_px: int) -> Iterator[str]:
    """Xvfb on a display that it finds free itself, and names through the pipe once it serves."""
    reader, writer = os.pipe()
    screen = ["-screen", "0", f"{width_px}x{height_px}x24", "-nolisten", "tcp", "-noreset"]
    try:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), *screen],
            pass_fds=(writer,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    finally:
        os.close(writer)
    with _ended(server), os.fdopen(reader, encoding="ascii") as answer:
        number = answer.readline().strip()
        if not number:
            raise NoVirtualDisplay("Xvfb")
        yield f":{number}"


@contextlib.contextmanager
def _window_manager(environment: dict[str, str]) -> Iterator[None]:
    """openbox; its start-up command, which runs once it manages windows, tells so through a named pipe."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder, "ready")
        os.mkfifo(pipe)
        answer = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--startup", f"sh -c 'echo ready >{shlex.quote(str(pipe))}'"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with _ended(manager):
            try:
                started, _, _ = select.select([answer], [], [], START_S)
            finally:
                os.close(answer)
            if not started:
                raise NoVirtualDisplay("openbox")
            yield


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ends the process on the way out."""
    try:
        yield
    finally:
        process.terminate()
        process.wait()
