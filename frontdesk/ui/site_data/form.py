"""The form of one row: a field for each column, two beside each other, what is wrong at its field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.domain.sitebook import Cell, Sheet, SheetKey
from frontdesk.qtkit.theme import Theme
from frontdesk.services.sitebook import cells
from frontdesk.ui.site_data import words
from frontdesk.ui.site_data.cells import CellField

_GAP_PX = 16


class RowForm(QWidget):
    """Shows a row, or an empty one to fill in."""

    edited = Signal()

    def __init__(self, theme: Theme, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self._cells = {column.key: CellField(theme, column, self.edited.emit) for column in sheet.columns}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(_GAP_PX)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for at, cell in enumerate(self._cells.values()):
            grid.addWidget(cell.widget, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.setLayout(grid)

    def retranslate(self) -> None:
        """Says every word again."""
        for cell in self._cells.values():
            cell.retranslate()

    def offer(self, key: SheetKey, lines: list[tuple[str, str]]) -> None:
        """What the columns that name rows of another sheet offer."""
        for cell in self._cells.values():
            if cell.column.link is key:
                cell.offer(lines)

    def show_values(self, values: Mapping[str, Cell]) -> None:
        """Shows a row's cells; a new row has none."""
        for key, cell in self._cells.items():
            cell.show(values.get(key))

    def set_locked(self, locked: bool) -> None:
        """Nothing can be typed."""
        for cell in self._cells.values():
            cell.set_locked(locked)

    @property
    def touched(self) -> bool:
        """Something was typed and is not saved."""
        return any(cell.touched for cell in self._cells.values())

    def typed(self) -> dict[str, object]:
        """Everything as it was typed, to be put back by `type`."""
        return {key: cell.typed() for key, cell in self._cells.items() if cell.touched}

    def type(self, typed_before: Mapping[str, object]) -> None:
        """Puts back what had been typed."""
        for key, value in typed_before.items():
            self._cells[key].type(value)

    def values(self, *, new: bool) -> dict[str, Cell] | None:
        """The cells that were touched, of a new row all; None where something cannot be read, which is told there."""
        out: dict[str, Cell] = {}
        first = True
        for key, cell in self._cells.items():
            cell.field.clear_error()
            if not (new or cell.touched):
                continue
            try:
                out[key] = cells.read(cell.column, cell.typed())
            except cells.WrongCell as error:
                cell.field.show_error(words.problem(error.kind, error.hints), focus=first)
                first = False
        return out if first else None

    def value(self, key: str) -> Cell:
        """A cell as it is typed now; None where it cannot be read."""
        cell = self._cells[key]
        try:
            return cells.read(cell.column, cell.typed())
        except cells.WrongCell:
            return None

    def show_error(self, key: str, text: str) -> bool:
        """Says what is wrong at a column's field; False where there is no such column."""
        if key not in self._cells:
            return False
        self._cells[key].field.show_error(text)
        return True

    def take_focus(self) -> None:
        """Puts the cursor into the first field."""
        next(iter(self._cells.values())).field.body.setFocus(Qt.FocusReason.OtherFocusReason)
