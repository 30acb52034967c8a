"""What the kiosks write takes effect once, and only what they may say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.domain import codes
from frontdesk.domain.access import Actor, Role
from frontdesk.domain.visits import Flag, HowLeft, InvitationState, VisitState
from frontdesk.lobby import coding, contract, sealing
from frontdesk.lobby.contract import (
    AskEntry,
    Body,
    CheckIn,
    CheckOut,
    DocumentField,
    LeavingBy,
    Message,
    Outcome,
    PaperOutcome,
)
from frontdesk.lobby.folder import LobbyAway, LobbyFolder
from frontdesk.lobby.sealing import KioskKeys
from frontdesk.services import bulletin, invitations, kiosks, site_keys, visits
from frontdesk.services.lobby_intake import MOST_A_ROUND, WAITS_FOR, take_in
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from kiosk.desk import Desk
from tests.services import lobby_kit as kit


@pytest.fixture
def lobby(site: Site, clock: kit.Clock) -> Site:
    """The site on a clock that the test moves."""
    return kit.with_clock(site, clock)


@pytest.fixture
def admin(lobby: Site) -> Actor:
    return kit.add_account(lobby, Role.ADMINISTRATOR)


@pytest.fixture
def area(lobby: Site) -> int:
    return kit.add_area(lobby)


@pytest.fixture
def new_desk(lobby: Site, admin: Actor, area: int, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Pairs one more kiosk."""
    desks: list[Desk] = []

    def one_more(name: str) -> Desk:
        desks.append(kit.pair_desk(lobby, admin, tmp_path / "kiosks" / name, name))
        return desks[-1]

    yield one_more
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(new_desk: Callable[[str], Desk]) -> Desk:
    return new_desk("Lobby 1")


def dead(site: Site, actor: Actor) -> list[str]:
    return [letter.reason for letter in kiosks.lobby(site, actor).dead]


def inbox(site: Site) -> int:
    return len(list(LobbyFolder(site.lobby).take()))


def sent_by(
    site: Site, keys: KioskKeys, body: Body, *, message_id: str = "", document: contract.Document | None = None
) -> str:
    """Writes a message as a kiosk with these keys would; returns its id."""
    at = contract.instant(site.now())
    message_id = message_id or contract.uuid7(at, site.random(8))
    message = Message(message_id, keys.kiosk, at, body, document)
    sealed = sealing.seal_message(message, keys, site_keys.console_keys(site).envelope_public)
    LobbyFolder(site.lobby).put(keys.kiosk, message_id, sealed)
    return message_id


@pytest.fixture
def wild(lobby: Site, admin: Actor, area: int) -> KioskKeys:
    """A paired kiosk whose messages the test writes by hand."""
    bulletin.publish_bulletin(lobby)
    keys = KioskKeys.generate()
    with lobby.store.write() as unit:
        unit.add(
            m.Kiosk,
            uuid=keys.kiosk,
            letter="Z",
            name="Wild",
            public_key=keys.public,
            state="paired",
            paired_at=lobby.now(),
        )
    return keys


def check_in(site: Site, area: int, code: str, badge_no: str = "Z-001") -> CheckIn:
    visit = contract.uuid7(contract.instant(site.now()), site.random(8))
    badge = codes.digest(codes.new(codes.CodeKind.BADGE, site.tag, site.random(16)))
    until = contract.instant(site.now() + timedelta(hours=4))
    return CheckIn(visit, codes.digest(code), badge, badge_no, str(area), until, 0, None, "zh_CN", None, None)


def test_a_visitor_comes_and_leaves(lobby: Site, admin: Actor, area: int, desk: Desk, clock: kit.Clock) -> None:
    invitation = kit.invite(lobby, admin, area, companions=2, plate="沪a 12345")
    bulletin.publish_bulletin(lobby)
    seen = desk.check_in(invitation.code)
    assert desk.carry() == 1
    assert take_in(lobby) == 1
    assert inbox(lobby) == 0
    (row,) = kit.board(lobby)
    view = visits.visit(lobby, admin, row.id, "en")
    assert (view.line.state, view.line.badge_no, view.line.name) == (VisitState.ON_SITE, seen.badge_no, "王小明")
    assert (view.line.companions, view.plate, view.host, view.kiosk) == (2, "沪A12345", "李女士", "Lobby 1")
    assert view.steps == kit.WAY.steps["en"]
    assert not view.line.flagged
    assert invitations.invitation(lobby, admin, invitation.id).state is InvitationState.USED
    clock.go_on(timedelta(hours=1))
    desk.check_out(seen.badge_code)
    desk.carry()
    assert take_in(lobby) == 1
    line = visits.visit(lobby, admin, row.id).line
    assert (line.state, line.how_left, line.left_at) == (VisitState.LEFT, HowLeft.BADGE, clock.now)
    assert kit.audited(lobby, "visit.checked_in") == kit.audited(lobby, "visit.checked_out") == 1


