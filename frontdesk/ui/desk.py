"""The frame around the pages: rail, top bar, white sheet, key bar, and the way between pages."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Toasts, bind_keys, column, frame, row
from frontdesk.ui import time_words
from frontdesk.ui.context import Act, Context, Toast
from frontdesk.ui.key_bar import KeyBar
from frontdesk.ui.page import Page
from frontdesk.ui.pages import Place, places_for
from frontdesk.ui.rail import Rail
from frontdesk.ui.top_bar import TopBar

_EVERYTHING = ("*", 0)
_MOST_STEPS_BACK = 20
_WARM_MS = 150
_PIECE_MS = 20  # between two pieces of a page: what has come meanwhile is seen to first

MakeContext = Callable[["Desk"], Context]


class Desk(QFrame):
    """What one person works in from signing in to signing out. Pages are made when they are first gone to."""

    lock_wanted = Signal()
    place_changed = Signal(str)  # the title of the page shown

    def __init__(self, make_context: MakeContext) -> None:
        super().__init__()
        self.context = make_context(self)
        theme, site, actor = self.context.theme, self.context.site, self.context.actor
        self._places = {place.key: place for place in places_for(actor)}
        self._pages: dict[str, Page] = {}
        self._begun: dict[str, Generator[None, None, Page]] = {}  # pages that are being made
        self._unseen: dict[str, set[tuple[str, int]]] = {}
        self._here, self._before = "", list[str]()
        self.rail = Rail(theme, list(self._places.values()), site.name, actor.desk)
        self.top = TopBar(theme, actor.name, actor.role, practice=site.practice)
        self.key_bar = KeyBar(theme)
        self._stack = QStackedWidget()
        self.context.host = self._stack
        self._sheet = frame(column((self._stack, 1)), margins=(1, 1, 1, 1), name="sheet")
        self.setObjectName("window")
        self.setLayout(row(self.rail, (column(self.top, (row((self._sheet, 1), 16), 1), self.key_bar), 1)))
        self._toasts = Toasts(theme, self)
        self.rail.chosen.connect(self.navigate)
        self.top.lock_wanted.connect(self.lock_wanted)
        self.context.ticker.minute.connect(self._show_time)
        self._show_time()
        self._bind()

    def _bind(self) -> None:
        """The keys that work everywhere."""
        bind_keys(self, "F9").activated.connect(self.lock_wanted)
        bind_keys(self, "Esc").activated.connect(self.back)
        for number, place in enumerate(self._places.values(), 1):
            bind_keys(self, f"Ctrl+{number}").activated.connect(lambda key=place.key: self.navigate(key))
            for key, _, args in place.keys:
                bind_keys(self, key).activated.connect(lambda key=place.key, args=args: self.navigate(key, **args))

    # -- what pages ask of the shell ---------------------------------------------------------------------------------

    def navigate(self, page: str, **args: object) -> None:
        """Goes to a page; one that this person may not see, or that is not there, is not gone to."""
        if page not in self._places:
            self.notify(tr("You have no access to this page."), "warn")
            return
        if self._here and self._here != page:
            self._before = [*self._before[-_MOST_STEPS_BACK:], self._here]
        self._show(page)
        self._pages[page].activated(**args)
        self._focus_page()
        self.refresh_keys()

    def warm_up(self) -> None:
        """Makes the pages nobody has gone to yet, piece by piece in quiet moments, so that the first visit is quick."""
        waiting = [place for key, place in self._places.items() if key not in self._pages]
        if waiting:
            # Its module is read away from the window; making it is the window's own work.
            self.context.work.rest(import_module, waiting[0].module, then=self._warm)

    @Slot(object)
    def _warm(self, module: ModuleType) -> None:
        self._warm_piece(next(key for key, place in self._places.items() if place.module == module.__name__))

    def _warm_piece(self, key: str) -> None:
        """The next piece of a page, then another or another page; somebody may have gone there meanwhile."""
        if key not in self._pages and not self._make_piece(self._places[key]):
            QTimer.singleShot(_PIECE_MS, self, lambda: self._warm_piece(key))
        else:
            QTimer.singleShot(_WARM_MS, self, self.warm_up)

    def back(self) -> None:
        """Goes back inside the page, else to the page before; nothing where there is none."""
        if self._here and self._pages[self._here].step_back():
            self.refresh_keys()
        elif self._before:
            self._show(self._before.pop())
            self._pages[self._here].activated()
            self._focus_page()
            self.refresh_keys()

    def notify(self, text: str, kind: str = "info", action: Toast | None = None) -> None:
        """Says something over the foot of the window."""
        self._toasts.say(text, kind, action)

    def offer(self, text: str, acts: Sequence[Act]) -> None:
        """Says something over the foot of the window that stays until one of its acts is done."""
        self._toasts.offer(text, acts)

    def refresh_keys(self) -> None:
        """Shows the keys of the page in view, and those that work everywhere."""
        own = self._pages[self._here].keys() if self._here else []
        anywhere = [(key, tr(word)) for place in self._places.values() for key, word, _ in place.keys]
        self.key_bar.show_hints([*anywhere, *own, ("Esc", tr("Back"))])

    # -- what the console asks of the shell --------------------------------------------------------------------------

    def changed(self, changes: set[tuple[str, int]]) -> None:
        """Tells the page in view at once, the others when somebody comes to them."""
        for key, page in self._pages.items():
            if key == self._here:
                page.changed(frozenset(changes))
            elif changes:
                self._unseen.setdefault(key, set()).update(changes)

    def rescue(self) -> bool:
        """Every page keeps what is typed; True when there is anything to come back to."""
        kept = [page.rescue() for page in self._pages.values()]
        return any(kept)

    def busy(self) -> bool:
        """A page does something that idleness must not interrupt."""
        return any(page.busy() for page in self._pages.values())

    def quiet(self) -> None:
        """Takes away messages that name people."""
        self._toasts.clear()

    def messages(self) -> list[str]:
        """What is said over the foot now."""
        return self._toasts.texts()

    def return_to_page(self) -> None:
        """The lock is off: the page in view says again where one is."""
        self._tell_place()
        self._focus_page()

    def page(self, key: str) -> Page | None:
        """A page that has been made, or None."""
        return self._pages.get(key)

    @property
    def here(self) -> str:
        """The key of the page in view."""
        return self._here

    def first(self) -> str:
        """Where one begins: the first place of the rail."""
        return next(iter(self._places))

    def retranslate(self) -> None:
        """Says the frame's words again; pages do it themselves."""
        self.rail.retranslate()
        self.top.retranslate()
        self._show_time()
        if self._here:
            self.refresh_keys()
            self._tell_place()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _show(self, key: str) -> None:
        while key not in self._pages:
            self._make_piece(self._places[key])
        page, self._here = self._pages[key], key
        self._stack.setCurrentWidget(page)
        self.rail.show_here(key)
        self._tell_place()
        unseen = self._unseen.pop(key, None)
        if unseen:
            page.changed(frozenset({_EVERYTHING} if _EVERYTHING in unseen else unseen))

    def _focus_page(self) -> None:
        """Puts the focus into the page, where it did not put it itself: the next Tab is then its first part."""
        page, focused = self._pages[self._here], self.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_piece(self, place: Place) -> bool:
        """Makes the next piece of a page; True when it was the last, and the page is there."""
        making = self._begun.pop(place.key, None) or place.make(self.context)
        try:
            next(making)
        except StopIteration as finished:
            self._pages[place.key] = finished.value
            self._stack.addWidget(finished.value)
            return True
        self._begun[place.key] = making
        return False

    @Slot()
    def _show_time(self) -> None:
        now = self.context.now()
        self.top.show_time(time_words.clock(now), time_words.long_day(now.date()))

    def _tell_place(self) -> None:
        title = self._pages[self._here].title()
        self._sheet.setAccessibleName(title)
        self.place_changed.emit(title)
