"""Rows of cells that measure, split across pages and draw themselves; all lengths in points, `y` downwards.

A form's body is one list of rows. A row knows nothing of the page; `forms.paginate` decides where it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from frontdesk.forms.linebreak import break_lines, clean
from frontdesk.forms.pen import Pen

LEADING = 1.36  # of the size
PAD_X = 3.6
PAD_Y = 3.0
THIN = 0.45
THICK = 1.1
TINT = 0.93
LEAST_SIZE = 8.0  # nothing on paper is smaller
_UNITS = 1000


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell's text stands: size in points, weight, place."""

    size: float
    bold: bool = False
    align: str = "left"
    middle: bool = True
    tint: bool = False
    pad_x: float = PAD_X

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class Art:
    """Something drawn rather than written: its height, and how to draw it into a box (x, y, width, height)."""

    height: float
    draw: Callable[[Pen, float, float, float, float], None]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: lines already broken to its width, each with its own look, or a piece of art.

    A cell that is said `again` stands on every page that its row goes on to, as labels do.
    """

    width: float
    lines: tuple[tuple[str, Look], ...] = ()
    look: Look = field(default_factory=lambda: Look(LEAST_SIZE))
    art: Art | None = None
    again: bool = False

    @property
    def text_height(self) -> float:
        """The height of the lines alone."""
        return sum(look.leading for _, look in self.lines)

    @property
    def height(self) -> float:
        """The height that the cell asks for, its padding included."""
        return (self.art.height if self.art else self.text_height) + 2 * PAD_Y

    @property
    def height_at_least(self) -> float:
        """The height with the first line alone."""
        return self.height if self.again or not self.lines else self.lines[0][1].leading + 2 * PAD_Y

    def cut(self, room: float) -> tuple[Cell, Cell]:
        """The cell's lines that fit into `room`, and the others."""
        if self.again:
            return self, self
        used, count = 2 * PAD_Y, 0
        for _, look in self.lines:
            used += look.leading
            if used > room:
                break
            count += 1
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])

    def draw(self, pen: Pen, x: float, y: float, height: float) -> None:
        """Draw tint, then text or art, into a box of the cell's width and this height."""
        if self.look.tint:
            pen.fill(x, y, self.width, height, TINT)
        if self.art:
            self.art.draw(pen, x, y, self.width, height)
            return
        at = y + PAD_Y + (max(0.0, height - self.height) / 2 if self.look.middle else 0.0)
        place = {"left": self.look.pad_x, "center": self.width / 2, "right": self.width - self.look.pad_x}
        for text, look in self.lines:
            pen.text(
                x + place[self.look.align], at + (look.leading - look.size) / 2, text, look.size,
                bold=look.bold, align=self.look.align,
            )  # fmt: skip
            at += look.leading


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, and how the row behaves at the end of a page.

    `least` is the height below which it is never drawn; `stretch` is its share of what is left over on its page;
    `header` is repeated above whatever goes on to the next page; `whole` rows are never cut. Framed rows that stand
    together share one frame; `rule` is a line above a row that has none. A `spare` row only fills room: it is left out
    where it would begin another page. A row that is to be `kept` is cut only where no page can hold it.
    """

    cells: tuple[Cell, ...]
    least: float = 0.0
    stretch: float = 0.0
    header: tuple[Row, ...] = ()
    framed: bool = True
    whole: bool = False
    keep_with_next: bool = False
    gap: float = 0.0
    rule: bool = False
    spare: bool = False
    kept: bool = False

    @property
    def height(self) -> float:
        """The height that the row asks for, the gap above it not included."""
        return max([self.least, *(cell.height for cell in self.cells)])

    @property
    def height_at_least(self) -> float:
        """The height that the row takes on a page on which it begins."""
        if self.whole or any(cell.art for cell in self.cells):
            return self.height
        return max([0.0, *(cell.height_at_least for cell in self.cells)])

    def cut(self, room: float) -> tuple[Row, Row] | None:
        """This row as one that fits into `room` and one that goes on; None when nothing sensible fits."""
        if self.height_at_least > room:
            return None
        parts = [cell.cut(room) for cell in self.cells]
        first = replace(self, cells=tuple(first for first, _ in parts), least=0.0, stretch=0.0, keep_with_next=False)
        rest = replace(self, cells=tuple(rest for _, rest in parts), least=0.0, gap=0.0)
        return first, rest

    def draw(self, pen: Pen, x: float, y: float, height: float) -> None:
        """Draw the cells and the thin lines between them; the frame around all rows is the page's."""
        if self.rule:
            pen.line(x, y, x + sum(cell.width for cell in self.cells), y, THIN)
        for index, cell in enumerate(self.cells):
            cell.draw(pen, x, y, height)
            if self.framed and index:
                pen.line(x, y, x, y + height, THIN)
            x += cell.width


class Typesetter:
    """Breaks texts into cells, and collects the characters that no face has."""

    def __init__(self, pen: Pen) -> None:
        self._font = pen.font
        self.missing: set[str] = set()

    def cell(self, width: float, text: str, look: Look) -> Cell:
        """A cell with one text."""
        return self.stack(width, [(text, look)], look)

    def stack(self, width: float, texts: Sequence[tuple[str, Look]], look: Look) -> Cell:
        """A cell with several texts below one another, each in its own look; empty texts take no room."""
        lines = [(line, own) for text, own in texts if text for line in self.lines(text, width - 2 * own.pad_x, own)]
        return Cell(width, tuple(lines), look)

    def lines(self, text: str, width: float, look: Look) -> list[str]:
        """The lines of a text in a column of this width; a character that no face has is remembered."""
        text = clean(text)
        self.missing.update(character for character in set(text) if character != "\n" and not self._font.has(character))
        return break_lines(text, width / look.size * _UNITS, self._advance)

    def width(self, text: str, size: float) -> float:
        """The width of one line."""
        return sum(map(self._advance, clean(text))) * size / _UNITS

    def _advance(self, character: str) -> float:
        return 0.0 if character in self.missing else self._font.advance(character)
