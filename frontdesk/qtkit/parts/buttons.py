"""Buttons that show their key, and icon buttons that say what they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from frontdesk.qtkit.theme import Theme

_SOLID = {"primary": ("accent", "on_accent"), "danger": ("danger", "on_danger")}
_PAD = 12


def key_text(keys: str) -> str:
    """A key as people read it: `Ctrl+Return` → `Ctrl Enter`."""
    return keys.replace("Return", "Enter").replace("+", " ")


def bind_keys(owner: QWidget, keys: str) -> QShortcut:
    """A shortcut that works while its owner can be seen and used; Enter means both Enter keys."""
    out = QShortcut(owner)
    out.setKeys(
        [QKeySequence(keys.replace("Enter", name)) for name in (("Return", "Enter") if "Enter" in keys else ("",))]
    )
    out.setContext(Qt.ShortcutContext.WindowShortcut)
    return out


class Button(QPushButton):
    """A push button that shows its key and answers to it.

    Args:
        kind: primary, danger, plain, quiet (no border), link.
        key: shown and bound, e.g. `Ctrl+Enter`; empty for none.
        glyph: an icon before the words.
        bind: False where the key is handled elsewhere and only shown here.
    """

    def __init__(
        self, theme: Theme, text: str = "", kind: str = "plain", key: str = "", glyph: str = "", *, bind: bool = True
    ) -> None:
        super().__init__()
        self._theme, self._kind, self._key, self._glyph = theme, kind, key_text(key), glyph
        self._height = theme.px("size_control")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        self.setText(text)
        if key and bind:
            bind_keys(self, key).activated.connect(self.click)

    def setText(self, text: str) -> None:
        """The words; an ampersand is a letter like others."""
        self._words = text
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._key})" if self._key else "")
        self.updateGeometry()

    def words(self) -> str:
        """The words as given."""
        return self._words

    def set_kind(self, kind: str) -> None:
        """Primary while it is the next thing to do, plain while it is not."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key to show; who changes it sees to it that it works."""
        self._key = key_text(key)
        self.setText(self._words)

    def widen(self, height: int = 40) -> Button:
        """Over the whole width that there is, and taller; returns itself."""
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return self

    def sizeHint(self) -> QSize:
        width = 2 * _PAD + self._content_width()
        return QSize(width, self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _face(self) -> QFontMetrics:
        solid = self._kind in _SOLID
        return QFontMetrics(self._theme.font("body" if solid else "small", solid))

    def _content_width(self) -> int:
        width = self._face().horizontalAdvance(self._words) + (22 if self._glyph else 0)
        if self._key:
            width += 10 + QFontMetrics(self._theme.font("caption")).horizontalAdvance(self._key)
        return width

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("text_3")
        role = _SOLID[self._kind][1] if self._kind in _SOLID else "accent" if self._kind == "link" else "text"
        return self._theme.color(role)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        self._paint_focus(painter)
        self._paint_words(painter)

    def _paint_box(self, painter: QPainter) -> None:
        theme, solid = self._theme, self._kind in _SOLID and self.isEnabled()
        hovered = self.underMouse() and self.isEnabled()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if solid:
            painter.setBrush(theme.color(_SOLID[self._kind][0], 0.88 if hovered or self.isDown() else 1.0))
        elif self._kind == "plain" or self._kind in _SOLID:
            painter.setPen(QPen(theme.color("edge" if self.isEnabled() else "line")))
            painter.setBrush(theme.color("hover" if hovered or self.isDown() else "surface"))
        elif hovered or self.isDown():
            painter.setBrush(theme.color("hover"))
        radius = theme.px("radius_control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_focus(self, painter: QPainter) -> None:
        if not self.hasFocus():
            return
        solid = self._kind in _SOLID
        inset = 3 if solid else 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color(_SOLID[self._kind][1] if solid else "accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 5, 5)

    def _paint_words(self, painter: QPainter) -> None:
        theme, ink, solid = self._theme, self._ink(), self._kind in _SOLID
        x = max(_PAD, (self.width() - self._content_width()) // 2)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._glyph:
            role = _SOLID[self._kind][1] if solid and self.isEnabled() else "text_2"
            picture = theme.pixmap(self._glyph, role, 18, self.devicePixelRatioF())
            painter.drawPixmap(x - 2, (self.height() - 18) // 2, picture)
            x += 22
        painter.setPen(ink)
        painter.setFont(theme.font("body" if solid else "small", solid))
        painter.drawText(QRect(x, 0, self.width() - x, self.height()), middle, self._words)
        if self._key:
            x += self._face().horizontalAdvance(self._words) + 10
            painter.setFont(theme.font("caption"))
            painter.setPen(ink if solid else theme.color("text_3"))
            painter.drawText(QRect(x, 1, self.width() - x, self.height()), middle, self._key)


class IconButton(QAbstractButton):
    """A square button with an icon, and a name for those who do not see it."""

    def __init__(
        self, theme: Theme, glyph: str, name: str = "", key: str = "", px: int = 32, *, bind: bool = True
    ) -> None:
        super().__init__()
        self._theme, self._glyph, self._key, self._role = theme, glyph, key_text(key), "text_2"
        self.setFixedSize(px, px)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setText(name)
        if key and bind:
            bind_keys(self, key).activated.connect(self.click)

    def setText(self, text: str) -> None:
        """What it does; shown as a tooltip with its key."""
        super().setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._key})" if self._key else text)

    def show_glyph(self, glyph: str, role: str = "text_2") -> None:
        """Another icon, in the colour of a role."""
        self._glyph, self._role = glyph, role
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        lit = (self.underMouse() or self.isDown() or self.isChecked()) and self.isEnabled()
        painter.setBrush(theme.color("hover") if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        at = (self.width() - 18) // 2
        painter.drawPixmap(at, at, theme.pixmap(self._glyph, self._role, 18, self.devicePixelRatioF()))
