"""What passed times cause: each kind, once, by whichever console comes first, also after the PC slept."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from frontdesk.domain.access import SYSTEM
from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.paper import Mark
from frontdesk.domain.routing import MatterKind, Place, Route
from frontdesk.services import case_course, case_routes, cases, clocks, clockwork
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, ChaseDone, EventKind, MarkDone, MatterDraft, Overrule, Telling, ToldHow
from frontdesk.storage import models as m
from tests.services import house_kit as kit
from tests.services.conftest import Connect
from tests.services.house_kit import House
from tests.services.lobby_kit import with_clock

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def pass_to(house: House, when: datetime | None) -> Counter[str]:
    """What a console causes just after an instant, and that it causes nothing twice."""
    assert when is not None
    before = consequences(house.site)
    house.clock.now = when
    assert clockwork.tick(house.site) == 0, "caused before it has passed"
    house.clock.now = when + MINUTE
    caused = clockwork.tick(house.site)
    assert clockwork.tick(house.site) == 0
    found = consequences(house.site) - before
    assert found.total() == caused
    return found


def consequences(site: Site) -> Counter[str]:
    with site.store.read() as unit:
        return Counter(row.kind for row in unit.all(m.Consequence.select()))


def now(house: House, case: CaseView) -> CaseView:
    return cases.case(house.site, house.desk, case.id)


def external(house: House) -> CaseView:
    return house.log(MatterDraft(content="上不了网", component_id=house.components["broadband"]))


# --- each kind -------------------------------------------------------------------------------------------------------


def test_4_1_2_an_overdue_work_order_enters_the_engineering_record_once(house: House) -> None:
    case = house.log()
    assert pass_to(house, case.due_at) == {ConsequenceKind.WORK_ORDER_OVERDUE: 1}
    (entry,) = now(house, case).entries
    assert (entry.register, entry.serial, entry.reason) == (Register.ENGINEERING, "2026-0001", "work_order_overdue")
    assert [event.kind for event in now(house, case).events[-2:]] == [EventKind.CAUSED, EventKind.ENTERED]
    later = house.clock() + DAY
    case_course.agree(house.site, house.desk, case.id, now(house, case).version, later)
    assert pass_to(house, later) == {}
    assert now(house, case).entries == (entry,)
    done = house.completed(house.told(house.result(house.printed(now(house, case)))))
    assert done.entries[0].struck_at == house.clock()


def test_a_reopened_order_is_overdue_anew(house: House) -> None:
    case = house.log()
    pass_to(house, case.due_at)
    closed = house.completed(house.told(house.result(house.printed(now(house, case)))))
    again = cases.reopen(house.site, house.desk, case.id, closed.version, "又漏了")
    assert pass_to(house, again.due_at) == {ConsequenceKind.WORK_ORDER_OVERDUE: 1}
    assert [entry.serial for entry in now(house, case).entries] == ["2026-0001", "2026-0002"]


def test_4_1_4_a_missed_visit_is_caused_anew_by_each_promise(house: House) -> None:
    case = external(house)
    assert pass_to(house, case.due_at) == {ConsequenceKind.VISIT_MISSED: 1}
    promised = house.clock() + DAY
    done = ChaseDone("王工", "明天一定来", promised_at=promised)
    case_course.chase(house.site, house.desk, case.id, now(house, case).version, done)
    assert pass_to(house, promised) == {ConsequenceKind.VISIT_MISSED: 1}
    company = case.route.external
    assert company is not None
    assert case_course.promise_record(house.site, house.desk, company.id).missed == 2


def test_an_external_units_visit_keeps_its_time_beside_another_way(house: House) -> None:
    case = external(house)
    house.clock.go_on(HOUR)
    both = case_routes.add_route(
        house.site, house.desk, case.id, case.version, Overrule(Route.WORK_ORDER, "先由工程部看")
    )
    assert case.due_at is not None and both.due_at is not None and both.due_at != case.due_at
    caused = [pass_to(house, due) for due in sorted((case.due_at, both.due_at))]
    kinds = [ConsequenceKind.VISIT_MISSED, ConsequenceKind.WORK_ORDER_OVERDUE]
    assert caused == [{kind: 1} for kind in (kinds if case.due_at < both.due_at else kinds[::-1])]


def test_4_1_3_a_form_not_signed_for_and_not_returned_is_chased(house: House) -> None:
    case = house.log(unit_id=house.homes[kit.NEW_HOME])
    with house.site.store.read() as unit:
        issued = unit.get(m.Paper, case.papers[0].id).issued_at
    # Eight hours of work, from ten in the morning to ten of the next day.
    assert pass_to(house, issued + DAY) == {ConsequenceKind.NOT_RECEIVED: 1}
    assert pass_to(house, case.due_at) == {ConsequenceKind.NOT_RETURNED: 1}


def test_4_1_3_a_form_that_was_signed_for_is_not_chased_for_that(house: House) -> None:
    case = house.log(unit_id=house.homes[kit.NEW_HOME])
    for mark in (Mark.VERIFIED, Mark.RECEIVED):
        done = MarkDone(mark, house.clock(), who="周工")
        case = case_course.mark(house.site, house.desk, case.id, case.version, case.papers[0].id, done)
    house.clock.go_on(2 * DAY)
    assert clockwork.tick(house.site) == 0


def test_4_3_a_complaint_goes_up_level_by_level_until_it_is_resolved(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度不好"))
    start = house.clock()
    assert pass_to(house, start + 20 * MINUTE) == {ConsequenceKind.ESCALATED: 1}
    assert now(house, case).level == 1
    telling = Telling("责任部门负责人", ToldHow.PHONED)
    case_course.tell(house.site, house.desk, case.id, now(house, case).version, telling)
    with house.site.store.read() as unit:
        assert unit.count(m.Consequence.select().where(m.Consequence.settled_at.is_null())) == 0
    house.clock.now = start + 4 * DAY
    assert (clockwork.tick(house.site), now(house, case).level) == (1, 2)
    house.result(now(house, case))
    house.clock.now = start + 30 * DAY
    assert (clockwork.tick(house.site), now(house, case).level) == (0, 2)


def test_what_has_no_consequence_of_its_own_is_overdue_on_record(house: House) -> None:
    emergency = house.log(MatterDraft(MatterKind.EMERGENCY, "电梯困人"))
    assert pass_to(house, emergency.due_at) == {ConsequenceKind.OVERDUE: 1}
    opinion = house.log(MatterDraft(MatterKind.OPINION, "放雨伞架", needs_others=False))
    assert pass_to(house, opinion.due_at) == {ConsequenceKind.OVERDUE: 1}


def test_4_1_1_a_burst_pipes_two_papers_run_out_each_at_its_own_time(house: House) -> None:
    burst = house.leak(kind=MatterKind.EMERGENCY, place_kind=Place.HOME)
    case = house.log(burst)
    assert [way.view.route for way in case.routes] == [Route.INCIDENT, Route.WORK_ORDER]
    assert pass_to(house, case.due_at) == {ConsequenceKind.OVERDUE: 1}
    assert pass_to(house, max(paper.due_at for paper in case.papers if paper.due_at)) == {
        ConsequenceKind.WORK_ORDER_OVERDUE: 1
    }


# --- once, whoever comes first ---------------------------------------------------------------------------------------


def test_a_pc_that_slept_over_several_times_catches_up_once(house: House) -> None:
    complaint = house.log(MatterDraft(MatterKind.COMPLAINT, "保洁态度不好"))
    order = house.log()
    house.clock.go_on(60 * DAY)
    assert clockwork.tick(house.site) == 4
    assert consequences(house.site) == {ConsequenceKind.ESCALATED: 3, ConsequenceKind.WORK_ORDER_OVERDUE: 1}
    assert (now(house, complaint).level, len(now(house, order).entries)) == (3, 1)
    assert clockwork.tick(house.site) == 0


def test_two_consoles_that_look_at_the_same_instant_cause_everything_once(house: House, connect: Connect) -> None:
    for _ in range(12):
        house.log()
    other = with_clock(connect(), house.clock)
    house.clock.go_on(10 * DAY)
    counts: list[int] = []
    together = threading.Barrier(2)

    def look(site: Site) -> None:
        together.wait(timeout=30)
        counts.append(clockwork.tick(site))

    threads = [threading.Thread(target=look, args=(site,)) for site in (house.site, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(counts) == 2 and sum(counts) == 12
    with house.site.store.read() as unit:
        serials = sorted(row.serial for row in unit.all(m.RegisterEntry.select()))
    assert serials == list(range(1, 13))


def test_what_is_closed_void_or_joined_causes_nothing(house: House) -> None:
    house.completed(house.told(house.result(external(house))))
    void = house.log()
    cases.void(house.site, house.desk, void.id, void.version, "登错了")
    main = house.result(external(house))
    joined = house.log(house.leak())
    case_routes.join(house.site, house.desk, joined.id, joined.version, main.id)
    house.clock.go_on(60 * DAY)
    assert clockwork.tick(house.site) == 0


# --- the calendar changes --------------------------------------------------------------------------------------------


def recompute(house: House, *days_off: date) -> int:
    with house.site.store.write() as unit:
        for day in days_off:
            unit.put(m.CalendarDay, {"day": day}, working=False)
        return clocks.recompute_open(unit, house.site, SYSTEM)


def test_open_times_move_with_the_calendar_and_agreed_ones_stay(house: House) -> None:
    running = house.log()
    agreed = house.log(house.leak(agreed_at=house.clock() + DAY))
    day_and_night = external(house)
    paused = house.log()
    paused = case_course.pause(house.site, house.desk, paused.id, paused.version, "等住户")
    assert recompute(house) == 0
    assert recompute(house, date(2026, 11, 24)) == 1
    moved = now(house, running)
    assert running.due_at is not None
    assert moved.due_at == moved.papers[0].due_at == running.due_at + DAY
    assert moved.events[-1].kind == EventKind.CLOCK_MOVED
    for case in (agreed, day_and_night, paused):
        assert replace(now(house, case), version=case.version) == case
    assert case_course.resume(house.site, house.desk, paused.id, paused.version).due_at == moved.due_at
