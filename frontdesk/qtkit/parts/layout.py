"""Boxes: rows, columns, frames, hairlines, columns that scroll."""

from __future__ import annotations

from types import EllipsisType

from PySide6.QtCore import QEvent, QObject, Qt
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


class _Follow(QObject):
    """Keeps a scrolled column's focused field in sight."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched, 0, 24)
        return False


def scroll(content: QWidget, width: int = 0) -> QScrollArea:
    """A column that scrolls by itself, upright only; the focus draws it along. `width` is fixed where given, px."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    follow = _Follow(area)
    for child in content.findChildren(QWidget):
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus:
            child.installEventFilter(follow)
    if width:
        area.setFixedWidth(width)
    return area


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
