"""接待: who calls, what is reported, what will happen, on one screen; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QStackedWidget, QWidget

from frontdesk.domain.paper import PRINTED_FORMS
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Choice, Empty, Icon, bind_keys, column, frame, label, line, row, scroll
from frontdesk.services import drafts, reception
from frontdesk.services.errors import BadInput
from frontdesk.services.views import CallDraft, Channel, DraftView, Logged, MatterDraft, RouteView
from frontdesk.ui import case_words, error_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.reception import draft as plain
from frontdesk.ui.reception.caller import CallerColumn
from frontdesk.ui.reception.handing import HandingOn
from frontdesk.ui.reception.keeping import Keeper
from frontdesk.ui.reception.matter import MatterForm
from frontdesk.ui.reception.outcome import OutcomeColumn
from frontdesk.ui.reception.overrule import OverruleDialog

PREVIEW_AFTER_MS = 150
_WIDE_PX = 1200


class Page(BasePage):
    """One call or walk-in at a time. Its draft is kept with every pause, and offered again after a crash."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._call: CallDraft | None = None
        self._at = 0
        self._prints: dict[int, bool] = {}  # matters by whether a form is printed for them
        self._print_after = False
        self._logging = False
        self._make_bar()
        self._keeper, self._handing = Keeper(context, self._kept, self), HandingOn(context, self)
        self._lay_out()

    # --- making ------------------------------------------------------------------------------------------------------

    def fill(self) -> Iterator[None]:
        """The three columns, one at a time: all at once they would hold the window for half a tenth of a second."""
        yield
        self._caller = CallerColumn(self.context)
        self._sides[0].setWidget(self._caller)
        yield
        self._form = MatterForm(self.context)
        self._middle.addWidget(self._form)
        self._middle.addStretch(1)
        yield
        self._outcome = OutcomeColumn(self.context)
        self._sides[1].setWidget(self._outcome)
        self._parts = (self._caller, self._content, self._outcome, self._head)  # in the order in which a call goes
        self._connect()
        self._say()  # its columns have said theirs

    def _make_bar(self) -> None:
        theme = self.context.theme
        self._icon = Icon(theme, "ph.phone-call-fill", "ok", 22)
        self._timer, self._title, self._kept = label("", "title"), label(""), label("", "small")
        self._discard = Button(theme, "", "quiet")
        self._only = Button(theme, "", "plain", "Ctrl+S", bind=False)  # the key works also before the route is known
        self._finish = Button(theme, "", "primary", "Ctrl+Enter")
        self._tabs, self._another = Choice("tab"), Button(theme, "", "link")
        self._new_call = Button(theme, "", "primary", "F2", bind=False)
        self._new_walk_in = Button(theme, "", "plain", "F3", bind=False)
        self._empty = Empty(theme, "ph.headset", self._new_call, self._new_walk_in)
        self._preview = QTimer(self, singleShot=True, interval=PREVIEW_AFTER_MS)

    def _lay_out(self) -> None:
        buttons = row(self._kept, 20, self._discard, 8, self._only, 8, self._finish)
        bar = row(self._icon, 12, self._timer, 16, self._title, ..., buttons)
        self._middle = column(frame(row((self._tabs, 1), self._another), height=40), line(), 16)
        self._content = frame(self._middle, margins=(24, 8, 24, 16))
        self._sides = (scroll(None, 288), scroll(None, 320))
        columns = row(self._sides[0], line("vline"), (scroll(self._content), 1), line("vline"), self._sides[1])
        self._head = frame(bar, margins=(24, 0, 24, 0), height=64)
        call = frame(column(self._head, line(), (columns, 1)))
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
        self._another.clicked.connect(self._on_another)
        self._keeper.due.connect(self._keep_draft)
        self._preview.timeout.connect(self._ask_route)
        self._discard.clicked.connect(self._on_discard)
        self._only.clicked.connect(self._on_only)
        bind_keys(self, "Ctrl+S").activated.connect(self._on_only)
        self._finish.clicked.connect(self._on_finish)
        self._new_call.clicked.connect(self._on_new_call)
        self._new_walk_in.clicked.connect(self._on_new_walk_in)
        self.context.ticker.second.connect(self._show_timer)

    def title(self) -> str:
        """The page's name."""
        return tr("Reception")

    def retranslate(self) -> None:
        """Says every word again."""
        self._caller.retranslate()
        self._form.retranslate()
        self._outcome.retranslate()
        self._say()

    def _say(self) -> None:
        self._discard.setText(tr("Discard"))
        self._only.setText(tr("Record only"))
        self._another.setText(tr("+ another matter"))
        self._new_call.setText(tr("New call"))
        self._new_walk_in.setText(tr("New walk-in"))
        self._empty.setText(
            tr("Nobody is on the line"),
            tr("Take a call or a walk-in here. What you type is kept with every pause."),
        )
        self._keeper.retranslate()
        self._show_finish()
        if self._call is not None:
            self._show_call_bar(self._call)
            self._show_tabs()

    # --- beginning ---------------------------------------------------------------------------------------------------

    def activated(self, **args: object) -> None:
        """With `channel` a call or walk-in begins; without, a kept draft is taken up again if there is one.

        What the one before holds is kept for later: nobody's number may be typed over another's.
        """
        self._logging = False  # should it hang since a fault: recording a call again is harmless
        channel, number = args.get("channel"), str(args.get("number", ""))
        if self._call is not None and channel is None:
            self._caller.focus_first()
        elif self._call is not None and channel is not None and self._holds_something():
            self._keeper.set_aside(self._call, self._caller.place())
            self._begin(plain.fresh(Channel(str(channel)), self.context.now(), number))
            self.context.notify(tr("The draft is kept, and comes back after this call."))
        elif channel is not None:
            self._begin(plain.fresh(Channel(str(channel)), self.context.now(), number))
        else:
            self.context.work.run(drafts.drafts, plain.KIND, then=self._on_drafts)

    def busy(self) -> bool:
        """A call is running, and something of it is typed: one that was begun by mistake keeps no lock off."""
        return self._holds_something()

    def rescue(self) -> bool:
        """Keeps what is typed at once."""
        self._keep_draft()
        return self._holds_something()

    def _holds_something(self) -> bool:
        """Whether anything stands here that would be missed."""
        return self._call is not None and (plain.holds_something(self._call) or bool(self._caller.place()))

    @Slot(object)
    def _on_drafts(self, found: tuple[DraftView, ...]) -> None:
        """The newest draft that can be read comes back."""
        if self._call is not None:
            return
        for draft in found:
            try:
                call, place = plain.from_plain(dict(draft.data))
            except (KeyError, ValueError, TypeError):
                self.context.notify(tr("A kept draft is of another version and cannot be shown."), "warn")
                continue
            self._begin(call, place)
            self._keeper.say_restored(draft.updated_at)
            at = time_words.clock(self.context.local(draft.updated_at))
            self.context.notify(tr("The draft of {time} is back.", time=at))
            return

    def _begin(self, call: CallDraft, place: str = "") -> None:
        self._call, self._at = call, 0
        self._prints.clear()
        self._stack.setCurrentIndex(1)
        self._keeper.begin()
        self._show_finish()
        self._show_call_bar(call)
        self._caller.begin(call, place)
        self._form.show_matter(call.matters[0])
        self._show_tabs()
        self._show_timer()
        self._ask_route()
        self._caller.focus_first()
        self.context.refresh_keys()

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
        self._keeper.typed()
        self._preview.start()

    def _gather(self) -> None:
        """The draft as the fields stand."""
        if self._call is not None:
            matters = list(self._call.matters)
            matters[self._at] = self._form.matter()
            self._call = self._caller.fill_in(replace(self._call, matters=tuple(matters)))

    @Slot()
    def _keep_draft(self) -> None:
        if self._call is not None and not self._logging and self._holds_something():
            self._keeper.keep(self._call, self._caller.place())

    @Slot()
    def _ask_route(self) -> None:
        self._preview.stop()
        if self._call is not None:
            matter = self._call.matters[self._at]
            args = (reception.preview_route, matter, self._call.unit_id)
            self.context.work.run(*args, then=self._on_route, key="route")
            self._form.look_around(self._call.unit_id, self._caller.past(), self._caller.home())

    @Slot(object)
    def _on_route(self, route: RouteView) -> None:
        if self._call is not None:
            self._outcome.show_route(route, self._call.matters[self._at])
            self._form.show_route(route)
            self._prints[self._at] = route.paper in PRINTED_FORMS
            self._show_finish()

    def _show_finish(self) -> None:
        """Without a form to print there is one way to finish."""
        prints = any(self._prints.values())
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
        tabs: list[tuple[object, str]] = [(at, tr("Matter {n}", n=at + 1)) for at in range(len(self._call.matters))]
        self._tabs.show_choices(tabs, self._at)
        _tab_through(*self._parts)  # again each time: what is put into a window later comes last in it

    @Slot(object)
    def _on_tab(self, at: object) -> None:
        if self._call is not None and isinstance(at, int):
            self._gather()
            self._turn_to(self._call, at)

    @Slot()
    def _on_another(self) -> None:
        self._gather()
        if self._call is not None:
            self._call = replace(self._call, matters=(*self._call.matters, MatterDraft()))
            self._turn_to(self._call, len(self._call.matters) - 1)
            self._form.focus_first()

    def _turn_to(self, call: CallDraft, at: int) -> None:
        """Shows another matter of the call."""
        self._at = at
        self._form.show_matter(call.matters[at])
        self._show_tabs()
        self._ask_route()

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
        self._keep_draft()  # whatever happens next; recording drops it in the same act
        self._logging, self._print_after = True, print_after
        said = self._said(self._call, self._caller.loose_place())
        self.context.work.run(reception.log_call, said, then=self._on_logged, failed=self._on_refused)

    @staticmethod
    def _said(call: CallDraft, place: str) -> CallDraft:
        """The call without matters that were opened and left empty; a place that is no home stands in its matters."""
        said = [matter for matter in call.matters if matter.content.strip()] or list(call.matters[:1])
        if place:
            said = [replace(matter, place=", ".join(filter(None, (place, matter.place)))) for matter in said]
        return replace(call, matters=tuple(said))

    @Slot(object)
    def _on_logged(self, logged: Logged) -> None:
        self._logging = False
        self._end()
        self._handing.begin(logged.cases)
        printable = [case for case in logged.cases if any(paper.printable for paper in case.papers)]
        first = (printable or logged.cases)[0]
        self.context.navigate("cases", case_id=first.id, print_now=self._print_after and bool(printable))

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._logging = False
        if isinstance(error, BadInput):
            self._show_bad_input(error)
        else:
            self.context.notify(error_words.text(error), "danger")

    def _show_bad_input(self, error: BadInput) -> None:
        """Says at the field what is wrong with it, in the matter that it belongs to."""
        text = case_words.wrong(error)
        if self._call is None or self._caller.show_error(error.field, text):
            return
        if error.matter is not None:
            filled = [at for at, matter in enumerate(self._call.matters) if matter.content.strip()] or [0]
            at = filled[error.matter]
            if at != self._at:
                self._turn_to(self._call, at)
        self._form.show_error(error.field, text)

    @Slot()
    def _on_discard(self) -> None:
        call, place, worth = self._call, self._caller.place(), self._holds_something()
        if call is None or self._logging:
            return
        self._end()
        self._keeper.drop(call)
        if worth:
            back = (tr("Undo"), lambda: self._bring_back(call, place))
            self.context.notify(tr("The draft was discarded."), "info", back)

    def _bring_back(self, call: CallDraft, place: str) -> None:
        """Undoes a discarding; while another call runs the draft is kept for later."""
        if self._call is None:
            self.context.navigate("reception")
            self._begin(call, place)
            self._keep_draft()
        else:
            self._keeper.set_aside(call, place)
            self.context.notify(tr("The draft is kept, and comes back after this call."))

    def _end(self) -> None:
        self._call = None
        self._keeper.stop()
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
        for side, widths in zip(self._sides, ((288, 248), (320, 288)), strict=True):
            side.setFixedWidth(widths[0] if wide else widths[1])


def _tab_through(*parts: QWidget) -> None:
    """Tab goes through the parts in this order, and through each from its top."""
    stops = [
        child
        for part in parts
        for child in part.findChildren(QWidget)
        if _takes_tab(child)
        and child.window() is part.window()  # not the lists that drop down
        and not isinstance(child.parentWidget(), QComboBox)
    ]
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def _takes_tab(child: QWidget) -> bool:
    """Of a choice among few only the chosen one stops Tab, and another one as soon as it is chosen."""
    among_few = isinstance(child, QAbstractButton) and child.group() is not None
    return among_few or bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
