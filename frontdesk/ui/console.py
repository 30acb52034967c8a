"""Which screen the console shows, from its start to its end: first run, trouble, sign-in, desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Actor
from frontdesk.i18n import language, tr
from frontdesk.qtkit.clock import Idle, Ticker
from frontdesk.qtkit.i18n import Languages
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.parts import Dialog, Paragraph
from frontdesk.qtkit.theme import SYSTEM, Theme
from frontdesk.services import accounts, settings, site_setup
from frontdesk.services.site import Clock, Site, open_site
from frontdesk.services.site_setup import SiteKind
from frontdesk.ui import preferences
from frontdesk.ui.error_words import is_known
from frontdesk.ui.first_run.recovery import Recovery
from frontdesk.ui.first_run.site_form import SiteForm, Wanted
from frontdesk.ui.first_run.wizard import Wizard
from frontdesk.ui.following import Following
from frontdesk.ui.main_window import MainWindow
from frontdesk.ui.settings.sides import SITE_DATA
from frontdesk.ui.signin.recover import Recover
from frontdesk.ui.signin.sign_in import SignIn
from frontdesk.ui.trouble import Trouble

if TYPE_CHECKING:  # loaded when first needed: the first window waits for nothing that it does not show
    from frontdesk.services.views import Sheet
    from frontdesk.ui.session import Session, Signed
    from frontdesk.ui.signin.choose_password import ChoosePassword

BUSY_AT_MOST_MS = 30 * 60 * 1000  # a call without any input for so long was forgotten
_KEY_TROUBLES = frozenset({"key_missing", "wrong_key"})


@dataclass(frozen=True)
class Equipment:
    """What the console works with, made by `frontdesk.bootstrap`."""

    window: MainWindow
    theme: Theme
    languages: Languages
    lanes: Lanes
    ticker: Ticker
    idle: Idle
    machine: Path


@dataclass(frozen=True)
class _Opened:
    """A site that was opened, and its name for the sign-in screen."""

    kind: SiteKind
    site: Site
    name: str


@dataclass(frozen=True)
class _Made:
    """A new site, its administrator signed in for the recovery sheet, and the code."""

    opened: _Opened
    admin: Actor
    login: str
    code: str


class Console(QObject):
    """Decides what the window shows. `ready` comes when the first screen stands that a person can use."""

    ready = Signal()

    def __init__(self, equipment: Equipment, wanted: SiteKind | None, start_error: Exception | None = None) -> None:
        super().__init__()
        self._with = equipment
        self._wanted, self._start_error = wanted, start_error
        self._preferences = preferences.read(equipment.machine)
        self._kinds: tuple[SiteKind, ...] = ()
        self._opened: _Opened | None = None
        self._made: _Made | None = None
        self._is_new = False  # a site of one's own that nobody has signed in to yet
        self._following: Following | None = None
        self.session: Session | None = None
        self._screen: QWidget | None = None
        self._choosing: ChoosePassword | None = None  # the same screen while it asks for a password of one's own
        self._closed = False
        equipment.idle.passed.connect(self._on_idle)
        equipment.window.closing.connect(self._on_closing)
        equipment.window.retranslated.connect(self._retranslate)

    # -- start and end -----------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Looks which sites there are, and goes on from there; also for another try."""
        if self._start_error is not None:
            error, self._start_error = self._start_error, None
            self._show_trouble(error)
            return
        self._job(site_setup.sites, self._with.machine, then=self._on_sites, failed=self._show_trouble)

    def close(self) -> None:
        """Ends everything: drafts are written, the database is closed, the lanes are still."""
        if self._closed:
            return
        self._closed = True
        if self._following is not None:
            self._following.stop()
        if self.session is not None:
            self.session.close()
        if self._opened is not None:
            self._with.lanes.finish(self._opened.site.close)
        self._with.lanes.close()

    @Slot()
    def _on_closing(self) -> None:
        self.close()

    @Slot(object)
    def _on_sites(self, kinds: tuple[SiteKind, ...]) -> None:
        self._kinds = kinds
        wanted = self._wanted or (SiteKind.LIVE if SiteKind.LIVE in kinds else SiteKind.PRACTICE)
        if wanted in kinds:
            self._open(wanted)
        else:
            self._show_wizard((self._wanted,) if self._wanted else tuple(SiteKind))

    # -- first run ---------------------------------------------------------------------------------------------------

    def _show_wizard(self, kinds: tuple[SiteKind, ...], *, may_leave: bool = False) -> None:
        wizard = Wizard(self._with.theme, kinds, may_leave=may_leave)
        wizard.submitted.connect(self._make)
        wizard.language_picked.connect(self.use_language)
        wizard.print_wanted.connect(self._print_code)
        wizard.done.connect(self._show_sign_in)
        wizard.left.connect(self._show_sign_in)
        self._show(wizard, tr("First start"))

    @Slot(object)
    def _make(self, wanted: Wanted) -> None:
        form = self._wizard_step()
        if form is not None:
            form.wait(True)
        self._job(
            _make_site, self._with.machine, wanted, self._with.ticker.now, then=self._on_made, failed=self._not_made
        )

    def _wizard_step(self) -> SiteForm | None:
        step = self._screen.step if isinstance(self._screen, Wizard) else None
        return step if isinstance(step, SiteForm) else None

    def _not_made(self, error: Exception) -> None:
        form = self._wizard_step()
        if form is not None:
            form.refuse(error)

    @Slot(object)
    def _on_made(self, made: _Made) -> None:
        self._made, self._is_new = made, made.opened.kind is SiteKind.LIVE
        self._kinds = tuple(kind for kind in SiteKind if kind in self._kinds or kind is made.opened.kind)
        self._take(made.opened)
        if isinstance(self._screen, Wizard):
            self._screen.show_recovery(made.code, practice=made.opened.site.practice)

    @Slot(str)
    def _print_code(self, code: str) -> None:
        if self._made is None:
            return
        from frontdesk.services import paperwork

        made = self._made
        render = partial(paperwork.render_recovery_sheet, made.opened.site, made.admin, code, made.login)
        self._job(render, language(), then=self._on_sheet, failed=self._not_rendered)

    def _not_rendered(self, error: Exception) -> None:
        """The code stays in view: it is kept nowhere else, and can be written down by hand."""
        step = self._screen.step if isinstance(self._screen, Wizard) else None
        if isinstance(step, Recovery):
            step.refuse(error)

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        from frontdesk.ui.print_dialog import PrintDialog, PrintJob

        job = PrintJob(sheet.pdf, tr("Recovery code"))
        PrintDialog(self._with.theme, self._with.window, job, self._with.lanes.rest).open()

    # -- a site that is there ----------------------------------------------------------------------------------------

    @Slot(object)
    def _open(self, kind: SiteKind) -> None:
        failed = partial(self._not_opened, kind)
        self._job(_open_site, self._with.machine, kind, self._with.ticker.now, then=self._on_opened, failed=failed)

    def _not_opened(self, kind: SiteKind, error: Exception) -> None:
        if getattr(error, "code", "") not in _KEY_TROUBLES:
            self._show_trouble(error)
            return
        recover = Recover(self._with.theme, error)
        recover.submitted.connect(partial(self._recover, kind))
        recover.leave_wanted.connect(self._with.window.close)
        recover.language_picked.connect(self.use_language)
        self._show(recover, tr("Recovery code"))

    def _recover(self, kind: SiteKind, code: str) -> None:
        failed = self._screen.refuse if isinstance(self._screen, Recover) else self._show_trouble
        clock = self._with.ticker.now
        self._job(_recover_site, self._with.machine, kind, code, clock, then=self._on_opened, failed=failed)

    @Slot(object)
    def _on_opened(self, opened: _Opened) -> None:
        self._take(opened)
        self._show_sign_in()

    def _take(self, opened: _Opened) -> None:
        """This site is ours now; the one before is closed, behind whatever still waits for it."""
        if self._following is not None:
            self._following.stop()
            self._following.deleteLater()
        if self._opened is not None:
            self._with.lanes.db(self._opened.site.close)
        self._opened = opened
        self._following = Following(self._with.lanes, opened.site, self)
        self._following.changed.connect(self._on_changed)
        self._following.lobby.connect(self._on_lobby)
        self._following.trouble.connect(self._on_following_trouble)

    # -- signing in and out ------------------------------------------------------------------------------------------

    @Slot()
    def _show_sign_in(self) -> None:
        if self._opened is None:
            return
        self._made = None
        screen = SignIn(self._with.theme, self._with.ticker)
        site = self._opened.site
        screen.show_site(self._opened.name, practice=site.practice, key_in_file=site.key_in_file)
        screen.show_sites(self._kinds, self._opened.kind)
        screen.submitted.connect(self._sign_in)
        screen.site_picked.connect(self._open)
        screen.other_wanted.connect(self._add_site)
        screen.language_picked.connect(self.use_language)
        self._show(screen, tr("Sign in"))

    @Slot()
    def _add_site(self) -> None:
        """The other site, which is not there yet."""
        missing = tuple(kind for kind in SiteKind if kind not in self._kinds)
        self._show_wizard(missing, may_leave=True)

    @Slot(str, str)
    def _sign_in(self, login: str, password: str) -> None:
        from frontdesk.ui.session import sign_in

        if self._opened is not None and isinstance(self._screen, SignIn):
            args = (self._opened.site, login, password, self._preferences.desk)
            then = partial(self._on_signed_in, password)
            self._job(sign_in, *args, then=then, failed=self._screen.refuse)

    def _on_signed_in(self, password: str, signed: Signed) -> None:
        if self._opened is None:
            return
        self._apply_choice(signed)
        if signed.must_change:
            self._ask_password(signed, password)
        else:
            self._begin(self._opened.site, signed)

    def _ask_password(self, signed: Signed, old: str) -> None:
        """Somebody else has set the password: nothing is shown before its owner has chosen another."""
        from frontdesk.ui.signin.choose_password import ChoosePassword

        screen = ChoosePassword(self._with.theme, signed.actor.name)
        screen.submitted.connect(partial(self._change_password, signed, old))
        screen.left.connect(self._show_sign_in)
        self._show(screen, tr("Choose a password of your own"))
        self._choosing = screen
        self._with.idle.touch()

    def _change_password(self, signed: Signed, old: str, new: str) -> None:
        if self._opened is not None and self._choosing is not None:
            args = (accounts.change_password, self._opened.site, signed.actor, old, new)
            begin = partial(self._begin, self._opened.site, signed)
            self._job(*args, then=lambda _nothing: begin(), failed=self._choosing.refuse)

    def _begin(self, site: Site, signed: Signed) -> None:
        from frontdesk.ui.session import Session

        tools = self._with
        self.session = Session(tools.window, tools.theme, tools.lanes, tools.ticker, site, signed)
        self.session.left.connect(self._on_left)
        self.session.language_picked.connect(self.use_language)
        self.session.scheme_picked.connect(self.use_scheme)
        self._drop_screen()
        tools.idle.touch()
        if self._is_new and self._opened is not None and self._opened.kind is SiteKind.LIVE:
            self._is_new = False
            self.session.desk.navigate("settings", side=SITE_DATA, welcome=True)

    def _apply_choice(self, signed: Signed) -> None:
        if signed.chosen.language and signed.chosen.language != language():
            self._with.languages.switch(signed.chosen.language)
        if signed.chosen.theme and signed.chosen.theme != self._with.theme.wish:
            self._with.theme.use(scheme=signed.chosen.theme)

    @Slot()
    def _on_left(self) -> None:
        session, self.session = self.session, None
        self._show_sign_in()
        if session is not None:
            session.drop()
            session.deleteLater()

    @Slot()
    def _on_idle(self) -> None:
        session, idle = self.session, self._with.idle
        if self._choosing is not None:
            self._show_sign_in()  # whoever comes by must not choose the password of somebody else
        if session is None or session.locked:
            return
        if idle.untouched_ms() >= BUSY_AT_MOST_MS:
            session.lock()
        elif not session.lock_when_idle():
            idle.ask_again()

    # -- language and look -------------------------------------------------------------------------------------------

    @Slot(str)
    def use_language(self, code: str) -> None:
        """Speaks another language at once, and remembers it."""
        self._with.languages.switch(code)
        self._remember(replace(self._preferences, language=code))

    @Slot(str)
    def use_scheme(self, scheme: str) -> None:
        """Wears another look at once, and remembers it."""
        self._with.theme.turn_to(scheme)
        self._remember(replace(self._preferences, scheme="" if scheme == SYSTEM else scheme))

    def _remember(self, chosen: preferences.Preferences) -> None:
        self._preferences = chosen
        # On the lane of one thread: of two choices in a row the later one must be written last.
        self._with.lanes.db(preferences.write, self._with.machine, chosen)
        if self.session is not None:
            self.session.keep_choice(language(), self._with.theme.wish)

    @Slot()
    def _retranslate(self) -> None:
        if self.session is not None:
            self.session.retranslate()

    # -- news --------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, found: set[tuple[str, int]]) -> None:
        if self.session is not None:
            self.session.changed(found)

    @Slot(str)
    def _on_lobby(self, why: str) -> None:
        if self.session is not None:
            self.session.show_lobby(why)

    @Slot(object)
    def _on_following_trouble(self, error: Exception | None) -> None:
        if self.session is not None:
            self.session.show_trouble(error)

    @Slot(str)
    def show_bug(self, report: str) -> None:
        """A bug was caught: says so once, and where the report lies."""
        window = self._with.window
        if self._closed or window.findChild(Dialog, "bug") is not None:
            return
        dialog = Dialog(self._with.theme, window, tr("Something in the program went wrong"))
        dialog.setObjectName("bug")
        kept = tr("What is saved stays saved. If a screen behaves oddly, close it and open it again.")
        where = tr("A report without personal data lies here: {path}", path=report) if report else ""
        dialog.body.addWidget(Paragraph(kept))
        dialog.body.addSpacing(8)
        dialog.body.addWidget(Paragraph(where, "small"))
        dialog.add_buttons(tr("Go on"), only=True)
        dialog.open()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _job(
        self, fn: Callable[..., Any], *args: Any, then: Callable[..., None], failed: Callable[[Exception], None]
    ) -> None:
        """A job on the database lane; errors that nobody can act on are bugs."""

        def sort(error: Exception) -> None:
            if not is_known(error):
                raise error
            failed(error)

        self._with.lanes.db(fn, *args, then=then, failed=sort)

    @Slot(object)
    def _show_trouble(self, error: Exception) -> None:
        trouble = Trouble(self._with.theme, error)
        trouble.retry_wanted.connect(self.start)
        trouble.leave_wanted.connect(self._with.window.close)
        trouble.language_picked.connect(self.use_language)
        self._show(trouble, tr("Frontdesk cannot start yet"))

    def _show(self, screen: QWidget, place: str) -> None:
        self._with.window.show_screen(screen)
        self._with.window.show_place(place)
        self._drop_screen()
        self._screen = screen
        self.ready.emit()

    def _drop_screen(self) -> None:
        if self._screen is not None:
            self._with.window.drop(self._screen)
            self._screen = self._choosing = None


def _open_site(machine: Path, kind: SiteKind, clock: Clock) -> _Opened:
    site = open_site(site_setup.site_folder(machine, kind), clock=clock)
    return _Opened(kind, site, settings.site_name(site))


def _recover_site(machine: Path, kind: SiteKind, code: str, clock: Clock) -> _Opened:
    site = site_setup.unlock_with_recovery(site_setup.site_folder(machine, kind), code, clock=clock)
    return _Opened(kind, site, settings.site_name(site))


def _make_site(machine: Path, wanted: Wanted, clock: Clock) -> _Made:
    names = {"name": wanted.name, "company": wanted.company}
    site, code = site_setup.create_site(machine, wanted.kind, admin=wanted.admin, clock=clock, **names)
    admin = accounts.sign_in(site, wanted.admin.login, wanted.admin.password)
    return _Made(_Opened(wanted.kind, site, wanted.name), admin, wanted.admin.login, code)
