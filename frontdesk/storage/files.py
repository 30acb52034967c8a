"""Files that are either whole or not there, in folders that only their owner can read."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontdesk.storage.errors import DiskFull, FolderNotWritable

_NO_RIGHTS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.EISDIR)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
# Windows' Python takes 0o700 to mean that nothing is inherited.
_INSIDE = 0o777 if sys.platform == "win32" else 0o700
_WINDOWS_ADMINISTRATORS = "*S-1-5-32-544"
_WINDOWS_SYSTEM = "*S-1-5-18"
_HELD = (32, 33)  # Windows' ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION
_READ_AND_WRITE, _SHARE_ALL, _OPEN_EXISTING = 0xC0000000, 7, 3


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Raises the system's refusals as errors that a person can act on.

    Raises:
        FolderNotWritable: no right to write there, or no such place.
        DiskFull: no room.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(path=str(path)) from error
        if error.errno in _NO_RIGHTS:
            raise FolderNotWritable(path=str(path)) from error
        raise


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Writes a file under another name, flushes it to the disk, and renames it into place.

    Args:
        private: only the owner may read it; on Windows whoever may open the folder, see `make_folder_inside`.

    Raises:
        FolderNotWritable, DiskFull: nothing was written.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    with writing_to(path.parent):
        try:
            with open(temporary, "xb", opener=private_opener if private else None) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a power cut; Windows needs and offers nothing for this."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(path: Path) -> None:
    """Makes a folder, with those above it, that only its owner (on Windows also administrators) can open.

    Raises:
        FolderNotWritable: it cannot be made.
    """
    with writing_to(path):
        path.mkdir(parents=True, exist_ok=True)
        keep_to_owner(path)


def make_folder_inside(path: Path) -> None:
    """Makes a folder in a private one. On Windows its rights are those of the one around it: an account that was let
    into that one afterwards must also reach what is made later, by whomever.

    Raises:
        FolderNotWritable: it cannot be made.
    """
    with writing_to(path):
        path.mkdir(mode=_INSIDE, parents=True, exist_ok=True)


def keep_to_owner(path: Path) -> None:
    """Takes everybody else's rights to a file or folder away.

    On Windows the account that runs the program, administrators and the system keep theirs.

    Raises:
        FolderNotWritable: the rights cannot be set.
    """
    if sys.platform != "win32":
        path.chmod(0o700 if path.is_dir() else 0o600)
        return
    inherited = "(OI)(CI)" if path.is_dir() else ""
    account = "\\".join(filter(None, (os.environ.get("USERDOMAIN"), os.environ.get("USERNAME"))))
    keepers = filter(None, (account, _WINDOWS_ADMINISTRATORS, _WINDOWS_SYSTEM))
    grants = [f"{keeper}:{inherited}F" for keeper in keepers]
    command = ["icacls", str(path), "/inheritance:r", "/grant:r", *grants]
    done = subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)
    if done.returncode != 0:
        raise FolderNotWritable(path=str(path))


def private_opener(path: str, flags: int) -> int:
    """For `open`: the file is its owner's from its first moment; on Windows the folder's rights do this."""
    return os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)


def is_held(path: Path) -> bool:
    """Whether another program has a file open in a way that keeps us from reading or writing it: on Windows only.

    Python's own `open` tells this and a missing right by one and the same error.
    """
    if sys.platform != "win32":
        return False
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = wintypes.HANDLE
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    handle = kernel.CreateFileW(str(path), wintypes.DWORD(_READ_AND_WRITE), _SHARE_ALL, None, _OPEN_EXISTING, 0, None)
    if handle == wintypes.HANDLE(-1).value:
        return ctypes.get_last_error() in _HELD
    kernel.CloseHandle(handle)
    return False
