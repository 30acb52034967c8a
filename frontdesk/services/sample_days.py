"""The last days of the practice community: calls, papers, results, all through the real services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto

from frontdesk.domain.access import Actor
from frontdesk.domain.cases import Action
from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.paper import PrintState
from frontdesk.domain.people import Verification
from frontdesk.domain.places import usual_place
from frontdesk.domain.routing import MatterKind
from frontdesk.domain.visits import Purpose
from frontdesk.services import case_course, cases, invitations, paperwork, reception
from frontdesk.services.site import Clock, Site
from frontdesk.services.views import (
    CallDraft,
    CaseView,
    Channel,
    MatterDraft,
    NewInvitation,
    ReplyDone,
    SheetDone,
    Telling,
    ToldHow,
)
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

PRINTER = "前台激光机"


class Done(Enum):
    """How far a case has come."""

    LOGGED = auto()
    PRINTED = auto()
    RESULT = auto()
    TOLD = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Moment:
    """When something began: days ago at a time of the site's clock, or, with no time, minutes before now."""

    days: int = 0
    at: time | None = None
    minutes: int = 0

    def instant(self, site: Site) -> datetime:
        """The instant, aware, UTC."""
        if self.at is None:
            return site.now() - timedelta(minutes=self.minutes)
        day = site.today() - timedelta(days=self.days)
        return datetime.combine(day, self.at, site.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Scene:
    """One call of the last days, and how far its matter has come."""

    when: Moment
    home: str
    matter: MatterDraft
    component: str = ""
    done: Done = Done.LOGGED
    result: str = ""
    agreed_in_minutes: int | None = None
    channel: Channel = Channel.CALL


def _days(days: int, hour: int, minute: int) -> Moment:
    return Moment(days, time(hour, minute))


def _ago(minutes: int) -> Moment:
    return Moment(minutes=minutes)


def _question(content: str, answer: str) -> MatterDraft:
    return MatterDraft(MatterKind.QUESTION, content, answer=answer)


SCENES: tuple[Scene, ...] = (
    Scene(
        _days(4, 10, 5),
        "2栋1单元502",
        MatterDraft(MatterKind.COMPLAINT, "楼上周末清晨六点开始装修，电钻声很大，之前已反映过一次。"),
    ),
    Scene(
        _days(3, 9, 12),
        "3栋1单元802",
        MatterDraft(content="阳台地漏返味，倒水下得很慢。", place="阳台", chargeable=False),
        "drain",
        Done.CLOSED,
        "疏通地漏并更换防臭芯，试水通畅无异味。",
    ),
    Scene(
        _days(2, 14, 20),
        "1栋2单元602",
        MatterDraft(content="主卧窗框下沿渗水，下雨后窗台积水。", place="主卧"),
        "windows",
    ),
    Scene(
        _days(2, 15, 48),
        "2栋2单元1101",
        _question("门禁卡丢了怎么补办？", "带身份证明到物业服务中心补办，当天可取，旧卡同时停用。"),
    ),
    Scene(
        _days(1, 9, 40),
        "3栋1单元1002",
        MatterDraft(content="次卧插座没电，推上空气开关又跳闸。", place="次卧", urgency=Urgency.SOON),
        "wiring",
        Done.PRINTED,
    ),
    Scene(
        _days(1, 10, 30),
        "1栋1单元302",
        MatterDraft(
            MatterKind.OPINION,
            "建议把快递柜移到北侧入口，晚上取件绕路太远。",
            needs_others=True,
            over_two_days=True,
        ),
    ),
    Scene(
        _days(1, 11, 15),
        "2栋1单元",
        MatterDraft(content="五层楼道声控灯不亮，晚上看不清台阶。", place="五层楼道", chargeable=False),
        "common_light",
        Done.TOLD,
        "更换声控开关一只、灯泡一只，测试正常。",
    ),
    Scene(
        _ago(1_150),
        "2栋2单元702",
        MatterDraft(content="宽带光猫亮红灯，从昨晚起上不了网。", place="客厅"),
        "broadband",
    ),
    Scene(
        _ago(230),
        "3栋2单元902",
        MatterDraft(content="厨房水龙头关不严，一直滴水。", place="厨房", chargeable=True),
        "water_supply",
        Done.RESULT,
        "更换龙头阀芯，试水无滴漏。",
    ),
    Scene(
        _ago(170),
        "1栋2单元1201",
        _question("地下车库月租车位还有吗？", "目前余两个，可到物业服务中心登记，先到先得。"),
        channel=Channel.WALK_IN,
    ),
    Scene(
        _ago(95),
        "3栋1单元402",
        MatterDraft(content="厨房下水管接头渗水，地柜底板已经潮了。", place="厨房", urgency=Urgency.SOON),
        "drain",
        Done.PRINTED,
        agreed_in_minutes=40,
    ),
    Scene(
        _ago(55),
        "2栋2单元1202",
        MatterDraft(content="自己装的净水器漏水，想请师傅看看。", place="厨房"),
        "appliance",
    ),
    Scene(
        _ago(20),
        "3栋2单元301",
        MatterDraft(content="入户门外走廊门锁打不开，推门有异响。", place="三层走廊", chargeable=False),
        "windows",
        agreed_in_minutes=26 * 60,
    ),
)

# visitor, purpose, area, begins so many hours from now, for so many hours
GUESTS = (
    ("罗禹辰", Purpose.GUEST, "b3s2", 0, 6),
    ("苗青禾", Purpose.CONTRACTOR, "b1s1", 1, 4),
    ("邵可", Purpose.OFFICE, "office", 2, 3),
)


def play(site: Site, staff: tuple[Actor, ...]) -> None:
    """Lives the last days through, in their order, with the clock set back."""
    for place, scene in enumerate(sorted(SCENES, key=lambda scene: scene.when.instant(site))):
        _play(site, staff[place % len(staff)], scene, place)
    for name, purpose, area, begins, hours in GUESTS:
        with site.store.read() as unit:
            area_id = unit.scalar(m.Area.select(m.Area.id).where(m.Area.code == area))
        start = site.now() + timedelta(hours=begins)
        new = NewInvitation(name, purpose, area_id, start, start + timedelta(hours=hours))
        invitations.invite(site, staff[0], new)


def _play(site: Site, actor: Actor, scene: Scene, place: int) -> None:
    began = min(scene.when.instant(site), site.now() - timedelta(minutes=15))
    with site.store.read() as unit:
        draft = _draft(unit, site, scene, began, place)
    then = _moved(site, began + timedelta(minutes=2))
    (case,) = reception.log_call(then, actor, draft).cases
    if scene.when.days and scene.done is Done.LOGGED and Action.TELL in case.actions:
        case = _phone(then, actor, case)
    acts: tuple[tuple[Done, Callable[[Site, Actor, CaseView, Scene], CaseView], int], ...] = (
        (Done.PRINTED, _print, 3),
        (Done.RESULT, _write_back, 100),
        (Done.TOLD, _tell, 110),
        (Done.CLOSED, _close, 112),
    )
    for step, act, minutes in acts:
        if step.value <= scene.done.value:
            case = act(_moved(site, began + timedelta(minutes=minutes)), actor, case, scene)


def _round(at: datetime) -> datetime:
    """A time as people agree on it: on five minutes."""
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)


