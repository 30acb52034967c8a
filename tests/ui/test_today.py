"""The board of the day: what hurts first, each line with its way on."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services import cases, today
from frontdesk.services.views import Board, SheetDone
from frontdesk.storage import models as m
from frontdesk.ui.today.snoozing import NotNow
from frontdesk.ui.today.work import Work
from frontdesk.ui.words import word

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def board(hand):
    return today.today(hand.other, hand.colleague())


def test_the_groups_stand_in_the_order_in_which_they_hurt(hand):
    hand.page("today")
    view = board(hand)
    hand.see(*(word(group) for group, _lines in view.groups), f"{view.open_count} open")
    tops = []
    for group, _lines in view.groups:
        name = next(each for each in page_labels(hand) if each.text() == word(group))
        tops.append(name.mapToGlobal(name.rect().topLeft()).y())
    assert tops == sorted(tops)


def page_labels(hand):
    work = hand.stand.console.session.desk.page("today").findChild(Work)
    return [each for each in work.findChildren(QWidget) if each.isVisible() and hasattr(each, "text")]


def test_a_line_leads_to_its_case(hand):
    hand.page("today")
    group, lines = board(hand).groups[0]
    hand.click(Work._act(group, lines[0]))
    hand.until(lambda: hand.here() == "cases")
    hand.see(lines[0].content[:20], "What happened")


def test_the_board_follows_other_desks(hand):
    hand.page("today")
    case = next(lines[0] for group, lines in board(hand).groups if group is Board.SOON)
    hand.see(word(Board.SOON))
    view = cases.case(hand.other, hand.colleague(), case.id)
    done = SheetDone("修好了", hand.other.now(), "周启明", sheet_returned=True)
    cases.record_result(hand.other, hand.colleague(), case.id, view.version, done)
    hand.gone(word(Board.SOON))
    hand.see(word(Board.TO_REPLY))


def test_a_visitor_leads_to_the_register(hand):
    view = hand.came_in()
    hand.page("today")
    hand.see(view.line.name)
    page = hand.stand.console.session.desk.page("today")
    page._visits.opened.emit(view.line)
    hand.until(lambda: hand.here() == "visitors")
    hand.see(view.line.badge_no, "Check out")


def test_who_works_by_keys_stays_on_their_line(hand):
    page = hand.page("today")
    work = page.findChild(Work)
    case_id = next(reversed(work._acts))
    work._acts[case_id].setFocus()
    page._reload()
    hand.rest()
    assert hand.focus is work._acts[case_id]


def test_rebuilding_the_board_leaves_nothing_behind(hand):
    page = hand.page("today")
    widgets = []
    for _round in range(30):
        page._show(page._view)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        widgets.append(len(page.findChildren(QWidget)))
    assert len(set(widgets)) == 1


def test_the_board_is_fresh_after_the_lock(hand):
    hand.page("today")
    hand.key("F9")
    hand.see("Unlock")
    view = hand.came_in("闻人哲", "A-009")
    session = hand.stand.console.session
    hand.until(lambda: hand.stand.lanes.idle)
    hand.fill("Password", "four quiet geese")
    hand.key("Return")
    hand.until(lambda: not session.locked)
    hand.see(view.line.name)
    assert hand.here() == "today"


def test_an_empty_board_offers_the_first_step(hand):
    page = hand.page("today")
    with hand.other.store.write() as unit:
        unit.run(m.Case.update(state="completed"))
        unit.announce("case", 1)
    hand.see("Nothing waits")
    hand.click("New call")
    hand.until(lambda: hand.here() == "reception")
    assert page.title() == "Today"


def test_a_call_that_was_not_finished_does_not_wait_unseen(hand):
    hand.page("today")
    assert not hand.reads("A call is not on record yet")
    hand.call(says="水管漏水，话没说完")
    hand.see("Draft kept")
    hand.page("today")
    hand.see("A call is not on record yet")
    hand.click("Go on with it")
    hand.see("水管漏水，话没说完")
    hand.click("Discard")
    hand.page("today")
    hand.gone("A call is not on record yet")


def put_off(hand, case_id):
    """Opens the list of how long on the line of a case, and takes the first."""
    work = hand.stand.console.session.desk.page("today").findChild(Work)
    act = work._acts[case_id]
    later = act.parentWidget().findChild(NotNow)
    later.click()
    hand.key("Return")


def test_a_line_is_put_off_and_taken_back(hand):
    hand.page("today")
    group, lines = next((group, lines) for group, lines in board(hand).groups if group is Board.TO_PRINT)
    hand.see(word(group))
    put_off(hand, lines[0].id)
    hand.see("Off the board until", "not before")
    hand.gone(word(group))
    hand.click("Undo")
    hand.see(word(group))
    assert group is Board.TO_PRINT


def test_a_line_says_since_when_nobody_was_told(hand):
    hand.page("today")
    view = board(hand)
    told = [line.id for group, lines in view.groups for line in lines if group is Board.TO_TELL]
    assert all(view.causes[case_id].since is not None for case_id in told)
    hand.see("nobody told for")


def test_a_calendar_that_is_not_entered_is_named(hand):
    hand.page("today")
    page = hand.stand.console.session.desk.page("today")
    assert not hand.reads("are not entered yet")
    page._calendar.show_years((2027,))
    hand.see("The holidays of 2027 are not entered yet")
    hand.click("Enter the calendar")
    hand.until(lambda: hand.here() == "settings")
