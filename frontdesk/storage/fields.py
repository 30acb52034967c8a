"""Columns that mean the same on SQLite and PostgreSQL: instants, days, JSON text, bytes, links between tables."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from peewee import BigIntegerField, Field, ForeignKeyField, TextField

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(at: datetime) -> int:
    """Microseconds since 1970 in UTC, exactly.

    Raises:
        ValueError: the instant has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (at - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The aware UTC instant so many microseconds after 1970 began."""
    return _EPOCH + timedelta(microseconds=value)


class InstantField(BigIntegerField):
    """An aware instant, kept as UTC microseconds: drivers lose time zones, numbers lose nothing."""

    def db_value(self, value: Any) -> int | None:
        return to_microseconds(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else from_microseconds(value)


class DayField(TextField):
    """A calendar day of the site, kept as ISO text, which sorts as it should."""

    def db_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


def to_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no blanks, characters as they are; equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class JsonField(TextField):
    """A value of plain types, kept as canonical JSON text."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else to_json(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


class BytesField(Field):
    """Raw bytes; always `bytes` in Python, whatever the driver gives."""

    field_type = "BLOB"

    def db_value(self, value: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def python_value(self, value: Any) -> bytes | None:
        return None if value is None else bytes(value)


def link(model: Any, *, null: bool = False, field: str | None = None, index: bool = True) -> Any:
    """A reference to a row of another table. Reading it gives the other row's key; nothing is fetched by itself.

    A row that something refers to cannot be deleted.
    """
    return ForeignKeyField(
        model, field=field, null=null, index=index, backref="+", lazy_load=False, on_delete="RESTRICT"
    )
