"""The home or place that somebody names who is not known: found among the site's homes, else kept as written."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Field, column, edit
from frontdesk.services import reception
from frontdesk.services.views import UnitView
from frontdesk.ui.context import Context
from frontdesk.ui.reception.candidates import Candidates, Offer
from frontdesk.ui.site_data.no_homes import NoHomes

_MOST = 6


class HomeFinder(QFrame):
    """A field and what it may mean. Tells `changed` with every change, `chosen` when somebody has picked a home."""

    changed = Signal()
    chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._unit: UnitView | None = None
        self._kept: int | None = None  # of a draft, until it is found again
        self._asked = ""
        self.field, self._units = Field(edit(limit=80)), Candidates(context.theme, _MOST)
        self._no_homes = NoHomes(context)
        self.setLayout(column(self.field, self._units, 8, self._no_homes))
        self.field.body.textChanged.connect(self._on_typed)
        self._units.chosen.connect(self._on_chosen)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._units.retranslate()
        self._no_homes.retranslate()
        self._show()

    def begin(self, text: str, unit_id: int | None) -> None:
        """Shows a draft's place without telling; what it means is looked up again."""
        self._unit, self._kept = None, unit_id
        self._write(text)
        self._units.offer(())
        self._look()

    def unit_id(self) -> int | None:
        """The home that is meant; None where what was typed is none of the site's."""
        return self._unit.id if self._unit else self._kept

    def home(self) -> str:
        """The home's name; empty where none is meant."""
        return self._unit.label if self._unit else ""

    def text(self) -> str:
        """What was typed."""
        return self.field.body.text().strip()

    def _write(self, text: str) -> None:
        self.field.clear_error()
        self.field.body.blockSignals(True)
        self.field.body.setText(text)
        self.field.body.blockSignals(False)

    @Slot()
    def _on_typed(self) -> None:
        self._unit, self._kept = None, None
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self._no_homes.load()
        self._asked = self.text()
        if self._asked:
            self._context.work.run(reception.find_units, self._asked, then=self._on_units, key="units")
        else:
            self._units.offer(())
        self._show()

    @Slot(object)
    def _on_units(self, found: tuple[UnitView, ...]) -> None:
        if self._asked != self.text():
            return
        kept = [each for each in found if each.id == self._kept or each.label == self._asked]
        meant = kept or list(found)
        if len(meant) == 1:
            self._take(meant[0])
        else:
            self._units.offer([Offer(each.label, "", each) for each in found])
            self._show()

    def _take(self, unit: UnitView) -> None:
        self._unit, self._kept = unit, None
        self._units.offer(())
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_chosen(self, unit: UnitView) -> None:
        self._write(unit.label)
        self._take(unit)
        self.chosen.emit()

    def _show(self) -> None:
        """The home that what was typed means, beside the field's name."""
        note = self._unit.label if self._unit else tr("kept as written") if self.text() else ""
        self.field.setText(tr("Home or place"), note)
