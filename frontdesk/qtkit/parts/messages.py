"""What the program says: notices in a page, toasts over it, empty pages, dialogs, words for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QVBoxLayout, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts.buttons import Button, IconButton, bind_keys
from frontdesk.qtkit.parts.layout import column, row
from frontdesk.qtkit.parts.texts import Icon, Paragraph, label
from frontdesk.qtkit.theme import Theme

GLYPHS = {
    "info": ("ph.info", "info"),
    "ok": ("ph.check-circle", "ok"),
    "warn": ("ph.warning-circle-fill", "warn"),
    "danger": ("ph.warning-octagon-fill", "danger"),
    "idle": ("ph.info", "idle"),
}
TOAST_MS = 6000
_TOAST_MAX = 3

Act = tuple[str, str, Callable[[], None]]  # the words of a button, its key or none, and what it does


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Has a screen reader say a result that nothing with focus shows."""
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(
        QAccessible.AnnouncementPoliteness.Assertive if urgent else QAccessible.AnnouncementPoliteness.Polite
    )
    QAccessible.updateAccessibility(event)


class Notice(QFrame):
    """A line in the page that stays until it is settled: colour, icon and words."""

    def __init__(self, theme: Theme, kind: str = "info", text: str = "", *actions: QWidget) -> None:
        super().__init__()
        self._icon, self._text = Icon(theme, *GLYPHS[kind]), Paragraph(text, "small")
        self.setProperty("part", kind)
        icon_column = column(1, self._icon, ...)
        inner = row(icon_column, 10, (column(self._text), 1))
        for action in actions:
            inner.addSpacing(12)
            inner.addWidget(action)
        inner.setContentsMargins(12, 10, 12, 10)
        self.setLayout(inner)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Other words, which a screen reader says when the notice can be seen."""
        self._text.setText(text)
        self.setAccessibleName(text)
        if text and self.isVisible():
            announce(self, text)


class Empty(QWidget):
    """A page or list with nothing on it: what it is for, and the first step."""

    def __init__(self, theme: Theme, glyph: str, *actions: QWidget) -> None:
        super().__init__()
        self._title, self._text = label("", "lead"), label("", "muted")
        for one in (self._title, self._text):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            one.setWordWrap(True)
        buttons = row(...)
        for at, action in enumerate(actions):
            buttons.addSpacing(8 if at else 0)
            buttons.addWidget(action)
        buttons.addStretch(1)
        icon = Icon(theme, glyph, "text_3", 40)
        body = column(..., row(..., icon, ...), 16, self._title, 8, self._text, 20, buttons, ..., ...)
        body.setContentsMargins(24, 0, 24, 0)
        self.setLayout(body)

    def setText(self, title: str, text: str) -> None:
        """What it says."""
        self._title.setText(title)
        self._text.setText(text)


class _Toast(QFrame):
    """One message; errors stay until they are dismissed."""

    done = Signal()

    def __init__(self, theme: Theme, kind: str, text: str, acts: Sequence[Act], *, stays: bool = False) -> None:
        super().__init__()
        self.passing = kind in ("info", "ok") and not acts
        self.setProperty("part", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = label(text)
        words.setWordWrap(True)
        words.setMaximumWidth(520)
        words.setMinimumWidth(min(520, words.fontMetrics().horizontalAdvance(text) + 8))
        inner = row(Icon(theme, *GLYPHS[kind], px=20), 12, (words, 1), 12)
        for act_words, key, deed in acts:
            button = Button(theme, act_words, "plain" if key else "link", key)
            button.clicked.connect(deed)
            button.clicked.connect(self.done)
            inner.addWidget(button)
            inner.addSpacing(8 if key else 0)
        close = IconButton(theme, "ph.x", tr("Dismiss"), px=28)
        close.clicked.connect(self.done)
        inner.addWidget(close)
        inner.setContentsMargins(16, 10, 8, 10)
        self.setLayout(inner)
        self.setAccessibleName(text)
        if kind in ("info", "ok") and not stays:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self.done)
            timer.start(TOAST_MS)


class Toasts(QWidget):
    """The messages over the foot of a window; at most three, the newest lowest.

    They lie over the page: of those that go by themselves and ask for nothing, only the newest stays.
    """

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme, self._over = theme, over
        self._shown: list[_Toast] = []
        self._offer: _Toast | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, kind: str = "info", action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Shows a message.

        Args:
            kind: info and ok go by themselves, warn and danger stay until dismissed.
            action: words of a button, and what it does.
        """
        acts = [(action[0], "", action[1])] if action is not None else []
        self._add(_Toast(self._theme, kind, text, acts), text, kind)

    def offer(self, text: str, acts: Sequence[Act], kind: str = "ok") -> None:
        """Shows a message that stays until one of its acts is done, or it is dismissed; in the place of the one before.

        Two at a time would answer to the same keys.
        """
        if self._offer is not None:
            self._drop(self._offer)
        self._offer = _Toast(self._theme, kind, text, acts, stays=True)
        self._add(self._offer, text, kind)

    def _add(self, toast: _Toast, text: str, kind: str) -> None:
        for old in [each for each in self._shown if each.passing]:
            self._drop(old)
        while len(self._shown) >= _TOAST_MAX:
            self._drop(self._shown[0])
        toast.done.connect(self._on_done)
        self._shown.append(toast)
        self._box.addWidget(toast)
        self._place()
        announce(self._over, text, urgent=kind in ("warn", "danger"))

    def clear(self) -> None:
        """Takes all messages away: nothing of them may be read on a locked screen."""
        while self._shown:
            self._drop(self._shown[0])
        self.hide()

    def texts(self) -> list[str]:
        """What is shown, oldest first."""
        return [toast.accessibleName() for toast in self._shown]

    @Slot()
    def _on_done(self) -> None:
        toast = self.sender()
        if isinstance(toast, _Toast) and toast in self._shown:
            self._drop(toast)
            self._place()

    def _drop(self, toast: _Toast) -> None:
        if toast is self._offer:
            self._offer = None
        self._shown.remove(toast)
        self._box.removeWidget(toast)
        toast.hide()
        toast.deleteLater()

    def _place(self) -> None:
        self.setVisible(bool(self._shown))
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 48)
        self.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False


