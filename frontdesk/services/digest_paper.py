"""The digest as it goes on paper to the office director: its figures in the words of the paper's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.digests import Period, PeriodKind, Trend
from frontdesk.domain.responses import Response
from frontdesk.domain.routing import MatterKind
from frontdesk.services import paperwork, reference
from frontdesk.services.digests import digest
from frontdesk.services.site import Site
from frontdesk.services.views import Named, Sheet
from frontdesk.services.views.digests import BuildingLine, DigestView, TopicLine

_KINDS: Mapping[MatterKind, tuple[str, str]] = {
    MatterKind.REPAIR: ("报修（部位不明）", "Repairs, part not known"),
    MatterKind.OPINION: ("意见建议", "Opinions and suggestions"),
    MatterKind.COMPLAINT: ("投诉", "Complaints"),
    MatterKind.SPECIAL_SERVICE: ("特约服务", "Special services"),
    MatterKind.QUESTION: ("咨询", "Questions"),
    MatterKind.EMERGENCY: ("紧急情况", "Emergencies"),
}
_MOST_ABOUT = 4


def digest_pdf(site: Site, actor: Actor, period: Period, language: str = "zh_CN") -> Sheet:
    """The digest of a period for the office director's signature; who printed it is on record.

    Raises:
        Forbidden: the actor may not print, or not see cases.
        CannotRender: the form cannot be made.
    """
    access.require(actor, Permission.PRINT)
    view = digest(site, actor, period)
    with site.store.write() as unit:
        name = reference.setting(unit, reference.NAME, "")
        company = reference.setting(unit, reference.COMPANY, "") or name
        unit.audit(actor, "digest.rendered", f"digest:{period.key}", {})
    paper = _Paper(site, view, chinese=language.startswith("zh"))
    return paperwork.render_sheet(site, "digest", {"site_name": name, "company": company, **paper.values()}, language)


class _Paper:
    """Puts one digest into words."""

    def __init__(self, site: Site, view: DigestView, *, chinese: bool) -> None:
        self._site, self._view, self._chinese = site, view, chinese

    def values(self) -> dict[str, object]:
        """All of the form's values but the site's names."""
        view, answer = self._view, self._view.response
        return {
            "period": self._period(),
            "compared": self._compared(),
            "made": self._site.local(self._site.now()),
            "matters": view.tally.matters,
            "callers": view.tally.callers,
            "trend": self._trend(),
            "kept": self._share(answer),
            "median": self._span(answer.median),
            "owed": len(answer.owed),
            "reopened": len(answer.reopened),
            "rating": self._rating(answer),
            "complaints": self._levels(answer),
            "topics": [self._topic(line) for line in view.topics],
            "buildings": self._buildings(),
            "history": self._history(),
            "notes": [self._note(line) for line in view.topics if line.kept or line.note],
        }

    def _say(self, chinese: str, english: str) -> str:
        return chinese if self._chinese else english

    def _name(self, thing: Named | None) -> str:
        if thing is None:
            return self._say("其他", "Other")
        return thing.name if self._chinese else thing.name_en or thing.name

    def _called(self, line: TopicLine) -> str:
        if line.component is not None or line.topic.kind is None:
            return self._name(line.component)
        kind = self._say(*_KINDS[line.topic.kind])
        return f"{kind} · {line.topic.category}" if line.topic.category else kind

    # -- time -------------------------------------------------------------------------------------------------------

    def _day(self, day: date) -> str:
        return self._say(f"{day.month}月{day.day}日", f"{day:%Y-%m-%d}")

    def _short(self, period: Period) -> str:
        if period.kind is PeriodKind.WEEK:
            return self._say(f"第{period.number}周", f"Week {period.number}")
        return self._say(f"{period.number}月", f"{period.first:%Y-%m}")

    def _period(self) -> str:
        period = self._view.period
        last = self._site.day(self._view.until) if self._view.running else period.last
        span = f"{self._day(period.first)} – {self._day(last)}"
        year = (
            self._say(f"{period.year}年", f"{period.year} ") if period.kind is PeriodKind.WEEK or self._chinese else ""
        )
        so_far = self._say("，尚未结束", ", not over yet") if self._view.running else ""
        return self._say(
            f"{year}{self._short(period)}（{span}{so_far}）", f"{year}{self._short(period)} ({span}{so_far})"
        )

    def _compared(self) -> str:
        count, week = len(self._view.compared), self._view.period.kind is PeriodKind.WEEK
        if not count:
            return self._say("尚无可比时段", "Nothing to compare with yet")
        unit = self._say("周", "weeks") if week else self._say("个月", "months")
        same = self._say("的同一段", ", the same stretch of each") if self._view.running else ""
        return self._say(f"前 {count} {unit}{same}", f"The {count} {unit} before{same}")

    def _span(self, span: timedelta | None) -> str:
        """A length of time: `5 小时 20 分`, `1 day 2 h`."""
        if span is None:
            return ""
        minutes = int(span.total_seconds()) // 60
        days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
        if days:
            return self._say(f"{days} 天 {hours} 小时", f"{days} d {hours} h")
        return self._say(
            f"{hours} 小时 {rest} 分" if hours else f"{rest} 分", f"{hours} h {rest} min" if hours else f"{rest} min"
        )

    # -- figures -------------------------------------------------------------------------------------------------------

    def _trend(self) -> str:
        from frontdesk.forms.digest_fields import TRENDS  # the typesetter's modules are read when something is printed

        word = dict(TRENDS)[self._view.trend.value].first("zh" if self._chinese else "en")
        history = self._view.history
        if self._view.trend is Trend.UNKNOWN or not history:
            return word
        mean = sum(history) / len(history)
        return self._say(f"{word}（前期平均 {mean:.1f}）", f"{word} (mean before {mean:.1f})")

    def _share(self, answer: Response) -> str:
        if answer.kept_percent is None:
            return ""
        of = f"{len(answer.kept)}/{len(answer.kept) + len(answer.missed)}"
        return self._say(f"{answer.kept_percent}%（{of}）", f"{answer.kept_percent} % ({of})")

    def _rating(self, answer: Response) -> str:
        if answer.rating is None:
            return ""
        count = len(answer.rated)
        return self._say(f"{answer.rating:.1f}（{count} 次）", f"{answer.rating:.1f} ({count})")

    def _levels(self, answer: Response) -> str:
        """`未升级×1、2 级×1`."""
        return self._join([self._times(self._level(level), len(ids)) for level, ids in answer.levels])

    def _level(self, level: int) -> str:
        return self._say(f"{level} 级", f"Level {level}") if level else self._say("未升级", "Not escalated")

    def _join(self, said: Sequence[str]) -> str:
        return self._say("、", ", ").join(said)

    def _times(self, name: str, count: int) -> str:
        """`3栋×5`: many names end in figures."""
        return self._say(f"{name}×{count}", f"{name} ×{count}")

    # -- lines ---------------------------------------------------------------------------------------------------------

    def _topic(self, line: TopicLine) -> dict[str, object]:
        answer = line.response
        mean = None if line.mean is None else Decimal(f"{line.mean:.1f}")
        flag = "often_rising" if len(line.kept) > 1 else "".join(line.kept)
        return {
            "name": self._called(line),
            "matters": line.tally.matters,
            "callers": line.tally.callers,
            "before": line.history[-1] if line.history else None,
            "mean": mean,
            "trend": line.trend.value,
            "homes": line.homes,
            "places": self._places(line.buildings),
            "repeats": "\n".join(self._times(each.label, each.tally.matters) for each in line.repeats[:_MOST_ABOUT]),
            "kept": "" if answer.kept_percent is None else f"{answer.kept_percent}%",
            "median": self._span(answer.median),
            "flag": flag,
        }

    def _places(self, lines: Sequence[BuildingLine]) -> str:
        return self._join([self._times(self._name(each.building), each.tally.matters) for each in lines])

    def _buildings(self) -> list[dict[str, object]]:
        """Buildings with what is raised there most."""
        about: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for line in self._view.topics:
            for each in line.buildings:
                key = each.building.id if each.building else 0
                about[key].append((each.tally.matters, self._called(line)))
        return [
            {
                "name": self._name(each.building),
                "matters": each.tally.matters,
                "callers": each.tally.callers,
                "about": self._join(
                    [self._times(name, count) for count, name in _most(about[each.building.id if each.building else 0])]
                ),
            }
            for each in self._view.buildings
        ]

    def _history(self) -> list[dict[str, object]]:
        """One point for each period; none where there is nothing to compare and nothing was raised."""
        if not self._view.compared and not self._view.tally.matters:
            return []
        counted = [*zip(self._view.compared, self._view.history, strict=True)]
        return [
            {"name": self._short(period), "matters": matters}
            for period, matters in [*counted, (self._view.period, self._view.tally.matters)]
        ]

    def _note(self, line: TopicLine) -> dict[str, object]:
        """A topic that is kept being raised has its line, to be written by hand where nothing is noted yet."""
        note = line.note
        if note is None:
            return {"name": self._called(line)}
        noted = f"{note.by} {self._site.local(note.at):%m-%d}"
        return {"name": self._called(line), "prevention": note.prevention, "response": note.response, "by": noted}


def _most(found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(found, key=lambda each: (-each[0], each[1]))[:_MOST_ABOUT]
