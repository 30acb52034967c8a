"""Complaints go up a level when they are not resolved in time (procedure 4.3; domain section 5: editable defaults)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level: how long after the one before it is reached unresolved, and who is then told."""

    level: int
    minutes: int
    around_the_clock: bool
    whom_zh: str
    whom_en: str


_DAY = 8 * 60

DEFAULT_LEVELS: tuple[LevelRow, ...] = (
    LevelRow(1, 20, False, "责任部门负责人", "Head of the responsible department"),
    LevelRow(2, 2 * _DAY, False, "管理处主任", "Office director"),
    LevelRow(3, 5 * _DAY, False, "公司分管负责人", "Company management"),
)
