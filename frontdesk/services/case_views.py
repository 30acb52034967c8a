"""Stored cases as what an actor may see of them: lines of lists, and the whole case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from frontdesk.domain import cases, deadlines
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import CaseState, PaperProgress, Progress
from frontdesk.domain.deadlines import ClockState, Urgency
from frontdesk.domain.paper import COUNTS_AS_PRINTED, PRINTED_FORMS, PaperKind, PaperState
from frontdesk.domain.people import Verification, mask_name, mask_phone
from frontdesk.domain.routing import MatterKind, Route
from frontdesk.services import callers, reference, routes
from frontdesk.services.site import Site
from frontdesk.services.views import CaseLine, CaseView, Channel, EventView, Named, PaperView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit


def papers_of(unit: Unit, case_ids: Iterable[int]) -> dict[int, list[Any]]:
    """The papers of each case, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = list(case_ids)
    if wanted:
        for row in unit.all(m.Paper.select().where(m.Paper.case.in_(wanted)).order_by(m.Paper.id)):
            found[row.case].append(row)
    return found


def progress(case: Any, papers: Sequence[Any]) -> Progress:
    """What has happened to a stored case, as the rules ask for it."""
    return Progress(
        state=CaseState(case.state),
        route=Route(case.route),
        papers=tuple(PaperProgress(PaperKind(paper.kind), PaperState(paper.state)) for paper in papers),
        result_written=case.result_at is not None,
        told=case.told_at is not None,
    )


def clock_state(case: Any, now: datetime) -> ClockState:
    """Where the case's promised time stands: it stops when the result is written."""
    done = case.result_at is not None or case.state != CaseState.OPEN
    return deadlines.clock_state(case.due_at, now, done=done)


def shown_name(actor: Actor, name: str) -> str:
    """A customer's name as far as the actor needs it."""
    return name if actor.may(Permission.SEE_PEOPLE) else mask_name(name)


def where(unit_row: Any, place: str) -> str:
    """The place of a matter in one line: `3栋2单元1201 · 厨房`."""
    label = unit_row.label if unit_row is not None else ""
    return " · ".join(part for part in (label, place) if part)


def _number(case: Any, papers: Sequence[Any]) -> str:
    """The number that people speak of: the newest paper's, else the register line's."""
    return str(papers[-1].number if papers else case.record_no)


def lines(unit: Unit, site: Site, actor: Actor, rows: Sequence[Any]) -> tuple[CaseLine, ...]:
    """Cases as lines, in the order given; a handful of queries, however many there are."""
    papers = papers_of(unit, [row.id for row in rows])
    contacts = reference.rows_by_id(unit, m.Contact, [row.contact for row in rows])
    places = reference.rows_by_id(unit, m.Unit, [row.unit for row in rows])
    departments = reference.rows_by_id(unit, m.Department, [row.department for row in rows])
    externals = reference.rows_by_id(unit, m.ExternalUnit, [row.external_unit for row in rows])
    now = site.now()
    return tuple(
        _line(
            row,
            papers[row.id],
            where(places.get(row.unit), row.place),
            shown_name(actor, contacts[row.contact].caller_name),
            reference.named(externals.get(row.external_unit) or departments.get(row.department)),
            now,
        )
        for row in rows
    )


def _line(case: Any, papers: Sequence[Any], place: str, who: str, department: Named | None, now: datetime) -> CaseLine:
    state = CaseState(case.state)
    missing = cases.missing_steps(progress(case, papers)) if state is CaseState.OPEN else ()
    return CaseLine(
        id=case.id,
        record_no=case.record_no,
        number=_number(case, papers),
        content=case.content,
        where=place,
        who=who,
        route=Route(case.route),
        state=state,
        clock=clock_state(case, now),
        due_at=case.due_at,
        opened_at=case.opened_at,
        next_step=missing[0] if missing else None,
        department=department,
    )


def whole(unit: Unit, site: Site, actor: Actor, case_id: int) -> CaseView:
    """A case with everything that belongs to it, masked for the actor.

    Raises:
        NotFound: there is no such case.
    """
    case = unit.get(m.Case, case_id)
    contact = unit.get(m.Contact, case.contact)
    place = None if case.unit is None else unit.get(m.Unit, case.unit)
    papers = papers_of(unit, [case.id])[case.id]
    stands = progress(case, papers)
    return CaseView(
        id=case.id,
        version=case.version,
        record_no=case.record_no,
        kind=MatterKind(case.kind),
        channel=Channel(contact.channel),
        content=case.content,
        where=where(place, case.place),
        caller=shown_name(actor, contact.caller_name),
        phone=mask_phone(phone_to_call(unit, case, contact)),
        verification=Verification(contact.verification),
        urgency=Urgency(case.urgency),
        wanted=case.wanted,
        state=stands.state,
        route=routes.kept_view(unit, newest_decision(unit, case.id), case.due_at),
        clock=clock_state(case, site.now()),
        opened_at=case.opened_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
        papers=_papers(unit, papers),
        events=_events(unit, case.id),
        demands=cases.demands(stands),
        actions=cases.allowed(stands),
        reopened=case.reopened,
    )


def phone_to_call(unit: Unit, case: Any, contact: Any) -> str:
    """The number under which a case's customer is reached, whole: the one given, that of the call, the registered one.

    For paper, where whoever goes there must be able to call first, and for masking; screens get it masked.
    """
    return str(case.contact_phone or contact.number_normal or callers.main_number(unit, case.person))


def newest_decision(unit: Unit, case_id: int) -> Any:
    """The route decision that holds."""
    query = m.RouteDecision.select().where(m.RouteDecision.case == case_id).order_by(m.RouteDecision.id.desc())
    return unit.one(query)


def printings_of(unit: Unit, paper_ids: Sequence[int]) -> dict[int, int]:
    """How often each paper has been printed, failures left out."""
    found: dict[int, int] = defaultdict(int)
    if paper_ids:
        counted = m.Printing.paper.in_(paper_ids) & m.Printing.state.in_(list(COUNTS_AS_PRINTED))
        for row in unit.all(m.Printing.select(m.Printing.paper).where(counted)):
            found[row.paper] += 1
    return found


def _papers(unit: Unit, rows: Sequence[Any]) -> tuple[PaperView, ...]:
    printings = printings_of(unit, [row.id for row in rows])
    return tuple(
        PaperView(
            id=row.id,
            kind=PaperKind(row.kind),
            number=row.number,
            state=PaperState(row.state),
            issued_at=row.issued_at,
            printings=printings[row.id],
            printable=PaperKind(row.kind) in PRINTED_FORMS and row.state != PaperState.VOID,
        )
        for row in rows
    )


def _events(unit: Unit, case_id: int) -> tuple[EventView, ...]:
    """The timeline in the order in which it was entered."""
    query = m.CaseEvent.select().where(m.CaseEvent.case == case_id).order_by(m.CaseEvent.at, m.CaseEvent.id)
    return tuple(
        EventView(row.at, row.happened_at, row.kind, row.by_name, row.text, row.data) for row in unit.all(query)
    )
