"""What the lines come to: each figure is a button that leads to its lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton

from frontdesk.domain.registers import LineState, Only
from frontdesk.domain.routing import Remark, Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import row, toggle
from frontdesk.services.views.registers import Figure, RegisterFilter
from frontdesk.ui.words import word

_GAP, _GROUP_GAP = 8, 20


class Totals(QFrame):
    """The figures of a register in a row; `chosen` comes with a figure's filter."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._box = row()
        self._box.addStretch(1)
        self.setLayout(self._box)
        self._buttons: dict[object, QToolButton] = {}
        self._figures: dict[object, Figure] = {}
        self._kinds: list[object] = []

    def show_figures(self, figures: tuple[Figure, ...], asked: RegisterFilter) -> None:
        """These figures; the filter in force is marked. Buttons that were there stay, and the focus with them."""
        shown = [one for one in figures if not isinstance(one.code, Route)]
        codes = [one.code for one in shown]
        self._figures = {one.code: one for one in shown}
        if codes != self._kinds:
            self._rebuild(codes)
        for one in shown:
            button = self._buttons[one.code]
            text = f"{word(one.code)} {one.count}"
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tr("Show these {n} lines", n=one.count))
            button.setChecked(_in_force(one.code, asked))

    def _rebuild(self, codes: Sequence[object]) -> None:
        focused = next((code for code, button in self._buttons.items() if button.hasFocus()), None)
        for old in self._buttons.values():
            old.hide()
            old.deleteLater()
        while self._box.takeAt(0) is not None:
            pass
        self._kinds, self._buttons = list(codes), {}
        before: type | None = None
        for code in codes:
            if before is not None:
                self._box.addSpacing(_GAP if type(code) is before else _GROUP_GAP)
            before = type(code)
            button = toggle("")
            button.clicked.connect(lambda _on=False, code=code: self._on_clicked(code))
            self._buttons[code] = button
            self._box.addWidget(button)
            button.show()  # at once: the row would be empty for a moment
        self._box.addStretch(1)
        if focused in self._buttons:
            self._buttons[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self, code: object) -> None:
        self.chosen.emit(self._figures[code].filter)


def _in_force(code: object, asked: RegisterFilter) -> bool:
    """Whether a figure is what the list shows; with nothing else chosen that is all."""
    if isinstance(code, Remark):
        return asked.remark is code
    if isinstance(code, Only):
        return asked.only is code
    if code is LineState.ALL:
        return asked.state is LineState.ALL and asked.only is None and asked.remark is None
    return asked.only is None and asked.state is code
