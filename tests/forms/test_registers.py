"""Registers on paper: as many pages as they need, the header on each, nothing cut off, however long a line is."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from frontdesk.domain.registers import FORMS, REGISTERS, RegisterKind
from frontdesk.forms.fields import samples
from frontdesk.forms.render import render
from tests.forms.test_golden import placed_texts

A4_LANDSCAPE = (842, 595)


def pages_of(pdf):
    """The text of each page, without white space."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def register(kind, lines, **options):
    """A register with these lines; what a line lacks is the sample's."""
    values = samples(FORMS[kind])
    sample = values["lines"][0]
    values["lines"] = [{**sample, **line} for line in lines]
    return render(FORMS[kind], values, **options)


@pytest.mark.parametrize("kind", RegisterKind)
@pytest.mark.parametrize(("language", "bilingual"), [("zh_CN", False), ("zh_CN", True), ("en", True)])
def test_header_and_number_of_pages_stand_on_every_page(kind, language, bilingual):
    first = REGISTERS[kind][0].key
    made = register(kind, [{first: f"N-{number:03d}"} for number in range(60)], language=language, bilingual=bilingual)
    pages = pages_of(made.pdf)
    title = REGISTERS[kind][-1].zh if language == "zh_CN" else REGISTERS[kind][-1].title.replace(" ", "")
    words = "第{}页/共{}页" if language == "zh_CN" else "Page{}of{}"
    for number, page in enumerate(pages, 1):
        assert title in page or "N-" not in page  # the totals alone need no header
        assert words.format(number, len(pages)) in page
        assert "2026-11-01" in page
    assert [f"N-{number:03d}" for number in range(60)] == re.findall(r"N-\d{3}", "".join(pages))


@pytest.mark.parametrize("kind", RegisterKind)
def test_paper_is_landscape_and_nothing_is_small_or_beyond_the_margins(kind):
    made = register(kind, [{}] * 30, bilingual=True)
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(made.pdf)).pages]
    assert {(round(box.width), round(box.height)) for box in boxes} == {A4_LANDSCAPE}
    runs = [line.split(" ", 4) for line in placed_texts(made.pdf).splitlines()]
    assert min(float(size) for _, _, _, size, _ in runs) >= 8
    assert min(float(x) for _, x, _, _, _ in runs) >= 34  # 12 mm
    assert min(float(y) for _, _, y, _, _ in runs) >= 34


def test_a_line_longer_than_a_page_goes_on_and_says_its_number_again():
    words = [f"第{number}句。" for number in range(900)]
    made = register(RegisterKind.ENGINEERING, [{}, {"serial": "工程-2026-0999", "content": "".join(words)}, {}])
    pages = pages_of(made.pdf)
    text = "".join(pages)
    assert all(word[1:-2] in text for word in words)
    assert sum("工程-2026-0999" in page.replace("工程-2026-\n", "工程-2026-") for page in pages) > 1


def test_a_line_that_a_page_can_hold_is_not_cut():
    lines = [{"record_no": f"N-{number}", "content": "甲" * 150} for number in range(20)]
    pages = pages_of(register(RegisterKind.CALL_VISIT, lines).pdf)
    assert len(pages) > 3
    assert all(page.count("甲") % 150 == 0 for page in pages)


def test_the_duty_officer_has_a_box_on_every_page_of_the_call_record_alone():
    pages = pages_of(register(RegisterKind.CALL_VISIT, [{}] * 40).pdf)
    assert len(pages) > 1
    assert all("值班员签名" in page for page in pages)
    assert "值班员签名" not in "".join(pages_of(register(RegisterKind.OTHER, [{}]).pdf))


def test_a_register_without_lines_still_says_what_it_is_of():
    (page,) = pages_of(register(RegisterKind.COMPLAINTS, []).pdf)
    assert "投诉登记表" in page
    assert "第1页/共1页" in page
