"""Stored cases as what an actor may see of them: lines of lists, and the whole case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from frontdesk.domain import cases
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import CaseState, PaperProgress, Progress
from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.paper import BY_CUSTOMER, COUNTS_AS_PRINTED, PRINTED_FORMS, Mark, PaperKind, PaperState
from frontdesk.domain.people import Verification, mask_name, mask_phone
from frontdesk.domain.routing import MatterKind, Place, Remark, Route
from frontdesk.services import callers, case_course_views, clocks, reference, routes
from frontdesk.services.site import Site
from frontdesk.services.views import CaseLine, CaseView, Channel, EventView, JoinedView, Named, PaperView
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

UNDO_WITHIN = timedelta(minutes=10)


def papers_of(unit: Unit, case_ids: Iterable[int]) -> dict[int, list[Any]]:
    """The papers of each case, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = list(case_ids)
    if wanted:
        for row in unit.all(m.Paper.select().where(m.Paper.case.in_(wanted)).order_by(m.Paper.id)):
            found[row.case].append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What other tables hold of cases, each by its case's id; marks by their paper's."""

    papers: dict[int, list[Any]]
    marks: dict[int, list[Any]]
    in_force: dict[int, list[Any]]
    joined: Counter[int]


def _around(unit: Unit, rows: Sequence[Any]) -> _Around:
    ids = [row.id for row in rows]
    papers = papers_of(unit, ids)
    marks = case_course_views.marks_of(unit, [paper.id for each in papers.values() for paper in each])
    return _Around(papers, marks, decisions_in_force(unit, ids), case_course_views.joined_counts(unit, ids))


def progress_of(unit: Unit, site: Site, case: Any) -> Progress:
    """What has happened to one stored case, as the rules ask for it."""
    return progresses(unit, site, [case])[case.id]


def progresses(unit: Unit, site: Site, rows: Sequence[Any]) -> dict[int, Progress]:
    """What has happened to each of these cases; a handful of queries, however many there are."""
    return _progresses(unit, site, rows, _around(unit, rows))


def _progresses(unit: Unit, site: Site, rows: Sequence[Any], there: _Around) -> dict[int, Progress]:
    followed = case_course_views.followed_up(unit, [row.id for row in rows])
    mains = reference.rows_by_id(unit, m.Case, [row.joined_to for row in rows])
    now = site.now()
    return {
        row.id: Progress(
            state=CaseState(row.state),
            routes=tuple(Route(each.route) for each in there.in_force[row.id]) or (Route(row.route),),
            papers=tuple(_paper_progress(paper, there.marks[paper.id]) for paper in there.papers[row.id]),
            result_written=row.result_at is not None,
            told=row.told_at is not None,
            followed_up=row.id in followed,
            main_over=_over(mains.get(row.joined_to)),
            standing_still=row.paused_at is not None or (row.deferred_until is not None and now < row.deferred_until),
            clock_runs=row.due_at is not None and row.paused_at is None and now <= row.due_at,
            has_joined=there.joined[row.id] > 0,
            undoable=row.closed_at is not None and now - row.closed_at <= UNDO_WITHIN,
        )
        for row in rows
    }


def _paper_progress(paper: Any, marks: Sequence[Any]) -> PaperProgress:
    return PaperProgress(PaperKind(paper.kind), PaperState(paper.state), frozenset(Mark(each.mark) for each in marks))


def _over(main: Any) -> bool:
    """The case that another was joined to has come to its result."""
    return main is not None and (main.result_at is not None or main.state == CaseState.COMPLETED)


def shown_name(actor: Actor, name: str) -> str:
    """A customer's name as far as the actor needs it."""
    return name if actor.may(Permission.SEE_PEOPLE) else mask_name(name)


def signed_by(actor: Actor, mark: str, who: str) -> str:
    """Who set a mark on a paper; a customer's name only as far as the actor needs it."""
    return shown_name(actor, who) if who and mark in BY_CUSTOMER else who


def where(unit_row: Any, place: str) -> str:
    """The place of a matter in one line: `3栋2单元1201 · 厨房`."""
    label = unit_row.label if unit_row is not None else ""
    return " · ".join(part for part in (label, place) if part)


