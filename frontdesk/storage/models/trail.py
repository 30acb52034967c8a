"""What the store itself writes: the audit chain, the signal of changes, the schema's version."""

from __future__ import annotations

from peewee import BigIntegerField, IntegerField, Model, TextField

from frontdesk.storage.fields import BytesField, InstantField, link
from frontdesk.storage.models.base import Row


class Audit(Row):
    """One link of the chain; triggers refuse to change or delete it. `detail` is JSON text as it was sealed."""

    at = InstantField()
    actor = BigIntegerField()
    actor_name = TextField()
    role = TextField()
    desk = TextField()
    action = TextField()
    subject = TextField()
    detail = TextField()
    commitment = TextField(default="")
    seal = TextField()

    class Meta:
        indexes = ((("at", "id"), False), (("subject", "id"), False))


class AuditText(Row):
    """The personal text of an audit line: purged without breaking the chain, which holds only its commitment."""

    audit = link(Audit)
    salt = BytesField()
    text = TextField()


class Change(Row):
    """Something changed: screens of this and other processes refresh from it."""

    topic = TextField()
    subject = BigIntegerField()


class SchemaVersion(Model):
    """The migrations that were applied, by number."""

    version = IntegerField(primary_key=True)
    name = TextField()
    at = InstantField()

    class Meta:
        database = None
        legacy_table_names = False
        table_name = "schema_version"
