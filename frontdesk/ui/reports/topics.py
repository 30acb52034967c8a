"""The topics of a digest as a list: name, trend as sign and word, how many, and whether they keep being raised."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import RowDelegate
from frontdesk.services.views.digests import TopicLine
from frontdesk.ui.context import Context
from frontdesk.ui.reports import wording

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 48


class TopicModel(QAbstractListModel):
    """The topics, most matters first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: tuple[TopicLine, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            noted = tr("noted") if line.note else ""
            parts = (
                wording.topic(line),
                wording.count(line.tally),
                wording.trend(line.trend),
                wording.kept(line),
                noted,
            )
            return " · ".join(part for part in parts if part)
        return None

    def show_lines(self, lines: tuple[TopicLine, ...]) -> None:
        """These topics in place of those before."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, at: int) -> TopicLine:
        """The topic of a row."""
        return self._lines[at]

    def row_of(self, key: str) -> int:
        """The row of a topic, -1 where it is not raised."""
        return next((at for at, line in enumerate(self._lines) if line.key == key), -1)


class TopicDelegate(RowDelegate):
    """Name with the reason why it counts as kept being raised, trend, numbers, note."""

    def draw(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, TopicLine):
            return
        right = box.right() - 12
        count = QRect(right - 168, box.top(), 168, box.height())
        going = QRect(count.left() - 124, box.top(), 116, box.height())
        note = QRect(going.left() - 34, box.top(), 26, box.height())
        name = QRect(box.left() + 12, box.top(), note.left() - box.left() - 20, box.height())
        why = wording.kept(line)
        if why:
            name = QRect(name.left(), box.top() + 2, name.width(), 22)
            self.text(painter, name.translated(0, 20), why, size="caption", role="warn")
        self.text(painter, name, wording.topic(line), strong=bool(why))
        if line.note:
            self.icon(painter, note.left() + 4, box.top() + (box.height() - 18) // 2, "ph.note-pencil", "text_2")
        self.text(painter, going, wording.trend(line.trend), size="small", role=wording.TREND_ROLES[line.trend])
        self.text(painter, count, wording.count(line.tally), size="small", right=True)


class TopicList(QListView):
    """Tells `picked` with the topic chosen and `opened` with the one whose cases are wanted (Enter, double click)."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._topics = TopicModel(self)
        self.setModel(self._topics)
        self.setItemDelegate(TopicDelegate(context.theme, ROW_PX, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)

    def retranslate(self) -> None:
        """Says its name again; the lines are painted anew."""
        self.setAccessibleName(tr("What was raised"))
        self.viewport().update()

    def show_topics(self, lines: tuple[TopicLine, ...]) -> None:
        """Shows a period's topics; the chosen one stays chosen, else the first is."""
        before = self.chosen()
        bar = self.verticalScrollBar().value()
        self.blockSignals(True)
        self._topics.show_lines(lines)
        self.blockSignals(False)
        at = self._topics.row_of(before.key) if before is not None else -1
        if lines:
            self.setCurrentIndex(self._topics.index(max(0, at), 0))
        self.verticalScrollBar().setValue(bar if at >= 0 else 0)

    def chosen(self) -> TopicLine | None:
        """The topic that is chosen."""
        current = self.currentIndex()
        return self._topics.line(current.row()) if current.isValid() else None

    def choose(self, key: str) -> None:
        """Chooses a topic, if it is there."""
        at = self._topics.row_of(key)
        if at >= 0:
            self.setCurrentIndex(self._topics.index(at, 0))

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(self._topics.line(current.row()))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._topics.line(index.row()))
