"""Stores for the tests, on both backends: an encrypted file, and an empty database on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from frontdesk.storage import sites
from frontdesk.storage.database import WAIT_MS, Store
from frontdesk.storage.keystore import KeyStore
from frontdesk.storage.sites import NewSite, OpenSite

KEY = bytes(range(32))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store is: a folder with an empty database of ours in it, or an empty database on the server."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_dsn"))
    Store.create(tmp_path, KEY).close()
    return tmp_path / "frontdesk.db"


@pytest.fixture
def connect(place: Path | str) -> Iterator[Callable[..., Store]]:
    """Opens one more connection to the same place, as another process would."""
    opened: list[Store] = []

    def one_more(wait_ms: int = WAIT_MS) -> Store:
        open_it: Callable[..., Store] = Store.open if isinstance(place, str) else Store.open_copy
        opened.append(open_it(place, KEY, wait_ms=wait_ms))
        return opened[-1]

    yield one_more
    for store in opened:
        store.close()


@pytest.fixture
def store(connect: Callable[..., Store]) -> Store:
    """An open store on each backend."""
    return connect()


@pytest.fixture
def other(connect: Callable[..., Store]) -> Store:
    """A second connection to the same database."""
    return connect()


@pytest.fixture
def keystore(tmp_path: Path) -> KeyStore:
    """An account's keys, in files."""
    return KeyStore(tmp_path / "account" / "keys", keyring=False)


@pytest.fixture
def new_site(tmp_path: Path, keystore: KeyStore) -> NewSite:
    """A site in `<tmp>/data/live`."""
    return sites.create_site(tmp_path / "data" / "live", keystore)


@pytest.fixture
def site(tmp_path: Path, keystore: KeyStore, new_site: NewSite) -> Iterator[OpenSite]:
    """That site, open."""
    opened = sites.open_site(tmp_path / "data" / "live", keystore)
    yield opened
    opened.close()
