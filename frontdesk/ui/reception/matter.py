"""What is reported: one matter as a form, in the order in which people talk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.emergencies import alarm_word
from frontdesk.domain.places import usual_place
from frontdesk.domain.routing import MatterKind, Place, Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Field, column, notes
from frontdesk.services.views import ComponentView, MatterDraft, PastLine, RouteView
from frontdesk.ui.context import Context
from frontdesk.ui.reception.fields import MatterFields
from frontdesk.ui.reception.same import SameFault

CONTENT_MAX = 20_000
_CONTENT_PX = 92


class MatterForm(QWidget):
    """The fields of one matter. It tells `changed` with every change by a person."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._draft = MatterDraft()
        self._route: Route | None = None
        self._component_touched = self._kind_touched = self._place_touched = self._alarmed = False
        self._showing = False
        self._content = Field(notes(_CONTENT_PX))
        self._same, self._fields = SameFault(context), MatterFields(context)
        self.setLayout(column(self._content, 12, self._same, self._fields, ...))
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        fields = self._fields
        self._content.body.textChanged.connect(self._suggest)  # first, so that what is told includes it
        self._content.body.textChanged.connect(self._on_changed)
        fields.place.textChanged.connect(self._on_place)
        fields.kind.chosen.connect(self._on_kind)
        fields.component.chosen.connect(self._on_component)
        fields.common.picked.connect(self._on_common)
        fields.edited.connect(self._on_changed)
        fields.earlier.found.connect(self._show_what_is_asked)
        self._same.edited.connect(self._on_changed)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._showing = True
        self._content.setText(tr("What is reported"), tr("kept as you type"))
        self._fields.retranslate()
        self._same.retranslate()
        self._showing = False
        self._show_what_is_asked()

    # --- what it holds -----------------------------------------------------------------------------------------------

    def show_matter(self, draft: MatterDraft) -> None:
        """Shows a matter's draft."""
        self._showing = True
        self._draft, self._route = draft, None
        self._component_touched = draft.component_id != self._component_of(draft.content)
        self._alarmed = bool(alarm_word(draft.content)) and draft.kind is MatterKind.EMERGENCY
        self._kind_touched = draft.kind not in (MatterKind.REPAIR, MatterKind.EMERGENCY)
        self._content.body.setPlainText(draft.content)
        self._fields.show_matter(draft)
        self._same.choose(draft.joins_id)
        untouched = not draft.content and draft.place_kind is None
        self._place_touched = not untouched and draft.place_kind != self._usual_place()
        self._suggest_place()
        self._showing = False
        self._show_what_is_asked()

    def matter(self) -> MatterDraft:
        """The matter as it stands in the fields, with what the form does not show kept as it was."""
        values: dict[str, Any] = self._fields.values(CONTENT_MAX)
        content = self._content.body.toPlainText()[:CONTENT_MAX]
        return replace(self._draft, content=content, joins_id=self._same.value(), **values)

    def set_draft(self, draft: MatterDraft) -> None:
        """Takes over what the form does not show, such as an overruled route."""
        self._draft = draft

    def show_route(self, route: RouteView) -> None:
        """Where the matter would go: the way may ask for an answer, or for the time that somebody has promised."""
        self._route = route.route
        self._show_what_is_asked()

    def look_around(self, unit_id: int | None, past: tuple[PastLine, ...], home: str) -> None:
        """Looks for the same fault, and for earlier matters, of the caller and the home as they are known now."""
        self._same.look(self.matter(), unit_id)
        self._fields.earlier.look(past, home)

    def focus_first(self) -> None:
        """Puts the cursor into the words."""
        self._content.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, field: str, text: str) -> None:
        """Says at the field what is wrong."""
        by_name = {"agreed_at": "agreed", "wanted": "agreed", "contact_phone": "phone"}
        self._fields.fields.get(by_name.get(field, field), self._content).show_error(text)

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
    def _on_place(self) -> None:
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
            self._fields.component.choose(self._component_of(text))
        self._suggest_place()
        if not self._kind_touched:
            self._suggest_kind(text)

    @Slot()
    def _suggest_place(self) -> None:
        """Where it is by the words, as long as nobody has chosen; it stands on the screen and may be changed."""
        if not self._place_touched:
            self._fields.common.set_value(self._usual_place())

    def _usual_place(self) -> Place:
        chosen = self._fields.component.value()
        code = next((each.code for each in self._context.site.components if each.id == chosen), "")
        return usual_place(self._fields.place.text(), self._content.body.toPlainText(), code)

    def _suggest_kind(self, text: str) -> None:
        """An emergency is not to be taken for a repair because nobody chose its kind; a person may put it back."""
        word = alarm_word(text)
        if word or self._alarmed:
            self._fields.kind.choose(MatterKind.EMERGENCY if word else MatterKind.REPAIR)
            self._fields.urgency.set_value(Urgency.URGENT if word else Urgency.NORMAL)
        self._alarmed = bool(word)
        note = tr("“{word}” sounds like one", word=word) if word else ""
        self._fields.fields["kind"].setText(tr("Kind of matter"), note)
        self._show_what_is_asked()

    def _component_of(self, text: str) -> int | None:
        """The component that the words speak of: the longest word wins."""
        hits = [(len(word), each) for each in self._context.site.components for word in each.words if word in text]
        found: ComponentView | None = max(hits, key=lambda hit: hit[0])[1] if hits else None
        return found.id if found else None

    def _show_what_is_asked(self) -> None:
        self._fields.show_what_is_asked(self._route)
