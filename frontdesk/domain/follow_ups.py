"""回访: which closed matters are followed up, and what the answer does (domain sections 3, 5, 8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.domain.routing import Route

RATINGS = range(1, 6)


class FollowUpState(StrEnum):
    """To be asked; answered; given up because nobody could be reached."""

    DUE = "due"
    DONE = "done"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """So many of a hundred matters of a route are followed up, so many hours after their result."""

    percent: int
    after_hours: int


# Common practice: a third of the repairs within two days; all complaints and paid services, which cannot close without.
DEFAULT_FOLLOW_UPS: dict[Route, FollowUpRule] = {
    Route.WORK_ORDER: FollowUpRule(30, 48),
    Route.LIAISON: FollowUpRule(30, 48),
    Route.EXTERNAL: FollowUpRule(30, 48),
    Route.COMPLAINT: FollowUpRule(100, 48),
    Route.SPECIAL_SERVICE: FollowUpRule(100, 48),
}

FALLBACK = FollowUpRule(100, 48)

DEMANDED = frozenset({Route.COMPLAINT, Route.SPECIAL_SERVICE})


def sampled(rule: FollowUpRule, record_no: str) -> bool:
    """Whether a record is in the sample: by its number, so that nobody chooses and every desk says the same."""
    place = int.from_bytes(hashlib.sha256(record_no.encode()).digest()[:4], "big") % 100
    return place < rule.percent
