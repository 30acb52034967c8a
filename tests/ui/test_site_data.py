"""From an empty site to its first order: checklist, workbook, sheets, calendar, all through the screens."""

from __future__ import annotations

from datetime import date

import pytest

from frontdesk.domain.routing import Route
from frontdesk.domain.sitebook import SheetKey
from frontdesk.storage import models as m
from tests.ui import site_kit

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

MOST_TABS = 20
DELIVERED = date(2015, 6, 30)  # long past every warranty but the structure's
SITE = {
    "Buildings": [
        {
            "Number or code": "3",
            "Name in Chinese": "3栋",
            "Delivered on": DELIVERED,
            "Builder's work accepted on": date(2015, 3, 1),
            "Stairs": 2,
            "Highest floor number": 6,
            "Homes on a floor": 2,
        }
    ],
    "Residents": [
        {"Home": "3-2-601", "Name": "沈知夏", "Relation to the home": "Owner", "Phone numbers": "138 0000 2210"},
        {"Home": "3-1-102", "Name": "郭一川", "Relation to the home": "Tenant", "Phone numbers": "13800003456"},
    ],
}


def count(hand, model):
    """The rows of a table, as another desk sees them."""
    with hand.other.store.read() as unit:
        return unit.count(model.select())


def type_in(hand, texts):
    """Types into the fields of these names, gone to by Tab."""
    for name, text in texts.items():
        for _step in range(MOST_TABS):
            if hand.focus.accessibleName() == name:
                break
            hand.key("Tab")
        assert hand.focus.accessibleName() == name
        hand.type(text)


def test_today_leads_to_the_checklist_while_there_are_no_homes(settler):
    settler.see("Your site has no homes yet")
    settler.click("Enter site data")
    settler.see("For the first order", "Buildings", "nothing yet", "Fill in")


def test_from_an_empty_site_to_the_first_routed_order(settler, qapp, tmp_path):
    path = tmp_path / "site.xlsx"
    site_kit.to_site_data(settler)
    site_kit.get_workbook(settler, qapp, path)
    site_kit.fill(path, SITE)
    site_kit.import_workbook(settler, qapp, path)
    settler.see("No mistakes")
    assert count(settler, m.Building) == 0
    settler.key("Ctrl+Return")
    settler.see("Imported:")
    settler.rest()
    assert count(settler, m.Person) == 2
    settler.key("Esc")
    settler.see("2 entries")
    settler.call(number="13800002210", says="厨房洗菜盆下的水管漏水")
    settler.see("沈知夏", "Service work order", "warranty")
    settler.key("Ctrl+S")
    settler.see("What happened")
    (case,) = settler.cases()
    assert (case.route, case.state) == (Route.WORK_ORDER, "open")
    with settler.other.store.read() as unit:
        (decision,) = unit.all(m.RouteDecision.select())
    assert (decision.route, decision.reason) == (Route.WORK_ORDER, "past_warranty")


def test_the_same_workbook_twice_changes_nothing(settler, qapp, tmp_path):
    path = tmp_path / "site.xlsx"
    site_kit.to_site_data(settler)
    site_kit.get_workbook(settler, qapp, path)
    site_kit.fill(path, SITE)
    site_kit.import_workbook(settler, qapp, path)
    settler.see("No mistakes")
    settler.click("Import all of it")
    settler.see("Imported:")
    settler.click("Another workbook…")
    site_kit.choose_file(settler, qapp, path)
    settler.see("is on the site already")


def test_a_file_that_is_no_workbook_is_told(settler, qapp, tmp_path):
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"not a workbook at all")
    site_kit.to_site_data(settler)
    site_kit.import_workbook(settler, qapp, path)
    settler.see("Nothing is imported", "It cannot be read.")


# A row for each kind of sheet, as it is typed: column title → text, in the order of the form.
TYPED = {
    SheetKey.BUILDINGS: {"Number or code": "7", "Name in Chinese": "7栋", "Stairs": "1", "Highest floor number": "3"},
    SheetKey.DEPARTMENTS: {"Number or code": "gd", "Name in Chinese": "园艺组"},
    SheetKey.EXTERNAL_UNITS: {"Number or code": "pool", "Name in Chinese": "泳池公司", "What they do": "泳池"},
    SheetKey.COMPONENTS: {"Number or code": "bench", "Name in Chinese": "长椅", "Words that people use": "长椅, 椅子"},
    SheetKey.STAFF: {"Number or code": "01", "Name": "高一鸣", "Phone": "13800009999"},
    SheetKey.PRICES: {"Number or code": "lock", "Name in Chinese": "开锁", "Price in yuan": "120.50"},
    SheetKey.AREAS: {"Number or code": "hall", "Name in Chinese": "大堂"},
}


@pytest.mark.parametrize("key", list(TYPED))
def test_a_row_is_entered_by_keys_alone(settler, key):
    view = site_kit.to_site_data(settler)
    view.open_sheet(key)
    settler.rest()
    settler.key("Ctrl+N")
    settler.see("New entry")
    type_in(settler, TYPED[key])
    settler.key("Ctrl+Return")
    settler.see("is saved.")
    settler.rest()
    editor = view._panes[key]
    editor._find.setFocus()
    settler.type(list(TYPED[key].values())[1])
    settler.until(lambda: editor._model.rowCount() == 1)
    settler.key("Esc")
    settler.see("For the first order")
    assert not view.rescue()


