"""What services take and give: frozen values, masked for whoever asked. Screens never see a stored object.

Telephone numbers in views are already masked unless a field says otherwise; instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontdesk.domain.access import Permission, Role
from frontdesk.domain.cases import Action, CaseState, Step
from frontdesk.domain.deadlines import ClockState, Urgency
from frontdesk.domain.paper import Copy, PaperKind, PaperState
from frontdesk.domain.people import Relation, Verification
from frontdesk.domain.routing import Ask, Duty, Fact, MatterKind, Remark, Route
from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState


class Channel(StrEnum):
    """方式: how a matter reached the desk."""

    CALL = "call"
    WALK_IN = "walk_in"


# --- the site, its people and premises -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose from: a department, component, area; the name in both languages of the site's data."""

    id: int
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ComponentView:
    """A component (部位) that can break: who answers for it by default, and which department sees to it."""

    id: int
    name: str
    name_en: str
    duty: Duty | None
    department_id: int | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every screen needs to know of the site."""

    id: str
    tag: str
    name: str
    practice: bool
    key_in_file: bool
    departments: tuple[Named, ...]
    components: tuple[ComponentView, ...]
    areas: tuple[Named, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """Somebody who may sign in."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What it takes to add an account; the password is hashed with argon2id and never kept."""

    login: str
    name: str
    password: str
    role: Role


@dataclass(frozen=True, slots=True)
class MySettings:
    """What an account has chosen for itself; empty is the program's own choice."""

    language: str = ""
    theme: str = ""
    contrast: str = ""


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit, or a common part of a building where `room` is empty."""

    id: int
    label: str
    delivered_on: date | None
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class PastLine:
    """One earlier matter of a caller."""

    case_id: int
    at: datetime
    text: str
    number: str
    open: bool


@dataclass(frozen=True, slots=True)
class CallerView:
    """A person who may be calling, with one of their units."""

    person_id: int
    name: str
    relation: Relation
    unit: UnitView
    phone: str
    past: tuple[PastLine, ...]
    past_count: int


# --- taking a matter in ----------------------------------------------------------------------------------------------


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


# --- cases -----------------------------------------------------------------------------------------------------------


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


# --- today -----------------------------------------------------------------------------------------------------------


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


# --- visits ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """What it takes to invite; the QR code made for it holds none of this."""

    visitor: str
    purpose: Purpose
    area_id: int
    valid_from: datetime
    valid_until: datetime
    unit_id: int | None = None
    host: str = ""
    plate: str = ""
    companions: int = 0


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit, or an invitation that nobody has used yet (then `visit_id` is None)."""

    visit_id: int | None
    invitation_id: int | None
    name: str
    purpose: Purpose
    area: Named
    badge_no: str
    state: VisitState
    arrived_at: datetime | None
    until: datetime
    left_at: datetime | None
    how_left: HowLeft | None
    companions: int
    flagged: bool


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation with the text of its QR code, for whoever may invite."""

    id: int
    code: str
    visitor: str
    purpose: Purpose
    area: Named
    host: str
    unit: str
    plate: str
    companions: int
    valid_from: datetime
    valid_until: datetime
    state: InvitationState


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit whole, with the way to its area in the asker's language; `flag_reason` is one of Flag's, or empty."""

    line: VisitLine
    host: str
    unit: str
    plate: str
    kiosk: str
    steps: tuple[str, ...]
    minutes: int
    flag_reason: str = ""


@dataclass(frozen=True, slots=True)
class VisitsView:
    """Who is expected, on site, overdue, gone; counts are of the whole day, lines may be fewer."""

    lines: tuple[VisitLine, ...]
    counts: tuple[tuple[VisitState, int], ...]


@dataclass(frozen=True, slots=True)
class DeskCallView:
    """Somebody at a kiosk asks for the desk."""

    id: int
    kiosk: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The site map as plain numbers to paint, in map units; the same that the kiosk's bulletin carries.

    `shapes` are (kind, label, points) with kind one of building, road, water, green, gate; `way` is the path from
    the lobby to the area.
    """

    size: tuple[float, float]
    shapes: tuple[tuple[str, str, tuple[tuple[float, float], ...]], ...]
    here: tuple[float, float]
    way: tuple[tuple[float, float], ...]


# --- kiosks, keys, upkeep --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KioskView:
    """A kiosk that is paired, was, or asks to be; `id` is its name in the lobby, `state` one of KioskHealth's."""

    id: str
    name: str
    letter: str
    paired: bool
    last_beat: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class DeadLetterView:
    """A kiosk's message that could not take effect and was set aside; `reason` is a code."""

    kiosk: str
    reason: str


@dataclass(frozen=True, slots=True)
class LobbyView:
    """The lobby folder: `away` is empty while it can be used, else a code that says why not."""

    away: str
    dead: tuple[DeadLetterView, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft that was kept: `data` is what the screen gave, `key` under what it kept it."""

    id: int
    kind: str
    data: dict[str, object]
    updated_at: datetime
    key: str = ""


@dataclass(frozen=True, slots=True)
class BackupView:
    """A backup that was made and read back."""

    path: str
    at: datetime
    size: int
