"""Taking calls and walk-ins: who it may be, where the matter goes, putting it on record (procedure 3.1 - 3.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import peewee

from frontdesk.domain import access, people
from frontdesk.domain import cases as case_rules
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action, CaseState
from frontdesk.domain.paper import RECORD_SERIES, number
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Facts, MatterKind, Route
from frontdesk.services import callers, case_acts, case_routes, case_views, cases, drafts, inputs, routes
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, Problem
from frontdesk.services.routes import Judgement, Matter
from frontdesk.services.site import Site
from frontdesk.services.views import (
    CallDraft,
    CallerView,
    EventKind,
    Logged,
    MatterDraft,
    Overrule,
    RouteView,
    UnitView,
)
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

T = TypeVar("T")
DRAFT_KIND = "call"


# --- looking up ------------------------------------------------------------------------------------------------------


def find_callers(site: Site, actor: Actor, number: str) -> tuple[CallerView, ...]:
    """Who may be calling from a whole number, in any writing; nobody for a number that is not registered.

    Raises:
        Forbidden: the actor may not see people.
    """
    access.require(actor, Permission.SEE_PEOPLE)
    with site.store.read() as unit:
        return callers.caller_views(unit, callers.with_number(unit, number))


def find_people(site: Site, actor: Actor, text: str) -> tuple[CallerView, ...]:
    """People by name, unit in any writing, or a part of their number; at most twenty.

    Raises:
        Forbidden: the actor may not see people.
    """
    access.require(actor, Permission.SEE_PEOPLE)
    with site.store.read() as unit:
        return callers.caller_views(unit, callers.matching(unit, text))


def find_units(site: Site, actor: Actor, text: str) -> tuple[UnitView, ...]:
    """Units and common parts by name in any writing; at most twenty.

    Raises:
        Forbidden: the actor neither takes calls nor works with visits.
    """
    access.require_any(actor, Permission.TAKE_CALLS, Permission.SEE_VISITS)
    with site.store.read() as unit:
        return callers.unit_views(unit, callers.units_named(unit, text))


def reveal_phone(site: Site, actor: Actor, person_id: int, reason: str) -> str:
    """A person's number in full; who asked and why stands in the audit trail.

    Raises:
        Forbidden: the actor may not reveal numbers.
        BadInput: no reason is given.
        NotFound: there is no such person.
    """
    access.require(actor, Permission.REVEAL_PHONES)
    why = inputs.line("reason", reason, needed=True)
    with site.store.write() as unit:
        person = unit.get(m.Person, person_id)
        current = (m.Phone.person == person.id) & m.Phone.ended_on.is_null()
        rows = unit.all(m.Phone.select().where(current).order_by(m.Phone.main.desc(), m.Phone.id))
        unit.audit(actor, "phone.revealed", f"person:{person.id}", {"numbers": len(rows)}, why)
        return " / ".join(row.number for row in rows)


# --- where it will go ------------------------------------------------------------------------------------------------


def preview_route(site: Site, actor: Actor, matter: MatterDraft, unit_id: int | None = None) -> RouteView:
    """Where a matter would go as typed so far; `unit_id` is the caller's, used where the matter names no unit.

    Raises:
        Forbidden: the actor may not take calls.
        NotFound: a component, unit or department that it names is gone.
    """
    access.require(actor, Permission.TAKE_CALLS)
    with site.store.read() as unit:
        return routes.view(routes.judge(unit, site, _to_judge(matter, unit_id), site.now()))


def _to_judge(matter: MatterDraft, unit_id: int | None) -> Matter:
    facts = Facts(
        kind=matter.kind,
        duty=matter.duty,
        place=matter.place_kind,
        chargeable=matter.chargeable,
        needs_others=matter.needs_others,
        over_two_days=matter.over_two_days,
    )
    return Matter(
        facts=facts,
        component_id=matter.component_id,
        unit_id=matter.unit_id if matter.unit_id is not None else unit_id,
        urgency=matter.urgency,
        agreed_at=matter.agreed_at,
        department_id=matter.department_id,
        overrule=matter.overrule,
        joined=matter.joins_id is not None,
    )


# --- putting it on record --------------------------------------------------------------------------------------------


def log_call(site: Site, actor: Actor, draft: CallDraft) -> Logged:
    """Puts a call or walk-in on record: a register line, a route and its paper for each matter.

    Doing it again with the same token, at this desk or another, changes nothing and gives the same answer. The draft
    kept under the token is dropped in the same transaction.

    Raises:
        Forbidden: the actor may not take calls, or overrules a route without the right to.
        BadInput: no matter, one without content, an overruling without a reason, an agreed time that has passed.
        NotFound: somebody or something that it names is gone.
    """
    access.require(actor, Permission.TAKE_CALLS)
    call = _cleaned(site, actor, draft)
    return _once(
        site,
        lambda unit: _same_call(unit, call.token) or _put_on_record(unit, site, actor, call),
        lambda unit, contact_id: _logged(unit, site, actor, contact_id),
        call.token,
    )


def _once(site: Site, write: Callable[[Unit], int], read: Callable[[Unit, int], T], token: str) -> T:
    """Writes once for a token; where two desks write at the same instant, the later one reads what the first wrote."""
    try:
        with site.store.write() as unit:
            return read(unit, write(unit))
    except peewee.IntegrityError:
        with site.store.read() as unit:
            contact_id = _same_call(unit, token)
            if contact_id is None:
                raise
            return read(unit, contact_id)


def _same_call(unit: Unit, token: str) -> int | None:
    row = unit.one(m.Contact.select().where(m.Contact.token == token))
    return None if row is None else int(row.id)


def _logged(unit: Unit, site: Site, actor: Actor, contact_id: int) -> Logged:
    contact = unit.get(m.Contact, contact_id)
    rows = unit.all(m.Case.select().where(m.Case.contact == contact_id).order_by(m.Case.id))
    return Logged(contact.record_no, tuple(case_views.whole(unit, site, actor, row.id) for row in rows))


def _cleaned(site: Site, actor: Actor, draft: CallDraft) -> CallDraft:
    """The call with its texts ready to store; raises BadInput and Forbidden."""
    if not draft.matters:
        raise BadInput("matters", Problem.EMPTY)
    matters = tuple(_cleaned_matter(site, actor, matter, place) for place, matter in enumerate(draft.matters))
    return replace(
        draft,
        token=inputs.line("token", draft.token, needed=True),
        number=inputs.line("number", draft.number),
        caller_name=inputs.line("caller_name", draft.caller_name),
        started_at=inputs.happened("started_at", draft.started_at, site.now()),
        matters=matters,
    )


def _cleaned_matter(site: Site, actor: Actor, matter: MatterDraft, place: int) -> MatterDraft:
    try:
        overrule = _cleaned_overrule(actor, matter.overrule)
        if matter.agreed_at is not None and matter.agreed_at < site.now():
            raise BadInput("agreed_at", Problem.IN_PAST)
        return replace(
            matter,
            content=inputs.text("content", matter.content, needed=True),
            place=inputs.line("place", matter.place),
            wanted=inputs.line("wanted", matter.wanted),
            contact_phone=inputs.line("contact_phone", matter.contact_phone),
            answer=inputs.text("answer", matter.answer),
            overrule=overrule,
        )
    except BadInput as error:
        raise BadInput(error.field, error.problem, place) from error


def _cleaned_overrule(actor: Actor, overrule: Overrule | None) -> Overrule | None:
    if overrule is None:
        return None
    access.require(actor, Permission.OVERRULE_ROUTE)
    if overrule.route is Route.JOINED:  # only to another case, by naming it
        raise BadInput("overrule", Problem.UNKNOWN)
    return replace(overrule, reason=inputs.line("overrule", overrule.reason, needed=True))


def _put_on_record(unit: Unit, site: Site, actor: Actor, call: CallDraft) -> int:
    now, month = site.now(), site.month()
    numbers = [number(RECORD_SERIES, month, unit.number(RECORD_SERIES, month)) for _ in call.matters]
    person = None if call.person_id is None else unit.get(m.Person, call.person_id)
    contact_id = unit.add(
        m.Contact,
        token=call.token,
        record_no=numbers[0],
        channel=call.channel,
        number=call.number,
        number_normal=people.normalise_phone(call.number),
        caller_name=call.caller_name or (person.name if person else ""),
        resident_type=_relation(unit, call),
        person=call.person_id,
        unit=call.unit_id,
        verification=_verification(unit, call),
        started_at=call.started_at,
        ended_at=now,
        received_by=actor.id,
    )
    for record_no, matter in zip(numbers, call.matters, strict=True):
        _open_case(_Opening(unit, site, actor, now, contact_id, record_no), call, matter)
    drafts.forget(unit, actor, DRAFT_KIND, call.token)
    detail = {"channel": call.channel, "record_no": numbers[0], "matters": len(numbers)}
    unit.audit(actor, "call.logged", f"contact:{contact_id}", detail)
    return contact_id


def _relation(unit: Unit, call: CallDraft) -> str:
    if call.person_id is None or call.unit_id is None:
        return ""
    same = (m.Residency.person == call.person_id) & (m.Residency.unit == call.unit_id) & m.Residency.moved_out.is_null()
    row = unit.one(m.Residency.select().where(same))
    return str(row.relation) if row else ""


def _verification(unit: Unit, call: CallDraft) -> Verification:
    """How sure we are of the caller: a matching number is looked up here, never believed (domain section 1)."""
    if call.verification is Verification.VERIFIED and call.person_id is not None:
        return Verification.VERIFIED
    matches = call.person_id is not None and call.person_id in callers.with_number(unit, call.number)
    return Verification.NUMBER_MATCHES if matches else Verification.UNVERIFIED


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a new case is opened: the unit of work, the contact that brought it, its number."""

    unit: Unit
    site: Site
    actor: Actor
    at: datetime
    contact_id: int
    record_no: str


