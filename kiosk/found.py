"""What the desk hands to the screens: plain values, nothing personal beyond the visitor's own pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontdesk.lobby.bulletin import Area, Way


class FoundKind(StrEnum):
    """What a scanned text turned out to be."""

    INVITATION_OK = "invitation_ok"
    INVITATION_EARLY = "invitation_early"
    INVITATION_EXPIRED = "invitation_expired"
    INVITATION_USED = "invitation_used"
    BADGE_OK = "badge_ok"
    BADGE_LEFT = "badge_left"
    WRONG_KIND = "wrong_kind"
    OTHER_SITE = "other_site"
    UNKNOWN = "unknown"
    NOT_OURS = "not_ours"
    NO_BULLETIN = "no_bulletin"


class Trouble(StrEnum):
    """What staff should know of, while the kiosk goes on."""

    LOBBY_AWAY = "lobby_away"
    BULLETIN_REFUSED = "bulletin_refused"
    ANSWER_REFUSED = "answer_refused"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Found:
    """What a scanned text is; nothing personal."""

    kind: FoundKind
    code_digest: str | None = None
    area_id: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    badge_no: str | None = None


class Refused(Exception):
    """The code does not do what was asked of it."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.kind.value)
        self.found = found
        self.kind = found.kind


@dataclass(frozen=True, slots=True)
class PassView:
    """The visitor's pass; `badge_code` is the text of the badge's QR code."""

    badge_no: str
    badge_code: str
    area: Area
    way: Way
    until: datetime
    visit_id: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody has left."""

    badge_no: str
    at: datetime
