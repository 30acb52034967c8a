"""Every mistake of a workbook is named at once, where it stands, with what would do; odd files are refused kindly."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import pytest

from frontdesk.domain.access import Actor, Role
from frontdesk.domain.sitebook import SHEETS, SheetKey
from frontdesk.services import sitebook
from frontdesk.services.site import Site
from frontdesk.services.sitebook import cells, reading
from frontdesk.services.sitebook.cells import WrongCell
from frontdesk.services.views.sitebook import Mistake, MistakeKind
from frontdesk.storage import models as m
from tests.services import lobby_kit
from tests.services.workbook_kit import HOUSE, Pages, community, empty, opened, touched

K, M = SheetKey, MistakeKind


@pytest.fixture
def admin(site: Site) -> Actor:
    return lobby_kit.add_account(site, Role.ADMINISTRATOR)


def spoilt(pages: Pages) -> Pages:
    """A community's workbook with a mistake of every kind."""
    community(pages)
    pages.put(
        K.BUILDINGS,
        ("4", None, None, "2024年13月5日", None, None, None, None, None, None, None),
        ("6", "6栋", None, None, None, 99, 6, 2, None, None, None),
        ("7", "7栋", None, None, None, 1, 6, 2, "{room}", None, None),
        ("8", "8栋", None, None, None, 1, 6, 2, None, "顶楼", None),
        ("3", "3栋", None, None, None, None, None, None, None, None, None),
    )
    pages.put(
        K.RESIDENTS,
        ("3-2-6002", "祝星野", "业主", None, None, None, None),
        ("3-2-601", "祝星野", "房东", "call me", None, "2024-05-01", "2024-04-01"),
        ("3-2-602", "沈 知夏", "业主", None, None, None, None),
        ("3-2-501", None, "业主", None, "火星文", "昨天", None),
        ("4-1-101", "祝星野", "业主", None, None, None, None),
    )
    pages.put(K.STAFF, ("02", "宋一鸣", "设备管里部", "x" * 61, None))
    pages.put(K.PRICES, ("p2", "通下水", None, "次", "面议", None), ("p3", "换锁", None, "把", "-5", None))
    pages.put(K.CALENDAR, ("2026-12-32", "休", "假"), ("2026-12-31", "也许", "假"))
    pages.cell(K.RULES, 2, "value").value = "很快"
    pages.cell(K.RULES, 3, "value").value = "0"
    pages.cell(K.RULES, 12, "value").value = "9点到5点"
    pages.cell(K.EXTERNAL_UNITS, 2, "promised_hours").value = "=1/0"
    pages.cell(K.FOLLOW_UPS, 1, "after_hours").value = "过后"
    pages.book.create_sheet("住户名单").append(["谁"])
    return pages


def found(pages: Pages, mistake: Mistake) -> tuple[str, int, str, MistakeKind, str]:
    """A mistake with the keys of its sheet and column."""
    key = next((key for key in SHEETS if pages.page(key).title == mistake.sheet), None)
    columns = {pages.heading(key, column.key).rstrip("*"): column.key for column in SHEETS[key].columns} if key else {}
    return (
        key or mistake.sheet,
        mistake.row,
        columns.get(mistake.column.rstrip("*"), mistake.column),
        mistake.kind,
        mistake.value,
    )


PLANTED = [
    (K.BUILDINGS, 3, "name_zh", M.EMPTY, ""),
    (K.BUILDINGS, 3, "delivered_on", M.NOT_A_DAY, "2024年13月5日"),
    (K.BUILDINGS, 4, "stairs", M.OUT_OF_RANGE, "99"),
    (K.BUILDINGS, 5, "pattern", M.NOT_ONE_OF, "{room}"),
    (K.BUILDINGS, 6, "no_floors", M.NOT_A_NUMBER, "顶楼"),
    (K.BUILDINGS, 7, "code", M.TWICE, "3"),
    (K.RESIDENTS, 5, "unit", M.NOT_A_UNIT, "3-2-6002"),
    (K.RESIDENTS, 6, "relation", M.NOT_ONE_OF, "房东"),
    (K.RESIDENTS, 6, "phones", M.NOT_A_PHONE, "call me"),
    (K.RESIDENTS, 7, "name", M.TWICE, "沈 知夏"),
    (K.RESIDENTS, 8, "name", M.EMPTY, ""),
    (K.RESIDENTS, 8, "language", M.NOT_ONE_OF, "火星文"),
    (K.RESIDENTS, 8, "moved_in", M.NOT_A_DAY, "昨天"),
    (K.STAFF, 3, "job", M.TOO_LONG, "x" * 61),
    (K.STAFF, 3, "department", M.LINK_MISSING, "设备管里部"),
    (K.EXTERNAL_UNITS, 2, "promised_hours", M.FORMULA, "=1/0"),
    (K.RULES, 2, "value", M.NOT_A_NUMBER, "很快"),
    (K.RULES, 3, "value", M.OUT_OF_RANGE, "0"),
    (K.RULES, 12, "value", M.NOT_A_TIME, "9点到5点"),
    (K.FOLLOW_UPS, 1, "过后", M.COLUMN_UNKNOWN, "过后"),
    (K.FOLLOW_UPS, 1, "after_hours", M.COLUMN_MISSING, ""),
    (K.PRICES, 3, "price_fen", M.NOT_A_NUMBER, "面议"),
    (K.PRICES, 4, "price_fen", M.OUT_OF_RANGE, "-5"),
    (K.CALENDAR, None, "day", M.NOT_A_DAY, "2026-12-32"),
    (K.CALENDAR, None, "working", M.NOT_ONE_OF, "也许"),
    ("住户名单", 0, "", M.SHEET_UNKNOWN, "住户名单"),
]


