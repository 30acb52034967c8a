"""Paper: rendering a form, keeping exactly what went to the printer, and what is known of its printing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.paper import COPIES, COUNTS_AS_PRINTED, Copy, PaperKind, PaperState, PrintState
from frontdesk.services import case_views, inputs, reference
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import ServiceError
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, Channel, EventKind, InvitationView, Printable, Sheet
from frontdesk.storage import models as m
from frontdesk.storage import sitefile
from frontdesk.storage.unit import Unit

if TYPE_CHECKING:
    from frontdesk.forms.render import Rendered

MEDIA = "application/pdf"

# The form's three priorities against the three urgencies of a matter.
_PRIORITY = {Urgency.NORMAL: "normal", Urgency.SOON: "urgent", Urgency.URGENT: "emergency"}
_PAID = {True: "paid", False: "free", None: ""}


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing wrong with a form: in which file and line, at which field; `problem` is a word of `forms.reader`."""

    file: str
    line: int
    field: str
    problem: str


class CannotRender(ServiceError):
    """No form: `fonts_missing`, `form_missing`, `form_broken` (`faults` say where), or `unprintable` (`characters`)."""

    def __init__(self, code: str, characters: str = "", faults: tuple[FormFault, ...] = ()) -> None:
        super().__init__(f"{code} {characters}".strip())
        self.code = code
        self.characters = characters
        self.faults = faults


class NothingRendered(ServiceError):
    """A printing is reported of a paper that was never rendered."""

    code = "nothing_rendered"


# --- papers of cases -------------------------------------------------------------------------------------------------


