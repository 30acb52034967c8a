"""Forms as a reader of the PDF gets them back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.forms import fonts
from frontdesk.forms.check import check
from frontdesk.forms.fields import REGISTRY, FieldType, samples
from frontdesk.forms.fonts import FontsMissing, UnprintableCharacters
from frontdesk.forms.render import Rendered, UnknownValue, render
from frontdesk.forms.values import WrongValue, written

TextOf = Callable[[bytes], str]
NOBODY_HAS = "\U0010fffe"


def work_order(**changed: object) -> dict[str, object]:
    return {**samples("work_order"), **changed}


def office(values: dict[str, object]) -> Rendered:
    return render("work_order", values, copies=["office"])


def pages_of(form: Rendered) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(form.pdf)).pages]


def test_every_shipped_template_renders_on_every_paper_in_every_language() -> None:
    assert check() == []
    assert {file.stem for file in paths.templates().glob("*.toml")} == set(REGISTRY)


@pytest.mark.parametrize("kind", ["work_order", "recovery_sheet", "visitor_badge", "directions_slip", "invitation"])
def test_every_value_that_a_form_shows_comes_back_from_the_pdf(kind: str, text_of: TextOf) -> None:
    shown = text_of(render(kind, samples(kind)).pdf)
    source = (paths.templates() / f"{kind}.toml").read_text(encoding="utf-8")
    for name, field in REGISTRY[kind].items():
        named = re.search(rf'"{name}[*"]', source)
        if named and field.type not in {FieldType.CODE, FieldType.LINES, FieldType.STEPS, FieldType.CHOICE}:
            value = written(field, field.sample, "zh_CN").replace(" ", "")
            assert (value in shown) or name == "recovery_code", name


def test_the_recovery_code_stands_in_numbered_groups(text_of: TextOf) -> None:
    shown = text_of(render("recovery_sheet", samples("recovery_sheet")).pdf)
    for group in str(samples("recovery_sheet")["recovery_code"]).split("-"):
        assert group in shown


def test_table_choices_and_totals_are_on_the_paper(text_of: TextOf) -> None:
    shown = text_of(office(work_order(total=Decimal("1136.5"), paid="free")).pdf)
    assert "不锈钢编织软管500mm18.50237.00" in shown
    assert "1,136.50" in shown
    assert shown.count("✓") == 3


def test_copies_are_page_sets_named_on_every_page() -> None:
    form = render("work_order", work_order())
    assert form.pages == 4
    copies = ("第一联办公室", "第二联设备管理部", "第三联财务", "第四联客户")
    for page, copy in zip(pages_of(form), copies, strict=True):
        assert copy in page
        assert "第1页/共1页" in page


def test_reprint_and_void_are_said() -> None:
    assert "补打" in pages_of(render("work_order", work_order(), copies=[], reprint=True))[0]
    assert pages_of(render("work_order", work_order(), copies=[], void=True))[0].count("作废") == 2
    plain = pages_of(render("work_order", work_order(), copies=[]))[0]
    assert "补打" not in plain
    assert "作废" not in plain


def test_languages() -> None:
    english = pages_of(render("work_order", work_order(), language="en", copies=["finance"]))[0]
    assert "ServiceWorkOrder" in english
    assert "Copy3Finance" in english
    assert "服务工作单" not in english
    both = pages_of(render("work_order", work_order(), bilingual=True, copies=[]))[0]
    assert "服务工作单" in both
    assert "ServiceWorkOrder" in both


def test_the_document_names_itself_and_embeds_its_fonts() -> None:
    form = office(work_order())
    reader = PdfReader(io.BytesIO(form.pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "WO-202611-0042"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    found = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert found
    for font in found:
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "Helvetica" not in font["/BaseFont"]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert office(work_order()) == office(work_order())
    assert office(work_order()).template_version.startswith("1-")


def test_a_long_text_goes_on_over_pages_without_losing_a_character() -> None:
    text = "".join(f"第{n}处渗水，已通知（楼上）业主；" for n in range(200))[:3000]
    pages = pages_of(office(work_order(fault=text)))
    assert len(pages) >= 2
    for page in pages:
        assert "WO-202611-0042" in page
        assert f"共{len(pages)}页" in page
    assert pages[1].count("报修内容") == 1
    body = "".join(re.split(r"报修内容", page, maxsplit=1)[-1] for page in pages)
    for n in range(0, 170, 10):
        assert f"第{n}处渗水" in body


def test_eighty_material_lines_repeat_their_header() -> None:
    lines = [{"name": f"材料{n:02d}号", "quantity": Decimal(1), "amount": Decimal("2.5")} for n in range(80)]
    pages = pages_of(office(work_order(materials=lines)))
    assert all("材料名称" in page for page in pages if re.search(r"材料\d\d号", page))
    everything = "".join(pages)
    assert all(everything.count(f"材料{n:02d}号") == 1 for n in range(80))
    assert "客户签字" in pages[-1]


def test_long_names_wrap_and_nothing_is_cut_off() -> None:
    name, place = "欧阳" * 30, "云杉苑小区三号楼" * 8
    page = "".join(pages_of(office(work_order(requester=name, location=place))))
    assert page.count("欧阳") == 30
    assert page.count("云杉苑小区三号楼") == 8


def test_a_character_nobody_has_is_refused_by_name() -> None:
    with pytest.raises(UnprintableCharacters, match=r"U\+10FFFE") as refused:
        office(work_order(requester=f"王{NOBODY_HAS}明", fault="铃\x07"))
    assert refused.value.characters == ("\x07", NOBODY_HAS)


@pytest.mark.parametrize("character", ["𠮷", "𪚥", "㐀"])
def test_rare_characters_can_be_copied_from_the_paper(character: str, text_of: TextOf) -> None:
    if not fonts.paper_font().has(character):
        with pytest.raises(UnprintableCharacters):
            office(work_order(requester=character))
        return
    assert f"欧阳{character}瑛" in text_of(office(work_order(requester=f"欧阳{character}瑛")).pdf)


def test_control_and_markup_characters_are_only_text(text_of: TextOf) -> None:
    shown = text_of(office(work_order(fault="<b>水管</b> & 龙头\t{x}\r\n第二行")).pdf)
    assert "<b>水管</b>&龙头{x}第二行" in shown


def test_mistakes_of_the_program_are_errors() -> None:
    with pytest.raises(UnknownValue):
        office(work_order(colour="red"))
    with pytest.raises(WrongValue):
        office(work_order(materials="角阀"))
    with pytest.raises(WrongValue):
        office(work_order(fault=3.5))
    with pytest.raises(ValueError, match="no copy"):
        render("work_order", work_order(), copies=["police"])
    with pytest.raises(ValueError, match="no paper"):
        render("work_order", work_order(), paper="A3")


def test_instants_are_written_as_given() -> None:
    there = datetime(2026, 1, 2, 3, 4, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert written(REGISTRY["work_order"]["due_at"], there, "en") == "2026-01-02 03:04"


def test_missing_faces_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "built", lambda: tmp_path)
    fonts.paper_font.cache_clear()
    try:
        with pytest.raises(FontsMissing) as missing:
            office(work_order())
        assert missing.value.path == tmp_path / "fonts" / "NotoSansSC-Regular.ttf"
    finally:
        fonts.paper_font.cache_clear()
