"""Who is calling: the number, the people it may be, and what we know of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from frontdesk.domain.people import Verification
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import (
    Avatar,
    Button,
    Chip,
    Elided,
    Facts,
    Field,
    IconButton,
    Paragraph,
    column,
    edit,
    frame,
    head,
    label,
    line,
    row,
)
from frontdesk.services import reception
from frontdesk.services.views import CallDraft, CallerView, Channel, UnitView
from frontdesk.ui import case_words
from frontdesk.ui.context import Context
from frontdesk.ui.reveal import RevealDialog
from frontdesk.ui.words import word

_PAUSE_MS = 200
_OFFERED = 6


class Candidates(QFrame):
    """A short list to choose from, each line a button."""

    chosen = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 4, 0, 0)
        self._box.setSpacing(4)
        self.hide()

    def offer(self, lines: Sequence[tuple[str, object]]) -> None:
        """Offers these lines, each with its value; none hides the list."""
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for text, value in lines[:_OFFERED]:
            button = Button(self._context.theme, text)
            button.widen(32)
            button.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            self._box.addWidget(button)
        self.setVisible(bool(lines))


class CallerColumn(QWidget):
    """The left column. It tells `changed` with every change; `fill_in` adds what it knows to a draft."""

    changed = Signal()
    done = Signal()  # Enter on the last field: on to the matter

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._caller: CallerView | None = None
        self._unit: UnitView | None = None
        self._kept_person: int | None = None
        self._kept_unit: int | None = None
        self._channel = Channel.CALL
        self._matched = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self.retranslate()

    # --- making ------------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        theme = self._context.theme
        self._title, self._chip = label("", "strong"), Chip(theme, "unverified")
        self._number = Field(edit(limit=40))
        self._find = Field(edit(limit=80))
        self._people = Candidates(self._context)
        self._name = Field(edit(limit=80))
        self._place = Field(edit(limit=80))
        self._units = Candidates(self._context)
        self._avatar, self._who, self._whose = Avatar(theme, px=40), label("", "lead"), Elided("", "small")
        self._facts = Facts(76)
        self._reveal = IconButton(theme, "ph.eye", px=24)
        self._other = Button(theme, "", "link")
        self._past_title, self._past_count, self._past = label("", "strong"), label("", "caption"), column()
        self._tell_title, self._tell = label("", "strong"), Paragraph("", "small")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)

    def _lay_out(self) -> None:
        who = row(self._avatar, 12, (column(self._who, 2, self._whose), 1))
        self._card = frame(column(who, 12, self._facts, 4, row(self._other, ...), 8))
        self._unknown = frame(column(self._find, self._people, 12, self._name, 12, self._place, self._units))
        past = column(head(self._past_title, self._past_count), 4, self._past)
        self._history = frame(column(12, line(), 16, past))
        body = column(
            head(self._title, self._chip),
            12,
            self._number,
            12,
            self._card,
            self._unknown,
            self._history,
            12,
            line(),
            16,
            row(self._tell_title, ...),
            6,
            self._tell,
            ...,
        )
        body.setContentsMargins(24, 16, 20, 16)
        self.setLayout(body)

    def _connect(self) -> None:
        self._number.body.textChanged.connect(self._on_typed)
        self._find.body.textChanged.connect(self._on_typed)
        self._place.body.textChanged.connect(self._on_place_typed)
        self._name.body.textChanged.connect(self.changed)
        for field in (self._number, self._find, self._name, self._place):
            field.body.returnPressed.connect(self._on_enter)
        self._pause.timeout.connect(self._look)
        self._people.chosen.connect(self._choose)
        self._units.chosen.connect(self._choose_unit)
        self._other.clicked.connect(self._forget)
        self._reveal.clicked.connect(self._on_reveal)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        call = self._channel is Channel.CALL
        self._title.setText(tr("Caller") if call else tr("Visitor at the desk"))
        self._number.setText(tr("Telephone number"))
        self._find.setText(tr("Find a person or home"), tr("name, home, last four digits"))
        self._name.setText(tr("Name given"))
        self._place.setText(tr("Home or place"))
        self._other.setText(tr("Somebody else"))
        self._reveal.setText(tr("Show the number, with a reason"))
        self._past_title.setText(tr("Before"))
        self._tell_title.setText(tr("What you may tell"))
        self._show()

    # --- what it holds -----------------------------------------------------------------------------------------------

    def begin(self, draft: CallDraft) -> None:
        """Shows a call from its draft; a person that it names is looked up again."""
        self._channel = draft.channel
        self._caller, self._unit = None, None
        self._kept_person, self._kept_unit = draft.person_id, draft.unit_id
        for field, text in ((self._number, draft.number), (self._name, draft.caller_name), (self._find, "")):
            field.body.setText(text)
        self._place.body.clear()
        self._people.offer(())
        self._units.offer(())
        if draft.number or draft.person_id:
            self._look()
        self.retranslate()

    def fill_in(self, draft: CallDraft) -> CallDraft:
        """The draft with number, caller and unit as they stand here."""
        caller = self._caller
        unit_id = caller.unit.id if caller else self._unit.id if self._unit else self._kept_unit
        return replace(
            draft,
            number=self._number.body.text().strip(),
            caller_name=caller.name if caller else self._name.body.text().strip(),
            person_id=caller.person_id if caller else self._kept_person,
            unit_id=unit_id,
            verification=self.verification(),
        )

    def verification(self) -> Verification:
        """How sure we are of the caller, for what may be said; the service judges it again for the record."""
        if self._caller is not None and self._matched:
            return Verification.NUMBER_MATCHES
        return Verification.UNVERIFIED

    def caller(self) -> CallerView | None:
        """Who was chosen."""
        return self._caller

    def focus_first(self) -> None:
        """Puts the cursor where a call begins."""
        first = self._number if self._channel is Channel.CALL else self._find
        first.body.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- looking up --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        number, text = self._number.body.text().strip(), self._find.body.text().strip()
        work = self._context.work
        if text and self._caller is None:
            work.run(reception.find_people, text, then=self._on_people, key="people")
        elif number:
            work.run(reception.find_callers, number, then=self._on_callers, key="people")
        else:
            self._people.offer(())

    @Slot(object)
    def _on_callers(self, found: tuple[CallerView, ...]) -> None:
        kept = [each for each in found if each.person_id == self._kept_person]
        if self._caller is None and len(kept or found) == 1:
            self._matched = True
            self._choose((kept or found)[0])
        elif self._caller is None:
            self._matched = bool(found)
            self._offer_people(found)

    @Slot(object)
    def _on_people(self, found: tuple[CallerView, ...]) -> None:
        self._matched = False
        self._offer_people(found)

    def _offer_people(self, found: tuple[CallerView, ...]) -> None:
        self._people.offer([(self._person_line(each), each) for each in found])

    @staticmethod
    def _person_line(found: CallerView) -> str:
        return f"{found.name} · {word(found.relation)} · {found.unit.label}"

    @Slot(object)
    def _choose(self, caller: CallerView) -> None:
        self._caller, self._kept_person, self._kept_unit = caller, None, None
        self._people.offer(())
        self._show()
        self.changed.emit()
        if self._find.body.hasFocus() or self._number.body.hasFocus() and self._matched:
            self.done.emit()

    @Slot()
    def _forget(self) -> None:
        self._caller, self._kept_person, self._kept_unit, self._matched = None, None, None, False
        self._show()
        self._find.body.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _on_place_typed(self) -> None:
        self._unit, self._kept_unit = None, None
        text = self._place.body.text().strip()
        if text:
            self._context.work.run(reception.find_units, text, then=self._on_units, key="units")
        else:
            self._units.offer(())
        self.changed.emit()

    @Slot(object)
    def _on_units(self, found: tuple[UnitView, ...]) -> None:
        if len(found) == 1:
            self._choose_unit(found[0])
        else:
            self._units.offer([(each.label, each) for each in found])

    @Slot(object)
    def _choose_unit(self, unit: UnitView) -> None:
        self._unit = unit
        self._units.offer(())
        self._place.body.blockSignals(True)
        self._place.body.setText(unit.label)
        self._place.body.blockSignals(False)
        self.changed.emit()

    @Slot()
    def _on_enter(self) -> None:
        if self._people.isVisible() and self._find.body.hasFocus():
            self._people.findChildren(Button)[0].click()
        else:
            self.done.emit()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        caller = self._caller
        self._card.setVisible(caller is not None)
        self._unknown.setVisible(caller is None)
        self._history.setVisible(caller is not None and caller.past_count > 0)
        verification = self.verification()
        self._chip.show_status(case_words.VERIFICATION_STATUS[verification])
        self._tell.setText(tr(case_words.MAY_TELL[verification]))
        if caller is not None:
            self._show_caller(caller)

    def _show_caller(self, caller: CallerView) -> None:
        self._avatar.show_name(caller.name)
        self._who.setText(caller.name)
        self._whose.setText(f"{word(caller.relation)} · {caller.unit.label}")
        phone = Elided(caller.phone)
        phone.setAccessibleName(tr("Phone: {number}", number=caller.phone))
        self._reveal.setParent(None)
        number = frame(row((phone, 1), self._reveal))
        self._reveal.show()
        delivered = f"{caller.unit.delivered_on}" if caller.unit.delivered_on else tr("not known")
        self._facts.show_facts((tr("Phone"), number), (tr("Delivered"), delivered))
        self._show_past(caller)

    def _show_past(self, caller: CallerView) -> None:
        while (item := self._past.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._past_count.setText(ntr("{n} matter", "{n} matters", caller.past_count))
        for past in caller.past:
            at = label(f"{past.at.astimezone(self._context.zone):%m-%d}", "caption", 48)
            self._past.addWidget(frame(row(at, (Elided(past.text, "small"), 1)), height=28))

    @Slot()
    def _on_reveal(self) -> None:
        if self._caller is not None:
            person_id = self._caller.person_id
            RevealDialog(self._context, self.window(), reception.reveal_phone, person_id).open()
