"""The signed bulletin: all that a kiosk knows of the site. Nothing in it says who lives where (design, section 7)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from frontdesk.domain.access import SYSTEM, Permission, require
from frontdesk.domain.kiosks import KioskState
from frontdesk.domain.visits import InvitationState, VisitState
from frontdesk.lobby import bulletin as lobby
from frontdesk.lobby import coding, pairing, sealing
from frontdesk.lobby.contract import instant
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.lobby.sealing import BulletinMaker, ConsoleKeys
from frontdesk.services import reference, site_keys, visits, ways
from frontdesk.services.errors import ServiceError
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

HORIZON = timedelta(days=14)
REISSUE_AFTER = timedelta(days=1)
POLICY_SETTING = "visits.policy"
TEXTS_SETTING = "lobby.texts"

_ISSUED = "lobby.bulletin"
_DEFAULT_POLICY = lobby.Policy(
    stay_minutes=4 * 60,
    retention_days=0,  # nothing is promised to visitors before it is kept
    identity_required=False,
    address_asked=False,
    portrait_kept=False,
    notice_version="1",
)


class CannotPublish(ServiceError):
    """A value of the site breaks a limit of the lobby contract; `where` names it and never holds it."""

    code = "cannot_publish"

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class _Issued:
    """What is known of the last issue: its number, when, the hash of its content and of the whole file."""

    issue: int = 0
    at: int = 0
    content: str = ""
    file: str = ""


def publish_bulletin(site: Site) -> bool:
    """Publishes a new issue where the content has changed, a day has passed, or the folder holds another one.

    To be called at the start, whenever a visit, an invitation, a kiosk or the site changed, and now and then besides,
    because invitations come into sight as time goes by. Two consoles may call it at once.

    Returns:
        Whether an issue was written.

    Raises:
        LobbyAway: the folder cannot be used; the next call tries again.
        BadMap: the stored map or a way is out of form.
        CannotPublish: a value of the site breaks a limit of the contract.
    """
    require(SYSTEM, Permission.LOBBY_INTAKE)
    try:
        return _publish(site)
    except coding.ContractError as error:
        raise CannotPublish(error.where) from error


def _publish(site: Site) -> bool:
    keys = site_keys.console_keys(site)
    months = site_keys.month_keys(site)
    folder = LobbyFolder(site.lobby)
    with site.store.read() as unit:
        content = _content(site, unit, keys, months)
    folder.prepare(pairing.site_document(keys, site.tag, content.site_name))
    lies_there = folder.read_bulletin() or b""
    with site.store.read() as unit:
        if _is_current(site, unit, content, lies_there):
            return False
    folder.publish(_issue(site, keys, months, _issue_number(lies_there, keys)))
    return True


def has_published(site: Site) -> bool:
    """Whether this site has ever published; before that it has no lobby folder."""
    with site.store.read() as unit:
        return _issued(unit).issue > 0


def _issue(site: Site, keys: ConsoleKeys, months: Mapping[str, bytes], known: int) -> bytes:
    """A new issue with its number taken; the content is gathered anew, since another console may have been quicker.

    Args:
        known: the number of the issue in the folder, which may be newer than a database that was restored.
    """
    now = instant(site.now())
    with site.store.write() as unit:
        unit.run(m.Setting.update(key=_ISSUED).where(m.Setting.key == _ISSUED))  # consoles take turns at this row
        content = _content(site, unit, keys, months)
        issue = lobby.next_issue(max(known, _issued(unit).issue), now)
        signed = BulletinMaker(keys).sign(replace(content, issue=issue, issued_at=now))
        noted = {"issue": issue, "at": now, "content": _fingerprint(content), "file": _hash(signed)}
        reference.keep_setting(unit, _ISSUED, noted)
    return signed


def _is_current(site: Site, unit: Unit, content: lobby.Bulletin, file: bytes) -> bool:
    """Whether the last issue says just this, is young enough, and is what lies in the folder."""
    last = _issued(unit)
    fresh = 0 <= instant(site.now()) - last.at < REISSUE_AFTER // timedelta(microseconds=1)
    return fresh and last.file == _hash(file) and last.content == _fingerprint(content)


def _issue_number(file: bytes, keys: ConsoleKeys) -> int:
    """The number of a bulletin of ours; 0 for anything else."""
    try:
        return sealing.open_bulletin(file, keys.verify_public).issue
    except coding.ContractError:
        return 0


def _issued(unit: Unit) -> _Issued:
    return _Issued(**reference.setting(unit, _ISSUED, {}))


def _fingerprint(content: lobby.Bulletin) -> str:
    """By this equal content is known; limits are checked when it is signed, which takes ten times as long."""
    return _hash(coding.canonical(coding.plain(content)))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- content ---------------------------------------------------------------------------------------------------------


def _content(site: Site, unit: Unit, keys: ConsoleKeys, months: Mapping[str, bytes]) -> lobby.Bulletin:
    """The bulletin without number and date: equal content gives equal values."""
    now = site.now()
    site_map = visits.read_site_map(unit)
    texts: Mapping[str, Mapping[str, str]] = reference.setting(unit, TEXTS_SETTING, {})
    return lobby.Bulletin(
        site=site.tag,
        site_name=_text(reference.setting(unit, reference.NAME, "")),
        zone=site.zone.key,
        issue=0,
        issued_at=0,
        areas=tuple(_area(row) for row in unit.all(_open_areas())),
        map=_map(site_map) if site_map else None,
        policy=replace(_DEFAULT_POLICY, **reference.setting(unit, POLICY_SETTING, {})),
        texts={token: lobby.Text(**_all_languages(text)) for token, text in texts.items()},
        invitations=_invitations(unit, now),
        badges=_badges(unit),
        envelope_key=keys.envelope_public,
        month_keys=months,
        withdrawn=_withdrawn(unit),
    )


def area_id(row_id: int) -> str:
    """An area's name in the contract."""
    return str(row_id)


