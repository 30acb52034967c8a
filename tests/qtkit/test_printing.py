"""Pages to a printer: true size, grey, banded; and what is told when that does not work."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import zxingcpp
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from frontdesk import paths
from frontdesk.forms.fields import samples
from frontdesk.forms.fontbuild import build_fonts
from frontdesk.forms.render import render
from frontdesk.qtkit import printing
from frontdesk.qtkit.jobs import Lanes


@pytest.fixture(scope="module")
def work_order() -> bytes:
    build_fonts(paths.built() / "fonts")
    return render("work_order", samples("work_order")).pdf


def printed_to(file: Path, pdf: bytes, pages: list[int] | None) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printing.paint_pages(printer, pdf, pages)


def seen(pdf: bytes, page: int) -> QImage:
    """A page at 200 dpi, as a scanner sees it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    try:
        return document.render(page, QSize(1654, 2339)).convertToFormat(QImage.Format.Format_Grayscale8)
    finally:
        document.close()


def test_the_chosen_pages_come_out_at_their_true_size_and_read(qapp: object, work_order: bytes, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    printed_to(out, work_order, [1, 3])
    pdf = out.read_bytes()
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    picture = seen(pdf, 1)
    view = memoryview(picture.constBits()).cast("B", (picture.height(), picture.bytesPerLine()))
    (code,) = zxingcpp.read_barcodes(view)
    assert code.text == samples("work_order")["code"]
    module_mm = (code.position.top_right.x - code.position.top_left.x) / 200 * 25.4
    assert module_mm == pytest.approx(22, abs=0.4)


def test_without_a_choice_every_page_comes_out(qapp: object, work_order: bytes, tmp_path: Path) -> None:
    printed_to(tmp_path / "all.pdf", work_order, None)
    assert len(PdfReader(tmp_path / "all.pdf").pages) == 4


def test_a_printer_that_is_not_there_is_named(qapp: object, work_order: bytes) -> None:
    with pytest.raises(printing.NoPrinter, match="Nowhere") as missing:
        printing.print_pdf(work_order, "Nowhere", doc_name="WO-1")
    assert missing.value.code == "no_printer"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_has_stopped(qapp: object, work_order: bytes, tmp_path: Path) -> None:
    with pytest.raises(printing.PrinterStopped):
        printed_to(tmp_path / "no such folder" / "printed.pdf", work_order, None)


def test_a_file_is_the_whole_pdf(work_order: bytes, tmp_path: Path) -> None:
    out = tmp_path / "WO-1.pdf"
    printing.print_pdf(work_order, None, doc_name="WO-1", out=out)
    assert out.read_bytes() == work_order
    assert [file.name for file in tmp_path.glob("*.pdf*")] == ["WO-1.pdf"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(work_order: bytes, tmp_path: Path) -> None:
    out = tmp_path / "WO-1.pdf"
    out.mkdir()
    with pytest.raises(printing.CannotSave):
        printing.print_pdf(work_order, None, doc_name="WO-1", out=out)
    assert [file.name for file in tmp_path.iterdir() if "partial" in file.name] == []


def test_mistakes_of_the_program_are_errors(qapp: object, work_order: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither"):
        printing.print_pdf(work_order, None, doc_name="WO-1")
    with pytest.raises(ValueError, match="not a PDF"):
        printed_to(tmp_path / "x.pdf", b"hello", None)


def test_printers_are_listed_away_from_the_window(qtbot: QtBot) -> None:
    lanes, found = Lanes(), []
    lanes.rest(printing.list_printers, then=found.append)
    qtbot.waitUntil(lambda: lanes.idle)
    lanes.close()
    assert len(found) == 1
    assert all(printer.name and printer.words for printer in found[0])
