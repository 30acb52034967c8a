"""Prevention and response of one topic: typed beside the list, kept as a draft with every pause, noted by a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.digests import Period
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Field, Notice, Paragraph, column, label, notes, row
from frontdesk.services import digests, drafts
from frontdesk.services.digests import NoteTyped
from frontdesk.services.errors import BadInput
from frontdesk.services.views import DraftView
from frontdesk.services.views.digests import DigestNoteView, TopicLine
from frontdesk.ui import case_words, error_words, time_words
from frontdesk.ui.context import Context

_PAUSE_MS = 500
_HEIGHT_PX = 74
_NOTHING = ("", "")

Texts = tuple[str, str]  # prevention, response


@dataclass(frozen=True, slots=True)
class _Place:
    """Which topic of which period is being written about, and what is on record of it."""

    period: Period
    topic: str
    note: DigestNoteView | None

    @property
    def key(self) -> str:
        return digests.draft_key(self.period, self.topic)

    @property
    def recorded(self) -> Texts:
        return (self.note.prevention, self.note.response) if self.note else _NOTHING

    @property
    def seen(self) -> datetime | None:
        return self.note.at if self.note else None


class NoteEditor(QFrame):
    """Two fields and a button. `kept` tells that the digest has another note now."""

    kept = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._place = context, None
        self._typed: dict[str, Texts] = {}  # what is typed and not noted, by draft key
        self._shows, self._doing = False, False
        self._title, self._state = label("", "strong"), label("", "caption", right=True)
        self._prevention: Field[QPlainTextEdit] = Field(notes(_HEIGHT_PX))
        self._response: Field[QPlainTextEdit] = Field(notes(_HEIGHT_PX))
        self._theirs, self._last = Notice(context.theme, "warn"), Paragraph("", "small")
        self._keep = Button(context.theme, "", "primary", "Ctrl+Enter")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        fields = (self._prevention, 12, self._response)
        head = row(self._title, 8, (self._state, 1))
        self.setLayout(column(head, 8, self._theirs, 4, *fields, 12, row(self._keep, ...), 12, self._last))
        self._theirs.hide()
        may = context.may(Permission.WORK_CASES)
        self._keep.setVisible(may)
        for field in (self._prevention, self._response):
            field.body.setReadOnly(not may)
            field.body.textChanged.connect(self._on_typed)
        self._keep.clicked.connect(self.keep)
        self._timer.timeout.connect(self._keep_draft)
        if may:
            context.work.run(drafts.drafts, digests.DRAFT, then=self._on_drafts)

    def retranslate(self) -> None:
        """Says every word again."""
        self._title.setText(tr("What is done about it"))
        self._prevention.setText(tr("Prevention"), tr("so that it does not come back"))
        self._response.setText(tr("Response"), tr("when it is raised again"))
        self._keep.setText(tr("Note it"))
        self._say()

    def show_topic(self, period: Period, line: TopicLine) -> None:
        """Another topic, or news of the same one; what is typed and not noted stays, with whatever is on record."""
        self.flush()
        place = _Place(period, line.key, line.note)
        before, self._place = self._place, place
        if before is None or before.key != place.key or place.key not in self._typed:
            self._fill(self._typed.get(place.key, place.recorded))
        self._show_last(line.last_note)
        self._say()

    def flush(self) -> bool:
        """Keeps the draft at once; True where something is typed that is not noted."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep_draft()
        return bool(self._typed)

    # -- typing ------------------------------------------------------------------------------------------------------

    def _texts(self) -> Texts:
        return self._prevention.body.toPlainText(), self._response.body.toPlainText()

    def _fill(self, texts: Texts) -> None:
        self._shows = True
        for field, text in zip((self._prevention, self._response), texts, strict=True):
            if field.body.toPlainText() != text:
                field.body.setPlainText(text)
            field.clear_error()
        self._shows = False

    @Slot()
    def _on_typed(self) -> None:
        if self._shows or self._place is None:
            return
        self._typed[self._place.key] = self._texts()
        if self._texts() == self._place.recorded:
            del self._typed[self._place.key]
        self._timer.start()
        self._say()

    @Slot()
    def _keep_draft(self) -> None:
        if self._place is None:
            return
        key, run = self._place.key, self._context.work.run
        if key in self._typed:
            prevention, response = self._typed[key]
            run(drafts.keep_draft, digests.DRAFT, key, {"prevention": prevention, "response": response})
        else:
            run(drafts.drop_draft, digests.DRAFT, key)

    @Slot(object)
    def _on_drafts(self, found: tuple[DraftView, ...]) -> None:
        """What was typed before the lock, the crash or the evening."""
        for draft in found:
            texts = (str(draft.data.get("prevention", "")), str(draft.data.get("response", "")))
            self._typed.setdefault(draft.key, texts)
        if self._place is not None and self._place.key in self._typed:
            self._fill(self._typed[self._place.key])
            self._say()

    def _say(self) -> None:
        """What is on record, what is not yet, and whether somebody else noted something else meanwhile."""
        place = self._place
        if place is None:
            return
        typed = place.key in self._typed
        if typed:
            self._state.setText(tr("Not noted yet; the draft is kept"))
        elif place.note is not None:
            when = time_words.moment(self._context.local(place.note.at), self._context.now().date())
            self._state.setText(f"{place.note.by} · {when}")
        else:
            self._state.setText("")
        self._keep.setEnabled(typed and not self._doing)
        theirs = typed and place.note is not None
        if theirs and place.note is not None:
            said = " / ".join(text for text in place.recorded if text)
            self._theirs.setText(tr("On record by {who}: {text}", who=place.note.by, text=said))
        self._theirs.setVisible(theirs)

    def _show_last(self, note: DigestNoteView | None) -> None:
        said = " / ".join(text for text in (note.prevention, note.response) if text) if note else ""
        self._last.setText(tr("Noted the period before: {text}", text=said) if said else "")
        self._last.setVisible(bool(said))

    # -- noting ------------------------------------------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Puts on record what is typed; it stays in the fields until that has worked."""
        place = self._place
        if place is None or place.key not in self._typed or self._doing:
            return
        self._timer.stop()
        self._doing = True
        self._keep.setEnabled(False)
        prevention, response = sent = self._typed[place.key]
        typed = NoteTyped(place.period, place.topic, prevention, response, place.seen)
        run = self._context.work.run
        run(digests.keep_note, typed, then=lambda note: self._on_kept(place, sent, note), failed=self._on_failed)

    def _on_kept(self, place: _Place, sent: Texts, note: DigestNoteView) -> None:
        self._doing = False
        if self._typed.get(place.key) == sent:
            del self._typed[place.key]
        if self._place is not None and self._place.key == place.key:
            self._place = _Place(place.period, place.topic, note)
        self._say()
        self._context.notify(tr("Noted for the digest."), "ok")
        self.kept.emit()

    def _on_failed(self, error: Exception) -> None:
        self._doing = False
        self._say()
        fields: dict[str, QWidget] = {"prevention": self._prevention, "response": self._response}
        field = fields.get(error.field) if isinstance(error, BadInput) else None
        if isinstance(field, Field) and isinstance(error, BadInput):
            field.show_error(case_words.wrong(error))
            return
        self._context.notify(error_words.text(error), "danger")
        self.kept.emit()  # somebody was faster: what they noted is shown beside what is typed
