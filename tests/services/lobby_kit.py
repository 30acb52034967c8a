"""A lobby for the tests: real kiosks' desks, paired with a real site through a real folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.visits import Purpose
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.services import bulletin, invitations, kiosks, ways
from frontdesk.services.site import Site
from frontdesk.services.views import InvitationView, NewInvitation
from frontdesk.storage import models as m
from kiosk.desk import Desk, PairingState

WAY = ways.Way(
    point=(40, 30),
    points=((200, 280), (40, 30)),
    minutes=4,
    steps={"zh_CN": ("出大堂右转", "沿路走到底"), "en": ("Leave the lobby, turn right", "Follow the road to its end")},
)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, time: timedelta) -> None:
        """Lets time pass."""
        self.now += time


def with_clock(site: Site, clock: Callable[[], datetime]) -> Site:
    """The same site on another clock."""
    return replace(site, clock=clock)


def add_account(site: Site, role: Role) -> Actor:
    """Somebody of this role, at a desk."""
    with site.store.write() as unit:
        count = unit.count(m.Account.select())
        account_id = unit.add(
            m.Account, login=f"{role}{count}", name=role, role=role, password_hash="-", created_at=site.now()
        )
    return Actor(account_id, role, role, desk="Desk 1")


def add_area(site: Site, code: str = "b3") -> int:
    """An area with its way."""
    with site.store.write() as unit:
        return unit.add(m.Area, code=code, name_zh="3栋", name_en="Building 3", **ways.write_way(WAY))


def invite(site: Site, actor: Actor, area: int, /, **changes: object) -> InvitationView:
    """An invitation for the next two hours."""
    now = site.now()
    new = NewInvitation("王小明", Purpose.GUEST, area, now, now + timedelta(hours=2), host="李女士")
    return invitations.invite(site, actor, replace(new, **changes))  # type: ignore[arg-type]


def pair_desk(site: Site, admin: Actor, home: Path, name: str = "Lobby 1") -> Desk:
    """A kiosk's desk, paired as people do it: its code is read out and typed at the console."""
    bulletin.publish_bulletin(site)
    desk = Desk(LobbyFolder(site.lobby), home, site.clock)
    waiting = desk.pairing()
    assert waiting.state is PairingState.WAITING and waiting.code
    asking = {view.id for view in kiosks.kiosks(site, admin) if not view.paired}
    (kiosk_id,) = [each for each in asking if _takes(site, admin, each, waiting.code, name)]
    assert desk.pairing().state is PairingState.PAIRED, kiosk_id
    bulletin.publish_bulletin(site)
    assert desk.bulletin() is not None
    return desk


def _takes(site: Site, admin: Actor, kiosk_id: str, code: str, name: str) -> bool:
    """Whether this kiosk is the one that shows the code."""
    try:
        return kiosks.pair(site, admin, kiosk_id, code, name).paired
    except kiosks.WrongCode:
        return False


def board(site: Site, badge_no: str = "") -> list[m.Visit]:
    """The stored visits, or those with a badge number."""
    query = m.Visit.select().order_by(m.Visit.id)
    with site.store.read() as unit:
        return unit.all(query.where(m.Visit.badge_no == badge_no) if badge_no else query)


def audited(site: Site, action: str) -> int:
    """How many lines of the audit trail tell of an action."""
    with site.store.read() as unit:
        return unit.count(m.Audit.select().where(m.Audit.action == action))
