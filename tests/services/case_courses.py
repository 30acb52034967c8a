"""What may be done with a case in a row, and a case as its desk sees it: for the state machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from frontdesk.domain.cases import Action
from frontdesk.domain.paper import Mark, PaperKind, PaperState
from frontdesk.domain.routing import Route

SETTINGS = settings(
    max_examples=75,
    stateful_step_count=20,
    phases=(Phase.generate, Phase.shrink),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
SOME = st.integers(0, 35)
COURSES = ["repair", "new", "external", "opinion", "complaint", "service", "emergency", "join"]
OF_COURSE: dict[str, Callable[[int, bool], dict[str, Any]]] = {
    "print_papers": lambda which, yes: {},
    "mark": lambda which, yes: {"paper": 1 + which % 6, "mark": Mark.DONE},
    "undo_mark": lambda which, yes: {},
    "result": lambda which, yes: {"back": yes, "unfinished": which % 6 == 0, "paper": None},
    "take_back": lambda which, yes: {"paper": which, "signed": yes},
    "reply": lambda which, yes: {"reason": "" if yes else "三次未接通"},
    "follow_up": lambda which, yes: {"reached": True, "fixed": yes},
    "reroute": lambda which, yes: {"route": list(Route)[which % len(Route)]},
    "add_route": lambda which, yes: {"route": list(Route)[which % len(Route)]},
    "complete": lambda which, yes: {},
    "undo": lambda which, yes: {},
    "reopen": lambda which, yes: {},
    "void": lambda which, yes: {},
}
# What a case needs comes more often than what takes it back.
_NAMES = [*OF_COURSE, *(name for name in OF_COURSE if name not in ("void", "undo_mark", "undo")), "mark", "result"]
ACTS = st.lists(st.tuples(st.sampled_from(_NAMES), SOME, st.booleans()), min_size=6, max_size=14)


@dataclass(frozen=True)
class Sheet:
    """A paper of a case, as its desk sees it."""

    id: int
    kind: PaperKind
    state: PaperState
    open_marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Seen:
    """A case as its desk sees it."""

    id: int
    version: int
    actions: frozenset[Action]
    papers: tuple[Sheet, ...]
