"""Visits: who is expected, on site, overdue, gone; checking out at the desk; what the kiosks ask the desk for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from frontdesk.domain import codes
from frontdesk.domain.access import Actor, Permission, require
from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState, visit_state
from frontdesk.services import ways
from frontdesk.services.errors import ServiceError
from frontdesk.services.site import Site
from frontdesk.services.views import DeskCallView, MapView, Named, VisitLine, VisitsView, VisitView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

MOST_LINES = 500
_BADGE_NUMBER = re.compile(r"\s*([A-Za-z]{1,2})\s*-?\s*([0-9]{1,6})\s*", re.ASCII)
_NOWHERE = Named(0, "")

# What asks for attention comes first.
_ORDER = (VisitState.OVERDUE, VisitState.ON_SITE, VisitState.EXPECTED, VisitState.LEFT, VisitState.REFUSED)


class AlreadyLeft(ServiceError):
    """The visitor has been checked out before."""

    code = "already_left"


class StillOnSite(ServiceError):
    """There is no check-out to undo."""

    code = "still_on_site"


class NoBadge(ServiceError):
    """A code that is no badge of this site; `code` is one of `badge_unknown`, `not_a_badge`, `other_site`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def visits(site: Site, actor: Actor, day: date | None = None) -> VisitsView:
    """Who is expected, on site, overdue and gone on a day of the site's calendar, by default today.

    Raises:
        Forbidden: the actor may not see visits.
    """
    require(actor, Permission.SEE_VISITS)
    with site.store.read() as unit:
        return visits_of_day(site, unit, day or site.today())


def visits_of_day(site: Site, unit: Unit, day: date) -> VisitsView:
    """The board of one day within a unit that is open; whoever calls has asked for the permission."""
    now = site.now()
    start, end = site.span(day)
    areas = areas_by_id(unit)
    came = (m.Visit.arrived_at >= start) & (m.Visit.arrived_at < end)
    left = (m.Visit.left_at >= start) & (m.Visit.left_at < end)
    on_board = came | left
    if start <= now < end:
        on_board |= m.Visit.state == VisitState.ON_SITE  # since whatever day
    lines = [_visit_line(row, areas, now) for row in unit.all(m.Visit.select().where(on_board))]
    expected = m.Invitation.select().where(
        m.Invitation.state == InvitationState.OPEN,
        m.Invitation.valid_from < end,
        m.Invitation.valid_until >= max(start, now),
    )
    lines += [_expected_line(row, areas) for row in unit.all(expected)]
    lines.sort(key=_urgency)
    counts = Counter(line.state for line in lines)
    return VisitsView(tuple(lines[:MOST_LINES]), tuple((state, counts[state]) for state in VisitState))


def visit(site: Site, actor: Actor, visit_id: int, language: str = "zh_CN") -> VisitView:
    """A visit whole, with the way to its area in the language; the host only for who may see people.

    Raises:
        Forbidden: the actor may not see visits.
        NotFound: there is no such visit.
    """
    require(actor, Permission.SEE_VISITS)
    with site.store.read() as unit:
        return _whole(site, unit, actor, unit.get(m.Visit, visit_id), language)


def badge_lookup(site: Site, actor: Actor, text: str, language: str = "zh_CN") -> VisitView:
    """The visit of a badge, by its scanned code or its typed number (`A-027`, the newest one of that number).

    Raises:
        Forbidden: the actor may not see visits.
        NotOurs: the text is neither a code of ours nor a badge number.
        NoBadge: a code of another kind or site, or a badge that was never given out.
    """
    require(actor, Permission.SEE_VISITS)
    number = _BADGE_NUMBER.fullmatch(text)
    if number:
        given = f"{number[1].upper()}-{int(number[2]):03d}"
        query = m.Visit.select().where(m.Visit.badge_no == given).order_by(m.Visit.arrived_at.desc())
    else:
        query = m.Visit.select().where(m.Visit.badge_digest == _badge_digest(site, text))
    with site.store.read() as unit:
        row = unit.one(query)
        if row is None:
            raise NoBadge("badge_unknown")
        return _whole(site, unit, actor, row, language)


