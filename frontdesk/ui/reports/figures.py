"""The figures of a digest in a row; each opens the cases that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from frontdesk.domain.responses import Response
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import row
from frontdesk.qtkit.theme import Theme
from frontdesk.services.views.digests import DigestView
from frontdesk.ui import time_words
from frontdesk.ui.reports import wording

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Part:
    """Cases behind a figure, and why they are shown."""

    case_ids: tuple[int, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number under its name, what else is to be said of it, and the cases; several parts are chosen from a menu."""

    name: str
    value: str
    more: str
    parts: tuple[Part, ...]

    @property
    def chosen(self) -> tuple[Part, ...]:
        """The parts that have cases."""
        return tuple(part for part in self.parts if part.case_ids)


class Tile(QAbstractButton):
    """One figure as a button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.figure = Figure("", _NONE, "", ())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: Figure) -> None:
        """Another figure."""
        self.figure = figure
        said = " · ".join(part for part in (figure.value, figure.more) if part)
        self.setAccessibleName(f"{figure.name}: {said}")
        self.setToolTip(self.accessibleName())
        self.setEnabled(bool(figure.chosen))
        self.setCursor(Qt.CursorShape.PointingHandCursor if figure.chosen else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, 68)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else QPen(theme.color("trough")))
        painter.setBrush(theme.color("hover" if self.underMouse() and self.isEnabled() else "sunken"))
        painter.drawRoundedRect(box, 6, 6)
        lines = (
            (6, 18, "caption", "text_2", False, self.figure.name),
            (23, 24, "lead", "text", True, self.figure.value),
            (46, 16, "caption", "text_2", False, self.figure.more),
        )
        for top, height, size, role, strong, text in lines:
            painter.setFont(theme.font(size, strong))
            painter.setPen(theme.color(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width() - 16)
            painter.drawText(QRect(9, top, self.width() - 16, height), Qt.AlignmentFlag.AlignVCenter, shown)


class Figures(QWidget):
    """All of them; tells `opened` with the part that was asked for."""

    opened = Signal(object)  # Part

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tiles = [Tile(theme) for _ in range(7)]
        box = row()
        for at, tile in enumerate(self._tiles):
            box.addSpacing(6 if at else 0)
            box.addWidget(tile, 1)
            tile.clicked.connect(self._on_clicked)
        self.setLayout(box)

    def show_digest(self, view: DigestView) -> None:
        """The figures of a period."""
        for tile, figure in zip(self._tiles, figures(view), strict=True):
            tile.show_figure(figure)

    @Slot()
    def _on_clicked(self) -> None:
        tile = self.sender()
        if not isinstance(tile, Tile):
            return
        parts = tile.figure.chosen
        if len(parts) == 1:
            self.opened.emit(parts[0])
        elif parts:
            self._ask(tile, parts)

    def _ask(self, tile: Tile, parts: Sequence[Part]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in parts:
            text = f"{part.because} · {len(part.case_ids)}".replace("&", "&&")
            menu.addAction(text).triggered.connect(lambda _on=False, part=part: self.opened.emit(part))
        menu.popup(tile.mapToGlobal(tile.rect().bottomLeft()))


def figures(view: DigestView) -> tuple[Figure, ...]:
    """The seven figures of a digest, in order."""
    answer, tally = view.response, view.tally
    callers = ntr("{n} caller", "{n} callers", tally.callers)
    all_cases = Part(tally.case_ids, tr("All that was raised"))
    percent = _NONE if answer.kept_percent is None else f"{answer.kept_percent} %"
    of = tr("{kept} of {all}", kept=len(answer.kept), all=len(answer.kept) + len(answer.missed))
    median = _NONE if answer.median is None else time_words.span(answer.median)
    rating = _NONE if answer.rating is None else wording.mean(answer.rating)
    rated = ntr("{n} answer", "{n} answers", len(answer.rated))
    return (
        Figure(tr("Matters"), str(tally.matters), callers, (all_cases,)),
        Figure(tr("In time"), percent, "" if answer.kept_percent is None else of, _times(answer)),
        Figure(
            tr("Median time"),
            median,
            tr("to the result") if answer.answered else "",
            (Part(answer.answered, tr("Result written back")),),
        ),
        _counted(tr("To reply"), answer.owed),
        _counted(tr("Reopened"), answer.reopened),
        Figure(
            tr("Rating"), rating, rated if answer.rated else "", (Part(answer.rated, tr("Rated at the follow-up")),)
        ),
        _complaints(answer),
    )


def _counted(name: str, case_ids: tuple[int, ...]) -> Figure:
    return Figure(name, str(len(case_ids)), "", (Part(case_ids, name),))


def _times(answer: Response) -> tuple[Part, ...]:
    return (Part(answer.kept, tr("Promised time kept")), Part(answer.missed, tr("Promised time missed")))


def _complaints(answer: Response) -> Figure:
    """Complaints by how far up they had to go."""
    parts = tuple(Part(ids, level(number)) for number, ids in answer.levels)
    escalated = sum(len(ids) for number, ids in answer.levels if number)
    total = sum(len(part.case_ids) for part in parts)
    more = ntr("{n} escalated", "{n} escalated", escalated) if escalated else ""
    return Figure(tr("Complaints"), str(total), more, parts)


def level(number: int) -> str:
    """A complaint's level in words."""
    return tr("Complaints, level {level}", level=number) if number else tr("Complaints, not escalated")
