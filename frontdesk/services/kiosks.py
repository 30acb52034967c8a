"""Kiosks: which are paired, which ask to be, how they are, and what of theirs could not take effect."""

from __future__ import annotations

from typing import Any

from frontdesk.domain.access import Actor, Permission, require
from frontdesk.domain.kiosks import KioskHealth, KioskState, health, letter_of
from frontdesk.lobby import pairing
from frontdesk.lobby.coding import ContractError
from frontdesk.lobby.contract import instant
from frontdesk.lobby.folder import LobbyAway, LobbyFolder
from frontdesk.lobby.sealing import ConsoleKeys
from frontdesk.services import inputs, site_keys
from frontdesk.services.errors import NotFound, ServiceError
from frontdesk.services.site import Site
from frontdesk.services.views import DeadLetterView, KioskView, LobbyView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

_SERIES = "kiosk"
LONGEST_NAME = 120  # the lobby contract's limit


class WrongCode(ServiceError):
    """The typed code is not the one that the kiosk shows, or the kiosk saw another console's keys."""

    code = "wrong_code"


class NoRequest(ServiceError):
    """The kiosk does not ask to be paired, or no longer."""

    code = "no_request"


def kiosks(site: Site, actor: Actor) -> tuple[KioskView, ...]:
    """The site's kiosks by letter; for who may manage them, first those that ask to be paired.

    Raises:
        Forbidden: the actor may not see visits.
    """
    require(actor, Permission.SEE_VISITS)
    with site.store.read() as unit:
        known = {row.uuid: row for row in unit.all(m.Kiosk.select().order_by(m.Kiosk.id))}
    asking = _asking(site, known) if actor.may(Permission.MANAGE_KIOSKS) else []
    asked = {view.id for view in asking}
    return (*asking, *(_view(site, row) for row in known.values() if row.uuid not in asked))


def pair(site: Site, actor: Actor, kiosk_id: str, code: str, name: str) -> KioskView:
    """Takes a kiosk on that shows this code: gives it its letter and writes the grant. Again is harmless.

    Raises:
        Forbidden: the actor may not manage kiosks.
        BadInput: `name` is empty or too long.
        NoRequest: the kiosk does not ask.
        WrongCode: the code is not the kiosk's; on record.
        LettersUsedUp: there are too many kiosks.
        LobbyAway: the folder cannot be used.
    """
    require(actor, Permission.MANAGE_KIOSKS)
    called = inputs.text("name", " ".join(name.split()), longest=LONGEST_NAME, needed=True)
    folder, keys = LobbyFolder(site.lobby), site_keys.console_keys(site)
    asked = next((request for request in _requests(folder) if request.kiosk == kiosk_id), None)
    if asked is None:
        raise NoRequest()
    if pairing.match(code, [asked], keys) is None:
        with site.store.write() as unit:
            unit.audit(actor, "kiosk.pairing_refused", f"kiosk:{kiosk_id}", {})
        raise WrongCode()
    row = _keep(site, actor, asked, called)
    folder.put_grant(kiosk_id, _grant(site, keys, asked, code, row))
    return _view(site, row)


def unpair(site: Site, actor: Actor, kiosk_id: str) -> KioskView:
    """Takes no more messages from a kiosk; the next bulletin tells it to pair again. Again is harmless.

    Raises:
        Forbidden: the actor may not manage kiosks.
        NotFound: there is no such kiosk.
    """
    require(actor, Permission.MANAGE_KIOSKS)
    with site.store.write() as unit:
        still = (m.Kiosk.uuid == kiosk_id) & (m.Kiosk.state == KioskState.PAIRED)
        changed = unit.run(m.Kiosk.update(state=KioskState.UNPAIRED).where(still))
        row = _row(unit, kiosk_id)
        if row is None:
            raise NotFound(table="kiosk", key=kiosk_id)
        if changed:
            unit.audit(actor, "kiosk.unpaired", f"kiosk:{kiosk_id}", {"letter": row.letter})
            unit.announce("kiosk", row.id)
        return _view(site, row)


