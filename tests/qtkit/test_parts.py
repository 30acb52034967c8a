"""The building blocks: names for those who do not see, keys, choices."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk import paths
from frontdesk.qtkit.parts import (
    Button,
    Chip,
    Choice,
    Dialog,
    Elided,
    Facts,
    Field,
    IconButton,
    Notice,
    Toasts,
    column,
    edit,
    notes,
)
from frontdesk.qtkit.theme import Theme


@pytest.fixture
def theme(qapp):
    return Theme.load(paths.resources() / "tokens.toml", paths.resources() / "style.qss", "light")


@pytest.fixture
def page(qtbot):
    out = QWidget()
    qtbot.addWidget(out)
    out.resize(600, 400)
    return out


def shown(qtbot, page, *widgets):
    page.setLayout(column(*widgets))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.mark.parametrize(
    ("key", "press"), [("F2", Qt.Key.Key_F2), ("Enter", Qt.Key.Key_Enter), ("Enter", Qt.Key.Key_Return)]
)
def test_a_button_answers_to_the_key_that_it_shows(qtbot, page, theme, key, press):
    button = Button(theme, "Log & print", "primary", key)
    shown(qtbot, page, button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(page, press)
    assert button.accessibleName() == "Log & print"
    assert key in button.toolTip()


def test_a_hidden_button_does_not_answer(qtbot, page, theme):
    button, heard = Button(theme, "Log", key="F2"), []
    button.clicked.connect(lambda: heard.append(1))
    shown(qtbot, page, button)
    button.hide()
    qtbot.keyClick(page, Qt.Key.Key_F2)
    assert heard == []


def test_a_button_is_as_wide_as_its_words(theme):
    assert Button(theme, "完成").sizeHint().width() < Button(theme, "登记并打印服务工作单").sizeHint().width()


def test_an_icon_button_has_a_name(theme):
    button = IconButton(theme, "ph.lock", "Lock", "F9")
    assert (button.accessibleName(), button.toolTip()) == ("Lock", "Lock (F9)")


def test_a_field_is_named_and_says_what_is_wrong(qtbot, page):
    field = Field(edit(), "Phone", "optional")
    shown(qtbot, page, field)
    field.show_error("This number has too few digits.")
    assert field.body.accessibleName() == "Phone"
    assert field.body.accessibleDescription() == "This number has too few digits."
    qtbot.keyClicks(field.body, "1")
    assert field.error() == ""
    assert field.body.accessibleDescription() == "optional"


def test_a_long_remark_makes_no_field_wider(qtbot, page):
    short, long = Field(edit(), "Find a person"), Field(edit(), "Find a person", "name, home, last four digits")
    assert long.minimumSizeHint().width() <= short.minimumSizeHint().width() + 8


def test_tab_leaves_a_field_of_several_lines(qtbot, page):
    first, second = notes(), edit()
    shown(qtbot, page, first, second)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()


def test_one_choice_among_few_by_arrows(qtbot, page):
    choice = Choice("seg", "Urgency")
    choice.show_choices([("normal", "Normal"), ("urgent", "Urgent")], "normal")
    shown(qtbot, page, choice)
    first = choice.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
    with qtbot.waitSignal(choice.picked) as picked:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert picked.args == ["urgent"]
    assert choice.value() == "urgent"


def test_new_words_keep_the_choice(qtbot):
    choice = Choice("chip")
    choice.show_choices([(1, "Open"), (2, "Overdue")], 2)
    choice.show_choices([(1, "未完"), (2, "超时")])
    assert choice.value() == 2
    choice.show_choices([(2, "超时"), (3, "待回复")])
    assert choice.value() == 2
    choice.show_choices([(3, "待回复")])
    assert choice.value() == 3
    with pytest.raises(ValueError):
        choice.set_value(1)


def test_text_is_never_read_as_markup(qtbot, page, theme):
    facts, notice, elided = Facts(), Notice(theme, "warn", "a <b>bold</b> claim"), Elided("<b>x</b>")
    facts.show_facts(("Name", "<i>x</i>"))
    shown(qtbot, page, facts, notice, elided)
    assert "&lt;b&gt;" in notice._text.text()
    assert elided.textFormat() == Qt.TextFormat.PlainText


def test_a_chip_has_a_word(theme):
    assert Chip(theme, "overdue").accessibleName() == "Overdue"


def test_toasts_are_three_at_most_and_go_when_dismissed(qtbot, page, theme):
    page.show()
    toasts = Toasts(theme, page)
    for i in range(5):
        toasts.say(f"message {i}", "danger")
    assert toasts.texts() == ["message 2", "message 3", "message 4"]
    close = toasts.findChildren(IconButton)[-1]
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert toasts.texts() == ["message 2", "message 3"]
    toasts.clear()
    assert toasts.texts() == []


def test_enter_is_the_deed_and_escape_the_way_back(qtbot, page, theme):
    page.show()
    for key, outcome in ((Qt.Key.Key_Return, 1), (Qt.Key.Key_Escape, 0)):
        dialog = Dialog(theme, page, "Close out")
        field = edit()
        dialog.body.addWidget(field)
        dialog.add_buttons("Close out")
        dialog.open()
        field.setFocus()
        with qtbot.waitSignal(dialog.finished) as finished:
            qtbot.keyClick(field, key)
        assert finished.args == [outcome]
