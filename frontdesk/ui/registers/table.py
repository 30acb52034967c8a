"""The table of a register: two lines of text a row, columns that share its width, a head that sorts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from frontdesk.services.views.registers import RegisterOrder
from frontdesk.ui.registers.model import RegisterModel, weight

_ROW_PX, _HEAD_PX, _LEAST_PX = 48, 32, 46


class RegisterTable(QTableView):
    """Tells `opened` with a line's case, `sorted_by` with a RegisterOrder, `moved` when other rows come into view."""

    opened = Signal(int)
    sorted_by = Signal(object)
    moved = Signal()

    def __init__(self, model: RegisterModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)
        head.setFixedHeight(_HEAD_PX)
        head.setMinimumSectionSize(_LEAST_PX)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(False)
        head.sectionClicked.connect(self._on_head)
        self.activated.connect(self._on_activated)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self._order, self._key = RegisterOrder(), ""

    @Slot()
    def sort_by_next(self) -> None:
        """Sorts by the next column that can be sorted by, the first after the last."""
        keys = [column.key for column in self._model.columns if column.sortable]
        if keys:
            at = keys.index(self._key) + 1 if self._key in keys else 0
            self.sorted_by.emit(RegisterOrder(keys[at % len(keys)], descending=False))

    @Slot()
    def turn_order(self) -> None:
        """The same order, from its other end."""
        self.sorted_by.emit(RegisterOrder(self._key, descending=not self._order.descending))

    def show_order(self, order: RegisterOrder, time_key: str) -> None:
        """Marks the column by which the lines are ordered."""
        self._order, self._key = order, order.key or time_key
        keys = [column.key for column in self._model.columns]
        head = self.horizontalHeader()
        head.setSortIndicatorShown(self._key in keys)
        if self._key in keys:
            way = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(keys.index(self._key), way)

    def share_width(self) -> None:
        """Each column gets its share of the width; where that is too little for all, one scrolls sideways."""
        columns, room = self._model.columns, self.viewport().width()
        spare = max(0, room - _LEAST_PX * len(columns))
        whole, used = sum(map(weight, columns)), 0
        for at, each in enumerate(columns):
            last = at == len(columns) - 1
            wide = room - used if last and room - used >= _LEAST_PX else _LEAST_PX + int(spare * weight(each) / whole)
            self.setColumnWidth(at, wide)
            used += wide

    def rows_in_view(self) -> tuple[int, int]:
        """The first and last row that can be seen; all that there might be where there are fewer."""
        height = self.viewport().height()
        first = max(0, self.rowAt(0))
        last = self.rowAt(max(0, height - 1))
        return first, last if last >= 0 else first + height // _ROW_PX + 1

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        line = self._model.line(index.row())
        if line is not None:
            self.opened.emit(line.case_id)

    @Slot(int)
    def _on_head(self, section: int) -> None:
        column = self._model.columns[section]
        if not column.sortable:
            self.sorted_by.emit(self._order)  # the mark goes back to where it was
            return
        same = self._key == column.key
        self.sorted_by.emit(RegisterOrder(column.key, descending=not self._order.descending if same else False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last line; letters are the page's own keys."""
        if event.key() == Qt.Key.Key_Home and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        elif event.key() == Qt.Key.Key_End and self._model.rowCount():
            self.setCurrentIndex(self._model.index(self._model.rowCount() - 1, 0))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Nothing: it would go through lines that have not come."""
