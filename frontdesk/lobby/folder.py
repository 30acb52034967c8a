"""The lobby folder, in which kiosk and console meet; a maildir's habits, safe on a shared folder.

    site.json  bulletin.json
    inbox/<kiosk>/{tmp,new,dead}/   answers/<kiosk>/{tmp,new,dead}/
    state/<kiosk>.beat   pairing/<kiosk>.{request,grant}

A folder without `site.json` counts as away: an empty mount point must not swallow messages. What is read here was
written by another account, so nothing is followed, nothing is waited for, and nothing beyond a limit is read.
"""

from __future__ import annotations

import errno
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from frontdesk.lobby.bulletin import BULLETIN_LIMIT
from frontdesk.lobby.contract import ENVELOPE_LIMIT, MESSAGE_LIMIT
from frontdesk.lobby.files import FULL, NotAFile, TooLarge, move, read_whole, write_whole
from frontdesk.lobby.pairing import PAPER_LIMIT

SUFFIX = ".msg"
DRAFT_AGE_S = 3600  # a draft older than this was left by a program that died
_SHARING_VIOLATION = 32  # Windows' word for a file that somebody has open
REQUEST_LIMIT = 32  # open pairing requests that are looked at

_KIOSK = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
_NAME = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.msg")
_BURIED = re.compile(r"([0-9a-f-]{36})~([a-z_]{1,40})\.msg")
_REASON = re.compile(r"[a-z_]{1,40}")


class Why(StrEnum):
    """Why the lobby folder cannot be used just now."""

    AWAY = "away"
    FULL = "full"
    DENIED = "denied"


