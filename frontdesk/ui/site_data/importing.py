"""A workbook on its way in: read, then either what it would do or all its mistakes, then what was done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Elided, Notice, Paragraph, announce, column, frame, label, line, row, scroll
from frontdesk.services.views.sitebook import ImportPlan, Mistake
from frontdesk.ui import error_words
from frontdesk.ui.context import Context
from frontdesk.ui.site_data import words, workbook
from frontdesk.ui.site_data.mistakes import MistakeList

_COUNT_PX = 120
_LINE_PX = 36
_MOST_NOTES = 50
_WIDTH = 760


class Importing(QWidget):
    """Shows one workbook. Nothing is imported before somebody has seen what it does, and nothing with a mistake."""

    left = Signal()
    another_wanted = Signal()
    imported = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._plan: ImportPlan | None = None
        self._data, self._path = b"", Path()
        self._turn = 0  # the newest file; an older one's answer is not wanted any more
        self._done = False
        theme = context.theme
        self._back = Button(theme, "", "quiet", "Esc", "ph.caret-left", bind=False)
        self._title, self._name = label("", "lead"), Elided("", "muted")
        self._progress, self._doing = QProgressBar(), label("", "muted")
        self._ok, self._warn, self._danger = (Notice(theme, kind) for kind in ("ok", "info", "danger"))
        self._counts: QVBoxLayout = column()
        self._mistakes = MistakeList(context)
        self._go = Button(theme, "", "primary", "Ctrl+Enter")
        self._again, self._another = Button(theme, "", "primary", "F5"), Button(theme, "", "plain")
        self._build()
        self._back.clicked.connect(self.left)
        self._go.clicked.connect(self._import)
        self._again.clicked.connect(lambda: self.read(self._path))
        self._another.clicked.connect(self.another_wanted)
        self.retranslate()

    def _build(self) -> None:
        head = row(self._back, 12, self._title, 12, (self._name, 1))
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._waiting = frame(column(self._doing, 10, self._progress))
        self._waiting.setMaximumWidth(_WIDTH)
        body = frame(column(self._counts, ...))
        body.setMaximumWidth(_WIDTH)
        self._table = scroll(frame(row((body, 100), ...)))
        foot = row(self._mistakes.copy, 8, self._mistakes.save, ..., self._another, 8, self._again, 8, self._go)
        told = column(self._ok, self._warn, self._danger)
        top = column(frame(head, margins=(0, 0, 0, 12)), self._waiting, told, 12)
        self.setLayout(column(top, (self._table, 1), (self._mistakes, 1), 12, foot))

    def retranslate(self) -> None:
        """Says every word again."""
        self._back.setText(tr("Checklist"))
        self._again.setText(tr("Read it again"))
        self._another.setText(tr("Another workbook…"))
        self._progress.setAccessibleName(tr("Import a workbook"))
        self._mistakes.retranslate()
        self._show()

    @property
    def touched(self) -> bool:
        """Nothing is typed here."""
        return False

    def load(self) -> None:
        """What is shown is what was read."""

    def take_focus(self) -> None:
        """The keys go to the next step."""
        target = self._go if self._go.isVisibleTo(self) else self._back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the way of a file -------------------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Reads and checks a workbook."""
        self._turn += 1
        turn = self._turn
        self._path, self._plan, self._done = path, None, False
        self._wait(tr("Reading the workbook …"))
        work = self._context.work
        work.rest(
            workbook.check,
            *(work.folder, work.actor, path),
            then=lambda found: self._on_read(turn, *found),
            failed=lambda error: self._on_failed(turn, error),
        )

    def _on_read(self, turn: int, plan: ImportPlan, data: bytes) -> None:
        if turn == self._turn:
            self._plan, self._data = plan, data
            self._show()
            self._tell_result()
            self.take_focus()

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        plan = getattr(error, "plan", None)  # the site has changed meanwhile: the workbook has mistakes now
        if isinstance(plan, ImportPlan):
            self._on_read(turn, plan, self._data)
            return
        self._show()
        self._danger.setText(error_words.text(error))
        self._danger.show()

    @Slot()
    def _import(self) -> None:
        plan = self._plan
        if plan is None or plan.mistakes or self._done or self._waiting.isVisible():
            return
        self._turn += 1
        turn = self._turn
        self._wait(tr("Importing …"))
        work = self._context.work
        work.rest(
            workbook.take,
            *(work.folder, work.actor, plan.name, self._data),
            then=lambda done: self._on_imported(turn, done),
            failed=lambda error: self._on_failed(turn, error),
        )

    def _on_imported(self, turn: int, plan: ImportPlan) -> None:
        if turn == self._turn:
            self._plan, self._done = plan, True
            self._show()
            self._tell_result()
            self.take_focus()
        else:  # somebody has gone on to another workbook
            self._context.notify(_result(plan), "ok")
        self.imported.emit()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _wait(self, doing: str) -> None:
        self._doing.setText(doing)
        announce(self, doing)
        self._show()
        self._waiting.show()
        self._go.hide()
        self._again.hide()

    def _show(self) -> None:
        plan, theme_parts = self._plan, (self._ok, self._warn, self._danger, self._waiting)
        for part in theme_parts:
            part.hide()
        self._title.setText(tr("Import a workbook"))
        self._name.setText(self._path.name)
        mistakes = plan.mistakes if plan else ()
        ready = plan is not None and not mistakes
        for part in (self._mistakes, self._mistakes.copy, self._mistakes.save):
            part.setVisible(bool(mistakes))
        self._table.setVisible(not mistakes)
        self._mistakes.show_mistakes(mistakes)
        self._show_counts(plan if ready else None)
        self._again.setVisible(not self._done and (plan is None or bool(mistakes)))
        self._go.setVisible(ready)
        self._go.setText(tr("Import all of it"))
        changes = _changes(plan) if plan else 0
        self._go.setEnabled(ready and not self._done and changes > 0)
        if self._done:
            self._go.hide()
        if plan is not None:
            self._show_result(plan)

    def _show_result(self, plan: ImportPlan) -> None:
        part = self._danger if plan.mistakes else self._ok if self._done else self._warn
        part.setText(_result(plan) if self._done else _prospect(plan))
        part.show()

    def _tell_result(self) -> None:
        if self._plan is not None:
            said = _result(self._plan) if self._done else _prospect(self._plan)
            announce(self, said, urgent=bool(self._plan.mistakes))

    def _show_counts(self, plan: ImportPlan | None) -> None:
        while (item := self._counts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if plan is None:
            return
        heads = (tr("New"), tr("Changed"), tr("Unchanged"))
        self._counts.addWidget(_line(label(tr("Sheet"), "caption"), *(label(each, "caption") for each in heads)))
        self._counts.addWidget(line())
        for each in (count for count in plan.counts if count.new or count.changed or count.same):
            numbers = (each.new, each.changed, each.same)
            shown = (label(f"{n}" if n else "–", "body" if n and at < 2 else "muted") for at, n in enumerate(numbers))
            self._counts.addWidget(_line(label(words.title(each.sheet)), *shown))
        if plan.notes:
            self._show_notes(plan.notes)

    def _show_notes(self, notes: tuple[Mistake, ...]) -> None:
        """What is worth knowing and hinders nothing, the first of many."""
        self._counts.addSpacing(16)
        self._counts.addWidget(label(tr("Worth knowing; it is imported all the same"), "strong"))
        for note in notes[:_MOST_NOTES]:
            self._counts.addSpacing(6)
            self._counts.addWidget(Paragraph(f"{words.place(note)}: {words.wrong(note)}", "small"))
        if len(notes) > _MOST_NOTES:
            self._counts.addSpacing(6)
            more = len(notes) - _MOST_NOTES
            self._counts.addWidget(label(ntr("and {n} more", "and {n} more", more), "small"))


def _line(name: QWidget, *numbers: QWidget) -> QWidget:
    cells = [frame(row(..., each), width=_COUNT_PX) for each in numbers]
    return frame(row((name, 1), *cells), height=_LINE_PX)


def _changes(plan: ImportPlan) -> int:
    return sum(each.new + each.changed for each in plan.counts)


def _prospect(plan: ImportPlan) -> str:
    """What is told before the import."""
    if plan.mistakes:
        return ntr(
            "{n} mistake. Nothing is imported; correct it in the workbook, save it, and read it again.",
            "{n} mistakes. Nothing is imported; correct them in the workbook, save it, and read it again.",
            len(plan.mistakes),
        )
    if not _changes(plan):
        return tr("Everything in this workbook is on the site already.")
    return tr("No mistakes. This is what the import does; nothing has been changed yet.")


def _result(plan: ImportPlan) -> str:
    """What is told after the import."""
    return ntr("Imported: {n} row new or changed.", "Imported: {n} rows new or changed.", _changes(plan))
