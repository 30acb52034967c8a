"""Times to come, as people say them: `18:00`, `明天 9:30`, `周五下午3点`, `11-25 15:00`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_DAYS = {
    "今天": 0, "今日": 0, "今晚": 0, "today": 0, "tonight": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_EVENING = frozenset({"今晚", "明晚", "tonight"})
_WEEKDAYS = "一二三四五六日"
_WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_AGO = timedelta(days=180)  # a day without its year that lies further back is meant for next year

_DAY = (
    r"(?P<near>大后天|今[天日晚]|明[天日早晚]|后天|today|tonight|tomorrow)"
    r"|(?P<next>下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    r"|(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
)
_HALF = r"(?P<half>早上|早晨|上午|中午|下午|傍晚|晚上)?"
_TIME = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|[点时](?:(?P<part>半|一刻|三刻)|(?P<past>\d{1,2})分?)?)?"
_PATTERN = re.compile(rf"(?:(?:{_DAY})[t ]?)?{_HALF}{_TIME}(?P<english_half>am|pm)?(?:前|之前)?", re.IGNORECASE)
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "pm"})
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def moment_of(text: str, now: datetime) -> datetime | None:
    """The instant that the words mean, on the clock of `now` (aware, the site's own); None where they name none.

    A time alone is today's, also when it has passed: what is meant then is for a person to say. A weekday is the next
    such day, today's included.
    """
    # Blanks say nothing, but for one between two figures: `11-2 14:30` is not the 21st.
    folded = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", re.sub(r"\s+", " ", text.translate(_WIDE).casefold()))
    found = _PATTERN.fullmatch(folded)
    if found is None:
        return None
    try:
        at = _time(found)
        return None if at is None else datetime.combine(_day(found, now.date()), at, now.tzinfo)
    except ValueError:  # 25:00, 02-30
        return None


def _time(found: re.Match[str]) -> time | None:
    named = "点" in found.group() or "时" in found.group()
    half = found["half"] or found["english_half"] or ("晚上" if found["near"] in _EVENING else "")
    if found["minute"] is None and not named and not half:
        return None  # a bare number says no time
    hour, minute = int(found["hour"]), int(found["minute"] or found["past"] or _PARTS.get(found["part"] or "", 0))
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return time(hour, minute)


def _day(found: re.Match[str], today: date) -> date:
    if found["near"]:
        return today + timedelta(days=_DAYS[found["near"]])
    if found["weekday"] or found["english"]:
        return _weekday(found, today)
    if not found["month"]:
        return today
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        return date(int(found["year"]), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today - _LONG_AGO else date(today.year + 1, month, day)


def _weekday(found: re.Match[str], today: date) -> date:
    english = found["english"]
    wanted = _WEEKDAY_NAMES.index(english) if english else _WEEKDAYS.index(found["weekday"].replace("天", "日"))
    if found["next"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)
