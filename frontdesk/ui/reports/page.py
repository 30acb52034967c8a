"""报表: the digest of what customers keep raising, with charts, notes beside them, and a sheet for the director."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QTimer, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.digests import Period, PeriodKind
from frontdesk.i18n import language, tr
from frontdesk.qtkit.parts import (
    Button,
    Choice,
    Elided,
    Empty,
    IconButton,
    bind_keys,
    column,
    frame,
    label,
    line,
    row,
    scroll,
)
from frontdesk.services import digest_paper, digests
from frontdesk.services.views import Sheet
from frontdesk.services.views.digests import DigestView, TopicLine
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.print_dialog import Deed, Outcome, PrintDialog, PrintJob
from frontdesk.ui.reports import wording
from frontdesk.ui.reports.aside import TopicAside, place_mark
from frontdesk.ui.reports.charts import Bars, Mark, TrendLine
from frontdesk.ui.reports.figures import Figures, Part
from frontdesk.ui.reports.limits import LimitsDialog
from frontdesk.ui.reports.topics import TopicList

_AT_ONCE = frozenset({digests.TOPIC, "*"})
_LATER_MS = 2000  # a busy desk changes cases many times a minute; nobody reads a digest that fast
_BARS = 6
_PRINTER = "printer/digest"


class Page(BasePage):
    """One period's digest. Asks again when something changed, and keeps the chosen topic."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: DigestView | None = None
        self._wanted: Period | PeriodKind = PeriodKind.WEEK
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        theme = self.context.theme
        self._title, self._period, self._days = label("", "title"), label("", "strong"), label("", "muted")
        self._kind = Choice("seg")
        self._before = IconButton(theme, "ph.caret-left", "", "Alt+←", bind=False)
        self._after = IconButton(theme, "ph.caret-right", "", "Alt+→", bind=False)
        self._print = Button(theme, "", "plain", "Ctrl+P", "ph.printer")
        self._print.setVisible(self.context.may(Permission.PRINT))
        self._figures, self._against, self._rule = Figures(theme), Elided("", "small"), Elided("", "caption")
        self._topics_chart, self._houses = Bars(theme, _BARS), Bars(theme, _BARS)
        self._line = TrendLine(theme, self._houses.sizeHint().height())
        self._titles = [label("", "strong") for _ in range(4)]
        self._change_rule = Button(theme, "", "link")
        self._change_rule.setVisible(self.context.may(Permission.MANAGE_SITE))
        self._topics, self._aside = TopicList(self.context), TopicAside(self.context)
        self._go_there = Button(theme, "", "primary")
        self._empty = Empty(theme, "ph.chart-bar-horizontal", self._go_there)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(frame(row((self._left(), 1), line("vline"), scroll(self._aside, 352))))
        switch = row(self._title, 20, self._kind, 16, self._before, 4, self._after, 12, self._period, 10, self._days)
        top = frame(row(switch, ..., self._print), margins=(24, 0, 24, 0), height=64)
        self.setLayout(column(top, (self._stack, 1)))

    def _left(self) -> QFrame:
        charts = row(
            (column(self._titles[0], 4, self._topics_chart), 9),
            20,
            (column(self._titles[1], 4, self._houses), 6),
            20,
            (column(self._titles[2], 4, self._line), 6),
        )
        fixed = column(
            self._figures,
            8,
            self._against,
            12,
            charts,
            8,
            row(self._titles[3], 12, (self._rule, 1), self._change_rule),
            4,
        )
        return frame(column(frame(fixed, margins=(24, 0, 16, 0)), (self._topics, 1)), margins=(0, 0, 0, 8))

    def _connect(self) -> None:
        self._kind.picked.connect(self._on_kind)
        for button, step in ((self._before, -1), (self._after, 1)):
            button.clicked.connect(lambda _on=False, step=step: self._move(step))
        bind_keys(self, "Alt+Left").activated.connect(self._before.click)
        bind_keys(self, "Alt+Right").activated.connect(self._after.click)
        self._change_rule.clicked.connect(self._ask_limits)
        self._print.clicked.connect(self._make_paper)
        self._go_there.clicked.connect(self._leave_empty)
        self._topics.picked.connect(self._on_topic)
        self._topics.opened.connect(self._open_topic)
        self._topics_chart.opened.connect(self._open_mark)
        self._houses.opened.connect(self._open_mark)
        self._line.opened.connect(self._on_point)
        for part in (self._figures, self._aside):
            part.opened.connect(self._open_part)
        self._aside.note.kept.connect(self._reload)
        self._later.timeout.connect(self._reload)

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return tr("Reports")

    def retranslate(self) -> None:
        """Says every word again."""
        self._title.setText(tr("Customer digest"))
        self._kind.setAccessibleName(tr("Week or month"))
        self._kind.show_choices(wording.kinds())
        self._before.setText(tr("The period before"))
        self._after.setText(tr("The next period"))
        self._print.setText(tr("Print or save"))
        self._change_rule.setText(tr("Set…"))
        names = (tr("Raised most"), tr("By building"), tr("Matters in each period"), tr("What was raised"))
        for part, name in zip(self._titles, names, strict=True):
            part.setText(name)
        self._topics.retranslate()
        self._aside.retranslate()
        if self._view is not None:
            self._show(self._view)

    def activated(self, **args: object) -> None:
        """Reads the digest afresh."""
        self._reload()
        self._topics.setFocus()

    def changed(self, changes: Changes) -> None:
        """The figures follow the desks, in their own time."""
        topics = {topic for topic, _id in changes}
        if topics & _AT_ONCE:
            self._reload()
        elif "case" in topics and not self._later.isActive():
            self._later.start()

    def rescue(self) -> bool:
        """What is typed about a topic is kept as a draft."""
        return self._aside.note.flush()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        return [("Alt+←", tr("Earlier")), ("Alt+→", tr("Later")), ("Ctrl+P", tr("Print"))]

    # -- which period ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_kind(self, kind: object) -> None:
        self._wanted = PeriodKind(str(kind))
        self._reload()

    def _move(self, step: int) -> None:
        view = self._view
        if view is not None and (step < 0 or view.following is not None):
            self._wanted = view.period.moved(step)
            self._reload()

    @Slot(object)
    def _on_point(self, mark: Mark) -> None:
        if isinstance(mark.stands_for, Period):
            self._wanted = mark.stands_for
            self._reload()

    @Slot()
    def _reload(self) -> None:
        if self.isVisible() or self._view is None:
            self.context.work.run(digests.digest, self._wanted, then=self._on_digest, key="digest")

    @Slot(object)
    def _on_digest(self, view: DigestView) -> None:
        self._wanted = view.period  # midnight must not turn the page under a reader's eyes
        self._show(view)

    # -- what stands there -------------------------------------------------------------------------------------------

    def _show(self, view: DigestView) -> None:
        self._view = view
        self._kind.set_value(view.period.kind)
        self._period.setText(wording.named_period(view.period))
        self._days.setText(wording.days(view.period))
        self._after.setEnabled(view.following is not None)
        self._stack.setCurrentIndex(1 if view.topics else 0)
        self._say_empty(view)
        self._figures.show_digest(view)
        self._against.setText(wording.against(view))
        self._rule.setText(wording.rule(view.limits))
        marks = [Mark(wording.topic(each), each.tally, _words(each), each.key) for each in view.topics]
        self._topics_chart.show_marks(tr("Raised most"), marks)
        self._houses.show_marks(tr("By building"), [place_mark(each) for each in view.buildings])
        counted = [*zip(view.compared, view.history, strict=True), (view.period, view.tally.matters)]
        self._line.show_history(tr("Matters in each period"), counted)
        self._topics.show_topics(view.topics)

    def _say_empty(self, view: DigestView) -> None:
        """Nothing was raised: what stands here otherwise, and where there is something."""
        text = tr("What customers report is counted here by topic, building and trend.")
        self._empty.setText(tr("Nothing was raised in this period"), text)
        self._go_there.setText(tr("The period before") if self._has_before(view) else tr("The next period"))
        self._go_there.setVisible(self._has_before(view) or view.following is not None)

    @staticmethod
    def _has_before(view: DigestView) -> bool:
        return view.since is not None and view.since < view.period.first

    @Slot()
    def _leave_empty(self) -> None:
        if self._view is not None:
            self._move(-1 if self._has_before(self._view) else 1)

    @Slot(object)
    def _on_topic(self, topic: TopicLine) -> None:
        if self._view is not None:
            self._aside.show_topic(self._view.period, topic)

    @Slot()
    def _ask_limits(self) -> None:
        if self._view is not None:
            LimitsDialog(self.context, self.window(), self._view.limits, self._reload).open()

    # -- to the cases ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _open_topic(self, topic: TopicLine) -> None:
        self._open_part(Part(topic.tally.case_ids, wording.topic(topic)))

    @Slot(object)
    def _open_mark(self, mark: Mark) -> None:
        self._open_part(Part(mark.tally.case_ids, mark.name))

    @Slot(object)
    def _open_part(self, part: Part) -> None:
        """The Cases page with these alone, and why."""
        if self._view is not None:
            because = f"{part.because} · {wording.named_period(self._view.period)}"
            self.context.navigate("cases", case_ids=part.case_ids, because=because)

    # -- paper -------------------------------------------------------------------------------------------------------

    @Slot()
    def _make_paper(self) -> None:
        if self._view is not None:
            period = self._view.period
            run = self.context.work.run
            run(
                digest_paper.digest_pdf,
                period,
                language(),
                then=lambda sheet: self._show_paper(period, sheet),
                key="pdf",
            )

    def _show_paper(self, period: Period, sheet: Sheet) -> None:
        job = PrintJob(sheet.pdf, f"{tr('Customer digest')} {period.key}")
        preferred = str(QSettings().value(_PRINTER, ""))
        dialog = PrintDialog(self.context.theme, self.window(), job, self.context.work.rest, preferred=preferred)
        dialog.done_with.connect(self._on_printed)
        dialog.open()

    @Slot(object)
    def _on_printed(self, outcome: Outcome) -> None:
        if outcome.deed is Deed.SENT:
            QSettings().setValue(_PRINTER, outcome.printer)
            self.context.notify(tr("The digest was sent to {printer}.", printer=outcome.printer), "ok")
        else:
            self.context.notify(tr("The digest was saved: {path}", path=outcome.path), "ok")


def _words(topic: TopicLine) -> str:
    """A topic's bar in words."""
    return f"{wording.topic(topic)}: {wording.count(topic.tally)}, {wording.trend(topic.trend)}"
