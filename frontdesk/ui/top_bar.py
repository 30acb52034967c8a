"""The bar at the top: what calls for attention, who is signed in, language and look, lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu

from frontdesk.i18n import language, tr
from frontdesk.qtkit import i18n
from frontdesk.qtkit.parts import Avatar, Button, Icon, IconButton, announce, column, frame, keycap, label, row
from frontdesk.qtkit.theme import Theme
from frontdesk.ui import words


class _Person(QAbstractButton):
    """Who is signed in; opens the menu with their settings."""

    def __init__(self, theme: Theme, name: str, role: str) -> None:
        super().__init__()
        self._theme, self._person = theme, name
        self._second = label(role, "caption")
        box = row(8, Avatar(theme, name, 32), 10, column(..., label(name), 1, self._second, ...), 10)
        self.setLayout(box)
        for child in self.findChildren(QFrame):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(44)
        self.show_role(role)

    def show_role(self, role: str) -> None:
        self._second.setText(role)
        self.setAccessibleName(f"{self._person}, {role}")

    def sizeHint(self) -> QSize:
        box = self.layout()
        return box.sizeHint() if box else super().sizeHint()

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
        painter.setBrush(theme.color("hover") if self.underMouse() or self.isDown() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class TopBar(QFrame):
    """The bar over the sheet."""

    language_picked = Signal(str)
    scheme_picked = Signal(str)
    lock_wanted = Signal()
    leave_wanted = Signal()
    alert_answered = Signal(int)

    def __init__(self, theme: Theme, name: str, role: str, *, practice: bool) -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self.setObjectName("top")
        self.setFixedHeight(theme.px("size_top"))
        self._practice = label("", "practice")
        self._practice.setVisible(practice)
        self._clock, self._day = label("", "lead"), label("", "small")
        self._alert_id = 0
        self._alert = self._build_alert()
        self._person = _Person(theme, name, "")
        self._look = IconButton(theme, "ph.translate")
        self._lock = IconButton(theme, "ph.lock", bind=False)
        box = row(
            self._clock,
            10,
            self._day,
            16,
            self._practice,
            ...,
            self._alert,
            12,
            self._look,
            8,
            self._person,
            8,
            self._lock,
            keycap("F9"),
        )
        box.setContentsMargins(0, 0, 24, 0)
        self.setLayout(box)
        self._look.clicked.connect(self._open_look)
        self._person.clicked.connect(self._open_person)
        self._lock.clicked.connect(self.lock_wanted)
        self.retranslate()

    def _build_alert(self) -> QFrame:
        """The kiosk's call for the desk: it stays until somebody answers it."""
        self._alert_text = label("", "danger")
        self._alert_button = Button(self._theme, "", "danger", "F7")
        self._alert_button.clicked.connect(self._answer)
        box = row(Icon(self._theme, "ph.bell-ringing-fill", "danger"), 8, self._alert_text, 12, self._alert_button)
        alert = frame(box, "danger", (12, 4, 4, 4), height=40)
        alert.hide()
        return alert

    def retranslate(self) -> None:
        """Says every word again."""
        self._practice.setText(tr("Practice"))
        self._practice.setToolTip(tr("Everything here is made up. The real site is not touched."))
        self._look.setText(tr("Language and look"))
        self._lock.setText(tr("Lock (F9)"))
        self._person.show_role(words.role(self._role))
        self._alert_button.setText(tr("On my way"))

    def show_time(self, clock: str, day: str) -> None:
        """The time of day and the day, as the site has them."""
        self._clock.setText(clock)
        self._day.setText(day)

    def show_alert(self, number: int, text: str) -> None:
        """Somebody calls for the desk; number 0 takes the call away."""
        if number and number != self._alert_id:
            announce(self, text, urgent=True)
        self._alert_id = number
        self._alert_text.setText(text)
        self._alert.setAccessibleName(text)
        self._alert.setVisible(number > 0)

    def _answer(self) -> None:
        if self._alert_id:
            self.alert_answered.emit(self._alert_id)

    def _open_look(self) -> None:
        menu = look_menu(self, self._theme)
        menu.language_picked.connect(self.language_picked)
        menu.scheme_picked.connect(self.scheme_picked)
        self._pop_up(menu, self._look)

    def _open_person(self) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Lock (F9)"), self.lock_wanted.emit)
        menu.addAction(tr("Sign out"), self.leave_wanted.emit)
        self._pop_up(menu, self._person)

    def _pop_up(self, menu: QMenu, under: QAbstractButton) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        right = under.mapToGlobal(QPoint(under.width(), under.height() + 4))
        menu.popup(QPoint(right.x() - menu.sizeHint().width(), right.y()))


class LookMenu(QMenu):
    """Language and scheme, each a choice of one."""

    language_picked = Signal(str)
    scheme_picked = Signal(str)

    def add_choice(self, title: str, choices: list[tuple[str, str]], now: str, picked: SignalInstance) -> None:
        """A named group of choices; `picked` is the signal that carries the code."""
        heading = self.addAction(title)
        heading.setEnabled(False)
        group = QActionGroup(self)
        for code, text in choices:
            action = QAction(text, self, checkable=True, checked=code == now)
            action.triggered.connect(lambda _on=False, code=code: picked.emit(code))
            group.addAction(action)
            self.addAction(action)


def look_menu(parent: QFrame, theme: Theme) -> LookMenu:
    """The quick menu for language and look."""
    menu = LookMenu(parent)
    menu.add_choice(tr("Language"), i18n.offered(), language(), menu.language_picked)
    menu.addSeparator()
    menu.add_choice(tr("Look"), words.schemes(), theme.wish, menu.scheme_picked)
    return menu
