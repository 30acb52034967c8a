"""The print dialog, used as people do: by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from frontdesk import paths
from frontdesk.forms.fields import samples
from frontdesk.forms.fontbuild import build_fonts
from frontdesk.forms.render import render
from frontdesk.qtkit import printing
from frontdesk.qtkit.jobs import Lanes
from frontdesk.qtkit.parts import Button, Notice
from frontdesk.qtkit.theme import Theme
from frontdesk.ui.paper_view import PaperView
from frontdesk.ui.print_dialog import Deed, Outcome, PrintDialog, PrintJob, copy_sets

COPIES = (("office", "Office"), ("equipment", "Equipment"), ("finance", "Finance"), ("resident", "Resident"))


@pytest.fixture(scope="module")
def job() -> PrintJob:
    build_fonts(paths.built() / "fonts")
    form = render("work_order", samples("work_order"))
    return PrintJob(form.pdf, "WO-202611-0042", copy_sets(form.pages, COPIES))


@pytest.fixture
def lanes(qapp: object) -> Iterator[Lanes]:
    out = Lanes()
    yield out
    out.close()


@pytest.fixture
def dialog(
    qtbot: QtBot, lanes: Lanes, job: PrintJob, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[PrintDialog]:
    monkeypatch.setenv("HOME", str(tmp_path))
    window = QWidget()
    qtbot.addWidget(window)
    theme = Theme.load(paths.resources() / "tokens.toml", paths.resources() / "style.qss", "light")
    out = PrintDialog(theme, window, job, lanes.rest)
    out.open()
    qtbot.waitUntil(lambda: lanes.idle)
    yield out
    window.close()


def to_file(qtbot: QtBot, dialog: PrintDialog, path: Path) -> QLineEdit:
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(str(path))
    return field


def deed(dialog: PrintDialog) -> Button:
    return next(button for button in dialog.findChildren(Button) if button.isDefault())


def test_copies_are_told_apart_by_their_pages() -> None:
    assert [copy.pages for copy in copy_sets(4, COPIES[:2])] == [(0, 1), (2, 3)]
    assert copy_sets(3, ()) == ()


def test_a_pdf_is_saved_with_two_keys(qtbot: QtBot, dialog: PrintDialog, job: PrintJob, tmp_path: Path) -> None:
    out = tmp_path / "mine.pdf"
    field = to_file(qtbot, dialog, out)
    with qtbot.waitSignal(dialog.done_with) as done:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done.args == [Outcome(Deed.SAVED, path=out, copies=("office", "equipment", "finance", "resident"))]
    assert out.read_bytes() == job.pdf


def test_a_file_that_is_there_is_not_written_over(qtbot: QtBot, dialog: PrintDialog, tmp_path: Path) -> None:
    out = tmp_path / "mine.pdf"
    out.write_bytes(b"kept")
    field = to_file(qtbot, dialog, out)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert out.read_bytes() == b"kept"
    assert dialog.isVisible()
    assert "already" in field.accessibleDescription()


def test_a_folder_that_is_not_there_is_told(qtbot: QtBot, dialog: PrintDialog, tmp_path: Path) -> None:
    field = to_file(qtbot, dialog, tmp_path / "nowhere" / "mine.pdf")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "folder" in field.accessibleDescription()


def test_escape_prints_nothing(qtbot: QtBot, dialog: PrintDialog) -> None:
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.outcome is None


def test_a_printer_that_went_away_loses_nothing(qtbot: QtBot, dialog: PrintDialog, lanes: Lanes) -> None:
    printers = dialog.findChild(QComboBox)
    assert printers is not None
    printers.insertItem(0, "Gone", "Gone away")
    printers.setCurrentIndex(0)
    qtbot.keyClick(deed(dialog), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lanes.idle)
    assert dialog.isVisible()
    (notice,) = dialog.findChildren(Notice)
    assert notice.isVisible()
    assert "no longer there" in notice.accessibleName()
    assert deed(dialog).isEnabled()


def test_no_copy_chosen_cannot_be_printed(qtbot: QtBot, dialog: PrintDialog) -> None:
    printers = dialog.findChild(QComboBox)
    assert printers is not None
    printers.insertItem(0, "Some printer", "Some printer")
    printers.setCurrentIndex(0)
    ticks = [tick for tick in dialog.findChildren(QToolButton) if tick.isCheckable()]
    assert [tick.text() for tick in ticks] == ["Office", "Equipment", "Finance", "Resident"]
    for tick in ticks:
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert not deed(dialog).isEnabled()
    qtbot.mouseClick(ticks[2], Qt.MouseButton.LeftButton)
    assert deed(dialog).isEnabled()
    paper = dialog.findChild(PaperView)
    assert paper is not None
    assert paper.page() == 2


def test_pages_turn_by_key(qtbot: QtBot, dialog: PrintDialog) -> None:
    paper = dialog.findChild(PaperView)
    assert paper is not None
    assert (paper.page(), paper.pages()) == (0, 4)
    qtbot.waitUntil(dialog.isActiveWindow)
    for key, page in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1)):
        qtbot.keyClick(dialog, key)
        assert paper.page() == page


def test_a_real_printer_takes_the_chosen_copies(qtbot: QtBot, dialog: PrintDialog, lanes: Lanes) -> None:
    running = [printer.name for printer in printing.list_printers() if not printer.is_stopped]
    if not running:
        pytest.skip("this machine has no printer")
    with qtbot.waitSignal(dialog.done_with) as done:
        qtbot.keyClick(deed(dialog), Qt.Key.Key_Return)
    assert done.args[0].deed is Deed.SENT
    assert done.args[0].printer in running
