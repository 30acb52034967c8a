"""Taking a row of the desk's day in through the reception's screen."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.services.views import CaseView
from tests.acceptance.desk import Receptionist
from tests.acceptance.homes import COMMON, Row, home_of, rows

ROWS = {row.id: row for row in rows()}

KINDS = {
    "repair": "Repair",
    "opinion": "Opinion or suggestion",
    "suggestion": "Opinion or suggestion",
    "complaint": "Complaint",
    "special_service": "Special service",
    "enquiry": "Question",
    "emergency": "Emergency",
}
COMPONENTS = {
    "plumbing": "Water supply pipes",
    "waterproofing": "Bathroom waterproofing",
    "electrical": "Electrical wiring",
    "heating": "Heating",
    "main_structure": "Main structure",
    "decoration": "Walls and floors",
    "access_control": "Access gates",
    "video_intercom": "Video intercom",
    "broadband": "Broadband",
    "water_heater": "Water heater",
    "security_door": "Security door",
    "gas": "Gas",
    "lift": "Lift",
}
# 有偿 / 无偿, and what else of "other_facts" is a fact that the screen asks for.
PAYS = {"有偿": "Chargeable", "无偿": "Free"}
PROMISES = {"unit can come on 11-25": "11-25 10:00", "promised 2026-11-25T15:00": "11-25 15:00"}
DUTIES = {"builder": "Came with the building", "external_unit": "External unit"}
DEPARTMENTS = {"D22": "Cleaning and greening", "D31b": "Engineering department"}
ANSWERS = {"D25": "每季度首月十五日前", "D26": ""}  # a refusal brings its own words
TOGETHER = {"D31a": ("D31a", "D31b"), "D31b": ("D31a", "D31b")}


@dataclass(frozen=True)
class Taken:
    """What came of taking a row in."""

    row: Row
    case: CaseView


def take_in(desk: Receptionist, row_id: str) -> Taken:
    """Takes a matter in as its row tells, with the matters of the same call; what it refers to is there already."""
    together = [ROWS[each] for each in TOGETHER.get(row_id, (row_id,))]
    row = ROWS[row_id]
    desk.clock.set(row.at)
    _begin(desk, row)
    for place, each in enumerate(together):
        if place:
            desk.click("+ another matter")
        _matter(desk, each)
    _expect(desk, together[-1])
    desk.key("Ctrl+S")
    desk.until(lambda: desk.here() == "cases")
    desk.rest()
    case = desk.case(together.index(row) - len(together))
    return Taken(row, desk.open(case))


def _begin(desk: Receptionist, row: Row) -> None:
    desk.key("F2" if row.channel == "call" else "F3")
    desk.see("Telephone number" if row.channel == "call" else "Visitor at the desk")
    desk.fill("Home or place", home_of(row.id))
    desk.see(home_of(row.id))
    desk.rest()


def _matter(desk: Receptionist, row: Row) -> None:
    desk.fill("What is reported", row.said)
    desk.pick("Kind of matter", KINDS[row.nature])
    if row.component:
        desk.pick("Component", COMPONENTS[row.component])
    if row.place and row.nature in ("repair", "emergency"):
        desk.choose("Home or common part", "Common" if row.place == COMMON else "At home")
    if row.duty_fact in DUTIES and row.nature == "repair":
        desk.pick("Who answers for it", DUTIES[row.duty_fact])
    _other_facts(desk, row)


def _other_facts(desk: Receptionist, row: Row) -> None:
    facts = [fact.strip() for fact in row.other_facts.split(";")]
    for fact in facts:
        if fact in PAYS and row.nature == "repair":
            desk.choose("Who pays", PAYS[fact])
        if fact in PROMISES:
            desk.fill("Time promised", PROMISES[fact])
        if fact.startswith("needs "):
            desk.choose("Must others agree?", "Yes")
            desk.choose("More than two days?", "Yes")
        if fact == "one department":
            desk.choose("Must others agree?", "No")
    if row.id in DEPARTMENTS:
        desk.pick("Department", DEPARTMENTS[row.id])
    if row.id == "D26":
        desk.choose("How it was answered", "Refused politely")
    if ANSWERS.get(row.id):
        desk.fill("Answer given", ANSWERS[row.id])
    if "earlier case exists" in facts:
        desk.see("Earlier matter")
        desk.pick("Earlier matter", ROWS["D01"].said)
    if row.expect_route.startswith("joined"):
        desk.see("Same fault?")
        desk.key("Alt+J")


ROUTES = {
    "property_repair": "Service work order",
    "rectification": "Liaison form",
    "external_unit": "External unit's repair",
    "communication": "Coordination",
    "direct": "Department's own matter",
    "complaint": "Complaint record",
    "special_service": "Special service order",
    "answered": "Answered on the spot",
    "emergency": "Incident record",
    "to_be_established": "To be established",
}


def words_of_routes(row: Row) -> list[str]:
    """What the screen calls the ways that a row must go."""
    if row.expect_route.startswith("joined"):
        return ["Joined to"]
    return [ROUTES[route] for route in row.expect_route.split("+")]


def _expect(desk: Receptionist, row: Row) -> None:
    """Before it is put on record the screen says which way it will go, and by which paragraph."""
    desk.see(*words_of_routes(row))
    desk.rest()
