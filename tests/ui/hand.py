"""A person at the desk: reads what stands on the screen, types, clicks, presses keys, and waits until it is so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.visits import Purpose, VisitState
from frontdesk.services import visits
from frontdesk.services.site import Site, open_site
from frontdesk.services.site_setup import SiteKind, site_folder
from frontdesk.services.views import VisitView
from frontdesk.storage import models as m
from frontdesk.tour import eyes
from frontdesk.ui.page import Page
from tests.ui.shell_kit import Stand

KNOWN_NAME, KNOWN_NUMBER, KNOWN_HOME = "沈知夏", "13800002210", "3栋2单元1201"
DRIP = "洗菜盆下水接头滴水"  # speaks of the drains


class Hand:
    """Works on the windows of a console; `site` is the same site as another desk has it open."""

    def __init__(self, stand: Stand, app: QApplication, other: Site) -> None:
        self.stand, self.other = stand, other
        self._app = app

    # --- eyes --------------------------------------------------------------------------------------------------------

    def texts(self) -> list[str]:
        """Everything that can be read now."""
        return eyes.texts(self._app)

    def reads(self, text: str) -> bool:
        """Whether it stands somewhere."""
        return any(text in each for each in self.texts())

    def see(self, *texts: str) -> None:
        """Waits until all of these can be read."""
        missing = list(texts)

        def look() -> bool:
            missing[:] = [text for text in texts if not self.reads(text)]
            return not missing

        try:
            self.stand.wait(look)
        except Exception as error:
            raise AssertionError(f"not on the screen: {missing}; but {self.texts()}") from error

    def gone(self, text: str) -> None:
        """Waits until it can no longer be read."""
        self.until(lambda: not self.reads(text))

    def rest(self) -> None:
        """Waits until nothing runs and every answer has come."""
        self.stand.wait(lambda: self.stand.lanes.idle)

    def until(self, true: Callable[[], bool]) -> None:
        """Waits until it is so."""
        try:
            self.stand.wait(true)
        except Exception as error:
            raise AssertionError(f"it does not come true; on the screen: {self.texts()}") from error

    # --- hands -------------------------------------------------------------------------------------------------------

    @property
    def focus(self) -> QWidget:
        """What keys go to: in the list that drops down, else in the dialog, else in the window."""
        front = self.stand.window

        def is_active() -> bool:
            nonlocal front
            front = self._app.activePopupWidget() or self._app.activeModalWidget() or self.stand.window
            front.activateWindow()
            return front.isActiveWindow() or front is self._app.activePopupWidget()

        self.until(is_active)
        return front.focusWidget() or front

    def type(self, text: str) -> None:
        """Types where the cursor is; Chinese comes from an input method."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.focus, event)

    def key(self, keys: str) -> None:
        """Presses a key or combination, such as `F2` or `Ctrl+Return`."""
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def find(self, name: str) -> eyes.Spot:
        """The thing of that name, as soon as it is there."""
        found: list[eyes.Spot] = []

        def look() -> bool:
            spot = eyes.find(self._app, name)
            found[:] = [spot] if spot else []
            return bool(found)

        try:
            self.stand.wait(look)
        except Exception as error:
            raise AssertionError(f"nothing is called {name!r}; but {self.texts()}") from error
        return found[0]

    def click(self, name: str, *, twice: bool = False) -> None:
        """Clicks on what is called so."""
        spot = self.find(name)
        QTest.mouseClick(spot.widget, Qt.MouseButton.LeftButton, pos=spot.at)
        if twice:
            QTest.mouseClick(spot.widget, Qt.MouseButton.LeftButton, pos=spot.at)

    def field(self, name: str) -> Any:
        """The field of that name."""
        self.stand.wait(lambda: eyes.field(self._app, name) is not None)
        return eyes.field(self._app, name)

    def fill(self, name: str, text: str) -> None:
        """Types over what a field holds."""
        QTest.mouseClick(self.field(name), Qt.MouseButton.LeftButton)
        self.key("Ctrl+A")
        self.type(text)

    # --- places ------------------------------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """A page, gone to by the rail."""
        desk = self.stand.console.session.desk
        desk.navigate(key)
        self.rest()
        return desk.page(key)

    def here(self) -> str:
        """Where one is."""
        return self.stand.console.session.desk.here

    def call(self, number: str = KNOWN_NUMBER, says: str = DRIP) -> None:
        """Takes a call up to the point where it can be put on record."""
        self.key("F2")
        self.see("Telephone number")
        self.type(number)
        self.see("Somebody else" if number == KNOWN_NUMBER else "Find a person or home")
        self.fill("What is reported", says)

    def record(self, number: str = KNOWN_NUMBER, says: str = DRIP) -> None:
        """Puts a call on record without printing."""
        self.call(number, says)
        self.key("Ctrl+S")
        self.see("What happened")

    # --- the other desk ----------------------------------------------------------------------------------------------

    def colleague(self) -> Actor:
        """Somebody else, who works on the same site."""
        with self.other.store.read() as unit:
            row = unit.one(m.Account.select().where(m.Account.login == "lin.ruoxi"))
        return Actor(row.id, row.name, Role.RECEPTIONIST, "Desk 2")

    def cases(self) -> list[m.Case]:
        """The cases as they stand in the database, oldest first."""
        with self.other.store.read() as unit:
            return unit.all(m.Case.select().order_by(m.Case.id))

    def contacts(self) -> list[m.Contact]:
        """The calls and walk-ins as they stand in the database, oldest first."""
        with self.other.store.read() as unit:
            return unit.all(m.Contact.select().order_by(m.Contact.id))

    def came_in(self, name: str = "邵可", badge_no: str = "A-001") -> VisitView:
        """Somebody whom a kiosk let in a moment ago."""
        now = self.other.now()
        with self.other.store.write() as unit:
            area = unit.all(m.Area.select().limit(1))[0].id
            visit_id = unit.add(
                m.Visit,
                uuid=badge_no,
                badge_no=badge_no,
                name=name,
                purpose=Purpose.GUEST,
                area=area,
                host="李女士",
                state=VisitState.ON_SITE,
                arrived_at=now,
                until_at=now + timedelta(hours=2),
            )
            unit.announce("visit", visit_id)
        return visits.visit(self.other, self.colleague(), visit_id)


def open_other(machine: Any, kind: SiteKind = SiteKind.PRACTICE) -> Site:
    """The practice site, or the live one, once more."""
    return open_site(site_folder(machine, kind))