def render_paper(
    site: Site, actor: Actor, paper_id: int, language: str = "zh_CN", *, copies: Sequence[Copy] | None = None
) -> Printable:
    """The paper as it goes to the printer, all copies or those asked for; kept as a blob, with its template's version.

    Once it has been printed, every further rendering says 补打.

    Raises:
        Forbidden: the actor may not print.
        CannotRender: the form cannot be made.
        NotFound: there is no such paper.
    """
    access.require(actor, Permission.PRINT)
    with site.store.read() as unit:
        paper = unit.get(m.Paper, paper_id)
        values = _values(unit, site, paper)
        reprint = case_views.printings_of(unit, [paper_id])[paper_id] > 0
    chosen = tuple(COPIES[PaperKind(paper.kind)] if copies is None else copies)
    made = _render(
        site.folder, paper.kind, values, language, chosen, reprint=reprint, void=paper.state == PaperState.VOID
    )
    blob = site.blobs.put(made.pdf, MEDIA)
    with site.store.write() as unit:
        _keep_rendering(unit, site, actor, _Rendering(paper_id, chosen, made, blob, reprint))
    return Printable(paper_id, paper.number, PaperKind(paper.kind), made.pdf, made.pages, reprint)


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One rendering of a paper, to be kept."""

    paper_id: int
    copies: tuple[Copy, ...]
    made: Rendered
    blob: str
    reprint: bool


def _keep_rendering(unit: Unit, site: Site, actor: Actor, rendering: _Rendering) -> None:
    """Keeps what was rendered; looking at a paper again replaces what nobody has printed yet."""
    kept = site.blobs.keep(unit, rendering.blob)
    waiting = (m.Printing.paper == rendering.paper_id) & (m.Printing.state == PrintState.RENDERED)
    replaced = [row.blob for row in unit.all(m.Printing.select().where(waiting))]
    unit.run(m.Printing.delete().where(waiting))
    unit.add(
        m.Printing,
        paper=rendering.paper_id,
        at=site.now(),
        by=actor.id,
        copies=list(rendering.copies),
        pages=rendering.made.pages,
        blob=kept,
        sha256=hashlib.sha256(rendering.made.pdf).hexdigest(),
        template_version=rendering.made.template_version,
        state=PrintState.RENDERED,
        reprint=rendering.reprint,
    )
    in_use = m.Printing.select(m.Printing.blob)
    unit.run(m.Blob.delete().where(m.Blob.id.in_(replaced) & m.Blob.id.not_in(in_use)))  # its file is swept as a stray


def record_printing(
    site: Site, actor: Actor, paper_id: int, printer: str, copies: Sequence[Copy] | None, state: PrintState
) -> CaseView:
    """Records what became of the newest rendering: handed to the printer, seen on paper, or not come out.

    SENT opens a printing; PRINTED and FAILED settle the newest one that was sent, or record one in a single step. A
    paper whose only printing failed is to be printed again. `copies` None means all that were rendered.

    Raises:
        Forbidden: the actor may not print.
        NothingRendered: the paper has not been rendered.
        NotFound: there is no such paper.
    """
    access.require(actor, Permission.PRINT)
    device = inputs.line("printer", printer)
    with site.store.write() as unit:
        paper = unit.get(m.Paper, paper_id)
        act = Act(unit, site, actor, int(paper.case), site.now())
        printing = _to_settle(unit, paper_id, state)
        kept = printing.copies if copies is None else list(copies)
        unit.change(
            m.Printing,
            printing.id,
            at=act.at,
            by=actor.id,
            printer=device or printing.printer,
            copies=kept,
            state=state,
            settled_at=None if state is PrintState.SENT else act.at,
        )
        _move_paper(unit, paper)
        detail = {"paper": paper_id, "number": paper.number, "state": state, "sha256": printing.sha256}
        act.audit("paper.printing", {**detail, "reprint": printing.reprint, "copies": kept})
        if printing.state == PrintState.RENDERED and state in COUNTS_AS_PRINTED:
            act.note(EventKind.PRINTED, paper.number, paper_id=paper_id, data={"reprint": printing.reprint})
        act.announce()
        return case_views.whole(unit, site, actor, act.case_id)


def _to_settle(unit: Unit, paper_id: int, state: PrintState) -> Any:
    """The printing that a report is about; raises NothingRendered."""
    query = m.Printing.select().where(m.Printing.paper == paper_id).order_by(m.Printing.id.desc())
    sent = None if state is PrintState.SENT else unit.one(query.where(m.Printing.state == PrintState.SENT))
    rendered = unit.one(query.where(m.Printing.state == PrintState.RENDERED))
    found = sent or rendered
    if found is None:
        raise NothingRendered
    return found


def _move_paper(unit: Unit, paper: Any) -> None:
    """A paper is printed once a printing counts, and issued again when none does; an ended one stays ended."""
    printed = case_views.printings_of(unit, [paper.id])[paper.id] > 0
    if paper.state in (PaperState.ISSUED, PaperState.PRINTED):
        unit.change(m.Paper, paper.id, state=PaperState.PRINTED if printed else PaperState.ISSUED)


def _values(unit: Unit, site: Site, paper: Any) -> dict[str, object]:
    """What a work order says (procedure 4.1.1); what the technician fills in stays blank until it has come back."""
    case = unit.get(m.Case, paper.case)
    contact = unit.get(m.Contact, case.contact)
    place = None if case.unit is None else unit.get(m.Unit, case.unit)
    component = None if case.component is None else unit.get(m.Component, case.component)
    return {
        **_heading(unit),
        "number": paper.number,
        "code": paper.code,
        "source": Channel(contact.channel).value,
        "record_no": case.record_no,
        "received_at": site.local(case.opened_at),
        "requester": contact.caller_name,
        "phone": case_views.phone_to_call(unit, case, contact),
        "location": case_views.where(place, case.place),
        "component": component.name_zh if component is not None else "",
        "appointment": case.wanted,
        "fault": case.content,
        "priority": _PRIORITY[Urgency(case.urgency)],
        "paid": _PAID[case.chargeable],
        "dispatched_by": unit.get(m.Account, paper.issued_by).name,
        "dispatched_at": site.local(paper.issued_at),
        "due_at": site.local(paper.due_at) if paper.due_at else None,
        "work_done": case.result if paper.state == PaperState.RETURNED else "",
        "returned_at": site.local(paper.returned_at) if paper.returned_at else None,
    }


def _heading(unit: Unit) -> dict[str, object]:
    """What stands above a title; where no company was named, the site's own name."""
    name = reference.setting(unit, reference.NAME, "")
    return {"site_name": name, "company": reference.setting(unit, reference.COMPANY, "") or name}


# --- sheets without a number -----------------------------------------------------------------------------------------


