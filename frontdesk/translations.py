"""Keeps the translation files in step with the sources: finds the texts, and adds what is new to the right part."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from frontdesk import paths, prepare
from frontdesk.prepare import Text

KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"tr": None, "ntr": (1, 2), "mark": None}
PACKAGES = ("frontdesk", "kiosk")

_COMMANDS = ("__main__", "build", "cli", "command", "display", "maintenance", "prepare", "translations")

# Where a text belongs, by the first path that fits; a text found in two areas is common to them.
AREAS = (
    ("kiosk/", "kiosk"),
    *((f"frontdesk/{name}", "console") for name in ("ui/", "qtkit/", "tour", "bootstrap")),
    *((f"frontdesk/{name}.py", "cli") for name in _COMMANDS),
)
COMMON = "common"

HEADER = f"""msgid ""
msgstr ""
"Language: {prepare.WRITTEN}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@dataclasses.dataclass(frozen=True)
class Report:
    """What the files lack and what nothing uses any more."""

    added: Mapping[str, list[Text]]
    untranslated: list[Text]
    unused: list[Text]


def area_of(source: str) -> str:
    """The part file, without suffix, for a source's path relative to the checkout."""
    return next((area for prefix, area in AREAS if source.startswith(prefix)), COMMON)


def extracted() -> dict[Text, set[str]]:
    """All texts in the sources, each with the sources that use it."""
    from babel.messages.extract import extract_from_file

    found: dict[Text, set[str]] = {}
    for package in PACKAGES:
        for file in sorted((paths.root() / package).rglob("*.py")):
            source = file.relative_to(paths.root()).as_posix()
            for _line, text, _comments, _context in extract_from_file("python", file, KEYWORDS):
                found.setdefault(text, set()).add(source)
    return found


def written() -> dict[Text, prepare.Entry]:
    """All translations by hand, of all parts."""
    return {entry.source: entry for entry in prepare.entries(prepare.merged(prepare.part_files()))}


def update() -> Report:
    """Adds the new texts, untranslated, to the parts where they belong; removes nothing.

    Raises:
        PrepareError: a part cannot be read, or two contradict each other.
    """
    texts, known = extracted(), written()
    added: dict[str, list[Text]] = {}
    for text, sources in texts.items():
        if _singular(text) not in {_singular(old) for old in known}:
            areas = {area_of(source) for source in sources}
            added.setdefault(areas.pop() if len(areas) == 1 else COMMON, []).append(text)
    for area, news in added.items():
        _append(paths.resources() / "translations" / prepare.WRITTEN / f"{area}.po", news)
    used = {_singular(text) for text in texts}
    return Report(
        added=added,
        untranslated=[text for text, entry in written().items() if not entry.finished],
        unused=[text for text in known if _singular(text) not in used],
    )


def _singular(text: Text) -> str:
    return prepare.forms(text)[0]


def _append(part: Path, texts: list[Text]) -> None:
    """Adds the texts at the end of the part, and leaves the hand-written rest as it is."""
    from babel.messages.pofile import escape

    pieces = [part.read_text(encoding="utf-8").rstrip("\n") + "\n" if part.exists() else HEADER]
    for text in texts:
        if isinstance(text, str):
            pieces.append(f'msgid {escape(text)}\nmsgstr ""\n')
        else:
            pieces.append(f'msgid {escape(text[0])}\nmsgid_plural {escape(text[1])}\nmsgstr[0] ""\n')
    prepare.write_whole(part, "\n".join(pieces).encode())
