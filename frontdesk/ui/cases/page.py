"""事项: the list on the left, one case beside it; every deed goes through a service and comes back as the new case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from frontdesk.domain.cases import Action, StepsMissing
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Empty, frame, line, row, scroll
from frontdesk.services import case_routes, cases
from frontdesk.services.errors import EditConflict
from frontdesk.services.views import CaseView, Overrule
from frontdesk.ui import error_words
from frontdesk.ui.cases.aside import Aside
from frontdesk.ui.cases.detail import Detail
from frontdesk.ui.cases.dialogs import DeedDialog, EstablishDialog, ReopenDialog, ReplyDialog, ResultDialog
from frontdesk.ui.cases.listing import CaseList
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.printing import PaperPrinting
from frontdesk.ui.reception.overrule import OverruleDialog
from frontdesk.ui.reveal import RevealDialog
from frontdesk.ui.words import word

_WIDE_PX = 1200


class Page(BasePage):
    """The list and one case."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case: CaseView | None = None
        self._case_id: int | None = None
        self._print_id: int | None = None  # the case whose paper is wanted as soon as it is there
        self._doing = False
        self._dialog: DeedDialog | None = None
        self._list = CaseList(context)
        self._printing = PaperPrinting(context, self)
        self._nothing = Empty(context.theme, "ph.list-bullets")
        self._middle, self._right = scroll(None), scroll(None, 304)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(frame(row((self._middle, 1), line("vline"), self._right)))
        self._list.setFixedWidth(392)
        self.setLayout(row(self._list, line("vline"), (self._stack, 1)))

    def fill(self) -> Iterator[None]:
        """The two columns of the case, beside the list."""
        yield
        self._detail = Detail(self.context)
        self._middle.setWidget(self._detail)
        yield
        self._aside = Aside(self.context)
        self._right.setWidget(self._aside)
        self._list.picked.connect(self._open)
        self._detail.act.connect(self._on_act)
        self._aside.reveal.connect(self._on_reveal)
        self._printing.done.connect(self._on_case)
        self.context.ticker.minute.connect(self._on_minute)
        self.retranslate()

    def title(self) -> str:
        """The page's name."""
        return tr("Cases")

    def retranslate(self) -> None:
        """Says every word again."""
        self._list.retranslate()
        self._detail.retranslate()
        self._aside.retranslate()
        self._nothing.setText(tr("No case chosen"), tr("Choose one on the left; what it needs next is marked."))

    def activated(self, **args: object) -> None:
        """With `case_id` that case is opened; `print_now` goes straight on to its paper."""
        self._list.take_focus()
        case_id = args.get("case_id")
        if isinstance(case_id, int):
            self._print_id = case_id if args.get("print_now") else None
            self._case_id, self._case = case_id, None
            self._load(case_id)
            self._list.show_case(case_id)
        else:
            self._list.reload()

    def changed(self, changes: Changes) -> None:
        """The list and the open case follow what other desks do."""
        if any(topic in ("case", "*") for topic, _id in changes):
            self._list.reload()
            if self._case_id is not None and (changes & {("case", self._case_id), ("*", 0)}):
                self._load(self._case_id)

    @Slot()
    def _on_minute(self) -> None:
        """Clocks run: what was in time may be overdue now."""
        if self.isVisible():
            self._list.reload()
            if self._case_id is not None:
                self._load(self._case_id)

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        return [("Ctrl+P", tr("Print")), ("W", tr("Result")), ("R", tr("Reply"))]

    # --- one case ----------------------------------------------------------------------------------------------------

    @Slot(int)
    def _open(self, case_id: int) -> None:
        if case_id != self._case_id:
            self._case_id, self._case, self._doing = case_id, None, False
            self._load(case_id)

    def _load(self, case_id: int) -> None:
        self.context.work.run(cases.case, case_id, then=self._on_case, key="case")

    @Slot(object)
    def _on_case(self, case: CaseView) -> None:
        if case.id != self._case_id:
            return
        self._case = case
        self._stack.setCurrentIndex(1)
        self._detail.show_case(case)
        self._aside.show_case(case)
        if self._print_id == case.id:
            self._print_id = None
            self._print(case)

    @Slot(object)
    def _on_act(self, action: object) -> None:
        case = self._case
        if case is None or self._doing:
            return
        deeds: dict[object, Callable[[CaseView], None]] = {
            Action.ESTABLISH: lambda case: self._ask(EstablishDialog, case, case_routes.establish),
            Action.PRINT: self._print,
            Action.RECORD_RESULT: lambda case: self._ask(ResultDialog, case, cases.record_result),
            Action.RECORD_REPLY: lambda case: self._ask(ReplyDialog, case, cases.record_reply),
            Action.COMPLETE: lambda case: self._do(cases.complete),
            Action.REROUTE: self._ask_route,
            Action.REOPEN: lambda case: self._ask(ReopenDialog, case, cases.reopen),
        }
        deeds[action](case)

    def _ask(self, kind: Callable[..., DeedDialog], case: CaseView, service: Callable[..., Any]) -> None:
        """A deed that needs words; its dialog stays until it is done."""
        self._dialog = kind(self.context, self.window(), case, lambda value: self._do(service, value))
        self._dialog.finished.connect(self._on_closed)
        self._dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None

    def _do(self, service: Callable[..., Any], *args: object) -> None:
        """One deed on the open case, never twice at once; the answer is the case as it is afterwards."""
        if self._case is not None and not self._doing:
            self._doing = True
            run = self.context.work.run
            run(service, self._case.id, self._case.version, *args, then=self._on_done, failed=self._on_refused)

    @Slot(object)
    def _on_done(self, case: CaseView) -> None:
        self._doing = False
        if self._dialog is not None:
            self._dialog.finish()
        self._on_case(case)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._doing = False
        text = error_words.text(error)
        if isinstance(error, StepsMissing):
            text = tr("It cannot be marked completed yet. Missing: {steps}.", steps=", ".join(map(word, error.steps)))
        if self._dialog is not None:
            self._dialog.refuse(text)
        elif isinstance(error, StepsMissing):
            self._detail.refuse(text)
        else:
            self.context.notify(text, "warn")
        if isinstance(error, EditConflict) and self._case_id is not None:
            self._load(self._case_id)

    def _print(self, case: CaseView) -> None:
        papers = [paper for paper in case.papers if paper.printable]
        if papers:
            self._printing.begin(papers[-1].id)

    def _ask_route(self, _case: CaseView) -> None:
        dialog = OverruleDialog(self.context, self.window(), None, undecided=False)
        dialog.decided.connect(self._on_decided)
        dialog.open()

    @Slot(object)
    def _on_decided(self, overrule: object) -> None:
        if isinstance(overrule, Overrule):
            self._do(case_routes.reroute, overrule)

    @Slot()
    def _on_reveal(self) -> None:
        if self._case is not None:
            RevealDialog(self.context, self.window(), cases.reveal_case_phone, self._case.id).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(304 if self.width() > _WIDE_PX else 264)
