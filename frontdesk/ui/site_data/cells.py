"""Fields for the cells of a sheet, each by the kind of its column, and what is typed into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QLineEdit, QWidget

from frontdesk.domain.sitebook import Cell, Column, ColumnKind
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Choice, Field, Paragraph, Pick, edit, frame
from frontdesk.qtkit.parts import column as column_of
from frontdesk.qtkit.theme import Theme
from frontdesk.ui.site_data import words

_LONGEST = 400
_SHORT = 36  # a longer remark stands below the field
_PICKED = (ColumnKind.CHOICE, ColumnKind.LINK)
Changed = Callable[[], None]


class CellField:
    """A field for one column. It holds what was shown until somebody touches it: a masked number stays what it is."""

    def __init__(self, theme: Theme, column: Column, changed: Changed) -> None:
        self.column = column
        self._body = _body(theme, column)
        self.field: Field[QWidget] = Field(self._body)
        self._note = Paragraph("", "caption") if len(column.note) > _SHORT else None
        self.widget: QWidget = frame(column_of(self.field, 4, self._note)) if self._note else self.field
        self._shown: object = None
        if isinstance(self._body, Choice):
            self._body.picked.connect(lambda _value: changed())
        elif isinstance(self._body, Pick):
            self._body.chosen.connect(changed)
            self._body.chosen.connect(self.field.clear_error)
        elif isinstance(self._body, QLineEdit):
            self._body.textEdited.connect(lambda _text: changed())

    def retranslate(self) -> None:
        """Says name, remark and choices again."""
        column = self.column
        beside = "" if column.needed else tr("optional")
        if self._note is not None:
            self._note.setText(tr(column.note))
        elif column.note:
            beside = tr(column.note)
        self.field.setText(tr(column.title), beside)
        if isinstance(self._body, Choice):
            yes_no: list[tuple[object, str]] = [(True, tr("Yes")), (False, tr("No"))]
            self._body.show_choices([*yes_no, *([(None, tr("not said"))] if column.empty is None else [])])
        elif isinstance(self._body, Pick) and column.kind is ColumnKind.CHOICE:
            self.offer([(choice.code, tr(choice.title)) for choice in column.choices])
        elif isinstance(self._body, QLineEdit) and column.kind is ColumnKind.DAY:
            self._body.setPlaceholderText(tr("year-month-day"))

    def offer(self, lines: list[tuple[str, str]]) -> None:
        """What there is to choose from; nothing chosen is the first line."""
        if isinstance(self._body, Pick):
            value = self._body.value()
            self._body.offer([(None, "—"), *lines])
            self._body.choose(value)

    def show(self, value: Cell) -> None:
        """Shows a cell; from now on it is untouched."""
        self.field.clear_error()
        if isinstance(self._body, Choice):
            self._body.set_value(self.column.empty if value is None else value)
        elif isinstance(self._body, Pick):
            self._body.choose(value)
        else:
            self._line.setText(words.plain(self.column, value))
            self._line.setCursorPosition(0)
        self._shown = self.typed()

    @property
    def touched(self) -> bool:
        """Somebody has changed it since it was shown."""
        return self.typed() != self._shown

    def typed(self) -> object:
        """What stands there now: a text, or the value chosen."""
        if isinstance(self._body, Choice | Pick):
            return self._body.value()
        return self._line.text().strip()

    def type(self, value: object) -> None:
        """Puts back what had been typed."""
        if isinstance(self._body, Choice):
            self._body.set_value(value)
        elif isinstance(self._body, Pick):
            self._body.choose(value)
        else:
            self._line.setText(str(value))

    @property
    def _line(self) -> QLineEdit:
        return cast(QLineEdit, self._body)

    def set_locked(self, locked: bool) -> None:
        """Nothing can be typed: it is no longer in use, or on its way."""
        if isinstance(self._body, QLineEdit) and not isinstance(self._body, Pick):
            self._body.setReadOnly(locked)
        else:
            self._body.setEnabled(not locked)


def _body(theme: Theme, column: Column) -> QWidget:
    """The widget that takes a kind of cell."""
    if column.kind is ColumnKind.BOOL:
        return Choice("seg")
    if column.kind in _PICKED:
        return Pick(theme)
    return edit(limit=_LONGEST)
