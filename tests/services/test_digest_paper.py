"""The digest on paper, as the office director gets it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.domain.access import Forbidden, Role
from frontdesk.domain.digests import Period, PeriodKind, period_of
from frontdesk.domain.routing import MatterKind
from frontdesk.forms.fontbuild import build_fonts
from frontdesk.services import digest_paper, digests
from frontdesk.services.digests import NoteTyped
from frontdesk.services.views import MatterDraft
from frontdesk.storage import models as m
from tests.services import lobby_kit
from tests.services.house_kit import NEW_HOME, OLD_HOME, House

WEEK = timedelta(days=7)


@pytest.fixture(scope="module", autouse=True)
def _faces() -> None:
    build_fonts(paths.built() / "fonts")


def week(house: House) -> Period:
    return period_of(PeriodKind.WEEK, house.site.today())


def read(house: House, period: Period, language: str = "zh_CN") -> str:
    """All text of the paper, without white space."""
    pdf = digest_paper.digest_pdf(house.site, house.desk, period, language).pdf
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)


def raise_much(house: House) -> Period:
    """Two weeks: one drain, then three and a complaint, one of them done in time; the second week."""
    house.clock.go_on(-WEEK)
    house.log()
    house.clock.go_on(WEEK)
    for home in (OLD_HOME, OLD_HOME, NEW_HOME):
        case = house.log(house.leak(unit_id=house.homes[home]), unit_id=house.homes[home])
    house.log(MatterDraft(MatterKind.COMPLAINT, "太吵"))
    done = house.clock() + timedelta(hours=3, minutes=20)
    with house.site.store.write() as unit:
        unit.change(m.Case, case.id, result_at=done, due_at=done)
    house.clock.go_on(WEEK)
    return week(house).moved(-1)


def test_the_paper_says_what_the_screen_says(house: House) -> None:
    period = raise_much(house)
    (drain, _complaint) = digests.digest(house.site, house.desk, period).topics
    typed = NoteTyped(period, drain.key, "入冬前检查立管", "漏水当天上门")
    digests.keep_note(house.site, house.desk, typed)
    shown = read(house, period)
    for words in (
        "客户意见汇总", "云杉苑", "2026年第48周（11月23日–11月29日）", "前1周", "下水管道3▲上升", "投诉1★新出现",
        "3栋", "1栋", "第47周", "33%（1/3）", "3小时20分", "未升级×1",
        "3栋×2、1栋×1", "下水管道×2", "入冬前检查立管", "漏水当天上门", "多次且增多",
        "管理处主任签字",
    ):  # fmt: skip
        assert words in shown, words


def test_in_english(house: House) -> None:
    shown = read(house, raise_much(house), "en")
    for words in (
        "CustomerDigest",
        "2026Week48(2026-11-23–2026-11-29)",
        "Drains3▲rising",
        "Complaints1★new",
        "3h20min",
    ):
        assert words in shown, words


def test_a_month_that_still_runs_says_so(house: House) -> None:
    house.log()
    period = period_of(PeriodKind.MONTH, house.site.today())
    assert "2026年11月（11月1日–11月23日，尚未结束）" in read(house, period)
    assert "2026-11(2026-11-01–2026-11-23,notoveryet)" in read(house, period, "en")


def test_an_empty_period_prints(house: House) -> None:
    assert "尚无可比时段" in read(house, week(house))


def test_printing_is_on_record_and_not_for_everybody(house: House) -> None:
    read(house, week(house))
    with house.site.store.read() as unit:
        assert "digest.rendered" in [row.action for row in unit.all(m.Audit.select())]
    with pytest.raises(Forbidden):
        digest_paper.digest_pdf(house.site, lobby_kit.add_account(house.site, Role.DEPARTMENT), week(house))
