"""访客: the register of the lobby as it stands, invitations, and checking out by badge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from frontdesk.domain.access import Permission
from frontdesk.i18n import language, tr
from frontdesk.qtkit.parts import Button, Dialog, Empty, Field, Paragraph, edit, line, row, scroll
from frontdesk.services import invitations, visits
from frontdesk.services.views import InvitationView, MapView, NewInvitation, VisitLine, VisitsView, VisitView
from frontdesk.ui import error_words
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.visitors.aside import VisitorAside
from frontdesk.ui.visitors.invite import CodeDialog, InviteDialog
from frontdesk.ui.visitors.listing import VisitList
from frontdesk.ui.words import named

_TOPICS = frozenset({"visit", "invitation", "*"})


class BadgeDialog(Dialog):
    """Takes a badge's code from a scanner, or its number by hand."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(context.theme, page.window(), tr("Scan a badge"))
        self._context, self._page = context, page
        self._text = Field(edit(limit=80), tr("Badge code or number"))
        self.body.addWidget(Paragraph(tr("Scan the badge's code, or type its number such as A-027."), "small"))
        self.body.addSpacing(12)
        self.body.addWidget(self._text)
        self.add_buttons(tr("Look up"))
        self._text.body.setFocus()

    @Slot()
    def accept(self) -> None:
        """Looks the badge up; the dialog closes when it is found."""
        text = self._text.body.text().strip()
        if text:
            run = self._context.work.run
            run(visits.badge_lookup, text, language(), then=self._found, failed=self._not_found, key="badge")

    @Slot(object)
    def _found(self, view: VisitView) -> None:
        self._page.choose(view.line.visit_id, view.line.invitation_id)
        super().accept()

    @Slot(object)
    def _not_found(self, error: Exception) -> None:
        self._text.show_error(error_words.text(error))