def test_a_message_has_its_effect_once(lobby: Site, admin: Actor, area: int, desk: Desk) -> None:
    folder = LobbyFolder(lobby.lobby)
    invitation = kit.invite(lobby, admin, area)
    bulletin.publish_bulletin(lobby)
    desk.check_in(invitation.code)
    desk.call_desk("help")
    desk.carry()
    letters = list(folder.take())
    assert take_in(lobby) == 2
    for letter in letters:  # as if the console had died before it removed the files
        folder.put(letter.kiosk, letter.id, letter.data)
    assert take_in(lobby) == 0
    assert inbox(lobby) == 0
    assert dead(lobby, admin) == []
    assert len(kit.board(lobby)) == len(visits.desk_calls(lobby, admin)) == 1
    assert len(desk.answers()) == 1


def test_the_kiosk_is_answered_for_each_visit(lobby: Site, admin: Actor, area: int, desk: Desk) -> None:
    invitation = kit.invite(lobby, admin, area)
    bulletin.publish_bulletin(lobby)
    seen = desk.check_in(invitation.code)
    desk.carry()
    take_in(lobby)
    (admitted,) = desk.answers()
    assert (admitted.visit, admitted.outcome, admitted.area) == (seen.visit_id, Outcome.ADMITTED, str(area))
    desk.check_out(seen.badge_code)
    desk.carry()
    take_in(lobby)
    (received,) = desk.answers()
    assert (received.visit, received.outcome) == (seen.visit_id, Outcome.RECEIVED)


def test_an_invitation_used_at_two_kiosks_that_were_cut_off(
    lobby: Site, admin: Actor, area: int, new_desk: Callable[[str], Desk]
) -> None:
    invitation = kit.invite(lobby, admin, area)
    first, second = new_desk("North"), new_desk("South")
    assert first.bulletin() and second.bulletin()
    for cut_off in (first, second):
        cut_off.check_in(invitation.code)
    assert first.carry() == second.carry() == 1
    assert take_in(lobby) == 2
    flags = sorted(row.flag_reason for row in kit.board(lobby))
    assert flags == ["", Flag.USED_TWICE]
    outcomes = {answer.outcome for cut_off in (first, second) for answer in cut_off.answers()}
    assert outcomes == {Outcome.ADMITTED, Outcome.COME_TO_DESK}


def test_an_invitation_revoked_while_the_kiosk_was_cut_off(lobby: Site, admin: Actor, area: int, desk: Desk) -> None:
    invitation = kit.invite(lobby, admin, area)
    bulletin.publish_bulletin(lobby)
    desk.check_in(invitation.code)
    invitations.revoke(lobby, admin, invitation.id)
    desk.carry()
    take_in(lobby)
    (row,) = kit.board(lobby)
    assert (row.flagged, row.flag_reason, row.state) == (True, Flag.REVOKED, VisitState.ON_SITE)
    assert invitations.invitation(lobby, admin, invitation.id).state is InvitationState.REVOKED


def test_a_coming_in_that_no_invitation_explains_is_flagged(lobby: Site, area: int, wild: KioskKeys) -> None:
    stranger = codes.new(codes.CodeKind.INVITATION, lobby.tag, lobby.random(16))
    sent_by(lobby, wild, check_in(lobby, area, stranger))
    assert take_in(lobby) == 1
    (row,) = kit.board(lobby)
    assert (row.flag_reason, row.invitation, row.area) == (Flag.UNKNOWN_INVITATION, None, area)


def test_leaving_before_coming_in_waits_for_it(lobby: Site, admin: Actor, area: int, wild: KioskKeys) -> None:
    came = check_in(lobby, area, kit.invite(lobby, admin, area).code)
    sent_by(lobby, wild, CheckOut(came.visit, came.badge, came.badge_no, LeavingBy.CODE))
    assert take_in(lobby) == 0
    assert inbox(lobby) == 1
    sent_by(lobby, wild, came)
    assert take_in(lobby) == 2
    (row,) = kit.board(lobby)
    assert row.state == VisitState.LEFT
    assert row.left_at >= row.arrived_at
    assert inbox(lobby) == 0


