"""The site's own: settings, accounts, drafts, number series, keys, files."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from frontdesk.storage.fields import BytesField, InstantField, JsonField, link
from frontdesk.storage.models.base import Row


class Setting(Row):
    """A value that the site's people may edit: policy, texts, tables of rules."""

    key = TextField(unique=True)
    value = JsonField()


class Account(Row):
    """Somebody who may sign in; the password only as its argon2id hash. `settings`: language, theme, contrast."""

    login = TextField(unique=True)
    name = TextField()
    role = TextField()
    password_hash = TextField()
    settings = JsonField(default=dict)
    active = BooleanField(default=True)
    must_change = BooleanField(default=False)
    failures = IntegerField(default=0)
    locked_until = InstantField(null=True)
    created_at = InstantField()
    signed_in_at = InstantField(null=True)


class Draft(Row):
    """What somebody is typing, kept with every pause; one for each account, desk, kind and key."""

    account = link(Account, index=False)
    desk = TextField(default="")
    kind = TextField()
    key = TextField(default="")
    value = JsonField()
    updated_at = InstantField()

    class Meta:
        indexes = ((("account", "desk", "kind", "key"), True),)


class NumberSeries(Row):
    """The last number given in a series and month; moved on in the transaction that uses it, so without gaps."""

    kind = TextField()
    month = TextField()
    last = IntegerField()

    class Meta:
        indexes = ((("kind", "month"), True),)


class SiteKey(Row):
    """A key pair of the site: `kind` is envelope, signing or month; a destroyed month's private half is gone."""

    kind = TextField()
    month = TextField(default="")
    public = BytesField()
    private = BytesField(null=True)
    created_at = InstantField()
    destroyed_at = InstantField(null=True)

    class Meta:
        indexes = ((("kind", "month"), False),)


class Blob(Row):
    """A stored file, so that backup and purge reach it: an archived PDF, a photo, a scan."""

    name = TextField(unique=True)
    media = TextField()
    size = IntegerField()
    created_at = InstantField()
