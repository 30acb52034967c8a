"""A person decides otherwise than the rule: which way, and why; both stay on record."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.routing import Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Dialog, Field, Paragraph, Pick, edit
from frontdesk.services.views import Overrule
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices


class OverruleDialog(Dialog):
    """Asks for the route and the reason; tells `decided` with an Overrule, or None to go back to the rule.

    `undecided`: nothing is on record yet, so that going back is possible.
    """

    decided = Signal(object)

    def __init__(self, context: Context, parent: QWidget, current: Overrule | None, *, undecided: bool = True) -> None:
        super().__init__(context.theme, parent, tr("Decide otherwise"))
        self._pick = Pick(context.theme)
        rule = [(None, tr("As the rule says"))] if undecided else []
        self._pick.offer([*rule, *choices(Route, Route.TO_ESTABLISH)])
        self._pick.choose(current.route if current else None)
        self._route = Field(self._pick, tr("Route"))
        self._reason = Field(edit(current.reason if current else "", limit=200), tr("Reason"))
        told = Paragraph(tr("The rule's own decision stays on record beside yours."), "small")
        for item in (told, self._route, self._reason):
            self.body.addWidget(item)
            self.body.addSpacing(12)
        self.add_buttons(tr("Decide"))

    @Slot()
    def accept(self) -> None:
        """Tells what was decided; a route needs a reason."""
        route, reason = self._pick.value(), self._reason.body.text().strip()
        if isinstance(route, Route) and not reason:
            self._reason.show_error(tr("Say why; it stays on record."))
            return
        self.decided.emit(Overrule(route, reason) if isinstance(route, Route) else None)
        super().accept()
