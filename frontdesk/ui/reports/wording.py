"""A digest in words: periods, topics, trends, figures, in the language of the moment."""

from __future__ import annotations

from frontdesk.domain.digests import Kept, Period, PeriodKind, Tally, Thresholds, Trend
from frontdesk.domain.routing import MatterKind
from frontdesk.i18n import language, mark, ntr, tr
from frontdesk.services.views import Named
from frontdesk.services.views.digests import DigestView, TopicLine
from frontdesk.ui import time_words
from frontdesk.ui.error_words import joined
from frontdesk.ui.words import named, word

_TRENDS = {
    Trend.RISING: ("▲", mark("rising")),
    Trend.FALLING: ("▼", mark("falling")),
    Trend.STEADY: ("●", mark("steady")),
    Trend.NEW: ("★", mark("new")),
    Trend.UNKNOWN: ("", mark("nothing to compare with")),
}
TREND_ROLES = {
    Trend.RISING: "warn",
    Trend.FALLING: "ok",
    Trend.STEADY: "text_2",
    Trend.NEW: "info",
    Trend.UNKNOWN: "text_3",
}
_KEPT = {Kept.OFTEN: mark("raised often"), Kept.RISING: mark("raised more and more")}
_KINDS = {PeriodKind.WEEK: mark("Week"), PeriodKind.MONTH: mark("Month")}


def kinds() -> list[tuple[object, str]]:
    """Week and month, to choose from."""
    return [(kind, tr(text)) for kind, text in _KINDS.items()]


def short(period: Period) -> str:
    """A period in a few signs, for the foot of a chart: `W47`, `11月`."""
    if period.kind is PeriodKind.WEEK:
        return tr("W{number}", number=period.number)
    return time_words.month(period.number)


def named_period(period: Period) -> str:
    """`Week 47, 2026`, `2026年11月`."""
    if period.kind is PeriodKind.WEEK:
        return tr("Week {number}, {year}", number=period.number, year=period.year)
    month = time_words.month(period.number)
    return f"{month} {period.year}" if language() == "en" else f"{period.year}年{month}"


def days(period: Period) -> str:
    """Its first and last day: `16 Nov – 22 Nov`."""
    return f"{time_words.date_text(period.first)} – {time_words.date_text(period.last)}"


def topic(line: TopicLine) -> str:
    """What a topic is called."""
    if line.component is not None:
        return named(line.component)
    kind = line.topic.kind or MatterKind.REPAIR
    called = tr("Repair, part not known") if kind is MatterKind.REPAIR else word(kind)
    return f"{called} · {line.topic.category}" if line.topic.category else called


def building(of: Named | None) -> str:
    """A building, or that a matter belongs to none."""
    return named(of) if of is not None else tr("No building")


def trend(of: Trend) -> str:
    """Sign and word."""
    sign, text = _TRENDS[of]
    return f"{sign} {tr(text)}".strip()


def kept(line: TopicLine) -> str:
    """Why a topic counts as kept being raised; empty where it does not."""
    return " · ".join(tr(_KEPT[why]) for why in line.kept)


def count(tally: Tally) -> str:
    """Matters and, where more people called than that, callers."""
    matters = ntr("{n} raised", "{n} raised", tally.matters)
    if tally.callers == tally.matters:
        return matters
    return f"{matters} · {ntr('{n} caller', '{n} callers', tally.callers)}"


def brief(tally: Tally) -> str:
    """The same in figures alone: `7`, `7 / 11`."""
    return str(tally.matters) if tally.callers == tally.matters else f"{tally.matters} / {tally.callers}"


def against(view: DigestView) -> str:
    """Where all of it is going, and what the period is compared with."""
    n = len(view.compared)
    if not n:
        return tr("There is no whole period on record before this one to compare with.")
    if view.period.kind is PeriodKind.WEEK:
        before = ntr("the week before", "the {n} weeks before", n)
    else:
        before = ntr("the month before", "the {n} months before", n)
    average = mean(sum(view.history) / n)
    going = tr("{trend}: {mean} on average in {before}.", trend=trend(view.trend), mean=average, before=before)
    if not view.running:
        return going
    return joined(going, tr("This period still runs: the same stretch of each is compared."))


def rule(limits: Thresholds) -> str:
    """When something counts as kept being raised."""
    return tr(
        "Kept being raised: at least {matters} matters from {homes} homes, or {percent} % above the mean before.",
        matters=limits.least_matters,
        homes=limits.least_homes,
        percent=limits.rising_percent,
    )


def mean(value: float) -> str:
    """A mean with one place."""
    return f"{value:.1f}"
