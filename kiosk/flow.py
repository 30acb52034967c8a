"""What the lobby screen does next: a pure machine, `step(state, event) -> (state, effects)`.

It knows neither windows nor files nor the clock of the wall: time comes in by `Tick`, in seconds of a clock that never
jumps, and what has to be done goes out as effects. Nothing personal outlives `Wipe`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from frontdesk.domain import codes
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
    Sound,
    StartCamera,
    StopCamera,
    Tick,
    Touch,
    Wipe,
)
from kiosk.found import Found, FoundKind
from kiosk.state import ANSWER_S, ASK_S, CALL_AGAIN_S, FOUND_S, NOTE_S, TYPED_LIMIT, Fault, Purpose, Screen, State

Step = tuple[State, tuple[Effect, ...]]

_WATCHING = frozenset({Screen.WELCOME, Screen.SCAN})
_ON_A_CALL = frozenset(
    {Action.BACK, Action.FINISH, Action.DESK, Action.LANGUAGE, Action.LARGE, Action.CONTRAST, Action.MORE_TIME}
)
_OUR_TROUBLE: Found | None = None


def begin(language: str, now_s: float = 0.0) -> State:
    """The state before anything is known; `language` is what the next visitor is greeted in."""
    return State(language, language, now_s=now_s, touched_s=now_s, entered_s=now_s)


def step(state: State, event: Event) -> Step:
    """The next state, and what has to be done."""
    after, effects = _HANDLERS[type(event)](state, event)
    if after.screen is not state.screen:
        after = replace(after, entered_s=after.now_s)
    was, is_ = _watches(state), _watches(after)
    if is_ and (not was or after.screen is not state.screen):
        effects += (StartCamera(fresh=after.screen is Screen.SCAN),)
    elif was and not is_:
        effects += (StopCamera(),)
    return after, effects


def wiped(state: State) -> Step:
    """As if the visitor had never been there."""
    fresh = replace(
        begin(state.default_language, state.now_s),
        camera_up=state.camera_up,
        pairing_code=state.pairing_code,
        bulletin=state.bulletin,
        desk_reached=state.desk_reached,
        called_s=state.called_s,
        ticket=state.ticket + 1,
    )
    return _rested(fresh), (Wipe(),)


def _watches(state: State) -> bool:
    """Whether a code held up now is taken."""
    return state.screen in _WATCHING and not state.calling


def _rested(state: State) -> State:
    """On the page for when nobody is there."""
    if state.pairing_code is not None:
        return replace(state, screen=Screen.PAIRING, fault=None)
    if not state.bulletin:
        return replace(state, screen=Screen.OUT_OF_ORDER, fault=Fault.NO_BULLETIN)
    return replace(state, screen=Screen.WELCOME, fault=None)


# -- time and health -------------------------------------------------------------------------------------------------


def _tick(state: State, event: Tick) -> Step:
    state = replace(state, now_s=max(state.now_s, event.now_s))
    if state.screen is Screen.CHECKING:
        return _checking(state)
    if state.note is not None and state.now_s - state.noted_s > NOTE_S:
        state = replace(state, note=None)
    if state.span_s is not None and not state.asking and not state.calling:
        return wiped(state) if state.left_s == 0 else (state, ())
    return _idle(state)


def _idle(state: State) -> Step:
    """Asks whether somebody is still there, then forgets; a page at rest only takes its own look back."""
    still_s = state.now_s - state.touched_s
    if state.resting:
        changed = state.language != state.default_language or state.large or state.contrast
        return wiped(state) if changed and still_s > state.idle_s else (state, ())
    if still_s > state.idle_s + ASK_S:
        return wiped(state)
    return replace(state, asking=still_s > state.idle_s), ()


def _checking(state: State) -> Step:
    """Shows the found code long enough to be seen; gives up on an answer that does not come."""
    state = replace(state, touched_s=state.now_s)  # waiting for an answer is not idle
    waited_s = state.now_s - state.entered_s
    if state.found is not None and not state.committed and waited_s >= FOUND_S:
        return _judge(state)
    return _refuse(state, _OUR_TROUBLE) if waited_s > ANSWER_S else (state, ())


def _health(state: State, event: Health) -> Step:
    state = replace(state, bulletin=event.bulletin, pairing_code=event.pairing_code, desk_reached=event.desk_reached)
    if state.pairing_code is not None and state.screen is not Screen.PAIRING:
        return _home(state)
    return (_rested(state) if state.resting else state), ()


def _camera(state: State, event: Camera) -> Step:
    state = replace(state, camera_up=event.up)
    if state.screen is Screen.SCAN and not event.up:
        return replace(state, screen=Screen.OUT_OF_ORDER, fault=Fault.NO_CAMERA), ()
    if state.fault is Fault.NO_CAMERA and event.up:
        return replace(state, screen=Screen.SCAN, fault=None), ()
    return state, ()


# -- touches ---------------------------------------------------------------------------------------------------------


def _touch(state: State, event: Touch) -> Step:
    state = replace(state, touched_s=state.now_s, asking=False)
    if state.span_s is not None:
        state = replace(state, entered_s=state.now_s)
    if state.calling and event.action not in _ON_A_CALL:
        return state, ()
    return _ACTIONS[event.action](state, event.value)


def _back(state: State, _value: str) -> Step:
    if not state.can_go_back:
        return state, ()
    if state.calling and state.call_reason is not CallReason.NO_INVITATION:
        return replace(state, calling=False, call_reason=None), ()
    if state.screen is Screen.TYPING and state.camera_up:
        return _to_scan(state)
    return _home(state)


def _finish(state: State, _value: str) -> Step:
    """The visitor is done: nothing is kept, not even the language."""
    return (state, ()) if state.committed else wiped(state)


def _home(state: State) -> Step:
    """Back to the first page: the visitor's own language still, everything else of the visit gone."""
    gone, effects = wiped(state)
    return replace(gone, language=state.language, large=state.large, contrast=state.contrast), effects


