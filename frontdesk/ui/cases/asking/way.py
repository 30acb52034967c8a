"""The way a case goes after it was logged: established, changed, doubled, joined (procedure 4.1.3, 4.5.1, 4.5.3)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.routing import Duty, MatterKind, Place, Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Field, Paragraph, Pick, edit
from frontdesk.services import case_routes, cases
from frontdesk.services.views import CaseFilter, CaseLine, CasePage, CaseView, Established, Overrule
from frontdesk.ui import case_words
from frontdesk.ui.cases.asking.base import DeedDialog, Doer, about
from frontdesk.ui.cases.asking.fields import beside
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named

_OFFERED = 200


def _yes_no(context: Context) -> Pick:
    pick = Pick(context.theme)
    pick.offer([(None, tr("not known")), (True, tr("Yes")), (False, tr("No"))])
    return pick


def _known(pick: Pick) -> bool | None:
    value = pick.value()
    return value if isinstance(value, bool) else None


class EstablishDialog(DeedDialog):
    """Takes what has been found out about a matter whose way was open."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Establish who answers for it"))
        self._component, self._duty, self._place = (Pick(context.theme) for _ in range(3))
        self._others, self._long, self._paid = (_yes_no(context) for _ in range(3))
        unknown = (None, tr("not known"))
        self._component.offer([unknown, *((each.id, named(each)) for each in context.site.components)])
        self._component.choose(case.route.component.id if case.route.component else None)
        self._duty.offer([(None, tr("as the component says")), *choices(Duty)])
        self._place.offer([unknown, *choices(Place)])
        self._place.choose(case.place_kind)
        self._paid.choose(case.chargeable)
        self._delivered = Field(edit(limit=10, placeholder="2023-06-30"), tr("Delivered on"), tr("if found out"))
        self.stack(tr("Decide by rule"), about(case), Paragraph(case_words.asks(case.route), "small"), *self._fields())
        self._component.setFocus()

    def _fields(self) -> list[QWidget]:
        if self.case.kind is MatterKind.OPINION:
            return [
                Field(self._others, tr("Must others agree?")),
                Field(self._long, tr("More than two days?")),
            ]
        place = Field(self._place, tr("Home or common part"))
        duty = Field(self._duty, tr("Who answers for it"))
        paid = Field(self._paid, tr("Do they agree to pay for it?"))
        return [beside(Field(self._component, tr("Component")), place), beside(duty, paid), self._delivered]

    @Slot()
    def accept(self) -> None:
        """Sends what is known now; the rules decide again."""
        component, duty, place = self._component.value(), self._duty.value(), self._place.value()
        try:
            typed = self._delivered.body.text().strip()
            delivered = date.fromisoformat(typed) if typed else None
        except ValueError:
            self._delivered.show_error(tr("Write the day as 2026-11-23."))
            return
        found = Established(
            component_id=component if isinstance(component, int) else None,
            duty=duty if isinstance(duty, Duty) else None,
            needs_others=_known(self._others),
            over_two_days=_known(self._long),
            place_kind=place if isinstance(place, Place) else None,
            chargeable=_known(self._paid),
            delivered_on=delivered,
        )
        self.send(case_routes.establish, found)


class WayDialog(DeedDialog):
    """Sends a case another way, or a second way beside the first; a person decides, with a reason."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer, *, second: bool) -> None:
        title = tr("Add a second way") if second else tr("Decide otherwise")
        super().__init__(context, parent, case, doer, title, 440)
        self._service = case_routes.add_route if second else case_routes.reroute
        taken = {each.view.route for each in case.routes} | {Route.ANSWERED} if second else set()
        self._pick = Pick(context.theme)
        self._pick.offer(choices(Route, Route.TO_ESTABLISH, Route.JOINED, *taken))
        self._reason = Field(edit(limit=200), tr("Reason"))
        kept = tr("The rule's own decision stays on record beside yours.")
        told = tr("The case is closed when the papers of both ways have come to their end.") if second else kept
        self.stack(tr("Decide"), Paragraph(told, "small"), Field(self._pick, tr("Route")), self._reason)
        self._pick.setFocus()

    @Slot()
    def accept(self) -> None:
        """Sends the way and the reason."""
        route, reason = self._pick.value(), self._reason.body.text().strip()
        if not reason:
            self._reason.show_error(tr("Say why; it stays on record."))
        elif isinstance(route, Route):
            self.send(self._service, Overrule(route, reason))


class JoinDialog(DeedDialog):
    """Joins the case to another open one that is the same fault: found by number, words or home."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer) -> None:
        super().__init__(context, parent, case, doer, tr("Join to another case"), 600)
        self._pick = Pick(context.theme)
        self._pick.offer([(None, tr("Number, words or home"))])
        self._field = Field(self._pick, tr("Which case"))
        hint = tr("This customer is then told when the other case is over.")
        self.stack(tr("Join"), about(case, hint), self._field)
        context.work.run(cases.case_page, CaseFilter.OPEN, "", None, _OFFERED, then=self._on_page)
        self._pick.setFocus()

    @Slot(object)
    def _on_page(self, page: CasePage) -> None:
        near = sorted(page.lines, key=lambda each: (-_alike(each.where, self.case.where), -each.id))
        lines = [(each.id, _line(each)) for each in near if each.id != self.case.id]
        self._pick.offer([(None, tr("Number, words or home")), *lines])

    @Slot()
    def accept(self) -> None:
        """Sends the case that was picked."""
        main_id = self._pick.value()
        if isinstance(main_id, int):
            self.send(case_routes.join, main_id)
        else:
            self._field.show_error(tr("Choose the case that it is the same as."))


def _alike(one: str, other: str) -> int:
    """How many characters two places begin with alike: the same home before the same building."""
    same = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        same += 1
    return same


def _line(case: CaseLine) -> str:
    words = case.content.replace("\n", " ")[:24]
    return " · ".join(part for part in (case.record_no, words, case.where) if part)
