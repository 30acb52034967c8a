"""What the delegates of lists and tables share: row ground, focus ring, text that ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from frontdesk.qtkit.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints a row's ground and hands the inside to `draw`; rows have one fixed height, px.

    A model used with it says the whole line in words by `Qt.ItemDataRole.AccessibleTextRole`.
    """

    def __init__(self, theme: Theme, height: int, parent: QObject | None = None, *, inset: int = 12) -> None:
        super().__init__(parent)
        self.theme, self._height, self._inset = theme, height, inset

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        box: QRect = option.rect.adjusted(self._inset, 2, -self._inset, -2)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(theme.color("accent") if selected and theme.scheme == "contrast" else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if selected else "sunken"))
            painter.drawRoundedRect(box, 6, 6)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self.draw(painter, box, index, selected)
        painter.restore()

    def draw(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        """Paints the inside of a row; subclasses do."""
        raise NotImplementedError

    def text(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        *,
        size: str = "body",
        role: str = "text",
        strong: bool = False,
        right: bool = False,
    ) -> None:
        """One line of text in a box, in the middle of its height."""
        painter.setFont(self.theme.font(size, strong))
        painter.setPen(self.theme.color(role))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, shown)

    def icon(self, painter: QPainter, x: int, y: int, glyph: str, role: str = "text_2", px: int = 18) -> None:
        """An icon with its upper left corner at x, y."""
        device = painter.device()
        painter.drawPixmap(x, y, self.theme.pixmap(glyph, role, px, device.devicePixelRatioF()))
