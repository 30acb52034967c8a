"""What the whole procedure needs: marks on papers, chases, registers, follow-ups, the site's rules. Frozen."""

from __future__ import annotations

import peewee

from frontdesk.storage.migrations.dialect import add_column, create_index, create_table

# Table: the new column with its type.
COLUMNS = """
component: "season" TEXT NOT NULL DEFAULT ''
component: "warranty_class" TEXT NOT NULL DEFAULT ''
matter: "place_kind" TEXT NOT NULL DEFAULT ''
matter: "joined_to_id" {big} REFERENCES "matter"
matter: "earlier_id" {big} REFERENCES "matter"
matter: "level" INTEGER NOT NULL DEFAULT 0
matter: "promised_seconds" INTEGER
matter: "around_the_clock" {bool} NOT NULL DEFAULT {false}
matter: "clock_from" {big}
matter: "paused_at" {big}
matter: "pause_reason" TEXT NOT NULL DEFAULT ''
matter: "deferred_until" {big}
matter: "next_chase_at" {big}
route_decision: "replaced_at" {big}
route_decision: "department_id" {big} REFERENCES "department"
route_decision: "external_unit_id" {big} REFERENCES "external_unit"
route_decision: "told_at" {big}
route_decision: "told_whom" TEXT NOT NULL DEFAULT ''
route_decision: "told_how" TEXT NOT NULL DEFAULT ''
paper: "details" TEXT NOT NULL DEFAULT '{{}}'
"""

