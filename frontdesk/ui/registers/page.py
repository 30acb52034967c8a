"""登记簿: a register, its filter, its lines, and what they come to; every figure leads to its lines, every line to its
case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.registers import REGISTERS, TIME_COLUMN, Period, RegisterKind
from frontdesk.i18n import tr
from frontdesk.qtkit import files
from frontdesk.qtkit.parts import Button, Choice, Empty, announce, bind_keys, column, frame, label, row
from frontdesk.services import registers
from frontdesk.services.registers import HandedOver, words
from frontdesk.services.views.registers import (
    RegisterChoices,
    RegisterFilter,
    RegisterOrder,
    RegisterPage,
    RegisterSlice,
)
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.page import Page as BasePage
from frontdesk.ui.registers.columns import ColumnDialog
from frontdesk.ui.registers.filters import Filters
from frontdesk.ui.registers.model import PAGE, RegisterModel, cell_text
from frontdesk.ui.registers.table import RegisterTable
from frontdesk.ui.registers.taking import Taking, file_name
from frontdesk.ui.registers.totals import Totals
from frontdesk.ui.words import choices, word

_SOON_MS, _LATER_MS, _MANY = 400, 2000, 5000  # a long register is counted less often while others work
_SCROLL_MS = 30
_MOST_COPIED = 500


class Page(BasePage):
    """One register at a time; the filter's period and place stay when another is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._kind = RegisterKind.CALL_VISIT
        self._order = RegisterOrder()
        self._total = 0
        self._stays = False  # the table stays where it was scrolled to
        self._columns: Mapping[RegisterKind, tuple[str, ...]] = {}
        self._title, self._tabs = label("", "title"), Choice("tab")
        self._reload_soon, self._fetch_soon = self._timer(_SOON_MS), self._timer(_SCROLL_MS)

    def fill(self) -> Iterator[None]:
        """The buttons, the filter, the table, one after the other."""
        theme = self.context.theme
        self._columns_button = Button(theme, "", "plain", "Alt+C", "ph.columns")
        self._print = Button(theme, "", "plain", "Ctrl+P", "ph.printer")
        self._book = Button(theme, "", "plain", "Ctrl+E", "ph.download-simple")
        for button in (self._print, self._book):
            button.setVisible(self.context.may(Permission.PRINT))
        yield
        self._filters = Filters(self.context)
        yield
        self._totals = Totals()
        self._model = RegisterModel(self.context, self)
        self._table = RegisterTable(self._model)
        self._clear = Button(theme, "", "primary")
        self._empty = Empty(theme, "ph.notebook", self._clear)
        yield
        self._taking = Taking(self.context, self)
        self._foot = self._make_foot()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self._connect()
        yield
        self.retranslate()

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        return timer

    def _make_foot(self) -> QFrame:
        self._progress_words, self._progress = label("", "small", 200), QProgressBar()
        self._progress.setTextVisible(False)
        self._stop = Button(self.context.theme, "", "quiet")
        line = row(self._progress_words, 12, (self._progress, 1), 12, self._stop)
        return frame(line, margins=(24, 6, 24, 6))

    def _lay_out(self) -> None:
        head = row(self._title, ..., self._columns_button, 8, self._print, 8, self._book)
        top = column(frame(head, height=56), self._tabs, 10, self._filters, 10, self._totals, 8)
        self.setLayout(
            column(
                frame(top, margins=(24, 0, 24, 0)), (frame(row((self._stack, 1)), margins=(16, 0, 8, 0)), 1), self._foot
            )
        )
        self._foot.hide()

    def _connect(self) -> None:
        self._tabs.picked.connect(self._on_kind)
        self._filters.changed.connect(self._on_filter)
        self._filters.search.returnPressed.connect(self._go_to_lines)
        self._totals.chosen.connect(self._on_figure)
        self._table.opened.connect(self._on_opened)
        self._table.sorted_by.connect(self._on_order)
        self._table.moved.connect(self._fetch_soon.start)
        self._model.missing.connect(self._fetch_soon.start)
        self._fetch_soon.timeout.connect(self._fetch)
        self._reload_soon.timeout.connect(self._reload)
        self._columns_button.clicked.connect(self._ask_columns)
        self._print.clicked.connect(self._on_print)
        self._book.clicked.connect(self._on_book)
        self._clear.clicked.connect(self._on_clear)
        self._taking.went_on.connect(self._on_went_on)
        self._taking.ended.connect(self._on_ended)
        self._stop.clicked.connect(self._taking.stop)
        bind_keys(self, "Ctrl+C").activated.connect(self._copy)
        bind_keys(self, "Ctrl+F").activated.connect(self._go_to_find)
        bind_keys(self, "Alt+S").activated.connect(self._table.sort_by_next)
        bind_keys(self, "Alt+O").activated.connect(self._table.turn_order)
        bind_keys(self, "Alt+Right").activated.connect(lambda: self._turn(1))
        bind_keys(self, "Alt+Left").activated.connect(lambda: self._turn(-1))

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return tr("Registers")

    def retranslate(self) -> None:
        """Says every word again."""
        self._title.setText(tr("Registers"))
        self._tabs.setAccessibleName(tr("Which register"))
        self._tabs.show_choices(choices(RegisterKind), self._kind)
        self._tabs.setToolTip(tr("The next register (Alt →), the one before (Alt ←)"))
        self._columns_button.setText(tr("Columns"))
        self._print.setText(tr("Print or PDF"))
        self._book.setText(tr("Workbook"))
        self._clear.setText(tr("Show all of the period"))
        self._stop.setText(tr("Cancel"))
        self._filters.retranslate()
        self._model.say_again()
        self._say_empty()
        self._name_table()
        if self._columns:
            self._reload()

    def _name_table(self) -> None:
        self._table.setAccessibleName(word(self._kind))

    def _say_empty(self) -> None:
        if self._filters.narrowed():
            self._empty.setText(tr("No line is so"), tr("Nothing in this register matches what is asked for."))
        else:
            self._empty.setText(
                tr("No line in this period"), tr("Lines appear by themselves as matters are recorded and handled.")
            )
        self._clear.setVisible(self._filters.narrowed())

    def activated(self, **args: object) -> None:
        """With `register` (and `chosen`, a RegisterFilter) that register is shown."""
        kind = args.get("register")
        if isinstance(kind, RegisterKind):
            self._kind = kind
            self._tabs.set_value(kind)
        if not self._columns:
            self._filters.begin(self._kind, Period.THIS_MONTH)
            self.context.work.run(registers.choices, then=self._on_choices)
            self.context.work.run(registers.my_columns, then=self._on_columns)
        elif isinstance(kind, RegisterKind):
            self._show_kind(kind)
        else:
            self._filters.roll()
            self._stays = True
            self._reload()
        self._table.setFocus()

    def changed(self, changes: Changes) -> None:
        """Lines and figures follow what other desks do."""
        if self._columns and any(topic in ("case", "*") for topic, _id in changes) and not self._reload_soon.isActive():
            self._stays = True
            self._reload_soon.setInterval(_LATER_MS if self._total > _MANY else _SOON_MS)
            self._reload_soon.start()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page."""
        own = [("Enter", tr("Case")), ("Ctrl+F", tr("Search")), ("Alt+C", tr("Columns"))]
        return [*own, ("Ctrl+P", tr("Print")), ("Ctrl+E", tr("Workbook"))] if self._may_print else own

    @property
    def _may_print(self) -> bool:
        return self.context.may(Permission.PRINT)

    # -- which register, which lines ---------------------------------------------------------------------------------

    @Slot(object)
    def _on_choices(self, found: RegisterChoices) -> None:
        self._filters.offer(found)

    @Slot(object)
    def _on_columns(self, columns: Mapping[RegisterKind, tuple[str, ...]]) -> None:
        self._columns = columns
        self._show_columns()
        self._begin_anew()

    def _show_columns(self) -> None:
        self._model.show_columns(self._kind, self._columns[self._kind])
        self._table.share_width()
        self._table.show_order(self._order, TIME_COLUMN[self._kind])
        self._name_table()

    @Slot(object)
    def _on_kind(self, kind: RegisterKind) -> None:
        if self._columns:
            self._show_kind(kind)

    def _show_kind(self, kind: RegisterKind) -> None:
        self._kind, self._order = kind, RegisterOrder()
        self._filters.begin(kind, self._filters.period())
        self._show_columns()
        self._begin_anew()

    def _turn(self, step: int) -> None:
        kinds = list(RegisterKind)
        kind = kinds[(kinds.index(self._kind) + step) % len(kinds)]
        self._tabs.set_value(kind)
        self._on_kind(kind)

    @Slot(object)
    def _on_filter(self, _chosen: RegisterFilter) -> None:
        self._begin_anew()

    @Slot(object)
    def _on_figure(self, chosen: RegisterFilter) -> None:
        self._filters.set_value(chosen)
        self._begin_anew()

    @Slot()
    def _on_clear(self) -> None:
        self._filters.clear()

    @Slot(object)
    def _on_order(self, order: RegisterOrder) -> None:
        self._order = order
        self._table.show_order(order, TIME_COLUMN[self._kind])
        self._begin_anew()

    @Slot()
    def _begin_anew(self) -> None:
        """Other lines are wanted: from the top."""
        self._stays = False
        self._reload()

    @Slot()
    def _reload(self) -> None:
        """Asks for the lines in view, and what all of them come to."""
        first = self._table.rows_in_view()[0] // PAGE * PAGE if self._stays else 0
        asked = (registers.page, self._kind, self._filters.value(), self._order, first, PAGE)
        self.context.work.run(*asked, then=self._on_page, key="register")

    @Slot(object)
    def _on_page(self, page: RegisterPage) -> None:
        if (page.asked.kind, page.asked.chosen, page.asked.order) != self._asked():
            return
        current = self._model.line(self._table.currentIndex().row()) if self._stays else None
        self._total = page.total
        self._model.show_page(page.asked.offset // PAGE, page.asked.rows, page.total)
        self._totals.show_figures(page.figures, self._filters.value())
        self._filters.show_figures(page.figures)
        self._say_empty()
        self._stack.setCurrentIndex(0 if page.total else 1)
        if not self._stays:
            self._table.scrollToTop()
            self._table.setCurrentIndex(self._model.index(0, 0))
            announce(self._table, tr("{n} lines", n=page.total))
        elif current is not None:
            self._keep_current(current.id)
        self._stays = True
        self._fetch_soon.start()

    def _keep_current(self, line_id: int) -> None:
        """The line that was current stays current, although lines came in above it."""
        at = self._model.row_of(line_id)
        if at >= 0 and at != self._table.currentIndex().row():
            place = self._table.verticalScrollBar().value()
            self._table.setCurrentIndex(self._model.index(at, max(0, self._table.currentIndex().column())))
            self._table.verticalScrollBar().setValue(place)

    def _asked(self) -> tuple[RegisterKind, RegisterFilter, RegisterOrder]:
        return self._kind, self._filters.value(), self._order

    @Slot()
    def _fetch(self) -> None:
        """Asks for the first page in view that has not come."""
        number = self._model.first_missing(*self._table.rows_in_view())
        if number is not None:
            asked = (registers.lines, *self._asked(), number * PAGE, PAGE)
            self.context.work.run(*asked, then=self._on_lines, key="register lines")

    @Slot(object)
    def _on_lines(self, found: RegisterSlice) -> None:
        if (found.kind, found.chosen, found.order) == self._asked():
            self._model.add_page(found.offset // PAGE, found.rows)
            self._fetch_soon.start()

    # -- what is done with lines -------------------------------------------------------------------------------------

    @Slot(int)
    def _on_opened(self, case_id: int) -> None:
        self.context.navigate("cases", case_id=case_id)

    @Slot()
    def _go_to_lines(self) -> None:
        self._table.setFocus()

    @Slot()
    def _go_to_find(self) -> None:
        self._filters.search.setFocus()
        self._filters.search.selectAll()

    @Slot()
    def _ask_columns(self) -> None:
        dialog = ColumnDialog(self.context.theme, self.window(), self._kind, self._columns.get(self._kind, ()))
        dialog.decided.connect(self._on_decided)
        dialog.open()

    @Slot(object)
    def _on_decided(self, keys: tuple[str, ...]) -> None:
        self.context.work.run(registers.keep_my_columns, self._kind, keys, then=self._on_kept)

    @Slot(object)
    def _on_kept(self, columns: Mapping[RegisterKind, tuple[str, ...]]) -> None:
        self._columns = columns
        self._show_columns()
        self._fetch_soon.start()

    @Slot()
    def _copy(self) -> None:
        """The selected lines as a table of text, for a letter or another program."""
        parts = self._table.selectionModel().selection()
        if parts.isEmpty():
            return
        first, last = parts.first().top(), parts.first().bottom()
        if last - first >= _MOST_COPIED:
            self.context.notify(tr("At most {n} lines can be copied; save more as a workbook.", n=_MOST_COPIED), "warn")
            return
        asked = (registers.lines, *self._asked(), first, last - first + 1)
        self.context.work.run(*asked, then=self._on_copied, key="register copy")

    @Slot(object)
    def _on_copied(self, found: RegisterSlice) -> None:
        shown = self._columns[found.kind]
        places = [at for at, each in enumerate(REGISTERS[found.kind]) if each.key in shown]
        titles = [tr(REGISTERS[found.kind][at].title) for at in places]
        lines = [[cell_text(self.context, line.cells[at]).replace("\n", " ") for at in places] for line in found.rows]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in [titles, *lines]))
        self.context.notify(tr("{n} lines copied.", n=len(lines)))

    @Slot()
    def _on_print(self) -> None:
        self._taking.begin(self._kind, self._filters.value(), HandedOver.PRINT)

    @Slot()
    def _on_book(self) -> None:
        if not self._taking.busy:
            chosen = self._filters.value()
            period = words.period(chosen.since, chosen.until, "en")
            name = f"{file_name(word(self._kind), period)}.xlsx"
            title = tr("Save as a workbook")
            files.ask_to_save(self.window(), title, files.documents() / name, "Excel (*.xlsx)", self._save_to)

    def _save_to(self, path: Path) -> None:
        self._taking.begin(self._kind, self._filters.value(), HandedOver.XLSX, path)

    @Slot(int)
    def _on_went_on(self, count: int) -> None:
        self._foot.show()
        self._progress.setRange(0, max(1, self._total))
        self._progress.setValue(count)
        self._progress_words.setText(tr("{n} of {total} lines", n=count, total=self._total))
        self._progress.setAccessibleName(self._progress_words.text())

    @Slot()
    def _on_ended(self) -> None:
        self._foot.hide()
