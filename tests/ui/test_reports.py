"""The digest on the screen: periods, charts that lead to cases, notes that are not lost, the sheet for the director."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from frontdesk.domain import digests as rules
from frontdesk.domain.digests import PeriodKind
from frontdesk.services import digests, drafts
from frontdesk.services.digests import NoteTyped
from frontdesk.storage import models as m
from frontdesk.ui.reports import wording

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

HOMES = ("3栋2单元1201", "3栋1单元802", "1栋1单元302", "2栋2单元1101")
TOPICS = {"drain": (6, 1), "lift": (3, 3), "common_light": (1, 3), "intercom": (2, 0)}


def last_week(site):
    """The week that is over."""
    return rules.period_of(PeriodKind.WEEK, site.today()).moved(-1)


def raise_matters(site, weeks=5):
    """Five weeks of matters: in the last one as many of each topic as its first number says, before that its second.

    One drain of the last week has two more callers, and one complaint has gone up a level.
    """
    start, _end = site.span(last_week(site).first)
    with site.store.write() as unit:
        unit.run(m.Case.update(state="void"))  # the practice community's own days are another week's every day
        made = _Matters(unit, start)
        for week in range(weeks):
            for code, (now, before) in TOPICS.items():
                for at in range(before if week else now):
                    made.add(week, at, component=made.components[code])
        main = made.add(0, 0, component=made.components["drain"], state="open", told_at=None)
        for at in (1, 2):
            made.add(0, at, component=made.components["drain"], joined_to=main)
        made.add(0, 1, kind="complaint", route="complaint", level=1, content="楼上装修太吵")
        unit.announce("case", main)


class _Matters:
    """Adds matters of the weeks before `start` and after it."""

    def __init__(self, unit, start):
        self._unit, self._start, self._count = unit, start, 0
        self._account = unit.all(m.Account.select().limit(1))[0].id
        self._homes = [unit.one(m.Unit.select().where(m.Unit.label == label)).id for label in HOMES]
        self.components = {row.code: row.id for row in unit.all(m.Component.select())}

    def add(self, week, at, **fields):
        """A repair in the `at`th home, so many weeks before, done within two to four hours of the four promised."""
        self._count += 1
        number = f"CV-T-{self._count:04}"
        opened = self._start - timedelta(weeks=week) + timedelta(hours=9, minutes=7 * self._count % 400)
        by = {"unit": self._homes[at % len(self._homes)]}
        call = {"channel": "call", "received_by": self._account, "verification": "unverified", **by}
        contact = self._unit.add(m.Contact, token=number, record_no=number, started_at=opened, **call)
        usual = {"kind": "repair", "route": "work_order", "state": "completed", "urgency": "normal", **by}
        times = {"due_at": opened + timedelta(hours=4), "told_at": opened + timedelta(hours=5)}
        result = opened + timedelta(hours=2 + self._count % 4)
        own = {"contact": contact, "record_no": number, "content": number, "opened_by": self._account}
        kept = {**usual, **times, **own, "result_at": result, **fields}
        case_id = self._unit.add(m.Case, opened_at=opened, **kept)
        self._unit.add(m.RouteDecision, case=case_id, at=opened, route=kept["route"], reason="short_matter")
        return case_id


@pytest.fixture
def page(hand):
    """The page, with five weeks of matters."""
    raise_matters(hand.other)
    page = hand.page("reports")
    turned_to(hand, page, last_week(hand.other))
    return page


def turned_to(hand, page, period):
    """Waits until the page shows a period; the charts name its neighbours too."""
    hand.until(lambda: page._period.text() == wording.named_period(period))


def drain(hand):
    """The drains' line of last week, as another desk reads it."""
    return digests.digest(hand.other, hand.colleague(), last_week(hand.other)).topics[0]


def opened(hand):
    """What the Cases page was asked for: takes the place of `activated` on the real page."""
    asked = []
    page = hand.stand.console.session.desk.page("cases") or hand.page("cases")
    page.activated = lambda **args: asked.append(args)
    hand.page("reports")
    return asked


def test_the_last_week_that_is_over_is_shown_with_its_figures(hand, page):
    hand.see("Drains · 7 raised · 9 callers · ▲ rising · raised often · raised more and more")
    hand.see("Lift · 3 raised · ● steady · raised often", "Complaints: 1 · 1 escalated", "To reply: 1")
    hand.see("▲ rising: 7.0 on average in the 4 weeks before.")
    assert "Drains: 7 raised · 9 callers, ▲ rising" in page._topics_chart.accessibleDescription()
    assert "3栋" in page._houses.accessibleDescription() or "Building 3" in page._houses.accessibleDescription()
    assert page._line.accessibleDescription().endswith(": 14 raised")


def test_periods_are_gone_through_by_keys(hand, page):
    hand.key("Alt+Left")
    turned_to(hand, page, last_week(hand.other).moved(-1))
    hand.key("Alt+Right")
    turned_to(hand, page, last_week(hand.other))
    hand.key("Alt+Right")
    hand.see("Nothing was raised in this period")
    assert not page._after.isEnabled()
    hand.click("Month")
    turned_to(hand, page, rules.period_of(PeriodKind.MONTH, hand.other.today()).moved(-1))


def test_a_point_of_the_line_leads_to_its_period(hand, page):
    QTest.mouseClick(page._line, Qt.MouseButton.LeftButton, pos=page._line.box(0).center())
    turned_to(hand, page, last_week(hand.other).moved(-4))


