"""The schema with which the house began. Frozen: later changes are migrations of their own."""

from __future__ import annotations

import peewee

from frontdesk.storage.migrations.dialect import create_index, create_table, guard_audit

TABLES = """
CREATE TABLE "schema_version" (
    "version" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "at" {big} NOT NULL
);
CREATE TABLE "setting" (
    "id" {id}, "key" TEXT NOT NULL, "value" TEXT NOT NULL
);
CREATE TABLE "account" (
    "id" {id}, "login" TEXT NOT NULL, "name" TEXT NOT NULL, "role" TEXT NOT NULL, "password_hash" TEXT NOT NULL,
    "settings" TEXT NOT NULL, "active" {bool} NOT NULL, "must_change" {bool} NOT NULL,
    "failures" INTEGER NOT NULL, "locked_until" {big}, "created_at" {big} NOT NULL, "signed_in_at" {big}
);
CREATE TABLE "draft" (
    "id" {id}, "account_id" {big} NOT NULL REFERENCES "account", "desk" TEXT NOT NULL, "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL, "value" TEXT NOT NULL, "updated_at" {big} NOT NULL
);
CREATE TABLE "number_series" (
    "id" {id}, "kind" TEXT NOT NULL, "month" TEXT NOT NULL, "last" INTEGER NOT NULL
);
CREATE TABLE "site_key" (
    "id" {id}, "kind" TEXT NOT NULL, "month" TEXT NOT NULL, "public" {bytes} NOT NULL, "private" {bytes},
    "created_at" {big} NOT NULL, "destroyed_at" {big}
);
CREATE TABLE "blob" (
    "id" {id}, "name" TEXT NOT NULL, "media" TEXT NOT NULL, "size" INTEGER NOT NULL, "created_at" {big} NOT NULL
);
CREATE TABLE "department" (
    "id" {id}, "code" TEXT NOT NULL, "name_zh" TEXT NOT NULL, "name_en" TEXT NOT NULL, "phone" TEXT NOT NULL,
    "position" INTEGER NOT NULL, "active" {bool} NOT NULL
);
CREATE TABLE "external_unit" (
    "id" {id}, "code" TEXT NOT NULL, "kind" TEXT NOT NULL, "name_zh" TEXT NOT NULL, "name_en" TEXT NOT NULL,
    "contact_name" TEXT NOT NULL, "phone" TEXT NOT NULL, "promised_hours" INTEGER, "active" {bool} NOT NULL
);
CREATE TABLE "building" (
    "id" {id}, "code" TEXT NOT NULL, "name_zh" TEXT NOT NULL, "name_en" TEXT NOT NULL, "delivered_on" TEXT,
    "accepted_on" TEXT, "floors" INTEGER, "outline" TEXT NOT NULL, "position" INTEGER NOT NULL
);
CREATE TABLE "unit" (
    "id" {id}, "building_id" {big} NOT NULL REFERENCES "building", "stair" TEXT NOT NULL, "room" TEXT NOT NULL,
    "label" TEXT NOT NULL, "floor" INTEGER, "delivered_on" TEXT, "accepted_on" TEXT, "note" TEXT NOT NULL
);
CREATE TABLE "area" (
    "id" {id}, "code" TEXT NOT NULL, "kind" TEXT NOT NULL, "name_zh" TEXT NOT NULL, "name_en" TEXT NOT NULL,
    "name_tw" TEXT NOT NULL, "building_id" {big} REFERENCES "building", "x" {real} NOT NULL,
    "y" {real} NOT NULL, "way" TEXT NOT NULL, "minutes" INTEGER NOT NULL, "public" {bool} NOT NULL,
    "position" INTEGER NOT NULL, "active" {bool} NOT NULL
);
CREATE TABLE "component" (
    "id" {id}, "code" TEXT NOT NULL, "name_zh" TEXT NOT NULL, "name_en" TEXT NOT NULL,
    "warranty_months" INTEGER, "warranty_seasons" INTEGER, "duty" TEXT,
    "department_id" {big} REFERENCES "department", "external_unit_id" {big} REFERENCES "external_unit",
    "words" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" {bool} NOT NULL
);
CREATE TABLE "person" (
    "id" {id}, "name" TEXT NOT NULL, "folded" TEXT NOT NULL, "sounds" TEXT NOT NULL, "language" TEXT NOT NULL,
    "note" TEXT NOT NULL
);
CREATE TABLE "residency" (
    "id" {id}, "person_id" {big} NOT NULL REFERENCES "person", "unit_id" {big} NOT NULL REFERENCES "unit",
    "relation" TEXT NOT NULL, "moved_in" TEXT, "moved_out" TEXT
);
CREATE TABLE "phone" (
    "id" {id}, "person_id" {big} NOT NULL REFERENCES "person", "number" TEXT NOT NULL, "normal" TEXT NOT NULL,
    "last_four" TEXT NOT NULL, "main" {bool} NOT NULL, "ended_on" TEXT
);
CREATE TABLE "contact" (
    "id" {id}, "token" TEXT NOT NULL, "record_no" TEXT NOT NULL, "channel" TEXT NOT NULL,
    "direction" TEXT NOT NULL, "number" TEXT NOT NULL, "number_normal" TEXT NOT NULL,
    "caller_name" TEXT NOT NULL, "resident_type" TEXT NOT NULL, "person_id" {big} REFERENCES "person",
    "unit_id" {big} REFERENCES "unit", "verification" TEXT NOT NULL, "language" TEXT NOT NULL,
    "started_at" {big} NOT NULL, "ended_at" {big}, "received_by_id" {big} NOT NULL REFERENCES "account",
    "note" TEXT NOT NULL
);
CREATE TABLE "matter" (
    "id" {id}, "contact_id" {big} NOT NULL REFERENCES "contact", "record_no" TEXT NOT NULL,
    "kind" TEXT NOT NULL, "category" TEXT NOT NULL, "content" TEXT NOT NULL,
    "person_id" {big} REFERENCES "person", "unit_id" {big} REFERENCES "unit", "place" TEXT NOT NULL,
    "component_id" {big} REFERENCES "component", "contact_phone" TEXT NOT NULL, "urgency" TEXT NOT NULL,
    "wanted" TEXT NOT NULL, "chargeable" {bool}, "facts" TEXT NOT NULL, "state" TEXT NOT NULL,
    "route" TEXT NOT NULL, "remark" TEXT NOT NULL, "department_id" {big} REFERENCES "department",
    "external_unit_id" {big} REFERENCES "external_unit", "agreed_at" {big}, "due_at" {big},
    "result" TEXT NOT NULL, "result_at" {big}, "told_at" {big}, "no_reply_reason" TEXT NOT NULL,
    "opened_at" {big} NOT NULL, "opened_by_id" {big} NOT NULL REFERENCES "account", "completed_at" {big},
    "closed_at" {big}, "reopened" INTEGER NOT NULL, "version" INTEGER NOT NULL
);
CREATE TABLE "route_decision" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "at" {big} NOT NULL,
    "by_id" {big} REFERENCES "account", "route" TEXT NOT NULL, "remark" TEXT NOT NULL, "reason" TEXT NOT NULL,
    "params" TEXT NOT NULL, "clause" TEXT NOT NULL, "overruled" {bool} NOT NULL,
    "overruled_reason" TEXT NOT NULL, "rule_route" TEXT NOT NULL
);
CREATE TABLE "paper" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "decision_id" {big} REFERENCES "route_decision",
    "kind" TEXT NOT NULL, "number" TEXT NOT NULL, "state" TEXT NOT NULL, "due_at" {big}, "code" TEXT NOT NULL,
    "code_digest" TEXT NOT NULL, "issued_at" {big} NOT NULL, "issued_by_id" {big} NOT NULL REFERENCES "account",
    "returned_at" {big}, "ended_at" {big}, "end_reason" TEXT NOT NULL
);
CREATE TABLE "printing" (
    "id" {id}, "paper_id" {big} NOT NULL REFERENCES "paper", "at" {big} NOT NULL,
    "by_id" {big} NOT NULL REFERENCES "account", "copies" TEXT NOT NULL, "pages" INTEGER NOT NULL,
    "blob_id" {big} NOT NULL REFERENCES "blob", "sha256" TEXT NOT NULL, "template_version" TEXT NOT NULL,
    "printer" TEXT NOT NULL, "state" TEXT NOT NULL, "reprint" {bool} NOT NULL, "settled_at" {big}
);
CREATE TABLE "case_event" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "paper_id" {big} REFERENCES "paper",
    "at" {big} NOT NULL, "happened_at" {big} NOT NULL, "kind" TEXT NOT NULL, "by_id" {big} REFERENCES "account",
    "by_name" TEXT NOT NULL, "text" TEXT NOT NULL, "data" TEXT NOT NULL
);
CREATE TABLE "kiosk" (
    "id" {id}, "uuid" TEXT NOT NULL, "letter" TEXT NOT NULL, "name" TEXT NOT NULL,
    "public_key" {bytes} NOT NULL, "state" TEXT NOT NULL, "paired_at" {big} NOT NULL,
    "paired_by_id" {big} REFERENCES "account", "last_beat" TEXT, "last_beat_at" {big}
);
CREATE TABLE "invitation" (
    "id" {id}, "code" TEXT NOT NULL, "code_digest" TEXT NOT NULL, "visitor" TEXT NOT NULL,
    "purpose" TEXT NOT NULL, "area_id" {big} NOT NULL REFERENCES "area", "unit_id" {big} REFERENCES "unit",
    "host_person_id" {big} REFERENCES "person", "host" TEXT NOT NULL, "companions" INTEGER NOT NULL,
    "plate" TEXT NOT NULL, "valid_from" {big} NOT NULL, "valid_until" {big} NOT NULL, "uses" INTEGER NOT NULL,
    "uses_allowed" INTEGER NOT NULL, "state" TEXT NOT NULL, "created_at" {big} NOT NULL,
    "created_by_id" {big} NOT NULL REFERENCES "account", "version" INTEGER NOT NULL
);
CREATE TABLE "visit" (
    "id" {id}, "uuid" TEXT NOT NULL, "invitation_id" {big} REFERENCES "invitation",
    "kiosk_id" {big} REFERENCES "kiosk", "badge_no" TEXT NOT NULL, "badge_digest" TEXT, "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL, "area_id" {big} REFERENCES "area", "unit_id" {big} REFERENCES "unit",
    "host_person_id" {big} REFERENCES "person", "host" TEXT NOT NULL, "companions" INTEGER NOT NULL,
    "plate" TEXT NOT NULL, "state" TEXT NOT NULL, "arrived_at" {big} NOT NULL, "until_at" {big} NOT NULL,
    "left_at" {big}, "how_in" TEXT NOT NULL, "how_left" TEXT, "document_id" {big} REFERENCES "blob",
    "flagged" {bool} NOT NULL, "flag_reason" TEXT NOT NULL, "note" TEXT NOT NULL, "version" INTEGER NOT NULL
);
CREATE TABLE "desk_call" (
    "id" {id}, "uuid" TEXT NOT NULL, "kiosk_id" {big} NOT NULL REFERENCES "kiosk", "at" {big} NOT NULL,
    "reason" TEXT NOT NULL, "answered_at" {big}, "answered_by_id" {big} REFERENCES "account"
);
CREATE TABLE "lobby_taken" (
    "id" {id}, "message" TEXT NOT NULL, "kiosk_id" {big} NOT NULL REFERENCES "kiosk", "type" TEXT NOT NULL,
    "sent_at" {big} NOT NULL, "taken_at" {big} NOT NULL, "outcome" TEXT NOT NULL
);
CREATE TABLE "audit" (
    "id" {id}, "at" {big} NOT NULL, "actor" {big} NOT NULL, "actor_name" TEXT NOT NULL, "role" TEXT NOT NULL,
    "desk" TEXT NOT NULL, "action" TEXT NOT NULL, "subject" TEXT NOT NULL, "detail" TEXT NOT NULL,
    "commitment" TEXT NOT NULL, "seal" TEXT NOT NULL
);
CREATE TABLE "audit_text" (
    "id" {id}, "audit_id" {big} NOT NULL REFERENCES "audit", "salt" {bytes} NOT NULL, "text" TEXT NOT NULL
);
CREATE TABLE "change" (
    "id" {id}, "topic" TEXT NOT NULL, "subject" {big} NOT NULL
)
"""

