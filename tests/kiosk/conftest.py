"""A kiosk on real files: folder, keys, desk, window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from frontdesk.qtkit.camera import Camera
from kiosk.desk import Desk
from tests.kiosk import scene
from tests.kiosk.lobby_site import LobbySite, paired_site
from tests.kiosk.scene import Kiosk, Lobby

PORTRAIT, LANDSCAPE, TABLET = (1080, 1920), (1920, 1080), (1280, 800)

Open = Callable[..., Kiosk]


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[tuple[Lobby, Desk]]:
    """A paired kiosk's files, with the bulletin out; whoever opens a window on them closes the desk."""
    lobby, desk = scene.paired_lobby(tmp_path)
    yield lobby, desk
    desk.close()


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[LobbySite, Desk]]:
    """A site and its paired desk, without a window."""
    site, desk = paired_site(tmp_path)
    yield site, desk
    desk.close()


@pytest.fixture
def open_kiosk(qapp: QApplication, lobby: tuple[Lobby, Desk]) -> Iterator[Open]:
    """Opens the kiosk's window; closed again afterwards."""
    opened: list[Kiosk] = []

    def open_(size: tuple[int, int] = PORTRAIT, camera: Camera | None = None, language: str = "en") -> Kiosk:
        kiosk = scene.opened(qapp, *lobby, size, camera, language)
        opened.append(kiosk)
        return kiosk

    yield open_
    for kiosk in opened:
        kiosk.window.close()
        kiosk.window.deleteLater()
        kiosk.conductor.deleteLater()
    qapp.setStyleSheet("")
