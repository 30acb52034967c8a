"""What will happen: the route and why, by when, on which paper, and what to say to the caller about it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.deadlines import Clock, Urgency
from frontdesk.domain.paper import PRINTED_FORMS
from frontdesk.domain.routing import Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Chip, Elided, Icon, Notice, Paragraph, column, frame, label, line, row
from frontdesk.qtkit.theme import Theme
from frontdesk.services.views import MatterDraft, RouteView
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import named, word


class Sheet(QWidget):
    """The paper that will print, small: enough to recognise it."""

    _SIZE = (72, 98)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(*self._SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        width, height = self._SIZE
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line_strong", 0.5)))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 2, 2)
        strong, faint = theme.color("line_strong", 0.55), theme.color("line_strong", 0.35)
        painter.fillRect(20, 9, 30, 4, strong)
        painter.fillRect(width - 17, 7, 9, 9, strong)
        for y in range(22, height - 32, 8):
            painter.fillRect(8, y, width - 16, 1, faint)
            painter.fillRect(8, y + 3, 16 + (y * 7) % 30, 2, faint)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(strong))
        for at in range(3):
            painter.drawRect(8 + at * 20, height - 22, 16, 12)


class OutcomeColumn(QWidget):
    """The right column; it shows a `RouteView` and knows no rule."""

    overrule = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._route: RouteView | None = None
        self._matter = MatterDraft()
        theme = context.theme
        self._title, self._chip = label("", "strong"), Chip(theme, "running")
        self._icon, self._name, self._to = Icon(theme, "ph.wrench", "text", 20), label("", "lead"), Elided("", "small")
        self._why_title, self._why = label("", "caption"), Paragraph("", "small")
        self._clause, self._change = label("", "accent"), Button(theme, "", "link")
        self._asks = Notice(theme, "warn")
        self._due_title, self._due, self._due_note = label("", "caption"), label("", "title"), label("", "caption")
        self._left = label("", "muted")
        self._paper_title, self._paper, self._copies = label("", "caption"), label(""), Paragraph("", "small")
        self._say_title, self._say = label("", "caption"), Paragraph("")
        self._change.setVisible(context.may(Permission.OVERRULE_ROUTE))
        self._change.clicked.connect(self.overrule)
        self._lay_out()
        context.ticker.minute.connect(self._show)
        self.retranslate()

    def _lay_out(self) -> None:
        way = column(row(self._icon, 10, (self._name, 1)), 4, self._to)
        why = column(self._why_title, 6, self._why, 8, row(self._clause, ..., self._change))
        due = row((column(self._due, 2, self._due_note), 1), 8, self._left)
        self._due_part = frame(column(16, line(), 16, self._due_title, 4, due))
        paper = row(Sheet(self._context.theme), 16, (column(self._paper, 6, self._copies, ...), 1))
        self._paper_part = frame(column(16, line(), 16, self._paper_title, 8, paper))
        self._say_part = frame(column(16, line(), 16, self._say_title, 6, self._say))
        top = row(self._title, ..., self._chip)
        body = column(top, 16, way, 16, why, 12, self._asks, self._due_part, self._paper_part, self._say_part, ...)
        body.setContentsMargins(20, 16, 24, 16)
        self.setLayout(body)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._title.setText(tr("What will happen"))
        self._why_title.setText(tr("Why"))
        self._change.setText(tr("Decide otherwise"))
        self._due_title.setText(tr("To be done by"))
        self._say_title.setText(tr("You can say"))
        self._show()

    def show_route(self, route: RouteView | None, matter: MatterDraft) -> None:
        """Shows where a matter would go as typed so far."""
        self._route, self._matter = route, matter
        self._show()

    @Slot()
    def _show(self) -> None:
        route = self._route
        for part in (self._icon, self._name, self._to, self._why, self._why_title, self._clause, self._chip):
            part.setVisible(route is not None)
        self._change.setVisible(route is not None and self._context.may(Permission.OVERRULE_ROUTE))
        self._asks.setVisible(route is not None and bool(route.unknown))
        self._due_part.setVisible(route is not None and route.due_at is not None)
        self._paper_part.setVisible(route is not None and route.paper is not None)
        self._say_part.setVisible(route is not None)
        if route is not None:
            self._show_way(route)
            self._show_due(route)
            self._show_paper(route)

    def _show_way(self, route: RouteView) -> None:
        unknown = route.route is Route.TO_ESTABLISH
        self._chip.show_status("establish" if unknown else "running", "" if unknown else tr("Route is clear"))
        self._icon.show_glyph(case_words.ROUTE_GLYPHS[route.route], "text")
        self._name.setText(word(route.route))
        department = named(route.external or route.department)
        to = tr("to {department}", department=department) if department else ""
        self._to.setText(" · ".join(part for part in (to, word(route.remark) if route.remark else "") if part))
        self._why.setText(case_words.reason(route))
        self._clause.setText(case_words.clause(route))
        self._asks.setText(case_words.asks(route))
        self._say.setText(self._saying(route))

    def _saying(self, route: RouteView) -> str:
        department = named(route.external or route.department)
        if route.route is Route.TO_ESTABLISH:
            return tr("“I have taken it down, will find out who answers for it, and call you back.”")
        if route.due_at is None or not department:
            return tr("“I have taken it down.”")
        by = self._moment(route.due_at)
        return tr(
            "“{department} will see to it by {by}, and I will call you with the result.”", department=department, by=by
        )

    def _moment(self, at: datetime) -> str:
        return time_words.moment(self._context.local(at), self._context.now().date())

    def _show_due(self, route: RouteView) -> None:
        if route.due_at is None:
            return
        now = self._context.now()
        self._due.setText(self._moment(route.due_at))
        clock = Clock(now).state(now, route.due_at)
        self._left.setText(case_words.countdown(clock, route.due_at, now))
        agreed, urgent = self._matter.agreed_at is not None, self._matter.urgency is Urgency.URGENT
        note = (
            tr("agreed with the customer") if agreed else tr("around the clock") if urgent else tr("in working hours")
        )
        self._due_note.setText(f"{word(self._matter.urgency)} · {note}")

    def _show_paper(self, route: RouteView) -> None:
        if route.paper is None:
            return
        self._paper_title.setText(tr("Will print") if route.paper in PRINTED_FORMS else tr("Paper"))
        self._paper.setText(word(route.paper))
        copies = " · ".join(word(copy) for copy in route.copies)
        self._copies.setText(f"A4\n{copies}" if copies else "A4")
