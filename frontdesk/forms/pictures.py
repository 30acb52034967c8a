"""Pictures with their captions, one below the other: each whole on its page, as large as its place allows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.utils import ImageReader

from frontdesk.forms import template as t
from frontdesk.forms import values as v
from frontdesk.forms.field import Field
from frontdesk.forms.layout import PAD_Y, Art, Cell, Look, Row, Typesetter
from frontdesk.forms.pen import MM, Pen

_GAP = 4.0  # points, between a picture and its caption


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is to be drawn: the block of the template, its field, the lines, in which language."""

    block: t.Pictures
    field: Field
    lines: Sequence[Mapping[str, object]]
    language: str

    def words(self, line: Mapping[str, object]) -> str:
        """The words under a picture: its caption, and the other columns that the template names."""
        shown = []
        for name in (self.block.caption, self.block.note):
            column = self.field.column(name)
            if column is not None:
                shown.append(v.written(column, line.get(name), self.language))
        return " · ".join(text for text in shown if text)


def rows(pictures: Pictures, width: float, setter: Typesetter, look: Look) -> Iterator[Row]:
    """A row for each picture, never cut; numbered, so that a caption can be spoken of."""
    for at, line in enumerate(pictures.lines):
        data = line.get(pictures.block.picture)
        if not isinstance(data, bytes):
            raise v.WrongValue(pictures.field, data)
        text = f"{at + 1}  {pictures.words(line)}".rstrip()
        caption = setter.lines(text, width - 2 * look.pad_x, look)
        art = _art(data, caption, look, pictures.block.height_mm * MM)
        gap = pictures.block.gap_mm * MM if at == 0 else 0.0
        yield Row((Cell(width, art=art),), framed=True, whole=True, gap=gap)


def _art(data: bytes, caption: Sequence[str], look: Look, height: float) -> Art:
    """A picture in the middle of its place, `height` points high with its caption."""
    words = len(caption) * look.leading
    room = height - words - _GAP - 2 * PAD_Y
    source = ImageReader(io.BytesIO(data))

    def draw(pen: Pen, x: float, y: float, width: float, _height: float) -> None:
        pen.picture(source, x + look.pad_x, y + PAD_Y, width - 2 * look.pad_x, room)
        for index, text in enumerate(caption):
            at = y + PAD_Y + room + _GAP + index * look.leading
            pen.text(x + look.pad_x, at, text, look.size)

    return Art(height - 2 * PAD_Y, draw)
