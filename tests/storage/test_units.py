"""Units of work, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.routing import Route
from frontdesk.storage import models as m
from frontdesk.storage.changes import Change
from frontdesk.storage.database import Store
from frontdesk.storage.errors import DatabaseLocked, EditConflict, NotFound
from frontdesk.storage.fields import from_microseconds, to_microseconds
from frontdesk.storage.unit import Unit

AT = datetime(2026, 11, 23, 9, 2, 3, 456789, tzinfo=UTC)


def add_account(unit: Unit, login: str = "li") -> int:
    return unit.add(m.Account, login=login, name="李明", role="receptionist", password_hash="x", created_at=AT)


def add_kiosk(unit: Unit) -> int:
    return unit.add(m.Kiosk, uuid="k", letter="A", name="大堂", public_key=b"\0\xff", state="paired", paired_at=AT)


def add_visit(unit: Unit) -> int:
    return unit.add(m.Visit, uuid="v", purpose="guest", state="on_site", arrived_at=AT, until_at=AT)


def test_a_row_comes_back_as_it_went_in(store: Store) -> None:
    shanghai = AT.astimezone(timezone(timedelta(hours=8)))
    with store.write() as unit:
        account = unit.add(
            m.Account, login="li", name="李𠮷", role=Route.LIAISON, password_hash="x", created_at=shanghai,
            settings={"language": "zh_CN", "sizes": [1, 2.5, None, True]},
        )  # fmt: skip
        kiosk = add_kiosk(unit)
        building = unit.add(m.Building, code="3", name_zh="3栋", delivered_on=date(2019, 6, 30))
    with store.read() as unit:
        row = unit.get(m.Account, account)
        assert (row.created_at, row.created_at.tzinfo) == (AT, UTC)
        assert (row.name, row.role, row.active, row.signed_in_at) == ("李𠮷", "liaison", True, None)
        assert row.settings == {"language": "zh_CN", "sizes": [1, 2.5, None, True]}
        assert unit.get(m.Kiosk, kiosk).public_key == b"\0\xff"
        assert unit.get(m.Building, building).delivered_on == date(2019, 6, 30)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])))
def test_an_instant_is_exact_in_microseconds(at: datetime) -> None:
    assert from_microseconds(to_microseconds(at)) == at


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"), store.write() as unit:
        unit.change(m.Account, 1, created_at=AT.replace(tzinfo=None))


def test_a_link_reads_as_the_other_rows_key(store: Store) -> None:
    with store.write() as unit:
        account = add_account(unit)
        draft = unit.add(m.Draft, account=account, kind="call", value={}, updated_at=AT)
    with store.read() as unit:
        assert unit.get(m.Draft, draft).account == account
        assert unit.count(m.Draft.select().where(m.Draft.account == account)) == 1


def test_a_row_that_is_referred_to_stays(store: Store) -> None:
    with store.write() as unit:
        account = add_account(unit)
        unit.add(m.Draft, account=account, kind="call", value={}, updated_at=AT)
    with pytest.raises(peewee.IntegrityError), store.write() as unit:
        unit.run(m.Account.delete())
    with store.read() as unit:
        assert unit.count(m.Account.select()) == 1


def test_a_failing_unit_leaves_nothing(store: Store) -> None:
    done: list[str] = []
    before = store.last_change()
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        add_account(unit)
        unit.number("WO", "202611")
        unit.announce("account", 1)
        unit.after_commit(lambda: done.append("after"))
        1 / 0  # noqa: B018
    with store.write() as unit:
        assert unit.count(m.Account.select()) == 0
        assert unit.number("WO", "202611") == 1
    assert not done
    assert store.changes_since(before) == (before, [])


def test_after_the_commit_the_row_is_there_for_others(store: Store, other: Store) -> None:
    seen: list[int] = []

    def look() -> None:
        with other.read() as unit:
            seen.append(unit.count(m.Account.select()))

    with store.write() as unit:
        add_account(unit)
        look()
        unit.after_commit(look)
    assert seen == [0, 1]


def test_a_reading_unit_does_not_write(store: Store) -> None:
    with store.read() as unit:
        for act in (
            lambda: add_account(unit),
            lambda: unit.run(m.Account.delete()),
            lambda: unit.announce("account", 1),
            lambda: unit.number("WO", "202611"),
        ):
            with pytest.raises(RuntimeError, match="only reads"):
                act()


def test_units_do_not_nest(store: Store) -> None:
    with store.write() as unit:
        with pytest.raises(RuntimeError, match="open already"), store.read():
            raise AssertionError("a unit within a unit")
        add_account(unit)
    with store.read() as unit:
        assert unit.count(m.Account.select()) == 1


def test_a_reading_unit_sees_one_moment(store: Store, other: Store) -> None:
    with store.read() as unit:
        assert unit.count(m.Account.select()) == 0
        with other.write() as writing:
            add_account(writing)
        assert unit.count(m.Account.select()) == 0
    with store.read() as unit:
        assert unit.count(m.Account.select()) == 1


def test_the_same_query_asked_again_sees_new_rows(store: Store) -> None:
    query = m.Account.select()
    with store.write() as unit:
        assert unit.all(query) == []
        add_account(unit)
        assert [row.login for row in unit.all(query)] == ["li"]
        assert unit.one(query.where(m.Account.login == "nobody")) is None
        assert unit.scalar(m.Account.select(m.Account.name)) == "李明"


def test_what_is_not_there_is_said(store: Store) -> None:
    with store.write() as unit:
        with pytest.raises(NotFound) as caught:
            unit.get(m.Account, 7)
        assert caught.value.details == {"table": "account", "key": 7}
        with pytest.raises(NotFound):
            unit.change(m.Account, 7, name="x")
        with pytest.raises(NotFound):
            unit.revise(m.Visit, 7, 1, name="x")


def test_put_adds_or_changes(store: Store) -> None:
    with store.write() as unit:
        unit.put(m.Setting, {"key": "names"}, value={"zh": "甲"})
        unit.put(m.Setting, {"key": "names"}, value={"zh": "乙"})
        rows = unit.all(m.Setting.select().where(m.Setting.key == "names"))
    assert [row.value for row in rows] == [{"zh": "乙"}]


def test_run_tells_how_many_rows(store: Store) -> None:
    with store.write() as unit:
        rows = [{"code": str(n), "name_zh": f"{n}栋"} for n in range(3)]
        assert unit.run(m.Building.insert_many(rows)) == 3
        assert unit.run(m.Building.update(floors=6).where(m.Building.code != "1")) == 2
        assert unit.run(m.Building.delete()) == 3


def test_the_second_of_two_editors_is_told(store: Store) -> None:
    with store.write() as unit:
        visit = add_visit(unit)
        assert unit.revise(m.Visit, visit, 1, note="first") == 2
        with pytest.raises(EditConflict) as caught:
            unit.revise(m.Visit, visit, 1, note="second")
        assert caught.value.details["found"] == 2
        assert unit.get(m.Visit, visit).note == "first"


def test_numbers_run_by_kind_and_month(store: Store) -> None:
    with store.write() as unit:
        assert [unit.number("WO", "202611") for _ in range(3)] == [1, 2, 3]
        assert (unit.number("WO", "202612"), unit.number("CV", "202611")) == (1, 1)
    with store.write() as unit:
        assert unit.number("WO", "202611") == 4


def test_what_one_unit_writes_another_waits_for(store: Store, connect: Callable[..., Store]) -> None:
    """SQLite has one writer at a time; PostgreSQL locks the row that a writing unit has read."""
    other = connect(wait_ms=100)
    with store.write() as unit:
        visit = add_visit(unit)
    with store.write() as unit:
        unit.get(m.Visit, visit)
        with pytest.raises(DatabaseLocked), other.write() as second:
            second.change(m.Visit, visit, note="other")
        unit.change(m.Visit, visit, note="mine")
    with store.read() as unit:
        assert unit.get(m.Visit, visit).note == "mine"


def news(follower: Store, last: int) -> tuple[int, list[Change]]:
    """What changed since; a server tells other connections of it a moment after the commit."""
    until = time.monotonic() + 5
    while True:
        answer = follower.changes_since(last)
        if answer[1] or time.monotonic() > until:
            return answer


def test_changes_reach_the_other_connection_once(store: Store, other: Store) -> None:
    start = other.last_change()
    assert other.changes_since(start) == (start, [])
    with store.write() as unit:
        unit.announce("case", 5)
        unit.announce("case", 5)
        unit.announce("visit", 2)
    expected = [Change("case", 5), Change("visit", 2)]
    for follower in (store, other):
        newest, changed = news(follower, start)
        assert changed == expected
        assert follower.changes_since(newest) == (newest, [])


def test_who_was_away_too_long_is_told_to_read_everything(store: Store) -> None:
    with store.write() as unit:
        for subject in range(11_500):
            unit.announce("case", subject)
    newest, changed = store.changes_since(1)
    assert (newest, changed) == (11_500, [Change("*", 0)])
    with store.read() as unit:
        assert unit.count(m.Change.select()) <= 10_001


def test_two_stores_live_in_one_process(tmp_path: Path) -> None:
    stores = []
    for name in ("live", "practice"):
        (tmp_path / name).mkdir()
        stores.append(Store.create(tmp_path / name, name.encode().ljust(32)))
    live, practice = stores
    with live.write() as unit, practice.write() as other:
        add_account(unit, "live")
        add_account(other, "practice")
    with live.read() as unit, practice.read() as other:
        assert [row.login for row in unit.all(m.Account.select())] == ["live"]
        assert [row.login for row in other.all(m.Account.select())] == ["practice"]
    for store in stores:
        store.close()


def test_a_change_is_heard_of_while_something_else_was_asked(store: Store, other: Store) -> None:
    last = other.last_change()
    assert other.changes_since(last) == (last, [])
    for subject in range(3):
        with store.write() as unit:
            unit.announce("case", subject)
        with other.read() as unit:  # the news comes in with this answer
            unit.count(m.Case.select())
        last, changed = news(other, last)
        assert changed == [Change("case", subject)]
