"""The mistakes of a workbook as a list: where, what is wrong, what would do."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QListView, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit import files
from frontdesk.qtkit.parts import Button, RowDelegate, column
from frontdesk.services.views.sitebook import Mistake
from frontdesk.ui.context import Context
from frontdesk.ui.site_data import words

Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 52
_PLACE = 0.36  # of the width


class MistakeModel(QAbstractListModel):
    """Every mistake, in the order of the workbook."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.mistakes: tuple[Mistake, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.mistakes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        mistake = self.mistakes[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (words.place(mistake), words.wrong(mistake), words.remedy(mistake))
            return " · ".join(part for part in parts if part)
        return mistake if role == Qt.ItemDataRole.UserRole else None

    def show_mistakes(self, mistakes: tuple[Mistake, ...]) -> None:
        """These in place of those before."""
        self.beginResetModel()
        self.mistakes = mistakes
        self.endResetModel()


class _Delegate(RowDelegate):
    """Where, beside what is wrong above what would do."""

    def draw(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        mistake: Mistake = index.data(Qt.ItemDataRole.UserRole)
        left = int(box.width() * _PLACE)
        self.icon(painter, box.left() + 10, box.top() + 15, "ph.warning-circle", "danger")
        self.text(
            painter, QRect(box.left() + 40, box.top(), left - 52, box.height()), words.place(mistake), size="small"
        )
        inner = QRect(box.left() + left, box.top() + 3, box.width() - left - 12, 22)
        remedy = words.remedy(mistake)
        if not remedy:
            inner.translate(0, 10)
        self.text(painter, inner, words.wrong(mistake))
        self.text(painter, inner.translated(0, 20), remedy, size="caption", role="text_2")


class MistakeList(QWidget):
    """The list; `copy` and `save` are its ways out of the program, for whoever shows it to put somewhere."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._model = MistakeModel(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Delegate(context.theme, _ROW_PX, self._view, inset=0))
        self._view.setMouseTracking(True)
        self._view.setUniformItemSizes(True)
        self.copy = Button(context.theme, "", "plain", "Ctrl+Shift+C", "ph.copy")
        self.save = Button(context.theme, "", "plain", "Ctrl+S", "ph.floppy-disk")
        self.setLayout(column((self._view, 1)))
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)

    def retranslate(self) -> None:
        """Says every word again."""
        self.copy.setText(tr("Copy the list"))
        self.save.setText(tr("Save the list…"))
        self._view.setAccessibleName(tr("Mistakes"))
        self._view.viewport().update()

    def show_mistakes(self, mistakes: tuple[Mistake, ...]) -> None:
        """These in place of those before."""
        self._model.show_mistakes(mistakes)

    def _lines(self) -> list[tuple[str, ...]]:
        heads = (tr("Sheet"), tr("Row"), tr("Column"), tr("What is wrong"), tr("What would do"))
        found = self._model.mistakes
        lines = [
            (each.sheet, str(each.row or ""), each.column, words.wrong(each), words.remedy(each)) for each in found
        ]
        return [heads, *lines]

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in self._lines()))
        self._context.notify(tr("The list is copied."), "ok")

    @Slot()
    def _on_save(self) -> None:
        suggested = files.documents() / (tr("Mistakes") + ".csv")
        files.ask_to_save(self.window(), tr("Save the list…"), suggested, "CSV (*.csv)", self._write)

    def _write(self, path: Path) -> None:
        self._context.work.rest(_write, path, self._lines(), then=self._on_saved)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._context.notify(tr("Saved: {path}", path=path), "ok")


def _write(path: Path, lines: list[tuple[str, ...]]) -> Path:
    """A table that spreadsheets open as it is: they know its letters by the mark at its beginning."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return files.write(path, out.getvalue().encode("utf-8-sig"))
