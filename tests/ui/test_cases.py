"""A case from its paper to 已完成, and what others do with it meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from frontdesk.domain.routing import MatterKind
from frontdesk.services import cases, reception
from frontdesk.services.views import CallDraft, Channel, MatterDraft, ReplyDone, SheetDone
from frontdesk.storage import models as m
from frontdesk.ui.cases.listing import PAGE
from tests.ui.hand import DRIP, KNOWN_HOME

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def printed(hand, tmp_path):
    """A call on record, its paper saved as a file."""
    hand.call()
    hand.see("Procedure 4.1.1")
    hand.key("Ctrl+Return")
    hand.see("Ctrl+S saves a PDF file in place of printing.")
    hand.key("Ctrl+S")
    hand.fill("PDF file", str(tmp_path / "order.pdf"))
    hand.key("Return")
    hand.gone("PDF file")
    hand.see("Printed")
    hand.rest()


def others_result(hand, *, sheet_returned=True):
    """A colleague writes the newest case's result back at another desk."""
    case = cases.case(hand.other, hand.colleague(), hand.cases()[-1].id)
    done = SheetDone("同事已修好", datetime.now(UTC), "周启明", sheet_returned)
    return cases.record_result(hand.other, hand.colleague(), case.id, case.version, done)


def test_closing_is_refused_until_every_step_is_done(hand, tmp_path):
    printed(hand, tmp_path)
    hand.key("D")
    hand.see("It cannot be marked completed yet. Missing: Result written back", "Customer told")
    assert hand.cases()[-1].state == "open"

    hand.key("W")
    hand.see("Write the result back")
    hand.key("Ctrl+Return")
    hand.see("Say what was done.")
    hand.type("更换下水接头")
    hand.key("Ctrl+Return")
    hand.see("更换下水接头")
    hand.gone("Write the result back")

    hand.key("D")
    hand.see("Missing: Customer told")
    hand.key("R")
    hand.see("Reply to the customer")
    hand.type("已电话告知修好")
    hand.key("Ctrl+Return")
    hand.gone("Reply to the customer")
    hand.see("已电话告知修好", "Can be completed")

    hand.key("D")
    hand.see("Marked completed", "Reopen")
    case = hand.cases()[-1]
    assert (case.state, case.result) == ("completed", "更换下水接头")


def test_completing_keeps_the_case_in_view_when_the_list_drops_it(hand, tmp_path):
    printed(hand, tmp_path)
    others_result(hand)
    hand.see("同事已修好")
    hand.key("R")
    hand.type("已告知")
    hand.key("Ctrl+Return")
    hand.gone("Reply to the customer")
    hand.see("已告知")
    hand.key("D")
    hand.see("Marked completed")
    page = hand.stand.console.session.desk.page("cases")
    hand.until(lambda: page._list._model.row_of(hand.cases()[-1].id) < 0)
    reception.log_call(  # another desk's work makes the list begin anew
        hand.other,
        hand.colleague(),
        CallDraft("other-desk", Channel.CALL, datetime.now(UTC), matters=(MatterDraft(content="别的事"),)),
    )
    hand.see("别的事")
    hand.see("Marked completed")
    hand.see("Reopen")


def test_a_completed_case_is_reopened_with_a_reason(hand, tmp_path):
    printed(hand, tmp_path)
    done = others_result(hand)
    told = cases.record_reply(hand.other, hand.colleague(), done.id, done.version, ReplyDone("好了", "phone"))
    cases.complete(hand.other, hand.colleague(), told.id, told.version)
    hand.see("Marked completed")
    hand.click("Reopen")
    hand.see("Reopen the case")
    hand.key("Return")
    hand.see("A few words are needed.")
    hand.type("又漏了")
    hand.key("Return")
    hand.see("reopened once", "又漏了")
    assert hand.cases()[-1].state == "open"


def test_the_page_follows_another_desk(hand):
    hand.record()
    others_result(hand, sheet_returned=False)
    hand.see("同事已修好")
    assert hand.cases()[-1].result == "同事已修好"


