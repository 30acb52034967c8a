"""What a kiosk has done outlives its death at any step, and a full disk; what it has not done leaves no trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind
from frontdesk.lobby.contract import CheckIn
from kiosk.desk import Desk, DeskError, DeskFault, FoundKind
from tests.kiosk.lobby_site import LobbySite, paired_site
from tests.lobby.samples import AT, INVITATION, TAG

ROOT = Path(__file__).parent.parent.parent
MOST_STEPS = 40


def _killed_at(site: LobbySite, step: int) -> tuple[str, bool]:
    """Runs a kiosk that checks in and dies at a step: what it said, and whether it died."""
    command = [sys.executable, "-m", "tests.kiosk.desk_worker", str(site.folder.path), str(site.home), INVITATION]
    done = subprocess.run(
        [*command, str(step)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode or done.stdout, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.strip(), done.returncode != 0


def test_a_kill_at_any_step_leaves_all_or_nothing(tmp_path: Path) -> None:
    site, desk = paired_site(tmp_path)
    desk.bulletin()
    desk.close()
    fresh = tmp_path / "fresh"
    shutil.copytree(site.home, fresh)
    happened: list[bool] = []
    for step in range(1, MOST_STEPS):
        shutil.rmtree(site.home)
        shutil.copytree(fresh, site.home)
        said, died = _killed_at(site, step)
        after = site.desk()
        claimed = after.look_up(INVITATION).kind is FoundKind.INVITATION_USED
        assert after.waiting() == int(claimed), f"step {step}: claimed without a message, or a message without a claim"
        if claimed:
            assert after.carry() == 1
            (message,) = site.messages()
            assert isinstance(message.body, CheckIn)
            site.folder.drop(next(site.folder.take()))
        else:
            assert said == ""
            assert after.check_in(INVITATION).badge_no == "A-001"
        after.close()
        happened.append(claimed)
        if not died:
            break
    assert not died, "the steps did not reach the end of a check-in"
    assert happened == sorted(happened), "once written down it must stay so at every later step"
    assert happened.count(False) >= 3
    assert happened.count(True) >= 2, "no kill fell between journal and outbox"


def test_a_line_cut_by_a_crash_never_happened_and_the_next_one_stands(tmp_path: Path) -> None:
    site, desk = paired_site(tmp_path)
    desk.check_in(INVITATION)
    desk.close()
    journal = site.home / "journal"
    whole = journal.read_bytes()
    for length in (0, 1, len(whole) // 2, len(whole) - 1):
        journal.write_bytes(whole[:length])
        desk = site.desk()
        assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_OK
        desk.check_in(INVITATION)
        desk.close()
        desk = site.desk()
        assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
        desk.close()


def test_a_spoilt_line_does_not_take_the_others_along(tmp_path: Path) -> None:
    site, desk = paired_site(tmp_path)
    desk.check_in(INVITATION)
    desk.close()
    journal = site.home / "journal"
    whole = journal.read_bytes()
    journal.write_bytes(b"\x00\xff rubbish\n" + b"00000000 {}\n" + whole)
    desk = site.desk()
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
    assert journal.read_bytes() == whole
    desk.close()


def _full_at(size: int, attempt: Callable[[], object]) -> DeskFault:
    """Tries something while no file may grow beyond `size` bytes: the fault it ends with."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        with pytest.raises(DeskError) as full:
            attempt()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    return full.value.code


def _files(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def _busy(path: Path, visitors: int) -> tuple[LobbySite, Desk, str]:
    """A kiosk through which some visitors came, and one more invitation."""
    site, desk = paired_site(path)
    issued = site.bulletin(AT + 1)
    invitation = next(iter(issued.invitations.values()))
    texts = [codes.new(CodeKind.INVITATION, TAG, number.to_bytes(16, "big")) for number in range(visitors + 1)]
    site.publish(replace(issued, invitations={codes.digest(text): invitation for text in texts}))
    for text in texts[:-1]:
        desk.check_in(text)
    return site, desk, texts[-1]


@pytest.mark.parametrize("visitors", [0, 20])
def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path, visitors: int) -> None:
    """With few visitors the message does not fit, with many it is the journal that cannot grow."""
    site, desk, text = _busy(tmp_path, visitors)
    before = _files(site.home)
    journal = len(before[site.home / "journal"])
    longest = max(len(data) for path, data in before.items() if path.parent.name == "out") if visitors else 0
    assert (journal > longest) == bool(visitors)
    assert _full_at(journal + 50, lambda: desk.check_in(text)) is DeskFault.DISK_FULL
    assert _files(site.home) == before
    assert desk.look_up(text).kind is FoundKind.INVITATION_OK
    assert _full_at(50, lambda: desk.call_desk("help")) is DeskFault.DISK_FULL
    assert _files(site.home) == before
    assert desk.check_in(text).badge_no == f"A-{visitors + 1:03d}"
    assert desk.waiting() == visitors + 1
    desk.close()


def test_a_full_disk_does_not_keep_the_news_away(tmp_path: Path) -> None:
    site, desk = paired_site(tmp_path)
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, hard))
    try:
        assert desk.bulletin() is not None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "disk" in {trouble.value for trouble in desk.troubles()}
    assert not (site.home / "bulletin").exists()
    desk.close()
