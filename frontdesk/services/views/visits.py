"""Views of visits: invitations, who is on site, the way there, the kiosks that let people in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState
from frontdesk.services.views.site import Named


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What it takes to invite; the QR code made for it holds none of this."""

    visitor: str
    purpose: Purpose
    area_id: int
    valid_from: datetime
    valid_until: datetime
    unit_id: int | None = None
    host: str = ""
    plate: str = ""
    companions: int = 0


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit, or an invitation that nobody has used yet (then `visit_id` is None)."""

    visit_id: int | None
    invitation_id: int | None
    name: str
    purpose: Purpose
    area: Named
    badge_no: str
    state: VisitState
    arrived_at: datetime | None
    until: datetime
    left_at: datetime | None
    how_left: HowLeft | None
    companions: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation with the text of its QR code, for whoever may invite."""

    id: int
    code: str
    visitor: str
    purpose: Purpose
    area: Named
    host: str
    unit: str
    plate: str
    companions: int
    valid_from: datetime
    valid_until: datetime
    state: InvitationState


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit whole, with the way to its area in the asker's language; `flag_reason` is one of Flag's, or empty."""

    line: VisitLine
    host: str
    unit: str
    plate: str
    kiosk: str
    steps: tuple[str, ...]
    minutes: int
    flag_reason: str = ""


@dataclass(frozen=True, slots=True)
class VisitsView:
    """Who is expected, on site, overdue, gone; counts are of the whole day, lines may be fewer."""

    lines: tuple[VisitLine, ...]
    counts: tuple[tuple[VisitState, int], ...]


@dataclass(frozen=True, slots=True)
class DeskCallView:
    """Somebody at a kiosk asks for the desk."""

    id: int
    kiosk: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The site map as plain numbers to paint, in map units; the same that the kiosk's bulletin carries.

    `shapes` are (kind, label, points) with kind one of building, road, water, green, gate; `way` is the path from
    the lobby to the area.
    """

    size: tuple[float, float]
    shapes: tuple[tuple[str, str, tuple[tuple[float, float], ...]], ...]
    here: tuple[float, float]
    way: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class KioskView:
    """A kiosk that is paired, was, or asks to be; `id` is its name in the lobby, `state` one of KioskHealth's."""

    id: str
    name: str
    letter: str
    paired: bool
    last_beat: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class DeadLetterView:
    """A kiosk's message that could not take effect and was set aside; `reason` is a code."""

    kiosk: str
    reason: str


@dataclass(frozen=True, slots=True)
class LobbyView:
    """The lobby folder: `away` is empty while it can be used, else a code that says why not."""

    away: str
    dead: tuple[DeadLetterView, ...]
