"""The site's data key, and what is derived from it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from pathlib import Path

from frontdesk.storage.errors import WrongKey
from frontdesk.storage.sitefile import RECOVERY

KEY_BYTES = 32


def new_key() -> bytes:
    """A new data key: 256 random bits."""
    return os.urandom(KEY_BYTES)


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose; knowing it tells nothing of the data key."""
    return hashlib.blake2b(purpose.encode("ascii"), key=key, digest_size=KEY_BYTES).digest()


def check_value(key: bytes) -> str:
    """By this a key is recognised without opening anything with it."""
    return derive(key, "check").hex()


def require_check(folder: Path, key: bytes) -> None:
    """Tells a wrong key from a damaged database, which SQLite cannot; a folder without a check value passes.

    Raises:
        WrongKey: the site folder's recovery file belongs to another key.
    """
    try:
        expected = str(json.loads((folder / RECOVERY).read_text(encoding="utf-8"))["check"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    if not hmac.compare_digest(expected, check_value(key)):
        raise WrongKey()
