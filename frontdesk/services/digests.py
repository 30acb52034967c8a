"""客户意见汇总: what customers keep raising, with prevention and response, in stages (procedure 4.2, second half)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from frontdesk.domain import access, digests
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.digests import Period, PeriodKind, Thresholds, TopicFigures
from frontdesk.domain.responses import Response, response, response_by_topic
from frontdesk.services import digest_rows, drafts, inputs, reference
from frontdesk.services.site import Site
from frontdesk.services.views import Named
from frontdesk.services.views.digests import BuildingLine, DigestNoteView, DigestView, RepeatLine, TopicLine
from frontdesk.storage import models as m
from frontdesk.storage.errors import EditConflict
from frontdesk.storage.unit import Unit

TOPIC = "digest"
DRAFT = "digest"
THRESHOLDS = "digest.thresholds"
_MOST = {"least_matters": 1000, "least_homes": 1000, "rising_percent": 1000, "rising_least": 1000}


def digest(site: Site, actor: Actor, wanted: Period | PeriodKind) -> DigestView:
    """What customers raised in a period; of a kind alone, in the last one that is over, or the first there is.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        first = digest_rows.first_opened(unit)
        period = wanted if isinstance(wanted, Period) else _usual(site, wanted, first)
        return _Maker(unit, site, period, first).view()


def _usual(site: Site, kind: PeriodKind, first: datetime | None) -> Period:
    """On Monday one looks at last week; where nothing is on record of it, at this one."""
    this = digests.period_of(kind, site.today())
    return this if first is None or site.day(first) >= this.first else this.moved(-1)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the rows' ids are called."""

    components: Mapping[int, Any]
    buildings: Mapping[int, Any]
    units: Mapping[int, Any]

    def lines(self, counted: Sequence[tuple[int | None, digests.Tally]]) -> tuple[BuildingLine, ...]:
        """Buildings with their names."""
        return tuple(BuildingLine(reference.named(self.buildings.get(key or 0)), tally) for key, tally in counted)


class _Maker:
    """Makes one digest out of one snapshot."""

    def __init__(self, unit: Unit, site: Site, period: Period, first: datetime | None) -> None:
        self._unit, self._site, self._period, self._now = unit, site, period, site.now()
        self._since = site.day(first) if first is not None else None
        self._compared = digests.compared(period, self._since)
        self._parts = digests.stretches(period, self._compared, site.zone, self._now)

    def view(self) -> DigestView:
        """The digest whole: rows, figures, then the names of what occurs in them."""
        this, limits = self._parts[-1], thresholds(self._unit)
        parts = digests.split(digest_rows.raised(self._unit, self._parts[0].start, this.end), self._parts)
        made = digests.figures(parts, limits)
        buildings = digests.by_building(parts[-1])
        names = self._names(made, [building for building, _ in buildings])
        courses = digest_rows.courses(self._unit, this, self._now)
        ratings = digest_rows.ratings(self._unit, this)
        history = tuple(digests.tally(part).matters for part in parts[:-1])
        whole = digests.tally(parts[-1])
        following = self._period.moved(1)
        return DigestView(
            period=self._period,
            until=min(self._now, this.end),
            running=this.end < digests.stretch_of(self._period, self._site.zone).end,
            since=self._since,
            following=following if following.first <= self._site.today() else None,
            compared=self._compared,
            tally=whole,
            history=history,
            trend=digests.trend(whole.matters, history, limits.rising_percent),
            topics=self._topics(made, names, response_by_topic(courses, ratings, self._now)),
            buildings=names.lines(buildings),
            response=response(courses, ratings, self._now),
            limits=limits,
        )

    def _names(self, made: Sequence[TopicFigures], buildings: Sequence[int | None]) -> _Names:
        units = [unit for each in made for unit, _ in each.repeat_units]
        return _Names(
            reference.rows_by_id(self._unit, m.Component, [each.topic.component for each in made]),
            reference.rows_by_id(self._unit, m.Building, buildings),
            reference.rows_by_id(self._unit, m.Unit, units),
        )

    def _topics(
        self, made: Sequence[TopicFigures], names: _Names, answers: Mapping[digests.Topic, Response]
    ) -> tuple[TopicLine, ...]:
        notes, last = _notes(self._unit, self._period), _notes(self._unit, self._period.moved(-1))
        return tuple(
            TopicLine(
                topic=each.topic,
                component=_component(names, each.topic),
                tally=each.tally,
                homes=each.homes,
                buildings=names.lines(each.buildings),
                repeats=tuple(RepeatLine(key, names.units[key].label, tally) for key, tally in each.repeat_units),
                history=each.history,
                mean=digests.mean(each.history),
                trend=each.trend,
                kept=each.kept,
                response=answers.get(each.topic, Response()),
                note=notes.get(each.topic.key),
                last_note=last.get(each.topic.key),
            )
            for each in made
        )


