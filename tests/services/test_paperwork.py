"""Paper: what is printed, kept and recorded."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.domain import codes
from frontdesk.domain.access import Actor, Forbidden, Role
from frontdesk.domain.cases import Step
from frontdesk.domain.paper import Copy, PaperState, PrintState
from frontdesk.services import cases, paperwork, settings
from frontdesk.services.errors import NotFound
from frontdesk.storage import models as m
from tests.services import house_kit as kit
from tests.services import lobby_kit
from tests.services.house_kit import House
from tests.services.lobby_kit import audited


def printings(house: House) -> list[Any]:
    with house.site.store.read() as unit:
        return unit.all(m.Printing.select().order_by(m.Printing.id))


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_work_order_says_in_chinese_what_was_reported_where_and_until_when(house: House) -> None:
    case = house.log()
    printable = paperwork.render_paper(house.site, house.desk, case.papers[0].id)
    assert (printable.number, printable.pages, printable.reprint) == ("WO-202611-0001", 4, False)
    text = words(printable.pdf)
    for expected in ("服务工作单", "WO-202611-0001", "3栋2单元1201", "洗菜盆下水接头滴水", "沈知夏", "13800002210"):
        assert expected in text, expected
    assert "补打" not in text  # and the number is whole: whoever goes there calls first


def test_its_code_is_one_of_ours_and_names_nobody(house: House) -> None:
    house.log()
    with house.site.store.read() as unit:
        paper = unit.one(m.Paper.select())
    code = codes.parse(paper.code)
    assert (code.kind, code.site_tag, code.digest) == (codes.CodeKind.WORK_ORDER, house.site.tag, paper.code_digest)


def test_the_pdf_that_went_to_the_printer_is_kept_with_its_template(house: House) -> None:
    case = house.log()
    printable = paperwork.render_paper(house.site, house.desk, case.papers[0].id)
    paperwork.record_printing(house.site, house.desk, case.papers[0].id, "前台", None, PrintState.PRINTED)
    (printing,) = printings(house)
    assert printing.sha256 == hashlib.sha256(printable.pdf).hexdigest()
    assert printing.template_version.startswith("1")
    assert (printing.printer, printing.pages) == ("前台", 4)
    with house.site.store.read() as unit:
        name = unit.get(m.Blob, printing.blob).name
    assert house.site.blobs.get(name) == printable.pdf


def test_looking_again_before_printing_keeps_one_rendering(house: House) -> None:
    case = house.log()
    for language in ("zh_CN", "en", "zh_CN"):
        paperwork.render_paper(house.site, house.desk, case.papers[0].id, language)
    assert [printing.state for printing in printings(house)] == [PrintState.RENDERED]
    with house.site.store.read() as unit:
        assert unit.count(m.Blob.select()) == 1


def test_printing_moves_the_paper_and_a_second_one_says_reprint(house: House) -> None:
    case = house.printed(house.log())
    assert (case.papers[0].state, case.papers[0].printings) == (PaperState.PRINTED, 1)
    again = paperwork.render_paper(house.site, house.desk, case.papers[0].id)
    assert again.reprint and "补打" in words(again.pdf)
    case = house.printed(case)
    assert case.papers[0].printings == 2
    assert [event.data["reprint"] for event in case.events if event.kind == "printed"] == [False, True]


def test_a_paper_can_be_printed_again_once_the_case_is_closed(house: House) -> None:
    case = house.completed(house.told(house.result(house.printed(house.log()))))
    again = paperwork.render_paper(house.site, house.desk, case.papers[0].id)
    assert "更换接头" in words(again.pdf)
    case = paperwork.record_printing(house.site, house.desk, case.papers[0].id, "前台", None, PrintState.PRINTED)
    assert (case.papers[0].state, case.papers[0].printings) == (PaperState.RETURNED, 2)


def test_sent_counts_until_somebody_says_that_nothing_came_out(house: House) -> None:
    case = house.log()
    paper = case.papers[0].id
    paperwork.render_paper(house.site, house.desk, paper)
    sent = paperwork.record_printing(house.site, house.desk, paper, "前台", None, PrintState.SENT)
    assert sent.papers[0].state is PaperState.PRINTED
    failed = paperwork.record_printing(house.site, house.desk, paper, "前台", None, PrintState.FAILED)
    assert (failed.papers[0].state, failed.papers[0].printings) == (PaperState.ISSUED, 0)
    assert Step.PAPER_PRINTED in [step for step, done in failed.demands if not done]
    assert not paperwork.render_paper(house.site, house.desk, paper).reprint
    assert audited(house.site, "paper.printing") == 2


def test_a_sent_printing_is_confirmed_without_being_counted_twice(house: House) -> None:
    paper = house.log().papers[0].id
    paperwork.render_paper(house.site, house.desk, paper)
    paperwork.record_printing(house.site, house.desk, paper, "前台", None, PrintState.SENT)
    case = paperwork.record_printing(house.site, house.desk, paper, "前台", None, PrintState.PRINTED)
    assert case.papers[0].printings == 1
    assert [event.kind for event in case.events].count("printed") == 1


def test_only_some_copies(house: House) -> None:
    paper = house.log().papers[0].id
    printable = paperwork.render_paper(house.site, house.desk, paper, copies=(Copy.EQUIPMENT,))
    assert printable.pages == 1
    paperwork.record_printing(house.site, house.desk, paper, "前台", None, PrintState.PRINTED)
    assert printings(house)[0].copies == ["equipment"]


def test_what_no_face_can_draw_is_named_and_nothing_is_kept(house: House) -> None:
    case = house.log(house.leak(content="漏水 \U0010fffd"))
    with pytest.raises(paperwork.CannotRender) as refused:
        paperwork.render_paper(house.site, house.desk, case.papers[0].id)
    assert (refused.value.code, refused.value.characters) == ("unprintable", "\U0010fffd")
    assert printings(house) == []


def test_a_printing_of_nothing_is_refused(house: House) -> None:
    paper = house.log().papers[0].id
    with pytest.raises(paperwork.NothingRendered):
        paperwork.record_printing(house.site, house.desk, paper, "前台", None, PrintState.SENT)
    with pytest.raises(NotFound):
        paperwork.render_paper(house.site, house.desk, 404)


def test_a_form_that_does_not_print_yet_says_so(house: House) -> None:
    case = house.log(unit_id=house.homes[kit.NEW_HOME])
    with pytest.raises(paperwork.CannotRender) as refused:
        paperwork.render_paper(house.site, house.desk, case.papers[0].id)
    assert refused.value.code == "form_missing"


@pytest.fixture
def own_form(house: House) -> Path:
    """The site's own work order, to begin with the one that ships."""
    file = house.site.folder / "forms" / "work_order.toml"
    file.parent.mkdir()
    file.write_text((paths.templates() / file.name).read_text(encoding="utf-8"), encoding="utf-8")
    return file


