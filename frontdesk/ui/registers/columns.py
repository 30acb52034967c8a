"""Which columns the table shows; remembered for each person and register."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from frontdesk.domain.registers import REGISTERS, RegisterKind
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Dialog, column, row
from frontdesk.qtkit.theme import Theme

_GAP = 10


class ColumnDialog(Dialog):
    """Ticks for all columns of a register, in their order; `decided` comes with the keys ticked, none for the usual."""

    decided = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, kind: RegisterKind, shown: tuple[str, ...]) -> None:
        super().__init__(theme, parent, tr("Columns"), 480)
        self._ticks: dict[str, QCheckBox] = {}
        for each in REGISTERS[kind]:
            tick = QCheckBox(tr(each.title))
            tick.setChecked(each.key in shown)
            tick.toggled.connect(self._on_tick)
            self._ticks[each.key] = tick
        ticks = list(self._ticks.values())
        half = (len(ticks) + 1) // 2
        sides = [
            column(*(item for tick in part for item in (tick, _GAP)), ...) for part in (ticks[:half], ticks[half:])
        ]
        usual = Button(theme, tr("The usual columns"), "link")
        usual.clicked.connect(self._choose_usual)
        self.body.addLayout(row((sides[0], 1), 24, (sides[1], 1)))
        self.body.addLayout(row(usual, ...))
        self._usual = tuple(each.key for each in REGISTERS[kind] if each.shown)
        self._go = self.add_buttons(tr("Show these"))
        ticks[0].setFocus()

    def keys(self) -> tuple[str, ...]:
        """The columns ticked."""
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())

    def accept(self) -> None:
        """Hands over what is ticked."""
        if self.keys():
            self.decided.emit(self.keys())
            super().accept()

    def _on_tick(self) -> None:
        self._go.setEnabled(bool(self.keys()))

    def _choose_usual(self) -> None:
        for key, tick in self._ticks.items():
            tick.setChecked(key in self._usual)
