"""Workbooks for the tests: the program's own, filled in and spoilt as people do it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook

from frontdesk.domain.access import Actor
from frontdesk.domain.sitebook import SHEETS, SheetKey
from frontdesk.services import sitebook
from frontdesk.services.site import Site
from frontdesk.services.sitebook import words
from frontdesk.services.views.sitebook import ImportPlan, SheetCount


@dataclass
class Pages:
    """An open workbook in a language; sheets and columns go by their keys."""

    book: Any
    language: str = "zh_CN"

    def page(self, key: SheetKey) -> Any:
        """A sheet."""
        return self.book[words.said(self.language, SHEETS[key].title)]

    def put(self, key: SheetKey, *rows: Sequence[object]) -> Pages:
        """Writes rows under the head, where the sheet is empty."""
        page = self.page(key)
        for row in rows:
            page.append(list(row))
        return self

    def cell(self, key: SheetKey, row: int, column: str) -> Any:
        """A cell by its row's number."""
        keys = [one.key for one in SHEETS[key].columns]
        return self.page(key).cell(row, keys.index(column) + 1)

    def heading(self, key: SheetKey, column: str) -> str:
        """What a column is headed with."""
        return words.title(self.language, SHEETS[key].column(column))

    def data(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def opened(site: Site, actor: Actor, language: str = "zh_CN", *, filled: bool = False) -> Pages:
    """The site's workbook, to be filled in."""
    return Pages(load_workbook(io.BytesIO(sitebook.workbook(site, actor, language, filled=filled))), language)


def empty(*titles: str) -> Pages:
    """A workbook that somebody made by themselves."""
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        book.create_sheet(title)
    return Pages(book)


def touched(plan: ImportPlan) -> list[tuple[str, int, int]]:
    """The sheets that would change: new and changed rows."""
    differs: Callable[[SheetCount], bool] = lambda count: bool(count.new or count.changed)  # noqa: E731
    return [(count.sheet.value, count.new, count.changed) for count in plan.counts if differs(count)]


HOUSE = ("3", "3栋", None, "2024-03-05", "2023-12-20", 2, 6, 2, None, "1", None)


def community(pages: Pages) -> Pages:
    """A house with its people, in the ways in which they are written."""
    pages.put(SheetKey.BUILDINGS, HOUSE)
    pages.put(SheetKey.UNITS, ("3栋", "1", "201", 2, "2024年5月6日", None, "样板间"))
    pages.put(
        SheetKey.RESIDENTS,
        ("3-2-602", "沈知夏", "业主", 13800002210, "简体中文", "2024/4/1", None),
        ("３栋１单元２０１", "沈知夏", "业主", "138 0000 2210", "简体中文", None, None),
        ("3#1-302", "顾若溪 ", "租户", "13800001111、13900002222", None, 45383, None),
    )
    pages.put(SheetKey.STAFF, ("01", "程一鸣", "设备管理部", "水电工", "139 0000 0001"))
    pages.put(SheetKey.PRICES, ("p1", "换灯泡", None, "个", "12.50", None))
    pages.put(SheetKey.EQUIPMENT, ("E1", "2号梯", "lift", "3", None, "2024-01-02", 36, "lift", None))
    return pages
