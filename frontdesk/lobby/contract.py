"""The messages of the lobby contract, version 1; rule source: design, "The lobby contract".

A kiosk writes `check_in`, `check_out`, `ask_entry`, `call_desk`, `paper_state` and `heartbeat`; the console writes
`answer`. Every field here is frozen by a test: a change is a new version. Instants are whole microseconds since 1970,
UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from frontdesk.domain import codes
from frontdesk.lobby.coding import Length, Pattern, Range

VERSION = 1
ENVELOPE_LIMIT = 64 * 1024  # bytes of a message without its document part
MESSAGE_LIMIT = 1024 * 1024  # bytes of a message with its document part
KEY_BYTES = 32

MessageId = Annotated[str, Pattern("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
VisitId = MessageId
KioskId = Annotated[str, Pattern("[0-9A-HJKMNP-TV-Z]{16}")]
Digest = Annotated[str, Pattern("[0-9a-f]{64}")]
KeyId = Annotated[str, Pattern("[0-9a-f]{16}")]
Key = Annotated[bytes, Length(KEY_BYTES, least=KEY_BYTES)]
AreaId = Annotated[str, Pattern("[A-Za-z0-9_-]{1,40}")]
BadgeNo = Annotated[str, Pattern("[A-Z]{1,2}-[0-9]{3,6}")]
Token = Annotated[str, Pattern("[a-z][a-z0-9_]{0,31}")]
Language = Annotated[str, Pattern("zh_CN|en|zh_TW")]
Month = Annotated[str, Pattern("[0-9]{4}-(0[1-9]|1[0-2])")]
Date = Annotated[str, Pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
Instant = Annotated[int, Range(0, 253_402_300_799_999_999)]  # to the end of the year 9999
Count = Annotated[int, Range(0, 1_000_000)]
People = Annotated[int, Range(0, 200)]
Minutes = Annotated[int, Range(0, 60 * 24 * 31)]
Line = Annotated[str, Length(120, least=1)]
Words = Annotated[str, Length(1000)]


class MessageKind(StrEnum):
    """What a message says."""

    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    ASK_ENTRY = "ask_entry"
    ANSWER = "answer"
    CALL_DESK = "call_desk"
    HEARTBEAT = "heartbeat"
    PAPER_STATE = "paper_state"


class DocumentKind(StrEnum):
    """What a visitor identified themselves with."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    TRAVEL_DOCUMENT = "travel_document"
    OTHER = "other"


class DocumentField(StrEnum):
    """What may be kept from a document, each sealed by itself."""

    KIND = "kind"
    NUMBER = "number"
    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"
    NATIONALITY = "nationality"
    ADDRESS = "address"
    VALID_UNTIL = "valid_until"
    PORTRAIT = "portrait"


class LeavingBy(StrEnum):
    """How a visitor showed which badge is leaving."""

    CODE = "code"
    NUMBER = "number"
    WITHOUT_BADGE = "without_badge"


class PaperOutcome(StrEnum):
    """What became of a piece of paper for a visitor."""

    PRINTED = "printed"
    FAILED = "failed"
    SHOWN = "shown"


class Outcome(StrEnum):
    """What the console answers about a visit."""

    RECEIVED = "received"
    WAIT = "wait"
    ADMITTED = "admitted"
    REFUSED = "refused"
    COME_TO_DESK = "come_to_desk"


@dataclass(frozen=True, slots=True)
class Consent:
    """The privacy notice that the visitor accepted."""

    version: Line
    language: Language
    at: Instant


@dataclass(frozen=True, slots=True)
class Identity:
    """What the console matches against watch-list and invitations, and then forgets."""

    document: DocumentKind
    number: Line
    name: Line
    birth: Date | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """An invitation was claimed at the kiosk and the visitor was let through; digests, never codes."""

    visit: VisitId
    code: Digest
    badge: Digest
    badge_no: BadgeNo
    area: AreaId
    until: Instant
    companions: People
    plate: Line | None
    language: Language
    consent: Consent | None
    identity: Identity | None


@dataclass(frozen=True, slots=True)
class CheckOut:
    """Somebody left; `visit` is known only where this kiosk let them in."""

    visit: VisitId | None
    badge: Digest | None
    badge_no: BadgeNo | None
    by: LeavingBy


@dataclass(frozen=True, slots=True)
class AskEntry:
    """Somebody without an invitation asks to come in; the badge is theirs if the console admits them."""

    visit: VisitId
    purpose: Token
    unit: Line | None
    department: Line | None
    area: AreaId | None
    host: Line | None
    reason: Words
    name: Line | None
    phone: Line | None
    code: Digest | None
    companions: People
    companion_names: Annotated[tuple[Line, ...], Length(50)]
    plate: Line | None
    stay: Minutes | None
    badge: Digest
    badge_no: BadgeNo
    language: Language
    consent: Consent | None
    identity: Identity | None


