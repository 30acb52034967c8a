"""今日: what asks for work, who is here, and how the day goes."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from frontdesk.domain.access import Permission
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Empty, Notice, column, frame, head, label, line, row, scroll
from frontdesk.services import drafts, snoozes, today, visits
from frontdesk.services.views import Channel, DraftView, TodayView, VisitLine
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.reception.draft import KIND as CALL_DRAFT
from frontdesk.ui.site_data.no_homes import NoHomes
from frontdesk.ui.today.calendar import CalendarLine
from frontdesk.ui.today.load import Load
from frontdesk.ui.today.visits import VisitsAside
from frontdesk.ui.today.work import Work

_TOPICS = frozenset({"case", "visit", "invitation", "desk_call", "draft", "*"})


class Page(BasePage):
    """The board. It asks again with every change and every minute, because clocks run."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: TodayView | None = None
        self._title, self._day = label("", "title"), label("", "muted")
        self._open, self._done = label(""), label("", "muted")
        self._work, self._visits, self._load = Work(context), VisitsAside(context), Load(context)
        self._load_title, self._load_count = label("", "strong"), label("", "caption")
        self._first = Button(context.theme, "", "primary", "F2", bind=False)
        self._empty = Empty(context.theme, "ph.check-circle", self._first)
        self._go_on, self._calendar = Button(context.theme), CalendarLine(context)
        self._waiting = Notice(context.theme, "info", "", self._go_on)
        self._draft: DraftView | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll(self._work))
        top = row(self._title, 16, self._day, ..., self._open, 16, self._done)
        aside = column(self._visits, 16, line(), 16, head(self._load_title, self._load_count), 8, self._load, ...)
        self._kept = frame(column(self._waiting, 12), margins=(24, 0, 24, 0))
        self._kept.hide()
        self._no_homes = NoHomes(context, below=12, margin=24)
        lines = (self._no_homes, self._calendar, self._kept)
        left = column(frame(top, margins=(24, 0, 24, 0), height=64), *lines, (self._stack, 1))
        right = frame(aside, margins=(24, 20, 24, 16))
        self.setLayout(row((left, 1), line("vline"), scroll(right, 328)))
        self._work.opened.connect(self._open_case)
        self._work.put_off.connect(self._put_off)
        self._work.all_asked.connect(self._open_cases)
        self._visits.opened.connect(self._open_visit)
        self._visits.answered.connect(self._answer)
        self._first.clicked.connect(self._take_call)
        self._go_on.clicked.connect(self._take_up)
        context.ticker.minute.connect(self._reload)
        self.retranslate()

    def title(self) -> str:
        """The page's name."""
        return tr("Today")

    def retranslate(self) -> None:
        """Says every word again."""
        self._title.setText(tr("Today"))
        self._load_title.setText(tr("Today's contacts"))
        self._first.setText(tr("New call"))
        self._go_on.setText(tr("Go on with it"))
        self._show_draft()
        self._no_homes.retranslate()
        self._calendar.retranslate()
        self._empty.setText(tr("Nothing waits"), tr("What is due, overdue or to be answered stands here by itself."))
        self._visits.retranslate()
        if self._view is not None:
            self._show(self._view)

    def showEvent(self, event: QShowEvent) -> None:
        """The board afresh: while another page or the lock was in front it did not follow."""
        super().showEvent(event)
        self._reload()

    def changed(self, changes: Changes) -> None:
        """The board follows every desk and kiosk."""
        if any(topic in _TOPICS for topic, _id in changes):
            self._reload()

    @Slot()
    def _reload(self) -> None:
        if self.isVisible() or self._view is None:
            self.context.work.run(today.today, then=self._show, key="today")
            self._no_homes.load()
            if self.context.may(Permission.TAKE_CALLS):
                self.context.work.run(drafts.drafts, CALL_DRAFT, then=self._on_drafts, key="today drafts")

    @Slot(object)
    def _on_drafts(self, found: tuple[DraftView, ...]) -> None:
        self._draft = found[0] if found else None
        self._show_draft()

    def _show_draft(self) -> None:
        """What was begun and not finished, also before a crash, does not wait unseen."""
        self._kept.setVisible(self._draft is not None)
        if self._draft is not None:
            at = self.context.local(self._draft.updated_at)
            moment = time_words.moment(at, self.context.now().date())
            self._waiting.setText(tr("A call is not on record yet; its draft was kept {moment}.", moment=moment))

    @Slot(object)
    def _show(self, view: TodayView) -> None:
        self._view = view
        self._day.setText(time_words.long_day(self.context.now().date()))
        self._open.setText(tr("{n} open", n=view.open_count))
        self._done.setText(tr("{n} completed", n=view.completed_today))
        self._stack.setCurrentIndex(1 if view.groups else 0)
        self._work.show_groups(view.groups, view.causes)
        self._calendar.show_years(view.unpublished_years)
        self._visits.show_visits(view.visits, view.desk_calls)
        self._load.show_hours(view.calls_by_hour)
        self._load_count.setText(tr("{n} in all", n=sum(n for _hour, n in view.calls_by_hour)))

    @Slot(int)
    def _open_case(self, case_id: int) -> None:
        self.context.navigate("cases", case_id=case_id)

    @Slot(int, object)
    def _put_off(self, case_id: int, until: datetime) -> None:
        """Not now; it can be taken back."""
        run = self.context.work.run
        run(snoozes.snooze, case_id, until, then=self._reload_now)
        moment = time_words.moment(self.context.local(until), self.context.now().date())
        back = (tr("Undo"), lambda: run(snoozes.snooze, case_id, None, then=self._reload_now))
        self.context.notify(tr("Off the board until {moment}", moment=moment), "info", back)

    @Slot(object)
    def _reload_now(self, _nothing: object) -> None:
        self._reload()

    @Slot()
    def _open_cases(self) -> None:
        self.context.navigate("cases")

    @Slot(object)
    def _open_visit(self, visit: VisitLine) -> None:
        self.context.navigate("visitors", visit_id=visit.visit_id, invitation_id=visit.invitation_id)

    @Slot(int)
    def _answer(self, call_id: int) -> None:
        self.context.work.run(visits.answer_desk_call, call_id)

    @Slot()
    def _take_up(self) -> None:
        self.context.navigate("reception")

    @Slot()
    def _take_call(self) -> None:
        self.context.navigate("reception", channel=Channel.CALL)
