"""A live site with the homes of the desk's day, on a console whose clock the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.domain.access import Role
from frontdesk.services import site_setup
from frontdesk.services.site import open_site
from frontdesk.services.site_setup import SiteKind, site_folder
from frontdesk.services.views import NewAccount
from frontdesk.ui.signin.sign_in import SignIn
from tests.acceptance.desk import Clock, Receptionist
from tests.acceptance.homes import furnish
from tests.ui import shell_kit
from tests.ui.conftest import WAIT_MS, forms_fonts, machine
from tests.ui.shell_kit import Mould

__all__ = ["forms_fonts", "machine"]

MORNING = "2026-11-23T08:50"


@pytest.fixture(scope="session")
def day_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """The site as it stands in the morning of the desk's day, to copy."""
    folder = tmp_path_factory.mktemp("day-mould")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTDESK_KEYS", str(folder / "keys"))
        admin = NewAccount(shell_kit.LOGIN, shell_kit.NAME, shell_kit.PASSWORD, Role.ADMINISTRATOR)
        clock = Clock(MORNING)
        site, code = site_setup.create_site(
            folder / "machine", SiteKind.LIVE, shell_kit.SITE_NAME, admin, clock=clock.now
        )
        furnish(site)
        site.close()
    return Mould(folder / "machine", folder / "keys", code)


@pytest.fixture
def desk(
    machine: Path, tmp_path: Path, day_mould: Mould, qtbot: QtBot, qapp: QApplication, forms_fonts: None
) -> Iterator[Receptionist]:
    """A receptionist at the console, signed in, in the morning of the desk's day."""
    day_mould.cast(machine, tmp_path / "keys")
    clock = Clock(MORNING)

    def wait(until: Callable[[], bool]) -> None:
        qtbot.waitUntil(until, timeout=WAIT_MS)

    other = open_site(site_folder(machine, SiteKind.LIVE), clock=clock.now)
    with shell_kit.console_on(machine, qapp, wait, SiteKind.LIVE, clock=clock.now) as stand:
        stand.window.resize(1280, 720)
        stand.wait_for(SignIn)
        stand.sign_in()
        yield Receptionist(stand, qapp, other, clock, tmp_path)
    other.close()
