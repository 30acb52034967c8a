"""Turns sources into what the programs load: compiled translations and TrueType faces, in `paths.built()`.

Runs at set-up and at build time, where the packages of the group `prepare` are installed; a frozen program carries
the results and never comes here. Every step is skipped while its result is newer than its sources.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk import i18n, paths

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

WRITTEN = "zh_CN"  # translated by hand
DERIVED = "zh_TW"  # made from it, then read over; what was corrected stands in `zh_TW.po`
CONVERSION = "s2twp"  # OpenCC: simplified to traditional as used in Taiwan, with its own terms
TERMS = {  # what it gets wrong wherever it stands
    "裝置": "設備",
    "上報物件": "上報對象",
    "空格鍵": "空白鍵",
    "型別": "類型",
    "賬戶": "帳戶",
    "許可權": "權限",
    "訪問": "存取",
    "資料資料夾": "資料存放資料夾",
    "已籤": "已簽",
    "導航": "導覽",
    "號碼匹配": "號碼相符",
    "畫素": "像素",
    "攝像頭": "攝影機",
    "響應": "回應",
    "丟失": "遺失",
}


Text = str | tuple[str, ...]  # a tuple where there are forms for numbers


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of the source and what stands for it; `finished` means that every form is there and none is a guess."""

    source: Text
    translation: Text
    finished: bool


class PrepareError(Exception):
    """A source cannot be used; the text names the file and the entry."""


def prepare_fonts() -> None:
    """Turns the Chinese typeface into what the paper can embed; at once where that is done."""
    from frontdesk.forms import fontbuild  # fontTools is slow to load, and not part of the frozen programs

    fontbuild.build_fonts(paths.built() / "fonts")


# -- translations -----------------------------------------------------------------------------------------------------


def part_files(language: str = WRITTEN) -> list[Path]:
    """The hand-written parts of a language's catalogue, one an area of the program."""
    return sorted((paths.resources() / "translations" / language).glob("*.po"))


def prepare_translations() -> bool:
    """Compiles the catalogues of all languages; says whether there was anything to do.

    Raises:
        PrepareError: two parts translate the same text differently.
    """
    parts, corrections = part_files(), paths.resources() / "translations" / f"{DERIVED}.po"
    sources = [*parts, *([corrections] if corrections.exists() else []), Path(__file__)]
    targets = [compiled(WRITTEN), compiled(DERIVED)]
    if up_to_date(targets, sources):
        return False
    written = merged(parts)
    write_compiled(written, targets[0])
    write_compiled(derived(written, read(corrections) if corrections.exists() else None), targets[1])
    return True


def compiled(language: str) -> Path:
    """Where a language's compiled catalogue lies."""
    return paths.built() / "translations" / language / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"


def read(file: Path) -> Catalog:
    """One catalogue file.

    Raises:
        PrepareError: it is not well-formed.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        return read_po(io.BytesIO(file.read_bytes()), abort_invalid=True)
    except PoFileError as error:
        raise PrepareError(f"{file}: {error}") from error


def merged(parts: Iterable[Path]) -> Catalog:
    """The parts as one catalogue.

    Raises:
        PrepareError: two parts translate the same text differently.
    """
    from babel.messages.catalog import Catalog

    whole = Catalog(locale=WRITTEN, charset="utf-8")
    for part in parts:
        for entry in entries(read(part)):
            known = whole.get(entry.source)
            if known and known.string != entry.translation:
                raise PrepareError(f"{part}: {entry.source!r} is translated differently in another part")
            whole.add(entry.source, entry.translation)
    return whole


def entries(catalogue: Catalog) -> list[Entry]:
    """The texts of a catalogue, without the header."""
    found = []
    for message in catalogue:
        source, translation = _text(message.id), _text(message.string)
        if source:
            found.append(Entry(source, translation, not message.fuzzy and all(forms(translation))))
    return found


def forms(text: Text) -> tuple[str, ...]:
    """All forms of a text."""
    return (text,) if isinstance(text, str) else text


def _text(value: object) -> Text:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def derived(written: Catalog, corrections: Catalog | None) -> Catalog:
    """The traditional catalogue: every text converted, except where a correction stands."""
    from babel.messages.catalog import Catalog
    from opencc import OpenCC

    opencc = OpenCC(CONVERSION)

    def convert(text: str) -> str:
        text = opencc.convert(text)
        for wrong, right in TERMS.items():
            text = text.replace(wrong, right)
        return text

    whole = Catalog(locale=DERIVED, charset="utf-8")
    for entry in entries(written):
        correction = corrections.get(entry.source) if corrections else None
        translation = entry.translation
        converted = convert(translation) if isinstance(translation, str) else tuple(map(convert, translation))
        whole.add(entry.source, correction.string if correction else converted)
    return whole


def write_compiled(catalogue: Catalog, target: Path) -> None:
    """Writes the compiled catalogue as a whole or not at all."""
    from babel.messages.mofile import write_mo

    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    write_whole(target, buffer.getvalue())


# -- files ------------------------------------------------------------------------------------------------------------


def up_to_date(targets: Iterable[Path], sources: Iterable[Path]) -> bool:
    """Whether every target is there and none is older than any source."""
    targets = list(targets)
    if not all(target.exists() for target in targets):
        return False
    newest = max(source.stat().st_mtime_ns for source in sources)
    return min(target.stat().st_mtime_ns for target in targets) >= newest


def write_whole(target: Path, data: bytes) -> None:
    """Replaces a file in one step, so that no program ever reads half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
