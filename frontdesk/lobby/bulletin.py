"""What the console tells its kiosks: areas and ways, invitations and badges by digest, policy, texts, keys.

Nothing in it says who lives where. Places on the site map are in map units (one is a metre by convention), y downward.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from frontdesk.lobby.coding import Length, Pattern, Range
from frontdesk.lobby.contract import (
    AreaId,
    BadgeNo,
    Count,
    Digest,
    Instant,
    Key,
    KioskId,
    Line,
    Minutes,
    Month,
    People,
    Token,
)

BULLETIN_LIMIT = 4 * 1024 * 1024  # bytes: some 20,000 invitations

Coordinate = Annotated[float, Range(-1_000_000, 1_000_000)]
Step = Annotated[str, Length(200, least=1)]
Steps = Annotated[tuple[Step, ...], Length(40)]
Wording = Annotated[str, Length(8000)]
Days = Annotated[int, Range(0, 3660)]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages of the house."""

    zh_CN: Wording
    en: Wording
    zh_TW: Wording

    def spoken(self, language: str) -> str:
        """The text in a language; in simplified Chinese where it has not been translated."""
        return {"en": self.en, "zh_TW": self.zh_TW}.get(language) or self.zh_CN


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the site map."""

    x: Coordinate
    y: Coordinate


Points = Annotated[tuple[Point, ...], Length(500)]


@dataclass(frozen=True, slots=True)
class Way:
    """How to walk from the lobby to an area."""

    points: Points
    zh_CN: Steps
    en: Steps
    zh_TW: Steps
    minutes: Minutes

    def steps(self, language: str) -> tuple[str, ...]:
        """The way in words; in simplified Chinese where it has not been translated."""
        return {"en": self.en, "zh_TW": self.zh_TW}.get(language) or self.zh_CN


@dataclass(frozen=True, slots=True)
class Area:
    """A place that visitors go to."""

    id: AreaId
    name: Text
    point: Point
    way: Way


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing on the map: building, road, water, green or gate; the name may be empty."""

    kind: Token
    name: Text
    points: Points


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The drawing of the site; `here` is the lobby."""

    size: Point
    here: Point
    shapes: Annotated[tuple[Shape, ...], Length(1000)]


@dataclass(frozen=True, slots=True)
class Policy:
    """The site's rules for visits as far as a kiosk needs them."""

    stay_minutes: Minutes
    retention_days: Days
    identity_required: bool
    address_asked: bool
    portrait_kept: bool
    notice_version: Line


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation's code is good for; `uses` are those that the console knew of at the issue."""

    area: AreaId
    valid_from: Instant
    valid_until: Instant
    companions: People
    uses: Count
    uses_allowed: Count


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge that is on site."""

    number: BadgeNo
    until: Instant


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One issue of the bulletin; a kiosk takes only rising issue numbers.

    `withdrawn` names kiosks that must pair again. `month_keys` holds this month's and next month's public key.
    """

    site: Annotated[str, Pattern("[0-9A-HJKMNP-TV-Z]{4}")]
    site_name: Text
    zone: Annotated[str, Pattern("[A-Za-z0-9_+/-]{1,40}")]
    issue: Instant
    issued_at: Instant
    areas: Annotated[tuple[Area, ...], Length(500)]
    map: SiteMap | None
    policy: Policy
    texts: Annotated[Mapping[Token, Text], Length(200)]
    invitations: Annotated[Mapping[Digest, Invitation], Length(50_000)]
    badges: Annotated[Mapping[Digest, Badge], Length(50_000)]
    envelope_key: Key
    month_keys: Annotated[Mapping[Month, Key], Length(24)]
    withdrawn: Annotated[tuple[KioskId, ...], Length(500)] = field(default=())

    def area(self, area: str) -> Area | None:
        """The area with this id."""
        return next((known for known in self.areas if known.id == area), None)


def next_issue(previous: int, issued_at: int) -> int:
    """The number of the next issue: rises with the clock, so that it goes on rising after a restored backup.

    Args:
        previous: the highest number known, from the database or the bulletin in the folder.
        issued_at: microseconds since 1970.
    """
    return max(previous + 1, issued_at)
