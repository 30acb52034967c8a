"""Pairing as the kiosk sees it: a code typed at the console, a home of its own, and starting anew."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk.lobby import contract
from frontdesk.lobby.sealing import ConsoleKeys
from kiosk.desk import Desk, DeskError, DeskFault, FoundKind, PairingState
from tests.kiosk.lobby_site import LobbySite, restarted
from tests.lobby.samples import AT, INVITATION


def test_a_kiosk_pairs_when_its_code_is_typed_at_the_console(tmp_path: Path) -> None:
    site = LobbySite(tmp_path)
    desk = site.desk()
    assert desk.pairing().state is PairingState.NEW
    assert desk.look_up(INVITATION).kind is FoundKind.NO_BULLETIN
    site.prepare()
    waiting = desk.pairing()
    assert waiting.state is PairingState.WAITING
    desk = restarted(site, desk)
    assert desk.pairing() == waiting, "a restart must not change the code that somebody is reading out"
    site.pair(desk)
    paired = desk.pairing()
    assert (paired.state, paired.letter, paired.code) == (PairingState.PAIRED, "A", None)
    desk = restarted(site, desk)
    assert desk.pairing() == paired
    assert site.folder.requests() == []
    desk.close()


def test_an_unpaired_kiosk_does_nothing_and_says_so(tmp_path: Path) -> None:
    site = LobbySite(tmp_path)
    site.prepare()
    site.publish()
    desk = site.desk()
    assert desk.bulletin() is None
    assert desk.bulletin_age() is None
    assert (desk.answers(), desk.carry(), desk.waiting()) == ([], 0, 0)
    desk.beat("ok", "ok", "pairing")
    assert list(site.folder.beats()) == []
    with pytest.raises(DeskError) as unpaired:
        desk.call_desk("help")
    assert unpaired.value.code is DeskFault.NOT_PAIRED
    desk.close()


def test_a_grant_that_proves_nothing_is_not_taken(tmp_path: Path) -> None:
    site = LobbySite(tmp_path)
    site.prepare()
    desk = site.desk()
    waiting = desk.pairing()
    for grant in (b"", b"nonsense"):
        site.folder.put_grant(desk._bond.keys.kiosk, grant)
        assert desk.pairing() == waiting
    assert len(site.folder.requests()) == 1, "the console took the request off its list; the kiosk asks again"
    desk.close()


def test_a_folder_that_changes_hands_before_pairing_is_asked_anew(tmp_path: Path) -> None:
    site = LobbySite(tmp_path)
    site.prepare()
    desk = site.desk()
    code = desk.pairing().code
    site.console = ConsoleKeys.generate()
    site.prepare()
    assert desk.pairing().code == code
    site.pair(desk)
    assert desk.pairing().state is PairingState.PAIRED
    desk.close()


def test_a_withdrawn_kiosk_starts_anew_with_another_key(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    before = contract.kiosk_id(site.kiosk_public)
    desk.bulletin()
    site.publish(replace(site.bulletin(AT + 1), withdrawn=(before,)))
    assert desk.bulletin() is None
    assert desk.look_up(INVITATION).kind is FoundKind.NO_BULLETIN
    assert desk.pairing().state is PairingState.WAITING
    site.pair(desk)
    assert contract.kiosk_id(site.kiosk_public) != before
    assert desk.pairing().state is PairingState.PAIRED
    assert desk.bulletin() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="there the account's own folder has the rights")
def test_only_the_kiosks_account_can_read_its_files(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    desk.check_in(INVITATION)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in site.home.rglob("*") if path.is_file()}
    assert modes
    assert not [path for path, mode in modes.items() if mode & 0o077]
    assert stat.S_IMODE(site.home.stat().st_mode) == 0o700


def test_two_programs_do_not_share_a_home(both: tuple[LobbySite, Desk]) -> None:
    site, _ = both
    with pytest.raises(DeskError) as refused:
        site.desk()
    assert refused.value.code is DeskFault.IN_USE
