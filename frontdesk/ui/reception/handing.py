"""Handing on what was just put on record: one key says how those who see to it were told (procedure 3.3, 4.5.1)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action
from frontdesk.domain.routing import Route
from frontdesk.i18n import tr
from frontdesk.services import case_course, cases
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, Telling, ToldHow
from frontdesk.ui import route_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import word

_KEYS = ((ToldHow.HANDED_OVER, "Alt+1"), (ToldHow.PHONED, "Alt+2"), (ToldHow.PUT_THROUGH, "Alt+3"))
_NOBODY = (Route.ANSWERED, Route.JOINED)


def tell(site: Site, actor: Actor, case_id: int, telling: Telling) -> CaseView:
    """Records it on the case as it stands now: printing its paper has changed it meanwhile; for the database lane.

    The offer may have stood for long: what has been handed on or closed since is left as it is.
    """
    case = cases.case(site, actor, case_id)
    if Action.TELL not in case.actions or not _untold(case):
        return case
    return case_course.tell(site, actor, case_id, case.version, telling)


class HandingOn(QObject):
    """Says what is on record, and offers to hand it on, one case after the other."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: list[CaseView] = []

    def begin(self, logged: tuple[CaseView, ...]) -> None:
        """These are on record now."""
        numbers = " · ".join(_number(case) for case in logged)
        said = tr("On record: {numbers}", numbers=numbers)
        may = self._context.may(Permission.WORK_CASES)
        self._waiting = [case for case in logged if _untold(case)] if may else []
        if self._waiting:
            self._offer(said if len(logged) == 1 else f"{said}\n{_number(self._waiting[0])}")
        else:
            self._context.notify(said, "ok")

    def _offer(self, said: str) -> None:
        case = self._waiting[0]
        text = tr("{said} → {whom}", said=said, whom=_whom(case))
        self._context.offer(text, [(word(how), key, partial(self._tell, how)) for how, key in _KEYS])

    def _tell(self, how: ToldHow) -> None:
        case = self._waiting.pop(0)
        telling = Telling(_whom(case), how)
        self._context.work.run(tell, case.id, telling, then=self._on_told)

    @Slot(object)
    def _on_told(self, case: CaseView) -> None:
        names = {"number": _number(case), "whom": _whom(case)}
        said = tr("{number} handed on: {whom}", **names)
        if self._waiting:
            self._offer(f"{said}\n{_number(self._waiting[0])}")
        else:
            self._context.notify(said, "ok")


def _number(case: CaseView) -> str:
    return case.papers[0].number if case.papers else case.record_no


def _untold(case: CaseView) -> bool:
    return any(line.told_at is None and line.view.route not in _NOBODY for line in case.routes)


def _whom(case: CaseView) -> str:
    """Everybody who sees to it, each once."""
    names = [route_words.told_first(line.view) for line in case.routes if line.view.route not in _NOBODY]
    return " · ".join(dict.fromkeys(name for name in names if name)) or word(case.route.route)
