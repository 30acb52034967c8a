"""A file encrypted in a stream: any flipped bit, missing piece or cut end is found while it is read.

Layout: a magic line; the length of a plain JSON header (4 bytes, big-endian), the header, and its SHA-256; the
stream's own header of 24 bytes; pieces of 1 MiB and 17 bytes more, each bound to the header and to its place, the
last one marked as last.
"""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any, BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError

from frontdesk.storage.errors import BackupDamaged

_MAGIC = b"FRONTDESK BACKUP 1\n"
_PIECE = 1024 * 1024
_STREAM_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_NOT_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LONGEST_HEADER = 64 * 1024


class SealedWriter(io.RawIOBase):
    """Encrypts what is written to it; only `close` makes the file whole."""

    def __init__(self, file: BinaryIO, key: bytes, header: dict[str, Any]) -> None:
        self._file = file
        plain = json.dumps(header, sort_keys=True).encode("utf-8")
        start = _MAGIC + len(plain).to_bytes(4, "big") + plain
        self._bound = hashlib.sha256(start).digest()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        file.write(start + self._bound + bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key))
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > _PIECE:
            self._push(bytes(self._waiting[:_PIECE]), _NOT_LAST)
            del self._waiting[:_PIECE]
        return len(data)

    def finish(self) -> None:
        """Writes the last piece."""
        self._push(bytes(self._waiting), _LAST)
        self._waiting.clear()

    def _push(self, piece: bytes, tag: int) -> None:
        self._file.write(bindings.crypto_secretstream_xchacha20poly1305_push(self._state, piece, self._bound, tag))


class SealedReader(io.RawIOBase):
    """Decrypts a sealed file; `header` can be read before the key is known.

    Raises:
        BackupDamaged: from the constructor, `unlock` and `read`, with what is wrong as `reason`.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.header, self._bound = _read_header(file)
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        self._ready = b""
        self._ended = False

    def unlock(self, key: bytes) -> None:
        """Starts to decrypt."""
        header = self._file.read(_STREAM_HEADER)
        if len(header) != _STREAM_HEADER:
            raise BackupDamaged(reason="cut")
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, key)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._ready and not self._ended:
            self._ready = self._pull()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def finish(self) -> None:
        """Makes sure that the end was reached and nothing follows it."""
        while self.read(_PIECE):
            pass
        if self._file.read(1):
            raise BackupDamaged(reason="longer")

    def _pull(self) -> bytes:
        sealed = self._file.read(_PIECE + _MORE)
        if not sealed:
            raise BackupDamaged(reason="cut")
        try:
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, self._bound)
        except (CryptoError, ValueError) as error:
            raise BackupDamaged(reason="altered") from error
        self._ended = tag == _LAST
        return bytes(piece)


def _read_header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The plain header, and the hash by which every piece is bound to it."""
    magic = file.read(len(_MAGIC))
    if magic != _MAGIC:
        raise BackupDamaged(reason="foreign")
    length = file.read(4)
    plain = file.read(min(int.from_bytes(length, "big"), _LONGEST_HEADER))
    bound = hashlib.sha256(magic + length + plain).digest()
    if file.read(len(bound)) != bound:
        raise BackupDamaged(reason="altered")
    header: dict[str, Any] = json.loads(plain)
    return header, bound
