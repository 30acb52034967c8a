"""A sheet's rows on the left, one of them beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.domain.sitebook import SHEETS, RowEnd, SheetKey
from frontdesk.i18n import tr
from frontdesk.qtkit.jobs import Then
from frontdesk.qtkit.parts import Button, Empty, column, edit, frame, label, line, row, toggle
from frontdesk.services import sitebook
from frontdesk.services.views.sitebook import RowView, SheetView
from frontdesk.ui.context import Context
from frontdesk.ui.site_data import words
from frontdesk.ui.site_data.listing import RowModel, row_list
from frontdesk.ui.site_data.row_panel import RowPanel

_LIST_PX = 336
_PAGE = 200


class SheetEditor(QWidget):
    """Edits one sheet; `left` says that somebody wants back to the checklist."""

    left = Signal()

    def __init__(self, context: Context, key: SheetKey) -> None:
        super().__init__()
        self._context, self.key = context, key
        self._chosen: int | None = None  # the row beside the list; None for a new one
        self._names: dict[SheetKey, dict[str, str]] = {}
        theme = context.theme
        self._back = Button(theme, "", "quiet", "Esc", "ph.caret-left", bind=False)
        self._title, self._total = label("", "lead"), label("", "muted")
        self._new = Button(theme, "", "plain", "Ctrl+N", "ph.plus")
        self._find = edit(limit=80)
        self._find.setClearButtonEnabled(True)
        self._retired = toggle("")
        self._model = RowModel(self)
        self._view = row_list(theme, self._model)
        self._first = Button(theme, "", "primary")
        self._none, self._empty = label("", "muted"), Empty(theme, "ph.list-plus", self._first)
        self._made: RowPanel | None = None
        self._new.setVisible(SHEETS[key].end is not RowEnd.STAYS)
        self._retired.setVisible(SHEETS[key].end is RowEnd.RETIRED)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        head = row(self._back, 12, self._title, 10, self._total, ..., self._new)
        tools = row((self._find, 1), 8, self._retired)
        lines = column(frame(tools, margins=(0, 0, 16, 8)), (self._view, 1), (self._none, 1))
        self._beside = column()
        both = row(frame(lines, width=_LIST_PX), line("vline"), (self._beside, 1))
        self._stack = QStackedWidget()
        self._stack.addWidget(frame(both))
        self._stack.addWidget(self._empty)
        self.setLayout(column(frame(head, margins=(0, 0, 0, 12)), (self._stack, 1)))
        self._none.setContentsMargins(16, 16, 16, 16)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._none.setWordWrap(True)
        self._none.hide()

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._new.clicked.connect(self.begin)
        self._first.clicked.connect(self.begin)
        self._find.textChanged.connect(self._begin_anew)
        self._find.returnPressed.connect(self._go_to_list)
        self._retired.toggled.connect(self._begin_anew)
        self._model.more.connect(self._ask_more)
        self._view.selectionModel().currentChanged.connect(self._on_current)

    @property
    def _panel(self) -> RowPanel:
        """The row beside the list; made with the first one that is shown, apart from the list, for it takes a while."""
        if self._made is None:
            self._made = RowPanel(self._context, SHEETS[self.key])
            self._made.retranslate()
            for key, names in self._names.items():
                self._made.offer(key, list(names.items()))
            self._beside.addWidget(self._made)
            self._made.saved.connect(self._on_saved)
            self._made.gone.connect(self._on_gone)
            self._made.taken_up.connect(self._take_up)
        return self._made

    def retranslate(self) -> None:
        """Says every word again."""
        name = words.title(self.key)
        self._back.setText(tr("Checklist"))
        self._title.setText(name)
        self._new.setText(tr("New"))
        self._first.setText(tr("Enter the first"))
        self._find.setPlaceholderText(tr("Search"))
        self._find.setAccessibleName(tr("Search"))
        self._retired.setText(tr("No longer used"))
        self._retired.setAccessibleName(tr("No longer used"))
        self._view.setAccessibleName(name)
        self._none.setText(tr("Nothing here fits the search."))
        self._empty.setText(tr("{sheet}: nothing entered yet", sheet=name), words.purpose(self.key))
        if self._made is not None:
            self._made.retranslate()
        self._view.viewport().update()

    def load(self) -> None:
        """Reads rows and what they name afresh."""
        for key in SHEETS[self.key].links:
            if key is not SheetKey.UNITS:
                self._context.work.run(sitebook.choices, key, then=lambda found, key=key: self._on_choices(key, found))
        self.reload()

    def _on_choices(self, key: SheetKey, found: tuple[tuple[str, str], ...]) -> None:
        self._names[key] = dict(found)
        if self._made is not None:
            self._made.offer(key, list(found))
        self._model.show_names(self._names)

    @Slot()
    def reload(self) -> None:
        """Asks again for as many rows as there are."""
        self._ask(0, max(_PAGE, self._model.rowCount()), self._on_first, "sheet")

    @Slot()
    def _begin_anew(self, *_what: object) -> None:
        self._ask(0, _PAGE, self._on_first, "sheet")

    @Slot(int)
    def _ask_more(self, offset: int) -> None:
        self._ask(offset, _PAGE, self._model.show_more, "more of a sheet")

    def _ask(self, offset: int, limit: int, then: Then, key: str) -> None:
        asked = partial(sitebook.sheet, offset=offset, limit=limit, retired=self._retired.isChecked())
        self._context.work.run(asked, self.key, self._find.text().strip(), then=then, key=f"{key} {self.key}")

    @Slot(object)
    def _on_first(self, view: SheetView) -> None:
        bar = self._view.verticalScrollBar()
        before = bar.value()
        self._model.show_first(view)
        bar.setValue(before)
        self._total.setText(f"{view.total}")
        searched = bool(self._find.text().strip()) or self._retired.isChecked()
        self._none.setVisible(not view.rows and searched)
        self._view.setVisible(bool(view.rows) or not searched)
        begun = self._made is not None and self._made.open and self._made.row is None
        self._stack.setCurrentIndex(0 if view.rows or searched or begun else 1)
        self._choose_again(view)

    def _choose_again(self, view: SheetView) -> None:
        """The row beside the list stays there; where there is none, the first is shown."""
        at = self._model.line_of(self._chosen)
        if at >= 0:
            self._select(at)
        elif view.rows and not (self._made is not None and self._made.open):
            self._select(0)

    def _select(self, at: int) -> None:
        self._view.setCurrentIndex(self._model.index(at, 0))

    @Slot()
    def _go_to_list(self) -> None:
        if self._model.rowCount():
            self._select(max(0, self._view.currentIndex().row()))
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            shown = self._model.row(current.row())
            if self._chosen != shown.id or not self._panel.touched:
                self._chosen = shown.id
                self._panel.show_row(shown)

    @Slot()
    def begin(self) -> None:
        """A new row: an empty form beside the list."""
        self._chosen = None
        self._stack.setCurrentIndex(0)
        self._view.selectionModel().clear()
        self._panel.show_row(None)
        self._panel.take_focus()

    def take_focus(self) -> None:
        """Where the keys go first: the search, or the first step where nothing is there."""
        target = self._first if self._stack.currentIndex() else self._find
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def touched(self) -> bool:
        """Something was typed and is not saved."""
        return self._made is not None and self._made.touched

    @Slot(object, bool)
    def _on_saved(self, saved: RowView, new: bool) -> None:
        """Saved: on to the next row, or to another new one."""
        self.reload()
        if new:
            self.begin()
            return
        at = self._model.line_of(saved.id)
        if 0 <= at < self._model.rowCount() - 1:
            self._select(at + 1)
            self._panel.take_focus()
        else:
            self._panel.show_row(saved)

    @Slot(int)
    def _on_gone(self, _row_id: int) -> None:
        self._chosen = None
        self._panel.close_row()
        self.reload()

    @Slot(object)
    def _take_up(self, shown: RowView | None) -> None:
        """What had been typed is wanted back: its row is beside the list again."""
        self._chosen = shown.id if shown else None
        at = self._model.line_of(self._chosen)
        if at >= 0:
            self._select(at)
