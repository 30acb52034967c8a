"""A new site, empty, and hands that set it up: the workbook filled in as people do, files chosen in their dialogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.ui.hand import Hand

Rows = Sequence[Mapping[str, Any]]


def to_site_data(hand: Hand) -> Any:
    """Goes to the checklist by what can be read; returns the view."""
    hand.click("Settings")
    hand.click("Site data")
    hand.see("For the first order")
    hand.rest()
    return hand.stand.console.session.desk.page("settings")._data


def choose_file(hand: Hand, app: QApplication, path: Path) -> None:
    """Types a path into the file dialog that is open, and confirms."""
    hand.until(lambda: isinstance(app.activeModalWidget(), QFileDialog))
    dialog = app.activeModalWidget()
    name = dialog.findChild(QLineEdit)
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)
    hand.until(lambda: not isinstance(app.activeModalWidget(), QFileDialog))


def get_workbook(hand: Hand, app: QApplication, path: Path) -> None:
    """Has the program save its empty workbook."""
    hand.click("Get the workbook…")
    hand.click("Empty, to fill in")
    choose_file(hand, app, path)
    hand.see("The workbook was saved")
    hand.rest()


def import_workbook(hand: Hand, app: QApplication, path: Path) -> None:
    """Has the program read a workbook."""
    hand.click("Import a workbook…")
    choose_file(hand, app, path)
    hand.rest()


def fill(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Writes rows below the headings of a workbook, by the titles of sheets and columns; what stood there goes."""
    book = openpyxl.load_workbook(path)
    for title, rows in sheets.items():
        sheet = book[title]
        columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1] if cell.value}
        sheet.delete_rows(2, sheet.max_row)
        for at, row in enumerate(rows, 2):
            for column, value in row.items():
                sheet.cell(at, columns[column], value)
    book.save(path)
