"""A lobby to be looked at: the practice community's map and ways, codes of every kind, and a kiosk on real files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy
from PySide6.QtWidgets import QApplication

from frontdesk import paths
from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind
from frontdesk.lobby.bulletin import Area, Badge, Bulletin, Invitation, Point, Shape, SiteMap, Text, Way
from frontdesk.qtkit.camera import Camera
from frontdesk.qtkit.i18n import Languages
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.theme import Theme, load_faces
from frontdesk.scanning.frames import opencv
from frontdesk.services import sample_data
from kiosk.desk import Desk
from kiosk.ui.conductor import Conductor
from tests.kiosk.lobby_site import LobbySite
from tests.lobby.samples import AT, HOUR, TAG

GOAL = "b3s2"


def code(kind: CodeKind, number: int, tag: str = TAG) -> str:
    """One of many codes."""
    return codes.new(kind, tag, bytes([number] * 16))


GOOD = code(CodeKind.INVITATION, 1)
EARLY = code(CodeKind.INVITATION, 2)
EXPIRED = code(CodeKind.INVITATION, 3)
USED = code(CodeKind.INVITATION, 4)
UNKNOWN = code(CodeKind.INVITATION, 5)
ELSEWHERE = code(CodeKind.INVITATION, 6, "ZZZZ")
WORK_ORDER = code(CodeKind.WORK_ORDER, 7)
BADGE = code(CodeKind.BADGE, 8)


def _points(pairs: Any) -> tuple[Point, ...]:
    return tuple(Point(float(x), float(y)) for x, y in pairs)


def _area(place: sample_data.Place) -> Area:
    steps = [sample_data.STEPS[step] for step in place.steps]
    way = Way(
        _points(place.points),
        tuple(step[0] for step in steps),
        tuple(step[1] for step in steps),
        tuple(step[2] for step in steps),
        place.minutes,
    )
    return Area(place.code, Text(*place.names), _points(place.points)[-1], way)


def site_map() -> SiteMap:
    """The practice community, seen from above."""
    shapes = tuple(Shape(kind, Text(zh, en, zh), _points(points)) for kind, points, zh, en in sample_data.SHAPES)
    [size, here] = _points((sample_data.SIZE, sample_data.HERE))
    return SiteMap(size, here, shapes)


def invitation(begins: int, ends: int, uses: int = 0) -> Invitation:
    """Good from and until, in hours from now."""
    return Invitation(GOAL, AT + begins * HOUR, AT + ends * HOUR, 1, uses, 1)


class Lobby(LobbySite):
    """A site with a full bulletin."""

    def bulletin(self, issue: int = AT) -> Bulletin:
        invitations = {
            GOOD: invitation(-1, 5),
            EARLY: invitation(20, 24),
            EXPIRED: invitation(-9, -2),
            USED: invitation(-1, 5, uses=1),
        }
        return replace(
            super().bulletin(issue),
            site_name=Text("澄溪苑", "Clearbrook Court", "澄溪苑"),
            areas=tuple(_area(place) for place in sample_data.PLACES),
            map=site_map(),
            invitations={codes.digest(text): good for text, good in invitations.items()},
            badges={codes.digest(BADGE): Badge("B-014", AT + 3 * HOUR)},
        )


@dataclass
class Kiosk:
    """A running kiosk window on a lobby."""

    lobby: Lobby
    conductor: Conductor
    lanes: Lanes
    theme: Theme

    @property
    def window(self) -> Any:
        return self.conductor.window

    @property
    def state(self) -> Any:
        return self.conductor.state

    def now(self) -> datetime:
        return self.lobby.now


def paired_lobby(path: Path) -> tuple[Lobby, Desk]:
    """A lobby whose kiosk is paired, with its bulletin out."""
    lobby = Lobby(path)
    lobby.prepare()
    desk = lobby.desk()
    lobby.pair(desk)
    desk.pairing()
    lobby.publish()
    return lobby, desk


def opened(
    app: QApplication,
    lobby: Lobby,
    desk: Desk,
    size: tuple[int, int],
    camera: Camera | None = None,
    language: str = "en",
) -> Kiosk:
    """The kiosk's window, as the program puts it together."""
    load_faces(paths.built() / "fonts")
    resources = paths.resources()
    theme = Theme.load(
        resources / "kiosk_tokens.toml", resources / "kiosk.qss", "light", language=language, panel="portrait"
    )
    theme.apply(app)
    lanes = Lanes(app)
    conductor = Conductor(desk, camera, lanes, theme, Languages(app, theme), lambda: lobby.now, language)
    conductor.start()
    conductor.window.resize(*size)
    conductor.window.show()
    return Kiosk(lobby, conductor, lanes, theme)


def qr_picture(text: str, shape: tuple[int, int] = (480, 640), module_px: int = 5, shade: int = 150) -> Any:
    """A colour frame with a phone-like white card that shows the code."""
    import qrcode

    qr = qrcode.QRCode(border=4, box_size=1, error_correction=qrcode.constants.ERROR_CORRECT_M)
    qr.add_data(text)
    qr.make(fit=True)
    cells = numpy.kron(numpy.array(qr.get_matrix()), numpy.ones((module_px, module_px), dtype=bool))
    picture = empty_picture(shape, shade)
    top, left = (shape[0] - cells.shape[0]) // 2, (shape[1] - cells.shape[1]) // 2
    picture[top : top + cells.shape[0], left : left + cells.shape[1]] = numpy.where(cells, 25, 240)[:, :, None]
    return picture


def empty_picture(shape: tuple[int, int] = (480, 640), shade: int = 150) -> Any:
    """A lobby with nobody in it: a soft grey."""
    ramp = numpy.linspace(shade - 40, shade + 30, shape[1], dtype=numpy.uint8)
    return numpy.repeat(numpy.tile(ramp, (shape[0], 1))[:, :, None], 3, axis=2).copy()


def record(path: Path, pictures: list[Any], fps: float = 20.0) -> Path:
    """A recording in place of a camera."""
    cv2 = opencv()
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), fps, (width, height))
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return path


def show(folder: Path, picture: Any) -> None:
    """Puts the one picture of a folder in place, whole, for a feed that reads it again and again."""
    fresh = folder.with_suffix(".png")
    opencv().imwrite(str(fresh), picture)
    fresh.replace(folder / "0.png")
