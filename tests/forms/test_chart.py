"""Charts on paper: vectors with their values in words, without colour; what a template gets wrong is named."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.forms.fields import samples
from frontdesk.forms.fonts import UnprintableCharacters
from frontdesk.forms.render import render
from frontdesk.forms.template import TemplateBroken, load

TextOf = Callable[[bytes], str]


def digest(**changed: object) -> bytes:
    return render("digest", {**samples("digest"), **changed}).pdf


def topics(count: int) -> list[dict[str, object]]:
    return [
        {"name": f"事项{n:02}号", "matters": n, "callers": n + n % 3, "trend": "rising"} for n in range(1, count + 1)
    ]


def test_every_value_stands_beside_its_bar(text_of: TextOf) -> None:
    shown = text_of(digest())
    for words in ("下水管道7/11▲上升", "电梯4●持平", "投诉2★新出现", "公共照明1▼下降", "3栋5/9", "前期平均10.0"):
        assert words in shown
    assert "■" not in shown  # the legend is drawn


def test_charts_are_vectors_in_black_and_grey() -> None:
    page = PdfReader(io.BytesIO(digest())).pages[0]
    assert "/XObject" not in page["/Resources"]
    content = page.get_contents().get_data().decode("latin-1")
    assert re.search(r"\b(rg|RG|k|K)\s", content) is None


def test_a_long_chart_shows_as_many_as_the_template_says(text_of: TextOf) -> None:
    shown = text_of(digest(topics=topics(40)))
    assert shown.count("事项10号") == 2  # in the chart and in the table
    assert shown.count("事项11号") == 1
    assert shown.count("事项40号") == 1


def test_an_empty_digest_has_no_charts_and_still_a_place_to_sign(text_of: TextOf) -> None:
    shown = text_of(digest(topics=[], buildings=[], history=[], notes=[]))
    assert "反映最多的事项" not in shown
    assert "管理处主任签字" in shown


@pytest.mark.parametrize("history", [[{"name": "第47周", "matters": 0}], [{"name": "第47周", "matters": 3}]])
def test_one_period_alone_is_a_point(history: list[dict[str, object]], text_of: TextOf) -> None:
    shown = text_of(digest(history=history))
    assert "第47周" in shown
    assert "前期平均" in shown.split("事项明细")[1]  # the table's column
    assert "前期平均" not in shown.split("各期件数")[1].split("事项明细")[0]


def test_a_character_nobody_has_is_refused_in_a_chart_too() -> None:
    with pytest.raises(UnprintableCharacters):
        digest(history=[{"name": "第\U0010fffe周", "matters": 1}])


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ('shape = "pie"', "shape", "unknown_value"),
        ('value = "name"', "name", "wrong_kind_of_field"),
        ('label = "colour"', "colour", "unknown_field"),
        ("most = 61", "most", "out_of_range"),
    ],
)
def test_what_a_clerk_gets_wrong_is_named(tmp_path: Path, wrong: str, field: str, code: str) -> None:
    source = (paths.templates() / "digest.toml").read_text(encoding="utf-8")
    key = wrong.split(" ", 1)[0]
    file = tmp_path / "digest.toml"
    file.write_text(re.sub(rf"^{key} = .*$", wrong, source, count=1, flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(TemplateBroken) as broken:
        load(file)
    assert [(problem.field, problem.code) for problem in broken.value.problems] == [(field, code)]
