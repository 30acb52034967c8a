"""Closing: nothing is struck off before procedure 4.1.1 is met, and the missing step is named."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
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
    demands,
    missing_steps,
    open_marks,
    require,
)
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
from frontdesk.domain.routing import RULES, Route

RETURNED = PaperProgress(PaperKind.WORK_ORDER, PaperState.RETURNED)
PRINTED = PaperProgress(PaperKind.WORK_ORDER, PaperState.PRINTED)
ISSUED = PaperProgress(PaperKind.WORK_ORDER, PaperState.ISSUED)
SIGNED = frozenset(DEMANDED_MARKS[PaperKind.LIAISON_FORM])

MARKS_OF_ROUTE = {
    rule.route: frozenset(DEMANDED_MARKS[rule.paper]) for rule in RULES if rule.paper and DEMANDED_MARKS[rule.paper]
}
ORDER = list(Mark)
SOME_MARKS = st.integers(0, 2 ** len(ORDER) - 1).map(
    lambda bits: frozenset(mark for place, mark in enumerate(ORDER) if bits >> place & 1)
)
PAPERS = st.builds(PaperProgress, kind=st.sampled_from(PaperKind), state=st.sampled_from(PaperState), marks=SOME_MARKS)
PROGRESS = st.builds(
    Progress,
    state=st.sampled_from(CaseState),
    routes=st.lists(st.sampled_from(Route), min_size=1, max_size=3, unique=True).map(tuple),
    papers=st.lists(PAPERS, max_size=3).map(tuple),
    result_written=st.booleans(),
    told=st.booleans(),
    followed_up=st.booleans(),
    main_over=st.booleans(),
    standing_still=st.booleans(),
    clock_runs=st.booleans(),
    has_joined=st.booleans(),
    undoable=st.booleans(),
)


def at(route: Route, *papers: PaperProgress, result: bool = False, told: bool = False) -> Progress:
    """An open case on its way."""
    return Progress(CaseState.OPEN, (route,), papers, result_written=result, told=told)


# --- what is missing -------------------------------------------------------------------------------------------------


def test_4_1_1_steps_are_named_in_the_order_in_which_they_happen() -> None:
    assert missing_steps(at(Route.WORK_ORDER, ISSUED)) == (
        Step.PAPER_PRINTED,
        Step.RESULT_WRITTEN,
        Step.PAPERS_ENDED,
        Step.CUSTOMER_TOLD,
    )


def test_4_1_1_all_steps_done_may_be_completed() -> None:
    progress = at(Route.WORK_ORDER, RETURNED, result=True, told=True)
    require(progress, Action.COMPLETE)
    assert Action.COMPLETE in allowed(progress)


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (at(Route.WORK_ORDER, RETURNED, result=True), Step.CUSTOMER_TOLD),
        (at(Route.WORK_ORDER, RETURNED, told=True), Step.RESULT_WRITTEN),
        (at(Route.WORK_ORDER, PRINTED, result=True, told=True), Step.PAPERS_ENDED),
        (at(Route.WORK_ORDER, RETURNED, PRINTED, result=True, told=True), Step.PAPERS_ENDED),
    ],
)
def test_4_1_1_completing_is_refused_with_the_missing_step(progress: Progress, step: Step) -> None:
    with pytest.raises(StepsMissing) as refusal:
        require(progress, Action.COMPLETE)
    assert refusal.value.steps == (step,)


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        (Mark.VERIFIED, Step.DIRECTOR_VERIFIED),
        (Mark.RECEIVED, Step.PROJECT_RECEIVED),
        (Mark.PROJECT_SIGNED, Step.PROJECT_SIGNED),
    ],
)
def test_4_1_3_a_liaison_form_without_a_signature_keeps_the_line_open(missing: Mark, step: Step) -> None:
    form = PaperProgress(PaperKind.LIAISON_FORM, PaperState.RETURNED, SIGNED - {missing})
    assert missing_steps(at(Route.LIAISON, form, result=True, told=True)) == (step,)


def test_two_ways_demand_the_steps_of_both() -> None:
    """D29: a burst pipe is an emergency and a repair, and both papers must have come to their end."""
    report = PaperProgress(PaperKind.INCIDENT_REPORT, PaperState.ISSUED, frozenset({Mark.SUPERIOR_TOLD}))
    burst = Progress(CaseState.OPEN, (Route.INCIDENT, Route.WORK_ORDER), (PRINTED, report), True, True)
    assert missing_steps(burst) == (Step.STOOD_DOWN, Step.PAPERS_ENDED, Step.REVIEWED)


def test_a_paper_that_was_handed_on_demands_nothing_more() -> None:
    gone = PaperProgress(PaperKind.LIAISON_FORM, PaperState.TRANSFERRED)
    form = PaperProgress(PaperKind.LIAISON_FORM, PaperState.RETURNED, SIGNED)
    assert missing_steps(at(Route.LIAISON, gone, form, result=True, told=True)) == ()


def test_a_matter_whose_route_is_not_established_cannot_be_completed() -> None:
    assert missing_steps(at(Route.TO_ESTABLISH, result=True, told=True)) == (Step.ROUTE_DECIDED,)


def test_4_5_1_a_joined_matter_waits_for_the_other_and_its_own_caller_is_told() -> None:
    assert missing_steps(at(Route.JOINED)) == (Step.MAIN_OVER, Step.CUSTOMER_TOLD)
    assert missing_steps(replace(at(Route.JOINED, told=True), main_over=True)) == ()


def test_every_route_demands_that_the_customer_is_told() -> None:
    for route, steps in DEMANDS.items():
        assert Step.CUSTOMER_TOLD in steps or route is Route.TO_ESTABLISH
    assert set(DEMANDS) == set(Route)


def test_what_was_completed_can_be_reopened_and_nothing_else() -> None:
    done = replace(at(Route.DEPARTMENT, result=True, told=True), state=CaseState.COMPLETED)
    assert Action.REOPEN in allowed(done)
    for action in (Action.RECORD_RESULT, Action.RECORD_REPLY, Action.REROUTE, Action.COMPLETE):
        with pytest.raises(NotAllowed):
            require(done, action)


# --- any progress whatever -------------------------------------------------------------------------------------------


def really_whole(p: Progress) -> bool:
    """What domain section 3 says of closing, told over again in its own words."""
    counts = [x for x in p.papers if x.state not in (PaperState.TRANSFERRED, PaperState.VOID)]
    if Route.TO_ESTABLISH in p.routes or not p.told:
        return False
    own = [route for route in p.routes if route is not Route.JOINED]
    if Route.JOINED in p.routes and not p.main_over:
        return False
    if own and not p.result_written:
        return False
    carried = [route for route in own if any(rule.route is route and rule.paper for rule in RULES)]
    if carried and any(x.state not in ENDED for x in p.papers):
        return False
    if carried and any(x.state is PaperState.ISSUED and x.kind in PRINTED_FORMS for x in p.papers):
        return False
    for route in carried:
        wanted = MARKS_OF_ROUTE.get(route, frozenset())
        if any(not (wanted & set(DEMANDED_MARKS[x.kind])) <= x.marks for x in counts):
            return False
    asked_after = {Route.COMPLAINT, Route.SPECIAL_SERVICE} & set(p.routes)
    return p.followed_up or not asked_after


@settings(max_examples=2000)
@given(PROGRESS)
def test_complete_is_allowed_exactly_when_nothing_is_missing(progress: Progress) -> None:
    done = Action.COMPLETE in allowed(progress)
    assert done == (progress.state is CaseState.OPEN and not missing_steps(progress))
    assert done == (progress.state is CaseState.OPEN and really_whole(progress))
    assert missing_steps(progress) == tuple(step for step, over in demands(progress) if not over)


@settings(max_examples=500)
@given(PROGRESS)
def test_require_lets_pass_what_is_allowed_and_names_the_rest(progress: Progress) -> None:
    for action in Action:
        if action in allowed(progress):
            require(progress, action)
            continue
        with pytest.raises((NotAllowed, StepsMissing)) as refusal:
            require(progress, action)
        if isinstance(refusal.value, StepsMissing):
            assert (action, progress.state) == (Action.COMPLETE, CaseState.OPEN)
            assert refusal.value.steps == missing_steps(progress)


@settings(max_examples=500)
@given(PAPERS)
def test_a_mark_is_offered_once_in_its_order_and_never_before_what_it_follows(paper: PaperProgress) -> None:
    offered = open_marks(paper)
    assert set(offered) <= set(WAYS[paper.kind]) - paper.marks
    assert list(offered) == [mark for mark in WAYS[paper.kind] if mark in offered]
    assert all(MARK_AFTER.get(mark) in (None, *paper.marks) for mark in offered)
    assert not offered or paper.counts


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_mark_of_a_paper_can_be_reached(kind: PaperKind) -> None:
    paper = PaperProgress(kind, PaperState.PRINTED)
    while open_marks(paper):
        paper = replace(paper, marks=paper.marks | {open_marks(paper)[0]})
    assert paper.marks == set(WAYS[kind]) >= set(DEMANDED_MARKS[kind])


@pytest.mark.parametrize(("action", "undoable"), list(itertools.product(Action, (False, True))))
def test_a_void_case_takes_nothing_more_but_to_be_undone_at_once(action: Action, undoable: bool) -> None:
    void = Progress(CaseState.VOID, (Route.WORK_ORDER,), (PRINTED,), result_written=True, undoable=undoable)
    assert (action in allowed(void)) == (action is Action.UNDO and undoable)
