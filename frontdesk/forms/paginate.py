"""Puts rows on pages: what does not fit goes on with its header repeated; what is left over is shared out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.forms.layout import THICK, THIN, Row
from frontdesk.forms.pen import Pen

_FUZZ = 0.01  # points: sums of floats


class TooTall(ValueError):
    """A row that may not be cut is higher than a page."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place on a page."""

    row: Row
    y: float
    height: float


def paginate(rows: Iterable[Row], room: float) -> list[list[Placed]]:
    """The rows on pages that are `room` points high each; `y` counts from the top of the page's body.

    Raises:
        TooTall: a row that may not be cut is higher than a page.
    """
    waiting = deque(rows)
    pages: list[list[Row]] = [[]]
    used = 0.0
    while waiting:
        row = waiting.popleft()
        gap = row.gap if pages[-1] else 0.0
        need = gap + row.height + (_start_of(waiting[0]) if row.keep_with_next and waiting else 0.0)
        if used + need <= room + _FUZZ:
            pages[-1].append(row)
            used += gap + row.height
            continue
        if row.spare:
            continue
        parts = None if row.kept and _fits_a_page(row, room) else row.cut(room - used - gap)
        if parts:
            pages[-1].append(parts[0])
            row = parts[1]
        elif _is_fresh(pages[-1], row):
            raise TooTall(f"a row of {row.height:.0f} points on a page of {room:.0f}")
        pages.append(list(row.header))
        used = sum(header.height for header in row.header)
        waiting.appendleft(row)
    return [_place(page, room) for page in pages]


def _start_of(row: Row) -> float:
    return row.gap + row.height_at_least


def _fits_a_page(row: Row, room: float) -> bool:
    """Whether a page of its own, under its repeated header, can hold the whole row."""
    return sum(header.height for header in row.header) + row.height <= room + _FUZZ


def _is_fresh(page: list[Row], row: Row) -> bool:
    """Whether nothing but the row's own repeated header stands on the page yet."""
    return len(page) <= len(row.header)


def _place(rows: list[Row], room: float) -> list[Placed]:
    left_over = room - sum(row.height + (row.gap if index else 0.0) for index, row in enumerate(rows))
    shares = sum(row.stretch for row in rows)
    placed, y = [], 0.0
    for index, row in enumerate(rows):
        y += row.gap if index else 0.0
        height = row.height + (max(0.0, left_over) * row.stretch / shares if shares else 0.0)
        placed.append(Placed(row, y, height))
        y += height
    return placed


def draw_page(pen: Pen, placed: list[Placed], left: float, top: float, width: float) -> None:
    """Draw the rows of one page; those that stand together share one thick frame."""
    run: list[Placed] = []
    for item in placed:
        if run and (not item.row.framed or item.row.gap > 0 or item.y > run[-1].y + run[-1].height + _FUZZ):
            _draw_frame(pen, run, left, top, width)
            run = []
        if item.row.framed:
            run.append(item)
            item.row.draw(pen, left, top + item.y, item.height)
        else:
            item.row.draw(pen, left, top + item.y, item.height)
    if run:
        _draw_frame(pen, run, left, top, width)


def _draw_frame(pen: Pen, run: list[Placed], left: float, top: float, width: float) -> None:
    for item in run[1:]:
        pen.line(left, top + item.y, left + width, top + item.y, THIN)
    height = run[-1].y + run[-1].height - run[0].y
    pen.frame(left, top + run[0].y, width, height, THICK)
