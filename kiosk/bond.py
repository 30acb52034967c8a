"""The kiosk's bond with one console: its signing key, the code it shows, and the grant that it was given."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from frontdesk.lobby import pairing
from frontdesk.lobby.coding import ContractError
from frontdesk.lobby.contract import KEY_BYTES
from frontdesk.lobby.files import write_whole
from frontdesk.lobby.folder import LobbyAway, LobbyFolder
from frontdesk.lobby.pairing import Grant
from frontdesk.lobby.sealing import KioskKeys
from kiosk.home import on_disk


class PairingState(StrEnum):
    """How far the pairing is: no lobby folder seen yet, the code is to be typed at the console, or done."""

    NEW = "new"
    WAITING = "waiting"
    PAIRED = "paired"


@dataclass(frozen=True, slots=True)
class Pairing:
    """What the pairing screen shows; `code` only while waiting, letter and name only when paired."""

    state: PairingState
    code: str | None = None
    letter: str | None = None
    name: str | None = None


class Bond:
    """Keeps the kiosk's key and grant in files that only its account can read."""

    def __init__(self, folder: LobbyFolder, home: Path) -> None:
        """Reads what is there.

        Raises:
            DeskError: the kiosk's own folder cannot be used.
        """
        self._folder = folder
        self._key_file = home / "kiosk.key"
        self._code_file = home / "pairing.code"
        self._grant_file = home / "grant"
        self._asked: bytes | None = None
        self.keys = self._own_key()
        self.grant = self._kept_grant()

    def pairing(self, at: int) -> Pairing:
        """How far the pairing is; asks for it, and takes the grant when it is there.

        Raises:
            DeskError: the kiosk's own disk refuses.
        """
        if self.grant is None:
            try:
                return self._ask(at)
            except (LobbyAway, ContractError):  # no folder, or none whose site document could be a console's
                return Pairing(PairingState.NEW)
        return Pairing(PairingState.PAIRED, letter=self.grant.letter, name=self.grant.name)

    def forget(self) -> None:
        """Ends the bond: the next pairing begins with a new key.

        Raises:
            DeskError: the kiosk's own disk refuses.
        """
        with on_disk():
            for file in (self._grant_file, self._code_file, self._key_file):
                file.unlink(missing_ok=True)
        self.grant = None
        self._asked = None
        self.keys = self._own_key()

    def _ask(self, at: int) -> Pairing:
        """Takes a grant that proves our code, else sees to it that our request lies in the folder."""
        code = self._code()
        raw = self._folder.read_grant(self.keys.kiosk)
        if raw is not None and self._accepted(raw, code):
            self._folder.drop_request(self.keys.kiosk)
            return self.pairing(at)
        seen = self._folder.read_site()
        site = pairing.read_site(seen)
        if seen != self._asked or not self._folder.has_request(self.keys.kiosk):
            self._folder.put_request(self.keys.kiosk, pairing.request(self.keys, site, code, at))
            self._asked = seen
        return Pairing(PairingState.WAITING, code=code)

    def _accepted(self, raw: bytes, code: str) -> bool:
        """Whether the grant is from somebody who was told our code; if so it is kept."""
        try:
            granted = pairing.accept(raw, self.keys, code)
        except ContractError:
            return False
        with on_disk():
            write_whole(self._grant_file, raw)
            self._code_file.unlink(missing_ok=True)
        self.grant = granted
        return True

    def _own_key(self) -> KioskKeys:
        with on_disk():
            kept = self._key_file.read_bytes() if self._key_file.exists() else b""
            if len(kept) == KEY_BYTES:
                return KioskKeys(kept)
            keys = KioskKeys.generate()
            write_whole(self._key_file, keys.signing)
            return keys

    def _kept_grant(self) -> Grant | None:
        with on_disk():
            raw = self._grant_file.read_bytes() if self._grant_file.exists() else b""
        try:
            return pairing.read_grant(raw, self.keys)
        except ContractError:
            return None

    def _code(self) -> str:
        """The code to read out; the same until it was used."""
        with on_disk():
            kept = self._code_file.read_text(encoding="utf-8", errors="replace") if self._code_file.exists() else ""
            if pairing.is_code(kept):
                return kept
            code = pairing.new_code(secrets.token_bytes(pairing.SECRET_BYTES))
            write_whole(self._code_file, code.encode("ascii"))
            return code
