"""What a page is built for: the theme, the panel it stands on, and how much room there is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QPixmap

from frontdesk.qtkit.theme import Theme

TABLET_BELOW_PX = 1600  # a wide panel narrower than this is a tablet


class Panel(Enum):
    """The three kinds of panel; the value names their table in the tokens."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    TABLET = "tablet"


def panel_of(size: QSize) -> Panel:
    """Which layout a window of this size is given."""
    if size.height() > size.width():
        return Panel.PORTRAIT
    return Panel.TABLET if size.width() < TABLET_BELOW_PX else Panel.LANDSCAPE


@dataclass(frozen=True)
class Look:
    """The tokens as pages ask for them."""

    theme: Theme
    panel: Panel

    @property
    def wide(self) -> bool:
        """Two columns."""
        return self.panel is not Panel.PORTRAIT

    @property
    def tablet(self) -> bool:
        """Little height."""
        return self.panel is Panel.TABLET

    @property
    def high_contrast(self) -> bool:
        """Strong outlines, no shades."""
        return self.theme.scheme == "contrast"

    @property
    def stroke(self) -> int:
        """The width of outlines that are painted, px."""
        return 4 if self.high_contrast else 2

    def type(self, name: str) -> int:
        """A size of the type scale, px."""
        return self.theme.px(f"type_{name}")

    def size(self, name: str) -> int:
        """A height or margin of this panel, px."""
        return self.theme.px(f"size_{name}")

    def radius(self, name: str) -> int:
        """The radius of corners, px."""
        return self.theme.px(f"radius_{name}")

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """A colour by its role."""
        return self.theme.color(role, alpha)

    def font(self, px: int, bold: bool = False) -> QFont:
        """The face at a size of one's own, for painters and for text that must fit."""
        font = QFont(self.theme.font("body", bold))
        font.setPixelSize(px)
        return font

    def pixmap(self, icon: str, px: int, role: str, ratio: float) -> QPixmap:
        """An icon of the one family."""
        return self.theme.pixmap(f"ph.{icon}", role, px, ratio)