class Dialog(QDialog):
    """A question that needs an answer: title, content, and its buttons at the right of the foot.

    Enter is the primary button, Esc the way back. Fill it through `body` (a column) and `add_buttons`.
    """

    def __init__(self, theme: Theme, parent: QWidget, title: str, width: int = 440) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(width)
        self.body = column()
        self._foot = row(...)
        outer = column(label(title, "title"), 16, self.body, 24, self._foot)
        outer.setContentsMargins(24, 24, 24, 20)
        self.setLayout(outer)

    def showEvent(self, event: QShowEvent) -> None:
        """As tall as its wrapped words need at this width; Qt itself goes by a narrower one."""
        outer = self.layout()
        if outer is not None and outer.hasHeightForWidth():
            self.resize(self.width(), outer.totalHeightForWidth(self.width()))
        super().showEvent(event)

    def add_buttons(self, accept: str, *, kind: str = "primary", reject: str = "", only: bool = False) -> Button:
        """The foot: a way back, and the deed; returns the latter. Ctrl+Enter works from fields of several lines too.

        Args:
            kind: the deed's, as for a `Button`.
            reject: words of the way back, if it is not to cancel.
            only: there is nothing to choose, so no way back is shown.
        """
        back = Button(self.theme, reject or tr("Cancel"), "plain", "Esc", bind=False)
        back.clicked.connect(self.reject)
        go = Button(self.theme, accept, kind, "Enter", bind=False)
        go.setDefault(True)
        go.clicked.connect(self.accept)
        back.setVisible(not only)
        bind_keys(self, "Ctrl+Enter").activated.connect(go.click)
        for widget in (back, go):
            self._foot.addSpacing(8)
            self._foot.addWidget(widget)
        return go
