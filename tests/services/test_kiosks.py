"""Pairing, the bulletin, and the site's keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.lobby import coding, sealing
from frontdesk.lobby.bulletin import Bulletin
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.services import invitations, kiosks, site_keys, visits
from frontdesk.services.bulletin import (
    HORIZON,
    POLICY_SETTING,
    REISSUE_AFTER,
    TEXTS_SETTING,
    CannotPublish,
    publish_bulletin,
)
from frontdesk.services.errors import BadInput, NotFound
from frontdesk.services.lobby_intake import take_in
from frontdesk.services.reference import keep_setting
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from kiosk.desk import Desk, FoundKind, PairingState
from tests.services import lobby_kit as kit


@pytest.fixture
def lobby(site: Site, clock: kit.Clock) -> Site:
    """The site on a clock that the test moves, its lobby folder made."""
    moved = kit.with_clock(site, clock)
    publish_bulletin(moved)
    return moved


@pytest.fixture
def admin(lobby: Site) -> Actor:
    return kit.add_account(lobby, Role.ADMINISTRATOR)


@pytest.fixture
def area(lobby: Site) -> int:
    return kit.add_area(lobby)


@pytest.fixture
def desk(lobby: Site, tmp_path: Path) -> Iterator[Desk]:
    """A kiosk that nobody has paired yet, and that asks for it."""
    new = Desk(LobbyFolder(lobby.lobby), tmp_path / "kiosk1", lobby.clock)
    new.pairing()
    yield new
    new.close()


def published(site: Site) -> Bulletin:
    raw = LobbyFolder(site.lobby).read_bulletin()
    assert raw is not None
    return sealing.open_bulletin(raw, site_keys.console_keys(site).verify_public)


def test_a_kiosk_is_paired_by_the_code_it_shows(lobby: Site, admin: Actor, desk: Desk) -> None:
    (asking,) = kiosks.kiosks(lobby, admin)
    assert (asking.paired, asking.state, asking.letter) == (False, "asks", "")
    code = desk.pairing().code
    assert code is not None
    with pytest.raises(kiosks.WrongCode):
        kiosks.pair(lobby, admin, asking.id, "00000-00000", "North gate")
    assert desk.pairing().state is PairingState.WAITING
    with pytest.raises(BadInput):
        kiosks.pair(lobby, admin, asking.id, code, "  ")
    paired = kiosks.pair(lobby, admin, asking.id, code.lower(), " North  gate ")
    assert (paired.paired, paired.letter, paired.name) == (True, "A", "North gate")
    mine = desk.pairing()
    assert (mine.state, mine.letter, mine.name) == (PairingState.PAIRED, "A", "North gate")
    assert [view.paired for view in kiosks.kiosks(lobby, admin)] == [True]
    assert kit.audited(lobby, "kiosk.pairing_refused") == kit.audited(lobby, "kiosk.paired") == 1


def test_a_kiosk_that_does_not_ask_is_not_paired(lobby: Site, admin: Actor) -> None:
    with pytest.raises(kiosks.NoRequest):
        kiosks.pair(lobby, admin, "0" * 16, "00000-00000", "North gate")


def test_only_who_manages_kiosks_pairs_them(lobby: Site, desk: Desk) -> None:
    receptionist = kit.add_account(lobby, Role.RECEPTIONIST)
    assert kiosks.kiosks(lobby, receptionist) == ()
    for act in (
        lambda: kiosks.pair(lobby, receptionist, "0" * 16, "", "x"),
        lambda: kiosks.unpair(lobby, receptionist, "0" * 16),
        lambda: kiosks.retry_dead_letters(lobby, receptionist),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(Forbidden):
        kiosks.kiosks(lobby, kit.add_account(lobby, Role.DEPARTMENT))


def test_an_unpaired_kiosk_hears_of_it_and_gets_another_letter(
    lobby: Site, admin: Actor, desk: Desk, clock: kit.Clock
) -> None:
    (asking,) = kiosks.kiosks(lobby, admin)
    kiosks.pair(lobby, admin, asking.id, desk.pairing().code or "", "North gate")
    desk.pairing()
    publish_bulletin(lobby)
    assert desk.bulletin() is not None
    clock.go_on(timedelta(seconds=1))
    for _ in range(2):
        assert not kiosks.unpair(lobby, admin, asking.id).paired
    assert kit.audited(lobby, "kiosk.unpaired") == 1
    assert publish_bulletin(lobby)
    desk.bulletin()
    again = desk.pairing()
    assert again.state is PairingState.WAITING
    (new,) = [view for view in kiosks.kiosks(lobby, admin) if view.state == "asks"]
    assert kiosks.pair(lobby, admin, new.id, again.code or "", "North gate").letter == "B"
    with pytest.raises(NotFound):
        kiosks.unpair(lobby, admin, "0" * 16)


def test_the_bulletin_is_issued_when_something_changed(lobby: Site, admin: Actor, area: int, clock: kit.Clock) -> None:
    assert publish_bulletin(lobby)
    first = published(lobby)
    assert not publish_bulletin(lobby)
    invitation = kit.invite(lobby, admin, area)
    assert publish_bulletin(lobby)
    second = published(lobby)
    assert second.issue > first.issue
    assert len(second.invitations) == 1
    invitations.revoke(lobby, admin, invitation.id)
    assert publish_bulletin(lobby)
    assert published(lobby).invitations == {}
    clock.go_on(REISSUE_AFTER)
    assert publish_bulletin(lobby)
    assert published(lobby).issue > second.issue + 1


def test_a_lost_or_foreign_bulletin_is_replaced(lobby: Site) -> None:
    folder = LobbyFolder(lobby.lobby)
    (lobby.lobby / "bulletin.json").unlink()
    assert publish_bulletin(lobby)
    before = published(lobby).issue
    folder.publish(b"somebody else's")
    assert publish_bulletin(lobby)
    assert published(lobby).issue > before


def test_issue_numbers_rise_after_a_restored_backup(lobby: Site, clock: kit.Clock) -> None:
    with lobby.store.write() as unit:
        unit.run(m.Setting.delete().where(m.Setting.key == "lobby.bulletin"))
    before = published(lobby).issue
    clock.go_on(timedelta(days=-2))
    assert publish_bulletin(lobby)
    assert published(lobby).issue > before


def test_the_bulletin_says_nothing_personal(lobby: Site, admin: Actor, area: int) -> None:
    kit.invite(lobby, admin, area, visitor="王小明", host="李女士", plate="沪A12345")
    publish_bulletin(lobby)
    raw = (LobbyFolder(lobby.lobby).read_bulletin() or b"").decode("utf-8")
    assert "3栋" in raw
    for secret in ("王小明", "李女士", "沪A12345", "FD1I"):
        assert secret not in raw


def test_the_bulletin_holds_what_a_kiosk_needs(lobby: Site, admin: Actor, area: int, clock: kit.Clock) -> None:
    soon = kit.invite(lobby, admin, area, companions=3)
    kit.invite(
        lobby, admin, area, valid_from=clock.now + HORIZON * 2, valid_until=clock.now + HORIZON * 2 + timedelta(hours=1)
    )
    with lobby.store.write() as unit:
        keep_setting(unit, POLICY_SETTING, {"stay_minutes": 90})
        keep_setting(unit, TEXTS_SETTING, {"notice": {"zh_CN": "隐私", "en": "Privacy"}})
        unit.add(m.Area, code="staff", name_zh="机房", public=False)
        unit.add(m.Area, code="bare", name_zh="会所")
    publish_bulletin(lobby)
    issue = published(lobby)
    assert issue.site == lobby.tag
    assert [one.name.zh_CN for one in issue.areas] == ["3栋", "会所"]
    assert issue.areas[0].way.steps("zh_TW") == kit.WAY.steps["zh_CN"]
    assert [one.companions for one in issue.invitations.values()] == [3]
    assert issue.policy.stay_minutes == 90
    assert issue.texts["notice"].spoken("en") == "Privacy"
    assert sorted(issue.month_keys) == ["2026-11", "2026-12"]
    assert coding.dumps(issue)
    clock.go_on(HORIZON)
    publish_bulletin(lobby)
    assert len(published(lobby).invitations) == 1
    assert sorted(published(lobby).month_keys) == ["2026-12", "2027-01"]
    assert invitations.invitation(lobby, admin, soon.id).id == soon.id


def test_badges_on_site_are_known_at_every_kiosk(lobby: Site, admin: Actor, area: int, tmp_path: Path) -> None:
    first = kit.pair_desk(lobby, admin, tmp_path / "north", "North")
    second = kit.pair_desk(lobby, admin, tmp_path / "south", "South")
    invitation = kit.invite(lobby, admin, area)
    publish_bulletin(lobby)
    seen = first.check_in(invitation.code)
    assert second.look_up(seen.badge_code).kind is not FoundKind.BADGE_OK
    first.carry()
    take_in(lobby)
    publish_bulletin(lobby)
    assert second.look_up(seen.badge_code).kind is FoundKind.BADGE_OK
    assert second.look_up(invitation.code).kind is FoundKind.INVITATION_USED
    second.check_out(seen.badge_code)
    second.carry()
    assert take_in(lobby) == 1
    assert [line.state for line in visits.visits(lobby, admin).lines] == ["left"]
    for desk in (first, second):
        desk.close()


def test_two_consoles_make_one_set_of_keys(site: Site, connect: Callable[[], Site]) -> None:
    second = connect()
    found: list[tuple[bytes, dict[str, bytes]]] = []

    def make(console: Site) -> None:
        keys = site_keys.console_keys(console)
        found.append((keys.signing + keys.envelope, dict(site_keys.month_keys(console))))

    thread = threading.Thread(target=make, args=(second,))
    thread.start()
    make(site)
    thread.join()
    assert found[0] == found[1]
    with site.store.read() as unit:
        assert unit.count(m.SiteKey.select()) == 4


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (datetime(2026, 11, 1), ("2026-11", "2026-12")),
        (datetime(2026, 12, 31, 23), ("2026-12", "2027-01")),
        (datetime(2027, 1, 31), ("2027-01", "2027-02")),
    ],
)
def test_this_month_and_the_next(day: datetime, months: tuple[str, str]) -> None:
    assert site_keys.this_and_next(day) == months


def test_a_name_that_the_contract_has_no_room_for_is_said_so(lobby: Site, area: int) -> None:
    with lobby.store.write() as unit:
        unit.change(m.Area, area, name_zh="长" * 9000)
    with pytest.raises(CannotPublish) as refused:
        publish_bulletin(lobby)
    assert (refused.value.code, "name" in refused.value.where) == ("cannot_publish", True)
