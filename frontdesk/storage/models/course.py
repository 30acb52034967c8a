"""What happens to a case on its way: marks on its papers, chases, promises, consequences, registers, follow-ups."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from frontdesk.storage.fields import InstantField, JsonField, link
from frontdesk.storage.models.base import Row
from frontdesk.storage.models.cases import Case, Paper
from frontdesk.storage.models.premises import ExternalUnit
from frontdesk.storage.models.site import Account, Blob


class PaperMark(Row):
    """A step on the way of a paper, as the returned sheet or the telephone tells: `happened_at` is the paper's date."""

    paper = link(Paper)
    mark = TextField()
    at = InstantField()
    happened_at = InstantField()
    by = link(Account)
    who = TextField(default="")
    note = TextField(default="")
    undone_at = InstantField(null=True)


class Chase(Row):
    """督促: whom we reminded, when, what was said, and when to ask again."""

    case = link(Case)
    at = InstantField()
    happened_at = InstantField()
    by = link(Account)
    whom = TextField()
    external_unit = link(ExternalUnit, null=True)
    said = TextField()
    next_at = InstantField(null=True)


class ExternalPromise(Row):
    """A time that an external unit promised for a case, and whether it was kept; null is still open."""

    external_unit = link(ExternalUnit)
    case = link(Case)
    promised_at = InstantField()
    kept = BooleanField(null=True)
    settled_at = InstantField(null=True)


class Consequence(Row):
    """What the passing of a time has caused, once: the key names which time; `passed_at` is that time itself."""

    case = link(Case, index=False)
    paper = link(Paper, null=True)
    kind = TextField()
    key = TextField()
    passed_at = InstantField()
    at = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        indexes = ((("case", "kind", "key"), True), (("kind", "at"), False))


class RegisterEntry(Row):
    """A line of one of the three 分类处理记录, with its number in the year; struck off with its case."""

    register = TextField()
    year = IntegerField()
    serial = IntegerField()
    case = link(Case)
    paper = link(Paper, null=True)
    entered_at = InstantField()
    reason = TextField(default="")
    details = JsonField(default=dict)
    struck_at = InstantField(null=True)
    struck_reason = TextField(default="")

    class Meta:
        indexes = ((("register", "year", "serial"), True), (("register", "entered_at", "id"), False))


class Picture(Row):
    """A photo of a case, stripped of everything but the picture; sizes in pixels."""

    case = link(Case)
    blob = link(Blob)
    caption = TextField(default="")
    width = IntegerField()
    height = IntegerField()
    at = InstantField()
    by = link(Account)
    removed_at = InstantField(null=True)


class FollowUp(Row):
    """回访: to be asked whether it holds, or asked; `demanded` keeps the case from being closed without it."""

    case = link(Case)
    state = TextField()
    due_at = InstantField()
    demanded = BooleanField(default=False)
    tries = IntegerField(default=0)
    done_at = InstantField(null=True)
    by = link(Account, null=True)
    rating = IntegerField(null=True)
    fixed = BooleanField(null=True)
    said = TextField(default="")

    class Meta:
        indexes = ((("state", "due_at", "id"), False), (("due_at", "id"), False))


class Snooze(Row):
    """A case that somebody does not want to see on the board until then; an overdue one is shown all the same."""

    account = link(Account, index=False)
    case = link(Case)
    until_at = InstantField()

    class Meta:
        indexes = ((("account", "case"), True),)


class DigestNote(Row):
    """What is done about something that customers keep raising: prevention and response, for one period and topic."""

    period = TextField()
    topic = TextField()
    prevention = TextField(default="")
    response = TextField(default="")
    at = InstantField()
    by = link(Account)

    class Meta:
        indexes = ((("period", "topic"), True),)
