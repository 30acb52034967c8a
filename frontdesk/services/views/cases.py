"""Views of matters: what is typed of one, where it goes, the case it becomes, the board of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontdesk.domain.cases import Action, CaseState, Step
from frontdesk.domain.deadlines import ClockState, Urgency
from frontdesk.domain.paper import Copy, PaperKind, PaperState
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Ask, Duty, Fact, MatterKind, Remark, Route
from frontdesk.services.views.site import Named
from frontdesk.services.views.visits import DeskCallView, VisitsView


class Channel(StrEnum):
    """方式: how a matter reached the desk."""

    CALL = "call"
    WALK_IN = "walk_in"


@dataclass(frozen=True, slots=True)
class Overrule:
    """A person's route in the rule's place; the reason is kept beside the rule's own."""

    route: Route
    reason: str


@dataclass(frozen=True, slots=True)
class MatterDraft:
    """One reported matter as typed so far. None is unknown, also for the facts that routing asks for."""

    kind: MatterKind = MatterKind.REPAIR
    content: str = ""
    component_id: int | None = None
    unit_id: int | None = None
    place: str = ""
    urgency: Urgency = Urgency.NORMAL
    wanted: str = ""
    contact_phone: str = ""
    agreed_at: datetime | None = None
    chargeable: bool | None = None
    duty: Duty | None = None
    needs_others: bool | None = None
    over_two_days: bool | None = None
    department_id: int | None = None
    answer: str = ""
    overrule: Overrule | None = None


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call or walk-in as typed so far; `token` makes finishing it twice harmless."""

    token: str
    channel: Channel
    started_at: datetime
    number: str = ""
    caller_name: str = ""
    person_id: int | None = None
    unit_id: int | None = None
    verification: Verification = Verification.UNVERIFIED
    matters: tuple[MatterDraft, ...] = (MatterDraft(),)


@dataclass(frozen=True, slots=True)
class RouteView:
    """Where a matter goes and why: the screen words `reason` with these facts, and shows the clause."""

    route: Route
    remark: Remark
    paper: PaperKind | None
    reason: str
    clause: str
    department: Named | None
    component: Named | None
    warranty_ends_on: date | None
    days_left: int | None
    unknown: tuple[tuple[Fact, Ask], ...]
    due_at: datetime | None
    copies: tuple[Copy, ...]
    overruled_reason: str = ""
    rule_route: Route | None = None
    external: Named | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list or on the board."""

    id: int
    record_no: str
    number: str
    content: str
    where: str
    who: str
    route: Route
    state: CaseState
    clock: ClockState
    due_at: datetime | None
    opened_at: datetime
    next_step: Step | None
    department: Named | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper of a case; `code` is the text of its QR code."""

    id: int
    kind: PaperKind
    number: str
    state: PaperState
    issued_at: datetime
    printings: int
    printable: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a case's timeline; `kind` is one of EventKind's values, `data` holds codes for the wording."""

    at: datetime
    happened_at: datetime
    kind: str
    by: str
    text: str
    data: Mapping[str, object] = field(default_factory=dict)


class EventKind(StrEnum):
    """What a line of the timeline tells."""

    LOGGED = "logged"
    ROUTED = "routed"
    PAPER_ISSUED = "paper_issued"
    PRINTED = "printed"
    RESULT = "result"
    REPLY = "reply"
    NO_REPLY = "no_reply"
    COMPLETED = "completed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case whole: what was reported, the way it goes, its papers, clock, timeline, and what is missing to close."""

    id: int
    version: int
    record_no: str
    kind: MatterKind
    channel: Channel
    content: str
    where: str
    caller: str
    phone: str
    verification: Verification
    urgency: Urgency
    wanted: str
    state: CaseState
    route: RouteView
    clock: ClockState
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    papers: tuple[PaperView, ...]
    events: tuple[EventView, ...]
    demands: tuple[tuple[Step, bool], ...]
    actions: frozenset[Action]
    reopened: int


@dataclass(frozen=True, slots=True)
class Logged:
    """What came of finishing a call: one case for each matter, in the order typed."""

    contact_no: str
    cases: tuple[CaseView, ...]


@dataclass(frozen=True, slots=True)
class Established:
    """What has been found out about a matter whose way was open; None is still unknown."""

    component_id: int | None = None
    duty: Duty | None = None
    needs_others: bool | None = None
    over_two_days: bool | None = None


@dataclass(frozen=True, slots=True)
class SheetDone:
    """What a returned sheet, or the department, tells of the work (procedure 4.1.1)."""

    work_done: str
    happened_at: datetime
    technician: str = ""
    sheet_returned: bool = True


@dataclass(frozen=True, slots=True)
class ReplyDone:
    """The reply to the customer; where none is possible `reason_none` says why, and the other fields stay empty."""

    text: str
    how: str = ""
    happened_at: datetime | None = None
    reason_none: str = ""


@dataclass(frozen=True, slots=True)
class Printable:
    """A rendered paper, kept as a blob: the PDF as it goes to the printer."""

    paper_id: int
    number: str
    kind: PaperKind
    pdf: bytes
    pages: int
    reprint: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rendered sheet that has no number of its own: a recovery sheet, an invitation."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the list, newest first; `after` continues it, None at its end."""

    lines: tuple[CaseLine, ...]
    total: int
    after: tuple[datetime, int] | None


class CaseFilter(StrEnum):
    """The chips over the list of cases."""

    OPEN = "open"
    OVERDUE = "overdue"
    TO_REPLY = "to_reply"
    COMPLETED = "completed"
    ALL = "all"


class Board(StrEnum):
    """The groups of the board, in the order in which they hurt."""

    EMERGENCY = "emergency"
    OVERDUE = "overdue"
    SOON = "soon"
    TO_ESTABLISH = "to_establish"
    TO_PRINT = "to_print"
    TO_REPLY = "to_reply"
    TO_COMPLETE = "to_complete"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class TodayView:
    """The board of work, today's visits, today's calls by hour (local), and what the kiosks ask for."""

    groups: tuple[tuple[Board, tuple[CaseLine, ...]], ...]
    open_count: int
    completed_today: int
    calls_by_hour: tuple[tuple[int, int], ...]
    visits: VisitsView
    desk_calls: tuple[DeskCallView, ...]
