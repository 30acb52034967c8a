"""The calendar of a year: public holidays and weekends that are worked, taken over or set day by day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Field, IconButton, Notice, Paragraph, column, edit, frame, label, line, row
from frontdesk.services import sitebook
from frontdesk.services.views.sitebook import DayView, YearView
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.site_data.year_grid import YearGrid

_SIDE_PX = 264
_WEEKEND = 5
OURS = "person"  # entered here, not taken over


class CalendarEditor(QWidget):
    """A year at a glance, one day beside it."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._view: YearView | None = None
        self._wanted = context.now().year
        theme = context.theme
        self._back = Button(theme, "", "quiet", "Esc", "ph.caret-left", bind=False)
        self._title, self._year = label("", "lead"), label("", "lead")
        self._before, self._after = IconButton(theme, "ph.caret-left"), IconButton(theme, "ph.caret-right")
        self._seed = Button(theme, "", "plain", glyph="ph.download-simple")
        self._note = Notice(theme, "warn")
        self._grid = YearGrid(theme)
        self._day, self._kind, self._legend = label("", "strong"), Paragraph("", "muted"), Paragraph("", "small")
        self._toggle = Button(theme, "", "plain", "Space", bind=False)
        self._name = Field(edit(limit=60))
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        head = row(self._back, 12, self._title, 24, self._before, 4, self._year, 4, self._after, ..., self._seed)
        side = column(
            *(self._day, 4, self._kind, 16, row(self._toggle, ...), 16, self._name, 24, line(), 16, self._legend, ...)
        )
        beside = frame(side, margins=(24, 0, 0, 0), width=_SIDE_PX)
        body = row((self._grid, 1), 24, line("vline"), beside)
        self.setLayout(column(frame(head, margins=(0, 0, 0, 12)), self._note, 12, (frame(body), 1)))
        self._note.hide()

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._before.clicked.connect(lambda: self._go_to(self._wanted - 1))
        self._after.clicked.connect(lambda: self._go_to(self._wanted + 1))
        self._seed.clicked.connect(self._take_over)
        self._grid.moved.connect(self._show_day)
        self._grid.toggled.connect(self._switch)
        self._toggle.clicked.connect(lambda: self._switch(self._grid.current))
        self._name.body.editingFinished.connect(self._rename)

    def retranslate(self) -> None:
        """Says every word again."""
        self._back.setText(tr("Checklist"))
        self._title.setText(tr("Calendar"))
        self._before.setText(tr("The year before"))
        self._after.setText(tr("The year after"))
        self._seed.setText(tr("Take over the published days"))
        self._name.setText(tr("Name of the day"), tr("optional"))
        self._legend.setText(
            tr(
                "{holiday}: holiday\n{worked}: weekend that is worked\n"
                "Arrow keys go from day to day, Space changes one.",
                holiday=tr("H"),
                worked=tr("W"),
            )
        )
        if self._view is not None:
            self._show(self._view)

    def load(self) -> None:
        """Reads the year afresh."""
        self._go_to(self._wanted)

    def take_focus(self) -> None:
        """The keys go to the days."""
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def touched(self) -> bool:
        """Every change is saved at once."""
        return False

    def _go_to(self, year: int) -> None:
        self._wanted = year
        self._context.work.run(sitebook.year, year, then=self._show, key="year")

    @Slot(object)
    def _show(self, view: YearView) -> None:
        if view.year != self._wanted:
            return
        self._view = view
        self._year.setText(str(view.year))
        today = self._context.now().date()
        same = self._grid.current.year == view.year
        current = self._grid.current if same else today if today.year == view.year else date(view.year, 1, 1)
        self._grid.show_days(current, today, {day.day: day for day in view.days})
        self._note.setVisible(not view.published)
        told = tr(
            "The holidays of {year} are not entered yet. Until then weekdays and the statutory days count; "
            "times that are open are reckoned anew as soon as they are entered.",
            year=view.year,
        )
        if not view.published:
            self._note.setText(told)
        self._show_day(current)

    @Slot(object)
    def _show_day(self, day: date) -> None:
        differs = self._differs(day)
        self._day.setText(time_words.long_day(day))
        self._kind.setText(self._grid.kind(day))
        self._toggle.setText(self._offered(day))
        self._name.setVisible(differs is not None)
        self._name.body.setText(differs.name if differs else "")
        self._name.body.setModified(False)

    def _offered(self, day: date) -> str:
        """What pressing the button makes of a day."""
        weekend = day.weekday() >= _WEEKEND
        if self._differs(day) is not None:
            return tr("Make it an ordinary weekend") if weekend else tr("Make it an ordinary weekday")
        return tr("This weekend is worked") if weekend else tr("This is a holiday")

    def _differs(self, day: date) -> DayView | None:
        days = self._view.days if self._view else ()
        return next((each for each in days if each.day == day), None)

    @Slot(object)
    def _switch(self, day: date) -> None:
        """A day becomes what its weekday is not, or that again."""
        others = self._others(day)
        if self._differs(day) is None:
            others = (*others, DayView(day, day.weekday() >= _WEEKEND, "", OURS))
        self._save(others)

    @Slot()
    def _rename(self) -> None:
        day, name = self._differs(self._grid.current), self._name.body.text().strip()
        if day is not None and self._name.body.isModified() and name != day.name:
            self._save((*self._others(day.day), DayView(day.day, day.working, name, OURS)))

    def _others(self, day: date) -> tuple[DayView, ...]:
        days = self._view.days if self._view else ()
        return tuple(each for each in days if each.day != day)

    def _save(self, days: tuple[DayView, ...]) -> None:
        if self._view is not None:
            in_order = tuple(sorted(days, key=lambda each: each.day))
            self._context.work.run(sitebook.save_days, self._view.year, in_order, then=self._show)

    @Slot()
    def _take_over(self) -> None:
        before = self._view
        self._context.work.run(sitebook.seed_year, self._wanted, then=lambda view: self._taken(before, view))

    def _taken(self, before: YearView | None, view: YearView) -> None:
        self._show(view)
        if not view.published:
            told = tr("The holidays of {year} have not been published yet.", year=view.year)
            self._context.notify(told, "warn")
            return
        undo = (tr("Undo"), lambda: self._save(before.days)) if before and before.year == view.year else None
        self._context.notify(tr("The published days of {year} are entered.", year=view.year), "ok", undo)