def _open_areas() -> Any:
    return m.Area.select().where(m.Area.active, m.Area.public).order_by(m.Area.position, m.Area.id)


def _area(row: m.Area) -> lobby.Area:
    """An area with its way; one whose way nobody has drawn is shown by its name only."""
    way = ways.way_of(row) or ways.Way((row.x, row.y), (), row.minutes)
    languages = {language: way.steps.get(language, ()) for language in ("zh_CN", "en", "zh_TW")}
    return lobby.Area(
        id=area_id(row.id),
        name=lobby.Text(row.name_zh, row.name_en, row.name_tw),
        point=_point(way.point),
        way=lobby.Way(points=_points(way.points), minutes=way.minutes, **languages),
    )


def _map(site_map: ways.SiteMap) -> lobby.SiteMap:
    """The drawing, as the console shows it."""
    shapes = tuple(
        lobby.Shape(shape.kind, _text(shape.label, shape.label_en), _points(shape.points)) for shape in site_map.shapes
    )
    return lobby.SiteMap(_point(site_map.size), _point(site_map.here), shapes)


def _invitations(unit: Unit, now: datetime) -> dict[str, lobby.Invitation]:
    """What may be used within the horizon, and what has been used and a kiosk would otherwise not know."""
    known = [InvitationState.OPEN, InvitationState.USED]
    rows = unit.all(
        m.Invitation.select().where(
            m.Invitation.state.in_(known), m.Invitation.valid_until >= now, m.Invitation.valid_from <= now + HORIZON
        )
    )
    return {
        row.code_digest: lobby.Invitation(
            area=area_id(row.area),
            valid_from=instant(row.valid_from),
            valid_until=instant(row.valid_until),
            companions=row.companions,
            uses=row.uses,
            uses_allowed=row.uses_allowed,
        )
        for row in rows
    }


def _badges(unit: Unit) -> dict[str, lobby.Badge]:
    """The badges that are on site, overdue ones too: their holders want to leave as well."""
    here = (m.Visit.state == VisitState.ON_SITE) & (m.Visit.badge_digest.is_null(False))
    rows = unit.all(m.Visit.select().where(here))
    return {row.badge_digest: lobby.Badge(row.badge_no, instant(row.until_at)) for row in rows}


def _withdrawn(unit: Unit) -> tuple[str, ...]:
    gone = m.Kiosk.select().where(m.Kiosk.state == KioskState.UNPAIRED).order_by(m.Kiosk.id)
    return tuple(row.uuid for row in unit.all(gone))


def _all_languages(text: Mapping[str, str]) -> dict[str, str]:
    return {language: text.get(language, "") for language in ("zh_CN", "en", "zh_TW")}


def _text(chinese: str, english: str = "") -> lobby.Text:
    return lobby.Text(chinese, english, "")


def _points(points: tuple[ways.Point, ...]) -> tuple[lobby.Point, ...]:
    return tuple(_point(point) for point in points)


def _point(point: ways.Point) -> lobby.Point:
    return lobby.Point(float(point[0]), float(point[1]))
