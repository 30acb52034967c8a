"""The rail: where one can go, and how much waits there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame

from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Elided, Icon, column, frame, row
from frontdesk.qtkit.theme import Theme
from frontdesk.ui.pages import Place


class _Stop(QAbstractButton):
    """One place: icon, label, count."""

    def __init__(self, theme: Theme, place: Place, number: int) -> None:
        super().__init__()
        self._theme, self.place, self._number, self._count = theme, place, number, 0
        self.setCheckable(True)
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def retranslate(self) -> None:
        self.setText(tr(self.place.word))
        self.setToolTip(f"{self.text()} (Ctrl {self._number})")
        self._name()

    def show_count(self, count: int) -> None:
        self._count = count
        self._name()
        self.update()

    def _name(self) -> None:
        waiting = ntr("{n} waiting", "{n} waiting", self._count) if self._count else ""
        self.setAccessibleName(f"{self.text()}, {waiting}" if waiting else self.text())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px("size_rail") - 16, 40)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, here = QPainter(self), self._theme, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 2, self.width(), self.height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        if here or self.underMouse():
            painter.setBrush(theme.color("hover" if theme.scheme == "contrast" or not here else "line"))
            painter.drawRoundedRect(box, 6, 6)
        if here:
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRectF(0, 12, 3, 16), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        role = "text" if here else "text_2"
        glyph = self.place.icon + ("-fill" if here else "")
        painter.drawPixmap(12, 10, theme.pixmap(glyph, role, 20, self.devicePixelRatioF()))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body", here))
        painter.setPen(theme.color(role))
        painter.drawText(self.rect().adjusted(44, 0, -32, 0), middle, self.text())
        if self._count:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text_2"))
            painter.drawText(self.rect().adjusted(0, 0, -12, 0), middle | Qt.AlignmentFlag.AlignRight, str(self._count))


class Rail(QFrame):
    """The column at the left. Up and down move in it, Ctrl and a figure go straight to a place."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, places: list[Place], site_name: str, desk: str) -> None:
        super().__init__()
        self._desk = desk
        self._name, self._where = Elided(site_name, "strong"), Elided(desk, "caption")
        self._stops = [_Stop(theme, place, number) for number, place in enumerate(places, 1)]
        sign = row(
            12, Icon(theme, "ph.buildings-fill", "text", 22), 10, (column(..., self._name, 2, self._where, ...), 1)
        )
        upper = [stop for stop in self._stops if not stop.place.at_foot]
        lower = [stop for stop in self._stops if stop.place.at_foot]
        self.setObjectName("rail")
        self.setFixedWidth(theme.px("size_rail"))
        box = column(frame(sign, height=theme.px("size_top")), 8, *upper, ..., *lower, 8)
        box.setContentsMargins(8, 0, 8, 0)
        self.setLayout(box)
        for stop in self._stops:
            stop.clicked.connect(self._on_clicked)
            stop.installEventFilter(self)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the places' names again."""
        self.setAccessibleName(tr("Places"))
        self._where.setText(self._desk or tr("Reception desk"))
        for stop in self._stops:
            stop.retranslate()

    def show_site(self, name: str) -> None:
        """The site has another name."""
        self._name.setText(name)

    def show_here(self, key: str) -> None:
        """Marks where one is."""
        for stop in self._stops:
            stop.setChecked(stop.place.key == key)

    def show_count(self, key: str, count: int) -> None:
        """How much waits at a place; 0 shows nothing."""
        for stop in self._stops:
            if stop.place.key == key:
                stop.show_count(count)

    def _on_clicked(self) -> None:
        stop = self.sender()
        if isinstance(stop, _Stop):
            stop.setChecked(True)
            self.chosen.emit(stop.place.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, _Stop) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                at = self._stops.index(watched) + step
                self._stops[at % len(self._stops)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return False
