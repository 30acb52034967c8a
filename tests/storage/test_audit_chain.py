"""The audit trail: whatever is altered, removed, moved or cut shows, and personal text can go."""

from __future__ import annotations

from typing import Any

import peewee
import pytest

from frontdesk.domain.access import SYSTEM, Actor, Role
from frontdesk.storage import audit
from frontdesk.storage import models as m
from frontdesk.storage.audit import Head, Problem
from frontdesk.storage.database import Store

LI = Actor(7, "李明", Role.RECEPTIONIST, "desk-1")
NAME = "陈秀英 138****2210"


def fill(store: Store, lines: int = 6) -> None:
    for number in range(0, lines, 2):
        with store.write() as unit:
            unit.audit(LI, "phone_revealed", f"person:{number}", {"reason": "callback"}, NAME)
            unit.audit(SYSTEM, "lobby_taken", f"visit:{number}", {"kiosk": "A"})


def tamper(store: Store, *statements: str) -> None:
    """What somebody with the key could do: take the triggers away, then write."""
    database: Any = store._database
    on = " ON {}" if store.on_server else ""
    for table, word in (("audit", "update"), ("audit", "delete"), ("audit_text", "update")):
        database.execute_sql(f"DROP TRIGGER {table}_no_{word}{on.format(table)}")
    for statement in statements:
        database.execute_sql(statement)


def test_the_chain_verifies_and_ends_at_its_head(store: Store) -> None:
    assert audit.verify(store).head == Head(0, audit.START)
    fill(store)
    verdict = audit.verify(store)
    assert (verdict.sound, verdict.rows, verdict.head.rows) == (True, 6, 6)
    assert audit.verify(store, verdict.head).sound
    with store.read() as unit:
        line = unit.get(m.Audit, 1)
        assert (line.actor, line.actor_name, line.role, line.desk) == (7, "李明", "receptionist", "desk-1")
        assert (line.action, line.subject, line.detail) == ("phone_revealed", "person:0", '{"reason":"callback"}')
        assert NAME not in line.detail + line.commitment
        assert unit.get(m.AuditText, 1).text == NAME


def test_a_failed_unit_leaves_no_line(store: Store) -> None:
    fill(store, 2)
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        unit.audit(LI, "case_closed", "case:1", {})
        raise ZeroDivisionError
    fill(store, 2)
    assert (audit.verify(store).sound, audit.verify(store).rows) == (True, 4)


def test_two_writers_share_one_chain(store: Store, other: Store) -> None:
    for writer in (store, other, store, other, other):
        fill(writer, 2)
    verdict = audit.verify(other)
    assert (verdict.sound, verdict.rows) == (True, 10)


@pytest.mark.parametrize("act", ["update", "delete", "replace", "text"])
def test_the_database_refuses_to_change_a_line(store: Store, act: str) -> None:
    fill(store)
    again = m.Audit.select().where(m.Audit.id == 2)
    with pytest.raises(peewee.PeeweeException), store.write() as unit:
        if act == "update":
            unit.change(m.Audit, 2, subject="person:9")
        elif act == "delete":
            unit.run(m.Audit.delete().where(m.Audit.id == 2))
        elif act == "text":
            unit.change(m.AuditText, 1, text="somebody else")
        else:
            (row,) = unit.all(again.dicts())
            unit.run(m.Audit.insert(**{**row, "subject": "x"}).on_conflict(conflict_target=[m.Audit.id], update=row))
    assert audit.verify(store).sound


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE audit SET subject = 'person:9' WHERE id = 3", Problem(3, "altered")),
        ("UPDATE audit SET actor = 8 WHERE id = 3", Problem(3, "altered")),
        ("UPDATE audit SET at = at - 1 WHERE id = 3", Problem(3, "altered")),
        ("UPDATE audit SET commitment = '' WHERE id = 3", Problem(3, "altered")),
        ("UPDATE audit_text SET text = 'somebody' WHERE id = 1", Problem(1, "text_altered")),
    ],
)
def test_an_altered_line_is_found(store: Store, statement: str, problem: Problem) -> None:
    fill(store)
    tamper(store, statement)
    assert problem in audit.verify(store).problems


def test_a_text_that_was_never_sealed_is_found(store: Store) -> None:
    fill(store)
    with store.write() as unit:
        unit.add(m.AuditText, audit=2, salt=b"", text="x")
    assert audit.verify(store).problems == (Problem(2, "text_stray"),)


def test_a_removed_line_is_found(store: Store) -> None:
    fill(store)
    tamper(store, "DELETE FROM audit WHERE id = 4")
    assert audit.verify(store).problems == (Problem(4, "missing"),)


def test_swapped_lines_are_found(store: Store) -> None:
    fill(store)
    tamper(
        store,
        "UPDATE audit SET id = 99 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 4",
        "UPDATE audit SET id = 4 WHERE id = 99",
    )
    found = {problem.row for problem in audit.verify(store).problems}
    assert {2, 4} <= found


def test_a_cut_tail_shows_only_against_a_head_kept_elsewhere(store: Store) -> None:
    fill(store)
    head = audit.verify(store).head
    tamper(store, "DELETE FROM audit_text WHERE audit_id > 4", "DELETE FROM audit WHERE id > 4")
    assert audit.verify(store).sound
    assert audit.verify(store, head).problems == (Problem(5, "cut"),)


def test_a_chain_written_anew_differs_from_the_head_kept_elsewhere(store: Store) -> None:
    fill(store)
    head = audit.verify(store).head
    tamper(store, "DELETE FROM audit_text", "DELETE FROM audit")
    fill(store)
    assert audit.verify(store).sound
    assert audit.verify(store, head).problems == (Problem(6, "altered"),)


def test_a_purged_text_leaves_the_chain_sound(store: Store) -> None:
    fill(store)
    with store.write() as unit:
        assert unit.run(m.AuditText.delete()) == 3
    assert audit.verify(store).sound


def test_another_key_seals_otherwise(store: Store) -> None:
    fill(store, 2)
    store.auditor = audit.Auditor(bytes(32), store.clock)
    assert Problem(1, "altered") in audit.verify(store).problems
