"""Charts drawn as vectors: bars across, and a line through periods; readable in black and white, values as words too.

What a bar says is never said by its tone alone: the part beyond the solid bar is hatched, and its number stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from frontdesk.forms import template as t
from frontdesk.forms import values as v
from frontdesk.forms.field import Field, Words
from frontdesk.forms.layout import LEAST_SIZE, THIN, Art, Cell, Look, Row, Typesetter
from frontdesk.forms.pen import MM, Pen

_LABEL_SHARE = 0.24
_WORDS_SHARE = 0.2  # of the bars' width, for the numbers at their ends
_BAR, _SWATCH = 8.0, 7.0  # points
_SOLID, _HATCH_STEP, _DASH = 0.25, 2.6, 2.4
_PLOT_TOP, _PLOT_FOOT, _PLOT_SIDE = 16.0, 14.0, 34.0
_DOT = 4.4
_MEAN = Words("前期平均", "mean before")


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn: the block of the template, its field, the lines, in which language."""

    block: t.Chart
    field: Field
    lines: Sequence[Mapping[str, object]]
    language: str

    def text(self, line: Mapping[str, object], name: str) -> str:
        """A value of a line as it is written; empty where the chart has no such column."""
        column = self.field.column(name)
        return v.written(column, line.get(name), self.language) if column else ""

    def number(self, line: Mapping[str, object], name: str) -> float:
        """A value of a line as it is drawn."""
        value = line.get(name)
        return float(value) if isinstance(value, int | float | Decimal) else 0.0

    def word(self, name: str) -> str:
        """What a column is called."""
        column = self.field.column(name)
        return column.label.first(self.language) if column else ""


def rows(chart: Chart, width: float, setter: Typesetter, look: Look) -> Iterator[Row]:
    """The rows of a chart; none where there is nothing to draw."""
    lines = chart.lines[: chart.block.most] if chart.block.most else chart.lines
    shown = replace(chart, lines=lines)
    if not lines:
        return
    made = _plot(shown, width, setter) if chart.block.shape == "line" else _bars(shown, width, setter, look)
    for at, row in enumerate(made):
        yield replace(row, gap=chart.block.gap_mm * MM if at == 0 else 0.0)


# --- bars ------------------------------------------------------------------------------------------------------------


def _bars(chart: Chart, width: float, setter: Typesetter, look: Look) -> Iterator[Row]:
    """A line for each bar, so that a long chart goes on over pages; above them what solid and hatched mean."""
    names, small = width * _LABEL_SHARE, Look(max(LEAST_SIZE, look.size - 1), align="right")
    most = max(max(chart.number(line, name) for name in (chart.block.value, chart.block.part)) for line in chart.lines)
    if chart.block.part:
        yield Row((Cell(names), Cell(width - names, art=_legend(chart, setter))), framed=False, keep_with_next=True)
    for line in chart.lines:
        label = setter.cell(names, chart.text(line, chart.block.label), small)
        bar = Cell(width - names, look=small, art=_bar(chart, line, max(most, 1.0), setter))
        yield Row((label, bar), framed=False, whole=True)


def _legend(chart: Chart, setter: Typesetter) -> Art:
    solid, hatched = chart.word(chart.block.value), chart.word(chart.block.part)
    for word in (solid, hatched):
        setter.lines(word, 1000, Look(LEAST_SIZE))

    def draw(pen: Pen, x: float, y: float, _width: float, _height: float) -> None:
        at = x + 4
        for word, is_solid in ((solid, True), (hatched, False)):
            _draw_bar(pen, at, y + 3, _SWATCH * 1.6, _SWATCH, solid=is_solid)
            pen.text(at + _SWATCH * 2, y + 2, word, LEAST_SIZE)
            at += _SWATCH * 2 + pen.text_width(word, LEAST_SIZE) + 14

    return Art(LEAST_SIZE, draw)


def _bar(chart: Chart, line: Mapping[str, object], most: float, setter: Typesetter) -> Art:
    value, part = chart.number(line, chart.block.value), chart.number(line, chart.block.part)
    said = chart.text(line, chart.block.value)
    if part > value:
        said += f" / {chart.text(line, chart.block.part)}"
    if chart.block.sign:
        said = f"{said}  {chart.text(line, chart.block.sign)}"
    setter.lines(said, 1000, Look(LEAST_SIZE))

    def draw(pen: Pen, x: float, y: float, width: float, height: float) -> None:
        room, top = width * (1 - _WORDS_SHARE) - 8, y + (height - _BAR) / 2
        left, solid = x + 4, room * value / most
        _draw_bar(pen, left, top, solid, _BAR, solid=True)
        end = max(solid, room * part / most)
        if end > solid:
            _draw_bar(pen, left + solid, top, end - solid, _BAR, solid=False)
        pen.line(left, y, left, y + height, THIN)
        pen.text(left + end + 5, y + (height - LEAST_SIZE) / 2 - 0.5, said, LEAST_SIZE)

    return Art(_BAR, draw)


