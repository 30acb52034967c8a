"""One row beside its list: the form, saving it, taking it out of use and back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.sitebook import RowEnd, Sheet, SheetKey
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Elided, Notice, Paragraph, announce, column, frame, line, row, scroll
from frontdesk.services import sitebook
from frontdesk.services.errors import BadInput
from frontdesk.services.views.sitebook import RowView
from frontdesk.ui import error_words
from frontdesk.ui.context import Context
from frontdesk.ui.reveal import RevealDialog
from frontdesk.ui.site_data import words
from frontdesk.ui.site_data.form import RowForm
from frontdesk.ui.site_data.homes import HomesPreview

_MARGIN = 24


class RowPanel(QWidget):
    """Keeps what is typed until it is saved; what was left unsaved can be taken up again."""

    saved = Signal(object, bool)  # RowView, and whether it is a new row
    gone = Signal(int)  # in another list now: out of use, or back
    taken_up = Signal(object)  # the row (or None) whose typing is wanted back

    def __init__(self, context: Context, sheet: Sheet) -> None:
        super().__init__()
        self._context, self._sheet = context, sheet
        self.row: RowView | None = None
        self.open = False  # a row is shown, or a new one begun
        self._saving = False
        self._names: dict[SheetKey, dict[str, str]] = {}
        theme = context.theme
        self._heading, self._note = Elided("", "strong"), Paragraph("", "small")
        self._form = RowForm(theme, sheet)
        self._homes = HomesPreview(self._form) if sheet.key is SheetKey.BUILDINGS else None
        self._lacking, self._trouble = Notice(theme, "warn"), Notice(theme, "danger")
        self._save = Button(theme, "", "primary", "Ctrl+Enter")
        self._retire = Button(theme, "", "quiet", "Ctrl+Delete")
        self._reveal = Button(theme, "", "quiet", glyph="ph.eye")
        self._build()
        self._form.edited.connect(self._on_edited)
        self._save.clicked.connect(self.save)
        self._retire.clicked.connect(self._on_retire)
        self._reveal.clicked.connect(self._on_reveal)
        self.setVisible(False)

    def _build(self) -> None:
        inner = column(self._note, 12, self._lacking, self._trouble, 8, self._form)
        inner.addStretch(1)
        head = frame(row((self._heading, 1), 12, self._reveal), margins=(_MARGIN, 0, _MARGIN, 8))
        foot = frame(row(self._retire, ..., self._save), margins=(_MARGIN, 12, _MARGIN, 0))
        below = column()
        if self._homes is not None:  # in view while one types further up
            below.addWidget(self._homes)
            below.setContentsMargins(_MARGIN, 0, _MARGIN, 12)
        fields = scroll(frame(inner, margins=(_MARGIN, 0, _MARGIN, 16)))
        self.setLayout(column(head, (fields, 1), below, line(), foot))
        self._trouble.hide()

    def retranslate(self) -> None:
        """Says every word again."""
        self._form.retranslate()
        self._save.setText(tr("Save and next"))
        self._reveal.setText(tr("Show the number"))
        self._note.setText(tr(self._sheet.note) if self._sheet.note else "")
        self._note.setVisible(bool(self._sheet.note))
        if self._homes is not None:
            self._homes.retranslate()
        self._show_head()

    def offer(self, key: SheetKey, lines: list[tuple[str, str]]) -> None:
        """What the columns that name rows of another sheet offer."""
        self._names[key] = dict(lines)
        self._form.offer(key, lines)
        if self.row is not None and not self._form.touched:
            self._form.show_values(self.row.values)

    @property
    def touched(self) -> bool:
        """Something was typed and is not saved."""
        return self.open and self._form.touched

    def show_row(self, shown: RowView | None) -> None:
        """Another row, or None for a new one; what was typed and not saved is told of and can be taken up."""
        if self.touched:
            self._tell_left(self.row, self._form.typed())
        self.row, self.open = shown, True
        self._form.show_values(shown.values if shown else {})
        self._form.set_locked(shown is not None and not shown.active)
        self._trouble.hide()
        self.setVisible(True)
        self._show_head()
        self._on_edited()

    def close_row(self) -> None:
        """Nothing is shown any more."""
        self.row, self.open = None, False
        self._form.show_values({})
        self.setVisible(False)

    def take_focus(self) -> None:
        """Puts the cursor into the first field."""
        self._form.take_focus()

    def _show_head(self) -> None:
        shown = self.row
        self._heading.setText(words.heading(self._sheet, shown, self._names) if shown else tr("New entry"))
        self._retire.setVisible(shown is not None and self._sheet.end is not RowEnd.STAYS)
        removes = self._sheet.end is RowEnd.REMOVED
        out = tr("Remove") if removes else tr("Take out of use")
        self._retire.setText(out if shown is None or shown.active else tr("Take back into use"))
        self._show_lacking()
        hidden = shown is not None and self._sheet.key is SheetKey.RESIDENTS and bool(shown.values.get("phones"))
        self._reveal.setVisible(hidden and self._context.may(Permission.REVEAL_PHONES))

    def _show_lacking(self) -> None:
        """What the rules ask for and is not there."""
        missing = words.lacking(self._sheet, self.row) if self.row is not None else ""
        self._lacking.setText(missing)
        self._lacking.setVisible(bool(missing))

    @Slot()
    def _on_edited(self) -> None:
        self._save.setEnabled(self.row is None or self.row.active)
        self._trouble.hide()
        if self._homes is not None:
            self._homes.show_plan()

    def _tell_left(self, shown: RowView | None, typed: dict[str, object]) -> None:
        name = words.heading(self._sheet, shown, self._names) if shown else tr("New entry")
        again = partial(self._take_up, shown, typed)
        self._context.notify(tr("{name} was not saved.", name=name), "warn", (tr("Take up again"), again))

    def _take_up(self, shown: RowView | None, typed: dict[str, object]) -> None:
        self.taken_up.emit(shown)
        self.show_row(shown)
        self._form.type(typed)
        self._on_edited()
        self.take_focus()

    # -- deeds -------------------------------------------------------------------------------------------------------

    @Slot()
    def save(self) -> None:
        """Saves what was typed; what is wrong is said at its field."""
        if self._saving or not self.open:
            return
        values = self._form.values(new=self.row is None)
        if values is None:
            announce(self, tr("Something in the form needs another look."), urgent=True)
            return
        self._saving = True
        row_id = self.row.id if self.row else None
        done = partial(self._on_saved, row_id is None)
        self._context.work.run(sitebook.save_row, self._sheet.key, values, row_id, then=done, failed=self._on_refused)

    def _on_saved(self, new: bool, saved: RowView) -> None:
        self._saving = False
        self.row = saved
        self._form.show_values(saved.values)
        name = words.heading(self._sheet, saved, self._names)
        self._context.notify(tr("{name} is saved.", name=name), "ok")
        self.saved.emit(saved, new)

    def _on_refused(self, error: Exception) -> None:
        self._saving = False
        at_field = isinstance(error, BadInput) and self._form.show_error(error.field, words.problem(error.problem))
        if not at_field:
            self._trouble.setText(error_words.text(error))
            self._trouble.show()

    @Slot()
    def _on_retire(self) -> None:
        if self.row is not None:
            self._switch(self.row)

    def _switch(self, shown: RowView) -> None:
        """Out of use, or back; either can be undone."""
        service = sitebook.retire_row if shown.active else sitebook.revive_row
        done = partial(self._on_switched, shown)
        self._context.work.run(service, self._sheet.key, shown.id, then=done, failed=self._on_refused)

    def _on_switched(self, before: RowView, after: RowView | None) -> None:
        name = words.heading(self._sheet, before, self._names)
        if after is None:
            undo = (tr("Undo"), partial(self._enter_again, before))
            self._context.notify(tr("{name} is removed.", name=name), "ok", undo)
        else:
            told = tr("{name} is out of use.", name=name) if before.active else tr("{name} is in use again.", name=name)
            self._context.notify(told, "ok", (tr("Undo"), partial(self._switch, after)))
        self.gone.emit(before.id)

    def _enter_again(self, removed: RowView) -> None:
        """What was removed by mistake is entered as it was."""
        done = partial(self._on_saved, False)
        self._context.work.run(sitebook.save_row, self._sheet.key, removed.values, None, then=done)

    @Slot()
    def _on_reveal(self) -> None:
        if self.row is not None:
            RevealDialog(self._context, self.window(), sitebook.reveal_phone, self.row.id).open()
