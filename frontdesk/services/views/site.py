"""Views of the site: its people and premises, accounts, drafts, backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from frontdesk.domain.access import Permission, Role
from frontdesk.domain.people import Relation
from frontdesk.domain.routing import Duty


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose from: a department, component, area; the name in both languages of the site's data."""

    id: int
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ComponentView:
    """A component (部位) that can break: who answers for it by default, and which department sees to it."""

    id: int
    name: str
    name_en: str
    duty: Duty | None
    department_id: int | None
    words: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every screen needs to know of the site."""

    id: str
    tag: str
    name: str
    practice: bool
    key_in_file: bool
    departments: tuple[Named, ...]
    components: tuple[ComponentView, ...]
    areas: tuple[Named, ...]
    zone: str
    company: str = ""


@dataclass(frozen=True, slots=True)
class AccountView:
    """Somebody who may sign in."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What it takes to add an account; the password is hashed with argon2id and never kept."""

    login: str
    name: str
    password: str
    role: Role


@dataclass(frozen=True, slots=True)
class MySettings:
    """What an account has chosen for itself; empty is the program's own choice."""

    language: str = ""
    theme: str = ""
    contrast: str = ""


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit, or a common part of a building where `room` is empty."""

    id: int
    label: str
    delivered_on: date | None
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class PastLine:
    """One earlier matter of a caller."""

    case_id: int
    at: datetime
    text: str
    number: str
    open: bool


@dataclass(frozen=True, slots=True)
class CallerView:
    """A person who may be calling, with one of their units."""

    person_id: int
    name: str
    relation: Relation
    unit: UnitView
    phone: str
    past: tuple[PastLine, ...]
    past_count: int


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft that was kept: `data` is what the screen gave, `key` under what it kept it."""

    id: int
    kind: str
    data: dict[str, object]
    updated_at: datetime
    key: str = ""


@dataclass(frozen=True, slots=True)
class BackupView:
    """A backup that was made and read back. `damaged`: so many stored files were damaged or gone, and are not in it."""

    path: str
    at: datetime
    size: int
    damaged: int = 0
