"""What a page is given when it is made: everything it needs, so that it reaches for nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Actor, Permission
from frontdesk.qtkit.clock import Ticker
from frontdesk.qtkit.jobs import Lanes, Then
from frontdesk.qtkit.theme import Theme
from frontdesk.services.site import Site
from frontdesk.services.views import SiteView
from frontdesk.ui import error_words

Known = Callable[[Exception], None]
Toast = tuple[str, Callable[[], None]]
Act = tuple[str, str, Callable[[], None]]  # words, key, deed


class Shell(Protocol):
    """What the frame around the pages does for them."""

    def navigate(self, page: str, **args: object) -> None:
        """Goes to a page and hands it the arguments."""

    def back(self) -> None:
        """Goes to the page before."""

    def notify(self, text: str, kind: str = "info", action: Toast | None = None) -> None:
        """Says something over the foot of the window: info, ok, warn, danger."""

    def offer(self, text: str, acts: Sequence[Act]) -> None:
        """Says something over the foot of the window that stays until one of its acts is done."""

    def refresh_keys(self) -> None:
        """The page's keys have changed."""


class Work:
    """Runs services on the database lane, for one site and one actor.

    Errors are of two kinds. Those a person can act on carry a `code`: they go to the caller's `failed`, or are worded
    and shown. All others are bugs: they go to `sys.excepthook`, whatever the caller passed.
    """

    def __init__(self, lanes: Lanes, site: Site, actor: Actor, shown: Known) -> None:
        self._lanes, self._site, self._shown = lanes, site, shown
        self.actor = actor

    def run(
        self,
        service: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Known | None = None,
        key: Hashable = None,
    ) -> None:
        """Runs `service(site, actor, *args)`; `then` gets its view on the UI thread.

        Args:
            failed: gets an error that a person can act on, in place of the usual message.
            key: where only the newest answer counts (a search while typing): older ones are skipped or dropped.
        """
        self._lanes.db(service, self._site, self.actor, *args, then=then, failed=self._sorted(failed), key=key)

    def rest(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Known | None = None,
        key: Hashable = None,
    ) -> None:
        """Runs `fn(*args)` away from both the UI and the database: paper, pictures, printers."""
        self._lanes.rest(fn, *args, then=then, failed=self._sorted(failed), key=key)

    @property
    def folder(self) -> Path:
        """Where the site's data lies."""
        return self._site.folder

    @property
    def idle(self) -> bool:
        """Nothing runs and every answer has been delivered."""
        return self._lanes.idle

    def _sorted(self, failed: Known | None) -> Known:
        target = failed or self._shown

        def sort(error: Exception) -> None:
            if not error_words.is_known(error):
                raise error
            target(error)

        return sort


class Context(QObject):
    """A page's world while one person is signed in."""

    language_chosen = Signal(str)  # the code; the console switches
    scheme_chosen = Signal(str)

    def __init__(self, shell: Shell, theme: Theme, work: Work, ticker: Ticker, site: SiteView) -> None:
        super().__init__()
        self.theme, self.work, self.ticker, self.site = theme, work, ticker, site
        self.zone = ZoneInfo(site.zone)
        self.host: QWidget | None = None  # what holds the pages
        self._shell = shell

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self.work.actor

    def may(self, permission: Permission) -> bool:
        """Whether the one who is signed in may; services check again."""
        return self.actor.may(permission)

    def now(self) -> datetime:
        """The instant, on the site's clock."""
        return self.local(self.ticker.now())

    def local(self, at: datetime) -> datetime:
        """An instant on the site's clock."""
        return at.astimezone(self.zone)

    def navigate(self, page: str, **args: object) -> None:
        """Goes to a page by its key (`frontdesk.ui.pages`) and hands it the arguments of its `activated`."""
        self._shell.navigate(page, **args)

    def back(self) -> None:
        """Goes to the page before this one."""
        self._shell.back()

    def notify(self, text: str, kind: str = "info", action: Toast | None = None) -> None:
        """Says what has happened, over the foot of the window.

        Args:
            kind: info and ok go by themselves, warn and danger stay until dismissed.
            action: words of a button and what it does, as (tr("Undo"), self._undo).
        """
        self._shell.notify(text, kind, action)

    def offer(self, text: str, acts: Sequence[Act]) -> None:
        """Says what has happened and what may be done about it, each by a button with its key.

        It stays over every page until one of the acts is done or it is dismissed; a later offer takes its place.
        """
        self._shell.offer(text, acts)

    def show_error(self, error: Exception) -> None:
        """Says a known error over the foot of the window, as `work.run` does where nobody else takes it."""
        self.notify(error_words.text(error), "danger")

    def refresh_keys(self) -> None:
        """The page's `keys()` have changed."""
        self._shell.refresh_keys()
