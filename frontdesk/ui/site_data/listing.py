"""The rows of a sheet as a list: two lines each, loaded page by page."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QWidget

from frontdesk.domain.sitebook import SHEETS, Sheet, SheetKey
from frontdesk.qtkit.parts import RowDelegate
from frontdesk.qtkit.theme import Theme
from frontdesk.services.views.sitebook import RowView, SheetView
from frontdesk.ui.site_data import words

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 52


class RowModel(QAbstractListModel):
    """The rows that were found; the next page is asked for when the end comes into view."""

    more = Signal(int)  # from which row on

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[RowView] = []
        self._total = 0
        self._asking = False
        self._sheet: Sheet = SHEETS[SheetKey.BUILDINGS]
        self._names: words.Names = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (*self.lines(row), words.lacking(self._sheet, row))
            return " · ".join(part for part in parts if part)
        return row if role == Qt.ItemDataRole.UserRole else None

    def lines(self, row: RowView) -> tuple[str, str]:
        """What a row goes by, and the rest of it."""
        return words.heading(self._sheet, row, self._names), words.small_print(self._sheet, row, self._names)

    def lacking(self, row: RowView) -> str:
        """What is missing in a row."""
        return words.lacking(self._sheet, row) if row.active else ""

    def row(self, at: int) -> RowView:
        """The row of a line."""
        return self._rows[at]

    def line_of(self, row_id: int | None) -> int:
        """The line of a row, -1 where it is not loaded."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), -1)

    def show_names(self, names: words.Names) -> None:
        """What the rows of linked sheets are called."""
        self._names = names
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def show_first(self, view: SheetView) -> None:
        """The first page in place of everything before."""
        self.beginResetModel()
        self._sheet, self._rows, self._total, self._asking = SHEETS[view.sheet], list(view.rows), view.total, False
        self.endResetModel()

    def show_more(self, view: SheetView) -> None:
        """The next page, below; one of another sheet or search belongs nowhere."""
        if not self._asking or view.sheet is not self._sheet.key:
            return
        self._asking, self._total = False, view.total if view.rows else len(self._rows)
        if view.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(view.rows) - 1)
            self._rows += view.rows
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return len(self._rows) < self._total and not self._asking

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asking = True
            self.more.emit(len(self._rows))


class _RowDelegate(RowDelegate):
    """What a row goes by, above the rest of it."""

    def draw(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        model = index.model()
        if not isinstance(model, RowModel):
            return
        row = model.row(index.row())
        title, small = model.lines(row)
        inner = QRect(box.left() + 12, box.top() + 3, box.width() - 24, 22)
        if not small:
            inner.translate(0, 10)
        if model.lacking(row):
            self.icon(painter, box.right() - 28, box.top() + 6, "ph.warning-circle", "warn", 16)
            inner.adjust(0, 0, -24, 0)
        self.text(painter, inner, title)
        self.text(painter, inner.translated(0, 20), small, size="caption", role="text_2")


def row_list(theme: Theme, model: RowModel) -> QListView:
    """The list over the model."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(_RowDelegate(theme, ROW_PX, view, inset=8))
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return view
