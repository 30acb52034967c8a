"""Sentences about a case: why it goes its way, whom to ask, what may be told, where its clock stands."""

from __future__ import annotations

from datetime import datetime

from frontdesk.domain.cases import CaseState, Step
from frontdesk.domain.deadlines import ClockState
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Route
from frontdesk.i18n import mark, tr
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.views import CaseLine, EventKind, EventView, RouteView
from frontdesk.ui import time_words
from frontdesk.ui.words import named, word

_REASONS = {
    "emergency": mark("People's safety comes first: the incident plan is followed and the superior is told at once."),
    "complaint": mark("A complaint goes to the responsible department at once and is followed to its end."),
    "special_service": mark("A paid service: price, appointment and signature go on a special service order."),
    "answered": mark("Answered on the spot; the register line is the record."),
    "external_unit": mark("{component}: an external unit repairs it; we chase it within the time it promised."),
    "within_makers_term": mark("{component}: under its maker's warranty until {ends}, {days} more days."),
    "past_makers_term": mark("{component}: its maker's term ended on {ends}, so it is the property company's repair."),
    "owners_thing_paid": mark("{component}: the owner's own; repaired as a service that the owner pays for."),
    "owners_thing_unpaid": mark("{component}: the owner's own, and not to be paid for: explained, and on record."),
    "joined": mark("The same fault as another case; this caller is told when that is over."),
    "reopened": mark("Opened again: {why}"),
    "normal_service": mark("{component}: the property company's normal service."),
    "within_warranty": mark("{component}: under warranty until {ends}, {days} more days: the developer's duty."),
    "past_warranty": mark("{component}: the warranty ended on {ends}, so it is the property company's repair."),
    "needs_coordination": mark("Others must agree and it takes more than two days."),
    "one_department": mark("A single department can answer."),
    "short_matter": mark("It can be answered within two days."),
    "to_establish": mark("Not all facts are known yet, and nothing is assumed."),
    "overruled": mark("Decided by a person: {why}"),
}
_DESIGN_LIFE = mark("{component}: under warranty for the design life of the building, so it is the developer's duty.")
_WRONG = {
    Problem.EMPTY: mark("A few words are needed."),
    Problem.TOO_LONG: mark("This is too long."),
    Problem.IN_FUTURE: mark("This lies in the future."),
    Problem.IN_PAST: mark("This has passed already."),
    Problem.UNKNOWN: mark("This is no longer there."),
}