def render_recovery_sheet(site: Site, actor: Actor, recovery_code: str, account: str, language: str = "zh_CN") -> Sheet:
    """The sheet that goes into the safe: the recovery code on paper. It is printed, and kept nowhere.

    Raises:
        Forbidden: the actor may not manage the site.
        CannotRender: the form cannot be made.
    """
    access.require(actor, Permission.MANAGE_SITE)
    with site.store.write() as unit:
        values = {**_heading(unit), "made_on": site.today(), "account": account, "recovery_code": recovery_code}
        unit.audit(actor, "recovery_sheet.rendered", "site:1", {})
    made = _render(site.folder, "recovery_sheet", values, language)
    return Sheet(made.pdf, made.pages)


def render_invitation(site: Site, actor: Actor, invitation_id: int, language: str = "zh_CN") -> Sheet:
    """An invitation to hand over: its QR code, where to go and when.

    Raises:
        Forbidden: the actor may not invite.
        CannotRender: the form cannot be made.
        NotFound: there is no such invitation.
    """
    from frontdesk.services.invitations import invitation

    view: InvitationView = invitation(site, actor, invitation_id)
    with site.store.write() as unit:
        values = {
            **_heading(unit),
            "visitor": view.visitor,
            "area": view.area.name if language.startswith("zh") else view.area.name_en or view.area.name,
            "from_at": site.local(view.valid_from),
            "until_at": site.local(view.valid_until),
            "plate": view.plate,
            "companions": str(view.companions) if view.companions else "",
            "code": view.code,
        }
        unit.audit(actor, "invitation.rendered", f"invitation:{invitation_id}", {})
    made = _render(site.folder, "invitation", values, language)
    return Sheet(made.pdf, made.pages)


def render_sheet(site: Site, kind: str, values: Mapping[str, object], language: str = "zh_CN") -> Sheet:
    """A form whose values its own service has put together, and put on record.

    Raises:
        CannotRender: the form cannot be made.
    """
    return render_in(site.folder, kind, values, language)


def render_in(
    folder: Path, kind: str, values: Mapping[str, object], language: str = "zh_CN", *, bilingual: bool = False
) -> Sheet:
    """The same for long lists, away from the database: all it needs is the site's folder, for templates of its own.

    Raises:
        CannotRender: the form cannot be made.
    """
    made = _render(folder, kind, values, language, bilingual=bilingual)
    return Sheet(made.pdf, made.pages)


def _render(
    folder: Path,
    kind: str,
    values: Mapping[str, object],
    language: str,
    copies: Sequence[Copy] | None = None,
    *,
    reprint: bool = False,
    void: bool = False,
    bilingual: bool = False,
) -> Rendered:
    """The form as PDF, by the site's own template if it has one; a broken one is told, never passed over.

    Raises:
        CannotRender
    """
    # Loading the typesetter takes a while, and most of the day nobody prints.
    from frontdesk.forms.fonts import FontsMissing, UnprintableCharacters
    from frontdesk.forms.paginate import TooTall
    from frontdesk.forms.render import NoSuchCopy, render
    from frontdesk.forms.template import NoSuchForm, TemplateBroken

    own = folder / sitefile.FORMS
    try:
        return render(
            kind, values, language=language, bilingual=bilingual, copies=copies, reprint=reprint, void=void,
            templates=own,
        )  # fmt: skip
    except FontsMissing as error:
        raise CannotRender("fonts_missing") from error
    except UnprintableCharacters as error:
        raise CannotRender("unprintable", "".join(error.characters)) from error
    except NoSuchForm as error:
        raise CannotRender("form_missing") from error
    except (TemplateBroken, NoSuchCopy, TooTall, OSError) as error:
        raise CannotRender("form_broken", faults=_faults(kind, error)) from error


def _faults(kind: str, error: Exception) -> tuple[FormFault, ...]:
    """What is wrong with a form's template, from what it raised."""
    from frontdesk.forms.render import NoSuchCopy
    from frontdesk.forms.template import TemplateBroken

    if isinstance(error, TemplateBroken):
        return tuple(FormFault(one.file.name, one.line, one.field, one.code) for one in error.problems)
    if isinstance(error, NoSuchCopy):
        return (FormFault(error.file.name, 1, error.name, "missing_copy"),)
    return (FormFault(f"{kind}.toml", 1, "", "unreadable" if isinstance(error, OSError) else "too_tall"),)
