"""A receptionist at the real console: takes matters in, hands them on, enters what comes back, by keys and reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from frontdesk.domain.access import Actor, Role
from frontdesk.services import cases, today
from frontdesk.services.site import Site
from frontdesk.services.views import Board, CaseView
from frontdesk.storage import models as m
from frontdesk.ui.registers.table import RegisterTable
from frontdesk.ui.words import word
from tests.ui.hand import Hand
from tests.ui.shell_kit import Stand

ZONE = ZoneInfo("Asia/Shanghai")


class Clock:
    """The clock on the wall of the reception; it goes on only when somebody moves it."""

    def __init__(self, at: str) -> None:
        self._at = _instant(at)

    def now(self) -> datetime:
        """The instant, aware, UTC."""
        return self._at

    def set(self, at: str) -> None:
        """Moves it forward to a time of the site, such as `2026-11-23T09:02`; never back."""
        self._at = max(self._at, _instant(at))

    def go_on(self, **span: float) -> None:
        """Moves it forward by a span, such as `minutes=20`."""
        self._at += timedelta(**span)


def _instant(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC)


class Receptionist(Hand):
    """Works at the console; `clock` is the one that screens and services go by."""

    def __init__(self, stand: Stand, app: QApplication, other: Site, clock: Clock, folder: Path) -> None:
        super().__init__(stand, app, other)
        self.clock, self.folder = clock, folder

    def colleague(self) -> Actor:
        """Whoever reads the books: the administrator, at another desk."""
        with self.other.store.read() as unit:
            row = unit.one(m.Account.select())
        return Actor(row.id, row.name, Role.ADMINISTRATOR, "Desk 2")

    # --- what she sees in the books ----------------------------------------------------------------------------------

    def case(self, place: int = -1) -> CaseView:
        """A case as the books have it now: the newest, or another by its place."""
        self.rest()
        return cases.case(self.other, self.colleague(), self.cases()[place].id)

    def again(self, case: CaseView) -> CaseView:
        """The same case as the books have it now."""
        self.rest()
        return cases.case(self.other, self.colleague(), case.id)

    def tick(self) -> None:
        """Lets the console carry out what passed times have caused."""
        self.stand.console._following.clockwork.tick()
        self.rest()

    # --- choosing ----------------------------------------------------------------------------------------------------

    def pick(self, name: str, text: str) -> None:
        """Chooses a line of a list by typing it."""
        self.fill(name, text)
        self.key("Return")

    def choose(self, group: str, text: str) -> None:
        """Presses one of a group of buttons."""

        def button() -> QAbstractButton | None:
            for box in self._boxes():
                if group in (box.accessibleName(), box.property("group")):
                    for each in box.findChildren(QAbstractButton):
                        if each.text() == text and each.isVisible():
                            return each
            return None

        self.until(lambda: button() is not None)
        found = button()
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def tick_box(self, name: str) -> None:
        """Ticks a box."""

        def box() -> QAbstractButton | None:
            return next(
                (each for each in self._boxes(QAbstractButton) if name in (each.accessibleName(), each.text())), None
            )

        self.until(lambda: box() is not None)
        found = box()
        assert found is not None
        found.setFocus()
        QTest.keyClick(found, Qt.Key.Key_Space)

    def _boxes(self, kind: Any = QWidget) -> list[Any]:
        front = self._app.activeModalWidget() or self.stand.window
        return [each for each in front.findChildren(kind) if each.isVisible()]

    # --- the case page -----------------------------------------------------------------------------------------------

    def open(self, case: CaseView) -> CaseView:
        """Goes to a case."""
        self.stand.console.session.desk.navigate("cases", case_id=case.id)
        self.rest()
        self.see(case.papers[-1].number if case.papers else case.record_no)
        return case

    def deed(self, key: str, title: str) -> None:
        """Begins a deed by its key; its dialog opens."""
        self.rest()
        self.key(key)
        self.see(title)

    def send(self, button: str) -> None:
        """Ends the dialog by its button, and waits until it is done."""
        dialog = self._app.activeModalWidget()
        self.click(button)
        self.until(lambda: self._app.activeModalWidget() is not dialog)
        self.rest()

    def hand_on(self, whom: str, how: str = "Phoned") -> None:
        """Tells somebody of the matter."""
        self.deed("H", "Hand the matter on")
        self.fill("To whom", whom)
        self.choose("How", how)
        self.send("Hand on")

    def print_paper(self) -> None:
        """Saves the case's form as a PDF file in place of printing it."""
        self.rest()
        self.key("Ctrl+P")
        self.see("Ctrl+S saves a PDF file in place of printing.")
        self.key("Ctrl+S")
        sheet = self.folder / f"form-{len(list(self.folder.glob('form-*.pdf')))}.pdf"
        self.fill("PDF file", str(sheet))
        self.key("Return")
        self.gone("PDF file")
        self.rest()
        assert sheet.stat().st_size > 0

    def step(self, name: str, who: str = "周工", key: str = "M") -> None:
        """Enters a step of a paper."""
        self.deed(key, "Enter a step")
        self.pick("Step", name)
        self.fill("Who signed or did it", who)
        self.send("Enter")

    def result(self, what: str, *, shows: tuple[str, ...] = (), back: bool = True) -> None:
        """Writes back what the sheet or the department tells."""
        self.deed("W", "Write the result back")
        self.fill("What was done", what)
        if not back:
            self.choose("Is the sheet back?", "The sheet is still out")
        for each in shows:
            self.tick_box(each)
        self.send("Write back")

    def reply(self, words: str = "已电话告知处理结果") -> None:
        """Tells the customer."""
        self.deed("R", "Reply to the customer")
        self.fill("What was said", words)
        self.send("Record")

    def no_reply(self, why: str) -> None:
        """Puts on record why nobody can be told."""
        self.deed("R", "Reply to the customer")
        self.choose("Was the customer told?", "No reply possible")
        self.fill("Why no reply is possible", why)
        self.send("Record")

    def chase(self, whom: str, said: str, promised: str = "") -> None:
        """Reminds somebody, who may promise another time."""
        self.deed("C", "Who was chased")
        self.fill("Who was chased", whom)
        self.fill("What they were told", said)
        if promised:
            self.fill("Newly promised time", promised)
        self.send("Record")

    def agree(self, at: str) -> None:
        """Agrees a time with the customer."""
        self.deed("T", "Agree a time with the customer")
        self.fill("Agreed time", at)
        self.send("Agree")

    def follow_up(self, said: str = "已处理好，满意", *, rating: str = "5 of 5", holds: bool = True) -> None:
        """Asks the customer whether it holds, and how it was."""
        self.deed("F", "Follow up with the customer")
        if not holds:
            self.choose("Does it hold?", "Not fixed: open again")
        self.choose("Rating, 1 bad to 5 good", rating)
        self.fill("What the customer said", said)
        self.send("Record")

    def complete(self) -> None:
        """Marks the line completed."""
        self.rest()
        self.key("D")
        self.rest()

    def refused_to_complete(self, *missing: str) -> None:
        """Tries to mark it completed, and reads what is missing."""
        self.complete()
        self.see("Cannot be completed yet", *missing)

    # --- the board and the registers ---------------------------------------------------------------------------------

    def on_board(self, board: Board, case: CaseView) -> bool:
        """Reads the board; whether a case stands in this group of it."""
        self.page("today")
        groups = dict(today.today(self.other, self.colleague()).groups)
        if case.id not in {line.id for line in groups.get(board, ())}:
            return False
        self.see(word(board), case.content)
        return True

    def read_register(self, name: str) -> list[dict[str, str]]:
        """Opens a register, and reads its lines by the titles of their columns."""
        page = self.page("registers")
        self.choose("Which register", name)
        self.rest()
        model = page.findChild(RegisterTable).model()
        titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
        lines = [[model.index(row, at).data() for at in range(len(titles))] for row in range(model.rowCount())]
        return [dict(zip(titles, line, strict=True)) for line in lines]

    def save_as(self, name: str) -> Path:
        """Answers the dialog that asks where a file is to be saved."""
        self.until(lambda: isinstance(self._app.activeModalWidget(), QFileDialog))
        dialog, path = self._app.activeModalWidget(), self.folder / name
        dialog.selectFile(str(path))
        dialog.accept()
        return path

    # --- the other books ---------------------------------------------------------------------------------------------

    def handling_records(self, case: CaseView) -> list[tuple[str, bool]]:
        """The categorised records that a case stands in, with whether the line is struck."""
        with self.other.store.read() as unit:
            found = unit.all(
                m.RegisterEntry.select().where(m.RegisterEntry.case == case.id).order_by(m.RegisterEntry.id)
            )
            return [(row.register, row.struck_at is not None) for row in found]

    def promises(self, case: CaseView) -> list[bool | None]:
        """Whether an external unit kept what it promised for a case, in order; None while that is open."""
        with self.other.store.read() as unit:
            found = unit.all(
                m.ExternalPromise.select().where(m.ExternalPromise.case == case.id).order_by(m.ExternalPromise.id)
            )
            return [row.kept for row in found]

    def caused(self, case: CaseView) -> list[str]:
        """What passed times have caused for a case, in order."""
        with self.other.store.read() as unit:
            found = unit.all(
                m.Consequence.select().where(m.Consequence.case == case.id).order_by(m.Consequence.passed_at)
            )
            return [row.kind for row in found]

    def audited(self, action: str) -> int:
        """How often something stands in the audit trail."""
        with self.other.store.read() as unit:
            return unit.count(m.Audit.select().where(m.Audit.action == action))
