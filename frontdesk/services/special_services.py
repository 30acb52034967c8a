"""特约服务: the price list, a quote from it, and the charge (procedure 4.4; domain section 5)."""

from __future__ import annotations

from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action
from frontdesk.domain.paper import Mark, PaperKind
from frontdesk.services import case_acts, case_marks, inputs
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import BadInput, NotFound, Problem
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, MarkDone, PriceView, QuoteLine
from frontdesk.storage import models as m

MOST_PRICES = 200
MOST_LINES = 40
LARGEST_FEN = 100_000_000_00  # a hundred million yuan: what is more has been mistyped


def prices(site: Site, actor: Actor, text: str = "") -> tuple[PriceView, ...]:
    """The price list, or the items in whose name or code the text stands.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    wanted = text.strip()
    with site.store.read() as unit:
        query = m.PriceItem.select().where(m.PriceItem.active)
        if wanted:
            named = m.PriceItem.name_zh.contains(wanted) | m.PriceItem.name_en.contains(wanted)
            query = query.where(named | m.PriceItem.code.contains(wanted))
        rows = unit.all(query.order_by(m.PriceItem.position, m.PriceItem.id).limit(MOST_PRICES))
        return tuple(PriceView(row.id, row.code, row.name_zh, row.name_en, row.per, row.price_fen) for row in rows)


def quote(
    site: Site, actor: Actor, case_id: int, version: int, paper_id: int, lines: tuple[QuoteLine, ...]
) -> CaseView:
    """Puts the offered price on the order; it stays as offered, whatever becomes of the price list.

    Raises:
        Forbidden, NotFound, EditConflict
        BadInput: no line, one without a name or price, or too much of either.
        NotAllowed: the case is closed, or the price is offered already.
    """
    access.require(actor, Permission.WORK_CASES)
    kept = [_cleaned(line) for line in lines[: MOST_LINES + 1]]
    if not kept or len(kept) > MOST_LINES:
        raise BadInput("lines", Problem.EMPTY if not kept else Problem.TOO_LONG)
    with site.store.write() as unit:
        act, _ = case_acts.begin(unit, site, actor, case_id, version, Action.MARK)
        paper = _order(act, paper_id)
        total = sum(line.amount_fen for line in lines)
        unit.change(m.Paper, paper_id, details={**paper.details, "lines": kept, "total_fen": total})
        case_marks.set_one(act, paper, MarkDone(Mark.QUOTED, act.at), priced=True)
        return case_acts.end(act)


def _cleaned(line: QuoteLine) -> dict[str, Any]:
    name = inputs.line("name", line.name, needed=True)
    if line.price_fen < 0 or line.quantity <= 0 or line.amount_fen > LARGEST_FEN:
        raise BadInput("price", Problem.UNKNOWN)
    return {
        "code": line.code,
        "name": name,
        "per": inputs.line("per", line.per),
        "price_fen": line.price_fen,
        "quantity": line.quantity,
        "amount_fen": line.amount_fen,
    }


def _order(act: Act, paper_id: int) -> Any:
    papers = (paper for paper in case_acts.papers(act) if paper.kind == PaperKind.SPECIAL_SERVICE_ORDER)
    found = next((paper for paper in papers if paper.id == paper_id), None)
    if found is None:
        raise NotFound(table="paper", key=paper_id)
    return found


def charge(
    site: Site, actor: Actor, case_id: int, version: int, paper_id: int, amount_fen: int, how: str, note: str = ""
) -> CaseView:
    """Records what the customer paid, and how; nothing may be charged with a reason.

    Raises:
        Forbidden, NotFound, EditConflict
        BadInput: the amount cannot be, it is not said how, or nothing was charged and no reason given.
        NotAllowed: the case is closed, or the charge is recorded already.
    """
    access.require(actor, Permission.WORK_CASES)
    if not 0 <= amount_fen <= LARGEST_FEN:
        raise BadInput("amount", Problem.UNKNOWN)
    way = inputs.line("how", how, needed=amount_fen > 0)
    why = inputs.text("note", note, needed=amount_fen == 0)
    with site.store.write() as unit:
        act, _ = case_acts.begin(unit, site, actor, case_id, version, Action.MARK)
        paper = _order(act, paper_id)
        unit.change(m.Paper, paper_id, details={**paper.details, "charged_fen": amount_fen, "how": way})
        case_marks.set_one(act, paper, MarkDone(Mark.CHARGED, act.at, note=why), priced=True)
        act.audit("paper.charged", {"paper": paper_id, "fen": amount_fen})
        return case_acts.end(act)