def _number(case: Any, papers: Sequence[Any]) -> str:
    """The number that people speak of: the newest paper's, else the register line's."""
    return str(papers[-1].number if papers else case.record_no)


def lines(unit: Unit, site: Site, actor: Actor, rows: Sequence[Any]) -> tuple[CaseLine, ...]:
    """Cases as lines, in the order given; a handful of queries, however many there are."""
    there = _around(unit, rows)
    stands = _progresses(unit, site, rows, there)
    contacts = reference.rows_by_id(unit, m.Contact, [row.contact for row in rows])
    places = reference.rows_by_id(unit, m.Unit, [row.unit for row in rows])
    departments = reference.rows_by_id(unit, m.Department, [row.department for row in rows])
    externals = reference.rows_by_id(unit, m.ExternalUnit, [row.external_unit for row in rows])
    now = site.now()
    return tuple(
        CaseLine(
            id=row.id,
            record_no=row.record_no,
            number=_number(row, there.papers[row.id]),
            content=row.content,
            where=where(places.get(row.unit), row.place),
            who=shown_name(actor, contacts[row.contact].caller_name),
            route=Route(row.route),
            state=CaseState(row.state),
            clock=clocks.state(row, now),
            due_at=row.due_at,
            opened_at=row.opened_at,
            next_step=_next_step(stands[row.id]),
            department=reference.named(externals.get(row.external_unit) or departments.get(row.department)),
            remark=Remark(row.remark),
            kind=MatterKind(row.kind),
            reopened=row.reopened,
            joined=there.joined[row.id],
        )
        for row in rows
    )


def _next_step(stands: Progress) -> Any:
    missing = cases.missing_steps(stands) if stands.state is CaseState.OPEN else ()
    return missing[0] if missing else None


def whole(unit: Unit, site: Site, actor: Actor, case_id: int) -> CaseView:
    """A case with everything that belongs to it, masked for the actor.

    Raises:
        NotFound: there is no such case.
    """
    case = unit.get(m.Case, case_id)
    contact = unit.get(m.Contact, case.contact)
    place = None if case.unit is None else unit.get(m.Unit, case.unit)
    there = _around(unit, [case])
    stands = _progresses(unit, site, [case], there)[case.id]
    rules = reference.rules(unit)
    timing = clocks.view(unit, site, case, rules)
    ways = tuple(
        case_course_views.route_line(site, row, routes.kept_view(unit, row, case.due_at), rules, stands.state)
        for row in there.in_force[case.id]
    )
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
        route=ways[0].view,
        clock=timing.state,
        opened_at=case.opened_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
        papers=_papers(unit, actor, there.papers[case.id], there.marks, stands),
        events=_events(unit, actor, case.id),
        demands=cases.demands(stands),
        actions=cases.allowed(stands),
        reopened=case.reopened,
        remark=Remark(case.remark),
        place_kind=Place(case.place_kind) if case.place_kind else None,
        chargeable=case.chargeable,
        result=case.result,
        no_reply_reason=case.no_reply_reason,
        routes=ways,
        timing=timing,
        chases=case_course_views.chases(unit, case.id),
        pictures=case_course_views.pictures(unit, case.id),
        entries=case_course_views.entries(unit, case.id),
        follow_up=case_course_views.follow_up(unit, case.id),
        joined=_others(unit, actor, m.Case.select().where(m.Case.joined_to == case.id)),
        joined_to=_other(unit, actor, case.joined_to),
        earlier=_other(unit, actor, case.earlier),
        level=case.level,
        level_whom=_level_whom(unit, case.level),
        refused=bool(case.facts.get("refused")),
    )


def _level_whom(unit: Unit, level: int) -> Named | None:
    """Whom a complaint's level wants told (procedure 4.3); None while it has gone up to none."""
    row = unit.one(m.EscalationLevel.select().where(m.EscalationLevel.level == level)) if level else None
    return None if row is None else Named(row.id, row.whom_zh, row.whom_en)


