"""The site map with the way from the lobby to an area, painted from plain numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.theme import Theme
from frontdesk.services.views import MapView

_ROAD_PX = 9
_WAY_PX = 3.5

Points = tuple[tuple[float, float], ...]


class WayMap(QWidget):
    """Fits the map into its width; the area at the way's end is the one that is marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._map: MapView | None = None
        self.setMinimumHeight(190)

    def show_map(self, view: MapView | None, name: str) -> None:
        """Another way; `name` is where it leads."""
        self._map = view
        self.setAccessibleName(tr("The way to {area}", area=name))
        self.setVisible(view is not None and bool(view.shapes))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._map is None or not self._map.size[0]:
            return 0
        return int(width * self._map.size[1] / self._map.size[0])

    def _scaled(self, view: MapView) -> QTransform:
        factor = min(self.width() / view.size[0], self.height() / view.size[1])
        left = (self.width() - view.size[0] * factor) / 2
        return QTransform().translate(left, 0).scale(factor, factor)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._map, self._theme
        if view is None or not view.shapes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        scale = self._scaled(view)
        order = ("green", "water", "road", "building", "gate")
        for kind, label, points in sorted(view.shapes, key=lambda shape: order.index(shape[0])):
            self._shape(painter, kind, label, scale.map(_polygon(points)))
        if view.way:
            self._way(painter, scale.map(_polygon(view.way)))
        here = scale.map(QPointF(*view.here))
        painter.setPen(QPen(theme.color("surface"), 2))
        painter.setBrush(theme.color("text"))
        painter.drawEllipse(here, 6, 6)
        self._label(painter, QRectF(here.x() - 50, here.y() + 6, 100, 18), tr("Lobby"), "text")

    def _shape(self, painter: QPainter, kind: str, label: str, outline: QPolygonF) -> None:
        theme = self._theme
        if kind == "road":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            round_ends = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(QPen(theme.color("line"), _ROAD_PX, *round_ends))
            painter.drawPolyline(outline)
            return
        fills = {"green": "ok_soft", "water": "info_soft", "building": "surface", "gate": "surface"}
        target = self._is_target(outline)
        painter.setPen(
            QPen(theme.color("accent" if target else "line_strong", 1.0 if target else 0.5), 2 if target else 1)
        )
        if kind in ("green", "water"):
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if target else fills[kind]))
        painter.drawPolygon(outline)
        if label:
            self._label(painter, outline.boundingRect(), label, "accent" if target else "text_2")

    def _is_target(self, outline: QPolygonF) -> bool:
        view = self._map
        if view is None or not view.way:
            return False
        end = self._scaled(view).map(QPointF(*view.way[-1]))
        return outline.boundingRect().adjusted(-6, -6, 6, 6).contains(end)

    def _label(self, painter: QPainter, box: QRectF, text: str, role: str) -> None:
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.color(role))
        painter.drawText(box.adjusted(-30, 0, 30, 0), Qt.AlignmentFlag.AlignCenter, text)

    def _way(self, painter: QPainter, line: QPolygonF) -> None:
        path = QPainterPath(line.first())
        for point in line.toList()[1:]:
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        solid = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(self._theme.color("accent"), _WAY_PX, *solid))
        painter.drawPath(path)
        painter.setPen(QPen(self._theme.color("surface"), 2))
        painter.setBrush(self._theme.color("accent"))
        painter.drawEllipse(line.last(), 6, 6)


def _polygon(points: Points) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
