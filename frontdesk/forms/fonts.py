"""One face for the whole paper: ours first, a system's faces for rare characters, and no character lost in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from frontdesk import paths
from frontdesk.forms import faces

NAME = "Paper"
_STEP = 1 << 12  # subset numbers of the n-th rare face start at n * _STEP; a document never has that many subsets
_UNITS_PER_EM = 1000
_BFCHAR_LIMIT = 100  # entries in one block of a character map, by the PDF specification


class FontsMissing(Exception):
    """The faces have not been prepared, or are damaged; `path` is the file that should be there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name}: run `frontdesk prepare`")
        self.path = path


class UnprintableCharacters(ValueError):
    """No face on this machine has these characters; nothing was written."""

    def __init__(self, characters: Collection[str]) -> None:
        self.characters = tuple(sorted(set(characters)))
        super().__init__(", ".join(map(describe, self.characters)))


def describe(character: str) -> str:
    """A character and its code point, for a message: `𠮷 (U+20BB7)`."""
    shown = character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
    return f"{shown} (U+{ord(character):04X})"


class FallbackFont(TTFont):  # type: ignore[misc]
    """A face that borrows, character by character, from others; ReportLab cannot tell it from a plain one."""

    def __init__(self, name: str, path: Path, rare: Sequence[faces.Face] = ()) -> None:
        super().__init__(name, str(path), shapable=False)
        self._own = self.face.charToGlyph
        self._waiting = list(rare)
        self._rare: list[TTFont] = []

    def has(self, character: str) -> bool:
        """Whether any of the faces can draw this character."""
        return self._source(character) is not None

    def advance(self, character: str) -> float:
        """How far the pen moves, in thousandths of the size; the rare faces' too."""
        source = self._source(character) or 0
        face = self.face if source == 0 else self._rare[source - 1].face
        return float(face.getCharWidth(ord(character)))

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """ReportLab's question for the width of a text, in points."""
        text = text.decode(encoding) if isinstance(text, bytes) else text
        return sum(map(self.advance, text)) * size / _UNITS_PER_EM

    def splitString(self, text: str | bytes, doc: PDFDocument, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """ReportLab's question for the runs of a text: (subset number, codes in that subset)."""
        text = text.decode(encoding) if isinstance(text, bytes) else text
        runs: list[tuple[int, bytes]] = []
        for source, part in self._runs(text):
            if source == 0:
                runs += super().splitString(part, doc)
            else:
                runs += [(source * _STEP + n, codes) for n, codes in self._rare[source - 1].splitString(part, doc)]
        return runs

    def getSubsetInternalName(self, subset: int, doc: PDFDocument) -> str:
        """ReportLab's question for the PDF name of one subset."""
        source, number = divmod(subset, _STEP)
        if source == 0:
            return str(super().getSubsetInternalName(number, doc))
        return str(self._rare[source - 1].getSubsetInternalName(number, doc))

    def _source(self, character: str) -> int | None:
        """0 for our own face, n for the n-th rare one, None when no face has it; opens faces only when asked to."""
        code = ord(character)
        if code in self._own:
            return 0
        index = 0
        while True:
            if index == len(self._rare) and not self._open_next():
                return None
            if code in self._rare[index].face.charToGlyph:
                return index + 1
            index += 1

    def _open_next(self) -> bool:
        """Open one more rare face; a file that ReportLab cannot embed is passed over."""
        while self._waiting:
            face = self._waiting.pop(0)
            try:
                font = TTFont(f"{NAME}-{len(self._rare) + 1}", str(face.path), subfontIndex=face.member, shapable=False)
            except TTFError:
                continue
            _mend_metrics(font)
            self._rare.append(font)
            return True
        return False

    def _runs(self, text: str) -> Iterable[tuple[int, str]]:
        """The text in pieces that come from one face each.

        Raises:
            UnprintableCharacters: a character that nobody asked `has` about came this far.
        """
        start, current = 0, 0
        for index, character in enumerate(text):
            source = self._source(character)
            if source is None:
                raise UnprintableCharacters([character])
            if source != current and index > start:
                yield current, text[start:index]
                start = index
            current = source
        if text:
            yield current, text[start:]


def _mend_metrics(font: TTFont) -> None:
    """Undo a slip of ReportLab: the widths of the last glyphs of a face that is not on a grid of 1000 come scaled."""
    scale = font.face.unitsPerEm / _UNITS_PER_EM
    if scale != 1:
        font.face.hmetrics = [
            (round(advance * scale) if isinstance(advance, float) else advance, bearing)
            for advance, bearing in font.face.hmetrics
        ]


def _character_map(name: str, subset: Sequence[int]) -> str:
    """The map that lets a reader copy and search; ReportLab's own writes characters above U+FFFF wrongly."""
    rows = [
        f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in enumerate(subset) if value
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo",
        f"<< /Registry ({name})", f"/Ordering ({name})", "/Supplement 0", ">> def",
        f"/CMapName /{name} def", "/CMapType 2 def", "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    ]  # fmt: skip
    for start in range(0, len(rows), _BFCHAR_LIMIT):
        block = rows[start : start + _BFCHAR_LIMIT]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@lru_cache(maxsize=1)
def paper_font() -> FallbackFont:
    """The one face of all forms, registered with ReportLab under `NAME`.

    Raises:
        FontsMissing: the prepared file is absent or damaged.
    """
    path = paths.built() / "fonts" / faces.REGULAR
    try:
        font = FallbackFont(NAME, path, faces.rare())
    except TTFError as error:
        raise FontsMissing(path) from error
    ttfonts.makeToUnicodeCMap = _character_map
    pdfmetrics.registerFont(font)
    return font
