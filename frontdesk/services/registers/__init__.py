"""登记簿: live lists with filters and figures, their form and their workbook (procedure 3, 4.1 - 4.4).

Reading a list leaves no trace; every list that leaves the program does: who, which register, which filter,
how many lines. What a person may not see on the screen is masked on paper and in the workbook too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.registers import FORMS, REGISTERS, LineState, RegisterKind
from frontdesk.services import paperwork, reference
from frontdesk.services.errors import ServiceError
from frontdesk.services.registers import query, rows, sheets, words
from frontdesk.services.site import Site
from frontdesk.services.views import Named, Sheet
from frontdesk.services.views.registers import (
    Batch,
    Figure,
    Heading,
    Place,
    RegisterChoices,
    RegisterFilter,
    RegisterOrder,
    RegisterPage,
    RegisterRow,
    RegisterSlice,
)
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

LARGEST_PAGE = 500
LARGEST_PRINT = 2000
COLUMNS = "register_columns"
NEWEST = RegisterOrder()


class HandedOver(StrEnum):
    """How a list left the program."""

    PRINT = "print"
    XLSX = "xlsx"


class TooManyLines(ServiceError):
    """More lines than go onto paper at once: `count` of `most`."""

    code = "too_many_lines"

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} of {LARGEST_PRINT}")
        self.count, self.most = count, LARGEST_PRINT


# --- looking ----------------------------------------------------------------------------------------------------------


def page(
    site: Site,
    actor: Actor,
    kind: RegisterKind,
    chosen: RegisterFilter,
    order: RegisterOrder = NEWEST,
    offset: int = 0,
    limit: int = 100,
) -> RegisterPage:
    """Lines of a register from an offset on, with what all lines of the filter come to.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        found = query.groups(unit, site, actor, kind, chosen)
        keys = query.ids(unit, site, actor, kind, chosen, order, offset, min(limit, LARGEST_PAGE))
        made = RegisterSlice(kind, chosen, order, offset, rows.made(unit, site, actor, kind, keys))
        return RegisterPage(made, query.counted(found, chosen), query.figures(found, chosen))


def lines(
    site: Site,
    actor: Actor,
    kind: RegisterKind,
    chosen: RegisterFilter,
    order: RegisterOrder = NEWEST,
    offset: int = 0,
    limit: int = 100,
) -> RegisterSlice:
    """The same without the figures: what a list asks for while it is scrolled.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        keys = query.ids(unit, site, actor, kind, chosen, order, offset, min(limit, LARGEST_PAGE))
        return RegisterSlice(kind, chosen, order, offset, rows.made(unit, site, actor, kind, keys))


def choices(site: Site, actor: Actor) -> RegisterChoices:
    """What the lines can be narrowed down to.

    Raises:
        Forbidden: the actor may not see cases.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        return RegisterChoices(
            _named(unit, m.Building, m.Building.position, m.Building.code),
            _named(unit, m.Department, m.Department.position),
            _named(unit, m.ExternalUnit, m.ExternalUnit.code),
        )


def _named(unit: Unit, model: Any, *order: Any) -> tuple[Named, ...]:
    return tuple(Named(row.id, row.name_zh, row.name_en) for row in unit.all(model.select().order_by(*order, model.id)))


def my_columns(site: Site, actor: Actor) -> Mapping[RegisterKind, tuple[str, ...]]:
    """The columns that the actor has chosen for each register; those of a register never changed are the table's."""
    with site.store.read() as unit:
        kept: Mapping[str, Sequence[str]] = unit.get(m.Account, actor.id).settings.get(COLUMNS, {})
    return {kind: _known(kind, kept.get(kind.value, ())) or _usual(kind) for kind in RegisterKind}


def keep_my_columns(
    site: Site, actor: Actor, kind: RegisterKind, keys: Sequence[str]
) -> Mapping[RegisterKind, tuple[str, ...]]:
    """Keeps the actor's columns of a register, in the table's order; none at all means the usual ones."""
    with site.store.write() as unit:
        settings = unit.get(m.Account, actor.id).settings
        kept = {**settings.get(COLUMNS, {}), kind.value: list(_known(kind, keys))}
        unit.change(m.Account, actor.id, settings={**settings, COLUMNS: kept})
    return my_columns(site, actor)


