"""Pairing: a person reads ten characters off the kiosk and types them at the console; then each knows the other's key.

The characters are the kiosk's secret and never stand in the folder. The request proves with them which console keys the
kiosk saw, the grant proves that whoever wrote it was told them: neither side can be taken in by a file that somebody
else put into the folder.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from nacl.pwhash import argon2id

from frontdesk.domain import codes
from frontdesk.lobby import coding, contract
from frontdesk.lobby.bulletin import Text
from frontdesk.lobby.coding import ContractError, Fault, Pattern
from frontdesk.lobby.contract import Instant, Key, KioskId, Line
from frontdesk.lobby.sealing import ConsoleKeys, KioskKeys, Label, sign, unverified, verified

PAPER_LIMIT = 16 * 1024  # bytes of a pairing document
CODE_LENGTH = 10
SECRET_BYTES = 7  # of which 50 bits are used

SiteTag = Annotated[str, Pattern("[0-9A-HJKMNP-TV-Z]{4}")]
Letter = Annotated[str, Pattern("[A-Z]{1,2}")]


@dataclass(frozen=True, slots=True)
class Site:
    """Which site a lobby folder belongs to, and its console's public keys; what a kiosk sees first."""

    site: SiteTag
    name: Text
    verify: Key
    envelope: Key


@dataclass(frozen=True, slots=True)
class Request:
    """A kiosk asks to be paired; `proof` binds its key to the console's keys that it saw, by the code it shows."""

    kiosk: KioskId
    public: Key
    at: Instant
    proof: Key


@dataclass(frozen=True, slots=True)
class Grant:
    """The console takes a kiosk on; `letter` begins the kiosk's badge numbers."""

    kiosk: KioskId
    public: Key
    site: SiteTag
    letter: Letter
    name: Line
    verify: Key
    envelope: Key
    at: Instant
    proof: Key


def new_code(random: bytes) -> str:
    """A code to read out: ten characters in two groups.

    Args:
        random: 7 bytes from a secure source.
    """
    text = codes.base32(random[:SECRET_BYTES], CODE_LENGTH)
    return f"{text[:5]}-{text[5:]}"


def is_code(text: str) -> bool:
    """Whether a text has the form of a code to read out."""
    return re.fullmatch("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", text) is not None


def site_document(keys: ConsoleKeys, tag: str, name: Text) -> bytes:
    """What the console puts into a lobby folder to make it one."""
    site = Site(tag, name, keys.verify_public, keys.envelope_public)
    return sign(Label.SITE, coding.dumps(site), keys.signing)


def read_site(raw: bytes) -> Site:
    """The site of a lobby folder. Whether the keys are the true console's is known only after pairing.

    Raises:
        ContractError: the document is damaged or signed by another key than it names.
    """
    site = coding.decode(Site, unverified(Label.SITE, raw, PAPER_LIMIT))
    verified(Label.SITE, raw, site.verify, PAPER_LIMIT)
    return site


def request(keys: KioskKeys, site: Site, code: str, at: int) -> bytes:
    """A kiosk's request, for the console whose keys it saw."""
    proof = _proof(b"request", code, keys.public, site.verify, site.envelope, b"")
    return sign(Label.REQUEST, coding.dumps(Request(keys.kiosk, keys.public, at, proof)), keys.signing)


def read_request(raw: bytes) -> Request:
    """A request whose signer holds the key that it names.

    Raises:
        ContractError: the document is damaged, or the name is not the key's.
    """
    asked = coding.decode(Request, unverified(Label.REQUEST, raw, PAPER_LIMIT))
    verified(Label.REQUEST, raw, asked.public, PAPER_LIMIT)
    if asked.kiosk != contract.kiosk_id(asked.public):
        raise ContractError(Fault.WRONG_KIOSK)
    return asked


def match(typed: str, requests: Iterable[Request], keys: ConsoleKeys) -> Request | None:
    """The request of the kiosk that shows this code and saw these keys; None if there is none.

    A tenth of a second for each request, on purpose: the code must not be guessed from the folder's files.
    """
    for asked in requests:
        proof = _proof(b"request", typed, asked.public, keys.verify_public, keys.envelope_public, b"")
        if hmac.compare_digest(proof, asked.proof):
            return asked
    return None


def grant(keys: ConsoleKeys, asked: Request, typed: str, *, site: str, letter: str, name: str, at: int) -> bytes:
    """The console's answer to a request that `match` found by the typed code.

    Raises:
        ContractError: letter, name or site tag break a limit of the contract.
    """
    proof = _proof(b"grant", typed, asked.public, keys.verify_public, keys.envelope_public, _terms(site, letter))
    granted = Grant(asked.kiosk, asked.public, site, letter, name, keys.verify_public, keys.envelope_public, at, proof)
    return sign(Label.GRANT, coding.dumps(granted), keys.signing)


def read_grant(raw: bytes, keys: KioskKeys) -> Grant:
    """A grant for this kiosk, signed by the key that it names.

    Raises:
        ContractError: damaged, or for another kiosk.
    """
    granted = coding.decode(Grant, unverified(Label.GRANT, raw, PAPER_LIMIT))
    verified(Label.GRANT, raw, granted.verify, PAPER_LIMIT)
    if granted.public != keys.public or granted.kiosk != keys.kiosk:
        raise ContractError(Fault.WRONG_KIOSK)
    return granted


def accept(raw: bytes, keys: KioskKeys, code: str) -> Grant:
    """A grant whose writer was told this kiosk's code; from here on its console keys are the kiosk's truth.

    Raises:
        ContractError: damaged, for another kiosk, or written by somebody who was not told the code.
    """
    granted = read_grant(raw, keys)
    terms = _terms(granted.site, granted.letter)
    proof = _proof(b"grant", code, granted.public, granted.verify, granted.envelope, terms)
    if not hmac.compare_digest(proof, granted.proof):
        raise ContractError(Fault.BAD_SIGNATURE)
    return granted


def _terms(site: str, letter: str) -> bytes:
    return f"{site}|{letter}".encode()


def _proof(purpose: bytes, code: str, kiosk: bytes, verify: bytes, envelope: bytes, terms: bytes) -> bytes:
    """What only somebody who knows the code can compute over these keys."""
    claim = b"frontdesk pairing 1|" + purpose + b"|" + kiosk + verify + envelope + terms
    return hmac.digest(_stretched(codes.plain_base32(code)[: 2 * CODE_LENGTH], kiosk), claim, "sha256")


@lru_cache(maxsize=4)
def _stretched(code: str, kiosk: bytes) -> bytes:
    """A key from the code, slow to compute, so that 50 bits are enough."""
    salt = hashlib.sha256(b"frontdesk pairing" + kiosk).digest()[: argon2id.SALTBYTES]
    return argon2id.kdf(
        32,
        code.encode("utf-8", "replace"),
        salt,
        opslimit=argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=argon2id.MEMLIMIT_INTERACTIVE,
    )
