"""Who is calling: the number, the people it may be, and what we know of the one chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Permission
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
from frontdesk.services.views import CallDraft, CallerView, Channel, PastLine
from frontdesk.ui import case_words
from frontdesk.ui.context import Context
from frontdesk.ui.reception.candidates import Candidates, Offer
from frontdesk.ui.reception.homes import HomeFinder
from frontdesk.ui.reveal import RevealDialog
from frontdesk.ui.words import word

_PAUSE_MS = 200
_MOST_PEOPLE = 20  # as many people as the search ever finds: a number's owners are all offered

Question = tuple[str, str]  # what stands in the finder, and the number


class CallerColumn(QWidget):
    """The left column. It tells `changed` with every change; `fill_in` adds what it knows to a draft."""

    changed = Signal()
    done = Signal()  # Enter on the last field: on to the matter

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._caller: CallerView | None = None
        self._kept_person: int | None = None  # of a draft, until it is found again
        self._kept_unit: int | None = None
        self._channel = Channel.CALL
        self._found: tuple[CallerView, ...] = ()
        self._matched = False  # the number is the chosen person's
        self._by_number = False  # what is offered, or was chosen, came from the number
        self._declined = ""  # the number whose owner it is not
        self._asked: Question | None = None
        self._enter_waits = False
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
        self._people = Candidates(theme, _MOST_PEOPLE)
        self._name = Field(edit(limit=80))
        self._home = HomeFinder(self._context)
        self._avatar, self._who, self._whose = Avatar(theme, px=40), label("", "lead"), Elided("", "small")
        self._phone_name, self._phone, self._facts = label("", "small", 76), Elided(), Facts(76)
        self._reveal = IconButton(theme, "ph.eye", px=24)
        self._reveal.setVisible(self._context.may(Permission.REVEAL_PHONES))
        self._other = Button(theme, "", "link")
        self._past_title, self._past_count, self._past = label("", "strong"), label("", "caption"), column()
        self._tell_title, self._tell = label("", "strong"), Paragraph("", "small")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)

    def _lay_out(self) -> None:
        who = row(self._avatar, 12, (column(self._who, 2, self._whose), 1))
        phone = frame(row(self._phone_name, (self._phone, 1), self._reveal), height=28)
        self._card = frame(column(who, 12, phone, self._facts, 4, row(self._other, ...), 8))
        self._unknown = frame(column(self._find, self._people, 12, self._name, 12, self._home))
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
        self._number.body.textChanged.connect(self._on_number_typed)
        self._find.body.textChanged.connect(self._on_typed)
        self._home.changed.connect(self.changed)
        self._home.chosen.connect(self.done)
        self._name.body.textChanged.connect(self.changed)
        for field in (self._number, self._find, self._name, self._home.field):
            field.body.returnPressed.connect(self._on_enter)
        self._pause.timeout.connect(self._look)
        self._people.chosen.connect(self._on_chosen)
        self._other.clicked.connect(self._forget)
        self._reveal.clicked.connect(self._on_reveal)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        call = self._channel is Channel.CALL
        self._title.setText(tr("Caller") if call else tr("Visitor at the desk"))
        self._number.setText(tr("Telephone number"))
        self._find.setText(tr("Find a person or home"), tr("name, home, last four digits"))
        self._name.setText(tr("Name given"))
        self._phone_name.setText(tr("Phone"))
        self._other.setText(tr("Somebody else"))
        self._reveal.setText(tr("Show the number, with a reason"))
        self._past_title.setText(tr("Before"))
        self._tell_title.setText(tr("What you may tell"))
        self._people.offer([self._person_line(each) for each in self._found])
        self._home.retranslate()
        self._show()

    # --- what it holds -----------------------------------------------------------------------------------------------

    def begin(self, draft: CallDraft, place: str = "") -> None:
        """Shows a call from its draft; the person that it names, and the place as it was typed, are looked up again."""
        self._channel = draft.channel
        self._caller, self._matched, self._by_number = None, False, False
        self._kept_person, self._kept_unit = draft.person_id, draft.unit_id if draft.person_id else None
        self._found, self._asked, self._declined, self._enter_waits = (), None, "", False
        name = "" if draft.person_id else draft.caller_name
        for field, text in ((self._number, draft.number), (self._name, name), (self._find, "")):
            field.clear_error()
            field.body.blockSignals(True)
            field.body.setText(text)
            field.body.blockSignals(False)
        self._pause.stop()
        self._home.begin(place, None if draft.person_id else draft.unit_id)
        if draft.person_id:
            run = self._context.work.run
            run(reception.find_people, draft.caller_name, then=self._on_kept_person, key="people")
        else:
            self._look()
        self.retranslate()

    def fill_in(self, draft: CallDraft) -> CallDraft:
        """The draft with number, caller and unit as they stand here."""
        caller = self._caller
        unit_id = caller.unit.id if caller else self._kept_unit or self._home.unit_id()
        kept_name = draft.caller_name if self._kept_person else self._name.body.text().strip()
        return replace(
            draft,
            number=self._number.body.text().strip(),
            caller_name=caller.name if caller else kept_name,
            person_id=caller.person_id if caller else self._kept_person,
            unit_id=unit_id,
            verification=self.verification(),
        )

    def place(self) -> str:
        """The home or place as typed; empty where a caller's card stands in its stead."""
        return "" if self._caller is not None else self._home.text()

    def loose_place(self) -> str:
        """A place that was typed and is none of the site's homes."""
        return "" if self._home.unit_id() is not None or self._kept_unit is not None else self.place()

    def past(self) -> tuple[PastLine, ...]:
        """What the caller has reported before."""
        return self._caller.past if self._caller is not None else ()

    def home(self) -> str:
        """The name of the home that it is about; empty where none is known."""
        return self._caller.unit.label if self._caller is not None else self._home.home()

    def verification(self) -> Verification:
        """How sure we are of the caller, for what may be said; the service judges it again for the record."""
        if self._caller is not None and self._matched:
            return Verification.NUMBER_MATCHES
        return Verification.UNVERIFIED

    def focus_first(self) -> None:
        """Puts the cursor where a call begins."""
        find = self._channel is Channel.WALK_IN and self._caller is None
        (self._find if find else self._number).body.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_error(self, field: str, text: str) -> bool:
        """Says at a field what is wrong; False where the field is none of this column's."""
        found = {"number": self._number, "caller_name": self._name}.get(field)
        if found is not None:
            found.show_error(text)
        return found is not None

    # --- looking up --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._enter_waits = False
        self._pause.start()
        self.changed.emit()

    @Slot()
    def _on_number_typed(self) -> None:
        if self._matched:  # not of this number, as long as nobody has looked
            self._matched = False
            self._show()
        self._on_typed()

    def _question(self) -> Question:
        """What is to be looked up: with somebody chosen, whether the number is theirs."""
        text = "" if self._caller is not None else self._find.body.text().strip()
        return text, self._number.body.text().strip()

    @Slot()
    def _look(self) -> None:
        self._pause.stop()
        self._asked = text, number = self._question()
        run = self._context.work.run
        if text:
            run(reception.find_people, text, then=self._on_people, key="people")
        elif number:
            run(reception.find_callers, number, then=self._on_callers, key="people")
        else:
            self._on_callers(())

    @Slot(object)
    def _on_callers(self, found: tuple[CallerView, ...]) -> None:
        if self._asked != self._question():  # typed on, or another call, while this was looked up
            return
        if self._caller is not None and self._by_number and not self._is_among(found):
            self._caller = None
        self._matched, self._by_number = self._is_among(found), self._caller is None or self._by_number
        if self._caller is not None:
            self._show()
            self.changed.emit()
        elif len(found) == 1 and self._asked[1] != self._declined:
            self._take(found[0])
        else:
            self._offer_people(found)

    def _is_among(self, found: tuple[CallerView, ...]) -> bool:
        return self._caller is not None and self._caller.person_id in {each.person_id for each in found}

    @Slot(object)
    def _on_people(self, found: tuple[CallerView, ...]) -> None:
        if self._asked != self._question():
            return
        self._by_number = False
        self._offer_people(found)
        if self._enter_waits and len(found) == 1:
            self._people.choose_first()

    @Slot(object)
    def _on_kept_person(self, found: tuple[CallerView, ...]) -> None:
        """The person of a draft, looked up by name; without them the name stays as it was typed."""
        sought = (self._kept_person, self._kept_unit)
        same = [each for each in found if (each.person_id, each.unit.id) == sought]
        if same:
            self._take(same[0])
            self._look()
        elif self._kept_person is not None:
            self._kept_person = self._kept_unit = None
            self._look()

    def _offer_people(self, found: tuple[CallerView, ...]) -> None:
        self._found = found
        self._people.offer([self._person_line(each) for each in found])
        self._show()

    @staticmethod
    def _person_line(found: CallerView) -> Offer:
        return Offer(f"{found.name} · {word(found.relation)}", found.unit.label, found)

    def _take(self, caller: CallerView) -> None:
        """This is the caller."""
        self._caller, self._kept_person, self._kept_unit = caller, None, None
        self._matched = self._by_number
        self._offer_people(())
        self.changed.emit()

    @Slot(object)
    def _on_chosen(self, caller: CallerView) -> None:
        self._take(caller)
        self._look()
        self.done.emit()

    @Slot()
    def _forget(self) -> None:
        self._caller, self._matched, self._by_number = None, False, False
        self._declined = self._number.body.text().strip()
        self._show()
        self._look()
        self._find.body.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _on_enter(self) -> None:
        """Enter goes on; but first what was found below the field wants an answer."""
        finding = self._find.body.hasFocus() and bool(self._find.body.text().strip())
        if finding and self._asked != self._question():
            self._enter_waits = True
            self._look()
        elif finding and self._found:
            self._people.choose_first()
        elif self._number.body.hasFocus() and self._found:
            self._people.take_focus()
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
        self._phone.setText(caller.phone)
        self._phone.setAccessibleName(tr("Phone: {number}", number=caller.phone))
        delivered = f"{caller.unit.delivered_on}" if caller.unit.delivered_on else tr("not known")
        self._facts.show_facts((tr("Delivered"), delivered))
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
