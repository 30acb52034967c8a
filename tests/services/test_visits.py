"""Who is expected, on site, overdue and gone; the desk's own acts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.domain import codes
from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.codes import CodeKind, NotOurs
from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState
from frontdesk.services import invitations, reference, visits, ways
from frontdesk.services.errors import BadInput, NotFound, Problem
from frontdesk.services.site import Site
from frontdesk.services.views import NewInvitation
from frontdesk.storage import models as m
from tests.services import lobby_kit as kit

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning at the site


@pytest.fixture
def hall(site: Site, clock: kit.Clock) -> Site:
    """The site on a clock that the test moves."""
    return kit.with_clock(site, clock)


@pytest.fixture
def desk(hall: Site) -> Actor:
    return kit.add_account(hall, Role.RECEPTIONIST)


@pytest.fixture
def area(hall: Site) -> int:
    return kit.add_area(hall)


def add_visit(site: Site, area: int, badge_no: str, **changes: object) -> tuple[int, str]:
    """A visitor who came an hour ago and may stay another one; the id and the badge's code."""
    badge = codes.new(CodeKind.BADGE, site.tag, site.random(16))
    values = {
        "uuid": badge_no + badge[-8:], "badge_no": badge_no, "badge_digest": codes.digest(badge), "name": "王小明",
        "purpose": Purpose.GUEST, "area": area, "state": VisitState.ON_SITE, "host": "李女士", "plate": "沪A12345",
        "arrived_at": site.now() - timedelta(hours=1), "until_at": site.now() + timedelta(hours=1),
    }  # fmt: skip
    with site.store.write() as unit:
        return unit.add(m.Visit, **{**values, **changes}), badge


def test_the_board_puts_first_what_asks_for_attention(hall: Site, desk: Actor, area: int, clock: kit.Clock) -> None:
    gone, _ = add_visit(hall, area, "A-001")
    visits.check_out(hall, desk, gone)
    here, _ = add_visit(hall, area, "A-002")
    late, _ = add_visit(hall, area, "A-003", until_at=NOW - timedelta(minutes=1))
    expected = kit.invite(hall, desk, area).id
    board = visits.visits(hall, desk)
    assert [(line.visit_id, line.invitation_id) for line in board.lines] == [
        (late, None),
        (here, None),
        (None, expected),
        (gone, None),
    ]
    assert dict(board.counts) == {
        VisitState.EXPECTED: 1, VisitState.ON_SITE: 1, VisitState.OVERDUE: 1, VisitState.LEFT: 1, VisitState.REFUSED: 0,
    }  # fmt: skip


def test_a_day_is_a_day_of_the_site(hall: Site, desk: Actor, area: int, clock: kit.Clock) -> None:
    today = hall.today()
    start, _ = hall.span(today)
    last_night, _ = add_visit(hall, area, "A-001", arrived_at=start - timedelta(minutes=1), until_at=start)
    gone = add_visit(
        hall, area, "A-002", arrived_at=start - timedelta(hours=2), state=VisitState.LEFT,
        left_at=start - timedelta(hours=1), how_left=HowLeft.BADGE,
    )[0]  # fmt: skip
    assert [line.visit_id for line in visits.visits(hall, desk).lines] == [last_night]  # still here, so on the board
    yesterday = visits.visits(hall, desk, today - timedelta(days=1))
    assert {line.visit_id for line in yesterday.lines} == {last_night, gone}
    tomorrow = kit.invite(
        hall, desk, area, valid_from=NOW + timedelta(days=1), valid_until=NOW + timedelta(days=1, hours=1)
    )
    assert len(visits.visits(hall, desk).lines) == 1
    assert [line.invitation_id for line in visits.visits(hall, desk, today + timedelta(days=1)).lines] == [tomorrow.id]


def test_nobody_is_expected_by_a_past_or_revoked_invitation(
    hall: Site, desk: Actor, area: int, clock: kit.Clock
) -> None:
    kit.invite(hall, desk, area, valid_until=NOW + timedelta(minutes=5))
    revoked = kit.invite(hall, desk, area)
    invitations.revoke(hall, desk, revoked.id)
    clock.go_on(timedelta(minutes=6))
    assert visits.visits(hall, desk).lines == ()