def _others(unit: Unit, actor: Actor, query: Any) -> tuple[JoinedView, ...]:
    rows = unit.all(query.order_by(m.Case.id))
    contacts = reference.rows_by_id(unit, m.Contact, [row.contact for row in rows])
    places = reference.rows_by_id(unit, m.Unit, [row.unit for row in rows])
    return tuple(
        JoinedView(
            case_id=row.id,
            record_no=row.record_no,
            who=shown_name(actor, contacts[row.contact].caller_name),
            where=where(places.get(row.unit), row.place),
            told=row.told_at is not None,
            state=CaseState(row.state),
        )
        for row in rows
    )


def _other(unit: Unit, actor: Actor, case_id: int | None) -> JoinedView | None:
    return None if case_id is None else _others(unit, actor, m.Case.select().where(m.Case.id == case_id))[0]


def phone_to_call(unit: Unit, case: Any, contact: Any) -> str:
    """The number under which a case's customer is reached, whole: the one given, that of the call, the registered one.

    For paper, where whoever goes there must be able to call first, and for masking; screens get it masked.
    """
    return str(case.contact_phone or contact.number_normal or callers.main_number(unit, case.person))


def newest_decision(unit: Unit, case_id: int) -> Any:
    """The route decision that holds."""
    query = m.RouteDecision.select().where(m.RouteDecision.case == case_id).order_by(m.RouteDecision.id.desc())
    return unit.one(query)


def decisions_in_force(unit: Unit, case_ids: Iterable[int]) -> dict[int, list[Any]]:
    """The route decisions of each case that nothing has replaced, newest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = list(case_ids)
    if wanted:
        holds = m.RouteDecision.case.in_(wanted) & m.RouteDecision.replaced_at.is_null()
        for row in unit.all(m.RouteDecision.select().where(holds).order_by(m.RouteDecision.id.desc())):
            found[row.case].append(row)
    return found


def printings_of(unit: Unit, paper_ids: Sequence[int]) -> dict[int, int]:
    """How often each paper has been printed, failures left out."""
    found: dict[int, int] = defaultdict(int)
    if paper_ids:
        counted = m.Printing.paper.in_(paper_ids) & m.Printing.state.in_(list(COUNTS_AS_PRINTED))
        for row in unit.all(m.Printing.select(m.Printing.paper).where(counted)):
            found[row.paper] += 1
    return found


def _papers(
    unit: Unit, actor: Actor, rows: Sequence[Any], marks: dict[int, list[Any]], stands: Progress
) -> tuple[PaperView, ...]:
    printings = printings_of(unit, [row.id for row in rows])
    by = reference.rows_by_id(unit, m.Account, [mark.by for row in rows for mark in marks[row.id]])
    is_open = stands.state is CaseState.OPEN
    return tuple(
        PaperView(
            id=row.id,
            kind=PaperKind(row.kind),
            number=row.number,
            state=PaperState(row.state),
            issued_at=row.issued_at,
            printings=printings[row.id],
            printable=PaperKind(row.kind) in PRINTED_FORMS and row.state != PaperState.VOID,
            due_at=row.due_at,
            marks=tuple(
                case_course_views.mark_view(mark, signed_by(actor, mark.mark, mark.who), by[mark.by].name)
                for mark in marks[row.id]
            ),
            open_marks=cases.open_marks(_paper_progress(row, marks[row.id])) if is_open else (),
            details=row.details,
        )
        for row in rows
    )


def _events(unit: Unit, actor: Actor, case_id: int) -> tuple[EventView, ...]:
    """The timeline in the order in which it was entered."""
    query = m.CaseEvent.select().where(m.CaseEvent.case == case_id).order_by(m.CaseEvent.at, m.CaseEvent.id)
    return tuple(
        EventView(row.at, row.happened_at, row.kind, row.by_name, row.text, _shown(actor, row.data))
        for row in unit.all(query)
    )


def _shown(actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """What a line of the timeline carries, with a customer's signature as far as the actor may know it."""
    return {**data, "who": signed_by(actor, data["mark"], data["who"])} if "mark" in data and "who" in data else data
