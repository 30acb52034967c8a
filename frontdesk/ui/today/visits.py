"""The right side of the board: visitors by state, and who needs attention first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.domain.visits import VisitState
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Elided, Icon, Notice, column, frame, head, label, line, row, two
from frontdesk.services.views import DeskCallView, VisitLine, VisitsView
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import named, word

VISIT_STATUS = {
    VisitState.EXPECTED: "expected",
    VisitState.ON_SITE: "onsite",
    VisitState.OVERDUE: "overdue",
    VisitState.LEFT: "left",
    VisitState.REFUSED: "refused",
}
_COUNTED = (VisitState.EXPECTED, VisitState.ON_SITE, VisitState.OVERDUE)
_MOST = 6


class VisitsAside(QWidget):
    """Shows a `VisitsView`; tells `opened` with a line, `answered` with a desk call's id."""

    opened = Signal(object)
    answered = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._title = label("", "strong")
        self._figures = {state: (label("0", "title"), label("", "caption")) for state in _COUNTED}
        self._calls, self._lines = QVBoxLayout(), QVBoxLayout()
        self._nobody = label("", "small")
        self._calls.setSpacing(8)
        self._calls.setContentsMargins(0, 0, 0, 8)
        self._lines.setSpacing(0)
        figures = row()
        for at, (number, name) in enumerate(self._figures.values()):
            if at:
                figures.addStretch(1)
            figures.addLayout(column(number, name))
        figures.addStretch(1)
        body = column(head(self._title), 8, self._calls, figures, 12, line(), 8, self._nobody, self._lines)
        self.setLayout(body)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._title.setText(tr("Visitors"))
        self._nobody.setText(tr("Nobody is expected or on site."))
        for state, (_number, name) in self._figures.items():
            name.setText(word(state))

    def show_visits(self, visits: VisitsView, calls: tuple[DeskCallView, ...]) -> None:
        """Shows these in place of those before."""
        counts = dict(visits.counts)
        for state, (number, _name) in self._figures.items():
            number.setText(str(counts.get(state, 0)))
        waiting = [each for each in visits.lines if each.state in _COUNTED][:_MOST]
        self._nobody.setVisible(not waiting)
        self._fill(self._lines, [self._line(each) for each in waiting])
        self._fill(self._calls, [self._call(each) for each in calls])

    def _call(self, call: DeskCallView) -> QWidget:
        done = Button(self._context.theme, tr("Answered"))
        done.clicked.connect(lambda: self.answered.emit(call.id))
        ago = time_words.ago(call.at, self._context.now())
        return Notice(
            self._context.theme, "danger", tr("{kiosk} calls the desk · {ago}", kiosk=call.kiosk, ago=ago), done
        )

    def _line(self, visit: VisitLine) -> QWidget:
        theme, now = self._context.theme, self._context.now()
        status = theme.status(VISIT_STATUS[visit.state])
        act = Button(theme, tr("View"))
        act.setFixedWidth(72)
        act.clicked.connect(lambda: self.opened.emit(visit))
        until = self._context.local(visit.until)
        over = visit.state is VisitState.OVERDUE
        clock = time_words.left(visit.until, now) if over else time_words.brief(until, now.date())
        names = two(Elided(visit.name), Elided(f"{word(visit.purpose)} · {named(visit.area)}", "caption"))
        icon = Icon(theme, status.icon, status.role)
        return frame(
            row(icon, 10, (names, 1), 8, label(clock, "danger" if over else "caption", right=True), 12, act), height=52
        )

    @staticmethod
    def _fill(box: QVBoxLayout, lines: list[QWidget]) -> None:
        while (item := box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for each in lines:
            box.addWidget(each)