def test_check_out_and_its_undoing(hall: Site, desk: Actor, area: int, clock: kit.Clock) -> None:
    visit_id, badge = add_visit(hall, area, "A-001")
    before = hall.store.last_change()
    line = visits.check_out(hall, desk, visit_id)
    assert (line.state, line.left_at, line.how_left) == (VisitState.LEFT, NOW, HowLeft.DESK)
    with pytest.raises(visits.AlreadyLeft):
        visits.check_out(hall, desk, visit_id)
    back = visits.undo_check_out(hall, desk, visit_id)
    assert (back.state, back.left_at, back.how_left) == (VisitState.ON_SITE, None, None)
    with pytest.raises(visits.StillOnSite):
        visits.undo_check_out(hall, desk, visit_id)
    assert visits.badge_lookup(hall, desk, badge).line.state is VisitState.ON_SITE
    assert kit.audited(hall, "visit.checked_out") == kit.audited(hall, "visit.check_out_undone") == 1
    topics = {change.topic for change in hall.store.changes_since(before)[1]}
    assert topics == {"visit"}
    with pytest.raises(NotFound):
        visits.check_out(hall, desk, visit_id + 1)


def test_a_badge_is_found_by_code_and_by_number(hall: Site, desk: Actor, area: int) -> None:
    older, _ = add_visit(hall, area, "A-027", arrived_at=NOW - timedelta(days=9), state=VisitState.LEFT, left_at=NOW)
    newer, badge = add_visit(hall, area, "A-027")
    assert visits.badge_lookup(hall, desk, badge.lower()).line.visit_id == newer
    for typed in ("A-027", "a27", " A 027 "):
        assert visits.badge_lookup(hall, desk, typed).line.visit_id == newer
    assert older != newer


@pytest.mark.parametrize(
    ("kind", "tag", "code"),
    [
        (CodeKind.BADGE, "ZZZZ", "other_site"),
        (CodeKind.INVITATION, None, "not_a_badge"),
        (CodeKind.BADGE, None, "badge_unknown"),
    ],
)
def test_other_codes_say_what_they_are(hall: Site, desk: Actor, kind: CodeKind, tag: str | None, code: str) -> None:
    text = codes.new(kind, tag or hall.tag, hall.random(16))
    with pytest.raises(visits.NoBadge) as caught:
        visits.badge_lookup(hall, desk, text)
    assert caught.value.code == code


def test_a_foreign_code_is_not_ours(hall: Site, desk: Actor) -> None:
    with pytest.raises(NotOurs):
        visits.badge_lookup(hall, desk, "https://example.org/")


def test_a_guard_sees_visits_and_not_who_receives_them(hall: Site, desk: Actor, area: int) -> None:
    guard = kit.add_account(hall, Role.GUARD)
    visit_id, _ = add_visit(hall, area, "A-001")
    assert visits.visit(hall, guard, visit_id).host == ""
    assert visits.visit(hall, desk, visit_id).host == "李女士"
    assert visits.check_out(hall, guard, visit_id).state is VisitState.LEFT


