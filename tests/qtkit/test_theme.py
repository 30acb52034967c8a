"""Tokens → palette, sheet, fonts, icons."""

import tomllib

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from frontdesk import paths
from frontdesk.qtkit import icons
from frontdesk.qtkit.theme import SYSTEM, Theme, contrast, contrast_problems

TOKENS, SHEET = paths.resources() / "tokens.toml", paths.resources() / "style.qss"


@pytest.fixture
def tokens():
    return tomllib.loads(TOKENS.read_text(encoding="utf-8"))


def test_contrast_of_black_and_white():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_promised_pair_keeps_its_contrast(tokens):
    assert contrast_problems(tokens) == []


def test_a_pair_that_is_too_close_is_named(tokens):
    tokens["color"]["light"]["text"] = "#F0F0F0"
    assert any("light: text on surface" in problem for problem in contrast_problems(tokens))


def test_all_schemes_have_the_same_roles(tokens):
    roles = {scheme: set(colors) for scheme, colors in tokens["color"].items()}
    assert roles["light"] == roles["dark"] == roles["contrast"]


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast", SYSTEM])
def test_the_sheet_is_filled_whole(qtbot, scheme):
    theme = Theme.load(TOKENS, SHEET, scheme)
    assert "$" not in theme.style_sheet()
    assert theme.palette().color(QPalette.ColorRole.Window) == theme.color("window")


def test_every_status_has_an_icon_of_the_family(qtbot, tokens):
    theme = Theme.load(TOKENS, SHEET, "light")
    shown = [theme.status(key) for key in tokens["status"]]
    assert all(not icons.outline(status.icon).isEmpty() for status in shown)
    assert all(f"{status.role}_soft" in tokens["color"]["light"] for status in shown)


def test_an_unknown_icon_is_an_error(qtbot):
    with pytest.raises(icons.UnknownIcon):
        icons.outline("ph.no-such-glyph")


def test_icons_are_as_sharp_as_the_screen(qtbot):
    picture = icons.pixmap("ph.wrench", "#000000", 18, 2.0)
    assert picture.width() == 36
    assert picture.deviceIndependentSize().width() == 18


def test_a_change_is_told_and_language_chooses_the_faces(qtbot):
    theme = Theme.load(TOKENS, SHEET, "light")
    with qtbot.waitSignal(theme.changed):
        theme.use(scheme="dark", language="zh_TW")
    assert theme.scheme == "dark"
    assert "Microsoft JhengHei UI" in theme.font().families()


def test_numbers_may_depend_on_panel_and_text_size(qtbot):
    tokens = {
        "families": {"en": ["x"]},
        "color": {"light": {"bg": "#FFFFFF"}},
        "palette": {"active": {"Window": "bg"}, "disabled": {}},
        "space": {"s": 8},
        "type": {"portrait": {"body": [34, 44]}, "tablet": {"body": [25, 30]}},
    }
    theme = Theme(tokens, "QWidget { padding: ${space_s}px; }", "light", "en", "portrait")
    assert theme.px("type_body") == 34
    theme.use(panel="tablet", large=True)
    assert theme.px("type_body") == 30


def test_a_worn_look_changes_whole(qtbot, qapp):
    theme = Theme.load(TOKENS, SHEET, "light", language="zh_CN")
    label = QLabel("字")
    label.setProperty("role", "title")
    qtbot.addWidget(label)
    theme.apply(qapp)
    label.show()
    theme.use(scheme="dark", language="zh_TW")
    label.ensurePolished()
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")
    assert label.font().pixelSize() == theme.px("type_title")
    assert label.font().families() == theme.font().families()
    qapp.setStyleSheet("")


def test_another_scheme_is_put_on_in_the_next_turn(qtbot, qapp):
    theme = Theme.load(TOKENS, SHEET, "light", language="zh_CN")
    label = QLabel("字")
    label.setProperty("role", "title")
    qtbot.addWidget(label)
    theme.apply(qapp)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.turn_to("dark")
        assert not label.updatesEnabled()
    assert label.updatesEnabled()
    assert qapp.styleSheet() == theme.style_sheet()
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")
    assert label.font().pixelSize() == theme.px("type_title")
    qapp.setStyleSheet("")
