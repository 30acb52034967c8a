"""The paper: kinds, copies, states, and numbers (design of the forms; procedure 4.1.1 - 4.1.4)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from frontdesk.domain.codes import CodeKind


class PaperKind(StrEnum):
    """The forms that carry a number of their own."""

    WORK_ORDER = "work_order"
    LIAISON_FORM = "liaison_form"
    COMPLAINT_RECORD = "complaint_record"
    SPECIAL_SERVICE_ORDER = "special_service_order"
    INCIDENT_REPORT = "incident_report"


class PaperState(StrEnum):
    """Where a paper stands; RETURNED, TRANSFERRED (转出) and VOID are its ends."""

    ISSUED = "issued"
    PRINTED = "printed"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    VOID = "void"


class PrintState(StrEnum):
    """What is known of one printing: the PDF is made, handed to the printer, seen on paper, or did not come out."""

    RENDERED = "rendered"
    SENT = "sent"
    PRINTED = "printed"
    FAILED = "failed"


class Copy(StrEnum):
    """联: the copies of a form, each for one keeper."""

    OFFICE = "office"
    EQUIPMENT = "equipment"
    FINANCE = "finance"
    RESIDENT = "resident"
    DEVELOPER = "developer"


ENDED = frozenset({PaperState.RETURNED, PaperState.TRANSFERRED, PaperState.VOID})

# The forms that print here; a paper without a form of its own is not asked to have printed.
PRINTED_FORMS = frozenset({PaperKind.WORK_ORDER})

# Handed to the printer counts as printed until somebody says that it failed: drivers tell too little.
COUNTS_AS_PRINTED = frozenset({PrintState.SENT, PrintState.PRINTED})

COPIES: dict[PaperKind, tuple[Copy, ...]] = {
    PaperKind.WORK_ORDER: (Copy.OFFICE, Copy.EQUIPMENT, Copy.FINANCE, Copy.RESIDENT),
    PaperKind.LIAISON_FORM: (Copy.OFFICE, Copy.DEVELOPER),
}

# The register line's own series stands beside the papers'.
RECORD_SERIES = "CV"
SERIES: dict[PaperKind, str] = {
    PaperKind.WORK_ORDER: "WO",
    PaperKind.LIAISON_FORM: "LF",
    PaperKind.COMPLAINT_RECORD: "CR",
    PaperKind.SPECIAL_SERVICE_ORDER: "SS",
    PaperKind.INCIDENT_REPORT: "IR",
}

CODES: dict[PaperKind, CodeKind] = {
    PaperKind.WORK_ORDER: CodeKind.WORK_ORDER,
    PaperKind.LIAISON_FORM: CodeKind.LIAISON,
    PaperKind.COMPLAINT_RECORD: CodeKind.COMPLAINT,
    PaperKind.SPECIAL_SERVICE_ORDER: CodeKind.SPECIAL_SERVICE,
    PaperKind.INCIDENT_REPORT: CodeKind.INCIDENT,
}


def month_of(day: date) -> str:
    """The month by which numbers run: `202611`."""
    return f"{day:%Y%m}"


def number(series: str, month: str, running: int) -> str:
    """A record's number: `WO-202611-0042`; never reused, without gaps for each series and month.

    Raises:
        ValueError: the running number is not positive.
    """
    if running < 1:
        raise ValueError("a running number starts at 1")
    return f"{series}-{month}-{running:04d}"
