"""The print dialog: the paper as it will come out, where it goes, which copies; and a PDF where there is no printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QToolButton, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit import printing
from frontdesk.qtkit.parts import (
    Button,
    Dialog,
    DropDown,
    Field,
    Notice,
    bind_keys,
    column,
    edit,
    frame,
    label,
    row,
    toggle,
)
from frontdesk.qtkit.theme import Theme
from frontdesk.ui import error_words
from frontdesk.ui.paper_view import PaperView

Rest = Callable[..., None]  # Work.rest: runs a function away from the window, answers through `then` and `failed`

_TO_FILE = ""  # the choice in the list of printers that is no printer
_SIDE_PX, _PAPER_PX, _HEIGHT_PX = 320, 500, 570  # with its frame under 768 px, as on old laptops


@dataclass(frozen=True, slots=True)
class CopySet:
    """One copy (联) of a paper: its name, its words, and which pages of the PDF are its own."""

    name: str
    words: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper to print; `number` names it in the printer's queue and as a file."""

    pdf: bytes
    number: str
    copies: tuple[CopySet, ...] = ()


class Deed(StrEnum):
    """What was done: a driver tells no more than that it took the pages."""

    SENT = "sent"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a paper: sent to which printer, or saved where; and which copies."""

    deed: Deed
    printer: str = ""
    path: Path | None = None
    copies: tuple[str, ...] = ()


def copy_sets(pages: int, copies: Sequence[tuple[str, str]]) -> tuple[CopySet, ...]:
    """A PDF's pages shared out among its copies, given as (name, words) in the order in which they were rendered."""
    each = pages // len(copies) if copies else 0
    return tuple(
        CopySet(name, words, tuple(range(at * each, (at + 1) * each))) for at, (name, words) in enumerate(copies)
    )


