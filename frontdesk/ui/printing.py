"""The way of one paper from its case to the printer: rendered, shown, sent, put on record."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.paper import COPIES, Copy, PaperKind, PrintState
from frontdesk.i18n import language, tr
from frontdesk.services import paperwork
from frontdesk.services.views import CaseView, Printable
from frontdesk.ui.context import Context
from frontdesk.ui.print_dialog import Deed, Outcome, PrintDialog, PrintJob, copy_sets
from frontdesk.ui.words import word

_TO_FILE = "PDF"


class PaperPrinting(QObject):
    """Prints papers of cases for a page; `done` tells the case as it is afterwards.

    Papers are in Chinese, and Chinese beside English where the desk works in English (the forms' own languages).
    """

    done = Signal(object)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._paper: Printable | None = None

    def begin(self, paper_id: int) -> None:
        """Renders the paper and shows it; nothing is on record before it was sent or saved."""
        paper_language = "zh_TW" if language() == "zh_TW" else "zh_CN"
        self._context.work.run(paperwork.render_paper, paper_id, paper_language, then=self._show, key="render")

    @Slot(object)
    def _show(self, paper: Printable) -> None:
        self._paper = paper
        kind = paper.kind
        copies = [(copy.value, word(copy)) for copy in COPIES.get(kind, ())]
        job = PrintJob(paper.pdf, paper.number, copy_sets(paper.pages, copies))
        dialog = PrintDialog(
            self._context.theme, self._page.window(), job, self._context.work.rest, preferred=self._usual(kind)
        )
        dialog.done_with.connect(self._on_outcome)
        dialog.open()

    @staticmethod
    def _usual(kind: PaperKind) -> str:
        return str(QSettings().value(f"printer/{kind}", ""))

    @Slot(object)
    def _on_outcome(self, outcome: Outcome) -> None:
        paper = self._paper
        if paper is None:
            return
        sent = outcome.deed is Deed.SENT
        if sent:
            QSettings().setValue(f"printer/{paper.kind}", outcome.printer)
        copies = [Copy(name) for name in outcome.copies] or None
        state = PrintState.SENT if sent else PrintState.PRINTED
        printer = outcome.printer if sent else _TO_FILE
        run = self._context.work.run
        run(paperwork.record_printing, paper.paper_id, printer, copies, state, then=self._on_recorded)
        where = outcome.printer if sent else str(outcome.path)
        names = {"number": paper.number, "printer": where}
        text = tr("{number} was sent to {printer}.", **names) if sent else tr("{number} was saved: {printer}", **names)
        self._context.notify(text, "ok")

    @Slot(object)
    def _on_recorded(self, case: CaseView) -> None:
        self.done.emit(case)
