"""What a passed time causes happens by itself, on whatever console runs, once (domain section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.services import reception
from frontdesk.services.errors import NotFound
from frontdesk.services.site import Site
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import CallDraft, Channel, MatterDraft
from frontdesk.storage import models as m
from frontdesk.ui import clockwork
from frontdesk.ui.clockwork import Clockwork
from tests.ui.hand import DRIP, Hand, open_other
from tests.ui.shell_kit import Stand

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


class MovedClock:
    """The PC's clock, which sleeps as long as a test says."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def sleep(self, span: timedelta) -> None:
        """The PC sleeps: nobody counts, and then it is later."""
        self._ahead += span


@pytest.fixture
def clock() -> MovedClock:
    """The clock that consoles go by."""
    return MovedClock()


@pytest.fixture
def started(clock: MovedClock, open_console: Callable[..., Stand], practice: Path) -> Stand:
    """A console at its sign-in screen: nobody has signed in."""
    stand = open_console(practice, SiteKind.PRACTICE, clock=clock)
    stand.wait(lambda: stand.console._following is not None and stand.lanes.idle)
    return stand


@pytest.fixture
def other(practice: Path):
    """The same site as another program has it open."""
    site = open_other(practice)
    yield site
    site.close()


def agreed_order(site: Site, actor, due_in: timedelta) -> int:
    """A work order with an agreed time."""
    at = site.now() + due_in
    with site.store.read() as unit:
        pump = unit.one(m.Component.select().where(m.Component.code == "pump"))
    matter = MatterDraft(content=DRIP, component_id=pump.id, agreed_at=at)
    draft = CallDraft(f"t{at.timestamp()}", Channel.CALL, site.now(), matters=(matter,))
    return reception.log_call(site, actor, draft).cases[0].id


def entries(site: Site, case_id: int) -> list[str]:
    with site.store.read() as unit:
        return [row.register for row in unit.all(m.RegisterEntry.select().where(m.RegisterEntry.case == case_id))]


def caused(site: Site, case_id: int) -> Counter[str]:
    with site.store.read() as unit:
        return Counter(row.kind for row in unit.all(m.Consequence.select().where(m.Consequence.case == case_id)))


def test_4_1_2_an_overdue_order_enters_the_engineering_record_by_itself(started, clock, other, qapp):
    actor = Hand(started, qapp, other).colleague()
    case_id = agreed_order(other, actor, timedelta(hours=2))
    assert entries(other, case_id) == []
    clock.sleep(timedelta(hours=3))  # noticed by the jump, long before the half minute is over; nobody is signed in
    started.wait(lambda: entries(other, case_id) != [])
    assert entries(other, case_id) == [Register.ENGINEERING]
    started.console._following.clockwork.tick()
    started.wait(lambda: started.lanes.idle)
    assert caused(other, case_id) == {ConsequenceKind.WORK_ORDER_OVERDUE: 1}


def test_two_consoles_cause_it_once(started, clock, other, open_console, practice, qapp):
    second = open_console(practice, SiteKind.PRACTICE, clock=clock)
    second.wait(lambda: second.console._following is not None and second.lanes.idle)
    case_id = agreed_order(other, Hand(started, qapp, other).colleague(), timedelta(hours=2))
    clock.sleep(timedelta(hours=3))
    for stand in (started, second):
        stand.console._following.clockwork.tick()
    started.wait(lambda: entries(other, case_id) != [])
    started.wait(lambda: started.lanes.idle and second.lanes.idle)
    assert caused(other, case_id) == {ConsequenceKind.WORK_ORDER_OVERDUE: 1}
    assert entries(other, case_id) == [Register.ENGINEERING]


def test_it_goes_on_behind_the_lock_and_the_board_follows(started, clock, other, qapp):
    started.sign_in()
    hand = Hand(started, qapp, other)
    case_id = agreed_order(other, hand.colleague(), timedelta(hours=2))
    hand.key("F9")
    hand.see("Unlock")
    clock.sleep(timedelta(hours=3))
    hand.until(lambda: entries(other, case_id) != [])
    assert started.console.session.locked
    hand.fill("Password", "four quiet geese")
    hand.key("Return")
    hand.see("Overdue", DRIP, "Not finished by the agreed time", "1:00 over")


def test_trouble_that_lasts_is_told_once(qtbot, started, monkeypatch):
    ticks, told = [], []

    def fails(_site: Site) -> int:
        ticks.append(1)
        raise NotFound(table="case", key=1)

    monkeypatch.setattr(clockwork, "tick", fails)
    going: Clockwork = started.console._following.clockwork
    going.trouble.connect(told.append)
    for round_ in range(3):
        going.tick()
        qtbot.waitUntil(lambda wanted=round_: len(ticks) > wanted and started.lanes.idle)
    assert [type(error) for error in told] == [NotFound]
    monkeypatch.setattr(clockwork, "tick", lambda _site: 0)
    going.tick()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] is None


@pytest.mark.parametrize(
    ("by_wall", "by_monotonic", "jumped"),
    [
        (1.0, 1.0, False),
        (3600.0, 1.0, True),  # asleep, and the monotonic clock with it
        (3600.0, 3600.0, True),  # asleep, the monotonic clock went on
        (-3600.0, 1.0, True),  # somebody has set the clock back
        (4.0, 4.0, False),
    ],
)
def test_a_jump_of_the_wall_clock_is_seen(by_wall, by_monotonic, jumped):
    assert Clockwork._is_jump(timedelta(seconds=by_wall), timedelta(seconds=by_monotonic)) is jumped