def test_what_was_typed_stays_when_another_desk_was_faster(hand, tmp_path):
    printed(hand, tmp_path)
    hand.key("R")
    hand.see("Reply to the customer")
    hand.type("已告知客户")
    page = hand.stand.console.session.desk.page("cases")
    shown = page._case
    others_result(hand)  # news of it comes when this window next looks, which is after the key
    hand.key("Ctrl+Return")
    hand.see("Somebody else has changed this meanwhile.")
    assert hand.field("What was said").toPlainText() == "已告知客户"
    hand.until(lambda: page._case.version > shown.version)
    hand.key("Ctrl+Return")
    hand.gone("Reply to the customer")
    hand.see("已告知客户", "同事已修好")


def test_a_deed_clicked_twice_is_done_once(hand):
    hand.record()
    hand.see("Complete")
    hand.click("Complete", twice=True)
    hand.see("It cannot be marked completed yet.")
    hand.rest()
    assert not hand.reads("Somebody else has changed this meanwhile.")


def test_the_list_is_filtered_and_searched(hand):
    hand.record(says="一件绝无仅有的事")
    page = hand.page("cases")
    hand.fill("Search the cases", "绝无仅有")
    hand.until(lambda: page._list._model.rowCount() == 1)
    hand.key("Return")
    assert hand.focus is page._list._view
    hand.fill("Search the cases", KNOWN_HOME[:2])
    hand.until(lambda: page._list._model.rowCount() > 1)
    hand.click("Completed")
    hand.until(lambda: all("一件绝无仅有的事" not in page._list._model.line(at).content for at in rows(page)))
    hand.until(lambda: page._case is not None and page._case.state == "completed")  # the detail goes along
    beside = page._case.content
    hand.fill("Search the cases", "没有这样的事")
    hand.see("No case here")
    hand.see(beside)  # where there is none to go to, the open one stays beside the list


def rows(page):
    return range(page._list._model.rowCount())


def test_a_long_list_stays_where_it_was_scrolled_to(hand):
    for at in range(PAGE + 20):
        matter = MatterDraft(MatterKind.COMPLAINT, f"第{at}件")
        draft = CallDraft(f"t{at}", Channel.CALL, datetime.now(UTC), matters=(matter,))
        reception.log_call(hand.other, hand.colleague(), draft)
    page = hand.page("cases")
    hand.see(f"第{PAGE + 19}件")
    view, bar = page._list._view, page._list._view.verticalScrollBar()
    hand.until(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    hand.until(lambda: page._list._model.rowCount() > PAGE)
    bar.setValue(bar.maximum())
    at, loaded = bar.value(), page._list._model.rowCount()
    others_result(hand, sheet_returned=False)
    hand.until(lambda: hand.stand.lanes.idle and page._list._model.line(0).next_step != "result_written")
    assert page._list._model.rowCount() == loaded
    assert bar.value() == at
    assert view.isVisible()


def test_a_number_is_shown_with_a_reason_and_on_record(hand):
    hand.record()
    hand.click("Show the number, with a reason")
    hand.type("联系上门时间")
    hand.key("Return")
    hand.see("13800002210")
    with hand.other.store.read() as unit:
        lines = unit.all(m.Audit.select().where(m.Audit.action == "phone.revealed"))
    assert [line.subject for line in lines] == [f"case:{hand.cases()[-1].id}"]


def test_decided_otherwise_afterwards(hand):
    hand.record()
    hand.click("Decide otherwise")
    hand.fill("Route", "Liaison form")
    hand.key("Return")
    hand.fill("Reason", "工程部在现场")
    hand.key("Return")
    hand.see("Decided by a person: 工程部在现场", "Liaison form")
    assert hand.cases()[-1].route == "liaison"


def test_escape_goes_back_and_the_case_stays_chosen(hand):
    hand.record()
    hand.page("today")
    hand.key("Escape")
    assert hand.here() == "cases"
    hand.see(DRIP)
    assert hand.focus.focusPolicy() != Qt.FocusPolicy.NoFocus
