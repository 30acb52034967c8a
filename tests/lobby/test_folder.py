"""The lobby folder: whole files or none, away without loss, and other people's rubbish set aside."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from frontdesk.lobby import contract, files
from frontdesk.lobby.files import TooLarge
from frontdesk.lobby.folder import DeadLetter, LobbyAway, LobbyFolder, Taken, Why
from frontdesk.lobby.sealing import ConsoleKeys
from tests.lobby.samples import AT, prepare

KIOSK = "0123456789ABCDEF"
OTHER = "ZZZZZZZZZZZZZZZZ"
IDS = [contract.uuid7(AT + number, bytes(8)) for number in range(3)]
CONSOLE = ConsoleKeys.generate()
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights and no pipes in folders")


@pytest.fixture
def folder(tmp_path: Path) -> LobbyFolder:
    lobby = LobbyFolder(tmp_path / "lobby")
    prepare(lobby, CONSOLE)
    return lobby


def _everything(folder: LobbyFolder) -> set[str]:
    return {str(path.relative_to(folder.path)) for path in folder.path.rglob("*") if path.is_file()}


def test_messages_are_taken_in_order_and_stay_until_dropped(folder: LobbyFolder) -> None:
    for identifier in reversed(IDS):
        folder.put(KIOSK, identifier, identifier.encode())
    folder.put(OTHER, IDS[0], b"other")
    taken = list(folder.take())
    assert [(each.kiosk, each.id) for each in taken] == [(KIOSK, each) for each in IDS] + [(OTHER, IDS[0])]
    assert [each.data for each in taken][:3] == [each.encode() for each in IDS]
    assert list(folder.take()) == taken
    for each in taken:
        folder.drop(each)
        folder.drop(each)
    assert list(folder.take()) == []


def test_putting_a_message_twice_is_putting_it_once(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], b"one")
    folder.put(KIOSK, IDS[0], b"one")
    assert [each.data for each in folder.take()] == [b"one"]


def test_names_fit_every_file_system(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], b"one")
    folder.dead(next(folder.take()), "bad_signature")
    folder.put_beat(KIOSK, b"beat")
    folder.put_request(KIOSK, b"request")
    assert not [name for name in _everything(folder) if set(Path(name).name) & set('<>:"|?*\\')]


def test_a_folder_without_its_site_document_is_away_and_swallows_nothing(tmp_path: Path) -> None:
    mount_point = tmp_path / "lobby"
    mount_point.mkdir()
    lobby = LobbyFolder(mount_point)
    assert not lobby.available()
    for attempt in (
        lambda: lobby.put(KIOSK, IDS[0], b"x"),
        lambda: lobby.put_answer(KIOSK, IDS[0], b"x"),
        lambda: lobby.put_beat(KIOSK, b"x"),
        lambda: lobby.put_request(KIOSK, b"x"),
        lambda: lobby.put_grant(KIOSK, b"x"),
        lambda: lobby.publish(b"x"),
        lambda: list(lobby.take()),
        lambda: list(lobby.beats()),
        lambda: lobby.requests(),
        lambda: lobby.read_bulletin(),
        lambda: lobby.bulletin_stamp(),
        lambda: lobby.drop(Taken(KIOSK, f"{IDS[0]}.msg", b"")),
    ):
        with pytest.raises(LobbyAway) as away:
            attempt()
        assert away.value.why is Why.AWAY
    assert list(mount_point.iterdir()) == []


def test_a_folder_that_vanishes_between_two_steps_is_away(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], b"one")
    folder.put(KIOSK, IDS[1], b"two")
    taking = folder.take()
    first = next(taking)
    elsewhere = folder.path.rename(folder.path.with_name("elsewhere"))
    with pytest.raises(LobbyAway):
        folder.dead(first, "malformed")
    with pytest.raises(LobbyAway):
        folder.drop(first)
    elsewhere.rename(folder.path)
    assert [each.data for each in folder.take()] == [b"one", b"two"]


def test_what_another_console_took_first_is_no_trouble(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], b"one")
    folder.put(KIOSK, IDS[1], b"two")
    taking = folder.take()
    first = next(taking)
    for each in list(LobbyFolder(folder.path).take()):
        folder.drop(each)
    folder.dead(first, "malformed")
    assert list(taking) == []
    assert folder.dead_letters() == []


def test_dead_letters_keep_their_reason_and_can_be_tried_again(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], b"one")
    folder.dead(next(folder.take()), "unknown_version")
    assert list(folder.take()) == []
    (folder.path / "inbox" / KIOSK / "dead" / "Thumbs.db").write_bytes(b"x")
    assert folder.dead_letters() == [DeadLetter(KIOSK, f"{IDS[0]}.msg", "unknown_version")]
    folder.retry(folder.dead_letters()[0])
    assert [each.data for each in folder.take()] == [b"one"]
    assert folder.dead_letters() == []
    with pytest.raises(ValueError, match="reason"):
        folder.dead(next(folder.take()), "../../etc")


def test_what_is_no_message_is_not_taken(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], b"one")
    new = folder.path / "inbox" / KIOSK / "new"
    (new / "Thumbs.db").write_bytes(b"x")
    (new / ("-" * 36 + ".msg")).write_bytes(b"its age stands in its name, and must be readable there")
    (folder.path / "inbox" / "not a kiosk").mkdir()
    (folder.path / "inbox" / "desktop.ini").write_bytes(b"x")
    assert [each.data for each in folder.take()] == [b"one"]


def test_a_message_too_long_to_read_is_set_aside(folder: LobbyFolder) -> None:
    folder.put(KIOSK, IDS[0], bytes(contract.MESSAGE_LIMIT + 1))
    folder.put(KIOSK, IDS[1], bytes(contract.MESSAGE_LIMIT))
    assert [each.id for each in folder.take()] == [IDS[1]]
    assert [letter.reason for letter in folder.dead_letters()] == ["oversize"]


@posix
def test_links_folders_and_pipes_are_set_aside_unread(folder: LobbyFolder, tmp_path: Path) -> None:
    folder.put(KIOSK, contract.uuid7(0, bytes(8)), b"first")
    new = folder.path / "inbox" / KIOSK / "new"
    secret = tmp_path / "secret"
    secret.write_bytes(b"of the console")
    (new / f"{IDS[0]}.msg").symlink_to(secret)
    (new / f"{IDS[1]}.msg").mkdir()
    os.mkfifo(new / f"{IDS[2]}.msg")
    assert [each.data for each in folder.take()] == [b"first"]
    assert [letter.reason for letter in folder.dead_letters()] == ["malformed"] * 3
    (folder.path / "bulletin.json").symlink_to(secret)
    assert folder.read_bulletin() == b""
    assert secret.read_bytes() == b"of the console"


@posix
def test_a_link_in_place_of_a_folder_leads_nowhere(folder: LobbyFolder, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (private / "a.tmp").write_bytes(b"of the console")
    os.utime(private / "a.tmp", (0, 0))
    (folder.path / "tmp").rmdir()
    (folder.path / "tmp").symlink_to(private)
    with pytest.raises(LobbyAway):
        folder.publish(b"news")
    with pytest.raises(LobbyAway):
        prepare(folder, CONSOLE)
    assert [path.name for path in private.iterdir()] == ["a.tmp"]


def test_the_bulletin_is_replaced_and_its_stamp_shows_it(folder: LobbyFolder) -> None:
    assert folder.read_bulletin() is None
    assert folder.bulletin_stamp() is None
    folder.publish(b"first")
    stamp = folder.bulletin_stamp()
    folder.publish(b"other")
    assert folder.bulletin_stamp() != stamp
    assert folder.read_bulletin() == b"other"


def test_heartbeats_are_replaced_in_place(folder: LobbyFolder) -> None:
    folder.put_beat(KIOSK, b"one")
    folder.put_beat(KIOSK, b"two")
    folder.put_beat(OTHER, b"three")
    (folder.path / "state" / "notes.txt").write_bytes(b"x")
    assert [(beat.kiosk, beat.data) for beat in folder.beats()] == [(KIOSK, b"two"), (OTHER, b"three")]


def test_answers_wait_for_their_kiosk(folder: LobbyFolder) -> None:
    folder.put_answer(KIOSK, IDS[0], b"yes")
    assert list(folder.answers(OTHER)) == []
    answer = next(folder.answers(KIOSK))
    assert answer.data == b"yes"
    folder.dead_answer(answer, "malformed")
    folder.put_answer(KIOSK, IDS[1], b"no")
    folder.drop_answer(next(folder.answers(KIOSK)))
    assert list(folder.answers(KIOSK)) == []


def test_pairing_papers_find_their_way(folder: LobbyFolder) -> None:
    folder.put_request(KIOSK, b"request")
    folder.put_request(OTHER, b"another")
    assert folder.has_request(KIOSK)
    assert sorted(folder.requests()) == [b"another", b"request"]
    folder.put_grant(KIOSK, b"grant")
    folder.drop_request(OTHER)
    assert folder.read_grant(KIOSK) == b"grant"
    assert folder.read_grant(OTHER) is None
    assert folder.requests() == []


def test_preparing_again_keeps_everything_and_clears_old_drafts(folder: LobbyFolder) -> None:
    folder.publish(b"news")
    folder.put(KIOSK, IDS[0], b"one")
    old, fresh = folder.path / "tmp" / "a.tmp", folder.path / "tmp" / "b.tmp"
    for draft in (old, fresh):
        draft.write_bytes(b"x")
    os.utime(old, (0, 0))
    before = (folder.path / "site.json").stat().st_mtime_ns
    prepare(folder, CONSOLE)
    assert (folder.path / "site.json").stat().st_mtime_ns == before
    assert not old.exists()
    assert fresh.exists()
    assert folder.read_bulletin() == b"news"
    prepare(folder, ConsoleKeys.generate())
    assert [each.data for each in folder.take()] == [b"one"]


@posix
def test_the_folders_own_rights_are_handed_down(folder: LobbyFolder) -> None:
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    folder.path.chmod(0o2770)
    umask = os.umask(0o077)
    try:
        folder.put(KIOSK, IDS[0], b"one")
    finally:
        os.umask(umask)
    new = folder.path / "inbox" / KIOSK / "new"
    assert stat.S_IMODE(new.stat().st_mode) & 0o770 == 0o770
    assert stat.S_IMODE((new / f"{IDS[0]}.msg").stat().st_mode) == 0o660


@posix
def test_a_failed_write_leaves_nothing_behind(folder: LobbyFolder) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    folder.publish(b"first")
    before = _everything(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(LobbyAway) as away:
            folder.put(KIOSK, IDS[0], bytes(5000))
        with pytest.raises(LobbyAway):
            folder.publish(bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert away.value.why is Why.FULL
    assert _everything(folder) == before
    assert folder.read_bulletin() == b"first"


def test_a_file_is_read_up_to_its_limit_and_no_further(tmp_path: Path) -> None:
    path = tmp_path / "file"
    files.write_whole(path, b"12345")
    assert files.read_whole(path, 5) == b"12345"
    with pytest.raises(TooLarge):
        files.read_whole(path, 4)
