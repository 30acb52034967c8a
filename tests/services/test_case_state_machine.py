"""Whatever people do with cases, and whenever: what must hold afterwards (procedure 4.1 - 4.5, domain section 3).

Random sequences of every act against the real services on a real file, with a clock that moves. After every step the
rows themselves are judged, in words of their own: the rules that let the act pass are not asked again.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from frontdesk.domain.cases import Action, NotAllowed, StepsMissing, allowed, open_marks
from frontdesk.domain.paper import DEMANDED_MARKS, Mark, PaperKind, PaperState, PrintState
from frontdesk.domain.routing import Duty, MatterKind, Place, Route
from frontdesk.services import (
    case_course,
    case_routes,
    case_views,
    cases,
    clockwork,
    follow_ups,
    paperwork,
    special_services,
)
from frontdesk.services.errors import BadInput, NotFound
from frontdesk.services.site import open_site
from frontdesk.services.views import (
    ChaseDone,
    Established,
    FollowUpDone,
    MarkDone,
    MatterDraft,
    Overrule,
    QuoteLine,
    ReplyDone,
    SheetDone,
    Telling,
    ToldHow,
)
from frontdesk.storage import audit
from frontdesk.storage import models as m
from frontdesk.storage.keystore import KeyStore
from tests.services import house_kit as kit
from tests.services.case_courses import ACTS, COURSES, OF_COURSE, SETTINGS, SOME, Seen, Sheet
from tests.services.case_truths import ENDS, by, require_registers, require_remark, require_whole
from tests.services.conftest import Mould
from tests.services.lobby_kit import Clock

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REFUSALS = (NotAllowed, StepsMissing, BadInput, NotFound)
HOURS = st.integers(1, 60).map(lambda hours: timedelta(hours=hours))

MOST_CASES = 8


class Desk(RuleBasedStateMachine):
    """One desk that does anything to any case at any time."""

    mould: Mould
    folder: Path
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        Desk.runs += 1
        self.open = ExitStack()
        folder = self.folder / f"run-{Desk.runs}"
        shutil.copytree(self.mould.keys, folder / "keys")
        place = folder / "machine" / "sites" / "live"
        self.open.enter_context(self.mould.cast(place))
        site = open_site(place, KeyStore(folder / "keys", keyring=False))
        self.open.callback(shutil.rmtree, folder)
        self.open.callback(site.close)
        self.clock = Clock(NOW)
        self.house = kit.furnish(site, self.clock)
        self.ids: list[int] = []
        self.pinned: int | None = None
        self.timelines: dict[int, list[tuple[Any, ...]]] = {}
        self.numbers: set[str] = set()
        self.ended: dict[int, str] = {}
        self.caused: dict[int, tuple[Any, ...]] = {}
        self.done: Counter[str] = Counter()

    @property
    def site(self) -> Any:
        return self.house.site

    # --- what a desk does --------------------------------------------------------------------------------------------

    def seen(self) -> list[Seen]:
        """Every case as its desk sees it now."""
        with self.site.store.read() as unit:
            rows = unit.all(m.Case.select().order_by(m.Case.id))
            stands = case_views.progresses(unit, self.site, rows)
            papers = case_views.papers_of(unit, self.ids)
        return [
            Seen(
                row.id,
                row.version,
                allowed(stands[row.id]),
                tuple(
                    Sheet(paper.id, progress.kind, progress.state, open_marks(progress))
                    for paper, progress in zip(papers[row.id], stands[row.id].papers, strict=True)
                ),
            )
            for row in rows
        ]

    def case(self, case_id: int) -> Seen:
        return next(case for case in self.seen() if case.id == case_id)

    def pick(self, which: int, action: Action | None = None) -> Seen:
        """A case with which this may be done; where there is none, or every sixth time, any case."""
        every = self.seen()
        offered = [case for case in every if action in case.actions]
        some = offered if offered and which % 6 < 5 else every
        return next((case for case in every if case.id == self.pinned), some[which // 6 % len(some)])

    def act(self, what: Callable[..., Any], case: Seen, action: Action | None, *values: Any, **more: Any) -> None:
        """Does something with a case; what its actions do not offer must be refused, and change nothing."""
        self.clock.go_on(timedelta(seconds=20))  # no two acts at one instant
        before = self.site.store.last_change()
        try:
            what(self.site, self.house.desk, case.id, case.version, *values, **more)
        except REFUSALS:
            assert self.site.store.last_change() == before
            return
        assert action is None or action in case.actions, action
        self.done[what.__name__] += 1

    @initialize(kinds=st.lists(st.sampled_from(["repair", "new", "unknown", "complaint"]), min_size=1, max_size=2))
    def open_desk(self, kinds: list[str]) -> None:
        for kind in kinds:
            self.log(kind)

    @rule(kind=st.sampled_from([*COURSES, "unknown", "question"]))
    def log(self, kind: str) -> None:
        house, leak = self.house, self.house.leak
        common = {"place_kind": Place.COMMON, "duty": Duty.PROPERTY}
        matters: dict[str, Callable[[], MatterDraft]] = {
            "repair": leak,
            "new": lambda: leak(unit_id=house.homes[kit.NEW_HOME]),
            "unknown": lambda: leak(unit_id=house.homes[kit.UNKNOWN_HOME]),
            "external": lambda: MatterDraft(content="上不了网", component_id=house.components["broadband"]),
            "opinion": lambda: MatterDraft(MatterKind.OPINION, "装快递柜", needs_others=True, over_two_days=True),
            "complaint": lambda: MatterDraft(MatterKind.COMPLAINT, "修了两次还漏", earlier_id=self._earlier()),
            "service": lambda: MatterDraft(MatterKind.SPECIAL_SERVICE, "清洗空调"),
            "emergency": lambda: leak(kind=MatterKind.EMERGENCY, **common),
            "question": kit.question,
            "join": lambda: leak(joins_id=self._joinable()),
        }
        if len(self.ids) == MOST_CASES:
            return
        try:
            self.ids.append(house.log(matters[kind]()).id)
            self.done[kind] += 1
        except REFUSALS:
            assert kind == "join"

    def _earlier(self) -> int | None:
        return self.ids[-1] if self.ids else None

    def _joinable(self) -> int | None:
        return self.ids[0] if self.ids else None

    @rule(kind=st.sampled_from(COURSES), acts=ACTS)
    def course(self, kind: str, acts: list[tuple[str, int, bool]]) -> None:
        """One new case from hand to hand: what reaches its end needs many acts on the same one."""
        self.log(kind)
        self.pinned = self.ids[-1]
        for name, which, yes in acts:
            getattr(self, name)(which, **OF_COURSE[name](which, yes))
            self.what_must_hold()
        self.pinned = None

    @rule(which=SOME, duty=st.sampled_from([None, *Duty]), delivered=st.booleans())
    def establish(self, which: int, duty: Duty | None, delivered: bool) -> None:
        found = Established(duty=duty, delivered_on=date(2019, 1, 1) if delivered else None)
        self.act(case_routes.establish, self.pick(which, Action.ESTABLISH), Action.REROUTE, found)

    @rule(which=SOME, route=st.sampled_from(Route))
    def reroute(self, which: int, route: Route) -> None:
        self.act(case_routes.reroute, self.pick(which, Action.REROUTE), Action.REROUTE, Overrule(route, "现场看过"))

    @rule(which=SOME, route=st.sampled_from(Route))
    def add_route(self, which: int, route: Route) -> None:
        self.act(
            case_routes.add_route, self.pick(which, Action.ADD_ROUTE), Action.ADD_ROUTE, Overrule(route, "两家一起")
        )

    @rule(which=SOME, main=SOME)
    def join(self, which: int, main: int) -> None:
        case = self.pick(which, Action.JOIN)
        others = [each for each in self.ids if each != case.id] or self.ids
        self.act(case_routes.join, case, Action.JOIN, others[main % len(others)])

    @rule(which=SOME)
    def separate(self, which: int) -> None:
        self.act(case_routes.separate, self.pick(which, Action.SEPARATE), Action.SEPARATE, "不是一回事")

    @rule(which=SOME, promised=st.none() | HOURS)
    def tell_or_chase(self, which: int, promised: timedelta | None) -> None:
        if which % 2:
            self.act(case_course.tell, self.pick(which, Action.TELL), Action.TELL, Telling("周启明", ToldHow.PHONED))
        promised_at = None if promised is None else self.clock() + promised
        done = ChaseDone("项目部", "请尽快", promised_at=promised_at)
        self.act(case_course.chase, self.pick(which, Action.CHASE), Action.CHASE, done)

    @rule(which=SOME)
    def print_papers(self, which: int) -> None:
        self.print_all(self.pick(which, Action.PRINT))

    def print_all(self, case: Seen) -> None:
        for paper in case.papers:
            if paper.kind is PaperKind.WORK_ORDER and paper.state is PaperState.ISSUED:
                # As the printer's lane does it, without laying the sheet out: that is not what is asked here.
                with self.site.store.write() as unit:
                    blob = unit.add(m.Blob, name=f"{paper.id}", media="application/pdf", size=1, created_at=NOW)
                    made = {"at": self.clock(), "by": self.house.desk.id, "blob": blob, "sha256": "-"}
                    unit.add(m.Printing, paper=paper.id, state=PrintState.RENDERED, **made)
                paperwork.record_printing(self.site, self.house.desk, paper.id, "前台", None, PrintState.PRINTED)
                self.done["print"] += 1

    @rule(which=SOME, paper=SOME, mark=st.sampled_from(Mark))
    def mark(self, which: int, paper: int, mark: Mark) -> None:
        """A mark, mostly one that may be set."""
        case = self.pick(which, Action.MARK)
        if case.papers:
            sheet = case.papers[paper % len(case.papers)]
            able = sheet.open_marks[paper % len(sheet.open_marks)] if sheet.open_marks and paper % 7 else mark
            done = MarkDone(able, self.clock(), who="周工")
            self.act(case_course.mark, case, Action.MARK, sheet.id, done)

    @rule(which=SOME)
    def undo_mark(self, which: int) -> None:
        with self.site.store.read() as unit:
            holds = unit.all(m.PaperMark.select().where(m.PaperMark.undone_at.is_null()))
            of = {row.id: unit.get(m.Paper, row.paper).case for row in holds}
        if of:
            mark_id = list(of)[which % len(of)]
            self.act(case_course.undo_mark, self.case(of[mark_id]), None, mark_id)

    @rule(which=SOME, paper=SOME, signed=st.booleans())
    def take_back(self, which: int, paper: int, signed: bool) -> None:
        case = self.pick(which, Action.RECORD_RESULT)
        out = [each for each in case.papers if each.state.value not in ENDS] or case.papers
        if out:
            sheet = out[paper % len(out)]
            marks = tuple(MarkDone(mark, self.clock(), "周工") for mark in sheet.open_marks[:1] if signed)
            self.act(case_course.take_back, case, Action.RECORD_RESULT, sheet.id, marks, self.clock())

    @rule(which=SOME, back=st.booleans(), unfinished=st.booleans(), paper=st.none() | SOME)
    def result(self, which: int, back: bool, unfinished: bool, paper: int | None) -> None:
        case = self.pick(which, Action.RECORD_RESULT)
        sheet = case.papers[paper % len(case.papers)].id if case.papers and paper is not None else None
        done = SheetDone("更换接头", self.clock(), "周启明", back, sheet, unfinished=unfinished)
        self.act(cases.record_result, case, Action.RECORD_RESULT, done)

    @rule(which=SOME, reason=st.sampled_from(["", "", "三次未接通"]))
    def reply(self, which: int, reason: str) -> None:
        said = ReplyDone("" if reason else "已修好", reason_none=reason)
        self.act(cases.record_reply, self.pick(which, Action.RECORD_REPLY), Action.RECORD_REPLY, said)

    @rule(which=SOME)
    def tell_all(self, which: int) -> None:
        self.act(case_course.tell_all, self.pick(which, Action.RECORD_REPLY), Action.RECORD_REPLY, ReplyDone("来水了"))

    @rule(which=SOME, ahead=HOURS, what=st.sampled_from(["agree", "pause", "resume", "defer"]))
    def clock_moves(self, which: int, ahead: timedelta, what: str) -> None:
        at = self.clock() + ahead
        if what == "agree":
            self.act(case_course.agree, self.pick(which, Action.AGREE_TIME), Action.AGREE_TIME, at)
        elif what == "pause":
            self.act(case_course.pause, self.pick(which, Action.PAUSE), Action.PAUSE, "等住户")
        elif what == "resume":
            self.act(case_course.resume, self.pick(which, Action.RESUME), Action.RESUME)
        else:
            self.act(case_course.defer, self.pick(which, Action.DEFER), Action.DEFER, at, "住户出差")

    @rule(which=SOME)
    def complete(self, which: int) -> None:
        self.act(cases.complete, self.pick(which, Action.COMPLETE), Action.COMPLETE)

    @rule(which=SOME)
    def finish(self, which: int) -> None:
        """Most of what a case still lacks, as a day really goes, so that many get to their end."""
        case = self.pick(which, Action.RECORD_RESULT)
        self.print_all(case)
        self.sell(case, 9900)
        for paper in case.papers:
            for mark in DEMANDED_MARKS[paper.kind]:
                done = MarkDone(mark, self.clock(), who="周工")
                self.act(case_course.mark, self.case(case.id), Action.MARK, paper.id, done)
        for paper in case.papers[1:]:
            self.act(case_course.take_back, self.case(case.id), Action.RECORD_RESULT, paper.id, (), self.clock())
        done_ = SheetDone("更换接头", self.clock(), "周启明")
        self.act(cases.record_result, self.case(case.id), Action.RECORD_RESULT, done_)
        self.act(cases.record_reply, self.case(case.id), Action.RECORD_REPLY, ReplyDone("已修好"))
        if which % 2:
            holds = FollowUpDone(True, 5, True)
            self.act(follow_ups.record, self.case(case.id), Action.FOLLOW_UP, holds)
        self.act(cases.complete, self.case(case.id), Action.COMPLETE)

    @rule(which=SOME)
    def undo(self, which: int) -> None:
        case = self.pick(which, Action.UNDO)
        before = self.done["undo"]
        self.act(cases.undo, case, Action.UNDO)
        if self.done["undo"] > before:  # papers that the voiding ended are out again
            self.ended = {key: state for key, state in self.ended.items() if state != "void"}

    @rule(which=SOME)
    def reopen(self, which: int) -> None:
        """A closed case; where there is none yet, one is mostly brought to its end first."""
        case = self.pick(which, Action.REOPEN)
        if Action.REOPEN not in case.actions and which % 6:
            self.finish(which | 1)
            case = self.pick(which, Action.REOPEN)
        self.act(cases.reopen, case, Action.REOPEN, "又漏了")

    @rule(which=SOME)
    def void(self, which: int) -> None:
        self.act(cases.void, self.pick(which, Action.VOID), Action.VOID, "登错了")

    @rule(which=SOME, reached=st.booleans(), fixed=st.booleans())
    def follow_up(self, which: int, reached: bool, fixed: bool) -> None:
        done = FollowUpDone(reached, 4 if reached else None, fixed if reached else None, "问过了", give_up=not reached)
        self.act(follow_ups.record, self.pick(which, Action.FOLLOW_UP), Action.FOLLOW_UP, done)

    @rule(which=SOME, fen=st.integers(0, 9900))
    def charge(self, which: int, fen: int) -> None:
        self.sell(self.pick(which, Action.MARK), fen)

    def sell(self, case: Seen, fen: int) -> None:
        """Offers the price of each special service, and records what was paid."""
        for paper in case.papers:
            if paper.kind is PaperKind.SPECIAL_SERVICE_ORDER:
                lines = (QuoteLine("清洗空调", "台", 9900, 100),)
                self.act(special_services.quote, self.case(case.id), Action.MARK, paper.id, lines)
                self.act(special_services.charge, self.case(case.id), Action.MARK, paper.id, fen, "微信", "优惠")

    @rule(by=HOURS, ticks=st.integers(0, 2))
    def time_passes(self, by: timedelta, ticks: int) -> None:
        """An hour or days; with 0 ticks the PC slept."""
        self.clock.go_on(by)
        counts = [clockwork.tick(self.site) for _ in range(ticks)]
        assert sum(counts[1:]) == 0, "the same time has caused something twice"
        self.done["caused"] += sum(counts)

    # --- what must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def what_must_hold(self) -> None:
        with self.site.store.read() as unit:
            found = {model: unit.all(model.select().order_by(model.id)) for model in _TABLES}
            stands = case_views.progresses(unit, self.site, found[m.Case])
        of_case = {model: by(rows, "case") for model, rows in found.items() if hasattr(model, "case")}
        marks = by([row for row in found[m.PaperMark] if row.undone_at is None], "paper")
        rows = {row.id: row for row in found[m.Case]}
        for row in found[m.Case]:
            mine = {model: each.get(row.id, []) for model, each in of_case.items()}
            # Whatever may be struck off now must lack as little as what has been.
            if row.state == "completed" or Action.COMPLETE in allowed(stands[row.id]):
                require_whole(row, mine, marks, rows.get(row.joined_to))
            require_remark(row, mine[m.RouteDecision])
            self._require_growing(row.id, mine[m.CaseEvent])
        self._require_numbers(found)
        self._require_ended(found[m.Paper])
        self._require_once(found[m.Consequence])
        require_registers(rows, found[m.RegisterEntry])

    def _require_growing(self, case_id: int, events: Sequence[Any]) -> None:
        now = [(row.id, row.at, row.happened_at, row.kind, row.text, str(row.data)) for row in events]
        before = self.timelines.get(case_id, [])
        assert now[: len(before)] == before, "the timeline was changed"
        self.timelines[case_id] = now

    def _require_numbers(self, found: dict[Any, list[Any]]) -> None:
        numbers = [row.record_no for row in found[m.Case]] + [row.number for row in found[m.Paper]]
        assert len(set(numbers)) == len(numbers)
        assert self.numbers <= set(numbers), "a number is gone"
        self.numbers = set(numbers)
        series: dict[str, list[int]] = {}
        for number in numbers:
            name, _, running = number.rpartition("-")
            series.setdefault(name, []).append(int(running))
        for entry in found[m.RegisterEntry]:
            series.setdefault(f"{entry.register}-{entry.year}", []).append(entry.serial)
        for name, running_ in series.items():
            assert sorted(running_) == list(range(1, len(running_) + 1)), name

    def _require_ended(self, papers: Sequence[Any]) -> None:
        now = {row.id: row.state for row in papers if row.state in ENDS}
        for paper, state in self.ended.items():
            assert now.get(paper) == state, "an ended paper lives again"
        assert all(row.state in ENDS for row in papers if row.ended_at is not None)
        self.ended = now

    def _require_once(self, rows: Sequence[Any]) -> None:
        now = {row.id: (row.case, row.kind, row.key, row.passed_at, row.at) for row in rows}
        assert len({each[:3] for each in now.values()}) == len(now)
        assert all(passed_at < at for _, _, _, passed_at, at in now.values()), "caused before its time"
        assert {key: now.get(key) for key in self.caused} == self.caused
        self.caused = now

    def teardown(self) -> None:
        assert audit.verify(self.site.store).problems == ()
        DONE.update(self.done)
        self.open.close()


_TABLES = (
    m.Case,
    m.RouteDecision,
    m.Paper,
    m.PaperMark,
    m.Printing,
    m.CaseEvent,
    m.Consequence,
    m.RegisterEntry,
    m.FollowUp,
)
DONE: Counter[str] = Counter()


def test_4_5_1_nothing_that_people_do_closes_a_case_that_lacks_something(
    file_mould: Mould, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "mould", file_mould, raising=False)
    monkeypatch.setattr(Desk, "folder", tmp_path, raising=False)
    DONE.clear()
    run_state_machine_as_test(Desk, settings=SETTINGS)  # type: ignore[no-untyped-call]
    wanted = {"complete", "undo", "reopen", "void", "join", "take_back", "tell_all", "caused", "add_route"}
    assert wanted <= {name for name, count in DONE.items() if count}, DONE
