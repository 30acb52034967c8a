"""Line breaking for Chinese with Latin words in it: what may not begin a line, what may not end one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

# 标点避头尾: closing marks, stops and the second half of a dash or ellipsis never begin a line ...
_NEVER_FIRST = frozenset("、。，．：；！？）］｝〉》」』】〕〗〙〛’”…—～·％‰℃°′″,.:;!?)]}>%」々ー﹚﹜﹞／/")  # noqa: RUF001
# ... and opening marks and signs that belong to the number after them never end one.
_NEVER_LAST = frozenset("（［｛〈《「『【〔〖〘〚‘“([{<￥¥$£€#№＃＄")  # noqa: RUF001
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f"))
_FIRST_WIDE = 0x2E80  # CJK radicals: from here on characters stand alone and need no space between


def clean(text: str) -> str:
    """The text without characters that have no form of their own; tabs become spaces, line ends become `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return text.translate(_INVISIBLE)


def break_lines(text: str, room: float, advance: Callable[[str], float]) -> list[str]:
    """The lines of a text, at least one; `room` and what `advance` tells of a character are in the same unit.

    Every character of `text` that is not a line end or a space at a break comes back, in order.
    """
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, room, advance)]


def _paragraph(text: str, room: float, advance: Callable[[str], float]) -> Iterator[str]:
    start, length = 0, len(text)
    while True:
        end = _fill(text, start, room, advance)
        if end == length:
            yield text[start:].rstrip(" ") if start else text
            return
        cut = _last_break(text, start, end)
        yield text[start:cut].rstrip(" ")
        start = cut
        while start < length and text[start] == " ":
            start += 1


def _fill(text: str, start: int, room: float, advance: Callable[[str], float]) -> int:
    """The end of what fits from `start` on; at least one character, and spaces may hang over."""
    used = 0.0
    for index in range(start, len(text)):
        used += advance(text[index])
        if used > room and index > start and text[index] != " ":
            return index
    return len(text)


def _last_break(text: str, start: int, end: int) -> int:
    """The latest permitted break in `start` < break <= `end`; a word longer than the line is cut at `end`."""
    for index in range(end, start, -1):
        if may_break(text[index - 1], text[index]):
            return index
    return end


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before in " -/" or _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return ord(character) >= _FIRST_WIDE or character in "…—“”‘’·"
