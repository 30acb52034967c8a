"""One visitor: state, deeds, facts, and the way to the area."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.domain.visits import VisitState
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import (
    Avatar,
    Button,
    Chip,
    Elided,
    Facts,
    Notice,
    Paragraph,
    column,
    frame,
    head,
    label,
    line,
    row,
)
from frontdesk.services.views import InvitationView, MapView, VisitLine, VisitView
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.today.visits import VISIT_STATUS
from frontdesk.ui.visitors.way_map import WayMap
from frontdesk.ui.words import named, word

ON_SITE = (VisitState.ON_SITE, VisitState.OVERDUE)


class VisitorAside(QWidget):
    """Shows a visit or an open invitation; tells what a person wants to do with it."""

    leave = Signal()
    back = Signal()
    code = Signal()
    revoke = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[int | None, int | None] | None = None
        theme = context.theme
        self._avatar, self._name, self._what = Avatar(theme, px=48), label("", "title"), Elided("", "small")
        self._chip = Chip(theme, "expected")
        self._flag = Notice(theme, "warn")
        self._leave, self._back = Button(theme, "", "primary", "Alt+L"), Button(theme, "")
        self._code, self._revoke = Button(theme, "", "primary"), Button(theme, "")
        self._facts = Facts(72)
        self._way_title, self._minutes, self._map, self._steps = (
            label("", "strong"),
            label("", "caption"),
            WayMap(theme),
            Paragraph("", "small"),
        )
        self._way = frame(column(16, line(), 16, head(self._way_title, self._minutes), 10, self._map, 10, self._steps))
        who = row(self._avatar, 12, (column(self._name, 2, self._what), 1), 8, column(6, self._chip, ...))
        acts = row(self._leave, self._back, self._code, 8, self._revoke, ...)
        body = column(who, 16, acts, 12, self._flag, 4, line(), 12, self._facts, self._way, ...)
        body.setContentsMargins(24, 24, 24, 16)
        self.setLayout(body)
        for button, signal in (
            (self._leave, self.leave),
            (self._back, self.back),
            (self._code, self.code),
            (self._revoke, self.revoke),
        ):
            button.clicked.connect(signal)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the words that do not depend on whom it shows."""
        self._leave.setText(tr("Check out"))
        self._back.setText(tr("Undo check-out"))
        self._code.setText(tr("Show the code"))
        self._revoke.setText(tr("Revoke"))
        self._way_title.setText(tr("The way"))

    def show_line(self, visit: VisitLine) -> None:
        """What the list knows, until the rest is there; nothing of whoever was shown before stays."""
        who = (visit.visit_id, visit.invitation_id)
        if who != self._shown:
            self._shown = who
            self._facts.show_facts()
            self._steps.setText("")
            self._minutes.setText("")
            self._way.hide()
            self._code.setEnabled(False)
        self._avatar.show_name(visit.name)
        self._name.setText(visit.name)
        self._what.setText(f"{word(visit.purpose)} · {named(visit.area)}")
        self._chip.show_status(VISIT_STATUS[visit.state], word(visit.state))
        self._leave.setVisible(visit.state in ON_SITE)
        self._back.setVisible(visit.state is VisitState.LEFT)
        self._code.setVisible(visit.visit_id is None)
        self._revoke.setVisible(visit.visit_id is None)
        self._flag.setVisible(visit.flagged)
        self._flag.setText(
            tr("The kiosk let this visitor in while it was cut off. Please check.") if visit.flagged else ""
        )

    def show_visit(self, view: VisitView) -> None:
        """A visit whole."""
        self.show_line(view.line)
        visit = view.line
        times = " – ".join(self._moment(at) for at in (visit.arrived_at, visit.left_at or visit.until) if at)
        facts = [
            (tr("Badge"), visit.badge_no),
            (tr("Host"), " · ".join(part for part in (view.host, view.unit) if part)),
            (tr("Time"), times),
            (tr("Plate"), view.plate),
            (tr("Came in at"), view.kiosk),
            (tr("Companions"), str(visit.companions) if visit.companions else ""),
        ]
        self._facts.show_facts(*[(name, value) for name, value in facts if value])
        self._steps.setText("\n".join(f"{at}. {step}" for at, step in enumerate(view.steps, 1)))
        self._minutes.setText(ntr("{n} minute on foot", "{n} minutes on foot", view.minutes) if view.minutes else "")

    def show_invitation(self, invitation: InvitationView) -> None:
        """An invitation that nobody has used yet."""
        self._code.setEnabled(True)
        window = f"{self._moment(invitation.valid_from)} – {self._moment(invitation.valid_until)}"
        facts = [
            (tr("Host"), " · ".join(part for part in (invitation.host, invitation.unit) if part)),
            (tr("Time"), window),
            (tr("Plate"), invitation.plate),
            (tr("Companions"), str(invitation.companions) if invitation.companions else ""),
        ]
        self._facts.show_facts(*[(name, value) for name, value in facts if value])
        self._steps.setText("")
        self._minutes.setText("")

    def show_map(self, view: MapView, area: str) -> None:
        """The way to the area."""
        self._map.show_map(view, area)
        self._way.setVisible(bool(view.shapes))

    def _moment(self, at: datetime) -> str:
        return time_words.moment(self._context.local(at), self._context.now().date())