# Table: columns. The paging indexes end in the id.
INDEXES = """
unique setting: key
unique account: login
unique draft: account_id, desk, kind, key
unique number_series: kind, month
site_key: kind, month
unique blob: name
unique department: code
unique external_unit: code
unique building: code
unique unit: label
unique unit: building_id, stair, room
unique area: code
area: building_id
unique component: code
component: department_id
component: external_unit_id
person: folded
residency: person_id
residency: unit_id
phone: person_id
phone: normal
phone: last_four
unique contact: token
unique contact: record_no
contact: number_normal
contact: person_id
contact: unit_id
contact: received_by_id
contact: started_at, id
matter: contact_id
unique matter: record_no
matter: person_id
matter: unit_id
matter: component_id
matter: department_id
matter: external_unit_id
matter: opened_by_id
matter: opened_at, id
matter: state, opened_at, id
matter: state, due_at, id
route_decision: case_id
route_decision: by_id
paper: case_id
paper: decision_id
unique paper: number
unique paper: code_digest
paper: issued_by_id
paper: state, due_at, id
paper: issued_at, id
printing: paper_id
printing: by_id
printing: blob_id
printing: at, id
case_event: paper_id
case_event: by_id
case_event: case_id, at, id
unique kiosk: uuid
unique kiosk: letter
kiosk: paired_by_id
unique invitation: code_digest
invitation: area_id
invitation: unit_id
invitation: host_person_id
invitation: created_by_id
invitation: valid_from, id
invitation: state, valid_until
unique visit: uuid
visit: invitation_id
visit: kiosk_id
visit: badge_no
unique visit: badge_digest
visit: area_id
visit: unit_id
visit: host_person_id
visit: document_id
visit: arrived_at, id
visit: left_at, id
visit: state, until_at, id
unique desk_call: uuid
desk_call: kiosk_id
desk_call: answered_by_id
desk_call: answered_at, at
unique lobby_taken: message
lobby_taken: kiosk_id
lobby_taken: taken_at
audit: at, id
audit: subject, id
audit_text: audit_id
"""


def up(database: peewee.Database) -> None:
    """Makes all tables in an empty database."""
    for statement in TABLES.strip().split(";\n"):
        create_table(database, statement)
    for line in INDEXES.strip().splitlines():
        create_index(database, line)
    guard_audit(database)
