"""The desk: what a kiosk may do, also with nobody on the other side."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind
from frontdesk.lobby import contract, sealing
from frontdesk.lobby.coding import ContractError
from frontdesk.lobby.contract import (
    Answer,
    CallDesk,
    CheckIn,
    CheckOut,
    DocumentField,
    Heartbeat,
    Message,
    Outcome,
    PaperOutcome,
    PaperState,
)
from frontdesk.lobby.sealing import ConsoleKeys
from kiosk.desk import Desk, FoundKind, Refused, Trouble
from tests.kiosk.lobby_site import LobbySite, code_of, restarted
from tests.lobby.samples import AT, BADGE, HOUR, INVITATION, NOW, with_badge

ROOT = Path(__file__).parent.parent.parent
DAY = 24 * HOUR


# --- codes


def test_a_good_invitation_is_found_with_its_area_and_window(both: tuple[LobbySite, Desk]) -> None:
    _, desk = both
    found = desk.look_up(INVITATION.lower())
    assert (found.kind, found.area_id) == (FoundKind.INVITATION_OK, "b1")
    assert (found.valid_from, found.valid_until) == (NOW - timedelta(hours=1), NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("hours", "kind"),
    [
        (-1.4, FoundKind.INVITATION_OK),
        (-1.6, FoundKind.INVITATION_EARLY),
        (0.9, FoundKind.INVITATION_OK),
        (1.1, FoundKind.INVITATION_EXPIRED),
    ],
)
def test_an_invitation_is_good_within_its_window(both: tuple[LobbySite, Desk], hours: float, kind: FoundKind) -> None:
    site, desk = both
    site.publish(replace(site.bulletin(AT + 1), issued_at=AT - DAY))
    site.later(hours=hours)
    assert desk.look_up(INVITATION).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (code_of(CodeKind.INVITATION), FoundKind.UNKNOWN),
        (code_of(CodeKind.BADGE), FoundKind.UNKNOWN),
        (code_of(CodeKind.WORK_ORDER), FoundKind.WRONG_KIND),
        (code_of(CodeKind.LIAISON), FoundKind.WRONG_KIND),
        (code_of(CodeKind.INVITATION, "0000"), FoundKind.OTHER_SITE),
        (INVITATION[:-1] + ("0" if INVITATION[-1] != "0" else "1"), FoundKind.NOT_OURS),
        ("https://example.com/", FoundKind.NOT_OURS),
        ("A" * 4000, FoundKind.NOT_OURS),
        ("\x00\x1b[2J", FoundKind.NOT_OURS),
        ("", FoundKind.NOT_OURS),
    ],
)
def test_other_codes_are_told_apart(both: tuple[LobbySite, Desk], text: str, kind: FoundKind) -> None:
    _, desk = both
    assert desk.look_up(text).kind is kind
    for attempt in (desk.check_in, desk.check_out):
        with pytest.raises(Refused) as refused:
            attempt(text)
        assert refused.value.kind is kind
    assert desk.waiting() == 0


def test_an_invitation_is_used_once_also_with_the_folder_away(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    desk.bulletin()
    away = site.folder.path.rename(site.path / "away")
    view = desk.check_in(INVITATION)
    assert (view.badge_no, view.area.id, view.way.minutes) == ("A-001", "b1", 3)
    assert view.until == NOW + timedelta(hours=1), "as long as the invitation says"
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
    with pytest.raises(Refused):
        desk.check_in(INVITATION)
    desk = restarted(site, desk)
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
    assert (desk.carry(), desk.waiting()) == (0, 1)
    assert Trouble.LOBBY_AWAY in desk.troubles()
    away.rename(site.folder.path)
    assert (desk.carry(), desk.waiting()) == (1, 0)
    assert Trouble.LOBBY_AWAY not in desk.troubles()
    site.publish(site.without_invitations())
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
    desk.close()


def test_an_invitation_used_elsewhere_is_used(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    issued = site.bulletin(AT + 1)
    digest, invitation = next(iter(issued.invitations.items()))
    site.publish(replace(issued, invitations={digest: replace(invitation, uses=1)}))
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
    site.publish(replace(issued, issue=AT + 2, invitations={digest: replace(invitation, uses=1, uses_allowed=2)}))
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_OK


def test_the_console_reads_the_check_in_and_nobody_else_does(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    number = b"11010519491231002X"
    view = desk.check_in(INVITATION, companions=3, language="en", document={DocumentField.NUMBER: number})
    for path in site.home.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert number not in raw
            assert INVITATION.encode() not in raw
            assert view.badge_code.encode() not in raw
    desk.carry()
    (message,) = site.messages()
    assert isinstance(message.body, CheckIn)
    assert message.body.code == codes.digest(INVITATION)
    assert message.body.badge == codes.digest(view.badge_code)
    assert (message.body.visit, message.body.companions, message.body.language) == (view.visit_id, 3, "en")
    assert message.document is not None
    box = message.document.fields[DocumentField.NUMBER]
    assert site.month.open_field(box, view.visit_id, DocumentField.NUMBER) == number


def test_a_value_that_the_contract_forbids_claims_nothing(both: tuple[LobbySite, Desk]) -> None:
    _, desk = both
    for wrong in ({"companions": -1}, {"plate": "京A\x00"}, {"plate": "京" * 500}, {"language": "fr"}):
        with pytest.raises(ContractError):
            desk.check_in(INVITATION, **wrong)  # type: ignore[arg-type]
    assert desk.waiting() == 0
    assert desk.check_in(INVITATION).badge_no == "A-001"


def test_badge_numbers_run_on_and_skip_those_on_site(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    numbers = []
    for count in range(1, 4):
        issued = with_badge(site.bulletin(AT + count), BADGE, "A-002")
        digest, invitation = next(iter(issued.invitations.items()))
        site.publish(replace(issued, invitations={digest: replace(invitation, uses_allowed=9)}))
        numbers.append(desk.check_in(INVITATION).badge_no)
        desk = restarted(site, desk)
    assert numbers == ["A-001", "A-003", "A-004"]
    desk.close()


def test_a_badge_is_taken_back_once(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    view = desk.check_in(INVITATION)
    assert desk.look_up(view.badge_code).kind is FoundKind.BADGE_OK
    with pytest.raises(Refused):
        desk.check_in(view.badge_code)
    with pytest.raises(Refused):
        desk.check_out(INVITATION)
    site.later(minutes=30)
    left = desk.check_out(view.badge_code)
    assert (left.badge_no, left.at) == ("A-001", site.now)
    desk = restarted(site, desk)
    assert desk.look_up(view.badge_code).kind is FoundKind.BADGE_LEFT
    with pytest.raises(Refused):
        desk.check_out(view.badge_code)
    desk.carry()
    came, gone = site.messages()
    assert isinstance(gone.body, CheckOut)
    assert (gone.body.visit, gone.body.badge_no) == (view.visit_id, "A-001")
    assert came.id < gone.id
    desk.close()


def test_a_badge_from_another_kiosk_is_known_by_the_bulletin(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    site.publish(with_badge(site.bulletin(AT + 1), BADGE, "B-007"))
    assert desk.look_up(BADGE).badge_no == "B-007"
    assert desk.check_out(BADGE).badge_no == "B-007"
    assert desk.look_up(BADGE).kind is FoundKind.BADGE_LEFT
    desk.carry()
    (message,) = site.messages()
    assert isinstance(message.body, CheckOut)
    assert message.body.visit is None


# --- messages and answers


def test_calls_paper_and_heartbeat_reach_the_console(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    desk.bulletin()
    desk.call_desk("help", screen="welcome", language="en")
    desk.paper_state("slip", PaperOutcome.SHOWN, "absent", badge_no="A-001")
    desk.beat("ok", "absent", "welcome")
    (beat,) = site.folder.beats()
    opened = sealing.open_message(beat.data, site.kiosk_public, site.console)
    assert isinstance(opened.body, Heartbeat)
    assert (opened.body.waiting, opened.body.bulletin, opened.body.started) == (2, AT, AT)
    assert desk.carry() == 2
    call, paper = (message.body for message in site.messages())
    assert call == CallDesk("help", "welcome", None, "en")
    assert isinstance(paper, PaperState)


def test_carrying_again_after_a_crash_sends_the_same_message(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    desk.check_in(INVITATION)
    out = site.home / "out"
    kept = {path.name: path.read_bytes() for path in out.iterdir()}
    assert desk.carry() == 1
    for name, data in kept.items():
        (out / name).write_bytes(data)  # as if the crash came before the outbox forgot it
    desk = restarted(site, desk)
    assert desk.carry() == 1
    assert len(site.messages()) == 1
    desk.close()


def test_each_answer_is_heard_once_and_only_from_our_console(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    view = desk.check_in(INVITATION)
    kiosk = contract.kiosk_id(site.kiosk_public)
    answer = Answer(view.visit_id, view.visit_id, Outcome.RECEIVED, None, None, "请稍候")
    first, second = (contract.uuid7(AT + number, bytes(8)) for number in range(2))
    sealed = sealing.seal_answer(Message(first, kiosk, AT, answer), site.console, site.kiosk_public)
    forged = sealing.seal_answer(Message(second, kiosk, AT, answer), ConsoleKeys.generate(), site.kiosk_public)
    site.folder.put_answer(kiosk, first, sealed)
    site.folder.put_answer(kiosk, second, forged)
    assert desk.answers() == [answer]
    assert Trouble.ANSWER_REFUSED in desk.troubles()
    site.folder.put_answer(kiosk, first, sealed)
    assert desk.answers() == []
    site.folder.path.rename(site.path / "away")
    assert desk.answers() == []


# --- bulletin


def test_a_damaged_foreign_or_older_bulletin_leaves_the_last_good_one(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    good = desk.bulletin()
    assert good is not None
    older = sealing.BulletinMaker(site.console).sign(site.bulletin(AT - 1))
    foreign = sealing.BulletinMaker(ConsoleKeys.generate()).sign(site.bulletin(AT + 9))
    for raw in (b"", b"\x00" * 500, foreign, foreign[:200], older, bytes(5_000_000)):
        site.folder.publish(raw)
        assert desk.bulletin() is good
        assert Trouble.BULLETIN_REFUSED in desk.troubles()
    (site.folder.path / "bulletin.json").unlink()
    assert desk.bulletin() is good
    site.publish(site.bulletin(AT + 10))
    renewed = desk.bulletin()
    assert renewed is not None
    assert renewed.issue == AT + 10
    assert desk.troubles() == frozenset()


def test_the_bulletin_outlives_a_restart_without_the_folder(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    desk.bulletin()
    site.folder.path.rename(site.path / "away")
    desk = restarted(site, desk)
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_OK
    assert Trouble.LOBBY_AWAY in desk.troubles()
    (site.home / "bulletin").write_bytes(b"spoilt by the disk")
    desk = restarted(site, desk)
    assert desk.look_up(INVITATION).kind is FoundKind.NO_BULLETIN
    desk.close()


def test_an_old_bulletins_last_month_key_is_used_on(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    issued = site.bulletin(AT + 1)
    digest, invitation = next(iter(issued.invitations.items()))
    lasting = replace(invitation, valid_until=AT + 90 * DAY)
    site.publish(replace(issued, zone="Nowhere/At_all", invitations={digest: lasting}))
    site.later(days=60)
    desk.check_in(INVITATION, document={DocumentField.NAME: "张三".encode()})
    desk.carry()
    (message,) = site.messages()
    assert message.document is not None
    assert message.document.month == "2026-11"


# --- clocks


def test_a_clock_behind_the_bulletin_is_not_believed(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    desk.bulletin()
    site.now = datetime(1970, 1, 1, tzinfo=UTC)
    assert desk.bulletin_age() == timedelta(0)
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_OK
    assert desk.check_in(INVITATION).until == NOW + timedelta(hours=1)


@pytest.mark.parametrize("jump", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_ids_and_journal_survive_a_clock_that_jumps(both: tuple[LobbySite, Desk], jump: datetime) -> None:
    site, desk = both
    desk.check_in(INVITATION)
    site.now = jump
    desk.call_desk("help")
    site.publish(site.bulletin(AT + 1))
    desk.bulletin()
    site.now = NOW + timedelta(minutes=1)
    desk = restarted(site, desk)
    desk.call_desk("help")
    assert desk.look_up(INVITATION).kind is FoundKind.INVITATION_USED
    desk.carry()
    kinds = [message.kind.value for message in site.messages()]
    assert kinds == ["check_in", "call_desk", "call_desk"]
    desk.close()


def test_the_journal_forgets_after_months_but_not_the_last_number(both: tuple[LobbySite, Desk]) -> None:
    site, desk = both
    for count in range(2):
        issued = site.bulletin(AT + count + 1)
        digest, invitation = next(iter(issued.invitations.items()))
        site.publish(replace(issued, invitations={digest: replace(invitation, uses_allowed=5)}))
        desk.check_in(INVITATION)
    journal = site.home / "journal"
    assert len(journal.read_bytes().splitlines()) == 2
    site.later(days=100)
    desk.bulletin()
    assert len(journal.read_bytes().splitlines()) == 2, "our own clock alone must not make us forget"
    site.publish(replace(site.bulletin(AT + 100 * DAY), issued_at=AT + 100 * DAY))
    desk.bulletin()
    assert len(journal.read_bytes().splitlines()) == 1
    issued = site.bulletin(AT + 101 * DAY)
    digest, invitation = next(iter(issued.invitations.items()))
    lasting = replace(invitation, uses_allowed=5, valid_until=AT + 102 * DAY)
    site.publish(replace(issued, issued_at=AT + 101 * DAY, invitations={digest: lasting}))
    assert desk.check_in(INVITATION).badge_no == "A-003"


# --- the door


def test_the_desk_needs_neither_the_consoles_rooms_nor_qt() -> None:
    script = (
        "import sys, kiosk.desk\n"
        "bad = ('PySide6', 'peewee', 'sqlcipher3', 'frontdesk.storage', 'frontdesk.services', 'frontdesk.ui')\n"
        "print([name for name in sys.modules if name.startswith(bad)])\n"
    )
    seen = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert seen.stdout.strip() == "[]"
