"""Contacts, and the matters that they bring: cases, their routes, papers, printings, timeline."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from frontdesk.storage.fields import InstantField, JsonField, link
from frontdesk.storage.models.base import Row
from frontdesk.storage.models.people import Person
from frontdesk.storage.models.premises import Component, Department, ExternalUnit, Unit
from frontdesk.storage.models.site import Account, Blob


class Contact(Row):
    """A call or a visit to the desk: the head of the lines of 来电来访记录. `token` makes saving it twice harmless."""

    token = TextField(unique=True)
    record_no = TextField(unique=True)
    channel = TextField()
    direction = TextField(default="in")
    number = TextField(default="")
    number_normal = TextField(default="", index=True)
    caller_name = TextField(default="")
    resident_type = TextField(default="")
    person = link(Person, null=True)
    unit = link(Unit, null=True)
    verification = TextField()
    language = TextField(default="")
    started_at = InstantField()
    ended_at = InstantField(null=True)
    received_by = link(Account)
    note = TextField(default="")

    class Meta:
        indexes = ((("started_at", "id"), False),)


class Case(Row):
    """反映事项: one reported matter. `route`, `remark` and `told_at` follow the decisions and events beside it."""

    contact = link(Contact)
    record_no = TextField(unique=True)
    kind = TextField()
    category = TextField(default="")
    content = TextField()
    person = link(Person, null=True)
    unit = link(Unit, null=True)
    place = TextField(default="")
    place_kind = TextField(default="")
    component = link(Component, null=True)
    contact_phone = TextField(default="")
    urgency = TextField()
    wanted = TextField(default="")
    chargeable = BooleanField(null=True)
    facts = JsonField(default=dict)
    state = TextField()
    route = TextField()
    remark = TextField(default="")
    department = link(Department, null=True)
    external_unit = link(ExternalUnit, null=True)
    agreed_at = InstantField(null=True)
    due_at = InstantField(null=True)
    result = TextField(default="")
    result_at = InstantField(null=True)
    told_at = InstantField(null=True)
    no_reply_reason = TextField(default="")
    opened_at = InstantField()
    opened_by = link(Account)
    completed_at = InstantField(null=True)
    closed_at = InstantField(null=True)
    reopened = IntegerField(default=0)
    version = IntegerField(default=1)
    joined_to = link("self", null=True)
    earlier = link("self", null=True)
    level = IntegerField(default=0)
    promised_seconds = IntegerField(null=True)
    around_the_clock = BooleanField(default=False)
    clock_from = InstantField(null=True)
    paused_at = InstantField(null=True)
    pause_reason = TextField(default="")
    deferred_until = InstantField(null=True)
    next_chase_at = InstantField(null=True)

    class Meta:
        table_name = "matter"  # CASE is a word of SQL
        indexes = (
            (("opened_at", "id"), False),
            (("state", "opened_at", "id"), False),
            (("state", "due_at", "id"), False),
            (("state", "next_chase_at", "id"), False),
        )


class RouteDecision(Row):
    """Which way a case goes and why; those hold that nothing has `replaced`. `by` is null where the rule decided alone.

    `told_…`: to whom, when and how the matter was handed on (domain section 3, "Told").
    """

    case = link(Case)
    at = InstantField()
    by = link(Account, null=True)
    route = TextField()
    remark = TextField(default="")
    reason = TextField()
    params = JsonField(default=dict)
    clause = TextField(default="")
    overruled = BooleanField(default=False)
    overruled_reason = TextField(default="")
    rule_route = TextField(default="")
    replaced_at = InstantField(null=True)
    department = link(Department, null=True)
    external_unit = link(ExternalUnit, null=True)
    told_at = InstantField(null=True)
    told_whom = TextField(default="")
    told_how = TextField(default="")


class Paper(Row):
    """A numbered form of a case; its code is a random name, looked up by digest."""

    case = link(Case)
    decision = link(RouteDecision, null=True)
    kind = TextField()
    number = TextField(unique=True)
    state = TextField()
    due_at = InstantField(null=True)
    code = TextField()
    code_digest = TextField(unique=True)
    issued_at = InstantField()
    issued_by = link(Account)
    returned_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    end_reason = TextField(default="")
    details = JsonField(default=dict)

    class Meta:
        indexes = (
            (("state", "due_at", "id"), False),
            (("issued_at", "id"), False),
            (("kind", "issued_at", "id"), False),
        )


class Printing(Row):
    """Every printing of a paper: who, when, which copies, exactly which PDF. `state` is sent, printed or failed."""

    paper = link(Paper)
    at = InstantField()
    by = link(Account)
    copies = JsonField(default=list)
    pages = IntegerField(default=1)
    blob = link(Blob)
    sha256 = TextField()
    template_version = TextField(default="")
    printer = TextField(default="")
    state = TextField(default="sent")
    reprint = BooleanField(default=False)
    settled_at = InstantField(null=True)

    class Meta:
        indexes = ((("at", "id"), False),)


class CaseEvent(Row):
    """A line of a case's timeline: `at` when it was entered, `happened_at` when it was so."""

    case = link(Case, index=False)
    paper = link(Paper, null=True)
    at = InstantField()
    happened_at = InstantField()
    kind = TextField()
    by = link(Account, null=True)
    by_name = TextField(default="")
    text = TextField(default="")
    data = JsonField(default=dict)

    class Meta:
        indexes = ((("case", "at", "id"), False),)
