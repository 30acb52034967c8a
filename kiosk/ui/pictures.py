"""Pictures painted in code: the community's mark, countdowns, how to hold a phone, the desk."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit import qr
from kiosk.ui.look import Look
from kiosk.ui.parts import FLOOR_PX, draw_bold


class Picture(QWidget):
    """A widget that paints itself out of one look."""

    def __init__(self, look: Look, name: str = "") -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(p, QRectF(self.rect()))
        p.end()

    def draw(self, p: QPainter, area: QRectF) -> None:
        """Paints into the area."""
        raise NotImplementedError


def round_pen(colour: QColor, width: float) -> QPen:
    """A pen with round ends and joints."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


class Crest(Picture):
    """The product's mark: a moon gate over water."""

    def __init__(self, look: Look, px: int) -> None:
        super().__init__(look)
        self.setFixedSize(px, px)

    def draw(self, p: QPainter, area: QRectF) -> None:
        s = area.width()
        p.setPen(round_pen(self.look.color("primary"), s * 0.075))
        p.drawArc(QRectF(s * 0.1, s * 0.06, s * 0.8, s * 0.8), -40 * 16, 260 * 16)
        for line, (x, w) in enumerate(((0.16, 0.68), (0.3, 0.4))):
            y = s * (0.74 + line * 0.15)
            wave = QPainterPath(QPointF(s * x, y))
            wave.cubicTo(
                QPointF(s * (x + w * 0.3), y - s * 0.09),
                QPointF(s * (x + w * 0.7), y + s * 0.09),
                QPointF(s * (x + w), y),
            )
            p.drawPath(wave)


class Ring(Picture):
    """A countdown as a ring with its number inside: said twice, in shape and in figures."""

    def __init__(self, look: Look, px: int, unit: str = "") -> None:
        super().__init__(look)
        self._unit, self._seconds, self._share = unit, 0, 1.0
        self.setFixedSize(px, px)

    def show_left(self, seconds: int, share: float) -> None:
        """Seconds to be read, and how much of the ring is left, 0 to 1."""
        if (seconds, share) != (self._seconds, self._share):
            self._seconds, self._share = seconds, share
            self.setAccessibleName(tr("{n} seconds", n=seconds))
            self.update()

    def draw(self, p: QPainter, area: QRectF) -> None:
        look, w = self.look, area.width() * 0.075
        box = area.adjusted(w, w, -w, -w)
        p.setPen(QPen(look.color("line"), w))
        p.drawEllipse(box)
        p.setPen(round_pen(look.color("primary"), w))
        p.drawArc(box, 90 * 16, int(360 * 16 * self._share))
        p.setPen(look.color("ink"))
        p.setFont(look.font(int(area.width() * 0.36), bold=True))
        lift = area.height() * (0.08 if self._unit else 0)
        draw_bold(p, area.adjusted(0, -lift, 0, -lift), int(Qt.AlignmentFlag.AlignCenter), str(self._seconds))
        if self._unit:
            p.setFont(look.font(max(FLOOR_PX, int(area.width() * 0.12)), bold=True))
            p.drawText(area.adjusted(0, area.height() * 0.47, 0, 0), Qt.AlignmentFlag.AlignCenter, self._unit)


class Hint(Picture):
    """How to hold a code, as a picture: how far, how bright, how still."""

    DISTANCE, BRIGHT, STEADY = "distance", "bright", "steady"

    def __init__(self, look: Look, kind: str) -> None:
        super().__init__(look)
        self._kind = kind
        self.setMinimumHeight(84)

    def draw(self, p: QPainter, area: QRectF) -> None:
        scale = min(area.height() / 100, area.width() / 170)
        p.translate(area.center())
        p.scale(scale, scale)
        if self._kind == self.DISTANCE:
            self._distance(p)
            return
        self._phone(p, QRectF(-27, -46, 54, 92), code=True)
        p.setPen(round_pen(self.look.color("primary"), 5))
        for side in (-1, 1):
            if self._kind == self.BRIGHT:
                for x1, y1, x2, y2 in ((44, -26, 60, -34), (46, 0, 64, 0), (44, 26, 60, 34)):
                    p.drawLine(QPointF(side * x1, y1), QPointF(side * x2, y2))
            else:
                p.drawPolyline([QPointF(side * 62, -12), QPointF(side * 44, 0), QPointF(side * 62, 12)])

    def _distance(self, p: QPainter) -> None:
        """The panel, what it sees, and the phone a hand away."""
        look = self.look
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(look.color("primary"))
        p.drawRoundedRect(QRectF(-74, -46, 22, 92), 8, 8)
        p.setBrush(look.color("surface"))
        p.drawEllipse(QPointF(-57, 0), 6, 6)
        p.setBrush(look.color("primary", 0.18))
        p.drawPolygon([QPointF(-52, 0), QPointF(44, -36), QPointF(44, 36)])
        self._phone(p, QRectF(44, -38, 12, 76), code=False)
        p.setPen(QPen(look.color("ink"), 3))
        p.drawLine(QPointF(-46, 44), QPointF(38, 44))
        for x, d in ((-46, 6), (38, -6)):
            p.drawPolyline([QPointF(x + d, 38), QPointF(x, 44), QPointF(x + d, 50)])

    def _phone(self, p: QPainter, box: QRectF, *, code: bool) -> None:
        p.setPen(QPen(self.look.color("ink"), 3))
        p.setBrush(self.look.color("ink"))
        p.drawRoundedRect(box, 6, 6)
        if code:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor("#FFFFFF"))
            p.drawRoundedRect(box.adjusted(4, 5, -4, -5), 3, 3)
            qr.paint(p, QRectF(-18, -22, 36, 36), "HOLD", quiet=0)


class DeskPicture(Picture):
    """The desk with a bell and a person behind it."""

    def draw(self, p: QPainter, area: QRectF) -> None:
        look, k = self.look, min(area.width() / 520, area.height() / 460)
        plain = Qt.PenStyle.NoPen
        p.translate(area.center())
        p.scale(k, k)
        p.setPen(QPen(look.color("ink"), 4) if look.high_contrast else plain)
        for role, shape in (
            ("soft", ("ellipse", QRectF(-220, -230, 440, 440))),
            ("block_side", ("ellipse", QRectF(-50, -138, 100, 108))),
            ("leaf_dark", ("round", QRectF(-90, -24, 180, 160))),
            ("primary", ("slab", QRectF(-240, 62, 480, 34))),
            ("block", ("rect", QRectF(-216, 96, 432, 112))),
        ):
            p.setBrush(look.color(role))
            self._shape(p, *shape)
        p.setBrush(look.color("gold"))
        p.drawChord(QRectF(126, 14, 76, 96), 0, 180 * 16)
        p.drawEllipse(QPointF(164, 10), 8, 8)

    def _shape(self, p: QPainter, kind: str, box: QRectF) -> None:
        if kind == "ellipse":
            p.drawEllipse(box)
        elif kind == "rect":
            p.drawRect(box)
        else:
            radius = 70 if kind == "round" else 12
            p.drawRoundedRect(box, radius, radius)
