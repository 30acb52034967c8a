"""What each message of a kiosk does to the site's records, within the transaction that marks it as taken.

A message tells what has happened already - somebody was let in, somebody left - so that nothing is refused for what it
says: what should not have happened is recorded and flagged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState, Window, flag_of
from frontdesk.lobby import contract
from frontdesk.lobby.contract import Answer, AskEntry, CallDesk, CheckIn, CheckOut, Message, Outcome, PaperState
from frontdesk.services import visits
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

ENTRY = "entry"
LEFT_WITHOUT_BADGE = "left_without_badge"


class NotYet(Exception):
    """The message speaks of a visit that has not been taken in yet: it is left where it is, and tried again."""


class Rejected(Exception):
    """The message can have no effect; `reason` is a word for the dead-letter list."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message, from which kiosk, when it is taken in, and the blob of its sealed document."""

    message: Message
    kiosk: m.Kiosk
    now: datetime
    document: int | None = None

    @property
    def at(self) -> datetime:
        """When it happened by the kiosk's clock, never in the future."""
        try:
            return min(contract.moment(self.message.at), self.now)
        except OverflowError:
            return self.now

    @property
    def actor(self) -> Actor:
        """On whose behalf it is recorded: the program's, at this kiosk."""
        return Actor(0, "", Role.SYSTEM, desk=self.kiosk.name)


def take_effect(unit: Unit, arrival: Arrival) -> str:
    """Does what the message says, and returns the outcome in a word.

    Raises:
        NotYet: it has to wait for another message.
        Rejected: it can have no effect.
    """
    body = arrival.message.body
    effect = _EFFECTS.get(type(body))
    if effect is None:
        raise Rejected("unknown_kind")
    return effect(unit, arrival, body)


def answer_to(unit: Unit, arrival: Arrival) -> Answer | None:
    """The console's word on the visit that the message speaks of, as the records stand; None where none is due."""
    body, message = arrival.message.body, arrival.message.id
    if isinstance(body, AskEntry):
        return Answer(body.visit, message, Outcome.WAIT, None, None, None)
    if not isinstance(body, CheckIn | CheckOut) or body.visit is None:
        return None
    row = _visit(unit, m.Visit.uuid == body.visit)
    if isinstance(body, CheckOut) or row is None:
        return Answer(body.visit, message, Outcome.RECEIVED, None, None, None)
    outcome = Outcome.COME_TO_DESK if row.flagged else Outcome.ADMITTED
    return Answer(body.visit, message, outcome, body.area, contract.instant(row.until_at), None)


def _check_in(unit: Unit, arrival: Arrival, body: CheckIn) -> str:
    """Somebody was let in: a visit, and the invitation is used; what was wrong with it flags the visit."""
    invitation = unit.one(m.Invitation.select().where(m.Invitation.code_digest == body.code))
    before = _use(unit, invitation.id) if invitation else None
    window = Window(invitation.valid_from, invitation.valid_until).at(arrival.at) if invitation else None
    flag = flag_of(before, window)
    added = unit.run(m.Visit.insert(**_visit_fields(unit, arrival, body, invitation, flag or "")).on_conflict_ignore())
    if not added:
        raise Rejected("visit_twice")
    row = _visit(unit, m.Visit.uuid == body.visit)
    detail = {"badge": body.badge_no, "invitation": invitation.id if invitation else None, "flag": flag or ""}
    unit.audit(arrival.actor, "visit.checked_in", f"visit:{row.id}", detail)
    unit.announce("visit", row.id)
    if invitation:
        unit.announce("invitation", invitation.id)
    return flag or "admitted"


def _use(unit: Unit, invitation_id: int) -> InvitationState:
    """Counts a use of an invitation, and tells how it stood before; reading it for writing keeps others waiting."""
    row = unit.get(m.Invitation, invitation_id)
    before = InvitationState(row.state)
    used_up = before is InvitationState.OPEN and row.uses + 1 >= row.uses_allowed
    after = InvitationState.USED if used_up else before
    unit.change(m.Invitation, invitation_id, state=after, uses=row.uses + 1, version=row.version + 1)
    return before


