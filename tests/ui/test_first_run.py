"""The first start: from nothing to a site that can be signed in to, by keys."""

import pytest
from PySide6.QtCore import Qt

from frontdesk import paths
from frontdesk.i18n import language
from frontdesk.services import site_setup
from frontdesk.services.site_setup import SiteKind
from frontdesk.ui.first_run.choose import Choose
from frontdesk.ui.first_run.recovery import JOINT, Recovery
from frontdesk.ui.first_run.site_form import SiteForm
from frontdesk.ui.first_run.wizard import Wizard
from frontdesk.ui.signin.sign_in import SignIn
from tests.ui.shell_kit import LOGIN, NAME, PASSWORD


def fill_in(stand, name, password=PASSWORD, again=PASSWORD):
    """Types the whole form, Enter after each field."""
    for text in (name, LOGIN, NAME, password, again):
        stand.type(text)
        stand.enter()


def test_setting_up_our_site(open_console, machine):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    assert isinstance(wizard.step, Choose)
    stand.enter()
    assert isinstance(wizard.step, SiteForm)
    wizard.step._company.body.setText("云杉物业")
    fill_in(stand, "云杉苑")
    stand.wait(lambda: isinstance(wizard.step, Recovery))
    wizard.step._last.body.setFocus()
    stand.type("WRONG")
    stand.enter()
    assert "not the last group" in wizard.step._last.error()
    wizard.step._last.body.selectAll()
    stand.type(stand.console._made.code.split(JOINT)[-1].lower())
    stand.enter()
    stand.wait_for(SignIn)
    assert site_setup.sites(machine) == (SiteKind.LIVE,)
    stand.sign_in()
    assert stand.console.session.actor.name == NAME
    site = stand.console.session.desk.context.site
    assert (site.practice, site.company) == (False, "云杉物业")
    desk = stand.console.session.desk
    assert desk.here == "settings"
    stand.wait(lambda: stand.lanes.idle)
    assert desk.page("settings")._data._checklist._hello.isVisible()


def test_the_remark_at_the_company_is_shown_whole(open_console, machine):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.enter()
    remark = wizard.step._company._note
    stand.wait(remark.isVisible)
    assert remark.text() == "optional"
    assert remark.fontMetrics().horizontalAdvance(remark.text()) <= remark.width()


def test_a_sheet_that_cannot_be_made_leaves_the_code_in_view(open_console, machine, tmp_path, monkeypatch):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.enter()
    fill_in(stand, "云杉苑")
    stand.wait(lambda: isinstance(wizard.step, Recovery))
    monkeypatch.setattr(paths, "templates", lambda: tmp_path / "no-forms")
    wizard.step._print.click()
    stand.wait(lambda: wizard.step._trouble.isVisible())
    assert stand.screen is wizard
    assert wizard.step._trouble.accessibleName() != ""


def test_practising_keeps_a_mark_and_its_own_folder(open_console, machine):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.press(Qt.Key.Key_Tab)
    stand.enter()
    assert wizard.step._name.body.text() == "Sample community"
    for text in (LOGIN, NAME, PASSWORD, PASSWORD):
        stand.type(text)
        stand.enter()
    stand.wait(lambda: isinstance(wizard.step, Recovery))
    wizard.step._go.click()
    stand.wait_for(SignIn)
    stand.sign_in()
    assert site_setup.sites(machine) == (SiteKind.PRACTICE,)
    assert stand.console.session.desk.top._practice.isVisible()
    assert stand.console.session.desk.here == "today"


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", "at least 8"),
        ("aaaaaaaaaa", "aaaaaaaaaa", "over and over"),
        (NAME * 3, NAME * 3, "repeated piece"),
        ("青梧雅苑的第一天", "x", "differ"),
        (PASSWORD, "something else", "differ"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(open_console, machine, password, again, told):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.enter()
    fill_in(stand, "云杉苑", password, again)
    errors = [field.error() for field in wizard.step._fields() if field.error()]
    assert len(errors) == 1
    assert told in errors[0]
    assert site_setup.sites(machine) == ()


def test_the_language_changes_on_the_first_screen(open_console, machine):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.console.use_language("zh_CN")
    assert language() == "zh_CN"
    assert wizard.step._title.text() == "欢迎使用物业前台"
    stand.console.use_language("en")
    assert wizard.step._title.text() == "Welcome to Frontdesk"


def test_escape_goes_back_to_the_question(open_console, machine):
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.enter()
    stand.press(Qt.Key.Key_Escape)
    assert isinstance(wizard.step, Choose)


def test_a_folder_that_cannot_be_written_keeps_what_was_typed(open_console, machine):
    machine.parent.joinpath("machine").mkdir(exist_ok=True)
    (machine / "sites").write_text("a file in the way", encoding="utf-8")
    stand = open_console(machine)
    wizard = stand.wait_for(Wizard)
    stand.enter()
    fill_in(stand, "云杉苑")
    stand.wait(lambda: not wizard.step._trouble.isHidden())
    assert "cannot be written" in wizard.step._trouble.accessibleName()
    assert wizard.step._name.body.text() == "云杉苑"