def test_what_a_role_may_not_do(hall: Site, area: int) -> None:
    department = kit.add_account(hall, Role.DEPARTMENT)
    guard = kit.add_account(hall, Role.GUARD)
    for act in (
        lambda: visits.visits(hall, department),
        lambda: visits.visit(hall, department, 1),
        lambda: visits.badge_lookup(hall, department, "A-001"),
        lambda: visits.check_out(hall, department, 1),
        lambda: visits.undo_check_out(hall, department, 1),
        lambda: visits.desk_calls(hall, department),
        lambda: visits.answer_desk_call(hall, department, 1),
        lambda: visits.map_to(hall, department, area),
        lambda: kit.invite(hall, guard, area),
        lambda: invitations.invitation(hall, guard, 1),
        lambda: invitations.revoke(hall, guard, 1),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_map_with_the_way(hall: Site, desk: Actor, area: int) -> None:
    assert visits.map_to(hall, desk, area).size == (0, 0)
    drawn = ways.SiteMap((400, 300), (200, 280), (ways.Shape("road", ((0, 0), (9, 9)), "环路", "Ring road"),))
    with hall.store.write() as unit:
        reference.keep_setting(unit, ways.MAP_SETTING, ways.write_map(drawn))
    view = visits.map_to(hall, desk, area, "en")
    assert (view.size, view.here, view.way) == ((400, 300), (200, 280), kit.WAY.points)
    assert view.shapes == (("road", "Ring road", ((0, 0), (9, 9))),)


def test_an_invitation_holds_no_more_than_its_code(hall: Site, desk: Actor, area: int) -> None:
    view = kit.invite(hall, desk, area, visitor="  王\u3000小明 ", plate="沪a 12345")
    assert (view.visitor, view.plate, view.host, view.state) == ("王 小明", "沪A12345", "李女士", InvitationState.OPEN)
    code = codes.parse(view.code)
    assert (code.kind, code.site_tag) == (CodeKind.INVITATION, hall.tag)
    assert invitations.invitation(hall, desk, view.id) == view
    with hall.store.read() as unit:
        assert unit.get(m.Invitation, view.id).code_digest == code.digest
    assert kit.audited(hall, "invitation.made") == 1


def test_revoking_is_harmless_twice_and_refused_after_use(hall: Site, desk: Actor, area: int) -> None:
    view = kit.invite(hall, desk, area)
    for _ in range(2):
        assert invitations.revoke(hall, desk, view.id).state is InvitationState.REVOKED
    assert kit.audited(hall, "invitation.revoked") == 1
    used = kit.invite(hall, desk, area)
    with hall.store.write() as unit:
        unit.change(m.Invitation, used.id, state=InvitationState.USED)
    with pytest.raises(invitations.InvitationUsed):
        invitations.revoke(hall, desk, used.id)
    with pytest.raises(NotFound):
        invitations.revoke(hall, desk, used.id + 1)


@pytest.mark.parametrize(
    ("change", "error", "field", "problem"),
    [
        ({"visitor": " \t"}, BadInput, "visitor", Problem.EMPTY),
        ({"visitor": "王" * 201}, BadInput, "visitor", Problem.TOO_LONG),
        ({"area_id": 999_999}, BadInput, "area_id", Problem.UNKNOWN),
        (
            {"valid_from": NOW - timedelta(hours=2), "valid_until": NOW - timedelta(hours=1)},
            BadInput,
            "valid_until",
            Problem.IN_PAST,
        ),
        ({"valid_until": NOW}, invitations.BadWindow, None, None),
        ({"valid_until": NOW + timedelta(days=400)}, invitations.BadWindow, None, None),
        ({"companions": -1}, invitations.TooManyCompanions, None, None),
        ({"companions": 201}, invitations.TooManyCompanions, None, None),
        ({"unit_id": 999_999}, NotFound, None, None),
    ],
)
def test_what_cannot_be_invited(
    hall: Site,
    desk: Actor,
    area: int,
    change: dict[str, object],
    error: type[Exception],
    field: str | None,
    problem: Problem | None,
) -> None:
    with pytest.raises(error) as caught:
        kit.invite(hall, desk, area, **change)
    assert (getattr(caught.value, "field", None), getattr(caught.value, "problem", None)) == (field, problem)
    with hall.store.read() as unit:
        assert unit.count(m.Invitation.select()) == 0


def test_an_area_out_of_use_takes_no_invitations_and_old_visits_still_name_it(
    hall: Site, desk: Actor, area: int
) -> None:
    visit_id, _ = add_visit(hall, area, "A-001")
    with hall.store.write() as unit:
        unit.change(m.Area, area, active=False)
    with pytest.raises(BadInput):
        kit.invite(hall, desk, area)
    assert visits.visit(hall, desk, visit_id).line.area.name == "3栋"
    new = NewInvitation("王", Purpose.GUEST, area, NOW, NOW + timedelta(hours=1))
    with pytest.raises(BadInput):
        invitations.invite(hall, desk, new)