def edit(file: Path, old: str, new: str) -> int:
    """Changes a form as with a text editor; gives the number of the changed line."""
    source = file.read_text(encoding="utf-8")
    assert old in source
    file.write_text(source.replace(old, new, 1), encoding="utf-8")
    return source[: source.index(old)].count("\n") + 1


def test_a_sites_own_form_wins(house: House, own_form: Path) -> None:
    edit(own_form, 'zh = "服务工作单"', 'zh = "云杉派工单"')
    text = words(paperwork.render_paper(house.site, house.desk, house.log().papers[0].id).pdf)
    assert "云杉派工单" in text and "服务工作单" not in text


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ('field = "fault"', 'field = "foult"', "foult", "unknown_field"),
        ('name = "office"', 'name = "offices"', "office", "missing_copy"),
    ],
)
def test_a_broken_form_of_the_site_is_told_and_no_other_printed(
    house: House, own_form: Path, old: str, new: str, field: str, problem: str
) -> None:
    line = edit(own_form, old, new)
    paper = house.log().papers[0].id
    with pytest.raises(paperwork.CannotRender) as refused:
        paperwork.render_paper(house.site, house.desk, paper)
    assert refused.value.code == "form_broken"
    at = 1 if problem == "missing_copy" else line
    assert refused.value.faults == (paperwork.FormFault("work_order.toml", at, field, problem),)
    assert printings(house) == []


def test_a_site_without_a_company_prints_its_own_name(house: House) -> None:
    admin = lobby_kit.add_account(house.site, Role.ADMINISTRATOR)
    paper = house.log().papers[0].id
    assert "云杉物业" in words(paperwork.render_paper(house.site, house.desk, paper).pdf)
    settings.rename_site(house.site, admin, "青梧雅苑", "")
    assert "青梧雅苑" in words(paperwork.render_paper(house.site, house.desk, paper).pdf)


def test_who_may_not_print_does_not(house: House) -> None:
    paper = house.log().papers[0].id
    with pytest.raises(Forbidden):
        paperwork.render_paper(house.site, Actor(9, "", Role.DEPARTMENT), paper)


def test_the_recovery_sheet_carries_the_code_and_is_kept_nowhere(house: House) -> None:
    admin = lobby_kit.add_account(house.site, Role.ADMINISTRATOR)
    code = "7K2M-9QXD-4TFA-B3HN-W8ZP-5RGC-J6VE"
    sheet = paperwork.render_recovery_sheet(house.site, admin, code, "admin")
    assert all(group in words(sheet.pdf) for group in code.split("-"))
    with house.site.store.read() as unit:
        assert unit.count(m.Blob.select()) == 0


def test_an_invitation_is_printed_with_its_times_on_the_sites_clock(house: House) -> None:
    area = lobby_kit.add_area(house.site)
    view = lobby_kit.invite(house.site, house.desk, area)
    text = words(paperwork.render_invitation(house.site, house.desk, view.id).pdf)
    assert "王小明" in text and "2026-11-2310:00" in text


def test_the_printed_due_time_is_the_sites_own(house: House) -> None:
    case = house.log(house.leak(agreed_at=house.clock() + timedelta(hours=6, minutes=30)))
    text = words(paperwork.render_paper(house.site, house.desk, case.papers[0].id).pdf)
    assert "2026-11-2316:30" in text
    assert cases.case(house.site, house.desk, case.id).due_at == house.clock() + timedelta(hours=6, minutes=30)
