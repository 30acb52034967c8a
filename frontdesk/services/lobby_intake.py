"""Takes in what the kiosks wrote into the lobby folder: each message has its effect exactly once.

A message is checked and opened, then one transaction both marks its id as taken and does what it says; only then is it
answered, and its file removed. Whatever dies in between leaves the file, and the next round finds the id taken. Two
consoles on one folder meet at the unique id.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import Enum, auto

from frontdesk.domain.access import SYSTEM, Permission, require
from frontdesk.domain.kiosks import KioskState
from frontdesk.lobby import coding, contract, sealing
from frontdesk.lobby.coding import ContractError
from frontdesk.lobby.contract import Answer, CheckIn, Heartbeat, Message
from frontdesk.lobby.folder import LobbyAway, LobbyFolder, Taken
from frontdesk.lobby.sealing import ConsoleKeys
from frontdesk.services import site_keys
from frontdesk.services.bulletin import has_published
from frontdesk.services.lobby_effects import Arrival, NotYet, Rejected, answer_to, take_effect
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

__all__ = ["MOST_A_ROUND", "WAITS_FOR", "LobbyAway", "take_in"]

# A desk that was closed for days takes in so many at once, then lets other work have its turn.
MOST_A_ROUND = 100
WAITS_FOR = timedelta(days=1)  # how long a leaving may be ahead of its coming in
DOCUMENT_MEDIA = "application/x-frontdesk-sealed"


class _Result(Enum):
    TAKEN = auto()
    KNOWN = auto()
    NOT_YET = auto()
    DEAD = auto()


@dataclass(frozen=True, slots=True)
class _Intake:
    """One round: the folder, the keys, and the kiosks, those that were unpaired too."""

    site: Site
    folder: LobbyFolder
    keys: ConsoleKeys
    kiosks: dict[str, m.Kiosk]

    def paired(self, kiosk_id: str) -> m.Kiosk | None:
        """The kiosk, if its word counts."""
        kiosk = self.kiosks.get(kiosk_id)
        return kiosk if kiosk is not None and kiosk.state == KioskState.PAIRED else None


def take_in(site: Site) -> int:
    """Takes in what the kiosks have written; returns how many messages had their effect just now.

    To be called every second on the database lane, and again at once where it returns `MOST_A_ROUND`. A message that
    cannot be read, or comes from no kiosk of ours, is set aside with a reason (`kiosks.lobby` shows them); one that
    must wait for another stays where it is.

    Raises:
        LobbyAway: the folder cannot be used; whatever lies there waits. Not before the first bulletin has made it.
    """
    require(SYSTEM, Permission.LOBBY_INTAKE)
    folder = LobbyFolder(site.lobby)
    if not folder.available() and not has_published(site):
        return 0
    if not folder.kiosks():
        return 0
    intake = _Intake(site, folder, site_keys.console_keys(site), _kiosks(site))
    for beat in folder.beats():
        _hear(intake, beat)
    taken, waiting = 0, []
    for letter in folder.take():
        result = _take(intake, letter)
        taken += result is _Result.TAKEN
        if result is _Result.NOT_YET:
            waiting.append(letter)
        if taken >= MOST_A_ROUND:
            break
    return taken + _take_late(intake, waiting)


def _kiosks(site: Site) -> dict[str, m.Kiosk]:
    with site.store.read() as unit:
        return {row.uuid: row for row in unit.all(m.Kiosk.select())}


def _take_late(intake: _Intake, waiting: list[Taken]) -> int:
    """Tries again what came before the message it speaks of; what has waited long enough is set aside."""
    taken = 0
    too_old = contract.instant(intake.site.now() - WAITS_FOR)
    for letter in waiting:
        result = _take(intake, letter)
        taken += result is _Result.TAKEN
        if result is _Result.NOT_YET and _written_at(letter) < too_old:
            intake.folder.dead(letter, "no_visit")
    return taken


def _written_at(letter: Taken) -> int:
    """When a message was written, in microseconds since 1970: its UUIDv7 begins with the milliseconds."""
    return int(letter.id.replace("-", "")[:12], 16) * 1000


def _take(intake: _Intake, letter: Taken) -> _Result:
    """One message: open it, let it take effect once, answer it, remove it."""
    kiosk = intake.paired(letter.kiosk)
    if kiosk is None:
        intake.folder.dead(letter, "unpaired_kiosk" if letter.kiosk in intake.kiosks else "unknown_kiosk")
        return _Result.DEAD
    try:
        message = sealing.open_message(letter.data, kiosk.public_key, intake.keys)
        result, answer = _effect(intake, kiosk, message)
    except ContractError as error:
        intake.folder.dead(letter, error.code)
        return _Result.DEAD
    except Rejected as rejected:
        intake.folder.dead(letter, rejected.reason)
        return _Result.DEAD
    except NotYet:
        return _Result.NOT_YET
    if answer is not None:
        _answer(intake, kiosk, message, answer)
    intake.folder.drop(letter)
    return result


def _effect(intake: _Intake, kiosk: m.Kiosk, message: Message) -> tuple[_Result, Answer | None]:
    """The message's mark and effect in one transaction, and the answer to it.

    Raises:
        NotYet, Rejected: nothing was written.
    """
    if isinstance(message.body, Heartbeat):
        _note_beat(intake.site, kiosk, message, message.body)
        return _Result.TAKEN, None
    document = _store_document(intake.site, message)
    with intake.site.store.write() as unit:
        arrival = Arrival(
            message, kiosk, intake.site.now(), intake.site.blobs.keep(unit, document) if document else None
        )
        if not _mark(unit, arrival):
            return _Result.KNOWN, answer_to(unit, arrival)
        outcome = take_effect(unit, arrival)
        unit.run(m.LobbyTaken.update(outcome=outcome).where(m.LobbyTaken.message == message.id))
        return _Result.TAKEN, answer_to(unit, arrival)


def _mark(unit: Unit, arrival: Arrival) -> bool:
    """Marks the message as taken; False where it was before, here or by another console."""
    message = arrival.message
    row = m.LobbyTaken.insert(
        message=message.id,
        kiosk=arrival.kiosk.id,
        type=message.kind.value,
        sent_at=arrival.at,
        taken_at=arrival.now,
    )
    return unit.run(row.on_conflict_ignore()) == 1


def _store_document(site: Site, message: Message) -> str:
    """Puts a visit's sealed document part among the blobs, unopened; its name there, or nothing."""
    if message.document is None or not isinstance(message.body, CheckIn):
        return ""
    return site.blobs.put(coding.dumps(message.document), DOCUMENT_MEDIA)


