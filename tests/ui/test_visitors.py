"""Visitors: the register as it stands, invitations with their code, badges, leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDateTimeEdit

from frontdesk.domain.visits import InvitationState, Purpose, VisitState
from frontdesk.qtkit.qr import QrCode
from frontdesk.services import invitations, visits
from frontdesk.services.views import NewInvitation
from frontdesk.storage import models as m
from frontdesk.ui.visitors.page import BadgeDialog

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def invite(hand, name="闻人哲"):
    """An invitation by F4; gives it as the database has it."""
    hand.key("F4")
    hand.see("Visitor's name")
    hand.type(name)
    hand.key("Return")
    hand.see("QR code of the invitation", f"Invitation for {name}")
    with hand.other.store.read() as unit:
        return unit.all(m.Invitation.select().order_by(m.Invitation.id.desc()).limit(1))[0]


def decoded(picture):
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    found = zxingcpp.read_barcodes(
        memoryview(grey.constBits()).cast("B", (grey.height(), grey.bytesPerLine())),
        formats=zxingcpp.BarcodeFormat.QRCode,
    )
    return [each.text for each in found]


def test_an_invitations_picture_says_its_code(hand):
    row = invite(hand)
    dialog = QApplication.activeModalWidget()
    code = invitations.invitation(hand.other, hand.colleague(), row.id).code
    assert decoded(dialog.findChild(QrCode).grab().toImage()) == [code]
    hand.see(code)
    hand.click("Done")
    hand.see("闻人哲", "Expected", "Show the code")


def test_the_code_is_shown_again_and_revoked(hand):
    row = invite(hand)
    hand.click("Done")
    page = hand.stand.console.session.desk.page("visitors")
    hand.until(lambda: page._invitation is not None and page._invitation.id == row.id)
    hand.click("Show the code")
    hand.see("Invitation for 闻人哲")
    hand.key("Escape")
    hand.gone("Invitation for 闻人哲")
    hand.click("Revoke", twice=True)
    hand.gone("闻人哲")
    hand.rest()
    page.changed(frozenset({("invitation", row.id)}))
    hand.rest()
    assert invitations.invitation(hand.other, hand.colleague(), row.id).state is InvitationState.REVOKED
    hand.see("No visitor chosen")


def test_the_one_just_invited_is_chosen_before_the_list_has_come(hand):
    row = invite(hand, "欧阳静")
    page = hand.stand.console.session.desk.page("visitors")
    old = page._list._view_now
    before = replace(old, lines=tuple(line for line in old.lines if line.invitation_id != row.id))
    page._list._view_now = before
    page.choose(None, row.id)
    assert page._line is None
    page._list._filtered()  # a filter is clicked, or the language changes, before the new list is there
    assert (page._line, page._invitation) == (None, None)
    page._show_code()
    hand.rest()
    assert page._line.invitation_id == page._invitation.id == row.id


def test_what_is_wrong_with_an_invitation_is_said_at_its_field(hand):
    hand.key("F4")
    hand.see("Visitor's name")
    hand.key("Return")
    hand.see("Who comes?")
    hand.type("闻人哲")
    dialog = QApplication.activeModalWidget()
    until = dialog.findChildren(QDateTimeEdit)[1]
    until.setDateTime(until.dateTime().addDays(-3))
    hand.key("Return")
    hand.until(lambda: bool(until.accessibleDescription()))
    assert hand.field("Visitor's name").text() == "闻人哲"
    until.setDateTime(until.dateTime().addDays(3))
    hand.key("Ctrl+Return")
    hand.see("QR code of the invitation")


def test_enter_in_a_list_goes_on_and_makes_nothing_yet(hand):
    hand.key("F4")
    hand.see("Visitor's name")
    hand.type("闻人哲")
    hand.fill("Purpose", "Delivery")
    hand.key("Return")
    hand.rest()
    hand.see("Visitor's name")
    hand.key("Ctrl+Return")
    hand.see("Delivery", "QR code of the invitation")


def test_checking_out_and_undoing_it(hand):
    view = hand.came_in()
    page = hand.page("visitors")
    page.choose(view.line.visit_id, view.line.invitation_id)
    hand.see("Check out", view.line.badge_no)
    hand.key("Alt+L")
    hand.see(f"{view.line.name} has left.", "Undo check-out")
    assert visits.visit(hand.other, hand.colleague(), view.line.visit_id).line.state is VisitState.LEFT
    hand.click("Undo check-out")
    hand.see("Check out")
    hand.until(lambda: not hand.reads("Undo check-out"))
    assert visits.visit(hand.other, hand.colleague(), view.line.visit_id).line.left_at is None


def test_a_second_press_checks_nobody_else_out(hand):
    view = hand.came_in()
    hand.came_in("罗禹辰", "A-002")
    page = hand.page("visitors")
    page.choose(view.line.visit_id, view.line.invitation_id)
    hand.see("Check out")
    hand.click("On site 2")
    before = on_site(hand)
    hand.key("Alt+L")
    hand.key("Alt+L")
    hand.rest()
    hand.see("Undo check-out")
    hand.key("Alt+L")
    hand.rest()
    assert before - on_site(hand) == {view.line.visit_id}


def on_site(hand):
    lines = visits.visits(hand.other, hand.colleague()).lines
    return {line.visit_id for line in lines if line.state in (VisitState.ON_SITE, VisitState.OVERDUE)}


def test_who_leaves_the_filter_stays_beside_the_list(hand):
    view = hand.came_in()
    page = hand.page("visitors")
    page.choose(view.line.visit_id, view.line.invitation_id)
    hand.see("Check out", view.line.badge_no)
    hand.click(f"On site {visits_of(hand, VisitState.ON_SITE)}")
    hand.see(view.line.badge_no)
    hand.key("Alt+L")
    hand.see("Undo check-out")
    assert page._line.visit_id == view.line.visit_id
    hand.click("Undo check-out")
    hand.see("Check out")
    hand.until(lambda: page._line.state is VisitState.ON_SITE)


def visits_of(hand, state):
    return dict(visits.visits(hand.other, hand.colleague()).counts)[state]


def test_a_badge_is_looked_up_by_its_number(hand):
    view = hand.came_in()
    hand.page("visitors")
    hand.key("F6")
    hand.see("Badge code or number")
    hand.type(view.line.badge_no.replace("-", "").lower())
    hand.key("Return")
    hand.gone("Badge code or number")
    hand.see(view.line.badge_no, view.line.name)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Z-999", "No visitor has this badge."),
        ("https://example.org/menu", "This is no code of ours."),
        ("!", "This is no code of ours."),
    ],
)
def test_a_wrong_badge_is_said_so(hand, typed, told):
    hand.page("visitors")
    hand.key("F6")
    hand.see("Badge code or number")
    hand.type(typed)
    hand.key("Return")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BadgeDialog)
    hand.until(lambda: not dialog._text._error.isHidden())
    assert told in dialog._text._error.text()
    assert hand.field("Badge code or number").text() == typed


def test_what_a_kiosk_writes_appears_by_itself(hand):
    hand.page("visitors")
    colleague = hand.colleague()
    with hand.other.store.read() as unit:
        area = unit.all(m.Area.select().limit(1))[0].id
    now = hand.other.now()
    new = NewInvitation("欧阳静", Purpose.GUEST, area, now, now + timedelta(hours=2))
    invitations.invite(hand.other, colleague, new)
    hand.see("欧阳静")
    hand.see("Expected")


def test_nothing_of_one_visitor_stays_under_anothers_name(hand):
    view = hand.came_in()
    page = hand.page("visitors")
    page.choose(view.line.visit_id, view.line.invitation_id)
    hand.see(view.line.badge_no, view.host)
    other = next(line for line in page._list._view_now.lines if line.visit_id != view.line.visit_id)
    page._aside.show_line(other)
    seen = [label.text() for label in page._aside._facts.findChildren(type(page._aside._name)) if label.isVisible()]
    assert seen == []
