"""A month at a desk, in seconds: thousands of matters, two consoles, a PC that sleeps; what it caused, counted again.

The clock stands where the test puts it. What must have happened is worked out here from what was done and when, with
a calendar counted out by hand, and compared with what stands in the database.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk.domain.house_rules import HouseRules
from frontdesk.domain.paper import Mark, PrintState
from frontdesk.domain.routing import MatterKind, Route
from frontdesk.services import case_course, cases, clockwork, paperwork, reception, reference
from frontdesk.services.site import Site
from frontdesk.services.views import MarkDone, MatterDraft, ReplyDone, SheetDone
from frontdesk.storage import audit
from frontdesk.storage import models as m
from tests.services import house_kit as kit
from tests.services.conftest import Connect
from tests.services.house_kit import House
from tests.services.lobby_kit import Clock, with_clock

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 11, 23)  # a Monday
WORKDAYS = [day for offset in range(28) if (day := FIRST + timedelta(days=offset)).weekday() < 5]
CALLS = (time(9, 7), time(10, 37), time(11, 47), time(14, 13), time(15, 43), time(17, 21))
LOOKS = (time(12, 30), time(18, 10))
ASLEEP = {date(2026, 12, 2), date(2026, 12, 3)}  # and every weekend: nobody works, so that no console is on

# One call's matters: the way they go, how many of them.
MIX = {
    Route.WORK_ORDER: 9,
    Route.LIAISON: 4,
    Route.EXTERNAL: 4,
    Route.ANSWERED: 2,
    Route.COMMUNICATION: 1,
    Route.DEPARTMENT: 1,
    Route.COMPLAINT: 1,
    Route.SPECIAL_SERVICE: 1,
    Route.INCIDENT: 1,
    Route.TO_ESTABLISH: 1,
}
# What is promised by the defaults, in minutes of working time.
MINUTES = {Route.WORK_ORDER: 480, Route.LIAISON: 1440, Route.COMMUNICATION: 2400}
CAUSES = {Route.WORK_ORDER: "work_order_overdue", Route.LIAISON: "not_returned", Route.EXTERNAL: "visit_missed"}
LEVELS = (20, 20 + 960, 20 + 960 + 2400)


def at(day: date, clock: time) -> datetime:
    """An instant by the site's clock."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


def _working_spans() -> Iterator[tuple[datetime, datetime]]:
    for offset in range(90):
        day = FIRST + timedelta(days=offset)
        if day.weekday() < 5:
            yield at(day, time(8, 30)), at(day, time(12))
            yield at(day, time(13, 30)), at(day, time(18))


SPANS = tuple(_working_spans())


def after_work(start: datetime, left: timedelta) -> datetime:
    """The instant at which so much working time has passed, counted out span by span."""
    for begin, end in SPANS:
        there = max(begin, start)
        if there < end:
            if end - there >= left:
                return there + left
            left -= end - there
    raise AssertionError("the month is too short")


