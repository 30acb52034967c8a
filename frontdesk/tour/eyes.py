"""What a person can see and point at in a program's windows: the visible texts, and the thing that bears a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to point at: a widget, where in it, and what it is called there."""

    widget: QWidget
    at: QPoint
    name: str


def plain(text: str) -> str:
    """A text as it is read: no mark-up, no mnemonic, single spaces."""
    shown = unescape(_TAGS.sub(" ", text)) if "<" in text else text
    return " ".join(shown.replace("&&", "\0").replace("&", "").replace("\0", "&").split())


def windows(app: QApplication) -> list[QWidget]:
    """The windows that can be worked with now: the modal one alone, if there is one."""
    modal = app.activeModalWidget()
    if modal is not None:
        return [modal]
    popup = app.activePopupWidget()
    shown = [window for window in app.topLevelWidgets() if window.isVisible()]
    return ([popup] if popup is not None else []) + [window for window in shown if window is not popup]


def widgets(app: QApplication) -> Iterator[QWidget]:
    """Every widget that can be seen, in its window's order."""
    for window in windows(app):
        yield window
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                yield widget


def _own_text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        hidden = widget.echoMode() is not QLineEdit.EchoMode.Normal
        return "" if hidden else widget.text()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QGroupBox):
        return widget.title()
    return ""


def rows(view: QAbstractItemView) -> Iterator[tuple[QRect, str]]:
    """The rows of a list or table that are in view, each with what is written or said of it."""
    model = view.model()
    if model is None:
        return
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    whole = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(whole)  # lists have it private
    for row in range(model.rowCount(whole)):
        for column in range(columns):
            index = model.index(row, column)
            box = view.visualRect(index)
            if not box.intersects(view.viewport().rect()):
                continue
            for role in roles:
                text = index.data(role)
                if isinstance(text, str) and text:
                    yield box, plain(text)


def entries(menu: QMenu) -> Iterator[tuple[QRect, str]]:
    """The entries of an open menu."""
    for action in menu.actions():
        if action.isVisible() and action.text():
            yield menu.actionGeometry(action), plain(action.text())


def texts(app: QApplication) -> list[str]:
    """Everything that can be read now, once each, in order."""
    found: dict[str, None] = {}
    for widget in widgets(app):
        for text in (_own_text(widget), widget.accessibleName(), widget.accessibleDescription()):
            if text:
                found.setdefault(plain(text))
        for spot in _parts(widget):
            found.setdefault(spot.name)
    return [text for text in found if text]


def _names(widget: QWidget) -> list[str]:
    names = [widget.accessibleName(), _own_text(widget)]
    if isinstance(widget, QLineEdit):
        names.append(widget.placeholderText())
    return [plain(name) for name in names if name]


def _parts(widget: QWidget) -> Iterator[Spot]:
    """What a widget shows that is no widget of its own: rows of a list, entries of a menu."""
    if isinstance(widget, QAbstractItemView):
        for box, text in rows(widget):
            yield Spot(widget.viewport(), box.center(), text)
    if isinstance(widget, QMenu):
        for box, text in entries(widget):
            yield Spot(widget, box.center(), text)


def _spots(app: QApplication) -> Iterator[Spot]:
    for widget in widgets(app):
        for name in _names(widget):
            yield Spot(widget, widget.rect().center(), name)
        yield from _parts(widget)


def _can_take(spot: Spot) -> bool:
    return spot.widget.isEnabled() and not isinstance(spot.widget, QLabel)


def find(app: QApplication, name: str) -> Spot | None:
    """The thing called so, one that takes a click first; else one that takes a click and has the name in its own."""
    spots = sorted(_spots(app), key=lambda spot: not _can_take(spot))
    exact = next((spot for spot in spots if spot.name == name), None)
    if exact is not None:
        return exact
    takes = [spot for spot in spots if _can_take(spot)]
    for test in (str.startswith, str.__contains__):
        for spot in takes:
            if test(spot.name, name):
                return spot
    return None


def scroll_down(app: QApplication) -> bool:
    """Turns the wheel over everything that has more below; whether anything moved."""
    moved = False
    for area in [each for each in widgets(app) if isinstance(each, QAbstractScrollArea)]:
        bar, view = area.verticalScrollBar(), area.viewport()
        before, middle = bar.value(), QPointF(view.rect().center())
        wheel = QWheelEvent(
            middle,
            view.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, wheel)
        moved |= bar.value() != before
    return moved


def field(app: QApplication, name: str) -> QWidget | None:
    """The field for typing that bears the name, by its accessible name, its label, or its placeholder."""
    takes_text = QLineEdit | QPlainTextEdit | QTextEdit | QComboBox
    fields = [widget for widget in widgets(app) if isinstance(widget, takes_text) and widget.isEnabled()]
    for widget in fields:
        if name in _names(widget):
            return widget
    for label in widgets(app):
        if isinstance(label, QLabel) and label.buddy() in fields and plain(label.text()) == name:
            return label.buddy()
    return next((widget for widget in fields if any(name in each for each in _names(widget))), None)
