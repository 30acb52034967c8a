"""One person at the desk, from signing in to signing out: the desk, the lock over it, what calls for attention."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.kiosks import KioskHealth
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.clock import Ticker
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.theme import Theme
from frontdesk.services import accounts, cases, kiosks, settings, visits
from frontdesk.services.site import Site
from frontdesk.services.views import AccountView, CaseFilter, CasePage, DeskCallView, KioskView, MySettings, SiteView
from frontdesk.ui import error_words, words
from frontdesk.ui.context import Context, Work
from frontdesk.ui.desk import Desk
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.pages import places_for
from frontdesk.ui.signin.lock import Lock

_TROUBLED = (KioskHealth.ASKS, KioskHealth.SILENT, KioskHealth.CAMERA, KioskHealth.PAPER)


@dataclass(frozen=True)
class Signed:
    """Who has signed in, and what a desk needs to know before it can be shown."""

    actor: Actor
    site: SiteView
    chosen: MySettings
    must_change: bool = False  # somebody else has set the password


def sign_in(site: Site, login: str, password: str, desk: str) -> Signed:
    """Signs somebody in and reads what their desk needs; for the database lane. Raises what signing in raises."""
    actor = accounts.sign_in(site, login, password, desk)
    import_module(places_for(actor)[0].module)  # the first page's; read here, away from the window
    must_change = accounts.must_change_password(site, actor)
    return Signed(actor, settings.site_view(site, actor), settings.my_settings(site, actor), must_change)


class Session(QObject):
    """Owns the desk of one person."""

    left = Signal()
    language_picked = Signal(str)
    scheme_picked = Signal(str)

    def __init__(
        self, window: MainWindow, theme: Theme, lanes: Lanes, ticker: Ticker, site: Site, signed: Signed
    ) -> None:
        super().__init__()
        self._window, self._ticker = window, ticker
        self._lock: Lock | None = None
        self._covered: list[QDialog] = []  # open questions that wait behind the lock
        self._trouble, self._lobby_away, self._kiosks = "", "", tuple[KioskView, ...]()
        self._alert = ""
        self._work = Work(lanes, site, signed.actor, self._show_error)
        self.desk = Desk(lambda shell: Context(shell, theme, self._work, ticker, signed.site))
        self.desk.lock_wanted.connect(self.lock)
        self.desk.place_changed.connect(window.show_place)
        self.desk.top.leave_wanted.connect(self.leave)
        self.desk.top.language_picked.connect(self.language_picked)
        self.desk.top.scheme_picked.connect(self.scheme_picked)
        self.desk.context.language_chosen.connect(self.language_picked)
        self.desk.context.scheme_chosen.connect(self.scheme_picked)
        self.desk.top.alert_answered.connect(self._answer)
        ticker.minute.connect(self._look_around)
        self._look_around()
        self._count()
        window.installEventFilter(self)
        window.show_screen(self.desk)
        self.desk.navigate(self.desk.first())
        self.desk.warm_up()

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self._work.actor

    @property
    def locked(self) -> bool:
        """The lock is on."""
        return self._lock is not None

    # -- lock --------------------------------------------------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Keeps what is typed and shows nobody's data any more."""
        if self._lock is not None:
            return
        kept = self.desk.rescue()
        self.desk.quiet()
        self._cover()
        self._lock = Lock(self.desk.context)
        self._lock.show_kept(kept)
        self._lock.show_alert(self._alert)
        self._lock.submitted.connect(self._unlock)
        self._lock.another_wanted.connect(self.leave)
        self._window.show_screen(self._lock)
        self._window.show_place(tr("Locked"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A dialog that opens behind the lock, with an answer that was on its way, is hidden with the others."""
        if event.type() == QEvent.Type.WindowBlocked and self._lock is not None:
            QTimer.singleShot(0, self, self._cover)
        return False

    @Slot()
    def _cover(self) -> None:
        """Hides every dialog and list over the window: they name people, and keep the keys from the lock."""
        over = [part for part in self._window.findChildren(QWidget) if part.isWindow() and part.isVisible()]
        self._covered += [part for part in over if isinstance(part, QDialog)]
        for part in over:
            part.hide()

    def _covered_still(self) -> list[QDialog]:
        """The hidden dialogs that have not closed by themselves meanwhile; asked once."""
        covered, self._covered = self._covered, []
        return [dialog for dialog in covered if shiboken6.isValid(dialog)]

    @Slot()
    def lock_when_idle(self) -> bool:
        """Locks, unless something runs that must not be locked away; False then."""
        if self.desk.busy():
            return False
        self.lock()
        return True

    @Slot(str)
    def _unlock(self, password: str) -> None:
        self._work.run(accounts.unlock, password, then=self._unlocked, failed=self._refused)

    @Slot(object)
    def _unlocked(self, _nothing: object) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            self._window.show_screen(self.desk)
            self._window.drop(lock)
            self.desk.return_to_page()
            for dialog in self._covered_still():
                dialog.show()

    def _refused(self, error: Exception) -> None:
        if self._lock is not None:
            self._lock.refuse(error)

    @Slot()
    def leave(self) -> None:
        """Signs out; what is typed is kept for the next time."""
        self.close()
        self.left.emit()

    def close(self) -> None:
        """Ends the session: everything typed goes to the database lane before whatever comes after."""
        self.desk.rescue()
        self._ticker.minute.disconnect(self._look_around)

    def drop(self) -> None:
        """Takes desk and lock away, after something else is shown."""
        for dialog in self._covered_still():
            dialog.close()
        if self._lock is not None:
            self._window.drop(self._lock)
        self._window.drop(self.desk)

    # -- what others do ----------------------------------------------------------------------------------------------

    def changed(self, found: set[tuple[str, int]]) -> None:
        """Something changed: pages, counts and alerts follow."""
        self.desk.changed(found)
        topics = {topic for topic, _ in found}
        if topics & {"desk_call", "kiosk", "*"}:
            self._look_around()
        if topics & {"case", "*"}:
            self._count()
        if topics & {"site", "*"}:
            self._work.run(settings.site_view, then=self._on_site)
        if topics & {accounts.TOPIC, "*"}:
            self._work.run(accounts.my_account, then=self._on_account, failed=self.show_trouble, key="session.account")

    def show_lobby(self, why: str) -> None:
        """The lobby folder cannot be used, or can again."""
        self._lobby_away = why
        self._show_state()

    def show_trouble(self, error: Exception | None) -> None:
        """The database cannot be reached, or can again."""
        self._trouble = "" if error is None else error_words.told(error).what
        self._show_state()

    def keep_choice(self, language: str, scheme: str) -> None:
        """Remembers what this person has chosen, for any computer."""
        self._work.run(settings.keep_my_settings, MySettings(language=language, theme=scheme))

    def retranslate(self) -> None:
        """Says the words of the frame again."""
        self.desk.retranslate()
        self._look_around()
        self._show_state()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _show_error(self, error: Exception) -> None:
        self.desk.notify(error_words.text(error), "danger")

    @Slot()
    def _look_around(self) -> None:
        if self.actor.may(Permission.SEE_VISITS):
            self._work.run(visits.desk_calls, then=self._on_calls, failed=self.show_trouble, key="session.calls")
            self._work.run(kiosks.kiosks, then=self._on_kiosks, failed=self.show_trouble, key="session.kiosks")

    def _count(self) -> None:
        if self.actor.may(Permission.SEE_CASES):
            open_now = (CaseFilter.OPEN, "", None, 1)  # one line is enough: the page tells how many there are
            self._work.run(
                cases.case_page, *open_now, then=self._on_count, failed=self.show_trouble, key="session.count"
            )

    @Slot(object)
    def _on_count(self, page: CasePage) -> None:
        self.desk.rail.show_count("today", page.total)

    @Slot(object)
    def _on_site(self, site: SiteView) -> None:
        self.desk.context.site = site
        self.desk.rail.show_site(site.name)

    @Slot(object)
    def _on_account(self, mine: AccountView) -> None:
        if not mine.active:  # stopped while signed in: from now on nothing is shown, and nothing done, in their name
            self.leave()

    @Slot(object)
    def _on_calls(self, calls: tuple[DeskCallView, ...]) -> None:
        first = calls[0] if calls else None
        self._alert = tr("{kiosk} calls the desk", kiosk=first.kiosk) if first else ""
        self.desk.top.show_alert(first.id if first else 0, self._alert)
        if self._lock is not None:
            self._lock.show_alert(self._alert)

    @Slot(int)
    def _answer(self, call_id: int) -> None:
        self._work.run(visits.answer_desk_call, call_id, then=self._answered)

    @Slot(object)
    def _answered(self, _nothing: object) -> None:
        self._look_around()

    @Slot(object)
    def _on_kiosks(self, found: tuple[KioskView, ...]) -> None:
        self._kiosks = found
        self._show_state()

    def _show_state(self) -> None:
        """The worst thing first: the database, the lobby folder, a kiosk; else that all is well."""
        troubled = [kiosk for kiosk in self._kiosks if kiosk.state in _TROUBLED]
        working = sum(kiosk.state == KioskHealth.WORKING for kiosk in self._kiosks)
        if self._trouble:
            self.desk.key_bar.show_state(self._trouble, good=False)
        elif self._lobby_away:
            self.desk.key_bar.show_state(tr("The lobby folder cannot be reached; the kiosks go on alone."), good=False)
        elif troubled:
            name = troubled[0].name or tr("A kiosk")
            told = f"{name}: {words.word(KioskHealth(troubled[0].state))}"
            self.desk.key_bar.show_state(told, good=False)
        elif working:
            self.desk.key_bar.show_state(ntr("Ready · {n} kiosk", "Ready · {n} kiosks", working))
        else:
            self.desk.key_bar.show_state(tr("Ready"))
