"""Boxes: rows, columns, frames, hairlines, columns that scroll."""

from __future__ import annotations

from types import EllipsisType

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | EllipsisType
Items = Item | tuple[Item, int]


def _fill(box: QBoxLayout, items: tuple[Items, ...]) -> None:
    """Puts items into a box: widgets, layouts, gaps (int, px), stretches (`...`); a pair carries its stretch factor."""
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for given in items:
        item, factor = given if isinstance(given, tuple) else (given, 0)
        if isinstance(item, EllipsisType):
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item, factor)
        else:
            box.addWidget(item, factor)


def row(*items: Items) -> QHBoxLayout:
    """Items side by side, no space but what is given."""
    box = QHBoxLayout()
    _fill(box, items)
    return box


def column(*items: Items) -> QVBoxLayout:
    """Items one below the other, no space but what is given."""
    box = QVBoxLayout()
    _fill(box, items)
    return box


def frame(
    layout: QLayout,
    part: str = "",
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    *,
    width: int = 0,
    height: int = 0,
    name: str = "",
) -> QFrame:
    """A frame around a layout.

    Args:
        part: how the style sheet knows it: row, sunken, idle, info, ok, warn, danger.
        width, height: fixed where given, px.
        name: object name, for the style sheet's one-of-a-kind frames.
    """
    box = QFrame()
    if part:
        box.setProperty("part", part)
    if name:
        box.setObjectName(name)
    layout.setContentsMargins(*margins)
    box.setLayout(layout)
    if width:
        box.setFixedWidth(width)
    if height:
        box.setFixedHeight(height)
    return box


def line(part: str = "hline") -> QFrame:
    """A hairline; `vline` for an upright one."""
    box = QFrame()
    box.setProperty("part", part)
    return box


def repolish(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet asks for, and has the sheet look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def scroll(content: QWidget | None, width: int = 0) -> QScrollArea:
    """A column that scrolls by itself, upright only; Tab draws it along. `width` is fixed where given, px.

    A column of many parts is best put in last (`setWidget`), when the page stands: each change of its parent has the
    style sheet look at all of them again.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if content is not None:
        area.setWidget(content)
    if width:
        area.setFixedWidth(width)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scrolls the column that a widget stands in, if any, until it can be seen."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget, 0, 24)


class Flex(QWidget):
    """Items side by side where there are `limit` px of room, one below the other where there are not."""

    def __init__(self, limit: int, *items: Items) -> None:
        super().__init__()
        self._limit = limit
        self._box = row(*items)
        self.setLayout(self._box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= self._limit
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self._box.setContentsMargins(0, 0 if wide else 3, 0, 0 if wide else 3)
        super().resizeEvent(event)
