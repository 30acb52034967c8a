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


class Mark(StrEnum):
    """Steps on a paper's way, entered from the returned sheet or the telephone, with the date on the paper."""

    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    NEEDS_MATERIAL = "needs_material"
    SECOND_VISIT = "second_visit"
    DONE = "done"
    VERIFIED = "verified"
    RECEIVED = "received"
    HANDLED = "handled"
    PROJECT_SIGNED = "project_signed"
    OWNER_ACCEPTED = "owner_accepted"
    ASSIGNED = "assigned"
    INVESTIGATED = "investigated"
    RESOLVED = "resolved"
    QUOTED = "quoted"
    CONFIRMED = "confirmed"
    APPOINTED = "appointed"
    CUSTOMER_SIGNED = "customer_signed"
    CHARGED = "charged"
    SUPERIOR_TOLD = "superior_told"
    STOOD_DOWN = "stood_down"
    REVIEWED = "reviewed"


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


# The way of each paper in its usual order; a person may leave out what is not demanded.
WAYS: dict[PaperKind, tuple[Mark, ...]] = {
    PaperKind.WORK_ORDER: (
        Mark.ACCEPTED,
        Mark.ON_SITE,
        Mark.NEEDS_MATERIAL,
        Mark.SECOND_VISIT,
        Mark.DONE,
        Mark.CUSTOMER_SIGNED,
    ),
    PaperKind.LIAISON_FORM: (
        Mark.VERIFIED,
        Mark.RECEIVED,
        Mark.HANDLED,
        Mark.PROJECT_SIGNED,
        Mark.OWNER_ACCEPTED,
    ),
    PaperKind.COMPLAINT_RECORD: (Mark.ASSIGNED, Mark.INVESTIGATED, Mark.RESOLVED),
    PaperKind.SPECIAL_SERVICE_ORDER: (
        Mark.QUOTED,
        Mark.CONFIRMED,
        Mark.APPOINTED,
        Mark.DONE,
        Mark.CUSTOMER_SIGNED,
        Mark.CHARGED,
    ),
    PaperKind.INCIDENT_REPORT: (Mark.SUPERIOR_TOLD, Mark.STOOD_DOWN, Mark.REVIEWED),
}

# Without these a paper has not come to its end, even when the sheet is back (procedure 4.1.3, 4.3, 4.4, chapter 3).
DEMANDED_MARKS: dict[PaperKind, tuple[Mark, ...]] = {
    PaperKind.WORK_ORDER: (),
    PaperKind.LIAISON_FORM: (Mark.VERIFIED, Mark.RECEIVED, Mark.PROJECT_SIGNED),
    PaperKind.COMPLAINT_RECORD: (Mark.RESOLVED,),
    PaperKind.SPECIAL_SERVICE_ORDER: (
        Mark.QUOTED,
        Mark.CONFIRMED,
        Mark.DONE,
        Mark.CUSTOMER_SIGNED,
        Mark.CHARGED,
    ),
    PaperKind.INCIDENT_REPORT: (Mark.SUPERIOR_TOLD, Mark.STOOD_DOWN, Mark.REVIEWED),
}

# A signature that was not to be had may be replaced by a recorded reason (domain section 3); money may not.
EXCUSABLE = frozenset({Mark.CUSTOMER_SIGNED})

# A mark that cannot be true before another: nobody signs for a form that nobody has verified.
MARK_AFTER: dict[Mark, Mark] = {
    Mark.RECEIVED: Mark.VERIFIED,
    Mark.PROJECT_SIGNED: Mark.RECEIVED,
    Mark.CONFIRMED: Mark.QUOTED,
    Mark.REVIEWED: Mark.STOOD_DOWN,
}

# Marks that the customer sets with their own name, which is shown only to those who see names.
BY_CUSTOMER = frozenset({Mark.CONFIRMED, Mark.CUSTOMER_SIGNED, Mark.OWNER_ACCEPTED})

# What a mark brings onto its paper, and takes away again when it is taken back.
MARK_DETAILS: dict[Mark, tuple[str, ...]] = {
    Mark.QUOTED: ("lines", "total_fen"),
    Mark.CHARGED: ("charged_fen", "how"),
}

# Papers that go out of the house and come back; the others are kept at the desk and end with their last demanded mark.
GO_OUT = frozenset({PaperKind.WORK_ORDER, PaperKind.LIAISON_FORM, PaperKind.SPECIAL_SERVICE_ORDER})

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
