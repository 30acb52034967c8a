"""The practice community: alive, the same everywhere, and plainly invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.routing import Route
from frontdesk.domain.sitebook import SheetKey
from frontdesk.services import accounts, cases, reception, settings, site_setup, sitebook, today, visits, ways
from frontdesk.services import sample_data as data
from frontdesk.services.errors import WrongPassword
from frontdesk.services.site import Site
from frontdesk.services.site_setup import SiteKind
from frontdesk.services.views import Board, CaseFilter, MatterDraft, NewAccount
from frontdesk.storage import models as m
from frontdesk.storage.keystore import KeyStore

ADMIN = NewAccount("admin", "林主任", "correct horse", Role.ADMINISTRATOR)
AFTERNOON = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def make(folder: Path, at: datetime = AFTERNOON) -> Site:
    keys = KeyStore(folder / "keys", keyring=False)
    site, _ = site_setup.create_site(folder, SiteKind.PRACTICE, "云杉苑", ADMIN, keystore=keys, clock=lambda: at)
    return site


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = make(tmp_path_factory.mktemp("practice"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def admin(practice: Site) -> Actor:
    return accounts.sign_in(practice, "admin", ADMIN.password)


def contents(site: Site) -> tuple[list[tuple[object, ...]], ...]:
    with site.store.read() as unit:
        return tuple(
            unit.all(query.tuples())
            for query in (
                m.Person.select(m.Person.id, m.Person.name),
                m.Phone.select(m.Phone.person, m.Phone.normal),
                m.Unit.select(m.Unit.label, m.Unit.delivered_on),
                m.Case.select(m.Case.record_no, m.Case.content, m.Case.state, m.Case.due_at),
            )
        )


def test_it_has_three_houses_of_a_hundred_and_twenty_homes_and_three_hundred_people(practice: Site) -> None:
    with practice.store.read() as unit:
        assert unit.count(m.Building.select()) == 3
        assert unit.count(m.Unit.select().where(m.Unit.room != "")) == 120
        assert 280 <= unit.count(m.Person.select()) <= 320
        relations = {row.relation for row in unit.all(m.Residency.select())}
    assert relations == {"owner", "family", "tenant"}


def test_numbers_are_invented_and_given_once(practice: Site) -> None:
    _, phones, _, _ = contents(practice)
    numbers = [str(number) for _, number in phones]
    assert len(numbers) == len(set(numbers)) > 200
    assert all(number.startswith(data.PHONE_BLOCKS) and len(number) == 11 for number in numbers)


def test_it_is_the_same_on_every_machine(practice: Site, tmp_path: Path) -> None:
    twin = make(tmp_path)
    assert contents(twin) == contents(practice)
    twin.close()


def test_the_board_asks_for_many_kinds_of_work(practice: Site, admin: Actor) -> None:
    view = today.today(practice, admin)
    boards = {board for board, _ in view.groups}
    assert boards >= {
        Board.OVERDUE,
        Board.SOON,
        Board.TO_ESTABLISH,
        Board.TO_PRINT,
        Board.TO_REPLY,
        Board.TO_COMPLETE,
        Board.RUNNING,
    }
    assert view.open_count == sum(len(lines) for _, lines in view.groups)
    assert view.completed_today == 1
    assert sum(calls for _, calls in view.calls_by_hour) == 5
    assert len(view.visits.lines) == 3


def test_its_cases_went_every_way(practice: Site, admin: Actor) -> None:
    page = cases.case_page(practice, admin, CaseFilter.ALL, limit=100)
    routes = {line.route for line in page.lines}
    assert routes >= {
        Route.WORK_ORDER, Route.LIAISON, Route.EXTERNAL, Route.COMMUNICATION, Route.COMPLAINT, Route.ANSWERED,
        Route.TO_ESTABLISH,
    }  # fmt: skip
    assert page.total == 13


def test_the_known_caller_is_there_for_guides(practice: Site, admin: Actor) -> None:
    (caller,) = reception.find_callers(practice, admin, "13800002210")
    assert (caller.name, caller.unit.label) == (data.KNOWN_NAME, data.KNOWN_HOME)
    drain = next(view for view in settings.site_view(practice, admin).components if view.name == "下水管道")
    route = reception.preview_route(practice, admin, MatterDraft(component_id=drain.id), caller.unit.id)
    assert route.route is Route.WORK_ORDER


def test_every_area_has_a_way_from_the_lobby_in_three_languages(practice: Site, admin: Actor) -> None:
    for area in settings.site_view(practice, admin).areas:
        view = visits.map_to(practice, admin, area.id)
        assert view.way[0] == view.here and view.shapes, area
        assert all(0 <= x <= view.size[0] and 0 <= y <= view.size[1] for x, y in view.way)
    with practice.store.read() as unit:
        drawn = [ways.way_of(row) for row in unit.all(m.Area.select())]
    assert all(way and set(way.steps) == {"zh_CN", "en", "zh_TW"} for way in drawn)


def test_its_book_is_filled_and_free_of_mistakes(practice: Site, admin: Actor) -> None:
    count = {item.sheet: item.count for item in sitebook.checklist(practice, admin)}
    assert (count[SheetKey.PRICES], count[SheetKey.STAFF], count[SheetKey.EQUIPMENT]) == (12, 6, 6)
    exported = sitebook.workbook(practice, admin, "zh_CN", filled=True)
    plan = sitebook.check_workbook(practice, admin, "book.xlsx", exported)
    assert plan.mistakes == ()
    assert not any(one.new or one.changed for one in plan.counts)


def test_invented_colleagues_cannot_sign_in(practice: Site) -> None:
    with pytest.raises(WrongPassword):
        accounts.sign_in(practice, data.STAFF[0][1], "")


@pytest.mark.parametrize("hour", [0, 16, 23])
def test_it_can_be_made_at_any_time_of_day(tmp_path: Path, hour: int) -> None:
    site = make(tmp_path, datetime(2026, 3, 1, hour, 30, tzinfo=UTC))
    with site.store.read() as unit:
        assert unit.count(m.Case.select()) == 13
    site.close()
