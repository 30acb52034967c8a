"""When something counts as kept being raised: the site's own numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSpinBox, QWidget

from frontdesk.domain.digests import Thresholds
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Dialog, Field, Paragraph
from frontdesk.services import digests
from frontdesk.ui.context import Context

_MOST = 999


class LimitsDialog(Dialog):
    """Asks for the four numbers; tells `kept` when they are on record."""

    def __init__(self, context: Context, parent: QWidget, limits: Thresholds, kept: Callable[[], None]) -> None:
        super().__init__(context.theme, parent, tr("When something keeps being raised"))
        self._context, self._kept = context, kept
        self.body.addWidget(Paragraph(tr("Often enough, or much more than before: one of the two is enough."), "small"))
        self._matters = self._number(tr("Often: at least so many matters in a period"), limits.least_matters)
        self._homes = self._number(tr("from at least so many homes"), limits.least_homes)
        self._percent = self._number(tr("Much more: so many per cent above the mean before"), limits.rising_percent)
        self._least = self._number(tr("and at least so many matters"), limits.rising_least)
        self._go = self.add_buttons(tr("Save"))
        self._matters.setFocus()

    def _number(self, name: str, value: int) -> QSpinBox:
        out = QSpinBox()
        out.setRange(1, _MOST)
        out.setValue(value)
        out.lineEdit().setTextMargins(10, 0, 10, 0)  # a style sheet's padding does not reach it
        self.body.addSpacing(12)
        self.body.addWidget(Field(out, name))
        return out

    @Slot()
    def accept(self) -> None:
        """Keeps the numbers; the dialog closes when that has worked."""
        if self._go.isEnabled():
            self._go.setEnabled(False)
            numbers = (self._matters, self._homes, self._percent, self._least)
            limits = Thresholds(*(number.value() for number in numbers))
            run = self._context.work.run
            run(digests.keep_thresholds, limits, then=self._on_kept, failed=self._on_failed)

    @Slot(object)
    def _on_kept(self, _limits: Thresholds) -> None:
        self._kept()
        super().accept()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._context.show_error(error)