def _component(names: _Names, topic: digests.Topic) -> Named | None:
    return reference.named(names.components.get(topic.component or 0))


# --- prevention and response -----------------------------------------------------------------------------------------


def _notes(unit: Unit, period: Period) -> dict[str, DigestNoteView]:
    rows = unit.all(m.DigestNote.select().where(m.DigestNote.period == period.key))
    people = reference.rows_by_id(unit, m.Account, [row.by for row in rows])
    return {row.topic: _note(row, people[row.by].name) for row in rows}


def _note(row: Any, by: str) -> DigestNoteView:
    return DigestNoteView(row.prevention, row.response, row.at, by)


@dataclass(frozen=True, slots=True)
class NoteTyped:
    """What was typed about a topic; `seen` is when the note that it replaces was kept, None where there was none."""

    period: Period
    topic: str
    prevention: str
    response: str
    seen: datetime | None = None


def draft_key(period: Period, topic: str) -> str:
    """Under which key the draft of a note lies."""
    return f"{period.key} {topic}"[: inputs.LONGEST_LINE]


def keep_note(site: Site, actor: Actor, typed: NoteTyped) -> DigestNoteView:
    """Notes the prevention and the response for a topic in a period (procedure 4.2); forgets its draft.

    Raises:
        Forbidden: the actor may not work on cases.
        BadInput: the text is too long, or there is no such topic.
        EditConflict: somebody else noted something since it was read.
    """
    access.require(actor, Permission.WORK_CASES)
    topic = inputs.line("topic", typed.topic, needed=True)
    texts = {name: inputs.text(name, getattr(typed, name)) for name in ("prevention", "response")}
    where = {"period": typed.period.key, "topic": topic}
    with site.store.write() as unit:
        _require_unseen(unit, where, typed.seen)
        at = site.now()
        unit.put(m.DigestNote, where, **texts, at=at, by=actor.id)
        detail = {**where, **{name: len(text) for name, text in texts.items()}}
        unit.audit(actor, "digest.noted", f"digest:{typed.period.key}", detail, "\n".join(texts.values()))
        unit.announce(TOPIC, 0)
        drafts.forget(unit, actor, DRAFT, draft_key(typed.period, topic))
    return DigestNoteView(texts["prevention"], texts["response"], at, actor.name)


def _require_unseen(unit: Unit, where: Mapping[str, str], seen: datetime | None) -> None:
    """Lets pass only who has read what they are about to replace."""
    key = (m.DigestNote.period == where["period"]) & (m.DigestNote.topic == where["topic"])
    row = unit.one(m.DigestNote.select().where(key))
    found = row.at if row is not None else None
    if found != seen:
        raise EditConflict(table="digest_note", key=where["topic"], found=found, expected=seen)


# --- when something counts as kept being raised ----------------------------------------------------------------------


def thresholds(unit: Unit) -> Thresholds:
    """The site's thresholds; where it says nothing, the defaults."""
    kept: Mapping[str, int] = reference.setting(unit, THRESHOLDS, {})
    return Thresholds(**{name: int(kept.get(name, usual)) for name, usual in asdict(Thresholds()).items()})


def keep_thresholds(site: Site, actor: Actor, limits: Thresholds) -> Thresholds:
    """Sets when something counts as kept being raised; every number is at least 1.

    Raises:
        Forbidden: the actor may not manage the site.
    """
    access.require(actor, Permission.MANAGE_SITE)
    kept = {name: min(max(1, value), _MOST[name]) for name, value in asdict(limits).items()}
    with site.store.write() as unit:
        reference.keep_setting(unit, THRESHOLDS, kept)
        unit.audit(actor, "digest.thresholds", "site:1", kept)
        unit.announce(TOPIC, 0)
    return Thresholds(**kept)
