"""How migrations say one thing to two databases."""

from __future__ import annotations

import peewee

from frontdesk.storage.changes import is_server

_SQLITE = {
    "id": "INTEGER NOT NULL PRIMARY KEY",
    "big": "INTEGER",
    "bytes": "BLOB",
    "bool": "INTEGER",
    "false": "0",
    "real": "REAL",
}
_POSTGRES = {
    "id": "BIGSERIAL PRIMARY KEY",
    "big": "BIGINT",
    "bytes": "BYTEA",
    "bool": "BOOLEAN",
    "false": "FALSE",
    "real": "DOUBLE PRECISION",
}

_SQLITE_GUARD = (
    "CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
)
_POSTGRES_REFUSE = (
    "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is never changed'; END $$"
)
_POSTGRES_GUARD = (
    "CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
)

# A text beside the chain may be purged, but not replaced.
_GUARDED = (("audit", "update"), ("audit", "delete"), ("audit_text", "update"))


def create_table(database: peewee.Database, statement: str) -> None:
    """Runs a statement whose types are written as {id}, {big}, {bytes}, {bool}, {real}; both backends hold to them."""
    if is_server(database):
        database.execute_sql(statement.format(**_POSTGRES))
    else:
        database.execute_sql(statement.format(**_SQLITE) + " STRICT")


def add_column(database: peewee.Database, line: str) -> None:
    """Adds a column written as `table: "column" {type} …` to a table that is there."""
    table, column = line.split(": ", 1)
    types = _POSTGRES if is_server(database) else _SQLITE
    database.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column.format(**types)}')


def create_index(database: peewee.Database, line: str) -> None:
    """Makes an index written as `table: column, column`, with `unique` before it where it is."""
    table, columns = (part.strip() for part in line.split(":"))
    unique = table.startswith("unique ")
    table = table.removeprefix("unique ")
    names = [name.strip() for name in columns.split(",")]
    quoted = ", ".join(f'"{name}"' for name in names)
    kind = "CREATE UNIQUE INDEX" if unique else "CREATE INDEX"
    database.execute_sql(f'{kind} "{"_".join([table, *names])}" ON "{table}" ({quoted})')


def guard_audit(database: peewee.Database) -> None:
    """Makes the database itself refuse to change what the audit trail holds."""
    server = is_server(database)
    if server:
        database.execute_sql(_POSTGRES_REFUSE)
    guard = _POSTGRES_GUARD if server else _SQLITE_GUARD
    for table, word in _GUARDED:
        database.execute_sql(guard.format(table=table, word=word))
    if server:
        database.execute_sql(guard.format(table="audit", word="truncate"))
