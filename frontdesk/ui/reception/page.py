"""接待: who calls, what is reported, what will happen, on one screen; nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from frontdesk.domain.paper import PRINTED_FORMS
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Choice, Empty, Icon, column, frame, label, line, row, scroll
from frontdesk.services import drafts, reception
from frontdesk.services.errors import BadInput
from frontdesk.services.views import CallDraft, Channel, DraftView, Logged, MatterDraft, RouteView
from frontdesk.ui import error_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.reception import draft as plain
from frontdesk.ui.reception.caller import CallerColumn
from frontdesk.ui.reception.matter import MatterForm
from frontdesk.ui.reception.outcome import OutcomeColumn
from frontdesk.ui.reception.overrule import OverruleDialog

KEEP_AFTER_MS = 500
PREVIEW_AFTER_MS = 150
_WIDE_PX = 1200
_ADD = "add"


class Page(BasePage):
    """One call or walk-in at a time. Its draft is kept with every pause, and offered again after a crash."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._call: CallDraft | None = None
        self._at = 0
        self._print_after = False
        self._logging = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self.retranslate()

    # --- making ------------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        context, theme = self.context, self.context.theme
        self._icon = Icon(theme, "ph.phone-call-fill", "ok", 22)
        self._timer, self._title, self._kept = label("", "title"), label(""), label("", "small")
        self._discard = Button(theme, "", "quiet")
        self._only = Button(theme, "", "plain", "Ctrl+S")
        self._finish = Button(theme, "", "primary", "Ctrl+Enter")
        self._caller, self._form, self._outcome = CallerColumn(context), MatterForm(context), OutcomeColumn(context)
        self._tabs = Choice("tab")
        self._new_call = Button(theme, "", "primary", "F2", bind=False)
        self._new_walk_in = Button(theme, "", "plain", "F3", bind=False)
        self._empty = Empty(theme, "ph.headset", self._new_call, self._new_walk_in)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._preview = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)

    def _lay_out(self) -> None:
        buttons = row(self._kept, 20, self._discard, 8, self._only, 8, self._finish)
        bar = row(self._icon, 12, self._timer, 16, self._title, ..., buttons)
        middle = column(frame(row((self._tabs, 1)), height=40), line(), 16, self._form, ...)
        content = frame(middle, margins=(24, 8, 24, 16))
        self._sides = (scroll(self._caller, 288), scroll(self._outcome, 320))
        columns = row(self._sides[0], line("vline"), (scroll(content), 1), line("vline"), self._sides[1])
        call = frame(column(frame(bar, margins=(24, 0, 24, 0), height=64), line(), (columns, 1)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(call)
        self.setLayout(column((self._stack, 1)))

    def _connect(self) -> None:
        self._caller.changed.connect(self._on_changed)
        self._caller.done.connect(self._form.focus_first)
        self._form.changed.connect(self._on_changed)
        self._outcome.overrule.connect(self._on_overrule)
        self._tabs.picked.connect(self._on_tab)
        self._keep.timeout.connect(self._keep_draft)
        self._preview.timeout.connect(self._ask_route)
        self._discard.clicked.connect(self._on_discard)
        self._only.clicked.connect(self._on_only)
        self._finish.clicked.connect(self._on_finish)
        self._new_call.clicked.connect(self._on_new_call)
        self._new_walk_in.clicked.connect(self._on_new_walk_in)
        self.context.ticker.second.connect(self._show_timer)

    def title(self) -> str:
        """The page's name."""
        return tr("Reception")

    def retranslate(self) -> None:
        """Says every word again."""
        self._discard.setText(tr("Discard"))
        self._only.setText(tr("Record only"))
        self._finish.setText(tr("Record and print"))
        self._new_call.setText(tr("New call"))
        self._new_walk_in.setText(tr("New walk-in"))
        self._empty.setText(
            tr("Nobody is on the line"),
            tr("Take a call or a walk-in here. What you type is kept with every pause."),
        )
        self._caller.retranslate()
        self._form.retranslate()
        self._outcome.retranslate()
        if self._call is not None:
            self._show_call_bar(self._call)
            self._show_tabs()

    # --- beginning ---------------------------------------------------------------------------------------------------

    def activated(self, **args: object) -> None:
        """With `channel` a call or walk-in begins; without, a kept draft is taken up again if there is one."""
        channel, number = args.get("channel"), str(args.get("number", ""))
        if self._call is not None:
            self._focus()
        elif channel is not None:
            self._begin(plain.fresh(Channel(str(channel)), self.context.now(), number))
        else:
            self.context.work.run(drafts.drafts, plain.KIND, then=self._on_drafts)

    def busy(self) -> bool:
        """A call is running."""
        return self._call is not None

    def rescue(self) -> bool:
        """Keeps what is typed at once."""
        if self._call is not None:
            self._keep_draft()
        return self._call is not None and plain.holds_something(self._call)

    @Slot(object)
    def _on_drafts(self, found: tuple[DraftView, ...]) -> None:
        if self._call is not None or not found:
            return
        try:
            call = plain.from_plain(dict(found[0].data))
        except (KeyError, ValueError, TypeError):
            self.context.notify(tr("A kept draft is of another version and cannot be shown."), "warn")
            return
        self._begin(call)
        at = time_words.clock(self.context.local(found[0].updated_at))
        self._kept.setText(tr("Draft of {time} restored", time=at))
        self.context.notify(tr("The draft of {time} is back.", time=at))

    def _begin(self, call: CallDraft) -> None:
        self._call, self._at = call, 0
        self._stack.setCurrentIndex(1)
        self._kept.setText("")
        self._show_call_bar(call)
        self._caller.begin(call)
        self._form.show_matter(call.matters[0])
        self._show_tabs()
        self._show_timer()
        self._ask_route()
        self._focus()
        self.context.refresh_keys()

    def _focus(self) -> None:
        self._caller.focus_first()

    @Slot()
    def _on_new_call(self) -> None:
        self.activated(channel=Channel.CALL)

    @Slot()
    def _on_new_walk_in(self) -> None:
        self.activated(channel=Channel.WALK_IN)

    # --- as it is typed ----------------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        if self._call is None:
            return
        self._gather()
        self._keep.start()
        self._preview.start()

    def _gather(self) -> None:
        """The draft as the fields stand."""
        if self._call is not None:
            matters = list(self._call.matters)
            matters[self._at] = self._form.matter()
            self._call = self._caller.fill_in(replace(self._call, matters=tuple(matters)))

    @Slot()
    def _keep_draft(self) -> None:
        self._keep.stop()
        if self._call is not None and plain.holds_something(self._call):
            work = self.context.work
            work.run(drafts.keep_draft, plain.KIND, self._call.token, plain.to_plain(self._call), then=self._on_kept)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        if self._call is not None:
            now = time_words.clock(self.context.now())
            self._kept.setText(tr("Draft kept {time}", time=now))

    @Slot()
    def _ask_route(self) -> None:
        self._preview.stop()
        if self._call is not None:
            matter = self._call.matters[self._at]
            args = (reception.preview_route, matter, self._call.unit_id)
            self.context.work.run(*args, then=self._on_route, key="route")

    @Slot(object)
    def _on_route(self, route: RouteView) -> None:
        if self._call is not None:
            self._outcome.show_route(route, self._call.matters[self._at])
            prints = route.paper in PRINTED_FORMS
            self._finish.setText(tr("Record and print") if prints else tr("Record"))
            self._only.setVisible(prints)

    @Slot()
    def _on_overrule(self) -> None:
        if self._call is None:
            return
        dialog = OverruleDialog(self.context, self.window(), self._call.matters[self._at].overrule)
        dialog.decided.connect(self._on_decided)
        dialog.open()

    @Slot(object)
    def _on_decided(self, overrule: object) -> None:
        self._form.set_draft(replace(self._form.matter(), overrule=overrule))  # type: ignore[arg-type]
        self._on_changed()

    # --- several matters ---------------------------------------------------------------------------------------------

    def _show_tabs(self) -> None:
        if self._call is None:
            return
        count = len(self._call.matters)
        tabs: list[tuple[object, str]] = [(at, tr("Matter {n}", n=at + 1)) for at in range(count)]
        self._tabs.show_choices([*tabs, (_ADD, tr("+ another matter"))], self._at)

    @Slot(object)
    def _on_tab(self, value: object) -> None:
        if self._call is None:
            return
        self._gather()
        if value == _ADD:
            self._call = replace(self._call, matters=(*self._call.matters, MatterDraft()))
            self._at = len(self._call.matters) - 1
        elif isinstance(value, int):
            self._at = value
        self._form.show_matter(self._call.matters[self._at])
        self._show_tabs()
        self._ask_route()
        self._form.focus_first()

    # --- finishing ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_only(self) -> None:
        self._log(print_after=False)

    @Slot()
    def _on_finish(self) -> None:
        self._log(print_after=True)

    def _log(self, *, print_after: bool) -> None:
        if self._call is None or self._logging:
            return
        self._gather()
        self._call = replace(self._call, matters=self._said(self._call))
        self._logging, self._print_after = True, print_after
        self._keep.stop()
        self.context.work.run(reception.log_call, self._call, then=self._on_logged, failed=self._on_refused)

    @staticmethod
    def _said(call: CallDraft) -> tuple[MatterDraft, ...]:
        """The matters without those that were opened and left empty."""
        said = tuple(matter for matter in call.matters if matter.content.strip())
        return said or call.matters[:1]

    @Slot(object)
    def _on_logged(self, logged: Logged) -> None:
        self._logging = False
        self._end()
        numbers = " · ".join(case.papers[0].number if case.papers else case.record_no for case in logged.cases)
        self.context.notify(tr("On record: {numbers}", numbers=numbers), "ok")
        first = logged.cases[0]
        printable = any(paper.printable for paper in first.papers)
        self.context.navigate("cases", case_id=first.id, print_now=self._print_after and printable)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._logging = False
        if isinstance(error, BadInput):
            if error.matter is not None and self._call is not None and error.matter < len(self._call.matters):
                self._at = error.matter
                self._form.show_matter(self._call.matters[self._at])
                self._show_tabs()
            self._form.show_error(error.field, error_words.text(error))
        else:
            self.context.notify(error_words.text(error), "danger")
        self._keep_draft()

    @Slot()
    def _on_discard(self) -> None:
        call = self._call
        if call is None:
            return
        self._keep.stop()
        self._end()
        self.context.work.run(drafts.drop_draft, plain.KIND, call.token)
        if plain.holds_something(call):
            self.context.notify(tr("The draft was discarded."), "info", (tr("Undo"), lambda: self._bring_back(call)))

    def _bring_back(self, call: CallDraft) -> None:
        if self._call is None:
            self.context.navigate("reception")
            self._begin(call)
            self._keep_draft()

    def _end(self) -> None:
        self._call = None
        self._preview.stop()
        self._outcome.show_route(None, MatterDraft())
        self._stack.setCurrentIndex(0)
        self.context.refresh_keys()

    # --- the bar -----------------------------------------------------------------------------------------------------

    def _show_call_bar(self, call: CallDraft) -> None:
        is_call = call.channel is Channel.CALL
        self._icon.show_glyph("ph.phone-call-fill" if is_call else "ph.user-fill", "ok")
        began = time_words.clock(self.context.local(call.started_at))
        self._title.setText(tr("Call since {time}", time=began) if is_call else tr("Walk-in since {time}", time=began))

    @Slot()
    def _show_timer(self) -> None:
        if self._call is not None:
            seconds = max(0, int((self.context.now() - self._call.started_at).total_seconds()))
            self._timer.setText(f"{seconds // 60:02d}:{seconds % 60:02d}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > _WIDE_PX
        for side, widths in zip(self._sides, ((288, 248), (320, 284)), strict=True):
            side.setFixedWidth(widths[0] if wide else widths[1])
