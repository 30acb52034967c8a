"""Draws on a page in points from the top-left corner: text in the one face, lines, tints; knows nothing of forms."""

from __future__ import annotations

from typing import IO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from frontdesk.forms import fonts

rl_config.useA85 = 0  # binary streams: a fifth smaller, and nothing that reads PDF today minds

MM = 72 / 25.4
_BOLD_STROKE = 0.034  # of the size: the outlines grow by half of it on each side
_BASELINE = 0.86  # of the size: from the top of the line's ink box to its baseline


class Pen:
    """One document being drawn; `y` grows downwards, as on the paper that a person reads."""

    def __init__(self, file: IO[bytes], size: tuple[float, float], language: str) -> None:
        self.width, self.height = size
        self.font = fonts.paper_font()
        self.canvas = Canvas(
            file, pagesize=size, initialFontName=fonts.NAME, invariant=1, lang=language, pageCompression=1
        )

    def text_width(self, text: str, size: float) -> float:
        """The width of one line of text."""
        return self.font.stringWidth(text, size)

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False, align: str = "left") -> None:
        """One line whose ink box begins at `y`; `x` is its left end, middle or right end, after `align`."""
        if not text:
            return
        if align != "left":
            x -= self.text_width(text, size) / (2 if align == "center" else 1)
        line = self.canvas.beginText(x, self.height - y - size * _BASELINE)
        line.setFont(fonts.NAME, size)
        if bold:
            self.canvas.setLineWidth(size * _BOLD_STROKE)
            self.canvas.setLineJoin(1)
            line.setTextRenderMode(2)
        line.textOut(text)
        if bold:
            line.setTextRenderMode(0)
        self.canvas.drawText(line)

    def fill(self, x: float, y: float, width: float, height: float, grey: float = 0.0) -> None:
        """A filled rectangle; `grey` 0 is black, 1 is white."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def frame(self, x: float, y: float, width: float, height: float, weight: float) -> None:
        """The outline of a rectangle, `weight` points thick."""
        self.canvas.setLineWidth(weight)
        self.canvas.setLineJoin(0)
        self.canvas.rect(x, self.height - y - height, width, height, stroke=1, fill=0)

    def line(self, x: float, y: float, x2: float, y2: float, weight: float) -> None:
        """A straight line."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, self.height - y, x2, self.height - y2)

    def path(self, points: list[tuple[float, float]], weight: float) -> None:
        """A line through several points."""
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        self.canvas.setLineWidth(weight)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def squares(self, x: float, y: float, size: float, cells: list[list[bool]]) -> None:
        """A pattern of black squares in a square of `size`; neighbours in a row are one rectangle, without seams."""
        module = size / len(cells)
        path = self.canvas.beginPath()
        for row, line in enumerate(cells):
            column = 0
            while column < len(line):
                run = column
                while run < len(line) and line[run]:
                    run += 1
                if run > column:
                    top = self.height - y - (row + 1) * module
                    path.rect(x + column * module, top, (run - column) * module, module)
                column = run + 1
        self.canvas.drawPath(path, stroke=0, fill=1)

    def slanted(self, x: float, y: float, text: str, size: float, grey: float, degrees: float) -> None:
        """A large word across the page, centred on `x`, `y`."""
        self.canvas.saveState()
        self.canvas.setFillGray(grey)
        self.canvas.setStrokeGray(grey)
        self.canvas.translate(x, self.height - y)
        self.canvas.rotate(degrees)
        self.canvas.setFont(fonts.NAME, size)
        self.canvas.drawCentredString(0, -size * 0.35, text)
        self.canvas.restoreState()

    def picture(self, file: str | ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture, or the file of one, fitted into a box, its proportions kept."""
        self.canvas.drawImage(
            file, x, self.height - y - height, width, height, mask="auto", preserveAspectRatio=True, anchor="c"
        )

    def end_page(self) -> None:
        """Go on to the next page."""
        self.canvas.showPage()

    def save(self, title: str, subject: str) -> None:
        """Name the document and write it out."""
        self.canvas.setTitle(title)
        self.canvas.setSubject(subject)
        self.canvas.setAuthor("")
        self.canvas.setCreator("Frontdesk")
        self.canvas.setProducer("Frontdesk")
        self.canvas.save()