def test_every_planted_mistake_is_named_and_nothing_else(site: Site, admin: Actor) -> None:
    pages = spoilt(opened(site, admin))
    plan = sitebook.check_workbook(site, admin, "book.xlsx", pages.data())
    named = [found(pages, mistake) for mistake in plan.mistakes]
    named = [(key, None if key == K.CALENDAR else row, *rest) for key, row, *rest in named]
    assert set(map(str, named)) ^ set(map(str, PLANTED)) == set()
    assert len(named) == len(PLANTED)
    assert len(PLANTED) >= 20
    assert plan.counts == ()
    hints = {(mistake.kind, mistake.value): mistake.hints for mistake in plan.mistakes}
    assert "3栋2单元602" in hints[M.NOT_A_UNIT, "3-2-6002"]
    assert "设备管理部" in hints[M.LINK_MISSING, "设备管里部"]
    assert hints[M.TWICE, "沈 知夏"] == ("2",)
    assert hints[M.OUT_OF_RANGE, "99"] == ("0 – 20",)


def test_dates_in_the_wrong_order_are_named(site: Site, admin: Actor) -> None:
    pages = opened(site, admin).put(K.BUILDINGS, HOUSE)
    pages.put(K.RESIDENTS, ("3-2-601", "祝星野", "业主", None, None, "2024-05-01", "2024-04-01"))
    (mistake,) = sitebook.check_workbook(site, admin, "book.xlsx", pages.data()).mistakes
    assert (mistake.kind, mistake.hints) == (M.ORDER, ("2024-05-01",))


def test_a_workbook_of_ones_own_with_titles_merged_cells_and_another_order(site: Site, admin: Actor) -> None:
    sitebook.import_workbook(site, admin, "book.xlsx", opened(site, admin).put(K.BUILDINGS, HOUSE).data())
    pages = empty("Residents")
    page = pages.book["Residents"]
    page.append(["云杉苑住户一览"])
    page.append([])
    page.append(["電話號碼", "Name", "房号", "Relation to the home *"])
    page.append([13800003333, "顾若溪", "3-1-201", "Owner"])
    page.append([None, "顾启明", None, "家属"])
    page.merge_cells("C4:C5")
    page.append([None, None, None, None])
    plan = sitebook.import_workbook(site, admin, "mine.xlsx", pages.data())
    assert touched(plan) == [("residents", 2, 0)]
    with site.store.read() as unit:
        homes = {row.unit for row in unit.all(m.Residency.select())}
    assert len(homes) == 1


def test_a_formula_counts_by_the_value_that_was_kept(site: Site, admin: Actor) -> None:
    pages = opened(site, admin).put(K.PRICES, ("p1", "换灯泡", None, "个", "=12*2", None))
    data = pages.data()
    (mistake,) = sitebook.check_workbook(site, admin, "book.xlsx", data).mistakes
    assert (mistake.kind, mistake.row) == (M.FORMULA, 2)
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(kept, "w") as after:
        for entry in before.infolist():
            after.writestr(entry.filename, re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>24</v>", before.read(entry)))
    plan = sitebook.check_workbook(site, admin, "book.xlsx", kept.getvalue())
    assert (plan.mistakes, touched(plan)) == ((), [("prices", 1, 0)])


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", M.UNREADABLE),
        (b"not a workbook at all", M.UNREADABLE),
        (packed(readme=b"no workbook"), M.UNREADABLE),
        (packed(**{"[Content_Types].xml": b"<broken", "xl/workbook.xml": b"<broken"}), M.UNREADABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 40, M.PROTECTED),
        (packed(bomb=bytes(reading.MOST_UNPACKED + 1)), M.TOO_LARGE),
    ],
)
def test_files_that_are_no_workbook(site: Site, admin: Actor, data: bytes, kind: MistakeKind) -> None:
    plan = sitebook.check_workbook(site, admin, "x.xlsx", data)
    assert [(mistake.kind, mistake.sheet) for mistake in plan.mistakes] == [(kind, "x.xlsx")]


