"""The site's own data: a workbook is taken in whole or not at all; on screens the same rules hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.homes import UnitPlan
from frontdesk.domain.sitebook import SHEETS, SheetKey
from frontdesk.services import reference, site_start, site_years, sitebook
from frontdesk.services.errors import BadInput, NotFound, RowInUse
from frontdesk.services.site import Site, open_site
from frontdesk.services.sitebook import WorkbookRefused
from frontdesk.services.views.sitebook import DayView, MistakeKind
from frontdesk.storage import models as m
from frontdesk.storage.keystore import KeyStore
from tests.services import lobby_kit
from tests.services.house_kit import House
from tests.services.lobby_kit import audited
from tests.services.workbook_kit import community, opened, touched

K = SheetKey


@pytest.fixture
def admin(site: Site) -> Actor:
    return lobby_kit.add_account(site, Role.ADMINISTRATOR)


def labels(site: Site) -> set[str]:
    with site.store.read() as unit:
        return {row.label for row in unit.all(m.Unit.select())}


def test_an_empty_site_is_filled_from_a_workbook(site: Site, admin: Actor) -> None:
    data = community(opened(site, admin)).data()
    looked = sitebook.check_workbook(site, admin, "book.xlsx", data)
    assert looked.mistakes == ()
    assert labels(site) == set()  # it was only looked at
    done = sitebook.import_workbook(site, admin, "book.xlsx", data)
    assert done == looked
    assert touched(done) == [
        *(("buildings", 1, 0), ("units", 0, 1), ("residents", 3, 0), ("staff", 1, 0), ("equipment", 1, 0)),
        ("prices", 1, 0),
    ]
    assert {"3栋", "3栋1单元", "3栋1单元201", "3栋2单元602"} <= labels(site)
    assert len(labels(site)) == 3 + 20
    with site.store.read() as unit:
        own, other = (unit.one(m.Unit.select().where(m.Unit.label == f"3栋1单元{room}")) for room in ("201", "202"))
        assert (own.delivered_on, other.delivered_on) == (date(2024, 5, 6), date(2024, 3, 5))
        people = unit.all(m.Person.select().order_by(m.Person.id))
        assert [row.name for row in people] == ["沈知夏", "顾若溪"]  # who owns two homes is one person
        phones = {(row.normal, row.main) for row in unit.all(m.Phone.select().where(m.Phone.person == people[1].id))}
        assert phones == {("13800001111", True), ("13900002222", False)}
        price = unit.one(m.PriceItem.select())
        assert (price.price_fen, unit.one(m.Staff.select()).code) == (1250, "01")
    assert audited(site, "sitebook.imported") == 1


def test_the_same_workbook_again_changes_nothing(site: Site, admin: Actor) -> None:
    data = community(opened(site, admin)).data()
    sitebook.import_workbook(site, admin, "book.xlsx", data)
    before = labels(site)
    assert touched(sitebook.import_workbook(site, admin, "book.xlsx", data)) == []
    assert labels(site) == before


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_TW"])
def test_what_was_exported_changes_nothing_and_an_edit_just_itself(site: Site, admin: Actor, language: str) -> None:
    sitebook.import_workbook(site, admin, "book.xlsx", community(opened(site, admin)).data())
    pages = opened(site, admin, language, filled=True)
    plan = sitebook.check_workbook(site, admin, "book.xlsx", pages.data())
    assert (plan.mistakes, touched(plan)) == ((), [])
    assert {count.sheet: count.same for count in plan.counts}[K.UNITS] == 20
    pages.cell(K.STAFF, 2, "job").value = "班长"
    pages.cell(K.RULES, 2, "value").value = "25"
    pages.cell(K.UNITS, 3, "delivered_on").value = "2024-07-01"
    pages.cell(K.RESIDENTS, 2, "phones").value = "13811112222"  # of one home alone: somebody else from now on
    data = pages.data()
    done = sitebook.import_workbook(site, admin, "book.xlsx", data)
    assert touched(done) == [("units", 0, 1), ("residents", 0, 1), ("staff", 0, 1), ("rules", 0, 1)]
    assert touched(sitebook.import_workbook(site, admin, "book.xlsx", data)) == []
    with site.store.read() as unit:
        assert reference.rules(unit).untold_minutes == 25
        assert unit.count(m.Person.select().where(m.Person.name == "沈知夏")) == 2
    assert audited(site, "sitebook.exported") == 1


def test_a_building_that_is_delivered_later_takes_its_homes_along(site: Site, admin: Actor) -> None:
    sitebook.import_workbook(site, admin, "book.xlsx", community(opened(site, admin)).data())
    sitebook.save_row(site, admin, K.BUILDINGS, {"delivered_on": date(2024, 9, 9)}, 1)
    with site.store.read() as unit:
        found = {row.delivered_on for row in unit.all(m.Unit.select().where(m.Unit.room != ""))}
    assert found == {date(2024, 9, 9), date(2024, 5, 6)}  # the one with its own day keeps it


def test_only_who_manages_the_site_may(site: Site) -> None:
    desk = lobby_kit.add_account(site, Role.RECEPTIONIST)
    for deed in (
        lambda: sitebook.sheet(site, desk, K.STAFF),
        lambda: sitebook.save_row(site, desk, K.STAFF, {}),
        lambda: sitebook.workbook(site, desk, "en", filled=True),
        lambda: sitebook.check_workbook(site, desk, "x", b""),
        lambda: sitebook.import_workbook(site, desk, "x", b""),
        lambda: sitebook.checklist(site, desk),
        lambda: sitebook.year(site, desk, 2026),
        lambda: sitebook.save_days(site, desk, 2026, ()),
    ):
        with pytest.raises(Forbidden):
            deed()


# --- row by row ------------------------------------------------------------------------------------------------------


def test_a_row_is_added_changed_and_taken_out_of_use(site: Site, admin: Actor) -> None:
    row = sitebook.save_row(site, admin, K.STAFF, {"code": "01", "name": "程一鸣", "department": "设备管理部"})
    assert (row.values["department"], row.active) == ("equipment", True)
    changed = sitebook.save_row(site, admin, K.STAFF, {"job": "水电工"}, row.id)
    assert (changed.values["name"], changed.values["job"]) == ("程一鸣", "水电工")
    retired = sitebook.retire_row(site, admin, K.STAFF, row.id)
    assert retired is not None
    assert not retired.active
    assert sitebook.sheet(site, admin, K.STAFF).total == 0
    assert sitebook.sheet(site, admin, K.STAFF, retired=True).rows[0].id == row.id
    revived = sitebook.revive_row(site, admin, K.STAFF, row.id)
    assert revived is not None
    assert revived.active
    assert audited(site, "sitebook.saved") == 2


@pytest.mark.parametrize(
    ("key", "values", "field", "kind"),
    [
        (K.STAFF, {"code": "01"}, "name", MistakeKind.EMPTY),
        (K.STAFF, {"code": "01", "name": "程", "department": "nobody"}, "department", MistakeKind.LINK_MISSING),
        (K.STAFF, {"code": "01", "name": "程", "phone": "none"}, "phone", MistakeKind.NOT_A_PHONE),
        (K.DEPARTMENTS, {"code": "office", "name_zh": "管理处"}, "code", MistakeKind.TWICE),
        (K.BUILDINGS, {"code": "3", "name_zh": "3栋", "pattern": "{x}"}, "pattern", MistakeKind.NOT_ONE_OF),
        (K.BUILDINGS, {"code": "3", "name_zh": "3栋", "no_floors": ("x",)}, "no_floors", MistakeKind.NOT_A_NUMBER),
        (K.RULES, {"key": "week_1", "value": "8:30"}, "value", MistakeKind.NOT_A_TIME),
        (K.RESIDENTS, {"unit": "9-9-901", "name": "沈", "relation": "owner"}, "unit", MistakeKind.NOT_A_UNIT),
        (K.FOLLOW_UPS, {"route": "liaison", "percent": 101, "after_hours": 1}, "percent", MistakeKind.OUT_OF_RANGE),
    ],
)
def test_what_is_wrong_is_told_at_its_column(
    site: Site, admin: Actor, key: SheetKey, values: dict[str, object], field: str, kind: MistakeKind
) -> None:
    with pytest.raises(BadInput) as refused:
        sitebook.save_row(site, admin, key, values)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.problem) == (field, kind)


def test_a_building_with_a_plan_gets_its_homes(site: Site, admin: Actor) -> None:
    house = {"code": "5", "name_zh": "5栋", "stairs": 1, "floors": 3, "homes": 2}
    row = sitebook.save_row(site, admin, K.BUILDINGS, house)
    assert sitebook.sheet(site, admin, K.UNITS).total == 6
    found = sitebook.sheet(site, admin, K.UNITS, "5-1-302").rows
    assert [one.values["room"] for one in found] == ["302"]
    with pytest.raises(BadInput) as refused:
        sitebook.save_row(site, admin, K.BUILDINGS, {"code": "6"}, row.id)
    assert refused.value.problem is MistakeKind.FIXED
    plan = UnitPlan(1, 4, 2)
    assert len(sitebook.generate_units(site, admin, "5", plan, dry_run=True)) == 8
    assert sitebook.generate_units(site, admin, "5", plan) == ("5栋1单元401", "5栋1单元402")
    assert sitebook.generate_units(site, admin, "5", plan) == ()
    with pytest.raises(NotFound):
        sitebook.generate_units(site, admin, "7", plan)


def test_what_others_refer_to_is_not_removed(site: Site, admin: Actor) -> None:
    sitebook.import_workbook(site, admin, "book.xlsx", community(opened(site, admin)).data())
    lived_in = sitebook.sheet(site, admin, K.UNITS, "3-2-602").rows[0]
    empty = sitebook.sheet(site, admin, K.UNITS, "3-2-502").rows[0]
    for key, row_id in ((K.UNITS, lived_in.id), (K.BUILDINGS, 1), (K.RULES, 1)):
        with pytest.raises(RowInUse):
            sitebook.retire_row(site, admin, key, row_id)
    assert sitebook.retire_row(site, admin, K.UNITS, empty.id) is None
    assert "3栋2单元502" not in labels(site)


def test_residents_are_shown_masked_and_keep_the_numbers_behind(site: Site, admin: Actor) -> None:
    sitebook.import_workbook(site, admin, "book.xlsx", community(opened(site, admin)).data())
    row = sitebook.sheet(site, admin, K.RESIDENTS, "顾").rows[0]
    assert row.values["phones"] == ("138****1111", "139****2222")
    sitebook.save_row(site, admin, K.RESIDENTS, {"phones": ("139****2222", "0755 1234567")}, row.id)
    assert sitebook.reveal_phone(site, admin, row.id, "核对") == "13900002222 / 0755 1234567"
    with pytest.raises(BadInput):
        sitebook.save_row(site, admin, K.RESIDENTS, {"phones": ("137****2222",)}, row.id)
    moved = sitebook.retire_row(site, admin, K.RESIDENTS, row.id)
    assert moved is not None
    assert (moved.active, moved.values["moved_out"]) == (False, site.today())


def test_a_shorter_term_than_the_legal_one_is_told_and_an_empty_one_is_filled(site: Site, admin: Actor) -> None:
    pages = opened(site, admin)
    row = next(n for n in range(2, 40) if pages.cell(K.COMPONENTS, n, "code").value == "drain")
    pages.cell(K.COMPONENTS, row, "warranty_months").value = 2
    plan = sitebook.import_workbook(site, admin, "book.xlsx", pages.data())
    (note,) = plan.notes
    assert (note.kind, note.row, note.value, note.hints) == (MistakeKind.TERM_TOO_SHORT, row, "2", ("24",))
    added = sitebook.save_row(
        site, admin, K.COMPONENTS, {"code": "pool", "name_zh": "泳池防水", "warranty_class": "waterproofing"}
    )
    assert added.values["warranty_months"] == 60
    sitebook.save_row(site, admin, K.COMPONENTS, {"warranty_months": None, "warranty_seasons": None}, added.id)
    assert sitebook.sheet(site, admin, K.COMPONENTS, "泳池").rows[0].values["warranty_months"] == 60


# --- calendar --------------------------------------------------------------------------------------------------------


def test_a_new_site_knows_this_years_holidays_and_not_the_next(site: Site, admin: Actor) -> None:
    this, following = sitebook.year(site, admin, 2026), sitebook.year(site, admin, 2027)
    assert (this.published, following.published) == (True, False)
    days = {one.day: one for one in this.days}
    assert (days[date(2026, 10, 1)].name, days[date(2026, 10, 10)].working) == ("国庆节", True)
    assert all(not one.working and one.source == site_years.STATUTORY for one in following.days)
    with site.store.read() as unit:
        assert sitebook.unpublished_years(unit, date(2026, 11, 23)) == ()
        assert sitebook.unpublished_years(unit, date(2026, 12, 1)) == (2027,)
        calendar = reference.calendar(unit, ZoneInfo("Asia/Shanghai"))
    assert [len(calendar.spans(date(2026, 10, day))) for day in (1, 8, 10, 11)] == [0, 2, 2, 0]


def test_a_year_is_entered_by_hand(site: Site, admin: Actor) -> None:
    entered = (DayView(date(2027, 1, 1), False, "元旦", ""), DayView(date(2027, 1, 3), True, "上班", ""))
    view = sitebook.save_days(site, admin, 2027, entered)
    assert (view.published, [one.source for one in view.days]) == (True, ["person", "person"])
    with site.store.read() as unit:
        assert sitebook.unpublished_years(unit, date(2026, 12, 24)) == ()
    for wrong in ((DayView(date(2026, 1, 1), False, "", ""),), (entered[0], entered[0])):
        with pytest.raises(BadInput):
            sitebook.save_days(site, admin, 2027, wrong)
    assert len(sitebook.seed_year(site, admin, 2027).days) > 10


def test_open_times_move_with_the_calendar_and_the_week(house: House) -> None:
    site, manager = house.site, lobby_kit.add_account(house.site, Role.ADMINISTRATOR)
    case = house.log()

    def due() -> datetime:
        with site.store.read() as unit:
            at: datetime = unit.get(m.Case, case.id).due_at
            return at.astimezone(site.zone)

    assert (due().day, due().hour) == (24, 10)  # eight working hours after Monday at ten
    days = sitebook.year(site, manager, 2026).days
    sitebook.save_days(site, manager, 2026, (*days, DayView(date(2026, 11, 24), False, "停电检修", "")))
    assert (due().day, due().hour) == (25, 10)
    sitebook.save_row(site, manager, K.RULES, {"key": "week_3", "value": "休"})
    assert (due().day, due().hour) == (26, 10)
    sitebook.seed_year(site, manager, 2026)  # what the library knows comes in the place of what was entered
    assert (due().day, due().hour) == (24, 10)


# --- a site that was made before -------------------------------------------------------------------------------------


def test_a_site_made_before_is_completed_when_it_is_opened(site: Site, keystore: KeyStore) -> None:
    week = {str(day): [["09:00", "17:00"]] if day < 6 else [] for day in range(7)}
    with site.store.write() as unit:
        for model in (m.CalendarDay, m.PromiseRule, m.EscalationLevel, m.FollowUpRule):
            unit.run(model.delete())
        unit.run(m.Setting.delete().where(m.Setting.key.in_([reference.RULES, site_years.PUBLISHED])))
        reference.keep_setting(unit, "work.calendar", {"week": week, "days": {}})
    again = open_site(site.folder, keystore, clock=lambda: datetime(2026, 11, 23, 2, tzinfo=UTC))
    with again.store.read() as unit:
        assert not site_start.incomplete(unit, date(2026, 11, 23))
        assert [len(spans) for spans in reference.rules(unit).week] == [1, 1, 1, 1, 1, 1, 0]
        assert unit.count(m.PromiseRule.select()) > 0
        assert unit.count(m.EscalationLevel.select()) == 3
    again.close()


def test_the_checklist_names_what_is_missing(site: Site, admin: Actor) -> None:
    items = {item.sheet: item for item in sitebook.checklist(site, admin)}
    assert list(items) == list(SHEETS)
    assert (items[K.BUILDINGS].needed, items[K.BUILDINGS].done) == (True, False)
    assert items[K.COMPONENTS].done
    sitebook.save_row(site, admin, K.BUILDINGS, {"code": "5", "name_zh": "5栋", "stairs": 1, "floors": 3, "homes": 2})
    items = {item.sheet: item for item in sitebook.checklist(site, admin)}
    assert (items[K.UNITS].count, items[K.UNITS].missing) == (6, 6)  # nobody knows when they were delivered


def test_a_refused_workbook_leaves_the_site_as_it_was(site: Site, admin: Actor) -> None:
    pages = community(opened(site, admin)).put(K.STAFF, ("02", "", None, None, None))
    with pytest.raises(WorkbookRefused) as refused:
        sitebook.import_workbook(site, admin, "book.xlsx", pages.data())
    (mistake,) = refused.value.plan.mistakes
    assert (mistake.kind, mistake.row) == (MistakeKind.EMPTY, 3)
    assert labels(site) == set()
