"""What is wrong with a form's template, in words: file, line, field, and what to look for there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from frontdesk.i18n import mark, tr

_MOST = 3  # a clerk mends one after another

PROBLEMS: dict[str, str] = {
    "file_missing": mark("there is no such file beside the form"),
    "missing": mark("this is missing"),
    "missing_copy": mark("this copy is missing under “copies”"),
    "needs_name_zh_and_en": mark("needs name, zh and en"),
    "needs_zh_and_en": mark("needs zh and en"),
    "not_the_file_name": mark("is not the name of the file"),
    "not_utf8": mark("the file is not saved as UTF-8"),
    "out_of_range": mark("too large or too small"),
    "syntax": mark("this is not TOML; look for a quotation mark or bracket"),
    "too_tall": mark("a block is higher than the paper"),
    "unknown_block": mark("there is no such block"),
    "unknown_field": mark("there is no such field"),
    "unknown_form": mark("there is no such form"),
    "unknown_key": mark("this word is not known here"),
    "unknown_paper": mark("there is no such paper size"),
    "unknown_value": mark("this choice is not known here"),
    "unreadable": mark("the form or its logo cannot be read"),
    "wrong_kind_of_field": mark("this field cannot stand here"),
    "wrong_type": mark("a text, a number or a list is expected here"),
}


class Fault(Protocol):
    """One thing wrong with a form, as `paperwork` tells it."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def problem(self) -> str: ...


def faults(found: Sequence[Fault]) -> str:
    """The first few of them in one line, and how many there are besides."""
    told = "; ".join(map(_fault, found[:_MOST]))
    more = len(found) - _MOST
    return told + tr(" (and {n} more)", n=more) if more > 0 else told


def _fault(one: Fault) -> str:
    place = {"file": one.file, "line": one.line, "problem": tr(PROBLEMS[one.problem])}
    if one.field:
        return tr("{file}, line {line}, {field}: {problem}", field=one.field, **place)
    return tr("{file}, line {line}: {problem}", **place)
