"""Fields of the case's dialogs: times typed in one line, times to come with quick choices, whom something goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from frontdesk.domain.moments import moment_of
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Choice, Field, column, edit, frame, row
from frontdesk.ui.context import Context

_SHOWN = "%Y-%m-%d %H:%M"
_MORNING = time(9, 0)


class MomentField(Field[QLineEdit]):
    """A day and time on the site's clock, typed in one line; at first the moment of opening."""

    def __init__(self, context: Context, name: str, at: datetime | None = None, *, empty: bool = False) -> None:
        super().__init__(edit(limit=20), name)
        self._context = context
        self._opened = context.now()
        self._first = "" if empty else f"{at or self._opened:{_SHOWN}}"
        self.body.setText(self._first)
        self.body.setPlaceholderText(tr("18:00, tomorrow 9:30, 11-25 15:00"))
        self._exact = at is None and not empty

    def moment(self) -> datetime | None:
        """The instant; None where nothing that could be one is typed, which the field then says.

        Where nothing was changed it is the very moment, so that the seconds are right.
        """
        text = self.body.text().strip()
        if text == self._first and self._exact:
            return self._context.now()
        found = moment_of(text, self._opened)
        if found is None:
            self.show_error(tr("Write the day and time, as 2026-11-23 14:30, or 14:30 for today."))
        return found

    @property
    def empty(self) -> bool:
        """Nothing is typed."""
        return not self.body.text().strip()


class ComingField(QWidget):
    """A time that is still to come: quick choices, and a line to type another. `needed`: there must be one."""

    def __init__(self, context: Context, name: str, *, needed: bool, first: str = "") -> None:
        super().__init__()
        self._needed = needed
        now = context.now()
        self._times = _quick(now)
        choices = _quick_words()
        self._quick = Choice("chip", tr("{field}: quick choices", field=name))
        none = [] if needed else [("none", tr("None"))]
        self._quick.show_choices([*none, *choices, ("typed", tr("Another"))], first or None)
        self._when = MomentField(context, name, empty=True)
        self.setLayout(column(self._when, 6, self._quick))
        self._quick.picked.connect(self._on_quick)
        self._when.body.textEdited.connect(lambda: self._quick.set_value("typed"))
        self._on_quick(self._quick.value())

    @Slot(object)
    def _on_quick(self, key: object) -> None:
        at = self._times.get(str(key))
        self._when.clear_error()
        if key != "typed":
            self._when.body.setText(f"{at:{_SHOWN}}" if at else "")
        else:
            self._when.body.setFocus()

    def moment(self) -> datetime | None:
        """The instant, None where none is given; ask `fits` first."""
        return None if self._when.empty else self._when.moment()

    def fits(self) -> bool:
        """Whether what is typed can be taken; says so where it cannot."""
        return (self._when.empty and not self._needed) or self._when.moment() is not None

    def focus(self) -> None:
        """Puts the cursor where a time is typed."""
        self._when.body.setFocus()
        self._when.body.selectAll()


def _quick(now: datetime) -> dict[str, datetime]:
    tomorrow = (now + timedelta(days=1)).date()
    monday = (now + timedelta(days=7 - now.weekday())).date()
    return {
        "hour": now + timedelta(hours=1),
        "two": now + timedelta(hours=2),
        "tomorrow": datetime.combine(tomorrow, _MORNING, now.tzinfo),
        "monday": datetime.combine(monday, _MORNING, now.tzinfo),
    }


def _quick_words() -> list[tuple[str, str]]:
    return [
        ("hour", tr("1 hour")),
        ("two", tr("2 hours")),
        ("tomorrow", tr("Tomorrow 9:00")),
        ("monday", tr("Monday 9:00")),
    ]


class WhomField(QWidget):
    """Whom something goes to: a name typed, or one of those that the case suggests."""

    def __init__(self, name: str, offered: Sequence[str]) -> None:
        super().__init__()
        self._field = Field(edit(offered[0] if offered else "", limit=120), name)
        self._chips = Choice("chip", tr("{field}: quick choices", field=name))
        self._chips.show_choices([(each, each) for each in offered])
        self._chips.setVisible(len(offered) > 1)
        self.setLayout(column(self._field, 6, self._chips))
        self._chips.picked.connect(lambda whom: self._field.body.setText(str(whom)))

    def text(self) -> str:
        """Who it is; empty is said to be wrong."""
        whom = self._field.body.text().strip()
        if not whom:
            self._field.show_error(tr("Say who it is."))
        return whom

    def focus(self) -> None:
        """Puts the cursor there, over what is suggested."""
        self._field.body.setFocus()
        self._field.body.selectAll()


def beside(*fields: QWidget) -> QWidget:
    """Fields side by side in equal widths."""
    box: QHBoxLayout = row()
    box.setSpacing(16)
    for field in fields:
        box.addWidget(field, 1)
    return frame(box)
