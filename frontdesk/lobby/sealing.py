"""Signatures and boxes of the lobby contract: who wrote it, who may read it, and that nothing was swapped.

A signed document is one line of ASCII – `frontdesk-lobby VERSION LABEL SIGNATURE` – and the payload's bytes as they
were signed. Boxes are anonymous sealed boxes (X25519, XSalsa20, Poly1305): whoever seals can not open again.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from frontdesk.lobby import coding, contract
from frontdesk.lobby.bulletin import BULLETIN_LIMIT, Bulletin
from frontdesk.lobby.coding import ContractError, Fault
from frontdesk.lobby.contract import (
    ENVELOPE_LIMIT,
    MESSAGE_LIMIT,
    VERSION,
    Body,
    Document,
    DocumentField,
    Letter,
    Message,
    MessageKind,
    Sheet,
)

# Boxes come in few sizes, so that a length tells nothing about a name or a number.
ENVELOPE_SIZES = (2 * 1024, 8 * 1024, 40 * 1024)
FIELD_SIZES = (512, 4 * 1024, 64 * 1024, 256 * 1024)

_MAGIC = "frontdesk-lobby"
_FRAME = re.compile(rb"frontdesk-lobby ([0-9]{1,4}) ([a-z]{1,16}) ([A-Za-z0-9+/]{86}==)\n", re.ASCII)


class Label(StrEnum):
    """What a signature is for; a signature for one thing is none for another."""

    MESSAGE = "message"
    ANSWER = "answer"
    BULLETIN = "bulletin"
    GRANT = "grant"
    SITE = "site"
    REQUEST = "request"


@dataclass(frozen=True)
class ConsoleKeys:
    """The console's private keys: one signs, one opens envelopes. `former` ones open what is still on its way."""

    signing: bytes = field(repr=False)
    envelope: bytes = field(repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    @classmethod
    def generate(cls) -> ConsoleKeys:
        """New keys for a site."""
        return cls(bytes(SigningKey.generate()), bytes(PrivateKey.generate()))

    @classmethod
    def from_private(cls, signing: bytes, envelope: bytes, former: Sequence[bytes] = ()) -> ConsoleKeys:
        """Keys kept as 32 bytes each.

        Raises:
            ValueError: a key has another length.
        """
        if any(len(key) != contract.KEY_BYTES for key in (signing, envelope, *former)):
            raise ValueError(f"a private key has {contract.KEY_BYTES} bytes")
        return cls(signing, envelope, tuple(former))

    @property
    def verify_public(self) -> bytes:
        """What kiosks check the console's signatures with."""
        return bytes(SigningKey(self.signing).verify_key)

    @property
    def envelope_public(self) -> bytes:
        """What kiosks seal envelopes to."""
        return _public(self.envelope)

    def opener(self, key: str) -> bytes:
        """The private key for a key id; raises ContractError if none of ours."""
        for private in (self.envelope, *self.former):
            if contract.key_id(_public(private)) == key:
                return private
        raise ContractError(Fault.UNKNOWN_KEY)


@dataclass(frozen=True)
class KioskKeys:
    """A kiosk's signing key; answers are sealed to the same key in its other form."""

    signing: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> KioskKeys:
        """A new key for a kiosk."""
        return cls(bytes(SigningKey.generate()))

    @property
    def public(self) -> bytes:
        """What the console checks this kiosk's signatures with."""
        return bytes(SigningKey(self.signing).verify_key)

    @property
    def kiosk(self) -> str:
        """The kiosk's name in the folder."""
        return contract.kiosk_id(self.public)


@dataclass(frozen=True)
class MonthKey:
    """A month's key pair for document parts; once `private` is destroyed, every copy of them is unreadable."""

    month: str
    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def generate(cls, month: str) -> MonthKey:
        """A new pair for a month as in "2026-11"."""
        private = PrivateKey.generate()
        return cls(month, bytes(private.public_key), bytes(private))

    def open_field(self, box: bytes, visit: str, name: DocumentField) -> bytes:
        """What was sealed for this month, visit and field.

        Raises:
            ContractError: another month's box, a damaged one, or one that belongs to another visit or field.
        """
        label, _, value = _unpadded(_opened(self.private, box)).partition(b"\n")
        if label != _field_label(self.month, visit, name):
            raise ContractError(Fault.SWAPPED)
        return value


class BulletinMaker:
    """Signs bulletins with the console's key."""

    def __init__(self, keys: ConsoleKeys) -> None:
        self._keys = keys

    def sign(self, bulletin: Bulletin) -> bytes:
        """The bulletin as it is published.

        Raises:
            ContractError: a value in it breaks a limit of the contract, or an invitation leads to no area in it.
        """
        known = {area.id for area in bulletin.areas}
        if any(invitation.area not in known for invitation in bulletin.invitations.values()):
            raise ContractError(Fault.OUT_OF_RANGE, "Bulletin.invitations.area")
        payload = coding.dumps(bulletin)
        if len(payload) > BULLETIN_LIMIT - 1024:
            raise ContractError(Fault.OVERSIZE)
        return sign(Label.BULLETIN, payload, self._keys.signing)


def open_bulletin(raw: bytes, console_verify: bytes) -> Bulletin:
    """A bulletin that this console signed.

    Raises:
        ContractError: it is damaged, of another version, or somebody else's.
    """
    return coding.decode(Bulletin, verified(Label.BULLETIN, raw, console_verify, BULLETIN_LIMIT))


def seal_document(
    month: str, month_public: bytes, visit: str, values: Mapping[DocumentField, bytes]
) -> Document | None:
    """The document part of a visit: each field padded and sealed by itself; None where there is nothing to keep.

    Raises:
        ContractError: a value is too long.
    """
    box = SealedBox(PublicKey(month_public))
    boxes = {
        name: bytes(box.encrypt(_padded(_field_label(month, visit, name) + b"\n" + value, FIELD_SIZES)))
        for name, value in values.items()
    }
    return Document(month, visit, boxes) if boxes else None


def seal_message(message: Message, keys: KioskKeys, console_envelope: bytes) -> bytes:
    """A kiosk's message as it travels.

    Raises:
        ContractError: a value breaks a limit of the contract.
    """
    payload = _sheet(message, console_envelope, keys.kiosk)
    return sign(Label.MESSAGE, payload, keys.signing)


def open_message(
    raw: bytes, kiosk_public: bytes, console_keys: ConsoleKeys, *, seen: Callable[[str], bool] | None = None
) -> Message:
    """Checks and opens a kiosk's message; its document part stays sealed.

    Args:
        seen: says whether a message id has had its effect already.

    Raises:
        ContractError: any rule of the contract is broken; `REPLAYED` where `seen` knows the id.
    """
    sheet = _read_sheet(Label.MESSAGE, raw, kiosk_public)
    if sheet.kiosk != contract.kiosk_id(kiosk_public):
        raise ContractError(Fault.WRONG_KIOSK)
    if seen is not None and seen(sheet.id):
        raise ContractError(Fault.REPLAYED)
    message = _read_envelope(sheet, console_keys.opener(sheet.key))
    if message.kind is MessageKind.ANSWER:
        raise ContractError(Fault.UNKNOWN_KIND)
    if sheet.document is not None and sheet.document.visit != getattr(message.body, "visit", None):
        raise ContractError(Fault.SWAPPED)
    return message


def seal_answer(message: Message, keys: ConsoleKeys, kiosk_public: bytes) -> bytes:
    """The console's answer as it travels to one kiosk.

    Raises:
        ContractError: a value breaks a limit of the contract.
    """
    public = bytes(VerifyKey(kiosk_public).to_curve25519_public_key())
    return sign(Label.ANSWER, _sheet(message, public, contract.kiosk_id(kiosk_public)), keys.signing)


def open_answer(raw: bytes, keys: KioskKeys, console_verify: bytes) -> Message:
    """Checks and opens an answer of the console to this kiosk.

    Raises:
        ContractError: any rule of the contract is broken.
    """
    sheet = _read_sheet(Label.ANSWER, raw, console_verify)
    private = SigningKey(keys.signing).to_curve25519_private_key()
    if sheet.kiosk != keys.kiosk or sheet.key != contract.key_id(bytes(private.public_key)):
        raise ContractError(Fault.WRONG_KIOSK)
    message = _read_envelope(sheet, bytes(private))
    if message.kind is not MessageKind.ANSWER:
        raise ContractError(Fault.UNKNOWN_KIND)
    return message


def sign(label: Label, payload: bytes, signing: bytes) -> bytes:
    """The payload with its signed first line."""
    signature = SigningKey(signing).sign(_claim(label, payload)).signature
    head = f"{_MAGIC} {VERSION} {label} {base64.b64encode(signature).decode('ascii')}\n"
    return head.encode("ascii") + payload


def verified(label: Label, raw: bytes, public: bytes, limit: int) -> dict[str, object]:
    """The JSON object in a signed document.

    Raises:
        ContractError: too long, not of our form, of another version or label, or not signed by this key.
    """
    payload, signature = _frame(label, raw, limit)
    try:
        VerifyKey(public).verify(_claim(label, payload), signature)
    except (CryptoError, ValueError):
        raise ContractError(Fault.BAD_SIGNATURE) from None
    return coding.loads(payload, limit)


def unverified(label: Label, raw: bytes, limit: int) -> dict[str, object]:
    """The JSON object of a document whose signer's key stands inside it; check it with `verified` next.

    Raises:
        ContractError: too long, not of our form, of another version or label.
    """
    return coding.loads(_frame(label, raw, limit)[0], limit)


def _frame(label: Label, raw: bytes, limit: int) -> tuple[bytes, bytes]:
    """Payload and signature of a document with this label; raises ContractError."""
    if len(raw) > limit:
        raise ContractError(Fault.OVERSIZE)
    head = _FRAME.match(raw)
    if head is None:
        raise ContractError(Fault.MALFORMED)
    if int(head[1]) != VERSION:
        raise ContractError(Fault.UNKNOWN_VERSION)
    if head[2].decode("ascii") != label:
        raise ContractError(Fault.UNKNOWN_KIND)
    try:
        signature = base64.b64decode(head[3], validate=True)
    except binascii.Error:
        raise ContractError(Fault.MALFORMED) from None
    return raw[head.end() :], signature


def _claim(label: Label, payload: bytes) -> bytes:
    """What is signed: version and label with the payload, so that neither can be exchanged."""
    return f"{_MAGIC} {VERSION} {label}\n".encode("ascii") + payload


def _sheet(message: Message, recipient: bytes, kiosk: str) -> bytes:
    """A message's payload, its envelope sealed to the recipient's X25519 key."""
    inner = {"kind": message.kind.value, "at": message.at, "body": coding.plain(message.body)}
    _read_inner(inner)  # we do not send what we would not accept
    envelope = SealedBox(PublicKey(recipient)).encrypt(_padded(coding.canonical(inner), ENVELOPE_SIZES))
    sheet = Sheet(message.id, kiosk, contract.key_id(recipient), bytes(envelope), message.document)
    payload = coding.dumps(sheet)
    if len(payload) > MESSAGE_LIMIT - 1024:
        raise ContractError(Fault.OVERSIZE)
    return payload


def _read_sheet(label: Label, raw: bytes, public: bytes) -> Sheet:
    """The outside of a message, its signature checked; without a document part it must be small."""
    sheet = coding.decode(Sheet, verified(label, raw, public, MESSAGE_LIMIT))
    if sheet.document is None and len(raw) > ENVELOPE_LIMIT:
        raise ContractError(Fault.OVERSIZE)
    return sheet


def _read_envelope(sheet: Sheet, private: bytes) -> Message:
    """The inside of a message."""
    inner = coding.loads(_unpadded(_opened(private, sheet.envelope)), ENVELOPE_LIMIT)
    at, body = _read_inner(inner)
    return Message(sheet.id, sheet.kiosk, at, body, sheet.document)


def _read_inner(inner: Mapping[str, object]) -> tuple[int, Body]:
    """Instant and body of an envelope's content."""
    letter = coding.decode(Letter, {name: value for name, value in inner.items() if name != "body"})
    return letter.at, coding.decode(contract.KINDS[letter.kind], inner.get("body"))


def _field_label(month: str, visit: str, name: DocumentField) -> bytes:
    return f"{month}|{visit}|{name.value}".encode()


def _public(private: bytes) -> bytes:
    return bytes(PrivateKey(private).public_key)


def _opened(private: bytes, box: bytes) -> bytes:
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(box))
    except (CryptoError, ValueError):
        raise ContractError(Fault.CANNOT_OPEN) from None


def _padded(data: bytes, sizes: Sequence[int]) -> bytes:
    """The data, a mark, and zeros up to the next fixed size."""
    for size in sizes:
        if len(data) < size:
            return (data + b"\x80").ljust(size, b"\0")
    raise ContractError(Fault.OVERSIZE)


def _unpadded(data: bytes) -> bytes:
    stripped = data.rstrip(b"\0")
    if not stripped.endswith(b"\x80"):
        raise ContractError(Fault.MALFORMED)
    return stripped[:-1]
