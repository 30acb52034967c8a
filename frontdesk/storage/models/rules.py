"""What a site decides for itself: its staff, prices, calendar, promised times, levels, follow-ups."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from frontdesk.storage.fields import DayField, link
from frontdesk.storage.models.base import Row
from frontdesk.storage.models.premises import Department


class Staff(Row):
    """Somebody of a department, who works without the program: told, chased, named on paper."""

    code = TextField(unique=True)
    name = TextField()
    department = link(Department, null=True)
    job = TextField(default="")
    phone = TextField(default="")
    active = BooleanField(default=True)


class PriceItem(Row):
    """A line of the price list of special services (特约服务); `price_fen` is money in fen for each `per`."""

    code = TextField(unique=True)
    name_zh = TextField()
    name_en = TextField(default="")
    per = TextField(default="")
    price_fen = IntegerField()
    note = TextField(default="")
    position = IntegerField(default=0)
    active = BooleanField(default=True)


class CalendarDay(Row):
    """A day that differs from its weekday: a holiday, or a make-up working day; `source` says who entered it."""

    day = DayField(unique=True)
    working = BooleanField()
    name = TextField(default="")
    source = TextField(default="")


class PromiseRule(Row):
    """How long a matter may take; an empty route or urgency and no department stand for any. The closest row wins."""

    route = TextField(default="")
    urgency = TextField(default="")
    department = link(Department, null=True)
    minutes = IntegerField()
    around_the_clock = BooleanField(default=False)


class EscalationLevel(Row):
    """A level that a complaint goes up to when so much time has passed since the one before, and who is told."""

    level = IntegerField(unique=True)
    minutes = IntegerField()
    around_the_clock = BooleanField(default=False)
    whom_zh = TextField()
    whom_en = TextField(default="")


class FollowUpRule(Row):
    """How many of a route's closed matters are followed up (回访), and how soon."""

    route = TextField(unique=True)
    percent = IntegerField()
    after_hours = IntegerField()
