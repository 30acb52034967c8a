"""The console's window: one screen at a time, and the window's place remembered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPixmap
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.theme import Theme

SMALLEST = (1280, 720)
USUAL = (1440, 900)


class MainWindow(QWidget):
    """Holds the screen of the moment: trouble, first run, sign-in, desk, lock. It decides nothing."""

    closing = Signal()
    retranslated = Signal()

    def __init__(self, theme: Theme, settings: QSettings) -> None:
        super().__init__()
        self._settings, self._place = settings, ""
        self.setObjectName("window")
        self.setWindowIcon(QIcon(_sign(theme)))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        if geometry := settings.value("window/geometry"):
            self.restoreGeometry(geometry)
        self._stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.show_place("")

    def show_screen(self, screen: QWidget) -> None:
        """Shows a screen; one that was shown before and is not kept by anybody is thrown away by `drop`."""
        if self._stack.indexOf(screen) < 0:
            self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)

    def drop(self, screen: QWidget) -> None:
        """Throws a screen away."""
        self._stack.removeWidget(screen)
        screen.hide()
        screen.deleteLater()

    def screen_shown(self) -> QWidget:
        """The screen of the moment."""
        return self._stack.currentWidget()

    def show_place(self, place: str) -> None:
        """The window's title: where one is, and the program's name."""
        self._place = place
        name = tr("Frontdesk")
        self.setWindowTitle(f"{place} – {name}" if place else name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_place(self._place)
            self.retranslated.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue("window/geometry", self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)


def _sign(theme: Theme) -> QPixmap:
    """The program's sign for the task bar."""
    return theme.pixmap("ph.buildings-fill", "accent", 64)
