"""Every text that a person sees can be translated, and is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk import i18n, paths, prepare, translations
from tests.house import sources

TRANSLATORS = {"tr": 1, "ntr": 2, "mark": 1}  # → how many of the first arguments are texts

# Setters and widgets of Qt → which of their arguments is shown to people, by position.
SHOWN = {
    **dict.fromkeys(
        (
            *("setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName"),
            *("setAccessibleDescription", "setStatusTip", "setWhatsThis", "setTitle", "setInformativeText"),
            *("setDetailedText", "setLabelText", "setPrefix", "setSuffix", "addItem", "addRow", "addTab"),
            *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QToolButton", "QAction"),
        ),
        0,
    )
}
KEYS = re.compile(r"\b(Ctrl|Shift|Alt|Enter|Esc|Tab)\b")  # called so on every keyboard
LETTERS = re.compile(r"[^\W\d_]{2,}")
COMPUTED = ("format", "join", "replace", "str")  # calls that put a text together
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sdr]|%[sdr]")


def literal_text(node: ast.expr) -> str | None:
    """The text of a literal, with the values of an f-string left out; None for anything computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return None


def unclean_translations(file: Path) -> Iterator[str]:
    """Texts handed to a translator that no extraction can find: f-strings, sums, results."""
    for name, call in sources.calls(file):
        for argument in call.args[: TRANSLATORS.get(name, 0)]:
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            if not literal and (name != "tr" or is_computed(argument)):
                yield f"{sources.name(file)}:{call.lineno}: {ast.unparse(argument)}"


def is_computed(node: ast.expr) -> bool:
    """Whether a text is put together here, and not looked up where it was marked."""
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called in COMPUTED
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def untranslated(file: Path) -> Iterator[str]:
    """Words given to a setter or widget of Qt as they stand."""
    for name, call in sources.calls(file):
        if name in SHOWN and len(call.args) > SHOWN[name]:
            text = literal_text(call.args[SHOWN[name]])
            if text and LETTERS.search(KEYS.sub("", text)):
                yield f"{sources.name(file)}:{call.lineno}: {text!r}"


def test_texts_are_whole_literals() -> None:
    assert [line for file in sources.modules(*sources.PACKAGES) for line in unclean_translations(file)] == []


def test_what_is_shown_is_translated() -> None:
    folders = ("frontdesk/ui", "frontdesk/qtkit", "kiosk")
    assert [line for file in sources.modules(*folders) for line in untranslated(file)] == []


@pytest.mark.parametrize(
    "line", ['tr(f"Case {n}")', 'tr("Case " + n)', 'ntr("one", f"{x}", n)', "mark(name)", 'tr("{}".format(n))']
)
def test_an_unclean_translation_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    file = tmp_path / "planted.py"
    file.write_text(line, encoding="utf-8")
    assert len(list(unclean_translations(file))) == 1


@pytest.mark.parametrize(
    "line", ['label.setText("Close")', 'QLabel("Close")', 'x.setToolTip(f"Case {n}")', 'QLabel("关闭")']
)
def test_an_untranslated_text_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    file = tmp_path / "planted.py"
    file.write_text(line, encoding="utf-8")
    assert len(list(untranslated(file))) == 1


def singular(text: prepare.Text) -> str:
    """A text as it is looked up."""
    return prepare.forms(text)[0]


def placeholders(text: str) -> list[str]:
    """What is filled in; a translation may put it in another order."""
    return sorted(PLACEHOLDER.findall(text))


def test_every_text_is_in_chinese() -> None:
    known = {singular(text) for text in translations.written()}
    assert sorted({singular(text) for text in translations.extracted()} - known) == []


def test_no_translation_is_left_over() -> None:
    used = {singular(text) for text in translations.extracted()}
    assert sorted({singular(text) for text in translations.written()} - used) == []


def test_translations_are_finished_and_keep_the_placeholders() -> None:
    wrong = []
    for part in prepare.part_files():
        for entry in prepare.entries(prepare.read(part)):
            wanted = placeholders(prepare.forms(entry.source)[-1])
            if not entry.finished or any(placeholders(form) != wanted for form in prepare.forms(entry.translation)):
                wrong.append(f"{part.name}: {entry.source!r}")
    assert wrong == []


def test_every_language_answers() -> None:
    said = {}
    for language in i18n.known_languages():
        i18n.use(language)
        said[language] = i18n.tr("Everything is prepared.")
    assert said == {"zh_CN": "准备完毕。", "en": "Everything is prepared.", "zh_TW": "準備完畢。"}


def test_traditional_chinese_is_derived_whole() -> None:
    assert prepare.compiled("zh_TW").stat().st_size > 0
    derived = prepare.derived(prepare.merged(prepare.part_files()), None)
    assert len(prepare.entries(derived)) == len(translations.written())
    assert paths.built() in prepare.compiled("zh_TW").parents
