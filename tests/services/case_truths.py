"""What must hold of stored cases, told over again in words of their own: the program's rules are not asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frontdesk.domain.routing import Remark
from frontdesk.storage import models as m

# What must have been signed on a paper that was not handed on, told in the procedure's words.
DEMANDED = {
    "liaison_form": {"verified", "received", "project_signed"},
    "complaint_record": {"resolved"},
    "special_service_order": {"quoted", "confirmed", "done", "customer_signed", "charged"},
    "incident_report": {"superior_told", "stood_down", "reviewed"},
    "work_order": set[str](),
}
REMARKS = {"liaison": "rectification", "external": "other", "communication": "communication"}
ENDS = {"returned", "transferred", "void"}


def by(rows: Sequence[Any], name: str) -> dict[int, list[Any]]:
    """Rows by one of their columns."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def require_whole(row: Any, mine: dict[Any, list[Any]], marks: dict[int, list[Any]], main: Any) -> None:
    """A line that is struck off lacks nothing: results, replies, signatures, papers, follow-ups (domain section 3)."""
    routes = {each.route for each in mine[m.RouteDecision] if each.replaced_at is None}
    assert routes and "to_establish" not in routes
    events = [each.kind for each in mine[m.CaseEvent]]
    this_time = events[len(events) - events[::-1].index("reopened") :] if "reopened" in events else events
    told = [place for place, kind in enumerate(this_time) if kind in ("reply", "no_reply")]
    assert told, "nobody was told, and no reason given"
    if routes == {"joined"}:
        assert main is not None
        return
    assert row.result and row.result_at is not None
    results = [place for place, kind in enumerate(this_time) if kind == "result"]
    if results and row.no_reply_reason == "":
        assert row.told_at >= row.result_at, "told before there was a result"
    for paper in mine[m.Paper]:
        assert paper.state in ENDS
        if paper.state == "returned":
            assert DEMANDED[paper.kind] <= {each.mark for each in marks.get(paper.id, [])}, paper.kind
    issued = {each.data["mark"] for each in mine[m.CaseEvent] if each.kind == "marked"}
    assert "liaison" not in routes or {"verified", "received", "project_signed"} <= issued
    if routes & {"complaint", "special_service"}:
        assert any(each.state in ("done", "given_up") for each in mine[m.FollowUp])


def require_remark(row: Any, decisions: Sequence[Any]) -> None:
    """The remark is that of the newest way in force that has one (procedure 4.1.3, 4.1.4, 4.2)."""
    in_force = [each for each in decisions if each.replaced_at is None]
    assert in_force, "no way is in force"
    assert row.route == in_force[-1].route
    replaced = [each for each in decisions if each.replaced_at is not None]
    assert all(each.at <= other.at for each in replaced for other in in_force)
    assert len({each.route for each in in_force}) == len(in_force)
    remarks = [REMARKS[each.route] for each in in_force if each.route in REMARKS]
    assert row.remark == (remarks[-1] if remarks else Remark.NONE)
    assert (row.joined_to is not None) == (row.route == "joined")


def require_registers(rows: dict[int, Any], entries: Sequence[Any]) -> None:
    """A closed line is struck off every record; an open one stands at most once in each."""
    standing = [entry for entry in entries if entry.struck_at is None]
    assert all(rows[entry.case].state == "open" for entry in standing)
    assert len({(entry.case, entry.register) for entry in standing}) == len(standing)
    open_ones = {(entry.case, entry.register) for entry in standing}
    for row in rows.values():
        if row.state == "open" and row.remark in ("other", "communication"):
            assert (row.id, row.remark) in open_ones
