"""What will happen: the route and why, by when, on which paper, and what to say to the caller about it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.deadlines import Clock
from frontdesk.domain.paper import PRINTED_FORMS
from frontdesk.domain.routing import Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Chip, Facts, Icon, Notice, Paragraph, column, frame, label, line, row
from frontdesk.services import case_course
from frontdesk.services.views import MatterDraft, PromiseRecord, RouteView
from frontdesk.ui import case_words, route_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.reception.sheet import Sheet
from frontdesk.ui.words import named, word

_NAMES_PX = 68
_PAID = (Route.WORK_ORDER, Route.LIAISON, Route.EXTERNAL, Route.SPECIAL_SERVICE)  # somebody pays for them, or nobody


class OutcomeColumn(QWidget):
    """The right column; it shows a `RouteView` and knows no rule."""

    overrule = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._route: RouteView | None = None
        self._matter = MatterDraft()
        self._record: tuple[int, PromiseRecord] | None = None  # of an external unit
        theme = context.theme
        self._title, self._chip = label("", "strong"), Chip(theme, "running")
        self._icon, self._name, self._to = (
            Icon(theme, "ph.wrench", "text", 20),
            label("", "lead"),
            Paragraph("", "small"),
        )
        self._beside = Paragraph("", "small")
        self._why_title, self._why = label("", "caption"), Paragraph("", "small")
        self._clause, self._change = label("", "accent"), Button(theme, "", "link")
        self._facts = Facts(_NAMES_PX, 24)
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
        way = column(row(self._icon, 10, (self._name, 1)), 4, self._to, self._beside)
        why = column(self._why_title, 4, self._why, 6, row(self._clause, ..., self._change))
        due = row((column(self._due, 2, self._due_note), 1), 8, self._left)
        self._due_part = frame(column(12, line(), 12, self._due_title, 4, due))
        paper = row(Sheet(self._context.theme), 16, (column(self._paper, 6, self._copies, ...), 1))
        self._paper_part = frame(column(12, line(), 12, self._paper_title, 8, paper))
        self._say_part = frame(column(12, line(), 12, self._say_title, 6, self._say))
        top = row(self._title, ..., self._chip)
        parts = (self._asks, self._due_part, self._say_part, self._paper_part)
        body = column(top, 16, way, 12, why, 6, self._facts, 6, *parts, ...)
        body.setContentsMargins(20, 16, 24, 16)
        self.setLayout(body)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._title.setText(tr("What will happen"))
        self._why_title.setText(tr("Why"))
        self._change.setText(tr("Decide otherwise"))
        self._say_title.setText(tr("You can say"))
        self._show()

    def show_route(self, route: RouteView | None, matter: MatterDraft) -> None:
        """Shows where a matter would go as typed so far."""
        self._route, self._matter = route, matter
        unit = route.external if route is not None else None
        if unit is not None and (self._record is None or self._record[0] != unit.id):
            self._record = None
            self._context.work.run(case_course.promise_record, unit.id, then=self._on_record, key="promise record")
        self._show()

    @Slot(object)
    def _on_record(self, record: PromiseRecord) -> None:
        if self._route is not None and self._route.external is not None:
            self._record = self._route.external.id, record
            self._show()

    @Slot()
    def _show(self) -> None:
        route = self._route
        known = route is not None
        for part in (self._icon, self._name, self._to, self._why, self._why_title, self._clause, self._chip):
            part.setVisible(known)
        self._change.setVisible(known and self._context.may(Permission.OVERRULE_ROUTE))
        self._beside.setVisible(route is not None and route.beside is not None)
        self._asks.setVisible(route is not None and bool(route.unknown))
        self._due_part.setVisible(route is not None and route.due_at is not None)
        self._paper_part.setVisible(route is not None and route.paper is not None)
        for part in (self._say_part, self._facts):
            part.setVisible(known)
        if route is not None:
            self._show_way(route)
            self._facts.show_facts(*self._facts_of(route))
            self._show_due(route)
            self._show_paper(route)

    def _show_way(self, route: RouteView) -> None:
        unknown = route.route is Route.TO_ESTABLISH
        self._chip.show_status("establish" if unknown else "running", "" if unknown else tr("Route is clear"))
        self._icon.show_glyph(case_words.ROUTE_GLYPHS[route.route], "text")
        self._name.setText(word(route.route))
        whom = route_words.whom(route)
        to = tr("to {department}", department=whom) if whom else ""
        to = " · ".join(part for part in (to, word(route.remark) if route.remark else "") if part)
        self._to.setText(to)
        self._to.setVisible(bool(to))
        if route.beside is not None:
            self._beside.setText(tr("and at once: {route}", route=word(route.beside)))
        self._why.setText(case_words.reason(route))
        self._clause.setText(case_words.clause(route))
        self._asks.setText(case_words.asks(route))
        self._say.setText(self._saying(route, named(route.external or route.department)))

    def _facts_of(self, route: RouteView) -> list[tuple[str, str]]:
        """What decided, and who pays; an external unit's record beside."""
        facts = []
        warranty = route_words.warranty(route)
        if warranty and route.route in (*_PAID, Route.TO_ESTABLISH):
            facts.append((tr("Warranty"), warranty))
        if route.route in _PAID:
            facts.append((tr("Payment"), route_words.payment(route)))
        if route.external is not None and self._record is not None and self._record[0] == route.external.id:
            facts.append((tr("Promises"), route_words.promises(self._record[1])))
        return facts

    def _saying(self, route: RouteView, whom: str) -> str:
        if self._matter.refused:
            return tr("“I am sorry: residents' information is confidential, and we may not give it out.”")
        if route.route is Route.JOINED:
            return tr("“We know of it and are seeing to it. I will call you when it is over.”")
        if route.route is Route.TO_ESTABLISH:
            return tr("“I have taken it down, will find out who answers for it, and call you back.”")
        if route.due_at is None or not whom:
            return tr("“I have taken it down.”")
        by = self._moment(route.due_at)
        return tr("“{department} will see to it by {by}, and I will call you with the result.”", department=whom, by=by)

    def _moment(self, at: datetime) -> str:
        return time_words.moment(self._context.local(at), self._context.now().date())

    def _show_due(self, route: RouteView) -> None:
        if route.due_at is None:
            return
        now = self._context.now()
        external = route.route is Route.EXTERNAL
        self._due_title.setText(tr("To come by") if external else tr("To be done by"))
        self._due.setText(self._moment(route.due_at))
        clock = Clock(now).state(now, route.due_at)
        self._left.setText(case_words.countdown(clock, route.due_at, now))
        self._due_note.setText(self._due_reason(external=external))

    def _due_reason(self, *, external: bool) -> str:
        """Why it is this time: agreed, promised, or by the site's rule."""
        if self._matter.agreed_at is not None:
            return tr("promised by the external unit") if external else tr("agreed with the customer")
        if external:
            return tr("as the external unit promises in general")
        return tr("{urgency} · by the site's times", urgency=word(self._matter.urgency))

    def _show_paper(self, route: RouteView) -> None:
        if route.paper is None:
            return
        self._paper_title.setText(tr("Will print") if route.paper in PRINTED_FORMS else tr("Paper"))
        self._paper.setText(word(route.paper))
        copies = " · ".join(word(copy) for copy in route.copies)
        self._copies.setText(f"A4\n{copies}" if copies else "A4")
