"""Signatures and boxes: who may read what, and what shows when somebody meddles."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PublicKey, SealedBox
from nacl.signing import VerifyKey

from frontdesk.lobby import bulletin, coding, contract, sealing
from frontdesk.lobby.coding import ContractError, Fault
from frontdesk.lobby.contract import Answer, Body, CallDesk, CheckIn, DocumentField
from frontdesk.lobby.sealing import BulletinMaker, ConsoleKeys, KioskKeys, Label, MonthKey
from tests.lobby.samples import AT, BODIES, ID, INVITATION, VISIT, message
from tests.lobby.samples import bulletin as sample_bulletin

CONSOLE = ConsoleKeys.generate()
KIOSK = KioskKeys.generate()
OTHER = KioskKeys.generate()
NOVEMBER = MonthKey.generate("2026-11")
FROM_KIOSK = tuple(body for body in BODIES if not isinstance(body, Answer))
CHECK_IN = next(body for body in BODIES if isinstance(body, CheckIn))
ANSWER = next(body for body in BODIES if isinstance(body, Answer))
CALL = CallDesk("help", None, None, None)


def _sealed(body: Body = CALL) -> bytes:
    return sealing.seal_message(message(body, KIOSK), KIOSK, CONSOLE.envelope_public)


def _with_document() -> bytes:
    values = {DocumentField.NUMBER: b"11010519491231002X", DocumentField.PORTRAIT: b"\x89" * 40_000}
    document = sealing.seal_document("2026-11", NOVEMBER.public, VISIT, values)
    return sealing.seal_message(replace(message(CHECK_IN, KIOSK), document=document), KIOSK, CONSOLE.envelope_public)


def _fault(raw: bytes, public: bytes = KIOSK.public, keys: ConsoleKeys = CONSOLE) -> Fault:
    with pytest.raises(ContractError) as refused:
        sealing.open_message(raw, public, keys)
    return refused.value.code


def _resigned(raw: bytes, keys: KioskKeys = KIOSK, **changes: object) -> bytes:
    """The message with changes on its outside, signed anew by this kiosk: a kiosk that lies."""
    payload = json.loads(raw.partition(b"\n")[2])
    return sealing.sign(Label.MESSAGE, coding.canonical({**payload, **changes}), keys.signing)


@pytest.mark.parametrize("body", FROM_KIOSK, ids=lambda body: type(body).__name__)
def test_the_console_opens_what_the_kiosk_sealed(body: Body) -> None:
    opened = sealing.open_message(_sealed(body), KIOSK.public, CONSOLE)
    assert opened == message(body, KIOSK)
    assert opened.kind is contract.kind_of(body)


def test_nothing_said_stands_outside_the_envelope() -> None:
    raw = _sealed(CHECK_IN)
    for secret in (b"check_in", "张三".encode(), b"11010519491231002X", VISIT.encode(), b"A-027"):
        assert secret not in raw
    assert INVITATION.encode() not in raw


def test_messages_of_every_kind_have_one_length() -> None:
    assert len({len(_sealed(body)) for body in FROM_KIOSK}) == 1


def test_the_kiosk_cannot_open_its_own_message() -> None:
    as_if = ConsoleKeys.from_private(KIOSK.signing, KIOSK.signing)
    assert _fault(_sealed(), keys=as_if) is Fault.UNKNOWN_KEY
    key = contract.key_id(as_if.envelope_public)
    assert _fault(_resigned(_sealed(), key=key), keys=as_if) is Fault.CANNOT_OPEN


def test_the_document_part_opens_only_with_its_months_key() -> None:
    opened = sealing.open_message(_with_document(), KIOSK.public, CONSOLE)
    assert opened.document is not None
    box = opened.document.fields[DocumentField.NUMBER]
    assert NOVEMBER.open_field(box, VISIT, DocumentField.NUMBER) == b"11010519491231002X"
    assert (
        len(NOVEMBER.open_field(opened.document.fields[DocumentField.PORTRAIT], VISIT, DocumentField.PORTRAIT))
        == 40_000
    )
    for key in (MonthKey.generate("2026-11"), MonthKey("2026-11", CONSOLE.envelope_public, CONSOLE.envelope)):
        with pytest.raises(ContractError, match=Fault.CANNOT_OPEN):
            key.open_field(box, VISIT, DocumentField.NUMBER)


@pytest.mark.parametrize(
    ("month", "visit", "name"),
    [
        ("2026-12", VISIT, DocumentField.NUMBER),
        ("2026-11", ID, DocumentField.NUMBER),
        ("2026-11", VISIT, DocumentField.NAME),
    ],
)
def test_swapped_document_parts_show(month: str, visit: str, name: DocumentField) -> None:
    document = sealing.seal_document("2026-11", NOVEMBER.public, VISIT, {DocumentField.NUMBER: b"1"})
    assert document is not None
    key = MonthKey(month, NOVEMBER.public, NOVEMBER.private)
    with pytest.raises(ContractError) as refused:
        key.open_field(document.fields[DocumentField.NUMBER], visit, name)
    assert refused.value.code is Fault.SWAPPED


def test_numbers_and_names_of_any_length_have_boxes_of_one_length() -> None:
    values = {DocumentField.NUMBER: b"1", DocumentField.NAME: "欧阳".encode() * 20}
    document = sealing.seal_document("2026-11", NOVEMBER.public, VISIT, values)
    assert document is not None
    assert len({len(box) for box in document.fields.values()}) == 1
    assert sealing.seal_document("2026-11", NOVEMBER.public, VISIT, {}) is None
    with pytest.raises(ContractError, match=Fault.OVERSIZE):
        sealing.seal_document("2026-11", NOVEMBER.public, VISIT, {DocumentField.PORTRAIT: bytes(300_000)})


def test_a_document_of_another_visit_shows() -> None:
    document = sealing.seal_document("2026-11", NOVEMBER.public, ID, {DocumentField.NAME: b"x"})
    raw = sealing.seal_message(replace(message(CHECK_IN, KIOSK), document=document), KIOSK, CONSOLE.envelope_public)
    assert _fault(raw) is Fault.SWAPPED


def test_another_kiosks_message_is_refused() -> None:
    assert _fault(_sealed(), OTHER.public) is Fault.BAD_SIGNATURE
    borrowed = _resigned(_sealed(), OTHER)
    assert _fault(borrowed, OTHER.public) is Fault.WRONG_KIOSK


def test_a_replayed_message_is_refused() -> None:
    with pytest.raises(ContractError) as refused:
        sealing.open_message(_sealed(), KIOSK.public, CONSOLE, seen={ID}.__contains__)
    assert refused.value.code is Fault.REPLAYED
    assert sealing.open_message(_sealed(), KIOSK.public, CONSOLE, seen=set[str]().__contains__).id == ID


def test_an_answer_is_no_message_of_a_kiosk() -> None:
    assert _fault(_sealed(ANSWER)) is Fault.UNKNOWN_KIND
    as_answer = sealing.seal_answer(message(ANSWER, KIOSK), CONSOLE, KIOSK.public)
    assert _fault(as_answer, CONSOLE.verify_public) is Fault.UNKNOWN_KIND


def test_other_versions_and_sizes_are_refused() -> None:
    raw = _sealed()
    assert _fault(raw.replace(b"lobby 1 ", b"lobby 2 ", 1)) is Fault.UNKNOWN_VERSION
    assert _fault(b"frontdesk-lobby 1 message\n{}") is Fault.MALFORMED
    assert _fault(raw + b" " * contract.MESSAGE_LIMIT) is Fault.OVERSIZE
    padded = sealing.sign(Label.MESSAGE, raw.partition(b"\n")[2] + b" " * contract.ENVELOPE_LIMIT, KIOSK.signing)
    assert _fault(padded) is Fault.OVERSIZE


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"extra": 1}, Fault.UNKNOWN_FIELD),
        ({"id": 5}, Fault.WRONG_TYPE),
        ({"key": "0" * 16}, Fault.UNKNOWN_KEY),
        ({"envelope": base64.b64encode(b"short").decode()}, Fault.CANNOT_OPEN),
        ({"envelope": base64.b64encode(bytes(2096)).decode()}, Fault.CANNOT_OPEN),
        ({"document": {"month": "2026-13", "visit": VISIT, "fields": {}}}, Fault.OUT_OF_RANGE),
        ({"document": {"month": "2026-11", "visit": VISIT, "fields": {"shoe_size": ""}}}, Fault.OUT_OF_RANGE),
    ],
)
def test_a_lying_kiosk_is_refused_with_a_reason(changes: dict[str, object], fault: Fault) -> None:
    assert _fault(_resigned(_sealed(), **changes)) is fault


@pytest.mark.parametrize(
    ("inner", "fault"),
    [
        (b"no json", Fault.MALFORMED),
        (b"{}", Fault.MISSING_FIELD),
        (b'{"at":1,"kind":"open_door","body":{}}', Fault.OUT_OF_RANGE),
        (b'{"at":1,"kind":"call_desk"}', Fault.WRONG_TYPE),
        (b'{"at":1,"kind":"call_desk","body":{},"more":1}', Fault.UNKNOWN_FIELD),
        (b'{"at":-1,"kind":"call_desk","body":{}}', Fault.OUT_OF_RANGE),
    ],
)
def test_a_lying_envelope_is_refused_with_a_reason(inner: bytes, fault: Fault) -> None:
    box = SealedBox(PublicKey(CONSOLE.envelope_public)).encrypt(inner + b"\x80" + bytes(9))
    assert _fault(_resigned(_sealed(), envelope=base64.b64encode(box).decode())) is fault


def test_an_envelope_without_padding_is_refused() -> None:
    box = SealedBox(PublicKey(CONSOLE.envelope_public)).encrypt(b"{}")
    assert _fault(_resigned(_sealed(), envelope=base64.b64encode(box).decode())) is Fault.MALFORMED


@given(st.binary(max_size=600))
def test_hostile_bytes_are_refused(raw: bytes) -> None:
    assert _fault(raw) is Fault.MALFORMED
    with pytest.raises(ContractError):
        sealing.open_bulletin(raw, CONSOLE.verify_public)
    signed = sealing.sign(Label.MESSAGE, raw, KIOSK.signing)
    assert _fault(signed) in (Fault.MALFORMED, Fault.WRONG_TYPE, Fault.MISSING_FIELD)


@given(st.data())
def test_one_changed_byte_is_refused(data: st.DataObject) -> None:
    raw = bytearray(_sealed(CHECK_IN))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    assert _fault(bytes(raw)) in (
        Fault.MALFORMED, Fault.BAD_SIGNATURE, Fault.UNKNOWN_VERSION, Fault.UNKNOWN_KIND, Fault.OVERSIZE,
    )  # fmt: skip


@given(st.integers(0, 5000))
def test_a_cut_message_is_refused(length: int) -> None:
    raw = _sealed()
    assert _fault(raw[: min(length, len(raw) - 1)]) in (Fault.MALFORMED, Fault.BAD_SIGNATURE)


def test_keys_that_are_no_keys_are_refused() -> None:
    assert _fault(_sealed(), b"short") is Fault.BAD_SIGNATURE
    with pytest.raises(ValueError, match="32 bytes"):
        ConsoleKeys.from_private(b"short", bytes(32))


def test_a_former_envelope_key_opens_what_was_on_its_way() -> None:
    fresh = ConsoleKeys.generate()
    raw = _sealed()
    assert _fault(raw, keys=fresh) is Fault.UNKNOWN_KEY
    rolled = ConsoleKeys.from_private(CONSOLE.signing, fresh.envelope, [CONSOLE.envelope])
    assert sealing.open_message(raw, KIOSK.public, rolled).id == ID


def test_private_keys_are_not_shown() -> None:
    for keys, private in ((CONSOLE, CONSOLE.signing), (KIOSK, KIOSK.signing), (NOVEMBER, NOVEMBER.private)):
        assert repr(private) not in repr(keys)


# --- answers and bulletin


def test_only_the_kiosk_that_is_meant_opens_an_answer() -> None:
    raw = sealing.seal_answer(message(ANSWER, KIOSK), CONSOLE, KIOSK.public)
    assert sealing.open_answer(raw, KIOSK, CONSOLE.verify_public).body == ANSWER
    assert "请到三号楼".encode() not in raw
    for keys, verify, fault in (
        (OTHER, CONSOLE.verify_public, Fault.WRONG_KIOSK),
        (KIOSK, ConsoleKeys.generate().verify_public, Fault.BAD_SIGNATURE),
    ):
        with pytest.raises(ContractError) as refused:
            sealing.open_answer(raw, keys, verify)
        assert refused.value.code is fault


def test_a_kiosks_words_are_no_answer() -> None:
    public = bytes(VerifyKey(KIOSK.public).to_curve25519_public_key())
    raw = sealing.sign(Label.ANSWER, sealing._sheet(message(CALL, KIOSK), public, KIOSK.kiosk), CONSOLE.signing)
    with pytest.raises(ContractError, match=Fault.UNKNOWN_KIND):
        sealing.open_answer(raw, KIOSK, CONSOLE.verify_public)


def test_a_bulletin_is_believed_only_from_its_console() -> None:
    issued = sample_bulletin(CONSOLE, months={"2026-11": NOVEMBER})
    raw = BulletinMaker(CONSOLE).sign(issued)
    assert sealing.open_bulletin(raw, CONSOLE.verify_public) == issued
    for forged in (BulletinMaker(ConsoleKeys.generate()).sign(issued), raw.replace(b"Harmony", b"Disharm", 1)):
        with pytest.raises(ContractError) as refused:
            sealing.open_bulletin(forged, CONSOLE.verify_public)
        assert refused.value.code is Fault.BAD_SIGNATURE
    assert NOVEMBER.private not in raw


def test_a_bulletin_whose_invitation_leads_nowhere_is_not_signed() -> None:
    issued = sample_bulletin(CONSOLE)
    with pytest.raises(ContractError, match="area"):
        BulletinMaker(CONSOLE).sign(replace(issued, areas=()))


def test_a_bulletin_of_a_busy_site_fits() -> None:
    issued = sample_bulletin(CONSOLE)
    one = next(iter(issued.invitations.values()))
    busy = replace(issued, invitations={f"{number:064x}": one for number in range(20_000)})
    raw = BulletinMaker(CONSOLE).sign(busy)
    assert len(raw) < bulletin.BULLETIN_LIMIT
    assert len(sealing.open_bulletin(raw, CONSOLE.verify_public).invitations) == 20_000
    assert issued.issue == AT