def test_what_is_wrong_is_said_at_its_field(settler):
    view = site_kit.to_site_data(settler)
    view.open_sheet(SheetKey.PRICES)
    settler.rest()
    settler.key("Ctrl+N")
    type_in(settler, {"Number or code": "lock", "Price in yuan": "much"})
    settler.key("Ctrl+Return")
    settler.see("This is not a number that can be taken.", "Please fill this in.")
    assert count(settler, m.PriceItem) == 0


def test_a_row_out_of_use_comes_back(settler):
    view = site_kit.to_site_data(settler)
    view.open_sheet(SheetKey.STAFF)
    settler.rest()
    settler.key("Ctrl+N")
    type_in(settler, TYPED[SheetKey.STAFF])
    settler.key("Ctrl+Return")
    settler.see("is saved.")
    editor = view._panes[SheetKey.STAFF]
    settler.until(lambda: editor._model.rowCount() == 1)
    editor._select(0)
    settler.see("Take out of use")
    settler.key("Ctrl+Delete")
    settler.see("is out of use.")
    settler.until(lambda: editor._model.rowCount() == 0)
    settler.click("Undo")
    settler.see("is in use again.")
    settler.until(lambda: editor._model.rowCount() == 1)


def test_what_was_left_unsaved_is_taken_up_again(settler):
    view = site_kit.to_site_data(settler)
    view.open_sheet(SheetKey.STAFF)
    settler.rest()
    settler.key("Ctrl+N")
    type_in(settler, {"Name": "高一鸣"})
    settler.key("Ctrl+N")
    settler.see("New entry was not saved.")
    assert settler.field("Name").text() == ""
    settler.click("Take up again")
    settler.until(lambda: settler.field("Name").text() == "高一鸣")


def test_homes_are_shown_before_they_are_made(settler):
    view = site_kit.to_site_data(settler)
    view.open_sheet(SheetKey.BUILDINGS)
    settler.rest()
    settler.key("Ctrl+N")
    type_in(settler, {"Number or code": "9", "Name in Chinese": "9栋", "Stairs": "2"})
    type_in(settler, {"Highest floor number": "18", "Homes on a floor": "4"})
    settler.see("144 homes", "9栋1单元101", "9栋2单元1804")
    type_in(settler, {"Floors without homes": "4, 13"})
    settler.see("128 homes")
    assert count(settler, m.Unit) == 0
    settler.key("Ctrl+Return")
    settler.see("is saved.")
    with settler.other.store.read() as unit:
        assert unit.count(m.Unit.select().where(m.Unit.room != "")) == 128


def test_a_day_becomes_a_holiday_by_a_key_and_back(settler):
    view = site_kit.to_site_data(settler)
    view.open_sheet(SheetKey.CALENDAR)
    settler.rest()
    editor = view._panes[SheetKey.CALENDAR]
    day = editor._grid.current
    before = editor._grid.kind(day)
    settler.key("Space")
    settler.until(lambda: editor._grid.kind(day) != before)
    with settler.other.store.read() as unit:
        changed = unit.count(m.CalendarDay.select().where(m.CalendarDay.day == day))
    settler.key("Space")
    settler.until(lambda: editor._grid.kind(day) == before)
    with settler.other.store.read() as unit:
        assert unit.count(m.CalendarDay.select().where(m.CalendarDay.day == day)) != changed


def test_a_year_that_is_not_published_says_so(settler):
    view = site_kit.to_site_data(settler)
    view.open_sheet(SheetKey.CALENDAR)
    settler.rest()
    editor = view._panes[SheetKey.CALENDAR]
    for _year in range(8):
        settler.click("The year after")
    settler.see("are not entered yet")
    settler.click("Take over the published days")
    settler.see("have not been published yet")
    assert editor._note.isVisible()


def test_reception_names_the_missing_homes_and_leads_there(settler):
    settler.key("F2")
    settler.see("Telephone number")
    settler.fill("Home or place", "3-2-601")
    settler.see("No homes are entered yet")
    settler.click("Enter site data")
    settler.see("For the first order")


def test_residents_numbers_are_masked_and_stay_when_untouched(settler, qapp, tmp_path):
    path = tmp_path / "site.xlsx"
    view = site_kit.to_site_data(settler)
    site_kit.get_workbook(settler, qapp, path)
    site_kit.fill(path, SITE)
    site_kit.import_workbook(settler, qapp, path)
    settler.see("No mistakes")
    settler.key("Ctrl+Return")
    settler.see("Imported:")
    view.open_sheet(SheetKey.RESIDENTS)
    settler.see("138****2210")
    assert not settler.reads("13800002210")
    settler.rest()
    editor = view._panes[SheetKey.RESIDENTS]
    editor._find.setFocus()
    settler.type("沈")
    settler.until(lambda: editor._model.rowCount() == 1)
    editor._select(0)
    settler.field("Moved in on").setFocus()
    settler.type("2016-01-31")
    settler.key("Ctrl+Return")
    settler.see("is saved.")
    with settler.other.store.read() as unit:
        (phone,) = unit.all(m.Phone.select().where(m.Phone.last_four == "2210"))
    assert phone.normal == "13800002210"
    settler.click("Show the number")
    settler.fill("Reason", "he asked to be called")
    settler.key("Return")
    settler.see("138 0000 2210")
    settler.key("Esc")
