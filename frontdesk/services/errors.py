"""What a service refuses, in a way that a person can act on; the screens word it by `code` and the attributes.

The stored world's own troubles (a locked database, a row that somebody removed) are raised as they are and can be
imported from here, because screens do not know storage.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from frontdesk.domain.access import Forbidden
from frontdesk.domain.cases import NotAllowed, StepsMissing
from frontdesk.domain.passwords import Weakness
from frontdesk.storage.errors import EditConflict, KeyMissing, NotFound, RecoveryRefused, StorageError, WrongKey

__all__ = [
    "BadInput",
    "EditConflict",
    "Forbidden",
    "KeyMissing",
    "LastAdministrator",
    "LockedOut",
    "LoginTaken",
    "NotAllowed",
    "NotFound",
    "Problem",
    "RecoveryRefused",
    "RowInUse",
    "ServiceError",
    "StepsMissing",
    "StorageError",
    "WeakPassword",
    "WrongKey",
    "WrongPassword",
]


class ServiceError(Exception):
    """A refusal with a remedy; `code` names it."""

    code = "service"


class Problem(StrEnum):
    """What is wrong with a value that somebody typed."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    IN_FUTURE = "in_future"
    IN_PAST = "in_past"
    UNKNOWN = "unknown"


class BadInput(ServiceError):
    """A typed value cannot be taken; `field` is its name in the draft, `matter` the matter's place (from 0) if any.

    The problem of a row of the site's data is a MistakeKind, of all else a Problem.
    """

    code = "bad_input"

    def __init__(self, field: str, problem: StrEnum, matter: int | None = None) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem
        self.matter = matter


class WrongPassword(ServiceError):
    """The name or the password is wrong; which of them is not told."""

    code = "wrong_password"


class LockedOut(ServiceError):
    """Too many wrong passwords in a row: nobody may try again before `until` (UTC)."""

    code = "locked_out"

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until:%H:%M:%S}")
        self.until = until


class WeakPassword(ServiceError):
    """The new password is not good enough; `weakness` says why."""

    code = "weak_password"

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness.value)
        self.weakness = weakness


class LoginTaken(ServiceError):
    """Somebody else signs in with this name already."""

    code = "login_taken"


class LastAdministrator(ServiceError):
    """The site would be left without anybody who may manage it."""

    code = "last_administrator"


class RowInUse(ServiceError):
    """The row cannot be removed, because others refer to it or the program needs it."""

    code = "row_in_use"
