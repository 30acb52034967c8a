"""Asking for a file without a second event loop: the window goes on working, and `then` gets the path."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

PLAIN = "FRONTDESK_PLAIN_DIALOGS"  # set to 1: Qt's own dialogs, which the tour and tests can read

Then = Callable[[Path], None]


class CannotRead(Exception):
    """The file cannot be read: it is gone, or another program holds it."""

    code = "cannot_read"


class CannotWrite(Exception):
    """The file cannot be written there."""

    code = "cannot_save"


def read(path: Path) -> bytes:
    """What is in a file; raises CannotRead."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(str(path)) from error


def write(path: Path, data: bytes) -> Path:
    """Writes a file, over one that is there; raises CannotWrite."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CannotWrite(str(path)) from error
    return path


def ask_to_save(parent: QWidget, title: str, suggested: Path, kinds: str, then: Then) -> QFileDialog:
    """Asks where to save; a name without an ending gets that of the suggestion. `kinds` as in `Excel (*.xlsx)`."""
    dialog = _dialog(parent, title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggested.suffix)
    dialog.setDirectory(str(suggested.parent))
    dialog.selectFile(suggested.name)
    dialog.open()
    return dialog


def ask_to_open(parent: QWidget, title: str, folder: Path, kinds: str, then: Then) -> QFileDialog:
    """Asks for a file that is there."""
    dialog = _dialog(parent, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(str(folder))
    dialog.open()
    return dialog


def documents() -> Path:
    """Where people look for their files."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
    return folder if folder.is_dir() else Path.home()


def _dialog(parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setNameFilter(kinds)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, os.environ.get(PLAIN) == "1")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    return dialog
