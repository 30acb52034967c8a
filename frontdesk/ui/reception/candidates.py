"""Lines to choose from below a field: people or homes that what was typed may mean. Nothing is chosen by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from frontdesk.i18n import ntr
from frontdesk.qtkit.parts import Button, Elided, column, label
from frontdesk.qtkit.theme import Theme


@dataclass(frozen=True, slots=True)
class Offer:
    """One line: who or what, where, and the value that choosing it gives."""

    name: str
    place: str
    value: object


class _Line(Button):
    """A button of one or two lines that gives way to the column's width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._name, self._place = Elided(), Elided("", "caption")
        box = column(..., self._name, self._place, ...)
        box.setContentsMargins(12, 0, 12, 0)
        self.setLayout(box)
        for text in (self._name, self._place):
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.offer: Offer | None = None
        self.hide()

    def show_offer(self, offer: Offer | None) -> None:
        """Another line, or none."""
        self.offer = offer
        self.setVisible(offer is not None)
        if offer is not None:
            self._name.setText(offer.name)
            self._place.setText(offer.place)
            self._place.setVisible(bool(offer.place))
            self.widen(48 if offer.place else 34)
            self.setAccessibleName(" · ".join(part for part in (offer.name, offer.place) if part))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, arrows go up and down the lines."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class Candidates(QFrame):
    """A list of at most `most` lines, made once, so that Tab finds them below their field."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, most: int) -> None:
        super().__init__()
        self._more = 0
        self._lines = [_Line(theme) for _ in range(most)]
        self._rest = label("", "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        for line in self._lines:
            line.clicked.connect(lambda _checked=False, line=line: self._tell(line))
            box.addWidget(line)
        box.addWidget(self._rest)
        self.hide()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offers these in place of those before; none hides the list."""
        for at, line in enumerate(self._lines):
            line.show_offer(offers[at] if at < len(offers) else None)
        self._more = max(0, len(offers) - len(self._lines))
        self.retranslate()
        self.setVisible(bool(offers))

    def retranslate(self) -> None:
        """Says how many are not shown."""
        self._rest.setVisible(self._more > 0)
        self._rest.setText(ntr("{n} more: go on typing", "{n} more: go on typing", self._more))

    def choose_first(self) -> None:
        """As if the first line were clicked."""
        self._lines[0].click()

    def take_focus(self) -> None:
        """Puts the focus on the first line, for arrows and Enter."""
        self._lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, line: _Line) -> None:
        if line.offer is not None:
            self.chosen.emit(line.offer.value)
