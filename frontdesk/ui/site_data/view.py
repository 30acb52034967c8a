"""Site data: the checklist first, and from it to every sheet, the calendar and the workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.domain.sitebook import SheetKey
from frontdesk.i18n import language, tr
from frontdesk.qtkit import files
from frontdesk.qtkit.parts import column
from frontdesk.services import sitebook
from frontdesk.services.views.sitebook import CheckItem
from frontdesk.ui.context import Context
from frontdesk.ui.page import Changes
from frontdesk.ui.site_data import workbook
from frontdesk.ui.site_data.calendar import CalendarEditor
from frontdesk.ui.site_data.checklist import Checklist
from frontdesk.ui.site_data.editor import SheetEditor
from frontdesk.ui.site_data.importing import Importing

Pane = SheetEditor | CalendarEditor | Importing
_FILTER = "Excel (*.xlsx)"
_TOPICS = frozenset({"site", "*"})


class SiteData(QWidget):
    """Holds the panes; each is made when it is first gone to."""

    moved = Signal()  # another pane is shown: other keys count

    def __init__(self, context: Context) -> None:
        super().__init__(context.host)
        self._context = context
        self._panes: dict[object, Pane] = {}
        self._checklist = Checklist(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._checklist)
        self.setLayout(column((self._stack, 1)))
        self._checklist.chosen.connect(self.open_sheet)
        self._checklist.workbook_wanted.connect(self._save_workbook)
        self._checklist.import_wanted.connect(self._choose_workbook)

    def retranslate(self) -> None:
        """Says every word again."""
        self._checklist.retranslate()
        for pane in self._panes.values():
            pane.retranslate()

    def load(self) -> None:
        """Reads what is shown afresh."""
        self._context.work.run(sitebook.checklist, then=self._on_items, key="checklist")
        if (pane := self._shown()) is not None:
            pane.load()

    def changed(self, changes: Changes) -> None:
        """Other desks, or an import, have changed the site's data."""
        if any(topic in _TOPICS for topic, _id in changes):
            self.load()

    def activated(self, sheet: object = None, *, welcome: bool = False) -> None:
        """Somebody came here: to a sheet, or to wherever this was left."""
        if welcome:
            self._checklist.welcome()
        if isinstance(sheet, SheetKey):
            self.open_sheet(sheet)
        self.load()

    def step_back(self) -> bool:
        """Back to the checklist; False where one is there."""
        if self._shown() is None:
            return False
        self._to_checklist()
        return True

    def rescue(self) -> bool:
        """What is typed stays in its form; True where there is anything."""
        return any(pane.touched for pane in self._panes.values())

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the pane in view."""
        if isinstance(self._shown(), SheetEditor):
            return [("Ctrl+N", tr("New")), ("Ctrl+Enter", tr("Save and next"))]
        return []

    @Slot(object)
    def open_sheet(self, key: SheetKey) -> None:
        """Goes to a sheet."""
        pane = self._panes.get(key) or self._make(key)
        self._show(pane)
        pane.load()

    def _make(self, key: SheetKey) -> Pane:
        made = CalendarEditor(self._context) if key is SheetKey.CALENDAR else SheetEditor(self._context, key)
        return self._add(key, made)

    def _add(self, key: object, pane: Pane) -> Pane:
        self._panes[key] = pane
        self._stack.addWidget(pane)
        pane.left.connect(self._to_checklist)
        return pane

    def _shown(self) -> Pane | None:
        pane = self._stack.currentWidget()
        return pane if isinstance(pane, SheetEditor | CalendarEditor | Importing) else None

    def _show(self, pane: Pane) -> None:
        self._stack.setCurrentWidget(pane)
        pane.take_focus()
        self.moved.emit()

    @Slot()
    def _to_checklist(self) -> None:
        self._stack.setCurrentWidget(self._checklist)
        self.load()
        self.moved.emit()

    @Slot(object)
    def _on_items(self, items: tuple[CheckItem, ...]) -> None:
        self._checklist.show_items(items)

    # -- the workbook ------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _save_workbook(self, filled: bool) -> None:
        name = tr("{site} site data", site=self._context.site.name) + ".xlsx"
        title, then = tr("Get the workbook…"), partial(self._make_workbook, filled)
        files.ask_to_save(self.window(), title, files.documents() / name, _FILTER, then)

    def _make_workbook(self, filled: bool, path: Path) -> None:
        self._checklist.show_busy(True)
        work, wanted = self._context.work, (language(), filled, path)
        work.rest(workbook.save, work.folder, work.actor, *wanted, then=self._on_saved, failed=self._on_not_saved)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._checklist.show_busy(False)
        self._context.notify(tr("The workbook was saved: {path}", path=path), "ok")

    def _on_not_saved(self, error: Exception) -> None:
        self._checklist.show_busy(False)
        self._context.show_error(error)

    @Slot()
    def _choose_workbook(self) -> None:
        files.ask_to_open(self.window(), tr("Import a workbook…"), files.documents(), _FILTER, self._read_workbook)

    def _read_workbook(self, path: Path) -> None:
        pane = self._panes.get(workbook) or self._add_importing()
        self._show(pane)
        if isinstance(pane, Importing):
            pane.read(path)

    def _add_importing(self) -> Pane:
        made = Importing(self._context)
        made.another_wanted.connect(self._choose_workbook)
        made.imported.connect(self.load)
        return self._add(workbook, made)
