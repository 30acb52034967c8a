"""Open cases that a new matter may be the same as: the same unit, or the same building's fault (procedure 4.5.1)."""

from __future__ import annotations

from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import CaseState
from frontdesk.domain.routing import MatterKind, Place
from frontdesk.services import case_course_views, case_views
from frontdesk.services.site import Site
from frontdesk.services.views import MatterDraft, Same
from frontdesk.storage import models as m

MOST = 5
_LOOK_AT = 50


def similar(site: Site, actor: Actor, matter: MatterDraft, unit_id: int | None = None) -> tuple[Same, ...]:
    """Open cases of the same component in the same unit, or in common parts of the building; nearest first, at most 5.

    An emergency of a building is offered for every repair there, because it may be its cause. `unit_id` is the
    caller's, used where the matter names none.

    Raises:
        Forbidden: the actor may not take calls.
        NotFound: the unit is gone.
    """
    access.require(actor, Permission.TAKE_CALLS)
    place_id = matter.unit_id if matter.unit_id is not None else unit_id
    repairs = matter.kind in (MatterKind.REPAIR, MatterKind.EMERGENCY)
    if place_id is None or (repairs and matter.component_id is None):
        return ()
    with site.store.read() as unit:
        place = unit.get(m.Unit, place_id)
        rows = unit.all(_same(matter, place).order_by(m.Case.opened_at.desc()).limit(_LOOK_AT))
        near = sorted(rows, key=lambda row: (row.unit != place_id, -row.id))[:MOST]
        callers = case_course_views.joined_counts(unit, [row.id for row in near])
        lines = case_views.lines(unit, site, actor, near)
        return tuple(
            Same(line, row.unit == place_id, 1 + callers[row.id]) for row, line in zip(near, lines, strict=True)
        )


def _same(matter: MatterDraft, place: Any) -> Any:
    """Open cases that go their own way, of the same kind and component, in this unit or shared by its building."""
    in_building = m.Case.unit.in_(m.Unit.select(m.Unit.id).where(m.Unit.building == place.building))
    shared = (m.Case.place_kind == Place.COMMON) | m.Case.unit.in_(
        m.Unit.select(m.Unit.id).where((m.Unit.building == place.building) & (m.Unit.room == ""))
    )
    mine = m.Case.unit == place.id
    repairs = [MatterKind.REPAIR, MatterKind.EMERGENCY]
    same_thing: Any = m.Case.kind == matter.kind
    if matter.kind in repairs:
        same_thing = m.Case.kind.in_(repairs) & (m.Case.component == matter.component_id)
    still_open = (m.Case.state == CaseState.OPEN) & m.Case.joined_to.is_null()
    return m.Case.select().where(still_open & same_thing & (mine | (in_building & shared)))
