"""First question: our own site, or practice on a made-up one?"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Icon, Paragraph, column, label, row
from frontdesk.qtkit.theme import Theme
from frontdesk.services.site_setup import SiteKind
from frontdesk.ui.signin.language_line import LanguageLine


class Offer(QAbstractButton):
    """A large choice: icon, what it is, what it means."""

    def __init__(self, theme: Theme, glyph: str) -> None:
        super().__init__()
        self._theme = theme
        self._title, self._text = label("", "lead"), Paragraph("", "small")
        box = row(
            18,
            column(20, Icon(theme, glyph, "accent", 28), ...),
            18,
            (column(18, self._title, 4, self._text, 18), 1),
            12,
            Icon(theme, "ph.caret-right", "text_3"),
            16,
        )
        self.setLayout(box)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def say(self, title: str, text: str) -> None:
        """What it is, and what it means."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        box = self.layout()
        return box.sizeHint() if box else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else QPen(theme.color("edge")))
        painter.setBrush(theme.color("hover" if self.underMouse() or self.isDown() else "surface"))
        inset = 1 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)


class Choose(QWidget):
    """The first screen that anybody ever sees."""

    chosen = Signal(object)  # SiteKind
    language_picked = Signal(str)

    def __init__(self, theme: Theme, kinds: tuple[SiteKind, ...]) -> None:
        super().__init__()
        self._product, self._title, self._text = label("", "small"), label("", "title"), Paragraph("", "muted")
        self._live, self._practice = Offer(theme, "ph.buildings"), Offer(theme, "ph.graduation-cap")
        self._languages = LanguageLine(theme)
        sign = row(Icon(theme, "ph.buildings-fill", "text", 32), 12, self._product, ...)
        self.setLayout(
            column(
                sign,
                24,
                row(self._title, ...),
                6,
                self._text,
                20,
                self._live,
                12,
                self._practice,
                20,
                row(..., self._languages, ...),
            )
        )
        self._live.setVisible(SiteKind.LIVE in kinds)
        self._practice.setVisible(SiteKind.PRACTICE in kinds)
        self._live.clicked.connect(lambda: self.chosen.emit(SiteKind.LIVE))
        self._practice.clicked.connect(lambda: self.chosen.emit(SiteKind.PRACTICE))
        self._languages.picked.connect(self.language_picked)
        self.retranslate()

    def retranslate(self) -> None:
        """Says every word again."""
        self._product.setText(tr("Property reception"))
        self._title.setText(tr("Welcome to Frontdesk"))
        self._text.setText(tr("There is no site on this computer yet. What would you like to do?"))
        self._live.say(
            tr("Set up our site"), tr("For real work: name the site, make the administrator, print the recovery code.")
        )
        self._practice.say(
            tr("Practise on a sample community"),
            tr("Made-up homes, people and matters to try everything out. It never touches the real site."),
        )
        self._languages.retranslate()

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self._live if self._live.isVisibleTo(self) else self._practice
