"""Lists to choose from: a drop-down that shows its arrow, and one that is found by typing any part of a line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from frontdesk.qtkit.theme import Theme

_ARROW_PX = 14


class DropDown(QComboBox):
    """A combo box with its arrow painted: a style sheet can show one only out of a file.

    The wheel goes to the page below: scrolling past must not change what was chosen.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        role = "text_2" if self.isEnabled() else "text_3"
        arrow = self._theme.pixmap("ph.caret-down", role, _ARROW_PX, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - _ARROW_PX - 9, (self.height() - _ARROW_PX) // 2, arrow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Pick(DropDown):
    """A list to choose from by typing any part of a line; `None` may be one of its values. Enter goes on."""

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._values: list[object] = []  # kept here: a model would turn enum members into plain strings
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        completer = self.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.activated.connect(self.chosen)
        self.lineEdit().editingFinished.connect(self._settle)

    def offer(self, lines: Iterable[tuple[object, str]]) -> None:
        """Offers these values with their words; what was chosen stays chosen."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        offered = list(lines)
        self._values = [value for value, _text in offered]
        self.addItems([text for _value, text in offered])
        self.blockSignals(False)
        self.choose(before)

    def value(self) -> object:
        """The value chosen."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def choose(self, value: object) -> None:
        """Chooses without telling; a value that is not offered chooses the first."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    @Slot()
    def _settle(self) -> None:
        """Typed words become the line they fit; words that fit none give way to what was chosen before."""
        typed = self.currentText()
        at = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        at = at if at >= 0 else self.findText(typed, Qt.MatchFlag.MatchContains)
        if typed and at >= 0 and at != self.currentIndex():
            self.setCurrentIndex(at)
            self.chosen.emit()
        self.lineEdit().setText(self.itemText(self.currentIndex()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            event.accept()  # in a dialog it would press the button
            self.focusNextChild()
