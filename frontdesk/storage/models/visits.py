"""Invitations and visits, kiosks, and what came out of the lobby folder."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from frontdesk.storage.fields import BytesField, InstantField, JsonField, link
from frontdesk.storage.models.base import Row
from frontdesk.storage.models.people import Person
from frontdesk.storage.models.premises import Area, Unit
from frontdesk.storage.models.site import Account, Blob


class Kiosk(Row):
    """A paired kiosk: its letter begins its badge numbers, its public key proves its messages."""

    uuid = TextField(unique=True)
    letter = TextField(unique=True)
    name = TextField()
    public_key = BytesField()
    state = TextField()
    paired_at = InstantField()
    paired_by = link(Account, null=True)
    last_beat = JsonField(null=True)
    last_beat_at = InstantField(null=True)


class Invitation(Row):
    """Somebody is expected; the QR code holds none of this and is looked up by digest."""

    code = TextField()
    code_digest = TextField(unique=True)
    visitor = TextField()
    purpose = TextField()
    area = link(Area)
    unit = link(Unit, null=True)
    host_person = link(Person, null=True)
    host = TextField(default="")
    companions = IntegerField(default=0)
    plate = TextField(default="")
    valid_from = InstantField()
    valid_until = InstantField()
    uses = IntegerField(default=0)
    uses_allowed = IntegerField(default=1)
    state = TextField()
    created_at = InstantField()
    created_by = link(Account)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("valid_from", "id"), False), (("state", "valid_until"), False))


class Visit(Row):
    """来访登记表: somebody came in. `uuid` is the kiosk's, or made at the desk; `document` is sealed to the month."""

    uuid = TextField(unique=True)
    invitation = link(Invitation, null=True)
    kiosk = link(Kiosk, null=True)
    badge_no = TextField(default="", index=True)
    badge_digest = TextField(null=True, unique=True)
    name = TextField(default="")
    purpose = TextField()
    area = link(Area, null=True)
    unit = link(Unit, null=True)
    host_person = link(Person, null=True)
    host = TextField(default="")
    companions = IntegerField(default=0)
    plate = TextField(default="")
    state = TextField()
    arrived_at = InstantField()
    until_at = InstantField()
    left_at = InstantField(null=True)
    how_in = TextField(default="")
    how_left = TextField(null=True)
    document = link(Blob, null=True)
    flagged = BooleanField(default=False)
    flag_reason = TextField(default="")
    note = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("arrived_at", "id"), False),
            (("left_at", "id"), False),
            (("state", "until_at", "id"), False),
        )


class DeskCall(Row):
    """Somebody at a kiosk asked for the desk, until somebody answers."""

    uuid = TextField(unique=True)
    kiosk = link(Kiosk)
    at = InstantField()
    reason = TextField(default="")
    answered_at = InstantField(null=True)
    answered_by = link(Account, null=True)

    class Meta:
        indexes = ((("answered_at", "at"), False),)


class LobbyTaken(Row):
    """A message of a kiosk that has taken effect; its unique id makes the effect happen once."""

    message = TextField(unique=True)
    kiosk = link(Kiosk)
    type = TextField()
    sent_at = InstantField()
    taken_at = InstantField(index=True)
    outcome = TextField(default="")
