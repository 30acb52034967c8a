"""Every error that a person can act on has its words, and no words are left over."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from frontdesk import i18n
from frontdesk.domain.codes import NotOurs, NotOursReason
from frontdesk.services.paperwork import CannotRender, FormFault
from frontdesk.ui import error_words, form_words
from tests.house.sources import ROOT

ROOMS = ("domain", "storage", "lobby", "forms", "scanning", "services", "qtkit")
# Bases that are never raised themselves; words for anything that has none.
BASES = {"service", "printer"}
FALLBACK = {"storage"}


def trees() -> Iterator[ast.Module]:
    for room in ROOMS:
        for file in sorted((ROOT / "frontdesk" / room).rglob("*.py")):
            yield ast.parse(file.read_text(encoding="utf-8"))
    yield ast.parse((ROOT / "frontdesk" / "bootstrap.py").read_text(encoding="utf-8"))


def text_of(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_error(node: ast.ClassDef) -> bool:
    """Whether a class is raised: what it derives from, and ours all derive from these directly or in one step."""
    return any(re.search(r"(Error|Exception)$", ast.unparse(base)) for base in node.bases)


def raised_codes() -> set[str]:
    """The codes that stand in the classes of errors, and those that are given where one is raised."""
    found: set[str] = {f"{reason.value}_code" for reason in NotOursReason}
    own_code: set[str] = set()
    nodes = [node for tree in trees() for node in ast.walk(tree)]
    for node in nodes:
        if isinstance(node, ast.ClassDef) and is_error(node):
            found |= {
                text_of(part.value)
                for part in node.body
                if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "code"
            }
            if "code: str" in ast.unparse(node):
                own_code.add(node.name)
    own_code |= {node.name for node in nodes if isinstance(node, ast.ClassDef) and is_storage(node)}
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in own_code and node.args:
            found.add(text_of(node.args[0]))
    return found - BASES - {""}


def is_storage(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base) == "StorageError" for base in node.bases)


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    codes = raised_codes()
    assert {"recovery_mistyped", "blob_missing", "form_broken", "badge_unknown", "no_printer"} <= codes
    assert codes | FALLBACK == set(error_words.codes())


def test_every_problem_of_a_form_has_words_and_no_words_are_left_over() -> None:
    found: set[str] = set()
    for file in [*(ROOT / "frontdesk" / "forms").glob("*.py"), ROOT / "frontdesk" / "services" / "paperwork.py"]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name, args = ast.unparse(node.func).rpartition(".")[2], node.args
                if name == "wrong":
                    found.add(text_of(args[1]))
                elif name in {"Problem", "FormFault"} and len(args) == 4:
                    parts = [args[3].body, args[3].orelse] if isinstance(args[3], ast.IfExp) else [args[3]]
                    found |= {text_of(part) for part in parts}
    assert found - {""} == set(form_words.PROBLEMS)


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
@pytest.mark.parametrize("code", sorted(error_words.codes()))
def test_words_are_whole_in_every_language(code: str, language: str) -> None:
    i18n.use(language)
    text = error_words.tell(code).text()
    assert text
    assert "{" not in text
    assert not re.search(r"。\s", text)


def test_an_unprintable_character_is_named() -> None:
    text = error_words.text(CannotRender("unprintable", "\U00020bb7\U0010fffd"))
    assert "\U00020bb7 (U+20BB7), (U+10FFFD)" in text


def test_a_broken_form_is_told_with_file_line_and_field() -> None:
    faults = tuple(FormFault("work_order.toml", line, "foult", "unknown_field") for line in range(12, 17))
    text = error_words.text(CannotRender("form_broken", faults=faults))
    assert "work_order.toml, line 12, foult: there is no such field; " in text
    assert "(and 2 more)" in text
    assert "line 15" not in text


def test_a_form_that_is_no_toml_is_told_without_a_field() -> None:
    text = error_words.text(CannotRender("form_broken", faults=(FormFault("invitation.toml", 3, "", "syntax"),)))
    assert "invitation.toml, line 3: this is not TOML" in text


def test_a_foreign_code_and_a_damaged_one_get_different_words() -> None:
    told = {error_words.text(NotOurs(reason)) for reason in NotOursReason}
    assert len(told) == len(NotOursReason)


def test_restoring_is_told_with_the_command_that_people_have(monkeypatch: pytest.MonkeyPatch) -> None:
    told = error_words.tell("database_damaged").next
    assert "python start.py restore FILE" in told
    assert "Rename the site's folder" in told
    monkeypatch.setattr(sys, "_MEIPASS", "bundle", raising=False)
    assert ": frontdesk restore FILE" in error_words.tell("database_missing").next


def test_chinese_sentences_follow_each_other_without_a_blank() -> None:
    i18n.use("zh_CN")
    assert error_words.joined("一。", "", "二。") == "一。二。"
    i18n.use("en")
    assert error_words.joined("One.", "", "Two.") == "One. Two."
