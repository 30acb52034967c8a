"""What stands on every page around the form's body: marks, title, code, number, copy, page number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.forms import marks
from frontdesk.forms.fields import Words
from frontdesk.forms.layout import LEAST_SIZE, THIN, TINT, Look, Typesetter
from frontdesk.forms.pen import MM, Pen

MARGIN = 12 * MM  # what any office printer can print up to
_TITLE_SIZE, _LEAST_TITLE_SIZE = 20.0, 12.0
_SUBTITLE_SIZE, _INFO_SIZE = 9.5, 10.0
_INFO_HEIGHT = 16.0
_GAP = 3 * MM
_INITIALS_HEIGHT, _INITIALS_ROOM = 9 * MM, 36 * MM

REPRINT = Words("补打", "REPRINT")
VOID = Words("作废", "VOID")
_NUMBER = Words("编号：", "No. ")
_VOID_GREY = 0.86


@dataclass(frozen=True, slots=True)
class Chrome:
    """Texts and measures of everything around the body; empty texts are left out."""

    size: tuple[float, float]
    title: tuple[str, ...]
    subtitle: str
    number: str
    code: str
    code_size: float
    logo: str
    has_marks: bool
    footer: tuple[str, ...]
    language: str
    stamps: tuple[str, ...]
    void: str
    info: str = ""
    initials: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """The width of the body."""
        return self.size[0] - 2 * MARGIN

    @property
    def top(self) -> float:
        """Where the body begins."""
        band = max(
            self._title_height,
            self.code_size + marks.quiet_zone(self.code_size, self.code) - _INFO_HEIGHT / 2 if self.code else 0.0,
            marks.CORNER_MM * MM + _GAP - _INFO_HEIGHT / 2 if self.has_marks else 0.0,
        )
        return MARGIN + band + _INFO_HEIGHT

    @property
    def room(self) -> float:
        """The height of the body."""
        return self.size[1] - MARGIN - self._footer_height - self.top

    @property
    def _footer_height(self) -> float:
        lines = (len(self.footer) + 1) * LEAST_SIZE * 1.4 + 5
        if self.initials:
            lines = max(lines, _INITIALS_HEIGHT + _GAP)
        return max(lines, marks.CORNER_MM * MM + _GAP) if self.has_marks else lines

    @property
    def _title_height(self) -> float:
        subtitle = _SUBTITLE_SIZE * 1.6 if self.subtitle else 0.0
        second = _SUBTITLE_SIZE * 1.5 * (len(self.title) - 1)
        return subtitle + _TITLE_SIZE * 1.45 + second

    def check(self, setter: Typesetter, copies: Sequence[str]) -> None:
        """Let the typesetter see every character that will be drawn here."""
        for text in (*self.title, self.subtitle, self.number, self.info, *self.footer, *self.initials, *copies):
            setter.lines(text, self.width, Look(LEAST_SIZE))

    def draw(self, pen: Pen, copy: str, page: int, pages: int) -> None:
        """Draw it all onto the current page, under the body."""
        right, bottom = self.size[0] - MARGIN, self.size[1] - MARGIN
        if self.void:
            pen.slanted(self.size[0] / 2, self.size[1] / 2, self.void, self.size[0] / 3.2, _VOID_GREY, 35)
        if self.has_marks:
            marks.draw_corners(pen, MARGIN, MARGIN, right, bottom)
        inset = marks.CORNER_MM * MM + _GAP if self.has_marks else 0.0
        free_left, free_right = MARGIN + inset, right - inset
        if self.code:
            x = free_right - self.code_size
            marks.draw_code(pen, x, MARGIN, self.code_size, self.code)
            free_right = x - marks.quiet_zone(self.code_size, self.code)
        if self.logo:
            side = 16 * MM
            pen.picture(self.logo, free_left, MARGIN, side, side)
            free_left += side + _GAP
        self._draw_title(pen, free_left, free_right)
        self._draw_info(pen, copy)
        self._draw_footer(pen, page, pages, inset)
        if self.initials:
            self._draw_initials(pen, free_right)

    def _draw_title(self, pen: Pen, left: float, right: float) -> None:
        """Centred on the paper where it fits between its neighbours, else between them."""
        size = self._title_size(pen, right - left)
        widest = max(pen.text_width(self.title[0], size), pen.text_width(self.subtitle, _SUBTITLE_SIZE))
        middle = self.size[0] / 2
        if middle - widest / 2 < left or middle + widest / 2 > right:
            middle = (left + right) / 2
        y = MARGIN + 1
        if self.subtitle:
            pen.text(middle, y, self.subtitle, _SUBTITLE_SIZE, align="center")
            y += _SUBTITLE_SIZE * 1.6
        pen.text(middle, y, self.title[0], size, bold=True, align="center")
        y += size * 1.3
        for second in self.title[1:]:
            pen.text(middle, y, second, _SUBTITLE_SIZE, align="center")
            y += _SUBTITLE_SIZE * 1.5

    def _title_size(self, pen: Pen, room: float) -> float:
        width = pen.text_width(self.title[0], _TITLE_SIZE)
        return max(_LEAST_TITLE_SIZE, min(_TITLE_SIZE, _TITLE_SIZE * room / width)) if width else _TITLE_SIZE

    def _draw_info(self, pen: Pen, copy: str) -> None:
        """The line right above the body: number or info on the left, stamps in the middle, the copy on the right."""
        y = self.top - _INFO_SIZE - 4
        if self.number:
            number = _NUMBER.first(self.language) + self.number
            pen.text(MARGIN, y, number, _INFO_SIZE, bold=True)
        elif self.info:
            pen.text(MARGIN, y, self.info, _INFO_SIZE)
        pen.text(self.size[0] - MARGIN, y, copy, _INFO_SIZE, bold=True, align="right")
        text = "  ".join(self.stamps)
        if text:
            width = pen.text_width(text, _INFO_SIZE) + 10
            x = (self.size[0] - width) / 2
            pen.fill(x, y - 2, width, _INFO_SIZE + 4, TINT)
            pen.frame(x, y - 2, width, _INFO_SIZE + 4, 0.8)
            pen.text(self.size[0] / 2, y, text, _INFO_SIZE, bold=True, align="center")

    def _draw_footer(self, pen: Pen, page: int, pages: int, inset: float) -> None:
        y = self.size[1] - MARGIN - (len(self.footer) + 1) * LEAST_SIZE * 1.4 + 2
        for line in self.footer:
            pen.text(self.size[0] / 2, y, line, LEAST_SIZE, align="center")
            y += LEAST_SIZE * 1.4
        if pages == 1 and not self.number and not self.info:
            return  # a slip of one page is not filed by its pages
        pen.text(self.size[0] / 2, y, page_words(self.language, page, pages), LEAST_SIZE, align="center")

    def _draw_initials(self, pen: Pen, right: float) -> None:
        """A box at the right of the foot, its words in it, and room for a pen beside them."""
        bottom = self.size[1] - MARGIN
        words = max(pen.text_width(text, LEAST_SIZE) for text in self.initials)
        width = words + 12 + _INITIALS_ROOM
        y = bottom - _INITIALS_HEIGHT
        pen.frame(right - width, y, width, _INITIALS_HEIGHT, THIN)
        pen.line(right - _INITIALS_ROOM, y, right - _INITIALS_ROOM, bottom, THIN)
        y += (_INITIALS_HEIGHT - len(self.initials) * LEAST_SIZE * 1.3) / 2
        for text in self.initials:
            pen.text(right - width + 6, y, text, LEAST_SIZE)
            y += LEAST_SIZE * 1.3


def page_words(language: str, page: int, pages: int) -> str:
    """Page x of y."""
    return f"第 {page} 页 / 共 {pages} 页" if language.startswith("zh") else f"Page {page} of {pages}"