def test_a_sheet_without_end_is_refused(site: Site, admin: Actor) -> None:
    pages = opened(site, admin)
    pages.page(K.STAFF).cell(1_000_000, 3, "!")
    (mistake,) = sitebook.check_workbook(site, admin, "x.xlsx", pages.data()).mistakes
    assert (mistake.kind, mistake.sheet) == (M.TOO_LARGE, pages.page(K.STAFF).title)


def test_a_sheet_that_is_one_merged_cell_is_refused(site: Site, admin: Actor) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(opened(site, admin).data())) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
            after.writestr(entry.filename, before.read(entry).replace(b"</worksheet>", merged))
    (mistake,) = sitebook.check_workbook(site, admin, "x.xlsx", out.getvalue()).mistakes
    assert mistake.kind is M.TOO_LARGE


def test_a_workbook_without_a_single_known_sheet(site: Site, admin: Actor) -> None:
    plan = sitebook.check_workbook(site, admin, "x.xlsx", empty("Sheet1").data())
    assert [mistake.kind for mistake in plan.mistakes] == [M.SHEET_MISSING]


@pytest.mark.parametrize(
    ("sheet", "column", "raw", "value"),
    [
        *((K.UNITS, "delivered_on", raw, date(2024, 3, 5)) for raw in (
            "2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "２０２４年３月５日 ", "20240305", 20240305, 45356,
            45356.0, datetime(2024, 3, 5), date(2024, 3, 5), "2024-03-05 00:00:00",
        )),
        (K.UNITS, "floor", "１２", 12),
        (K.UNITS, "floor", "12.0", 12),
        (K.UNITS, "room", 1201.0, "1201"),
        (K.UNITS, "note", "  ", None),
        (K.RESIDENTS, "phones", 13800002210.0, ("13800002210",)),
        (K.RESIDENTS, "phones", "138 0000 2210，0755-1234567", ("138 0000 2210", "0755-1234567")),
        (K.RESIDENTS, "phones", "+86 13900001111；110110", ("+86 13900001111", "110110")),
        (K.RESIDENTS, "relation", "OWNER", "owner"),
        (K.RESIDENTS, "relation", "業主", "owner"),
        (K.PRICES, "price_fen", "￥1,280.50 元", 128050),
        (K.PRICES, "price_fen", 12.5, 1250),
        (K.FOLLOW_UPS, "percent", "30%", 30),
        (K.FOLLOW_UPS, "percent", 0.3, 30),
        (K.PROMISES, "around_the_clock", "是", True),
        (K.PROMISES, "around_the_clock", None, False),
        (K.PROMISES, "around_the_clock", "×", False),
        (K.AREAS, "public", "", True),
        (K.COMPONENTS, "words", "水管、龙头;无水，水压", ("水管", "龙头", "无水", "水压")),
    ],
)  # fmt: skip
def test_cells_as_people_write_them(sheet: SheetKey, column: str, raw: object, value: object) -> None:
    assert cells.read(SHEETS[sheet].column(column), raw) == value


@pytest.mark.parametrize(
    ("sheet", "column", "raw", "kind"),
    [
        (K.UNITS, "delivered_on", "5/3/2024", M.NOT_A_DAY),
        (K.UNITS, "delivered_on", 12, M.NOT_A_DAY),
        (K.UNITS, "delivered_on", "2024-02-30", M.NOT_A_DAY),
        (K.UNITS, "floor", "1.5", M.NOT_A_NUMBER),
        (K.UNITS, "floor", "nan", M.NOT_A_NUMBER),
        (K.UNITS, "room", None, M.EMPTY),
        (K.RESIDENTS, "phones", "138****2210", M.NOT_A_PHONE),
        (K.RESIDENTS, "phones", "123", M.NOT_A_PHONE),
        (K.PRICES, "price_fen", "0.005", M.NOT_A_NUMBER),
        (K.CALENDAR, "working", "maybe", M.NOT_ONE_OF),
    ],
)
def test_cells_that_mean_nothing(sheet: SheetKey, column: str, raw: object, kind: MistakeKind) -> None:
    with pytest.raises(WrongCell) as wrong:
        cells.read(SHEETS[sheet].column(column), raw)
    assert wrong.value.kind is kind


def test_ten_thousand_residents_are_taken_in(site: Site, admin: Actor) -> None:
    pages = opened(site, admin).put(K.BUILDINGS, ("3", "3栋", None, None, None, 2, 30, 10, None, None, None))
    relation = ("业主", "租户")
    pages.put(K.RESIDENTS, *(
        (f"3-{n % 2 + 1}-{n // 2 % 30 + 1}{n // 60 % 10 + 1:02}", f"住户{n}", relation[n % 2], 13_800_000_000 + n)
        for n in range(10_000)
    ))  # fmt: skip
    data = pages.data()
    assert touched(sitebook.import_workbook(site, admin, "x", data)) == [("buildings", 1, 0), ("residents", 10_000, 0)]
    assert sitebook.sheet(site, admin, K.RESIDENTS, "住户9999").total == 1
    with site.store.read() as unit:
        assert unit.count(m.Phone.select()) == unit.count(m.Person.select()) == 10_000
