"""Visits to the lobby: states, the invitation's window, and who has stayed too long (domain section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """Why somebody comes (事由)."""

    GUEST = "guest"
    DELIVERY = "delivery"
    CONTRACTOR = "contractor"
    OFFICE = "office"
    VIEWING = "viewing"


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"


class VisitState(StrEnum):
    """Where a visit stands; expected ones are invitations that nobody has used yet."""

    EXPECTED = "expected"
    ON_SITE = "on_site"
    OVERDUE = "overdue"
    LEFT = "left"
    REFUSED = "refused"


class HowLeft(StrEnum):
    """By what we know that the visitor left."""

    BADGE = "badge"
    DESK = "desk"


class Flag(StrEnum):
    """Why the desk must look at a visit that a kiosk has let in, which it may do while it is cut off."""

    USED_TWICE = "used_twice"
    REVOKED = "revoked"
    OUT_OF_WINDOW = "out_of_window"
    UNKNOWN_INVITATION = "unknown_invitation"


class WindowState(StrEnum):
    """How an instant lies to an invitation's window."""

    EARLY = "early"
    OPEN = "open"
    EXPIRED = "expired"


# A guest may come this much before the agreed time and still be let in.
EARLY_GRACE = timedelta(minutes=30)
# Whoever comes just before the end of the agreed time may still stay this long.
SHORTEST_STAY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when an invitation may be used; both aware, UTC."""

    valid_from: datetime
    valid_until: datetime

    def at(self, now: datetime) -> WindowState:
        """How `now` lies to the window, the early grace counted in."""
        if now < self.valid_from - EARLY_GRACE:
            return WindowState.EARLY
        return WindowState.OPEN if now <= self.valid_until else WindowState.EXPIRED


def stay_until(arrived_at: datetime, valid_until: datetime) -> datetime:
    """Until when an invited visitor may stay: as long as the invitation says, and never less than the shortest stay."""
    return max(valid_until, arrived_at + SHORTEST_STAY)


def flag_of(state: InvitationState | None, window: WindowState | None) -> Flag | None:
    """What is wrong with a coming in by invitation, None where nothing is.

    Args:
        state: the invitation's state before it, None where the site knows no such invitation.
        window: how the arrival lies to the invitation's window.
    """
    if state is None:
        return Flag.UNKNOWN_INVITATION
    if state is InvitationState.REVOKED:
        return Flag.REVOKED
    if state is InvitationState.USED:
        return Flag.USED_TWICE
    return None if window is WindowState.OPEN else Flag.OUT_OF_WINDOW


def visit_state(until: datetime, left_at: datetime | None, now: datetime, *, refused: bool = False) -> VisitState:
    """Where an admitted visit stands at an instant."""
    if refused:
        return VisitState.REFUSED
    if left_at is not None:
        return VisitState.LEFT
    return VisitState.OVERDUE if now > until else VisitState.ON_SITE
