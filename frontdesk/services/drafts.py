"""Drafts: what somebody is typing, kept with every pause, so that a crash or a power cut loses nothing."""

from __future__ import annotations

from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.services import inputs
from frontdesk.services.site import Site
from frontdesk.services.views import DraftView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

_TYPISTS = (Permission.TAKE_CALLS, Permission.INVITE, Permission.ADMIT_VISITORS)


def keep_draft(site: Site, actor: Actor, kind: str, key: str, data: dict[str, object]) -> None:
    """Keeps what was typed so far under a kind and a key of its own (a call's token), in place of what was kept there.

    `data` holds plain values only. A draft belongs to its account and can be taken up again at any desk.

    Raises:
        Forbidden: the actor's role types nothing in.
        BadInput: kind or key is empty or too long.
    """
    access.require_any(actor, *_TYPISTS)
    kept_kind, kept_key = inputs.line("kind", kind, needed=True), inputs.line("key", key, needed=True)
    with site.store.write() as unit:
        where = {"account": actor.id, "desk": "", "kind": kept_kind, "key": kept_key}
        unit.put(m.Draft, where, value=data, updated_at=site.now())


def drafts(site: Site, actor: Actor, kind: str) -> tuple[DraftView, ...]:
    """The actor's own drafts of a kind, newest first.

    Raises:
        Forbidden: the actor's role types nothing in.
    """
    access.require_any(actor, *_TYPISTS)
    with site.store.read() as unit:
        mine = (m.Draft.account == actor.id) & (m.Draft.kind == kind)
        query = m.Draft.select().where(mine).order_by(m.Draft.updated_at.desc(), m.Draft.id.desc())
        return tuple(_view(row) for row in unit.all(query))


def drop_draft(site: Site, actor: Actor, kind: str, key: str) -> None:
    """Forgets a draft; one that is gone already is no trouble.

    Raises:
        Forbidden: the actor's role types nothing in.
    """
    access.require_any(actor, *_TYPISTS)
    with site.store.write() as unit:
        forget(unit, actor, kind, key)


def forget(unit: Unit, actor: Actor, kind: str, key: str) -> None:
    """Removes a draft within a unit of work that makes it a record."""
    mine = (m.Draft.account == actor.id) & (m.Draft.kind == kind) & (m.Draft.key == key)
    unit.run(m.Draft.delete().where(mine))


def _view(row: Any) -> DraftView:
    return DraftView(row.id, row.kind, dict(row.value), row.updated_at, row.key)
