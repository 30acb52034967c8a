"""A matter whose way is open: what is found out later decides, by the rules."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def test_what_is_found_out_later_decides_by_rule(hand):
    hand.call(says="屋里有异响，请来看看")
    hand.see("To be established", "Ask the equipment department")
    hand.key("Ctrl+Return")
    hand.see("Establish")
    hand.rest()
    hand.key("E")
    hand.see("Establish who answers for it")
    hand.fill("Component", "Drains")
    hand.key("Return")
    hand.click("Decide by rule")
    hand.gone("Establish who answers for it")
    hand.see("Service work order", "Procedure 4.1.1")
    case = hand.cases()[-1]
    assert (case.route, case.state) == ("work_order", "open")


def test_what_is_still_unknown_stays_open(hand):
    hand.call(says="屋里有异响，请来看看")
    hand.key("Ctrl+Return")
    hand.see("Establish")
    hand.rest()
    hand.key("E")
    hand.see("Establish who answers for it")
    hand.click("Decide by rule")
    hand.gone("Establish who answers for it")
    hand.rest()
    assert hand.cases()[-1].route == "to_establish"
