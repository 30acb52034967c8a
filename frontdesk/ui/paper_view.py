"""A paper on the screen: one page at a time, whole, with keys to turn it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QPointF, Qt
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import IconButton, column, label, row
from frontdesk.qtkit.theme import Theme


class PaperView(QWidget):
    """Shows a PDF page by page. Page Up and Page Down turn the page wherever the focus is."""

    def __init__(self, theme: Theme, pdf: bytes) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        self._view = QPdfView(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.SinglePage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._view.setDocumentMargins(QMargins(12, 12, 12, 12))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(QPdfView.Shape.NoFrame)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        palette = self._view.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme.color("sunken"))
        self._view.setPalette(palette)
        self._before = IconButton(theme, "ph.caret-left", key="PgUp")
        self._after = IconButton(theme, "ph.caret-right", key="PgDown")
        self._before.clicked.connect(lambda: self.show_page(self.page() - 1))
        self._after.clicked.connect(lambda: self.show_page(self.page() + 1))
        self._which = label("", "small")
        foot = row(..., self._before, 12, self._which, 12, self._after, ...)
        foot.setContentsMargins(0, 0, 0, 8)
        self.setLayout(column((self._view, 1), foot))
        self.retranslate()

    def page(self) -> int:
        """The page shown, counted from 0."""
        return self._view.pageNavigator().currentPage()

    def pages(self) -> int:
        """How many there are."""
        return self._document.pageCount()

    def show_page(self, page: int) -> None:
        """Turn to a page; beyond the ends nothing happens."""
        if 0 <= page < self.pages():
            self._view.pageNavigator().jump(page, QPointF(), self._view.zoomFactor())
        self.retranslate()

    def retranslate(self) -> None:
        """Say every word again."""
        page = self.page()
        self._which.setText(tr("Page {page} of {pages}", page=page + 1, pages=self.pages()))
        self._view.setAccessibleName(self._which.text())
        self._before.setText(tr("Page before"))
        self._after.setText(tr("Next page"))
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page + 1 < self.pages())
