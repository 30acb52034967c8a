"""The site map: a few plain shapes, one strong path, words large enough for a metre away.

Everything is painted in the widget's own pixels, so that type and lines keep their size on every panel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from frontdesk import i18n
from frontdesk.i18n import tr
from frontdesk.lobby.bulletin import Area, Point, Shape, SiteMap
from kiosk.ui.look import Look
from kiosk.ui.parts import FLOOR_PX
from kiosk.ui.pictures import Picture, round_pen

_SIDE, _ENDS = 26.0, 46.0  # px beside the map, and above and below it, where names hang over
_REFERENCE_PX = 640.0  # the map's height at which lines have their plain widths


class SiteMapView(Picture):
    """Ground, water, roads and houses, then the way from the lobby drawn over all of it."""

    def __init__(self, look: Look, site_map: SiteMap, area: Area) -> None:
        goal = area.name.spoken(i18n.language())
        super().__init__(look, tr("Map: the way from here to {place}", place=goal))
        self._map, self._area, self._goal = site_map, area, goal
        self._scale, self._origin, self._unit = 1.0, QPointF(), 1.0
        self._taken: list[QRectF] = []  # where words stand already
        self.setMinimumSize(320, 240)

    def draw(self, p: QPainter, area: QRectF) -> None:
        look = self.look
        self._fit(area)
        clip = QPainterPath()
        clip.addRoundedRect(area.adjusted(1, 1, -1, -1), look.radius("large"), look.radius("large"))
        p.setClipPath(clip)
        p.fillRect(area, look.color("ground"))
        for kind, paint in (("green", self._green), ("water", self._water), ("road", self._road)):
            for shape in self._of(kind):
                paint(p, shape)
        goal = self._goal_building()
        for shape in self._of("building"):
            self._building(p, shape, shape is goal)
        for shape in self._of("gate"):
            self._gate(p, shape)
        self._names(p, goal)
        self._way(p)
        self._north(p, area)
        self._marks(p, area)
        p.setClipping(False)
        p.setPen(QPen(look.color("edge"), look.stroke))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPath(clip)

    # -- geometry ----------------------------------------------------------------------------------------------------

    def _fit(self, area: QRectF) -> None:
        room = area.adjusted(_SIDE, _ENDS, -_SIDE, -_ENDS)
        size = self._map.size
        self._scale = min(room.width() / max(size.x, 1.0), room.height() / max(size.y, 1.0))
        self._origin = room.center() - QPointF(size.x, size.y) * (self._scale / 2)
        self._unit = min(1.3, max(0.62, size.y * self._scale / _REFERENCE_PX))
        self._taken = []

    def _at(self, point: Point) -> QPointF:
        return self._origin + QPointF(point.x, point.y) * self._scale

    def _points(self, points: Sequence[Point]) -> list[QPointF]:
        return [self._at(point) for point in points]

    def _of(self, kind: str) -> list[Shape]:
        return [shape for shape in self._map.shapes if shape.kind == kind and shape.points]

    def _goal_building(self) -> Shape | None:
        """The house that the area's point lies in, or the nearest one to it that is close."""
        goal = self._at(self._area.point)
        near, best = None, 60.0 * self._unit
        for shape in self._of("building"):
            polygon = QPolygonF(self._points(shape.points))
            if polygon.containsPoint(goal, Qt.FillRule.OddEvenFill):
                return shape
            away = min(_distance(goal, point) for point in _along(polygon))
            if away < best:
                near, best = shape, away
        return near

    # -- shapes ------------------------------------------------------------------------------------------------------

    def _green(self, p: QPainter, shape: Shape) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self.look.color("leaf", 0.0 if self.look.high_contrast else 0.35))
        p.drawPath(_closed(self._points(shape.points), 24 * self._unit))

    def _water(self, p: QPainter, shape: Shape) -> None:
        look = self.look
        p.setPen(QPen(look.color("ink" if look.high_contrast else "surface"), 4))
        p.setBrush(look.color("water"))
        p.drawPath(_closed(self._points(shape.points), 60 * self._unit))

    def _road(self, p: QPainter, shape: Shape) -> None:
        p.setBrush(Qt.BrushStyle.NoBrush)
        path = rounded(self._points(shape.points), 50 * self._unit)
        for width, role in ((44, "line"), (38, "road")):
            if not (self.look.high_contrast and role == "line"):
                p.setPen(round_pen(self.look.color(role), width * self._unit))
                p.drawPath(path)

    def _building(self, p: QPainter, shape: Shape, goal: bool) -> None:
        """A house seen from above at a slant: shadow, side, roof. The goal is filled with the primary colour."""
        look, roof = self.look, QPolygonF(self._points(shape.points))
        p.setPen(QPen(look.color("ink"), 3) if look.high_contrast else QPen(Qt.PenStyle.NoPen))
        if not look.high_contrast:
            depth = QPointF(0, 12 * self._unit)
            p.setBrush(look.color("roof", 0.14))
            p.drawPolygon(roof.translated(QPointF(13, 20) * self._unit))
            p.setBrush(look.color("primary").darker(150) if goal else look.color("block_side"))
            for one, other in zip(roof, [*list(roof)[1:], roof[0]], strict=True):
                p.drawPolygon(QPolygonF([one, other, other + depth, one + depth]))
        p.setBrush(look.color("primary" if goal else "block"))
        p.drawPolygon(roof)

    def _gate(self, p: QPainter, shape: Shape) -> None:
        """Two posts and a beam."""
        at = QPolygonF(self._points(shape.points)).boundingRect().center()
        u = self._unit
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self.look.color("roof"))
        for x in (-32, 20):
            p.drawRect(QRectF(at.x() + x * u, at.y() - 22 * u, 12 * u, 40 * u))
        beam = ((-44, -20), (-32, -36), (32, -36), (44, -20))
        p.drawPolygon(QPolygonF([at + QPointF(x, y) * u for x, y in beam]))

    def _names(self, p: QPainter, goal: Shape | None) -> None:
        language = i18n.language()
        for shape in self._map.shapes:
            name = shape.name.spoken(language)
            if not name or not shape.points or shape.kind == "road":
                continue
            box = QPolygonF(self._points(shape.points)).boundingRect()
            if shape.kind == "gate":
                self._word(p, name, QPointF(box.center().x(), box.center().y() + 36 * self._unit), 400.0, "ink")
            else:
                tone = "on_primary" if shape is goal else "ink"
                self._word(p, name, box.center(), box.width(), tone, bold=shape.kind == "building")

    def _word(self, p: QPainter, text: str, middle: QPointF, room: float, tone: str, *, bold: bool = False) -> None:
        """A name, as large as its house allows; one that does not fit even small runs over its edges."""
        px = max(FLOOR_PX, int(34 * self._unit))
        while px > FLOOR_PX and QFontMetricsF(self.look.font(px, bold)).horizontalAdvance(text) > room - 12:
            px -= 1
        font = self.look.font(px, bold)
        metrics = QFontMetricsF(font)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 4, metrics.height())
        box.moveCenter(middle)
        p.setFont(font)
        p.setPen(self.look.color(tone))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        self._taken.append(box)

    # -- the way -----------------------------------------------------------------------------------------------------

    def _path(self) -> QPainterPath:
        points = self._points(self._area.way.points)
        if len(points) < 2:
            points = [self._at(self._map.here), self._at(self._area.point)]
        return rounded(points, 34 * self._unit)

    def _way(self, p: QPainter) -> None:
        """The path: light casing, strong line, arrows along it."""
        look, way, u = self.look, self._path(), self._unit
        casing = look.color("bg" if look.high_contrast else "surface")
        p.setBrush(Qt.BrushStyle.NoBrush)
        for width, colour in ((28, casing), (17, look.color("route"))):
            p.setPen(round_pen(colour, width * u))
            p.drawPath(way)
        p.setPen(QPen(casing, 4.2 * u))
        length, at = way.length(), 44.0 * u
        while at < length - 30 * u:
            share = way.percentAtLength(at)
            p.save()
            p.translate(way.pointAtPercent(share))
            p.rotate(-way.angleAtPercent(share))
            p.drawPolyline([QPointF(-5, -6) * u, QPointF(3, 0) * u, QPointF(-5, 6) * u])
            p.restore()
            at += 34 * u

    def _marks(self, p: QPainter, area: QRectF) -> None:
        """Numbers that match the steps in words, the start and the goal."""
        look, u, way = self.look, self._unit, self._path()
        here, goal = way.pointAtPercent(0), way.pointAtPercent(1)
        samples = [way.pointAtPercent(step / 40) for step in range(41)]
        p.setFont(look.font(max(FLOOR_PX, int(31 * u)), bold=True))
        for number, point in enumerate(self._turns(way), 1):
            r = max(24.0 * u, 19.0)
            p.setPen(QPen(look.color("surface"), 4))
            p.setBrush(look.color("ink"))
            box = QRectF(point.x() - r, point.y() - r, 2 * r, 2 * r)
            p.drawEllipse(box)
            p.setPen(look.color("bg"))
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
            self._taken.append(box)
        for point, hole in ((here, True), (goal, False)):
            p.setPen(QPen(look.color("bg"), 5 * u))
            p.setBrush(look.color("route"))
            p.drawEllipse(point, 20 * u, 20 * u)
            if hole:
                p.setPen(Qt.PenStyle.NoPen)
                p.setBrush(look.color("bg"))
                p.drawEllipse(point, 7 * u, 7 * u)
        self._plate(p, area, goal, samples, self._goal, "route", "bg" if look.high_contrast else "surface")
        self._plate(p, area, here, samples, tr("You are here"), "ink", "bg")

    def _turns(self, way: QPainterPath) -> list[QPointF]:
        """Where the steps of the way begin: at its corners, else evenly along it."""
        steps = len(self._area.way.steps(i18n.language()))
        corners = self._points(self._area.way.points)[1:-1]
        marks: list[QPointF] = []
        for number in range(steps):
            share = number / steps + min(0.5 / steps, 52 * self._unit / max(way.length(), 1.0)) * (number == 0)
            even = way.pointAtPercent(share)
            close = [corner for corner in corners if _distance(corner, even) < way.length() * 0.14]
            mark = min(close, key=lambda corner: _distance(corner, even)) if close and number else even
            if mark in corners:
                corners.remove(mark)
            marks.append(mark)
        return marks

    def _plate(
        self, p: QPainter, area: QRectF, at: QPointF, samples: list[QPointF], text: str, ground: str, ink: str
    ) -> None:
        """A word on a plate, beside its point where it covers the least."""
        u = self._unit
        font = self.look.font(max(FLOOR_PX, int(33 * u)), bold=True)
        metrics = QFontMetricsF(font)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 32, metrics.height() + 14)
        away_x, away_y = box.width() / 2 + 32 * u, box.height() / 2 + 32 * u
        inside = area.adjusted(10, 10, -10, -10)
        best, least = box, math.inf
        for dx, dy in ((0, 1), (0, -1), (1, 0), (-1, 0), (0.7, 1), (-0.7, 1), (0.7, -1), (-0.7, -1), (0, -2), (0, 2)):
            box.moveCenter(at + QPointF(dx * away_x, dy * away_y))
            moved = _pushed_inside(box, inside)
            cost = 40.0 * sum(moved.contains(point) for point in samples) + abs(dx) + abs(dy)
            cost += sum(_overlap(moved, taken) for taken in self._taken)
            if cost < least:
                best, least = moved, cost
        self._taken.append(best)
        p.setPen(QPen(self.look.color("bg"), 4))
        p.setBrush(self.look.color(ground))
        p.drawRoundedRect(best, 14, 14)
        p.setPen(self.look.color(ink))
        p.setFont(font)
        p.drawText(best, Qt.AlignmentFlag.AlignCenter, text)

    def _north(self, p: QPainter, area: QRectF) -> None:
        """Which way is north: up."""
        x, y = area.right() - 44, area.top() + 26
        p.setPen(QPen(self.look.color("ink"), 4))
        p.drawLine(QPointF(x, y), QPointF(x, y + 42))
        p.drawPolyline([QPointF(x - 10, y + 16), QPointF(x, y), QPointF(x + 10, y + 16)])
        p.setFont(self.look.font(FLOOR_PX))
        p.drawText(QRectF(x - 30, y + 44, 60, 36), Qt.AlignmentFlag.AlignCenter, tr("N"))
        self._taken.append(QRectF(x - 24, y - 4, 48, 84))


