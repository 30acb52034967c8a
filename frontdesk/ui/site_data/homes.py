"""The homes that a building is going to have, while one still types how many stairs and floors it has."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from frontdesk.domain import homes
from frontdesk.domain.homes import BadPattern, BadRange, UnitPlan
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Paragraph, column, label
from frontdesk.ui.site_data.form import RowForm

_SHOWN = 3  # homes of each end
_PLAN = ("stairs", "floors", "homes")


class HomesPreview(QFrame):
    """Says how many homes there will be, and names the first and last of them."""

    def __init__(self, form: RowForm) -> None:
        super().__init__()
        self._form = form
        self._title, self._text = label("", "strong"), Paragraph("", "small")
        self.setProperty("part", "idle")
        inner = column(self._title, 4, self._text)
        inner.setContentsMargins(12, 10, 12, 10)
        self.setLayout(inner)

    def retranslate(self) -> None:
        """Says every word again."""
        self.show_plan()

    @Slot()
    def show_plan(self) -> None:
        """Shows the homes as they would be made now."""
        try:
            made = self._homes()
        except (BadPattern, BadRange):
            self._say(
                tr("The homes cannot be numbered like this."), tr("Look at the numbering and at what is left out.")
            )
            return
        if made:
            self._say(ntr("{n} home", "{n} homes", len(made)), _in_short(made))
        else:
            told = tr("Enter stairs, floors and homes on a floor; then their numbers stand here before they are made.")
            self._say(tr("No homes by a pattern yet"), told)

    def _say(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)

    def _homes(self) -> tuple[str, ...]:
        counts = [self._form.value(key) for key in _PLAN]
        stairs, floors, on_floor = (count if isinstance(count, int) else None for count in counts)
        if floors is None or on_floor is None:
            return ()
        pattern, code = self._form.value("pattern"), self._form.value("code")
        plan = UnitPlan(
            stairs or 0,
            floors,
            on_floor,
            str(pattern or homes.DEFAULT_PATTERN),
            homes.numbers(_texts(self._form.value("no_floors"))),
            homes.numbers(_texts(self._form.value("no_homes"))),
        )
        if homes.count(plan) > homes.MOST_HOMES:
            raise BadPattern(plan.pattern)
        return tuple(home.name.label for home in homes.homes(str(code or "…"), plan))


def _texts(cell: object) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else ()


def _in_short(made: tuple[str, ...]) -> str:
    """The first and the last of many."""
    if len(made) <= 2 * _SHOWN:
        return ", ".join(made)
    return f"{', '.join(made[:_SHOWN])} … {', '.join(made[-_SHOWN:])}"
