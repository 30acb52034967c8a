"""What can be done with a case on its page: words, keys, icons, and the one thing that is to be done next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.domain.cases import Action, CaseState, Step
from frontdesk.domain.paper import ENDED, GO_OUT, Mark, PaperState
from frontdesk.domain.routing import Route
from frontdesk.i18n import mark, tr
from frontdesk.services.views import CaseView


class Extra(StrEnum):
    """What can be done beside the actions of the domain's table."""

    SNOOZE = "snooze"
    QUOTE = "quote"
    CHARGE = "charge"
    UNDO_MARK = "undo_mark"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person wants to do: an action, with the paper, step or mark that it is about."""

    action: Action | Extra
    paper_id: int | None = None
    mark: Mark | None = None
    mark_id: int | None = None


# Short words for buttons, the key, an icon; in the order of the bar.
_TABLE: dict[Action | Extra, tuple[str, str, str]] = {
    Action.ESTABLISH: (mark("Establish"), "E", "ph.question"),
    Action.PRINT: (mark("Print"), "Ctrl+P", "ph.printer"),
    Action.RECORD_RESULT: (mark("Result"), "W", "ph.wrench"),
    Action.RECORD_REPLY: (mark("Reply"), "R", "ph.phone-outgoing"),
    Action.COMPLETE: (mark("Complete"), "D", "ph.check-circle"),
    Action.TELL: (mark("Hand on"), "H", "ph.paper-plane-tilt"),
    Action.CHASE: (mark("Chase"), "C", "ph.bell-ringing"),
    Action.MARK: (mark("Enter a step"), "M", "ph.pen-nib"),
    Action.FOLLOW_UP: (mark("Follow up"), "F", "ph.star"),
    Action.REOPEN: (mark("Reopen"), "Shift+R", "ph.arrow-counter-clockwise"),
    Action.UNDO: (mark("Undo closing"), "U", "ph.arrow-u-up-left"),
    Action.AGREE_TIME: (mark("Agree a time"), "T", "ph.calendar-check"),
    Action.PAUSE: (mark("Wait for the customer"), "P", "ph.pause"),
    Action.RESUME: (mark("Go on"), "G", "ph.play"),
    Action.DEFER: (mark("Defer"), "Z", "ph.moon"),
    Extra.SNOOZE: (mark("Keep off my board"), "S", "ph.eye-slash"),
    Action.REROUTE: (mark("Decide otherwise"), "O", "ph.git-branch"),
    Action.ADD_ROUTE: (mark("Add a second way"), "A", "ph.git-fork"),
    Action.JOIN: (mark("Join to another case"), "J", "ph.arrows-in"),
    Action.SEPARATE: (mark("Separate"), "Shift+J", "ph.arrows-out"),
    Action.ADD_PICTURE: (mark("Add a picture"), "I", "ph.image"),
    Extra.SHEET: (mark("Print the pictures"), "Shift+I", "ph.images"),
    Extra.QUOTE: (mark("Offer a price"), "Q", "ph.currency-cny"),
    Extra.CHARGE: (mark("Record the charge"), "Y", "ph.receipt"),
    Action.VOID: (mark("Void the line"), "Shift+V", "ph.prohibit"),
}
# Stand as buttons wherever they are possible; the others are in the menu.
IN_BAR = (
    Action.ESTABLISH,
    Action.PRINT,
    Action.RECORD_RESULT,
    Action.RECORD_REPLY,
    Action.TELL,
    Action.CHASE,
    Action.COMPLETE,
    Action.FOLLOW_UP,
    Action.REOPEN,
)
ALL = tuple(_TABLE)

_BY_MARK = {
    Step.DIRECTOR_VERIFIED: (Mark.VERIFIED, mark("Director has signed")),
    Step.PROJECT_RECEIVED: (Mark.RECEIVED, mark("Signed for")),
    Step.SUPERIOR_TOLD: (Mark.SUPERIOR_TOLD, mark("Superior is told")),
    Step.STOOD_DOWN: (Mark.STOOD_DOWN, mark("Stand down")),
    Step.REVIEWED: (Mark.REVIEWED, mark("Review")),
    Step.CONFIRMED: (Mark.CONFIRMED, mark("Customer agrees")),
    Step.DONE: (Mark.DONE, mark("Work is done")),
    Step.CUSTOMER_SIGNED: (Mark.CUSTOMER_SIGNED, mark("Customer has signed")),
    Step.PROJECT_SIGNED: (Mark.PROJECT_SIGNED, mark("Project department has signed")),
}
_MONEY = {Step.QUOTED: (Extra.QUOTE, Mark.QUOTED), Step.CHARGED: (Extra.CHARGE, Mark.CHARGED)}
MONEY: dict[Action | Extra, Mark] = dict(_MONEY.values())
_BY_ACTION = {
    Step.ROUTE_DECIDED: Action.ESTABLISH,
    Step.PAPER_PRINTED: Action.PRINT,
    Step.RESOLVED: Action.RECORD_RESULT,
    Step.RESULT_WRITTEN: Action.RECORD_RESULT,
    Step.PAPERS_ENDED: Action.RECORD_RESULT,
    Step.MAIN_OVER: Action.RECORD_REPLY,
    Step.CUSTOMER_TOLD: Action.RECORD_REPLY,
    Step.FOLLOWED_UP: Action.FOLLOW_UP,
}
# Steps that the returned sheet tells, so that they are entered with it while a sheet is out.
_ON_SHEET = frozenset({Step.DONE, Step.CUSTOMER_SIGNED, Step.PROJECT_SIGNED})
_AFTER_TELLING = frozenset({Step.RESULT_WRITTEN, Step.RESOLVED, Step.DONE, Step.PAPERS_ENDED})
NOBODY_TO_TELL = frozenset({Route.ANSWERED, Route.JOINED, Route.TO_ESTABLISH})
_SILENT = NOBODY_TO_TELL | {Route.LIAISON}  # a liaison form is told of by being signed for


def words(deed: Deed | Action | Extra) -> str:
    """What a deed is called on its button."""
    action = deed.action if isinstance(deed, Deed) else deed
    if isinstance(deed, Deed) and deed.mark is not None and action is Action.MARK:
        short = dict(_BY_MARK.values())
        if deed.mark in short:
            return tr(short[deed.mark])
    return tr(_TABLE[action][0])


def key(action: Action | Extra) -> str:
    """The key that does it."""
    return _TABLE[action][1]


def glyph(action: Action | Extra) -> str:
    """Its icon."""
    return _TABLE[action][2]


def paper_for(case: CaseView, wanted: Mark) -> int | None:
    """The paper on which a step may be entered now, the newest first."""
    return next((paper.id for paper in reversed(case.papers) if wanted in paper.open_marks), None)


def possible(case: CaseView) -> frozenset[Action | Extra]:
    """What can be done now; completing can always be tried while open, and says what is missing."""
    found: set[Action | Extra] = set(case.actions)
    if case.state is CaseState.OPEN:
        found |= {Action.COMPLETE, Extra.SNOOZE}
        found |= {extra for extra, wanted in _MONEY.values() if paper_for(case, wanted) is not None}
    if case.pictures:
        found.add(Extra.SHEET)
    return frozenset(found)


def for_step(case: CaseView, step: Step) -> Deed | None:
    """The deed that does a missing step; None where nothing can be done about it now."""
    out = any(paper.state not in ENDED and paper.kind in GO_OUT for paper in case.papers)
    if step in _MONEY:
        extra, wanted = _MONEY[step]
        paper_id = paper_for(case, wanted)
        return None if paper_id is None else Deed(extra, paper_id)
    if step in _BY_MARK and not (step in _ON_SHEET and out):
        wanted = _BY_MARK[step][0]
        paper_id = paper_for(case, wanted)
        return None if paper_id is None else Deed(Action.MARK, paper_id, wanted)
    action = Action.RECORD_RESULT if step in _ON_SHEET else _BY_ACTION[step]
    if action is Action.PRINT:
        unprinted = (each.id for each in case.papers if each.state is PaperState.ISSUED and each.printable)
        return Deed(action, next(unprinted, None))
    return Deed(action) if action in case.actions else None


def untold(case: CaseView) -> bool:
    """Nobody has been told of a way that somebody must be told of."""
    return any(route.told_at is None and route.view.route not in _SILENT for route in case.routes)


def following(case: CaseView) -> Deed | None:
    """The one thing to be done next; None where the case is over or waits for something else."""
    if case.state is not CaseState.OPEN:
        return Deed(Action.FOLLOW_UP) if _to_follow_up(case) else None
    missing = [step for step, done in case.demands if not done]
    if not missing:
        return Deed(Action.COMPLETE)
    if missing[0] in _AFTER_TELLING and untold(case) and Action.TELL in case.actions:
        return Deed(Action.TELL)
    return next((deed for step in missing if (deed := for_step(case, step)) is not None), None)


def _to_follow_up(case: CaseView) -> bool:
    asked = case.follow_up
    return asked is not None and asked.done_at is None and Action.FOLLOW_UP in case.actions
