"""Words by which an emergency makes itself known before anybody has called it one (domain section 6).

A list to begin with, and a proposal only: whoever takes the call decides.
"""

from __future__ import annotations

WORDS: tuple[str, ...] = (
    "困人",
    "被困",
    "着火",
    "起火",
    "火灾",
    "冒烟",
    "爆炸",
    "燃气泄漏",
    "煤气泄漏",
    "漏气",
    "煤气味",
    "燃气味",
    "爆管",
    "触电",
    "漏电",
    "晕倒",
    "昏倒",
    "受伤",
    "流血",
    "打架",
    "持刀",
    "入室",
    "小偷",
    "坠落",
    "跳楼",
    "溺水",
)


def alarm_word(text: str) -> str:
    """The first word in a text that speaks of an emergency; "" where none does."""
    found = [(text.index(word), word) for word in WORDS if word in text]
    return min(found)[1] if found else ""
