"""The digest: what was raised in a period, how it was answered, and what was noted about it (procedure 4.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.digests import Kept, Period, PeriodKind, Thresholds, Topic, Trend, period_of
from frontdesk.domain.routing import MatterKind
from frontdesk.services import cases, changes, digests, drafts
from frontdesk.services.digests import NoteTyped
from frontdesk.services.errors import BadInput
from frontdesk.services.views import MatterDraft, SheetDone
from frontdesk.services.views.digests import DigestView
from frontdesk.storage import models as m
from frontdesk.storage.errors import EditConflict
from tests.services import lobby_kit
from tests.services.house_kit import NEW_HOME, OLD_HOME, UNKNOWN_HOME, House

MONDAY = datetime(2026, 10, 19, 2, 0, tzinfo=UTC)  # ten in the morning at the site
WEEK = timedelta(days=7)


def week(house: House) -> Period:
    """This week."""
    return period_of(PeriodKind.WEEK, house.site.today())


def made(house: House, wanted: Period | PeriodKind | None = None) -> DigestView:
    return digests.digest(house.site, house.desk, wanted or week(house))


def drip(house: House, home: str = OLD_HOME, **changes: object) -> int:
    """A drain that drips in a home, reported by whoever lives there; the case's id."""
    return house.log(house.leak(unit_id=house.homes[home], **changes), unit_id=house.homes[home]).id


def change(house: House, case_id: int, **fields: object) -> None:
    """What the course of a case would come to."""
    with house.site.store.write() as unit:
        unit.change(m.Case, case_id, **fields)


def test_nothing_raised_is_an_empty_digest(house: House) -> None:
    view = made(house)
    assert (view.topics, view.buildings, view.tally.matters, view.since) == ((), (), 0, None)
    assert view.trend is Trend.UNKNOWN


def test_topics_are_counted_with_their_buildings_and_cases(house: House) -> None:
    drains = [drip(house), drip(house), drip(house, NEW_HOME)]
    complaint = house.log(MatterDraft(MatterKind.COMPLAINT, "楼上装修太吵")).id
    view = made(house)
    assert [line.key for line in view.topics] == [f"component:{house.components['drain']}", "complaint"]
    drain = view.topics[0]
    assert drain.component is not None and drain.component.name_en == "Drains"
    assert sorted(drain.tally.case_ids) == drains
    assert [(line.building.name, line.tally.matters) for line in drain.buildings if line.building] == [
        ("3栋", 2),
        ("1栋", 1),
    ]
    assert (drain.homes, drain.kept) == (2, (Kept.OFTEN,))
    assert [(line.label, line.tally.matters) for line in drain.repeats] == [(OLD_HOME, 2)]
    assert view.topics[1].tally.case_ids == (complaint,)
    assert view.topics[1].kept == ()
    assert [(line.building.name, line.tally.matters) for line in view.buildings if line.building] == [
        ("3栋", 3),
        ("1栋", 1),
    ]
    assert (view.tally.matters, view.tally.callers) == (4, 4)


def test_several_callers_of_one_fault_are_one_matter(house: House) -> None:
    main, *others = [drip(house), drip(house, NEW_HOME), drip(house, UNKNOWN_HOME)]
    for other in others:
        change(house, other, joined_to=main, component=house.components["wiring"])
    (line,) = made(house).topics
    assert line.topic == Topic(component=house.components["drain"])
    assert (line.tally.matters, line.tally.callers, line.homes) == (1, 3, 3)
    assert sorted(line.tally.case_ids) == [main, *others]


def test_void_cases_were_never_raised(house: House) -> None:
    change(house, drip(house), state="void")
    assert made(house).tally.matters == 0


def test_a_week_is_measured_by_the_four_before(house: House) -> None:
    for weeks, count in enumerate((1, 2, 1, 2, 1, 4)):
        house.clock.now = MONDAY + weeks * WEEK
        for _ in range(count):
            drip(house)
    view = made(house)
    (line,) = view.topics
    assert [period.key for period in view.compared] == ["2026-W44", "2026-W45", "2026-W46", "2026-W47"]
    assert (line.history, line.mean, line.tally.matters) == ((2, 1, 2, 1), 1.5, 4)
    assert (line.trend, line.kept) == (Trend.RISING, (Kept.RISING,))
    assert (view.history, view.trend) == ((2, 1, 2, 1), Trend.RISING)


def test_a_running_week_is_compared_with_as_much_of_the_others(house: House) -> None:
    house.clock.now = MONDAY
    drip(house)
    house.clock.now = MONDAY + WEEK
    drip(house)
    house.clock.go_on(timedelta(days=3))
    drip(house)
    house.clock.now = MONDAY + 2 * WEEK
    drip(house)
    house.clock.go_on(timedelta(hours=1))
    view = made(house)
    assert (view.running, view.until, view.history) == (True, house.clock.now, (1, 1))
    house.clock.go_on(WEEK)
    assert made(house, view.period).history == (1, 2)


def test_days_are_the_sites_own(house: House) -> None:
    house.clock.now = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)  # Monday, five past midnight at the site
    drip(house)
    house.clock.go_on(timedelta(hours=2))
    assert made(house, Period(PeriodKind.WEEK, 2026, 48)).tally.matters == 1
    assert made(house, Period(PeriodKind.WEEK, 2026, 47)).tally.matters == 0


def test_one_looks_at_the_last_period_that_is_over(house: House) -> None:
    assert made(house, PeriodKind.WEEK).period == week(house)
    drip(house)
    assert made(house, PeriodKind.WEEK).period == week(house)
    house.clock.go_on(WEEK)
    view = made(house, PeriodKind.WEEK)
    assert (view.period, view.following) == (week(house).moved(-1), week(house))
    assert made(house).following is None
    assert made(house, PeriodKind.MONTH).period == Period(PeriodKind.MONTH, 2026, 11)


