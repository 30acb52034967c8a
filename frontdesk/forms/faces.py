"""The files that hold the faces: what `prepare` writes, and where a system keeps its faces for rare characters."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

REGULAR = "NotoSansSC-Regular.ttf"
LICENCE = "NotoSansSC-OFL.txt"


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its file, and which member of the file it is when that is a collection."""

    path: Path
    member: int = 0


def rare() -> tuple[Face, ...]:
    """The faces that this system has for characters that ours lacks, best first; they are used, never shipped."""
    return tuple(face for face in _candidates() if face.path.is_file())


def _candidates() -> tuple[Face, ...]:
    if sys.platform == "win32":
        folder = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"
        return Face(folder / "msyh.ttc"), Face(folder / "simsun.ttc"), Face(folder / "simsunb.ttf")
    folder = Path("/usr/share/fonts/truetype/hanazono")
    return Face(folder / "HanaMinA.ttf"), Face(folder / "HanaMinB.ttf")