def worked(start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two instants."""
    parts = (min(stop, end) - max(begin, start) for begin, stop in SPANS if begin < end and stop > start)
    return sum(parts, timedelta())


@dataclass
class Deadline:
    """A time that causes something if it passes while it holds."""

    kind: str
    at: datetime
    since: datetime
    until: datetime | None = None

    def caught_by(self, looks: list[datetime]) -> datetime | None:
        """The first look of a console after it passed, where it still held."""
        for look in looks:
            if look > self.at and look >= self.since:
                return look if self.until is None or look < self.until else None
        return None


@dataclass
class Told:
    """What the test knows of a case: how it went, and the times that were promised on its way."""

    id: int
    route: Route
    logged: datetime
    deadlines: list[Deadline] = field(default_factory=list)
    promised: list[datetime] = field(default_factory=list)
    result_at: datetime | None = None
    completed: bool = False
    left: timedelta | None = None

    @property
    def current(self) -> Deadline:
        """The promised time that holds."""
        return self.deadlines[-1]

    def end_all(self, now: datetime, *kinds: str) -> None:
        """Nothing more is caused from now on."""
        for deadline in self.deadlines:
            if deadline.until is None and (not kinds or deadline.kind in kinds):
                deadline.until = now

    def promise(self, due: datetime, now: datetime) -> None:
        """A new promised time in the place of the one before."""
        kind = CAUSES.get(self.route, "overdue")
        self.end_all(now, kind)
        self.deadlines.append(Deadline(kind, due, now))
        if self.route is Route.EXTERNAL:
            self.promised.append(due)


class Month:
    """Two consoles at one site, and a book kept by hand beside them."""

    def __init__(self, connect: Connect, calls: int) -> None:
        self.connect, self.calls = connect, calls
        self.clock = Clock(at(FIRST, time(8)))
        self.house: House = kit.furnish(connect(), self.clock)
        self.other = with_clock(connect(), self.clock)
        self.chance = random.Random(20261123)
        self.book: dict[int, Told] = {}
        self.looks: list[datetime] = []
        self.todo: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self.happened = 0
        with self.house.site.store.read() as unit:
            rules = reference.rules(unit)
            broadband = unit.get(m.Component, self.house.components["broadband"])
            self.external_hours = unit.get(m.ExternalUnit, broadband.external_unit).promised_hours
        assert rules == HouseRules(), "the month is counted out by what a site starts with"
        self.receipt = timedelta(minutes=rules.receipt_minutes)

    # --- what people do ----------------------------------------------------------------------------------------------

    def matter(self, route: Route) -> MatterDraft:
        house = self.house
        return {
            Route.WORK_ORDER: house.leak(),
            Route.LIAISON: house.leak(unit_id=house.homes[kit.NEW_HOME]),
            Route.EXTERNAL: MatterDraft(content="上不了网", component_id=house.components["broadband"]),
            Route.ANSWERED: kit.question(),
            Route.COMMUNICATION: MatterDraft(MatterKind.OPINION, "装快递柜", needs_others=True, over_two_days=True),
            Route.DEPARTMENT: MatterDraft(MatterKind.OPINION, "放雨伞架", needs_others=False),
            Route.COMPLAINT: MatterDraft(MatterKind.COMPLAINT, "保洁态度不好"),
            Route.SPECIAL_SERVICE: MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"),
            Route.INCIDENT: MatterDraft(MatterKind.EMERGENCY, "电梯困人"),
            Route.TO_ESTABLISH: house.leak(unit_id=house.homes[kit.UNKNOWN_HOME]),
        }[route]

    def log(self) -> None:
        """A call with a whole list of matters; some are seen to later, most never."""
        routes = [route for route, often in MIX.items() for _ in range(often)]
        logged = reception.log_call(
            self.desk, self.house.desk, self.house.call(*(self.matter(route) for route in routes))
        )
        now = self.clock()
        for route, case in zip(routes, logged.cases, strict=True):
            assert case.route.route is route
            told = self.book[case.id] = Told(case.id, route, now)
            told.completed = route is Route.ANSWERED
            self._promise_first(told)
            self._plan(told)

    def _promise_first(self, told: Told) -> None:
        now = told.logged
        if told.route in (Route.ANSWERED, Route.TO_ESTABLISH):
            return
        if told.route is Route.COMPLAINT:
            told.deadlines = [
                Deadline("escalated", after_work(now, timedelta(minutes=minutes)), now) for minutes in LEVELS
            ]
            return
        if told.route is Route.LIAISON:
            told.deadlines.append(Deadline("not_received", after_work(now, self.receipt), now))
        if told.route is Route.INCIDENT:
            told.promise(now + timedelta(minutes=15), now)
        elif told.route is Route.EXTERNAL and self.external_hours:
            told.promise(now + timedelta(hours=self.external_hours), now)
        else:
            told.promise(after_work(now, timedelta(minutes=MINUTES.get(told.route, 480))), now)

    def _plan(self, told: Told) -> None:
        """One in seven is worked on; a few are agreed anew, paused, or signed for."""
        dice, later = self.chance.random(), self.chance.randrange(60 * 24 * 4)
        if told.route in (Route.ANSWERED, Route.TO_ESTABLISH, Route.INCIDENT, Route.SPECIAL_SERVICE):
            return
        if dice < 0.14:
            self.then(timedelta(minutes=30 + later), lambda: self.see_to(told))
        elif dice < 0.26 and told.route is Route.LIAISON:
            self.then(timedelta(minutes=5 + later // 4), lambda: self.receive(told))
        elif dice < 0.25 and told.route in (Route.WORK_ORDER, Route.EXTERNAL):
            self.then(timedelta(minutes=5 + later // 4), lambda: self.agree(told))
        elif dice < 0.29 and told.route is Route.WORK_ORDER:
            self.then(timedelta(minutes=5 + later // 8), lambda: self.pause(told))

    def then(self, wait: timedelta, act: Callable[[], None]) -> None:
        """Does something later, within somebody's working time, and never at the same instant as anything else."""
        place = next(self._order)
        when = after_work(self.clock() + wait, timedelta(minutes=1)) + timedelta(microseconds=place + 1)
        heapq.heappush(self.todo, (when, place, act))

    @property
    def desk(self) -> Site:
        """One console or the other."""
        return self.chance.choice((self.house.site, self.other))

    def _version(self, told: Told) -> int:
        with self.house.site.store.read() as unit:
            return int(unit.scalar(m.Case.select(m.Case.version).where(m.Case.id == told.id)))

    def _papers(self, told: Told) -> list[Any]:
        with self.house.site.store.read() as unit:
            return unit.all(m.Paper.select().where(m.Paper.case == told.id))

    def see_to(self, told: Told) -> None:
        """The whole course of a case; one customer in four could not be reached, one in five is not told yet."""
        site, actor, now = self.desk, self.house.desk, self.clock()
        papers, version = self._papers(told), self._version(told)
        if told.route is Route.WORK_ORDER:
            self._print(papers[0].id)
        marks: tuple[MarkDone, ...] = ()
        if told.route is Route.LIAISON:
            marks = tuple(MarkDone(mark, now, "周工") for mark in (Mark.VERIFIED, Mark.RECEIVED, Mark.PROJECT_SIGNED))
        case = cases.record_result(site, actor, told.id, version, SheetDone("已处理", now, "周启明", marks=marks))
        told.result_at = now
        told.end_all(now)
        dice = self.chance.random()
        if dice < 0.2:
            return
        said = ReplyDone("已修好", "电话") if dice < 0.75 else ReplyDone("", reason_none="三次未接通")
        case = cases.record_reply(site, actor, told.id, case.version, said)
        if told.route is not Route.COMPLAINT:  # a complaint waits for its follow-up
            cases.complete(site, actor, told.id, case.version)
            told.completed = True

    def _print(self, paper_id: int) -> None:
        """As the printer's lane does it, without laying the sheet out."""
        with self.house.site.store.write() as unit:
            blob = unit.add(m.Blob, name=f"{paper_id}", media="application/pdf", size=1, created_at=self.clock())
            made = {"at": self.clock(), "by": self.house.desk.id, "blob": blob, "sha256": "-"}
            unit.add(m.Printing, paper=paper_id, state=PrintState.RENDERED, **made)
        paperwork.record_printing(self.house.site, self.house.desk, paper_id, "前台", None, PrintState.PRINTED)

    def receive(self, told: Told) -> None:
        """The director verifies a liaison form, the project department signs for it, and that is all they do."""
        (paper,), now = self._papers(told), self.clock()
        for mark in (Mark.VERIFIED, Mark.RECEIVED):
            done, version = MarkDone(mark, now, "周工"), self._version(told)
            case_course.mark(self.desk, self.house.desk, told.id, version, paper.id, done)
        told.end_all(now, "not_received")

    def agree(self, told: Told) -> None:
        """A time is agreed anew, and then passes like any other."""
        due = self.clock() + timedelta(minutes=self.chance.randrange(60, 60 * 24 * 5), seconds=30)
        case_course.agree(self.desk, self.house.desk, told.id, self._version(told), due)
        told.promise(due, self.clock())

    def pause(self, told: Told) -> None:
        """The customer is away: the clock stands, and later runs on with what was left."""
        now = self.clock()
        told.left = max(worked(now, told.current.at), timedelta()) if told.current.at > now else timedelta()
        case_course.pause(self.desk, self.house.desk, told.id, self._version(told), "住户出差")
        told.end_all(now)
        self.then(timedelta(days=1 + self.chance.randrange(3)), lambda: self.resume(told))

    def resume(self, told: Told) -> None:
        assert told.left is not None
        case_course.resume(self.desk, self.house.desk, told.id, self._version(told))
        whole_seconds = timedelta(seconds=round(told.left.total_seconds()))
        told.promise(after_work(self.clock(), whole_seconds), self.clock())

    # --- how the month goes ------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Both consoles look at the clock at the same time; whichever comes first, the other finds nothing to do."""
        first, second = self.chance.sample((self.house.site, self.other), 2)
        self.happened += clockwork.tick(first)
        assert clockwork.tick(second) == 0
        self.looks.append(self.clock())

    def crash(self) -> None:
        """A console dies and is started again."""
        self.other.close()
        self.other = with_clock(self.connect(), self.clock)

    def go(self) -> None:
        for place, day in enumerate(WORKDAYS):
            looks = [] if day in ASLEEP else [(at(day, when), self.look) for when in LOOKS]
            calls = [(at(day, when), self.log) for when in CALLS] if place < self.calls // len(CALLS) else []
            for when, act in sorted([*looks, *calls], key=lambda each: each[0]):
                self.do_until(when)
                self.clock.now = when
                act()
            if place % 7 == 3:
                self.crash()
        self.do_until(at(WORKDAYS[-1], time(23)))
        self.clock.now = at(WORKDAYS[-1], time(23))
        self.look()

    def do_until(self, when: datetime) -> None:
        while self.todo and self.todo[0][0] < when:
            self.clock.now, _, act = heapq.heappop(self.todo)
            act()

    # --- what must have come of it -----------------------------------------------------------------------------------

    def expected(self) -> Counter[tuple[int, str, datetime, datetime]]:
        """Every consequence: of which case, which, when its time passed, and when a console saw it."""
        found: Counter[tuple[int, str, datetime, datetime]] = Counter()
        for told in self.book.values():
            entered = False
            for deadline in told.deadlines:
                seen = deadline.caught_by(self.looks)
                once = deadline.kind == "work_order_overdue"
                if seen is None or (once and entered):
                    continue
                entered |= once
                found[(told.id, deadline.kind, deadline.at, seen)] += 1
        return found

    def promises(self) -> Counter[bool | None]:
        """Visits kept, missed, and (None) overtaken by another or still to come."""
        found: Counter[bool | None] = Counter()
        for told in self.book.values():
            for place, due in enumerate(told.promised):
                deadline = next(each for each in told.deadlines if each.at == due)
                over = place + 1 == len(told.promised) and told.result_at is not None
                verdict = told.result_at <= due if over and told.result_at is not None else None
                found[False if deadline.caught_by(self.looks) else verdict] += 1
        return found


@pytest.fixture
def month(connect: Connect) -> Month:
    """120 calls, so 3,000 matters, in a file; on a server a smaller month."""
    site = connect()
    calls = 12 if site.store.on_server else len(CALLS) * len(WORKDAYS)
    site.close()
    return Month(connect, calls)


def test_a_month_of_matters_causes_everything_once_and_closes_nothing_untold(month: Month) -> None:
    month.go()
    site = month.house.site
    with site.store.read() as unit:
        rows = {row.id: row for row in unit.all(m.Case.select())}
        caused = unit.all(m.Consequence.select())
        entries = unit.all(m.RegisterEntry.select())
        promises = unit.all(m.ExternalPromise.select())
        events = unit.all(m.CaseEvent.select(m.CaseEvent.case, m.CaseEvent.kind).tuples())
        papers = unit.all(m.Paper.select(m.Paper.number, m.Paper.case, m.Paper.state))
    assert len(rows) == len(month.book) == month.calls * sum(MIX.values())

    expected = month.expected()
    assert Counter((row.case, row.kind, row.passed_at, row.at) for row in caused) == expected
    assert month.happened == len(caused)
    kinds = Counter(row.kind for row in caused)
    assert set(kinds) == {"work_order_overdue", "visit_missed", "not_received", "not_returned", "escalated", "overdue"}

    assert {row.id for row in rows.values() if row.state == "completed"} == {
        told.id for told in month.book.values() if told.completed
    }
    said = {case for case, kind in events if kind in ("reply", "no_reply")}
    for row in rows.values():
        if row.state == "completed":
            assert row.id in said and row.told_at is not None and row.result
    assert Counter(row.kept for row in promises) == month.promises()

    engineering = [entry for entry in entries if entry.register == "engineering"]
    assert len(engineering) == kinds["work_order_overdue"]
    for register in {entry.register for entry in entries}:
        serials = sorted(entry.serial for entry in entries if entry.register == register)
        assert serials == list(range(1, len(serials) + 1)), register
    struck = {entry.case for entry in entries if entry.struck_at is not None}
    assert struck == {entry.case for entry in entries if rows[entry.case].state == "completed"}

    numbers = [row.record_no for row in rows.values()] + [paper.number for paper in papers]
    for series in {number.rpartition("-")[0] for number in numbers}:
        running = sorted(int(number.rpartition("-")[2]) for number in numbers if number.startswith(f"{series}-"))
        assert running == list(range(1, len(running) + 1)), series
    assert audit.verify(site.store).problems == ()
