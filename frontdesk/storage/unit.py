"""A unit of work: one transaction, through which every query of the program runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import peewee

from frontdesk.storage import audit, changes
from frontdesk.storage.errors import EditConflict, NotFound
from frontdesk.storage.models import NumberSeries

M = TypeVar("M", bound=peewee.Model)


class Unit:
    """What may be done within one transaction; a reading unit sees one consistent snapshot.

    Made by `Store.read` and `Store.write`. Writing in a reading unit is a bug and raises RuntimeError.
    """

    def __init__(self, database: peewee.Database, auditor: audit.Auditor, *, writing: bool) -> None:
        self._database = database
        self._auditor = auditor
        self._writing = writing
        self._audits: list[audit.Entry] = []
        self._changes: list[changes.Change] = []
        self._afterwards: list[Callable[[], object]] = []

    # --- reading -----------------------------------------------------------------------------------------------------

    def get(self, model: type[M], key: object) -> M:
        """The row with this key; a writing unit keeps others from changing it until its end.

        Raises:
            NotFound: there is none.
        """
        query: Any = model.select().where(_primary_key(model) == key)
        if self._writing and changes.is_server(self._database):
            query = query.for_update("FOR NO KEY UPDATE")  # rows that refer to it may still be added
        row: M | None = self.one(query)
        if row is None:
            raise NotFound(table=_table(model), key=key)
        return row

    def one(self, query: Any) -> Any:
        """The query's first row, or None."""
        rows = self.all(query.limit(1))
        return rows[0] if rows else None

    def all(self, query: Any) -> list[Any]:
        """All rows of the query: model rows, or what its `.dicts()`, `.tuples()`, `.namedtuples()` say."""
        return list(self._execute(query))

    def count(self, query: Any) -> int:
        """How many rows the query has."""
        return int(query.clone().count(self._database))

    def scalar(self, query: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.one(query.tuples())
        return None if row is None else row[0]

    def audit_head(self) -> audit.Head:
        """Where the audit chain ends in this snapshot."""
        return audit.read_head(self._database)

    # --- writing -----------------------------------------------------------------------------------------------------

    def add(self, model: type[peewee.Model], **fields: Any) -> int:
        """Adds a row; returns its new id."""
        return int(self._execute_writing(model.insert(**fields)))

    def put(self, model: type[peewee.Model], where: Mapping[str, Any], **fields: Any) -> None:
        """Adds the row whose unique columns are `where`, or changes the one that is there."""
        target = [getattr(model, name) for name in where]
        self._execute_writing(model.insert(**where, **fields).on_conflict(conflict_target=target, update=fields))

    def change(self, model: type[peewee.Model], key: object, **fields: Any) -> None:
        """Changes columns of the row with this key.

        Raises:
            NotFound: there is no such row.
        """
        if self.run(model.update(**fields).where(_primary_key(model) == key)) == 0:
            raise NotFound(table=_table(model), key=key)

    def revise(self, model: Any, key: int, version: int, **fields: Any) -> int:
        """Changes a row that carries a `version`, if it still is the one that was read; returns the new version.

        Raises:
            NotFound: there is no such row.
            EditConflict: somebody else changed it meanwhile.
        """
        same = (_primary_key(model) == key) & (model.version == version)
        if self.run(model.update(version=version + 1, **fields).where(same)) == 0:
            found = self.get(model, key)
            raise EditConflict(table=_table(model), key=key, found=found.version, expected=version)
        return version + 1

    def run(self, query: Any) -> int:
        """Runs an update, delete or insert of many; returns the number of rows it touched."""
        if isinstance(query, peewee.Insert):
            query = query.as_rowcount()
        return int(self._execute_writing(query))

    def number(self, kind: str, month: str) -> int:
        """The next number of a series, from 1; a transaction that fails gives it back, so there are no gaps."""
        query = (
            NumberSeries.insert(kind=kind, month=month, last=1)
            .on_conflict(
                conflict_target=[NumberSeries.kind, NumberSeries.month],
                update={NumberSeries.last: NumberSeries.last + 1},
            )
            .returning(NumberSeries.last)
        )
        (row,) = list(self._execute_writing(query))
        return int(row.last)

    def audit(self, actor: audit.By, action: str, subject: str, detail: Mapping[str, Any], personal: str = "") -> None:
        """Adds a line to the audit chain, in the order of the calls, when the unit ends.

        `detail` holds codes, ids and numbers; what is personal goes into `personal`, which a purge can reach.
        """
        self._require_writing()
        self._audits.append(audit.Entry(actor, action, subject, detail, personal))

    def announce(self, topic: str, subject: int) -> None:
        """Tells the screens of all processes that something changed, once this unit is committed."""
        self._require_writing()
        self._changes.append(changes.Change(topic, subject))

    def after_commit(self, act: Callable[[], object]) -> None:
        """Does something once, after the commit; not at all if the unit fails."""
        self._require_writing()
        self._afterwards.append(act)

    # --- for the store -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Writes the audit lines and changes; last, because on PostgreSQL they are written one unit at a time."""
        if self._audits:
            self._auditor.append(self._database, self._audits)
        if self._changes:
            changes.record(self._database, self._changes)

    def finish(self) -> None:
        """What was asked for after the commit."""
        for act in self._afterwards:
            act()

    def _execute(self, query: Any) -> Any:
        # A peewee query keeps the rows of its first execution for ever; a clone has none yet.
        return query.clone().execute(self._database)

    def _execute_writing(self, query: Any) -> Any:
        self._require_writing()
        return self._execute(query)

    def _require_writing(self) -> None:
        if not self._writing:
            raise RuntimeError("this unit only reads")


def _primary_key(model: Any) -> Any:
    return model._meta.primary_key


def _table(model: Any) -> str:
    return str(model._meta.table_name)
