"""Fields under their names."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QWidget

from frontdesk.qtkit.parts.layout import bring_into_view, column, repolish, row
from frontdesk.qtkit.parts.texts import Elided, label


class Secret(QLineEdit):
    """A field that shows dots, and that neither input method nor clipboard reads back."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(placeholder)


def edit(text: str = "", *, limit: int = 120, placeholder: str = "") -> QLineEdit:
    """A one-line field; `limit` in characters."""
    out = QLineEdit(text)
    out.setMaxLength(limit)
    out.setPlaceholderText(placeholder)
    out.setCursorPosition(0)
    return out


def notes(height: int = 112, placeholder: str = "") -> QPlainTextEdit:
    """A field of several lines, `height` px; Tab leaves it, as everywhere else."""
    out = QPlainTextEdit()
    out.setTabChangesFocus(True)
    out.setPlaceholderText(placeholder)
    out.setFixedHeight(height)
    return out


Body = TypeVar("Body", bound=QWidget)


class Field(QFrame, Generic[Body]):
    """A field under its name, with a remark at the right and room for what is wrong below."""

    def __init__(self, body: Body, name: str = "", note: str = "") -> None:
        super().__init__()
        self.body = body
        self._name, self._error = label(name, "small"), label("", "error")
        self._note = Elided(note, "caption", right=True)  # a narrow column is not made wider by a remark
        self._name.setBuddy(body)
        self._error.setWordWrap(True)
        self._error.hide()
        self.setLayout(column(row(self._name, 8, (self._note, 1)), 6, body, self._error, ...))
        self.setText(name, note)
        changed = body.textChanged if isinstance(body, QLineEdit | QPlainTextEdit) else None
        if changed is not None:
            changed.connect(self.clear_error)

    def setText(self, name: str, note: str = "") -> None:
        """The name above, the remark at its right; what was wrong is said anew when it is tried again."""
        self.clear_error()
        self._name.setText(name)
        self._note.setText(note)
        self.body.setAccessibleName(name)
        if not isinstance(self.body, QComboBox):
            self.body.setAccessibleDescription(note)

    def show_error(self, text: str, *, focus: bool = True) -> None:
        """Says below what is wrong, and puts the cursor there."""
        self._error.setText(text)
        self._error.show()
        self.body.setAccessibleDescription(text)
        repolish(self.body, "wrong", "true")
        if focus:
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self)

    def clear_error(self) -> None:
        """It is being put right."""
        if not self._error.isHidden():
            self._error.hide()
            self.body.setAccessibleDescription(self._note.text())
            repolish(self.body, "wrong", "false")

    def error(self) -> str:
        """What stands below, empty when nothing is wrong."""
        return "" if self._error.isHidden() else self._error.text()