class Page(BasePage):
    """The day's visits and one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._line: VisitLine | None = None
        self._invitation: InvitationView | None = None
        self._inviting: InviteDialog | None = None
        self._doing = False
        self._scan = Button(context.theme, "", "plain", "F6", "ph.qr-code", bind=False)
        self._invite = Button(context.theme, "", "primary", "F4", "ph.user-plus", bind=False)
        self._invite.setVisible(context.may(Permission.INVITE))
        self._list, self._aside = VisitList(context, self._scan, self._invite), VisitorAside(context)
        self._nothing = Empty(context.theme, "ph.identification-badge")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(scroll(self._aside))
        self._stack.setFixedWidth(384)
        self.setLayout(row((self._list, 1), line("vline"), self._stack))
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._scan.clicked.connect(self._ask_badge)
        self._invite.clicked.connect(self._ask_invitation)
        self._list.picked.connect(self._on_picked)
        self._list.gone.connect(self._on_gone)
        self._aside.leave.connect(self._check_out)
        self._aside.back.connect(self._undo)
        self._aside.code.connect(self._show_code)
        self._aside.revoke.connect(self._revoke)
        self.context.ticker.minute.connect(self._on_minute)

    def title(self) -> str:
        """The page's name."""
        return tr("Visitors")

    def retranslate(self) -> None:
        """Says every word again."""
        self._scan.setText(tr("Scan a badge"))
        self._invite.setText(tr("Invite"))
        self._list.retranslate()
        self._aside.retranslate()
        self._nothing.setText(tr("No visitor chosen"), tr("Choose one on the left."))
        if self._line is not None:
            self._on_picked(self._line)

    def activated(self, **args: object) -> None:
        """With `visit_id` or `invitation_id` that one is chosen; `invite` and `scan` open their dialogs."""
        visit_id, invitation_id = args.get("visit_id"), args.get("invitation_id")
        if isinstance(visit_id, int) or isinstance(invitation_id, int):
            self._list.choose(
                visit_id if isinstance(visit_id, int) else None,
                invitation_id if isinstance(invitation_id, int) else None,
            )
        self._reload()
        if args.get("invite"):
            self._ask_invitation()
        if args.get("scan"):
            self._ask_badge()

    def changed(self, changes: Changes) -> None:
        """The list follows kiosks and desks."""
        if any(topic in _TOPICS for topic, _id in changes):
            self._reload()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        return [("Alt+L", tr("Check out"))]

    def choose(self, visit_id: int | None, invitation_id: int | None) -> None:
        """Selects a visit, or an invitation that nobody has used."""
        self._list.choose(visit_id, invitation_id)
        self._reload()

    @Slot()
    def _on_minute(self) -> None:
        """Whoever has to leave now overstays from now on, though nothing was written."""
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        self.context.work.run(visits.visits, then=self._on_visits, key="visits")

    @Slot(object)
    def _on_visits(self, view: VisitsView) -> None:
        self._list.show_visits(view)

    @Slot()
    def _on_gone(self) -> None:
        self._line = self._invitation = None
        self._stack.setCurrentIndex(0)

    @Slot(object)
    def _on_picked(self, visit: VisitLine) -> None:
        self._line, self._invitation = visit, None
        self._stack.setCurrentIndex(1)
        self._aside.show_line(visit)
        run = self.context.work.run
        run(visits.map_to, visit.area.id, language(), then=self._on_map, key="map")
        if visit.visit_id is not None:
            run(visits.visit, visit.visit_id, language(), then=self._on_visit, key="visit")
        elif visit.invitation_id is not None and self.context.may(Permission.INVITE):
            run(invitations.invitation, visit.invitation_id, then=self._on_invitation, key="visit")

    @Slot(object)
    def _on_map(self, view: MapView) -> None:
        if self._line is not None:
            self._aside.show_map(view, named(self._line.area))

    @Slot(object)
    def _on_visit(self, view: VisitView) -> None:
        if self._line is not None and view.line.visit_id == self._line.visit_id:
            self._aside.show_visit(view)

    @Slot(object)
    def _on_invitation(self, view: InvitationView) -> None:
        if self._line is not None and view.id == self._line.invitation_id:
            self._invitation = view
            self._aside.show_invitation(view)

    # --- deeds -------------------------------------------------------------------------------------------------------

    def _do(self, service: Callable[..., Any], subject_id: int | None, then: Callable[[Any], None]) -> None:
        """One deed, never twice at once: the second press of a double click would meet somebody else."""
        if subject_id is not None and not self._doing:
            self._doing = True
            self.context.work.run(service, subject_id, then=then, failed=self._on_not_done)

    @Slot(object)
    def _on_not_done(self, error: Exception) -> None:
        self._doing = False
        self.context.show_error(error)
        self._reload()

    @Slot(object)
    def _on_done(self, _done: object) -> None:
        self._doing = False
        self._reload()

    @Slot()
    def _check_out(self) -> None:
        if self._line is not None:
            self._do(visits.check_out, self._line.visit_id, self._on_left)

    @Slot(object)
    def _on_left(self, visit: VisitLine) -> None:
        undo = (tr("Undo"), lambda: self._take_back(visit))
        self.context.notify(tr("{name} has left.", name=visit.name), "ok", undo)
        self._on_done(visit)

    @Slot()
    def _undo(self) -> None:
        if self._line is not None:
            self._take_back(self._line)

    def _take_back(self, visit: VisitLine) -> None:
        self._do(visits.undo_check_out, visit.visit_id, self._on_done)

    @Slot()
    def _show_code(self) -> None:
        shown, visit = self._invitation, self._line
        if shown is not None and visit is not None and shown.id == visit.invitation_id:
            CodeDialog(self.context, self.window(), shown).open()

    @Slot()
    def _revoke(self) -> None:
        if self._line is not None:
            self._do(invitations.revoke, self._line.invitation_id, self._on_done)

    @Slot()
    def _ask_badge(self) -> None:
        BadgeDialog(self.context, self).open()

    @Slot()
    def _ask_invitation(self) -> None:
        if self._inviting is None and self.context.may(Permission.INVITE):
            self._inviting = InviteDialog(self.context, self.window(), self._make)
            self._inviting.finished.connect(self._on_closed)
            self._inviting.open()

    @Slot()
    def _on_closed(self) -> None:
        self._inviting = None

    def _make(self, new: NewInvitation) -> None:
        self.context.work.run(invitations.invite, new, then=self._on_made, failed=self._on_refused)

    @Slot(object)
    def _on_made(self, invitation: InvitationView) -> None:
        if self._inviting is not None:
            self._inviting.finish()
        self.choose(None, invitation.id)
        CodeDialog(self.context, self.window(), invitation).open()

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if self._inviting is not None:
            self._inviting.refuse(error)
