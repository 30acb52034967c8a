"""The checklist: every sheet, how much is there, what is missing, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from frontdesk.domain.sitebook import SheetKey
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Elided, Icon, Notice, Paragraph, column, frame, label, row, scroll, two
from frontdesk.services.views.sitebook import CheckItem
from frontdesk.ui.context import Context
from frontdesk.ui.site_data import words

_ROW_PX = 52
_COUNT_PX = 130
_WIDTH = 880


class Checklist(QWidget):
    """Tells `chosen` with a SheetKey, and which workbook is wanted."""

    chosen = Signal(object)
    workbook_wanted = Signal(bool)  # True: with the site's present data
    import_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._items: tuple[CheckItem, ...] = ()
        self._welcome = False
        theme = context.theme
        self._intro = Paragraph("", "muted")
        self._hello = Notice(theme, "info")
        self._get = Button(theme, "", "plain", "Alt+W", "ph.download-simple")
        self._import = Button(theme, "", "plain", "Alt+I", "ph.upload-simple")
        self._menu = QMenu(self)
        self._empty, self._filled = QAction(self), QAction(self)
        self._menu.addActions([self._empty, self._filled])
        self._lines: QVBoxLayout = column()
        body = frame(column(self._lines, ...), margins=(0, 0, 8, 16))
        body.setMaximumWidth(_WIDTH)
        head = frame(column(self._hello, 8, row((self._intro, 1), 16, self._get, 8, self._import), 8))
        head.setMaximumWidth(_WIDTH)
        self.setLayout(column(row((head, 100), ...), (scroll(frame(row((body, 100), ...))), 1)))
        self._hello.hide()
        self._get.clicked.connect(self._offer_workbooks)
        self._empty.triggered.connect(lambda: self.workbook_wanted.emit(False))
        self._filled.triggered.connect(lambda: self.workbook_wanted.emit(True))
        self._import.clicked.connect(self.import_wanted)
        self.retranslate()

    def retranslate(self) -> None:
        """Says every word again."""
        self._intro.setText(
            tr("Enter it sheet by sheet, or fill in one workbook and import it. The program works with what there is.")
        )
        self._hello.setText(
            tr(
                "Welcome! Begin with buildings and homes; calls can be taken and routed from then on. "
                "Everything else can wait, and nothing has to be complete."
            )
        )
        self._get.setText(tr("Get the workbook…"))
        self._import.setText(tr("Import a workbook…"))
        self._empty.setText(tr("Empty, to fill in"))
        self._filled.setText(tr("With what is entered now"))
        self._show()

    def welcome(self) -> None:
        """The site is new: says where to begin."""
        self._welcome = True
        self._show()

    def show_items(self, items: tuple[CheckItem, ...]) -> None:
        """Shows how far every sheet has come."""
        self._items = items
        self._show()

    def show_busy(self, busy: bool) -> None:
        """A workbook is being made."""
        self._get.setEnabled(not busy)
        self._get.setText(tr("Making the workbook …") if busy else tr("Get the workbook…"))

    def take_focus(self) -> None:
        """The keys go to the first step that waits."""
        for at in range(self._lines.count()):
            widget = self._lines.itemAt(at).widget()
            button = widget.findChild(Button) if widget is not None else None
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _offer_workbooks(self) -> None:
        self._menu.popup(self._get.mapToGlobal(self._get.rect().bottomLeft()))

    def _show(self) -> None:
        new = not any(item.count for item in self._items if item.sheet is SheetKey.UNITS)
        self._hello.setVisible(self._welcome and new)
        focused = self._focused_sheet()
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        first = [item for item in self._items if item.needed]
        rest = [item for item in self._items if not item.needed]
        next_step = next((item.sheet for item in first if not item.done), None)
        for words_above, items in ((tr("For the first order"), first), (tr("When it is needed"), rest)):
            if items:
                self._lines.addSpacing(8)
                self._lines.addWidget(label(words_above, "strong"))
                self._lines.addSpacing(4)
            for each in items:
                button = self._add_line(each, primary=each.sheet is next_step)
                if each.sheet is focused:
                    button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused_sheet(self) -> object:
        focused = self.focusWidget()
        return focused.property("sheet") if isinstance(focused, Button) else None

    def _add_line(self, item: CheckItem, *, primary: bool) -> Button:
        theme, name = self._context.theme, words.title(item.sheet)
        glyph, role = _sign(item)
        act = Button(theme, tr("Edit") if item.count else tr("Fill in"), "primary" if primary else "plain")
        act.setProperty("sheet", item.sheet)
        act.setAccessibleDescription(f"{name}: {_told(item)}")
        act.clicked.connect(lambda: self.chosen.emit(item.sheet))
        count = label(_told(item), "warn" if item.missing and item.needed else "small", right=True)
        icon = Icon(theme, glyph, role, 20, name=tr("done") if item.done else tr("not done"))
        names = two(label(name), Elided(words.purpose(item.sheet), "caption"))
        parts = row(icon, 14, (names, 1), 16, count, 16, frame(row(..., act), width=_COUNT_PX - 20))
        self._lines.addWidget(frame(parts, "row", (8, 0, 8, 0), height=_ROW_PX))
        return act


def _sign(item: CheckItem) -> tuple[str, str]:
    if item.done:
        return "ph.check-circle-fill", "ok"
    return ("ph.warning-circle", "warn") if item.needed or item.missing else ("ph.circle", "text_3")


def _told(item: CheckItem) -> str:
    """How much is there, and what is missing."""
    if not item.count:
        return tr("nothing yet")
    there = ntr("{n} entry", "{n} entries", item.count)
    lacking = ntr("{n} incomplete", "{n} incomplete", item.missing)
    return f"{there} · {lacking}" if item.missing else there