def test_how_it_was_answered(house: House) -> None:
    kept, owed, late = drip(house), drip(house), drip(house)
    waits, complaint = drip(house), house.log(MatterDraft(MatterKind.COMPLAINT, "太吵")).id
    now = house.clock()
    due = now + timedelta(hours=4)
    change(house, kept, due_at=due, result_at=due, told_at=due, state="completed", reopened=1)
    change(house, owed, due_at=due, result_at=due - timedelta(hours=2))
    change(house, late, due_at=due)
    change(house, waits, due_at=due, paused_at=now)
    change(house, complaint, level=2, due_at=now + timedelta(days=9))
    with house.site.store.write() as unit:
        unit.add(m.FollowUp, case=kept, state="done", due_at=due, done_at=now + timedelta(days=1), rating=4)
        unit.add(m.FollowUp, case=late, state="due", due_at=due)
    house.clock.go_on(timedelta(days=2))
    view = made(house)
    found = view.response
    assert (sorted(found.kept), found.missed, found.kept_percent) == ([kept, owed], (late,), 66)
    assert (found.owed, found.reopened, found.median) == ((owed,), (kept,), timedelta(hours=3))
    assert (found.rating, found.rated, found.levels) == (4, (kept,), ((2, (complaint,)),))
    drain = next(line for line in view.topics if line.component)
    assert (drain.response.rating, drain.response.levels) == (4, ())


def test_a_result_counts_from_when_the_work_was_done(house: House) -> None:
    case = house.printed(house.log(house.leak(agreed_at=house.clock() + timedelta(hours=4))))
    house.clock.go_on(timedelta(hours=20))  # the sheet comes back the next morning
    done = SheetDone("更换接头", house.clock() - timedelta(hours=17), "周启明", sheet_returned=True)
    cases.record_result(house.site, house.desk, case.id, case.version, done)
    found = made(house).response
    assert (found.kept, found.missed, found.median) == ((case.id,), (), timedelta(hours=3))


# --- notes -----------------------------------------------------------------------------------------------------------


def typed(house: House, **changes: object) -> NoteTyped:
    (line,) = made(house).topics
    return replace(NoteTyped(week(house), line.key, "入冬前检查水管", "当天上门"), **changes)  # type: ignore[arg-type]


def test_prevention_and_response_are_noted_and_seen_the_period_after(house: House) -> None:
    drip(house)
    kept = digests.keep_note(house.site, house.desk, typed(house))
    assert (kept.prevention, kept.response, kept.by) == ("入冬前检查水管", "当天上门", house.desk.name)
    assert made(house).topics[0].note == kept
    house.clock.go_on(WEEK)
    drip(house)
    (line,) = made(house).topics
    assert (line.note, line.last_note) == (None, kept)


def test_a_note_is_audited_announced_and_takes_its_draft_along(house: House) -> None:
    drip(house)
    note = typed(house)
    drafts.keep_draft(house.site, house.desk, digests.DRAFT, digests.draft_key(note.period, note.topic), {"p": "x"})
    before = changes.followed_from(house.site)
    digests.keep_note(house.site, house.desk, note)
    assert drafts.drafts(house.site, house.desk, digests.DRAFT) == ()
    assert (digests.TOPIC, 0) in changes.changed_topics(house.site, before)[1]
    with house.site.store.read() as unit:
        actions = [row.action for row in unit.all(m.Audit.select())]
    assert "digest.noted" in actions


def test_a_note_that_somebody_else_changed_is_not_overwritten(house: House) -> None:
    drip(house)
    first = digests.keep_note(house.site, house.desk, typed(house))
    with pytest.raises(EditConflict):
        digests.keep_note(house.site, house.desk, typed(house, prevention="别的"))
    house.clock.go_on(timedelta(seconds=1))
    second = digests.keep_note(house.site, house.desk, typed(house, prevention="别的", seen=first.at))
    assert second.prevention == "别的"
    with pytest.raises(EditConflict):
        digests.keep_note(house.site, house.desk, typed(house, seen=first.at))
    assert made(house).topics[0].note == second


def test_what_is_too_long_is_refused(house: House) -> None:
    drip(house)
    with pytest.raises(BadInput):
        digests.keep_note(house.site, house.desk, typed(house, response="长" * 5000))


def test_thresholds_are_the_sites_own(house: House) -> None:
    drip(house)
    drip(house, NEW_HOME)
    assert made(house).topics[0].kept == ()
    admin = lobby_kit.add_account(house.site, Role.ADMINISTRATOR)
    limits = digests.keep_thresholds(house.site, admin, Thresholds(least_matters=2, rising_percent=0))
    assert limits == Thresholds(least_matters=2, rising_percent=1)
    view = made(house)
    assert (view.limits, view.topics[0].kept) == (limits, (Kept.OFTEN,))


def test_who_may(house: House) -> None:
    drip(house)
    note = typed(house)
    department = lobby_kit.add_account(house.site, Role.DEPARTMENT)
    assert digests.digest(house.site, department, PeriodKind.WEEK).tally.matters == 1
    with pytest.raises(Forbidden):
        digests.keep_note(house.site, department, note)
    with pytest.raises(Forbidden):
        digests.keep_thresholds(house.site, house.desk, Thresholds())
    with pytest.raises(Forbidden):
        digests.digest(house.site, Actor(9, "", Role.GUARD), PeriodKind.WEEK)