def check_out(site: Site, actor: Actor, visit_id: int) -> VisitLine:
    """Records at the desk that a visitor has left.

    Raises:
        Forbidden: the actor may not admit visitors.
        AlreadyLeft: the visitor has been checked out before.
        NotFound: there is no such visit.
    """
    require(actor, Permission.ADMIT_VISITORS)
    now = site.now()
    with site.store.write() as unit:
        if not leave(unit, visit_id, now, HowLeft.DESK):
            unit.get(m.Visit, visit_id)
            raise AlreadyLeft()
        unit.audit(actor, "visit.checked_out", f"visit:{visit_id}", {"how": HowLeft.DESK.value})
        return _visit_line(unit.get(m.Visit, visit_id), areas_by_id(unit), now)


def undo_check_out(site: Site, actor: Actor, visit_id: int) -> VisitLine:
    """Takes a wrong check-out back: the visitor is on site again and the badge opens the way out.

    Raises:
        Forbidden: the actor may not admit visitors.
        StillOnSite: there is no check-out to undo.
        NotFound: there is no such visit.
    """
    require(actor, Permission.ADMIT_VISITORS)
    with site.store.write() as unit:
        row = unit.get(m.Visit, visit_id)
        gone = (m.Visit.id == visit_id) & (m.Visit.state == VisitState.LEFT)
        back = m.Visit.update(state=VisitState.ON_SITE, left_at=None, how_left=None, version=m.Visit.version + 1)
        if not unit.run(back.where(gone)):
            raise StillOnSite()
        detail = {"left_at": row.left_at.isoformat() if row.left_at else "", "how": row.how_left or ""}
        unit.audit(actor, "visit.check_out_undone", f"visit:{visit_id}", detail)
        unit.announce("visit", visit_id)
        return _visit_line(unit.get(m.Visit, visit_id), areas_by_id(unit), site.now())


def leave(unit: Unit, visit_id: int, at: datetime, how: HowLeft) -> bool:
    """Writes within an open unit that a visitor left; False where the visit is not on site."""
    here = (m.Visit.id == visit_id) & (m.Visit.state == VisitState.ON_SITE)
    gone = m.Visit.update(state=VisitState.LEFT, left_at=at, how_left=how, version=m.Visit.version + 1)
    if not unit.run(gone.where(here)):
        return False
    unit.announce("visit", visit_id)
    return True


def desk_calls(site: Site, actor: Actor) -> tuple[DeskCallView, ...]:
    """What the kiosks ask the desk for and nobody has answered yet, oldest first.

    Raises:
        Forbidden: the actor may not see visits.
    """
    require(actor, Permission.SEE_VISITS)
    with site.store.read() as unit:
        return open_desk_calls(unit)


def open_desk_calls(unit: Unit) -> tuple[DeskCallView, ...]:
    """The unanswered calls, within a unit that is open; whoever calls has asked for the permission."""
    names = {row.id: row.name for row in unit.all(m.Kiosk.select(m.Kiosk.id, m.Kiosk.name))}
    waiting = m.DeskCall.select().where(m.DeskCall.answered_at.is_null()).order_by(m.DeskCall.at, m.DeskCall.id)
    return tuple(DeskCallView(row.id, names.get(row.kiosk, ""), row.at, row.reason) for row in unit.all(waiting))


def answer_desk_call(site: Site, actor: Actor, call_id: int) -> None:
    """Records who sees to a call from a kiosk; answering it twice changes nothing.

    Raises:
        Forbidden: the actor may not admit visitors.
        NotFound: there is no such call.
    """
    require(actor, Permission.ADMIT_VISITORS)
    with site.store.write() as unit:
        waiting = (m.DeskCall.id == call_id) & m.DeskCall.answered_at.is_null()
        if not unit.run(m.DeskCall.update(answered_at=site.now(), answered_by=actor.id).where(waiting)):
            unit.get(m.DeskCall, call_id)
            return
        unit.audit(actor, "desk_call.answered", f"desk_call:{call_id}", {})
        unit.announce("desk_call", call_id)


