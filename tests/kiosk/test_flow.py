"""The flow without windows: what follows from what, and that no order of events leads astray."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from frontdesk.domain import codes
from frontdesk.domain.codes import CodeKind
from frontdesk.lobby.bulletin import Area, Point, Text, Way
from kiosk.events import (
    Action,
    CallDesk,
    CallReason,
    Camera,
    CheckedIn,
    CheckedOut,
    CheckIn,
    CheckOut,
    Declined,
    Effect,
    Event,
    Failed,
    Health,
    Looked,
    LookUp,
    Say,
    Scanned,
    StartCamera,
    StopCamera,
    Tick,
    Touch,
    Wipe,
)
from kiosk.flow import begin, step
from kiosk.found import Found, FoundKind, Left, PassView
from kiosk.state import ANSWER_S, ASK_S, FOUND_S, IDLE_S, LARGE_FACTOR, PASS_S, Fault, Purpose, Screen, State

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
INVITATION = codes.new(CodeKind.INVITATION, "7Q4M", bytes(range(16)))
BADGE = codes.new(CodeKind.BADGE, "7Q4M", bytes(range(1, 17)))
HEALTHY = Health(pairing_code=None, bulletin=True, desk_reached=True)
INVITED = Found(FoundKind.INVITATION_OK, "0" * 64, "b3", NOON, NOON)
BADGED = Found(FoundKind.BADGE_OK, "1" * 64, badge_no="A-027")
LEFT = Left("A-027", NOON)
WAY = Way((), ("出大厅",), ("Leave the lobby",), ("出大廳",), 4)
VISIT = PassView("A-027", BADGE, Area("b3", Text("3 栋", "Building 3", "3 棟"), Point(0, 0), WAY), WAY, NOON, "v")


def run(state: State, *events: Event) -> tuple[State, list[Effect]]:
    """The state after the events, and all effects on the way."""
    effects: list[Effect] = []
    for event in events:
        state, new = step(state, event)
        effects += new
    return state, effects


def welcome(**fields: object) -> State:
    """A healthy kiosk that waits for somebody."""
    state, _ = run(begin("zh_CN"), HEALTHY, Camera(True), Tick(100.0))
    return replace(state, **fields)


def later(state: State, seconds: float) -> Tick:
    return Tick(state.now_s + seconds)


def scanning(state: State | None = None) -> State:
    return run(state or welcome(), Touch(Action.INVITATION))[0]


def looked(state: State, found: Found) -> State:
    """After the answer, and after the outline has been seen."""
    state, _ = run(state, Looked(state.ticket, found))
    return run(state, later(state, FOUND_S))[0]


def passed() -> State:
    state = looked(run(scanning(), Scanned(INVITATION))[0], INVITED)
    state, _ = run(state, Touch(Action.CONFIRM))
    return run(state, CheckedIn(state.ticket, VISIT))[0]


def test_an_invitation_takes_two_touches_and_shows_the_pass() -> None:
    state, effects = run(welcome(), Touch(Action.INVITATION), Scanned(INVITATION))
    assert state.screen is Screen.CHECKING
    assert LookUp(state.ticket, INVITATION) in effects
    state = looked(state, INVITED)
    assert state.screen is Screen.CONFIRM
    state, effects = run(state, Touch(Action.CONFIRM))
    assert effects == [CheckIn(state.ticket, INVITATION)]
    state, _ = run(state, CheckedIn(state.ticket, VISIT))
    assert (state.screen, state.visit) == (Screen.PASS, VISIT)


def test_a_code_shown_at_the_first_page_works_at_once() -> None:
    state, effects = run(welcome(), Scanned(INVITATION))
    assert LookUp(state.ticket, INVITATION) in effects
    assert looked(state, INVITED).screen is Screen.CONFIRM


def test_a_badge_at_the_first_page_asks_before_it_signs_out() -> None:
    state = looked(run(welcome(), Scanned(BADGE))[0], BADGED)
    assert state.screen is Screen.CONFIRM
    state, effects = run(state, Touch(Action.CONFIRM))
    assert effects == [CheckOut(state.ticket, BADGE)]


def test_leaving_takes_one_touch() -> None:
    state, _ = run(welcome(), Touch(Action.LEAVE))
    assert state.purpose is Purpose.LEAVE
    state, _ = run(state, Scanned(BADGE))
    state, _ = run(state, Looked(state.ticket, BADGED))
    state, effects = run(state, later(state, FOUND_S))
    assert CheckOut(state.ticket, BADGE) in effects
    state, _ = run(state, CheckedOut(state.ticket, LEFT))
    assert state.screen is Screen.GOODBYE
    assert run(state, later(state, 60.0))[0].screen is Screen.WELCOME


def test_strangers_codes_are_overlooked_at_the_first_page_and_answered_where_a_code_was_asked_for() -> None:
    for text in ("WIFI:S:home;;", "https://example.com/x", "\x00\x1b[2J", "1'; DROP TABLE visit;--", "码" * 4000):
        assert run(welcome(), Scanned(text))[0].personal == ()
        state, effects = run(scanning(), Scanned(text))
        assert (state.screen, state.note) == (Screen.SCAN, FoundKind.NOT_OURS)
        assert not any(isinstance(effect, LookUp) for effect in effects)
        state, _ = run(state, later(state, 30.0))
        assert state.note is None


@pytest.mark.parametrize("kind", [kind for kind in FoundKind if not kind.value.endswith("_ok")])
def test_every_other_answer_is_a_friendly_no(kind: FoundKind) -> None:
    state = looked(run(scanning(), Scanned(INVITATION))[0], Found(kind))
    assert (state.screen, state.refusal) == (Screen.REFUSED, Found(kind))
    assert run(state, Touch(Action.SCAN))[0].screen is Screen.SCAN
    assert run(state, Touch(Action.BACK))[0].screen is Screen.WELCOME


def test_an_answer_that_comes_after_the_visitor_has_gone_changes_nothing() -> None:
    state, _ = run(scanning(), Scanned(INVITATION))
    late = Looked(state.ticket, INVITED)
    state, _ = run(state, Touch(Action.BACK))
    assert run(state, late)[0] == state


def test_a_check_in_that_answers_late_still_shows_the_pass() -> None:
    state = looked(run(scanning(), Scanned(INVITATION))[0], INVITED)
    state, _ = run(state, Touch(Action.CONFIRM))
    late = CheckedIn(state.ticket, VISIT)
    state, _ = run(state, Touch(Action.BACK), later(state, ANSWER_S + 1))
    assert state.screen is Screen.REFUSED
    assert run(state, late)[0].screen is Screen.PASS


def test_without_a_camera_the_code_can_be_typed() -> None:
    state = scanning(welcome(camera_up=False))
    assert state.fault is Fault.NO_CAMERA
    state, _ = run(state, Touch(Action.TYPE), Touch(Action.EDIT, "rubbish"), Touch(Action.ENTER))
    assert (state.screen, state.note) == (Screen.TYPING, FoundKind.NOT_OURS)
    state, effects = run(state, Touch(Action.EDIT, INVITATION.lower()), Touch(Action.ENTER))
    assert LookUp(state.ticket, INVITATION.lower()) in effects
    assert run(state, Looked(state.ticket, INVITED))[0].screen is Screen.CONFIRM


def test_the_camera_may_go_and_come_back() -> None:
    state, _ = run(scanning(), Camera(False))
    assert state.screen is Screen.OUT_OF_ORDER
    assert run(state, Camera(True))[0].screen is Screen.SCAN


def test_without_a_bulletin_there_is_the_desk() -> None:
    state, _ = run(begin("zh_CN"), Health(None, bulletin=False, desk_reached=False))
    assert state.fault is Fault.NO_BULLETIN
    state, effects = run(state, Touch(Action.DESK))
    assert effects == [CallDesk(CallReason.OUT_OF_ORDER)]
    state, _ = run(state, Touch(Action.BACK), HEALTHY)
    assert state.screen is Screen.WELCOME


def test_without_an_invitation_the_desk_is_called_once() -> None:
    state, effects = run(welcome(), Touch(Action.NO_INVITATION), Touch(Action.DESK))
    assert state.face is Screen.DESK_CALLED
    assert [effect for effect in effects if isinstance(effect, CallDesk)] == [CallDesk(CallReason.NO_INVITATION)]


def test_the_call_leads_back_to_where_it_came_from() -> None:
    state, _ = run(passed(), Touch(Action.DESK))
    assert state.face is Screen.DESK_CALLED
    state, _ = run(state, Touch(Action.BACK))
    assert (state.face, state.visit) == (Screen.PASS, VISIT)


def test_who_stands_still_is_asked_and_then_forgotten() -> None:
    state = scanning()
    state, effects = run(state, later(state, IDLE_S + 1))
    assert state.asking
    assert 0 < (state.left_s or 0) < ASK_S
    stayed, _ = run(state, Touch(Action.MORE_TIME))
    assert (stayed.asking, stayed.screen) == (False, Screen.SCAN)
    gone, effects = run(state, later(state, ASK_S))
    assert gone.screen is Screen.WELCOME
    assert Wipe() in effects


def test_large_text_gives_three_times_as_long() -> None:
    state, _ = run(scanning(), Touch(Action.LARGE))
    assert not run(state, later(state, IDLE_S * LARGE_FACTOR - 1))[0].asking
    assert run(state, later(state, IDLE_S * LARGE_FACTOR + 1))[0].asking


def test_the_next_visitor_finds_the_first_language() -> None:
    state, _ = run(welcome(), Touch(Action.LANGUAGE, "en"), Touch(Action.CONTRAST))
    assert state.language == "en"
    state, effects = run(state, later(state, IDLE_S + 1))
    assert (state.language, state.contrast) == ("zh_CN", False)
    assert Wipe() in effects


def test_the_pass_forgets_itself() -> None:
    state = passed()
    assert run(state, later(state, PASS_S - 1))[0].visit == VISIT
    gone, effects = run(state, later(state, PASS_S))
    assert gone.personal == ()
    assert Wipe() in effects


def test_the_camera_takes_codes_only_where_one_is_asked_for() -> None:
    state, effects = run(welcome(), Touch(Action.INVITATION))
    assert effects == [StartCamera(fresh=True)]
    state, effects = run(state, Scanned(INVITATION))
    assert StopCamera() in effects
    assert run(passed(), Scanned(BADGE))[0] == passed()


TEXTS = st.sampled_from([INVITATION, BADGE, INVITATION[:-1], "https://example.com", "\x07", ""])
FOUNDS = st.sampled_from([INVITED, BADGED, *(Found(kind) for kind in FoundKind)])


class AnyVisitor(RuleBasedStateMachine):
    """Touches, codes, answers (late, double, in any order) and pulled cables."""

    def __init__(self) -> None:
        super().__init__()
        self.state, _ = step(begin("zh_CN"), HEALTHY)
        self.asked: list[Effect] = []
        self.effects: tuple[Effect, ...] = ()

    def do(self, event: Event) -> None:
        self.state, self.effects = step(self.state, event)
        self.asked += [effect for effect in self.effects if isinstance(effect, LookUp | CheckIn | CheckOut)]
        if Wipe() in self.effects:
            assert self.state.personal == ()

    @rule(action=st.sampled_from(Action), value=st.sampled_from(["en", "zh_TW", "zh_CN"]))
    def touch(self, action: Action, value: str) -> None:
        self.do(Touch(action, value))

    @rule(text=TEXTS)
    def type(self, text: str) -> None:
        self.do(Touch(Action.EDIT, text))
        self.do(Touch(Action.ENTER))

    @rule(text=TEXTS)
    def scan(self, text: str) -> None:
        self.do(Scanned(text))

    @rule(seconds=st.sampled_from([0.05, 0.3, 5.0, 20.0, 70.0, 400.0]))
    def wait(self, seconds: float) -> None:
        self.do(Tick(self.state.now_s + seconds))

    @rule(up=st.booleans())
    def cable(self, up: bool) -> None:
        self.do(Camera(up))

    @rule(code=st.sampled_from([None, None, "ABCDE"]), bulletin=st.booleans(), reached=st.booleans())
    def health(self, code: str | None, bulletin: bool, reached: bool) -> None:
        self.do(Health(code, bulletin, reached))

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), found=FOUNDS, good=st.sampled_from(["yes", "no", "broken"]))
    def answer(self, data: st.DataObject, found: Found, good: str) -> None:
        question = data.draw(st.sampled_from(self.asked))
        assert isinstance(question, LookUp | CheckIn | CheckOut)
        if good == "broken":
            self.do(Failed(question.ticket))
        elif isinstance(question, LookUp):
            self.do(Looked(question.ticket, found))
        elif good == "no":
            self.do(Declined(question.ticket, found))
        elif isinstance(question, CheckIn):
            self.do(CheckedIn(question.ticket, VISIT))
        else:
            self.do(CheckedOut(question.ticket, LEFT))

    @invariant()
    def the_first_page_knows_nothing(self) -> None:
        if self.state.screen in (Screen.WELCOME, Screen.PAIRING) and not self.state.calling:
            assert self.state.personal == ()

    @invariant()
    def each_page_has_what_it_shows(self) -> None:
        state = self.state
        assert (state.fault is not None) == (state.screen is Screen.OUT_OF_ORDER)
        assert (state.screen is not Screen.PASS) or state.visit is not None
        assert (state.screen is not Screen.GOODBYE) or state.left is not None
        assert (state.screen is not Screen.CONFIRM) or (state.found is not None and bool(state.text))
        assert not state.committed or state.screen is Screen.CHECKING
        assert state.calling or state.call_reason is None

    @invariant()
    def the_desk_can_be_called(self) -> None:
        if self.state.screen is Screen.PAIRING:
            return
        calm = replace(self.state, called_s=None)
        after, effects = step(calm, Touch(Action.DESK))
        assert after.face is Screen.DESK_CALLED
        assert any(isinstance(effect, CallDesk) for effect in effects)

    @invariant()
    def back_leads_back(self) -> None:
        state = replace(self.state, asking=False)
        for _ in range(5):
            if not state.can_go_back:
                break
            state, _ = step(state, Touch(Action.BACK))
        assert state.resting or state.committed

    @invariant()
    def it_is_never_stuck(self) -> None:
        """Left alone, it is back at the first page, whatever it was doing, and says at most a sound on the way."""
        state, effects = self.state, []
        for _ in range(6):
            state, new = step(state, Tick(state.now_s + 1000.0))
            effects += new
        assert state.resting
        assert state.personal == ()
        assert state.language == state.default_language
        assert all(isinstance(effect, Wipe | Say | StartCamera | StopCamera | CheckOut) for effect in effects)


AnyVisitor.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestAnyVisitor = AnyVisitor.TestCase
