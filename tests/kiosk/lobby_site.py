"""A site with a paired kiosk, made of real keys, a real folder and a real desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind
from frontdesk.lobby import sealing
from frontdesk.lobby.bulletin import Bulletin
from frontdesk.lobby.contract import Message
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.lobby.sealing import ConsoleKeys, MonthKey
from kiosk.desk import Desk
from tests.lobby import samples


@dataclass
class LobbySite:
    """The console's side as far as a desk notices it, and a clock that a test may set."""

    path: Path
    console: ConsoleKeys = field(default_factory=ConsoleKeys.generate)
    month: MonthKey = field(default_factory=lambda: MonthKey.generate("2026-11"))
    now: datetime = samples.NOW
    kiosk_public: bytes = b""

    @property
    def folder(self) -> LobbyFolder:
        return LobbyFolder(self.path / "lobby")

    @property
    def home(self) -> Path:
        return self.path / "home"

    def desk(self) -> Desk:
        """Starts the kiosk."""
        return Desk(self.folder, self.home, lambda: self.now)

    def prepare(self) -> None:
        """Makes the lobby folder."""
        samples.prepare(self.folder, self.console)

    def pair(self, desk: Desk) -> None:
        """Types the kiosk's code at the console."""
        code = desk.pairing().code
        assert code is not None
        self.kiosk_public = samples.grant(self.folder, self.console, code)

    def bulletin(self, issue: int = samples.AT) -> Bulletin:
        """A bulletin of this console."""
        return samples.bulletin(self.console, issue, months={"2026-11": self.month})

    def publish(self, issued: Bulletin | None = None) -> None:
        """Publishes a bulletin."""
        samples.publish(self.folder, self.console, issued or self.bulletin())

    def later(self, **by: float) -> None:
        """Lets time go by."""
        self.now += timedelta(**by)

    def messages(self) -> list[Message]:
        """What lies in the lobby folder, opened by the console."""
        return [sealing.open_message(taken.data, self.kiosk_public, self.console) for taken in self.folder.take()]

    def without_invitations(self) -> Bulletin:
        """A later bulletin that knows no invitation."""
        return replace(self.bulletin(samples.AT + 1), invitations={})


def paired_site(path: Path) -> tuple[LobbySite, Desk]:
    """A site with one paired kiosk and a published bulletin."""
    site = LobbySite(path)
    site.prepare()
    desk = site.desk()
    site.pair(desk)
    desk.pairing()
    site.publish()
    return site, desk


def restarted(site: LobbySite, desk: Desk) -> Desk:
    """The kiosk's program ends and starts again."""
    desk.close()
    return site.desk()


def code_of(kind: CodeKind, tag: str = samples.TAG) -> str:
    """A code of the kind that nobody has given out."""
    return codes.new(kind, tag, bytes(16))
