"""Two desks at one case: what the other has changed is shown, what was typed stays, nothing is overwritten silently."""

from __future__ import annotations

import pytest

from frontdesk.services import case_course, cases
from frontdesk.services.views import ChaseDone
from tests.ui.test_cases import others_result, printed

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def others_chase(hand, said="在路上"):
    """A colleague chases the newest case at another desk."""
    case = cases.case(hand.other, hand.colleague(), hand.cases()[-1].id)
    return case_course.chase(hand.other, hand.colleague(), case.id, case.version, ChaseDone("周启明", said))


def test_a_change_meanwhile_is_shown_in_the_dialog_and_applied_only_when_wanted(hand):
    hand.record()
    hand.key("R")
    hand.see("Reply to the customer")
    hand.type("下午上门")
    others_chase(hand)
    hand.see("Somebody else has changed this meanwhile.", "Chased · 林若溪", "在路上", "What you typed is kept.")
    assert hand.field("What was said").toPlainText() == "下午上门"
    assert not any(
        event.text == "下午上门" for event in cases.case(hand.other, hand.colleague(), hand.cases()[-1].id).events
    )
    hand.click("Apply to the new state")
    hand.gone("Reply to the customer")
    case = cases.case(hand.other, hand.colleague(), hand.cases()[-1].id)
    assert [event.kind for event in case.events[-2:]] == ["chased", "reply"]


def test_who_sends_before_the_news_comes_is_refused_and_told(hand, tmp_path):
    printed(hand, tmp_path)
    hand.key("C")
    hand.see("Who was chased")
    hand.type("催了一次")
    others_result(hand)  # this window has not looked yet
    hand.key("Ctrl+Return")
    hand.see("Somebody else has changed this meanwhile.", "Result written back · 林若溪", "Apply to the new state")
    assert cases.case(hand.other, hand.colleague(), hand.cases()[-1].id).chases == ()
    hand.key("Ctrl+Return")
    hand.gone("Who was chased")
    assert cases.case(hand.other, hand.colleague(), hand.cases()[-1].id).chases[0].said == "催了一次"


def test_a_deed_without_a_dialog_is_not_done_on_what_nobody_saw(hand):
    hand.record()
    hand.key("P")
    hand.see("What is waited for")
    hand.type("等钥匙")
    hand.key("Ctrl+Return")
    hand.gone("What is waited for")
    hand.see("等钥匙")
    hand.rest()
    others_chase(hand, "客户后天回来")
    hand.key("G")
    hand.see("客户后天回来")
    hand.rest()
    shown = hand.reads("Nothing was done. Look at it, and do it again.")
    paused = cases.case(hand.other, hand.colleague(), hand.cases()[-1].id).clock == "paused"
    assert shown is paused  # refused and said so, unless the window had looked just before the key
