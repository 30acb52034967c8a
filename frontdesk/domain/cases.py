"""A case's states: what may be done with it now, and what is missing before it may be struck off (procedure 4.1.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.domain.paper import (
    DEMANDED_MARKS,
    ENDED,
    MARK_AFTER,
    PRINTED_FORMS,
    WAYS,
    Mark,
    PaperKind,
    PaperState,
)
from frontdesk.domain.routing import Route


class CaseState(StrEnum):
    """Whether the register line is open, struck off (已完成), or void."""

    OPEN = "open"
    COMPLETED = "completed"
    VOID = "void"


class Step(StrEnum):
    """What must have happened before a line is marked completed."""

    ROUTE_DECIDED = "route_decided"
    PAPER_PRINTED = "paper_printed"
    DIRECTOR_VERIFIED = "director_verified"
    PROJECT_RECEIVED = "project_received"
    SUPERIOR_TOLD = "superior_told"
    QUOTED = "quoted"
    CONFIRMED = "confirmed"
    DONE = "done"
    STOOD_DOWN = "stood_down"
    RESOLVED = "resolved"
    RESULT_WRITTEN = "result_written"
    PAPERS_ENDED = "papers_ended"
    PROJECT_SIGNED = "project_signed"
    CUSTOMER_SIGNED = "customer_signed"
    CHARGED = "charged"
    MAIN_OVER = "main_over"
    CUSTOMER_TOLD = "customer_told"
    REVIEWED = "reviewed"
    FOLLOWED_UP = "followed_up"


class Action(StrEnum):
    """What a person can do with a case."""

    ESTABLISH = "establish"
    REROUTE = "reroute"
    ADD_ROUTE = "add_route"
    TELL = "tell"
    PRINT = "print"
    MARK = "mark"
    CHASE = "chase"
    AGREE_TIME = "agree_time"
    PAUSE = "pause"
    RESUME = "resume"
    DEFER = "defer"
    ADD_PICTURE = "add_picture"
    JOIN = "join"
    SEPARATE = "separate"
    RECORD_RESULT = "record_result"
    RECORD_REPLY = "record_reply"
    FOLLOW_UP = "follow_up"
    COMPLETE = "complete"
    UNDO = "undo"
    REOPEN = "reopen"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """Where one paper of the case stands."""

    kind: PaperKind
    state: PaperState
    marks: frozenset[Mark] = frozenset()

    @property
    def counts(self) -> bool:
        """It was neither handed on (转出) nor voided, so what it demands is demanded of the case."""
        return self.state not in (PaperState.TRANSFERRED, PaperState.VOID)


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened to a case so far. `told`: a reply, or a reason why none is possible, is on record.

    `routes` are those in force; `main_over` says of a joined case that the one it was joined to has its result.
    `undoable`: it was closed so lately that this may be taken back.
    `clock_runs`: a promised time is still to come; one that has passed is not hidden by standing still.
    """

    state: CaseState
    routes: tuple[Route, ...]
    papers: tuple[PaperProgress, ...] = ()
    result_written: bool = False
    told: bool = False
    followed_up: bool = False
    main_over: bool = False
    standing_still: bool = False
    clock_runs: bool = False
    has_joined: bool = False
    undoable: bool = False

    @property
    def to_establish(self) -> bool:
        """Where it goes is not known yet."""
        return Route.TO_ESTABLISH in self.routes

    @property
    def joined(self) -> bool:
        """It is seen to as another case."""
        return Route.JOINED in self.routes


def _marked(mark: Mark) -> Callable[[Progress], bool]:
    """Every paper that counts and demands this mark carries it."""
    return lambda p: all(mark in x.marks for x in p.papers if x.counts and mark in DEMANDED_MARKS[x.kind])


_DONE: dict[Step, Callable[[Progress], bool]] = {
    Step.ROUTE_DECIDED: lambda p: not p.to_establish,
    Step.PAPER_PRINTED: lambda p: all(x.state is not PaperState.ISSUED for x in p.papers if x.kind in PRINTED_FORMS),
    Step.DIRECTOR_VERIFIED: _marked(Mark.VERIFIED),
    Step.PROJECT_RECEIVED: _marked(Mark.RECEIVED),
    Step.SUPERIOR_TOLD: _marked(Mark.SUPERIOR_TOLD),
    Step.QUOTED: _marked(Mark.QUOTED),
    Step.CONFIRMED: _marked(Mark.CONFIRMED),
    Step.DONE: _marked(Mark.DONE),
    Step.STOOD_DOWN: _marked(Mark.STOOD_DOWN),
    Step.RESOLVED: _marked(Mark.RESOLVED),
    Step.RESULT_WRITTEN: lambda p: p.result_written,
    Step.PAPERS_ENDED: lambda p: all(x.state in ENDED for x in p.papers),
    Step.PROJECT_SIGNED: _marked(Mark.PROJECT_SIGNED),
    Step.CUSTOMER_SIGNED: _marked(Mark.CUSTOMER_SIGNED),
    Step.CHARGED: _marked(Mark.CHARGED),
    Step.MAIN_OVER: lambda p: p.main_over,
    Step.CUSTOMER_TOLD: lambda p: p.told,
    Step.REVIEWED: _marked(Mark.REVIEWED),
    Step.FOLLOWED_UP: lambda p: p.followed_up,
}

_REGISTER_ONLY = frozenset({Step.ROUTE_DECIDED, Step.RESULT_WRITTEN, Step.CUSTOMER_TOLD})
_WITH_PAPER = _REGISTER_ONLY | {Step.PAPER_PRINTED, Step.PAPERS_ENDED}

