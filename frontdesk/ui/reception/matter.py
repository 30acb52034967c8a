"""What is reported: one matter as a form, in the order in which people talk."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.emergencies import alarm_word
from frontdesk.domain.places import usual_place
from frontdesk.domain.routing import Duty, MatterKind, Place
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Choice, Field, Pick, column, edit, frame, label, notes, row
from frontdesk.services.views import ComponentView, MatterDraft
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named

CONTENT_MAX = 20_000
_ASKED_OF_OPINIONS = (MatterKind.OPINION,)


class MatterForm(QWidget):
    """The fields of one matter. It tells `changed` with every change by a person."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, theme = context, context.theme
        self._draft = MatterDraft()
        self._component_touched = self._kind_touched = self._place_touched = self._alarmed = False
        self._showing = False
        self._content = Field(notes(112))
        self._kind, self._component = Pick(theme), Pick(theme)
        self._kind_field, self._component_field = Field(self._kind), Field(self._component)
        self._place, self._wanted = Field(edit(limit=80)), Field(edit(limit=80))
        self._phone = Field(edit(limit=40))
        self._common = Pick(theme)
        self._common_field = Field(self._common)
        self._duty, self._others, self._long, self._department = (Pick(theme) for _ in range(4))
        self._duty_field, self._department_field = Field(self._duty), Field(self._department)
        self._others_field, self._long_field = Field(self._others), Field(self._long)
        self._urgency_name, self._urgency = label("", "small"), Choice("seg")
        self._answer = Field(notes(72))
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._opinion = frame(row((self._others_field, 1), 12, (self._long_field, 1)))
        whose = row((self._common_field, 1), 12, (self._duty_field, 1), 12, (self._department_field, 1))
        self._repair = frame(whose)
        body = column(
            self._content,
            12,
            row((self._kind_field, 1), 12, (self._component_field, 1)),
            12,
            row((self._place, 1), 12, (self._wanted, 1)),
            12,
            self._answer,
            self._opinion,
            self._repair,
            12,
            row((self._phone, 1), 12, (column(self._urgency_name, 6, self._urgency), 1)),
            ...,
        )
        self.setLayout(body)

    def _connect(self) -> None:
        self._content.body.textChanged.connect(self._suggest)  # first, so that what is told includes it
        for field in (self._content, self._answer):
            field.body.textChanged.connect(self._on_changed)
        for field in (self._place, self._wanted, self._phone):
            field.body.textChanged.connect(self._on_changed)
        self._kind.chosen.connect(self._on_kind)
        for pick in (self._duty, self._others, self._long, self._department):
            pick.chosen.connect(self._on_changed)
        self._component.chosen.connect(self._on_component)
        self._common.chosen.connect(self._on_common)
        self._place.body.textChanged.connect(self._suggest_place)
        self._urgency.picked.connect(self._on_changed)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._showing = True
        self._content.setText(tr("What is reported"), tr("kept as you type"))
        self._kind_field.setText(tr("Kind of matter"))
        self._component_field.setText(tr("Component"))
        self._place.setText(tr("Where exactly"), tr("kitchen, 5th floor …"))
        self._wanted.setText(tr("Wanted time"))
        self._phone.setText(tr("Phone for this matter"), tr("empty: the caller's"))
        self._common_field.setText(tr("Home or common part"))
        self._duty_field.setText(tr("Who answers for it"))
        self._department_field.setText(tr("Department"))
        self._others_field.setText(tr("Must others agree?"))
        self._long_field.setText(tr("More than two days?"))
        self._urgency_name.setText(tr("Urgency"))
        self._urgency.setAccessibleName(tr("Urgency"))
        self._answer.setText(tr("Answer given"))
        self._offer()
        self._showing = False
        self._show_what_is_asked()

    def _offer(self) -> None:
        site = self._context.site
        self._kind.offer(choices(MatterKind))
        components = [(each.id, named(each)) for each in site.components]
        self._component.offer([(None, tr("not known")), *components])
        self._common.offer([(None, tr("not known")), *choices(Place)])
        self._duty.offer([(None, tr("as the component says")), *choices(Duty)])
        self._department.offer([(None, tr("by rule")), *((each.id, named(each)) for each in site.departments)])
        answers = ((None, tr("not known")), (True, tr("Yes")), (False, tr("No")))
        self._others.offer(answers)
        self._long.offer(answers)
        self._urgency.show_choices(choices(Urgency))

    # --- what it holds -----------------------------------------------------------------------------------------------

    def show_matter(self, draft: MatterDraft) -> None:
        """Shows a matter's draft."""
        self._showing = True
        self._draft = draft
        self._component_touched = draft.component_id != self._component_of(draft.content)
        self._alarmed = bool(alarm_word(draft.content)) and draft.kind is MatterKind.EMERGENCY
        self._kind_touched = draft.kind not in (MatterKind.REPAIR, MatterKind.EMERGENCY)
        self._content.body.setPlainText(draft.content)
        self._answer.body.setPlainText(draft.answer)
        for field, text in (
            (self._place, draft.place),
            (self._wanted, draft.wanted),
            (self._phone, draft.contact_phone),
        ):
            field.body.setText(text)
        for pick, value in (
            (self._kind, draft.kind),
            (self._component, draft.component_id),
            (self._common, draft.place_kind),
            (self._duty, draft.duty),
            (self._department, draft.department_id),
            (self._others, draft.needs_others),
            (self._long, draft.over_two_days),
        ):
            pick.choose(value)
        self._urgency.set_value(draft.urgency)
        self._place_touched = draft.place_kind not in (None, self._usual_place())
        self._suggest_place()
        self._showing = False
        self._show_what_is_asked()

    def matter(self) -> MatterDraft:
        """The matter as it stands in the fields, with what the form does not show kept as it was."""
        kind, urgency = self._kind.value(), self._urgency.value()
        return replace(
            self._draft,
            kind=kind if isinstance(kind, MatterKind) else MatterKind.REPAIR,
            content=self._content.body.toPlainText()[:CONTENT_MAX],
            answer=self._answer.body.toPlainText()[:CONTENT_MAX],
            component_id=self._component.value(),
            place=self._place.body.text(),
            wanted=self._wanted.body.text(),
            contact_phone=self._phone.body.text(),
            place_kind=self._common.value(),
            duty=self._duty.value(),
            department_id=self._department.value(),
            needs_others=self._others.value(),
            over_two_days=self._long.value(),
            urgency=urgency if isinstance(urgency, Urgency) else Urgency.NORMAL,
        )

    def set_draft(self, draft: MatterDraft) -> None:
        """Takes over what the form does not show, such as an overruled route."""
        self._draft = draft

    def focus_first(self) -> None:
        """Puts the cursor into the words."""
        self._content.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, field: str, text: str) -> None:
        """Says at the field what is wrong."""
        fields = {"answer": self._answer, "place": self._place, "wanted": self._wanted, "contact_phone": self._phone}
        fields.get(field, self._content).show_error(text)

    # --- as it is typed ----------------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self, *_what: object) -> None:
        if not self._showing:
            self._show_what_is_asked()
            self.changed.emit()

    @Slot()
    def _on_component(self) -> None:
        self._component_touched = True
        self._suggest_place()
        self._on_changed()

    @Slot()
    def _on_common(self) -> None:
        self._place_touched = True
        self._on_changed()

    @Slot()
    def _on_kind(self) -> None:
        self._kind_touched = True
        self._on_changed()

    @Slot()
    def _suggest(self) -> None:
        """The component that the words speak of, as long as nobody has chosen one."""
        if self._showing:
            return
        text = self._content.body.toPlainText()
        if not self._component_touched:
            self._component.choose(self._component_of(text))
        self._suggest_place()
        if not self._kind_touched:
            self._suggest_kind(text)

    @Slot()
    def _suggest_place(self) -> None:
        """Where it is by the words, as long as nobody has chosen; it stands on the screen and may be changed."""
        if not self._place_touched:
            self._common.choose(self._usual_place())

    def _usual_place(self) -> Place:
        chosen = self._component.value()
        code = next((each.code for each in self._context.site.components if each.id == chosen), "")
        return usual_place(self._place.body.text(), self._content.body.toPlainText(), code)

    def _suggest_kind(self, text: str) -> None:
        """An emergency is not to be taken for a repair because nobody chose its kind; a person may put it back."""
        word = alarm_word(text)
        if word or self._alarmed:
            self._kind.choose(MatterKind.EMERGENCY if word else MatterKind.REPAIR)
            self._urgency.set_value(Urgency.URGENT if word else Urgency.NORMAL)
        self._alarmed = bool(word)
        note = tr("“{word}” sounds like one", word=word) if word else ""
        self._kind_field.setText(tr("Kind of matter"), note)
        self._show_what_is_asked()

    def _component_of(self, text: str) -> int | None:
        """The component that the words speak of: the longest word wins."""
        hits = [(len(word), each) for each in self._context.site.components for word in each.words if word in text]
        found: ComponentView | None = max(hits, key=lambda hit: hit[0])[1] if hits else None
        return found.id if found else None

    def _show_what_is_asked(self) -> None:
        kind = self._kind.value()
        self._opinion.setVisible(kind in _ASKED_OF_OPINIONS)
        self._repair.setVisible(kind is MatterKind.REPAIR)
        self._answer.setVisible(kind is MatterKind.QUESTION)
        self._component_field.setVisible(kind in (MatterKind.REPAIR, MatterKind.SPECIAL_SERVICE, MatterKind.EMERGENCY))
