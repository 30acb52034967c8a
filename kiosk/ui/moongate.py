"""The welcome picture: a white garden wall with a tiled coping, and a round gate that opens on the community."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QLabel

from kiosk.ui.look import Look
from kiosk.ui.pictures import Picture


class MoonGate(Picture):
    """Words may be laid out on the wall; the gate takes the room that they leave."""

    def __init__(self, look: Look, *, below: bool) -> None:
        super().__init__(look)
        self._below = below  # the gate stands under the words, not beside them

    def draw(self, p: QPainter, area: QRectF) -> None:
        look = self.look
        clip = QPainterPath()
        clip.addRoundedRect(area.adjusted(1, 1, -1, -1), look.radius("large"), look.radius("large"))
        p.setClipPath(clip)
        p.fillRect(area, look.color("wall"))
        self._coping(p, area, min(area.height() * 0.075, 52.0))
        centre, r = self._gate(area)
        if r > 40:
            self._opening(p, centre, r)
        p.setClipping(False)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(look.color("line"), look.stroke))
        p.drawPath(clip)

    def _gate(self, area: QRectF) -> tuple[QPointF, float]:
        """Centre and radius that the words leave room for."""
        words = self.findChildren(QLabel)
        w, h, edge = area.width(), area.height(), 28
        if self._below:
            top = max((each.geometry().bottom() for each in words), default=0) + 24
            r = min(w * 0.44, (h - top - edge) / 2)
            return QPointF(w / 2, (top + h - edge) / 2), r
        left = max((each.x() + each.fontMetrics().horizontalAdvance(each.text()) for each in words), default=0) + 24
        left = min(left, w * 0.62)
        r = min(h * 0.4, (w - left - edge) / 2)
        return QPointF(w - edge - r, h * 0.54), r

    def _opening(self, p: QPainter, centre: QPointF, r: float) -> None:
        look = self.look
        gate = QPainterPath()
        gate.addEllipse(centre, r, r)
        p.save()
        p.setClipPath(gate, Qt.ClipOperation.IntersectClip)
        self._garden(p, centre, r)
        p.restore()
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(look.color("roof"), max(5.0, r * 0.055)))
        p.drawPath(gate)
        p.setPen(QPen(look.color("gold"), max(2.0, r * 0.012)))
        p.drawEllipse(centre, r * 0.945, r * 0.945)

    def _coping(self, p: QPainter, area: QRectF, h: float) -> None:
        """Roof tiles along the wall's top: a dark band with half-round ends."""
        if self.look.high_contrast:
            return
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self.look.color("roof"))
        p.drawRect(QRectF(area.x(), area.y(), area.width(), h * 0.62))
        step, x = h * 0.72, area.x()
        while x < area.right():
            p.drawEllipse(QPointF(x + step / 2, area.y() + h * 0.62), step * 0.4, step * 0.4)
            x += step
        p.setBrush(self.look.color("gold", 0.6))
        p.drawRect(QRectF(area.x(), area.y() + h * 0.2, area.width(), h * 0.07))

    def _garden(self, p: QPainter, c: QPointF, r: float) -> None:
        """Sky, houses, trees, pond and the path that leads in."""
        look = self.look
        sky = QLinearGradient(c.x(), c.y() - r, c.x(), c.y() + r * 0.4)
        sky.setColorAt(0, look.color("sky_top"))
        sky.setColorAt(1, look.color("sky_low"))
        p.fillRect(QRectF(c.x() - r, c.y() - r, 2 * r, 2 * r), sky)
        line = QPen(look.color("ink"), 3) if look.high_contrast else QPen(Qt.PenStyle.NoPen)
        p.setPen(line)
        p.setBrush(look.color("gold", 1.0 if look.high_contrast else 0.47))
        p.drawEllipse(QPointF(c.x() + r * 0.42, c.y() - r * 0.45), r * 0.16, r * 0.16)
        for x, w, top, role in (
            (-0.95, 0.42, -0.28, "block"),
            (-0.42, 0.36, -0.52, "block_side"),
            (0.05, 0.4, -0.3, "block"),
            (0.55, 0.5, -0.12, "block_side"),
        ):
            self._house(p, QRectF(c.x() + r * x, c.y() + r * top, r * w, r), role)
        p.setPen(line)
        p.setBrush(look.color("leaf_dark"))
        for x, y, s in ((-0.8, 0.3, 0.34), (0.82, 0.28, 0.36), (0.36, 0.3, 0.2)):
            p.drawEllipse(QPointF(c.x() + r * x, c.y() + r * y), r * s, r * s * 0.9)
        self._lawn(p, c, r)

    def _lawn(self, p: QPainter, c: QPointF, r: float) -> None:
        look = self.look

        def at(x: float, y: float) -> QPointF:
            return QPointF(c.x() + r * x, c.y() + r * y)

        p.setBrush(look.color("leaf"))
        lawn = QPainterPath(at(-1, 0.38))
        lawn.cubicTo(at(-0.3, 0.26), at(0.3, 0.48), at(1, 0.34))
        lawn.lineTo(at(1, 1))
        lawn.lineTo(at(-1, 1))
        p.drawPath(lawn)
        p.setBrush(look.color("water"))
        p.drawEllipse(QRectF(at(0.18, 0.5), at(0.8, 0.7)))
        p.setBrush(look.color("bg" if look.high_contrast else "sky_low"))
        way = QPainterPath(at(-0.5, 1))
        way.cubicTo(at(-0.3, 0.7), at(0.12, 0.62), at(-0.16, 0.37))
        way.lineTo(at(-0.08, 0.37))
        way.cubicTo(at(0.34, 0.62), at(0.02, 0.76), at(0.1, 1))
        p.drawPath(way)

    def _house(self, p: QPainter, box: QRectF, role: str) -> None:
        look = self.look
        p.setPen(QPen(look.color("ink"), 3) if look.high_contrast else QPen(Qt.PenStyle.NoPen))
        p.setBrush(look.color("bg" if look.high_contrast else role))
        p.drawRect(box)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(look.color("ink") if look.high_contrast else look.color("sky_low", 0.75))
        w = box.width() / 7
        for floor in range(4):
            for window in range(3):
                p.drawRect(QRectF(box.x() + w * (1 + 2 * window), box.y() + w * (1.2 + 2 * floor), w, w * 1.15))
