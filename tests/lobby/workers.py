"""Programs that the folder's tests start as processes of their own.

workers.py put FOLDER KEY ENVELOPE COUNT SIZE    puts messages as fast as it can, and says each id once it lies there
workers.py take FOLDER CONSOLE DONE...           takes until every DONE file is there and nothing is left
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from frontdesk.lobby import contract, sealing
from frontdesk.lobby.contract import CheckOut, DocumentField, LeavingBy, Message
from frontdesk.lobby.folder import LobbyFolder
from frontdesk.lobby.sealing import ConsoleKeys, KioskKeys, MonthKey


def put(folder: LobbyFolder, keys: KioskKeys, envelope: bytes, count: int, size: int) -> None:
    """Puts `count` messages with `size` bytes of portrait each."""
    month = MonthKey.generate("2026-11")
    last = ""
    for number in range(count):
        last = contract.uuid7(number, secrets.token_bytes(8), after=last)
        document = sealing.seal_document(
            "2026-11", month.public, last, {DocumentField.PORTRAIT: bytes(size)} if size else {}
        )
        body = CheckOut(last, None, f"A-{number:03d}", LeavingBy.NUMBER)
        message = Message(last, keys.kiosk, number, body, document)
        folder.put(keys.kiosk, last, sealing.seal_message(message, keys, envelope))
        print(last, flush=True)


def take(folder: LobbyFolder, keys: ConsoleKeys, publics: dict[str, bytes], done: list[Path]) -> None:
    """Opens, says and drops messages until the writers are done and nothing is left."""
    while True:
        finished = all(path.exists() for path in done)
        seen = 0
        for taken in folder.take():
            seen += 1
            message = sealing.open_message(taken.data, publics[taken.kiosk], keys)
            print(message.id, flush=True)
            folder.drop(taken)
        if finished and not seen:
            return


def main(command: str, folder: str, *rest: str) -> None:
    """Runs one worker."""
    lobby = LobbyFolder(Path(folder))
    if command == "put":
        key, envelope, count, size = rest
        put(lobby, KioskKeys(bytes.fromhex(key)), bytes.fromhex(envelope), int(count), int(size))
    else:
        signing, opening, publics, *done = rest
        known = {contract.kiosk_id(bytes.fromhex(public)): bytes.fromhex(public) for public in publics.split(",")}
        take(lobby, ConsoleKeys(bytes.fromhex(signing), bytes.fromhex(opening)), known, [Path(path) for path in done])


if __name__ == "__main__":
    main(*sys.argv[1:])
