"""Pairing: both sides know each other afterwards, and nobody who only writes into the folder gets between them."""

from __future__ import annotations

import pytest

from frontdesk.lobby import coding, pairing
from frontdesk.lobby.coding import ContractError, Fault
from frontdesk.lobby.pairing import Request, Site
from frontdesk.lobby.sealing import ConsoleKeys, KioskKeys, Label, sign
from tests.lobby.samples import AT, NAME, TAG

CONSOLE = ConsoleKeys.generate()
STRANGER = ConsoleKeys.generate()
KIOSK = KioskKeys.generate()
CODE = pairing.new_code(b"\x01\x02\x03\x04\x05\x06\x07")


def _site(console: ConsoleKeys = CONSOLE) -> Site:
    return pairing.read_site(pairing.site_document(console, TAG, NAME))


def _request(site: Site, keys: KioskKeys = KIOSK, code: str = CODE) -> Request:
    return pairing.read_request(pairing.request(keys, site, code, AT))


def _grant(asked: Request, console: ConsoleKeys = CONSOLE, typed: str = CODE) -> bytes:
    return pairing.grant(console, asked, typed, site=TAG, letter="B", name="大堂", at=AT)


def test_the_code_is_ten_characters_in_two_groups() -> None:
    assert pairing.is_code(CODE)
    assert len(CODE) == 11
    assert not pairing.is_code("not a code")


def test_kiosk_and_console_find_each_other_by_the_code() -> None:
    asked = _request(_site())
    typed = CODE.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert pairing.match(typed, [_request(_site(), KioskKeys.generate(), "00000-00000"), asked], CONSOLE) == asked
    granted = pairing.accept(_grant(asked, typed=typed), KIOSK, CODE)
    assert (granted.letter, granted.site, granted.verify) == ("B", TAG, CONSOLE.verify_public)
    assert granted.envelope == CONSOLE.envelope_public


def test_a_wrong_code_finds_nobody() -> None:
    assert pairing.match("00000-00000", [_request(_site())], CONSOLE) is None
    assert pairing.match("", [_request(_site())], CONSOLE) is None
    assert pairing.match("\ud800" * 5000, [_request(_site())], CONSOLE) is None


def test_a_kiosk_that_was_shown_other_console_keys_is_not_found() -> None:
    assert pairing.match(CODE, [_request(_site(STRANGER))], CONSOLE) is None


def test_a_grant_from_somebody_who_was_not_told_the_code_is_refused() -> None:
    forged = _grant(_request(_site(STRANGER)), STRANGER, typed="00000-00000")
    with pytest.raises(ContractError) as refused:
        pairing.accept(forged, KIOSK, CODE)
    assert refused.value.code is Fault.BAD_SIGNATURE


def test_a_true_grant_with_changed_terms_is_refused() -> None:
    plain = coding.loads(_grant(_request(_site())).partition(b"\n")[2], 10_000)
    for change in ({"letter": "C"}, {"site": "0000"}):
        forged = sign(Label.GRANT, coding.canonical({**plain, **change}), CONSOLE.signing)
        with pytest.raises(ContractError, match=Fault.BAD_SIGNATURE):
            pairing.accept(forged, KIOSK, CODE)


def test_a_grant_for_another_kiosk_is_refused() -> None:
    with pytest.raises(ContractError, match=Fault.WRONG_KIOSK):
        pairing.accept(_grant(_request(_site())), KioskKeys.generate(), CODE)


def test_a_request_under_a_borrowed_name_is_refused() -> None:
    other = KioskKeys.generate()
    plain = coding.loads(pairing.request(other, _site(), CODE, AT).partition(b"\n")[2], 10_000)
    borrowed = sign(Label.REQUEST, coding.canonical({**plain, "kiosk": KIOSK.kiosk}), other.signing)
    with pytest.raises(ContractError, match=Fault.WRONG_KIOSK):
        pairing.read_request(borrowed)
    stolen = sign(Label.REQUEST, coding.canonical(plain), KIOSK.signing)
    with pytest.raises(ContractError, match=Fault.BAD_SIGNATURE):
        pairing.read_request(stolen)


def test_documents_in_the_folder_do_not_give_the_code_away() -> None:
    for raw in (pairing.request(KIOSK, _site(), CODE, AT), _grant(_request(_site()))):
        assert CODE.encode() not in raw
        assert CODE.replace("-", "").encode() not in raw


@pytest.mark.parametrize("raw", [b"", b"{}", b"frontdesk-lobby 1 site " + b"A" * 86 + b"==\n{}", b"\xff" * 99])
def test_damaged_documents_are_refused(raw: bytes) -> None:
    for read in (pairing.read_site, pairing.read_request):
        with pytest.raises(ContractError):
            read(raw)
