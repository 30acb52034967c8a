"""Turns a template's blocks and the values into rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from frontdesk.forms import chart, marks, pictures
from frontdesk.forms import template as t
from frontdesk.forms import values as v
from frontdesk.forms.fields import REGISTRY, Field, FieldType, Words
from frontdesk.forms.layout import LEAST_SIZE, PAD_Y, Art, Cell, Look, Row, Typesetter
from frontdesk.forms.pen import MM, Pen

_VALUE_SIZE, _LABEL_SIZE = 10.0, 9.0  # on A4; smaller paper comes down to LEAST_SIZE
_RIGHT = frozenset({FieldType.MONEY, FieldType.NUMBER})
_GROUP = re.compile(r"[\s-]+")
_TICK_GAP = 12.0
_NARROW_PAD = 2.0  # of a table with a size of its own, whose columns are many
_DATE_LINE = Words("年　　月　　日", "Date:")


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language a paper speaks, and whether its labels stand in the other one too."""

    language: str
    bilingual: bool

    def both(self, words: Words) -> list[str]:
        """The words in one language or two."""
        first, second = words.first(self.language), words.second(self.language)
        return [first, second] if self.bilingual and second != first else [first]


class Composer:
    """Makes the rows of one form on one paper."""

    def __init__(
        self, template: t.Template, given: Mapping[str, object], speech: Speech, width: float, setter: Typesetter
    ) -> None:
        self._template = template
        self._fields = REGISTRY[template.kind]
        self._given = given
        self._speech = speech
        self._width = width
        self._setter = setter
        scale = min(1.0, width / (t.PAPERS["A4"][0] * MM) * 1.3)
        self._value = Look(max(LEAST_SIZE + 0.5, _VALUE_SIZE * scale))
        self._label = Look(max(LEAST_SIZE, _LABEL_SIZE * scale), align="center", tint=True, pad_x=2.0)

    def rows(self) -> list[Row]:
        """All rows of the form, in order."""
        makers: Mapping[type, Callable[..., Iterator[Row]]] = {
            t.Grid: self._grid, t.Box: self._box, t.Table: self._table, t.Ticks: self._ticks,
            t.Signatures: self._signatures, t.Note: self._note, t.Big: self._big, t.Groups: self._groups,
            t.Steps: self._steps, t.CodeBlock: self._code, t.Chart: self._chart,
            t.Pictures: self._pictures,
        }  # fmt: skip
        return [row for block in self._template.blocks for row in makers[type(block)](block)]

    def written(self, name: str) -> str:
        """A field's value as text; empty for no field."""
        return v.written(self._fields[name], self._given.get(name), self._speech.language) if name else ""

    def label(self, field: Field) -> Words:
        """A field's label: the clerk's own, or the registry's."""
        return self._template.labels.get(field.name, field.label)

    def _label_cell(self, width: float, words: Words, like: Look | None = None) -> Cell:
        label, small = like or self._label, Look(LEAST_SIZE, align="center", pad_x=1.0)
        first, *second = self._speech.both(words)
        cell = self._setter.stack(width, [(first, label), *((text, small) for text in second)], label)
        return Cell(width, cell.lines, cell.look, again=True)

    def _value_cell(self, width: float, field: Field, value: object, like: Look | None = None) -> Cell:
        usual = like or self._value
        look = replace(usual, align="right" if field.type in _RIGHT else "left")
        return self._setter.cell(width, v.written(field, value, self._speech.language), look)

    def _shares(self, slots: tuple[t.Slot, ...]) -> list[tuple[Field, float]]:
        whole = sum(slot.share for slot in slots)
        return [(self._fields[slot.field], self._width * slot.share / whole) for slot in slots]

    def _grid(self, block: t.Grid) -> Iterator[Row]:
        shown = [
            slots for slots in block.rows
            if not block.skip_empty or any(self._given.get(slot.field) not in (None, "") for slot in slots)
        ]  # fmt: skip
        for index, slots in enumerate(shown):
            yield self._pairs(slots, block.label_share, block.gap_mm if index == 0 else 0.0)

    def _pairs(self, slots: tuple[t.Slot, ...], label_share: float, gap_mm: float = 0.0) -> Row:
        """One row of label, value, label, value ..."""
        cells: list[Cell] = []
        for field, width in self._shares(slots):
            label = self._width * label_share
            cells.append(self._label_cell(label, self.label(field)))
            cells.append(self._value_cell(width - label, field, self._given.get(field.name)))
        least = self._value.leading + 2 * PAD_Y + 4
        return Row(tuple(cells), least=least, gap=gap_mm * MM)

    def _box(self, block: t.Box) -> Iterator[Row]:
        field, label = self._fields[block.field], self._width * block.label_share
        value = self._value_cell(self._width - label, field, self._given.get(field.name))
        cells = (
            self._label_cell(label, self.label(field)),
            Cell(value.width, value.lines, Look(self._value.size, middle=False)),
        )
        least = block.least_lines * self._value.leading + 2 * PAD_Y
        yield Row(cells, least=least, stretch=block.stretch, gap=block.gap_mm * MM)

    def _table(self, block: t.Table) -> Iterator[Row]:
        table = self._fields[block.field]
        whole = sum(slot.share for slot in block.columns)
        columns = [
            (column, self._width * slot.share / whole)
            for slot in block.columns
            if (column := table.column(slot.field)) is not None
        ]
        label = replace(self._label, size=block.size, pad_x=1.0) if block.size else self._label
        head = Row(tuple(self._label_cell(width, column.label, label) for column, width in columns), whole=True)
        yield Row(head.cells, whole=True, keep_with_next=True, gap=block.gap_mm * MM)
        given = v.lines(table, self._given.get(table.name))
        look = Look(block.size, pad_x=_NARROW_PAD, middle=not block.keep_rows) if block.size else self._value
        least = look.leading + 2 * PAD_Y
        for line in [*given, *([{}] * (block.least_rows - len(given)))]:
            cells = [self._value_cell(width, column, line.get(column.name), look) for column, width in columns]
            if block.keep_rows:
                cells[0] = replace(cells[0], again=True)
            yield Row(tuple(cells), least=least, header=(head,), spare=not line, kept=block.keep_rows)
        if block.totals:
            yield self._pairs(block.totals, _total_label_share(block.totals))

    def _ticks(self, block: t.Ticks) -> Iterator[Row]:
        for index, slots in enumerate(block.rows):
            cells: list[Cell] = []
            for field, width in self._shares(slots):
                label = self._width * block.label_share
                cells.append(self._label_cell(label, self.label(field)))
                cells.append(Cell(width - label, look=self._value, art=self._choices(field, width - label)))
            least = self._value.leading + 2 * PAD_Y + 4
            yield Row(tuple(cells), least=least, whole=True, gap=block.gap_mm * MM if index == 0 else 0.0)

    def _choices(self, field: Field, width: float) -> Art:
        """Boxes with their words, flowing onto further lines where one is too short."""
        size, leading = self._value.size, self._value.leading
        ticked = v.chosen(field, self._given.get(field.name))
        placed: list[tuple[float, float, str, bool]] = []
        x = y = 0.0
        for code, words in field.choices:
            text = " ".join(self._speech.both(words))
            self._setter.lines(text, width, self._value)
            need = size * 1.25 + self._setter.width(text, size)
            if x and x + need > width - 2 * self._value.pad_x:
                x, y = 0.0, y + leading
            placed.append((x, y, text, code == ticked))
            x += need + _TICK_GAP
        height = y + leading

        def draw(pen: Pen, left: float, top: float, _width: float, room: float) -> None:
            for x, y, text, is_ticked in placed:
                at_x, at_y = left + self._value.pad_x + x, top + (room - height) / 2 + y + (leading - size) / 2
                _draw_tick_box(pen, at_x, at_y, size, is_ticked)
                pen.text(at_x + size * 1.25, at_y, text, size)

        return Art(height, draw)

    def _signatures(self, block: t.Signatures) -> Iterator[Row]:
        width = self._width / len(block.boxes)
        cells = tuple(Cell(width, art=self._signature(box, block.height_mm * MM - 2 * PAD_Y)) for box in block.boxes)
        yield Row(cells, whole=True, gap=block.gap_mm * MM)

    def _signature(self, box: t.Named, height: float) -> Art:
        size = self._label.size
        texts = self._speech.both(box.words)
        date = _DATE_LINE.first(self._speech.language)

        def draw(pen: Pen, x: float, y: float, width: float, room: float) -> None:
            for index, text in enumerate(texts):
                pen.text(x + 4, y + 4 + index * size * 1.3, text, size if index == 0 else LEAST_SIZE)
            if self._speech.language.startswith("zh"):
                pen.text(x + width - 5, y + room - LEAST_SIZE - 5, date, LEAST_SIZE, align="right")
            else:
                pen.text(x + 4, y + room - LEAST_SIZE - 5, date, LEAST_SIZE)

        return Art(height, draw)

    def _note(self, block: t.Note) -> Iterator[Row]:
        if block.only_with and not self._given.get(block.only_with):
            return
        look = Look(block.size, bold=block.bold, align=block.align, pad_x=0.0)
        small = Look(max(LEAST_SIZE, block.size * 0.8), align=block.align, pad_x=0.0)
        first, *second = self._speech.both(block.text)
        cell = self._setter.stack(self._width, [(first, look), *((text, small) for text in second)], look)
        yield Row((cell,), framed=False, gap=block.gap_mm * MM, rule=block.rule, keep_with_next=block.bold)

    def _big(self, block: t.Big) -> Iterator[Row]:
        label = Look(self._label.size + 1, align="center")
        value = Look(block.size, bold=True, align="center")
        texts = [(text, label) for text in self._speech.both(self.label(self._fields[block.field]))]
        cell = self._setter.stack(self._width, [*texts, (self.written(block.field), value)], label)
        yield Row((cell,), whole=True, gap=block.gap_mm * MM)

    def _groups(self, block: t.Groups) -> Iterator[Row]:
        groups = [group for group in _GROUP.split(self.written(block.field)) if group]
        width = self._width / block.columns
        small = Look(LEAST_SIZE, align="center")
        large = Look(block.size, bold=True, align="center")
        for start in range(0, len(groups), block.columns):
            cells = [
                self._setter.stack(width, [(str(start + index + 1), small), (group, large)], small)
                for index, group in enumerate(groups[start : start + block.columns])
            ]
            cells += [Cell(width)] * (block.columns - len(cells))
            yield Row(tuple(cells), whole=True, gap=block.gap_mm * MM if start == 0 else 0.0)

    def _steps(self, block: t.Steps) -> Iterator[Row]:
        field = self._fields[block.field]
        look = Look(block.size)
        number = Look(block.size, bold=True, align="center", tint=True)
        narrow = self._width * 0.1
        for index, step in enumerate(v.steps(field, self._given.get(field.name))):
            cells = (
                self._setter.cell(narrow, str(index + 1), number),
                self._setter.cell(self._width - narrow, step, look),
            )
            yield Row(cells, least=look.leading * 1.7, gap=block.gap_mm * MM if index == 0 else 0.0)

    def _code(self, block: t.CodeBlock) -> Iterator[Row]:
        text = self.written(block.field)
        if not text:
            return
        size = block.size_mm * MM
        quiet = marks.quiet_zone(size, text)

        def draw(pen: Pen, x: float, y: float, width: float, _room: float) -> None:
            marks.draw_code(pen, x + (width - size) / 2, y + PAD_Y + quiet, size, text)

        art = Art(size + 2 * quiet, draw)
        yield Row((Cell(self._width, art=art),), whole=True, framed=False, gap=block.gap_mm * MM)

    def _chart(self, block: t.Chart) -> Iterator[Row]:
        field = self._fields[block.field]
        given = v.lines(field, self._given.get(field.name))
        yield from chart.rows(
            chart.Chart(block, field, given, self._speech.language), self._width, self._setter, self._value
        )

    def _pictures(self, block: t.Pictures) -> Iterator[Row]:
        field = self._fields[block.field]
        given = v.lines(field, self._given.get(field.name))
        shown = pictures.Pictures(block, field, given, self._speech.language)
        yield from pictures.rows(shown, self._width, self._setter, self._value)


def _total_label_share(slots: tuple[t.Slot, ...]) -> float:
    """Totals have few characters on both sides: their labels take nearly half of each pair."""
    return 0.45 / len(slots)


def _draw_tick_box(pen: Pen, x: float, y: float, size: float, ticked: bool) -> None:
    side = size * 0.82
    pen.frame(x, y + size * 0.1, side, side, 0.7)
    if ticked:
        pen.text(x + side / 2, y - size * 0.02, "✓", size * 1.15, bold=True, align="center")
