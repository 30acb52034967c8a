"""The fields of a matter beside its words, in the order in which people talk, and which of them a kind is asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.routing import Duty, MatterKind, Place, Route
from frontdesk.i18n import mark, tr
from frontdesk.qtkit.parts import Choice, Field, Pick, edit, notes
from frontdesk.services.views import MatterDraft
from frontdesk.ui.context import Context
from frontdesk.ui.reception.agreed import AgreedField
from frontdesk.ui.reception.earlier import EarlierField
from frontdesk.ui.words import choices, named

_COLUMNS, _GAP = 2, 12
_ALWAYS = ("kind", "phone")
_ASKED: dict[MatterKind, tuple[str, ...]] = {
    MatterKind.REPAIR: (
        "component", "place", "common", "duty", "chargeable", "agreed", "urgency", "department",
    ),
    MatterKind.OPINION: ("place", "others", "long", "urgency", "department"),
    MatterKind.COMPLAINT: ("component", "place", "earlier", "urgency", "department"),
    MatterKind.SPECIAL_SERVICE: ("component", "place", "agreed", "urgency", "department"),
    MatterKind.QUESTION: ("refused", "answer"),
    MatterKind.EMERGENCY: ("component", "place", "common"),
}  # fmt: skip
_PLACES = ((Place.HOME, mark("At home")), (Place.COMMON, mark("Common")), (None, mark("not known")))
_PAYS = ((True, mark("Chargeable")), (False, mark("Free")), (None, mark("Not agreed")))
_REFUSED = ((False, mark("Answered on the spot")), (True, mark("Refused politely")))


class MatterFields(QFrame):
    """Two columns of fields; only those that matter for the kind can be seen. Tells `edited` with every change."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, theme = context, context.theme
        self.kind, self.component, self.duty, self.department = (Pick(theme) for _ in range(4))
        self.common, self.chargeable, self.urgency = Choice("seg"), Choice("seg"), Choice("seg")
        self.others, self.long, self.refused = Choice("seg"), Choice("seg"), Choice("seg")
        self.place, self.phone = edit(limit=80), edit(limit=40)
        self.answer = notes(72)
        self.agreed, self.earlier = AgreedField(context), EarlierField(context)
        # In the order in which people talk, which is the order of Tab.
        bodies: dict[str, QWidget] = {
            "kind": self.kind, "component": self.component, "place": self.place, "common": self.common,
            "duty": self.duty, "chargeable": self.chargeable, "others": self.others, "long": self.long,
            "earlier": self.earlier, "agreed": self.agreed, "urgency": self.urgency, "refused": self.refused,
            "answer": self.answer, "phone": self.phone, "department": self.department,
        }  # fmt: skip
        own = (self.agreed, self.earlier)
        self.fields = {name: body if body in own else Field(body) for name, body in bodies.items()}
        self._shown: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_GAP)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1)
            self._grid.setColumnMinimumWidth(at, 1)  # equal halves, whatever their words need
        for field in self.fields.values():
            field.setParent(self)
        self._connect()

    def _connect(self) -> None:
        for pick in (self.duty, self.department):
            pick.chosen.connect(self.edited)
        for choice in (self.chargeable, self.others, self.long, self.urgency):
            choice.picked.connect(self.edited)
        self.refused.picked.connect(self._on_refused)
        for line in (self.phone, self.answer):  # the place first suggests where it is
            line.textChanged.connect(self.edited)
        self.agreed.edited.connect(self.edited)
        self.earlier.edited.connect(self.edited)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self.fields["kind"].setText(tr("Kind of matter"))
        self.fields["component"].setText(tr("Component"))
        self.fields["place"].setText(tr("Where exactly"), tr("kitchen, 5th floor …"))
        self.fields["common"].setText(tr("Home or common part"))
        self.fields["duty"].setText(tr("Who answers for it"))
        self.fields["chargeable"].setText(tr("Who pays"))
        self.fields["others"].setText(tr("Must others agree?"))
        self.fields["long"].setText(tr("More than two days?"))
        self.fields["urgency"].setText(tr("Urgency"))
        self.fields["phone"].setText(tr("Phone for this matter"), tr("empty: the caller's"))
        self.fields["department"].setText(tr("Department"))
        self.fields["refused"].setText(tr("How it was answered"))
        self.fields["answer"].setText(tr("Answer given"))
        self.agreed.retranslate()
        self.earlier.retranslate()
        self._offer()

    def _offer(self) -> None:
        site = self._context.site
        self.kind.offer(choices(MatterKind))
        self.component.offer([(None, tr("not known")), *((each.id, named(each)) for each in site.components)])
        self.duty.offer([(None, tr("as the component says")), *choices(Duty)])
        self.department.offer([(None, tr("by rule")), *((each.id, named(each)) for each in site.departments)])
        answers = ((True, tr("Yes")), (False, tr("No")), (None, tr("not known")))
        for choice in (self.others, self.long):
            choice.show_choices(answers)
        for choice, pairs in ((self.common, _PLACES), (self.chargeable, _PAYS), (self.refused, _REFUSED)):
            choice.show_choices([(value, tr(text)) for value, text in pairs])
        self.urgency.show_choices(choices(Urgency))

    # --- what they hold ----------------------------------------------------------------------------------------------

    def show_matter(self, draft: MatterDraft) -> None:
        """Shows a matter's draft."""
        self.answer.setPlainText(draft.answer)
        self.place.setText(draft.place)
        self.phone.setText(draft.contact_phone)
        for pick, value in (
            (self.kind, draft.kind),
            (self.component, draft.component_id),
            (self.duty, draft.duty),
            (self.department, draft.department_id),
        ):
            pick.choose(value)
        for choice, value in (
            (self.common, draft.place_kind),
            (self.chargeable, draft.chargeable),
            (self.others, draft.needs_others),
            (self.long, draft.over_two_days),
            (self.refused, draft.refused),
            (self.urgency, draft.urgency),
        ):
            choice.set_value(value)
        self.agreed.show_time(draft.agreed_at, draft.wanted)
        self.earlier.choose(draft.earlier_id)

    def values(self, longest: int) -> dict[str, object]:
        """The draft's values; a choice that the kind is not asked for counts for nothing, typed words stay."""
        kind, asked = self.kind.value(), set(self._shown)
        urgency = self.urgency.value()
        return {
            "kind": kind if isinstance(kind, MatterKind) else MatterKind.REPAIR,
            "answer": self.answer.toPlainText()[:longest],
            "component_id": self.component.value(),
            "place": self.place.text(),
            "contact_phone": self.phone.text(),
            "agreed_at": self.agreed.moment() if "agreed" in asked else None,
            "wanted": self.agreed.wanted(),
            "place_kind": self.common.value(),
            "duty": self.duty.value(),
            "chargeable": self.chargeable.value() if "chargeable" in asked else None,
            "department_id": self.department.value() if "department" in asked else None,
            "needs_others": self.others.value(),
            "over_two_days": self.long.value(),
            "refused": bool(self.refused.value()) and "refused" in asked,
            "earlier_id": self.earlier.value() if "earlier" in asked else None,
            "urgency": urgency if isinstance(urgency, Urgency) else Urgency.NORMAL,
        }

    # --- what is asked -----------------------------------------------------------------------------------------------

    def show_what_is_asked(self, route: Route | None) -> None:
        """Shows the fields of the kind, and what the way asks for besides; the others are put away, not emptied."""
        kind = self.kind.value()
        asked = {*_ALWAYS, *_ASKED.get(kind, ())} if isinstance(kind, MatterKind) else set(_ALWAYS)
        if route is Route.ANSWERED:
            asked.add("answer")
        if self.earlier.value() is not None:
            asked.add("earlier")
        elif not self.earlier.offers_any():
            asked.discard("earlier")
        self.agreed.show_promised(kind is MatterKind.REPAIR and route is Route.EXTERNAL)
        self.earlier.show_reopening(kind is MatterKind.COMPLAINT)
        self._place(tuple(name for name in self.fields if name in asked))

    def _place(self, shown: tuple[str, ...]) -> None:
        if shown == self._shown:
            return
        self._shown = shown
        for field in self.fields.values():
            self._grid.removeWidget(field)
        at = 0
        for name, field in self.fields.items():
            field.setVisible(name in shown)
            if name not in shown:
                continue
            width = _COLUMNS if name == "answer" else 1
            at += at % _COLUMNS if width == _COLUMNS else 0
            self._grid.addWidget(field, at // _COLUMNS, at % _COLUMNS, 1, width)
            at += width

    @Slot()
    def _on_refused(self) -> None:
        """Words to refuse with, as long as nobody has found better ones."""
        offered = tr("I am sorry: residents' information is confidential, and we may not give it out.")
        if self.refused.value() and not self.answer.toPlainText().strip():
            self.answer.setPlainText(offered)
        elif not self.refused.value() and self.answer.toPlainText() == offered:
            self.answer.clear()
        self.edited.emit()
