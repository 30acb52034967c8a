"""A lobby camera's view of somebody holding a code up: pictures for the kiosk's `--feed`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

_FRAME = (1280, 720)
_CODE_PX = 430
_NEXT = ".next"


def nobody(feed: Path) -> None:
    """The camera sees an empty lobby."""
    _put(feed, None)


def holds_up(feed: Path, code: Path) -> None:
    """The camera sees the code of a picture on a phone."""
    _put(feed, QImage(str(code)))


def _put(feed: Path, code: QImage | None) -> None:
    """Puts one frame in the place of what the feed's folder held."""
    feed.mkdir(parents=True, exist_ok=True)
    image = QImage(*_FRAME, QImage.Format.Format_RGB888)
    image.fill(QColor(112, 108, 102))
    if code is not None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(_FRAME[0] / 2, _FRAME[1] / 2)
        painter.rotate(4)
        half = _CODE_PX / 2
        painter.setBrush(QColor(24, 25, 27))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(-half - 40, -half - 70, _CODE_PX + 80, _CODE_PX + 140), 40, 40)
        painter.drawImage(QRectF(-half, -half, _CODE_PX, _CODE_PX), code)
        painter.end()
    part = feed / f"frame{_NEXT}"
    image.save(str(part), "PNG")
    part.replace(feed / "frame.png")