def test_leaving_whose_coming_in_never_comes_is_set_aside(
    lobby: Site, admin: Actor, wild: KioskKeys, clock: kit.Clock
) -> None:
    sent_by(lobby, wild, CheckOut(None, "0" * 64, "Z-001", LeavingBy.CODE))
    clock.go_on(WAITS_FOR - timedelta(minutes=1))
    take_in(lobby)
    assert inbox(lobby) == 1
    clock.go_on(timedelta(minutes=2))
    take_in(lobby)
    assert inbox(lobby) == 0
    assert dead(lobby, admin) == ["no_visit"]


def test_whoever_left_at_the_desk_has_left(lobby: Site, admin: Actor, area: int, desk: Desk) -> None:
    invitation = kit.invite(lobby, admin, area)
    bulletin.publish_bulletin(lobby)
    seen = desk.check_in(invitation.code)
    desk.carry()
    take_in(lobby)
    (row,) = kit.board(lobby)
    visits.check_out(lobby, admin, row.id)
    desk.check_out(seen.badge_code)
    desk.carry()
    assert take_in(lobby) == 1
    assert visits.visit(lobby, admin, row.id).line.how_left is HowLeft.DESK


def test_calls_for_the_desk_stand_until_somebody_answers(lobby: Site, admin: Actor, desk: Desk) -> None:
    desk.call_desk("help")
    desk.carry()
    assert take_in(lobby) == 1
    (call,) = visits.desk_calls(lobby, admin)
    assert (call.kiosk, call.reason, call.at) == ("Lobby 1", "help", lobby.now())
    visits.answer_desk_call(lobby, admin, call.id)
    visits.answer_desk_call(lobby, admin, call.id)
    assert visits.desk_calls(lobby, admin) == ()
    assert kit.audited(lobby, "desk_call.answered") == 1


def test_asking_to_come_in_calls_the_desk(lobby: Site, admin: Actor, area: int, wild: KioskKeys) -> None:
    came = check_in(lobby, area, codes.new(codes.CodeKind.INVITATION, lobby.tag, lobby.random(16)))
    asked = AskEntry(
        visit=came.visit, purpose="courier", unit="3-2-1201", department=None, area=str(area), host=None,
        reason="parcel", name=None, phone=None, code=None, companions=0, companion_names=(), plate=None, stay=None,
        badge=came.badge, badge_no="Z-002", language="en", consent=None, identity=None,
    )  # fmt: skip
    sent_by(lobby, wild, asked)
    assert take_in(lobby) == 1
    assert [call.reason for call in visits.desk_calls(lobby, admin)] == ["entry"]
    (letter,) = LobbyFolder(lobby.lobby).answers(wild.kiosk)
    answer = sealing.open_answer(letter.data, wild, site_keys.console_keys(lobby).verify_public)
    assert isinstance(answer.body, contract.Answer)
    assert (answer.body.visit, answer.body.outcome) == (came.visit, Outcome.WAIT)
    assert kit.board(lobby) == []


def test_a_kiosk_tells_how_it_is(lobby: Site, admin: Actor, desk: Desk, clock: kit.Clock) -> None:
    (silent,) = kiosks.kiosks(lobby, admin)
    assert (silent.state, silent.last_beat) == ("silent", None)
    desk.beat("up", "ok", "welcome")
    take_in(lobby)
    (working,) = kiosks.kiosks(lobby, admin)
    assert (working.state, working.last_beat) == ("working", lobby.now())
    before = lobby.store.last_change()
    take_in(lobby)
    assert lobby.store.last_change() == before  # an old heartbeat tells nothing new
    desk.paper_state("badge", PaperOutcome.FAILED, "jammed")
    desk.carry()
    assert take_in(lobby) == 1
    assert kiosks.kiosks(lobby, admin)[0].state == "paper"
    clock.go_on(timedelta(minutes=2))
    assert kiosks.kiosks(lobby, admin)[0].state == "silent"


def test_what_is_no_message_is_set_aside_with_its_reason(lobby: Site, admin: Actor, area: int, wild: KioskKeys) -> None:
    folder = LobbyFolder(lobby.lobby)
    genuine = check_in(lobby, area, kit.invite(lobby, admin, area).code)
    stranger = KioskKeys.generate()
    sent_by(lobby, stranger, genuine)
    mine = contract.uuid7(contract.instant(lobby.now()), lobby.random(8))
    folder.put(wild.kiosk, mine, b"no message at all")
    forged = Message(
        mine[:-1] + ("1" if mine.endswith("0") else "0"), wild.kiosk, contract.instant(lobby.now()), genuine
    )
    sealed = sealing.seal_message(forged, wild, site_keys.console_keys(lobby).envelope_public)
    folder.put(wild.kiosk, forged.id, sealed[:-2] + b" }")
    assert take_in(lobby) == 0
    assert sorted(dead(lobby, admin)) == ["bad_signature", "malformed", "unknown_kiosk"]
    assert kit.board(lobby) == []
    assert inbox(lobby) == 0


