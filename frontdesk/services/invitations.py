"""Invitations: somebody is expected. Their QR code is a random name, looked up by its digest (design, "Codes")."""

from __future__ import annotations

from datetime import datetime, timedelta

from frontdesk.domain import codes
from frontdesk.domain.access import Actor, Permission, require
from frontdesk.domain.visits import InvitationState, Purpose
from frontdesk.services.errors import BadInput, Problem, ServiceError
from frontdesk.services.inputs import line
from frontdesk.services.site import Site
from frontdesk.services.views import InvitationView, Named, NewInvitation
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

LONGEST_WINDOW = timedelta(days=366)
MOST_COMPANIONS = 200  # the lobby contract's limit


class BadWindow(ServiceError):
    """An invitation's window is empty or longer than `longest`."""

    code = "bad_window"
    longest = LONGEST_WINDOW


class TooManyCompanions(ServiceError):
    """More companions than `most`, or fewer than none."""

    code = "too_many_companions"
    most = MOST_COMPANIONS


class InvitationUsed(ServiceError):
    """The invitation has let somebody in already."""

    code = "invitation_used"


def invite(site: Site, actor: Actor, new: NewInvitation) -> InvitationView:
    """Makes an invitation with a code of its own, good for one coming in.

    Raises:
        Forbidden: the actor may not invite.
        BadInput: `visitor` is empty or too long, `valid_until` is past, `area_id` is not an area in use.
        BadWindow, TooManyCompanions: the window or the number of companions cannot be.
        NotFound: no such unit.
    """
    require(actor, Permission.INVITE)
    now = site.now()
    fields = _fields(new, now)
    code = codes.new(codes.CodeKind.INVITATION, site.tag, site.random(codes.RANDOM_BYTES))
    with site.store.write() as unit:
        if unit.one(m.Area.select().where(m.Area.id == new.area_id, m.Area.active)) is None:
            raise BadInput("area_id", Problem.UNKNOWN)
        if new.unit_id is not None:
            unit.get(m.Unit, new.unit_id)
        invitation_id = unit.add(
            m.Invitation,
            code=code,
            code_digest=codes.digest(code),
            state=InvitationState.OPEN,
            created_at=now,
            created_by=actor.id,
            **fields,
        )
        detail = {"area": new.area_id, "purpose": new.purpose.value, "until": new.valid_until.isoformat()}
        unit.audit(actor, "invitation.made", f"invitation:{invitation_id}", detail, personal=str(fields["visitor"]))
        unit.announce("invitation", invitation_id)
        return _view(unit, unit.get(m.Invitation, invitation_id))


def invitation(site: Site, actor: Actor, invitation_id: int) -> InvitationView:
    """An invitation with the text of its code, for whoever may invite.

    Raises:
        Forbidden: the actor may not invite.
        NotFound: there is no such invitation.
    """
    require(actor, Permission.INVITE)
    with site.store.read() as unit:
        return _view(unit, unit.get(m.Invitation, invitation_id))


def revoke(site: Site, actor: Actor, invitation_id: int) -> InvitationView:
    """Takes an open invitation back; revoking it again changes nothing.

    A kiosk that is cut off lets its holder in until it hears of it: such a visit is flagged when it is taken in.

    Raises:
        Forbidden: the actor may not invite.
        InvitationUsed: it has been used.
        NotFound: there is no such invitation.
    """
    require(actor, Permission.INVITE)
    with site.store.write() as unit:
        still_open = (m.Invitation.id == invitation_id) & (m.Invitation.state == InvitationState.OPEN)
        changed = unit.run(
            m.Invitation.update(state=InvitationState.REVOKED, version=m.Invitation.version + 1).where(still_open)
        )
        row = unit.get(m.Invitation, invitation_id)
        if row.state == InvitationState.USED:
            raise InvitationUsed()
        if changed:
            unit.audit(actor, "invitation.revoked", f"invitation:{invitation_id}", {})
            unit.announce("invitation", invitation_id)
        return _view(unit, row)


def _fields(new: NewInvitation, now: datetime) -> dict[str, object]:
    """The columns of a new invitation; raises BadInput, BadWindow, TooManyCompanions."""
    visitor = line("visitor", new.visitor, needed=True)
    if not new.valid_from < new.valid_until <= new.valid_from + LONGEST_WINDOW:
        raise BadWindow()
    if new.valid_until <= now:
        raise BadInput("valid_until", Problem.IN_PAST)
    if not 0 <= new.companions <= MOST_COMPANIONS:
        raise TooManyCompanions()
    return {
        "visitor": visitor,
        "purpose": new.purpose,
        "area": new.area_id,
        "unit": new.unit_id,
        "host": line("host", new.host),
        "companions": new.companions,
        "plate": line("plate", new.plate).replace(" ", "").upper(),
        "valid_from": new.valid_from,
        "valid_until": new.valid_until,
    }


def _view(unit: Unit, row: m.Invitation) -> InvitationView:
    area = unit.get(m.Area, row.area)
    place = unit.get(m.Unit, row.unit) if row.unit is not None else None
    return InvitationView(
        id=row.id,
        code=row.code,
        visitor=row.visitor,
        purpose=Purpose(row.purpose),
        area=Named(area.id, area.name_zh, area.name_en),
        host=row.host,
        unit=place.label if place else "",
        plate=row.plate,
        companions=row.companions,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=InvitationState(row.state),
    )