def _desk(state: State, _value: str) -> Step:
    reasons = {Screen.OUT_OF_ORDER: CallReason.OUT_OF_ORDER, Screen.REFUSED: CallReason.REFUSED}
    return _call(state, reasons.get(state.screen, CallReason.HELP))


def _call(state: State, reason: CallReason) -> Step:
    """Raises the alert, once for presses that follow each other; an unpaired kiosk has nobody to call."""
    if state.screen is Screen.PAIRING:
        return state, ()
    again = state.called_s is not None and state.now_s - state.called_s < CALL_AGAIN_S
    shown = replace(state, calling=True, call_reason=reason)
    if again:
        return shown, ()
    return replace(shown, called_s=state.now_s), (CallDesk(reason),)


def _invitation(state: State, _value: str) -> Step:
    if state.screen is not Screen.WELCOME:
        return state, ()
    return _to_scan(replace(state, purpose=Purpose.ENTER))


def _leave(state: State, _value: str) -> Step:
    if state.screen is not Screen.WELCOME:
        return state, ()
    return _to_scan(replace(state, purpose=Purpose.LEAVE))


def _no_invitation(state: State, _value: str) -> Step:
    """Without an invitation the desk registers the visitor."""
    if state.committed:
        return state, ()
    return _call(state, CallReason.NO_INVITATION)


def _to_scan(state: State) -> Step:
    """To the camera, or to the page that says that there is none."""
    cleared = replace(state, typing=False, typed="", text="", found=None, refusal=None, note=None)
    asked = replace(cleared, ticket=state.ticket + 1)
    if state.camera_up:
        return replace(asked, screen=Screen.SCAN, fault=None), ()
    return replace(asked, screen=Screen.OUT_OF_ORDER, fault=Fault.NO_CAMERA), ()


def _scan(state: State, _value: str) -> Step:
    """Once more with the camera."""
    if state.screen not in (Screen.TYPING, Screen.REFUSED, Screen.CONFIRM):
        return state, ()
    return _to_scan(state)


def _type(state: State, _value: str) -> Step:
    offered = state.screen in (Screen.SCAN, Screen.REFUSED) or state.fault is Fault.NO_CAMERA
    if not offered:
        return state, ()
    cleared = replace(state, text="", found=None, refusal=None, note=None, fault=None)
    return replace(cleared, screen=Screen.TYPING, typing=True), ()


def _edit(state: State, value: str) -> Step:
    if state.screen is not Screen.TYPING:
        return state, ()
    return replace(state, typed=_printable(value)[:TYPED_LIMIT], note=None), ()


def _enter(state: State, _value: str) -> Step:
    if state.screen is not Screen.TYPING or not state.typed:
        return state, ()
    return _look(state, state.typed)


def _confirm(state: State, _value: str) -> Step:
    if state.screen is not Screen.CONFIRM or state.found is None:
        return state, ()
    asked = replace(state, screen=Screen.CHECKING, committed=True, ticket=state.ticket + 1)
    if state.found.kind is FoundKind.BADGE_OK:
        return asked, (CheckOut(asked.ticket, state.text),)
    return asked, (CheckIn(asked.ticket, state.text),)


def _language(state: State, value: str) -> Step:
    return replace(state, language=value), ()


def _large(state: State, _value: str) -> Step:
    return replace(state, large=not state.large), ()


def _contrast(state: State, _value: str) -> Step:
    return replace(state, contrast=not state.contrast), ()


def _more_time(state: State, _value: str) -> Step:
    return state, ()


# -- codes -----------------------------------------------------------------------------------------------------------


