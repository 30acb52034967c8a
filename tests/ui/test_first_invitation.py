"""Inviting on a real site, on its first day."""

from dataclasses import replace

from frontdesk.ui.visitors.invite import CodeDialog, InviteDialog


def ask(desk):
    """The dialog that F4 opens, with a visitor's name."""
    frame = desk.console.session.desk
    frame.navigate("visitors", new="visit")
    desk.wait(lambda: desk.lanes.idle)
    frame.page("visitors")._ask_invitation()
    dialog = desk.window.findChild(InviteDialog)
    dialog._visitor.body.setText("闻人哲")
    return dialog


def test_a_new_site_has_an_area_to_invite_to(desk):
    dialog = ask(desk)
    assert dialog._area.currentText() == "Management office"
    dialog._go.click()
    desk.wait(lambda: desk.window.findChild(CodeDialog) is not None)
    assert desk.window.findChild(CodeDialog).isVisible()


def test_a_site_without_areas_says_what_is_missing(desk):
    context = desk.console.session.desk.context
    context.site = replace(context.site, areas=())
    dialog = ask(desk)
    dialog._go.click()
    assert dialog._area_field.error() == "This site has no area to send a visitor to."
    assert dialog.isVisible()
