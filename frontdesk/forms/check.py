"""Tries templates out before a printer does: reads them, renders sample values on every paper in every language."""

from __future__ import annotations

from pathlib import Path

from frontdesk import paths
from frontdesk.forms import template as t
from frontdesk.forms.fields import samples
from frontdesk.forms.fonts import UnprintableCharacters
from frontdesk.forms.paginate import TooTall
from frontdesk.forms.reader import Problem
from frontdesk.forms.render import render


def check(folder: Path | None = None) -> list[Problem]:
    """What is wrong with the templates of a folder, by default those that ship; nothing, when all is well.

    Raises:
        FontsMissing: the faces have not been prepared.
    """
    found: list[Problem] = []
    for file in sorted((folder or paths.templates()).glob("*.toml")):
        try:
            template = t.load(file)
        except t.TemplateBroken as broken:
            found += broken.problems
        else:
            found += _tried(file, template)
    return found


def _tried(file: Path, template: t.Template) -> list[Problem]:
    found: list[Problem] = []
    for paper in template.papers:
        for language, bilingual in (("zh_CN", True), ("en", False)):
            code = _fault(file, template.kind, paper, language, bilingual)
            if code:
                found.append(Problem(file, 1, paper, code))
                break
    return found


def _fault(file: Path, kind: str, paper: str, language: str, bilingual: bool) -> str:
    try:
        render(
            kind, samples(kind), language=language, bilingual=bilingual, paper=paper, copies=(), templates=file.parent
        )
    except TooTall:
        return "too_tall"
    except UnprintableCharacters:
        return "unprintable"
    except OSError:
        return "logo_unreadable"
    return ""
