"""Which lines: period, building, who answers, way, words; the figures beside them narrow further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QTimer, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QWidget

from frontdesk.domain.registers import Period, RegisterKind, days_of
from frontdesk.domain.routing import Route
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Pick, column, edit, frame, label, row
from frontdesk.services.views import Named
from frontdesk.services.views.registers import Figure, RegisterChoices, RegisterFilter
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named, word

_TYPING_MS = 250
_WITH_WAYS = frozenset({RegisterKind.CALL_VISIT, RegisterKind.FOLLOW_UPS})


class Filters(QWidget):
    """The fields over the table; `changed` comes with the whole new filter."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._kind = context, RegisterKind.CALL_VISIT
        self._filter = RegisterFilter()
        self._choices = RegisterChoices((), (), ())
        self._figures: tuple[Figure, ...] = ()
        theme = context.theme
        self._period, self._building, self._who, self._way = (Pick(theme) for _ in range(4))
        self.search = edit(limit=80)
        self.search.setClearButtonEnabled(True)
        self._since, self._until = self._day(), self._day()
        self._dash = label("", "muted")
        self._dates = frame(row(self._since, 8, self._dash, 8, self._until, ...), margins=(0, 8, 0, 0))
        fields = row(
            (self._period, 4), 8, (self._building, 4), 8, (self._who, 5), 8, (self._way, 5), 8, (self.search, 7)
        )
        self.setLayout(column(fields, self._dates))
        self._dates.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
        self.search.textChanged.connect(self._on_typing)
        for pick in (self._period, self._building, self._who, self._way):
            pick.chosen.connect(self._on_chosen)
        for day in (self._since, self._until):
            day.dateChanged.connect(self._on_chosen)

    def _day(self) -> QDateEdit:
        today = self._context.now().date()
        out = QDateEdit(QDate(today.year, today.month, today.day))
        out.setDisplayFormat("yyyy-MM-dd")
        out.setCalendarPopup(True)
        out.setFixedWidth(140)
        return out

    # -- what is chosen ----------------------------------------------------------------------------------------------

    def begin(self, kind: RegisterKind, period: Period) -> RegisterFilter:
        """Another register: period and place stay as they are, what only the other one has goes. Returns the filter."""
        self._kind = kind
        self._way.setVisible(kind in _WITH_WAYS)
        self._filter = RegisterFilter(
            building_id=self._filter.building_id,
            department_id=self._filter.department_id,
            external_id=self._filter.external_id,
            text=self._filter.text,
        )
        self.choose_period(period)
        return self._filter

    def choose_period(self, period: Period) -> None:
        """Chooses a period without telling."""
        self._period.choose(period)
        self._dates.setVisible(period is Period.DATES)
        since, until = self._days(period)
        self._filter = replace(self._filter, since=since, until=until)

    def period(self) -> Period:
        """The period chosen."""
        found = self._period.value()
        return found if isinstance(found, Period) else Period.THIS_MONTH

    def _days(self, period: Period) -> tuple[date | None, date | None]:
        if period is not Period.DATES:
            return days_of(period, self._context.now().date())
        first, last = _read(self._since), _read(self._until)
        return min(first, last), max(first, last)

    def value(self) -> RegisterFilter:
        """The filter as it is."""
        return self._filter

    def set_value(self, chosen: RegisterFilter) -> None:
        """A figure's filter; the fields follow."""
        self._filter = chosen
        self._way.choose(chosen.route)

    def clear(self) -> None:
        """Everything of the period."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for pick in (self._building, self._who, self._way):
            pick.choose(None)
        self._filter = RegisterFilter(since=self._filter.since, until=self._filter.until)
        self.changed.emit(self._filter)

    def narrowed(self) -> bool:
        """Whether more than a period is asked for."""
        return self._filter != RegisterFilter(since=self._filter.since, until=self._filter.until)

    def roll(self) -> bool:
        """A new day at the site moves the period along; True when it did."""
        before = self._filter
        self.choose_period(self.period())
        return before != self._filter

    # -- what is offered ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Says every word again."""
        self._period.offer(choices(Period))
        self._period.setAccessibleName(tr("Period"))
        self._building.setAccessibleName(tr("Building"))
        self._who.setAccessibleName(tr("Who answers"))
        self._way.setAccessibleName(tr("Way"))
        self.search.setPlaceholderText(tr("Number, words, name or home"))
        self.search.setAccessibleName(tr("Search the register"))
        self.search.setToolTip(tr("Search the register (Ctrl F)"))
        self._since.setAccessibleName(tr("First day"))
        self._until.setAccessibleName(tr("Last day"))
        self._dash.setText(tr("to"))
        self.offer(self._choices)
        self.show_figures(self._figures)

    def offer(self, found: RegisterChoices) -> None:
        """The buildings, departments and external units that there are."""
        self._choices = found
        self._building.offer([(None, tr("All buildings")), *((one.id, named(one)) for one in found.buildings)])
        answering = [(("department", one.id), named(one)) for one in found.departments]
        answering += [(("external", one.id), self._outside(one)) for one in found.externals]
        self._who.offer([(None, tr("Everybody answering")), *answering])

    @staticmethod
    def _outside(one: Named) -> str:
        return tr("{name} (external)", name=named(one))

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """How many lines go each way."""
        self._figures = figures
        ways = [(one.code, f"{word(one.code)} {one.count}") for one in figures if isinstance(one.code, Route)]
        chosen = self._filter.route
        if chosen is not None and all(code is not chosen for code, _words in ways):
            ways.append((chosen, f"{word(chosen)} 0"))
        self._way.offer([(None, tr("Every way")), *ways])
        self._way.choose(chosen)

    # -- what a person does ------------------------------------------------------------------------------------------

    @Slot()
    def _on_chosen(self, *_what: object) -> None:
        period = self.period()
        self._dates.setVisible(period is Period.DATES)
        since, until = self._days(period)
        kind, key = self._answering()
        way = self._way.value()
        building = self._building.value()
        new = replace(
            self._filter,
            since=since,
            until=until,
            building_id=building if isinstance(building, int) else None,
            department_id=key if kind == "department" else None,
            external_id=key if kind == "external" else None,
            route=way if isinstance(way, Route) else None,
        )
        self._tell(new)

    def _answering(self) -> tuple[str, int | None]:
        found = self._who.value()
        return found if isinstance(found, tuple) else ("", None)

    @Slot(str)
    def _on_typing(self, _text: str) -> None:
        self._typing.start()

    @Slot()
    def _on_typed(self) -> None:
        self._tell(replace(self._filter, text=self.search.text().strip()))

    def _tell(self, new: RegisterFilter) -> None:
        if new != self._filter:
            self._filter = new
            self.changed.emit(new)


def _read(field: QDateEdit) -> date:
    found = field.date()
    return date(found.year(), found.month(), found.day())
