"""Who lives here, where, and under which numbers they call."""

from __future__ import annotations

from peewee import BooleanField, TextField

from frontdesk.storage.fields import DayField, link
from frontdesk.storage.models.base import Row
from frontdesk.storage.models.premises import Unit


class Person(Row):
    """业主 / 住户 / 客户. `folded` is the name as it is compared, `sounds` its pinyin for look-up."""

    name = TextField()
    folded = TextField(index=True)
    sounds = TextField(default="")
    language = TextField(default="")
    note = TextField(default="")


class Residency(Row):
    """A person belongs to a unit, as owner, family or tenant, until they move out."""

    person = link(Person)
    unit = link(Unit)
    relation = TextField()
    moved_in = DayField(null=True)
    moved_out = DayField(null=True)


class Phone(Row):
    """A number of a person: as written, as compared (`normal`), and its last four digits."""

    person = link(Person)
    number = TextField()
    normal = TextField(index=True)
    last_four = TextField(index=True)
    main = BooleanField(default=False)
    ended_on = DayField(null=True)
