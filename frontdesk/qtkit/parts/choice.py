"""One choice among few: segments in a trough, tabs on a line, filter chips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QToolButton

from frontdesk.qtkit.parts.layout import row

_GAPS = {"seg": 0, "tab": 24, "chip": 8}


def toggle(text: str, part: str = "chip", *, on: bool = False) -> QToolButton:
    """A checkable button: part is chip, seg or tab."""
    out = QToolButton()
    out.setText(text)
    out.setAccessibleName(text)
    out.setProperty("part", part)
    out.setCheckable(True)
    out.setChecked(on)
    out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return out


class Choice(QFrame):
    """Exactly one of few values. Arrow keys move, as in a group of radio buttons.

    Args:
        part: seg (in a trough, equal widths), tab, or chip.
        name: what is chosen, for screen readers.
    """

    picked = Signal(object)  # the value, when a person has chosen another

    def __init__(self, part: str = "seg", name: str = "") -> None:
        super().__init__()
        self._part = part
        self._values: list[object] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._on_clicked)
        self._box = row()
        self.setLayout(self._box)
        self.setAccessibleName(name)
        if part == "seg":
            self.setProperty("part", "sunken")
            self._box.setContentsMargins(2, 2, 2, 2)
            self.setFixedHeight(36)

    def show_choices(self, choices: Sequence[tuple[object, str]], value: object = None) -> None:
        """Offers these values with their words; `value` is on, else what was on before, else the first.

        The same values in the same order only get new words, so that focus stays where it is.
        """
        wanted = self.value() if value is None else value
        values = [v for v, _ in choices]
        if values == self._values:
            for button, (_, text) in zip(self._group.buttons(), choices, strict=True):
                button.setText(text)
                button.setAccessibleName(text)
        else:
            self._rebuild(choices)
        if self._values:
            self.set_value(wanted if wanted in self._values else self._values[0])

    def value(self) -> object:
        """What is chosen; None while nothing is offered."""
        at = self._group.checkedId()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Chooses without telling.

        Raises:
            ValueError: it is not offered.
        """
        self._button(self._values.index(value)).setChecked(True)

    def _button(self, at: int) -> QAbstractButton:
        return self._group.buttons()[at]

    def _rebuild(self, choices: Sequence[tuple[object, str]]) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        while self._box.takeAt(0) is not None:
            pass
        self._values = [v for v, _ in choices]
        for at, (_, text) in enumerate(choices):
            button = toggle(text, self._part)
            button.installEventFilter(self)
            self._group.addButton(button, at)
            if self._part == "seg":
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if at and _GAPS[self._part]:
                self._box.addSpacing(_GAPS[self._part])
            self._box.addWidget(button, 1 if self._part == "seg" else 0)
        if self._part != "seg":
            self._box.addStretch(1)

    def _on_clicked(self, at: int) -> None:
        self.picked.emit(self._values[at])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            buttons = self._group.buttons()
            if step is not None and watched in buttons:
                target = buttons[(buttons.index(watched) + step) % len(buttons)]
                target.setFocus(Qt.FocusReason.TabFocusReason)
                target.click()
                return True
        return False