def _scanned(state: State, event: Scanned) -> Step:
    if not _watches(state):
        return state, ()
    text = _printable(event.text)
    if not _is_ours(text):
        # At the first page a stranger's code is not for us; where a code was asked for, it deserves a word.
        if state.screen is Screen.WELCOME:
            return state, ()
        return replace(_noted(state), touched_s=state.now_s, asking=False), (Say(Sound.REFUSED),)
    purpose = Purpose.ENTER if state.screen is Screen.WELCOME else state.purpose
    seen = replace(state, purpose=purpose, typing=False)
    after, effects = _look(seen, text)
    return after, (Say(Sound.FOUND), *effects)


def _look(state: State, text: str) -> Step:
    """Asks what the code is."""
    if not _is_ours(text):
        return _noted(state), (Say(Sound.REFUSED),)
    asked = replace(
        state,
        screen=Screen.CHECKING,
        text=text,
        found=None,
        note=None,
        asking=False,
        touched_s=state.now_s,
        ticket=state.ticket + 1,
    )
    return asked, (LookUp(asked.ticket, text),)


def _noted(state: State) -> State:
    """A word about a code that is not ours; the page stays."""
    return replace(state, note=FoundKind.NOT_OURS, noted_s=state.now_s)


def _looked(state: State, event: Looked) -> Step:
    if state.screen is not Screen.CHECKING or event.ticket != state.ticket:
        return state, ()
    found = replace(state, found=event.found)
    return _judge(found) if state.typing else (found, ())


def _judge(state: State) -> Step:
    """What follows from what the code is."""
    found = state.found
    if found is None:
        return state, ()
    if found.kind is FoundKind.BADGE_OK and state.purpose is Purpose.LEAVE:
        asked = replace(state, committed=True, ticket=state.ticket + 1, entered_s=state.now_s)
        return asked, (CheckOut(asked.ticket, state.text),)
    if found.kind in (FoundKind.INVITATION_OK, FoundKind.BADGE_OK):
        return replace(state, screen=Screen.CONFIRM, touched_s=state.now_s), ()
    return _refuse(state, found)


def _refuse(state: State, why: Found | None) -> Step:
    """A friendly no; the question stays open, so that a late yes is still shown."""
    refused = replace(
        state, screen=Screen.REFUSED, refusal=why, text="", found=None, committed=False, touched_s=state.now_s
    )
    return refused, (Say(Sound.REFUSED),)


def _checked_in(state: State, event: CheckedIn) -> Step:
    if event.ticket != state.ticket:
        return state, ()
    done = replace(state, screen=Screen.PASS, visit=event.visit, text="", found=None, refusal=None, committed=False)
    return replace(done, touched_s=state.now_s), (Say(Sound.DONE),)


def _checked_out(state: State, event: CheckedOut) -> Step:
    if event.ticket != state.ticket:
        return state, ()
    done = replace(state, screen=Screen.GOODBYE, left=event.left, text="", found=None, refusal=None, committed=False)
    return replace(done, touched_s=state.now_s), (Say(Sound.DONE),)


def _declined(state: State, event: Declined) -> Step:
    if state.screen is not Screen.CHECKING or event.ticket != state.ticket:
        return state, ()
    return _refuse(state, event.found)


def _failed(state: State, event: Failed) -> Step:
    if state.screen is not Screen.CHECKING or event.ticket != state.ticket:
        return state, ()
    return _refuse(state, _OUR_TROUBLE)


def _is_ours(text: str) -> bool:
    """Whether the text has the form of one of our codes, of any version, damaged or not."""
    try:
        codes.parse(text)
    except codes.NotOurs as error:
        return error.reason is codes.NotOursReason.OTHER_VERSION
    return True


def _printable(text: str) -> str:
    """The text without control characters: what is scanned or typed may come from anybody."""
    return "".join(character for character in text if character.isprintable())


_ACTIONS: dict[Action, Callable[[State, str], Step]] = {
    Action.BACK: _back,
    Action.FINISH: _finish,
    Action.DESK: _desk,
    Action.INVITATION: _invitation,
    Action.NO_INVITATION: _no_invitation,
    Action.LEAVE: _leave,
    Action.TYPE: _type,
    Action.SCAN: _scan,
    Action.EDIT: _edit,
    Action.ENTER: _enter,
    Action.CONFIRM: _confirm,
    Action.MORE_TIME: _more_time,
    Action.LANGUAGE: _language,
    Action.LARGE: _large,
    Action.CONTRAST: _contrast,
}

_HANDLERS: dict[type, Callable[..., Step]] = {
    Tick: _tick,
    Health: _health,
    Camera: _camera,
    Touch: _touch,
    Scanned: _scanned,
    Looked: _looked,
    CheckedIn: _checked_in,
    CheckedOut: _checked_out,
    Declined: _declined,
    Failed: _failed,
}
