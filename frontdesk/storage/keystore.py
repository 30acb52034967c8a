"""Where this account keeps the data keys of its sites: the system's keyring, else a file that only it can read."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs

from frontdesk.storage.errors import KeyMissing
from frontdesk.storage.files import keep_to_owner, make_private_folder, write_whole
from frontdesk.storage.keys import KEY_BYTES

SERVICE = "Frontdesk"


class KeyPlace(StrEnum):
    """Where a key is kept; the screens show a warning for FILE."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A site's key, and where it was found."""

    key: bytes
    place: KeyPlace


class KeyStore:
    """The keys of one account. They never lie beside the database."""

    def __init__(self, folder: Path, *, keyring: bool) -> None:
        self._folder = folder
        self._keyring = keyring

    @classmethod
    def of_account(cls) -> KeyStore:
        """The store of the account that runs the program; `FRONTDESK_KEYS` names a folder to use in its place."""
        named = os.environ.get("FRONTDESK_KEYS")
        if named:
            return cls(Path(named), keyring=False)
        return cls(platformdirs.user_config_path("Frontdesk", appauthor=False) / "keys", keyring=True)

    def load(self, site_id: str) -> StoredKey:
        """The key of a site.

        Raises:
            KeyMissing: this account has none (a new account, a new PC); the recovery code brings it back.
        """
        text = self._from_keyring(site_id)
        if text is not None:
            return StoredKey(_decoded(text, site_id), KeyPlace.KEYRING)
        path = self._path(site_id)
        try:
            text = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KeyMissing(site=site_id) from error
        return StoredKey(_decoded(text, site_id), KeyPlace.FILE)

    def save(self, site_id: str, key: bytes) -> KeyPlace:
        """Keeps a site's key for this account, and says where.

        Raises:
            FolderNotWritable, DiskFull: there is no keyring, and no file could be written either.
        """
        if self._to_keyring(site_id, key.hex()):
            self._path(site_id).unlink(missing_ok=True)
            return KeyPlace.KEYRING
        make_private_folder(self._folder)
        write_whole(self._path(site_id), key.hex().encode("ascii"), private=True)
        keep_to_owner(self._path(site_id))
        return KeyPlace.FILE

    def forget(self, site_id: str) -> None:
        """Takes a site's key out of wherever it is."""
        backend = self._backend()
        if backend is not None:
            import keyring.errors

            with suppress(keyring.errors.KeyringError):  # it was not there, or the keyring has gone
                backend.delete_password(SERVICE, site_id)
        self._path(site_id).unlink(missing_ok=True)

    def _path(self, site_id: str) -> Path:
        return self._folder / f"{site_id}.key"

    def _backend(self) -> Any:
        """The system's keyring, or None where there is none (a headless Linux)."""
        if not self._keyring:
            return None
        import keyring  # its look for backends takes a while
        from keyring.backends import fail, null

        backend: Any = keyring.get_keyring()
        if isinstance(backend, fail.Keyring | null.Keyring):
            return None
        if hasattr(type(backend), "persist"):
            backend.persist = "local machine"  # Windows: not roaming with the account to other PCs
        return backend

    def _from_keyring(self, site_id: str) -> str | None:
        backend = self._backend()
        if backend is None:
            return None
        import keyring.errors

        try:
            found: str | None = backend.get_password(SERVICE, site_id)
        except keyring.errors.KeyringError:
            return None  # locked or gone; a file, or the recovery code, is the way on
        return found

    def _to_keyring(self, site_id: str, text: str) -> bool:
        """Whether the keyring took the key, and gives it back."""
        backend = self._backend()
        if backend is None:
            return False
        import keyring.errors

        try:
            backend.set_password(SERVICE, site_id, text)
            return bool(backend.get_password(SERVICE, site_id) == text)
        except keyring.errors.KeyringError:
            return False


def _decoded(text: str, site_id: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyMissing(site=site_id, reason="unreadable")
    return key
