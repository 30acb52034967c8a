"""The lines of a register: stored rows turned into cells, masked for whoever asks; a few queries a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from frontdesk.domain.access import Actor
from frontdesk.domain.cases import CaseState
from frontdesk.domain.consequences import ConsequenceKind, Register
from frontdesk.domain.follow_ups import FollowUpState
from frontdesk.domain.paper import Mark, PaperState
from frontdesk.domain.people import Relation, Verification, mask_phone
from frontdesk.domain.registers import HANDLING, PAPERS, REGISTERS, Lasting, LineState, RegisterKind, serial_text
from frontdesk.domain.routing import MatterKind, Remark, Route
from frontdesk.services import callers, case_views, reference
from frontdesk.services.registers import query
from frontdesk.services.site import Site
from frontdesk.services.views import Channel, EventKind
from frontdesk.services.views.registers import Cell, RegisterRow
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

Code = TypeVar("Code", bound=StrEnum)


def made(unit: Unit, site: Site, actor: Actor, kind: RegisterKind, ids: Sequence[int]) -> tuple[RegisterRow, ...]:
    """The lines with these keys, in the order given."""
    facts = Facts(unit, site, actor, kind, ids)
    cells = [CELLS[column.key] for column in REGISTERS[kind]]
    out = []
    for key in ids:
        line = facts.lines[key]
        case = facts.case_of(line)
        shown = tuple(cell(facts, line, case) for cell in cells)
        out.append(RegisterRow(key, case.id, shown, facts.state(line, case), facts.is_overdue(line, case)))
    return tuple(out)


class Facts:
    """What the lines of a page rest on. Each kind of row is fetched once for all lines, when a column asks for it."""

    def __init__(self, unit: Unit, site: Site, actor: Actor, kind: RegisterKind, ids: Sequence[int]) -> None:
        self.site, self.actor, self.kind = site, actor, kind
        self._unit, self._now = unit, site.now()
        self.lines = reference.rows_by_id(unit, query.source(kind, self._now).model, ids)
        self._cases = (
            self.lines
            if kind is RegisterKind.CALL_VISIT
            else reference.rows_by_id(unit, m.Case, [line.case for line in self.lines.values()])
        )

    def case_of(self, line: Any) -> Any:
        """The case that a line leads to."""
        return line if self.kind is RegisterKind.CALL_VISIT else self._cases[line.case]

    def state(self, line: Any, case: Any) -> LineState:
        """Whether the line stands open."""
        if self.kind in HANDLING:
            return LineState.OPEN if line.struck_at is None else LineState.STRUCK
        if self.kind is RegisterKind.FOLLOW_UPS:
            return LineState.OPEN if line.state == FollowUpState.DUE else LineState.STRUCK
        known = {CaseState.OPEN: LineState.OPEN, CaseState.VOID: LineState.VOID}
        return known.get(CaseState(case.state), LineState.STRUCK)

    def is_overdue(self, line: Any, case: Any) -> bool:
        """Whether its time has passed; the same as the query's condition."""
        if self.kind is RegisterKind.FOLLOW_UPS:
            return bool(line.state == FollowUpState.DUE and line.due_at < self._now)
        waits = case.state == CaseState.OPEN and case.result_at is None and case.paused_at is None
        return bool(waits and case.due_at is not None and case.due_at < self._now)

    # -- rows that stand beside ---------------------------------------------------------------------------------------

    def _ids(self, column: str, rows: Mapping[int, Any] | None = None) -> list[int]:
        return [getattr(row, column) for row in (rows or self._cases).values()]

    @cached_property
    def contacts(self) -> dict[int, Any]:
        return reference.rows_by_id(self._unit, m.Contact, self._ids("contact"))

    @cached_property
    def units(self) -> dict[int, Any]:
        return reference.rows_by_id(self._unit, m.Unit, self._ids("unit"))

    @cached_property
    def departments(self) -> dict[int, Any]:
        return reference.rows_by_id(self._unit, m.Department, self._ids("department"))

    @cached_property
    def externals(self) -> dict[int, Any]:
        return reference.rows_by_id(self._unit, m.ExternalUnit, self._ids("external_unit"))

    @cached_property
    def components(self) -> dict[int, Any]:
        return reference.rows_by_id(self._unit, m.Component, self._ids("component"))

    @cached_property
    def accounts(self) -> dict[int, str]:
        return {row.id: row.name for row in self._unit.all(m.Account.select(m.Account.id, m.Account.name))}

    @cached_property
    def numbers(self) -> dict[int, str]:
        """The registered number of each person, for those who called from another."""
        return callers.main_numbers(self._unit, [key for key in self._ids("person") if key is not None])

    @cached_property
    def papers(self) -> dict[int, list[Any]]:
        columns = (m.Paper.case, m.Paper.number)
        return self._by_case(m.Paper.select(*columns).where(m.Paper.case.in_(list(self._cases))).order_by(m.Paper.id))

    @cached_property
    def entries(self) -> dict[int, list[Any]]:
        entry = m.RegisterEntry
        return self._by_case(entry.select().where(entry.case.in_(list(self._cases))).order_by(entry.id))

    @cached_property
    def chases(self) -> dict[int, list[Any]]:
        chase = m.Chase
        found = chase.select().where(chase.case.in_(list(self._cases)))
        return self._by_case(found.order_by(chase.happened_at, chase.id))

    @cached_property
    def consequences(self) -> dict[int, list[Any]]:
        told = m.Consequence
        found = told.select().where(told.case.in_(list(self._cases)))
        return self._by_case(found.order_by(told.at, told.id))

    @cached_property
    def decisions(self) -> dict[int, list[Any]]:
        """The ways in force of each case that somebody has been told of."""
        way = m.RouteDecision
        in_force = way.case.in_(list(self._cases)) & way.replaced_at.is_null() & way.told_at.is_null(False)
        return self._by_case(way.select(way.case, way.told_at).where(in_force).order_by(way.id))

    @cached_property
    def follow_ups(self) -> dict[int, list[Any]]:
        asked = m.FollowUp
        return self._by_case(asked.select().where(asked.case.in_(list(self._cases))).order_by(asked.id))

    @cached_property
    def replies(self) -> dict[int, Any]:
        """The newest reply of each case that was told, or why none was possible."""
        event = m.CaseEvent
        told = [case.id for case in self._cases.values() if case.told_at is not None]
        kinds = event.kind.in_([EventKind.REPLY, EventKind.NO_REPLY])
        rows = self._unit.all(event.select().where(event.case.in_(told) & kinds).order_by(event.id)) if told else []
        return {row.case: row for row in rows}

    @cached_property
    def marks(self) -> dict[int, dict[str, datetime]]:
        """When each paper's marks were true, the newest of each."""
        mark = m.PaperMark
        valid = mark.paper.in_(list(self.lines)) & mark.undone_at.is_null()
        found: dict[int, dict[str, datetime]] = defaultdict(dict)
        for row in self._unit.all(mark.select().where(valid).order_by(mark.id)):
            found[row.paper][row.mark] = row.happened_at
        return found

    def _by_case(self, rows: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self._unit.all(rows):
            found[row.case].append(row)
        return found


# --- cells ------------------------------------------------------------------------------------------------------------

CellMaker = Callable[[Facts, Any, Any], Cell]


def _several(*parts: Cell) -> Cell:
    """What there is of several things."""
    kept = tuple(part for part in parts if part not in (None, ""))
    return kept or None


def _code(kind: type[Code], value: str) -> Code | str | None:
    """A stored code as a member; free text, where older data has it, stays text."""
    return kind(value) if value in set(kind) else value or None


def _name(facts: Facts, _line: Any, case: Any) -> Cell:
    return case_views.shown_name(facts.actor, facts.contacts[case.contact].caller_name)


def _unit(facts: Facts, _line: Any, case: Any) -> Cell:
    return case_views.where(facts.units.get(case.unit), case.place)


def _phone(facts: Facts, _line: Any, case: Any) -> Cell:
    """Masked for everybody: the whole number is asked for by its case, with a reason, and that is on record."""
    given = case.contact_phone or facts.contacts[case.contact].number_normal
    return mask_phone(given or ("" if case.person is None else facts.numbers.get(case.person, "")))


def _category(facts: Facts, _line: Any, case: Any) -> Cell:
    return _several(MatterKind(case.kind), case.category, reference.named(facts.components.get(case.component)))


def _linked(facts: Facts, _line: Any, case: Any) -> Cell:
    entered = (serial_text(Register(each.register), each.year, each.serial) for each in facts.entries[case.id])
    return "\n".join([*(paper.number for paper in facts.papers[case.id]), *entered])


def _responsible(facts: Facts, _line: Any, case: Any) -> Cell:
    return reference.named(facts.externals.get(case.external_unit) or facts.departments.get(case.department))


def _completed(_facts: Facts, _line: Any, case: Any) -> Cell:
    state = CaseState(case.state)
    return None if state is CaseState.OPEN else state


def _replied(facts: Facts, _line: Any, case: Any) -> Cell:
    reply = facts.replies.get(case.id)
    if reply is None:
        return None
    return _several(reply.by_name, reply.happened_at, reply.text if reply.kind == EventKind.NO_REPLY else None)


def _told(facts: Facts, _line: Any, case: Any) -> Cell:
    reply = facts.replies.get(case.id)
    if reply is None:
        return None
    return _several(reply.happened_at, reply.text if reply.kind == EventKind.NO_REPLY else reply.data.get("how"))


def _reason(facts: Facts, line: Any, case: Any) -> Cell:
    """Why the handling record was entered: what a passed time caused and since when, else the way that it went."""
    if line.reason not in set(ConsequenceKind):
        return _several(_code(Route, line.reason) or Route(case.route))
    caused = [one for one in facts.consequences[case.id] if one.kind == line.reason]
    own = [one for one in caused if line.paper is not None and one.paper == line.paper] or caused
    return _several(ConsequenceKind(line.reason), own[-1].passed_at if own else None)


def _chases(facts: Facts, _line: Any, case: Any) -> Cell:
    """Each chase on a line: time, whom, what was said."""
    at = facts.site.local
    return "\n".join(f"{at(one.happened_at):%m-%d %H:%M} {one.whom}：{one.said}" for one in facts.chases[case.id])


def _delivered(facts: Facts, _line: Any, case: Any) -> Cell:
    told = facts.decisions[case.id]
    return told[-1].told_at if told else None


def _follow_up(facts: Facts, _line: Any, case: Any) -> Cell:
    asked = facts.follow_ups[case.id]
    return _several(FollowUpState(asked[-1].state), asked[-1].rating, _lasting(asked[-1])) if asked else None


def _lasting(asked: Any) -> Lasting | None:
    if asked.fixed is None:
        return None
    return Lasting.FIXED if asked.fixed else Lasting.NOT_FIXED


def _money(key: str) -> CellMaker:
    """Money that a paper's details keep in fen."""

    def cell(_facts: Facts, line: Any, _case: Any) -> Cell:
        return yuan(line.details.get(key))

    return cell


def yuan(fen: object) -> Decimal | None:
    """Money kept in fen; None where there is none."""
    return Decimal(fen).scaleb(-2) if isinstance(fen, int) and not isinstance(fen, bool) else None


def _marked(mark: Mark) -> CellMaker:
    return lambda facts, line, _case: facts.marks.get(line.id, {}).get(mark)


def _serial(_facts: Facts, line: Any, _case: Any) -> Cell:
    return serial_text(Register(line.register), line.year, line.serial)


def _struck(_facts: Facts, line: Any, _case: Any) -> Cell:
    """When the line was struck off, and why: completed, void, or its case went another way (转出)."""
    if line.struck_at is None:
        return None
    ended = line.struck_reason in set(CaseState)
    return _several(line.struck_at, CaseState(line.struck_reason) if ended else PaperState.TRANSFERRED)


def _customer(facts: Facts, line: Any, case: Any) -> Cell:
    return _several(_unit(facts, line, case), _name(facts, line, case))


def _received_at(facts: Facts, line: Any, case: Any) -> Cell:
    at: datetime = line.issued_at if facts.kind in PAPERS else case.opened_at
    return at


CELLS: Mapping[str, CellMaker] = {
    "record_no": lambda _facts, _line, case: case.record_no,
    "received_at": _received_at,
    "channel": lambda facts, _line, case: Channel(facts.contacts[case.contact].channel),
    "received_by": lambda facts, _line, case: facts.accounts.get(facts.contacts[case.contact].received_by),
    "name": _name,
    "resident_type": lambda facts, _line, case: _code(Relation, facts.contacts[case.contact].resident_type),
    "unit": _unit,
    "phone": _phone,
    "verification": lambda facts, _line, case: Verification(facts.contacts[case.contact].verification),
    "category": _category,
    "content": lambda _facts, _line, case: case.content,
    "wanted_at": lambda _facts, _line, case: case.wanted,
    "route": lambda _facts, _line, case: Route(case.route),
    "linked_no": _linked,
    "due_at": lambda _facts, _line, case: case.due_at,
    "result": lambda _facts, _line, case: case.result,
    "completed": _completed,
    "replied": _replied,
    "remark": lambda _facts, _line, case: Remark(case.remark) if case.remark else None,
    "serial": _serial,
    "entered_at": lambda _facts, line, _case: line.entered_at,
    "customer": _customer,
    "responsible": _responsible,
    "reason": _reason,
    "chases": _chases,
    "told": _told,
    "struck": _struck,
    "number": lambda _facts, line, _case: line.number,
    "level": lambda _facts, _line, case: case.level or None,
    "delivered_at": _delivered,
    "follow_up": _follow_up,
    "quoted": _money("total_fen"),
    "charged": _money("charged_fen"),
    "paid_how": lambda _facts, line, _case: str(line.details.get("how", "")),
    "appointed_at": _marked(Mark.APPOINTED),
    "done_at": _marked(Mark.DONE),
    "asked_by": lambda _facts, line, _case: line.due_at,
    "outcome": lambda _facts, line, _case: FollowUpState(line.state),
    "asked_at": lambda _facts, line, _case: line.done_at,
    "asker": lambda facts, line, _case: facts.accounts.get(line.by),
    "rating": lambda _facts, line, _case: line.rating,
    "lasting": lambda _facts, line, _case: _lasting(line),
    "said": lambda _facts, line, _case: line.said,
}
