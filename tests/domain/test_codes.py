"""Codes: the format, what is forgiven, and what is refused."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind, NotOurs, NotOursReason

TAGS = st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=4)
CODES = st.builds(codes.new, st.sampled_from(CodeKind), TAGS, st.binary(min_size=16, max_size=16))
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def _reason(text: str) -> NotOursReason:
    with pytest.raises(NotOurs) as refused:
        codes.parse(text)
    return refused.value.reason


def test_the_format_is_frozen() -> None:
    text = codes.new(CodeKind.INVITATION, "7K3M", bytes(range(16)))
    assert text == "FD1I7K3M" + "00041061050R3GG28A1C60T3GF" + "G"
    assert len(text) == codes.LENGTH == 35
    assert codes.digest(text) == hashlib.sha256(text.encode("ascii")).hexdigest()


@given(CODES)
def test_what_is_made_is_read_back(text: str) -> None:
    code = codes.parse(text)
    assert code.text == text
    assert code.kind.value == text[3]
    assert code.site_tag == text[4:8]
    assert set(text) <= QR_ALPHANUMERIC


@given(CODES)
def test_what_people_type_is_forgiven(text: str) -> None:
    typed = text[:8].lower() + " " + text[8:20].replace("1", "l").replace("0", "o") + "-" + text[20:] + "\r\n"
    assert codes.parse(typed).text == text


@given(CODES, st.data())
def test_one_wrong_character_always_shows(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(3, 34))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if place == 3 else "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    wrong = data.draw(st.sampled_from(alphabet).filter(lambda character: character != text[place]))
    assert _reason(text[:place] + wrong + text[place + 1 :]) is NotOursReason.DAMAGED


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert len(codes.parse(text).text) == codes.LENGTH
    except NotOurs as refused:
        assert refused.reason in NotOursReason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NotOursReason.FOREIGN),
        ("https://example.com/pay", NotOursReason.FOREIGN),
        ("FD1" + "0" * 4000, NotOursReason.FOREIGN),
        ("FD1I\x00" + "0" * 30, NotOursReason.FOREIGN),
        ("FD1'; DROP TABLE visit; --", NotOursReason.FOREIGN),
        ("访客邀请", NotOursReason.FOREIGN),
        ("FDX", NotOursReason.FOREIGN),
        ("FD1I7K3M", NotOursReason.DAMAGED),
        ("FD1I7K3M" + "Z" * 27, NotOursReason.DAMAGED),
        ("FD2I7K3M000G40R40M30E209185GR38E1W0", NotOursReason.OTHER_VERSION),
    ],
)
def test_what_is_not_ours_is_refused_with_its_reason(text: str, reason: NotOursReason) -> None:
    assert _reason(text) is reason


def test_a_kind_that_came_later_is_another_version_and_not_damage() -> None:
    payload = "7K3M" + "0" * 26
    assert _reason("FD1Z" + payload + codes._check_character("Z", payload)) is NotOursReason.OTHER_VERSION


@pytest.mark.parametrize(("tag", "random"), [("7K3", bytes(16)), ("7K3I", bytes(16)), ("7K3M", bytes(15))])
def test_a_code_is_not_made_from_the_wrong_parts(tag: str, random: bytes) -> None:
    with pytest.raises(ValueError, match=r"site tag|random bytes"):
        codes.new(CodeKind.BADGE, tag, random)


@given(st.binary(min_size=3, max_size=8))
def test_a_site_tag_has_four_characters(random: bytes) -> None:
    assert codes.is_site_tag(codes.new_site_tag(random))


def test_a_site_tag_takes_three_bytes() -> None:
    with pytest.raises(ValueError, match="three"):
        codes.new_site_tag(b"ab")
