"""A case's states: what may be done with it now, and what is missing before it may be struck off (procedure 4.1.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.domain.paper import ENDED, PRINTED_FORMS, PaperKind, PaperState
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
    RESULT_WRITTEN = "result_written"
    PAPERS_ENDED = "papers_ended"
    CUSTOMER_TOLD = "customer_told"


class Action(StrEnum):
    """What a person can do with a case."""

    ESTABLISH = "establish"
    REROUTE = "reroute"
    PRINT = "print"
    RECORD_RESULT = "record_result"
    RECORD_REPLY = "record_reply"
    COMPLETE = "complete"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """Where one paper of the case stands."""

    kind: PaperKind
    state: PaperState


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened to a case so far. `told`: a reply, or a reason why none is possible, is on record."""

    state: CaseState
    route: Route
    papers: tuple[PaperProgress, ...] = ()
    result_written: bool = False
    told: bool = False


_DONE: dict[Step, Callable[[Progress], bool]] = {
    Step.ROUTE_DECIDED: lambda p: p.route is not Route.TO_ESTABLISH,
    Step.PAPER_PRINTED: lambda p: all(
        paper.state is not PaperState.ISSUED for paper in p.papers if paper.kind in PRINTED_FORMS
    ),
    Step.RESULT_WRITTEN: lambda p: p.result_written,
    Step.PAPERS_ENDED: lambda p: all(paper.state in ENDED for paper in p.papers),
    Step.CUSTOMER_TOLD: lambda p: p.told,
}

_ALL = (Step.ROUTE_DECIDED, Step.PAPER_PRINTED, Step.RESULT_WRITTEN, Step.PAPERS_ENDED, Step.CUSTOMER_TOLD)
_REGISTER_ONLY = (Step.ROUTE_DECIDED, Step.RESULT_WRITTEN, Step.CUSTOMER_TOLD)

# What each route demands, in the order in which it happens. An answer given on the spot is result and reply in one.
DEMANDS: dict[Route, tuple[Step, ...]] = {
    Route.WORK_ORDER: _ALL,
    Route.LIAISON: _ALL,
    Route.COMPLAINT: _ALL,
    Route.SPECIAL_SERVICE: _ALL,
    Route.INCIDENT: _ALL,
    Route.EXTERNAL: _REGISTER_ONLY,
    Route.COMMUNICATION: _REGISTER_ONLY,
    Route.DEPARTMENT: _REGISTER_ONLY,
    Route.ANSWERED: (Step.ROUTE_DECIDED, Step.RESULT_WRITTEN, Step.CUSTOMER_TOLD),
    Route.TO_ESTABLISH: (Step.ROUTE_DECIDED,),
}


def demands(progress: Progress) -> tuple[tuple[Step, bool], ...]:
    """Every step that the case's route demands, with whether it has been done."""
    return tuple((step, _DONE[step](progress)) for step in DEMANDS[progress.route])


def missing_steps(progress: Progress) -> tuple[Step, ...]:
    """The steps that still keep the line from being struck off, in the order in which they happen."""
    return tuple(step for step, done in demands(progress) if not done)


_ALLOWED: dict[Action, Callable[[Progress], bool]] = {
    Action.ESTABLISH: lambda p: p.state is CaseState.OPEN and p.route is Route.TO_ESTABLISH,
    Action.REROUTE: lambda p: p.state is CaseState.OPEN,
    Action.PRINT: lambda p: p.state is not CaseState.VOID and any(x.kind in PRINTED_FORMS for x in p.papers),
    Action.RECORD_RESULT: lambda p: p.state is CaseState.OPEN and p.route is not Route.TO_ESTABLISH,
    Action.RECORD_REPLY: lambda p: p.state is CaseState.OPEN,
    Action.COMPLETE: lambda p: p.state is CaseState.OPEN and not missing_steps(p),
    Action.REOPEN: lambda p: p.state is CaseState.COMPLETED,
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
