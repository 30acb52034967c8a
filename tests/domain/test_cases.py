"""Closing: nothing is struck off before procedure 4.1.1 is met, and the missing step is named."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.cases import (
    DEMANDS,
    Action,
    CaseState,
    NotAllowed,
    PaperProgress,
    Progress,
    Step,
    StepsMissing,
    allowed,
    missing_steps,
    require,
)
from frontdesk.domain.paper import PaperKind, PaperState
from frontdesk.domain.routing import Route

RETURNED = PaperProgress(PaperKind.WORK_ORDER, PaperState.RETURNED)
PRINTED = PaperProgress(PaperKind.WORK_ORDER, PaperState.PRINTED)
ISSUED = PaperProgress(PaperKind.WORK_ORDER, PaperState.ISSUED)

PROGRESS = st.builds(
    Progress,
    state=st.sampled_from(CaseState),
    route=st.sampled_from(Route),
    papers=st.lists(
        st.builds(PaperProgress, kind=st.sampled_from(PaperKind), state=st.sampled_from(PaperState)), max_size=3
    ).map(tuple),
    result_written=st.booleans(),
    told=st.booleans(),
)


def test_4_1_1_steps_are_named_in_the_order_in_which_they_happen() -> None:
    progress = Progress(CaseState.OPEN, Route.WORK_ORDER, (ISSUED,))
    assert missing_steps(progress) == (
        Step.PAPER_PRINTED,
        Step.RESULT_WRITTEN,
        Step.PAPERS_ENDED,
        Step.CUSTOMER_TOLD,
    )


def test_4_1_1_all_steps_done_may_be_completed() -> None:
    progress = Progress(CaseState.OPEN, Route.WORK_ORDER, (RETURNED,), result_written=True, told=True)
    require(progress, Action.COMPLETE)
    assert Action.COMPLETE in allowed(progress)


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (Progress(CaseState.OPEN, Route.WORK_ORDER, (RETURNED,), True, False), Step.CUSTOMER_TOLD),
        (Progress(CaseState.OPEN, Route.WORK_ORDER, (RETURNED,), False, True), Step.RESULT_WRITTEN),
        (Progress(CaseState.OPEN, Route.WORK_ORDER, (PRINTED,), True, True), Step.PAPERS_ENDED),
        (Progress(CaseState.OPEN, Route.WORK_ORDER, (RETURNED, PRINTED), True, True), Step.PAPERS_ENDED),
    ],
)
def test_4_1_1_completing_is_refused_with_the_missing_step(progress: Progress, step: Step) -> None:
    with pytest.raises(StepsMissing) as refusal:
        require(progress, Action.COMPLETE)
    assert refusal.value.steps == (step,)


def test_a_matter_whose_route_is_not_established_cannot_be_completed() -> None:
    progress = Progress(CaseState.OPEN, Route.TO_ESTABLISH, told=True, result_written=True)
    assert missing_steps(progress) == (Step.ROUTE_DECIDED,)


def test_what_was_completed_can_be_reopened_and_nothing_else() -> None:
    done = Progress(CaseState.COMPLETED, Route.DEPARTMENT, result_written=True, told=True)
    assert Action.REOPEN in allowed(done)
    for action in (Action.RECORD_RESULT, Action.RECORD_REPLY, Action.REROUTE, Action.COMPLETE):
        with pytest.raises(NotAllowed):
            require(done, action)


def test_every_route_demands_that_the_customer_is_told() -> None:
    for route, steps in DEMANDS.items():
        assert Step.CUSTOMER_TOLD in steps or route is Route.TO_ESTABLISH


@given(PROGRESS)
def test_complete_is_allowed_exactly_when_nothing_is_missing(progress: Progress) -> None:
    open_and_whole = progress.state is CaseState.OPEN and not missing_steps(progress)
    assert (Action.COMPLETE in allowed(progress)) == open_and_whole


@given(PROGRESS)
def test_whatever_may_be_completed_has_told_the_customer_and_has_no_paper_out(progress: Progress) -> None:
    if Action.COMPLETE in allowed(progress):
        assert progress.told
        assert progress.result_written
        ends = {PaperState.RETURNED, PaperState.TRANSFERRED, PaperState.VOID}
        if Step.PAPERS_ENDED in DEMANDS[progress.route]:
            assert all(paper.state in ends for paper in progress.papers)


@pytest.mark.parametrize(("state", "action"), list(itertools.product([CaseState.VOID], Action)))
def test_a_void_case_takes_nothing_more(state: CaseState, action: Action) -> None:
    assert action not in allowed(Progress(state, Route.WORK_ORDER, (PRINTED,)))
