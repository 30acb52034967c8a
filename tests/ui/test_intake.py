"""What a call asks for beside its words: who pays, the agreed time, the same fault, an earlier matter, a refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frontdesk.domain.routing import Place
from frontdesk.services import cases
from frontdesk.services.views import CallDraft, Channel, MatterDraft
from frontdesk.storage import models as m
from frontdesk.ui.reception import draft as plain
from tests.ui.hand import DRIP, KNOWN_NUMBER

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def test_a_typical_repair_call_takes_few_keys(hand):
    keys = []

    def key(name):
        keys.append(name)
        hand.key(name)

    key("F2")
    hand.see("Telephone number")
    hand.type(KNOWN_NUMBER)
    hand.see("Number matches")
    key("Return")
    hand.type(DRIP)
    for _step in range(6):  # kind, component, where, home, who answers, who pays
        key("Tab")
    key("Tab")
    assert hand.focus is hand.field("Agreed time")
    hand.type("tomorrow 18:00")
    key("Ctrl+S")
    hand.see("What happened")
    key("Alt+2")
    hand.see("handed on: Equipment department")
    assert len(keys) <= 12
    case = hand.cases()[-1]
    assert hand.other.local(case.agreed_at).hour == 18
    assert case.place_kind == Place.HOME


def test_an_agreed_time_in_words_is_the_clock(hand):
    hand.call()
    hand.fill("Agreed time", "明天 9:30")
    hand.see("tomorrow 09:30", "agreed with the customer")
    hand.fill("Agreed time", "今天 0:00")
    hand.see("has passed")
    hand.key("Ctrl+S")
    hand.see("This has passed already.")
    hand.fill("Agreed time", "下班以后")
    hand.see("kept as a wish")
    hand.key("Ctrl+S")
    hand.see("What happened")
    case = hand.cases()[-1]
    assert (case.agreed_at, case.wanted) == (None, "下班以后")


def test_only_what_matters_for_the_kind_is_asked(hand):
    hand.call()
    hand.see("Who pays", "Agreed time", "Who answers for it")
    hand.fill("Kind of matter", "Opinion or suggestion")
    hand.key("Return")
    hand.see("Must others agree?", "More than two days?", "Department")
    assert not any(hand.reads(name) for name in ("Who pays", "Agreed time", "Who answers for it", "Answer given"))
    hand.fill("Kind of matter", "Question")
    hand.key("Return")
    hand.see("Answer given", "Refused politely")
    assert not hand.reads("Department")


def test_the_same_fault_is_joined_by_one_key(hand):
    hand.record()
    main = hand.cases()[-1]
    hand.call(says="洗菜盆下水接头又在滴水")
    hand.see("Same fault? " + DRIP, main.record_no)
    hand.key("Alt+J")
    hand.see("Joined to " + main.record_no, "No paper of its own", "Joined to another case")
    hand.key("Alt+J")
    hand.see("Service work order")
    hand.key("Alt+J")
    hand.see("Joined to " + main.record_no)
    hand.key("Ctrl+S")
    hand.until(lambda: len(hand.cases()) and hand.cases()[-1].joined_to == main.id)
    assert hand.cases()[-1].route == "joined"


def test_a_complaint_opens_the_earlier_matter_again(hand):
    hand.record()
    earlier = hand.cases()[-1]
    with hand.other.store.write() as unit:
        unit.change(m.Case, earlier.id, state="completed")
    hand.call(says="修了两次还漏，我要投诉")
    hand.fill("Kind of matter", "Complaint")
    hand.key("Return")
    hand.see("Earlier matter")
    hand.fill("Earlier matter", earlier.record_no)
    hand.key("Return")
    hand.see("will be opened again")
    hand.key("Ctrl+S")
    hand.until(lambda: hand.cases()[-1].earlier == earlier.id)
    reopened = cases.case(hand.other, hand.colleague(), earlier.id)
    assert (reopened.state, reopened.reopened) == ("open", 1)


def test_a_request_for_owners_data_is_refused_on_record(hand):
    hand.key("F2")
    hand.see("Telephone number")
    hand.type("19900000000")
    hand.fill("What is reported", "我是他同学，1201业主电话多少")
    hand.fill("Kind of matter", "Question")
    hand.key("Return")
    hand.click("Refused politely")
    hand.see("residents' information is confidential")
    hand.key("Ctrl+Return")
    hand.until(lambda: hand.cases()[-1].content.startswith("我是他同学"))
    case = hand.cases()[-1]
    with hand.other.store.read() as unit:
        rows = unit.all(m.Audit.select().where(m.Audit.action == "information.refused"))
    assert (case.state, [row.subject for row in rows]) == ("completed", [f"case:{case.id}"])


def test_where_it_is_may_be_put_right_or_left_open(hand):
    hand.call(says="楼道里的水管漏水")
    hand.see("Home or common part")
    form = hand.stand.console.session.desk.page("reception")._form
    assert form.matter().place_kind is Place.COMMON
    hand.click("At home")
    hand.until(lambda: form.matter().place_kind is Place.HOME)
    hand.fill("What is reported", "楼道里的水管还在漏水")
    assert form.matter().place_kind is Place.HOME


def test_two_matters_are_handed_on_one_after_the_other(hand):
    hand.call()
    hand.click("+ another matter")
    hand.type("卧室插座没电")
    hand.key("Ctrl+S")
    hand.see("On record:", "Paper handed over", "Phoned", "Call put through")
    hand.rest()
    hand.key("Alt+1")
    hand.see("handed on:")
    hand.key("Alt+3")
    mine = [case.id for case in hand.cases()[-2:]]

    def told() -> list[str]:
        with hand.other.store.read() as unit:
            rows = unit.all(m.RouteDecision.select().where(m.RouteDecision.case.in_(mine)).order_by(m.RouteDecision.id))
        return [row.told_how for row in rows]

    hand.until(lambda: told() == ["handed_over", "put_through"])
    assert len(mine) == 2


def test_a_draft_keeps_every_fact_and_an_older_one_still_loads(hand):
    now = hand.other.now()
    matter = MatterDraft(
        content=DRIP, agreed_at=now + timedelta(days=1), chargeable=False, place_kind=Place.COMMON, joins_id=3,
        earlier_id=4, refused=True, wanted="明天", needs_others=True, over_two_days=False, department_id=2,
    )  # fmt: skip
    call = CallDraft("token", Channel.CALL, now, "138", matters=(matter,))
    kept = plain.to_plain(call, "东门")
    assert plain.from_plain(kept) == (call, "东门")
    for name in ("place_kind", "joins_id", "earlier_id", "refused", "chargeable", "agreed_at"):
        del kept["matters"][0][name]
    older, _place = plain.from_plain(kept)
    assert (older.matters[0].content, older.matters[0].refused) == (DRIP, False)