def _draw_bar(pen: Pen, x: float, y: float, width: float, height: float, *, solid: bool) -> None:
    if width <= 0:
        return
    if solid:
        pen.fill(x, y, width, height, _SOLID)
        return
    at = x - height
    while at < x + width:  # strokes at 45 degrees, cut to the bar
        start, end = max(at, x), min(at + height, x + width)
        if end > start:
            pen.line(start, y + height - (start - at), end, y + height - (end - at), THIN)
        at += _HATCH_STEP
    pen.frame(x, y, width, height, THIN)


# --- a line through periods ------------------------------------------------------------------------------------------


def _plot(chart: Chart, width: float, setter: Typesetter) -> Iterator[Row]:
    """Points joined by a line, the last one filled; a dashed line is the mean of those before it."""
    block, numbers = chart.block, [chart.number(line, chart.block.value) for line in chart.lines]
    texts = [(chart.text(line, block.label), chart.text(line, block.value)) for line in chart.lines]
    for text in (text for pair in texts for text in pair):
        setter.lines(text, 1000, Look(LEAST_SIZE))
    before = numbers[:-1]
    mean = sum(before) / len(before) if before else None
    if mean is not None:
        yield Row((Cell(width, art=_mean_legend(chart, mean, setter)),), framed=False, keep_with_next=True)
    most = max(*numbers, 1.0)

    def draw(pen: Pen, x: float, y: float, width: float, height: float) -> None:
        left, step = x + _PLOT_SIDE, (width - 2 * _PLOT_SIDE) / max(1, len(numbers) - 1)
        base, tall = y + height - _PLOT_FOOT, height - _PLOT_TOP - _PLOT_FOOT
        points = [(left + at * step, base - tall * number / most) for at, number in enumerate(numbers)]
        pen.line(x, base, x + width, base, THIN)
        if mean is not None:
            _draw_dashes(pen, x, x + width, base - tall * mean / most)
        if len(points) > 1:
            pen.path(points, 1.0)
        for at, ((px, py), (label, value)) in enumerate(zip(points, texts, strict=True)):
            is_last = at == len(points) - 1
            _draw_dot(pen, px, py, filled=is_last)
            _draw_value(pen, px, py - LEAST_SIZE - 5, value, bold=is_last)
            pen.text(px, base + 3, label, LEAST_SIZE, align="center")

    yield Row((Cell(width, art=Art(block.height_mm * MM, draw)),), framed=False, whole=True)


def _mean_legend(chart: Chart, mean: float, setter: Typesetter) -> Art:
    text = f"{_MEAN.first(chart.language)} {mean:.1f}"
    setter.lines(text, 1000, Look(LEAST_SIZE))

    def draw(pen: Pen, x: float, y: float, _width: float, _height: float) -> None:
        _draw_dashes(pen, x, x + 9 * _DASH, y + 6.5)
        pen.text(x + 9 * _DASH + 4, y + 2, text, LEAST_SIZE)

    return Art(LEAST_SIZE, draw)


def _draw_value(pen: Pen, x: float, y: float, text: str, *, bold: bool) -> None:
    """A number over its point, on white: lines pass behind it."""
    width = pen.text_width(text, LEAST_SIZE) + 3
    pen.fill(x - width / 2, y, width, LEAST_SIZE + 1, 1.0)
    pen.text(x, y, text, LEAST_SIZE, bold=bold, align="center")


def _draw_dashes(pen: Pen, x: float, end: float, y: float) -> None:
    while x < end:
        pen.line(x, y, min(x + _DASH, end), y, THIN)
        x += 2 * _DASH


def _draw_dot(pen: Pen, x: float, y: float, *, filled: bool) -> None:
    corner = (x - _DOT / 2, y - _DOT / 2)
    pen.fill(*corner, _DOT, _DOT, 0.0 if filled else 1.0)
    pen.frame(*corner, _DOT, _DOT, 0.8)