def rounded(points: Sequence[QPointF], radius: float) -> QPainterPath:
    """A line through the points with its corners rounded."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, _distance(before, corner) / 2, _distance(after, corner) / 2)
        path.lineTo(_towards(corner, before, r))
        path.quadTo(corner, _towards(corner, after, r))
    path.lineTo(points[-1])
    return path


def _closed(points: list[QPointF], radius: float) -> QPainterPath:
    """A filled shape with its corners rounded."""
    middle = (points[-1] + points[0]) / 2
    path = rounded([middle, *points, middle], radius)
    path.closeSubpath()
    return path


def _towards(start: QPointF, end: QPointF, by: float) -> QPointF:
    length = _distance(start, end)
    return start + (end - start) * (by / length) if length else start


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _along(polygon: QPolygonF) -> list[QPointF]:
    """Points along the outline."""
    corners = list(polygon)
    return [
        one + (other - one) * (step / 8)
        for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)
        for step in range(8)
    ]


def _pushed_inside(box: QRectF, area: QRectF) -> QRectF:
    moved = QRectF(box)
    moved.moveLeft(min(max(box.left(), area.left()), area.right() - box.width()))
    moved.moveTop(min(max(box.top(), area.top()), area.bottom() - box.height()))
    return moved


def _overlap(one: QRectF, other: QRectF) -> float:
    """How much of a word is covered, in plain points that weigh against those of the path."""
    both = one.intersected(other)
    return both.width() * both.height() / 50.0 if not both.isEmpty() else 0.0
