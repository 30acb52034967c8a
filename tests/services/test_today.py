"""The board: every open case once, under the most pressing thing it asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.routing import MatterKind, Route
from frontdesk.services import changes, drafts, today
from frontdesk.services.views import Board, MatterDraft, Overrule
from tests.services import house_kit as kit
from tests.services import lobby_kit
from tests.services.house_kit import House


def boards(house: House) -> dict[Board, list[int]]:
    return {board: [line.id for line in lines] for board, lines in today.today(house.site, house.desk).groups}


def test_an_empty_desk_asks_for_nothing(house: House) -> None:
    view = today.today(house.site, house.desk)
    assert (view.groups, view.open_count, view.completed_today, view.calls_by_hour) == ((), 0, 0, ())


def test_each_case_stands_under_what_hurts_most(house: House) -> None:
    emergency = house.log(MatterDraft(MatterKind.EMERGENCY, "电梯困人"))
    unknown = house.log(MatterDraft(content="漏水"))
    to_print = house.log()
    to_reply = house.result(house.printed(house.log()), sheet_returned=False)
    to_complete = house.told(house.result(house.printed(house.log())))
    running = house.printed(house.log())
    assert boards(house) == {
        Board.EMERGENCY: [emergency.id],
        Board.TO_ESTABLISH: [unknown.id],
        Board.TO_PRINT: [to_print.id],
        Board.TO_REPLY: [to_reply.id],
        Board.TO_COMPLETE: [to_complete.id],
        Board.RUNNING: [running.id],
    }


def test_time_moves_a_case_up_the_board(house: House) -> None:
    case = house.printed(house.log(house.leak(agreed_at=house.clock() + timedelta(hours=2))))
    seen = []
    for minutes in (0, 61, 60):
        house.clock.go_on(timedelta(minutes=minutes))
        seen.append(next(iter(boards(house))))
    assert seen == [Board.RUNNING, Board.SOON, Board.OVERDUE]
    assert boards(house) == {Board.OVERDUE: [case.id]}


def test_what_is_finished_leaves_the_board_and_is_counted(house: House) -> None:
    house.log(kit.question())
    view = today.today(house.site, house.desk)
    assert (view.groups, view.open_count, view.completed_today) == ((), 0, 1)


def test_todays_calls_are_counted_by_the_sites_own_hours(house: House) -> None:
    house.clock.now = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)  # five past midnight at the site
    house.log(started_at=house.clock())
    house.clock.now = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    for _ in range(2):
        house.log(started_at=house.clock())
    assert today.today(house.site, house.desk).calls_by_hour == ((0, 1), (10, 2))


def test_a_guard_sees_visits_and_no_cases(house: House) -> None:
    house.log()
    lobby_kit.invite(house.site, house.desk, lobby_kit.add_area(house.site))
    view = today.today(house.site, lobby_kit.add_account(house.site, Role.GUARD))
    assert (view.groups, view.open_count) == ((), 0)
    assert len(view.visits.lines) == 1


def test_who_sees_neither_has_no_board(house: House) -> None:
    with pytest.raises(Forbidden):
        today.today(house.site, Actor(9, "", Role.AUDITOR))


def test_an_overruled_emergency_is_none_any_more(house: House) -> None:
    case = house.log(MatterDraft(MatterKind.EMERGENCY, "误报", overrule=Overrule(Route.DEPARTMENT, "误报")))
    assert boards(house) == {Board.RUNNING: [case.id]}


def test_another_desks_change_is_heard(house: House) -> None:
    last = changes.followed_from(house.site)
    case = house.log()
    last, heard = changes.changed_topics(house.site, last)
    assert heard == (("case", case.id),)
    assert changes.changed_topics(house.site, last) == (last, ())


def test_a_draft_is_its_typists_own_and_the_newest_text_counts(house: House) -> None:
    other = lobby_kit.add_account(house.site, Role.RECEPTIONIST)
    for text in ("漏", "漏水"):
        drafts.keep_draft(house.site, house.desk, "call", "t1", {"content": text, "matters": [1, None]})
    house.clock.go_on(timedelta(minutes=1))
    drafts.keep_draft(house.site, house.desk, "call", "t2", {})
    found = drafts.drafts(house.site, house.desk, "call")
    assert [draft.key for draft in found] == ["t2", "t1"]
    assert found[1].data == {"content": "漏水", "matters": [1, None]}
    assert drafts.drafts(house.site, other, "call") == drafts.drafts(house.site, house.desk, "visit") == ()
    drafts.drop_draft(house.site, other, "call", "t1")
    drafts.drop_draft(house.site, house.desk, "call", "t2")
    assert [draft.key for draft in drafts.drafts(house.site, house.desk, "call")] == ["t1"]


def test_a_role_that_types_nothing_keeps_no_drafts(house: House) -> None:
    with pytest.raises(Forbidden):
        drafts.keep_draft(house.site, Actor(9, "", Role.AUDITOR), "call", "t", {})
