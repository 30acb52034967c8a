"""What an administrator does in the settings: names, passwords of others, a new recovery code."""

from __future__ import annotations

import pytest

from frontdesk.domain.access import Role
from frontdesk.services import accounts, site_setup
from frontdesk.services.errors import RecoveryRefused
from frontdesk.services.views import NewAccount
from frontdesk.storage.keystore import KeyStore
from frontdesk.ui.first_run.recovery import JOINT
from frontdesk.ui.print_dialog import PrintDialog
from frontdesk.ui.settings.passwords import SetPasswordDialog
from frontdesk.ui.settings.renewal import NewCodeDialog, RenewalDialog
from tests.ui.shell_kit import PASSWORD, SITE_NAME

NEW_PASSWORD = "battery staple"


@pytest.fixture
def parts(desk):
    """The parts of the settings page: those of the site, and those of the people."""
    frame = desk.console.session.desk
    frame.navigate("settings")
    desk.wait(lambda: desk.lanes.idle)
    people = next(part for part in frame.page("settings")._parts if "account" in part.topics)
    return frame.page("settings")._parts[1], people


def dialog(stand, kind):
    """The dialog of this kind, as soon as it is there."""
    stand.wait(lambda: stand.window.findChild(kind) is not None)
    return stand.window.findChild(kind)


def test_the_company_is_named_for_the_paper(desk, parts):
    site, _ = parts
    assert site._company.text() == ""
    site._company.setFocus()
    desk.type("云杉物业")
    desk.enter()
    desk.wait(lambda: desk.console.session.desk.context.site.company == "云杉物业")
    assert desk.console.session.desk.context.site.name == SITE_NAME


def test_a_forgotten_password_is_set_anew(desk, parts):
    _, people = parts
    open_site, admin = desk.console._opened.site, desk.console.session.actor
    new = NewAccount("gao", "高一鸣", "long enough words", Role.RECEPTIONIST)
    gao = desk.lanes.finish(accounts.add_account, open_site, admin, new)
    people.load()
    desk.wait(lambda: len(people._people) == 2)
    SetPasswordDialog(desk.console.session.desk.context, desk.window, people._people[1]).open()
    asked = dialog(desk, SetPasswordDialog)
    asked._new.setText("gao")
    asked._go.click()
    assert "at least 8" in asked._fields[0].error()
    asked._new.setText(NEW_PASSWORD)
    asked._go.click()
    assert "differ" in asked._fields[1].error()
    asked._again.setText(NEW_PASSWORD)
    asked._go.click()
    desk.wait(lambda: any("new password" in text for text in desk.console.session.desk.messages()))
    assert desk.lanes.finish(accounts.sign_in, open_site, "gao", NEW_PASSWORD).id == gao.id


def test_a_new_recovery_code_takes_the_old_ones_place(desk, parts, live_mould, tmp_path, forms_fonts):
    site, _ = parts
    folder = desk.console._opened.site.folder
    site._renew.click()
    asked = dialog(desk, RenewalDialog)
    asked._password.body.setText("not mine at all")
    asked._go.click()
    desk.wait(lambda: asked._password.error() != "")
    asked._password.body.setText(PASSWORD)
    asked._go.click()
    shown = dialog(desk, NewCodeDialog)
    shown.recovery._print.click()
    paper = dialog(desk, PrintDialog)
    desk.wait(lambda: desk.lanes.idle)
    paper.reject()
    shown.reject()
    assert "print or save the sheet" in shown.recovery._last.error()
    shown.recovery._last.body.setText(shown._code.split(JOINT)[-1])
    shown.recovery._go.click()
    desk.wait(lambda: desk.window.findChild(NewCodeDialog) is None)
    other = KeyStore(tmp_path / "other account", keyring=False)
    with pytest.raises(RecoveryRefused):
        site_setup.unlock_with_recovery(folder, live_mould.code, other)
    site_setup.unlock_with_recovery(folder, shown._code, other).close()