def _open_case(new: _Opening, call: CallDraft, matter: MatterDraft) -> None:
    to_judge = _to_judge(matter, call.unit_id)
    judgement = routes.judge(new.unit, new.site, to_judge, new.at)
    case_id = new.unit.add(m.Case, **_columns(new, call, matter, judgement), unit=to_judge.unit_id)
    act = Act(new.unit, new.site, new.actor, case_id, new.at)
    answered = judgement.decision.route is Route.ANSWERED and bool(matter.answer)
    aside = "" if answered else matter.answer
    act.note(EventKind.LOGGED, "\n".join(part for part in (matter.content, aside) if part), happened_at=call.started_at)
    beside = routes.beside(new.unit, new.site, to_judge, judgement)
    if beside is not None:  # first, so that the emergency is the newest way, which the lists show
        case_acts.put_in_force(act, beside)
    case_acts.put_in_force(act, judgement)
    _link(act, matter)
    if matter.refused:
        act.note(EventKind.REFUSED, matter.answer)
        act.audit("information.refused", {"verification": _verification(new.unit, call)}, matter.answer)
    if answered:
        _answer(act, matter.answer)
    act.announce()


def _columns(new: _Opening, call: CallDraft, matter: MatterDraft, judgement: Judgement) -> dict[str, Any]:
    """A new case's own row, but for its unit."""
    facts = routes.facts_kept(_to_judge(matter, call.unit_id).facts)
    return {
        "contact": new.contact_id,
        "record_no": new.record_no,
        "kind": matter.kind,
        "content": matter.content,
        "person": call.person_id,
        "place": matter.place,
        "place_kind": judgement.facts.place or "",
        "component": matter.component_id,
        "contact_phone": people.normalise_phone(matter.contact_phone) or matter.contact_phone,
        "urgency": matter.urgency,
        "wanted": matter.wanted,
        "chargeable": judgement.chargeable,
        "facts": {**facts, "refused": True} if matter.refused else facts,
        "state": CaseState.OPEN,
        "opened_at": new.at,
        "opened_by": new.actor.id,
        "joined_to": matter.joins_id,
        "earlier": matter.earlier_id,
        **case_acts.route_columns(judgement),
    }


