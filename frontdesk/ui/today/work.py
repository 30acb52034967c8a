"""The lines of work: grouped by what they ask for, each with its one obvious next action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Elided, Flex, Icon, column, frame, label, line, row
from frontdesk.services.views import Board, CaseLine
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import named, word

MOST_LINES = 6
STATUS = {
    Board.EMERGENCY: "emergency",
    Board.OVERDUE: "overdue",
    Board.SOON: "soon",
    Board.TO_TELL: "tell",
    Board.TO_CHASE: "chase",
    Board.TO_ESTABLISH: "establish",
    Board.TO_PRINT: "paper",
    Board.TO_REPLY: "reply",
    Board.TO_FOLLOW_UP: "reply",
    Board.TO_COMPLETE: "done",
    Board.PAPER_OUT: "paper",
    Board.RUNNING: "running",
    Board.WAITING: "waiting",
}
_LOUD = {"danger": "danger", "warn": "warn"}


class Work(QWidget):
    """Shows the board's groups; tells `opened` with a case's id, `all_asked` when a group has more lines."""

    opened = Signal(int)
    all_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._acts: dict[int, Button] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 0, 12, 16)
        self._box.setSpacing(0)

    def show_groups(self, groups: tuple[tuple[Board, tuple[CaseLine, ...]], ...]) -> None:
        """Shows these groups in place of those before; the first line's action is the primary one.

        Whoever goes through the lines by keys stays on their line.
        """
        focus = self.window().focusWidget()
        focused = next((case_id for case_id, act in self._acts.items() if act is focus), None)
        self._acts.clear()
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, (board, lines) in enumerate(groups):
            if at:
                self._box.addWidget(line())
            self._box.addWidget(self._group(board, lines, first=at == 0))
        self._box.addStretch(1)
        if focused in self._acts:
            self._acts[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(self, board: Board, lines: tuple[CaseLine, ...], *, first: bool) -> QWidget:
        theme = self._context.theme
        status = theme.status(STATUS[board])
        name = row(
            Icon(theme, status.icon, status.role), 8, label(word(board)), ..., label(f"{len(lines)}", "small"), 16
        )
        height = theme.px("size_row")
        margin = frame(column(frame(name, height=height), ...), width=180)
        shown = [self._line(board, case, first=first and at == 0) for at, case in enumerate(lines[:MOST_LINES])]
        if len(lines) > MOST_LINES:
            more = Button(theme, ntr("Show {n} more", "Show {n} more", len(lines) - MOST_LINES), "link")
            more.clicked.connect(self.all_asked)
            shown.append(frame(row(more, ...), height=height))
        return frame(row(margin, (column(4, *shown, 4), 1)))

    def _line(self, board: Board, case: CaseLine, *, first: bool) -> QWidget:
        theme, now = self._context.theme, self._context.now()
        kind = "danger" if board is Board.EMERGENCY else "primary" if first else "plain"
        act = Button(theme, self._act(board, case), kind)
        act.setFixedWidth(108)
        act.clicked.connect(lambda: self.opened.emit(case.id))
        self._acts[case.id] = act
        clock = case_words.countdown(case.clock, case.due_at, now)
        clock = clock or time_words.brief(self._context.local(case.opened_at), now.date())
        role = _LOUD.get(theme.status(STATUS[board]).role, "small")
        about = " · ".join(part for part in (case.where, named(case.department), case.number) if part)
        what = Flex(640, (Elided(case.content.replace("\n", " ")), 1), (Elided(about, "small"), 1))
        when = label(clock, role, 92, right=True)
        out = frame(row(12, (what, 1), 12, when, 16, act, 6), "row", height=theme.px("size_row"))
        act.setAccessibleDescription(f"{case.where} {case.content} {clock}")
        return out

    @staticmethod
    def _act(board: Board, case: CaseLine) -> str:
        acts = {
            Board.TO_ESTABLISH: tr("Establish"),
            Board.TO_PRINT: tr("Print"),
            Board.TO_REPLY: tr("Call back"),
            Board.TO_COMPLETE: tr("Complete"),
            Board.TO_TELL: tr("Hand on"),
            Board.TO_CHASE: tr("Chase"),
            Board.TO_FOLLOW_UP: tr("Follow up"),
            Board.EMERGENCY: tr("Handle"),
        }
        return acts.get(board) or tr("See to it")
