"""What the parts of the settings page have in common: a name in the margin, lines at its right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from frontdesk.qtkit.parts import Paragraph, column, frame, label, line, row

MARGIN_PX = 200


class Section(QFrame):
    """A group of settings: its name and what it is for in the margin, the settings beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._heading, self._note = label("", "strong"), Paragraph("", "caption")

    def show_body(self, body: QWidget) -> None:
        """The settings themselves."""
        margin = frame(column(self._heading, 4, self._note, ...), width=MARGIN_PX)
        self.setLayout(column(row(margin, 24, (body, 1)), 24, line(), 24))

    def setText(self, name: str, note: str) -> None:
        """The group's name and what it is for."""
        self._heading.setText(name)
        self._note.setText(note)
        self.setAccessibleName(name)
