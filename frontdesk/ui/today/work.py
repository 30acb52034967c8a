"""The lines of work: grouped by what they ask for, each with its one obvious next action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.access import Permission
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Elided, Flex, Icon, column, frame, label, line, row
from frontdesk.services.views import Board, CaseLine, Cause
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.today.snoozing import NotNow
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
_NEVER_PUT_OFF = (Board.EMERGENCY, Board.OVERDUE, Board.WAITING)  # they would come back at once, or sleep already
_LOUD = {"danger": "danger", "warn": "warn"}


class Work(QWidget):
    """Shows the board's groups; tells `opened` with a case's id, `all_asked` when a group has more lines.

    `put_off` comes with a case's id and the instant until which it is not wanted on the board.
    """

    opened = Signal(int)
    put_off = Signal(int, object)
    all_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._acts: dict[int, Button] = {}
        self._causes: Mapping[int, Cause] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 0, 12, 16)
        self._box.setSpacing(0)

    def show_groups(
        self, groups: tuple[tuple[Board, tuple[CaseLine, ...]], ...], causes: Mapping[int, Cause] | None = None
    ) -> None:
        """Shows these groups in place of those before; the first line's action is the primary one.

        Whoever goes through the lines by keys stays on their line.
        """
        focus = self.window().focusWidget()
        focused = next((case_id for case_id, act in self._acts.items() if act is focus), None)
        self._acts.clear()
        self._causes = causes or {}
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
        about = " · ".join(
            part for part in (self._why(board, case, now), case.where, named(case.department), case.number) if part
        )
        what = Flex(640, (Elided(case.content.replace("\n", " ")), 1), (Elided(about, "small"), 1))
        when = label(clock, role, 92, right=True)
        out = frame(row(12, (what, 1), 12, when, 8, self._later(board, case), 8, act, 6), "row")
        out.setFixedHeight(theme.px("size_row"))
        act.setAccessibleDescription(f"{case.where} {case.content} {clock}")
        return out

    def _later(self, board: Board, case: CaseLine) -> QWidget:
        """Puts the line off; where that cannot be, its room stays free, so that the columns stand in line."""
        if board in _NEVER_PUT_OFF or not self._context.may(Permission.WORK_CASES):
            return frame(row(), width=28)
        later = NotNow(self._context)
        later.picked.connect(partial(self._on_put_off, case.id))
        later.setAccessibleDescription(case.content)
        return later

    def _on_put_off(self, case_id: int, until: datetime) -> None:
        self.put_off.emit(case_id, until)

    def _why(self, board: Board, case: CaseLine, now: datetime) -> str:
        """What the group's name and the clock do not say: what was caused, since when nobody was told."""
        cause = self._causes.get(case.id)
        if cause is None:
            return ""
        if cause.until is not None and board is Board.WAITING:
            return tr("not before {moment}", moment=self._moment(cause.until, now))
        if cause.kind is not None:
            return word(cause.kind)
        if cause.since is None:
            return ""
        if board is Board.TO_TELL:
            return tr("nobody told for {span}", span=time_words.span(now - cause.since))
        moment = self._moment(cause.since, now)
        if board is Board.TO_CHASE:
            return tr("ask again since {moment}", moment=moment)
        return tr("due since {moment}", moment=moment) if board is Board.TO_FOLLOW_UP else ""

    def _moment(self, at: datetime, now: datetime) -> str:
        return time_words.moment(self._context.local(at), now.date())

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
