"""Where Chinese lines may end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.forms.linebreak import break_lines, clean

TEXT = st.text(alphabet="水管漏，。；：！？（）《》“”…—a1 ,.", max_size=80)


def width(character: str) -> float:
    return 1.0 if ord(character) > 0x2000 else 0.5


@given(TEXT, st.integers(min_value=1, max_value=12))
def test_nothing_but_spaces_is_lost_and_nothing_is_reordered(text: str, room: int) -> None:
    lines = break_lines(text, room, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(TEXT, st.integers(min_value=1, max_value=12))
def test_every_line_fits_unless_it_is_one_character(text: str, room: int) -> None:
    for line in break_lines(text, room, width):
        assert sum(map(width, line.rstrip(" "))) <= room or len(line.strip(" ")) == 1


def test_marks_stay_with_their_words() -> None:
    lines = break_lines("厨房水管漏水，请派人（带角阀）来！谢谢……再见。", 6, width)
    assert not any(line[0] in "，）！…。" for line in lines)
    assert not any(line.endswith("（") for line in lines)


def test_latin_words_and_numbers_stay_whole() -> None:
    assert break_lines("电话 13800138000 请回电", 7, width) == ["电话", "13800138000 请", "回电"]


def test_line_ends_are_kept_and_formless_characters_go() -> None:
    assert break_lines(clean("一\r\n二\u200b\r\n\n三"), 9, width) == ["一", "二", "", "三"]
