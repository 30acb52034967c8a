"""All rows from one store into another: how a server's site gets into an encrypted file, and a file onto a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import peewee

from frontdesk.storage import models as m
from frontdesk.storage.database import Store
from frontdesk.storage.errors import SiteExists
from frontdesk.storage.unit import Unit

_PAGE = 500
# A new store numbers its schema itself, and nobody there follows changes that were made elsewhere.
_TABLES: tuple[Any, ...] = tuple(model for model in m.ALL if model not in (m.SchemaVersion, m.Change))


def copy_rows(source: Unit, target: Store) -> None:
    """Copies every row of a snapshot, with its id, into a store of the same schema that has none yet.

    Raises:
        SiteExists: somebody has worked in the target already; nothing was written.
    """
    with target.write() as unit:
        if unit.count(m.Account.select()) or unit.audit_head().rows:
            raise SiteExists(path="postgresql" if target.on_server else str(target.folder))
        unit.run(m.Setting.delete())  # the one that a new store on a server writes for itself comes along anyway
        for model in _TABLES:
            for rows in _pages(source, model):
                unit.run(model.insert_many(rows, fields=model._meta.sorted_fields))
            if target.on_server:
                _renumber(unit, model)


def _pages(source: Unit, model: Any) -> Iterator[list[Any]]:
    last = 0
    while rows := source.all(model.select().where(model.id > last).order_by(model.id).limit(_PAGE).tuples()):
        yield rows
        last = rows[-1][0]


def _renumber(unit: Unit, model: Any) -> None:
    """Lets PostgreSQL's sequence go on after the highest id that came in."""
    highest = unit.scalar(model.select(peewee.fn.MAX(model.id)))
    if highest:
        sequence = peewee.fn.pg_get_serial_sequence(f'"{model._meta.table_name}"', "id")
        unit.all(peewee.Select(columns=[peewee.fn.setval(sequence, highest)]).tuples())
