"""事项: the list on the left, one case beside it; every deed goes through a service and comes back as the new case."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from frontdesk.domain.cases import Action
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Empty, frame, line, row, scroll
from frontdesk.services import case_course, cases
from frontdesk.services.views import CaseView, PictureView
from frontdesk.ui.cases.acts import Deed, Extra
from frontdesk.ui.cases.aside import Aside
from frontdesk.ui.cases.deeds import Deeds
from frontdesk.ui.cases.detail import Detail
from frontdesk.ui.cases.listing import CaseList
from frontdesk.ui.cases.pictures import CasePictures
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.printing import PaperPrinting
from frontdesk.ui.reveal import RevealDialog

_WIDE_PX = 1200


class Page(BasePage):
    """The list and one case."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._case: CaseView | None = None
        self._case_id: int | None = None
        self._print_id: int | None = None  # the case whose paper is wanted as soon as it is there
        self._list = CaseList(context)
        self._printing = PaperPrinting(context, self)
        self._deeds = Deeds(context, self)
        self._pictures = CasePictures(context, self, self._deeds)
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
        self._detail.picture_opened.connect(self._on_picture)
        self._detail.pasted.connect(self._on_paste)
        self._detail.dropped.connect(self._on_drop)
        self._aside.act.connect(self._on_act)
        self._aside.open_case.connect(self._go_to)
        self._deeds.done.connect(self._on_case)
        self._deeds.stale.connect(self._on_stale)
        self._deeds.refused.connect(self._detail.refuse)
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
        """With `case_id` that case is opened, and `print_now` goes straight on to its paper; with `case_ids` the list
        shows these alone, `because` saying why."""
        self._list.take_focus()
        case_id, case_ids = args.get("case_id"), args.get("case_ids")
        if isinstance(case_ids, tuple):
            self._list.show_only(case_ids, str(args.get("because") or ""))
        elif isinstance(case_id, int):
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
        usual = [("W", tr("Result")), ("R", tr("Reply")), ("H", tr("Hand on")), ("C", tr("Chase"))]
        return [("N", tr("Next step")), ("Ctrl+P", tr("Print")), *usual]

    # --- one case ----------------------------------------------------------------------------------------------------

    @Slot(int)
    def _open(self, case_id: int) -> None:
        if case_id != self._case_id:
            self._case_id, self._case = case_id, None
            self._load(case_id)

    def _load(self, case_id: int) -> None:
        self.context.work.run(cases.case, case_id, then=self._on_case, key="case")

    @Slot(object)
    def _on_case(self, case: CaseView) -> None:
        if case.id != self._case_id:
            return
        known, self._case = self._case, case
        self._stack.setCurrentIndex(1)
        if known != case:  # each minute it is looked at again, and is mostly what it was
            self._detail.show_case(case)
            self._aside.show_case(case)
            self._ask_promises(case)
        self._deeds.news(case)
        if self._print_id == case.id:
            self._print_id = None
            self._print(case)

    def _ask_promises(self, case: CaseView) -> None:
        if case.route.external is not None:
            run = self.context.work.run
            run(case_course.promise_record, case.route.external.id, then=self._aside.show_promises, key="promises")

    @Slot(int)
    def _go_to(self, case_id: int) -> None:
        """Another case that this one names."""
        self._case_id, self._case = case_id, None
        self._load(case_id)
        self._list.show_case(case_id)

    @Slot(object)
    def _on_act(self, deed: object) -> None:
        case = self._case
        if case is None or not isinstance(deed, Deed):
            return
        if deed.action is Action.PRINT:
            self._print(case, deed.paper_id)
        elif deed.action is Extra.SHEET:
            self._pictures.print_sheet(case)
        else:
            self._deeds.begin(deed, case)

    @Slot(object)
    def _on_picture(self, picture: PictureView) -> None:
        if self._case is not None:
            self._pictures.open(self._case, picture)

    @Slot()
    def _on_paste(self) -> None:
        if self._case is not None:
            self._pictures.paste(self._case)

    @Slot(object)
    def _on_drop(self, mime: QMimeData) -> None:
        if self._case is not None:
            self._pictures.take(self._case, mime)

    @Slot()
    def _on_stale(self) -> None:
        if self._case_id is not None:
            self._load(self._case_id)

    def _print(self, case: CaseView, paper_id: int | None = None) -> None:
        papers = [paper.id for paper in case.papers if paper.printable]
        if papers:
            self._printing.begin(papers[-1] if paper_id is None else paper_id)

    @Slot()
    def _on_reveal(self) -> None:
        if self._case is not None:
            RevealDialog(self.context, self.window(), cases.reveal_case_phone, self._case.id).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(304 if self.width() > _WIDE_PX else 264)
