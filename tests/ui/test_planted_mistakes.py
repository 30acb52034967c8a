"""A workbook with twenty mistakes of twenty kinds: all are named on the screen at once, and nothing is imported."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication

from frontdesk.storage import models as m
from tests.ui import site_kit

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")

GOOD = {"Number or code": "3", "Name in Chinese": "3栋", "Stairs": 2, "Highest floor number": 6, "Homes on a floor": 2}
OWNER = {"Home": "3-2-601", "Name": "沈知夏", "Relation to the home": "Owner"}
SHEETS = {
    "Buildings": [
        GOOD,
        {**GOOD, "Name in Chinese": "三栋"},  # 3: the number is there twice
        {**GOOD, "Number or code": "4", "Name in Chinese": None},  # 4: a name is needed
        {**GOOD, "Number or code": "5", "Delivered on": "last spring"},  # 5: not a day
        {**GOOD, "Number or code": "6", "Stairs": "many"},  # 6: not a number
        {**GOOD, "Number or code": "7", "Highest floor number": 900},  # 7: too large
        {**GOOD, "Number or code": "8", "Builder's work accepted on": "30 February"},  # 8: not a day
        {**GOOD, "Number or code": "9", "How homes are numbered": "{home}"},  # 9: tells no floors apart
        {**GOOD, "Number or code": "10", "Stairs": "=1+1"},  # 10: a formula
    ],
    "Residents": [
        OWNER,
        {**OWNER, "Home": "3-9-999"},  # 3: no such home
        {**OWNER, "Name": "顾若溪", "Relation to the home": "Neighbour"},  # 4: not one of the choices
        {**OWNER, "Name": "郭一川", "Phone numbers": "call me"},  # 5: not a number
        {**OWNER, "Name": None},  # 6: a name is needed
        {**OWNER, "Name": "高一鸣", "Moved in on": date(2024, 5, 1), "Moved out on": date(2023, 5, 1)},  # 7: order
        {**OWNER, "Name": "长" * 80},  # 8: too long
    ],
    "Staff": [
        {"Number or code": "01", "Name": "程一鸣", "Department": "Moonlight"},  # 2: no such department
        {"Number or code": "02", "Name": "沈一", "Phone": "12ab"},  # 3: not a number
    ],
    "Price list": [{"Number or code": "lock", "Name in Chinese": "开锁", "Price in yuan": "cheap"}],  # 2: no money
    "Calendar": [{"Day": date(2026, 10, 1), "Working day": "perhaps"}],  # 2: neither yes nor no
}
PLANTED = [
    ("Buildings", 3, "Number or code", "is there twice"),
    ("Buildings", 4, "Name in Chinese", "It is empty"),
    ("Buildings", 5, "Delivered on", "last spring is not a day"),
    ("Buildings", 6, "Stairs", "many is not a number"),
    ("Buildings", 7, "Highest floor number", "too small or too large"),
    ("Buildings", 8, "Builder's work accepted on", "30 February is not a day"),
    ("Buildings", 9, "How homes are numbered", "not one of the choices"),
    ("Buildings", 10, "Stairs", "a formula"),
    ("Residents", 3, "Home", "not a home of this site"),
    ("Residents", 4, "Relation to the home", "Neighbour is not one of the choices"),
    ("Residents", 5, "Phone numbers", "call me is not a phone number"),
    ("Residents", 6, "Name", "It is empty"),
    ("Residents", 7, "Moved out on", "comes before"),
    ("Residents", 8, "Name", "too long"),
    ("Staff", 2, "Department", "Moonlight is on no other sheet"),
    ("Staff", 3, "Phone", "12ab is not a phone number"),
    ("Price list", 2, "Price in yuan", "cheap is not a number"),
    ("Calendar", 2, "Working day", "perhaps is not one of the choices"),
    ("Holidays", 0, "", "no sheet called Holidays"),
    ("Areas", 1, "Colour", "no column called Colour"),
]


def spoil(path):
    """Fills the workbook in as above; a sheet and a column that the program does not know come on top."""
    site_kit.fill(path, SHEETS)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Holidays").append(["Day"])
    areas = book["Areas"]
    areas.cell(1, areas.max_column + 1, "Colour")
    book.save(path)


def test_twenty_planted_mistakes_are_all_named(settler, qapp, tmp_path):
    path = tmp_path / "site.xlsx"
    site_kit.to_site_data(settler)
    site_kit.get_workbook(settler, qapp, path)
    spoil(path)
    site_kit.import_workbook(settler, qapp, path)
    settler.see("20 mistakes. Nothing is imported")
    settler.key("Ctrl+Shift+C")
    settler.see("The list is copied.")
    named = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()[1:]]
    found = {(sheet, int(row or 0), column.rstrip("*")): what for sheet, row, column, what, _hint in named}
    missing = [each for each in PLANTED if each[3] not in found.get(each[:3], "")]
    assert missing == [], named
    assert len(named) == len(PLANTED) == 20
    with settler.other.store.read() as unit:
        assert unit.count(m.Building.select()) == 0


def test_mended_and_read_again_it_is_imported(settler, qapp, tmp_path):
    path = tmp_path / "site.xlsx"
    site_kit.to_site_data(settler)
    site_kit.get_workbook(settler, qapp, path)
    site_kit.fill(path, {"Buildings": [{**GOOD, "Stairs": "many"}]})
    site_kit.import_workbook(settler, qapp, path)
    settler.see("1 mistake.", "many is not a number")
    site_kit.fill(path, {"Buildings": [GOOD]})
    settler.key("F5")
    settler.see("No mistakes")
    settler.key("Ctrl+Return")
    settler.see("Imported:")
    with settler.other.store.read() as unit:
        assert unit.count(m.Building.select()) == 1


def test_the_list_is_saved_as_a_table(settler, qapp, tmp_path):
    path = tmp_path / "site.xlsx"
    site_kit.to_site_data(settler)
    site_kit.get_workbook(settler, qapp, path)
    site_kit.fill(path, {"Buildings": [{**GOOD, "Stairs": "many"}]})
    site_kit.import_workbook(settler, qapp, path)
    settler.click("Save the list…")
    site_kit.choose_file(settler, qapp, tmp_path / "list.csv")
    settler.see("Saved:")
    lines = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("Buildings,2,Stairs,many is not a number")
