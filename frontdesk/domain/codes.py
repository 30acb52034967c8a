"""The one format of every QR code of ours; rule source: design, "Codes".

`FD1` · kind letter · site tag (4) · 26 characters of Crockford's base32 (128 random bits) · check character: 35
characters of a QR code's upper-case alphanumeric mode. A code is a random name without personal data: what it may do is
decided by looking its digest up.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

PREFIX = "FD"
VERSION = "1"
TAG_LENGTH = 4
BODY_LENGTH = 26
RANDOM_BYTES = 16
LENGTH = len(PREFIX) + len(VERSION) + 1 + TAG_LENGTH + BODY_LENGTH + 1

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KIND_AT = len(PREFIX) + len(VERSION)
_LOOKALIKES = str.maketrans("ILO", "110")  # what people type for Crockford's 1 and 0
_SEPARATORS = str.maketrans("", "", " -\t\r\n")
_TYPED_LIMIT = 4 * LENGTH  # longer than any of our codes with separators: not worth reading


class CodeKind(Enum):
    """What a code names; the value is its letter."""

    INVITATION = "I"
    BADGE = "B"
    WORK_ORDER = "W"
    LIAISON = "L"
    COMPLAINT = "C"
    SPECIAL_SERVICE = "S"
    INCIDENT = "E"


class NotOursReason(Enum):
    """Why a text is not a code of ours."""

    FOREIGN = "foreign"
    DAMAGED = "damaged"
    OTHER_VERSION = "other_version"


class NotOurs(ValueError):
    """The text is not a code that this version may use."""

    def __init__(self, reason: NotOursReason) -> None:
        super().__init__(reason.value)
        self.code = f"{reason.value}_code"
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read: its kind, the site it belongs to, and its canonical text."""

    kind: CodeKind
    site_tag: str
    text: str

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the canonical text: the only form in which a code is stored or published."""
        return hashlib.sha256(self.text.encode("ascii")).hexdigest()


def new(kind: CodeKind, site_tag: str, random: bytes) -> str:
    """The canonical text of a new code.

    Args:
        random: 16 bytes from a secure source.

    Raises:
        ValueError: the site tag or the number of random bytes is not what the format asks for.
    """
    if not is_site_tag(site_tag):
        raise ValueError("a site tag is four characters of Crockford's base32")
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a code takes {RANDOM_BYTES} random bytes")
    payload = site_tag + base32(random, BODY_LENGTH)
    return PREFIX + VERSION + kind.value + payload + _check_character(kind.value, payload)


def new_site_tag(random: bytes) -> str:
    """A site's tag, of 20 random bits.

    Raises:
        ValueError: fewer than three bytes were given.
    """
    if len(random) < 3:
        raise ValueError("a site tag takes three random bytes")
    return base32(random[:3], 5)[-TAG_LENGTH:]


def is_site_tag(text: str) -> bool:
    """Whether the text has the form of a site tag."""
    return len(text) == TAG_LENGTH and all(character in _CROCKFORD for character in text)


def base32(data: bytes, length: int) -> str:
    """Big-endian Crockford base32 of the bytes as one number, `length` characters long."""
    number = int.from_bytes(data, "big")
    return "".join(_CROCKFORD[(number >> (5 * place)) & 31] for place in reversed(range(length)))


def plain_base32(text: str) -> str:
    """What somebody typed, as Crockford base32: upper case, no separators, look-alike letters as digits."""
    return text.upper().translate(_SEPARATORS).translate(_LOOKALIKES)


def parse(text: str) -> Code:
    """Reads a scanned or typed code; small letters, blanks, hyphens and look-alike letters are forgiven.

    Raises:
        NotOurs: another maker's code, a damaged one, or one of another version of the format.
    """
    if len(text) > _TYPED_LIMIT or not text.isascii():
        raise NotOurs(NotOursReason.FOREIGN)
    compact = text.upper().translate(_SEPARATORS)
    if not compact.startswith(PREFIX) or not compact.isalnum():
        raise NotOurs(NotOursReason.FOREIGN)
    version = compact[len(PREFIX) : _KIND_AT]
    if version != VERSION:
        newer = version.isdigit() and len(compact) >= LENGTH
        raise NotOurs(NotOursReason.OTHER_VERSION if newer else NotOursReason.FOREIGN)
    if len(compact) != LENGTH:
        raise NotOurs(NotOursReason.DAMAGED)
    return _checked(compact)


def digest(text: str) -> str:
    """Hex SHA-256 of a code's canonical text.

    Raises:
        NotOurs: the text is not a code of ours.
    """
    return parse(text).digest


def _checked(compact: str) -> Code:
    """The code in 35 characters that begin like one of ours; raises NotOurs."""
    letter = compact[_KIND_AT]
    payload = compact[_KIND_AT + 1 :].translate(_LOOKALIKES)
    whole = (
        letter in _LETTERS
        and all(character in _CROCKFORD for character in payload)
        and payload[TAG_LENGTH] in "01234567"  # 26 characters hold 130 bits, a code only 128
        and payload[-1] == _check_character(letter, payload[:-1])
    )
    if not whole:
        raise NotOurs(NotOursReason.DAMAGED)
    try:
        kind = CodeKind(letter)
    except ValueError:
        raise NotOurs(NotOursReason.OTHER_VERSION) from None  # sound, but of a kind that came later
    return Code(kind, payload[:TAG_LENGTH], compact[: _KIND_AT + 1] + payload)


def _check_character(letter: str, payload: str) -> str:
    """The hybrid system of ISO/IEC 7064, modulus 33,32, over kind letter and payload: any one wrong character shows.

    Not the standard's own 37,36, because its check characters hold the look-alikes I, L and O.
    """
    rest = 32
    for value in (_LETTERS.index(letter), *map(_CROCKFORD.index, payload)):
        total = (rest + value) % 32 or 32
        rest = total * 2 % 33
    return _CROCKFORD[(33 - rest) % 32]
