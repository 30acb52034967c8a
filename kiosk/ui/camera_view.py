"""The live picture in an outline whose colour, pattern and sign all say how far the scan is."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from frontdesk.i18n import tr
from frontdesk.scanning.codes import Sighting
from kiosk.ui.look import Look
from kiosk.ui.pictures import Picture, round_pen

_OK, _FAIL, _WHITE = QColor("#0A5228"), QColor("#8A1F10"), QColor("#FFFFFF")  # on a photograph, not on a ground of ours
_AIM = 0.56  # the side of the aiming corners, as a share of the picture's height


class Aim(Enum):
    """How far the scan is; the value is the outline's colour role."""

    SEARCHING = "primary"
    FOUND = "ok"
    FAILED = "fail"


class CameraView(Picture):
    """Shows frames, mirrored as people expect of a picture of themselves."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Camera picture"))
        self._image = QImage()
        self._sightings: list[Sighting] = []
        self._held: list[Sighting] = []  # of the frame that was taken
        self._aim = Aim.SEARCHING
        self.setMinimumSize(280, 210)

    @property
    def sightings(self) -> list[Sighting]:
        """The codes in the frame that is shown."""
        return self._sightings

    def show_frame(self, image: QImage, sightings: list[Sighting]) -> None:
        """A frame and what is in it; once a code was taken the outline stays where it was."""
        self._image, self._sightings = image, sightings
        if sightings:
            self._held = sightings
        self.update()

    def show_aim(self, aim: Aim) -> None:
        """How far the scan is."""
        if aim is not self._aim:
            self._aim = aim
            self.update()

    def draw(self, p: QPainter, area: QRectF) -> None:
        look, r = self.look, self.look.radius("large")
        inner = area.adjusted(8, 8, -8, -8)
        clip = QPainterPath()
        clip.addRoundedRect(inner, r, r)
        p.save()
        p.setClipPath(clip)
        p.fillRect(inner, look.color("sunken"))
        target = self._target(inner)
        if not self._image.isNull():
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.save()
            p.translate(target.center().x() * 2, 0)
            p.scale(-1, 1)
            p.drawImage(target, self._image)
            p.restore()
        shown = self._held if self._aim is Aim.FOUND else self._sightings
        self._codes(p, target, shown)
        p.restore()
        self._outline(p, clip)
        if self._aim is not Aim.SEARCHING:
            self._sign(p, QPointF(inner.right() - 74, inner.top() + 74), 46)

    def _target(self, inner: QRectF) -> QRectF:
        """The frame's place: it covers the view, and what does not fit is cut off at the sides."""
        size = QSizeF(self._image.size()) if not self._image.isNull() else QSizeF(4, 3)
        scaled = size.scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRectF(QPointF(0, 0), scaled)
        target.moveCenter(inner.center())
        return target

    def _outline(self, p: QPainter, clip: QPainterPath) -> None:
        searching = self._aim is Aim.SEARCHING
        pen = QPen(self.look.color(self._aim.value), 10 if searching else 16)
        if searching:
            pen.setDashPattern([3, 1.6])
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPath(clip)

    def _codes(self, p: QPainter, target: QRectF, shown: list[Sighting]) -> None:
        """A closed outline around every code that was read; aiming corners while there is none."""
        p.setBrush(Qt.BrushStyle.NoBrush)
        if not shown:
            self._corners(p, target)
            return
        colour = _FAIL if self._aim is Aim.FAILED else _OK
        for sighting in shown:
            points = [
                QPointF(target.right() - x * target.width(), target.top() + y * target.height())
                for x, y in sighting.corners
            ]
            outline = _grown(points, 1.25)
            for width, ink in ((16, _WHITE), (9, colour)):
                p.setPen(round_pen(ink, width))
                p.drawPolygon(outline)

    def _corners(self, p: QPainter, target: QRectF) -> None:
        """Where to hold the code: four corners, white with a dark edge."""
        area = QRectF(self.rect())
        side = min(target.height(), area.width(), area.height()) * _AIM
        box = QRectF(0, 0, side, side)
        box.moveCenter(area.center())
        arm = side * 0.24
        for width, ink in ((11, QColor(0, 0, 0, 170)), (6, _WHITE)):
            p.setPen(round_pen(ink, width))
            for corner, sx, sy in (
                (box.topLeft(), 1, 1),
                (box.topRight(), -1, 1),
                (box.bottomLeft(), 1, -1),
                (box.bottomRight(), -1, -1),
            ):
                p.drawPolyline([corner + QPointF(sx * arm, 0), corner, corner + QPointF(0, sy * arm)])

    def _sign(self, p: QPainter, c: QPointF, r: float) -> None:
        """A tick or an exclamation mark: the colour alone is never the message."""
        found = self._aim is Aim.FOUND
        p.setPen(QPen(_WHITE, r * 0.14))
        p.setBrush(_OK if found else _FAIL)
        p.drawEllipse(c, r, r)
        p.setPen(round_pen(_WHITE, r * 0.22))
        if found:
            p.drawPolyline(
                [c + QPointF(-r * 0.42, 0), c + QPointF(-r * 0.1, r * 0.34), c + QPointF(r * 0.46, -r * 0.34)]
            )
        else:
            p.drawLine(c + QPointF(0, -r * 0.5), c + QPointF(0, r * 0.12))
            p.drawPoint(c + QPointF(0, r * 0.5))


def _grown(points: list[QPointF], factor: float) -> QPolygonF:
    """The shape made larger around its middle."""
    middle = QPointF(sum(point.x() for point in points), sum(point.y() for point in points)) / len(points)
    return QPolygonF([middle + (point - middle) * factor for point in points])
