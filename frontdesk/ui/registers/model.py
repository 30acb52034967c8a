"""The lines of a register as a table: as many rows as there are lines, those in view fetched page by page."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.domain.registers import REGISTERS, LineState, RegisterColumn, RegisterKind, column
from frontdesk.i18n import tr
from frontdesk.services.views import Named
from frontdesk.services.views.registers import Cell, RegisterRow
from frontdesk.ui.context import Context
from frontdesk.ui.words import named, word

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_KEPT_PAGES = 30
_DUE = frozenset({"due_at", "asked_by"})
_LONGEST_TIP = 600
_LONG_MM = 28.0
_NUMBERS = frozenset({"record_no", "serial", "number"})  # not broken, so that they can be read off


def cell_text(context: Context, cell: Cell) -> str:
    """A cell in words, in the language of the moment; instants on the site's clock."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return " · ".join(filter(None, (cell_text(context, part) for part in cell)))
    if isinstance(cell, StrEnum):
        return word(cell)
    if isinstance(cell, datetime):
        at = context.local(cell)
        return f"{at:%m-%d %H:%M}" if at.year == context.now().year else f"{at:%Y-%m-%d %H:%M}"
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return named(cell) if isinstance(cell, Named) else str(cell)


class RegisterModel(QAbstractTableModel):
    """Rows that have not come yet are empty; `missing` says that some are wanted."""

    missing = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = RegisterKind.CALL_VISIT
        self._columns: tuple[RegisterColumn, ...] = ()
        self._places: tuple[int, ...] = ()
        self._total = 0
        self._pages: OrderedDict[int, tuple[RegisterRow, ...]] = OrderedDict()
        self._texts: dict[tuple[int, int], str] = {}

    # -- what the view asks ------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self._columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self._columns[section])
        if role == Qt.ItemDataRole.ToolTipRole and self._columns[section].sortable:
            return tr(
                "{column}: click to sort (Alt S), again to turn the order (Alt O)",
                column=tr(self._columns[section].title),
            )
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self._columns[index.column()])
        line = self.line(index.row())
        if line is None:
            if role == Qt.ItemDataRole.DisplayRole:
                self.missing.emit()
            return "" if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line, index.column()).replace("\n", "  ")
        if role == Qt.ItemDataRole.FontRole:
            return self._context.theme.font("small")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(self._columns[index.column()].title)}: {self.text(line, index.column())}"
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self.text(line, index.column())
            return text if len(text) <= _LONGEST_TIP else f"{text[:_LONGEST_TIP]}…"
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(line, self._columns[index.column()].key)
        return line if role == Qt.ItemDataRole.UserRole else None

    @staticmethod
    def _alignment(of: RegisterColumn) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if of.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _ink(self, line: RegisterRow, key: str) -> object:
        if line.overdue and key in _DUE:
            return self._context.theme.color("danger")
        return self._context.theme.color("text_3") if line.state is not LineState.OPEN else None

    # -- what the page asks ------------------------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[RegisterColumn, ...]:
        """The columns that are shown."""
        return self._columns

    def line(self, row: int) -> RegisterRow | None:
        """The line of a row; None while it has not come."""
        page = self._pages.get(row // PAGE)
        at = row % PAGE
        return page[at] if page is not None and at < len(page) else None

    def text(self, line: RegisterRow, at: int) -> str:
        """What stands in a shown column of a line."""
        key = (id(line), at)
        if key not in self._texts:
            self._texts[key] = cell_text(self._context, line.cells[self._places[at]])
        return self._texts[key]

    def row_of(self, line_id: int) -> int:
        """The row of a line among those that have come; -1 where it is not."""
        for number, page in self._pages.items():
            for at, line in enumerate(page):
                if line.id == line_id:
                    return number * PAGE + at
        return -1

    def first_missing(self, first: int, last: int) -> int | None:
        """The number of the first page of these rows that has not come."""
        if self._total == 0:
            return None
        last = min(last, self._total - 1)
        return next((page for page in range(first // PAGE, last // PAGE + 1) if page not in self._pages), None)

    # -- what comes --------------------------------------------------------------------------------------------------

    def show_columns(self, kind: RegisterKind, keys: tuple[str, ...]) -> None:
        """Another register, or other columns of it; its lines come anew."""
        self.beginResetModel()
        every = REGISTERS[kind]
        if kind is not self._kind:
            self._pages.clear()
            self._total = 0
        self._kind = kind
        self._columns = tuple(column(kind, key) for key in keys)
        self._places = tuple(every.index(each) for each in self._columns)
        self._texts.clear()
        self.endResetModel()

    def show_page(self, number: int, rows: tuple[RegisterRow, ...], total: int) -> None:
        """A page in place of all before: what others have changed, or another filter."""
        if total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._begin_with(number, rows, total)
            self.endRemoveRows()
        elif total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._begin_with(number, rows, total)
            self.endInsertRows()
        else:
            self._begin_with(number, rows, total)
        self._tell(0, total - 1)

    def _begin_with(self, number: int, rows: tuple[RegisterRow, ...], total: int) -> None:
        self._pages.clear()
        self._texts.clear()
        self._pages[number] = rows
        self._total = total

    def add_page(self, number: int, rows: tuple[RegisterRow, ...]) -> None:
        """A page that was missing; those looked at longest ago go."""
        self._pages[number] = rows
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
            self._texts.clear()
        self._tell(number * PAGE, number * PAGE + len(rows) - 1)

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def say_again(self) -> None:
        """The language or the look has changed."""
        self._texts.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self._columns) - 1))
        self._tell(0, self._total - 1)


def weight(of: RegisterColumn) -> float:
    """A column's share of the table's width on the screen, where long texts have two lines at the most."""
    if of.key in _NUMBERS:
        return of.weight * 2.3
    return of.weight * (1.6 if of.weight >= _LONG_MM else 1.0)