def _known(kind: RegisterKind, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(column.key for column in REGISTERS[kind] if column.key in keys)


def _usual(kind: RegisterKind) -> tuple[str, ...]:
    return tuple(column.key for column in REGISTERS[kind] if column.shown)


# --- taking lists out -------------------------------------------------------------------------------------------------


def batch(
    site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter, after: Place | None = None, limit: int = 500
) -> Batch:
    """The next lines by time, oldest first, as paper and workbook have them.

    Raises:
        Forbidden: the actor may not print.
    """
    access.require(actor, Permission.SEE_CASES)
    access.require(actor, Permission.PRINT)
    with site.store.read() as unit:
        keys, more = query.ids_after(unit, site, actor, kind, chosen, after, limit)
        return Batch(rows.made(unit, site, actor, kind, keys), more)


def hand_over(
    site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter, how: HandedOver, language: str
) -> Heading:
    """Puts on record that a list leaves the program, and says what stands around its lines.

    Raises:
        Forbidden: the actor may not print.
        TooManyLines: for paper.
    """
    access.require(actor, Permission.SEE_CASES)
    access.require(actor, Permission.PRINT)
    with site.store.write() as unit:
        found = query.groups(unit, site, actor, kind, chosen)
        count = query.counted(found, chosen)
        if how is HandedOver.PRINT and count > LARGEST_PRINT:
            raise TooManyLines(count)
        detail = {"how": how, "rows": count, "language": language, "filter": _on_record(chosen)}
        unit.audit(actor, "register.handed_over", f"register:{kind.value}", detail, chosen.text.strip())
        narrowed = replace(chosen, state=LineState.ALL, only=None, route=None, remark=None) != chosen
        figures = [Figure(LineState.ALL, count, chosen)] if narrowed else query.figures(found, chosen)
        return _heading(unit, site, actor, kind, chosen, figures, language)


def _on_record(chosen: RegisterFilter) -> dict[str, object]:
    """A filter for the audit trail; words that were searched for may name somebody, and stand apart."""
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in asdict(chosen).items()}
    return {**told, "text": bool(chosen.text.strip())}


def _heading(
    unit: Unit, site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter,
    figures: Sequence[Figure], language: str,
) -> Heading:  # fmt: skip
    name = str(reference.setting(unit, reference.NAME, ""))
    now = site.now()
    return Heading(
        site_name=name,
        company=str(reference.setting(unit, reference.COMPANY, "") or name),
        title=words.word(kind, language),
        period=words.period(chosen.since, chosen.until, language),
        scope=_scope(unit, chosen, language),
        made=f"{actor.name} {site.local(now):%Y-%m-%d %H:%M}".strip(),
        totals=words.BETWEEN.join(words.figure(one, language) for one in figures if one.count or len(figures) == 1),
        made_at=now,
        language=language,
        zone=site.zone.key,
    )


def _scope(unit: Unit, chosen: RegisterFilter, language: str) -> str:
    """The filter in words."""
    rows_of = ((m.Building, chosen.building_id), (m.Department, chosen.department_id),
               (m.ExternalUnit, chosen.external_id))  # fmt: skip
    named = [reference.named(unit.get(model, key)) for model, key in rows_of if key is not None]
    state = None if chosen.state is LineState.ALL else chosen.state
    codes = [code for code in (state, chosen.route, chosen.remark, chosen.only) if code]
    text = chosen.text.strip()
    parts = [one.name if words.is_chinese(language) or not one.name_en else one.name_en for one in named if one]
    parts += [words.word(code, language) for code in codes]
    parts += [f"“{text}”"] if text else []
    return words.BETWEEN.join(parts) or ("全部" if words.is_chinese(language) else "All")


def rendered(folder: Path, kind: RegisterKind, heading: Heading, found: Sequence[RegisterRow]) -> Sheet:
    """The lines as the register's form, with the templates of the site in `folder`; touches no database.

    Raises:
        CannotRender: the form cannot be made.
    """
    values = sheets.form_values(kind, heading, found)
    bilingual = not words.is_chinese(heading.language)
    return paperwork.render_in(folder, FORMS[kind], values, heading.language, bilingual=bilingual)


def print_register(site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter, language: str) -> Sheet:
    """The register as a PDF: in Chinese, or in English with Chinese beside it; on record.

    Raises:
        Forbidden: the actor may not print.
        TooManyLines: more than go onto paper at once.
        CannotRender: the form cannot be made.
    """
    heading = hand_over(site, actor, kind, chosen, HandedOver.PRINT, language)
    return rendered(site.folder, kind, heading, list(_every(site, actor, kind, chosen)))


def export_xlsx(site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter, language: str) -> bytes:
    """The register as a workbook; on record.

    Raises:
        Forbidden: the actor may not print.
    """
    heading = hand_over(site, actor, kind, chosen, HandedOver.XLSX, language)
    book = sheets.Workbook(kind, heading)
    book.add(_every(site, actor, kind, chosen))
    return book.finish()


def _every(site: Site, actor: Actor, kind: RegisterKind, chosen: RegisterFilter) -> Iterator[RegisterRow]:
    after: Place | None = None
    while True:
        found = batch(site, actor, kind, chosen, after)
        yield from found.rows
        if found.after is None:
            return
        after = found.after
