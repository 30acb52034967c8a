"""The tables, one module a family. Use: `from frontdesk.storage import models as m`."""

from frontdesk.storage.models.cases import Case, CaseEvent, Contact, Paper, Printing, RouteDecision
from frontdesk.storage.models.course import (
    Chase,
    Consequence,
    DigestNote,
    ExternalPromise,
    FollowUp,
    PaperMark,
    Picture,
    RegisterEntry,
    Snooze,
)
from frontdesk.storage.models.people import Person, Phone, Residency
from frontdesk.storage.models.premises import Area, Building, Component, Department, Equipment, ExternalUnit, Unit
from frontdesk.storage.models.rules import CalendarDay, EscalationLevel, FollowUpRule, PriceItem, PromiseRule, Staff
from frontdesk.storage.models.site import Account, Blob, Draft, NumberSeries, Setting, SiteKey
from frontdesk.storage.models.trail import Audit, AuditText, Change, SchemaVersion
from frontdesk.storage.models.visits import DeskCall, Invitation, Kiosk, LobbyTaken, Visit

# In an order in which each table comes after those that it refers to.
ALL = (
    SchemaVersion, Setting, Account, Draft, NumberSeries, SiteKey, Blob,
    Department, ExternalUnit, Building, Unit, Area, Component, Equipment,
    Staff, PriceItem, CalendarDay, PromiseRule, EscalationLevel, FollowUpRule,
    Person, Residency, Phone,
    Contact, Case, RouteDecision, Paper, Printing, CaseEvent,
    PaperMark, Chase, ExternalPromise, Consequence, RegisterEntry, Picture, FollowUp, Snooze, DigestNote,
    Kiosk, Invitation, Visit, DeskCall, LobbyTaken,
    Audit, AuditText, Change,
)  # fmt: skip

__all__ = [
    "ALL",
    "Account",
    "Area",
    "Audit",
    "AuditText",
    "Blob",
    "Building",
    "CalendarDay",
    "Case",
    "CaseEvent",
    "Change",
    "Chase",
    "Component",
    "Consequence",
    "Contact",
    "Department",
    "DeskCall",
    "DigestNote",
    "Draft",
    "Equipment",
    "EscalationLevel",
    "ExternalPromise",
    "ExternalUnit",
    "FollowUp",
    "FollowUpRule",
    "Invitation",
    "Kiosk",
    "LobbyTaken",
    "NumberSeries",
    "Paper",
    "PaperMark",
    "Person",
    "Phone",
    "Picture",
    "PriceItem",
    "Printing",
    "PromiseRule",
    "RegisterEntry",
    "Residency",
    "RouteDecision",
    "SchemaVersion",
    "Setting",
    "SiteKey",
    "Snooze",
    "Staff",
    "Unit",
    "Visit",
]