def test_a_bar_opens_its_cases(hand, page):
    asked = opened(hand)
    QTest.mouseClick(page._topics_chart, Qt.MouseButton.LeftButton, pos=page._topics_chart.box(0).center())
    line = drain(hand)
    period = wording.named_period(last_week(hand.other))
    assert asked == [{"case_ids": line.tally.case_ids, "because": f"Drains · {period}"}]
    assert hand.here() == "cases"


def test_bars_are_opened_by_keys(hand, page):
    asked = opened(hand)
    page._topics_chart.setFocus()
    hand.key("Down")
    hand.key("Return")
    assert len(asked[0]["case_ids"]) == 3
    assert asked[0]["because"].startswith("Lift")


def test_figures_and_topics_open_their_cases(hand, page):
    asked = opened(hand)
    hand.click("To reply: 1")
    hand.page("reports")
    hand.click("Show its 9 cases")
    hand.page("reports")
    page._topics.setFocus()
    hand.key("Return")
    assert [len(each["case_ids"]) for each in asked] == [1, 9, 9]


def test_a_figure_of_several_parts_asks_which(hand, page):
    asked = opened(hand)
    hand.click("In time: ")
    hand.see("Promised time missed")
    hand.click("Promised time missed")
    hand.until(lambda: bool(asked))
    response = digests.digest(hand.other, hand.colleague(), last_week(hand.other)).response
    assert asked[0]["case_ids"] == response.missed


def test_a_bar_says_what_it_is(hand, page):
    chart = page._topics_chart
    at = chart.box(1).center()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    assert QToolTip.text() == "Lift: 3 raised, ● steady"
    QToolTip.hideText()


def test_the_site_decides_what_keeps_being_raised(hand, page):
    hand.see("Lift · 3 raised · ● steady · raised often")
    hand.click("Set…")
    hand.see("When something keeps being raised")
    hand.key("Ctrl+A")
    hand.type("4")
    hand.key("Return")
    hand.gone("When something keeps being raised")
    hand.see("Kept being raised: at least 4 matters from 2 homes")
    hand.gone("Lift · 3 raised · ● steady · raised often")
    assert hand.reads("Lift · 3 raised · ● steady")


# --- notes -----------------------------------------------------------------------------------------------------------


def test_prevention_and_response_are_noted_beside_the_list(hand, page):
    hand.fill("Prevention", "入冬前检查立管")
    hand.see("Not noted yet; the draft is kept")
    hand.fill("Response", "漏水当天上门")
    hand.key("Ctrl+Return")
    hand.see("Noted for the digest.")
    hand.until(lambda: drain(hand).note is not None)
    note = drain(hand).note
    assert (note.prevention, note.response) == ("入冬前检查立管", "漏水当天上门")
    hand.rest()
    hand.gone("Not noted yet; the draft is kept")
    assert hand.reads("noted")
    assert drafts.drafts(hand.other, hand.colleague(), digests.DRAFT) == ()


def test_what_is_typed_survives_other_topics_periods_and_the_lock(hand, page):
    hand.fill("Prevention", "入冬前检查立管")
    page._topics.setFocus()
    hand.key("Down")
    hand.until(lambda: hand.field("Prevention").toPlainText() == "")
    hand.key("Up")
    hand.until(lambda: hand.field("Prevention").toPlainText() == "入冬前检查立管")
    hand.key("Alt+Left")
    turned_to(hand, page, last_week(hand.other).moved(-1))
    assert hand.field("Prevention").toPlainText() == ""
    hand.key("Alt+Right")
    hand.see("Not noted yet; the draft is kept")
    hand.stand.console.session.leave()
    hand.until(lambda: hand.stand.console.session is None)
    hand.see("Login or name")
    hand.stand.sign_in()
    hand.page("reports")
    hand.see("Not noted yet; the draft is kept")
    assert hand.field("Prevention").toPlainText() == "入冬前检查立管"


def test_what_somebody_else_noted_is_not_overwritten(hand, page):
    hand.fill("Prevention", "我写的")
    line = drain(hand)
    typed = NoteTyped(last_week(hand.other), line.key, "同事写的", "")
    digests.keep_note(hand.other, hand.colleague(), typed)
    hand.see("On record by")
    assert hand.field("Prevention").toPlainText() == "我写的"
    assert hand.reads("同事写的")
    hand.key("Ctrl+Return")
    hand.until(lambda: drain(hand).note.prevention == "我写的")
    hand.gone("On record by")


# --- paper, nothing, others ------------------------------------------------------------------------------------------


def test_the_digest_is_saved_as_a_file(hand, page, tmp_path):
    hand.key("Ctrl+P")
    hand.see("Ctrl+S saves a PDF file in place of printing.")
    hand.key("Ctrl+S")
    hand.fill("PDF file", str(tmp_path / "digest.pdf"))
    hand.key("Return")
    hand.see("The digest was saved: ")
    assert (tmp_path / "digest.pdf").read_bytes().startswith(b"%PDF")


def test_a_period_without_anything_says_so_and_offers_a_way(hand):
    with hand.other.store.write() as unit:
        unit.run(m.Case.update(state="void"))
        unit.announce("case", 1)
    hand.page("reports")
    hand.see("Nothing was raised in this period")
    before = hand.page("reports")._view.period
    hand.click("The period before" if hand.reads("The period before") else "The next period")
    hand.until(lambda: hand.page("reports")._view.period != before)


def test_news_of_other_desks_come_by_themselves(hand, page):
    raise_one = drain(hand).tally.case_ids[0]
    page._later.setInterval(0)
    with hand.other.store.write() as unit:
        unit.change(m.Case, raise_one, state="void")
        unit.announce("case", raise_one)
    hand.see("Drains · 6 raised")
