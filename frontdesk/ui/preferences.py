"""What this computer remembers before anybody has signed in: language, look, the name of the desk."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FILE = "console.toml"


@dataclass(frozen=True)
class Preferences:
    """Facts of the machine; empty is the program's own choice."""

    language: str = ""
    scheme: str = ""
    desk: str = ""


def read(folder: Path) -> Preferences:
    """The machine's preferences; the program's own where there are none that can be read."""
    try:
        values = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Preferences()
    known = {field.name for field in fields(Preferences)}
    return Preferences(**{name: value for name, value in values.items() if name in known and isinstance(value, str)})


def write(folder: Path, preferences: Preferences) -> bool:
    """Keeps them, whole or not at all; False where the folder cannot be written, which is no trouble here."""
    # A JSON string is a TOML basic string too.
    text = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in asdict(preferences).items())
    partial = folder / f".{FILE}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, folder / FILE)
    except OSError:
        return False
    return True