def lobby(site: Site, actor: Actor) -> LobbyView:
    """Whether the lobby folder can be used, and which messages were set aside.

    Raises:
        Forbidden: the actor may not see visits.
    """
    require(actor, Permission.SEE_VISITS)
    with site.store.read() as unit:
        names = {row.uuid: row.name for row in unit.all(m.Kiosk.select())}
    try:
        letters = LobbyFolder(site.lobby).dead_letters()
    except LobbyAway as away:
        return LobbyView(away.why, ())
    return LobbyView("", tuple(DeadLetterView(names.get(one.kiosk, one.kiosk), one.reason) for one in letters))


def retry_dead_letters(site: Site, actor: Actor) -> int:
    """Puts what was set aside back into the inbox, to be taken in once more; returns how many.

    Raises:
        Forbidden: the actor may not manage kiosks.
        LobbyAway: the folder cannot be used.
    """
    require(actor, Permission.MANAGE_KIOSKS)
    folder = LobbyFolder(site.lobby)
    letters = folder.dead_letters()
    with site.store.write() as unit:
        unit.audit(actor, "lobby.retried", "lobby", {"letters": len(letters)})
    for letter in letters:
        folder.retry(letter)
    return len(letters)


def _keep(site: Site, actor: Actor, asked: pairing.Request, name: str) -> m.Kiosk:
    """Writes the kiosk as paired; one that comes back keeps its letter."""
    paired = {"name": name, "state": KioskState.PAIRED, "paired_at": site.now(), "paired_by": actor.id}
    with site.store.write() as unit:
        row = _row(unit, asked.kiosk)
        if row is None:
            letter = letter_of(unit.number(_SERIES, ""))
            row_id = unit.add(m.Kiosk, uuid=asked.kiosk, letter=letter, public_key=asked.public, **paired)
        else:
            row_id = row.id
            unit.change(m.Kiosk, row_id, **paired)
        kept = unit.get(m.Kiosk, row_id)
        unit.audit(actor, "kiosk.paired", f"kiosk:{asked.kiosk}", {"letter": kept.letter, "name": name})
        unit.announce("kiosk", row_id)
        return kept


def _grant(site: Site, keys: ConsoleKeys, asked: pairing.Request, code: str, row: m.Kiosk) -> bytes:
    at = instant(row.paired_at)
    return pairing.grant(keys, asked, code, site=site.tag, letter=row.letter, name=row.name, at=at)


def _asking(site: Site, known: dict[str, Any]) -> list[KioskView]:
    """Kiosks that ask to be paired; a request that was granted already is not shown again."""
    folder = LobbyFolder(site.lobby)
    found = []
    try:
        for asked in _requests(folder):
            row = known.get(asked.kiosk)
            if row is not None and _is_granted(folder, asked, row):
                continue
            name, letter = (row.name, row.letter) if row else ("", "")
            found.append(KioskView(asked.kiosk, name, letter, False, None, KioskHealth.ASKS))
    except LobbyAway:
        return []  # the page tells by `lobby` that the folder is away; the paired kiosks are shown all the same
    return found


def _is_granted(folder: LobbyFolder, asked: pairing.Request, row: m.Kiosk) -> bool:
    """Whether the kiosk has been paired since it asked, and its grant lies where it looks for it."""
    later = row.state == KioskState.PAIRED and asked.at <= instant(row.paired_at)
    return later and folder.read_grant(asked.kiosk) is not None


def _requests(folder: LobbyFolder) -> list[pairing.Request]:
    """The requests that hold together; whatever else lies there is not shown."""
    found = []
    for raw in folder.requests():
        try:
            found.append(pairing.read_request(raw))
        except ContractError:
            continue
    return found


def _row(unit: Unit, kiosk_id: str) -> Any:
    return unit.one(m.Kiosk.select().where(m.Kiosk.uuid == kiosk_id))


def _view(site: Site, row: m.Kiosk) -> KioskView:
    paired = row.state == KioskState.PAIRED
    state = health(row.last_beat, row.last_beat_at, site.now()) if paired else KioskHealth.UNPAIRED
    return KioskView(row.uuid, row.name, row.letter, paired, row.last_beat_at, state)