def map_to(site: Site, actor: Actor, area_id: int, language: str = "zh_CN") -> MapView:
    """The site map with the way from the lobby to an area.

    Raises:
        Forbidden: the actor may not see visits.
        NotFound: there is no such area.
        BadMap: the stored map or way is out of form.
    """
    require(actor, Permission.SEE_VISITS)
    with site.store.read() as unit:
        return ways.map_view(read_site_map(unit), ways.way_of(unit.get(m.Area, area_id)), language)


def read_site_map(unit: Unit) -> ways.SiteMap | None:
    """The site's map as stored; raises BadMap."""
    drawn = unit.one(m.Setting.select().where(m.Setting.key == ways.MAP_SETTING))
    return ways.read_map(drawn.value if drawn else None)


def areas_by_id(unit: Unit) -> dict[int, m.Area]:
    """Every area, those out of use too: old visits name them."""
    return {row.id: row for row in unit.all(m.Area.select())}


def named_area(areas: Mapping[int, m.Area], area_id: int | None) -> Named:
    """An area to name in a view; one without name where a visit has none."""
    area = areas.get(area_id) if area_id is not None else None
    return Named(area.id, area.name_zh, area.name_en) if area else _NOWHERE


def _badge_digest(site: Site, text: str) -> str:
    """The digest of a badge's code; raises NotOurs, NoBadge."""
    code = codes.parse(text)
    if code.site_tag != site.tag:
        raise NoBadge("other_site")
    if code.kind is not codes.CodeKind.BADGE:
        raise NoBadge("not_a_badge")
    return code.digest


def _whole(site: Site, unit: Unit, actor: Actor, row: m.Visit, language: str) -> VisitView:
    areas = areas_by_id(unit)
    kiosk = unit.get(m.Kiosk, row.kiosk).name if row.kiosk is not None else ""
    place = unit.get(m.Unit, row.unit).label if row.unit is not None else ""
    area = areas.get(row.area)
    way = ways.way_of(area) if area else None
    knows_people = actor.may(Permission.SEE_PEOPLE)
    return VisitView(
        line=_visit_line(row, areas, site.now()),
        host=row.host if knows_people else "",
        unit=place,
        plate=row.plate,
        kiosk=kiosk,
        steps=way.steps_in(language) if way else (),
        minutes=way.minutes if way else 0,
        flag_reason=row.flag_reason,
    )


def _visit_line(row: m.Visit, areas: Mapping[int, m.Area], now: datetime) -> VisitLine:
    return VisitLine(
        visit_id=row.id,
        invitation_id=row.invitation,
        name=row.name,
        purpose=Purpose(row.purpose),
        area=named_area(areas, row.area),
        badge_no=row.badge_no,
        state=visit_state(row.until_at, row.left_at, now, refused=row.state == VisitState.REFUSED),
        arrived_at=row.arrived_at,
        until=row.until_at,
        left_at=row.left_at,
        how_left=HowLeft(row.how_left) if row.how_left else None,
        companions=row.companions,
        flagged=row.flagged,
    )


def _expected_line(row: m.Invitation, areas: Mapping[int, m.Area]) -> VisitLine:
    return VisitLine(
        visit_id=None,
        invitation_id=row.id,
        name=row.visitor,
        purpose=Purpose(row.purpose),
        area=named_area(areas, row.area),
        badge_no="",
        state=VisitState.EXPECTED,
        arrived_at=None,
        until=row.valid_until,
        left_at=None,
        how_left=None,
        companions=row.companions,
        flagged=False,
    )


def _urgency(line: VisitLine) -> tuple[int, float]:
    """Sorts lines: by state, then who is due first; those who left, the latest first."""
    at = -line.left_at.timestamp() if line.left_at else line.until.timestamp()
    return _ORDER.index(line.state), at
