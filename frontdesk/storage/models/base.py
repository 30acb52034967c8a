"""What all tables have in common."""

from __future__ import annotations

from peewee import BigAutoField, Model


class Row(Model):
    """A table without a database: every query runs through a unit of the store, so two stores live in one process."""

    id = BigAutoField()

    class Meta:
        database = None
        legacy_table_names = False
