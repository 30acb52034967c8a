"""Files that are there whole or not at all, on the kiosk's disk and in the lobby folder alike."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import time
from pathlib import Path

REPLACE_TRIES = 12
REPLACE_PAUSE_S = 0.025
FULL = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)
)  # what a full disk or a used-up quota says

# Not following links and not waiting for a pipe's other end matters where another account may put files.
_READ_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class NotAFile(OSError):
    """Something other than a plain file lies where a file should."""


class TooLarge(OSError):
    """The file is longer than its kind may be."""


def write_whole(path: Path, data: bytes, *, by_way_of: Path | None = None, mode: int = 0o600) -> None:
    """Puts the data into place: written beside it, flushed to the disk, then renamed.

    Args:
        by_way_of: the folder on the same disk in which it is written; the target's own if None.
        mode: access rights where the system knows them; the umask does not narrow them.

    Raises:
        OSError: nothing was changed, and nothing half-written is left behind.
    """
    draft = (by_way_of or path.parent) / f"{path.name}.{secrets.token_hex(6)}.tmp"
    try:
        write_new(draft, data, mode)
        move(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def write_new(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Writes a file that must not exist yet, and flushes it to the disk; a failure may leave a part of it."""
    handle = os.open(path, _WRITE_FLAGS, mode)
    with os.fdopen(handle, "wb") as file:
        if sys.platform != "win32":
            os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def move(source: Path, target: Path) -> None:
    """Renames in one step over whatever is there, and makes the rename last.

    On Windows a virus scanner or a reader may hold the target for a moment: tried again, at most 0.3 s.
    """
    for left in reversed(range(REPLACE_TRIES)):
        try:
            os.replace(source, target)
            break
        except PermissionError:
            if sys.platform != "win32" or not left:
                raise
            time.sleep(REPLACE_PAUSE_S)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Flushes a folder's entries to the disk, where the system and the file system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares have no such thing
            raise
    finally:
        os.close(handle)


def read_whole(path: Path, limit: int) -> bytes:
    """A plain file's bytes.

    Raises:
        NotAFile: a link, folder or pipe lies there.
        TooLarge: it is longer than `limit` bytes.
        OSError: it cannot be read.
    """
    try:
        handle = os.open(path, _READ_FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO) or path.is_dir():
            raise NotAFile(error.errno, "not a plain file", str(path)) from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotAFile(errno.EINVAL, "not a plain file", str(path))
        return _read_all(handle, path, limit)
    finally:
        os.close(handle)


def _read_all(handle: int, path: Path, limit: int) -> bytes:
    data = bytearray()
    while chunk := os.read(handle, min(limit + 1 - len(data), 1024 * 1024)):
        data += chunk
        if len(data) > limit:
            raise TooLarge(errno.EFBIG, "file too large", str(path))
    return bytes(data)
