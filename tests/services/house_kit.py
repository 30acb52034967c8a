"""A small community for the tests: three homes of different age, an owner, and short ways to say what a desk does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.paper import PrintState
from frontdesk.domain.people import Relation, fold_name
from frontdesk.domain.routing import MatterKind, Place
from frontdesk.services import cases, paperwork, reception
from frontdesk.services.site import Site
from frontdesk.services.views import CallDraft, CaseView, Channel, MatterDraft, ReplyDone, SheetDone
from frontdesk.storage import models as m
from tests.services import lobby_kit

OLD_HOME, NEW_HOME, UNKNOWN_HOME = "3栋2单元1201", "1栋1单元302", "2栋1单元501"
OWNER, NUMBER = "沈知夏", "13800002210"

_tokens = count(1)


@dataclass
class House:
    """The site, who works there, and what it is made of."""

    site: Site
    clock: lobby_kit.Clock
    desk: Actor
    homes: dict[str, int]
    owner: int
    components: dict[str, int] = field(default_factory=dict)

    def call(self, *matters: MatterDraft, **changes: object) -> CallDraft:
        """The owner of the old home calls now."""
        draft = CallDraft(
            token=f"call-{next(_tokens)}",
            channel=Channel.CALL,
            started_at=self.clock() - timedelta(minutes=2),
            number="138 0000 2210",
            person_id=self.owner,
            unit_id=self.homes[OLD_HOME],
            matters=matters or (self.leak(),),
        )
        return replace(draft, **changes)  # type: ignore[arg-type]

    def leak(self, **changes: object) -> MatterDraft:
        """A drain that drips, in the old home: past warranty, so a work order."""
        matter = MatterDraft(
            content="洗菜盆下水接头滴水",
            place="厨房",
            component_id=self.components["drain"],
            place_kind=Place.HOME,
        )
        return replace(matter, **changes)  # type: ignore[arg-type]

    def log(self, *matters: MatterDraft, **changes: object) -> CaseView:
        """The first case of a call that is logged now."""
        return reception.log_call(self.site, self.desk, self.call(*matters, **changes)).cases[0]

    def printed(self, case: CaseView) -> CaseView:
        """The case with its newest paper printed."""
        paper = case.papers[-1]
        paperwork.render_paper(self.site, self.desk, paper.id)
        return paperwork.record_printing(self.site, self.desk, paper.id, "前台", None, PrintState.PRINTED)

    def result(self, case: CaseView, *, sheet_returned: bool = True) -> CaseView:
        """The case with its result written back."""
        done = SheetDone("更换接头", self.clock(), "周启明", sheet_returned)
        return cases.record_result(self.site, self.desk, case.id, case.version, done)

    def told(self, case: CaseView) -> CaseView:
        """The case with its customer told."""
        return cases.record_reply(self.site, self.desk, case.id, case.version, ReplyDone("已修好", "电话"))

    def completed(self, case: CaseView) -> CaseView:
        """The case struck off."""
        return cases.complete(self.site, self.desk, case.id, case.version)


def furnish(site: Site, clock: lobby_kit.Clock) -> House:
    """Builds the community."""
    at = lobby_kit.with_clock(site, clock)
    desk = lobby_kit.add_account(at, Role.RECEPTIONIST)
    with at.store.write() as unit:
        homes = {}
        for label, delivered in ((OLD_HOME, date(2019, 6, 18)), (NEW_HOME, date(2026, 6, 18)), (UNKNOWN_HOME, None)):
            building = unit.add(m.Building, code=label[0], name_zh=label[:2])
            room = label.partition("单元")[2]
            homes[label] = unit.add(
                m.Unit, building=building, stair=label[2], room=room, label=label, delivered_on=delivered
            )
        owner = unit.add(m.Person, name=OWNER, folded=fold_name(OWNER))
        unit.add(m.Residency, person=owner, unit=homes[OLD_HOME], relation=Relation.OWNER)
        unit.add(m.Phone, person=owner, number="138 0000 2210", normal=NUMBER, last_four=NUMBER[-4:], main=True)
        components = {row.code: row.id for row in unit.all(m.Component.select())}
    return House(at, clock, desk, homes, owner, components)


def question(answer: str = "带身份证明到服务中心补办") -> MatterDraft:
    """A question, answered on the spot unless the answer is empty."""
    return MatterDraft(MatterKind.QUESTION, "门禁卡丢了怎么补办？", answer=answer)
