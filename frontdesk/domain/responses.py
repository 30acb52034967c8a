"""How what customers raised was answered: promised times kept, time to the result, replies owed, what was said after.

The second half of a digest (procedure 4.2): whether a response is effective shows in these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.domain.digests import Topic, mean


@dataclass(frozen=True, slots=True)
class Course:
    """How far the answer to a report has come. `main` is not joined to another; `level` is None for no complaint.

    `still`: its clock stands still, so that its promised time is neither kept nor missed; `owed`: the result is
    written and the customer does not know it.
    """

    case_id: int
    topic: Topic
    main: bool
    opened_at: datetime
    due_at: datetime | None = None
    result_at: datetime | None = None
    still: bool = False
    owed: bool = False
    reopened: int = 0
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What a customer said at the follow-up call, from 1 (bad) to 5 (good)."""

    case_id: int
    topic: Topic
    rating: int


@dataclass(frozen=True, slots=True)
class Response:
    """How what was raised was answered, each figure with its cases.

    `median` is the time from opening to result; `rating` the mean of what customers said; `levels` are the complaints
    by how far up they had to go, lowest first.
    """

    kept: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    answered: tuple[int, ...] = ()
    median: timedelta | None = None
    owed: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    rated: tuple[int, ...] = ()
    rating: float | None = None
    levels: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @property
    def kept_percent(self) -> int | None:
        """The share of promised times that were kept, in whole percent; None where none has been decided."""
        decided = len(self.kept) + len(self.missed)
        return len(self.kept) * 100 // decided if decided else None


def response(courses: Iterable[Course], ratings: Iterable[Rating], now: datetime) -> Response:
    """How these reports were answered. Rounded down: nothing is made to look better than it is."""
    rows, marks = list(courses), list(ratings)
    mains = [row for row in rows if row.main]
    answered = [row for row in mains if row.result_at is not None]
    levels: dict[int, list[int]] = defaultdict(list)
    for row in mains:
        if row.level is not None:
            levels[row.level].append(row.case_id)
    return Response(
        kept=tuple(row.case_id for row in mains if _was_kept(row, now) is True),
        missed=tuple(row.case_id for row in mains if _was_kept(row, now) is False),
        answered=tuple(row.case_id for row in answered),
        median=_median([row.result_at - row.opened_at for row in answered if row.result_at is not None]),
        owed=tuple(row.case_id for row in rows if row.owed),
        reopened=tuple(row.case_id for row in mains if row.reopened),
        rated=tuple(mark.case_id for mark in marks),
        rating=mean([mark.rating for mark in marks]),
        levels=tuple((level, tuple(ids)) for level, ids in sorted(levels.items())),
    )


def response_by_topic(courses: Iterable[Course], ratings: Iterable[Rating], now: datetime) -> dict[Topic, Response]:
    """The same for every topic by itself."""
    rows: dict[Topic, list[Course]] = defaultdict(list)
    marks: dict[Topic, list[Rating]] = defaultdict(list)
    for row in courses:
        rows[row.topic].append(row)
    for mark in ratings:
        marks[mark.topic].append(mark)
    return {topic: response(rows[topic], marks[topic], now) for topic in {**rows, **marks}}


def _was_kept(row: Course, now: datetime) -> bool | None:
    """Whether the promised time was kept; None where none was promised, or it has not come."""
    if row.due_at is None:
        return None
    if row.result_at is not None:
        return row.result_at <= row.due_at
    return False if now > row.due_at and not row.still else None


def _median(spans: list[timedelta]) -> timedelta | None:
    if not spans:
        return None
    spans.sort()
    middle = len(spans) // 2
    return spans[middle] if len(spans) % 2 else (spans[middle - 1] + spans[middle]) / 2
