"""Type the code: the way out when the camera or the picture does not serve."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from frontdesk.domain.codes import LENGTH
from frontdesk.i18n import tr
from kiosk.events import Action
from kiosk.state import Purpose, State
from kiosk.ui.look import Look
from kiosk.ui.parts import CENTRE, FLOOR_PX, Icon, Tap, Words, action, column, holder, restyle, row
from kiosk.ui.shell import ENTER_STEPS, LEAVE_STEPS, Context, Page
from kiosk.ui.words import Site, grouped, note

ROWS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_SHOWN_LENGTH = len(grouped("0" * LENGTH))


class CodeField(QLineEdit):
    """The code in groups, in one line that always fits."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(tr("Code"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # an input method would eat the letters
        self.setFixedHeight(look.size("nav"))

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.size("nav"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = (self.width() - 60) / (_SHOWN_LENGTH * 0.66)
        self.setFont(self._look.font(max(FLOOR_PX, min(self._look.type("lead"), int(room)))))

    def show_code(self, typed: str) -> None:
        """What the flow holds, in groups."""
        shown = grouped(typed.replace(" ", ""))
        if shown != self.text():
            self.setText(shown)


class KeyboardPage(Page):
    """A keyboard of our own; the keys of a real one, and scanners that act like one, work too."""

    step = 1

    def __init__(self, context: Context) -> None:
        self.steps = LEAVE_STEPS if context.state.purpose is Purpose.LEAVE else ENTER_STEPS
        super().__init__(context)

    def body(self) -> QWidget:
        look = self.look
        self._title = Words(look, "", "title", bold=True, lines=1)
        self._said = Words(look, "", "body", "muted", lines=2)
        self._field = CodeField(look)
        self._field.textEdited.connect(self._edited)
        self._field.returnPressed.connect(self._enter)
        self._field.installEventFilter(self)
        self._check = self.bind(action(look, "check-bold", tr("Check the code"), "primary"), Action.ENTER)
        if look.wide:
            line = row((self._field, 1), self._check.at_least(240 if look.tablet else 300), gap=16)
            asked = row(self._title, (self._said, 1), gap=32)
            return holder(column(asked, line, (self._keys(), 1), gap=16 if look.tablet else 20))
        return holder(column(self._title, self._said, self._field, (self._keys(), 1), self._check, gap=24))

    def first_focus(self) -> QWidget:
        return self._field

    def refresh(self, state: State, site: Site) -> None:
        super().refresh(state, site)
        self._field.show_code(state.typed)
        wrong = note(state.note) if state.note is not None else None
        title = tr("Type the code of your badge") if state.purpose is Purpose.LEAVE else tr("Type your code")
        self._title.setText(wrong.title if wrong else title)
        self._title.set_tone("fail" if wrong else "ink")
        typed = len(state.typed.replace(" ", ""))
        count = tr("It begins with FD1. {n} of {all} characters so far", n=typed, all=LENGTH)
        self._said.setText(wrong.advice if wrong else count)
        restyle(self._field, wrong="true" if wrong else "false")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leads back from the field as well."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.context.touched(Action.BACK, "")
            return True
        return super().eventFilter(watched, event)

    def _keys(self) -> QWidget:
        """Four rows, each key two columns wide, the shorter rows moved in."""
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.setContentsMargins(0, 0, 0, 0)
        for column_ in range(20):
            grid.setColumnStretch(column_, 1)
            grid.setColumnMinimumWidth(column_, 0)
        for line, letters in enumerate(ROWS):
            start = 1 if line == 2 else 0
            for place, letter in enumerate(letters):
                grid.addWidget(self._key(letter), line, start + 2 * place, 1, 2)
        grid.addWidget(self._erase(), 3, 14, 1, 6)
        grid.setHorizontalSpacing(0)
        return holder(grid)

    def _key(self, letter: str) -> QWidget:
        words = Words(self.look, letter, "lead", bold=True, align=CENTRE)
        key = Tap(row(words), "key", letter, self.look.size("key"))
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(lambda _checked=False: self._edited(self.context.state.typed + letter))
        return _spaced(key)

    def _erase(self) -> QWidget:
        look = self.look
        words = Words(look, tr("Erase"), "lead", bold=True)
        parts = row(
            1, Icon(look, "backspace-bold", int(look.type("lead") * 1.2)), words, 1, gap=12, margins=(8, 0, 8, 0)
        )
        key = Tap(parts, "key", tr("Erase"), look.size("key"))
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(lambda _checked=False: self._edited(self.context.state.typed[:-1]))
        return _spaced(key)

    def _edited(self, text: str) -> None:
        self.context.touched(Action.EDIT, text.replace(" ", "").upper())

    def _enter(self) -> None:
        self.context.touched(Action.ENTER, "")


def _spaced(key: Tap) -> QWidget:
    """Half a gap on either side, so that keys over two columns keep one width in every row."""
    return holder(row(key, gap=0, margins=(8, 0, 8, 0)))
