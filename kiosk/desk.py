"""Everything that a kiosk may do, and nothing more; rule source: design, "The lobby contract", "the kiosk is a guest".

A desk is used from one thread at a time. It needs its own small disk and nothing else: with the lobby folder away it
goes on with the last good bulletin, and messages wait in the outbox.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frontdesk import __version__
from frontdesk.domain import codes
from frontdesk.domain.codes import Code, CodeKind, NotOurs
from frontdesk.domain.visits import Window, WindowState, stay_until
from frontdesk.lobby import contract, sealing
from frontdesk.lobby.bulletin import Bulletin
from frontdesk.lobby.coding import ContractError
from frontdesk.lobby.contract import (
    Answer,
    Body,
    CallDesk,
    CheckIn,
    CheckOut,
    Consent,
    Document,
    DocumentField,
    Heartbeat,
    Identity,
    LeavingBy,
    Message,
    PaperOutcome,
    PaperState,
)
from frontdesk.lobby.folder import LobbyAway, LobbyFolder
from kiosk.bond import Bond, Pairing, PairingState
from kiosk.found import Found, FoundKind, Left, PassView, Refused, Trouble
from kiosk.home import DeskError, DeskFault, HomeLock
from kiosk.journal import Act, Entry, Journal
from kiosk.noticeboard import Noticeboard
from kiosk.outbox import Outbox

__all__ = [
    "Desk", "DeskError", "DeskFault", "Found", "FoundKind", "Left", "Pairing", "PairingState", "PassView", "Refused",
    "Trouble",
]  # fmt: skip

MEMORY = timedelta(days=62)  # how long the journal remembers what has ended
ANSWERS_REMEMBERED = 1000


class Desk:
    """The kiosk's one door to the console."""

    def __init__(self, folder: LobbyFolder, home: Path, clock: Callable[[], datetime]) -> None:
        """Opens the kiosk's own folder, and finishes what a crash left half done.

        Args:
            home: the kiosk's own folder on its own disk; made if it is not there.
            clock: the present moment, aware.

        Raises:
            DeskError: the folder cannot be used, or another program uses it.
        """
        self._folder = folder
        self._clock = clock
        self._lock = HomeLock(home)
        self._bond = Bond(folder, home)
        self._journal = Journal(home / "journal")
        self._outbox = Outbox(home)
        self._outbox.settle(self._journal.has)
        self._board = Noticeboard(home / "bulletin", self._bond.grant.verify if self._bond.grant else None)
        self._answered: deque[str] = deque(maxlen=ANSWERS_REMEMBERED)
        self._last_id = max(self._journal.last_message(), self._outbox.last_message())
        self._troubles: set[Trouble] = set()
        self._started = self._now()
        self._swept = False

    def close(self) -> None:
        """Lets another program use the kiosk's folder."""
        self._lock.release()

    # --- pairing and bulletin

    def pairing(self) -> Pairing:
        """How far the pairing is; the first call makes the kiosk's key and, once there is a folder, its request."""
        return self._bond.pairing(self._now())

    def bulletin(self) -> Bulletin | None:
        """The newest bulletin of our console that was ever read; None before the first.

        Raises:
            DeskError: the console has withdrawn the pairing, and the kiosk's disk refuses to forget it.
        """
        grant = self._bond.grant
        if grant is None:
            return None
        try:
            if self._board.look(self._folder, grant.verify):
                self._heed_news()
            self._troubles.discard(Trouble.LOBBY_AWAY)
        except LobbyAway:
            self._troubles.add(Trouble.LOBBY_AWAY)
        return self._board.bulletin

    def bulletin_age(self) -> timedelta | None:
        """How old the bulletin is; never negative, whatever the clock says."""
        if self._board.bulletin is None:
            return None
        return timedelta(microseconds=self._now() - self._board.bulletin.issued_at)

    def troubles(self) -> frozenset[Trouble]:
        """What is not as it should be just now, for the staff's corner of the kiosk."""
        return frozenset(self._troubles | self._board.troubles)

    # --- visitors

    def look_up(self, text: str) -> Found:
        """What a scanned or typed text is, by the bulletin and by what this kiosk did itself."""
        try:
            code = codes.parse(text)
        except NotOurs:
            return Found(FoundKind.NOT_OURS)
        bulletin = self.bulletin()
        if bulletin is None:
            return Found(FoundKind.NO_BULLETIN, code.digest)
        if code.site_tag != bulletin.site:
            return Found(FoundKind.OTHER_SITE, code.digest)
        if code.kind is CodeKind.INVITATION:
            return self._look_up_invitation(code, bulletin)
        if code.kind is CodeKind.BADGE:
            return self._look_up_badge(code, bulletin)
        return Found(FoundKind.WRONG_KIND, code.digest)

    def check_in(
        self,
        text: str,
        *,
        language: str = "zh_CN",
        companions: int | None = None,
        plate: str | None = None,
        consent: Consent | None = None,
        identity: Identity | None = None,
        document: Mapping[DocumentField, bytes] | None = None,
    ) -> PassView:
        """Claims an invitation and gives out a badge; it lasts, and the console will hear of it, when this returns.

        Args:
            companions: how many come along; as invited if None.
            document: what is kept of the visitor's document, sealed to the month's key at once.

        Raises:
            Refused: the text is no invitation that may be used now.
            ContractError: a value breaks a limit of the contract.
            DeskError: the kiosk's disk refuses; the invitation is not claimed.
        """
        found = self.look_up(text)
        bulletin = self._board.bulletin
        if found.kind is not FoundKind.INVITATION_OK or bulletin is None or found.code_digest is None:
            raise Refused(found)
        invitation = bulletin.invitations[found.code_digest]
        area = bulletin.area(invitation.area)
        grant = self._bond.grant
        if area is None or grant is None:
            raise Refused(Found(FoundKind.UNKNOWN, found.code_digest))
        now = self._now()
        stay = stay_until(contract.moment(min(now, _LAST_INSTANT)), contract.moment(invitation.valid_until))
        until = contract.instant(stay)
        badge_code = codes.new(CodeKind.BADGE, bulletin.site, secrets.token_bytes(codes.RANDOM_BYTES))
        badge_no = self._journal.next_number(grant.letter, (badge.number for badge in bulletin.badges.values()))
        visit = self._new_id()
        body = CheckIn(
            visit=visit,
            code=found.code_digest,
            badge=codes.digest(badge_code),
            badge_no=badge_no,
            area=area.id,
            until=until,
            companions=invitation.companions if companions is None else companions,
            plate=plate,
            language=language,
            consent=consent,
            identity=identity,
        )
        message = self._message(body, self._sealed(visit, document or {}, bulletin))
        self._commit(message, Entry(Act.CAME, now, message.id, visit, found.code_digest, body.badge, badge_no, until))
        return PassView(badge_no, badge_code, area, area.way, contract.moment(until), visit)

    def check_out(self, text: str) -> Left:
        """Takes a badge back; it lasts when this returns.

        Raises:
            Refused: the text is no badge that is on site.
            DeskError: the kiosk's disk refuses; the badge is still on site.
        """
        found = self.look_up(text)
        if found.kind is not FoundKind.BADGE_OK or found.code_digest is None or found.badge_no is None:
            raise Refused(found)
        came = self._journal.came(found.code_digest)
        visit = came.visit if came else None
        now = self._now()
        message = self._message(CheckOut(visit, found.code_digest, found.badge_no, LeavingBy.CODE))
        self._commit(message, Entry(Act.LEFT, now, message.id, visit, None, found.code_digest, found.badge_no, now))
        return Left(found.badge_no, contract.moment(now))

    def call_desk(
        self, reason_code: str, *, screen: str | None = None, visit_id: str | None = None, language: str | None = None
    ) -> None:
        """Asks for a person; the alert lasts when this returns.

        Raises:
            DeskError: not paired yet, or the kiosk's disk refuses.
        """
        self._send(CallDesk(reason_code, screen, visit_id, language))

    def paper_state(
        self,
        paper: str,
        outcome: PaperOutcome,
        printer: str,
        *,
        visit_id: str | None = None,
        badge_no: str | None = None,
    ) -> None:
        """Says what became of a visitor's badge or slip, and how the printer is.

        Raises:
            DeskError: not paired yet, or the kiosk's disk refuses.
        """
        self._send(PaperState(visit_id, badge_no, paper, outcome, printer))

    # --- the way to the console and back

    def beat(self, camera: str, paper: str, screen: str) -> None:
        """Tells the console how the kiosk is; quietly nothing while unpaired or the folder is away."""
        if self._bond.grant is None:
            return
        issue = self._board.bulletin.issue if self._board.bulletin else None
        body = Heartbeat(camera, paper, screen, len(self._outbox), issue, __version__, self._started)
        try:
            self._folder.put_beat(self._bond.keys.kiosk, self._sealed_message(self._message(body)))
            self._troubles.discard(Trouble.LOBBY_AWAY)
        except LobbyAway:
            self._troubles.add(Trouble.LOBBY_AWAY)

    def carry(self) -> int:
        """Moves what waits in the outbox to the lobby folder, as far as it can be reached; how many went.

        Raises:
            DeskError: the kiosk's own disk refuses.
        """
        if self._bond.grant is None:
            return 0
        self._outbox.settle(self._journal.has)
        kiosk = self._bond.keys.kiosk
        carried = 0
        try:
            if not self._swept:
                self._folder.sweep(kiosk)
                self._swept = True
            for message, data in self._outbox.messages():
                self._folder.put(kiosk, message, data)
                self._outbox.remove(message)
                carried += 1
            self._troubles.discard(Trouble.LOBBY_AWAY)
        except LobbyAway:
            self._troubles.add(Trouble.LOBBY_AWAY)
        return carried

    def waiting(self) -> int:
        """How many messages wait in the outbox."""
        return len(self._outbox)

    def answers(self) -> list[Answer]:
        """What the console has answered since the last call, each answer once."""
        if self._bond.grant is None:
            return []
        heard: list[Answer] = []
        try:
            for taken in self._folder.answers(self._bond.keys.kiosk):
                try:
                    message = sealing.open_answer(taken.data, self._bond.keys, self._bond.grant.verify)
                except ContractError as error:
                    self._troubles.add(Trouble.ANSWER_REFUSED)
                    self._folder.dead_answer(taken, error.code)
                    continue
                if message.id not in self._answered and isinstance(message.body, Answer):
                    self._answered.append(message.id)
                    heard.append(message.body)
                self._folder.drop_answer(taken)
        except LobbyAway:
            self._troubles.add(Trouble.LOBBY_AWAY)
        return heard

    # --- how: news

    def _heed_news(self) -> None:
        """What a new bulletin asks of us: to pair again, or to forget what ended long ago."""
        bulletin = self._board.bulletin
        if bulletin is None:
            return
        if self._bond.keys.kiosk in bulletin.withdrawn:
            self._bond.forget()
            self._board.forget()
            return
        try:
            self._journal.prune(min(self._now(), bulletin.issued_at) - MEMORY // timedelta(microseconds=1))
        except DeskError:
            self._troubles.add(Trouble.DISK)  # the longer journal is as good

    # --- how: codes

    def _look_up_invitation(self, code: Code, bulletin: Bulletin) -> Found:
        invitation = bulletin.invitations.get(code.digest)
        claims = self._journal.claims(code.digest)
        if invitation is None:
            return Found(FoundKind.INVITATION_USED if claims else FoundKind.UNKNOWN, code.digest)
        window = Window(contract.moment(invitation.valid_from), contract.moment(invitation.valid_until))
        kind = {
            WindowState.EARLY: FoundKind.INVITATION_EARLY,
            WindowState.OPEN: FoundKind.INVITATION_OK,
            WindowState.EXPIRED: FoundKind.INVITATION_EXPIRED,
        }[window.at(contract.moment(self._now()))]
        if max(claims, invitation.uses) >= invitation.uses_allowed:
            kind = FoundKind.INVITATION_USED
        return Found(kind, code.digest, invitation.area, window.valid_from, window.valid_until)

    def _look_up_badge(self, code: Code, bulletin: Bulletin) -> Found:
        came = self._journal.came(code.digest)
        badge = bulletin.badges.get(code.digest)
        number = came.badge_no if came else badge.number if badge else None
        if self._journal.has_left(code.digest):
            return Found(FoundKind.BADGE_LEFT, code.digest, badge_no=number)
        if number is None:
            return Found(FoundKind.UNKNOWN, code.digest)
        return Found(FoundKind.BADGE_OK, code.digest, badge_no=number)

    # --- how: messages

    def _now(self) -> int:
        """The present instant; a clock that is behind the bulletin's issue is wrong."""
        now = max(contract.instant(self._clock().astimezone(UTC)), 0)
        return max(now, self._board.bulletin.issued_at) if self._board.bulletin else now

    def _new_id(self) -> str:
        self._last_id = contract.uuid7(self._now(), secrets.token_bytes(8), after=self._last_id)
        return self._last_id

    def _message(self, body: Body, document: Document | None = None) -> Message:
        return Message(self._new_id(), self._bond.keys.kiosk, self._now(), body, document)

    def _sealed(self, visit: str, values: Mapping[DocumentField, bytes], bulletin: Bulletin) -> Document | None:
        """The document part, for this month's key; for the latest that we have where the bulletin is old."""
        month = contract.month_of(contract.moment(self._now()).astimezone(_zone(bulletin.zone)))
        if month not in bulletin.month_keys:
            month = max(bulletin.month_keys, default="")
        if not values or not month:
            return None
        return sealing.seal_document(month, bulletin.month_keys[month], visit, values)

    def _sealed_message(self, message: Message) -> bytes:
        """The message as it travels, for the console that we are paired with."""
        grant = self._bond.grant
        if grant is None:
            raise DeskError(DeskFault.NOT_PAIRED)
        envelope = self._board.bulletin.envelope_key if self._board.bulletin else grant.envelope
        return sealing.seal_message(message, self._bond.keys, envelope)

    def _send(self, body: Body) -> None:
        """Puts a message into the outbox that stands by itself."""
        message = self._message(body)
        self._outbox.add(message.id, self._sealed_message(message))

    def _commit(self, message: Message, entry: Entry) -> None:
        """Message and journal entry, both or none; from the entry on it has happened."""
        self._outbox.lay_ready(message.id, self._sealed_message(message))
        try:
            self._journal.add(entry)
        except DeskError:
            self._outbox.withdraw(message.id)
            raise
        try:
            self._outbox.settle(self._journal.has)
        except DeskError:
            self._troubles.add(Trouble.DISK)  # it is written down: the next `carry` sees to it


_LAST_INSTANT = contract.instant(datetime(9999, 12, 31, tzinfo=UTC))


def _zone(name: str) -> tzinfo:
    """The site's time zone; UTC where this system does not know it, which puts a month's edge off by hours only."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return UTC