# What each route demands. An answer given on the spot is result and reply in one.
DEMANDS: dict[Route, frozenset[Step]] = {
    Route.WORK_ORDER: _WITH_PAPER,
    Route.LIAISON: _WITH_PAPER | {Step.DIRECTOR_VERIFIED, Step.PROJECT_RECEIVED, Step.PROJECT_SIGNED},
    Route.COMPLAINT: _WITH_PAPER | {Step.RESOLVED, Step.FOLLOWED_UP},
    Route.SPECIAL_SERVICE: _WITH_PAPER
    | {Step.QUOTED, Step.CONFIRMED, Step.DONE, Step.CUSTOMER_SIGNED, Step.CHARGED, Step.FOLLOWED_UP},
    Route.INCIDENT: _WITH_PAPER | {Step.SUPERIOR_TOLD, Step.STOOD_DOWN, Step.REVIEWED},
    Route.EXTERNAL: _REGISTER_ONLY,
    Route.COMMUNICATION: _REGISTER_ONLY,
    Route.DEPARTMENT: _REGISTER_ONLY,
    Route.ANSWERED: _REGISTER_ONLY,
    Route.JOINED: frozenset({Step.MAIN_OVER, Step.CUSTOMER_TOLD}),
    Route.TO_ESTABLISH: frozenset({Step.ROUTE_DECIDED}),
}


def demands(progress: Progress) -> tuple[tuple[Step, bool], ...]:
    """Every step that the case's routes demand, in the order in which they happen, with whether it has been done."""
    wanted = frozenset[Step]().union(*(DEMANDS[route] for route in progress.routes))
    return tuple((step, _DONE[step](progress)) for step in Step if step in wanted)


def missing_steps(progress: Progress) -> tuple[Step, ...]:
    """The steps that still keep the line from being struck off, in the order in which they happen."""
    return tuple(step for step, done in demands(progress) if not done)


def open_marks(paper: PaperProgress) -> tuple[Mark, ...]:
    """The marks that may be set on a paper now, in their usual order."""
    if not paper.counts:
        return ()
    return tuple(
        mark
        for mark in WAYS[paper.kind]
        if mark not in paper.marks and (MARK_AFTER.get(mark) is None or MARK_AFTER[mark] in paper.marks)
    )


def _open(p: Progress) -> bool:
    return p.state is CaseState.OPEN


def _goes_its_own_way(p: Progress) -> bool:
    return _open(p) and not p.joined


def _decided(p: Progress) -> bool:
    return _goes_its_own_way(p) and not p.to_establish


_ALLOWED: dict[Action, Callable[[Progress], bool]] = {
    Action.ESTABLISH: lambda p: _open(p) and p.to_establish,
    Action.REROUTE: _goes_its_own_way,
    Action.ADD_ROUTE: _decided,
    Action.TELL: lambda p: _goes_its_own_way(p) and Route.ANSWERED not in p.routes,
    Action.PRINT: lambda p: p.state is not CaseState.VOID and any(x.kind in PRINTED_FORMS for x in p.papers),
    Action.MARK: lambda p: _open(p) and any(open_marks(x) for x in p.papers),
    Action.CHASE: _goes_its_own_way,
    Action.AGREE_TIME: lambda p: _decided(p) and not p.result_written and Route.ANSWERED not in p.routes,
    Action.PAUSE: lambda p: _decided(p) and p.clock_runs and not p.result_written,
    Action.RESUME: lambda p: _open(p) and p.standing_still,
    Action.DEFER: lambda p: _decided(p) and p.clock_runs and not p.result_written,
    Action.ADD_PICTURE: lambda p: p.state is not CaseState.VOID,
    Action.JOIN: lambda p: _goes_its_own_way(p) and not p.has_joined and not p.result_written,
    Action.SEPARATE: lambda p: _open(p) and p.joined,
    Action.RECORD_RESULT: _decided,
    Action.RECORD_REPLY: _open,
    Action.FOLLOW_UP: lambda p: p.state is not CaseState.VOID and p.result_written,
    Action.COMPLETE: lambda p: _open(p) and not missing_steps(p),
    Action.UNDO: lambda p: not _open(p) and p.undoable,
    Action.REOPEN: lambda p: p.state is CaseState.COMPLETED,
    Action.VOID: lambda p: _open(p) and not p.has_joined,
}


def allowed(progress: Progress) -> frozenset[Action]:
    """What may be done with the case as it stands."""
    return frozenset(action for action, rule in _ALLOWED.items() if rule(progress))


class StepsMissing(Exception):
    """The line cannot be struck off yet; `steps` says what is missing (procedure 4.1.1)."""

    code = "steps_missing"

    def __init__(self, steps: tuple[Step, ...]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


class NotAllowed(Exception):
    """The case does not stand so that this could be done with it."""

    code = "not_allowed"

    def __init__(self, action: Action, state: CaseState) -> None:
        super().__init__(f"{action} on {state}")
        self.action = action
        self.state = state


def require(progress: Progress, action: Action) -> None:
    """Lets pass only what the table allows.

    Raises:
        StepsMissing: the case would be completed with steps missing.
        NotAllowed: its state does not allow the action.
    """
    if action is Action.COMPLETE and progress.state is CaseState.OPEN and missing_steps(progress):
        raise StepsMissing(missing_steps(progress))
    if action not in allowed(progress):
        raise NotAllowed(action, progress.state)
