"""All rows as lines of JSON: how a server's database goes into a backup, and comes back on either backend."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import peewee

from frontdesk.storage import models as m
from frontdesk.storage.database import Store
from frontdesk.storage.errors import BackupDamaged
from frontdesk.storage.unit import Unit

_PAGE = 500
# The new database numbers its schema itself, and nobody there follows changes that were made elsewhere.
_TABLES: dict[str, Any] = {model._meta.table_name: model for model in m.ALL if model not in (m.SchemaVersion, m.Change)}


def write_rows(unit: Unit, file: BinaryIO) -> None:
    """Writes every row of the unit's snapshot: its table, and its values in the order of the columns."""
    for name, model in _TABLES.items():
        fields = model._meta.sorted_fields
        last = 0
        while rows := unit.all(model.select().where(model.id > last).order_by(model.id).limit(_PAGE).tuples()):
            for row in rows:
                values = [_plain(field.db_value(value)) for field, value in zip(fields, row, strict=True)]
                file.write(json.dumps([name, values], ensure_ascii=False).encode("utf-8") + b"\n")
            last = rows[-1][0]


def read_rows(store: Store, path: Path) -> None:
    """Puts the rows of a file into a store that has none yet.

    Raises:
        BackupDamaged: a line is not one of ours.
    """
    with store.write() as unit, open(path, "rb") as file:
        unit.run(m.Setting.delete())  # a new database has one of its own
        for name, rows in itertools.groupby(_lines(file), key=lambda line: line[0]):
            for page in _pages(rows):
                unit.run(_TABLES[name].insert_many([row for _, row in page]))
        if store.on_server:
            _renumber(unit)


def _lines(file: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in file:
        try:
            name, values = json.loads(line)
            fields = _TABLES[name]._meta.sorted_fields
            row = {field.name: field.python_value(_stored(value)) for field, value in zip(fields, values, strict=True)}
        except (ValueError, KeyError, TypeError) as error:
            raise BackupDamaged(reason="altered") from error
        yield name, row


def _pages(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while page := list(itertools.islice(rows, _PAGE)):
        yield page


def _renumber(unit: Unit) -> None:
    """Lets PostgreSQL's sequences go on after the highest id that came in."""
    for name, model in _TABLES.items():
        highest = unit.scalar(model.select(peewee.fn.MAX(model.id)))
        if highest:
            sequence = peewee.fn.pg_get_serial_sequence(f'"{name}"', "id")
            unit.all(peewee.Select(columns=[peewee.fn.setval(sequence, highest)]).tuples())


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else value


def _stored(value: Any) -> Any:
    return base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value