MAY_TELL = {
    Verification.UNVERIFIED: mark("Take the matter down. Give out nothing about any home, person or earlier matter."),
    Verification.NUMBER_MATCHES: mark(
        "The progress and times of this caller's own matters. Nobody else's number, plate or home."
    ),
    Verification.VERIFIED: mark("This caller's own matters and own data. Nobody else's number, plate or home."),
}
VERIFICATION_STATUS = {
    Verification.UNVERIFIED: "unverified",
    Verification.NUMBER_MATCHES: "match",
    Verification.VERIFIED: "verified",
}
EVENT_GLYPHS = {
    EventKind.LOGGED: "ph.phone-incoming",
    EventKind.ROUTED: "ph.git-branch",
    EventKind.PAPER_ISSUED: "ph.file-plus",
    EventKind.PRINTED: "ph.printer",
    EventKind.RESULT: "ph.wrench",
    EventKind.REPLY: "ph.phone-outgoing",
    EventKind.NO_REPLY: "ph.phone-slash",
    EventKind.COMPLETED: "ph.check-circle",
    EventKind.REOPENED: "ph.arrow-counter-clockwise",
    EventKind.TRANSFERRED: "ph.arrow-bend-up-right",
    EventKind.TOLD: "ph.megaphone-simple",
    EventKind.MARKED: "ph.pen-nib",
    EventKind.MARK_UNDONE: "ph.arrow-u-up-left",
    EventKind.CHASED: "ph.bell-ringing",
    EventKind.AGREED: "ph.calendar-check",
    EventKind.PAUSED: "ph.pause",
    EventKind.RESUMED: "ph.play",
    EventKind.DEFERRED: "ph.moon",
    EventKind.CLOCK_MOVED: "ph.clock-clockwise",
    EventKind.CAUSED: "ph.alarm",
    EventKind.ENTERED: "ph.notebook",
    EventKind.PICTURE: "ph.image",
    EventKind.JOINED: "ph.arrows-in",
    EventKind.SEPARATED: "ph.arrows-out",
    EventKind.REFUSED: "ph.hand-palm",
    EventKind.FOLLOWED_UP: "ph.star",
    EventKind.UNDONE: "ph.arrow-u-up-left",
    EventKind.VOIDED: "ph.prohibit",
    EventKind.LINKED: "ph.link",
    EventKind.RETURNED: "ph.tray-arrow-down",
}
ROUTE_GLYPHS = {
    Route.WORK_ORDER: "ph.wrench",
    Route.LIAISON: "ph.file-text",
    Route.EXTERNAL: "ph.truck",
    Route.COMMUNICATION: "ph.chats-circle",
    Route.DEPARTMENT: "ph.users-three",
    Route.COMPLAINT: "ph.megaphone-simple",
    Route.SPECIAL_SERVICE: "ph.handshake",
    Route.ANSWERED: "ph.check-circle",
    Route.INCIDENT: "ph.warning-octagon",
    Route.TO_ESTABLISH: "ph.question",
    Route.JOINED: "ph.arrows-in",
}


def reason(route: RouteView) -> str:
    """Why a matter goes this way, with the facts that decided; beside a person's way stands the rule's own."""
    component, ends = named(route.component) or tr("This"), route.warranty_ends_on
    if route.reason == "within_warranty" and ends is None:
        return tr(_DESIGN_LIFE, component=component)
    day = f"{ends:%Y-%m-%d}" if ends else ""
    why = tr(
        _REASONS[route.reason], component=component, ends=day, days=route.days_left or 0, why=route.overruled_reason
    )
    if route.rule_route is None or route.rule_route is route.route:
        return why
    return tr("{why} (by the rule: {route})", why=why, route=word(route.rule_route))


def reasons() -> frozenset[str]:
    """The reason codes that have a sentence."""
    return frozenset(_REASONS)


def wrong(error: BadInput) -> str:
    """What is wrong with what was typed into a field."""
    return tr(_WRONG[error.problem])


def asks(route: RouteView) -> str:
    """What is still to be asked, and of whom, one to a line."""
    return "\n".join(tr("Ask {whom} {fact}.", whom=word(ask), fact=word(fact)) for fact, ask in route.unknown)


def clause(route: RouteView) -> str:
    """The paragraph of the procedure that a route stands on."""
    return tr("Procedure {clause}", clause=route.clause)


def event(line: EventView) -> str:
    """What happened and by whom, in a few words."""
    return f"{word(EventKind(line.kind))} · {line.by}" if line.by else word(EventKind(line.kind))


def countdown(clock: ClockState, due_at: datetime | None, now: datetime) -> str:
    """How much time is left, or by how much it has passed; empty when no clock runs."""
    return "" if due_at is None or clock is ClockState.STOPPED else time_words.left(due_at, now)


def case_status(line: CaseLine) -> str:
    """The status of the tokens that a case in a list shows."""
    if line.state is not CaseState.OPEN:
        return "done" if line.state is CaseState.COMPLETED else "closed"
    if line.clock is ClockState.OVERDUE:
        return "overdue"
    if line.next_step is Step.ROUTE_DECIDED:
        return "establish"
    if line.next_step is None:  # nothing is missing: it waits to be struck off
        return "done"
    if line.next_step is Step.CUSTOMER_TOLD:
        return "reply"
    return "soon" if line.clock is ClockState.SOON else "running"
