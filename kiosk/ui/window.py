"""The lobby window: the page that the flow asks for, and the veil over it when nobody moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit import qr
from frontdesk.qtkit.theme import Theme
from frontdesk.scanning.codes import Sighting
from kiosk.events import Action
from kiosk.state import Screen, State
from kiosk.ui.look import Look, Panel, panel_of
from kiosk.ui.screens.called import CalledPage
from kiosk.ui.screens.confirm import ConfirmPage
from kiosk.ui.screens.goodbye import GoodbyePage
from kiosk.ui.screens.idle import IdleVeil
from kiosk.ui.screens.keyboard import KeyboardPage
from kiosk.ui.screens.outoforder import OutOfOrderPage
from kiosk.ui.screens.pairing import PairingPage
from kiosk.ui.screens.refused import RefusedPage
from kiosk.ui.screens.scan import ScanPage
from kiosk.ui.screens.visit_pass import PassPage
from kiosk.ui.screens.welcome import WelcomePage
from kiosk.ui.shell import Context, Page, Touched
from kiosk.ui.words import Site

PAGES: dict[Screen, type[Page]] = {
    Screen.PAIRING: PairingPage,
    Screen.OUT_OF_ORDER: OutOfOrderPage,
    Screen.WELCOME: WelcomePage,
    Screen.SCAN: ScanPage,
    Screen.TYPING: KeyboardPage,
    Screen.CONFIRM: ConfirmPage,
    Screen.REFUSED: RefusedPage,
    Screen.PASS: PassPage,
    Screen.GOODBYE: GoodbyePage,
    Screen.DESK_CALLED: CalledPage,
}


class KioskWindow(QWidget):
    """Shows states. A page lives only as long as it is shown, so that nothing of a visitor stays behind in it."""

    def __init__(self, theme: Theme, state: State, site: Site, touched: Touched, closed: Callable[[], None]) -> None:
        super().__init__()
        self._theme, self._touched, self._closed = theme, touched, closed
        self._state, self._site = state, site
        self._panel: Panel | None = None
        self._built: tuple[object, ...] = ()
        self._veil: IdleVeil | None = None
        self._pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the panel has the size that it has
        box.addWidget(self._pages)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setWindowTitle(tr("Visitor sign-in"))

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Page) else None

    def show_state(self, state: State, site: Site) -> None:
        """Takes over a state: builds another page where it asks for one, else tells the page what has changed."""
        self._state, self._site = state, site
        if self._panel is None:
            return  # no size yet
        face = self._face()
        if self._built != self._key(face):
            self._build(face)
        elif self.page is not None:
            self.page.refresh(state, site)
        self._show_veil()

    def show_frame(self, image: QImage, sightings: list[Sighting]) -> None:
        """Hands a frame of the camera to the page."""
        if self.page is not None:
            self.page.show_frame(image, sightings)

    def forget(self) -> None:
        """Drops the page, with all that it holds; the next `show_state` builds a fresh one."""
        self._built = ()
        qr.forget()

    def _face(self) -> Screen:
        """The page for the state; looking a code up happens on the page where it was shown, typed or confirmed."""
        face = self._state.face
        if face is not Screen.CHECKING:
            return face
        if self._state.committed and self._built[:1] == (Screen.CONFIRM,):
            return Screen.CONFIRM
        return Screen.TYPING if self._state.typing else Screen.SCAN

    def _key(self, face: Screen) -> tuple[object, ...]:
        """What a page is built for: a change of any of it asks for a new one."""
        state, bulletin = self._state, self._site.bulletin
        issue = bulletin.issue if bulletin else None
        return face, state.language, state.large, state.contrast, self._panel, issue, state.fault, state.purpose

    def _build(self, face: Screen) -> None:
        old = self._pages.currentWidget()
        look = Look(self._theme, self._panel or Panel.PORTRAIT)
        page = PAGES[face](Context(look, self._state, self._site, self._touched))
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if old is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        self._built = self._key(face)
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop_veil()

    def _show_veil(self) -> None:
        if not self._state.asking:
            self._drop_veil()
            return
        if self._veil is None:
            look = Look(self._theme, self._panel or Panel.PORTRAIT)
            self._veil = IdleVeil(Context(look, self._state, self._site, self._touched), self)
            self._veil.show()
            self._veil.raise_()
            self._veil.setFocus(Qt.FocusReason.OtherFocusReason)
        self._veil.refresh(self._state)

    def _drop_veil(self) -> None:
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None

    # -- events ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        panel = panel_of(event.size())
        if panel is not self._panel:
            self._panel = panel
            self._theme.use(panel=panel.value)
            self.show_state(self._state, self._site)
        if self._veil is not None:
            self._veil.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setWindowTitle(tr("Visitor sign-in"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, for those with a keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self._touched(Action.BACK, "")
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closed()
        super().closeEvent(event)