def _link(act: Act, matter: MatterDraft) -> None:
    """Ties a new case to the one it is the same as, and to the one it comes back to (procedure 4.3, 4.5.1).

    A complaint about something that was struck off opens it again, so that it is seen to the end.
    """
    if matter.joins_id is not None:
        case_routes.require_joinable(act, matter.joins_id)
        case_routes.note_joined(act, matter.joins_id)
    if matter.earlier_id is None:
        return
    earlier, mine = act.unit.get(m.Case, matter.earlier_id), act.unit.get(m.Case, act.case_id)
    act.note(EventKind.LINKED, earlier.record_no, data={"earlier": matter.earlier_id})
    before = Act(act.unit, act.site, act.actor, matter.earlier_id, act.at)
    before.note(EventKind.LINKED, mine.record_no, data={"later": act.case_id})
    if matter.kind is MatterKind.COMPLAINT and earlier.state == CaseState.COMPLETED:
        act.unit.revise(m.Case, earlier.id, earlier.version)
        cases.open_again(before, earlier, mine.record_no)
    before.announce()


def _answer(act: Act, answer: str) -> None:
    """An answer given on the spot is result and reply in one, and strikes the line off (procedure, chapter 1)."""
    told: dict[str, Any] = {"result": answer, "result_at": act.at, "told_at": act.at}
    act.unit.change(m.Case, act.case_id, **told)
    act.note(EventKind.REPLY, answer)
    case = act.unit.get(m.Case, act.case_id)
    case_rules.require(case_views.progress_of(act.unit, act.site, case), Action.COMPLETE)
    case_acts.strike_off(act)