class LobbyAway(Exception):
    """The lobby folder cannot be used just now; try again later, nothing is lost."""

    code = "lobby_away"

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"lobby folder: {why} {detail}".rstrip())
        self.why = why


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that lies in an inbox; it stays there until it is dropped or declared dead."""

    kiosk: str
    name: str
    data: bytes

    @property
    def id(self) -> str:
        """The message id that the file's name claims."""
        return self.name.removesuffix(SUFFIX)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that could not take effect, kept for the desk to see."""

    kiosk: str
    name: str
    reason: str


class LobbyFolder:
    """One site's lobby folder. Every method raises `LobbyAway` while the folder cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    # --- the folder itself

    def prepare(self, site: bytes) -> None:
        """Makes this a lobby folder (the console does), and clears away drafts of programs that died."""
        with _reachable():
            if not self.path.exists():
                self.path.mkdir(parents=True)
                if sys.platform != "win32":
                    self.path.chmod(0o700)
            for name in ("tmp", "inbox", "answers", "state", "pairing"):
                self._folder(name)
            self._sweep(self.path / "tmp")
            if not (self.path / "site.json").exists() or read_whole(self.path / "site.json", PAPER_LIMIT) != site:
                write_whole(self.path / "site.json", site, by_way_of=self.path / "tmp", mode=self._rights() & 0o660)

    def available(self) -> bool:
        """Whether the folder is there and is a lobby folder."""
        try:
            self._present()
        except LobbyAway:
            return False
        return True

    def read_site(self) -> bytes:
        """The site document."""
        return self._read("site.json", PAPER_LIMIT) or b""

    # --- messages, kiosk to console

    def put(self, kiosk: str, message: str, data: bytes) -> None:
        """Puts a kiosk's message into its inbox; again with the same id is harmless."""
        self._deliver("inbox", kiosk, message, data)

    def take(self) -> Iterator[Taken]:
        """Messages of all kiosks, each kiosk's in the order of their ids; they stay until dropped or dead.

        What is no message (a link, a folder, a file too long) is declared dead on the way. A file that cannot be read
        just now holds up nobody else's: `LobbyAway` comes after all the others.
        """
        unread: list[OSError] = []
        for kiosk in self.kiosks():
            yield from self._letters("inbox", kiosk, MESSAGE_LIMIT, unread)
        with _reachable():
            for error in unread:
                raise error

    def drop(self, taken: Taken) -> None:
        """Removes a message that has had its effect; harmless if it is gone."""
        self._remove(self.path / "inbox" / taken.kiosk / "new" / taken.name)

    def dead(self, taken: Taken, reason: str) -> None:
        """Sets a message aside for the desk to see; harmless if another console was quicker."""
        self._bury("inbox", taken.kiosk, taken.name, reason)

    def dead_letters(self) -> list[DeadLetter]:
        """What was set aside, oldest first for each kiosk."""
        found: list[DeadLetter] = []
        for kiosk in self.kiosks():
            names = self._names(self.path / "inbox" / kiosk / "dead")
            letters = [letter for name in names if (letter := _BURIED.fullmatch(name))]
            found.extend(DeadLetter(kiosk, letter[1] + SUFFIX, letter[2]) for letter in letters)
        return found

    def retry(self, letter: DeadLetter) -> None:
        """Puts a dead letter back into the inbox, for instance after an update that can read it."""
        home = self.path / "inbox" / letter.kiosk
        self._move(home / "dead" / _buried(letter.name, letter.reason), home / "new" / letter.name)

    def kiosks(self) -> list[str]:
        """The kiosks that have an inbox."""
        return [name for name in self._names(self.path / "inbox") if _KIOSK.fullmatch(name)]

    def sweep(self, kiosk: str) -> None:
        """Clears away drafts that this kiosk left when it died; only the kiosk itself may call it."""
        with _reachable():
            for draft in (self._present() / "inbox" / kiosk / "tmp").glob("*.tmp"):
                draft.unlink(missing_ok=True)

    # --- answers, console to kiosk

    def put_answer(self, kiosk: str, message: str, data: bytes) -> None:
        """Puts an answer where the kiosk looks for it; again with the same id is harmless."""
        self._deliver("answers", kiosk, message, data)

    def answers(self, kiosk: str) -> Iterator[Taken]:
        """Answers that wait for a kiosk, in the order of their ids."""
        unread: list[OSError] = []
        yield from self._letters("answers", kiosk, ENVELOPE_LIMIT, unread)
        with _reachable():
            for error in unread:
                raise error

    def drop_answer(self, taken: Taken) -> None:
        """Removes an answer that was read."""
        self._remove(self.path / "answers" / taken.kiosk / "new" / taken.name)

    def dead_answer(self, taken: Taken, reason: str) -> None:
        """Sets an answer aside that the kiosk could not read."""
        self._bury("answers", taken.kiosk, taken.name, reason)

    # --- bulletin and heartbeats: each replaces the one before

    def publish(self, bulletin: bytes) -> None:
        """Replaces the bulletin."""
        self._write(self.path / "bulletin.json", bulletin)

    def read_bulletin(self) -> bytes | None:
        """The bulletin; None before the first issue."""
        return self._read("bulletin.json", BULLETIN_LIMIT)

    def bulletin_stamp(self) -> tuple[int, int, int] | None:
        """Changes whenever the bulletin does: cheap to ask, a hundred times before it is read once."""
        with _reachable():
            try:
                seen = (self._present() / "bulletin.json").lstat()
            except FileNotFoundError:
                return None
            return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def put_beat(self, kiosk: str, data: bytes) -> None:
        """Replaces a kiosk's heartbeat."""
        with _reachable():
            self._present()
            self._folder("state")
            tmp = self._folder("inbox", kiosk, "tmp")
            self._write(self.path / "state" / f"{kiosk}.beat", data, by_way_of=tmp)

    def beats(self) -> Iterator[Taken]:
        """The newest heartbeat of each kiosk."""
        for name in self._names(self.path / "state"):
            kiosk, _, ending = name.partition(".")
            if ending == "beat" and _KIOSK.fullmatch(kiosk):
                data = self._read(f"state/{name}", ENVELOPE_LIMIT)
                if data is not None:
                    yield Taken(kiosk, name, data)

    # --- pairing

    def put_request(self, kiosk: str, data: bytes) -> None:
        """Puts or replaces a kiosk's pairing request."""
        with _reachable():
            self._present()
            self._write(self._folder("pairing") / f"{kiosk}.request", data)

    def has_request(self, kiosk: str) -> bool:
        """Whether a kiosk's request lies there."""
        with _reachable():
            return (self._present() / "pairing" / f"{kiosk}.request").exists()

    def drop_request(self, kiosk: str) -> None:
        """Takes a kiosk's request off the list; harmless if it is gone."""
        self._remove(self.path / "pairing" / f"{kiosk}.request")

    def requests(self) -> list[bytes]:
        """Open pairing requests, newest first; only so many are looked at."""
        with _reachable():
            place = self._present() / "pairing"
            names = [name for name in self._names(place) if name.endswith(".request")]
            aged = sorted(((_modified(place / name), name) for name in names), reverse=True)
        papers = (self._read(f"pairing/{name}", PAPER_LIMIT) for _, name in aged[:REQUEST_LIMIT])
        return [paper for paper in papers if paper is not None]

    def put_grant(self, kiosk: str, data: bytes) -> None:
        """Puts the grant for a kiosk and takes its request off the list."""
        with _reachable():
            self._present()
            place = self._folder("pairing")
            self._write(place / f"{kiosk}.grant", data)
            (place / f"{kiosk}.request").unlink(missing_ok=True)

    def read_grant(self, kiosk: str) -> bytes | None:
        """The grant for a kiosk, if there is one."""
        return self._read(f"pairing/{kiosk}.grant", PAPER_LIMIT)

    # --- how

    def _present(self) -> Path:
        """The folder's path, if it is a lobby folder; raises LobbyAway."""
        with _reachable():
            (self.path / "site.json").lstat()
        return self.path

    def _folder(self, *names: str) -> Path:
        """A folder inside, made with the lobby folder's own rights if it is not there: both accounts need them."""
        place = self.path
        for name in names:
            place = place / name
            if place.is_symlink():  # the other account must not lead our drafts elsewhere
                raise NotAFile(errno.ELOOP, "not a folder", str(place))
            if not place.is_dir():
                place.mkdir(exist_ok=True)
                if sys.platform != "win32":
                    place.chmod(self._rights())
        return place

    def _rights(self) -> int:
        return stat.S_IMODE(self.path.stat().st_mode) & 0o2770

    def _write(self, path: Path, data: bytes, by_way_of: Path | None = None) -> None:
        with _reachable():
            self._present()
            write_whole(path, data, by_way_of=by_way_of or self._folder("tmp"), mode=self._rights() & 0o660)

    def _deliver(self, box: str, kiosk: str, message: str, data: bytes) -> None:
        """Writes a message into a box's `tmp` and renames it into `new`."""
        with _reachable():
            self._present()
            tmp, new = self._folder(box, kiosk, "tmp"), self._folder(box, kiosk, "new")
            self._write(new / f"{message}{SUFFIX}", data, by_way_of=tmp)

    def _letters(self, box: str, kiosk: str, limit: int, unread: list[OSError]) -> Iterator[Taken]:
        """Messages in a box; what is none is set aside, and what vanishes meanwhile was another's to take."""
        place = self.path / box / kiosk / "new"
        for name in self._names(place):
            if not _NAME.fullmatch(name):
                continue
            with _reachable():
                try:
                    data = read_whole(place / name, limit)
                except FileNotFoundError:
                    continue
                except PermissionError as error:
                    unread.append(error)
                    continue
                except (NotAFile, TooLarge) as error:
                    self._bury(box, kiosk, name, "oversize" if isinstance(error, TooLarge) else "malformed")
                    continue
            yield Taken(kiosk, name, data)

    def _bury(self, box: str, kiosk: str, name: str, reason: str) -> None:
        with _reachable():
            self._present()
            dead = self._folder(box, kiosk, "dead")
            self._move(self.path / box / kiosk / "new" / name, dead / _buried(name, reason))

    def _move(self, source: Path, target: Path) -> None:
        with _reachable():
            self._present()
            try:
                move(source, target)
            except FileNotFoundError:
                self._present()  # gone because another console was quicker, or because everything is gone

    def _remove(self, path: Path) -> None:
        with _reachable():
            self._present()
            try:
                path.unlink(missing_ok=True)
            except PermissionError as error:
                # On Windows somebody else has it open, another console say: it is removed the next time it is taken.
                if getattr(error, "winerror", 0) != _SHARING_VIOLATION:
                    raise

    def _names(self, place: Path) -> list[str]:
        """What lies in a folder, in order; nothing if it has not been made yet."""
        with _reachable():
            self._present()
            try:
                return sorted(entry.name for entry in place.iterdir())
            except (FileNotFoundError, NotADirectoryError):
                return []

    def _read(self, name: str, limit: int) -> bytes | None:
        """A document's bytes; None if there is none, and nothing (which no reader accepts) if it is no plain file."""
        with _reachable():
            try:
                return read_whole(self._present() / name, limit)
            except FileNotFoundError:
                return None
            except (NotAFile, TooLarge):
                return b""

    def _sweep(self, tmp: Path) -> None:
        for draft in tmp.glob("*.tmp"):
            if time.time() - _modified(draft) > DRAFT_AGE_S:
                draft.unlink(missing_ok=True)


def _modified(path: Path) -> float:
    """When a file was last written, in seconds; 0 if it has gone meanwhile."""
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0


def _buried(name: str, reason: str) -> str:
    """The name of a dead letter, which carries the reason.

    Raises:
        ValueError: the reason is not a plain word.
    """
    if not _REASON.fullmatch(reason):
        raise ValueError("a reason is a word of small letters and underscores")
    return f"{name.removesuffix(SUFFIX)}~{reason}{SUFFIX}"


@contextmanager
def _reachable() -> Iterator[None]:
    """Turns the system's errors into `LobbyAway`."""
    try:
        yield
    except PermissionError as error:
        raise LobbyAway(Why.DENIED, str(error)) from error
    except OSError as error:
        raise LobbyAway(Why.FULL if error.errno in FULL else Why.AWAY, str(error)) from error
