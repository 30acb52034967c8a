"""Views of matters: what is typed of one, where it goes, the case it becomes, the board of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontdesk.domain.cases import Action, CaseState, Step
from frontdesk.domain.consequences import ConsequenceKind
from frontdesk.domain.deadlines import ClockState, Urgency
from frontdesk.domain.paper import Copy, Mark, PaperKind, PaperState
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Ask, Duty, Fact, MatterKind, Place, Remark, Route
from frontdesk.services.views.course import (
    NO_CLOCK,
    ChaseView,
    ClockView,
    EntryView,
    FollowUpView,
    MarkView,
    PictureView,
)
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
    """One reported matter as typed so far. None is unknown, also for the facts that routing asks for.

    `joins_id` is the open case that it is the same as; `earlier_id` the closed or open case that it comes back to,
    which a complaint reopens. `refused` says that `answer` refused what was asked for (procedure, confidentiality).
    """

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
    place_kind: Place | None = None
    joins_id: int | None = None
    earlier_id: int | None = None
    refused: bool = False


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
    chargeable: bool | None = None
    beside: Route | None = None


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route in force, and whether those who see to it have been told: whom, when, how (domain section 3, "Told").

    `late`: nobody has been told for longer than the site allows.
    """

    decision_id: int
    view: RouteView
    decided_at: datetime
    told_at: datetime | None
    told_whom: str
    told_how: str
    late: bool


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
    remark: Remark = Remark.NONE
    kind: MatterKind = MatterKind.REPAIR
    reopened: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper of a case: its marks, and those that may be set now, in their usual order."""

    id: int
    kind: PaperKind
    number: str
    state: PaperState
    issued_at: datetime
    printings: int
    printable: bool
    due_at: datetime | None = None
    marks: tuple[MarkView, ...] = ()
    open_marks: tuple[Mark, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


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
    TOLD = "told"
    MARKED = "marked"
    MARK_UNDONE = "mark_undone"
    CHASED = "chased"
    AGREED = "agreed"
    PAUSED = "paused"
    RESUMED = "resumed"
    DEFERRED = "deferred"
    CLOCK_MOVED = "clock_moved"
    CAUSED = "caused"
    ENTERED = "entered"
    PICTURE = "picture"
    JOINED = "joined"
    SEPARATED = "separated"
    REFUSED = "refused"
    FOLLOWED_UP = "followed_up"
    UNDONE = "undone"
    VOIDED = "voided"
    LINKED = "linked"
    RETURNED = "returned"


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
    remark: Remark = Remark.NONE
    place_kind: Place | None = None
    chargeable: bool | None = None
    result: str = ""
    no_reply_reason: str = ""
    routes: tuple[RouteLine, ...] = ()
    timing: ClockView = NO_CLOCK
    chases: tuple[ChaseView, ...] = ()
    pictures: tuple[PictureView, ...] = ()
    entries: tuple[EntryView, ...] = ()
    follow_up: FollowUpView | None = None
    joined: tuple[JoinedView, ...] = ()
    joined_to: JoinedView | None = None
    earlier: JoinedView | None = None
    level: int = 0
    level_whom: Named | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class JoinedView:
    """Another case that this one belongs to, or that belongs to this one: who is to be told, and whether they were."""

    case_id: int
    record_no: str
    who: str
    where: str
    told: bool
    state: CaseState


@dataclass(frozen=True, slots=True)
class Same:
    """An open case that a new matter may be the same as, and why it is offered: the unit's, or the building's."""

    line: CaseLine
    same_unit: bool
    callers: int


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
    place_kind: Place | None = None
    chargeable: bool | None = None
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True)
class MarkDone:
    """A step on a paper's way: when it happened (the date on the paper), who, and why where that has to be said."""

    mark: Mark
    happened_at: datetime
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetDone:
    """What a returned sheet, or the department, tells of the work (procedure 4.1.1): all of it may be entered at once.

    `paper_id` is the sheet, None for the case's only one that is out. `marks` are the steps it shows. `unfinished`:
    the sheet tells of a visit, but the work is not done, so that no result is written.
    """

    work_done: str
    happened_at: datetime
    technician: str = ""
    sheet_returned: bool = True
    paper_id: int | None = None
    marks: tuple[MarkDone, ...] = ()
    unfinished: bool = False


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


class CaseOrder(StrEnum):
    """How the list of cases is sorted."""

    NEWEST = "newest"
    DUE = "due"
    UNIT = "unit"


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
    TO_TELL = "to_tell"
    TO_CHASE = "to_chase"
    TO_ESTABLISH = "to_establish"
    TO_PRINT = "to_print"
    TO_REPLY = "to_reply"
    TO_FOLLOW_UP = "to_follow_up"
    TO_COMPLETE = "to_complete"
    PAPER_OUT = "paper_out"
    RUNNING = "running"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a case calls for somebody, beside its clock: a passed time that nobody has answered, or how long it waits.

    `since` is when that time passed, when somebody should have been told, chased or asked; `until` when it comes back
    to the board.
    """

    kind: ConsequenceKind | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TodayView:
    """The board of work, today's visits, today's calls by hour (local), and what the kiosks ask for.

    `causes` tells of cases by their id what their clock does not.
    """

    groups: tuple[tuple[Board, tuple[CaseLine, ...]], ...]
    open_count: int
    completed_today: int
    calls_by_hour: tuple[tuple[int, int], ...]
    visits: VisitsView
    desk_calls: tuple[DeskCallView, ...]
    unpublished_years: tuple[int, ...] = ()
    causes: Mapping[int, Cause] = field(default_factory=dict)
