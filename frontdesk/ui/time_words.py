"""Days, times and spans in words, on the site's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from frontdesk.i18n import language, mark, ntr, tr

_WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(at: datetime) -> str:
    """The time of day: `17:24`. The instant is already on the site's clock, here and below."""
    return f"{at:%H:%M}"


def day(of: date, today: date) -> str:
    """A day as people say it: today, tomorrow, yesterday, else the date."""
    near = {0: tr("today"), 1: tr("tomorrow"), -1: tr("yesterday")}.get((of - today).days)
    return near or date_text(of, with_year=of.year != today.year)


def date_text(of: date, *, with_year: bool = False) -> str:
    """`11月23日` or `23 Nov`."""
    if language() == "en":
        return f"{of.day} {_MONTHS[of.month - 1]} {of.year}" if with_year else f"{of.day} {_MONTHS[of.month - 1]}"
    return f"{of.year}年{of.month}月{of.day}日" if with_year else f"{of.month}月{of.day}日"


def month(number: int) -> str:
    """`11月` or `Nov`."""
    return _MONTHS[number - 1] if language() == "en" else f"{number}月"


def weekday_letters() -> tuple[str, ...]:
    """The days of the week in one sign each, Monday first: `一`, `M`."""
    return tuple("MTWTFSS") if language() == "en" else tuple("一二三四五六日")


def long_day(of: date) -> str:
    """The day with its weekday: `11月23日 周一`, `Mon 23 Nov`."""
    weekday = tr(_WEEKDAYS[of.weekday()])
    return f"{weekday} {date_text(of)}" if language() == "en" else f"{date_text(of)} {weekday}"


def moment(at: datetime, today: date) -> str:
    """Day and time: `today 17:24`, `11月23日 17:24`."""
    return f"{day(at.date(), today)} {clock(at)}"


def brief(at: datetime, today: date) -> str:
    """The time on the same day, else the day: for narrow columns."""
    return clock(at) if at.date() == today else day(at.date(), today)


def span(length: timedelta) -> str:
    """A length of time: `0:46`, `7:00`, from two days on in days."""
    minutes = abs(int(length.total_seconds())) // 60
    if minutes >= 2 * 24 * 60:
        return ntr("{n} day", "{n} days", minutes // (24 * 60))
    return f"{minutes // 60}:{minutes % 60:02}"


def left(until: datetime, now: datetime) -> str:
    """What is left of a promised time, or how far it is over: `0:18 left`, `1:15 over`."""
    if until >= now:
        return tr("{span} left", span=span(until - now))
    return tr("{span} over", span=span(now - until))


def ago(at: datetime, now: datetime) -> str:
    """How long since: just now, 4 minutes, 3 hours, 2 days."""
    minutes = int((now - at).total_seconds()) // 60
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return ntr("{n} minute ago", "{n} minutes ago", minutes)
    if minutes < 48 * 60:
        return ntr("{n} hour ago", "{n} hours ago", minutes // 60)
    return ntr("{n} day ago", "{n} days ago", minutes // (24 * 60))


def seconds_left(until: datetime, now: datetime) -> int:
    """Whole seconds until an instant, at least 0, the last one counted whole."""
    return max(0, -int(-(until - now).total_seconds() // 1))
