"""Values that the lobby's tests share: a site's keys, a bulletin, messages of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind
from frontdesk.lobby import contract, pairing
from frontdesk.lobby.bulletin import Area, Badge, Bulletin, Invitation, Point, Policy, Shape, SiteMap, Text, Way
from frontdesk.lobby.contract import (
    Answer,
    AskEntry,
    Body,
    CallDesk,
    CheckIn,
    CheckOut,
    Consent,
    DocumentKind,
    Heartbeat,
    Identity,
    LeavingBy,
    Message,
    Outcome,
    PaperOutcome,
    PaperState,
)
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.lobby.sealing import BulletinMaker, ConsoleKeys, KioskKeys, MonthKey

TAG = "7K3M"
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
AT = contract.instant(NOW)
HOUR = 3_600_000_000
INVITATION = codes.new(CodeKind.INVITATION, TAG, bytes(range(16)))
BADGE = codes.new(CodeKind.BADGE, TAG, bytes(range(1, 17)))
NAME = Text("和园小区", "Harmony Court", "和園社區")
VISIT = contract.uuid7(AT, bytes(8))
ID = contract.uuid7(AT, bytes(range(8)), after=VISIT)

_CONSENT = Consent("2026-1", "en", AT)
_IDENTITY = Identity(DocumentKind.RESIDENT_ID, "11010519491231002X", "张三𠮷", "1949-12-31")

BODIES: tuple[Body, ...] = (
    CheckIn(
        VISIT, codes.digest(INVITATION), codes.digest(BADGE), "A-027", "b1", AT + HOUR, 2, "京A12345", "zh_TW",
        _CONSENT, _IDENTITY,
    ),
    CheckOut(None, codes.digest(BADGE), "A-027", LeavingBy.CODE),
    AskEntry(
        VISIT, "guest", "3-1201", None, "b1", "李四", "送文件", "张三", "13800138000", None, 1, ("王五",), None, 60,
        codes.digest(BADGE), "A-028", "zh_CN", _CONSENT, _IDENTITY,
    ),
    CallDesk("help", "welcome", None, "en"),
    Heartbeat("ok", "low", "welcome", 3, AT, "0.1.0", AT),
    PaperState(VISIT, "A-027", "slip", PaperOutcome.PRINTED, "ready"),
    Answer(VISIT, ID, Outcome.ADMITTED, "b1", AT + HOUR, "请到三号楼"),
)  # fmt: skip


def message(body: Body, keys: KioskKeys, identifier: str = ID) -> Message:
    """A message of this kiosk."""
    return Message(identifier, keys.kiosk, AT, body)


def bulletin(
    console: ConsoleKeys, issue: int = AT, *, at: int = AT, months: Mapping[str, MonthKey] | None = None
) -> Bulletin:
    """A bulletin with one area, one invitation that is good now, and no badge on site."""
    way = Way((Point(0, 0), Point(10.5, 20)), ("直走", "左转"), ("Straight on", "Left"), (), 3)
    site_map = SiteMap(
        Point(200, 120), Point(5, 5), (Shape("building", NAME, (Point(1, 1), Point(9, 1), Point(9, 9))),)
    )
    invitation = Invitation("b1", AT - HOUR, AT + HOUR, 1, 0, 1)
    return Bulletin(
        site=TAG,
        site_name=NAME,
        zone="Asia/Shanghai",
        issue=issue,
        issued_at=at,
        areas=(Area("b1", Text("一号楼", "Building 1", ""), Point(10.5, 20), way),),
        map=site_map,
        policy=Policy(240, 30, False, False, False, "2026-1"),
        texts={"welcome": Text("您好", "Welcome", "您好")},
        invitations={codes.digest(INVITATION): invitation},
        badges={},
        envelope_key=console.envelope_public,
        month_keys={month: key.public for month, key in (months or {}).items()},
        withdrawn=(),
    )


def publish(folder: LobbyFolder, console: ConsoleKeys, issued: Bulletin) -> None:
    """Signs and publishes a bulletin."""
    folder.publish(BulletinMaker(console).sign(issued))


def with_badge(issued: Bulletin, code: str, number: str) -> Bulletin:
    """The bulletin with a badge on site."""
    return replace(issued, badges={codes.digest(code): Badge(number, AT + HOUR)})


def prepare(folder: LobbyFolder, console: ConsoleKeys) -> None:
    """Makes a lobby folder of this console."""
    folder.prepare(pairing.site_document(console, TAG, NAME))


def grant(folder: LobbyFolder, console: ConsoleKeys, code: str, letter: str = "A") -> bytes:
    """What the administrator does at the console with a code read off the kiosk; the kiosk's public key."""
    asked = pairing.match(code, [pairing.read_request(raw) for raw in folder.requests()], console)
    assert asked is not None
    folder.put_grant(asked.kiosk, pairing.grant(console, asked, code, site=TAG, letter=letter, name="大堂一号", at=AT))
    return asked.public
