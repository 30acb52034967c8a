"""Codes to words, moments to times of day: all that the pages say beyond their fixed texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QLocale

from frontdesk import i18n
from frontdesk.i18n import mark, ntr, tr
from frontdesk.lobby.bulletin import Area, Bulletin
from kiosk.found import Found, FoundKind

OLD_AFTER = timedelta(hours=24)  # a bulletin older than this is mentioned to whoever it may concern


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages know of the site: the bulletin, how old it is, and the site's clock."""

    bulletin: Bulletin | None
    zone: tzinfo
    now: datetime
    old: bool = False

    @property
    def name(self) -> str:
        """The community's name, or a plain word before the first bulletin."""
        return self.bulletin.site_name.spoken(i18n.language()) if self.bulletin else tr("Our community")

    def area(self, area_id: str | None) -> Area | None:
        """The area with this id."""
        return self.bulletin.area(area_id) if self.bulletin and area_id else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A friendly no: what is so, and what can be done about it."""

    title: str
    advice: str


_REFUSALS = {
    FoundKind.INVITATION_EARLY: (
        mark("This invitation is not valid yet"),
        mark("It is good from {start}. The desk can help if you are expected now."),
    ),
    FoundKind.INVITATION_EXPIRED: (
        mark("This invitation has run out"),
        mark("It was good until {end}. Please ask your host for a new one, or the desk for help."),
    ),
    FoundKind.INVITATION_USED: (
        mark("This invitation has been used"),
        mark("If you have just come in with it, your pass is still good. Otherwise the desk will help you."),
    ),
    FoundKind.BADGE_LEFT: (
        mark("You are signed out already"),
        mark("This badge has been handed in. Thank you, there is nothing left to do."),
    ),
    FoundKind.WRONG_KIND: (
        mark("This code is for the staff"),
        mark("It is ours, but it is neither an invitation nor a badge. Please show it at the desk."),
    ),
    FoundKind.OTHER_SITE: (
        mark("This code is for another community"),
        mark("Please check the address in your invitation. The desk can help you find the way."),
    ),
    FoundKind.UNKNOWN: (
        mark("We do not find this code"),
        mark("It may have been withdrawn, or be too new. The desk will look it up for you."),
    ),
    FoundKind.NOT_OURS: (
        mark("This is not one of our codes"),
        mark("Please show the code from your invitation, or ask the desk."),
    ),
    FoundKind.NO_BULLETIN: (
        mark("We cannot check codes just now"),
        mark("The desk will let you in. Sorry for the extra steps."),
    ),
}
_OUR_TROUBLE = (mark("That did not work"), mark("The fault is ours, not yours. The desk will help you at once."))


def refusal(found: Found | None, site: Site) -> Refusal:
    """The words for a code that cannot be used; None stands for trouble of our own."""
    title, advice = _REFUSALS.get(found.kind, _OUR_TROUBLE) if found else _OUR_TROUBLE
    start, end = (found.valid_from, found.valid_until) if found else (None, None)
    said = tr(advice, start=moment(start, site) if start else "", end=moment(end, site) if end else "")
    if found and found.kind is FoundKind.UNKNOWN and site.old:
        said = tr("Our list has not been renewed for a while, so this need not be your fault. The desk will help you.")
    return Refusal(tr(title), said)


def note(kind: FoundKind) -> Refusal:
    """A word beside the camera or the keyboard, where the visitor can try again at once."""
    if kind is FoundKind.NOT_OURS:
        return Refusal(tr("This is not our code, or not all of it"), tr("Please use the code from your invitation."))
    title, advice = _REFUSALS[kind]
    return Refusal(tr(title), tr(advice, start="", end=""))


def greeting(hour: int) -> str:
    """By the hour of the site's clock."""
    if 5 <= hour < 11:
        return tr("Good morning")
    if 11 <= hour < 13:
        return tr("Good day")
    return tr("Good afternoon") if 13 <= hour < 18 else tr("Good evening")


def time_of(when: datetime, site: Site) -> str:
    """The time of day on the site's clock."""
    return when.astimezone(site.zone).strftime("%H:%M")


def date_of(when: datetime, site: Site) -> str:
    """Day and weekday, as the language has them."""
    local = when.astimezone(site.zone)
    day = QDate(local.year, local.month, local.day)
    return QLocale(i18n.language()).toString(day, tr("ddd d MMM"))


def moment(when: datetime, site: Site) -> str:
    """A time today, tomorrow, or on a day."""
    days = (when.astimezone(site.zone).date() - site.now.astimezone(site.zone).date()).days
    clock = time_of(when, site)
    if days == 0:
        return tr("today {time}", time=clock)
    if days == 1:
        return tr("tomorrow {time}", time=clock)
    return tr("{day}, {time}", day=date_of(when, site), time=clock)


def until(when: datetime, site: Site) -> str:
    """By when the visitor leaves."""
    return tr("Please leave by {when}", when=moment(when, site))


def minutes_on_foot(minutes: int) -> str:
    """How far it is."""
    return ntr("about {n} minute on foot", "about {n} minutes on foot", max(1, minutes))


def seconds_left(seconds: float) -> int:
    """A countdown's figure: it shows 1 until it is over."""
    return max(0, -int(-seconds // 1))


def grouped(code: str, size: int = 5) -> str:
    """A code in groups, to be compared by eye."""
    return " ".join(code[at : at + size] for at in range(0, len(code), size))