class PrintDialog(Dialog):
    """Shows a paper and prints it. Enter prints, Ctrl+S turns to a file, Esc goes back with nothing printed.

    Args:
        rest: `Work.rest`, or another lane away from the window: printers may take seconds.
        preferred: the printer used last, chosen again if it is there.
    """

    done_with = Signal(object)  # Outcome

    def __init__(self, theme: Theme, parent: QWidget, job: PrintJob, rest: Rest, *, preferred: str = "") -> None:
        super().__init__(theme, parent, tr("Print {number}", number=job.number), _SIDE_PX + _PAPER_PX + 24 + 48)
        self.outcome: Outcome | None = None
        self._job, self._rest, self._preferred, self._busy = job, rest, preferred, False
        self._confirmed = ""  # a file that may be written over: the system's own dialog has asked
        self._paper = PaperView(theme, job.pdf)
        self._printers = DropDown(theme)
        self._printer_field = Field(self._printers, tr("Printer"))
        self._file = edit(str(_free_name(job.number)), limit=400)
        self._file_field = Field(self._file, tr("PDF file"))
        self._ticks = [self._tick(copy) for copy in job.copies]
        self._notice = Notice(theme, "danger")
        self._go = self.add_buttons(tr("Print"))
        self.body.addLayout(row((frame(column(self._paper), "sunken"), 1), 24, self._side()))
        self._paper.setFixedHeight(_HEIGHT_PX)
        self._notice.hide()
        self._offer([])
        self._printers.currentIndexChanged.connect(self._on_target)
        bind_keys(self, "Ctrl+S").activated.connect(self._choose_file)
        self._printers.setFocus(Qt.FocusReason.OtherFocusReason)
        rest(printing.list_printers, then=self._show_printers)

    # -- what stands there -------------------------------------------------------------------------------------------

    def _side(self) -> QFrame:
        browse = Button(self.theme, tr("Choose a folder…"), "link")
        browse.clicked.connect(self._browse)
        self._file_part = frame(column(self._file_field, 6, row(browse, ...)))
        hint = label(tr("Ctrl+S saves a PDF file in place of printing."), "caption")
        hint.setWordWrap(True)
        copies = column(label(tr("Copies"), "small"), 8)
        for tick in self._ticks:
            copies.addLayout(row(tick, ...))
            copies.addSpacing(8)
        self._copies_part = frame(copies)
        side = column(self._printer_field, 12, self._file_part, 4, self._copies_part, ..., self._notice, 12, hint)
        return frame(side, width=_SIDE_PX)

    def _tick(self, copy: CopySet) -> QToolButton:
        tick = toggle(copy.words, on=True)
        tick.toggled.connect(self._on_copies)
        tick.toggled.connect(lambda on: self._paper.show_page(copy.pages[0]) if on else None)
        return tick

    def _show_printers(self, found: list[printing.Printer]) -> None:
        self._offer(found)
        names = [printer.name for printer in found]
        if names:
            running = [printer.name for printer in found if not printer.is_stopped]
            usual = self._preferred if self._preferred in names else next(iter(running), names[0])
            self._printers.setCurrentIndex(self._printers.findData(usual))
        self._on_target()

    def _offer(self, found: list[printing.Printer]) -> None:
        self._printers.blockSignals(True)
        self._printers.clear()
        for printer in found:
            words = tr("{printer} (stopped)", printer=printer.words) if printer.is_stopped else printer.words
            self._printers.addItem(words, printer.name)
        self._printers.addItem(tr("Save as a PDF file"), _TO_FILE)
        self._printers.blockSignals(False)
        self._on_target()

    def _on_target(self) -> None:
        to_file = self._printer() == _TO_FILE
        self._file_part.setVisible(to_file)
        self._copies_part.setVisible(bool(self._ticks) and not to_file)  # a file is the whole paper, as it is kept
        self._on_copies()

    def _on_copies(self) -> None:
        to_file = self._printer() == _TO_FILE
        self._go.setText(tr("Save PDF") if to_file else tr("Print"))
        self._go.setEnabled(not self._busy and (to_file or not self._ticks or bool(self._chosen())))

    def _printer(self) -> str:
        return str(self._printers.currentData() or _TO_FILE)

    def _chosen(self) -> tuple[CopySet, ...]:
        pairs = zip(self._job.copies, self._ticks, strict=True)
        return tuple(copy for copy, tick in pairs if tick.isChecked())

    # -- what is done ------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Print or save; the dialog closes when that has worked, and stays with a word when it has not."""
        if not self._go.isEnabled():
            return
        self._notice.hide()
        if self._printer() == _TO_FILE:
            self._save(Path(self._file.text().strip()))
            return
        chosen = self._chosen()
        pages = [page for copy in chosen for page in copy.pages] or None
        outcome = Outcome(Deed.SENT, printer=self._printer(), copies=tuple(copy.name for copy in chosen))
        self._start(outcome, self._printer(), pages, None)

    def reject(self) -> None:
        """Go back, unless pages are on their way: then what became of them must be told."""
        if not self._busy:
            super().reject()

    def _save(self, path: Path) -> None:
        if not path.name or not path.parent.is_dir():
            self._file_field.show_error(tr("There is no such folder."))
        elif path.exists() and str(path) != self._confirmed:
            self._file_field.show_error(tr("A file of this name is there already. Choose another name."))
        else:
            copies = tuple(copy.name for copy in self._job.copies)
            self._start(Outcome(Deed.SAVED, path=path, copies=copies), None, None, path)

    def _start(self, outcome: Outcome, printer: str | None, pages: Sequence[int] | None, out: Path | None) -> None:
        self._set_busy(True)
        job = self._job

        def send() -> Outcome:
            printing.print_pdf(job.pdf, printer, doc_name=job.number, pages=pages, out=out)
            return outcome

        self._rest(send, then=self._finish, failed=self._fail)

    def _finish(self, outcome: Outcome) -> None:
        self._set_busy(False)
        self.outcome = outcome
        self.done_with.emit(outcome)
        super().accept()

    def _fail(self, error: Exception) -> None:
        self._set_busy(False)
        if not error_words.is_known(error):
            raise error
        self._notice.show()
        self._notice.setText(error_words.text(error))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._printers.setEnabled(not busy)
        self._on_copies()
        if busy:
            self._go.setText(tr("Sending…"))

    def _choose_file(self) -> None:
        self._printers.setCurrentIndex(self._printers.findData(_TO_FILE))
        self._file.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save as a PDF file"), self._file.text(), "PDF (*.pdf)")
        if chosen:
            self._confirmed = str(Path(chosen))
            self._file.setText(self._confirmed)


def _free_name(number: str) -> Path:
    """`number`.pdf among the documents, or the next name that is free."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
    if not folder.is_dir():
        folder = Path.home()
    path, count = folder / f"{number}.pdf", 2
    while path.exists():
        path, count = folder / f"{number} ({count}).pdf", count + 1
    return path