TABLES = """
CREATE TABLE "staff" (
    "id" {id}, "code" TEXT NOT NULL, "name" TEXT NOT NULL, "department_id" {big} REFERENCES "department",
    "job" TEXT NOT NULL, "phone" TEXT NOT NULL, "active" {bool} NOT NULL
);
CREATE TABLE "equipment" (
    "id" {id}, "code" TEXT NOT NULL, "name" TEXT NOT NULL, "component_id" {big} NOT NULL REFERENCES "component",
    "building_id" {big} REFERENCES "building", "unit_id" {big} REFERENCES "unit", "installed_on" TEXT,
    "warranty_months" INTEGER, "external_unit_id" {big} REFERENCES "external_unit", "note" TEXT NOT NULL,
    "active" {bool} NOT NULL
);
CREATE TABLE "price_item" (
    "id" {id}, "code" TEXT NOT NULL, "name_zh" TEXT NOT NULL, "name_en" TEXT NOT NULL, "per" TEXT NOT NULL,
    "price_fen" INTEGER NOT NULL, "note" TEXT NOT NULL, "position" INTEGER NOT NULL, "active" {bool} NOT NULL
);
CREATE TABLE "calendar_day" (
    "id" {id}, "day" TEXT NOT NULL, "working" {bool} NOT NULL, "name" TEXT NOT NULL, "source" TEXT NOT NULL
);
CREATE TABLE "promise_rule" (
    "id" {id}, "route" TEXT NOT NULL, "urgency" TEXT NOT NULL, "department_id" {big} REFERENCES "department",
    "minutes" INTEGER NOT NULL, "around_the_clock" {bool} NOT NULL
);
CREATE TABLE "escalation_level" (
    "id" {id}, "level" INTEGER NOT NULL, "minutes" INTEGER NOT NULL, "around_the_clock" {bool} NOT NULL,
    "whom_zh" TEXT NOT NULL, "whom_en" TEXT NOT NULL
);
CREATE TABLE "follow_up_rule" (
    "id" {id}, "route" TEXT NOT NULL, "percent" INTEGER NOT NULL, "after_hours" INTEGER NOT NULL
);
CREATE TABLE "paper_mark" (
    "id" {id}, "paper_id" {big} NOT NULL REFERENCES "paper", "mark" TEXT NOT NULL, "at" {big} NOT NULL,
    "happened_at" {big} NOT NULL, "by_id" {big} NOT NULL REFERENCES "account", "who" TEXT NOT NULL,
    "note" TEXT NOT NULL, "undone_at" {big}
);
CREATE TABLE "chase" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "at" {big} NOT NULL, "happened_at" {big} NOT NULL,
    "by_id" {big} NOT NULL REFERENCES "account", "whom" TEXT NOT NULL,
    "external_unit_id" {big} REFERENCES "external_unit", "said" TEXT NOT NULL, "next_at" {big}
);
CREATE TABLE "external_promise" (
    "id" {id}, "external_unit_id" {big} NOT NULL REFERENCES "external_unit",
    "case_id" {big} NOT NULL REFERENCES "matter", "promised_at" {big} NOT NULL, "kept" {bool}, "settled_at" {big}
);
CREATE TABLE "consequence" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "paper_id" {big} REFERENCES "paper",
    "kind" TEXT NOT NULL, "key" TEXT NOT NULL, "passed_at" {big} NOT NULL, "at" {big} NOT NULL,
    "settled_at" {big}
);
CREATE TABLE "register_entry" (
    "id" {id}, "register" TEXT NOT NULL, "year" INTEGER NOT NULL, "serial" INTEGER NOT NULL,
    "case_id" {big} NOT NULL REFERENCES "matter", "paper_id" {big} REFERENCES "paper", "entered_at" {big} NOT NULL,
    "reason" TEXT NOT NULL, "details" TEXT NOT NULL, "struck_at" {big}, "struck_reason" TEXT NOT NULL
);
CREATE TABLE "picture" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "blob_id" {big} NOT NULL REFERENCES "blob",
    "caption" TEXT NOT NULL, "width" INTEGER NOT NULL, "height" INTEGER NOT NULL, "at" {big} NOT NULL,
    "by_id" {big} NOT NULL REFERENCES "account", "removed_at" {big}
);
CREATE TABLE "follow_up" (
    "id" {id}, "case_id" {big} NOT NULL REFERENCES "matter", "state" TEXT NOT NULL, "due_at" {big} NOT NULL,
    "demanded" {bool} NOT NULL, "tries" INTEGER NOT NULL, "done_at" {big}, "by_id" {big} REFERENCES "account",
    "rating" INTEGER, "fixed" {bool}, "said" TEXT NOT NULL
);
CREATE TABLE "snooze" (
    "id" {id}, "account_id" {big} NOT NULL REFERENCES "account", "case_id" {big} NOT NULL REFERENCES "matter",
    "until_at" {big} NOT NULL
);
CREATE TABLE "digest_note" (
    "id" {id}, "period" TEXT NOT NULL, "topic" TEXT NOT NULL, "prevention" TEXT NOT NULL, "response" TEXT NOT NULL,
    "at" {big} NOT NULL, "by_id" {big} NOT NULL REFERENCES "account"
)
"""

INDEXES = """
matter: joined_to_id
matter: earlier_id
matter: state, next_chase_at, id
paper: kind, issued_at, id
route_decision: department_id
route_decision: external_unit_id
unique staff: code
staff: department_id
unique equipment: code
equipment: component_id
equipment: building_id
equipment: unit_id
equipment: external_unit_id
unique price_item: code
unique calendar_day: day
promise_rule: department_id
unique escalation_level: level
unique follow_up_rule: route
paper_mark: paper_id
paper_mark: by_id
chase: case_id
chase: by_id
chase: external_unit_id
external_promise: external_unit_id
external_promise: case_id
consequence: paper_id
unique consequence: case_id, kind, key
consequence: kind, at
unique register_entry: register, year, serial
register_entry: case_id
register_entry: paper_id
register_entry: register, entered_at, id
picture: case_id
picture: blob_id
picture: by_id
follow_up: case_id
follow_up: by_id
follow_up: state, due_at, id
follow_up: due_at, id
unique snooze: account_id, case_id
snooze: case_id
unique digest_note: period, topic
digest_note: by_id
"""


def up(database: peewee.Database) -> None:
    """Adds columns, tables and indexes to the schema of the house."""
    for line in COLUMNS.strip().splitlines():
        add_column(database, line)
    for statement in TABLES.strip().split(";\n"):
        create_table(database, statement)
    for line in INDEXES.strip().splitlines():
        create_index(database, line)
