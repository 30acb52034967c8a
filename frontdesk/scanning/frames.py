"""Frames from a recording in place of a camera, and from a camera that only OpenCV can open."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

STILL_FPS = 10.0  # pictures in a folder, and recordings that do not say, go by at this pace
FPS_LIMIT = 60.0
PICTURES = (".png", ".jpg", ".jpeg", ".bmp")
_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


class FeedFault(Enum):
    """Why there are no frames."""

    MISSING = "missing"
    UNREADABLE = "unreadable"


class FeedError(Exception):
    """The recording cannot be played."""

    def __init__(self, fault: FeedFault, path: Path) -> None:
        super().__init__(f"{fault.value}: {path.name}")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: blue, green and red bytes by rows, and the same in grey; numpy arrays of 8 bits."""

    bgr: Any
    gray: Any

    @property
    def width(self) -> int:
        """In px."""
        return int(self.gray.shape[1])

    @property
    def height(self) -> int:
        """In px."""
        return int(self.gray.shape[0])


class Feed:
    """A recording: .avi, .mp4, a numbered sequence (`code-%03d.png`), one picture, or a folder of pictures."""

    def __init__(self, path: Path) -> None:
        """Opens it.

        Raises:
            FeedError: it is not there, or cannot be read.
        """
        self._path = path
        self._frames = _pictures(path) if path.is_dir() or path.suffix.lower() in PICTURES else None
        self._capture: Any = None
        self.interval_s = 1 / STILL_FPS
        if self._frames is None or "%" in path.name:
            self._frames = None
            self._open()

    def next(self) -> Frame | None:
        """The next frame; None at the end."""
        if self._frames is not None:
            return next(self._frames, None)
        if self._capture is None:
            return None
        there, picture = self._capture.read()
        return _frame(picture) if there else None

    def close(self) -> None:
        """Lets go of the file."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _open(self) -> None:
        cv2 = opencv()
        if "%" not in self._path.name and not self._path.is_file():
            raise FeedError(FeedFault.MISSING, self._path)
        backend = cv2.CAP_IMAGES if "%" in self._path.name else cv2.CAP_ANY
        self._capture = cv2.VideoCapture(str(self._path), backend)
        if not self._capture.isOpened():
            raise FeedError(FeedFault.UNREADABLE, self._path)
        fps = self._capture.get(cv2.CAP_PROP_FPS) if backend == cv2.CAP_ANY else STILL_FPS
        if 0 < fps <= FPS_LIMIT:
            self.interval_s = 1 / fps


def opencv() -> Any:
    """OpenCV, imported without what it does to Qt.

    On Linux its import points Qt at plugins and fonts of its own; our child processes would inherit that.
    """
    before = {name: os.environ.get(name) for name in _QT_VARIABLES}
    import cv2

    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    return cv2


def _pictures(path: Path) -> Iterator[Frame] | None:
    """The pictures of a folder in the order of their names, or the one picture; None for a numbered sequence."""
    if "%" in path.name:
        return None
    files = sorted(each for each in path.iterdir() if each.suffix.lower() in PICTURES) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise FeedError(FeedFault.MISSING, path)
    return _decoded(files)


def _decoded(files: list[Path]) -> Iterator[Frame]:
    """Reads through Python's own file access, since OpenCV's cannot open every Windows path."""
    import numpy

    cv2 = opencv()
    for file in files:
        with contextlib.suppress(FileNotFoundError):  # taken away while it played
            picture = cv2.imdecode(numpy.frombuffer(file.read_bytes(), dtype=numpy.uint8), cv2.IMREAD_COLOR)
            if picture is None:
                raise FeedError(FeedFault.UNREADABLE, file)
            yield _frame(picture)


def _frame(picture: Any) -> Frame:
    cv2 = opencv()
    return Frame(picture, cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
