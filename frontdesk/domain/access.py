"""Who may do what: roles as a table of permissions, and the actor on whose behalf a service works."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of a reception; `SYSTEM` is the program itself, with nobody signed in."""

    RECEPTIONIST = "receptionist"
    DIRECTOR = "director"
    DEPARTMENT = "department"
    GUARD = "guard"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


class Permission(StrEnum):
    """What a service asks for before it does anything."""

    TAKE_CALLS = "take_calls"
    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    OVERRULE_ROUTE = "overrule_route"
    SEE_PEOPLE = "see_people"
    REVEAL_PHONES = "reveal_phones"
    PRINT = "print"
    SEE_VISITS = "see_visits"
    ADMIT_VISITORS = "admit_visitors"
    INVITE = "invite"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SITE = "manage_site"
    MANAGE_KIOSKS = "manage_kiosks"
    BACK_UP = "back_up"
    READ_AUDIT = "read_audit"
    LOBBY_INTAKE = "lobby_intake"


_DESK = frozenset(
    {
        Permission.TAKE_CALLS,
        Permission.SEE_CASES,
        Permission.WORK_CASES,
        Permission.OVERRULE_ROUTE,
        Permission.SEE_PEOPLE,
        Permission.REVEAL_PHONES,
        Permission.PRINT,
        Permission.SEE_VISITS,
        Permission.ADMIT_VISITORS,
        Permission.INVITE,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.RECEPTIONIST: _DESK,
    Role.DIRECTOR: _DESK | {Permission.READ_AUDIT, Permission.BACK_UP},
    Role.DEPARTMENT: frozenset({Permission.SEE_CASES}),
    Role.GUARD: frozenset({Permission.SEE_VISITS, Permission.ADMIT_VISITORS}),
    Role.ADMINISTRATOR: frozenset(Permission) - {Permission.LOBBY_INTAKE},
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
    Role.SYSTEM: frozenset({Permission.LOBBY_INTAKE, Permission.BACK_UP}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """On whose behalf something is done. `id` is the account's, 0 for the program; `desk` names the workplace."""

    id: int
    name: str
    role: Role
    desk: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether the actor's role carries the permission."""
        return permission in ROLE_PERMISSIONS[self.role]


SYSTEM = Actor(0, "", Role.SYSTEM)


class Forbidden(Exception):
    """The actor's role does not carry the permission that the act needs."""

    code = "forbidden"

    def __init__(self, actor: Actor, permission: Permission) -> None:
        super().__init__(f"{actor.role} may not {permission}")
        self.actor = actor
        self.permission = permission


def require(actor: Actor, permission: Permission) -> None:
    """Lets pass only who may.

    Raises:
        Forbidden: the role lacks the permission.
    """
    if not actor.may(permission):
        raise Forbidden(actor, permission)


def require_any(actor: Actor, *permissions: Permission) -> None:
    """Lets pass who may do at least one of these.

    Raises:
        Forbidden: the role lacks them all; it names the first.
    """
    if not any(actor.may(permission) for permission in permissions):
        raise Forbidden(actor, permissions[0])
