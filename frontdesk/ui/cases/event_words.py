"""What a line of the timeline tells beyond its kind: the codes that stand beside it, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.paper import Mark
from frontdesk.domain.routing import Route
from frontdesk.i18n import mark, tr
from frontdesk.services.views import CaseView, EventKind, EventView, ToldHow
from frontdesk.ui import case_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

HOW = (("phone", mark("By phone")), ("in_person", mark("In person")), ("message", mark("By message")))
_HOW = dict(HOW)
_PICTURE = {"removed": mark("taken away"), "restored": mark("brought back")}
Data = Mapping[str, Any]


def _code(kind: type[StrEnum], data: Data, key: str) -> str:
    """A code of an event in words; empty where it has none, or one that this version does not know."""
    value = str(data.get(key) or "")
    return word(kind(value)) if value in {member.value for member in kind} else ""


def _moment(context: Context, text: object) -> str:
    if not isinstance(text, str) or not text:
        return ""
    return time_words.moment(context.local(datetime.fromisoformat(text)), context.now().date())


def _marked(_context: Context, data: Data) -> str:
    who = str(data.get("who") or "")
    named = " · ".join(part for part in (_code(Mark, data, "mark"), who) if part)
    number = str(data.get("number") or "")
    return f"{named} ({number})" if number else named


def _told(_context: Context, data: Data) -> str:
    return " · ".join(part for part in (str(data.get("whom") or ""), _code(ToldHow, data, "how")) if part)


def _chased(context: Context, data: Data) -> str:
    next_at = _moment(context, data.get("next_at"))
    later = tr("ask again {moment}", moment=next_at) if next_at else ""
    return " · ".join(part for part in (str(data.get("whom") or ""), later) if part)


def _caused(_context: Context, data: Data) -> str:
    told = _code(ConsequenceKind, data, "consequence")
    level = data.get("level")
    return tr("{told}: level {level}", told=told, level=level) if level else told


def _entered(_context: Context, data: Data) -> str:
    return " · ".join(
        part for part in (_code(Register, data, "register"), _code(ConsequenceKind, data, "reason")) if part
    )


def _followed(_context: Context, data: Data) -> str:
    if not data.get("reached"):
        return tr("Nobody was reached")
    fixed = data.get("fixed")
    holds = "" if fixed is None else tr("It holds") if fixed else tr("It does not hold")
    rating = tr("rating {n} of 5", n=data["rating"]) if data.get("rating") else ""
    return " · ".join(part for part in (holds, rating) if part)


def _result(_context: Context, data: Data) -> str:
    back = tr("the sheet came back") if data.get("sheet_returned") else ""
    return " · ".join(part for part in (str(data.get("technician") or ""), back) if part)


def _joined(_context: Context, data: Data) -> str:
    return tr("this case goes with another one") if "main" in data else tr("another case goes with this one")


def _linked(_context: Context, data: Data) -> str:
    return tr("an earlier case") if "earlier" in data else tr("a later case")


_TELLS: dict[EventKind, Callable[[Context, Data], str]] = {
    EventKind.ROUTED: lambda _context, data: _code(Route, data, "route"),
    EventKind.PRINTED: lambda _context, data: tr("printed again") if data.get("reprint") else "",
    EventKind.TOLD: _told,
    EventKind.MARKED: _marked,
    EventKind.MARK_UNDONE: _marked,
    EventKind.CHASED: _chased,
    EventKind.AGREED: lambda context, data: _moment(context, data.get("at")),
    EventKind.DEFERRED: lambda context, data: tr("until {moment}", moment=_moment(context, data.get("until"))),
    EventKind.CAUSED: _caused,
    EventKind.ENTERED: _entered,
    EventKind.FOLLOWED_UP: _followed,
    EventKind.RESULT: _result,
    EventKind.REPLY: lambda _context, data: tr(_HOW[str(data["how"])]) if data.get("how") in _HOW else "",
    EventKind.PICTURE: lambda _context, data: tr(_PICTURE[str(data["what"])]) if data.get("what") in _PICTURE else "",
    EventKind.JOINED: _joined,
    EventKind.LINKED: _linked,
    EventKind.UNDONE: lambda _context, data: _code(CaseState, data, "state"),
}


def told(context: Context, event: EventView) -> str:
    """What stands under a line's head: its codes in words, and what was typed."""
    tells = _TELLS.get(EventKind(event.kind))
    coded = tells(context, event.data) if tells is not None else ""
    return "\n".join(part for part in (coded, event.text) if part)


def since(context: Context, before: CaseView, after: CaseView) -> list[str]:
    """What has happened to a case since somebody looked at it: when, who, what; one to a line."""
    lines = []
    for event in after.events[len(before.events) :]:
        parts = (case_words.event(event), *told(context, event).split("\n"))
        lines.append(f"{time_words.clock(context.local(event.at))}  " + " · ".join(part for part in parts if part))
    return lines or [tr("Its times or papers are not what they were.")]
