"""A real site for every service test, on both kinds of database, and a small community on a clock that stands still."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.services import site_start
from frontdesk.services.site import Site, open_site
from frontdesk.storage import sitefile, sites
from frontdesk.storage.keystore import KeyStore
from tests.services import house_kit
from tests.services.house_kit import House
from tests.services.lobby_kit import Clock
from tests.support.postgres import Server

Connect = Callable[[], Site]

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, ten in the morning at the site


@dataclass(frozen=True)
class Mould:
    """A new site that was made once; tests get copies of it, because making one takes long on purpose."""

    folder: Path
    keys: Path
    server: Server | None = None
    database: str = ""

    @contextmanager
    def cast(self, folder: Path) -> Iterator[None]:
        """A copy of the site in a folder, with a database of its own; gone from the server afterwards."""
        shutil.copytree(self.folder, folder)
        if self.server is None:
            yield
            return
        import psycopg

        name = f"cast_{uuid.uuid4().hex}"
        with psycopg.connect(self.server.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self.database}")
            try:
                sitefile.write(folder, replace(sitefile.read(folder), dsn=self.server.dsn(name)))
                yield
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def mould(folder: Path, dsn: str = "", server: Server | None = None) -> Mould:
    """Makes the site to copy."""
    keystore = KeyStore(folder / "keys", keyring=False)
    sites.create_site(folder / "live", keystore, dsn=dsn)
    site = open_site(folder / "live", keystore)
    with site.store.write() as unit:
        site_start.start(unit, "云杉苑", "云杉物业", practice=False, today=NOW.date())
    site.close()
    return Mould(folder / "live", folder / "keys", server, dsn.partition("@/")[2].partition("?")[0])


@pytest.fixture(scope="session")
def file_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """A site on the embedded database."""
    return mould(tmp_path_factory.mktemp("mould"))


@pytest.fixture(scope="session")
def server_mould(tmp_path_factory: pytest.TempPathFactory, postgres_server: Server) -> Iterator[Mould]:
    """A site on the server."""
    with postgres_server.database() as dsn:
        yield mould(tmp_path_factory.mktemp("mould"), dsn, postgres_server)


@pytest.fixture
def keystore(tmp_path: Path) -> KeyStore:
    """The keys of the account that runs the test; `connect` puts its site's among them."""
    return KeyStore(tmp_path / "keys", keyring=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def connect(request: pytest.FixtureRequest, tmp_path: Path, keystore: KeyStore) -> Iterator[Connect]:
    """Opens the same new site once more, as another desk would."""
    made: Mould = request.getfixturevalue("server_mould" if request.param == "postgresql" else "file_mould")
    folder = tmp_path / "machine" / "sites" / "live"
    shutil.copytree(made.keys, tmp_path / "keys")
    opened: list[Site] = []

    def one_more() -> Site:
        opened.append(open_site(folder, keystore))
        return opened[-1]

    with made.cast(folder):
        yield one_more
        for site in opened:
            site.close()


@pytest.fixture
def site(connect: Connect) -> Site:
    """An open site with its departments and components, and nobody in it."""
    return connect()


@pytest.fixture
def clock() -> Clock:
    """Monday, ten in the morning at the site, until the test moves it."""
    return Clock(NOW)


@pytest.fixture
def house(site: Site, clock: Clock) -> House:
    """A small community with a receptionist."""
    return house_kit.furnish(site, clock)
