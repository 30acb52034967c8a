"""The recovery code: printed once, it brings a site's key to another account, a reset one, or a new PC.

26 characters of Crockford's base32 (130 random bits) and two check characters, in seven groups of four. `recovery.json`
holds the data key sealed under it, and lies in the site folder and in every backup.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import nacl.exceptions
import nacl.secret

from frontdesk.domain.codes import base32, plain_base32
from frontdesk.storage.errors import RecoveryRefused, SiteMissing
from frontdesk.storage.files import write_whole
from frontdesk.storage.keys import check_value
from frontdesk.storage.keystore import KeyPlace, KeyStore
from frontdesk.storage.sitefile import RECOVERY

_BODY, _CHECK, _GROUP = 26, 2, 4
_RANDOM_BYTES = 17  # 136 bits, of which the code holds 130
_SALT_BYTES = 16
_PASSES, _MEMORY_KIB, _LANES = 3, 64 * 1024, 1
_MOST_MEMORY_KIB, _MOST_PASSES = 1024 * 1024, 16  # a forged file must not eat the machine

Sealed = dict[str, Any]


def new_code() -> str:
    """A new recovery code, as it is printed."""
    body = base32(os.urandom(_RANDOM_BYTES), _BODY)
    whole = body + _check_of(body)
    return "-".join(whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP))


def seal(key: bytes, site_id: str, code: str) -> Sealed:
    """What `recovery.json` holds: the key sealed under the code, and a value to recognise the key by."""
    salt = os.urandom(_SALT_BYTES)
    kdf = {"salt": salt.hex(), "passes": _PASSES, "memory_kib": _MEMORY_KIB, "lanes": _LANES}
    box = nacl.secret.SecretBox(_stretched(_plain(code), kdf)).encrypt(key)
    return {"version": 1, "site": site_id, "check": check_value(key), "kdf": kdf, "box": box.hex()}


def unseal(sealed: Sealed, code: str) -> bytes:
    """The data key.

    Raises:
        RecoveryRefused: `recovery_mistyped` (the check characters do not fit) or `recovery_wrong` (another site's).
        SiteMissing: the sealed key itself is damaged.
    """
    plain = _plain(code)
    try:
        box, check = bytes.fromhex(sealed["box"]), str(sealed["check"])
        stretched = _stretched(plain, sealed["kdf"])
    except (KeyError, ValueError, TypeError) as error:
        raise SiteMissing(path=RECOVERY, reason="recovery_damaged") from error
    try:
        key = nacl.secret.SecretBox(stretched).decrypt(box)
    except (nacl.exceptions.CryptoError, ValueError) as error:
        raise RecoveryRefused() from error
    if check_value(key) != check:
        raise SiteMissing(path=RECOVERY, reason="recovery_damaged")
    return key


def read(folder: Path) -> Sealed:
    """The recovery file of a site folder.

    Raises:
        SiteMissing: there is none that can be read.
    """
    path = folder / RECOVERY
    try:
        sealed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SiteMissing(path=str(path), reason=type(error).__name__) from error
    if not isinstance(sealed, dict):
        raise SiteMissing(path=str(path), reason="recovery_damaged")
    return sealed


def write(folder: Path, sealed: Sealed) -> None:
    """Writes the recovery file of a site folder.

    Raises:
        FolderNotWritable, DiskFull
    """
    text = json.dumps(sealed, indent=1, sort_keys=True) + "\n"
    write_whole(folder / RECOVERY, text.encode("utf-8"), private=True)


def recover(folder: Path, code: str, keystore: KeyStore) -> tuple[bytes, KeyPlace]:
    """Brings a site's key back for this account with the printed code, and keeps it.

    Raises:
        RecoveryRefused, SiteMissing, FolderNotWritable
    """
    sealed = read(folder)
    key = unseal(sealed, code)
    return key, keystore.save(str(sealed["site"]), key)


def renew(folder: Path, key: bytes) -> str:
    """Makes a new code in the place of a lost one, which from then on opens this folder no more; returns it.

    Backups made before still open with the old one.
    """
    code = new_code()
    write(folder, seal(key, str(read(folder)["site"]), code))
    return code


def _plain(code: str) -> str:
    """The code's 26 characters, whatever blanks, hyphens, small and look-alike letters were typed.

    Raises:
        RecoveryRefused: it was mistyped.
    """
    whole = plain_base32(code)
    body, check = whole[:_BODY], whole[_BODY:]
    if len(whole) != _BODY + _CHECK or not whole.isascii() or check != _check_of(body):
        raise RecoveryRefused("recovery_mistyped")
    return body


def _check_of(body: str) -> str:
    return base32(hashlib.blake2b(body.encode("ascii"), digest_size=2).digest(), _CHECK)


def _stretched(plain: str, kdf: dict[str, Any]) -> bytes:
    """The key that opens the box.

    Raises:
        ValueError: parameters that no file of ours has.
    """
    from argon2 import low_level

    passes, memory_kib = int(kdf["passes"]), int(kdf["memory_kib"])
    if not (1 <= passes <= _MOST_PASSES and 8 <= memory_kib <= _MOST_MEMORY_KIB and kdf["lanes"] == _LANES):
        raise ValueError("unknown parameters")
    return low_level.hash_secret_raw(
        plain.encode("ascii"),
        bytes.fromhex(kdf["salt"]),
        time_cost=passes,
        memory_cost=memory_kib,
        parallelism=_LANES,
        hash_len=nacl.secret.SecretBox.KEY_SIZE,
        type=low_level.Type.ID,
    )