def _answer(intake: _Intake, kiosk: m.Kiosk, message: Message, answer: Answer) -> None:
    """Writes the answer for the kiosk; the same message is answered under the same id."""
    random = hashlib.sha256(f"answer {message.id}".encode("ascii")).digest()
    reply = Message(contract.uuid7(message.at, random), kiosk.uuid, contract.instant(intake.site.now()), answer)
    intake.folder.put_answer(kiosk.uuid, reply.id, sealing.seal_answer(reply, intake.keys, kiosk.public_key))


def _hear(intake: _Intake, beat: Taken) -> None:
    """Takes note of a kiosk's heartbeat; one that is not the kiosk's own tells nothing, and the kiosk falls silent."""
    kiosk = intake.paired(beat.kiosk)
    if kiosk is None:
        return
    try:
        message = sealing.open_message(beat.data, kiosk.public_key, intake.keys)
    except ContractError:
        return
    if isinstance(message.body, Heartbeat) and message.id != (kiosk.last_beat or {}).get("id"):
        _note_beat(intake.site, kiosk, message, message.body)


def _note_beat(site: Site, kiosk: m.Kiosk, message: Message, beat: Heartbeat) -> None:
    """Keeps the newest heartbeat of a kiosk."""
    at = Arrival(message, kiosk, site.now()).at
    with site.store.write() as unit:
        known = unit.get(m.Kiosk, kiosk.id).last_beat or {}
        if message.id > known.get("id", ""):
            unit.change(m.Kiosk, kiosk.id, last_beat={**asdict(beat), "id": message.id}, last_beat_at=at)
            unit.announce("kiosk", kiosk.id)
