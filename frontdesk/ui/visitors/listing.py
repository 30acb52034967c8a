"""The visits of the day as a list: who and why, where to, badge, when; what needs attention first."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QWidget

from frontdesk.domain.visits import VisitState
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Choice, Empty, RowDelegate, column, frame, label, row
from frontdesk.services.views import VisitLine, VisitsView
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.today.visits import VISIT_STATUS
from frontdesk.ui.words import named, word

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 52
_ALL = "all"
_SHOWN = (VisitState.OVERDUE, VisitState.ON_SITE, VisitState.EXPECTED, VisitState.LEFT)


class VisitModel(QAbstractListModel):
    """The visits that the chosen filter lets through."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: tuple[VisitLine, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        visit = self._lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return visit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (visit.name, word(visit.state), named(visit.area), visit.badge_no, self.leaving(visit))
            return " · ".join(part for part in parts if part)
        return None

    def show_lines(self, lines: tuple[VisitLine, ...]) -> None:
        """These lines in place of those before."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, at: int) -> VisitLine:
        """The visit of a row."""
        return self._lines[at]

    def arriving(self, visit: VisitLine) -> str:
        """When the visitor came."""
        return time_words.clock(self._context.local(visit.arrived_at)) if visit.arrived_at else ""

    def leaving(self, visit: VisitLine) -> str:
        """When the visitor left, is to leave, or by how much that is over."""
        now = self._context.now()
        if visit.left_at is not None:
            return tr("left {time}", time=time_words.clock(self._context.local(visit.left_at)))
        if visit.state is VisitState.OVERDUE:
            return time_words.left(visit.until, now)
        return tr("until {time}", time=time_words.brief(self._context.local(visit.until), now.date()))


class VisitDelegate(RowDelegate):
    """State icon, name and purpose, area, badge, arrival, leaving."""

    def draw(self, painter: QPainter, box: QRect, index: Index, selected: bool) -> None:
        model, visit = index.model(), index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(model, VisitModel) or not isinstance(visit, VisitLine):
            return
        status = self.theme.status(VISIT_STATUS[visit.state])
        loud = visit.state is VisitState.OVERDUE
        self.icon(painter, box.left() + 12, box.top() + 15, status.icon, status.role)
        width = box.width() - 44
        name, area = QRect(box.left() + 44, box.top() + 3, int(width * 0.34), 22), int(width * 0.24)
        more = ntr("and {n} more", "and {n} more", visit.companions) if visit.companions else ""
        self.text(painter, name, " ".join(part for part in (visit.name, more) if part))
        self.text(painter, name.translated(0, 21), word(visit.purpose), size="caption", role="text_2")
        at = QRect(name.right() + 12, box.top(), area, box.height())
        self.text(painter, at, named(visit.area))
        at = QRect(at.right() + 12, box.top(), 76, box.height())
        self.text(painter, at, visit.badge_no, size="small", role="text_2")
        at = QRect(at.right() + 8, box.top(), 56, box.height())
        self.text(painter, at, model.arriving(visit), size="small", role="text_2")
        at = QRect(at.right() + 8, box.top(), box.right() - at.right() - 16, box.height())
        role = "danger" if loud else "text_2"
        self.text(painter, at, model.leaving(visit), size="small", role=role, strong=loud, right=True)


class VisitList(QWidget):
    """The left side of the page; tells `picked` with a VisitLine, and `gone` when the chosen one is no more."""

    picked = Signal(object)
    gone = Signal()

    def __init__(self, context: Context, *actions: QWidget) -> None:
        super().__init__()
        self._view_now: VisitsView | None = None
        self._chosen: tuple[int | None, int | None] | None = None  # visit, invitation
        self._untouched = True  # until somebody is chosen, the first is; after that, never one by itself
        self._title = label("", "title")
        self._filter = Choice("chip")
        self._model = VisitModel(context, self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(VisitDelegate(context.theme, ROW_PX, self._view))
        self._view.setMouseTracking(True)
        self._view.setUniformItemSizes(True)
        self._empty = Empty(context.theme, "ph.identification-badge")
        self._empty.hide()
        head = row(self._title, ...)
        for action in actions:
            head.addWidget(action)
            head.addSpacing(8)
        top = column(frame(head, height=64), self._filter, 12)
        self.setLayout(column(frame(top, margins=(24, 0, 16, 0)), (self._view, 1), (self._empty, 1)))
        self._filter.picked.connect(self._filtered)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._title.setText(tr("Visitors"))
        self._view.setAccessibleName(tr("Visitors"))
        self._empty.setText(
            tr("No visitor here"), tr("Invite somebody (F4); who comes in at a kiosk appears by itself.")
        )
        self._show_filter()

    def _show_filter(self) -> None:
        counts = dict(self._view_now.counts) if self._view_now else {}
        total = sum(counts.values())
        chips: list[tuple[object, str]] = [(_ALL, tr("All {n}", n=total))]
        chips += [(state, f"{word(state)} {counts.get(state, 0)}") for state in _SHOWN]
        self._filter.setAccessibleName(tr("Which visitors"))
        self._filter.show_choices(chips)

    def show_visits(self, view: VisitsView) -> None:
        """Shows a day's visits; the chosen one stays chosen."""
        self._view_now = view
        if self._chosen and _same(view.lines, self._chosen) is None:  # revoked, or of another day
            self._chosen = None
            self.gone.emit()
        self._show_filter()
        self._filtered()

    def choose(self, visit_id: int | None, invitation_id: int | None) -> None:
        """Selects a visit or invitation, at once or as soon as it is there; nobody is chosen until then."""
        self._chosen, self._untouched = (visit_id, invitation_id), False
        self._filter.set_value(_ALL)
        if self._view_now is None or _same(self._view_now.lines, self._chosen) is None:
            self.gone.emit()
        self._filtered()

    @Slot()
    def _filtered(self, *_what: object) -> None:
        """Shows what the filter lets through. One that it hides stays beside the list: nobody else takes its place,
        for whom the next press of a button would be meant."""
        if self._view_now is None:
            return
        state, every = self._filter.value(), self._view_now.lines
        lines = tuple(each for each in every if state in (_ALL, each.state))
        bar = self._view.verticalScrollBar()
        before = bar.value()
        self._model.show_lines(lines)
        self._view.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        first = next(iter(lines), None) if self._untouched else None
        chosen = _same(every, self._chosen) if self._chosen else first
        if chosen in lines:
            self._view.setCurrentIndex(self._model.index(lines.index(chosen), 0))
        elif chosen is not None:
            self._tell(chosen)
        bar.setValue(before)

    def _tell(self, visit: VisitLine) -> None:
        self._chosen, self._untouched = (visit.visit_id, visit.invitation_id), False
        self.picked.emit(visit)

    @Slot(QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._tell(self._model.line(current.row()))


def _same(lines: tuple[VisitLine, ...], chosen: tuple[int | None, int | None]) -> VisitLine | None:
    """The visit, or what an invitation has become: itself while nobody has used it, then the visit."""
    visit_id, invitation_id = chosen
    if visit_id is not None:
        return next((each for each in lines if each.visit_id == visit_id), None)
    of_invitation = [each for each in lines if invitation_id is not None and each.invitation_id == invitation_id]
    return next(iter(sorted(of_invitation, key=lambda each: each.visit_id is None, reverse=True)), None)
