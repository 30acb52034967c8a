"""Glyphs of the Phosphor family as sharp pixmaps, at any size, in any colour.

The face and its table of names come with the QtAwesome package; they are read from there without importing it, because
the import pulls in a second Qt binding layer and costs more than the rest of the first window.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

PREFIX = "ph."
_GRID = 1000  # the glyphs are measured once, at this many pixels, and scaled from there
_INK = 1.0  # the family keeps its own margin inside the em


class UnknownIcon(KeyError):
    """No glyph of the family has this name."""


def _fonts() -> Path:
    """The folder of QtAwesome's faces."""
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package QtAwesome, which carries the icons, is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _names() -> dict[str, str]:
    """Glyph names and the characters that stand for them."""
    table = next(_fonts().glob("phosphor-charmap-*.json"))
    codes: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


@cache
def _face() -> QRawFont:
    """The face at the measuring size; reading it needs a running QGuiApplication."""
    return QRawFont(str(next(_fonts().glob("phosphor-[0-9]*.ttf"))), _GRID)


@cache
def outline(name: str) -> QPainterPath:
    """The glyph's outline in a box of 1 × 1.

    Args:
        name: as in the family's own list, with its prefix: `ph.wrench`, `ph.wrench-fill`.

    Raises:
        UnknownIcon: the family has no such glyph.
    """
    char = _names().get(name.removeprefix(PREFIX))
    if char is None:
        raise UnknownIcon(name)
    face = _face()
    glyph = face.glyphIndexesForString(char)[0]
    path = face.pathForGlyph(glyph)
    path.setFillRule(Qt.FillRule.WindingFill)
    advance = face.advancesForGlyphIndexes([glyph])[0].x()
    middle = QPointF(advance / 2, (face.descent() - face.ascent()) / 2)
    return QTransform(_INK / _GRID, 0, 0, _INK / _GRID, 0.5, 0.5).map(path.translated(-middle))


@cache
def pixmap(name: str, colour: str, px: int, ratio: float = 1.0) -> QPixmap:
    """The glyph as a picture of `px` × `px` device-independent pixels.

    Args:
        name: the glyph, e.g. `ph.wrench`.
        colour: `#RRGGBB` or `#AARRGGBB`.
        ratio: device pixels to a device-independent one, as the painting widget reports it.

    Raises:
        UnknownIcon: the family has no such glyph.
    """
    picture = QPixmap(round(px * ratio), round(px * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, name, QRectF(0, 0, px, px), QColor(colour))
    painter.end()
    return picture


def paint(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Paints the glyph into a square box; for sizes that are not worth a pixmap of their own."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    painter.fillPath(outline(name), colour)
    painter.restore()
