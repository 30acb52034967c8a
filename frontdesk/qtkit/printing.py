"""Paper out of a PDF: the system's printers, and pages sent to one of them at their true size.

Everything here may take seconds; call it from a job. A driver tells little of what becomes of a page, so what returns
without an error was *sent*; whether it was printed, a person says.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

MOST_DPI = 600  # a finer grid takes four times the memory and shows nothing more on a form
LEAST_DPI = 180  # a dot-matrix printer's; QR codes of 20 mm still read
BAND_PX = 512  # a page is drawn in bands of this height: 89 MB instead of 336 MB at 600 dpi
_POINTS_PER_INCH = 72
_BROKEN = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


class PrintingError(Exception):
    """Something about a printer that a person can act on; `code` is the word that screens explain."""

    code = "printer"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.details = {"printer": name}


class NoPrinter(PrintingError):
    """There is no printer of this name (any more)."""

    code = "no_printer"


class PrinterStopped(PrintingError):
    """The printer's queue is stopped, or did not take the pages."""

    code = "printer_stopped"


class CannotSave(PrintingError):
    """The file cannot be written; the name is the file's path."""

    code = "cannot_save"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of the system: `name` is what the system knows it by."""

    name: str
    words: str
    is_default: bool
    is_stopped: bool


def list_printers() -> list[Printer]:
    """The system's printers, the default one first; takes seconds where network printers do not answer."""
    found = [
        Printer(info.printerName(), info.description() or info.printerName(), info.isDefault(), info.state() in _BROKEN)
        for info in QPrinterInfo.availablePrinters()
    ]
    return sorted(found, key=lambda printer: (not printer.is_default, printer.words.casefold()))


def print_pdf(
    pdf: bytes,
    printer_name: str | None,
    *,
    doc_name: str,
    pages: Sequence[int] | None = None,
    copies: int = 1,
    out: Path | None = None,
) -> None:
    """Send pages to a printer; or, without a printer, write the whole PDF to `out`.

    Args:
        doc_name: what stands in the printer's queue, so that a lost page can be found: the record's number.
        pages: which pages, counted from 0; all when None.
        copies: how often each page.

    Raises:
        NoPrinter: there is none of this name.
        PrinterStopped: its queue is stopped or refuses.
        CannotSave: `out` cannot be written.
        ValueError: neither a printer nor a file; or the bytes are no PDF.
    """
    if printer_name is None:
        if out is None:
            raise ValueError("neither a printer nor a file")
        save_pdf(pdf, out)
        return
    info = QPrinterInfo.printerInfo(printer_name)
    if info.isNull():
        raise NoPrinter(printer_name)
    if info.state() in _BROKEN:
        raise PrinterStopped(printer_name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(doc_name)
    printer.setCopyCount(copies)
    paint_pages(printer, pdf, pages)


def save_pdf(pdf: bytes, out: Path) -> None:
    """Write a PDF whole or not at all.

    Raises:
        CannotSave: the file cannot be written.
    """
    partial = out.with_name(f".{out.name}.partial")
    try:
        partial.write_bytes(pdf)
        os.replace(partial, out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CannotSave(str(out)) from error


def paint_pages(printer: QPrinter, pdf: bytes, pages: Sequence[int] | None = None) -> None:
    """Draw pages at their true size, in grey, onto a printer that is set up but for paper and resolution.

    Raises:
        PrinterStopped: the printer does not begin, or refuses a further page.
        ValueError: the bytes are no PDF.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    try:
        if document.error() != QPdfDocument.Error.None_:
            raise ValueError(f"not a PDF: {document.error().name}")
        wanted = range(document.pageCount()) if pages is None else pages
        _set_up(printer, document.pagePointSize(wanted[0]))
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterStopped(printer.printerName())
        try:
            for index, page in enumerate(wanted):
                if index and not printer.newPage():
                    raise PrinterStopped(printer.printerName())
                _paint_page(painter, document, page, printer.resolution())
        finally:
            painter.end()
    finally:
        document.close()


def _set_up(printer: QPrinter, points: QSizeF) -> None:
    """Grey, the page's own paper, no margins of the printer's own, no more dots than are of use."""
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    if printer.resolution() > MOST_DPI:
        printer.setResolution(_resolution(printer.supportedResolutions()))
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _resolution(offered: Sequence[int]) -> int:
    """The finest grid of use that a driver names; some name only one that is far too coarse, and take any other."""
    return max((dpi for dpi in offered if LEAST_DPI <= dpi <= MOST_DPI), default=MOST_DPI)


def _paint_page(painter: QPainter, document: QPdfDocument, page: int, dpi: int) -> None:
    points = document.pagePointSize(page)
    width, height = (round(side * dpi / _POINTS_PER_INCH) for side in (points.width(), points.height()))
    for top in range(0, height, BAND_PX):
        band = QRect(0, top, width, min(BAND_PX, height - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(QSize(width, height))
        options.setScaledClipRect(band)
        painter.drawImage(0, top, _grey(document.render(page, band.size(), options)))


def _grey(picture: QImage) -> QImage:
    """A drawn band on white, in grey: a page has no background of its own."""
    white = QImage(picture.size(), QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    painter = QPainter(white)
    painter.drawImage(0, 0, picture)
    painter.end()
    return white.convertToFormat(QImage.Format.Format_Grayscale8)