@dataclass(frozen=True, slots=True)
class CallDesk:
    """Somebody at the kiosk wants a person."""

    reason: Token
    screen: Token | None
    visit: VisitId | None
    language: Language | None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How the kiosk is; the newest replaces the one before."""

    camera: Token
    paper: Token
    screen: Token
    waiting: Count
    bulletin: Instant | None
    program: Line
    started: Instant


@dataclass(frozen=True, slots=True)
class PaperState:
    """What became of the paper for a visit, and how the printer is."""

    visit: VisitId | None
    badge_no: BadgeNo | None
    paper: Token
    outcome: PaperOutcome
    printer: Token


@dataclass(frozen=True, slots=True)
class Answer:
    """The console's word on a visit: area and until when, if admitted; words that the visitor may read."""

    visit: VisitId
    message: MessageId
    outcome: Outcome
    area: AreaId | None
    until: Instant | None
    words: Words | None


Body = CheckIn | CheckOut | AskEntry | CallDesk | Heartbeat | PaperState | Answer

KINDS: Mapping[MessageKind, type[Body]] = {
    MessageKind.CHECK_IN: CheckIn,
    MessageKind.CHECK_OUT: CheckOut,
    MessageKind.ASK_ENTRY: AskEntry,
    MessageKind.ANSWER: Answer,
    MessageKind.CALL_DESK: CallDesk,
    MessageKind.HEARTBEAT: Heartbeat,
    MessageKind.PAPER_STATE: PaperState,
}


@dataclass(frozen=True, slots=True)
class Document:
    """The document part: each field a box that only the month's private key opens."""

    month: Month
    visit: VisitId
    fields: Annotated[
        Mapping[DocumentField, Annotated[bytes, Length(MESSAGE_LIMIT)]], Length(len(DocumentField), least=1)
    ]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message as it travels: what anybody may see, and the boxes."""

    id: MessageId
    kiosk: KioskId
    key: KeyId
    envelope: Annotated[bytes, Length(ENVELOPE_LIMIT)]
    document: Document | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What the envelope holds beside the body."""

    kind: MessageKind
    at: Instant


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was checked and opened; for an answer, `kiosk` is whom it is for."""

    id: str
    kiosk: str
    at: int
    body: Body
    document: Document | None = None

    @property
    def kind(self) -> MessageKind:
        """What the message says."""
        return kind_of(self.body)


def kind_of(body: Body) -> MessageKind:
    """The kind of a message with this body."""
    return next(kind for kind, model in KINDS.items() if model is type(body))


def kiosk_id(public: bytes) -> str:
    """A kiosk's name in the folder: a hash of its public signing key, so that it cannot be borrowed."""
    return codes.base32(hashlib.sha256(b"frontdesk kiosk" + public).digest()[:10], 16)


def key_id(public: bytes) -> str:
    """Which key a box was sealed to."""
    return hashlib.sha256(public).hexdigest()[:16]


def instant(moment: datetime) -> int:
    """Microseconds since 1970, UTC, of an aware moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(instant: int) -> datetime:
    """The aware UTC moment of an instant."""
    return _EPOCH + timedelta(microseconds=instant)


def month_of(day: datetime) -> str:
    """The month of a moment on its own clock, as in "2026-11"."""
    return f"{day.year:04d}-{day.month:02d}"


def uuid7(instant: int, random: bytes, after: str = "") -> str:
    """A UUIDv7 (RFC 9562) of a moment, later than `after`: ids of one kiosk rise even where its clock goes back.

    Args:
        instant: microseconds since 1970; the part below a millisecond goes into the 12 bits that follow (method 3).
        random: 8 bytes from a secure source.
    """
    ticks = max(_ticks(instant), _ticks_of(after) + 1 if after else 0)
    number = (ticks >> 12) << 80 | 7 << 76 | (ticks & 0xFFF) << 64
    number |= 2 << 62 | int.from_bytes(random[:8], "big") >> 2
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _ticks(instant: int) -> int:
    """4096ths of a millisecond, in 60 bits."""
    return min(max(instant, 0) * 4096 // 1000, 2**60 - 2)


def _ticks_of(identifier: str) -> int:
    """The 4096ths of a millisecond that a UUIDv7 carries."""
    digits = identifier.replace("-", "")
    return int(digits[:12], 16) << 12 | int(digits[13:16], 16)