def _visit_fields(
    unit: Unit, arrival: Arrival, body: CheckIn, invitation: m.Invitation | None, flag: str
) -> dict[str, object]:
    """The columns of the new visit: what the kiosk saw, and what the invitation knows."""
    known = {
        "invitation": invitation.id if invitation else None,
        "name": invitation.visitor if invitation else "",
        "purpose": invitation.purpose if invitation else Purpose.GUEST,
        "unit": invitation.unit if invitation else None,
        "host_person": invitation.host_person if invitation else None,
        "host": invitation.host if invitation else "",
        "plate": body.plate or (invitation.plate if invitation else ""),
    }
    return {
        **known,
        "uuid": body.visit,
        "kiosk": arrival.kiosk.id,
        "badge_no": body.badge_no,
        "badge_digest": body.badge,
        "area": _area(unit, body.area) or (invitation.area if invitation else None),
        "companions": body.companions,
        "state": VisitState.ON_SITE,
        "arrived_at": arrival.at,
        "until_at": _moment(body.until),
        "how_in": "kiosk",
        "flagged": bool(flag),
        "flag_reason": flag,
        "document": arrival.document,
    }


def _check_out(unit: Unit, arrival: Arrival, body: CheckOut) -> str:
    """Somebody left by their badge; one who was checked out at the desk meanwhile has left already."""
    if body.visit is None and body.badge is None and body.badge_no is None:
        return _call(unit, arrival, LEFT_WITHOUT_BADGE)
    row = _leaving(unit, body)
    if row is None:
        raise NotYet()
    if not visits.leave(unit, row.id, max(arrival.at, row.arrived_at), HowLeft.BADGE):
        return "already_left"
    unit.audit(arrival.actor, "visit.checked_out", f"visit:{row.id}", {"how": HowLeft.BADGE.value})
    return "left"


def _leaving(unit: Unit, body: CheckOut) -> Any:
    """The visit that leaves: by its name, else by the badge's code, else the newest with the badge's number."""
    if body.visit is not None:
        return _visit(unit, m.Visit.uuid == body.visit)
    if body.badge is not None:
        return _visit(unit, m.Visit.badge_digest == body.badge)
    return _visit(unit, m.Visit.badge_no == body.badge_no)


def _ask_entry(unit: Unit, arrival: Arrival, body: AskEntry) -> str:
    """Somebody without an invitation: the desk is called, and decides."""
    return _call(unit, arrival, ENTRY)


def _call_desk(unit: Unit, arrival: Arrival, body: CallDesk) -> str:
    return _call(unit, arrival, body.reason)


def _call(unit: Unit, arrival: Arrival, reason: str) -> str:
    """Raises an alert at the desk, which stays until somebody answers it."""
    call_id = unit.add(m.DeskCall, uuid=arrival.message.id, kiosk=arrival.kiosk.id, at=arrival.at, reason=reason)
    unit.audit(arrival.actor, "desk_call.raised", f"desk_call:{call_id}", {"reason": reason})
    unit.announce("desk_call", call_id)
    return "called"


def _paper_state(unit: Unit, arrival: Arrival, body: PaperState) -> str:
    """How the kiosk's printer is, until its next heartbeat says otherwise."""
    row = unit.get(m.Kiosk, arrival.kiosk.id)
    unit.change(m.Kiosk, row.id, last_beat={**(row.last_beat or {}), "paper": body.printer})
    unit.announce("kiosk", row.id)
    return body.outcome.value


def _visit(unit: Unit, condition: Any) -> Any:
    return unit.one(m.Visit.select().where(condition).order_by(m.Visit.arrived_at.desc(), m.Visit.id.desc()))


def _area(unit: Unit, name: str) -> int | None:
    """The row of an area that the contract names; None where the site has no such area any more."""
    if not name.isdecimal():
        return None
    row = unit.one(m.Area.select().where(m.Area.id == int(name[:18])))
    return row.id if row else None


def _moment(instant: int) -> datetime:
    """An instant of the contract; raises Rejected where no calendar has it."""
    try:
        return contract.moment(instant)
    except OverflowError:
        raise Rejected("out_of_range") from None


_EFFECTS: Mapping[type[contract.Body], Callable[[Unit, Arrival, Any], str]] = {
    CheckIn: _check_in,
    CheckOut: _check_out,
    AskEntry: _ask_entry,
    CallDesk: _call_desk,
    PaperState: _paper_state,
}
