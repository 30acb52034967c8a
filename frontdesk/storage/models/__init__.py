"""The tables, one module a family. Use: `from frontdesk.storage import models as m`."""

from frontdesk.storage.models.cases import Case, CaseEvent, Contact, Paper, Printing, RouteDecision
from frontdesk.storage.models.people import Person, Phone, Residency
from frontdesk.storage.models.premises import Area, Building, Component, Department, ExternalUnit, Unit
from frontdesk.storage.models.site import Account, Blob, Draft, NumberSeries, Setting, SiteKey
from frontdesk.storage.models.trail import Audit, AuditText, Change, SchemaVersion
from frontdesk.storage.models.visits import DeskCall, Invitation, Kiosk, LobbyTaken, Visit

# In an order in which each table comes after those that it refers to.
ALL = (
    SchemaVersion, Setting, Account, Draft, NumberSeries, SiteKey, Blob,
    Department, ExternalUnit, Building, Unit, Area, Component,
    Person, Residency, Phone,
    Contact, Case, RouteDecision, Paper, Printing, CaseEvent,
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
    "Case",
    "CaseEvent",
    "Change",
    "Component",
    "Contact",
    "Department",
    "DeskCall",
    "Draft",
    "ExternalUnit",
    "Invitation",
    "Kiosk",
    "LobbyTaken",
    "NumberSeries",
    "Paper",
    "Person",
    "Phone",
    "Printing",
    "Residency",
    "RouteDecision",
    "SchemaVersion",
    "Setting",
    "SiteKey",
    "Unit",
    "Visit",
]
