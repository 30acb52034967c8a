"""Blobs: stored once, unreadable without the key, and never returned other than they were put."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.storage import models as m
from frontdesk.storage.blobs import Blobs
from frontdesk.storage.errors import BlobDamaged, FolderNotWritable
from frontdesk.storage.sites import OpenSite

PDF = b"%PDF-1.7 " + "服务工作单 王小明".encode()


def test_what_was_put_comes_back(site: OpenSite) -> None:
    name = site.blobs.put(PDF, "application/pdf")
    assert (site.blobs.get(name), site.blobs.media(name)) == (PDF, "application/pdf")
    assert site.blobs.get(site.blobs.put(b"", "image/png")) == b""


def test_the_same_is_stored_once_and_tells_nothing(site: OpenSite) -> None:
    name = site.blobs.put(PDF, "application/pdf")
    path = site.blobs.path(name)
    before = path.read_bytes()  # would be another nonce, were it written again
    assert site.blobs.put(PDF, "application/pdf") == name
    assert path.read_bytes() == before
    assert PDF not in path.read_bytes()
    assert Blobs(site.folder / "blobs", bytes(32)).put(PDF, "application/pdf") != name
    assert not list(site.blobs.folder.rglob("*.new"))


@pytest.mark.parametrize("place", [0, 24, 40, -1])
def test_a_flipped_bit_is_noticed(site: OpenSite, place: int) -> None:
    path = site.blobs.path(name := site.blobs.put(PDF, "application/pdf"))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(BlobDamaged) as caught:
        site.blobs.get(name)
    assert caught.value.code == "blob_damaged"


def test_putting_it_again_mends_a_damaged_file(site: OpenSite) -> None:
    path = site.blobs.path(name := site.blobs.put(PDF, "application/pdf"))
    path.write_bytes(b"")
    assert site.blobs.put(PDF, "application/pdf") == name
    assert site.blobs.get(name) == PDF


def test_exchanged_files_are_noticed(site: OpenSite) -> None:
    one, two = (site.blobs.put(PDF + bytes([n]), "application/pdf") for n in (1, 2))
    site.blobs.path(one).write_bytes(site.blobs.path(two).read_bytes())
    with pytest.raises(BlobDamaged):
        site.blobs.get(one)


def test_a_missing_file_and_a_strange_name_are_told(site: OpenSite) -> None:
    with pytest.raises(BlobDamaged) as caught:
        site.blobs.get("0" * 64)
    assert caught.value.code == "blob_missing"
    for name in ("", "../../site.toml", "Z" * 64):
        with pytest.raises(BlobDamaged):
            site.blobs.get(name)


def test_a_folder_that_cannot_be_written_is_told(site: OpenSite) -> None:
    (site.folder / "file").write_bytes(b"")
    with pytest.raises(FolderNotWritable):
        Blobs(site.folder / "file", bytes(32)).put(PDF, "application/pdf")


def test_only_what_a_unit_keeps_is_listed(site: OpenSite) -> None:
    kept, stray = site.blobs.put(b"kept", "text/plain"), site.blobs.put(b"stray", "text/plain")
    with site.store.write() as unit:
        row = site.blobs.keep(unit, kept)
        assert site.blobs.keep(unit, kept) == row
        listed = [blob.name for blob in unit.all(m.Blob.select())]
        assert (listed, unit.get(m.Blob, row).size) == ([kept], 4)
    later = datetime.now(UTC) + timedelta(hours=1)
    assert site.blobs.strays(listed, later) == [stray]
    assert site.blobs.strays(listed, later - timedelta(days=1)) == []
    site.blobs.drop([stray])
    assert not site.blobs.path(stray).exists()


def test_putting_it_again_makes_it_young(site: OpenSite) -> None:
    path = site.blobs.path(name := site.blobs.put(PDF, "application/pdf"))
    os.utime(path, (0, 0))
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    assert site.blobs.strays([], an_hour_ago) == [name]
    site.blobs.put(PDF, "application/pdf")
    assert site.blobs.strays([], an_hour_ago) == []


def test_what_others_left_in_the_folder_is_no_stray_of_ours(site: OpenSite) -> None:
    path = site.blobs.path(site.blobs.put(PDF, "application/pdf"))
    for name in (f"{path.stem} (1).blob", f"{'0' * 64}.blob"):
        path.with_name(name).write_bytes(b"")
    assert site.blobs.strays([path.stem], datetime.now(UTC) + timedelta(hours=1)) == []
