"""Turns the Chinese face that its package ships with cubic outlines into the quadratic TrueType that ReportLab embeds.

Runs once, at `frontdesk prepare` or at build time: about 20 seconds. There is no bold face in the package; heavy text
on the paper is drawn by stroking the same outlines (`forms.canvas`), which also keeps the PDFs small.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

from frontdesk.forms.faces import LICENCE, REGULAR

UNITS_PER_EM = 1000  # ReportLab's width arithmetic is exact for this grid only
TOLERANCE_UNITS = 1.0  # how far a quadratic may stray from its cubic
RECIPE = "1"  # counts up when this module would make other files from the same source
STAMP = "fonts.stamp"
KEPT_TABLES = frozenset({"GlyphOrder", "head", "hhea", "hmtx", "maxp", "OS/2", "name", "cmap", "post", "glyf", "loca"})


def build_fonts(target: Path) -> None:
    """Write the faces and their licence into `target`; does nothing when they are already those of this recipe.

    Raises:
        ImportError: the packages of the `prepare` group are not installed.
        OSError: `target` cannot be written.
    """
    import pylopdf_fonts_zh_cn

    source = pylopdf_fonts_zh_cn.sans_path()
    mark = f"{RECIPE} {hashlib.sha256(source.read_bytes()).hexdigest()}"
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == mark and (target / REGULAR).is_file():
        return
    target.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    _convert(source, target / REGULAR)
    _write_licence(target / LICENCE)
    stamp.write_text(mark, encoding="utf-8")


def _convert(source: Path, target: Path) -> None:
    """One OpenType/CFF file into one TrueType file, written whole or not at all."""
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    if font["head"].unitsPerEm != UNITS_PER_EM:
        raise ValueError(f"{source.name}: {font['head'].unitsPerEm} units per em, expected {UNITS_PER_EM}")
    _replace_outlines(font)
    for tag in set(font.keys()) - KEPT_TABLES:
        del font[tag]
    font.sfntVersion = "\x00\x01\x00\x00"
    partial = target.with_suffix(".partial")
    font.save(partial)
    os.replace(partial, target)


def _replace_outlines(font: Any) -> None:
    """Swap the cubic outline table for a quadratic one, and make the tables that describe it agree."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order = font.getGlyphOrder()
    outlines = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, TOLERANCE_UNITS, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    for glyph in glyphs.values():
        glyph.recalcBounds(table)
    _describe(font)


def _describe(font: Any) -> None:
    """Bring `maxp` and `post` from their CFF form to their TrueType form."""
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(limits, field, 0)
    limits.maxZones = 1
    names = font["post"]
    names.formatType, names.extraNames, names.mapping = 3.0, [], {}


def _write_licence(target: Path) -> None:
    """The Open Font License asks that its text goes wherever the font goes."""
    from importlib.metadata import distribution

    for entry in distribution("pylopdf-fonts-zh-cn").files or ():
        if entry.name == "LICENSE":
            shutil.copyfile(str(entry.locate()), target)
            return
    raise FileNotFoundError("the font package carries no licence text")
