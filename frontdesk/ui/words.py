"""Codes into words: what the rules' enums are called on the screen, in the language of the moment."""

from __future__ import annotations

from enum import StrEnum

from frontdesk.domain.access import Role
from frontdesk.domain.kiosks import KioskHealth
from frontdesk.domain.passwords import Weakness
from frontdesk.domain.visits import HowLeft, InvitationState, Purpose, VisitState
from frontdesk.i18n import language, mark, tr
from frontdesk.services.views import Board, ComponentView, Named
from frontdesk.ui.case_codes import CASE_WORDS
from frontdesk.ui.course_codes import COURSE_WORDS
from frontdesk.ui.register_words import REGISTER_WORDS

# A list of pairs: members of two enums with the same value would be one key of a dictionary.
_WORDS: list[tuple[StrEnum, str]] = [
    (Role.RECEPTIONIST, mark("Receptionist")),
    (Role.DIRECTOR, mark("Office director")),
    (Role.DEPARTMENT, mark("Department")),
    (Role.GUARD, mark("Security guard")),
    (Role.ADMINISTRATOR, mark("Administrator")),
    (Role.AUDITOR, mark("Auditor")),
    (Role.SYSTEM, mark("The program")),
    (Purpose.GUEST, mark("Visiting someone")),
    (Purpose.DELIVERY, mark("Delivery")),
    (Purpose.CONTRACTOR, mark("Work on site")),
    (Purpose.OFFICE, mark("Business at the office")),
    (Purpose.VIEWING, mark("Viewing a home")),
    (VisitState.EXPECTED, mark("Expected")),
    (VisitState.ON_SITE, mark("On site")),
    (VisitState.OVERDUE, mark("Overstaying")),
    (VisitState.LEFT, mark("Left")),
    (VisitState.REFUSED, mark("Refused")),
    (HowLeft.BADGE, mark("with the badge")),
    (HowLeft.DESK, mark("at the desk")),
    (InvitationState.OPEN, mark("Not used yet")),
    (InvitationState.USED, mark("Used")),
    (InvitationState.REVOKED, mark("Revoked")),
    (KioskHealth.ASKS, mark("asks to be paired")),
    (KioskHealth.SILENT, mark("not heard of")),
    (KioskHealth.CAMERA, mark("camera is down")),
    (KioskHealth.PAPER, mark("printer needs paper")),
    (KioskHealth.WORKING, mark("working")),
    (KioskHealth.UNPAIRED, mark("no longer paired")),
    (Weakness.TOO_SHORT, mark("Too short: at least 8 characters.")),
    (Weakness.SAME_AS_NAME, mark("It must not be the name itself.")),
    (Weakness.ONE_CHARACTER, mark("One character over and over is no password.")),
    (Weakness.A_RUN, mark("A run of neighbouring keys or a repeated piece is guessed at once.")),
    (Weakness.SAME_AS_BEFORE, mark("It is the password that you have now.")),
    (Board.EMERGENCY, mark("Emergency")),
    (Board.OVERDUE, mark("Overdue")),
    (Board.SOON, mark("Within the hour")),
    (Board.TO_ESTABLISH, mark("To be established")),
    (Board.TO_PRINT, mark("To print")),
    (Board.TO_REPLY, mark("To reply")),
    (Board.TO_COMPLETE, mark("To complete")),
    (Board.RUNNING, mark("In progress")),
]


def _by_kind() -> dict[type[StrEnum], dict[str, str]]:
    out: dict[type[StrEnum], dict[str, str]] = {}
    for member, text in [*_WORDS, *CASE_WORDS, *COURSE_WORDS, *REGISTER_WORDS]:
        out.setdefault(type(member), {})[member.value] = text
    return out


_TABLE = _by_kind()


def word(code: StrEnum) -> str:
    """What a code is called, in the language of the moment.

    Raises:
        KeyError: nobody has worded it.
    """
    return tr(_TABLE[type(code)][code.value])


def worded(kind: type[StrEnum]) -> bool:
    """Whether every member of an enum has its word."""
    return set(_TABLE.get(kind, {})) == {member.value for member in kind}


def choices(kind: type[StrEnum], *without: StrEnum) -> list[tuple[object, str]]:
    """Every member with its word, in the enum's order, for a `Choice` or a menu."""
    return [(member, word(member)) for member in kind if member not in without]


def named(thing: Named | ComponentView | None) -> str:
    """The name of a department, component or area in the language of the moment; Chinese where there is no other."""
    if thing is None:
        return ""
    return thing.name_en if language() == "en" and thing.name_en else thing.name


# What the statuses of `tokens.toml` are called; there they are data, here the catalogue finds them.
STATUS_WORDS = (
    mark("Emergency"),
    mark("Overdue"),
    mark("Due soon"),
    mark("To reply"),
    mark("Nobody told"),
    mark("To chase"),
    mark("Paper out"),
    mark("In progress"),
    mark("To be established"),
    mark("Completed"),
    mark("Closed"),
    mark("Missing"),
    mark("Signed"),
    mark("Expected"),
    mark("Waiting"),
    mark("On site"),
    mark("Left"),
    mark("Refused"),
    mark("Number matches"),
    mark("Verified"),
    mark("Unverified"),
    mark("Hidden"),
)


def weakness(code: Weakness) -> str:
    """Why a password is not taken."""
    return word(code)


def role(code: str) -> str:
    """What a role is called."""
    return word(Role(code))


def schemes() -> list[tuple[str, str]]:
    """The looks to choose from."""
    return [
        ("system", tr("Like the system")),
        ("light", tr("Light")),
        ("dark", tr("Dark")),
        ("contrast", tr("High contrast")),
    ]
