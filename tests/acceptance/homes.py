"""The homes and houses of the desk's day: for each matter one of its own, with the delivery date that it tells of."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frontdesk.domain.people import Relation, fold_name, normalise_phone
from frontdesk.services.site import Site
from frontdesk.storage import models as m
from frontdesk.storage.unit import Unit

CSV = Path(__file__).with_name("desk_day.csv")
COMMON = "公共部位"
# An owner who calls from the number that we know, and a line of the price list (yuan for each 台).
OWNER, OWNER_NUMBER, OWNER_HOME = "沈知夏", "13800002210", "1栋1单元101"
SERVICE, SERVICE_PRICE_FEN = "空调清洗", 120_00
# Reported from the same house, because the one is the other's fault.
SAME_HOUSE = {"D30": "D29", "D31b": "D31a", "D23": "D01"}


@dataclass(frozen=True)
class Row:
    """A row of the desk's day, as its columns say."""

    id: str
    at: str
    channel: str
    said: str
    nature: str
    component: str
    place: str
    delivered_on: str
    duty_fact: str
    other_facts: str
    expect_route: str
    expect_remark: str
    expect_papers: str
    expect_registers: str
    expect_told: str
    closes_when: str
    paragraph: str
    why: str


def rows() -> tuple[Row, ...]:
    """All rows, in order."""
    with CSV.open(encoding="utf-8", newline="") as file:
        return tuple(Row(**row) for row in csv.DictReader(file))


def home_of(row_id: str) -> str:
    """The home that a matter is reported from."""
    matters = [row.id for row in rows() if row.nature]
    return f"{matters.index(SAME_HOUSE.get(row_id, row_id)) + 1}栋1单元101"


def furnish(site: Site) -> None:
    """Builds a house with one home for each matter; its date is the home's, or the common parts'."""
    with site.store.write() as unit:
        for row in rows():
            if not row.nature or row.id in SAME_HOUSE:
                continue
            label = home_of(row.id)
            delivered = date.fromisoformat(row.delivered_on) if row.delivered_on else None
            common = delivered if row.place == COMMON else None
            code = label.partition("栋")[0]
            building = unit.add(m.Building, code=code, name_zh=f"{code}栋", delivered_on=common)
            own = None if row.place == COMMON else delivered
            unit.add(m.Unit, building=building, stair="1", room="101", label=label, delivered_on=own)
        _owner(unit)
        unit.add(m.PriceItem, code="ac", name_zh=SERVICE, per="台", price_fen=SERVICE_PRICE_FEN)


def _owner(unit: Unit) -> None:
    home = unit.one(m.Unit.select().where(m.Unit.label == OWNER_HOME))
    person = unit.add(m.Person, name=OWNER, folded=fold_name(OWNER))
    normal = normalise_phone(OWNER_NUMBER)
    unit.add(m.Residency, person=person, unit=home.id, relation=Relation.OWNER)
    unit.add(m.Phone, person=person, number=OWNER_NUMBER, normal=normal, last_four=normal[-4:], main=True)
