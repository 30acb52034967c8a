"""What all tables have in common."""

from __future__ import annotations

from functools import cache
from typing import Any

from peewee import BigAutoField, Model, ModelSelect


class _WholeRows(ModelSelect):
    """A query of whole rows: its column list is put together once for each table, which took most of a query's time."""

    def __sql_selection__(self, ctx: Any, is_subquery: bool = False) -> Any:
        whole = all(one is other for one, other in zip(self._returning, self.model._meta.sorted_fields, strict=False))
        if is_subquery or not whole or len(self._returning) != len(self.model._meta.sorted_fields):
            return super().__sql_selection__(ctx, is_subquery)
        return ctx.literal(_columns(self.model, ctx.alias_manager[self.model._meta.table]))


@cache
def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'"{alias}"."{field.column_name}"' for field in model._meta.sorted_fields)


class Row(Model):
    """A table without a database: every query runs through a unit of the store, so two stores live in one process."""

    id = BigAutoField()

    class Meta:
        database = None
        legacy_table_names = False

    @classmethod
    def select(cls, *fields: Any) -> Any:
        """A query of these columns, or of whole rows."""
        return super().select(*fields) if fields else _WholeRows(cls, cls._meta.sorted_fields, is_default=True)
