"""The pictures of the open case: small ones in its column, one large, pasted, dropped, taken away, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from frontdesk.domain.cases import Action
from frontdesk.i18n import language, tr
from frontdesk.qtkit.theme import Theme
from frontdesk.services import pictures
from frontdesk.services.views import CaseView, PictureView, Sheet
from frontdesk.ui.cases.asking.picture import PictureDialog, read_all, scaled
from frontdesk.ui.cases.deeds import Deeds
from frontdesk.ui.context import Context
from frontdesk.ui.print_dialog import PrintDialog, PrintJob

THUMB = QSize(112, 84)
_GAP_PX = 8
_PRINTER = "printer/picture_sheet"


class Thumb(QAbstractButton):
    """A small picture; its name is its caption."""

    def __init__(self, theme: Theme, picture: PictureView) -> None:
        super().__init__()
        self._theme, self._pixmap = theme, QPixmap()
        self.setFixedSize(THUMB)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Picture: {caption}", caption=picture.caption or picture.id))
        self.setToolTip(picture.caption or tr("Picture"))

    def show_image(self, image: QImage) -> None:
        """The picture, as soon as it is there."""
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def sizeHint(self) -> QSize:
        return THUMB

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("sunken"))
        if self._pixmap.isNull():
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(47, 33, theme.pixmap("ph.image", "text_3", 18, ratio))
        else:
            at = (THUMB - self._pixmap.size()) / 2
            painter.drawPixmap(at.width(), at.height(), self._pixmap)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class PictureStrip(QWidget):
    """The small pictures of a case, side by side; tells `opened` with a PictureView."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._thumbs: dict[int, Thumb] = {}
        self.hide()

    def show_pictures(self, shown: Sequence[PictureView]) -> None:
        """These pictures; those that were there already stay as they are."""
        ids = [picture.id for picture in shown]
        for old in [each for each in self._thumbs if each not in ids]:
            self._thumbs.pop(old).deleteLater()
        for picture in shown:
            if picture.id not in self._thumbs:
                self._add(picture)
        self.setVisible(bool(shown))
        self._place()

    def _add(self, picture: PictureView) -> None:
        thumb = self._thumbs[picture.id] = Thumb(self._context.theme, picture)
        thumb.setParent(self)
        thumb.show()
        thumb.clicked.connect(lambda: self.opened.emit(picture))
        self._context.work.run(pictures.picture, picture.id, then=lambda data: self._scale(picture.id, data))

    def _scale(self, picture_id: int, data: bytes) -> None:
        self._context.work.rest(scaled, data, THUMB, then=lambda image: self._show(picture_id, image))

    def _show(self, picture_id: int, image: QImage) -> None:
        if picture_id in self._thumbs:
            self._thumbs[picture_id].show_image(image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        x, y = 0, _GAP_PX
        for picture_id in sorted(self._thumbs):
            if x and x + THUMB.width() > self.width():
                x, y = 0, y + THUMB.height() + _GAP_PX
            self._thumbs[picture_id].move(x, y)
            x += THUMB.width() + _GAP_PX
        self.setFixedHeight(y + THUMB.height() if self._thumbs else 0)


class CasePictures(QObject):
    """What is done with pictures: taking them in from clipboard and drops, one large, away and back, on paper."""

    def __init__(self, context: Context, page: QWidget, deeds: Deeds) -> None:
        super().__init__(page)
        self._context, self._page, self._deeds = context, page, deeds

    @staticmethod
    def holds_any(mime: QMimeData) -> bool:
        """Whether there may be a picture in what is dragged or on the clipboard."""
        return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())

    def paste(self, case: CaseView) -> None:
        """Takes in what is on the clipboard."""
        mime = QGuiApplication.clipboard().mimeData()
        if self.holds_any(mime):
            self.take(case, mime)
        else:
            self._context.notify(tr("There is no picture on the clipboard."), "info")

    def take(self, case: CaseView, mime: QMimeData) -> None:
        """Takes in what was pasted or dropped: files first, because they are the whole picture."""
        if Action.ADD_PICTURE not in case.actions:
            return
        paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
        rest = self._context.work.rest
        if paths:
            rest(read_all, paths, then=lambda given: self._deeds.add_pictures(case, given))
        else:
            image = mime.imageData()
            if isinstance(image, QImage):
                rest(_as_png, image, then=lambda data: self._deeds.add_pictures(case, (data,)))

    def open(self, case: CaseView, picture: PictureView) -> None:
        """One picture large."""
        may_remove = Action.ADD_PICTURE in case.actions
        dialog = PictureDialog(self._context, self._page.window(), picture, may_remove=may_remove)
        dialog.removed.connect(lambda picture_id: self._deeds.remove_picture(case, picture_id))
        dialog.open()

    def print_sheet(self, case: CaseView) -> None:
        """The attachment to the liaison form."""
        paper_language = "zh_TW" if language() == "zh_TW" else "zh_CN"
        run = self._context.work.run
        run(pictures.sheet, case.id, paper_language, then=lambda sheet: self._show_sheet(case, sheet), key="pictures")

    def _show_sheet(self, case: CaseView, sheet: Sheet) -> None:
        name = tr("Pictures")
        job = PrintJob(sheet.pdf, f"{case.record_no} {name}")
        usual = str(QSettings().value(_PRINTER, ""))
        PrintDialog(self._context.theme, self._page.window(), job, self._context.work.rest, preferred=usual).open()


def _as_png(image: QImage) -> bytes:
    """An image of the clipboard as a file's contents, without loss."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
