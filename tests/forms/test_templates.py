"""A clerk's mistakes in a template: named with file, line and field, all at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.forms import template as t
from frontdesk.forms.check import check
from frontdesk.forms.fields import samples
from frontdesk.forms.render import render

SHIPPED = paths.templates() / "work_order.toml"


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """The shipped work order, edited as with a text editor."""
    source = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    file = folder / "work_order.toml"
    file.write_text(source, encoding="utf-8")
    return file


def line_of(file: Path, text: str) -> int:
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ('"requester", "phone*2"', '"requestor", "phone*2"', "requestor", "unknown_field"),
        ('field = "fault"', 'field = "foult"', "foult", "unknown_field"),
        ('"price*1.3"', '"prise*1.3"', "prise", "unknown_field"),
        ('field = "materials"', 'field = "fault" #', "fault", "wrong_kind_of_field"),
        ('type = "signatures"', 'type = "signature"', "signature", "unknown_block"),
        ("least_lines = 4", 'least_lines = "4"', "least_lines", "wrong_type"),
        ("height_mm = 22", "height_mm = 2200", "height_mm", "out_of_range"),
        ("least_rows = 5", "least_row = 5", "least_row", "unknown_key"),
        ('paper = ["A4", "A5"]', 'paper = ["A4", "B9"]', "B9", "unknown_paper"),
        ('version = "1"', 'wersion = "1"', "wersion", "unknown_key"),
        ('code = "code"', 'code = "number"', "number", "wrong_kind_of_field"),
        ("code_mm = 22", "code_mm = 12", "code_mm", "out_of_range"),
        ('kind = "work_order"', 'kind = "work_ordre"', "kind", "unknown_form"),
        ("marks = true", 'logo = "gone.png"', "logo", "file_missing"),
        ("[labels]", '[labels]\nrequestee = { zh = "某", en = "X" }', "requestee", "unknown_field"),
        ('name = "finance", zh = "第三联 财务",', 'name = "finance",', "finance", "needs_zh_and_en"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, field: str, code: str) -> None:
    file = edited(tmp_path, (old, new))
    with pytest.raises(t.TemplateBroken) as broken:
        t.load(file)
    found = {(problem.field, problem.code): problem for problem in broken.value.problems}
    assert (field, code) in found
    assert found[field, code].file == file
    assert found[field, code].line == line_of(file, new.splitlines()[-1])


def test_the_right_one_of_equal_lines_is_named(tmp_path: Path) -> None:
    file = edited(tmp_path, ("stretch = 2", "stretch = 2000"))
    with pytest.raises(t.TemplateBroken, match="stretch: out_of_range") as broken:
        t.load(file)
    assert broken.value.problems[0].line == line_of(file, "stretch = 2000")


def test_all_mistakes_are_told_in_the_order_of_lines(tmp_path: Path) -> None:
    edited(tmp_path, ('field = "fault"', 'field = "foult"'), ('version = "1"', ""), ("least_rows = 5", "x = 5"))
    problems = check(tmp_path)
    assert {problem.field for problem in problems} == {"version", "foult", "x"}
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_file_that_is_not_toml_names_its_line(tmp_path: Path) -> None:
    file = edited(tmp_path, ('type = "box"', 'type = "box'))
    (problem,) = check(tmp_path)
    assert (problem.code, problem.line) == ("syntax", line_of(file, 'type = "box'))


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "work_order.toml").write_bytes(SHIPPED.read_text(encoding="utf-8").encode("gb18030"))
    (problem,) = check(tmp_path)
    assert (problem.code, problem.line) == ("not_utf8", 1)


def test_a_block_that_no_paper_holds_is_told_before_printing(tmp_path: Path) -> None:
    large_code = 'type = "code"\nfield = "code"\nsize_mm = 120\n[[block]]\ntype = "signatures"'
    edited(tmp_path, ('type = "signatures"\nheight_mm = 22', large_code))
    assert [(problem.field, problem.code) for problem in check(tmp_path)] == [("A5", "too_tall")]


def test_a_character_in_a_label_that_nothing_prints_is_told_before_printing(tmp_path: Path) -> None:
    edited(tmp_path, ('服务工作单", en', '服务工作单\\U0010FFFE", en'))
    assert {problem.code for problem in check(tmp_path)} == {"unprintable"}


def test_a_clerks_edit_shows_on_the_paper(tmp_path: Path, text_of: Callable[[bytes], str]) -> None:
    edited(
        tmp_path,
        ("[labels]", '[labels]\nrequester = { zh = "报修客户", en = "Customer" }'),
        ('["appointment*2", "due_at"],', '["appointment*2", "due_at"],\n    ["callback"],'),
        ('paper = ["A4", "A5"]', 'paper = ["A5"]'),
    )
    form = render("work_order", samples("work_order"), copies=[], templates=tmp_path)
    shown = text_of(form.pdf)
    assert "报修客户" in shown
    assert "回访" in shown
    assert form.template_version != render("work_order", samples("work_order"), copies=[]).template_version


def test_no_such_form() -> None:
    with pytest.raises(t.NoSuchForm):
        render("tax_return", {})


def test_a_logo_is_a_picture_beside_the_template(tmp_path: Path) -> None:
    edited(tmp_path, ("marks = true", 'marks = true\nlogo = "logo.png"'))
    Image.new("RGB", (40, 20), "grey").save(tmp_path / "logo.png")
    assert check(tmp_path) == []
    (page,) = PdfReader(
        io.BytesIO(render("work_order", samples("work_order"), copies=[], templates=tmp_path).pdf)
    ).pages
    assert len(page.images) == 1
    (tmp_path / "logo.png").write_bytes(b"not a picture")
    assert {problem.code for problem in check(tmp_path)} == {"logo_unreadable"}
