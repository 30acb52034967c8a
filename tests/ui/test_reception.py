"""A call from F2 to its line on record, as a receptionist works: by keys, reading the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from frontdesk.domain.people import Verification
from frontdesk.services import drafts
from frontdesk.storage import models as m
from tests.ui.hand import DRIP, KNOWN_HOME, KNOWN_NAME, KNOWN_NUMBER

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")  # what offscreen says of lists that drop down


def test_a_registered_number_shows_its_caller(hand):
    hand.key("F2")
    hand.see("Telephone number")
    hand.type(KNOWN_NUMBER)
    hand.see("Number matches", KNOWN_NAME, KNOWN_HOME, "138****2210")
    assert not hand.reads(KNOWN_NUMBER[:7] + " ")
    hand.key("Return")
    assert isinstance(hand.focus, QPlainTextEdit)


def test_an_answer_does_not_take_the_cursor_away(hand):
    hand.key("F2")
    hand.type(KNOWN_NUMBER)
    number = hand.focus
    hand.see("Number matches")
    assert hand.focus is number


def share_number(hand, count=1):
    """Others of the site get the known number too; returns their names."""
    with hand.other.store.write() as unit:
        people = unit.all(m.Person.select().where(m.Person.name != KNOWN_NAME).limit(count))
        for person in people:
            unit.add(m.Phone, person=person.id, number=KNOWN_NUMBER, normal=KNOWN_NUMBER, last_four="2210", main=False)
    return [person.name for person in people]


def test_a_number_of_several_people_offers_all_and_picks_nobody(hand):
    names = share_number(hand, 3)
    hand.key("F2")
    hand.type(KNOWN_NUMBER)
    hand.see(KNOWN_NAME, *names)
    hand.see("Unverified")
    hand.key("Return")  # does not choose: it goes to the first line
    assert hand.focus.accessibleName().startswith((KNOWN_NAME, *names))
    while not hand.focus.accessibleName().startswith(names[0]):
        hand.key("Down")
    hand.key("Return")
    hand.see("Number matches", "Somebody else")
    hand.see(names[0])
    assert isinstance(hand.focus, QPlainTextEdit)


def test_another_number_takes_the_card_away(hand):
    hand.key("F2")
    hand.type(KNOWN_NUMBER)
    hand.see("Number matches")
    hand.fill("Telephone number", "19900000000")
    hand.see("Unverified", "Name given")
    assert not hand.reads(KNOWN_NAME)


def test_somebody_else_on_a_known_phone_stays_somebody_else(hand):
    hand.key("F2")
    hand.type(KNOWN_NUMBER)
    hand.click("Somebody else")
    hand.see("Name given", "Unverified")
    hand.type("沈")
    hand.key("Ctrl+A")
    hand.key("Backspace")
    hand.see("Owner")  # the number's owner is offered again, and not taken
    hand.see("Name given")
    hand.fill("Name given", "沈家的亲戚")
    hand.fill("What is reported", DRIP)
    hand.key("Ctrl+Return")
    hand.until(lambda: hand.here() == "cases")
    contact = hand.contacts()[-1]
    assert (contact.caller_name, contact.person, contact.verification) == ("沈家的亲戚", None, Verification.UNVERIFIED)


def test_a_late_answer_does_not_reach_the_next_call(hand):
    hand.key("F2")
    hand.type(KNOWN_NUMBER)
    hand.click("Discard")
    hand.key("F2")
    hand.rest()
    hand.see("Unverified", "Name given")
    assert not hand.reads(KNOWN_NAME)


def test_a_person_is_found_by_name_with_two_keys(hand):
    hand.key("F3")
    hand.see("Visitor at the desk")
    hand.type(KNOWN_NAME)
    hand.key("Return")
    hand.see("Somebody else", KNOWN_HOME)
    assert isinstance(hand.focus, QPlainTextEdit)
    hand.see("Unverified")


def test_unknown_caller_repair_in_a_known_home(hand):
    hand.key("F2")
    hand.type("19900000000")
    hand.fill("Home or place", "3-2-1201")
    hand.see(KNOWN_HOME)
    hand.fill("What is reported", DRIP)
    hand.see("Service work order", "Procedure 4.1.1", "Drains: the warranty ended on")
    assert hand.field("Component").currentText() == "Drains"
    hand.key("Ctrl+S")
    hand.see("What happened", KNOWN_HOME)
    case = hand.cases()[-1]
    assert case.content == DRIP
    assert case.unit is not None


def test_what_is_not_known_is_to_be_established_with_whom_to_ask(hand):
    hand.key("F2")
    hand.type("19900000000")
    hand.fill("What is reported", "有东西坏了")
    hand.see("To be established", "Not all facts are known yet, and nothing is assumed.", "Ask the ")
    hand.fill("Home or place", "3-2-1201")
    hand.see(KNOWN_HOME)
    hand.fill("Component", "Drains")
    hand.key("Return")
    hand.see("Service work order")
    assert not hand.reads("Ask the ")


def test_words_suggest_the_component_until_somebody_has_chosen(hand):
    hand.call()
    assert hand.field("Component").currentText() == "Drains"
    hand.see("Service work order")
    hand.fill("Component", "Lift")
    hand.key("Return")
    hand.see("Lift: ")
    hand.fill("What is reported", "下水堵了")
    assert hand.field("Component").currentText() == "Lift"


def test_a_suggestion_counts_at_once(hand):
    hand.call(says=DRIP)  # all of it in one go, as from an input method
    hand.see("Drains: the warranty ended on", "Service work order")
    assert not hand.reads("To be established")


def test_a_person_decides_otherwise_with_a_reason(hand):
    hand.call()
    hand.see("Service work order")
    hand.click("Decide otherwise")
    hand.fill("Route", "Liaison form")
    hand.key("Return")
    hand.see("The rule's own decision stays on record beside yours.")
    hand.click("Decide")
    hand.see("Say why; it stays on record.")
    hand.type("与工程部约定")
    hand.key("Return")
    hand.see("Decided by a person: 与工程部约定")
    hand.key("Ctrl+Return")
    hand.until(lambda: hand.here() == "cases")
    assert hand.cases()[-1].route == "liaison"


def test_several_matters_in_one_call(hand):
    hand.call()
    hand.click("+ another matter")
    hand.type("门禁卡丢了怎么补办？")
    hand.fill("Kind of matter", "Question")
    hand.key("Return")
    hand.fill("Answer given", "到前台补办")
    hand.click("+ another matter")
    hand.key("Ctrl+S")
    hand.until(lambda: hand.here() == "cases")
    repair, question = hand.cases()[-2:]
    assert (repair.content, question.content) == (DRIP, "门禁卡丢了怎么补办？")
    assert question.state == "completed"
    hand.see("On record: WO-")


def test_going_between_matters_keeps_both(hand):
    hand.call()
    hand.click("+ another matter")
    hand.type("另一件事")
    hand.click("Matter 1")
    assert hand.field("What is reported").toPlainText() == DRIP
    hand.click("Matter 2")
    assert hand.field("What is reported").toPlainText() == "另一件事"


def test_recorded_and_saved_as_pdf(hand, tmp_path):
    hand.call()
    hand.see("Record and print")
    hand.key("Ctrl+Return")
    hand.see("Ctrl+S saves a PDF file in place of printing.")
    hand.key("Ctrl+S")
    hand.fill("PDF file", str(tmp_path / "order.pdf"))
    hand.key("Return")
    hand.gone("PDF file")
    hand.see("Printed", "Result written back")
    assert (tmp_path / "order.pdf").read_bytes().startswith(b"%PDF")
    with hand.other.store.read() as unit:
        paper = unit.all(m.Paper.select().order_by(m.Paper.id.desc()).limit(1))[0]
    assert paper.state == "printed"


def test_the_key_pressed_twice_records_once(hand):
    before = len(hand.contacts())
    hand.call(says="有一件小事")
    hand.key("Ctrl+Return")
    hand.key("Ctrl+Return")
    hand.until(lambda: hand.here() == "cases")
    hand.rest()
    assert len(hand.contacts()) == before + 1
    assert drafts.drafts(hand.other, hand.stand.console.session.actor, "call") == ()


def test_a_discarded_call_comes_back(hand):
    hand.call("19900000000", "厨房漏水")
    hand.fill("Home or place", "东门岗亭旁")
    hand.click("Discard")
    hand.see("Nobody is on the line")
    hand.click("Undo")
    hand.see("厨房漏水", "东门岗亭旁", "19900000000")


def test_a_discarded_call_waits_behind_the_next_one(hand):
    hand.call("19900000000", "厨房漏水")
    hand.click("Discard")
    hand.key("F2")
    hand.see("Telephone number")
    hand.click("Undo")
    hand.see("comes back after this call")
    hand.type("138")
    hand.click("Discard")
    hand.see("Nobody is on the line")
    hand.page("today")
    hand.page("reception")
    hand.see("厨房漏水")


def test_a_call_without_a_word_is_refused_at_its_field(hand):
    hand.key("F2")
    hand.type("19900000000")
    hand.fill("Name given", "来电人")
    hand.key("Ctrl+Return")
    hand.see("A few words are needed.")
    assert hand.focus is hand.field("What is reported")
    assert hand.field("Name given").text() == "来电人"
    hand.type(DRIP)
    hand.gone("A few words are needed.")


def test_the_matter_that_is_wrong_is_shown(hand):
    hand.call()
    hand.click("+ another matter")
    hand.fill("What is reported", "字" * 4001)
    hand.click("+ another matter")
    hand.key("Ctrl+Return")
    hand.see("This is too long.")
    assert len(hand.field("What is reported").toPlainText()) == 4001
    hand.click("Matter 1")
    assert hand.field("What is reported").toPlainText() == DRIP


def test_a_place_that_is_no_home_is_kept_as_written(hand):
    hand.key("F2")
    hand.type("19900000000")
    hand.fill("Home or place", "东门岗亭旁")
    hand.see("kept as written")
    hand.fill("What is reported", "路灯不亮")
    hand.key("Ctrl+S")
    hand.until(lambda: hand.here() == "cases")
    assert hand.cases()[-1].place == "东门岗亭旁"


def test_the_draft_is_kept_while_somebody_types_without_a_pause(hand):
    hand.key("F2")
    hand.type("19900000000")
    actor = hand.stand.console.session.actor

    def type_on():
        hand.type("7")  # never half a second without a key
        return drafts.drafts(hand.other, actor, "call") != ()

    hand.until(type_on)
    assert drafts.drafts(hand.other, actor, "call")[0].data["number"].startswith("19900000000")


def test_a_kept_call_comes_back_whole_at_the_next_sign_in(hand):
    hand.call()
    hand.key("Ctrl+A")
    hand.type("厨房下水管漏水")
    hand.key("F9")
    hand.see("Unlock")
    hand.click("Sign in as somebody else")
    hand.see("Login or name")
    hand.stand.sign_in()
    hand.page("reception")
    hand.see("厨房下水管漏水", KNOWN_NAME, "Number matches", "is back")


def test_a_walk_in_found_by_name_comes_back_with_its_person(hand):
    hand.key("F3")
    hand.type(KNOWN_NAME)
    hand.key("Return")
    hand.see("Somebody else")
    hand.type(DRIP)
    hand.stand.console.session.leave()
    hand.see("Login or name")
    hand.stand.sign_in()
    hand.page("reception")
    hand.see(KNOWN_NAME, KNOWN_HOME, DRIP, "Somebody else")


def test_a_draft_of_another_version_does_not_hide_the_others(hand):
    actor = hand.stand.console.session.actor
    hand.call("19900000000", "厨房漏水")
    hand.stand.console.session.leave()
    hand.rest()
    drafts.keep_draft(hand.other, actor, "call", "newer", {"matters": [], "unheard": "of"})
    hand.stand.sign_in()
    hand.page("reception")
    hand.see("厨房漏水", "A kept draft is of another version")


def test_a_revealed_number_is_on_record(hand):
    hand.call()
    hand.click("Show the number, with a reason")
    hand.key("Return")
    hand.see("Say why you need the number.")
    hand.type("回访核对")
    hand.key("Return")
    hand.see("138 0000 2210")
    with hand.other.store.read() as unit:
        rows = unit.all(m.Audit.select().where(m.Audit.action == "phone.revealed"))
    assert [row.actor for row in rows] == [hand.stand.console.session.actor.id]


def test_record_only_works_before_the_route_is_known(hand):
    hand.call()
    hand.key("Ctrl+S")
    hand.until(lambda: hand.here() == "cases")
    assert not hand.reads("PDF file")
    assert hand.cases()[-1].content == DRIP


def test_f3_during_an_empty_call_begins_the_walk_in(hand):
    hand.key("F2")
    hand.see("Call since")
    hand.key("F3")
    hand.see("Walk-in since")
    hand.type("沈")
    hand.fill("What is reported", DRIP)
    hand.rest()


def test_another_call_sets_the_first_aside_and_it_comes_back(hand):
    hand.call(says=DRIP)
    hand.key("F3")
    hand.see("Walk-in since", "The draft is kept, and comes back after this call.")
    assert not hand.reads(DRIP)
    hand.fill("What is reported", "门禁卡刷不开")
    hand.key("Ctrl+S")
    hand.see("What happened")
    hand.page("reception")
    hand.see("Call since", DRIP)


def test_tab_goes_through_a_call_in_the_order_in_which_people_talk(hand):
    hand.key("F2")
    hand.see("Telephone number")
    order = ["Find a person or home", "Name given", "Home or place"]
    for name in order:
        hand.key("Tab")
        assert hand.focus is hand.field(name)
    passed = []
    while hand.focus is not hand.field("What is reported") and len(passed) < 8:
        hand.key("Tab")
        passed.append(hand.focus)
    assert hand.focus is hand.field("What is reported")
    hand.key("Tab")
    assert hand.focus in (hand.field("Kind of matter"), hand.field("Kind of matter").lineEdit())


def test_the_wheel_scrolls_past_a_list_and_changes_nothing(hand):
    hand.call()
    kind = hand.field("Kind of matter")
    before = kind.currentText()
    at = QPointF(kind.rect().center())
    none, wheel = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(at, kind.mapToGlobal(at), QPoint(), QPoint(0, -120), none, Qt.KeyboardModifier(), wheel, False)
    QApplication.sendEvent(kind, turn)
    assert kind.currentText() == before


def test_an_emergency_in_plain_words_is_not_taken_for_a_repair(hand):
    hand.call(says="三号楼电梯困人，两个人被困在里面")
    hand.see("Incident record", "“困人” sounds like one", "Emergency")
    hand.fill("Kind of matter", "Repair")
    hand.key("Tab")
    hand.gone("Incident record")
    hand.fill("What is reported", "三号楼电梯困人，已经出来了")
    hand.rest()
    assert not hand.reads("Incident record")
