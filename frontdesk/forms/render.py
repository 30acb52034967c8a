"""A form and its values into a PDF: one page set for each copy."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from frontdesk.forms import chrome as c
from frontdesk.forms import template as t
from frontdesk.forms.compose import Composer, Speech
from frontdesk.forms.fields import REGISTRY
from frontdesk.forms.fonts import UnprintableCharacters
from frontdesk.forms.layout import Typesetter
from frontdesk.forms.paginate import Placed, draw_page, paginate
from frontdesk.forms.pen import MM, Pen

_lock = Lock()  # the face keeps state per document; two threads must not draw with it at once


@dataclass(frozen=True, slots=True)
class Rendered:
    """A form as it goes to the printer, and which version of which template made it."""

    pdf: bytes
    pages: int
    template_version: str


class UnknownValue(KeyError):
    """A value was given that the form has no field for."""


class NoSuchCopy(ValueError):
    """The template lacks a copy (联) that is to be printed."""

    def __init__(self, file: Path, name: str) -> None:
        super().__init__(f"{file.name} has no copy {name}")
        self.file, self.name = file, name


def render(
    kind: str,
    values: Mapping[str, object],
    *,
    language: str = "zh_CN",
    bilingual: bool = False,
    paper: str | None = None,
    copies: Sequence[str] | None = None,
    reprint: bool = False,
    void: bool = False,
    templates: Path | None = None,
) -> Rendered:
    """Render a form; the same input gives the same bytes.

    Args:
        values: by field name (`forms.fields`); what is missing stays blank, for a pen. Instants are on the site's
            clock.
        paper: one of the template's papers; its first when None.
        copies: names of the copies (联) to print, one page set each; all of the template's when None, one page set
            without a name when empty.
        reprint: says 补打 on every page.
        void: says 作废 on every page.
        templates: the site's own templates, which win over those that ship.

    Raises:
        FontsMissing: the faces have not been prepared.
        NoSuchCopy: the template lacks one of the copies.
        NoSuchForm: there is no such form.
        TemplateBroken: its template cannot be used.
        TooTall: a block that may not be cut is higher than the paper.
        UnprintableCharacters: no face has some of the characters; names them all.
        UnknownValue: a value without a field.
        ValueError: a paper that the template does not have.
        OSError: the template or its logo cannot be read.
    """
    file = t.find(kind, templates)
    template = t.load(file)
    for name in values:
        if name not in REGISTRY[kind]:
            raise UnknownValue(name)
    named = _copies(file, template, copies)
    speech = Speech(language, bilingual)
    with _lock:
        return _draw(template, values, speech, _paper(template, paper), named, _stamps(speech, reprint, void))


def _draw(
    template: t.Template, values: Mapping[str, object], speech: Speech, size: tuple[float, float],
    copies: Sequence[t.Named | None], stamps: tuple[str, ...],
) -> Rendered:  # fmt: skip
    file = io.BytesIO()
    pen = Pen(file, size, speech.language.replace("_", "-"))
    setter = Typesetter(pen)
    width = size[0] - 2 * c.MARGIN
    composer = Composer(template, values, speech, width, setter)
    around = _chrome(template, composer, speech, size, stamps)
    names = [" ".join(speech.both(copy.words)) if copy else "" for copy in copies]
    around.check(setter, names)
    rows = composer.rows()
    if setter.missing:
        raise UnprintableCharacters(setter.missing)
    pages = paginate(rows, around.room)
    for name in names:
        _draw_copy(pen, around, pages, name)
    pen.save(title=around.number or around.title[0], subject=f"{template.kind} {template.version}")
    return Rendered(file.getvalue(), len(pages) * len(names), template.version)


def _draw_copy(pen: Pen, around: c.Chrome, pages: list[list[Placed]], name: str) -> None:
    for index, placed in enumerate(pages, 1):
        around.draw(pen, name, index, len(pages))
        draw_page(pen, placed, c.MARGIN, around.top, around.width)
        pen.end_page()


def _chrome(
    template: t.Template, composer: Composer, speech: Speech, size: tuple[float, float], stamps: tuple[str, ...]
) -> c.Chrome:
    return c.Chrome(
        size=size,
        title=tuple(speech.both(template.title)),
        subtitle=composer.written(template.subtitle),
        number=composer.written(template.number),
        code=composer.written(template.code),
        code_size=template.code_mm * MM,
        logo=str(template.logo) if template.logo else "",
        has_marks=template.marks,
        footer=tuple(speech.both(template.footer)) if template.footer else (),
        language=speech.language,
        stamps=stamps,
        void=c.VOID.first(speech.language) if c.VOID.first(speech.language) in stamps else "",
        info=composer.written(template.info),
        initials=tuple(speech.both(template.initials)) if template.initials else (),
    )


def _stamps(speech: Speech, reprint: bool, void: bool) -> tuple[str, ...]:
    wanted = ((c.REPRINT, reprint), (c.VOID, void))
    return tuple(words.first(speech.language) for words, is_wanted in wanted if is_wanted)


def _paper(template: t.Template, name: str | None) -> tuple[float, float]:
    chosen = name or template.papers[0]
    if chosen not in template.papers:
        raise ValueError(f"{template.kind} has no paper {chosen}")
    width, height = t.PAPERS[chosen]
    return (height * MM, width * MM) if template.landscape else (width * MM, height * MM)


def _copies(file: Path, template: t.Template, names: Sequence[str] | None) -> Sequence[t.Named | None]:
    known = {copy.name: copy for copy in template.copies}
    if names is None:
        return template.copies or [None]
    for name in names:
        if name not in known:
            raise NoSuchCopy(file, name)
    return [known[name] for name in names] or [None]
