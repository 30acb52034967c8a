"""The list of cases: loaded page by page, two lines a case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QWidget

from frontdesk.domain.cases import CaseState
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import (
    Choice,
    DropDown,
    Elided,
    Empty,
    IconButton,
    RowDelegate,
    column,
    edit,
    frame,
    label,
    row,
)
from frontdesk.services import cases
from frontdesk.services.cases import LARGEST_PAGE
from frontdesk.services.views import Board, CaseFilter, CaseLine, CaseOrder, CasePage
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named, word

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 64
PAGE = 50
_SHOWN = (CaseFilter.OPEN, CaseFilter.OVERDUE, CaseFilter.TO_REPLY, CaseFilter.COMPLETED)
_SORT_PX = 148


class CaseModel(QAbstractListModel):
    """The cases of a filter, newest first; the next page is asked for when the end comes into view."""

    more = Signal(object)  # the place to continue at

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: list[CaseLine] = []
        self._after: tuple[object, int] | None = None
        self._asked: tuple[object, int] | None = None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        case = self._lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return case
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (case.content, case.where, case.number, self.clock(case), self.next(case))
            return " · ".join(part for part in parts if part)
        return None

    def clock(self, case: CaseLine) -> str:
        """What the right end of a line says of time."""
        now = self._context.now()
        left = case_words.countdown(case.clock, case.due_at, now)
        return left or time_words.brief(self._context.local(case.opened_at), now.date())

    def next(self, case: CaseLine) -> str:
        """What is to be done next."""
        if case.next_step is None and case.state is CaseState.OPEN:
            return word(Board.TO_COMPLETE)
        return word(case.next_step or case.state)

    def line(self, at: int) -> CaseLine:
        """The case of a row."""
        return self._lines[at]

    def row_of(self, case_id: int) -> int:
        """The row of a case, -1 where it is not loaded."""
        return next((at for at, case in enumerate(self._lines) if case.id == case_id), -1)

    def show_first(self, page: CasePage) -> None:
        """The first page in place of everything before."""
        self.beginResetModel()
        self._lines, self._after, self._asked = list(page.lines), page.after, None
        self.endResetModel()

    def show_more(self, page: CasePage) -> None:
        """The next page, below; one that was asked for before the list began anew belongs nowhere."""
        if self._asked is None:
            return
        if page.lines:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(page.lines) - 1)
            self._lines += page.lines
            self.endInsertRows()
        self._after, self._asked = page.after, None

    def canFetchMore(self, parent: Index) -> bool:
        return self._after is not None and self._asked is None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = self._after
            self.more.emit(self._after)


class CaseDelegate(RowDelegate):
    """What and how late; where, whose, number."""

    def draw(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        model = index.model()
        case: CaseLine = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(model, CaseModel):
            return
        status = self.theme.status(case_words.case_status(case))
        loud = status.role in ("danger", "warn")
        self.icon(painter, box.left() + 12, box.top() + 11, status.icon, status.role)
        inner = QRect(box.left() + 42, box.top() + 8, box.width() - 54, 22)
        clock = model.clock(case)
        painter.setFont(self.theme.font("small", loud))
        taken = painter.fontMetrics().horizontalAdvance(clock) + 12
        self.text(painter, inner, clock, size="small", role=status.role if loud else "text_2", strong=loud, right=True)
        self.text(painter, inner.adjusted(0, 0, -taken, 0), case.content.replace("\n", " "))
        inner.translate(0, 23)
        self.text(painter, inner, case.number, size="caption", role="text_3", right=True)
        painter.setFont(self.theme.font("caption"))
        taken = painter.fontMetrics().horizontalAdvance(case.number) + 12
        where = " · ".join(part for part in (case.where, named(case.department)) if part)
        self.text(painter, inner.adjusted(0, 0, -taken, 0), where, size="caption", role="text_2")


class Narrowed(QFrame):
    """Says to which cases the list is narrowed, and why; `widened` when a person wants all of them again."""

    widened = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._reason = Elided("", "small")
        self._all = IconButton(context.theme, "ph.x", px=24)
        self._all.clicked.connect(self.widened)
        inner = row((self._reason, 1), 6, self._all)
        inner.setContentsMargins(10, 4, 6, 4)
        self.setLayout(inner)
        self.setProperty("part", "info")
        self.hide()

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._all.setText(tr("Show all cases again"))

    def show_reason(self, because: str) -> None:
        """Why the list is narrow."""
        self._reason.setText(because)
        self.setAccessibleName(because)
        self.show()


class CaseList(QWidget):
    """The left side of the page; it tells `picked` with a case's id."""

    picked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: int | None = None  # the case that is open beside the list, whether the list shows it or not
        self._stays = True  # the list stays where it was scrolled to
        self._follows = False  # a person wants to see others: the case beside the list goes along
        self._only: tuple[int, ...] = ()
        self._title, self._total = label("", "title"), label("", "small")
        self._find = edit(limit=80)
        self._find.setClearButtonEnabled(True)
        self._filter = Choice("chip")
        self._order = DropDown(context.theme)
        self._order.setFixedWidth(_SORT_PX)
        self._narrowed = Narrowed(context)
        self._narrowed.widened.connect(self.show_all)
        self._heads = label("", "caption"), label("", "caption")
        self._model = CaseModel(context, self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(CaseDelegate(context.theme, ROW_PX, self._view))
        self._view.setMouseTracking(True)
        self._view.setUniformItemSizes(True)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._empty = Empty(context.theme, "ph.list-bullets")
        self._empty.hide()
        title = frame(row(self._title, 12, self._total, ..., self._order), height=64)
        top = column(title, self._filter, 12, self._find, 8, self._narrowed)
        heads = frame(row(54, self._heads[0], ..., self._heads[1], 24), height=26)
        self.setLayout(column(frame(top, margins=(24, 0, 16, 0)), heads, (self._view, 1), (self._empty, 1)))
        self._filter.picked.connect(self._want_others)
        self._find.textChanged.connect(self._want_others)
        self._order.activated.connect(self._begin_anew)
        self._find.returnPressed.connect(self._go_to_first)
        self._model.more.connect(self._ask_more)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        context.ticker.minute.connect(self._view.viewport().update)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._title.setText(tr("Cases"))
        self._find.setPlaceholderText(tr("Number, words, name or home"))
        self._find.setAccessibleName(tr("Search the cases"))
        self._view.setAccessibleName(tr("Cases"))
        self._filter.setAccessibleName(tr("Which cases"))
        self._filter.show_choices([each for each in choices(CaseFilter) if each[0] in _SHOWN])
        self._show_orders()
        self._narrowed.retranslate()
        self._heads[0].setText(tr("Matter, place, who sees to it"))
        self._heads[1].setText(tr("Time, number"))
        self._empty.setText(tr("No case here"), tr("Cases appear as soon as a call or walk-in is recorded (F2, F3)."))

    def _show_orders(self) -> None:
        at = max(0, self._order.currentIndex())
        self._order.setAccessibleName(tr("Sort the cases"))
        self._order.clear()
        self._order.addItems([word(order) for order in CaseOrder])
        self._order.setCurrentIndex(at)

    def show_only(self, case_ids: tuple[int, ...], because: str) -> None:
        """Narrows the list to given cases, of any state; a figure elsewhere has led here."""
        self._only, self._chosen = case_ids, None
        self._narrowed.show_reason(because)
        self._filter.hide()  # those that are wanted may be in any state
        with QSignalBlocker(self._find):
            self._find.clear()
        self._want_others()

    @Slot()
    def show_all(self) -> None:
        """All cases again."""
        self._only = ()
        self._narrowed.hide()
        self._filter.show()
        self._want_others()

    def take_focus(self) -> None:
        """Puts the focus on the list, so that arrows and the case's own keys work at once."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_case(self, case_id: int) -> None:
        """Selects a case; one that the filter hides is shown all the same, beside the list."""
        self._chosen = case_id
        self._begin_anew()

    @Slot()
    def _want_others(self, *_what: object) -> None:
        """A person wants to see others; where the open case is not among them, the first of them is opened."""
        self._follows = True
        self._begin_anew()

    @Slot()
    def _begin_anew(self, *_what: object) -> None:
        """Other cases are wanted: from the top, or where the chosen one is."""
        self._stays = False
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Asks again for as many lines as there are; the chosen case stays chosen, and the list stays where it is."""
        limit = max(PAGE, min(self._model.rowCount(), LARGEST_PAGE))
        self._context.work.run(self._service(), *self._asked(), None, limit, then=self._on_page, key="cases")

    def _service(self) -> Callable[..., CasePage]:
        order = list(CaseOrder)[max(0, self._order.currentIndex())]
        return partial(cases.case_page, order=order, case_ids=self._only)

    def _asked(self) -> tuple[object, str]:
        return CaseFilter.ALL if self._only else self._filter.value(), self._find.text()

    @Slot(object)
    def _ask_more(self, after: object) -> None:
        self._context.work.run(self._service(), *self._asked(), after, then=self._model.show_more, key="more cases")

    @Slot(object)
    def _on_page(self, page: CasePage) -> None:
        bar = self._view.verticalScrollBar()
        before = bar.value()
        self._model.show_first(page)
        self._total.setText(f"{page.total}")
        self._view.setVisible(bool(page.lines))
        self._empty.setVisible(not page.lines)
        at = -1 if self._chosen is None else self._model.row_of(self._chosen)
        if at < 0 and page.lines and (self._chosen is None or self._follows):
            at = 0
        if at >= 0:
            self._select(at)
        self._follows = False
        if self._stays:
            bar.setValue(before)
        self._stays = True

    @Slot()
    def _go_to_first(self) -> None:
        """Enter in the search: on to the list."""
        if self._model.rowCount():
            self._select(0)
            self.take_focus()

    def _select(self, at: int) -> None:
        self._view.setCurrentIndex(self._model.index(at, 0))

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        # A list that gets the focus with nothing chosen makes its first line current, but does not select it.
        if current.isValid() and self._view.selectionModel().isSelected(current):
            self._chosen = self._model.line(current.row()).id
            self.picked.emit(self._chosen)
