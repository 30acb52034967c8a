"""The contract's values: frozen field by field, coded exactly, and refused with a reason where they break a rule."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.lobby import bulletin, coding, contract, pairing, sealing
from frontdesk.lobby.coding import ContractError, Fault
from frontdesk.lobby.contract import Body, CallDesk, CheckIn, CheckOut, LeavingBy
from frontdesk.lobby.sealing import ConsoleKeys
from tests.lobby.samples import AT, BODIES
from tests.lobby.samples import bulletin as sample_bulletin

GOLDEN = Path(__file__).parent / "contract_v1.json"
ROOTS = (
    *contract.KINDS.values(), contract.Sheet, contract.Letter, bulletin.Bulletin,
    pairing.Site, pairing.Request, pairing.Grant,
)  # fmt: skip


def _words(hint: Any) -> str:
    """A type with its limits, in words that do not depend on a Python version."""
    origin = get_origin(hint)
    if origin is Annotated:
        base, *rules = get_args(hint)
        return f"{_words(base)} {' '.join(map(repr, rules))}"
    if origin is tuple:
        return f"list of ({_words(get_args(hint)[0])})"
    if origin is Mapping:
        key, item = get_args(hint)
        return f"map of ({_words(key)}) to ({_words(item)})"
    if origin is not None:
        return " or ".join("null" if choice is type(None) else _words(choice) for choice in get_args(hint))
    if issubclass(hint, Enum):
        return "one of " + " ".join(sorted(member.value for member in hint))
    return str(hint.__name__)


def _classes(hint: Any) -> Iterator[type[object]]:
    """The dataclasses that a type is made of."""
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
        for inner in coding.hints(hint).values():
            yield from _classes(inner)
    for inner in get_args(hint):
        yield from _classes(inner)


def _described() -> dict[str, object]:
    """Everything that the other side of the contract relies on."""
    known = {kind for root in ROOTS for kind in _classes(root)}
    return {
        "version": contract.VERSION,
        "kinds": {kind.value: model.__name__ for kind, model in contract.KINDS.items()},
        "labels": sorted(label.value for label in sealing.Label),
        "limits": {
            "envelope": contract.ENVELOPE_LIMIT,
            "message": contract.MESSAGE_LIMIT,
            "bulletin": bulletin.BULLETIN_LIMIT,
            "paper": pairing.PAPER_LIMIT,
            "envelope_sizes": list(sealing.ENVELOPE_SIZES),
            "field_sizes": list(sealing.FIELD_SIZES),
        },
        "types": {
            kind.__name__: {name: _words(hint) for name, hint in coding.hints(kind).items()}
            for kind in sorted(known, key=lambda kind: kind.__name__)
        },
    }


def test_every_field_of_the_contract_is_frozen() -> None:
    """To change the contract: raise VERSION, keep reading the old one, and write a new golden file beside this one."""
    assert _described() == json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_every_kind_of_message_comes_back_as_it_was(body: Body) -> None:
    coded = coding.dumps(body)
    assert coding.decode(type(body), coding.loads(coded, 10_000)) == body
    assert contract.KINDS[contract.kind_of(body)] is type(body)


def test_the_samples_hold_every_kind() -> None:
    assert {contract.kind_of(body) for body in BODIES} == set(contract.MessageKind)


LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
INSTANTS = st.integers(0, 253_402_300_799_999_999)
IDS = st.builds(contract.uuid7, INSTANTS, st.binary(min_size=8, max_size=8))
BADGES = st.integers(1, 999).map(lambda number: f"A-{number:03d}")
CHECK_OUTS = st.builds(CheckOut, st.none() | IDS, st.none() | DIGESTS, st.none() | BADGES, st.sampled_from(LeavingBy))
CHECK_INS = st.builds(
    CheckIn, IDS, DIGESTS, DIGESTS, BADGES, st.just("b-1"), INSTANTS, st.integers(0, 200), st.none() | LINES,
    st.sampled_from(["zh_CN", "en", "zh_TW"]), st.none(),
    st.none() | st.builds(contract.Identity, st.sampled_from(contract.DocumentKind), LINES, LINES, st.none()),
)  # fmt: skip


@given(CHECK_INS | CHECK_OUTS)
def test_whatever_is_allowed_comes_back_as_it_was(body: CheckIn | CheckOut) -> None:
    coded = coding.dumps(body)
    assert coding.decode(type(body), coding.loads(coded, 20_000)) == body
    assert coding.dumps(coding.decode(type(body), coding.loads(coded, 20_000))) == coded


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=400) | JSON.map(lambda value: json.dumps(value).encode("utf-8")))
def test_hostile_bytes_are_refused_and_nothing_else(raw: bytes) -> None:
    for kind in (CheckIn, bulletin.Bulletin, contract.Sheet):
        with pytest.raises(ContractError):
            coding.decode(kind, coding.loads(raw, 100_000))


@given(st.sampled_from(BODIES), st.data())
def test_a_spoilt_field_is_refused_or_means_what_it_says(body: Body, data: st.DataObject) -> None:
    plain = coding.loads(coding.dumps(body), 10_000)
    name = data.draw(st.sampled_from(sorted(plain)))
    spoilt = {**plain, name: data.draw(JSON)}
    try:
        read = coding.decode(type(body), spoilt)
    except ContractError as error:
        assert error.code in (Fault.WRONG_TYPE, Fault.OUT_OF_RANGE, Fault.MISSING_FIELD, Fault.UNKNOWN_FIELD)
    else:
        assert coding.loads(coding.dumps(read), 10_000)[name] == spoilt[name]


def _fault(kind: type[object], plain: object) -> Fault:
    with pytest.raises(ContractError) as refused:
        coding.decode(kind, plain)
    return refused.value.code


CALL: dict[str, object] = {"reason": "help", "screen": None, "visit": None, "language": "en"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"extra": 1}, Fault.UNKNOWN_FIELD),
        ({"reason": 7}, Fault.WRONG_TYPE),
        ({"reason": None}, Fault.WRONG_TYPE),
        ({"reason": True}, Fault.WRONG_TYPE),
        ({"reason": "HELP"}, Fault.OUT_OF_RANGE),
        ({"reason": "help\n"}, Fault.OUT_OF_RANGE),
        ({"language": "fr"}, Fault.OUT_OF_RANGE),
        ({"visit": "00000000-0000-4000-8000-000000000000"}, Fault.OUT_OF_RANGE),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], fault: Fault) -> None:
    assert coding.decode(CallDesk, CALL) == CallDesk("help", None, None, "en")
    assert _fault(CallDesk, {**CALL, **change}) is fault


def test_a_missing_field_is_named() -> None:
    assert _fault(CallDesk, {"reason": "help"}) is Fault.MISSING_FIELD
    assert _fault(CallDesk, []) is Fault.WRONG_TYPE


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", Fault.MALFORMED),
        (b"[]", Fault.MALFORMED),
        (b"\xff{}", Fault.MALFORMED),
        (b'{"a":1,"a":2}', Fault.MALFORMED),
        (b'{"a":NaN}', Fault.WRONG_TYPE),
        (b'{"a":' + b"[" * 90_000, Fault.MALFORMED),
        (b'{"a":' + b"9" * 9_000 + b"}", Fault.MALFORMED),
        (b" " * 100_001, Fault.OVERSIZE),
    ],
)
def test_what_is_not_one_json_object_is_refused(raw: bytes, fault: Fault) -> None:
    with pytest.raises(ContractError) as refused:
        coding.loads(raw, 100_000)
    assert refused.value.code is fault


@dataclass(frozen=True)
class _Bytes:
    value: bytes


@dataclass(frozen=True)
class _Number:
    value: Annotated[float, coding.Range(-10, 10)]


def test_bytes_have_one_spelling() -> None:
    assert coding.decode(_Bytes, {"value": "AA=="}) == _Bytes(b"\0")
    for text in ("AB==", "AA", "A\nA==", "äää=", "%%%="):
        assert _fault(_Bytes, {"value": text}) is Fault.WRONG_TYPE


def test_numbers_are_finite() -> None:
    assert coding.decode(_Number, coding.loads(b'{"value":3}', 99)) == _Number(3.0)
    assert _fault(_Number, coding.loads(b'{"value":1e999}', 99)) is Fault.OUT_OF_RANGE
    assert _fault(_Number, {"value": 10**400}) is Fault.WRONG_TYPE


def test_what_we_would_not_accept_we_do_not_send() -> None:
    with pytest.raises(ContractError):
        coding.dumps(CallDesk("help", None, None, "fr"))


def test_the_bulletin_knows_its_areas_and_speaks_chinese_where_a_translation_lacks() -> None:
    issued = sample_bulletin(ConsoleKeys.generate())
    assert issued.area("b1") is issued.areas[0]
    assert issued.area("b2") is None
    assert issued.areas[0].way.steps("zh_TW") == issued.areas[0].way.steps("zh_CN")
    assert issued.areas[0].name.spoken("zh_TW") == "一号楼"


@given(st.lists(INSTANTS, min_size=2, max_size=20), st.binary(min_size=8, max_size=8))
def test_ids_rise_whatever_the_clock_does(instants: list[int], random: bytes) -> None:
    made: list[str] = []
    for at in instants:
        made.append(contract.uuid7(at, random, after=made[-1] if made else ""))
    assert made == sorted(set(made))
    assert {uuid.UUID(each).version for each in made} == {7}
    assert {uuid.UUID(each).variant for each in made} == {uuid.RFC_4122}


def test_an_id_carries_its_moment() -> None:
    assert int(contract.uuid7(AT, bytes(8)).replace("-", "")[:12], 16) == AT // 1000


@given(INSTANTS)
def test_instants_are_exact(at: int) -> None:
    assert contract.instant(contract.moment(at)) == at


def test_issue_numbers_rise_also_after_a_restored_backup() -> None:
    assert bulletin.next_issue(previous=5, issued_at=AT) == AT
    assert bulletin.next_issue(previous=AT + 9, issued_at=AT) == AT + 10
