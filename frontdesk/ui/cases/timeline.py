"""What happened to a case, newest first: a thread with an icon for each event."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Icon, Paragraph, column, frame, label, row
from frontdesk.services.views import EventKind, EventView
from frontdesk.ui import case_words, time_words
from frontdesk.ui.cases import event_words
from frontdesk.ui.context import Context

_THREAD_X = 76
_AT_ONCE = 12


class Timeline(QWidget):
    """Shows events; each line can be read and selected, the thread is painted behind them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._waiting: list[EventView] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_events(self, events: tuple[EventView, ...]) -> None:
        """Shows these events in place of those before."""
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._waiting = list(reversed(events))
        self._show_older()

    @Slot()
    def _show_older(self) -> None:
        """The next lines at the lower end, so that a long story never holds the window."""
        shown, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        last = self._box.itemAt(self._box.count() - 1)
        more = last.widget() if last is not None else None
        if isinstance(more, Button):
            self._box.removeWidget(more)
            more.hide()
            more.deleteLater()
        for event in shown:
            self._box.addWidget(self._line(event))
        if self._waiting:
            older = Button(self._context.theme, tr("Show what was before"), "link")
            older.clicked.connect(self._show_older)
            self._box.addWidget(older)

    def _line(self, event: EventView) -> QWidget:
        kind = EventKind(event.kind)
        at: datetime = self._context.local(event.happened_at)
        today = self._context.now().date()
        when = column(label(time_words.clock(at), "small", 60))
        if at.date() != today:
            day = Paragraph(time_words.day(at.date(), today), "caption")
            day.setFixedWidth(60)
            when.addWidget(day)
        glyph = Icon(self._context.theme, case_words.EVENT_GLYPHS[kind], "text_2", 18)
        words = column(label(case_words.event(event)))
        told = event_words.told(self._context, event)
        if told:
            body = Paragraph(told, "small")
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addSpacing(2)
            words.addWidget(body)
        words.addSpacing(14)
        return frame(row(column(1, when, ...), 6, column(2, glyph, ...), 18, (words, 1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._context.theme
        first, last = self._box.itemAt(0), self._box.itemAt(self._box.count() - 1)
        lowest = last.widget() if last is not None else None
        if first is not None and lowest is not None:
            bottom = lowest.y()
            previous = 0
            for at in range(self._box.count()):
                item = self._box.itemAt(at)
                line = item.widget() if item is not None else None
                if line is None:
                    continue
                if line.y() > previous + 24:
                    painter.fillRect(_THREAD_X - 1, previous + 24, 1, line.y() - previous - 24, theme.color("line"))
                previous = line.y()
                if previous >= bottom:
                    break