def _moved(site: Site, at: datetime) -> Site:
    clock: Clock = lambda: at  # noqa: E731 - a clock that stands still is a value
    return replace(site, clock=clock)


def _draft(unit: Unit, site: Site, scene: Scene, began: datetime, place: int) -> CallDraft:
    home = unit.one(m.Unit.select().where(m.Unit.label == scene.home))
    component = unit.one(m.Component.select().where(m.Component.code == scene.component))
    living = m.Residency.select(m.Residency.person).where(m.Residency.unit == home.id)
    phone = unit.one(m.Phone.select().where(m.Phone.person.in_(living)).order_by(m.Phone.id))
    agreed_in = scene.agreed_in_minutes
    agreed = None if agreed_in is None else _round(site.now() + timedelta(minutes=agreed_in))
    where = usual_place(scene.matter.place, scene.matter.content, scene.component)
    component_id = component.id if component else None
    matter = replace(scene.matter, component_id=component_id, agreed_at=agreed, place_kind=where)
    return CallDraft(
        token=f"sample-{place}",
        channel=scene.channel,
        started_at=began,
        number=phone.number if phone else "",
        caller_name="" if phone else "巡楼保安",
        person_id=phone.person if phone else None,
        unit_id=home.id,
        verification=Verification.NUMBER_MATCHES if phone else Verification.UNVERIFIED,
        matters=(matter,),
    )


def _phone(site: Site, actor: Actor, case: CaseView) -> CaseView:
    department = case.route.external or case.route.department
    telling = Telling(department.name if department else "周启明", ToldHow.PHONED)
    return case_course.tell(site, actor, case.id, case.version, telling)


def _print(site: Site, actor: Actor, case: CaseView, scene: Scene) -> CaseView:
    for paper in case.papers:
        paperwork.render_paper(site, actor, paper.id)
        case = paperwork.record_printing(site, actor, paper.id, PRINTER, None, PrintState.PRINTED)
    return case_course.tell(site, actor, case.id, case.version, Telling("周启明", ToldHow.HANDED_OVER))


def _write_back(site: Site, actor: Actor, case: CaseView, scene: Scene) -> CaseView:
    done = SheetDone(scene.result, site.now() - timedelta(minutes=10), "周启明")
    return cases.record_result(site, actor, case.id, case.version, done)


def _tell(site: Site, actor: Actor, case: CaseView, scene: Scene) -> CaseView:
    reply = ReplyDone("已电话告知处理结果，客户表示满意。", "电话")
    return cases.record_reply(site, actor, case.id, case.version, reply)


def _close(site: Site, actor: Actor, case: CaseView, scene: Scene) -> CaseView:
    return cases.complete(site, actor, case.id, case.version)
