"""Adding pictures to a case: pasted, dropped or chosen, seen before they are kept; and one picture large."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from frontdesk.i18n import ntr, tr
from frontdesk.qtkit import files
from frontdesk.qtkit.parts import Button, Dialog, Field, Paragraph, edit, frame, label, row
from frontdesk.services import pictures
from frontdesk.services.views import CaseView, PictureView
from frontdesk.ui import error_words, time_words
from frontdesk.ui.cases.asking.base import DeedDialog, Doer
from frontdesk.ui.context import Context

PREVIEW = QSize(456, 240)
LARGE = QSize(760, 470)


def scaled(data: bytes, size: QSize) -> QImage:
    """A picture made to fit; a null one where the data is none. For the lane away from the window."""
    image = QImage.fromData(data)
    if image.isNull():
        return image
    return image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def read_all(paths: Sequence[Path]) -> tuple[bytes, ...]:
    """The files' contents; raises CannotRead and PictureTooLarge. For the lane away from the window."""
    for path in paths:
        if path.is_file() and path.stat().st_size > pictures.LARGEST_BYTES:
            raise pictures.PictureTooLarge
    return tuple(files.read(path) for path in paths)


class AddPictureDialog(DeedDialog):
    """Shows what is to be added, takes the caption; `given` is what was pasted or dropped."""

    def __init__(
        self, context: Context, parent: QWidget, case: CaseView, doer: Doer, given: tuple[bytes, ...] = ()
    ) -> None:
        super().__init__(context, parent, case, doer, tr("Add a picture"))
        self._given = given
        self._picture = QLabel()
        self._picture.setFixedSize(PREVIEW)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setProperty("part", "sunken")
        self._what = label("", "small")
        choose = Button(context.theme, tr("Choose a file…"), glyph="ph.folder-open")
        choose.clicked.connect(self._choose)
        self._caption = Field(edit(limit=120), tr("Caption"))
        hint = tr("Places and names that a camera writes into its pictures are not kept.")
        top = frame(row(choose, 12, (self._what, 1)))
        self.stack(tr("Add"), top, frame(row(..., self._picture, ...)), self._caption, Paragraph(hint, "caption"))
        self._show()
        (self._caption.body if given else choose).setFocus()

    @Slot()
    def _choose(self) -> None:
        kinds = tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp)")
        files.ask_to_open(self, tr("Choose a picture"), files.documents(), kinds, self._read)

    def _read(self, path: Path) -> None:
        self.context.work.rest(read_all, (path,), then=self._on_read, failed=self._on_unread, key="picture file")

    @Slot(object)
    def _on_read(self, given: tuple[bytes, ...]) -> None:
        self._given = given
        self._show()
        self._caption.body.setFocus()

    @Slot(object)
    def _on_unread(self, error: Exception) -> None:
        self.refuse(error_words.text(error))

    def _show(self) -> None:
        count = len(self._given)
        some = (
            ntr("{n} picture", "{n} pictures", count)
            if count
            else tr("Or paste one with Ctrl+V, or drop it on the case.")
        )
        self._what.setText(some)
        if self._given:
            self.context.work.rest(scaled, self._given[0], PREVIEW, then=self._on_scaled, key="picture preview")

    @Slot(object)
    def _on_scaled(self, image: QImage) -> None:
        self._picture.setPixmap(QPixmap.fromImage(image))
        if image.isNull():
            self._picture.setText(tr("No preview"))

    @Slot()
    def accept(self) -> None:
        """Sends the pictures."""
        if self._given:
            self.send(pictures.add_all, self._given, self._caption.body.text().strip())
        else:
            self.refuse(tr("Choose a picture first."))


class PictureDialog(Dialog):
    """One picture large; tells `removed` with its id."""

    removed = Signal(int)

    def __init__(self, context: Context, parent: QWidget, picture: PictureView, *, may_remove: bool) -> None:
        super().__init__(context.theme, parent, picture.caption or tr("Picture"), LARGE.width() + 48)
        self._context, self._picture = context, picture
        self._image = QLabel()
        self._image.setFixedSize(LARGE)
        self._image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        at = time_words.moment(context.local(picture.at), context.now().date())
        away = Button(context.theme, tr("Take the picture away"), "link", "Del")
        away.setVisible(may_remove)
        away.clicked.connect(self._on_remove)
        self.body.addWidget(self._image)
        self.body.addSpacing(8)
        self.body.addWidget(frame(row(label(f"{at} · {picture.by}", "caption"), ..., away)))
        self.add_buttons(tr("Close"), only=True)
        context.work.run(pictures.picture, picture.id, then=self._on_data)

    @Slot(object)
    def _on_data(self, data: bytes) -> None:
        self._context.work.rest(scaled, data, LARGE, then=self._on_scaled, key="picture large")

    @Slot(object)
    def _on_scaled(self, image: QImage) -> None:
        self._image.setPixmap(QPixmap.fromImage(image))
        self._image.setAccessibleName(self._picture.caption or tr("Picture"))

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self._picture.id)
        self.reject()
