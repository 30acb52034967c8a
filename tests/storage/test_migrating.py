"""Migrations: the schema they make is the models', once, whoever else tries, with a backup before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
import pytest

from frontdesk.storage import migrations
from frontdesk.storage import models as m
from frontdesk.storage.database import Store
from frontdesk.storage.errors import DatabaseNewer
from frontdesk.storage.migrations import LATEST, MIGRATIONS, Migration
from frontdesk.storage.sites import NewSite, OpenSite

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def made_by_models() -> peewee.SqliteDatabase:
    database = peewee.SqliteDatabase(":memory:")
    with database.bind_ctx(m.ALL):
        database.create_tables(m.ALL)
    return database


def columns(database: Any, table: str) -> dict[str, bool]:
    return {column.name: column.null for column in database.get_columns(table)}


def indexes(database: Any, table: str) -> set[tuple[tuple[str, ...], bool]]:
    primary = tuple(database.get_primary_keys(table))
    found = {(tuple(index.columns), index.unique) for index in database.get_indexes(table)}
    return found - {(primary, True)}


def test_the_schema_is_that_of_the_models(store: Store) -> None:
    expected, found = made_by_models(), store._database
    assert sorted(found.get_tables()) == sorted(expected.get_tables())
    for table in expected.get_tables():
        assert columns(found, table) == columns(expected, table), table
        assert indexes(found, table) == indexes(expected, table), table
        links = {(link.column, link.dest_table) for link in expected.get_foreign_keys(table)}
        assert {(link.column, link.dest_table) for link in found.get_foreign_keys(table)} == links, table


def test_an_up_to_date_database_is_left_alone(store: Store) -> None:
    assert (store.schema, migrations.bring_up(store._database, NOW)) == (LATEST, LATEST)


def add_table(database: Any) -> None:
    database.execute_sql("CREATE TABLE later (id INTEGER PRIMARY KEY)")


def add_half(database: Any) -> None:
    add_table(database)
    raise ZeroDivisionError


def test_a_later_step_is_applied_after_a_backup(store: Store) -> None:
    backed_up: list[tuple[int, bool]] = []
    steps = (*MIGRATIONS, Migration(LATEST + 1, "later", add_table))
    migrations.bring_up(
        store._database, NOW, lambda old: backed_up.append((old, store._database.table_exists("later"))), steps
    )
    assert backed_up == [(LATEST, False)]
    assert store.schema == LATEST + 1
    with pytest.raises(DatabaseNewer):
        migrations.bring_up(store._database, NOW)


def test_a_failing_step_leaves_the_old_schema(store: Store) -> None:
    steps = (*MIGRATIONS, Migration(LATEST + 1, "half", add_half))
    with pytest.raises(ZeroDivisionError):
        migrations.bring_up(store._database, NOW, steps=steps)
    assert store.schema == LATEST
    assert not store._database.table_exists("later")


def test_the_backup_before_migrating_opens_with_the_same_key(site: OpenSite, new_site: NewSite) -> None:
    with site.store.write() as unit:
        unit.add(m.Person, name="李明", folded="李明")
    steps = (*MIGRATIONS, Migration(LATEST + 1, "later", add_table))
    migrations.bring_up(site.store._database, NOW, site.store.back_up_before_migrating, steps)
    (copy,) = (site.folder / "backups").iterdir()
    old = Store.open_copy(copy, new_site.key)
    with old.read() as unit:
        assert (old.schema, unit.count(m.Person.select())) == (LATEST, 1)
    old.close()


OPEN_NEW = """
import sys
from pathlib import Path
from frontdesk.storage.database import Store
open_it = Store.open if "://" in sys.argv[1] else lambda place, key: Store.create(Path(place), key)
sys.stdin.read()
store = open_it(sys.argv[1], bytes(range(32)))
print(store.schema)
store.close()
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres_dsn")) if request.param == "postgresql" else str(tmp_path)


def test_four_processes_at_once_make_one_schema(new_place: str, count_schema: Callable[[str], int]) -> None:
    command = [sys.executable, "-c", OPEN_NEW, new_place]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [subprocess.Popen(command, text=True, **pipes) for _ in range(4)]
    for process in processes:
        process.stdin.close()
    told = [(process.stdout.read().strip(), process.stderr.read(), process.wait()) for process in processes]
    for process in processes:
        process.stdout.close()
        process.stderr.close()
    assert told == [(str(LATEST), "", 0)] * 4
    assert count_schema(new_place) == len(MIGRATIONS)


@pytest.fixture
def count_schema() -> Callable[[str], int]:
    def count(place: str) -> int:
        key = bytes(range(32))
        store = Store.open(place, key) if "://" in place else Store.create(Path(place), key)
        try:
            with store.read() as unit:
                return unit.count(m.SchemaVersion.select())
        finally:
            store.close()

    return count
