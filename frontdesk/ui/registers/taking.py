"""Taking a register out: its lines are fetched in batches, made into a workbook or a form, and handed on."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.registers import RegisterKind
from frontdesk.i18n import language, tr
from frontdesk.qtkit.printing import CannotSave
from frontdesk.services import registers
from frontdesk.services.registers import HandedOver
from frontdesk.services.registers.sheets import Workbook
from frontdesk.services.views import Sheet
from frontdesk.services.views.registers import Batch, Heading, RegisterFilter, RegisterRow
from frontdesk.ui.context import Context
from frontdesk.ui.print_dialog import Deed, Outcome, PrintDialog, PrintJob

_PRINTER = "printer/register"


@dataclass
class Job:
    """One register on its way out; `path` is where a workbook goes."""

    kind: RegisterKind
    chosen: RegisterFilter
    how: HandedOver
    path: Path | None = None
    heading: Heading | None = None
    book: Workbook | None = None
    rows: list[RegisterRow] = field(default_factory=list)
    count: int = 0
    stopped: bool = False


class Taking(QObject):
    """One at a time. `went_on` tells how many lines have been fetched, `ended` that nothing runs any more."""

    went_on = Signal(int)
    ended = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """A register is on its way."""
        return self._job is not None

    def begin(self, kind: RegisterKind, chosen: RegisterFilter, how: HandedOver, path: Path | None = None) -> None:
        """Puts on record that the lines are taken out, and fetches them; nothing while another is on its way."""
        if self._job is None:
            self._job = Job(kind, chosen, how, path)
            # Paper is in Chinese, and in English with Chinese beside it where the desk works in English.
            asked = (registers.hand_over, kind, chosen, how, language())
            self._context.work.run(*asked, then=self._on_heading, failed=self._on_failed)
            self.went_on.emit(0)

    def stop(self) -> None:
        """Wanted no longer; what has been fetched is forgotten."""
        if self._job is not None:
            self._job.stopped = True

    @Slot(object)
    def _on_heading(self, heading: Heading) -> None:
        job = self._job
        if job is None or job.stopped:
            self._end()
            return
        job.heading = heading
        if job.how is HandedOver.XLSX:
            self._context.work.rest(Workbook, job.kind, heading, then=self._on_book, failed=self._on_failed)
        else:
            self._fetch(None)

    @Slot(object)
    def _on_book(self, book: Workbook) -> None:
        if self._job is not None:
            self._job.book = book
            self._fetch(None)

    def _fetch(self, after: object) -> None:
        job = self._job
        if job is None or job.stopped:
            self._end()
            return
        asked = (registers.batch, job.kind, job.chosen, after)
        self._context.work.run(*asked, then=self._on_batch, failed=self._on_failed)

    @Slot(object)
    def _on_batch(self, batch: Batch) -> None:
        job = self._job
        if job is None:
            return
        job.count += len(batch.rows)
        self.went_on.emit(job.count)
        if job.book is None:
            job.rows += batch.rows
            self._after(batch)
        else:
            self._context.work.rest(_write, job.book, batch, then=self._after, failed=self._on_failed)

    @Slot(object)
    def _after(self, batch: Batch) -> None:
        """On to the next lines, or to what is made of them."""
        job = self._job
        if job is None or job.stopped or job.heading is None:
            self._end()
        elif batch.after is not None:
            self._fetch(batch.after)
        elif job.book is not None and job.path is not None:
            self._context.work.rest(_save, job.book, job.path, then=self._on_saved, failed=self._on_failed)
        else:
            asked = (registers.rendered, self._context.work.folder, job.kind, job.heading, job.rows)
            self._context.work.rest(*asked, then=self._on_sheet, failed=self._on_failed)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._end()
        self._context.notify(tr("The workbook was saved: {path}", path=path), "ok")

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        job = self._job
        self._end()
        if job is None or job.stopped or job.heading is None:
            return
        print_job = PrintJob(sheet.pdf, file_name(job.heading.title, job.heading.period))
        usual = str(QSettings().value(_PRINTER, ""))
        work = self._context.work
        dialog = PrintDialog(self._context.theme, self._page.window(), print_job, work.rest, preferred=usual)
        dialog.done_with.connect(self._on_outcome)
        dialog.open()

    @Slot(object)
    def _on_outcome(self, outcome: Outcome) -> None:
        if outcome.deed is Deed.SENT:
            QSettings().setValue(_PRINTER, outcome.printer)
            self._context.notify(tr("The register was sent to {printer}.", printer=outcome.printer), "ok")
        else:
            self._context.notify(tr("The register was saved: {path}", path=outcome.path), "ok")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._context.show_error(error)

    def _end(self) -> None:
        self._job = None
        self.ended.emit()


def file_name(title: str, period: str) -> str:
    """A register's title and period as the name of a file, on every system."""
    return "".join("-" if one in '\\/:*?"<>|' else one for one in f"{title} {period}").strip()


def _write(book: Workbook, batch: Batch) -> Batch:
    """On the lane for what is not the database."""
    book.add(batch.rows)
    return batch


def _save(book: Workbook, path: Path) -> Path:
    """Writes the file whole or not at all; what was there before gives way, because the system has asked."""
    data = book.finish()
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(data)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CannotSave(str(path)) from error
    return path