def test_the_same_visit_twice_is_set_aside(lobby: Site, admin: Actor, area: int, wild: KioskKeys) -> None:
    came = check_in(lobby, area, kit.invite(lobby, admin, area).code)
    sent_by(lobby, wild, came)
    sent_by(lobby, wild, came)
    assert take_in(lobby) == 1
    assert dead(lobby, admin) == ["visit_twice"]
    assert len(kit.board(lobby)) == 1
    with lobby.store.read() as unit:
        assert unit.count(m.LobbyTaken.select()) == 1  # the refused one left no mark


def test_dead_letters_can_be_tried_again(lobby: Site, admin: Actor, area: int, wild: KioskKeys) -> None:
    kiosks.unpair(lobby, admin, wild.kiosk)
    sent_by(lobby, wild, check_in(lobby, area, kit.invite(lobby, admin, area).code))
    take_in(lobby)
    assert dead(lobby, admin) == ["unpaired_kiosk"]
    with lobby.store.write() as unit:
        unit.run(m.Kiosk.update(state="paired"))
    assert kiosks.retry_dead_letters(lobby, admin) == 1
    assert take_in(lobby) == 1
    assert dead(lobby, admin) == []


def test_a_visits_document_is_kept_unopened(lobby: Site, admin: Actor, area: int, desk: Desk) -> None:
    invitation = kit.invite(lobby, admin, area)
    bulletin.publish_bulletin(lobby)
    desk.check_in(invitation.code, document={DocumentField.NAME: "王小明".encode()})
    desk.carry()
    take_in(lobby)
    (row,) = kit.board(lobby)
    with lobby.store.read() as unit:
        blob = unit.get(m.Blob, row.document)
        month = contract.month_of(lobby.local(lobby.now()))
        private = unit.one(m.SiteKey.select().where(m.SiteKey.kind == "month", m.SiteKey.month == month)).private
    kept = lobby.blobs.get(blob.name)
    assert "王小明".encode() not in kept
    document = coding.decode(contract.Document, coding.loads(kept, contract.MESSAGE_LIMIT))
    key = sealing.MonthKey(month, b"", private)
    assert key.open_field(document.fields[DocumentField.NAME], row.uuid, DocumentField.NAME) == "王小明".encode()


def test_a_desk_that_was_closed_for_long_takes_in_a_bounded_number(lobby: Site, wild: KioskKeys) -> None:
    for _ in range(MOST_A_ROUND + 5):
        sent_by(lobby, wild, contract.CallDesk("help", None, None, None))
    assert take_in(lobby) == MOST_A_ROUND
    assert take_in(lobby) == 5
    assert take_in(lobby) == 0


def test_while_the_folder_is_away_nothing_is_lost(lobby: Site, admin: Actor, area: int, desk: Desk) -> None:
    invitation = kit.invite(lobby, admin, area)
    bulletin.publish_bulletin(lobby)
    assert desk.bulletin() is not None
    away = lobby.lobby.with_name("away")
    lobby.lobby.rename(away)
    desk.check_in(invitation.code)
    assert desk.carry() == 0
    with pytest.raises(LobbyAway):
        take_in(lobby)
    assert kiosks.lobby(lobby, admin).away == "away"
    away.rename(lobby.lobby)
    assert desk.carry() == 1
    assert take_in(lobby) == 1
    assert kiosks.lobby(lobby, admin).away == ""


def test_a_new_site_has_no_folder_yet_and_nothing_to_take_in(lobby: Site) -> None:
    assert take_in(lobby) == 0
    assert bulletin.publish_bulletin(lobby)
    assert LobbyFolder(lobby.lobby).available()
    assert take_in(lobby) == 0


def test_two_consoles_on_one_folder(lobby: Site, admin: Actor, wild: KioskKeys, connect: Callable[[], Site]) -> None:
    for _ in range(40):
        sent_by(lobby, wild, contract.CallDesk("help", None, None, None))
    second = connect()
    counts: list[int] = []

    def work() -> None:
        while inbox(second):
            counts.append(take_in(second))

    thread = threading.Thread(target=work)
    thread.start()
    while inbox(lobby):
        counts.append(take_in(lobby))
    thread.join()
    assert sum(counts) == 40
    assert len(visits.desk_calls(lobby, admin)) == 40
